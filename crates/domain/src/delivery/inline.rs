//! The profiles `json` and `simple`: one document with the files in it (upload contract, section 2).

use super::{Answer, Delivered, Delivery, File, at_once, header, no_receipt, refusal};
use crate::{
    base64,
    digest::Digest,
    endpoint::PhotoRule,
    outbox::SendError,
    ports::{StoreError, http::Response},
    wire::{
        problem::ProblemDocument,
        receipt::{self, NotAReceipt},
    },
};

/// Delivers it; `mark` is the text by which the answer of a simple endpoint is known, `None` for others.
pub(super) async fn deliver(delivery: Delivery<'_>, mark: Option<&str>) -> Result<Delivered, StoreError> {
    let files = delivery.gather().await?;
    if files.held && delivery.endpoint.photos == PhotoRule::WifiOnly {
        // Sent again with its photos it would be there twice.
        return Ok(at_once(Err(SendError::WaitsForWifi)));
    }
    let body = document(&delivery.entry.document, &files.go);
    let headers = match mark {
        // Anything else would have to be asked for beforehand.
        Some(_) => vec![header("Content-Type", "text/plain;charset=UTF-8")],
        None => delivery.headers("application/json", body.as_bytes()),
    };
    let outcome = match (delivery.post(headers, body.into_bytes()).await, mark) {
        (Err(error), _) => Err(error),
        (Ok(answer), None) => delivery.answer_of(&answer, files.left),
        (Ok(answer), Some(mark)) => delivery.simple(&answer, mark, files.left),
    };
    Ok(at_once(outcome))
}

impl Delivery<'_> {
    /// The answer of an endpoint that can say everything in its body alone.
    fn simple(&self, answer: &Response, mark: &str, left: usize) -> Result<Answer, SendError> {
        if !matches!(answer.status, 200..=202) {
            return Err(refusal(answer));
        }
        if let Ok(receipt) = self.receipt_of(answer) {
            return Ok(Answer::Receipt(Box::new(receipt)));
        }
        let (id, digest, origin) = (self.entry.id, self.entry.digest, self.endpoint.address.origin());
        let said = match receipt::named(&answer.body, id, digest, origin) {
            Ok(mut receipt) => {
                let unproved = self.entry.unproved(&receipt);
                // It names the document and not the files that went with it: it took it.
                if receipt.missing.is_empty() && unproved.len() > left {
                    return Ok(Answer::Taken { left });
                }
                receipt.missing = unproved;
                return Ok(Answer::Receipt(Box::new(receipt)));
            }
            Err(reason) => reason,
        };
        if let Some(problem) = ProblemDocument::read(&answer.body) {
            return Err(SendError::of_status(problem.status, answer.retry_after, Some(problem.code), problem.detail));
        }
        let marked = !mark.is_empty() && String::from_utf8_lossy(&answer.body).contains(mark);
        match said {
            NotAReceipt::OtherBody if marked => Ok(Answer::Taken { left }),
            reason => Err(self.doubted(no_receipt(reason, answer.status))),
        }
    }
}

/// The document with its files beside the envelope.
fn document(sealed: &str, files: &[(Digest, File)]) -> String {
    let files: Vec<String> = files
        .iter()
        .map(|(sum, file)| {
            let media_type = serde_json::Value::from(file.media_type.as_str()).to_string();
            let sum = sum.to_string();
            [
                "{\"base64\":\"",
                &base64::write(&file.bytes),
                "\",\"media_type\":",
                &media_type,
                ",\"sha256\":\"",
                &sum,
                "\"}",
            ]
            .concat()
        })
        .collect();
    // What this app seals is an object.
    let open = sealed.strip_suffix('}').unwrap_or(sealed);
    [open, ",\"files\":[", &files.join(","), "]}"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::json;

    #[test]
    fn files_stand_beside_an_envelope_that_stays_as_it_was() {
        let file = File { media_type: "image/\"jpeg".into(), bytes: b"photo".to_vec() };
        let body = document(r#"{"envelope":{"a":1},"signature":null}"#, &[(Digest::of(b"photo"), file)]);
        assert!(body.starts_with(r#"{"envelope":{"a":1},"signature":null,"files":["#));
        let read = json::read(body.as_bytes()).unwrap();
        let file = read.get("files").unwrap().get(0).unwrap();
        assert_eq!(file.get("base64").unwrap(), "cGhvdG8=");
        assert_eq!(file.get("media_type").unwrap(), "image/\"jpeg");
        assert_eq!(file.get("sha256").unwrap(), &Digest::of(b"photo").to_string());
        assert!(json::read(document(r#"{"envelope":{}}"#, &[]).as_bytes()).is_ok());
    }
}
