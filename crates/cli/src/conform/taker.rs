//! What must hold of an endpoint that is sent whole assessments (profiles `multipart`, `json`, `simple`), played with the
//! app's own delivery.

use super::{
    Check,
    carried::{Arrived, Carried, said},
    client::{Answer, Ask, Client},
    let_in::{asks, lets_in},
    sample,
};
use crate::shown::shown;
use anyhow::{Context as _, Result, bail, ensure};
use bintang_domain::{
    delivery::{self, Probed},
    endpoint::Profile,
    outbox::{Retry, SendError},
    wire::receipt::{self, Receipt},
};
use tokio::runtime::Handle;

/// All of them, in their order.
pub const ALL: [(&str, Check); 13] = [
    ("what stands there", stands),
    ("assessment", assessment),
    ("assessment with photos", photos),
    ("photos of 12 MB", large),
    ("sent again", again),
    ("other content under the same id", conflict),
    ("no assessment", nonsense),
    ("hostile texts", hostile_texts),
    ("altered photo", altered),
    ("hostile names", hostile_names),
    ("cut off and sent again", cut),
    ("eight at once", at_once),
    ("pages of the app are let in", cors),
];

fn stands(client: &Client) -> Result<String> {
    let nobody = sample::envelope(&[])?.id;
    match Handle::current().block_on(delivery::probe(client, client.endpoint(), nobody)) {
        Ok(Probed::Receives | Probed::Answers) => Ok("it answers".to_owned()),
        Err(error) => bail!("the app's trial says: {}", said(&error)),
    }
}

fn assessment(client: &Client) -> Result<String> {
    Ok(Carried::of(&[])?.arrives(client)?.words().to_owned())
}

/// Photos of usual sizes, more than fit one form, and one as large as a phone ever sends.
fn photos(client: &Client) -> Result<String> {
    let arrived = Carried::of(&[90, 300_000, 400_000, 500_000, 1_500_000])?.arrives(client)?;
    Ok(format!("five of 2.7 MB: {}", arrived.words()))
}

/// As much as a sheet with many photos that no phone could scale; less where the endpoint says that it takes less.
fn large(client: &Client) -> Result<String> {
    let all = 12_000_000;
    let one = client.endpoint().limit.map_or(all / 4, |limit| usize::try_from(limit / 8).unwrap_or(all).min(all / 4));
    let arrived = Carried::of(&[one; 4])?.arrives(client)?;
    Ok(format!("four of {} kB: {}", one / 1_000, arrived.words()))
}

/// A form names its files; whatever it calls them, none is taken for what it is not.
fn hostile_names(client: &Client) -> Result<String> {
    if client.endpoint().profile != Profile::Multipart {
        return Ok("left out: files have no names here".to_owned());
    }
    let carried = Carried::of(&[1_000])?;
    let document = carried.entry()?.document;
    let photo = carried.photos.values().next().context("a photo")?;
    for name in ["../../x.php", "x.php", "..\\\\x.php", "%2e%2e%2fx.php", "", "assessment.json", &"0".repeat(64)] {
        let mut body = part("name=\"assessment\"", document.as_bytes());
        body.extend(part(&format!("name=\"evidence[]\"; filename=\"{name}\""), photo));
        body.extend(b"--x--\r\n");
        let headers = vec![("content-type", "multipart/form-data; boundary=x".to_owned())];
        let answer = client.ask(Ask { method: "POST", below: String::new(), headers, body: &body, cut: None })?;
        let named = receipt::stored(&answer.body).is_ok_and(|receipt| !receipt.evidence.is_empty());
        ensure!(!named && answer.status < 500, "a file “{}” was answered with {}", shown(name), answer.said());
    }
    carried.arrives(client)?;
    Ok("no photo is proved by any of them".to_owned())
}

/// A part of a form, with what stands before it.
fn part(head: &str, content: &[u8]) -> Vec<u8> {
    [b"--x\r\nContent-Disposition: form-data; ", head.as_bytes(), b"\r\n\r\n", content, b"\r\n"].concat()
}

fn again(client: &Client) -> Result<String> {
    let carried = Carried::of(&[20_000])?;
    let (first, second) = (carried.arrives(client)?, carried.arrives(client)?);
    if let (Arrived::Proved(first), Arrived::Proved(second)) = (&first, &second) {
        ensure!(first.evidence == second.evidence, "another receipt than the first time");
        ensure!(first.received_at == second.received_at, "it says that it was received anew");
    }
    Ok(second.words().to_owned())
}

/// Whether the endpoint proves what it has: of one that only accepts nothing more can be seen from here.
fn proves(client: &Client) -> Result<bool> {
    Ok(matches!(Carried::of(&[])?.arrives(client)?, Arrived::Proved(_)))
}

const UNSEEN: &str = "cannot be seen: it gives no proof";

/// Makes sure that it was refused for what it is.
fn refused(outcome: Result<delivery::Answer, SendError>, what: &str) -> Result<String> {
    match outcome {
        Ok(_) => bail!("{what} was taken"),
        Err(error) if error.retry() == Retry::SetAside => Ok(said(&error)),
        Err(error) => bail!("{what} was not refused for what it is: {}", said(&error)),
    }
}

fn conflict(client: &Client) -> Result<String> {
    if !proves(client)? {
        return Ok(UNSEEN.to_owned());
    }
    let carried = Carried::of(&[])?;
    carried.arrives(client)?;
    let said = refused(carried.otherwise().send(client)?.outcome, "other content")?;
    carried.arrives(client)?;
    Ok(format!("{said}, the first one stands"))
}

/// What the app's way to send makes of a document that is none.
fn post(client: &Client, document: &str) -> Result<Answer> {
    let (media_type, body) = match client.endpoint().profile {
        Profile::Multipart => {
            let mut body = part("name=\"assessment\"", document.as_bytes());
            body.extend(b"--x--\r\n");
            ("multipart/form-data; boundary=x", body)
        }
        Profile::Json => ("application/json", document.as_bytes().to_vec()),
        _ => ("text/plain;charset=UTF-8", document.as_bytes().to_vec()),
    };
    let headers = vec![("content-type", media_type.to_owned())];
    client.ask(Ask { method: "POST", below: String::new(), headers, body: &body, cut: None })
}

fn nonsense(client: &Client) -> Result<String> {
    if client.endpoint().profile.address_is_secret() {
        return Ok("left out: what such a host answers stands behind a redirect".to_owned());
    }
    let deep = "[".repeat(100_000);
    for document in ["", "{", "{}", "[]", "null", "{\"envelope\":{},\"envelope\":{}}", deep.as_str()] {
        let answer = post(client, document)?;
        // Who only accepts may take whatever comes: it proves nothing by it. A receipt would.
        let receipt = receipt::stored(&answer.body).is_ok();
        ensure!(!receipt && answer.status < 500, "“{document:.30}” was answered with {}", answer.said());
    }
    Ok("no receipt for any of them".to_owned())
}

fn hostile_texts(client: &Client) -> Result<String> {
    let mut carried = Carried::of(&[])?;
    let hostile =
        "'; DROP TABLE submissions; -- <script>alert(1)</script> =1+1 \u{202e}⭐\u{1f31f} \u{7f} \u{7} \"\\/ \u{2028}";
    carried.envelope.subject.business = hostile.to_owned();
    carried.envelope.subject.owner = hostile.repeat(20);
    carried.envelope.assessor.name = format!("@{hostile}");
    // The sum in a receipt is of what was received: it proves that every letter came.
    match carried.arrives(client)? {
        Arrived::Proved(_) => Ok("kept letter by letter".to_owned()),
        Arrived::Taken => Ok("accepted, no proof given".to_owned()),
    }
}

fn altered(client: &Client) -> Result<String> {
    if !proves(client)? {
        return Ok(UNSEEN.to_owned());
    }
    let carried = Carried::of(&[50_000])?;
    let said = match carried.altered()?.send(client)?.outcome {
        Ok(delivery::Answer::Receipt(receipt)) => {
            let unproved = carried.entry()?.unproved(&receipt);
            ensure!(!unproved.is_empty(), "it was taken for the photo itself");
            "the receipt does not name it".to_owned()
        }
        outcome => refused(outcome, "another photo")?,
    };
    carried.arrives(client)?;
    Ok(format!("{said}, the right one is taken afterwards"))
}

fn cut(client: &Client) -> Result<String> {
    let carried = Carried::of(&[400_000])?;
    client.cut_next(200_000);
    // Nobody answers to what broke off; what counts is how things stand then.
    carried.send(client)?;
    Ok(carried.arrives(client)?.words().to_owned())
}

fn at_once(client: &Client) -> Result<String> {
    let carried = Carried::of(&[30_000])?;
    let arrived = carried.eight_times(client)?;
    let receipts: Vec<_> = arrived.iter().filter_map(Arrived::receipt).collect();
    ensure!(receipts.is_empty() || receipts.len() == arrived.len(), "{} were proved", receipts.len());
    let first = receipts.first();
    let same = |other: &&Receipt| first.is_some_and(|first| first.received_at == other.received_at);
    ensure!(receipts.iter().all(same), "it was received more than once");
    Ok(format!("eight times: {}", arrived.first().map_or("", Arrived::words)))
}

fn cors(client: &Client) -> Result<String> {
    let authorized = client.endpoint().headers().next().map(|_| "authorization");
    match client.endpoint().profile {
        Profile::Json => {
            let own = ["content-digest", "content-type", "idempotency-key"];
            let asked: Vec<&str> = authorized.into_iter().chain(own).collect();
            asks(client, "POST", "", &asked.join(","))?;
        }
        // A form and a plain text are asked for beforehand only where a header says who sends.
        Profile::Multipart if authorized.is_some() => asks(client, "POST", "", "authorization")?,
        _ => {}
    }
    if client.endpoint().profile.address_is_secret() {
        return Ok("left out: whether the last host lets pages in, a browser alone can say".to_owned());
    }
    let entry = Carried::of(&[])?.entry()?;
    lets_in(client, &post(client, &entry.document)?, "the answer")?;
    lets_in(client, &post(client, "{")?, "a refusal")?;
    Ok(format!("from {}", shown(client.origin())))
}
