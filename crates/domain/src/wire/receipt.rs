//! The receipt `bintang-receipt/1`: the only proof that an assessment arrived (upload contract, section 3).

use super::{
    envelope::Ratio,
    form::{Form as _, object, serialize},
    json,
};
use crate::{digest::Digest, id::SubmissionId};

/// The value of `format`.
pub const FORMAT: &str = "bintang-receipt/1";

/// A receipt as the receiver writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Always [`FORMAT`].
    pub format: String,
    /// The finishing it is for.
    pub id: SubmissionId,
    /// SHA-256 of the canonical envelope as received.
    pub digest: Digest,
    /// Files that are safely stored.
    pub evidence: Vec<Digest>,
    /// Files still to come.
    pub missing: Vec<Digest>,
    /// RFC 3339 in UTC, such as `2026-11-24T07:31:00Z`.
    pub received_at: String,
    /// Name of the receiver.
    pub receiver: String,
    /// The score as the receiver computes it; null where it does not know the rubric.
    pub recomputed: Option<Recomputed>,
    /// What is known of the signer: `valid-known`, `valid-new`, `valid-other-key`, `invalid` or `absent`.
    pub sender: String,
    /// The receiver's signature over the rest.
    pub signature: Option<serde_json::Value>,
}

/// The receiver's own reckoning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recomputed {
    /// Points.
    pub total: Ratio,
    /// Stars.
    pub stars: u8,
}

object! {
    Receipt {
        format, id, digest, evidence, missing, received_at, receiver, recomputed, sender, signature,
    }
}
object! { Recomputed { total, stars } }
serialize! { Receipt }

/// Why an answer is no receipt for what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAReceipt {
    /// Another kind of body: a login page, a proxy's word.
    OtherBody,
    /// A receipt for another finishing.
    OtherId,
    /// A receipt for other content under the same id.
    OtherDigest,
}

/// Reads a receipt as it was stored.
///
/// # Errors
/// It is none.
pub fn stored(body: &[u8]) -> Result<Receipt, NotAReceipt> {
    let body = json::read(body).map_err(|_| NotAReceipt::OtherBody)?;
    let receipt = Receipt::read(&body).map_err(|_| NotAReceipt::OtherBody)?;
    if receipt.format == FORMAT { Ok(receipt) } else { Err(NotAReceipt::OtherBody) }
}

/// Reads a body as the receipt for exactly what was sent.
///
/// # Errors
/// Why it is none.
pub fn check(body: &[u8], id: SubmissionId, digest: Digest) -> Result<Receipt, NotAReceipt> {
    let receipt = stored(body)?;
    if receipt.id != id {
        Err(NotAReceipt::OtherId)
    } else if receipt.digest != digest {
        Err(NotAReceipt::OtherDigest)
    } else {
        Ok(receipt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Millis;

    #[test]
    fn only_a_receipt_for_exactly_this_is_one() {
        let id = SubmissionId::new(Millis(5), &[1; 10]);
        let digest = Digest::of(b"x");
        let body = |id: SubmissionId, digest: Digest, format: &str| {
            format!(
                r#"{{"format":"{format}","id":"{id}","digest":"{digest}","evidence":[],"missing":[],
                    "received_at":"2026-11-24T00:00:00Z","receiver":"r","recomputed":null,"sender":"absent","signature":null}}"#
            )
        };
        assert!(check(body(id, digest, FORMAT).as_bytes(), id, digest).is_ok());
        assert_eq!(check(b"<html>", id, digest), Err(NotAReceipt::OtherBody));
        assert_eq!(check(body(id, digest, "x").as_bytes(), id, digest), Err(NotAReceipt::OtherBody));
        let other = SubmissionId::new(Millis(6), &[1; 10]);
        assert_eq!(check(body(other, digest, FORMAT).as_bytes(), id, digest), Err(NotAReceipt::OtherId));
        assert_eq!(check(body(id, Digest::of(b"y"), FORMAT).as_bytes(), id, digest), Err(NotAReceipt::OtherDigest));
    }
}
