//! The list of assessments.

use crate::{context::App, services::Services};
use bintang_dom::RwSignal;
use bintang_domain::{draft::Head, ports::StoreError, store::Listed};
use leptos::task::spawn_local;

/// What the list shows.
#[derive(Debug, Clone, PartialEq)]
pub enum DraftList {
    /// Being read.
    Loading,
    /// Read: whole heads, the last changed first, and keys of damaged ones.
    Ready {
        /// Heads.
        heads: Vec<Head>,
        /// Keys of what cannot be read.
        damaged: Vec<String>,
    },
    /// Could not be read.
    Failed(StoreError),
}

/// The list in the context.
#[derive(Debug, Clone, Copy)]
pub struct Drafts {
    /// As last read.
    pub list: RwSignal<DraftList>,
    services: Services,
}

impl Drafts {
    /// An unread list.
    #[must_use]
    pub fn new(services: Services) -> Self {
        Self { list: RwSignal::new(DraftList::Loading), services }
    }

    /// From the context.
    #[must_use]
    pub fn get() -> Self {
        App::get().drafts
    }

    /// Reads the list anew; the old one stays until the new one is there.
    pub fn renew(self) {
        let reading = self.services.ports().store.heads();
        spawn_local(async move {
            let list = match reading.await {
                Err(error) => DraftList::Failed(error),
                Ok(listed) => {
                    let (mut heads, mut damaged) = (Vec::new(), Vec::new());
                    for each in listed {
                        match each {
                            Listed::Whole(head) => heads.push(*head),
                            Listed::Damaged { key } => damaged.push(key),
                        }
                    }
                    heads.sort_by_key(|head| std::cmp::Reverse(head.changed));
                    DraftList::Ready { heads, damaged }
                }
            };
            self.list.set(list);
        });
    }

    /// Offers everything stored under a key as a file.
    pub fn export(self, key: &str) {
        let ports = self.services.ports();
        let (export, files) = (ports.store.export(key), ports.files.clone());
        let name = format!("bintang-{key}.json");
        spawn_local(async move {
            if let Ok(text) = export.await {
                files.save(&name, "application/json", &text);
            }
        });
    }
}
