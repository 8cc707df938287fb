//! Bringing back what a bundle has: first a look at what it holds, then one assessment after the other.

use super::{
    ASSESSMENTS, INSTALLED, JSON, delivery, evidence_path, rubric_path,
    standing::{Kept, Standing, entry, head, may_replace, standing},
    sum_in,
};
use crate::{
    bundle::{Bundle, BundleError, Kind},
    digest::Digest,
    draft::Head,
    map::{Map, Set},
    ports::{
        StoreError,
        tables::{
            Content, Get, Key, Record,
            Table::{
                self, EvidenceBytes as BYTES, Heads as HEADS, Outbox as OUTBOX, Receipts as RECEIPTS,
                Rubrics as RUBRICS,
            },
            Which, Write,
        },
    },
    store::{self, Groups, Store},
    wire::export::{Export, evidence_sum, read_installed},
};

/// Why something is not brought back. Nothing of that assessment was changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestoreError {
    /// The bundle is no backup.
    Kind(Kind),
    /// What the tables said.
    Store(StoreError),
    /// The bundle does not give its file.
    Bundle(BundleError),
    /// Its file is no assessment, or one that another file of the bundle is too.
    Damaged,
    /// What is stored is no longer what was looked at: look again.
    Changed,
    /// What is stored is finished, not proved, and not in the bundle: the key of the finishing.
    Unproved(String),
    /// Something else is stored under the name of this finishing.
    OtherEntry(String),
    /// The bundle has records of it, but no head.
    NoHead,
}

impl From<StoreError> for RestoreError {
    fn from(error: StoreError) -> Self {
        // The only conflict there can be: the head is another.
        if matches!(error, StoreError::Conflict { .. }) { Self::Changed } else { Self::Store(error) }
    }
}

impl From<BundleError> for RestoreError {
    fn from(error: BundleError) -> Self {
        Self::Bundle(error)
    }
}

impl From<Kept> for RestoreError {
    fn from(kept: Kept) -> Self {
        match kept {
            Kept::Unproved(key) => Self::Unproved(key),
            Kept::OtherEntry(key) => Self::OtherEntry(key),
            Kept::NoHead => Self::NoHead,
        }
    }
}

/// An assessment in a bundle.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its file.
    pub path: String,
    /// Its head as the bundle has it, where it can be read.
    pub head: Option<Box<Head>>,
    /// How it stands to what is stored; an error where its file cannot be read.
    pub standing: Result<Standing, RestoreError>,
    /// The head that was stored when it was looked at.
    seen: Option<Content>,
}

/// What becomes of an assessment that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// What is stored stays.
    Skip,
    /// What the bundle has takes its place.
    Replace,
}

/// What the bundle lists but cannot give; a record that names it was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Its file.
    pub path: String,
    /// Why.
    pub why: BundleError,
}

/// A bundle that is being brought back: [`Restore::restore`] for each item that a person wants, and
/// [`Restore::rest`] once.
#[expect(missing_debug_implementations, reason = "the store is a trait object")]
pub struct Restore {
    store: Store,
    bundle: Bundle,
    groups: Groups,
    items: Vec<Item>,
}

impl Restore {
    /// Looks at what a bundle holds and what is stored of it. Nothing is changed.
    ///
    /// # Errors
    /// [`RestoreError::Kind`], or what the tables said.
    pub async fn preview(store: Store, bundle: Bundle) -> Result<Self, RestoreError> {
        if bundle.kind() != Kind::Backup {
            return Err(RestoreError::Kind(bundle.kind()));
        }
        let groups = store.groups().await?;
        let mut preview = Self { store, bundle, groups, items: Vec::new() };
        let assessment = |path: &&str| path.starts_with(ASSESSMENTS) && path.ends_with(JSON);
        let paths = preview.bundle.files().map(|file| file.path.as_str()).filter(assessment);
        let paths: Vec<String> = paths.map(str::to_owned).collect();
        let mut keys = Set::default();
        for path in paths {
            let item = match preview.export(&path).await {
                Ok(export) if keys.insert(export.key.clone()) => preview.item(path, &export).await?,
                Ok(_) => Item { path, head: None, standing: Err(RestoreError::Damaged), seen: None },
                Err(error) => Item { path, head: None, standing: Err(error), seen: None },
            };
            preview.items.push(item);
        }
        Ok(preview)
    }

    /// The assessments in the bundle.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    async fn item(&self, path: String, export: &Export) -> Result<Item, RestoreError> {
        let stored = self.stored(export).await?;
        let standing = Ok(standing(export, &stored));
        Ok(Item { path, head: head(export).map(Box::new), standing, seen: stored.head })
    }

    /// What a file of the bundle has.
    async fn export(&self, path: &str) -> Result<Export, RestoreError> {
        let export = Export::read_text(&self.bundle.read(path).await?).ok_or(RestoreError::Damaged)?;
        let strange = |content: &Content| *content == Content::Strange;
        let elsewhere =
            |content: &Content| entry(content).is_some_and(|entry| entry.assessment.to_string() != export.key);
        // Nothing can be put that is nothing; and an entry that is another assessment's stands in a file of ours never.
        let damaged = export.head.iter().any(strange)
            || export.records.iter().any(|records| records.values().any(strange))
            || export.outbox().values().any(elsewhere);
        if damaged { Err(RestoreError::Damaged) } else { Ok(export) }
    }

    /// What is stored under its key and the names of its finishings.
    async fn stored(&self, export: &Export) -> Result<Export, StoreError> {
        let mut finishings = self.groups.of(&export.key);
        for key in export.outbox().keys() {
            if !finishings.contains(key) {
                finishings.push(key.clone());
            }
        }
        self.store.whole(&export.key, finishings).await
    }

    /// Brings one assessment back, with its rubric and photos; one that is the same, only what is missing of those. What
    /// the bundle could not give of them comes back.
    ///
    /// # Errors
    /// [`RestoreError`]. Of the assessment nothing was changed then.
    pub async fn restore(&self, item: &Item, choice: Choice) -> Result<Vec<Lost>, RestoreError> {
        let expected = item.standing.as_ref().map_err(Clone::clone)?;
        let mut export = self.export(&item.path).await?;
        let stored = self.stored(&export).await?;
        let now = standing(&export, &stored);
        if stored.head != item.seen || now != *expected {
            return Err(RestoreError::Changed);
        }
        if matches!(now, Standing::Differs { .. }) {
            if choice == Choice::Skip {
                return Ok(Vec::new());
            }
            may_replace(&export, &stored)?;
        }
        let (lost, mut together) = self.put_bytes(&mut export, &stored).await?;
        if lost.is_empty() {
            // What its sheet no longer has goes with it.
            let gone = stored.evidence().keys().filter(|photo| !export.evidence().contains_key(photo.as_str()));
            let gone = gone.map(|photo| Key { first: export.key.clone(), second: Some(photo.clone()) });
            together.extend(gone.map(|photo| Write::Delete(BYTES, Which::One(photo))));
        }
        if now != Standing::Same {
            self.put_records(export, stored, together).await?;
        }
        Ok(lost)
    }

    /// Puts the rubric and the photos that it names; of those that are lost what stands here stays. A photo that stands
    /// there with another picture must change together with its record: what is to be put then comes back.
    async fn put_bytes(&self, export: &mut Export, stored: &Export) -> Result<(Vec<Lost>, Vec<Write>), RestoreError> {
        let (mut lost, mut together) = (Vec::new(), Vec::new());
        if let Some(head) = head(export) {
            let sum = head.rubric.sha256;
            lost.extend(self.put_file(RUBRICS, Key::one(sum), sum, &rubric_path(sum)).await?);
        }
        let named = export.evidence().iter();
        let named: Vec<_> = named.filter_map(|(key, record)| Some((key.clone(), evidence_sum(record)?))).collect();
        for (key, sum) in named {
            let photo = Key { first: export.key.clone(), second: Some(key.clone()) };
            let path = evidence_path(sum);
            let other = stored.evidence().get(key.as_str()).is_some_and(|record| evidence_sum(record) != Some(sum));
            let gone = if other && self.bundle.file(&path).is_some_and(|file| file.sha256 == sum) {
                match self.bundle.read(&path).await {
                    Ok(bytes) => {
                        together.push(Write::Put(BYTES, photo, Content::Bytes(bytes)));
                        None
                    }
                    Err(why) => Some(Lost { path, why }),
                }
            } else {
                self.put_file(BYTES, photo, sum, &path).await?
            };
            if let Some(gone) = gone {
                let [_, _, _, evidence, ..] = &mut export.records;
                evidence.remove(key.as_str());
                // What stands here of it stays as it is, bytes and record.
                if let Some(record) = stored.evidence().get(key.as_str()) {
                    evidence.insert(key.clone(), record.clone());
                }
                lost.push(gone);
            }
        }
        Ok((lost, together))
    }

    /// Puts a file under its sum where there is none yet; what the bundle does not list was not there either when the
    /// backup was taken.
    async fn put_file(&self, table: Table, key: Key, sum: Digest, path: &str) -> Result<Option<Lost>, RestoreError> {
        let lost = |why| Ok(Some(Lost { path: path.to_owned(), why }));
        let Some(file) = self.bundle.file(path) else { return Ok(None) };
        if file.sha256 != sum {
            return lost(BundleError::Sum { path: path.to_owned() });
        }
        // One that is there but damaged makes room too.
        let stored = self.store.content(table, key.clone()).await?;
        if matches!(stored, Some(Content::Bytes(bytes)) if Digest::of(&bytes) == sum) {
            return Ok(None);
        }
        match self.bundle.read(path).await {
            Ok(bytes) => self.put(table, Write::Put(table, key, Content::Bytes(bytes))).await.map(|()| None),
            Err(why) => lost(why),
        }
    }

    async fn put(&self, table: Table, write: Write) -> Result<(), RestoreError> {
        let tables: &[Table] = if table == BYTES { &[BYTES] } else { &[RUBRICS] };
        Ok(self.store.tables().write(tables, None, Box::new(|_| Ok(vec![write]))).await?)
    }

    /// Puts all records in one transaction, if the head is still the one that was seen. Entries and receipts are added:
    /// those that are stored are further, but for one that cannot be read.
    async fn put_records(&self, mut export: Export, stored: Export, together: Vec<Write>) -> Result<(), RestoreError> {
        delivery::agree(&mut export, &stored);
        let (key, seen, seen_photos) = (export.key, stored.head.clone(), stored.evidence().clone());
        let mut writes = together;
        for table in [Table::Answers, Table::Notes, Table::Log, Table::EvidenceMeta, Table::Signatures] {
            writes.push(Write::Delete(table, Which::Of(key.clone())));
        }
        writes.extend(export.head.map(|head| Write::Put(HEADS, Key::one(&key), head)));
        for ((table, records), stored) in Export::TABLES.into_iter().zip(export.records).zip(&stored.records) {
            for (second, content) in records {
                let there = stored.get(second.as_str());
                let own = match table {
                    OUTBOX if there.is_some_and(|there| entry(there).is_some()) => continue,
                    RECEIPTS if there.is_some() => continue,
                    OUTBOX | RECEIPTS => Key::one(second),
                    _ => Key { first: key.clone(), second: Some(second) },
                };
                writes.push(Write::Put(table, own, content));
            }
        }
        let first = vec![Get(HEADS, Which::One(Key::one(&key))), Get(Table::EvidenceMeta, Which::Of(key))];
        let decide = Box::new(move |lists: Vec<Vec<Record>>| {
            let mut lists = lists.into_iter();
            let head = lists.next().into_iter().flatten().next().map(|record| record.content);
            // A photo may change without its head: it is scaled, or something is said of it.
            let photos: Map<String, Content> = lists
                .next()
                .into_iter()
                .flatten()
                .filter_map(|record| Some((record.key.second?, record.content)))
                .collect();
            if head == seen && photos == seen_photos { Ok(writes) } else { Err(StoreError::Conflict { stored: None }) }
        });
        Ok(self.store.tables().write_after(ALL, first, decide).await?)
    }

    /// Brings back what belongs to no assessment: rubrics, and which of them are installed.
    /// What the bundle could not give comes back.
    ///
    /// # Errors
    /// What the tables said; what was put before stays.
    pub async fn rest(&self) -> Result<Vec<Lost>, RestoreError> {
        let mut lost = Vec::new();
        for file in self.bundle.files() {
            if let Some((RUBRICS, sum)) = sum_in(&file.path) {
                lost.extend(self.put_file(RUBRICS, Key::one(sum), sum, &file.path).await?);
            }
        }
        if self.bundle.file(INSTALLED).is_none() {
            return Ok(lost);
        }
        let gone = |why| Lost { path: INSTALLED.to_owned(), why };
        match self.bundle.read(INSTALLED).await.map(|bytes| read_installed(&bytes)) {
            Ok(Some(installed)) => {
                for sum in installed {
                    // A mark without its file would offer what is not there.
                    if self.store.content(RUBRICS, Key::one(sum)).await?.is_some() {
                        let mark = Write::Put(RUBRICS, store::mark(sum), Content::Text(String::new()));
                        self.put(RUBRICS, mark).await?;
                    }
                }
            }
            Ok(None) => lost.push(gone(BundleError::Sum { path: INSTALLED.to_owned() })),
            Err(why) => lost.push(gone(why)),
        }
        Ok(lost)
    }

    /// Files of the bundle that nothing here brings back: of a later version, or put there by somebody.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        let known = |path: &str| path == INSTALLED || path.starts_with(ASSESSMENTS) || sum_in(path).is_some();
        self.bundle.files().map(|file| file.path.as_str()).filter(move |path| !known(path))
    }
}

/// All tables with records of an assessment.
const ALL: &[Table] =
    &[HEADS, Table::Answers, Table::Notes, Table::Log, Table::EvidenceMeta, BYTES, Table::Signatures, OUTBOX, RECEIPTS];
