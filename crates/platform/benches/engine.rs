//! How long the engine takes as WebAssembly in a real browser: `cargo xtask bench-wasm`. Nothing is asserted; figures stand
//! in docs/performance.md. The fastest of many rounds counts, since a shared machine only ever adds to a time.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing)]

#[allow(dead_code)]
#[path = "../../domain/benches/common/made.rs"]
mod made;

use bintang_domain::{
    answers::{Answer, Answers},
    id::ChoiceId,
    next,
    rubric::{self, CriterionIndex, Rubric},
    score::{self, Score, Scorer},
};
use std::{
    hint::black_box,
    pin::pin,
    task::{Context, Waker},
};
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Milliseconds of a round at least: the browser's clock moves in steps of 0.1 ms.
const ROUND: f64 = 20.0;

/// Rounds of one measurement.
const ROUNDS: usize = 25;

fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).expect("a page").now()
}

/// Milliseconds of one call: the fastest round's mean.
fn fastest(mut work: impl FnMut()) -> f64 {
    let mut times = 1;
    let mut round = |times: usize| {
        let begun = now();
        for _ in 0..times {
            work();
        }
        now() - begun
    };
    // The first rounds are also those in which the browser compiles the code anew, better.
    while round(times) < ROUND {
        times *= 2;
    }
    let rounds = (0..ROUNDS).map(|_| round(times));
    rounds.fold(f64::INFINITY, f64::min) / f64::from(u32::try_from(times).expect("few"))
}

#[wasm_bindgen_test]
fn one_edit_to_the_new_score() {
    for criteria in [30, 300, 1_000, 2_000] {
        let rubric = made::read(criteria);
        let mut scorer = Scorer::with_answers(rubric.clone(), &made::sheet(&rubric));
        let options = ["c", "d"].map(|id| ChoiceId::parse(id).map(Answer::Option).expect("an id"));
        let mut turn = 0;
        let time = fastest(|| {
            turn += 1;
            scorer.set(CriterionIndex(turn % criteria), options.get(turn % 2));
            black_box(scorer.score());
        });
        console_log!("one edit to the new score, {criteria} criteria: {:.1} µs", time * 1_000.0);
    }
}

#[wasm_bindgen_test]
fn read_and_check_a_rubric() {
    for criteria in [30, 300, 2_000] {
        let file = made::file(criteria);
        let time = fastest(|| drop(black_box(rubric::read(black_box(&file)))));
        console_log!("read and check a file, {criteria} criteria: {time:.2} ms");
    }
}

#[wasm_bindgen_test]
fn the_way_up() {
    for criteria in [30, 100, 300] {
        let rubric = made::read(criteria);
        let answers = made::sheet(&rubric);
        let score = score::score(&rubric, &answers);
        let time = fastest(|| drop(black_box(next::next_of(&rubric, &answers, &score))));
        let slices: Vec<(f64, usize)> = (0..10).map(|_| longest_slice(&rubric, &answers, &score)).collect();
        let longest = slices.iter().map(|(longest, _)| *longest).fold(f64::INFINITY, f64::min);
        let pauses = slices[0].1;
        console_log!(
            "the way up, {criteria} criteria: {time:.2} ms; {pauses} pauses, {longest:.1} ms between two at most"
        );
    }
}

/// Milliseconds of the longest slice of one search, and how many pauses there were.
fn longest_slice(rubric: &Rubric, answers: &Answers, score: &Score) -> (f64, usize) {
    let (mut longest, mut pauses, mut since) = (0.0_f64, 0, now());
    let mut pause = async || {
        longest = longest.max(now() - since);
        pauses += 1;
        since = now();
    };
    {
        // No pause waits, so it is done at once.
        let search = pin!(next::find(rubric, answers, score, &mut pause));
        assert!(search.poll(&mut Context::from_waker(Waker::noop())).is_ready());
    }
    (longest.max(now() - since), pauses)
}
