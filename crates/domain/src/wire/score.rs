//! Writing a score: the `result` of the command line and of the upload contract.

use super::{canonical, envelope::withheld_word};
use crate::{
    next::{Goal, Next},
    points::{Fraction, Points},
    rubric::{CriterionIndex, Rubric},
    score::Score,
};
use serde_json::{Map, Number, Value};
use std::fmt::{Display, Write as _};

/// The score as JSON text, in its canonical form, with exactly the keys of the format. The way up is reckoned apart;
/// without one `next` is `null`.
#[must_use]
pub fn write(rubric: &Rubric, score: &Score, next: Option<&Next>) -> String {
    let id = |out: &mut Text, index: &CriterionIndex| {
        out.text(rubric.criterion(*index).map_or("", |criterion| criterion.id.as_str()));
    };
    let mut out = Text(String::with_capacity(1_024));
    out.object(|out| {
        out.member("awarded").plain(score.awarded);
        match score.cap {
            Some(cap) => out.member("cap").plain(cap),
            None => out.member("cap").plain("null"),
        }
        out.member("complete").plain(score.complete);
        out.member("max").points(score.max);
        out.member("missed_gates").list(&score.missed_gates, |out, gate| {
            out.object(|out| {
                id(out.member("criterion"), &gate.criterion);
                out.member("has").points(gate.has);
                out.member("needs").points(gate.needs);
                out.member("star").plain(gate.star);
            });
        });
        match next {
            Some(next) => write_next(out.member("next"), rubric, next),
            None => out.member("next").plain("null"),
        }
        out.member("not_asked").list(&score.not_asked, id);
        out.member("parts").list(&score.parts, |out, part| {
            out.object(|out| {
                out.member("id").text(part.id.as_str());
                out.member("max").points(part.max);
                out.member("points").fraction(part.points);
            });
        });
        out.member("rubric").object(|out| {
            out.member("id").text(rubric.id.as_str());
            out.member("version").text(&rubric.version);
        });
        out.member("stars").plain(score.stars);
        out.member("stars_by_gates").plain(score.stars_by_gates);
        out.member("stars_by_points").plain(score.stars_by_points);
        out.member("total").fraction(score.total);
        out.member("unanswered").list(&score.unanswered, id);
        out.member("unknown_requirements").list(&score.unknown_requirements, |out, id| out.text(id.as_str()));
        match score.withheld {
            Some(withheld) => out.member("withheld").text(withheld_word(withheld)),
            None => out.member("withheld").plain("null"),
        }
    });
    out.0
}

fn write_next(out: &mut Text, rubric: &Rubric, next: &Next) {
    out.object(|out| {
        out.member("criteria").plain(next.criteria);
        out.member("raise").list(&next.raise, |out, raise| {
            out.object(|out| {
                if let Some(case) = &raise.case {
                    out.member("case").text(case.as_str());
                }
                let id = rubric.criterion(raise.criterion).map_or("", |criterion| criterion.id.as_str());
                out.member("criterion").text(id);
                out.member("gain").points(raise.gain);
                match &raise.to {
                    Goal::Option(option) => out.member("to").text(option.as_str()),
                    Goal::None => out.member("to").text("none"),
                    Goal::Ticked(count) => out.member("to").plain(count),
                }
            });
        });
        out.member("requirements").list(&next.requirements, |out, id| out.text(id.as_str()));
        out.member("stars").plain(next.stars);
        out.member("steps").plain(next.steps);
    });
}

/// JSON text as it is written.
struct Text(String);

impl Text {
    fn object(&mut self, members: impl FnOnce(&mut Self)) {
        self.0.push('{');
        members(self);
        self.0.push('}');
    }

    /// The name of a member of an object; its value is to follow.
    fn member(&mut self, name: &str) -> &mut Self {
        // No value ends with an opening brace: texts end with a quotation mark.
        if !self.0.ends_with('{') {
            self.0.push(',');
        }
        self.text(name);
        self.0.push(':');
        self
    }

    fn list<T>(&mut self, entries: &[T], put: impl Fn(&mut Self, &T)) {
        self.0.push('[');
        for (place, entry) in entries.iter().enumerate() {
            if place > 0 {
                self.0.push(',');
            }
            put(self, entry);
        }
        self.0.push(']');
    }

    fn text(&mut self, words: &str) {
        canonical::text(words, &mut self.0);
    }

    /// What is written as it is: a number, true, false or `null`.
    fn plain(&mut self, value: impl Display) {
        // A text takes all that is written to it.
        let _ = write!(self.0, "{value}");
    }

    fn points(&mut self, points: Points) {
        match points.whole() {
            Some(whole) => self.plain(whole),
            None => self.0.push_str(&points.to_decimal()),
        }
    }

    fn fraction(&mut self, fraction: Fraction) {
        let (num, den) = (fraction.num(), fraction.den());
        self.object(|out| match (i64::try_from(num), i64::try_from(den)) {
            (Ok(num), Ok(den)) => {
                out.member("den").plain(den);
                out.member("num").plain(num);
            }
            _ => {
                out.member("den").text(&den.to_string());
                out.member("num").text(&num.to_string());
            }
        });
    }
}

/// Points as a JSON number: whole ones without a decimal point.
#[must_use]
pub fn points(points: Points) -> Value {
    match points.whole() {
        Some(whole) => whole.into(),
        // The nearest double of a decimal with two digits is written as that decimal again.
        None => Number::from_f64(f64::from(points.hundredths()) / 100.0).map_or(Value::Null, Value::Number),
    }
}

/// A fraction as `{"num", "den"}`; a number beyond 64 bits is written as text, since JSON readers would round it.
#[must_use]
pub fn fraction(fraction: Fraction) -> Value {
    let (num, den) = (fraction.num(), fraction.den());
    let mut object = Map::new();
    match (i64::try_from(num), i64::try_from(den)) {
        (Ok(num), Ok(den)) => {
            object.insert("num".to_owned(), num.into());
            object.insert("den".to_owned(), den.into());
        }
        _ => {
            object.insert("num".to_owned(), num.to_string().into());
            object.insert("den".to_owned(), den.to_string().into());
        }
    }
    Value::Object(object)
}
