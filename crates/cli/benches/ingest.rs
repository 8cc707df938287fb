//! How many assessments a receiver takes, and what its memory does: `cargo bench -p bintang-cli --bench ingest`.
//!
//! Everything in one run on one machine, since only ratios mean something on a machine that does other things too: the
//! receiver on SQLite (every answer after its commit is synced), a program that only writes and syncs the same bytes in
//! groups as large as there are connections, a server that reads and forgets, and nginx storing them as files (not synced, so not durable; only noted).
//! Then 1 GB of photos, and lists of 1,000 and of 1,000,000 assessments.
#![allow(clippy::type_complexity, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use axum::{Router, body::Bytes, routing::post};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use bintang_domain::{
    digest::Digest,
    id::{AssessmentId, NodeId, SubmissionId},
    time::Millis,
    wire::envelope::Envelope,
};
use bintang_programs::{NGINX_PASSWORD, NGINX_USER, Program, nginx};
use bintang_receiver::run;
use bintang_testkit::build::evidence;
use http_body_util::{BodyExt as _, Full};
use hyper::{Method, Request, StatusCode, client::conn::http1::SendRequest};
use hyper_util::rt::TokioIo;
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    fs,
    future::pending,
    io::Write as _,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tempfile::tempdir;
use tokio::{
    net::{TcpListener, TcpStream},
    process::Command,
};

const CONNECTIONS: usize = 64;
const ENVELOPES: usize = 6_400;
/// Bytes of an envelope.
const SIZE: usize = 12_000;
const ROUNDS: usize = 3;
const PIECE: usize = 256 * 1024;
/// Photos: 400 of 2.5 MB.
const PHOTOS: usize = 400;
const PHOTO: usize = 2_500_000;
/// Connections that bring them.
const PHONES: usize = 16;

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Ids that were not there before.
fn ids(round: usize, number: usize) -> (AssessmentId, SubmissionId) {
    let mut random = [0; 10];
    random[..8].copy_from_slice(&((round as u64) << 32 | number as u64).to_be_bytes());
    (AssessmentId::new(Millis(1_764_000_000_000), &random), SubmissionId::new(Millis(1_764_000_100_000), &random))
}

fn envelope(example: &Envelope, round: usize, number: usize, photo: Option<&[u8]>) -> Envelope {
    let mut envelope = example.clone();
    (envelope.assessment, envelope.id) = ids(round, number);
    envelope.evidence = photo.into_iter().map(evidence).collect();
    envelope
}

/// The worked example, with notes as long as make it as large as said.
fn example() -> Envelope {
    let file = fs::read(repository().join("docs/examples/first.json")).unwrap();
    let (mut envelope, _) = Envelope::open(&file).unwrap();
    let missing = SIZE.saturating_sub(envelope.seal().unwrap().document.len());
    let note = "Bahan dari kebun sendiri. ".repeat(missing / 26 + 1)[..missing].to_owned();
    envelope.notes.criteria.insert(NodeId::parse("A.I.2").unwrap(), note);
    envelope
}

struct Server {
    process: u32,
    program: Program,
}

async fn receiver(folder: &Path) -> Server {
    fs::write(folder.join("index.html"), "<!doctype html><title>Bintang</title>").unwrap();
    let start = |port: u16| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bintang"));
        command.args(["serve", "--app-addr", "127.0.0.1:0", "--app"]).arg(folder).arg("--database");
        command.arg(folder.join("receiver.sqlite")).args(["--receiver-addr", &format!("127.0.0.1:{port}")]);
        command.arg("--rubrics").arg(repository().join("public/rubrics")).env("RUST_LOG", "error");
        command.args(["--a-second", "1000000"]);
        Ok(command)
    };
    let program = Program::start(start, "/assessments").await.unwrap();
    Server { process: program.process().unwrap(), program }
}

/// The same server loop and router, behind which a body is read and forgotten: what HTTP alone costs here.
async fn forgetful() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/assessments", listener.local_addr().unwrap());
    let router = Router::new().route("/assessments", post(async |_: Bytes| StatusCode::CREATED));
    tokio::spawn(run(listener, router, pending()));
    address
}

/// Most memory that a process ever had, in MB.
fn peak(process: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1_024.0
}

async fn connect(address: &str) -> SendRequest<Full<Bytes>> {
    let authority = address.strip_prefix("http://").unwrap().split('/').next().unwrap();
    let stream = TcpStream::connect(authority).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let (sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    sender
}

async fn ask(
    sender: &mut SendRequest<Full<Bytes>>,
    method: Method,
    path: &str,
    head: &[(&str, String)],
    body: Bytes,
) -> (StatusCode, Bytes) {
    let mut request = Request::builder().method(method).uri(path).header("host", "localhost");
    for (name, value) in head {
        request = request.header(*name, value);
    }
    let answer = sender.send_request(request.body(Full::new(body)).unwrap()).await.unwrap();
    let status = answer.status();
    (status, answer.into_body().collect().await.unwrap().to_bytes())
}

/// Requests of all connections: how long all took, and each, sorted.
async fn load(
    address: &str,
    requests: Vec<(Method, String, Vec<(&'static str, String)>, Bytes)>,
) -> (Duration, Vec<Duration>) {
    let (requests, next) = (Arc::new(requests), Arc::new(AtomicUsize::new(0)));
    let took = Arc::new(Mutex::new(Vec::new()));
    let begun = Instant::now();
    let mut senders = Vec::new();
    for _ in 0..CONNECTIONS {
        let (requests, next, took) = (requests.clone(), next.clone(), took.clone());
        let mut sender = connect(address).await;
        senders.push(tokio::spawn(async move {
            while let Some((method, path, head, body)) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
                let begun = Instant::now();
                let (status, said) = ask(&mut sender, method.clone(), path, head, body.clone()).await;
                assert_eq!(status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&said));
                took.lock().unwrap().push(begun.elapsed());
            }
        }));
    }
    for sender in senders {
        sender.await.unwrap();
    }
    let all = begun.elapsed();
    let mut took = Arc::into_inner(took).unwrap().into_inner().unwrap();
    took.sort();
    (all, took)
}

/// The same bytes into one file, synced after each group.
fn written(folder: &Path, documents: &[Bytes]) -> Duration {
    let mut file = fs::File::create(folder.join("written")).unwrap();
    let begun = Instant::now();
    for group in documents.chunks(CONNECTIONS) {
        for document in group {
            file.write_all(document).unwrap();
        }
        file.sync_data().unwrap();
    }
    begun.elapsed()
}

fn a_second(many: usize, took: Duration) -> f64 {
    many as f64 / took.as_secs_f64()
}

async fn envelopes() {
    let example = example();
    let folder = tempdir().unwrap();
    let server = receiver(folder.path()).await;
    let web = tempdir().unwrap();
    let nginx = nginx(web.path()).await.unwrap();
    let forgetful = forgetful().await;
    println!("{ENVELOPES} envelopes of {SIZE} bytes, {CONNECTIONS} connections; a second, median and p99 in ms");
    for round in 0..ROUNDS {
        let sealed: Vec<(SubmissionId, Bytes)> = (0..ENVELOPES)
            .map(|number| {
                let envelope = envelope(&example, round, number, None);
                (envelope.id, envelope.seal().unwrap().document.into())
            })
            .collect();
        let documents: Vec<Bytes> = sealed.iter().map(|(_, document)| document.clone()).collect();
        let written = written(folder.path(), &documents);
        let posts = || {
            sealed.iter().map(|(_, document)| {
                let digest = Digest::of(document).header();
                let head = vec![("content-type", "application/json".to_owned()), ("content-digest", digest)];
                (Method::POST, "/assessments".to_owned(), head, document.clone())
            })
        };
        let (all, took) = load(&server.program.address, posts().collect()).await;
        let ms = |part: usize| took[(took.len() - 1) * part / 100].as_secs_f64() * 1_000.0;
        let (own, bare) = (a_second(ENVELOPES, all), a_second(ENVELOPES, written));
        println!(
            "receiver {own:.0} ({:.1} / {:.1}, {:.1} times), written and synced {bare:.0}: ratio {:.2}",
            ms(50),
            ms(99),
            ms(99) / ms(50),
            own / bare
        );
        let (all, _) = load(&forgetful, posts().collect()).await;
        println!(
            "a server that forgets all: {:.0}, ratio {:.2}",
            a_second(ENVELOPES, all),
            a_second(ENVELOPES, all) / bare
        );
        if let Some(nginx) = &nginx {
            let basic = format!("Basic {}", STANDARD.encode(format!("{NGINX_USER}:{NGINX_PASSWORD}")));
            let puts = sealed.iter().map(|(id, document)| {
                let path = format!("/assessments/{id}/assessment.json");
                (Method::PUT, path, vec![("authorization", basic.clone())], document.clone())
            });
            let (all, _) = load(&nginx.address, puts.collect()).await;
            println!("nginx {:.0}, not synced", a_second(ENVELOPES, all));
        }
    }
    println!("memory of the receiver: {:.0} MB at most", peak(server.process));
}

async fn photos() {
    let example = example();
    let folder = tempdir().unwrap();
    let server = receiver(folder.path()).await;
    let begun = Instant::now();
    let next = Arc::new(AtomicUsize::new(0));
    let mut phones = Vec::new();
    for _ in 0..PHONES {
        let (next, example) = (next.clone(), example.clone());
        let mut sender = connect(&server.program.address).await;
        phones.push(tokio::spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= PHOTOS {
                    break;
                }
                let mut seed = number as u64 + 1;
                let photo: Vec<u8> = (0..PHOTO)
                    .map(|_| {
                        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                        (seed >> 33) as u8
                    })
                    .collect();
                let envelope = envelope(&example, 9, number, Some(&photo));
                let json = vec![("content-type", "application/json".to_owned())];
                let document = envelope.seal().unwrap().document.into();
                ask(&mut sender, Method::POST, "/assessments", &json, document).await;
                let path = format!("/assessments/{}/evidence/{}", envelope.id, Digest::of(&photo));
                let photo = Bytes::from(photo);
                for from in (0..PHOTO).step_by(PIECE) {
                    let to = PHOTO.min(from + PIECE);
                    let head = vec![("content-range", format!("bytes {from}-{}/{PHOTO}", to - 1))];
                    let (status, said) = ask(&mut sender, Method::PUT, &path, &head, photo.slice(from..to)).await;
                    assert!(status.is_success(), "{status} {}", String::from_utf8_lossy(&said));
                }
            }
        }));
    }
    for phone in phones {
        phone.await.unwrap();
    }
    let mb = (PHOTOS * PHOTO) as f64 / 1e6;
    println!(
        "{mb:.0} MB of photos in pieces of 256 KiB, {PHONES} connections: {:.0} MB a second, memory {:.0} MB at most",
        mb / begun.elapsed().as_secs_f64(),
        peak(server.process)
    );
}

const MANY: &str = "WITH RECURSIVE n(i) AS (SELECT $1 UNION ALL SELECT i + 1 FROM n WHERE i < $2)
    INSERT INTO submissions (id, assessment, digest, document, receipt, received_at_ms, product, business, rubric_id,
        rubric_version, rubric_sha256, stars, total_num, total_den, team)
    SELECT printf('019ab698-d260-7202-8202-%012x', i), printf('019ab697-e800-7202-8202-%012x', i), hex(randomblob(32)),
        '{}', '{}', 1764000000000 + i * 1000, 'Keripik ' || i, 'Usaha ' || i, 'id-ovop-food', '2026.1',
        hex(randomblob(32)), i % 6, i % 100, 1, 'Tim ' || (i % 20) FROM n";

async fn lists() {
    let folder = tempdir().unwrap();
    let server = receiver(folder.path()).await;
    let file = folder.path().join("receiver.sqlite");
    let options = SqliteConnectOptions::new().filename(&file).busy_timeout(Duration::from_secs(60));
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    let mut add = Command::new(env!("CARGO_BIN_EXE_bintang"));
    add.args(["token", "add", "--team", "Dinas", "--name", "uji", "--scopes", "read-all", "--database"]).arg(&file);
    let token = String::from_utf8(add.output().await.unwrap().stdout).unwrap().trim().to_owned();
    let head = vec![("authorization", format!("Bearer {token}"))];
    let mut medians = Vec::new();
    let mut from = 1_i64;
    for rows in [1_000_i64, 1_000_000] {
        sqlx::query(MANY).bind(from).bind(rows).execute(&mut connection).await.unwrap();
        from = rows + 1;
        let mut sender = connect(&server.program.address).await;
        // The first page, one in the middle, and a page of one team.
        let middle = format!("&after={}.019ab698-d260-7202-8202-{:012x}", 1_764_000_000_000 + rows * 500, rows / 2);
        for (what, query) in [
            ("first", String::new()),
            ("middle", middle),
            ("by rubric", "&rubric=id-ovop-food".into()),
            ("of a rubric that nobody used", "&rubric=tidak-ada".into()),
            ("with stars that nobody has", "&stars=9".into()),
        ] {
            let mut took = Vec::new();
            for _ in 0..200 {
                let begun = Instant::now();
                let path = format!("/assessments?limit=50{query}");
                let (status, _) = ask(&mut sender, Method::GET, &path, &head, Bytes::new()).await;
                assert_eq!(status, StatusCode::OK);
                took.push(begun.elapsed());
                tokio::time::sleep(Duration::from_millis(12)).await;
            }
            took.sort();
            medians.push((rows, what, took[took.len() / 2].as_secs_f64() * 1_000.0));
        }
    }
    for (rows, what, median) in &medians {
        println!("a list page ({what}) with {rows} stored: {median:.2} ms");
    }
    let (few, many) = medians.split_at(medians.len() / 2);
    for (few, many) in few.iter().zip(many) {
        println!("{}: {:.2} times", few.1, many.2 / few.2);
    }
    let (before, begun) = (peak(server.process), Instant::now());
    let mut sender = connect(&server.program.address).await;
    let mut request = Request::builder().uri("/assessments.csv").header("host", "localhost");
    for (name, value) in &head {
        request = request.header(*name, value);
    }
    let mut answer = sender.send_request(request.body(Full::new(Bytes::new())).unwrap()).await.unwrap();
    let mut bytes = 0_usize;
    while let Some(frame) = answer.frame().await {
        bytes += frame.unwrap().into_data().map_or(0, |data| data.len());
    }
    println!(
        "CSV of 1,000,000: {:.0} MB in {:.1} s; memory {before:.0} MB before, {:.0} MB at most",
        bytes as f64 / 1e6,
        begun.elapsed().as_secs_f64(),
        peak(server.process)
    );
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let wants = |name: &str| wanted.is_empty() || wanted.iter().any(|word| word == name);
    if wants("envelopes") {
        runtime.block_on(envelopes());
    }
    if wants("photos") {
        runtime.block_on(photos());
    }
    if wants("lists") {
        runtime.block_on(lists());
    }
}
