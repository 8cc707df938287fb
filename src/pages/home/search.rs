//! The search of the list: by product, business, owner and village, as the person types.

use crate::{services::Services, state::drafts::Drafts};
use bintang_dom::{Memo, RwSignal};
use bintang_domain::{draft::Head, ports::page::Formats, subject::Subject};

/// Stands between the names of two assessments; nobody types it.
const APART: &str = "\u{1}";

/// What is searched for, and in what.
#[derive(Clone, Copy)]
pub(super) struct Search {
    /// As typed.
    pub(super) wanted: RwSignal<String>,
    /// What names each assessment, in small letters, in the list's order.
    names: Memo<Vec<String>>,
    services: Services,
}

fn names(formats: &dyn Formats, heads: &[Head]) -> Vec<String> {
    let names = heads.iter().map(|head| {
        let Subject { product, business, owner, place, .. } = &head.subject;
        [product, business, owner, &place.village].map(|name| name.replace(APART, " ")).join("\n")
    });
    // One call to the browser for all: there may be thousands.
    let all = formats.small(&names.collect::<Vec<_>>().join(APART));
    all.split(APART).map(str::to_owned).collect()
}

/// Whether every word wanted stands in the names; both in small letters.
fn found(names: &str, wanted: &str) -> bool {
    // The names are short; searching them word by word needs no search of its own.
    wanted.split_whitespace().all(|word| names.as_bytes().windows(word.len()).any(|part| part == word.as_bytes()))
}

impl Search {
    /// Of this list; nothing is wanted yet.
    pub(super) fn new(services: Services, drafts: Drafts) -> Self {
        let names = Memo::new(move || names(&*services.ports().formats, &drafts.heads()));
        Self { wanted: RwSignal::new(String::new()), names, services }
    }

    /// The heads of the list that are wanted, in its order; renews the view.
    pub(super) fn among(self, heads: &[Head]) -> Vec<&Head> {
        let wanted = self.services.ports().formats.small(&self.wanted.get());
        if wanted.trim().is_empty() {
            return heads.iter().collect();
        }
        self.names.with(|names| {
            let named = heads.iter().zip(names);
            named.filter(|(_, names)| found(names, &wanted)).map(|(head, _)| head).collect()
        })
    }
}
