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

/// What a browser or a tool is told when it must say who it is.
pub(super) const CHALLENGE: HeaderValue = HeaderValue::from_static("Bearer");

/// Who sends: a team, or nobody known where the receiver has no tokens. What is stored names nobody with the empty text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Caller(Option<String>);

impl Caller {
    /// Reads `Authorization: Bearer …` (RFC 6750, section 2.1), and asks whether it allows this.
    pub(super) async fn of(receiver: &Receiver, head: &HeaderMap, scope: Scope) -> Result<Self, Problem> {
        let Some(said) = head.get(AUTHORIZATION) else {
            if receiver.store.has_tokens().await? {
                let detail = "This receiver takes nothing without a token. Ask whoever runs it for one.";
                return Err(Problem::new(StatusCode::UNAUTHORIZED, "no_token", detail));
            }
            return Ok(Self(None));
        };
        let bad = || {
            let detail = "This token is unknown here or was taken back. Ask whoever runs the receiver for another one.";
            Problem::new(StatusCode::UNAUTHORIZED, "bad_token", detail)
        };
        let (scheme, token) = said.to_str().ok().and_then(|said| said.split_once(' ')).ok_or_else(bad)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(bad());
        }
        let grant = receiver.store.grant_of(&Token::of(token.trim())).await?.ok_or_else(bad)?;
        if grant.scopes.contains(&scope) {
            return Ok(Self(Some(grant.team.as_str().to_owned())));
        }
        let detail = format!("This token does not allow “{}”.", scope.word());
        Err(Problem::new(StatusCode::FORBIDDEN, "no_scope", detail))
    }

    /// What is stored as the team.
    pub(super) fn team(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
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
