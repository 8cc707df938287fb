//! The profile `multipart`: a form with the document and a group of files, again and again until all are there (upload
//! contract, section 2; RFC 7578).

use super::{Answer, Delivered, Delivery, File, header};
use crate::{digest::Digest, outbox::SendError, ports::StoreError, wire::read_back::evidence_of};

/// Bytes of files in one form, where one alone is not larger: what a cut costs, and what a slow network brings within
/// a minute.
const GROUP: usize = 1_000_000;
/// Files in one form at most: what PHP takes of one unless it is told otherwise (`max_file_uploads`).
const MOST_FILES: usize = 20;

pub(super) async fn deliver(delivery: Delivery<'_>) -> Result<Delivered, StoreError> {
    let wanted = evidence_of(&delivery.entry.document);
    let of = wanted.len();
    let answered = Delivered { outcome: Ok(Answer::Taken { left: 0 }), arrived: false, got_through: false };
    let mut sending = Sending { delivery, left: 0, alone: Vec::new(), refused: None, answered };
    let (mut group, mut bytes) = (Vec::new(), 0_usize);
    let room = delivery.endpoint.limit.map_or(GROUP, |limit| {
        let document = delivery.entry.document.len() as u64;
        usize::try_from(limit.saturating_sub(document + HEADS)).map_or(GROUP, |room| room.min(GROUP))
    });
    // What an earlier try has brought, a receipt names.
    if delivery.entry.tries > 0 && of > 0 && !sending.send(Vec::new()).await {
        return Ok(sending.answered);
    }
    for (number, sum) in wanted.into_iter().enumerate() {
        if sending.is_there(sum) {
            continue;
        }
        let file = if (delivery.photos)() { delivery.evidence.file(sum).await? } else { None };
        let Some(file) = file else {
            sending.left += 1;
            continue;
        };
        if !group.is_empty() && (bytes + file.bytes.len() > room || group.len() == MOST_FILES) {
            if !sending.send(std::mem::take(&mut group)).await {
                return Ok(sending.answered);
            }
            bytes = 0;
        }
        (delivery.tell)(number + 1, of);
        bytes += file.bytes.len();
        group.push((sum, file));
    }
    if !group.is_empty() && !sending.send(group).await {
        return Ok(sending.answered);
    }
    // Where there are no photos, or none of them could go.
    if !sending.answered.arrived && !sending.send(Vec::new()).await {
        return Ok(sending.answered);
    }
    Ok(sending.ended())
}

/// Bytes for the heads of the parts of a form.
const HEADS: u64 = 8_000;

/// Forms on their way.
struct Sending<'d> {
    delivery: Delivery<'d>,
    /// Files that do not go.
    left: usize,
    /// Files that were too large together.
    alone: Vec<(Digest, File)>,
    /// Why files were too large, if some were.
    refused: Option<SendError>,
    answered: Delivered,
}

impl Sending<'_> {
    /// The files that the last receipt names as stored.
    fn there(&self) -> &[Digest] {
        match &self.answered.outcome {
            Ok(Answer::Receipt(receipt)) => &receipt.evidence,
            _ => &[],
        }
    }

    fn is_there(&self, sum: Digest) -> bool {
        self.there().contains(&sum)
    }

    /// Sends files, together or else each alone; whether there is sense in going on.
    async fn send(&mut self, files: Vec<(Digest, File)>) -> bool {
        if !self.form(files).await {
            return false;
        }
        for file in std::mem::take(&mut self.alone) {
            if !self.form(vec![file]).await {
                return false;
            }
        }
        true
    }

    /// Sends one form; whether there is sense in another one.
    async fn form(&mut self, files: Vec<(Digest, File)>) -> bool {
        let (boundary, body) = form(&self.delivery.entry.document, &files);
        let headers = vec![header("Content-Type", &["multipart/form-data; boundary=", &boundary].concat())];
        let before = self.there().len();
        let outcome = match self.delivery.post(headers, body).await {
            Ok(answer) => self.delivery.answer_of(&answer, 0),
            Err(error) => Err(error),
        };
        match outcome {
            // Alone each of them may fit; where it is alone already, the others may.
            Err(error) if !files.is_empty() && is_too_large(&error) => {
                if let [_] = files.as_slice() {
                    self.left += 1;
                    self.refused.get_or_insert(error);
                } else {
                    self.alone = files;
                }
                true
            }
            outcome => {
                let goes_on = outcome.is_ok();
                self.answered.outcome = outcome;
                self.answered.arrived |= goes_on;
                // Only what a receipt names is progress: whoever just says yes may say so for ever.
                self.answered.got_through |= !files.is_empty() && self.there().len() > before;
                goes_on
            }
        }
    }

    /// All that could go has gone.
    fn ended(mut self) -> Delivered {
        if let Ok(Answer::Taken { left }) = &mut self.answered.outcome {
            *left = self.left;
        }
        if let Some(error) = self.refused {
            self.answered.outcome = Err(error);
        }
        self.answered
    }
}

fn is_too_large(error: &SendError) -> bool {
    matches!(error, SendError::TooLarge { .. } | SendError::Refused { status: 413, .. })
}

/// A form, and what stands between its parts: the sum of all that is in it, which nothing in it can hold.
fn form(document: &str, files: &[(Digest, File)]) -> (String, Vec<u8>) {
    let sums: Vec<String> = files.iter().map(|(sum, _)| sum.to_string()).collect();
    let boundary = Digest::of([document, &sums.concat()].concat().as_bytes()).to_string();
    let mut body = Vec::new();
    let mut part = |head: &str, content: &[u8]| {
        for piece in [b"--", boundary.as_bytes(), b"\r\nContent-Disposition: form-data; ", head.as_bytes(), b"\r\n\r\n"]
        {
            body.extend_from_slice(piece);
        }
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    };
    part("name=\"assessment\"\r\nContent-Type: application/json", document.as_bytes());
    for (sum, file) in files {
        let sum = sum.to_string();
        // A media type is what the phone read from the file's first bytes, never what somebody typed.
        let head = ["name=\"evidence[]\"; filename=\"", &sum, "\"\r\nContent-Type: ", &file.media_type].concat();
        part(&head, &file.bytes);
    }
    for piece in [b"--", boundary.as_bytes(), b"--\r\n"] {
        body.extend_from_slice(piece);
    }
    (boundary, body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_has_the_document_and_each_file_under_its_sum() {
        let file = File { media_type: "image/jpeg".into(), bytes: b"\xff\xd8photo".to_vec() };
        let sum = Digest::of(&file.bytes);
        let (boundary, body) = form("{}", &[(sum, file)]);
        let text = String::from_utf8_lossy(&body);
        let parts: Vec<&str> = text.split(&format!("--{boundary}")).collect();
        assert_eq!((parts.len(), parts[0], parts[3]), (4, "", "--\r\n"));
        assert_eq!(
            parts[1],
            "\r\nContent-Disposition: form-data; name=\"assessment\"\r\nContent-Type: application/json\r\n\r\n{}\r\n"
        );
        assert!(
            parts[2].contains(&format!("name=\"evidence[]\"; filename=\"{sum}\"\r\nContent-Type: image/jpeg\r\n\r\n"))
        );
        assert!(parts[2].ends_with("photo\r\n"));
    }
}
