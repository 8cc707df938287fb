//! Checked names: of a rubric and of the things inside it.

use crate::{hex, time::Millis};
use std::{borrow::Borrow, fmt, sync::Arc};

/// Why a text is no id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadId {
    /// The text as it came.
    pub text: String,
}

impl fmt::Display for BadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is no id: 1 to 64 of A–Z a–z 0–9 . _ - are allowed", self.text)
    }
}

impl std::error::Error for BadId {}

fn item(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

fn slug(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $check:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes the text if its characters and length are allowed.
            ///
            /// # Errors
            /// [`BadId`] with the text.
            pub fn parse(text: &str) -> Result<Self, BadId> {
                if $check(text) { Ok(Self(text.into())) } else { Err(BadId { text: text.to_owned() }) }
            }

            /// Stands where a file's id could not be read; no text parses to it.
            pub(crate) fn placeholder() -> Self {
                Self("?".into())
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

id! {
    /// A rubric's id: a slug of 1 to 64 of a–z, 0–9 and the hyphen.
    RubricId, slug
}
id! {
    /// The id of a part, group or criterion: unique in its rubric.
    NodeId, item
}
id! {
    /// The id of an option, case or checklist item: unique in its criterion (options: in their case).
    ChoiceId, item
}
id! {
    /// The id of a requirement.
    RequirementId, item
}
id! {
    /// The id of a knockout.
    KnockoutId, item
}

/// Where the hyphens stand in a UUID's text (RFC 9562, section 4).
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

fn uuid_text(bytes: &[u8; 16]) -> String {
    let mut text = hex::write(bytes);
    HYPHENS.into_iter().for_each(|place| text.insert(place, '-'));
    text
}

fn uuid_bytes(text: &str) -> Option<[u8; 16]> {
    let hyphens = HYPHENS.into_iter().all(|place| text.as_bytes().get(place) == Some(&b'-'));
    let digits: Vec<u8> = text.bytes().filter(|byte| *byte != b'-').collect();
    if hyphens && text.len() == 36 { hex::read(&digits) } else { None }
}

macro_rules! uuid {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// A new one (RFC 9562, version 7) of the moment and ten random bytes.
            #[must_use]
            pub fn new(now: Millis, random: &[u8; 10]) -> Self {
                let [_, _, millis @ ..] = u64::try_from(now.0).unwrap_or(0).to_be_bytes();
                let mut bytes = [0; 16];
                let (time, rest) = bytes.split_at_mut(millis.len());
                time.copy_from_slice(&millis);
                rest.copy_from_slice(random);
                // Version and variant (RFC 9562, sections 4.1 and 4.2).
                bytes[6] = bytes[6] & 0x0f | 0x70;
                bytes[8] = bytes[8] & 0x3f | 0x80;
                Self(bytes)
            }

            /// Reads the hyphenated form in lower case, and only that.
            ///
            /// # Errors
            /// [`BadId`] with the text.
            pub fn parse(text: &str) -> Result<Self, BadId> {
                uuid_bytes(text).map(Self).ok_or_else(|| BadId { text: text.to_owned() })
            }

            /// Stands where a record's id could not be read.
            pub(crate) const fn placeholder() -> Self {
                Self([0; 16])
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&uuid_text(&self.0))
            }
        }
    };
}

uuid! {
    /// Names an assessment from its first answer on; never changes.
    AssessmentId
}
uuid! {
    /// Names one finishing of an assessment: the idempotency key and the name in all URLs.
    SubmissionId
}
uuid! {
    /// Names a photo in its assessment.
    PhotoId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_hold_only_what_the_format_allows() {
        assert!(NodeId::parse("A.I.1_b-c").is_ok());
        assert!(NodeId::parse("").is_err());
        assert!(NodeId::parse("a/b").is_err());
        assert!(NodeId::parse(&"a".repeat(65)).is_err());
        assert!(RubricId::parse("id-ovop-food").is_ok());
        assert!(RubricId::parse("Food").is_err());
    }

    #[test]
    fn uuids_are_version_7_and_read_back() {
        let id = SubmissionId::new(Millis(1_764_000_000_000), &[7; 10]);
        assert_eq!(SubmissionId::parse(&id.to_string()), Ok(id));
        assert_eq!(id.to_string().as_bytes()[14], b'7');
        assert!(SubmissionId::parse(&id.to_string().to_uppercase()).is_err());
        for text in ["../x", "", "019ab3c4-0000-7000-8000-00000000000", "019ab3c40000-7000-8000-0000-00000000"] {
            assert!(SubmissionId::parse(text).is_err(), "{text}");
        }
        let text = "019aafb7-5c00-7707-8707-070707070707";
        assert_eq!(SubmissionId::parse(text).map(|id| id.to_string()).as_deref(), Ok(text));
        assert!(SubmissionId::new(Millis(1), &[0; 10]) < SubmissionId::new(Millis(2), &[0; 10]));
    }
}
