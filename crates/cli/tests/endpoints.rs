//! The samples of docs/endpoints on the real programs: each holds `bintang conform`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bintang_programs::{AppsScript, NGINX_PASSWORD, NGINX_USER, kept, nginx, php, proving, script};
use std::process::Stdio;
use tempfile::tempdir;
use tokio::{io::AsyncWriteExt as _, process::Command, task::spawn_blocking};

/// Plays it; whether all held, and the lines.
async fn conform(profile: &str, address: &str, more: &[&str], token: Option<&str>) -> (bool, Vec<String>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bintang"));
    let by_token = token.filter(|_| !more.contains(&"--user"));
    command.args(["conform", profile, address]).args(more).args(by_token.map(|_| "--token"));
    let mut running = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    running.stdin.take().unwrap().write_all(token.unwrap_or_default().as_bytes()).await.unwrap();
    let ended = running.wait_with_output().await.unwrap();
    let lines = String::from_utf8(ended.stdout).unwrap().lines().map(str::to_owned).collect();
    (ended.status.success(), lines)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_php_sample_holds_in_all_three_profiles() {
    let folder = tempdir().unwrap();
    let Some(php) = php(folder.path(), None).await.unwrap() else { return };
    for profile in ["multipart", "json", "simple"] {
        let (held, lines) = conform(profile, &php.address, &[], None).await;
        assert!(held && lines.last().is_some_and(|last| last == "13 of 13 held"), "{profile}: {lines:#?}");
        assert!(lines.iter().any(|line| line.contains("five of 2.7 MB: proved")), "{lines:#?}");
    }
    assert!(kept(&folder.path().join("kept")).unwrap().photos >= 15);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_php_sample_lets_in_who_has_the_token() {
    let folder = tempdir().unwrap();
    let Some(php) = php(folder.path(), Some("rahasia-panjang")).await.unwrap() else { return };
    let (held, lines) = conform("multipart", &php.address, &[], Some("rahasia-panjang")).await;
    assert!(held, "{lines:#?}");
    let (held, lines) = conform("multipart", &php.address, &[], Some("salah")).await;
    assert!(!held && lines[0].contains("NotAllowed { status: 401 }"), "{lines:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_host_takes_at_once_is_held_to() {
    let folder = tempdir().unwrap();
    let Some(php) = php(folder.path(), None).await.unwrap() else { return };
    // Photos that are larger are refused on the phone, with the reason.
    let (held, lines) = conform("multipart", &php.address, &["--limit", "1000000"], None).await;
    assert!(!held && lines.iter().any(|line| line.contains("TooLarge")), "{lines:#?}");
    assert!(lines.iter().filter(|line| line.starts_with("FAILED")).count() == 1, "{lines:#?}");
    // What is as large as the host says that it takes goes.
    assert!(lines.iter().any(|line| line.contains("four of 125 kB: proved")), "{lines:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nginx_holds_as_a_folder() {
    let folder = tempdir().unwrap();
    let Some(nginx) = nginx(folder.path()).await.unwrap() else { return };
    let user = ["--user", NGINX_USER];
    let (held, lines) = conform("put", &nginx.address, &user, Some(NGINX_PASSWORD)).await;
    assert!(held && lines.last().is_some_and(|last| last == "9 of 9 held"), "{lines:#?}");
    assert!(lines[2].contains("three of 1.8 MB: proved"), "{lines:#?}");
    let (held, lines) = conform("put-thrifty", &nginx.address, &user, Some(NGINX_PASSWORD)).await;
    assert!(held && lines[2].contains("accepted, no proof given"), "{lines:#?}");
    assert!(kept(&folder.path().join("srv/assessments")).unwrap().photos >= 10);
    // Nobody reads or writes without the password, and nothing but assessments and photos can be put there.
    let (held, lines) = conform("put", &nginx.address, &user, Some("salah")).await;
    assert!(!held && lines[1].contains("NotAllowed { status: 401 }"), "{lines:#?}");
    let at = nginx.address.clone();
    let statuses = spawn_blocking(move || {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let basic = format!("Basic {}", STANDARD.encode(format!("{NGINX_USER}:{NGINX_PASSWORD}")));
        let below =
            ["x/evil.html", "01a19a97-c4c0-7669-ae69-7368696e6731/evil.html", "01a19a97-c4c0-7669-ae69-7368696e6731"];
        below.map(|below| {
            let put = agent.put(format!("{at}/{below}")).header("authorization", &basic).send("x").unwrap();
            put.status().as_u16()
        })
    });
    assert_eq!(statuses.await.unwrap(), [404, 404, 404]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_redirects_is_followed_and_what_it_names_is_proved() {
    let address = script(proving).await.unwrap();
    let (_, lines) = conform("simple", &address, &[], None).await;
    // It forgets what it had, so it cannot tell another content; all else holds.
    let failed: Vec<_> = lines.iter().filter(|line| line.starts_with("FAILED")).collect();
    assert_eq!(failed.len(), 2, "{lines:#?}");
    assert!(
        failed[0].contains("other content was taken") && failed[1].contains("taken for the photo itself"),
        "{lines:#?}"
    );
    assert!(lines[2].contains("five of 2.7 MB: proved"), "{lines:#?}");
    // In no other way is a redirect followed: who sent would go along.
    let (held, lines) = conform("json", &address, &[], None).await;
    assert!(!held && lines[1].contains("a redirect that a page must not follow"), "{lines:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_apps_script_sample_holds() {
    let google = AppsScript::start().unwrap();
    let says = google.clone();
    let address = script(move |document| says.says(document)).await.unwrap();
    let (held, lines) = conform("simple", &address, &[], None).await;
    assert!(held && lines[1].contains("proved"), "{lines:#?}");
    let kept = google.kept();
    assert_eq!(kept["broken"], serde_json::json!([]));
    let (documents, rows) = (kept["documents"].as_u64().unwrap(), kept["rows"].as_array().unwrap());
    assert!(documents > 5 && rows.len() as u64 == documents && kept["photos"].as_u64().unwrap() > 5, "{kept}");
    // What would be a formula is a text.
    for cell in rows.iter().flat_map(|row| row.as_array().unwrap()).filter_map(|cell| cell.as_str()) {
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_only_says_yes_proves_nothing() {
    let address = script(|_| "Terima kasih, data diterima.".to_owned()).await.unwrap();
    let (held, lines) = conform("simple", &address, &["--mark", "data diterima"], None).await;
    assert!(held && lines[1].contains("accepted, no proof given"), "{lines:#?}");
    let (held, lines) = conform("simple", &address, &["--mark", "tersimpan"], None).await;
    assert!(!held && lines[1].contains("no receipt"), "{lines:#?}");
    let (held, _) = conform("simple", &address, &[], None).await;
    assert!(!held);
}
