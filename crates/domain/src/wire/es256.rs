//! The form of signatures: `{"alg":"ES256","key":{"kty":"EC","crv":"P-256","x","y"},"value"}`, each number base64url without
//! padding (RFC 7518, sections 3.4 and 6.2).

use super::form::{Faults, Form, Members, Object, put};
use crate::{
    base64,
    es256::{Es256, PublicKey, Said},
};
use serde_json::Value;

const ALG: &str = "ES256";
const KTY: &str = "EC";
const CRV: &str = "P-256";

fn word(of: Object<'_>, name: &str, known: &str, faults: &mut Faults) {
    if of.member::<String>(name, faults) != known {
        faults.note("the word is not known here");
    }
}

fn bytes<const N: usize>(of: Object<'_>, name: &str, faults: &mut Faults) -> [u8; N] {
    let text: String = of.member(name, faults);
    base64::read_url(&text).and_then(|bytes| bytes.try_into().ok()).unwrap_or_else(|| {
        faults.note("bytes of another length, or not base64url");
        [0; N]
    })
}

impl Form for PublicKey {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        let of = Object::of(value, faults);
        word(of, "kty", KTY, faults);
        word(of, "crv", CRV, faults);
        Self { x: bytes(of, "x", faults), y: bytes(of, "y", faults) }
    }

    fn write(&self) -> Value {
        let mut of = Members::new();
        for (name, text) in [("kty", KTY), ("crv", CRV)] {
            put(&mut of, name, &text.to_owned());
        }
        put(&mut of, "x", &base64::write_url(&self.x));
        put(&mut of, "y", &base64::write_url(&self.y));
        Value::Object(of)
    }
}

impl Form for Es256 {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        let of = Object::of(value, faults);
        word(of, "alg", ALG, faults);
        Self { key: of.member("key", faults), value: bytes(of, "value", faults) }
    }

    fn write(&self) -> Value {
        let mut of = Members::new();
        put(&mut of, "alg", &ALG.to_owned());
        put(&mut of, "key", &self.key);
        put(&mut of, "value", &base64::write_url(&self.value));
        Value::Object(of)
    }
}

/// The member `signature` of a document; what is no signature refuses nothing.
pub(crate) fn said(document: &Value) -> Said {
    match document.get("signature") {
        None | Some(Value::Null) => Said::Absent,
        Some(signature) => of_value(signature),
    }
}

/// The same of the member's value.
pub(crate) fn of_value(signature: &Value) -> Said {
    Es256::read(signature).map_or(Said::Unreadable, Said::By)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    proptest! {
        #[test]
        fn signatures_read_back(x: [u8; 32], y: [u8; 32], half: [u8; 32], other: [u8; 32]) {
            let mut value = [0; 64];
            value[..32].copy_from_slice(&half);
            value[32..].copy_from_slice(&other);
            let signature = Es256 { key: PublicKey { x, y }, value };
            let document = json!({ "signature": signature.write() });
            prop_assert_eq!(said(&document), Said::By(signature));
        }
    }

    #[test]
    fn what_is_no_signature_is_said_to_be_none() {
        assert_eq!(said(&json!({})), Said::Absent);
        assert_eq!(said(&json!({"signature": null})), Said::Absent);
        let good = Es256 { key: PublicKey { x: [1; 32], y: [2; 32] }, value: [3; 64] }.write();
        for (place, bad) in [
            ("/alg", json!("none")),
            ("/key/kty", json!("RSA")),
            ("/key/crv", json!("P-384")),
            ("/key/x", json!("AQ")),
            ("/key", json!(null)),
            ("/value", json!("!")),
            ("/value", json!(7)),
        ] {
            let mut signature = good.clone();
            *signature.pointer_mut(place).unwrap() = bad;
            assert_eq!(said(&json!({ "signature": signature })), Said::Unreadable, "{place}");
        }
        assert_eq!(said(&json!({"signature": "x"})), Said::Unreadable);
    }
}
