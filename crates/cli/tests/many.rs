//! Several receivers on one PostgreSQL and one store that speaks S3: nothing is lost and nothing doubled.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use bintang_domain::{
    digest::Digest,
    id::{AssessmentId, SubmissionId},
    time::Millis,
    wire::envelope::Envelope,
};
use bintang_programs::{Postgres, Program, S3, postgres, s3};
use bintang_testkit::build::evidence;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    thread,
};
use tempfile::tempdir;
use tokio::{process::Command, task::spawn_blocking};

/// What the app sends at a time.
const PIECE: usize = 256 * 1024;
/// Assessments that are sent to both receivers at once.
const BOTH: u16 = 500;
/// Connections that send them.
const SENDERS: u16 = 10;

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The binary with the database and the store in its environment.
fn bintang(database: &Postgres, store: &S3) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bintang"));
    command.env("BINTANG_DATABASE", database.address()).envs(store.environment());
    command
}

async fn receiver(folder: &Path, database: &Postgres, store: &S3) -> Program {
    fs::write(folder.join("index.html"), "<!doctype html><title>Bintang</title>").unwrap();
    let start = |port: u16| {
        let mut command = bintang(database, store);
        command.args(["serve", "--app-addr", "127.0.0.1:0", "--app"]).arg(folder);
        command.args(["--receiver-addr", &format!("127.0.0.1:{port}"), "--evidence", &store.address(), "--rubrics"]);
        command.arg(repository().join("public/rubrics"));
        Ok(command)
    };
    Program::start(start, "/assessments").await.unwrap()
}

/// The worked example under ids of its own, with these photos.
fn envelope(number: u16, photos: &[Vec<u8>]) -> Envelope {
    let example = fs::read(repository().join("docs/examples/first.json")).unwrap();
    let (mut envelope, _) = Envelope::open(&example).unwrap();
    let [high, low] = number.to_be_bytes();
    let random = [high, low, 0, 0, 0, 0, 0, 0, 0, 1];
    envelope.assessment = AssessmentId::new(Millis(1_764_000_000_000), &random);
    envelope.id = SubmissionId::new(Millis(1_764_000_100_000), &random);
    envelope.evidence = photos.iter().map(|photo| evidence(photo)).collect();
    envelope
}

fn post(address: &str, document: &str) -> Value {
    let digest = Digest::of(document.as_bytes()).header();
    let request = ureq::post(address).header("content-type", "application/json").header("content-digest", digest);
    let text = request.send(document).unwrap().body_mut().read_to_string().unwrap();
    serde_json::from_str(&text).unwrap()
}

fn get(address: &str, token: &str) -> Vec<u8> {
    let request = ureq::get(address).header("authorization", format!("Bearer {token}"));
    request.call().unwrap().body_mut().with_config().limit(1 << 30).read_to_vec().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_receivers_on_one_database_and_one_bucket_are_one() {
    let (folder, site) = (tempdir().unwrap(), tempdir().unwrap());
    let Some(database) = postgres(folder.path()).await.unwrap() else { return };
    let Some(store) = s3().await.unwrap() else { return };
    let one = receiver(site.path(), &database, &store).await;
    let other = receiver(site.path(), &database, &store).await;

    // The contract holds at each.
    for receiver in [&one, &other] {
        let mut conform = bintang(&database, &store);
        conform.args(["conform", "bintang", &receiver.address]).stderr(Stdio::null());
        let said = conform.output().await.unwrap();
        let lines = String::from_utf8(said.stdout).unwrap();
        assert!(said.status.success() && lines.ends_with("14 of 14 held\n"), "{lines}");
    }

    // The same uploads to both at once: one row and one receipt each.
    let (a, b) = (one.address.clone(), other.address.clone());
    let receipts = spawn_blocking(move || {
        thread::scope(|scope| {
            let sending: Vec<_> = (0..SENDERS)
                .flat_map(|sender| [(sender, a.as_str()), (sender, b.as_str())])
                .map(|(sender, to)| {
                    scope.spawn(move || {
                        let own = (0..BOTH).filter(|number| number % SENDERS == sender);
                        let send = |number| post(to, &envelope(number, &[]).seal().unwrap().document);
                        own.map(|number| (number, send(number))).collect::<Vec<_>>()
                    })
                })
                .collect();
            sending.into_iter().flat_map(|sender| sender.join().unwrap()).collect::<Vec<_>>()
        })
    })
    .await
    .unwrap();
    let mut by_number: BTreeMap<u16, Vec<Value>> = BTreeMap::new();
    for (number, receipt) in receipts {
        assert_eq!(receipt["format"], "bintang-receipt/1", "{receipt}");
        by_number.entry(number).or_default().push(receipt);
    }
    assert_eq!(by_number.len(), usize::from(BOTH));
    assert!(by_number.values().all(|both| both.len() == 2 && both[0] == both[1]));

    // A photo that goes on at the other receiver, from where the first one has it.
    let photos: Vec<Vec<u8>> = [9, 2 * PIECE, 7_000_001]
        .into_iter()
        .map(|length: usize| (0..length).map(|place| (place * 31 + length) as u8).collect())
        .collect();
    let carried = envelope(BOTH, &photos);
    let (a, b, sent) = (one.address.clone(), other.address.clone(), photos.clone());
    let id = carried.id;
    let last = spawn_blocking(move || {
        let mut last = post(&a, &carried.seal().unwrap().document);
        for photo in &sent {
            let below = format!("/{id}/evidence/{}", Digest::of(photo));
            for (turn, from) in (0..photo.len()).step_by(PIECE).enumerate() {
                let at = if turn % 2 == 0 { &a } else { &b };
                let there = ureq::head(format!("{at}{below}")).call().unwrap();
                assert_eq!(there.headers()["content-length"], from.to_string().as_str());
                let to = photo.len().min(from + PIECE);
                let put = ureq::put(format!("{at}{below}"))
                    .header("content-range", format!("bytes {from}-{}/{}", to - 1, photo.len()))
                    .header("content-digest", Digest::of(&photo[from..to]).header());
                let text = put.send(&photo[from..to]).unwrap().body_mut().read_to_string().unwrap();
                last = serde_json::from_str(&text).unwrap();
            }
        }
        last
    })
    .await
    .unwrap();
    assert_eq!((last["missing"].as_array().unwrap().len(), last["evidence"].as_array().unwrap().len()), (0, 3));

    let mut add = bintang(&database, &store);
    add.args(["token", "add", "--team", "Dinas", "--name", "uji", "--scopes", "read-all"]);
    let token = String::from_utf8(add.output().await.unwrap().stdout).unwrap().trim().to_owned();
    let (lists, read) = ([one.address.clone(), other.address.clone()], token.clone());
    let bucket = format!("{}/{}", store.environment()[0].1, "bintang?list-type=2");
    let (ids, evidence, names) = spawn_blocking(move || {
        let ids = lists.clone().map(|at| {
            let text = String::from_utf8(get(&format!("{at}.ndjson"), &read)).unwrap();
            let ids = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].to_string());
            ids.collect::<Vec<_>>()
        });
        let at = format!("{}/{id}/evidence", lists[1]);
        let evidence: Vec<_> = photos.iter().map(|photo| get(&format!("{at}/{}", Digest::of(photo)), &read)).collect();
        let names = ureq::get(bucket).call().unwrap().body_mut().read_to_string().unwrap();
        assert_eq!(evidence, photos);
        (ids, evidence.len(), names)
    })
    .await
    .unwrap();
    let [from_one, from_other] = ids;
    assert_eq!(from_one, from_other);
    let own = by_number.keys().map(|number| format!("\"{}\"", envelope(*number, &[]).id));
    let listed: BTreeSet<&String> = from_one.iter().collect();
    assert_eq!(listed.len(), from_one.len(), "a line comes twice");
    assert!(own.clone().all(|id| listed.contains(&id)) && own.count() == usize::from(BOTH));
    // Nothing is left of the pieces.
    assert!(evidence == 3 && names.contains("<Key>foto/") && !names.contains(".pieces"), "{names}");
}
