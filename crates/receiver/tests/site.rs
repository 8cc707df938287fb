//! The app's files: compression, caching, policy, and nothing else.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/all.rs"]
mod common;

use bintang_receiver::site;
use common::{client, server::Server};
use hyper::Method;
use std::{fs, path::Path};
use tempfile::tempdir;

const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self' https: http://localhost:* http://127.0.0.1:*; object-src 'none'; base-uri 'self'; form-action 'none'";

fn dist(folder: &Path) {
    fs::create_dir(folder.join("rubrics")).unwrap();
    for name in ["index.html", "sw.js", "app-0123456789abcdef_bg.wasm", "rubrics/food.json", "manifest.webmanifest"] {
        fs::write(folder.join(name), format!("plain {name}")).unwrap();
        fs::write(folder.join(format!("{name}.br")), format!("brotli {name}")).unwrap();
        fs::write(folder.join(format!("{name}.gz")), format!("gzip {name}")).unwrap();
    }
}

#[tokio::test]
async fn files_come_compressed_with_their_heads() {
    let folder = tempdir().unwrap();
    dist(folder.path());
    let server = Server::start(site::router(folder.path(), "/")).await;
    let (forever, ask) = ("public, max-age=31536000, immutable", "no-cache");
    for (path, kind, cache) in [
        ("/", "text/html", ask),
        ("/index.html", "text/html", ask),
        ("/?p=lembar&id=x", "text/html", ask),
        ("/sw.js", "text/javascript", "no-store"),
        ("/app-0123456789abcdef_bg.wasm", "application/wasm", forever),
        ("/rubrics/food.json", "application/json", ask),
        ("/manifest.webmanifest", "application/manifest+json", ask),
    ] {
        for (accepted, encoding, content) in
            [("gzip, deflate, br", "br", "brotli "), ("gzip", "gzip", "gzip "), ("identity", "", "plain ")]
        {
            let answer = client::send(server.address, Method::GET, path, &[("accept-encoding", accepted)], b"").await;
            assert_eq!(answer.status, 200, "{path}");
            assert!(answer.text().starts_with(content), "{path}: {}", answer.text());
            assert_eq!(answer.head("content-encoding"), encoding, "{path}");
            assert!(answer.head("content-type").starts_with(kind), "{path}: {}", answer.head("content-type"));
            assert_eq!(answer.head("cache-control"), cache, "{path}");
            assert!(answer.head("vary").eq_ignore_ascii_case("accept-encoding"), "{path}");
            assert_eq!(answer.head("content-security-policy"), POLICY, "{path}");
            // It would forbid what the policy leaves open: another page's frame.
            assert_eq!(answer.head("x-frame-options"), "", "{path}");
            assert_eq!(answer.head("x-content-type-options"), "nosniff");
            assert_eq!(answer.head("referrer-policy"), "no-referrer");
        }
    }
}

/// Two versions may carry one time; a phone that asks whether the worker has changed since must be told of the new one.
#[tokio::test]
async fn the_worker_is_given_whole_whatever_its_time() {
    let folder = tempdir().unwrap();
    dist(folder.path());
    let server = Server::start(site::router(folder.path(), "/")).await;
    let later = [("if-modified-since", "Fri, 31 Dec 2100 23:59:59 GMT"), ("if-none-match", "*")];
    let page = client::send(server.address, Method::GET, "/index.html", &later[..1], b"").await;
    assert_eq!(page.status, 304);
    let worker = client::send(server.address, Method::GET, "/sw.js", &later, b"").await;
    assert_eq!((worker.status.as_u16(), worker.text()), (200, "plain sw.js"));
    assert_eq!((worker.head("last-modified"), worker.head("etag")), ("", ""));
}

#[tokio::test]
async fn nothing_else_is_there() {
    let folder = tempdir().unwrap();
    let site = folder.path().join("dist");
    fs::create_dir(&site).unwrap();
    dist(&site);
    fs::write(folder.path().join("secret"), "secret").unwrap();
    let server = Server::start(site::router(&site, "/")).await;
    for path in
        ["/rubrics/", "/rubrics/none.json", "/../secret", "/%2e%2e/secret", "/..%2fsecret", "/app-0123456789abcdef.js"]
    {
        let answer = server.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.text()), (404, "not found\n"), "{path}");
        assert_eq!(answer.head("content-type"), "text/plain; charset=utf-8", "{path}");
        assert_eq!(answer.head("cache-control"), "no-cache", "{path}");
    }
    assert_eq!(client::send(server.address, Method::POST, "/", &[], b"x").await.status, 405);
}

#[tokio::test]
async fn a_sub_path_is_a_site_of_its_own() {
    let folder = tempdir().unwrap();
    dist(folder.path());
    let server = Server::start(site::router(folder.path(), "/alat/bintang/")).await;
    assert_eq!(server.get("/alat/bintang/").await.text(), "plain index.html");
    assert_eq!(server.get("/alat/bintang/rubrics/food.json").await.text(), "plain rubrics/food.json");
    let short = server.get("/alat/bintang?rubric=food").await;
    assert_eq!((short.status.as_u16(), short.head("location")), (308, "/alat/bintang/?rubric=food"));
    for path in ["/", "/alat/", "/index.html"] {
        assert_eq!(server.get(path).await.status, 404, "{path}");
    }
}
