//! The results pages: what is stored, as plain pages that need no app and no script. Whoever may read signs in with the
//! token as password (RFC 7617), which browsers ask for and keep by themselves.

mod words;

use super::{
    Problem, Receiver, current_receipt,
    export::hundredths,
    read::{self, Wanted, known},
    unknown,
};
use crate::{es256::holds, store::list::Line};
use axum::{
    Router,
    extract::{FromRequestParts as _, Path, Request, State},
    http::{
        HeaderMap, HeaderValue, StatusCode, Uri,
        header::{
            CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
            WWW_AUTHENTICATE,
        },
    },
    response::{IntoResponse, Response},
    routing::get,
};
use bintang_domain::{
    digest::Digest,
    es256::{KeyName, Said},
    id::SubmissionId,
    score,
    subject::Stage,
    wire::{
        answers,
        envelope::{Envelope, EnvelopeScore, Opened},
    },
};
use jiff::Timestamp;
use maud::{DOCTYPE, Markup, html};
use words::{Language, Words};

const STYLE: &str = include_str!("results/results.css");
const CHALLENGE: HeaderValue = HeaderValue::from_static("Basic realm=\"Bintang\", charset=\"UTF-8\"");
/// Nothing but pictures and the style from here: whatever a text says, it stays a text.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// The pages.
pub(super) fn router() -> Router<Receiver> {
    Router::new()
        .route("/results", get(list))
        .route("/results/{id}", get(one))
        .route("/results/{id}/document", get(read::document))
        .route("/results/{id}/receipt", get(receipt))
        .route("/results/{id}/evidence/{sha256}", get(read::file))
        .route("/results.css", get(style))
}

/// The receipt as a file, for a phone that has no network (docs/adr/0018).
async fn receipt(
    State(receiver): State<Receiver>,
    Path(id): Path<String>,
    head: HeaderMap,
) -> Result<Response, Problem> {
    let (id, _) = known(&receiver, &head, &id).await?;
    let mut file = super::json(StatusCode::OK, current_receipt(&receiver, id).await?);
    // An id is digits and dashes.
    let named = HeaderValue::from_str(&format!("attachment; filename=\"bintang-receipt-{id}.json\""));
    file.headers_mut().extend(named.ok().map(|named| (CONTENT_DISPOSITION, named)));
    Ok(file)
}

async fn style() -> Response {
    ([(CONTENT_TYPE, "text/css"), (CACHE_CONTROL, "max-age=3600")], STYLE).into_response()
}

/// A page, with what browsers are told of it.
fn page(words: Words, status: StatusCode, title: &str, content: &Markup) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang=(words.tag) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Bintang" }
                link rel="stylesheet" href="/results.css";
            }
            body { (content) }
        }
    };
    let head = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (CONTENT_SECURITY_POLICY, POLICY),
        (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    ];
    (status, head, page.into_string()).into_response()
}

/// A refusal as a page; where nobody has signed in, the browser asks for the token.
fn refused(words: Words, problem: &Problem) -> Response {
    // A browser that said the wrong token asks for another one only where it is told so.
    let status = match problem.status() {
        StatusCode::FORBIDDEN => StatusCode::UNAUTHORIZED,
        status => status,
    };
    let text = match status {
        StatusCode::UNAUTHORIZED => words.sign_in,
        StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST => words.not_found,
        _ => words.failed,
    };
    let mut page = page(words, status, words.title, &html! { h1 { (words.title) } p { (text) } });
    if status == StatusCode::UNAUTHORIZED {
        page.headers_mut().insert(WWW_AUTHENTICATE, CHALLENGE);
    }
    page
}

/// The stars as people count them, with the number for who cannot see them.
fn stars(words: Words, number: Option<u8>) -> Markup {
    match number {
        None => html! { span class="soft" { (words.unknown_stars) } },
        Some(number) => {
            let full = "★".repeat(number.into());
            let empty = "☆".repeat(usize::from(5_u8.saturating_sub(number)));
            html! { span class="stars" role="img" aria-label=(format!("{number} {}", words.stars)) { (full) (empty) } }
        }
    }
}

fn moment(milliseconds: i64) -> String {
    let moment = Timestamp::from_millisecond(milliseconds).unwrap_or_default();
    moment.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

fn name(words: Words, product: &str) -> &str {
    if product.trim().is_empty() { words.untitled } else { product }
}

async fn list(State(receiver): State<Receiver>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    let words = Language::of(&parts.headers).words();
    parts.uri = filled(&parts.uri);
    let uri = parts.uri.clone();
    let listed = async {
        let Wanted { filter, most } = Wanted::from_request_parts(&mut parts, &receiver).await?;
        let lines = receiver.store.list(&filter, most.saturating_add(1)).await?;
        Ok((lines, most as usize, filter))
    };
    let (mut lines, most, filter) = match listed.await {
        Ok(listed) => listed,
        Err(problem) => return refused(words, &problem),
    };
    let more = lines.len() > most;
    lines.truncate(most);
    let next = lines.last().filter(|_| more).map(|line| next(&uri, &line.cursor().to_string()));
    let day = filter.since_ms.and_then(|since| Timestamp::from_millisecond(since).ok());
    let day = day.map(|day| day.strftime("%Y-%m-%d").to_string());
    let content = html! {
        h1 { (words.title) }
        form method="get" action="/results" {
            label { (words.rubric) input name="rubric" value=(filter.rubric.clone().unwrap_or_default()); }
            label {
                (words.stars)
                select name="stars" {
                    option value="" { (words.any) }
                    @for number in 0..=5_u8 {
                        option value=(number) selected[filter.stars == Some(number)] { (number) }
                    }
                }
            }
            label { (words.from_day) input type="date" name="day" value=(day.unwrap_or_default()); }
            button { (words.show) }
        }
        @if lines.is_empty() { p { (words.none) } }
        ul { @for line in &lines { (item(words, line)) } }
        @if let Some(next) = next { p { a href=(next) { (words.next) } } }
    };
    page(words, StatusCode::OK, words.title, &content)
}

/// The address as a form makes it: fields that were left empty ask for nothing, and a day begins at its midnight.
fn filled(uri: &Uri) -> Uri {
    let fields = uri.query().unwrap_or_default().split('&').filter_map(|field| field.split_once('='));
    let fields = fields.filter(|(_, value)| !value.is_empty());
    let query: Vec<String> = fields
        .map(|(name, value)| match name {
            "day" => format!("since={value}T00:00:00Z"),
            name => format!("{name}={value}"),
        })
        .collect();
    let text = if query.is_empty() { uri.path().to_owned() } else { [uri.path(), "?", &query.join("&")].concat() };
    text.parse().unwrap_or_else(|_| uri.clone())
}

/// The address of the page behind this one.
fn next(uri: &Uri, cursor: &str) -> String {
    let fields = uri.query().unwrap_or_default().split('&').filter(|field| !field.starts_with("after="));
    let mut fields: Vec<&str> = fields.filter(|field| !field.is_empty()).collect();
    let after = format!("after={cursor}");
    fields.push(&after);
    ["/results?", &fields.join("&")].concat()
}

fn item(words: Words, line: &Line) -> Markup {
    html! {
        li {
            h3 { a href=(format!("/results/{}", line.id)) { bdi { (name(words, &line.product)) } } }
            p class="soft" { bdi { (line.business) } }
            p { (stars(words, line.stars)) @if let Some((num, den)) = line.total { " " (hundredths(num, den)) } }
            p class="soft" {
                (words.received) " " (moment(line.received_at_ms))
                @if !line.team.is_empty() { " · " bdi { (line.team) } }
            }
        }
    }
}

async fn one(State(receiver): State<Receiver>, Path(id): Path<String>, head: HeaderMap) -> Response {
    let words = Language::of(&head).words();
    match found(&receiver, &head, &id).await {
        Ok(found) => {
            let title = name(words, &found.envelope.subject.product).to_owned();
            page(words, StatusCode::OK, &title, &found.view(words))
        }
        Err(problem) => refused(words, &problem),
    }
}

/// An assessment, and what was found of it.
struct Found {
    id: SubmissionId,
    envelope: Envelope,
    team: String,
    received_at: Timestamp,
    /// Whether the stored content has the digest that was reckoned when it came.
    whole: bool,
    /// The score as reckoned here; `None` where the rubric is not here.
    reckoned: Option<EnvelopeScore>,
    /// Which photos are stored.
    stored: Vec<Digest>,
    /// What was known of the sender when it came.
    sender: String,
    /// Whose signature holds now; `None` where none does.
    key: Option<KeyName>,
}

async fn found(receiver: &Receiver, head: &HeaderMap, id: &str) -> Result<Found, Problem> {
    let (id, known) = known(receiver, head, id).await?;
    let document = receiver.store.document(id).await?.ok_or_else(unknown)?;
    let opened = Opened::read(document.as_bytes()).map_err(|_| unknown())?;
    let Opened { envelope, canonical, digest, signature } = opened;
    let key = match &signature {
        Said::By(signature) if holds(signature, canonical.as_bytes()) => Some(signature.key.name()),
        Said::By(_) | Said::Unreadable | Said::Absent => None,
    };
    let stored = receiver.store.evidence(known.assessment).await?;
    let reckoned = receiver.rubrics.get(&envelope.rubric).and_then(|rubric| {
        let sheet = answers::read(&envelope.sheet).ok()?;
        Some(EnvelopeScore::new(rubric, &score::score(rubric, &sheet.answers)))
    });
    let receipt = bintang_domain::wire::receipt::stored(known.receipt.as_bytes()).map_err(|_| unknown())?;
    Ok(Found {
        id,
        whole: digest.to_string() == known.digest,
        envelope,
        team: known.team,
        received_at: receipt.received_at.parse().unwrap_or_default(),
        reckoned,
        stored: stored.into_iter().collect(),
        sender: receipt.sender,
        key,
    })
}

impl Found {
    fn view(&self, words: Words) -> Markup {
        let Envelope { subject, assessor, stage, times, .. } = &self.envelope;
        // What was reckoned here counts before what was said.
        let score = self.reckoned.as_ref().unwrap_or(&self.envelope.score);
        html! {
            p { a href="/results" { (words.back) } }
            h1 { bdi { (name(words, &subject.product)) } }
            p { (stars(words, Some(score.stars))) " " (hundredths(score.total.num, score.total.den)) }
            section class="facts" {
                dl {
                    (fact(words.business, &subject.business))
                    (fact(words.owner, &subject.owner))
                    (fact(words.village, &subject.place.village))
                    (fact(words.stage, stage_word(words, *stage)))
                    (fact(words.assessor, &[assessor.name.as_str(), assessor.office.as_str()].join(" · ")))
                    (fact(words.finished, &moment(times.finished.0)))
                    (fact(words.received, &moment(self.received_at.as_millisecond())))
                    (fact(words.team, &self.team))
                    (fact(words.rubric, &format!("{} {}", self.envelope.rubric.id, self.envelope.rubric.version)))
                }
            }
            h2 { (words.proof) }
            section class="facts" { (self.proof(words)) }
            h2 { (words.score) }
            table {
                tr { th { (words.part) } th class="number" { (words.points) } th class="number" { (words.most) } }
                @for part in &score.parts {
                    tr {
                        td { (part.id) }
                        td class="number" { (hundredths(part.points.num, part.points.den)) }
                        td class="number" { (hundredths(part.max.into(), 100)) }
                    }
                }
                tr {
                    th { (words.total) }
                    td class="number" { (hundredths(score.total.num, score.total.den)) }
                    td class="number" { (hundredths(score.max.into(), 100)) }
                }
            }
            h2 { (words.photos) }
            (self.photos(words))
            p { a href=(format!("/results/{}/document", self.id)) { (words.document) } }
            p { a href=(format!("/results/{}/receipt", self.id)) { (words.receipt) } }
        }
    }

    fn proof(&self, words: Words) -> Markup {
        let photos = self.envelope.evidence.iter().all(|file| self.stored.contains(&file.sha256));
        let checks = [
            if self.whole { (Some(true), words.whole) } else { (Some(false), words.altered) },
            match self.reckoned.as_ref().map(|reckoned| *reckoned == self.envelope.score) {
                Some(true) => (Some(true), words.same_score),
                Some(false) => (Some(false), words.other_score),
                None => (None, words.no_rubric),
            },
            if photos { (Some(true), words.all_photos) } else { (Some(false), words.some_photos) },
            self.signed(words),
        ];
        html! {
            @for (good, text) in checks {
                @match good {
                    Some(true) => p class="good" { "✓ " (text) },
                    Some(false) => p class="bad" { "✗ " (text) },
                    None => p class="soft" { "– " (text) },
                }
            }
            @if let Some(key) = &self.key {
                p class="soft" { (words.key) ": " code title=(key.0) { (key.short()) } }
            }
            @if let Some(replaces) = &self.envelope.replaces {
                p class="soft" {
                    a href=(format!("/results/{}", replaces.id)) { (words.replaces) } ": " bdi { (replaces.reason) }
                }
            }
        }
    }

    /// What is to be said of the signature, and whether it is good.
    fn signed(&self, words: Words) -> (Option<bool>, &'static str) {
        match (self.sender.as_str(), &self.key) {
            ("absent", None) => (None, words.unsigned),
            ("valid-known", Some(_)) => (Some(true), words.known_key),
            ("valid-new", Some(_)) => (Some(true), words.new_key),
            (_, Some(_)) => (None, words.other_key),
            (_, None) => (Some(false), words.bad_signature),
        }
    }

    fn photos(&self, words: Words) -> Markup {
        if self.envelope.evidence.is_empty() {
            return html! { p { (words.no_photos) } };
        }
        html! {
            ul class="photos" {
                @for file in &self.envelope.evidence {
                    @let at = format!("/results/{}/evidence/{}", self.id, file.sha256);
                    li {
                        @if self.stored.contains(&file.sha256) {
                            a href=(at) { img src=(at) alt=(file.caption) loading="lazy"; }
                        } @else {
                            p class="bad" { (words.photo_missing) }
                        }
                        p class="soft" { (file.criterion) " " bdi { (file.caption) } }
                        @if let Some(taken) = file.taken_at { p class="soft" { (moment(taken.0)) } }
                    }
                }
            }
        }
    }
}

fn fact(name: &str, fact: &str) -> Markup {
    let fact = fact.trim_matches([' ', '·']);
    html! { @if !fact.is_empty() { dt { (name) } dd { bdi { (fact) } } } }
}

fn stage_word(words: Words, stage: Stage) -> &'static str {
    match (words.tag, stage) {
        ("en", Stage::Usulan) => "proposal",
        ("en", Stage::Seleksi) => "selection",
        ("en", Stage::Evaluasi) => "evaluation",
        (_, Stage::Usulan) => "usulan",
        (_, Stage::Seleksi) => "seleksi",
        (_, Stage::Evaluasi) => "evaluasi",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_fields_ask_for_nothing() {
        let filled = |text: &str| filled(&text.parse().unwrap()).to_string();
        assert_eq!(filled("/results?rubric=&stars=&day="), "/results");
        assert_eq!(filled("/results?rubric=id-ovop-food&stars=4"), "/results?rubric=id-ovop-food&stars=4");
        assert_eq!(filled("/results?day=2026-11-01"), "/results?since=2026-11-01T00:00:00Z");
        let uri = "/results?stars=4&after=old".parse().unwrap();
        assert_eq!(next(&uri, "5.x"), "/results?stars=4&after=5.x");
        assert_eq!(next(&"/results".parse().unwrap(), "5.x"), "/results?after=5.x");
    }
}
