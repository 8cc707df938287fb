//! Opening a finished sheet again: it becomes a draft with what was sent, and its next finishing names the one it
//! replaces.

use crate::{
    draft::{Changes, Head, Phase},
    log::{self, Change, What},
    time::Millis,
    wire::{envelope::Replaces, read_back::Sent},
};

/// Why a sheet is not opened again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotReopened {
    /// It is not finished.
    NotFinished,
    /// No reason was given.
    NoReason,
}

/// The head as it stands once the sheet is open again, and what is stored with it
/// ([`crate::store::Store::save`], on top of the head's revision).
///
/// # Errors
/// [`NotReopened`].
pub fn reopen(head: Head, sent: &Sent, reason: &str, now: Millis) -> Result<(Head, Changes), NotReopened> {
    let Phase::Finished { submission, .. } = head.phase else { return Err(NotReopened::NotFinished) };
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(NotReopened::NoReason);
    }
    let places: Vec<_> = sent.answers.places().chain(sent.notes.keys().cloned()).collect();
    let mut changes = Changes::of(places.iter(), &sent.answers, &sent.notes);
    let mut tail = head.log;
    let to = reason.into();
    let change = Change { to, ..Change::of_event(now, What::Reopened(submission)) };
    changes.log.push(log::append(&mut tail, change));
    let replaces = Replaces { id: submission, digest: sent.digest, reason: reason.to_owned() };
    let head = Head {
        revision: head.revision.next(),
        changed: now,
        log: tail,
        replaces: Some(replaces),
        phase: Phase::Draft,
        ..head
    };
    Ok((head, changes))
}
