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
    },
    /// Could not be read.
    Failed(StoreError),
}

/// The list in the context.
#[derive(Debug, Clone, Copy)]
pub struct Drafts {
    /// As last read.
    pub list: RwSignal<DraftList>,
    /// Counts how often it was read: an older reading gives way.
    turn: StoredValue<u32>,
    services: Services,
}

impl Drafts {
    /// An unread list.
    #[must_use]
    pub fn new(services: Services) -> Self {
        Self { list: RwSignal::new(DraftList::Loading), turn: StoredValue::new(0), services }
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

    /// Reads the list anew; the old one stays until the new one is there.
    pub fn renew(self) {
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        spawn_local(async move {
            if let Err(error) = self.read(turn).await
                && self.turn.get_value() == turn
            {
                self.list.set(DraftList::Failed(error));
            }
        });
    }

    async fn read(self, turn: u32) -> Result<(), StoreError> {
        let ports = self.services.ports();
        let mut keys: Vec<Key> = ports.store.head_keys().await?;
        let (mut heads, mut damaged, mut most) = (Vec::new(), Vec::new(), NEWEST);
        loop {
            let slice = keys.split_off(keys.len().saturating_sub(most));
            if let (Some(from), Some(to)) = (slice.first(), slice.last()) {
                for each in ports.store.some_heads(Which::Between(from.clone(), to.clone())).await? {
                    match each {
                        Listed::Whole(head) => heads.push(*head),
                        Listed::Damaged { key } => damaged.push(key),
                    }
                }
            }
            if self.turn.get_value() != turn {
                return Ok(());
            }
            if keys.is_empty() {
                self.show(heads, damaged);
                return Ok(());
            }
            if most == NEWEST {
                // What was known of the others stays until they are read.
                let mut all = heads.clone();
                if let DraftList::Ready { heads: before, .. } = self.list.get_untracked() {
                    let gone = |head: &&Head| !heads.iter().any(|other| other.assessment == head.assessment);
                    all.extend(before.iter().filter(gone).cloned());
                }
                self.show(all, damaged.clone());
            }
            most = SLICE;
            ports.clock.sleep(0).await;
        }
    }

    fn show(self, mut heads: Vec<Head>, damaged: Vec<String>) {
        heads.sort_by_key(|head| Reverse(head.changed));
        self.list.set(DraftList::Ready { heads: Rc::new(heads), damaged: Rc::new(damaged) });
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
