//! Hostile words in every text of an assessment, one at a time: each is stored as a text, or refused by a known code; and
//! what is logged names nobody.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/all.rs"]
mod common;

use bintang_domain::{
    digest::Digest,
    id::SubmissionId,
    time::Millis,
    wire::envelope::{Envelope, Replaces},
};
use bintang_receiver::tokens::Scope;
use common::{
    envelope,
    server::Server,
    token::{ask, made},
};
use hyper::Method;
use serde_json::Value;
use std::{
    collections::BTreeSet,
    io,
    sync::{Arc, Mutex},
};
use tempfile::tempdir;
use tracing_subscriber::fmt::MakeWriter;

const HOSTILE: [&str; 4] = [
    "'); DROP TABLE submissions; --",
    "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>",
    "=HYPERLINK(\"http://x\")",
    "../../../etc/passwd\u{0}\u{202e}{{7*7}}%00",
];
/// What docs/endpoints and the contract name.
const CODES: [&str; 4] = ["bad_envelope", "bad_sheet", "bad_replaces", "conflict"];

/// An assessment in which every text that may stand there does.
fn full(number: u8) -> Envelope {
    let mut envelope = envelope::food(number);
    envelope.evidence.push(envelope::file(b"a photo", "image/jpeg"));
    envelope.evidence[0].caption = "Dapur".into();
    let earlier = SubmissionId::new(Millis(1), &[200; 10]);
    envelope.replaces = Some(Replaces { id: earlier, digest: Digest::of(b"x"), reason: "Salah".into() });
    let criterion = envelope.evidence[0].criterion.clone();
    envelope.notes.criteria.insert(criterion, "Dua rak".into());
    envelope.subject.owner = "Ibu".into();
    envelope.subject.place.village = "Desa".into();
    envelope.assessor.office = "Dinas".into();
    envelope.log = Some(Digest::of(b"log"));
    envelope
}

/// The places of all texts in a value, also the names of members.
fn texts(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(at),
        Value::Array(list) => list.iter().enumerate().for_each(|(n, item)| texts(item, format!("{at}/{n}"), found)),
        Value::Object(members) => {
            for (name, member) in members {
                texts(member, format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        _ => {}
    }
}

#[tokio::test]
async fn every_text_is_a_text_or_is_refused() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let token = made(folder.path(), "Tim", &[Scope::Upload, Scope::Read]).await;
    let document: Value = serde_json::from_str(&full(1).seal().unwrap().document).unwrap();
    let mut places = Vec::new();
    texts(&document, String::new(), &mut places);
    assert!(places.len() > 40, "{places:?}");
    let (mut stored, mut refused) = (BTreeSet::new(), BTreeSet::new());
    let mut number = 0_u16;
    for place in &places {
        for hostile in HOSTILE {
            number += 1;
            let mut document = document.clone();
            let [high, low] = number.to_be_bytes();
            let id = |rest| {
                SubmissionId::new(Millis(1_764_000_100_000), &[high, low, 0, 0, 0, 0, 0, 0, 0, rest]).to_string()
            };
            (document["envelope"]["id"], document["envelope"]["assessment"]) = (id(1).into(), id(2).into());
            *document.pointer_mut(place).unwrap() = hostile.into();
            let sent = document.to_string();
            let answer = ask(&server, Method::POST, "/assessments", Some(&token), sent.as_bytes()).await;
            match answer.status.as_u16() {
                201 => {
                    stored.insert(place);
                    let page = ask(&server, Method::GET, &format!("/results/{}", id(1)), Some(&token), b"").await;
                    assert_eq!(page.status, 200, "{place}");
                    for raw in ["<script>alert", "<img src=x"] {
                        assert!(!page.text().contains(raw), "{place}: {raw}");
                    }
                }
                409 | 422 => {
                    let code = answer.json()["code"].as_str().unwrap().to_owned();
                    assert!(CODES.contains(&code.as_str()), "{place}: {code}");
                    refused.insert(place);
                }
                other => panic!("{place}: {other} {}", answer.text()),
            }
        }
    }
    // Ids, sums and words of the programme are none of those; texts of people are.
    for place in
        ["/envelope/subject/product", "/envelope/notes/criteria/A.I.1", "/envelope/replaces/reason", "/envelope/app"]
    {
        assert!(stored.contains(&place.to_owned()), "{place}: {stored:?}");
    }
    for place in
        ["/envelope/id", "/envelope/assessment", "/envelope/stage", "/envelope/log", "/envelope/evidence/0/sha256"]
    {
        assert!(refused.contains(&place.to_owned()) && !stored.contains(&place.to_owned()), "{place}");
    }
    // All of it is there, and no cell is a formula.
    let csv = ask(&server, Method::GET, "/assessments.csv", Some(&token), b"").await;
    let cells = csv.text().split([',', '\n']).map(|cell| cell.trim_matches('"'));
    assert!(cells.clone().count() > 500, "{}", cells.count());
    assert_eq!(cells.clone().find(|cell| cell.starts_with('=')), None);
    assert!(!csv.text().contains("<html"));
    let list = ask(&server, Method::GET, "/results", Some(&token), b"").await;
    assert!(list.status == 200 && !list.text().contains("<script>alert"));
}

/// What is logged.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'l> MakeWriter<'l> for Lines {
    type Writer = Self;

    fn make_writer(&'l self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn what_is_logged_names_nobody_and_holds_no_secret() {
    let lines = Lines::default();
    // Everything of ours, however small; the database's own words are off where it is run.
    let filter = tracing_subscriber::EnvFilter::new("trace,sqlx=warn");
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(lines.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let token = made(folder.path(), "Tim Rahasia", &[Scope::Upload, Scope::Read]).await;
    let mut sent = full(1);
    sent.subject.product = "Produk Rahasia".into();
    sent.assessor.name = "Penilai Rahasia".into();
    let document = sent.seal().unwrap().document;
    let photo = format!("/assessments/{}/evidence/{}", sent.id, Digest::of(b"a photo"));
    let asked = [
        (Method::POST, "/assessments", Some(token.as_str()), document.as_bytes()),
        (Method::POST, "/assessments", Some("Bearer bintang_salahsekali"), document.as_bytes()),
        (Method::POST, "/assessments", Some(token.as_str()), b"{\"envelope\":\"Produk Rahasia\"}"),
        (Method::PUT, &photo, Some(token.as_str()), b"a photo"),
        (Method::PUT, &photo, Some(token.as_str()), b"another"),
        (Method::GET, "/results?rubric=Rahasia", Some(token.as_str()), b""),
    ];
    let mut statuses = Vec::new();
    for (method, path, said, body) in asked {
        statuses.push(ask(&server, method, path, said, body).await.status.as_u16());
    }
    assert_eq!(statuses, [201, 401, 422, 200, 200, 200]);
    let logged = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(
        logged.matches("request").count() >= 6 && logged.contains("/assessments/{id}/evidence/{sha256}"),
        "{logged}"
    );
    let secret = token.trim_start_matches("Bearer ");
    for word in [secret, "bintang_salahsekali", "Rahasia", &sent.id.to_string()] {
        assert!(!logged.contains(word), "{word}: {logged}");
    }
}
