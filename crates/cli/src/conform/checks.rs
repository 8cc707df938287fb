//! What must hold, one function each; what it saw, or why it did not hold.

use super::{
    client::{Ask, Client},
    sample::{bytes, envelope},
};
use anyhow::{Context as _, Result, ensure};
use bintang_domain::{delivery::PIECE, digest::Digest};
use std::{collections::BTreeSet, thread};

/// A check.
type Check = fn(&Client) -> Result<String>;

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

fn unknown(client: &Client) -> Result<String> {
    let nobody = envelope(&[])?.id;
    client.get(&format!("/{nobody}/receipt"))?.refuses(404, "unknown_id")?;
    Ok("404 unknown_id".to_owned())
}

fn receipt(client: &Client) -> Result<String> {
    let (given, _) = client.send(&envelope(&[])?)?;
    ensure!(given.missing.is_empty() && given.evidence.is_empty(), "files are asked for that do not belong to it");
    Ok(format!("by “{}”, signer {}", given.receiver, given.sender))
}

fn again(client: &Client) -> Result<String> {
    let envelope = envelope(&[])?;
    let (first, sealed) = client.send(&envelope)?;
    let second = client.post_with(envelope.id, sealed.document.as_bytes(), &[])?;
    ensure!(matches!(second.status, 200 | 201), "it was answered with {}", second.status);
    ensure!(second.receipt(envelope.id, &sealed)? == first, "another receipt than the first time");
    ensure!(client.receipt(envelope.id, &sealed)? == first, "GET gives another receipt");
    Ok(format!("{} with the same receipt", second.status))
}

fn conflict(client: &Client) -> Result<String> {
    let envelope = envelope(&[])?;
    let (first, sealed) = client.send(&envelope)?;
    let mut other = envelope.clone();
    other.subject.business.push_str(" lain");
    let document = other.seal().map_err(|refused| anyhow::anyhow!("{refused:?}"))?.document;
    client.post_with(envelope.id, document.as_bytes(), &[])?.refuses(409, "conflict")?;
    ensure!(client.receipt(envelope.id, &sealed)? == first, "the first one was changed by it");
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
        ensure!(matches!(answer.status, 400..=499), "“{document:.30}” was answered with {}", answer.said());
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
    let (id, file) = (envelope(&[])?.id, Digest::of(b"x"));
    for below in [
        format!("/{id}/evidence/..%2f..%2f..%2fetc%2fpasswd"),
        format!("/..%2f..%2f{id}/evidence/{file}"),
        format!("/{id}/evidence/{}", file.to_string().to_uppercase()),
        format!("/{id}%00/evidence/{file}"),
        format!("/{}/receipt", "9".repeat(2_000)),
        "/%ff/receipt".to_owned(),
    ] {
        let method = if below.ends_with("receipt") { "GET" } else { "PUT" };
        let body: &[u8] = if method == "PUT" { b"x" } else { b"" };
        let answer = client.ask(Ask { method, below: below.clone(), headers: Vec::new(), body, cut: None })?;
        ensure!(matches!(answer.status, 400..=499), "{below:.60} was answered with {}", answer.said());
    }
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
    ensure!(again == whole, "sent again, another receipt");
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
    while here < photo.len() {
        let end = photo.len().min(here + PIECE);
        last = client.put(envelope.id, (name, &photo), (here, end), None)?.receipt(envelope.id, &sealed)?;
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
    ensure!(matches!(answer.status, 400..=499), "another photo was answered with {}", answer.said());
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
    ensure!(receipts.iter().all(|other| other == first), "they have different receipts");
    Ok("eight equal receipts".to_owned())
}

fn cors(client: &Client) -> Result<String> {
    let id = envelope(&[])?.id;
    let file = format!("/{id}/evidence/{}", Digest::of(b"x"));
    for (method, below) in [("POST", ""), ("PUT", file.as_str()), ("GET", "/x/receipt")] {
        let answer = client.preflight(method, below)?;
        ensure!(matches!(answer.status, 200..=299), "OPTIONS for {method} was answered with {}", answer.said());
        let allowed = answer.header("access-control-allow-origin");
        ensure!(allowed == "*" || allowed == client.origin(), "Access-Control-Allow-Origin is “{allowed}”");
        ensure!(answer.header("access-control-allow-credentials") != "true", "credentials are allowed: none are sent");
        let list = |name: &str| -> BTreeSet<String> {
            answer.header(name).split(',').map(|word| word.trim().to_ascii_lowercase()).collect()
        };
        let methods = list("access-control-allow-methods");
        let simple = matches!(method, "GET" | "POST");
        ensure!(
            simple || methods.contains(&method.to_ascii_lowercase()) || methods.contains("*"),
            "{method} is not allowed"
        );
        let headers = list("access-control-allow-headers");
        for name in ["authorization", "content-digest", "content-range", "content-type", "idempotency-key"] {
            // A star does not stand for Authorization (Fetch, "CORS-preflight fetch").
            let starred = headers.contains("*") && name != "authorization";
            ensure!(headers.contains(name) || starred, "the header {name} is not allowed for {method}");
        }
    }
    let answer = client.get("/x/receipt")?;
    let exposed = answer.header("access-control-expose-headers").to_ascii_lowercase();
    ensure!(exposed.contains("retry-after"), "Retry-After cannot be read by the page (Access-Control-Expose-Headers)");
    Ok(format!("from {}", client.origin()))
}
