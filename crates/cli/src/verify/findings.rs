//! What is found of one assessment in a bundle.

use bintang_domain::{
    digest::Digest,
    draft::Head,
    es256::Said,
    id::SubmissionId,
    log::{Broken, Line, What, verify},
    outbox::{Entry, State},
    ports::tables::{Content, Table},
    rubric, score,
    wire::{
        answers,
        envelope::{Envelope, EnvelopeScore, Opened},
        export::{Export, evidence_sum},
        receipt::{FORMAT, NAMED, READ_BACK},
        record,
    },
};
use bintang_receiver::sender::Signer;
use std::collections::{BTreeMap, BTreeSet};

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
    /// Says one thing.
    pub fn say(&mut self, holds: bool, text: impl Into<String>) {
        self.all.push(Finding { holds, text: text.into() });
    }
}

fn text(content: &Content) -> Option<&str> {
    if let Content::Text(text) = content { Some(text) } else { None }
}

/// Looks at all of it: `rubrics` are the files of rubrics beside it by their sums, `photos` the sums of the photos.
pub fn findings(export: &Export, rubrics: &BTreeMap<Digest, Vec<u8>>, photos: &BTreeSet<Digest>) -> Found {
    let mut found = Found { title: "(no readable head)".to_owned(), all: Vec::new() };
    let head = export.head.as_ref().and_then(text).and_then(record::read_head);
    match &head {
        Some(head) if head.assessment.to_string() == export.key => {
            found.title = format!("{} · {}", head.subject.product, head.subject.business);
        }
        _ => found.say(false, "the head cannot be read, or belongs to another assessment"),
    }
    let (sums, finished) = log(&mut found, export, head.as_ref());
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
    for id in finished {
        if !export.outbox().contains_key(&id.to_string()) {
            found.say(false, format!("finishing {id}: the log names it, and it is not there"));
        }
    }
    for key in export.receipts().keys().filter(|key| !export.outbox().contains_key(*key)) {
        found.say(false, format!("receipt {key}: what it is for is not there"));
    }
    found
}

/// The change log, against the end that the head says; the sums of its lines, and the finishings that it names.
fn log(found: &mut Found, export: &Export, head: Option<&Head>) -> (BTreeSet<Digest>, Vec<SubmissionId>) {
    let place = Export::TABLES.iter().position(|table| *table == Table::Log);
    let records = place.and_then(|place| export.records.get(place));
    let mut lines = Vec::new();
    for (key, content) in records.into_iter().flatten() {
        let line = key.parse().ok().zip(text(content));
        lines.extend(line.map(|(number, text)| Line { number, text: text.to_owned() }));
    }
    lines.sort_by_key(|line| line.number);
    let mut finished = Vec::new();
    match verify(&lines, head.and_then(|head| head.log)) {
        Ok(entries) => {
            let ids = entries.iter().filter_map(|entry| match entry.change.what {
                What::Finished(id) => Some(id),
                _ => None,
            });
            finished.extend(ids);
            found.say(true, format!("change log: {} entries, chained to its end", lines.len()));
        }
        Err(Broken::Unreadable(number)) => found.say(false, format!("change log: entry {number} cannot be read")),
        Err(Broken::Missing(number)) => found.say(false, format!("change log: entry {number} is missing")),
        Err(Broken::Altered(number)) => {
            found.say(false, format!("change log: what stands before entry {number} was altered"))
        }
        Err(Broken::End) => found.say(false, "change log: it does not end as the head says"),
    }
    (lines.iter().map(|line| Digest::of(line.text.as_bytes())).collect(), finished)
}

/// One finishing: its envelope, score, photos and receipt.
fn finishing(
    found: &mut Found,
    export: &Export,
    entry: &Entry,
    sums: &BTreeSet<Digest>,
    (rubrics, photos): (&BTreeMap<Digest, Vec<u8>>, &BTreeSet<Digest>),
) {
    let Opened { envelope, digest, canonical, signature } = match Opened::read(entry.document.as_bytes()) {
        Ok(opened) => opened,
        Err(refused) => {
            return found.say(false, format!("finishing {}: {} {}", entry.id, refused.at, refused.message));
        }
    };
    let same = digest == entry.digest && envelope.id == entry.id && envelope.assessment.to_string() == export.key;
    found.say(same, format!("finishing {}: digest {digest}", entry.id));
    signed(found, &format!("finishing {}", entry.id), &signature, &canonical);
    if envelope.log.is_none() && !sums.is_empty() {
        found.say(false, format!("finishing {}: it names no end of the log, though there is one", entry.id));
    }
    if let Some(end) = envelope.log {
        let word = if sums.contains(&end) { "is one of the log's" } else { "is none of the log's" };
        found.say(sums.contains(&end), format!("finishing {}: the end of the log that it names {word}", entry.id));
    }
    recomputed(found, &envelope, rubrics);
    let stored = export.receipts().get(entry.id.to_string().as_str());
    let receipt = stored.and_then(text).and_then(record::read_receipt);
    let receipt = receipt.filter(|receipt| receipt.id == entry.id && receipt.digest == digest);
    // What the receiver has, and the sheet no longer lists, a phone lets go.
    let listed: BTreeSet<Digest> = export.evidence().values().filter_map(evidence_sum).collect();
    let gone = |sum: &Digest| {
        let there =
            receipt.as_ref().is_some_and(|receipt| receipt.evidence.contains(sum) && !receipt.missing.contains(sum));
        there && !listed.contains(sum)
    };
    let absent: Vec<Digest> =
        envelope.evidence.iter().map(|file| file.sha256).filter(|sum| !photos.contains(sum)).collect();
    let (removed, of) = (absent.iter().filter(|sum| gone(sum)).count(), envelope.evidence.len());
    if of > 0 {
        let later = if removed == 0 { String::new() } else { format!(", {removed} removed once they were received") };
        let whole = absent.len() == removed;
        found.say(whole, format!("finishing {}: {} of {of} photos are there{later}", entry.id, of - absent.len()));
    }
    match (&receipt, stored.is_some(), &entry.state) {
        (Some(receipt), ..) => {
            let missing = match receipt.missing.len() {
                0 => String::new(),
                missing => format!(", {missing} photos not there yet"),
            };
            let (by, at) = (&receipt.receiver, &receipt.received_at);
            let what = match receipt.format.as_str() {
                // What the phone wrote itself is signed by nobody.
                READ_BACK => "read back by the phone from",
                NAMED => "named, without a receipt, by",
                FORMAT => {
                    let what = format!("finishing {}: its receipt", entry.id);
                    signed(found, &what, &receipt.said(), &receipt.to_sign());
                    "received by"
                }
                _ => return found.say(false, format!("finishing {}: its receipt is of no known kind", entry.id)),
            };
            let at = if at.is_empty() { String::new() } else { format!(" at {at}") };
            found.say(true, format!("finishing {}: {what} “{by}”{at}{missing}", entry.id));
        }
        (None, true, _) => found.say(false, format!("finishing {}: its receipt is for something else", entry.id)),
        (None, false, State::Proved { .. }) => {
            found.say(false, format!("finishing {}: it calls itself proved, and has no receipt", entry.id));
        }
        (None, false, State::Accepted { .. }) => {
            found.say(true, format!("finishing {}: accepted by its endpoint, which gave no proof", entry.id));
        }
        (None, false, _) => found.say(true, format!("finishing {}: on its way, no receipt yet", entry.id)),
    }
}

/// Whose key signed it, where that holds.
pub fn signed(found: &mut Found, what: &str, said: &Said, message: &str) {
    match Signer::of(said, message) {
        Signer::Key(key) => found.say(true, format!("{what}: unchanged since key {} signed it", key.short())),
        Signer::Invalid => found.say(false, format!("{what}: its signature does not hold")),
        Signer::Nobody => found.say(true, format!("{what}: not signed")),
    }
}

/// The score, reckoned again with the very rubric.
pub fn recomputed(found: &mut Found, envelope: &Envelope, rubrics: &BTreeMap<Digest, Vec<u8>>) {
    let id = envelope.id;
    let Some(bytes) = rubrics.get(&envelope.rubric.sha256) else {
        return found.say(false, format!("finishing {id}: its rubric is not there"));
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
