//! Reading what is stored: page by page, filtered, and never another team's.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/all.rs"]
mod common;

use bintang_domain::wire::receipt::{FORMAT, Receipt};
use bintang_domain::{digest::Digest, wire::envelope::Envelope};
use bintang_receiver::sender::{Sender, Signer};
use bintang_receiver::{
    store::{Stored, Submission, list::Filter},
    tokens::Scope,
};
use calamine::{Data, Reader as _, Xlsx};
use common::{
    envelope,
    server::{Server, store},
    token::{ask, made},
};
use hyper::Method;
use serde_json::Value;
use std::{collections::BTreeSet, io::Cursor};
use tempfile::tempdir;

const PHOTO: &[u8] = b"<script>alert(1)</script>";

async fn send(server: &Server, said: &str, envelope: &Envelope) {
    let document = envelope.seal().unwrap().document;
    let answer = ask(server, Method::POST, "/assessments", Some(said), document.as_bytes()).await;
    assert_eq!(answer.status.as_u16(), 201, "{}", answer.text());
}

fn ids(page: &Value) -> Vec<String> {
    page["assessments"].as_array().unwrap().iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_list_comes_page_by_page_and_each_team_reads_its_own() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    // Also where everybody may send, nobody reads.
    assert_eq!(ask(&server, Method::GET, "/assessments", None, b"").await.status.as_u16(), 401);
    let one = made(folder.path(), "Tim 1", &[Scope::Upload, Scope::Read]).await;
    let two = made(folder.path(), "Tim 2", &[Scope::Upload]).await;
    let owner = made(folder.path(), "Dinas", &[Scope::ReadAll]).await;
    let mut sent = Vec::new();
    for number in 1..=7 {
        let envelope = envelope::food(number);
        send(&server, if number % 3 == 0 { &two } else { &one }, &envelope).await;
        sent.push(envelope.id.to_string());
    }
    let list = async |said: &str, query: &str| {
        ask(&server, Method::GET, &format!("/assessments{query}"), Some(said), b"").await
    };

    // Every line once, whatever the size of a page, the newest first; times within one millisecond may be alike.
    // The same with bounds, which must not be lost behind the first page.
    for (limit, bounds) in
        [(1, ""), (2, ""), (3, ""), (7, ""), (50, ""), (2, "&until=2100-01-01T00:00:00Z&since=2020-01-01T00:00:00Z")]
    {
        let (mut all, mut after) = (Vec::new(), String::new());
        loop {
            let page = list(&owner, &format!("?limit={limit}{bounds}{after}")).await.json();
            assert!(ids(&page).len() <= limit);
            let times: Vec<String> =
                page["assessments"].as_array().unwrap().iter().map(|line| line["received_at"].to_string()).collect();
            assert!(times.is_sorted_by(|a, b| a >= b), "{times:?}");
            all.extend(ids(&page));
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        all.sort();
        let mut wanted = sent.clone();
        wanted.sort();
        assert_eq!(all, wanted, "{limit} a page");
    }
    assert_eq!(ids(&list(&one, "").await.json()).len(), 5);
    assert_eq!(list(&two, "").await.status.as_u16(), 403);

    let line = &list(&owner, "?limit=1").await.json()["assessments"][0];
    assert_eq!((&line["rubric"]["id"], line["stars"].is_u64()), (&Value::from("id-ovop-food"), true), "{line}");
    for (query, count) in [
        ("?rubric=id-ovop-food", 7),
        ("?rubric=id-ovop-batik", 0),
        ("?since=2020-01-01T00:00:00Z", 7),
        ("?until=2020-01-01T00:00:00Z", 0),
        ("?until=2100-01-01T00:00:00Z&since=2020-01-01T00:00:00Z", 7),
        (&format!("?stars={}", line["stars"]), 7),
        ("?stars=99", 0),
    ] {
        assert_eq!(ids(&list(&owner, query).await.json()).len(), count, "{query}");
    }
    let wrong =
        ["?limit=0", "?limit=501", "?limit=x", "?since=kemarin", "?after=1", "?order=up", "?stars=-1", "?stars=300"];
    for query in wrong {
        let answer = list(&owner, query).await;
        assert_eq!((answer.status.as_u16(), answer.json()["code"].as_str()), (400, Some("bad_query")), "{query}");
    }
    // Words of SQL are words.
    assert_eq!(ids(&list(&owner, "?rubric=%27%20OR%201%3D1%20--").await.json()).len(), 0);
}

#[tokio::test]
async fn an_assessment_and_its_files_are_read_by_those_who_may() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let one = made(folder.path(), "Tim 1", &[Scope::Upload, Scope::Read]).await;
    let other = made(folder.path(), "Tim 2", &[Scope::Read]).await;
    let mut envelope = envelope::food(1);
    // A browser must not take it for a page.
    envelope.evidence.push(envelope::file(PHOTO, "text/html"));
    let document = envelope.seal().unwrap().document;
    send(&server, &one, &envelope).await;
    let at = format!("/assessments/{}", envelope.id);
    let file = format!("{at}/evidence/{}", Digest::of(PHOTO));
    let get = async |path: &str, said: Option<&str>| ask(&server, Method::GET, path, said, b"").await;
    assert_eq!(get(&file, Some(&one)).await.json()["code"], "not_stored");
    assert_eq!(ask(&server, Method::PUT, &file, Some(&one), PHOTO).await.status.as_u16(), 200);

    assert_eq!(get(&at, Some(&one)).await.text(), document);
    let read = get(&file, Some(&one)).await;
    assert_eq!((read.body.as_slice(), read.head("content-type")), (PHOTO, "application/octet-stream"));
    assert_eq!(
        (read.head("x-content-type-options"), read.head("content-security-policy")),
        ("nosniff", "default-src 'none'; sandbox")
    );
    for path in [&at, &file] {
        assert_eq!(get(path, Some(&other)).await.json()["code"], "unknown_id");
        assert_eq!(get(path, None).await.json()["code"], "no_token");
    }
    for path in ["/assessments/..%2F..%2Fx", "/assessments/x/evidence/..%2Fx"] {
        assert_eq!(get(path, Some(&one)).await.status.as_u16(), 404, "{path}");
    }
}

#[tokio::test]
async fn the_list_is_a_file_for_spreadsheets_and_for_programs() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let one = made(folder.path(), "=Tim 1", &[Scope::Upload, Scope::Read]).await;
    let two = made(folder.path(), "Tim 2", &[Scope::Upload, Scope::Read]).await;
    // More than a page is read at a time.
    let mut documents = Vec::new();
    for number in 1..=250 {
        let mut envelope = envelope::food(number);
        envelope.subject.product = format!("=HYPERLINK(\"http://a.example/{number}\"), \"x\"");
        send(&server, &one, &envelope).await;
        documents.push(envelope.seal().unwrap().document);
    }
    let get = async |path: &str, said: &str| ask(&server, Method::GET, path, Some(said), b"").await;

    let file = get("/assessments.csv", &one).await;
    assert_eq!(file.head("content-disposition"), "attachment; filename=\"assessments.csv\"");
    let text = file.text().strip_prefix('\u{feff}').unwrap();
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 250);
    let ids: BTreeSet<&str> = rows.iter().map(|row| &row[0]).collect();
    assert_eq!(ids.len(), 250);
    assert!(rows.iter().all(|row| row[3] == *"'=Tim 1" && row[5].starts_with("'=HYPERLINK") && row[9] == *"81.00"));

    let ndjson = get("/assessments.ndjson", &one).await;
    let mut read: Vec<Value> = ndjson.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut wanted: Vec<Value> = documents.iter().map(|document| serde_json::from_str(document).unwrap()).collect();
    let key = |document: &Value| document["envelope"]["id"].to_string();
    read.sort_by_key(|line| key(&line["document"]));
    wanted.sort_by_key(key);
    assert_eq!(read.iter().map(|line| line["document"].clone()).collect::<Vec<_>>(), wanted);

    let file = get("/assessments.xlsx", &one).await;
    assert_eq!(file.head("content-disposition"), "attachment; filename=\"assessments.xlsx\"");
    assert_eq!(file.head("content-length"), file.body.len().to_string());
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(file.body)).unwrap();
    let sheet = workbook.worksheet_range("assessments").unwrap();
    assert_eq!(sheet.height(), 251);
    let seen: BTreeSet<String> = sheet.rows().skip(1).map(|row| row[0].to_string()).collect();
    assert_eq!(seen, ids.iter().map(ToString::to_string).collect());
    for row in sheet.rows().skip(1) {
        // What begins like a formula is a text, and numbers are numbers.
        assert!(matches!(&row[5], Data::String(text) if text.starts_with("=HYPERLINK")), "{:?}", row[5]);
        assert_eq!((&row[3], &row[9]), (&Data::String("=Tim 1".to_owned()), &Data::Float(81.0)));
        assert!(matches!(&row[2], Data::DateTime(moment) if moment.as_f64() > 46_000.0), "{:?}", row[2]);
    }
    assert!(workbook.worksheet_formula("assessments").unwrap().is_empty());

    // Of nothing there are the columns' names alone; nobody reads without a token.
    assert_eq!(get("/assessments.csv", &two).await.text().lines().count(), 1);
    assert_eq!(get("/assessments.ndjson", &two).await.text(), "");
    assert_eq!(get("/assessments.csv?since=x", &one).await.json()["code"], "bad_query");
    for path in ["/assessments.csv", "/assessments.ndjson", "/assessments.xlsx"] {
        assert_eq!(ask(&server, Method::GET, path, None, b"").await.json()["code"], "no_token");
    }
}

#[tokio::test]
async fn lines_of_one_moment_come_once_each() {
    let folder = tempdir().unwrap();
    let store = store(folder.path()).await;
    let mut sent = Vec::new();
    for number in 1..=9 {
        let envelope = envelope::food(number);
        let document = envelope.seal().unwrap();
        let submission = Submission {
            id: envelope.id,
            assessment: envelope.assessment,
            digest: document.digest,
            document: document.document,
            receipt: Receipt::written(FORMAT, (envelope.id, document.digest), Vec::new(), "Uji".to_owned()),
            // Three moments.
            received_at_ms: i64::from(number % 3),
            product: String::new(),
            business: String::new(),
            rubric_id: "x".to_owned(),
            rubric_version: "1".to_owned(),
            rubric_sha256: envelope.rubric.sha256,
            team: String::new(),
            reckoned: None,
            assessor: String::new(),
            signer: Signer::Nobody,
        };
        assert_eq!(store.put(&submission).await.unwrap(), Stored::New(Sender::Absent));
        sent.push((i64::from(number % 3), envelope.id.to_string()));
    }
    sent.sort();
    sent.reverse();
    for (limit, until_ms, since_ms) in
        [(1, None, None), (2, None, None), (4, Some(3), Some(0)), (2, Some(2), Some(1)), (1, Some(2), None)]
    {
        let mut filter = Filter { until_ms, since_ms, ..Filter::default() };
        let mut all = Vec::new();
        loop {
            let page = store.list(&filter, limit).await.unwrap();
            all.extend(page.iter().map(|line| (line.received_at_ms, line.id.to_string())));
            match page.last() {
                Some(last) => filter.after = Some(last.cursor()),
                None => break,
            }
        }
        let within = |at: i64| until_ms.is_none_or(|until| at < until) && since_ms.is_none_or(|since| at >= since);
        let wanted: Vec<_> = sent.iter().filter(|(at, _)| within(*at)).cloned().collect();
        assert_eq!(all, wanted, "{limit} {until_ms:?} {since_ms:?}");
    }
}

#[tokio::test]
async fn a_workbook_takes_any_text() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let one = made(folder.path(), "Tim 1", &[Scope::Upload, Scope::Read]).await;
    let long = "x".repeat(40_000);
    let texts = ["\u{7}\u{b}\u{1f}", "<b>&\"'", "\u{1f31f}\u{202e}", "_x0041_", "  a \n b ", long.as_str()];
    for (number, text) in (1..).zip(texts) {
        let mut envelope = envelope::food(number);
        envelope.subject.product = text.to_owned();
        send(&server, &one, &envelope).await;
    }
    let file = ask(&server, Method::GET, "/assessments.xlsx", Some(&one), b"").await;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(file.body)).unwrap();
    let sheet = workbook.worksheet_range("assessments").unwrap();
    let mut read: Vec<String> = sheet.rows().skip(1).map(|row| row[5].to_string()).collect();
    assert_eq!(read.len(), texts.len());
    read.sort_by_key(String::len);
    let last = read.pop().unwrap();
    assert!(last.starts_with("xxx") && last.ends_with('…') && last.chars().count() == 32_767);
    for text in &texts[1..texts.len() - 1] {
        assert!(read.iter().any(|read| read == text), "{text:?} in {read:?}");
    }
}

#[tokio::test]
async fn what_may_be_asked_is_described() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let answer = server.get("/openapi.json").await;
    let description = answer.json();
    assert_eq!((answer.status.as_u16(), description["info"]["title"].as_str()), (200, Some("Bintang receiver")));
    let asked: BTreeSet<String> = description["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, methods)| methods.as_object().unwrap().keys().map(move |method| format!("{method} {path}")))
        .collect();
    let expected = [
        "get /assessments",
        "get /assessments.csv",
        "get /assessments.ndjson",
        "get /assessments.xlsx",
        "get /assessments/{id}",
        "get /assessments/{id}/evidence/{sha256}",
        "get /assessments/{id}/receipt",
        "head /assessments/{id}/evidence/{sha256}",
        "post /assessments",
        "put /assessments/{id}/evidence/{sha256}",
    ];
    assert_eq!(asked, expected.map(str::to_owned).into());
    for path in ["/assessments", "/assessments.csv", "/assessments.xlsx"] {
        let parameters = description["paths"][path]["get"]["parameters"].as_array().unwrap();
        assert!(
            parameters.iter().any(|parameter| parameter["name"] == "since" && parameter["in"] == "query"),
            "{path}"
        );
    }
    assert_eq!(description["components"]["securitySchemes"]["token"]["scheme"], "bearer");
    assert!(description["components"]["schemas"]["Refusal"]["properties"]["code"].is_object());
}
