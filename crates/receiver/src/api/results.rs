//! The results pages: what is stored, as plain pages that need no app and no script. Whoever may read signs in with the
//! token as password (RFC 7617), which browsers ask for and keep by themselves.

mod one;
mod words;

use super::{
    Problem, Receiver,
    export::hundredths,
    read::{self, Wanted},
};
use crate::store::list::Line;
use axum::{
    Router,
    extract::{FromRequestParts as _, Request, State},
    http::{
        HeaderValue, StatusCode, Uri,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, WWW_AUTHENTICATE},
    },
    response::{IntoResponse, Response},
    routing::get,
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
        .route("/results/{id}", get(one::one))
        .route("/results/{id}/document", get(read::document))
        .route("/results/{id}/receipt", get(one::receipt_file))
        .route("/results/{id}/evidence/{sha256}", get(read::file))
        .route("/results.css", get(style))
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
