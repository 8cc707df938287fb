//! Signatures of who assessed and who made the product: strokes of a finger or pen, or a typed name, over the sheet as it
//! stood at that moment.

use crate::{answers::Sheet, digest::Digest, edit::Notes, time::Millis, wire};
use std::fmt::Write as _;

/// Width of the field that is signed in, in its own units; a point's first number is from 0 to this.
pub const WIDTH: u16 = 1000;
/// Height of the field, likewise.
pub const HEIGHT: u16 = 400;
/// Most points of a stroke: a bound at the door, not a size that was measured.
pub const MOST_POINTS: usize = 4000;
/// Points nearer than this to the one before say nothing new.
const NEAR: u16 = 4;

/// Who signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "lowercase"))]
pub enum Role {
    /// Who assessed.
    Assessor,
    /// Who makes the product, or speaks for them.
    Maker,
}

impl Role {
    /// Both, in the order they sign.
    pub const ALL: [Self; 2] = [Self::Assessor, Self::Maker];

    /// The word for it in records and documents.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Assessor => "assessor",
            Self::Maker => "maker",
        }
    }

    /// Reads [`Role::word`].
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// One movement of the pen: points from 0 to [`WIDTH`] and 0 to [`HEIGHT`], from the upper left.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stroke(pub Vec<(u16, u16)>);

impl Stroke {
    /// Adds a point, kept within the field; `false` where it is so near to the last that it says nothing new.
    pub fn add(&mut self, x: i32, y: i32) -> bool {
        let within = |value: i32, most: u16| u16::try_from(value.clamp(0, i32::from(most))).unwrap_or(most);
        let (x, y) = (within(x, WIDTH), within(y, HEIGHT));
        let near = |&(other_x, other_y): &(u16, u16)| x.abs_diff(other_x) < NEAR && y.abs_diff(other_y) < NEAR;
        let new = !self.0.last().is_some_and(near) && self.0.len() < MOST_POINTS;
        if new {
            self.0.push((x, y));
        }
        new
    }
}

/// Strokes as SVG path data; a stroke of one point is a dot (a line of no length, drawn by its round end).
#[must_use]
pub fn path(strokes: &[Stroke]) -> String {
    let mut path = String::new();
    for Stroke(points) in strokes {
        let Some(((x, y), rest)) = points.split_first() else { continue };
        // Writing into a text does not fail.
        let _ = write!(path, "M{x} {y}");
        if rest.is_empty() {
            path.push_str("h0");
        }
        for (x, y) in rest {
            let _ = write!(path, "L{x} {y}");
        }
    }
    path
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Signature {
    /// Who signs.
    pub role: Role,
    /// Their name as typed; where there are no strokes, it is the signature.
    pub name: String,
    /// When, by the phone's clock.
    pub at: Millis,
    /// What was signed: [`sum`] of the sheet at that moment.
    pub sheet: Digest,
    /// What was drawn: for each stroke its points one behind the other, `[x, y, x, y, …]`.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Vec<u16>>"))]
    pub strokes: Vec<Stroke>,
}

impl Signature {
    /// Whether the sheet is still the one that was signed.
    #[must_use]
    pub fn holds(&self, sheet: Digest) -> bool {
        self.sheet == sheet
    }
}

/// The SHA-256 of what is signed: the canonical JSON (RFC 8785) of `{"notes":…,"sheet":…}` as the envelope has both.
#[must_use]
pub fn sum(sheet: &Sheet, notes: &Notes) -> Digest {
    Digest::of(wire::signature::signed(sheet, notes).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stroke_keeps_what_says_something_and_stays_in_the_field() {
        let mut stroke = Stroke::default();
        assert!(stroke.add(10, 10));
        assert!(!stroke.add(12, 13));
        assert!(stroke.add(14, 10));
        assert!(stroke.add(-5, 5000));
        assert!(stroke.add(5000, -5));
        let mut endless = Stroke::default();
        (0..10_000).for_each(|at| _ = endless.add(at * 7 % 900, at * 13 % 390));
        assert_eq!(endless.0.len(), MOST_POINTS);
        assert_eq!(stroke.0, [(10, 10), (14, 10), (0, 400), (1000, 0)]);
        assert_eq!(path(&[stroke, Stroke::default(), Stroke(vec![(7, 8)])]), "M10 10L14 10L0 400L1000 0M7 8h0");
    }

    #[test]
    fn roles_read_their_words() {
        for role in Role::ALL {
            assert_eq!(Role::of_word(role.word()), Some(role));
        }
        assert_eq!(Role::of_word("x"), None);
    }
}
