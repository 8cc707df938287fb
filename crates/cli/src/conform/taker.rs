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
use anyhow::{Result, bail, ensure};
use bintang_domain::{
    delivery::{self, Probed},
    endpoint::Profile,
    outbox::{Retry, SendError},
};
use tokio::runtime::Handle;

/// All of them, in their order.
pub const ALL: [(&str, Check); 11] = [
    ("what stands there", stands),
    ("assessment", assessment),
    ("assessment with photos", photos),
    ("sent again", again),
    ("other content under the same id", conflict),
    ("no assessment", nonsense),
    ("hostile texts", hostile_texts),
    ("altered photo", altered),
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
            let part = "--x\r\nContent-Disposition: form-data; name=\"assessment\"\r\n\r\n";
            ("multipart/form-data; boundary=x", [part, document, "\r\n--x--\r\n"].concat())
        }
        Profile::Json => ("application/json", document.to_owned()),
        _ => ("text/plain;charset=UTF-8", document.to_owned()),
    };
    let headers = vec![("content-type", media_type.to_owned())];
    client.ask(Ask { method: "POST", below: String::new(), headers, body: body.as_bytes(), cut: None })
}

fn nonsense(client: &Client) -> Result<String> {
    if client.endpoint().profile.address_is_secret() {
        return Ok("left out: what such a host answers stands behind a redirect".to_owned());
    }
    let deep = "[".repeat(100_000);
    for document in ["", "{", "{}", "[]", "null", "{\"envelope\":{},\"envelope\":{}}", deep.as_str()] {
        let answer = post(client, document)?;
        // Who only accepts may take whatever comes: it proves nothing by it. A receipt would.
        let receipt = bintang_domain::wire::receipt::stored(&answer.body).is_ok();
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
    let broken = carried.send(client)?.outcome;
    ensure!(broken.is_err(), "a body that broke off was taken");
    Ok(carried.arrives(client)?.words().to_owned())
}

fn at_once(client: &Client) -> Result<String> {
    let carried = Carried::of(&[30_000])?;
    let arrived = carried.eight_times(client)?;
    let proved = arrived.iter().filter(|one| matches!(one, Arrived::Proved(_))).count();
    ensure!(proved == 0 || proved == arrived.len(), "{proved} of {} were proved", arrived.len());
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
