//! What is found of one assessment in a bundle.

use bintang_domain::{
    digest::Digest,
    draft::Head,
    log::{Broken, Line, verify},
    outbox::Entry,
    ports::tables::{Content, Table},
    rubric, score,
    wire::{
        answers,
        envelope::{Envelope, EnvelopeScore},
        export::{Export, evidence_sum},
        record,
    },
};
use std::collections::BTreeSet;

/// One thing that was looked at.
pub struct Finding {
    /// Whether it holds.
    pub holds: bool,
    /// What, in one sentence.
    pub text: String,
}

/// All of one assessment.
pub struct Found {
    /// What it is called.
    pub title: String,
    /// What was looked at.
    pub all: Vec<Finding>,
}

impl Found {
    fn say(&mut self, holds: bool, text: impl Into<String>) {
        self.all.push(Finding { holds, text: text.into() });
    }
}

fn text(content: &Content) -> Option<&str> {
    if let Content::Text(text) = content { Some(text) } else { None }
}

/// Looks at all of it: `rubrics` are the files of rubrics beside it, `photos` the sums of the photos.
pub fn findings(export: &Export, rubrics: &[Vec<u8>], photos: &BTreeSet<Digest>) -> Found {
    let mut found = Found { title: "(no readable head)".to_owned(), all: Vec::new() };
    let head = export.head.as_ref().and_then(text).and_then(record::read_head);
    match &head {
        Some(head) if head.assessment.to_string() == export.key => {
            found.title = format!("{} · {}", head.subject.product, head.subject.business);
        }
        _ => found.say(false, "the head cannot be read, or belongs to another assessment"),
    }
    let sums = log(&mut found, export, head.as_ref());
    let missing =
        export.evidence().values().filter(|photo| evidence_sum(photo).is_none_or(|sum| !photos.contains(&sum)));
    let (missing, of) = (missing.count(), export.evidence().len());
    if of > 0 {
        found.say(missing == 0, format!("{} of {of} photos of the sheet are there", of - missing));
    }
    for (key, content) in export.outbox() {
        match text(content).and_then(record::read_outbox).filter(|entry| entry.id.to_string() == *key) {
            Some(entry) => finishing(&mut found, export, &entry, &sums, (rubrics, photos)),
            None => found.say(false, format!("the outbox entry {key} cannot be read")),
        }
    }
    found
}

/// The change log, against the end that the head says; the sums of its lines.
fn log(found: &mut Found, export: &Export, head: Option<&Head>) -> BTreeSet<Digest> {
    let place = Export::TABLES.iter().position(|table| *table == Table::Log);
    let records = place.and_then(|place| export.records.get(place));
    let mut lines = Vec::new();
    for (key, content) in records.into_iter().flatten() {
        let line = key.parse().ok().zip(text(content));
        lines.extend(line.map(|(number, text)| Line { number, text: text.to_owned() }));
    }
    lines.sort_by_key(|line| line.number);
    match verify(&lines, head.and_then(|head| head.log)) {
        Ok(_) => found.say(true, format!("change log: {} entries, chained to its end", lines.len())),
        Err(Broken::Unreadable(number)) => found.say(false, format!("change log: entry {number} cannot be read")),
        Err(Broken::Missing(number)) => found.say(false, format!("change log: entry {number} is missing")),
        Err(Broken::Altered(number)) => {
            found.say(false, format!("change log: what stands before entry {number} was altered"))
        }
        Err(Broken::End) => found.say(false, "change log: it does not end as the head says"),
    }
    lines.iter().map(|line| Digest::of(line.text.as_bytes())).collect()
}

/// One finishing: its envelope, score, photos and receipt.
fn finishing(
    found: &mut Found,
    export: &Export,
    entry: &Entry,
    sums: &BTreeSet<Digest>,
    (rubrics, photos): (&[Vec<u8>], &BTreeSet<Digest>),
) {
    let (envelope, digest) = match Envelope::open(entry.document.as_bytes()) {
        Ok(opened) => opened,
        Err(refused) => {
            return found.say(false, format!("finishing {}: {} {}", entry.id, refused.at, refused.message));
        }
    };
    let same = digest == entry.digest && envelope.id == entry.id && envelope.assessment.to_string() == export.key;
    found.say(same, format!("finishing {}: digest {digest}", entry.id));
    if let Some(end) = envelope.log {
        let word = if sums.contains(&end) { "is one of the log's" } else { "is none of the log's" };
        found.say(sums.contains(&end), format!("finishing {}: the end of the log that it names {word}", entry.id));
    }
    recomputed(found, &envelope, rubrics);
    let missing = envelope.evidence.iter().filter(|file| !photos.contains(&file.sha256)).count();
    if !envelope.evidence.is_empty() {
        let of = envelope.evidence.len();
        found.say(missing == 0, format!("finishing {}: {} of {of} photos are there", entry.id, of - missing));
    }
    match export.receipts().get(entry.id.to_string().as_str()) {
        None => found.say(true, format!("finishing {}: no receipt", entry.id)),
        Some(content) => match text(content).and_then(record::read_receipt) {
            Some(receipt) if receipt.id == entry.id && receipt.digest == digest => {
                let (by, at, missing) = (receipt.receiver, receipt.received_at, receipt.missing.len());
                let missing = if missing == 0 { String::new() } else { format!(", {missing} photos not there yet") };
                found.say(true, format!("finishing {}: received by “{by}” at {at}{missing}", entry.id));
            }
            _ => found.say(false, format!("finishing {}: its receipt is for something else", entry.id)),
        },
    }
}

/// The score, reckoned again with the very rubric.
fn recomputed(found: &mut Found, envelope: &Envelope, rubrics: &[Vec<u8>]) {
    let id = envelope.id;
    let Some(bytes) = rubrics.iter().find(|bytes| Digest::of(bytes) == envelope.rubric.sha256) else {
        return found.say(false, format!("finishing {id}: its rubric is not in the bundle"));
    };
    match rubric::read(bytes).rubric.zip(answers::read(&envelope.sheet).ok()) {
        Some((rubric, sheet)) => {
            let same = EnvelopeScore::new(&rubric, &score::score(&rubric, &sheet.answers)) == envelope.score;
            let word = if same { "reckoned again, the same" } else { "reckoned again, another one" };
            found.say(same, format!("finishing {id}: the score is {word}"));
        }
        None => found.say(false, format!("finishing {id}: the sheet or its rubric cannot be read")),
    }
}
