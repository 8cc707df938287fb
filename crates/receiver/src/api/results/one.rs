//! The page of one assessment, and its receipt as a file.

use super::{
    moment, name, page, refused, stars,
    words::{Language, Words},
};
use crate::{
    api::{Problem, Receiver, current_receipt, export::hundredths, json, read::known, unknown},
    sender::Signer,
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header::CONTENT_DISPOSITION},
    response::Response,
};
use bintang_domain::{
    digest::Digest,
    es256::KeyName,
    id::SubmissionId,
    score,
    subject::Stage,
    wire::{
        answers,
        envelope::{Envelope, EnvelopeScore, Opened},
        receipt,
    },
};
use jiff::Timestamp;
use maud::{Markup, html};

/// The receipt as a file, for a phone that has no network (docs/adr/0018).
pub(super) async fn receipt_file(
    State(receiver): State<Receiver>,
    Path(id): Path<String>,
    head: HeaderMap,
) -> Result<Response, Problem> {
    let (id, _) = known(&receiver, &head, &id).await?;
    let mut file = json(StatusCode::OK, current_receipt(&receiver, id).await?);
    // An id is digits and dashes.
    let named = HeaderValue::from_str(&format!("attachment; filename=\"bintang-receipt-{id}.json\""));
    file.headers_mut().extend(named.ok().map(|named| (CONTENT_DISPOSITION, named)));
    Ok(file)
}

pub(super) async fn one(State(receiver): State<Receiver>, Path(id): Path<String>, head: HeaderMap) -> Response {
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
    let key = match Signer::of(&signature, &canonical) {
        Signer::Key(key) => Some(key),
        Signer::Invalid | Signer::Nobody => None,
    };
    let stored = receiver.store.evidence(known.assessment).await?;
    let reckoned = receiver.rubrics.get(&envelope.rubric).and_then(|rubric| {
        let sheet = answers::read(&envelope.sheet).ok()?;
        Some(EnvelopeScore::new(rubric, &score::score(rubric, &sheet.answers)))
    });
    let receipt = receipt::stored(known.receipt.as_bytes()).map_err(|_| unknown())?;
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
            // It came to a receiver that did not look at signatures yet.
            ("absent", Some(_)) => (None, words.unchecked),
            ("valid-known", Some(_)) => (Some(true), words.known_key),
            ("valid-new", Some(_)) => (None, words.new_key),
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
