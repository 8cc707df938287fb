//! The list of assessments.

use crate::{context::App, services::Services};
use bintang_dom::{RwSignal, StoredValue};
use bintang_domain::{
    draft::Head,
    ports::{
        StoreError,
        tables::{Key, Which},
    },
    store::Listed,
};
use leptos::task::spawn_local;
use std::{cmp::Reverse, rc::Rc};

/// Heads that are read and shown at once: the newest. The others follow in slices, so that the page answers in between.
const NEWEST: usize = 100;
const SLICE: usize = 250;

/// What the list shows.
#[derive(Debug, Clone, PartialEq)]
pub enum DraftList {
    /// Being read.
    Loading,
    /// Read: whole heads, the last changed first, and keys of damaged ones.
    Ready {
        /// Heads.
        heads: Rc<Vec<Head>>,
        /// Keys of what cannot be read.
        damaged: Rc<Vec<String>>,
        /// Whether they are all; else the older ones are still being read.
        complete: bool,
    },
    /// Could not be read.
    Failed(StoreError),
}

/// The list in the context.
#[derive(Debug, Clone, Copy)]
pub struct Drafts {
    /// As last read.
    pub list: RwSignal<DraftList>,
    /// Whether it is being read, and whether something changed since that began.
    reading: StoredValue<bool>,
    again: StoredValue<bool>,
    /// Counts how often it was forgotten: what was read before is not shown.
    turn: StoredValue<u32>,
    services: Services,
}

impl Drafts {
    /// An unread list.
    #[must_use]
    pub fn new(services: Services) -> Self {
        Self {
            list: RwSignal::new(DraftList::Loading),
            reading: StoredValue::new(false),
            again: StoredValue::new(false),
            turn: StoredValue::new(0),
            services,
        }
    }

    /// From the context.
    #[must_use]
    pub fn get() -> Self {
        App::get().drafts
    }

    /// All assessments that can be read, the last changed first; renews the view.
    #[must_use]
    pub fn heads(self) -> Rc<Vec<Head>> {
        match self.list.get() {
            DraftList::Ready { heads, .. } => heads,
            DraftList::Loading | DraftList::Failed(_) => Rc::default(),
        }
    }

    /// Whether it is known that there is none at all; renews the view.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.list.with(|list| {
            matches!(list, DraftList::Ready { heads, damaged, complete: true } if heads.is_empty() && damaged.is_empty())
        })
    }

    /// Whether older ones than those in [`Drafts::heads`] are still being read; renews the view.
    #[must_use]
    pub fn is_partial(self) -> bool {
        self.list.with(|list| matches!(list, DraftList::Ready { complete: false, .. }))
    }

    /// Nothing of what was read, or is being read, is shown any more.
    pub fn forget(self) {
        self.turn.set_value(self.turn.get_value().wrapping_add(1));
        self.reading.set_value(false);
        self.list.set(DraftList::Loading);
    }

    /// Reads the list anew; the old one stays until the new one is there. A reading that is under way is not begun anew,
    /// lest a busy outbox never lets it end: all of it is read once more behind it.
    pub fn renew(self) {
        self.again.set_value(true);
        let turn = self.turn.get_value();
        if self.reading.try_update_value(|reading| std::mem::replace(reading, true)) == Some(true) {
            return;
        }
        spawn_local(async move {
            while self.turn.get_value() == turn {
                if !self.again.try_update_value(std::mem::take).unwrap_or_default() {
                    return self.reading.set_value(false);
                }
                if let Err(error) = self.read(turn).await
                    && self.turn.get_value() == turn
                {
                    self.list.set(DraftList::Failed(error));
                }
            }
        });
    }

    async fn read(self, turn: u32) -> Result<(), StoreError> {
        let ports = self.services.ports();
        let mut keys: Vec<Key> = ports.store.head_keys().await?;
        let (all, mut heads, mut damaged, mut most) = (keys.len(), Vec::new(), Vec::new(), NEWEST);
        loop {
            let slice = keys.split_off(keys.len().saturating_sub(most));
            let which = match (slice.first(), slice.last()) {
                (Some(from), Some(to)) => Which::Between(from.clone(), to.clone()),
                // One came or went meanwhile, or has a key that stands in no range of texts.
                _ if heads.len() + damaged.len() != all => {
                    (heads, damaged) = (Vec::new(), Vec::new());
                    Which::All
                }
                _ => break,
            };
            let last = which == Which::All;
            for each in ports.store.some_heads(which).await? {
                match each {
                    Listed::Whole(head) => heads.push(*head),
                    Listed::Damaged { key } => damaged.push(key),
                }
            }
            if last {
                break;
            }
            if most == NEWEST && !keys.is_empty() && self.turn.get_value() == turn {
                self.show_newest(&heads);
            }
            most = SLICE;
            if !keys.is_empty() {
                ports.clock.sleep(0).await;
            }
        }
        if self.turn.get_value() == turn {
            self.show(heads, damaged, true);
        }
        Ok(())
    }

    /// The newest are there; what was known of the others stays until they are read.
    fn show_newest(self, newest: &[Head]) {
        let (mut heads, mut known) = (newest.to_vec(), (Vec::new(), false));
        if let DraftList::Ready { heads: before, damaged, complete } = self.list.get_untracked() {
            heads.extend(
                before.iter().filter(|head| !newest.iter().any(|new| new.assessment == head.assessment)).cloned(),
            );
            known = (damaged.to_vec(), complete);
        }
        self.show(heads, known.0, known.1);
    }

    fn show(self, mut heads: Vec<Head>, damaged: Vec<String>, complete: bool) {
        heads.sort_by_key(|head| Reverse(head.changed));
        self.list.set(DraftList::Ready { heads: Rc::new(heads), damaged: Rc::new(damaged), complete });
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
