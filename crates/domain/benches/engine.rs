//! How long reading, scoring and the way up take. `cargo bench -p bintang-domain`; figures stand in docs/performance.md.

#![allow(clippy::expect_used, clippy::indexing_slicing)]

#[path = "common/made.rs"]
mod made;

use bintang_domain::{
    answers::Answer,
    id::ChoiceId,
    next,
    rubric::{self, CriterionIndex},
    score::{self, Scorer},
    wire,
};
use divan::Bencher;
use made::{file, line, read, sheet};

fn main() {
    divan::main();
}

const SIZES: [usize; 5] = [30, 100, 300, 1_000, 2_000];

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
    let line = line(&rubric);
    bencher.bench(|| {
        let value = wire::json::read_in_place(divan::black_box(line.as_bytes())).expect("JSON");
        let sheet = wire::answers::read(&value).expect("a sheet");
        assert!(sheet.check(&rubric).is_empty());
        let score = score::score(&rubric, &sheet.answers);
        let next = if with_next { next::next_of(&rubric, &sheet.answers, &score) } else { None };
        wire::score::write(&rubric, &score, next.as_ref())
    });
}
