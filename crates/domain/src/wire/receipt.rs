//! The receipt `bintang-receipt/1`: the only proof that an assessment arrived (upload contract, section 3).

use super::{
    canonical,
    envelope::Ratio,
    es256::of_value,
    form::{Faults, Form as _, Object, object, serialize},
    json,
};
use crate::{
    digest::Digest,
    es256::{Es256, Said},
    id::SubmissionId,
};
use serde_json::Value;

/// The value of `format`.
pub const FORMAT: &str = "bintang-receipt/1";
/// The value of `format` of what the phone writes itself, after it got back what it had sent (profile `put`).
pub const READ_BACK: &str = "bintang-read-back/1";
/// The value of `format` of what the phone writes itself of an answer that names what it was sent (profile `simple`).
pub const NAMED: &str = "bintang-named/1";

/// A receipt as the receiver writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// [`FORMAT`]; [`READ_BACK`] or [`NAMED`] of what a phone wrote itself.
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
    /// The receiver's signature over the rest ([`Receipt::to_sign`]); read with [`Receipt::said`].
    pub signature: Option<Value>,
}

impl Receipt {
    /// What the phone writes itself of what is there. When, its entry says.
    #[must_use]
    pub fn written(format: &str, of: (SubmissionId, Digest), evidence: Vec<Digest>, receiver: String) -> Self {
        let (id, digest) = of;
        Self {
            format: format.to_owned(),
            id,
            digest,
            evidence,
            missing: Vec::new(),
            received_at: String::new(),
            receiver,
            recomputed: None,
            sender: "absent".to_owned(),
            signature: None,
        }
    }
}

impl Receipt {
    /// What the receiver signs: the canonical JSON of all members that a receipt has, but `signature`. One that is absent
    /// is `null`; others are not signed, and not kept (docs/adr/0018).
    #[must_use]
    pub fn to_sign(&self) -> String {
        let mut receipt = self.write();
        if let Some(members) = receipt.as_object_mut() {
            members.remove("signature");
        }
        canonical::write(&receipt)
    }

    /// The signature that it says it has.
    #[must_use]
    pub fn said(&self) -> Said {
        self.signature.as_ref().map_or(Said::Absent, of_value)
    }

    /// The same, signed.
    #[must_use]
    pub fn signed(self, signature: &Es256) -> Self {
        Self { signature: Some(signature.write()), ..self }
    }
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

/// Reads what a simple endpoint says of what it took: an object that names `id` and `digest`, whatever else stands in it.
/// Files that it does not name under `evidence` are not proved.
///
/// # Errors
/// Why it proves nothing.
pub fn named(body: &[u8], id: SubmissionId, digest: Digest, origin: &str) -> Result<Receipt, NotAReceipt> {
    let Ok(body) = json::read(body) else { return Err(NotAReceipt::OtherBody) };
    let mut faults = Faults::default();
    let of = Object::of(&body, &mut faults);
    let (named, sum): (SubmissionId, Digest) = (of.member("id", &mut faults), of.member("digest", &mut faults));
    let list = |name, faults: &mut Faults| of.member::<Option<Vec<Digest>>>(name, faults).unwrap_or_default();
    let (evidence, missing) = (list("evidence", &mut faults), list("missing", &mut faults));
    let text = |name, faults: &mut Faults| of.member::<Option<String>>(name, faults);
    let (receiver, received_at) = (text("receiver", &mut faults), text("received_at", &mut faults));
    if !faults.none() {
        return Err(NotAReceipt::OtherBody);
    }
    let receiver = receiver.unwrap_or_else(|| origin.to_owned());
    let received_at = received_at.unwrap_or_default();
    let own = Receipt::written(NAMED, (id, digest), evidence, receiver);
    let read = Receipt { missing, received_at, ..own };
    match (named == id, sum == digest) {
        (false, _) => Err(NotAReceipt::OtherId),
        (true, false) => Err(NotAReceipt::OtherDigest),
        (true, true) => Ok(read),
    }
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
    #[test]
    fn what_a_receiver_signs_is_what_is_checked() {
        let id = SubmissionId::new(Millis(5), &[1; 10]);
        let mut receipt = Receipt::written(FORMAT, (id, Digest::of(b"x")), vec![Digest::of(b"photo")], "é\u{7}".into());
        receipt.recomputed = Some(Recomputed { total: Ratio { num: 7, den: 2 }, stars: 3 });
        let key = crate::es256::PublicKey { x: [1; 32], y: [2; 32] };
        let signature = Es256 { key, value: [3; 64] };
        let signed = receipt.clone().signed(&signature);
        assert_eq!(receipt.said(), Said::Absent);
        let body = canonical::write(&signed.write());
        // What stands there beside is neither signed nor kept, what is absent is null.
        for body in [body.clone(), body.replacen('{', "{\"also\":1,", 1)] {
            let read = stored(body.as_bytes()).unwrap();
            assert_eq!((read.to_sign(), read.said()), (receipt.to_sign(), Said::By(signature)));
        }
        let bare = Receipt { recomputed: None, ..receipt };
        let body = canonical::write(&bare.write());
        let absent = body.replace("\"recomputed\":null,", "");
        assert_ne!(body, absent);
        assert_eq!(stored(absent.as_bytes()).unwrap().to_sign(), bare.to_sign());
        let signed_by_nobody = Receipt { signature: Some(Value::from("x")), ..bare };
        assert_eq!(signed_by_nobody.said(), Said::Unreadable);
    }

    #[test]
    fn a_simple_endpoint_proves_what_it_names() {
        let (id, digest, photo) = (SubmissionId::new(Millis(5), &[1; 10]), Digest::of(b"x"), Digest::of(b"photo"));
        let of = |body: String| named(body.as_bytes(), id, digest, "https://a.example");
        let short = of(format!(r#"{{"id":"{id}","digest":"{digest}"}}"#)).unwrap();
        assert_eq!((short.receiver.as_str(), short.evidence.len()), ("https://a.example", 0));
        let full = of(format!(
            r#"{{"ok":1,"id":"{id}","digest":"{digest}","evidence":["{photo}"],"receiver":"Dinas","received_at":"t"}}"#
        ))
        .unwrap();
        assert_eq!((full.receiver.as_str(), full.evidence.as_slice()), ("Dinas", [photo].as_slice()));
        let other = Digest::of(b"y");
        assert_eq!(of(format!(r#"{{"id":"{id}","digest":"{other}"}}"#)), Err(NotAReceipt::OtherDigest));
        let second = SubmissionId::new(Millis(6), &[1; 10]);
        assert_eq!(of(format!(r#"{{"id":"{second}","digest":"{digest}"}}"#)), Err(NotAReceipt::OtherId));
        for body in ["", "[]", "{}", "<html>", r#"{"id":1,"digest":2}"#] {
            assert_eq!(of(body.to_owned()), Err(NotAReceipt::OtherBody), "{body}");
        }
    }
}
