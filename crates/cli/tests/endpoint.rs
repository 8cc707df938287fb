//! `bintang endpoint`: what is handed out is what the app reads.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use bintang_domain::{
    endpoint::{Access, PhotoRule},
    wire::endpoint::{FRAGMENT, read_offer},
};
use std::{
    io::Write as _,
    process::{Command, Output, Stdio},
};

fn endpoint(words: &[&str], token: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bintang"));
    command.arg("endpoint").args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = command.spawn().unwrap();
    // It may have ended without reading.
    let _ = running.stdin.take().unwrap().write_all(token.as_bytes());
    running.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap().trim_end()
}

#[test]
fn a_file_or_a_link_with_the_token_of_standard_input() {
    let address = "https://ovop.example.id/assessments";
    let plain = endpoint(&[address, "--name", "Simpul Contoh", "--photos", "never"], "");
    let offered = read_offer(text(&plain.stdout)).unwrap();
    assert_eq!((offered.address.url(), offered.title()), (address, "Simpul Contoh"));
    assert_eq!((&offered.access, offered.photos), (&Access::Open, PhotoRule::Never));

    let words = [address, "--token", "--photos", "wifi", "--app", "https://app.example.id/bintang/"];
    let link = endpoint(&words, "bintang_rahasia\n");
    let (app, fragment) = text(&link.stdout).split_once(FRAGMENT).unwrap();
    let offered = read_offer(fragment).unwrap();
    assert_eq!((app, offered.photos), ("https://app.example.id/bintang/", PhotoRule::WifiOnly));
    assert!(matches!(&offered.access, Access::Bearer(secret) if secret.expose() == "bintang_rahasia"));
    // What is said beside it does not hold it.
    assert!(text(&link.stderr).contains("It holds the token") && !text(&link.stderr).contains("rahasia"));
}

#[test]
fn what_the_app_would_refuse_is_not_handed_out() {
    let long = "x".repeat(81);
    for (words, token, said) in [
        (vec!["http://ovop.example.id/x"], "", "plain http is allowed only"),
        (vec!["https://ovop.example.id/?token=1"], "", "must not hold a password"),
        (vec!["https://ovop.example.id/x", "--name", &long], "", "/name: not a name"),
        (vec!["https://ovop.example.id/x", "--token"], " \n", "no token came by standard input"),
        (vec!["https://ovop.example.id/x", "--token"], "kunci\u{e9}", "no token came by standard input"),
    ] {
        let refused = endpoint(&words, token);
        assert!(!refused.status.success() && refused.stdout.is_empty(), "{words:?}");
        assert!(text(&refused.stderr).contains(said), "{words:?}: {}", text(&refused.stderr));
    }
}
