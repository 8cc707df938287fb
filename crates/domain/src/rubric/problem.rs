//! What can be wrong with a rubric's file.

use super::at::At;
use crate::map::Set;
use std::fmt;

/// One fault of a rubric's file, with its place and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Whether the rubric can be used in spite of it.
    pub severity: Severity,
    /// What kind of fault.
    pub code: ProblemCode,
    /// JSON pointer (RFC 6901); empty for the whole file.
    pub at: String,
    /// A sentence in English that says what is wrong and how to mend it.
    pub message: String,
}

/// Whether a rubric with the problem can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It cannot.
    Error,
    /// It can.
    Warning,
}

impl Severity {
    /// The stable word for programs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $word:literal $severity:ident,)*) => {
        /// The kinds of faults.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ProblemCode {
            $($(#[$doc])* $name,)*
        }

        impl ProblemCode {
            /// Every code, errors first.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable word for programs.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }

            /// Whether a rubric with this fault can be used.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$name => Severity::$severity,)*
                }
            }
        }
    };
}

codes! {
    /// Over 5 MiB.
    TooLarge "too_large" Error,
    /// Not JSON.
    NotJson "not_json" Error,
    /// Not `bintang-rubric/1`.
    WrongFormat "wrong_format" Error,
    /// A value of another type than the format says.
    WrongType "wrong_type" Error,
    /// A field that must be there is not.
    MissingField "missing_field" Error,
    /// A word or number the format does not know.
    BadValue "bad_value" Error,
    /// An id with characters that are not allowed, or too long.
    BadId "bad_id" Error,
    /// An id given twice.
    DuplicateId "duplicate_id" Error,
    /// Points below -999 or above 9999.
    PointsOutOfRange "points_out_of_range" Error,
    /// Points finer than hundredths.
    PointsTooFine "points_too_fine" Error,
    /// No bands.
    NoBands "no_bands" Error,
    /// A criterion without anything to choose or tick.
    NoOptions "no_options" Error,
    /// A criterion with more than one of options, cases and checklist.
    MixedKinds "mixed_kinds" Error,
    /// An option or step above its criterion's max.
    AboveMax "above_max" Error,
    /// No option or step reaches the max.
    MaxNotReached "max_not_reached" Error,
    /// A sum that does not add up.
    SumMismatch "sum_mismatch" Error,
    /// A part whose max is 0 or less.
    PartMaxZero "part_max_zero" Error,
    /// Bands that do not fall strictly.
    BandsNotFalling "bands_not_falling" Error,
    /// A band above the max.
    BandAboveMax "band_above_max" Error,
    /// A gate on a star without a band.
    GateWithoutBand "gate_without_band" Error,
    /// A cap on a star without a band.
    CapWithoutBand "cap_without_band" Error,
    /// A higher star that asks for fewer points.
    FallingGates "falling_gates" Error,
    /// Steps of a checklist that do not fall strictly.
    StepsNotFalling "steps_not_falling" Error,
    /// A step that asks for less than one item or more than there are.
    StepOutOfItems "step_out_of_items" Error,
    /// A criterion named that is not there.
    UnknownCriterion "unknown_criterion" Error,
    /// Conditions in a circle.
    ConditionCircle "condition_circle" Error,
    /// Two options with equal points.
    EqualPoints "equal_points" Warning,
    /// A gap in the effective dates.
    EffectiveGap "effective_gap" Warning,
    /// A text that lacks a language used elsewhere.
    MissingTranslation "missing_translation" Warning,
    /// A field the format does not know.
    UnknownField "unknown_field" Warning,
    /// A star that no sheet can reach.
    UnreachableStar "unreachable_star" Warning,
    /// More problems than are listed.
    TooManyProblems "too_many_problems" Warning,
}

/// Errors listed at most, and as many warnings: a file of faults must not fill the memory.
const LISTED: usize = 5_000;

/// What was found while reading and checking.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    problems: Vec<Problem>,
    /// Places that could not be read, so that nothing is concluded from them.
    unread: Set<String>,
    checking: bool,
    errors: usize,
    warnings: usize,
}

impl Findings {
    /// Never inlined: it is called from everywhere, and what it makes is to be dropped in one place only.
    #[inline(never)]
    pub(crate) fn report(&mut self, code: ProblemCode, at: At<'_>, message: fmt::Arguments<'_>) {
        let severity = code.severity();
        let count = match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        *count += 1;
        if *count > LISTED {
            return;
        }
        let at = at.render();
        if severity == Severity::Error && !self.checking {
            self.unread.insert(at.clone());
        }
        self.problems.push(Problem { severity, code, at, message: message.to_string() });
    }

    /// From here on values are held against each other: what is found then was read well.
    pub(crate) fn begin_checking(&mut self) {
        self.checking = true;
    }

    /// Whether the value at this place was read; for a list or object, whatever became of what is in it. In a
    /// heap of errors nothing is taken for known any more.
    pub(crate) fn known(&self, at: At<'_>) -> bool {
        // In a sound file nothing is unread, and no place has to be written out.
        self.errors <= LISTED && (self.unread.is_empty() || !self.unread.contains(at.render().as_str()))
    }

    pub(crate) fn usable(&self) -> bool {
        self.errors == 0
    }

    pub(crate) fn into_problems(mut self) -> Vec<Problem> {
        if self.errors > LISTED || self.warnings > LISTED {
            let code = ProblemCode::TooManyProblems;
            let message = "There are more problems than are listed: mend these first.".to_owned();
            self.problems.push(Problem { severity: code.severity(), code, at: String::new(), message });
        }
        self.problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_codes_differ() {
        let words: std::collections::BTreeSet<&str> = ProblemCode::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(words.len(), ProblemCode::ALL.len());
    }

    #[test]
    fn only_what_was_found_while_reading_is_unknown() {
        let mut found = Findings::default();
        found.report(ProblemCode::UnknownField, At::top("a"), format_args!("A warning."));
        found.report(ProblemCode::WrongType, At::top("b"), format_args!("An error."));
        found.begin_checking();
        found.report(ProblemCode::AboveMax, At::top("c"), format_args!("Another."));
        assert!(found.known(At::written("/a")) && !found.known(At::written("/b")) && found.known(At::written("/c")));
        assert!(!found.usable());
    }
}
