//! The way up in slices: the same as at once, given up wherever it pauses, and no slice that grows with the rubric.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::expect_used)]

#[path = "common/dice.rs"]
mod dice;
#[allow(dead_code)]
#[path = "../benches/common/made.rs"]
mod made;

use bintang_domain::{
    answers::Answers,
    next::{Next, find, next_of},
    rubric::Rubric,
    score,
};
use proptest::prelude::*;
use std::{
    cell::Cell,
    future::poll_fn,
    pin::pin,
    task::{Context, Poll, Waker},
};

/// Waits once.
async fn once() {
    let mut waited = false;
    poll_fn(|_| if std::mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

/// The way up with the thread given back at each pause: what comes out, and how many pauses there were. Given up after so
/// many.
fn in_slices(rubric: &Rubric, answers: &Answers, most: usize) -> (Option<Option<Next>>, usize) {
    let score = score::score(rubric, answers);
    let pauses = Cell::new(0);
    let mut pause = async || {
        pauses.set(pauses.get() + 1);
        once().await;
    };
    let mut search = pin!(find(rubric, answers, &score, &mut pause));
    let mut context = Context::from_waker(Waker::noop());
    for slice in 0..=most {
        match search.as_mut().poll(&mut context) {
            Poll::Ready(found) => return (Some(found), pauses.get()),
            Poll::Pending => assert_eq!(pauses.get(), slice + 1, "it waits for its pauses only"),
        }
    }
    (None, pauses.get())
}

fn at_once(rubric: &Rubric, answers: &Answers) -> Option<Next> {
    next_of(rubric, answers, &score::score(rubric, answers))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn in_slices_it_is_the_same_way(rubric in dice::rubrics(true, true), edits in dice::edits()) {
        let (answers, _) = dice::filled(&rubric, &edits);
        let (found, _) = in_slices(&rubric, &answers, usize::MAX - 1);
        prop_assert_eq!(found, Some(at_once(&rubric, &answers)));
    }
}

#[test]
fn a_large_rubric_pauses_often_and_comes_to_the_same() {
    let pauses = [30, 100, 300].map(|criteria| {
        let rubric = made::read(criteria);
        let answers = made::sheet(&rubric);
        let (found, pauses) = in_slices(&rubric, &answers, usize::MAX - 1);
        assert!(found.as_ref().is_some_and(Option::is_some));
        assert_eq!(found, Some(at_once(&rubric, &answers)), "{criteria}");
        pauses
    });
    // The work grows with more than the square of the criteria, the slices do not grow.
    assert!(pauses[1] >= 10 * pauses[0].max(1), "{pauses:?}");
    assert!(pauses[2] >= 10 * pauses[1], "{pauses:?}");
}

#[test]
fn a_search_that_nobody_wants_ends_at_its_pause() {
    let rubric = made::read(300);
    let answers = made::sheet(&rubric);
    assert_eq!(in_slices(&rubric, &answers, 2), (None, 3));
}
