//! Everything stored of one assessment, readable or not, and which records belong to which.

use super::{Store, one, record};
use crate::{
    draft::Phase,
    map::Map,
    ports::{
        Pending, StoreError,
        tables::{
            Content, Get, Key, Record,
            Table::{self, Heads as HEADS, Outbox as OUTBOX, Receipts as RECEIPTS},
            Tables, Which,
        },
    },
    wire::export::Export,
};
use std::rc::Rc;

/// Tables whose records have an assessment's key and a second text.
const OF_ASSESSMENT: [Table; 5] = [Table::Answers, Table::Notes, Table::Log, Table::EvidenceMeta, Table::Signatures];

/// Which finishings belong to which assessment.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    /// By the assessment's key: the keys of its entries and receipts. What belongs to no assessment is under its own.
    pub(crate) all: Map<String, Vec<String>>,
    /// Records whose keys are not of the form that their table has.
    pub(crate) strange: Vec<(Table, Key)>,
}

impl Groups {
    fn open(&mut self, key: String) {
        if !self.all.contains_key(key.as_str()) {
            self.all.insert(key, Vec::new());
        }
    }

    fn add(&mut self, group: String, finishing: &str) {
        self.open(group.clone());
        if let Some(finishings) = self.all.get_mut(group.as_str())
            && !finishings.iter().any(|known| known == finishing)
        {
            finishings.push(finishing.to_owned());
        }
    }

    /// The keys of this group's entries and receipts.
    pub(crate) fn of(&self, group: &str) -> Vec<String> {
        self.all.get(group).cloned().unwrap_or_default()
    }

    /// Whose entry this is: it says so, or mentions it in what cannot be read.
    fn owner(&self, key: &str, content: Option<Content>) -> String {
        let Some(text) = content.and_then(Content::text) else { return key.to_owned() };
        if let Some(entry) = record::read_outbox(&text) {
            return entry.assessment.to_string();
        }
        let named = self.all.keys().find(|group| !group.is_empty() && text.contains(group.as_str()));
        named.cloned().unwrap_or_else(|| key.to_owned())
    }
}

impl Store {
    pub(crate) fn tables(&self) -> &Rc<dyn Tables> {
        &self.tables
    }

    /// What the record of this key holds.
    pub(crate) async fn content(&self, table: Table, key: Key) -> Result<Option<Content>, StoreError> {
        let records = self.tables.read(vec![Get(table, Which::One(key))]).await?;
        Ok(records.into_iter().flatten().next().map(|record| record.content))
    }

    /// Every assessment that anything is stored of.
    pub(crate) async fn groups(&self) -> Result<Groups, StoreError> {
        self.grouped(Groups::default()).await
    }

    /// The same, beside those that are asked for by name.
    async fn grouped(&self, mut groups: Groups) -> Result<Groups, StoreError> {
        for table in [HEADS].into_iter().chain(OF_ASSESSMENT) {
            for key in self.tables.keys(table).await? {
                if key.second.is_some() == (table != HEADS) {
                    groups.open(key.first);
                } else {
                    groups.strange.push((table, key));
                }
            }
        }
        let mut owners: Map<String, String> = Map::new();
        for table in [OUTBOX, RECEIPTS] {
            for key in self.tables.keys(table).await? {
                if key.second.is_some() {
                    groups.strange.push((table, key));
                    continue;
                }
                let owner = match owners.get(key.first.as_str()) {
                    Some(owner) => owner.clone(),
                    None if table == RECEIPTS => key.first.clone(),
                    None => groups.owner(&key.first, self.content(OUTBOX, key.clone()).await?),
                };
                groups.add(owner.clone(), &key.first);
                owners.insert(key.first, owner);
            }
        }
        Ok(groups)
    }

    /// Everything under this key, with these finishings, as it stands at one moment. Where the head has been finished
    /// meanwhile, its entry comes along.
    pub(crate) async fn whole(&self, key: &str, mut finishings: Vec<String>) -> Result<Export, StoreError> {
        loop {
            let export = collected(key, self.tables.read(gets(key, &finishings)).await?);
            let head = export.head.clone().and_then(Content::text).and_then(|text| record::read_head(&text));
            let Some(Phase::Finished { submission, .. }) = head.map(|head| head.phase) else { return Ok(export) };
            let submission = submission.to_string();
            if finishings.contains(&submission) {
                return Ok(export);
            }
            finishings.push(submission);
        }
    }

    /// Everything stored under this key, readable or not, and what the outbox holds of it, as a JSON text for a file.
    ///
    /// # Errors
    /// What the tables said.
    pub fn export(&self, key: &str) -> Pending<Result<String, StoreError>> {
        let (store, key) = (self.clone(), key.to_owned());
        Box::pin(async move {
            // Of what is damaged an entry that mentions it may be all that is left.
            let mut asked = Groups::default();
            asked.open(key.clone());
            let groups = store.grouped(asked).await?;
            // An entry is asked for by its own name too.
            let mut finishings = groups.of(&key);
            if !finishings.contains(&key) {
                finishings.push(key.clone());
            }
            Ok(store.whole(&key, finishings).await?.write_text())
        })
    }
}

fn gets(key: &str, finishings: &[String]) -> Vec<Get> {
    let mut gets = vec![one(HEADS, key)];
    gets.extend(OF_ASSESSMENT.map(|table| Get(table, Which::Of(key.to_owned()))));
    for table in [OUTBOX, RECEIPTS] {
        gets.extend(finishings.iter().map(|finishing| one(table, finishing)));
    }
    gets
}

/// What [`gets`] brought.
fn collected(key: &str, lists: Vec<Vec<Record>>) -> Export {
    let mut export = Export { key: key.to_owned(), ..Export::default() };
    let mut lists = lists.into_iter();
    export.head = lists.next().into_iter().flatten().next().map(|record| record.content);
    let [answers, notes, log, evidence, signatures, outbox, receipts] = &mut export.records;
    for (records, list) in [answers, notes, log, evidence, signatures].into_iter().zip(lists.by_ref()) {
        for record in list {
            records.insert(record.key.second.unwrap_or(record.key.first), record.content);
        }
    }
    let rest: Vec<Vec<Record>> = lists.collect();
    let half = rest.len() / 2;
    for (place, list) in rest.into_iter().enumerate() {
        let records = if place < half { &mut *outbox } else { &mut *receipts };
        for record in list {
            records.insert(record.key.first, record.content);
        }
    }
    export
}
