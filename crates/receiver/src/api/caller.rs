//! Who sends a request, and whether they may (docs/adr/0014).

use super::{Problem, Receiver, unknown};
use crate::{
    store::Known,
    tokens::{Scope, Token},
};
use axum::http::{
    HeaderMap, StatusCode,
    header::{AUTHORIZATION, HeaderValue},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use bintang_domain::digest::Digest;

/// What a browser or a tool is told when it must say who it is.
pub(super) const CHALLENGE: HeaderValue = HeaderValue::from_static("Bearer");

/// Who sends: a team, or nobody known where the receiver has no tokens. What is stored names nobody with the empty text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Caller {
    team: Option<String>,
    /// Whether it reads what other teams sent.
    reads_all: bool,
}

/// What stands for whoever asks, before anybody has looked at it: the token however it is said, or nothing.
pub(super) fn asker(said: Option<&HeaderValue>) -> Digest {
    let token = said.and_then(|said| said.to_str().ok()).and_then(|said| secret(said, Scope::Read));
    Digest::of(token.as_deref().unwrap_or_default().trim().as_bytes())
}

/// The token: `Bearer …` (RFC 6750, section 2.1). Who only reads may say it as the password of `Basic …` (RFC 7617),
/// whatever the name: browsers ask for it by themselves, and say it again to whatever page asks them, so it never writes.
fn secret(said: &str, scope: Scope) -> Option<String> {
    let (scheme, rest) = said.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.to_owned());
    }
    let basic = scope == Scope::Read && scheme.eq_ignore_ascii_case("basic");
    let pair = basic.then(|| STANDARD.decode(rest.trim()).ok()).flatten()?;
    let (_, password) = std::str::from_utf8(&pair).ok()?.split_once(':')?;
    Some(password.to_owned())
}

impl Caller {
    /// Reads `Authorization`, and asks whether it allows this.
    pub(super) async fn of(receiver: &Receiver, head: &HeaderMap, scope: Scope) -> Result<Self, Problem> {
        if !receiver.store.has_tokens().await? {
            // Whatever a phone or a proxy says of itself: nobody is known here yet.
            return Ok(Self { team: None, reads_all: false });
        }
        let Some(said) = head.get(AUTHORIZATION) else {
            let detail = "This receiver takes nothing without a token. Ask whoever runs it for one.";
            return Err(Problem::new(StatusCode::UNAUTHORIZED, "no_token", detail));
        };
        let bad = || {
            let detail = "This token is unknown here or was taken back. Ask whoever runs the receiver for another one.";
            Problem::new(StatusCode::UNAUTHORIZED, "bad_token", detail)
        };
        let token = said.to_str().ok().and_then(|said| secret(said, scope)).ok_or_else(bad)?;
        let grant = receiver.store.grant_of(&Token::of(token.trim())).await?.ok_or_else(bad)?;
        let reads_all = grant.scopes.contains(&Scope::ReadAll);
        if grant.scopes.contains(&scope) || (scope == Scope::Read && reads_all) {
            return Ok(Self { team: Some(grant.team.as_str().to_owned()), reads_all });
        }
        let detail = format!("This token does not allow “{}”.", scope.word());
        Err(Problem::new(StatusCode::FORBIDDEN, "no_scope", detail))
    }

    /// What is stored as the team.
    pub(super) fn team(&self) -> &str {
        self.team.as_deref().unwrap_or_default()
    }

    /// The caller, who must be known: what is stored is read by nobody without a token, also where everybody may send.
    pub(super) fn named(self) -> Result<Self, Problem> {
        if self.team.is_some() {
            return Ok(self);
        }
        let detail = "What is stored is read with a token only: `bintang token add --scopes read` makes one.";
        Err(Problem::new(StatusCode::UNAUTHORIZED, "no_token", detail))
    }

    /// Whose assessments it reads; `None` for all.
    pub(super) fn reads(&self) -> Option<String> {
        (!self.reads_all).then(|| self.team().to_owned())
    }

    /// Whether what this team sent concerns the caller: their own, and what is nobody's.
    pub(super) fn shares(&self, team: &str) -> bool {
        team.is_empty() || team == self.team()
    }

    /// What is stored, where it concerns the caller; nobody else learns that it is there.
    pub(super) fn own(&self, known: Option<Known>) -> Result<Known, Problem> {
        known.filter(|known| self.shares(&known.team)).ok_or_else(unknown)
    }
}
