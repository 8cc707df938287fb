//! The list of assessments.

use crate::services::Services;
use bintang_domain::{
    draft::Head,
    ports::{Listed, StoreError},
};
use leptos::{prelude::*, task::spawn_local};

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
    /// Puts an unread list into the context.
    pub fn provide(services: Services) -> Self {
        let drafts = Self { list: RwSignal::new(DraftList::Loading), services };
        provide_context(drafts);
        drafts
    }

    /// From the context.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Reads the list anew; the old one stays until the new one is there.
    pub fn renew(self) {
        let reading = self.services.with(|ports| ports.drafts.heads());
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
            self.list.try_set(list);
        });
    }

    /// Offers everything stored under a key as a file.
    pub fn export(self, key: &str) {
        let (export, files) = self.services.with(|ports| (ports.drafts.export(key), ports.files.clone()));
        let name = format!("bintang-{key}.json");
        spawn_local(async move {
            if let Ok(text) = export.await {
                files.save(&name, "application/json", &text);
            }
        });
    }
}
