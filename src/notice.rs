//! Errors in words: what happened and what to do, in one place.

use crate::i18n::{Later, Words};
use bintang_domain::{
    backup::{RestoreError, TakeError, Why},
    bundle::BundleError,
    clock::Doubt,
    endpoint::{EndpointRefused, MOST},
    lock::LockError,
    outbox::SendError,
    ports::{
        FileError, StoreError,
        cipher::CipherError,
        evidence::{CameraError, LocationError},
    },
    web_address::AddressProblem,
};

/// A store's error.
#[must_use]
pub fn store(words: &Words, error: &StoreError) -> String {
    match error {
        StoreError::Full => words.store_full().into(),
        // Nobody saved it elsewhere: it is gone, and loading anew would forget what is on the screen.
        StoreError::Conflict { stored: None } => words.store_other().of("NotFoundError"),
        StoreError::Conflict { stored: Some(_) } => words.store_conflict().into(),
        StoreError::Closed => words.store_closed().into(),
        StoreError::Denied => words.store_denied().into(),
        StoreError::Corrupt => words.store_corrupt().into(),
        StoreError::Outdated => words.store_outdated().into(),
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
        SendError::NoProof { status } => words.send_no_proof().of(*status),
        SendError::OtherReceipt => words.send_other_receipt().into(),
        SendError::FilesMissing { count } => words.send_files_missing().of(*count),
        SendError::WaitsForWifi => words.send_wifi().into(),
        SendError::TooLarge { bytes, limit } => {
            words.send_too_large().both(&bytes.div_ceil(1_000).to_string(), &(limit / 1_000).to_string())
        }
        SendError::PhotosWait { count } => words.send_photos_wait().of(*count),
        SendError::NotAllowed { status } => words.send_not_allowed().of(*status),
        SendError::Refused { status, code, detail } => {
            let reason = detail.as_deref().or(code.as_deref()).unwrap_or("–");
            words.send_refused().both(*status, reason)
        }
    }
}

/// Why an endpoint is not kept; `None` where its fields say it.
#[must_use]
pub fn endpoint(words: Later, refused: EndpointRefused) -> Option<String> {
    match refused {
        EndpointRefused::Unfit(_) => None,
        EndpointRefused::Known => Some(words.endpoint_known().to_owned()),
        EndpointRefused::TooMany => Some(words.endpoint_too_many().of(MOST)),
    }
}

/// Why an address is none that can be used.
#[must_use]
pub fn address(words: Later, problem: AddressProblem) -> &'static str {
    match problem {
        AddressProblem::Empty | AddressProblem::NotAnAddress => words.endpoint_not_an_address(),
        AddressProblem::NotEncrypted => words.endpoint_not_encrypted(),
        AddressProblem::NotPlain => words.endpoint_not_plain(),
    }
}

/// Why a cipher did not do it.
#[must_use]
pub fn cipher(words: Later, error: &CipherError) -> String {
    match error {
        CipherError::Denied => words.cipher_denied().into(),
        CipherError::Unopened => words.bundle_damaged().into(),
        CipherError::Other(name) => words.cipher_other().of(name),
    }
}

/// What is wrong with a bundle.
#[must_use]
pub fn bundle(words: Later, error: &BundleError) -> String {
    match error {
        BundleError::File(error) => file(&words, *error),
        BundleError::NoEnd | BundleError::NoManifest => words.bundle_not_ours().into(),
        BundleError::TooLarge { .. } | BundleError::TooMany | BundleError::FileTooLarge { .. } => {
            words.bundle_too_large().into()
        }
        BundleError::Compressed { .. }
        | BundleError::Encrypted { .. }
        | BundleError::Streamed { .. }
        | BundleError::Rounds { .. }
        | BundleError::Manifest(_) => words.bundle_newer().into(),
        BundleError::Broken { .. }
        | BundleError::Path { .. }
        | BundleError::Twice { .. }
        | BundleError::Disagree { .. }
        | BundleError::Overlap { .. }
        | BundleError::Unlisted { .. }
        | BundleError::Missing { .. }
        | BundleError::Size { .. }
        | BundleError::Sum { .. }
        | BundleError::Unopened { .. } => words.bundle_damaged().into(),
        BundleError::Passphrase => words.passphrase_wrong().into(),
        BundleError::Cipher(error) => cipher(words, error),
    }
}

/// Why there is no backup.
#[must_use]
pub fn take(words: Later, error: &TakeError) -> String {
    match error {
        TakeError::Store(error) => store(&words, error),
        TakeError::Cipher(error) => cipher(words, error),
        TakeError::Bundle(error) => bundle(words, error),
        TakeError::NoFile => words.file_not_made().into(),
    }
}

/// Why something is not in a backup.
#[must_use]
pub fn left_out(words: Later, why: &Why) -> String {
    match why {
        Why::Missing => words.left_missing().into(),
        Why::Damaged => words.left_damaged().into(),
        Why::Strange => words.left_strange().into(),
        Why::Store(error) => store(&words, error),
        Why::Bundle(error) => bundle(words, error),
    }
}

/// Why something is not brought back.
#[must_use]
pub fn restore(words: Later, error: &RestoreError) -> String {
    match error {
        RestoreError::Kind(_) => words.restore_kind().into(),
        RestoreError::Store(error) => store(&words, error),
        RestoreError::Bundle(error) => bundle(words, error),
        RestoreError::Damaged => words.bundle_damaged().into(),
        RestoreError::Changed => words.restore_changed().into(),
        RestoreError::Unproved(_) => words.restore_unproved().into(),
        RestoreError::OtherEntry(_) => words.restore_other_entry().into(),
        RestoreError::NoHead => words.restore_no_head().into(),
    }
}

/// Why there is no position.
#[must_use]
pub fn location(words: Later, error: LocationError) -> &'static str {
    match error {
        LocationError::Denied => words.place_denied(),
        LocationError::Unavailable => words.place_unavailable(),
        LocationError::Timeout => words.place_timeout(),
    }
}

/// Why the times of a sheet are doubted.
#[must_use]
pub fn doubt(words: Later, doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::SetBack => words.clock_set_back(),
        Doubt::Jumped => words.clock_jumped(),
        Doubt::OffPosition => words.clock_off_position(),
    }
}

/// Why there is no picture.
#[must_use]
pub fn camera(words: Later, error: CameraError) -> &'static str {
    match error {
        CameraError::Denied => words.camera_denied(),
        CameraError::Absent => words.camera_absent(),
    }
}

/// Why the store was not locked or unlocked.
#[must_use]
pub fn lock(words: Later, error: &LockError) -> String {
    match error {
        LockError::Passphrase => words.passphrase_wrong().into(),
        LockError::Cipher(error) => cipher(words, error),
        LockError::Store(error) => store(&words, error),
        LockError::OtherTabs => words.lock_other_tabs().into(),
    }
}
