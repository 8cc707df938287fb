//! Every refusal: problem+json with a stable code and the place, and nothing stored.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/all.rs"]
mod common;

use bintang_receiver::api::LARGEST_BODY;
use common::{
    client, envelope,
    server::{Server, store},
};
use hyper::Method;
use serde_json::{Value, json};
use tempfile::tempdir;

/// Posts a body and expects it to be refused; nothing is stored then.
async fn refused(server: &Server, document: &str, status: u16, code: &str, at: Option<&str>) -> Value {
    let answer = server.post(document).await;
    let problem = answer.json();
    assert_eq!(answer.head("content-type"), "application/problem+json");
    assert_eq!(answer.head("access-control-allow-origin"), "*");
    assert_eq!((answer.status.as_u16(), problem["code"].as_str()), (status, Some(code)), "{problem}");
    assert_eq!((&problem["status"], problem["at"].as_str()), (&json!(status), at), "{problem}");
    let asked = server.get(&format!("/assessments/{}/receipt", envelope::food(1).id)).await;
    assert_eq!((asked.status.as_u16(), asked.json()["code"].as_str()), (404, Some("unknown_id")));
    problem
}

fn changed(pointer: &str, value: Value) -> String {
    let mut document: Value = serde_json::from_str(&envelope::food(1).seal().unwrap().document).unwrap();
    *document.pointer_mut(pointer).unwrap() = value;
    document.to_string()
}

#[tokio::test]
async fn bodies_that_are_no_assessment() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let document = envelope::food(1).seal().unwrap().document;
    refused(&server, "<html>", 400, "not_json", None).await;
    refused(&server, &document[..document.len() - 1], 400, "not_json", None).await;
    refused(&server, "{}", 422, "bad_envelope", Some("/envelope")).await;
    refused(&server, "[]", 422, "bad_envelope", Some("/envelope")).await;
    let twice = document.replacen("{\"envelope\":{", "{\"envelope\":{\"app\":\"x\",", 1);
    refused(&server, &twice, 422, "bad_envelope", Some("")).await;
    refused(&server, &changed("/envelope/times/started", json!(1.5)), 422, "bad_envelope", Some("")).await;
    refused(&server, &changed("/envelope/times/started", json!(1e300)), 422, "bad_envelope", Some("")).await;
    refused(&server, &changed("/envelope/id", json!("../../x")), 422, "bad_envelope", Some("/envelope/id")).await;
    refused(&server, &changed("/envelope/format", json!("x/1")), 422, "bad_envelope", Some("/envelope/format")).await;
    let long = format!("{{\"envelope\":\"{}\"}}", "x".repeat(LARGEST_BODY));
    refused(&server, &long, 413, "too_large", None).await;
}

#[tokio::test]
async fn what_is_made_to_burst_is_refused_and_the_receiver_goes_on() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let bombs = [
        // Deep: more brackets than any stack has room for.
        (format!("{{\"envelope\":{}", "[".repeat(500_000)), 400, "not_json"),
        (format!("{{\"envelope\":{}1{}}}", "{\"a\":".repeat(80_000), "}".repeat(80_000)), 422, "bad_envelope"),
        // Wide: as many members and items as a body holds.
        (format!("{{\"envelope\":[{}0]}}", "0,".repeat(500_000)), 422, "bad_envelope"),
        (
            format!("{{\"envelope\":{{{}\"z\":0}}}}", (0..80_000).map(|n| format!("\"{n}\":0,")).collect::<String>()),
            422,
            "bad_envelope",
        ),
        // Long: a number and a text that go on and on.
        (format!("{{\"envelope\":{}}}", "9".repeat(1_000_000)), 422, "bad_envelope"),
        (format!("{{\"envelope\":\"{}\"}}", "\\u0000".repeat(170_000)), 422, "bad_envelope"),
    ];
    for (body, status, code) in bombs {
        let answer = server.post(&body).await;
        let said = (answer.status.as_u16(), answer.json()["code"].as_str().unwrap_or_default().to_owned());
        assert_eq!(said, (status, code.to_owned()), "{:.60}", body);
    }
    assert_eq!(server.post(&envelope::food(1).seal().unwrap().document).await.status, 201);
}

#[tokio::test]
async fn sheets_that_do_not_fit() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let place = "/envelope/sheet/answers/A.I.1/option";
    refused(&server, &changed(place, json!("zzz")), 422, "bad_sheet", Some(place)).await;
    refused(&server, &changed(place, json!(3)), 422, "bad_sheet", Some(place)).await;
    let other = changed("/envelope/sheet/rubric/version", json!("0"));
    refused(&server, &other, 422, "bad_sheet", Some("/envelope/sheet/rubric/version")).await;
    // The rubric is not known here, but what the sheet says of it can be compared.
    let other = changed("/envelope/rubric/id", json!("unknown"));
    refused(&server, &other, 422, "bad_sheet", Some("/envelope/sheet/rubric")).await;
}

#[tokio::test]
async fn heads_that_contradict_the_body() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let document = envelope::food(1).seal().unwrap().document;
    let id = envelope::food(1).id;
    let (kind, wrong) =
        (("content-type", "application/json"), "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:");
    for (head, status, code) in [
        (("content-digest", wrong), 400, "digest_mismatch"),
        (("content-digest", "sha-256=x"), 400, "digest_mismatch"),
        (("idempotency-key", id.to_string().as_str()), 422, "idempotency_key"),
        (("idempotency-key", "\"other\""), 422, "idempotency_key"),
    ] {
        let answer = server.post_with(&[kind, head], &document).await;
        assert_eq!((answer.status.as_u16(), answer.json()["code"].as_str()), (status, Some(code)));
    }
    let answer = server.post_with(&[("content-type", "text/plain")], &document).await;
    assert_eq!((answer.status.as_u16(), answer.json()["code"].as_str()), (415, Some("unsupported_media_type")));
    let right = format!("\"{id}\"");
    assert_eq!(server.post_with(&[kind, ("idempotency-key", &right)], &document).await.status, 201);
}

#[tokio::test]
async fn other_addresses_and_methods() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    for path in ["/", "/assessment", "/assessments/x/receipt", "/../etc/passwd"] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.head("content-type"), "application/problem+json", "{path}");
    }
    let answer = client::send(server.address, Method::DELETE, "/assessments", &[], b"").await;
    assert_eq!((answer.status.as_u16(), answer.json()["code"].as_str()), (405, Some("method_not_allowed")));
    let healthy = server.get("/healthz").await;
    assert_eq!((healthy.status.as_u16(), healthy.text()), (200, "ok\n"));
}

#[tokio::test]
async fn any_page_may_ask_before_it_sends() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let head = [
        ("origin", "https://ovop.example.id"),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "content-digest,content-type,idempotency-key"),
    ];
    let answer = client::send(server.address, Method::OPTIONS, "/assessments", &head, b"").await;
    assert!(answer.status.is_success());
    assert_eq!(answer.head("access-control-allow-origin"), "*");
    assert_eq!(answer.head("access-control-allow-credentials"), "");
    for name in ["content-type", "idempotency-key", "content-digest"] {
        assert!(answer.head("access-control-allow-headers").contains(name), "{name}");
    }
    let answer = client::send(server.address, Method::GET, "/healthz", &head[..1], b"").await;
    let exposed = answer.head("access-control-expose-headers").to_ascii_lowercase();
    assert!(["retry-after", "etag", "content-digest"].iter().all(|name| exposed.contains(name)), "{exposed}");
}

#[tokio::test]
async fn a_database_that_fails_asks_for_patience() {
    use bintang_receiver::{
        api,
        evidence::{Evidence, Place},
        rubrics::Rubrics,
    };
    let folder = tempdir().unwrap();
    let store = store(folder.path()).await;
    store.close().await;
    let evidence = Evidence::open(&Place::Folder(folder.path().join("evidence"))).unwrap();
    let receiver = api::Receiver {
        store,
        evidence,
        rubrics: Rubrics::default().into(),
        name: "Uji".to_owned(),
        limits: api::Limits::default(),
    };
    let server = Server::start(api::router(receiver)).await;
    let answer = server.post(&envelope::food(1).seal().unwrap().document).await;
    assert_eq!((answer.status.as_u16(), answer.json()["code"].as_str()), (503, Some("storage")));
    assert_eq!(answer.head("retry-after"), "10");
    assert_eq!(server.get("/readyz").await.status, 503);
}
