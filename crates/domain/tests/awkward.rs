//! Rubrics whose parts, with something left out, have no common measure: totals outgrow what travels and what a search
//! can hold. Nothing fails badly, no star is given or promised that exact numbers would not give.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use bintang_domain::{
    answers::{Answer, Answers},
    draft::Summary,
    id::ChoiceId,
    next::next,
    rubric::{self, Rubric},
    score::score,
    wire::record,
};
use bintang_testkit::{build, reading};
use serde_json::{Value, json};
use std::sync::Arc;

/// Primes near the most points there can be, in hundredths.
const PRIMES: [u32; 12] =
    [76_003, 76_031, 76_039, 76_079, 76_081, 76_091, 76_099, 76_103, 76_123, 76_129, 76_147, 76_157];

fn number(hundredths: u32) -> Value {
    serde_json::from_str(&format!("{}.{:02}", hundredths / 100, hundredths % 100)).unwrap()
}

/// So many parts, each of one criterion of a prime and one that may be left out.
fn rubric(parts: usize) -> Arc<Rubric> {
    let mut total = 0;
    let part = |(place, prime): (usize, &u32)| {
        let max = prime + 7;
        total += max;
        json!({"id": format!("P{place}"), "label": "P", "max": number(max), "nodes": [
            {"id": format!("a{place}"), "label": "a", "max": number(*prime), "options": [
                {"id": "z", "label": "z", "points": 0},
                {"id": "m", "label": "m", "points": number(prime / 2)},
                {"id": "b", "label": "b", "points": number(*prime)},
            ]},
            {"id": format!("b{place}"), "label": "b", "max": number(7), "not_applicable": "exclude", "options": [
                {"id": "b", "label": "b", "points": number(7)},
            ]},
        ]})
    };
    let parts: Vec<Value> = PRIMES.iter().take(parts).enumerate().map(part).collect();
    let bands: Vec<Value> =
        (1..=4).rev().map(|stars| json!({"stars": stars, "from": number(total / 4 * stars)})).collect();
    let file = json!({
        "format": "bintang-rubric/1", "id": "awkward", "version": "1", "title": "Awkward", "language": "en",
        "max": number(total), "parts": parts, "bands": bands,
    });
    let reading = rubric::read(file.to_string().as_bytes());
    assert_eq!(reading.problems, Vec::new());
    Arc::new(reading.rubric.unwrap())
}

/// Everything that may be left out is, the rest has the option of this id from this place on, before it nothing.
fn answers(rubric: &Rubric, id: &str, from: usize) -> Answers {
    let of = |(place, criterion): (usize, &rubric::Criterion)| {
        let answer = match (criterion.may_exclude, place / 2 < from) {
            (true, _) => Answer::NotApplicable,
            (false, true) => Answer::Option(ChoiceId::parse("z").unwrap()),
            (false, false) => Answer::Option(ChoiceId::parse(id).unwrap()),
        };
        (criterion.id.clone(), answer)
    };
    Answers { criteria: rubric.criteria.iter().enumerate().map(of).collect(), ..Answers::default() }
}

#[test]
fn what_cannot_be_reckoned_exactly_promises_nothing() {
    for parts in 1..=PRIMES.len() {
        let rubric = rubric(parts);
        for (id, from) in [("z", 0), ("m", 0), ("b", 1), ("m", 1), ("b", parts / 2), ("b", 0)] {
            let answers = answers(&rubric, id, from);
            reading::sheet(&rubric, &answers);
            let stars = score(&rubric, &answers).stars;
            match (id, from) {
                ("b", 0) => assert_eq!(stars, 4, "{parts} parts at their best have {stars} stars"),
                ("z", _) => assert_eq!(stars, 0),
                _ => {}
            }
            // Up to three parts are within reach of exact numbers.
            assert!(parts > 3 || stars == 4 || next(&rubric, &answers).is_some(), "{parts} parts, {id} from {from}");
        }
    }
}

#[test]
fn a_draft_is_read_again_whatever_its_total_is() {
    for parts in 1..=PRIMES.len() {
        let rubric = rubric(parts);
        let score = score(&rubric, &answers(&rubric, "m", 0));
        let mut head = build::head(1, 1);
        head.summary = Summary { total: score.total, max: rubric.max, ..head.summary };
        let read = record::read_head(&record::write_head(&head)).expect("a draft that was saved can be opened");
        assert_eq!(read.summary.total.nearest_hundredth(), score.total.nearest_hundredth(), "{parts} parts");
    }
}
