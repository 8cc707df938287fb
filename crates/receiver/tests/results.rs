//! The results pages: what is stored, for whoever may read it, in a browser that runs no script.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/all.rs"]
mod common;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bintang_domain::digest::Digest;
use bintang_receiver::tokens::Scope;
use common::{
    client::{self, Answer},
    envelope,
    server::{Server, connection},
    token::{ask, made},
};
use hyper::Method;
use sqlx::Connection as _;
use tempfile::tempdir;

const HOSTILE: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> =1+1 {{7*7}} \u{202e}";

/// A browser that signed in with this token.
async fn open(server: &Server, path: &str, said: Option<&str>, language: &str) -> Answer {
    let token = said.map(|said| said.trim_start_matches("Bearer "));
    let basic = token.map(|token| format!("Basic {}", STANDARD.encode(format!("siapa saja:{token}"))));
    let mut head = vec![("accept-language", language)];
    head.extend(basic.iter().map(|basic| ("authorization", basic.as_str())));
    client::send(server.address, Method::GET, path, &head, b"").await
}

#[tokio::test]
async fn an_assessment_is_shown_with_its_photos_and_what_was_checked() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let upload = made(folder.path(), "Tim 1", &[Scope::Upload]).await;
    let reader = made(folder.path(), "Dinas", &[Scope::ReadAll]).await;
    let photo = b"a photo".as_slice();
    let mut sent = envelope::food(1);
    sent.subject.product = HOSTILE.to_owned();
    sent.subject.business = HOSTILE.to_owned();
    sent.subject.owner = HOSTILE.to_owned();
    sent.assessor.name = HOSTILE.to_owned();
    sent.evidence.push(envelope::file(photo, "image/jpeg"));
    sent.evidence[0].caption = HOSTILE.to_owned();
    let document = sent.seal().unwrap().document;
    assert_eq!(ask(&server, Method::POST, "/assessments", Some(&upload), document.as_bytes()).await.status, 201);

    let at = format!("/results/{}", sent.id);
    let page = open(&server, &at, Some(&reader), "id").await;
    assert_eq!(page.status, 200);
    // Hostile text is text, and nothing could run if it were not.
    for text in [page.text(), open(&server, "/results", Some(&reader), "id").await.text()] {
        assert!(text.contains("&lt;script&gt;alert(1)") && !text.contains("<script") && !text.contains("<img src=x"));
        assert!(!text.contains("onerror=alert(2)>\""));
    }
    assert!(page.head("content-security-policy").starts_with("default-src 'none';"));
    assert_eq!(page.head("referrer-policy"), "same-origin");
    assert!(page.text().contains("Foto belum diterima") && page.text().contains("Ada foto yang belum diterima"));
    assert!(
        page.text().contains("sidik cocok") && page.text().contains("dihitung ulang dengan rubrik yang sama: cocok")
    );

    let file = format!("{}/evidence/{}", sent.id, Digest::of(photo));
    let put = ask(&server, Method::PUT, &format!("/assessments/{file}"), Some(&upload), photo).await;
    assert_eq!(put.status, 200);
    let page = open(&server, &at, Some(&reader), "en-GB").await;
    assert!(
        page.text().contains("All photos were received") && page.text().contains(&format!("src=\"/results/{file}\""))
    );
    assert_eq!(open(&server, &format!("/results/{file}"), Some(&reader), "en").await.body, photo);
    assert_eq!(open(&server, &format!("{at}/document"), Some(&reader), "en").await.text(), document);

    // Whatever somebody does to the row is seen.
    let mut connection = connection(folder.path()).await;
    let change = "UPDATE submissions SET document = REPLACE(document, 'Penilai Contoh', 'Orang Lain'), digest = $1";
    let changed = sqlx::query(change).bind("0".repeat(64)).execute(&mut connection).await.unwrap();
    assert_eq!(changed.rows_affected(), 1);
    connection.close().await.unwrap();
    let page = open(&server, &at, Some(&reader), "id").await;
    assert!(page.text().contains("tidak sama lagi dengan yang diterima"));
}

#[tokio::test]
async fn who_may_not_read_is_asked_to_sign_in() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    // Also where everybody may send.
    let nobody = open(&server, "/results", None, "id").await;
    assert_eq!(
        (nobody.status.as_u16(), nobody.head("www-authenticate")),
        (401, "Basic realm=\"Bintang\", charset=\"UTF-8\"")
    );
    let one = made(folder.path(), "Tim 1", &[Scope::Upload, Scope::Read]).await;
    let two = made(folder.path(), "Tim 2", &[Scope::Read]).await;
    let upload = made(folder.path(), "Tim 3", &[Scope::Upload]).await;
    let sent = envelope::food(1);
    let document = sent.seal().unwrap().document;
    assert_eq!(ask(&server, Method::POST, "/assessments", Some(&one), document.as_bytes()).await.status, 201);
    let at = format!("/results/{}", sent.id);
    for (said, path, status) in [
        (Some("Bearer salah"), "/results", 401),
        (None, at.as_str(), 401),
        (Some(&upload), "/results", 401),
        (Some(&two), at.as_str(), 404),
        (Some(&one), "/results/01a19a97-c4c0-7669-ae69-7368696e6731", 404),
        (Some(&one), "/results/..%2f..%2fetc", 404),
        (Some(&one), "/results?stars=x", 400),
        (Some(&one), at.as_str(), 200),
    ] {
        let page = open(&server, path, said, "id").await;
        assert_eq!(page.status.as_u16(), status, "{path}");
        assert!(page.head("content-type").starts_with("text/html"), "{path}");
    }
    assert!(!open(&server, "/results", Some(&two), "id").await.text().contains(&sent.id.to_string()));
    assert!(
        open(&server, "/results?rubric=&stars=&day=", Some(&one), "id").await.text().contains(&sent.id.to_string())
    );
    assert!(open(&server, "/results?day=2100-01-01", Some(&one), "id").await.text().contains("Belum ada penilaian"));
}

#[tokio::test]
async fn a_long_list_comes_page_by_page() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let all = made(folder.path(), "Tim 1", &[Scope::Upload, Scope::Read]).await;
    for number in 1..=5 {
        let document = envelope::food(number).seal().unwrap().document;
        assert_eq!(ask(&server, Method::POST, "/assessments", Some(&all), document.as_bytes()).await.status, 201);
    }
    let (mut path, mut seen) = ("/results?limit=2&rubric=id-ovop-food".to_owned(), 0);
    for turn in 1.. {
        let page = open(&server, &path, Some(&all), "id").await;
        seen += page.text().matches("<h3>").count();
        let Some((_, rest)) = page.text().split_once("<p><a href=\"") else {
            assert_eq!(turn, 3);
            break;
        };
        path = rest.split('"').next().unwrap().replace("&amp;", "&");
    }
    assert_eq!(seen, 5);
}
