//! `bintang embed-check`: what stands in the way is named, and with the lines that it prints nothing does any more.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use axum::{
    Router,
    http::{HeaderName, HeaderValue},
    response::{Html, IntoResponse as _},
    routing::get,
};
use bintang_receiver::{run, site};
use std::{fs, net::SocketAddr, path::Path, str::FromStr as _};
use tempfile::tempdir;
use tokio::{net::TcpListener, process::Command};

async fn listening(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(run(listener, router, std::future::pending()));
    address
}

/// A folder as `cargo xtask build` writes it, as far as other pages load of it.
fn app(folder: &Path) -> Router {
    let (glue, inside) = ("bintang-app-0123456789abcdef.js", "embedded-0123456789abcdef.js");
    for (name, text) in [
        ("embed.js", format!("const FILES = [[\"{glue}\",\"sha256-x\"],[\"{inside}\",\"sha256-y\"]];")),
        ("embed.json", "{\"src\":\"embed-0123456789abcdef.js\",\"integrity\":\"sha256-z\"}".to_owned()),
        (glue, String::new()),
        (
            inside,
            "const files = { css: \"embedded-0123456789abcdef.css\", wasm: \"bintang-app-0123456789abcdef.wasm\" };"
                .to_owned(),
        ),
        ("embedded-0123456789abcdef.css", String::new()),
        ("bintang-app-0123456789abcdef.wasm", String::new()),
        ("index.html", "<!doctype html>".to_owned()),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    site::router(folder, "/")
}

fn page(html: String, headers: Vec<(&'static str, String)>) -> Router {
    let answer = async move || {
        let mut response = Html(html).into_response();
        for (name, value) in &headers {
            let (name, value) = (HeaderName::from_str(name).unwrap(), HeaderValue::from_str(value).unwrap());
            response.headers_mut().append(name, value);
        }
        response
    };
    Router::new().route("/", get(answer))
}

async fn check(page: SocketAddr, words: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bintang"));
    let ended = command.arg("embed-check").arg(format!("http://localhost:{}/", page.port())).args(words).output().await;
    let ended = ended.unwrap();
    (ended.status.success(), String::from_utf8(ended.stdout).unwrap() + &String::from_utf8(ended.stderr).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_lines_that_it_prints_nothing_is_in_the_way_any_more() {
    let folder = tempdir().unwrap();
    let app = listening(app(folder.path())).await;
    let lines = format!(
        "<script type=\"module\" src=\"http://{app}/embed.js\"></script><bintang-scorer rubric=\"food\" endpoint=\"http://{app}/terima\"></bintang-scorer>"
    );
    let strict = "default-src 'self'; object-src 'none'";
    let before = listening(page(lines.clone(), vec![("content-security-policy", strict.to_owned())])).await;
    let (clear, said) = check(before, &[]).await;
    assert!(!clear && said.contains("4 of"), "{said}");
    assert!(said.contains(&format!("script-src 'self' http://{app} 'wasm-unsafe-eval'")), "{said}");
    assert!(said.contains(&format!("http://{app}/embed-0123456789abcdef.js\" integrity=\"sha256-z\"")), "{said}");
    let added = said.lines().filter_map(|line| line.trim().strip_prefix("in the Content-Security-Policy: "));
    let mended = added.fold(strict.to_owned(), |policy, directive| policy + "; " + directive);
    let after = listening(page(lines, vec![("content-security-policy", mended)])).await;
    let (clear, said) = check(after, &[]).await;
    assert!(clear && said.contains("\n0 of"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_is_for_its_own_pages_alone_is_named() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("embed.js"), "").unwrap();
    // A web server as it comes: nothing said for other sites, frames refused.
    let files = Router::new()
        .route("/embed.js", get(async || ([("content-type", "text/plain")], "")))
        .route("/", get(async || ([("x-frame-options", "SAMEORIGIN")], "")));
    let app = listening(files).await;
    let empty = listening(page("<p>".to_owned(), Vec::new())).await;
    let (clear, said) = check(empty, &[]).await;
    assert!(!clear && said.contains("--app"), "{said}");
    let (clear, said) = check(empty, &["--app", &format!("http://{app}/"), "--mode", "frame"]).await;
    for line in
        ["Access-Control-Allow-Origin: *", "Content-Type: text/javascript", "frame-ancestors 'self' http://localhost"]
    {
        assert!(!clear && said.contains(line), "{line}: {said}");
    }
}
