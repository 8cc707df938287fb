//! Rubrics and sheets of any size, made for measuring.

use bintang_domain::{
    answers::{Answer, Answers, Sheet},
    rubric::{self, CriterionKind, Rubric},
    wire,
};
use serde_json::{Value, json};
use std::sync::Arc;

/// A rubric file of so many criteria in parts of ten, each with four options, every third with a gate, every tenth
/// behind a condition.
pub fn file(criteria: usize) -> Vec<u8> {
    let criterion = |index: usize| {
        let option = |place: usize| {
            let mut option = json!({
                "id": (["a", "b", "c", "d"].get(place)), "points": place,
                "label": {"id": format!("Pilihan {place} kriteria {index}"), "en": format!("Option {place} of {index}")},
            });
            if index.is_multiple_of(3) && place > 0 {
                option["gate"] = json!(place + 2);
            }
            option
        };
        let mut criterion = json!({
            "id": format!("c{index}"), "max": 3, "options": (0..4).map(option).collect::<Vec<_>>(),
            "label": {"id": format!("Kriteria {index}"), "en": format!("Criterion {index}")},
            "help": {"id": "Dilihat di tempat.", "en": "Looked at on the spot."},
        });
        if index % 10 == 9 {
            criterion["applies_when"] = json!({"criterion": format!("c{}", index - 1), "at_least": 1});
        }
        criterion
    };
    let part = |part: usize| {
        let nodes: Vec<Value> = (part * 10..part * 10 + 10).map(criterion).collect();
        json!({"id": format!("p{part}"), "label": "Bagian", "max": 30, "nodes": nodes})
    };
    let (parts, max) = (criteria / 10, criteria * 3);
    let band = |stars: usize| json!({"stars": stars, "from": max * (stars + 4) / 10});
    let rubric = json!({
        "format": "bintang-rubric/1", "id": "bench", "version": "1", "title": "Bench", "language": "id", "max": max,
        "parts": (0..parts).map(part).collect::<Vec<_>>(), "bands": (1..=5).rev().map(band).collect::<Vec<_>>(),
    });
    rubric.to_string().into_bytes()
}

pub fn read(criteria: usize) -> Arc<Rubric> {
    Arc::new(rubric::read(&file(criteria)).rubric.expect("a good rubric"))
}

/// Every criterion at its second option.
pub fn sheet(rubric: &Rubric) -> Answers {
    let mut answers = Answers::default();
    for criterion in &rubric.criteria {
        if let CriterionKind::Options(options) = &criterion.kind {
            answers
                .criteria
                .extend(options.get(1).map(|option| (criterion.id.clone(), Answer::Option(option.id.clone()))));
        }
    }
    answers
}

/// The same as a line of a batch.
pub fn line(rubric: &Rubric) -> String {
    let sheet = Sheet { rubric: rubric.id.clone(), version: rubric.version.clone(), answers: sheet(rubric) };
    wire::answers::write(&sheet).to_string()
}
