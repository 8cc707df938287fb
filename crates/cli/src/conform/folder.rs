//! What must hold of an endpoint that is given files and gives them back (profile `put`), played with the app's own
//! delivery.

use super::{
    Check,
    carried::{Arrived, Carried, said},
    client::{Answer, Ask, Client},
    let_in::{asks, lets_in},
    sample,
};
use crate::shown::shown;
use anyhow::{Context as _, Result, bail, ensure};
use bintang_domain::delivery::{self, Probed};
use tokio::runtime::Handle;

/// All of them, in their order.
pub const ALL: [(&str, Check); 9] = [
    ("unknown finishing", unknown),
    ("assessment", assessment),
    ("assessment with photos", photos),
    ("sent again", again),
    ("hostile texts", hostile_texts),
    ("photo of 10 MB", large),
    ("photo cut off and sent again", cut),
    ("eight at once", at_once),
    ("pages of the app are let in", cors),
];

fn unknown(client: &Client) -> Result<String> {
    let nobody = sample::envelope(&[])?.id;
    match Handle::current().block_on(delivery::probe(client, client.endpoint(), nobody)) {
        Ok(Probed::Receives | Probed::Answers) => Ok("404".to_owned()),
        Err(error) => bail!("the app's trial says: {}", said(&error)),
    }
}

fn assessment(client: &Client) -> Result<String> {
    Ok(Carried::of(&[])?.arrives(client)?.words().to_owned())
}

fn photos(client: &Client) -> Result<String> {
    let arrived = Carried::of(&[90, 300_000, 1_500_000])?.arrives(client)?;
    Ok(format!("three of 1.8 MB: {}", arrived.words()))
}

fn again(client: &Client) -> Result<String> {
    let carried = Carried::of(&[20_000])?;
    carried.arrives(client)?;
    let again = carried.send(client)?;
    ensure!(again.outcome.is_ok(), "it is not there any more");
    ensure!(!again.got_through, "it was sent anew though it was there");
    Ok("nothing is sent twice".to_owned())
}

fn hostile_texts(client: &Client) -> Result<String> {
    let mut carried = Carried::of(&[])?;
    let hostile = "'; DROP TABLE submissions; -- <script>alert(1)</script> =1+1 \u{202e}⭐\u{1f31f} \u{7} \"\\/";
    carried.envelope.subject.business = hostile.repeat(20);
    carried.arrives(client)?;
    Ok("kept letter by letter".to_owned())
}

fn large(client: &Client) -> Result<String> {
    let arrived = Carried::of(&[10_000_000])?.arrives(client)?;
    Ok(arrived.words().to_owned())
}

fn cut(client: &Client) -> Result<String> {
    let carried = Carried::of(&[400_000])?;
    client.cut_next(200_000);
    // Nobody answers to what broke off; what counts is how things stand then.
    carried.send(client)?;
    let sum = carried.envelope.evidence.first().context("a photo")?.sha256;
    let below = format!("/{}/{sum}", carried.envelope.id);
    let half = client.get(&below)?;
    let whole = carried.photos.get(&sum).is_some_and(|photo| *photo == half.body);
    ensure!(half.status != 200 || whole, "half a photo stands there under its whole name");
    Ok(format!("nothing stood there in between, then: {}", carried.arrives(client)?.words()))
}

fn at_once(client: &Client) -> Result<String> {
    let carried = Carried::of(&[30_000])?;
    let arrived = carried.eight_times(client)?;
    Ok(format!("eight times: {}", arrived.first().map_or("", Arrived::words)))
}

fn cors(client: &Client) -> Result<String> {
    let carried = Carried::of(&[])?;
    carried.arrives(client)?;
    let document = format!("/{}/assessment.json", carried.envelope.id);
    let authorized = client.endpoint().headers().next().map(|_| "authorization");
    let own = ["content-type", "if-none-match"];
    let asked: Vec<&str> = authorized.into_iter().chain(own).collect();
    asks(client, "PUT", &document, &asked.join(","))?;
    if let Some(authorized) = authorized {
        asks(client, "GET", &document, authorized)?;
        asks(client, "HEAD", &document, authorized)?;
    }
    let let_in = |answer: &Answer, what: &str| lets_in(client, answer, what);
    let there = client.get(&document)?;
    ensure!(there.status == 200, "GET was answered with {}", there.said());
    let_in(&there, "the answer to GET")?;
    let below = format!("/{}/{}", carried.envelope.id, "0".repeat(64));
    let nothing = client.ask(Ask { method: "HEAD", below, headers: Vec::new(), body: b"", cut: None })?;
    ensure!(nothing.status == 404, "HEAD of what is not there was answered with {}", nothing.status);
    let_in(&nothing, "the answer to HEAD")?;
    Ok(format!("from {}", shown(client.origin())))
}
