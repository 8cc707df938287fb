//! The rubrics that ship with the product are in order.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/files.rs"]
mod common;

use bintang_domain::{answers::Answers, rubric, score};

#[test]
fn every_shipped_rubric_is_clean() {
    let files = common::shipped();
    assert_eq!(files.len(), 5);
    for file in files {
        let reading = rubric::read(&common::bytes(&file));
        assert_eq!(reading.problems, Vec::new(), "{}", file.display());
        let rubric = reading.rubric.unwrap();
        assert!(!rubric.criteria.is_empty());
        assert_eq!(rubric.languages(), ["id", "en"]);
        for (place, criterion) in rubric.criteria.iter().enumerate() {
            let index = rubric.index_of(criterion.id.as_str()).unwrap();
            assert_eq!(index.0, place);
            assert!(rubric.part_of(index).unwrap().criteria.contains(&place));
        }
        assert_eq!(rubric.index_of("no-such"), None);
        assert_eq!(rubric.highest_star(), 5);
        assert!((1..=5).all(|stars| rubric.coaching_for(stars).is_some()));
        assert!(rubric.panel.is_some());
    }
}

#[test]
fn an_empty_sheet_of_a_shipped_rubric_is_provisional() {
    for file in common::shipped() {
        let rubric = rubric::read(&common::bytes(&file)).rubric.unwrap();
        let score = score::score(&rubric, &Answers::default());
        assert!(!score.complete && !score.awarded && score.stars == 0, "{}", file.display());
        assert_eq!(score.unanswered.len() + score.not_asked.len(), rubric.criteria.len());
    }
}
