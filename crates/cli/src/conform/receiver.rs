//! What must hold of a receiver (profile `bintang`), one function each; what it saw, or why it did not hold.

use super::{
    Check,
    client::{Answer, Client},
    let_in::{asks, lets_in},
    sample::{bytes, envelope},
};
use crate::shown::shown;
use anyhow::{Context as _, Result, ensure};
use bintang_domain::{delivery::PIECE, digest::Digest, wire::receipt::Receipt};
use std::{collections::BTreeSet, thread, time::Duration};

/// How often a file is taken up again that somebody else seems to be writing, and how long is waited before it.
const TURNS: u32 = 30;
const PAUSE: Duration = Duration::from_millis(500);

/// All of them, in their order.
pub const ALL: [(&str, Check); 14] = [
    ("unknown finishing", unknown),
    ("receipt", receipt),
    ("sent again", again),
    ("other content under the same id", conflict),
    ("wrong sum of the body", wrong_digest),
    ("no assessment", nonsense),
    ("hostile texts", hostile_texts),
    ("hostile names", hostile_names),
    ("photo", photo),
    ("photo cut off and continued", cut),
    ("photo of 10 MB", large),
    ("altered photo", altered),
    ("eight at once", at_once),
    ("pages of the app are let in", cors),
];

/// Whether two receipts prove the same.
fn same(one: &Receipt, other: &Receipt) -> bool {
    (one.id, one.digest, &one.evidence, &one.missing) == (other.id, other.digest, &other.evidence, &other.missing)
}

/// Makes sure that something was refused for what it is, and not because of who asks or when.
fn refused(answer: &Answer, what: &str) -> Result<()> {
    let refuses = matches!(answer.status, 400..=499) && !matches!(answer.status, 401 | 403 | 408 | 425 | 429);
    ensure!(refuses, "{} was answered with {}", shown(what), answer.said());
    Ok(())
}

fn unknown(client: &Client) -> Result<String> {
    let nobody = envelope(&[])?.id;
    client.get(&format!("/{nobody}/receipt"))?.refuses(404, "unknown_id")?;
    Ok("404 unknown_id".to_owned())
}

fn receipt(client: &Client) -> Result<String> {
    let (given, _) = client.send(&envelope(&[])?)?;
    ensure!(given.missing.is_empty() && given.evidence.is_empty(), "files are asked for that do not belong to it");
    Ok(shown(&format!("by “{}”, signer {}", given.receiver, given.sender)))
}

fn again(client: &Client) -> Result<String> {
    let envelope = envelope(&[])?;
    let (first, sealed) = client.send(&envelope)?;
    let second = client.post_with(envelope.id, sealed.document.as_bytes(), &[])?;
    ensure!(same(&second.receipt(envelope.id, &sealed)?, &first), "another receipt than the first time");
    ensure!(same(&client.receipt(envelope.id, &sealed)?, &first), "GET gives another receipt");
    Ok(format!("{} with the same receipt", second.status))
}

fn conflict(client: &Client) -> Result<String> {
    let envelope = envelope(&[])?;
    let (first, sealed) = client.send(&envelope)?;
    let mut other = envelope.clone();
    other.subject.business.push_str(" lain");
    let document = other.seal().map_err(|refused| anyhow::anyhow!("{refused:?}"))?.document;
    client.post_with(envelope.id, document.as_bytes(), &[])?.refuses(409, "conflict")?;
    ensure!(same(&client.receipt(envelope.id, &sealed)?, &first), "the first one was changed by it");
    Ok("409 conflict, the first one stands".to_owned())
}

fn wrong_digest(client: &Client) -> Result<String> {
    let envelope = envelope(&[])?;
    let document = envelope.seal().map_err(|refused| anyhow::anyhow!("{refused:?}"))?.document;
    let other = [("content-digest", Digest::of(b"something else").header())];
    client.post_with(envelope.id, document.as_bytes(), &other)?.refuses(400, "digest_mismatch")?;
    client
        .get(&format!("/{}/receipt", envelope.id))?
        .refuses(404, "unknown_id")
        .context("it was stored all the same")?;
    Ok("400 digest_mismatch, nothing stored".to_owned())
}

fn nonsense(client: &Client) -> Result<String> {
    let mut seen = BTreeSet::new();
    let id = envelope(&[])?.id;
    let deep = "[".repeat(100_000);
    for document in ["", "{", "{}", "[]", "null", "{\"envelope\":{},\"envelope\":{}}", deep.as_str()] {
        let answer = client.post_with(id, document.as_bytes(), &[])?;
        refused(&answer, &format!("“{document:.30}”"))?;
        seen.insert(answer.said());
    }
    Ok(seen.into_iter().collect::<Vec<_>>().join(", "))
}

fn hostile_texts(client: &Client) -> Result<String> {
    let mut envelope = envelope(&[])?;
    let hostile = "'; DROP TABLE submissions; -- <script>alert(1)</script> =1+1 \u{202e}⭐\u{1f31f} \u{7} \"\\/";
    envelope.subject.business = hostile.to_owned();
    envelope.subject.owner = hostile.repeat(20);
    envelope.assessor.name = format!("@{hostile}");
    // The sum in the receipt is of what was received: it proves that every letter came.
    client.send(&envelope)?;
    Ok("kept letter by letter".to_owned())
}

fn hostile_names(client: &Client) -> Result<String> {
    let photo = bytes(1_000)?;
    let (envelope, name) = (envelope(&[&photo])?, Digest::of(&photo));
    let (id, (_, sealed)) = (envelope.id, client.send(&envelope)?);
    for below in [
        format!("/{id}/evidence/..%2f..%2f..%2f..%2ftmp%2f{name}"),
        format!("/{id}/evidence/%2e%2e/{name}"),
        format!("/{id}/evidence/{}", name.to_string().to_uppercase()),
        format!("/{id}/evidence/{name}%00.php"),
        format!("/..%2f{id}/evidence/{name}"),
        format!("/{id}%00/evidence/{name}"),
    ] {
        // Everything else of it is as it must be.
        refused(&client.put_at(below.clone(), id, &photo, (0, photo.len()), None)?, &below)?;
    }
    for below in
        ["/%ff/receipt".to_owned(), format!("/{}/receipt", "9".repeat(2_000)), format!("/{id}%2f..%2f{id}/receipt")]
    {
        refused(&client.get(&below)?, &format!("{below:.60}"))?;
    }
    ensure!(client.receipt(id, &sealed)?.missing == [name], "one of them was taken for the photo itself");
    Ok("each refused".to_owned())
}

fn photo(client: &Client) -> Result<String> {
    let photo = bytes(90_000)?;
    let (envelope, name) = (envelope(&[&photo])?, Digest::of(&photo));
    let (first, sealed) = client.send(&envelope)?;
    ensure!(first.missing == [name], "the receipt does not ask for it");
    let whole = client.put(envelope.id, (name, &photo), (0, photo.len()), None)?.receipt(envelope.id, &sealed)?;
    ensure!(whole.missing.is_empty() && whole.evidence == [name], "the receipt does not name it as stored");
    let again = client.put(envelope.id, (name, &photo), (0, photo.len()), None)?.receipt(envelope.id, &sealed)?;
    ensure!(same(&again, &whole), "sent again, another receipt");
    Ok("asked for, stored, named".to_owned())
}

fn cut(client: &Client) -> Result<String> {
    let photo = bytes(3 * PIECE + 1_000)?;
    let (envelope, name) = (envelope(&[&photo])?, Digest::of(&photo));
    let (_, sealed) = client.send(&envelope)?;
    client.put(envelope.id, (name, &photo), (0, PIECE), None)?.receipt(envelope.id, &sealed)?;
    let kept = client.there(envelope.id, name)?;
    ensure!(kept == PIECE, "HEAD says {kept} bytes after a piece of {PIECE}");
    // In the middle of the second piece.
    let broken = client.put(envelope.id, (name, &photo), (PIECE, 2 * PIECE), Some(PIECE / 2));
    ensure!(broken.is_err(), "a body that broke off was answered");
    let after = client.there(envelope.id, name)?;
    ensure!((PIECE..=2 * PIECE).contains(&after), "after the cut HEAD says {after} bytes, {PIECE} were there before");
    let proved = client.receipt(envelope.id, &sealed)?;
    ensure!(proved.missing == [name], "it counts as stored though it is not");
    let mut here = after;
    let mut last = proved;
    let mut turns = 0;
    while here < photo.len() {
        let end = photo.len().min(here + PIECE);
        let answer = client.put(envelope.id, (name, &photo), (here, end), None)?;
        // The connection that was cut may still be thought alive, and what came over it be written late.
        if matches!(answer.status, 409 | 416 | 425 | 429 | 503) && turns < TURNS {
            turns += 1;
            thread::sleep(PAUSE);
            here = client.there(envelope.id, name)?;
            continue;
        }
        last = answer.receipt(envelope.id, &sealed)?;
        here = end;
    }
    ensure!(last.missing.is_empty() && last.evidence == [name], "it is not named as stored");
    Ok(format!("{} bytes of the cut piece were kept", after - PIECE))
}

fn large(client: &Client) -> Result<String> {
    let photo = bytes(10_000_000)?;
    let (envelope, name) = (envelope(&[&photo])?, Digest::of(&photo));
    let (_, sealed) = client.send(&envelope)?;
    let whole = client.put(envelope.id, (name, &photo), (0, photo.len()), None)?.receipt(envelope.id, &sealed)?;
    ensure!(whole.missing.is_empty(), "it is not named as stored");
    Ok("in one piece".to_owned())
}

fn altered(client: &Client) -> Result<String> {
    let photo = bytes(50_000)?;
    let (envelope, name) = (envelope(&[&photo])?, Digest::of(&photo));
    let (_, sealed) = client.send(&envelope)?;
    let other = bytes(50_000)?;
    let answer = client.put(envelope.id, (name, &other), (0, other.len()), None)?;
    refused(&answer, "another photo")?;
    ensure!(client.receipt(envelope.id, &sealed)?.missing == [name], "it counts as stored");
    let whole = client.put(envelope.id, (name, &photo), (0, photo.len()), None)?.receipt(envelope.id, &sealed)?;
    ensure!(whole.missing.is_empty(), "the right one is not taken after it");
    Ok(format!("{}, the right one is taken afterwards", answer.said()))
}

fn at_once(client: &Client) -> Result<String> {
    let envelope = envelope(&[])?;
    let sealed = envelope.seal().map_err(|refused| anyhow::anyhow!("{refused:?}"))?;
    let send = || client.post_with(envelope.id, sealed.document.as_bytes(), &[])?.receipt(envelope.id, &sealed);
    let receipts = thread::scope(|scope| {
        let sending: Vec<_> = (0..8).map(|_| scope.spawn(send)).collect();
        sending
            .into_iter()
            .map(|one| one.join().unwrap_or_else(|_| anyhow::bail!("a thread ended")))
            .collect::<Result<Vec<_>>>()
    })?;
    let first = receipts.first().context("eight receipts")?;
    ensure!(receipts.iter().all(|other| same(other, first)), "they have different receipts");
    Ok("eight equal receipts".to_owned())
}

fn cors(client: &Client) -> Result<String> {
    let photo = bytes(1_000)?;
    let (envelope, name) = (envelope(&[&photo])?, Digest::of(&photo));
    let id = envelope.id;
    let file = format!("/{id}/evidence/{name}");
    for (method, below, asked) in [
        ("POST", "", "authorization,content-digest,content-type,idempotency-key"),
        ("PUT", file.as_str(), "authorization,content-digest,content-range,content-type,idempotency-key"),
        ("HEAD", file.as_str(), "authorization"),
        ("GET", "/x/receipt", "authorization"),
    ] {
        asks(client, method, below, asked)?;
    }
    // What the page is to read must say so too, not the question before it alone.
    let document = envelope.seal().map_err(|refused| anyhow::anyhow!("{refused:?}"))?.document;
    let let_in = |answer: &Answer, what: &str| lets_in(client, answer, what);
    let_in(&client.post_with(id, document.as_bytes(), &[])?, "the answer to POST")?;
    let_in(&client.put(id, (name, &photo), (0, photo.len()), None)?, "the answer to PUT")?;
    let_in(&client.get(&format!("/{id}/receipt"))?, "the answer to GET")?;
    let refusal = client.post_with(id, b"{", &[])?;
    let_in(&refusal, "a refusal")?;
    let exposed = refusal.header("access-control-expose-headers").to_ascii_lowercase();
    let readable = exposed.contains("retry-after") || exposed.trim() == "*";
    ensure!(readable, "Retry-After cannot be read by the page (Access-Control-Expose-Headers)");
    Ok(format!("from {}", shown(client.origin())))
}
