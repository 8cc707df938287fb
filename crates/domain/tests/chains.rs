//! Criteria that hang on each other, thousands in a row: nothing runs too deep, and nothing takes long.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use bintang_domain::{
    answers::{Answer, Answers},
    id::{ChoiceId, NodeId},
    next::next,
    points::Fraction,
    rubric::{self, CriterionIndex, ProblemCode, Rubric},
    score::{self, Scorer},
};
use serde_json::{Value, json};
use std::sync::Arc;

/// Each criterion hangs on the next one, the last one on none (or, in a circle, on the first).
fn chain(length: usize, backwards: bool, circle: bool) -> Vec<u8> {
    let place = |index: usize| if backwards { length - 1 - index } else { index };
    let mut nodes: Vec<Value> = Vec::new();
    for index in 0..length {
        let mut node = json!({"id": format!("c{index}"), "label": "c", "max": 1, "options": [
            {"id": "a", "label": "a", "points": 1}, {"id": "z", "label": "z", "points": 0},
        ]});
        if place(index) > 0 || circle {
            let on = if backwards { (index + 1) % length } else { (index + length - 1) % length };
            node["applies_when"] = json!({"criterion": format!("c{on}"), "at_least": 1});
        }
        nodes.push(node);
    }
    let file = json!({
        "format": "bintang-rubric/1", "id": "chain", "version": "1", "title": "Chain", "language": "en",
        "max": length, "bands": [{"stars": 2, "from": length}, {"stars": 1, "from": 1}],
        "parts": [{"id": "P", "label": "P", "max": length, "nodes": nodes}],
    });
    file.to_string().into_bytes()
}

fn option(id: &str) -> Answer {
    Answer::Option(ChoiceId::parse(id).unwrap())
}

fn all(rubric: &Rubric, id: &str) -> Answers {
    let of = |criterion: &rubric::Criterion| (criterion.id.clone(), option(id));
    Answers { criteria: rubric.criteria.iter().map(of).collect(), ..Answers::default() }
}

#[test]
fn a_long_chain_is_read_and_scored_from_both_ends() {
    const LENGTH: usize = 4_000;
    for backwards in [false, true] {
        let reading = rubric::read(&chain(LENGTH, backwards, false));
        assert_eq!(reading.problems, Vec::new());
        let rubric = Arc::new(reading.rubric.unwrap());
        let empty = score::score(&rubric, &Answers::default());
        assert_eq!((empty.unanswered.len(), empty.not_asked.len()), (1, LENGTH - 1));
        let best = all(&rubric, "a");
        let mut scorer = Scorer::with_answers(Arc::clone(&rubric), &best);
        assert_eq!((scorer.score().total, scorer.score().stars), (Fraction::from(rubric.max), 2));
        // The one that everything hangs on: everything goes, and comes back.
        let root = if backwards { LENGTH - 1 } else { 0 };
        scorer.set(CriterionIndex(root), Some(&option("z")));
        let mut without = best.clone();
        without.criteria.insert(NodeId::parse(&format!("c{root}")).unwrap(), option("z"));
        assert_eq!(scorer.score(), score::score(&rubric, &without));
        assert_eq!((scorer.score().total, scorer.score().not_asked.len()), (Fraction::ZERO, LENGTH - 1));
        scorer.set(CriterionIndex(root), Some(&option("a")));
        assert_eq!(scorer.score(), score::score(&rubric, &best));
    }
}

#[test]
fn the_way_up_leads_through_a_chain() {
    for backwards in [false, true] {
        let rubric = rubric::read(&chain(300, backwards, false)).rubric.unwrap();
        // Everything is there but the one that all hangs on.
        let root = if backwards { 299 } else { 0 };
        let mut answers = all(&rubric, "a");
        answers.criteria.insert(rubric.criteria[root].id.clone(), option("z"));
        let way_up = next(&rubric, &answers).unwrap();
        assert_eq!((way_up.stars, way_up.steps, way_up.criteria), (2, 1, 1));
        assert_eq!(way_up.raise[0].criterion, CriterionIndex(root));
    }
}

#[test]
fn a_long_circle_is_told_once() {
    for backwards in [false, true] {
        let reading = rubric::read(&chain(4_000, backwards, true));
        let codes: Vec<_> = reading.errors().map(|problem| problem.code).collect();
        assert_eq!(codes, [ProblemCode::ConditionCircle]);
    }
}
