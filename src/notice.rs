//! Errors in words: what happened and what to do, in one place.

use crate::i18n::{Later, Words};
use bintang_domain::{
    endpoint::EndpointProblem,
    outbox::SendError,
    ports::{FileError, StoreError},
};

/// A store's error.
#[must_use]
pub fn store(words: &Words, error: &StoreError) -> String {
    match error {
        StoreError::Full => words.store_full().into(),
        StoreError::Conflict { .. } => words.store_conflict().into(),
        StoreError::Closed => words.store_closed().into(),
        StoreError::Denied => words.store_denied().into(),
        StoreError::Corrupt => words.store_corrupt().into(),
        StoreError::Other(name) => words.store_other().of(name),
    }
}

/// Why a file could not be had.
#[must_use]
pub fn file(words: &Words, error: FileError) -> String {
    match error {
        FileError::Unreachable => words.file_unreachable().into(),
        FileError::Refused(status) => words.file_refused().of(status),
        FileError::TooLarge => words.file_too_large().into(),
        FileError::Unreadable => words.file_unreadable().into(),
    }
}

/// Why something is not sent.
#[must_use]
pub fn send(words: Later, error: &SendError) -> String {
    match error {
        SendError::NoEndpoint => words.send_no_endpoint().into(),
        SendError::Offline => words.send_offline().into(),
        SendError::Timeout => words.send_timeout().into(),
        SendError::Busy { status, .. } => words.send_busy().of(*status),
        SendError::NotAReceipt { status } => words.send_not_a_receipt().of(*status),
        SendError::OtherReceipt => words.send_other_receipt().into(),
        SendError::FilesMissing { count } => words.send_files_missing().of(*count),
        SendError::NotAllowed { status } => words.send_not_allowed().of(*status),
        SendError::Refused { status, code, detail } => {
            let reason = detail.as_deref().or(code.as_deref()).unwrap_or("–");
            words.send_refused().both(*status, reason)
        }
    }
}

/// Why an address is no endpoint.
#[must_use]
pub fn endpoint(words: Later, problem: EndpointProblem) -> &'static str {
    match problem {
        EndpointProblem::Empty | EndpointProblem::NotAnAddress => words.endpoint_not_an_address(),
        EndpointProblem::NotEncrypted => words.endpoint_not_encrypted(),
        EndpointProblem::NotPlain => words.endpoint_not_plain(),
    }
}
