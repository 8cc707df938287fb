//! What must hold of any bytes that are read, whoever wrote them. The fuzz targets (`tests/fuzz`) and the tests that
//! replay what they found call the same functions: one for rubrics, one for every other document, one for bundles.

mod bundles;
mod documents;
mod sheets;

pub use bundles::bundle;
pub use documents::documents;
pub use sheets::hold as sheet;

use bintang_domain::{
    answers::Answers,
    rubric::{self, Reading},
    wire::{canonical, json},
};
use std::sync::Arc;

/// Reads the bytes as a rubric. If they are one, scores an empty sheet and some whose answers the bytes choose.
///
/// # Panics
/// Where a promise of reading or scoring is broken.
pub fn rubric(bytes: &[u8]) {
    let reading = rubric::read(bytes);
    assert_eq!(reading.rubric.is_some(), reading.errors().count() == 0, "usable is what has no error");
    let Ok(value) = json::read(bytes) else { return };
    for problem in &reading.problems {
        let parent = problem.at.rsplit_once('/').map_or("", |(parent, _)| parent);
        assert!(value.pointer(parent).is_some(), "a place that is not there: {}", problem.at);
    }
    rewritten(&reading, &canonical::write(&value));
    let Some(rubric) = reading.rubric.map(Arc::new) else { return };
    sheets::hold(&rubric, &Answers::default());
    let mut complete = Vec::new();
    for round in 0..3 {
        let answers = sheets::chosen(&rubric, bytes, round);
        sheets::hold(&rubric, &answers);
        complete.push(answers);
    }
    sheets::judged(&rubric, complete);
}

/// The canonical form of a rubric's file says the same as the file.
fn rewritten(reading: &Reading, text: &str) {
    let again = rubric::read(text.as_bytes());
    let value = json::read(text.as_bytes()).expect("what is written is JSON");
    assert_eq!(canonical::write(&value), text, "the canonical form is canonical");
    if let Some(rubric) = &reading.rubric {
        assert_eq!(again.rubric.as_ref(), Some(rubric), "the canonical form is the same rubric");
        assert_eq!(again.problems, reading.problems, "the canonical form has the same problems");
    }
}
