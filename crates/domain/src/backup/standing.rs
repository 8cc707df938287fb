//! How an assessment in a bundle stands to what is stored, and whether it may take its place.

use crate::{
    draft::{Delivery, Head, Phase},
    outbox::Entry,
    ports::tables::Content,
    wire::{export::Export, record},
};

/// How an assessment in a bundle stands to what is stored.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// Nothing is stored of it.
    New,
    /// What a person did is stored just so; how far the outbox was may differ.
    Same,
    /// Something else is stored.
    Differs {
        /// The stored head, where it can be read.
        stored: Option<Box<Head>>,
    },
}

fn text(content: &Content) -> Option<&str> {
    match content {
        Content::Text(text) => Some(text),
        Content::Bytes(_) | Content::Strange => None,
    }
}

/// The head, where it can be read.
pub(super) fn head(export: &Export) -> Option<Head> {
    record::read_head(text(export.head.as_ref()?)?)
}

/// The entry, where it can be read.
pub(super) fn entry(content: &Content) -> Option<Entry> {
    record::read_outbox(text(content)?)
}

/// The same finishing, however far it is.
fn same_entry(one: &Content, other: &Content) -> bool {
    let same = |one: Entry, other: Entry| one.id == other.id && one.digest == other.digest;
    one == other || entry(one).zip(entry(other)).is_some_and(|(one, other)| same(one, other))
}

/// The head as a person made it.
fn undelivered(export: &Export) -> Option<Head> {
    let mut head = head(export)?;
    if let Phase::Finished { delivery, .. } = &mut head.phase {
        *delivery = Delivery::Queued;
    }
    Some(head)
}

fn empty(export: &Export) -> bool {
    export.head.is_none() && export.records.iter().all(crate::map::Map::is_empty)
}

/// Compares what a bundle has with what is stored.
pub(super) fn standing(bundle: &Export, stored: &Export) -> Standing {
    if empty(stored) {
        return Standing::New;
    }
    let heads = bundle.head == stored.head || undelivered(bundle).is_some_and(|head| undelivered(stored) == Some(head));
    let sheets = bundle.records.iter().zip(&stored.records).take(5).all(|(one, other)| one == other);
    let entries = bundle.outbox().len() == stored.outbox().len()
        && bundle
            .outbox()
            .iter()
            .all(|(key, own)| stored.outbox().get(key.as_str()).is_some_and(|other| same_entry(own, other)));
    if heads && sheets && entries { Standing::Same } else { Standing::Differs { stored: head(stored).map(Box::new) } }
}

/// Why a stored assessment keeps its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kept {
    /// This finishing may exist nowhere else.
    Unproved(String),
    /// The bundle has something else under the name of this finishing.
    OtherEntry(String),
    /// The bundle has no head to put in the stored one's place.
    NoHead,
}

/// Whether what is stored may give its place to what the bundle has.
pub(super) fn may_replace(bundle: &Export, stored: &Export) -> Result<(), Kept> {
    if bundle.head.is_none() && stored.head.is_some() {
        return Err(Kept::NoHead);
    }
    for (key, own) in bundle.outbox() {
        let Some(other) = stored.outbox().get(key.as_str()) else { continue };
        // What cannot be read gives its place to what can.
        if entry(other).is_some() && !same_entry(own, other) {
            return Err(Kept::OtherEntry(key.clone()));
        }
    }
    let brings = |key: &str| bundle.outbox().get(key).is_some_and(|own| entry(own).is_some());
    for (key, content) in stored.outbox() {
        // What the receiver has not got may be on this phone alone.
        let there = entry(content).is_some_and(|entry| entry.is_whole_there());
        if !there && !brings(key) && bundle.outbox().get(key.as_str()) != Some(content) {
            return Err(Kept::Unproved(key.clone()));
        }
    }
    // A finished one whose entry is gone.
    if let Some(Phase::Finished { submission, .. }) = head(stored).map(|head| head.phase) {
        let key = submission.to_string();
        if !stored.outbox().contains_key(key.as_str()) && !brings(&key) {
            return Err(Kept::Unproved(key));
        }
    }
    Ok(())
}
