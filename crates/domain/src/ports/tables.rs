//! What a store must be able to do: read records, and write records all or none. What the records mean is known in
//! [`crate::store`] alone.

use super::{Pending, StoreError};

/// A table of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// What the list shows: key is the assessment's id.
    Heads,
    /// Answers: key is the assessment's id and the place.
    Answers,
    /// Notes: key is the assessment's id and the place.
    Notes,
    /// Change log: key is the assessment's id and a number.
    Log,
    /// What is known of a photo: key is the assessment's id and the photo's.
    EvidenceMeta,
    /// A photo's bytes: key as there.
    EvidenceBytes,
    /// Signatures: key is the assessment's id and the role's word. From the second version of the schema on.
    Signatures,
    /// Finished assessments on their way: key is the finishing's id.
    Outbox,
    /// Receipts: key is the finishing's id.
    Receipts,
    /// Rubric files as used: key is the SHA-256 of their bytes.
    Rubrics,
    /// The device's keys: key is what they are for.
    Keys,
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Heads,
        Self::Answers,
        Self::Notes,
        Self::Log,
        Self::EvidenceMeta,
        Self::EvidenceBytes,
        Self::Signatures,
        Self::Outbox,
        Self::Receipts,
        Self::Rubrics,
        Self::Keys,
    ];

    /// This table alone, as a transaction names its tables.
    #[must_use]
    pub fn alone(self) -> &'static [Self] {
        static ALL: [Table; 11] = Table::ALL;
        let place = ALL.iter().position(|other| *other == self);
        place.and_then(|place| ALL.get(place..=place)).unwrap_or_default()
    }

    /// Its name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Heads => "heads",
            Self::Answers => "answers",
            Self::Notes => "notes",
            Self::Log => "log",
            Self::EvidenceMeta => "evidence_meta",
            Self::EvidenceBytes => "evidence_bytes",
            Self::Signatures => "signatures",
            Self::Outbox => "outbox",
            Self::Receipts => "receipts",
            Self::Rubrics => "rubrics",
            Self::Keys => "keys",
        }
    }
}

/// The key of a record: one text, or two.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The first.
    pub first: String,
    /// The second; `None` in tables with keys of one text.
    pub second: Option<String>,
}

impl Key {
    /// A key of one text.
    pub fn one(first: impl ToString) -> Self {
        Self { first: first.to_string(), second: None }
    }
}

/// What a record holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Something that this app never writes.
    Strange,
}

impl Content {
    /// The text, if it is one.
    #[must_use]
    pub fn text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bytes(_) | Self::Strange => None,
        }
    }
}

/// A record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its key.
    pub key: Key,
    /// What it holds.
    pub content: Content,
}

/// Which records of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// All.
    All,
    /// Those whose keys have two texts, of which this is the first.
    Of(String),
    /// The one with this key.
    One(Key),
    /// Those from this key to that one, both included.
    Between(Key, Key),
}

/// Records to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Get(pub Table, pub Which);

/// A record to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Puts it there, in place of what may stand there.
    Put(Table, Key, Content),
    /// Deletes one, or all of one first text.
    Delete(Table, Which),
}

/// Says from the records read what is to be written; an error takes everything back.
pub type Decide = Box<dyn FnOnce(Vec<Record>) -> Result<Vec<Write>, StoreError>>;

/// The same, where several things are read first.
pub type DecideAll = Box<dyn FnOnce(Vec<Vec<Record>>) -> Result<Vec<Write>, StoreError>>;

/// Says of the records read whether what was said before they were read may be written; an error takes everything back.
pub type Agree = Box<dyn FnOnce(Vec<Record>) -> Result<(), StoreError>>;

/// Tables that are read and written in transactions. One call is one transaction, begun in the very call, before the
/// future is first polled, so that calls made one after the other are done in that order.
pub trait Tables {
    /// Reads all of these as they stand at one moment: for each a list, in the order of the keys.
    fn read(&self, gets: Vec<Get>) -> Pending<Result<Vec<Vec<Record>>, StoreError>>;

    /// The keys of a table, in their order, without what the records hold.
    fn keys(&self, table: Table) -> Pending<Result<Vec<Key>, StoreError>>;

    /// Reads all of `first`, asks `decide`, and writes what it says to `tables`; all of it or nothing. It is on disk when
    /// the future ends.
    fn write_after(
        &self,
        tables: &'static [Table],
        first: Vec<Get>,
        decide: DecideAll,
    ) -> Pending<Result<(), StoreError>>;

    /// The same, where at most one thing is read first.
    fn write(&self, tables: &'static [Table], first: Option<Get>, decide: Decide) -> Pending<Result<(), StoreError>> {
        let decide = |lists: Vec<Vec<Record>>| decide(lists.into_iter().next().unwrap_or_default());
        self.write_after(tables, first.into_iter().collect(), Box::new(decide))
    }

    /// Writes these to `tables` if `agree` has nothing against it once `first` is read as it stood before them; all of it
    /// or nothing. Tables that can take writes back ask for all of it at once: the page answers nobody meanwhile, and
    /// each answer that is waited for waits for a whole frame.
    fn write_if(
        &self,
        tables: &'static [Table],
        first: Get,
        agree: Agree,
        writes: Vec<Write>,
    ) -> Pending<Result<(), StoreError>> {
        self.write(tables, Some(first), Box::new(move |records| agree(records).map(|()| writes)))
    }
}
