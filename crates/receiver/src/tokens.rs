//! Tokens: who may send and who may read (docs/adr/0014).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use bintang_domain::digest::Digest;
use std::{error::Error, fmt};

/// How every token begins, so that a person or a scanner of secrets sees what it is.
const MARK: &str = "bintang_";
/// Most characters of a team's or a token's name.
const LONGEST_NAME: usize = 64;

/// The name of a team or of a token: 1 to 64 characters of one line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label(String);

impl Label {
    /// Reads a name as a person typed it.
    ///
    /// # Errors
    /// [`BadLabel`] where it is empty, too long, or has characters that are no text.
    pub fn parse(text: &str) -> Result<Self, BadLabel> {
        let text = text.trim();
        let fits = !text.is_empty() && text.chars().count() <= LONGEST_NAME && !text.chars().any(char::is_control);
        if fits { Ok(Self(text.to_owned())) } else { Err(BadLabel) }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name that cannot be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadLabel;

impl fmt::Display for BadLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a name has 1 to {LONGEST_NAME} characters, all in one line")
    }
}

impl Error for BadLabel {}

/// What a token allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Sending assessments and their files, and asking for their receipts.
    Upload,
    /// Lists, exports and results of the team.
    Read,
    /// The same of all teams, for whoever runs the programme.
    ReadAll,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Upload, Self::Read, Self::ReadAll];

    /// The word for it in the database and on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Upload => "upload",
            Self::Read => "read",
            Self::ReadAll => "read-all",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.word() == word)
    }
}

/// A token as its holder has it. It is shown once, when it is made, and never printed by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Makes one of 32 random bytes.
    ///
    /// # Errors
    /// The system gives no random bytes.
    pub fn make() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self([MARK, &URL_SAFE_NO_PAD.encode(bytes)].concat()))
    }

    /// Takes what a request's head has; whether it is known is asked of the database.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Its SHA-256, all that is stored of it.
    #[must_use]
    pub fn sum(&self) -> Digest {
        Digest::of(self.0.as_bytes())
    }

    /// The token itself, for the person who asked for it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// A token as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// SHA-256 of the token.
    pub sum: Digest,
    /// Whose it is.
    pub team: Label,
    /// What a person calls it.
    pub name: Label,
    /// What it allows.
    pub scopes: Vec<Scope>,
    /// When it was made, in UTC milliseconds.
    pub made_at_ms: i64,
    /// When it was taken back, in UTC milliseconds.
    pub revoked_at_ms: Option<i64>,
}

impl Grant {
    /// The beginning of its sum, by which a person names it: eight digits.
    #[must_use]
    pub fn short(&self) -> String {
        self.sum.to_string().chars().take(8).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn no_two_tokens_are_alike_and_none_is_printed_by_accident() {
        let (one, other) = (Token::make().unwrap(), Token::make().unwrap());
        assert_ne!(one.sum(), other.sum());
        assert_eq!((one.reveal().len(), one.reveal().starts_with(MARK)), (MARK.len() + 43, true));
        assert!(!format!("{one:?}").contains(one.reveal()));
        assert_eq!(Token::of(one.reveal()).sum(), one.sum());
    }

    #[test]
    fn names_are_one_line_of_text() {
        assert_eq!(Label::parse(" Tim 1 ").unwrap().as_str(), "Tim 1");
        for bad in ["", "  ", "a\nb", "a\u{0}", &"x".repeat(LONGEST_NAME + 1)] {
            assert_eq!(Label::parse(bad), Err(BadLabel), "{bad:?}");
        }
        assert_eq!(Label::parse(&"é".repeat(LONGEST_NAME)).unwrap().as_str().chars().count(), LONGEST_NAME);
    }
}
