//! How long reading, scoring and the way up take. `cargo bench -p bintang-domain`; figures stand in docs/performance.md.

#![allow(clippy::expect_used, clippy::indexing_slicing)]

use bintang_domain::{
    answers::{Answer, Answers},
    id::ChoiceId,
    next,
    rubric::{self, CriterionIndex, CriterionKind, Rubric},
    score::{self, Scorer},
    wire,
};
use divan::Bencher;
use serde_json::{Value, json};
use std::sync::Arc;

fn main() {
    divan::main();
}

const SIZES: [usize; 5] = [30, 100, 300, 1_000, 2_000];

/// A rubric file of so many criteria in parts of ten, each with four options, every third with a gate, every tenth
/// behind a condition.
fn file(criteria: usize) -> Vec<u8> {
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

fn read(criteria: usize) -> Arc<Rubric> {
    Arc::new(rubric::read(&file(criteria)).rubric.expect("a good rubric"))
}

/// Every criterion at its second option.
fn sheet(rubric: &Rubric) -> Answers {
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

#[divan::bench(args = SIZES)]
fn read_and_check_a_rubric(bencher: Bencher<'_, '_>, criteria: usize) {
    let file = file(criteria);
    bencher.bench(|| rubric::read(divan::black_box(&file)));
}

#[divan::bench(args = SIZES)]
fn score_a_sheet(bencher: Bencher<'_, '_>, criteria: usize) {
    let rubric = read(criteria);
    let answers = sheet(&rubric);
    bencher.bench(|| score::score(divan::black_box(&rubric), divan::black_box(&answers)));
}

#[divan::bench(args = SIZES)]
fn one_edit_to_the_new_score(bencher: Bencher<'_, '_>, criteria: usize) {
    let rubric = read(criteria);
    let mut scorer = Scorer::with_answers(rubric.clone(), &sheet(&rubric));
    let options = ["c", "d"].map(|id| ChoiceId::parse(id).map(Answer::Option).expect("an id"));
    let mut turn = 0;
    bencher.bench_local(|| {
        turn += 1;
        scorer.set(CriterionIndex(turn % criteria), options.get(turn % 2));
        scorer.score()
    });
}

#[divan::bench(args = [30, 100, 300])]
fn the_way_up(bencher: Bencher<'_, '_>, criteria: usize) {
    let rubric = read(criteria);
    let answers = sheet(&rubric);
    let score = score::score(&rubric, &answers);
    assert!(next::next_of(&rubric, &answers, &score).is_some_and(|next| next.steps > 0));
    bencher.bench(|| next::next_of(divan::black_box(&rubric), divan::black_box(&answers), &score));
}

#[divan::bench(args = [false, true])]
fn a_line_of_a_batch(bencher: Bencher<'_, '_>, with_next: bool) {
    let rubric = read(30);
    let sheet = bintang_domain::answers::Sheet {
        rubric: rubric.id.clone(),
        version: rubric.version.clone(),
        answers: sheet(&rubric),
    };
    let line = wire::answers::write(&sheet).to_string();
    bencher.bench(|| {
        let value = wire::json::read_in_place(divan::black_box(line.as_bytes())).expect("JSON");
        let sheet = wire::answers::read(&value).expect("a sheet");
        assert!(sheet.check(&rubric).is_empty());
        let score = score::score(&rubric, &sheet.answers);
        let next = if with_next { next::next_of(&rubric, &sheet.answers, &score) } else { None };
        wire::score::write(&rubric, &score, next.as_ref())
    });
}
