//! Tables whose records are sealed: what is read is opened, what is written is sealed, in the very transaction.

use crate::{
    lock::LOCK,
    ports::{
        Pending, StoreError,
        cipher::Cipher,
        seal::Sealer,
        tables::{Content, DecideAll, Get, Key, Record, Table, Tables, Write},
    },
};
use std::{cell::Cell, rc::Rc};

/// What a sealed record begins with; no photo and no rubric begins so by chance.
const MARK: [u8; 16] = *b"\x00bintang-sealed\x01";
/// Bytes of a nonce (NIST SP 800-38D, section 5.2.1.1).
const NONCE: usize = 12;
/// The content is a text.
const TEXT: u8 = 0;
/// The content is bytes.
const BYTES: u8 = 1;

/// The tables around others.
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "ports are trait objects")]
pub struct Sealed {
    inner: Rc<dyn Tables>,
    book: Rc<Book>,
}

/// What seals and opens.
struct Book {
    sealer: Rc<dyn Sealer>,
    cipher: Rc<dyn Cipher>,
    /// Whether what is written is sealed; else it stands open, while the lock goes away.
    seals: Cell<bool>,
}

/// What a record is sealed together with: where it stands.
fn place(table: Table, key: &Key) -> Vec<u8> {
    let second = key.second.as_deref().map_or_else(String::new, |second| ["\0", second].concat());
    [table.name(), "\0", &key.first, &second].concat().into_bytes()
}

/// Of which tables these are.
fn named(gets: &[Get]) -> Vec<Table> {
    gets.iter().map(|Get(table, _)| *table).collect()
}

/// Whether a record is ever sealed: the lock itself must be read without its key.
pub(super) fn seals(table: Table, key: &Key) -> bool {
    (table, key.first.as_str()) != (Table::Keys, LOCK)
}

/// Whether this is a sealed record, whoever sealed it.
pub(crate) fn is_sealed(content: &Content) -> bool {
    matches!(content, Content::Bytes(bytes) if bytes.starts_with(&MARK))
}

impl Book {
    /// `None` where there is no chance to be had, or what cannot be sealed.
    fn seal(&self, table: Table, key: &Key, content: &Content) -> Option<Content> {
        let (kind, bytes) = match content {
            Content::Text(text) => (TEXT, text.as_bytes()),
            Content::Bytes(bytes) => (BYTES, bytes.as_slice()),
            Content::Strange => return None,
        };
        let nonce: [u8; NONCE] = self.cipher.random(NONCE).try_into().ok()?;
        let mut plain = Vec::with_capacity(bytes.len() + 1);
        plain.push(kind);
        plain.extend_from_slice(bytes);
        let mut sealed = [MARK.as_slice(), &nonce].concat();
        sealed.append(&mut self.sealer.seal(nonce, &place(table, key), plain)?);
        Some(Content::Bytes(sealed))
    }

    /// A record as it was before it was sealed; one that was not is as it stands, one that does not open is strange.
    fn open(&self, table: Table, key: &Key, content: Content) -> Content {
        let Content::Bytes(bytes) = &content else { return content };
        let Some(rest) = bytes.strip_prefix(&MARK).filter(|_| seals(table, key)) else { return content };
        let Some((nonce, sealed)) = rest.split_first_chunk::<NONCE>() else { return Content::Strange };
        let Some(mut plain) = self.sealer.open(*nonce, &place(table, key), sealed.to_vec()) else {
            return Content::Strange;
        };
        let kind = if plain.is_empty() { None } else { Some(plain.remove(0)) };
        match kind {
            Some(TEXT) => String::from_utf8(plain).map_or(Content::Strange, Content::Text),
            Some(BYTES) => Content::Bytes(plain),
            _ => Content::Strange,
        }
    }

    fn opened(&self, table: Table, records: Vec<Record>) -> Vec<Record> {
        let open = |Record { key, content }| Record { content: self.open(table, &key, content), key };
        records.into_iter().map(open).collect()
    }

    fn all_opened(&self, of: Vec<Table>, lists: Vec<Vec<Record>>) -> Vec<Vec<Record>> {
        of.into_iter().zip(lists).map(|(table, records)| self.opened(table, records)).collect()
    }

    fn written(&self, writes: Vec<Write>) -> Result<Vec<Write>, StoreError> {
        let seal = |write| match write {
            Write::Put(table, key, content) if self.seals.get() && seals(table, &key) => {
                let content = self.seal(table, &key, &content).ok_or(StoreError::Corrupt)?;
                Ok(Write::Put(table, key, content))
            }
            write => Ok(write),
        };
        writes.into_iter().map(seal).collect()
    }
}

impl Sealed {
    /// Around these tables.
    #[must_use]
    pub fn new(inner: Rc<dyn Tables>, sealer: Rc<dyn Sealer>, cipher: Rc<dyn Cipher>) -> Self {
        Self { inner, book: Rc::new(Book { sealer, cipher, seals: Cell::new(true) }) }
    }

    /// The tables as they stand.
    pub(super) fn inner(&self) -> &Rc<dyn Tables> {
        &self.inner
    }

    /// Whether what is written from now on is sealed.
    pub(super) fn set_seals(&self, seals: bool) {
        self.book.seals.set(seals);
    }

    /// A record in the form that it is to have: sealed, or open; `None` where it has it, or cannot have it.
    pub(super) fn turned(&self, table: Table, key: &Key, content: &Content, seal: bool) -> Option<Content> {
        if is_sealed(content) == seal {
            return None;
        }
        if seal {
            return self.book.seal(table, key, content);
        }
        let opened = self.book.open(table, key, content.clone());
        (opened != Content::Strange).then_some(opened)
    }
}

impl Tables for Sealed {
    fn read(&self, gets: Vec<Get>) -> Pending<Result<Vec<Vec<Record>>, StoreError>> {
        let (of, reading, book) = (named(&gets), self.inner.read(gets), self.book.clone());
        Box::pin(async move { Ok(book.all_opened(of, reading.await?)) })
    }

    fn keys(&self, table: Table) -> Pending<Result<Vec<Key>, StoreError>> {
        self.inner.keys(table)
    }

    fn write_after(
        &self,
        tables: &'static [Table],
        first: Vec<Get>,
        decide: DecideAll,
    ) -> Pending<Result<(), StoreError>> {
        let (of, book) = (named(&first), self.book.clone());
        let decide = move |lists: Vec<Vec<Record>>| book.written(decide(book.all_opened(of, lists))?);
        self.inner.write_after(tables, first, Box::new(decide))
    }
}
