//! Who may send: with tokens nothing is taken without one, and no team learns what another one sent.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/all.rs"]
mod common;

use bintang_domain::{
    digest::Digest,
    id::SubmissionId,
    time::Millis,
    wire::envelope::{Envelope, Replaces},
};
use bintang_receiver::tokens::{Scope, Token};
use common::{
    client::{self, Answer},
    envelope,
    server::{Server, store},
    token::{ask, made},
};
use hyper::Method;
use tempfile::tempdir;

const PHOTO: &[u8] = b"a photo";

fn with_photo(number: u8) -> Envelope {
    let mut envelope = envelope::food(number);
    envelope.evidence.push(envelope::file(PHOTO, "image/jpeg"));
    envelope
}

fn code(answer: &Answer) -> (u16, String) {
    let code =
        if answer.body.is_empty() { String::new() } else { answer.json()["code"].as_str().unwrap_or("").to_owned() };
    (answer.status.as_u16(), code)
}

fn refused(status: u16, word: &str) -> (u16, String) {
    (status, word.to_owned())
}

#[tokio::test]
async fn once_there_was_a_token_nothing_is_taken_without_one() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let early = envelope::food(1).seal().unwrap().document;
    // Nobody is known yet, whatever a proxy or a phone says of itself.
    assert_eq!(
        ask(&server, Method::POST, "/assessments", Some("Basic eDp5"), early.as_bytes()).await.status.as_u16(),
        201
    );

    let upload = made(folder.path(), "Tim 1", &[Scope::Upload]).await;
    let reader = made(folder.path(), "Tim 1", &[Scope::Read]).await;
    let document = envelope::food(2).seal().unwrap().document;
    let path = "/assessments";
    let post = async |said: Option<&str>| ask(&server, Method::POST, path, said, document.as_bytes()).await;
    let none = post(None).await;
    assert_eq!((code(&none), none.head("www-authenticate")), (refused(401, "no_token"), "Bearer"));
    let secret = upload.strip_prefix("Bearer ").unwrap();
    let other = format!("Bearer {}", Token::make().unwrap().reveal());
    for wrong in [other, format!("Basic {secret}"), "Bearer".to_owned(), "Bearer  ".to_owned()] {
        assert_eq!(code(&post(Some(&wrong)).await), refused(401, "bad_token"), "{wrong}");
    }
    assert_eq!(code(&post(Some(&reader)).await), refused(403, "no_scope"));
    // Nothing of it was stored; the right one stores it. The scheme's name may be written in any way (RFC 9110, 11.1).
    assert_eq!(post(Some(&format!("bearer {secret}"))).await.status.as_u16(), 201);
    // A phone that sent before there were tokens goes on with one, and what it sent is its team's from then on.
    let listed = async || {
        ask(&server, Method::GET, path, Some(&reader), b"").await.json()["assessments"].as_array().unwrap().len()
    };
    assert_eq!(listed().await, 1);
    assert_eq!(ask(&server, Method::POST, path, Some(&upload), early.as_bytes()).await.status.as_u16(), 200);
    assert_eq!(listed().await, 2);

    let store = store(folder.path()).await;
    assert!(store.revoke_token(Token::of(secret).sum(), 2).await.unwrap());
    assert_eq!(code(&post(Some(&upload)).await), refused(401, "bad_token"));
    assert_eq!(code(&post(None).await), refused(401, "no_token"));
    // Who runs the machine is asked for nothing.
    assert_eq!(server.get("/healthz").await.status.as_u16(), 200);
    // A page may name itself: the browser is told before.
    let preflight = [("origin", "https://a.example"), ("access-control-request-method", "POST")];
    let allowed = client::send(server.address, Method::OPTIONS, path, &preflight, b"").await;
    assert!(allowed.head("access-control-allow-headers").contains("authorization"));
}

#[tokio::test]
async fn what_a_team_sent_is_that_teams() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let one = made(folder.path(), "Tim 1", &[Scope::Upload]).await;
    let two = made(folder.path(), "Tim 2", &[Scope::Upload]).await;
    let envelope = with_photo(1);
    let document = envelope.seal().unwrap();
    let post = async |said: &str, document: &str| {
        ask(&server, Method::POST, "/assessments", Some(said), document.as_bytes()).await
    };
    let file = format!("/assessments/{}/evidence/{}", envelope.id, Digest::of(PHOTO));
    let receipt = format!("/assessments/{}/receipt", envelope.id);
    assert_eq!(post(&one, &document.document).await.status.as_u16(), 201);

    // The other team: the same document, its receipt, its photo.
    assert_eq!(code(&post(&two, &document.document).await), refused(409, "conflict"));
    assert_eq!(code(&ask(&server, Method::GET, &receipt, Some(&two), b"").await), refused(404, "unknown_id"));
    assert_eq!(ask(&server, Method::HEAD, &file, Some(&two), b"").await.status.as_u16(), 404);
    assert_eq!(code(&ask(&server, Method::PUT, &file, Some(&two), PHOTO).await), refused(404, "unknown_id"));
    assert_eq!(code(&ask(&server, Method::PUT, &file, None, PHOTO).await), refused(401, "no_token"));

    // Its own team goes on, with another token too.
    let again = made(folder.path(), "Tim 1", &[Scope::Upload]).await;
    assert_eq!(ask(&server, Method::PUT, &file, Some(&again), PHOTO).await.status.as_u16(), 200);
    assert_eq!(post(&one, &document.document).await.json()["missing"], serde_json::json!([]));

    // What another team sent is replaced by nobody, whether they know its digest or guess it: they learn nothing of
    // what it holds.
    for digest in [document.digest, Digest::of(b"guessed")] {
        let mut replacing = with_photo(30);
        replacing.replaces = Some(Replaces { id: envelope.id, digest, reason: "Salah".into() });
        let answer = post(&two, &replacing.seal().unwrap().document).await;
        assert_eq!(code(&answer), refused(422, "bad_replaces"));
    }

    // Under another finishing of the same assessment the other team learns of no photo, also where both come at once.
    let mut foreign = with_photo(1);
    foreign.id = SubmissionId::new(Millis(1_764_000_200_000), &[9; 10]);
    assert_eq!(code(&post(&two, &foreign.seal().unwrap().document).await), refused(409, "conflict"));
    for number in 10..20 {
        let mine = with_photo(number);
        let mut theirs = with_photo(number);
        theirs.id = SubmissionId::new(Millis(1_764_000_300_000), &[number; 10]);
        let (mine, theirs) = (mine.seal().unwrap().document, theirs.seal().unwrap().document);
        let (a, b) = tokio::join!(post(&one, &mine), post(&two, &theirs));
        let mut codes = [a.status.as_u16(), b.status.as_u16()];
        codes.sort_unstable();
        assert_eq!(codes, [201, 409], "{number}");
    }
}
