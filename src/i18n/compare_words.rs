//! The interface texts of comparing two assessments, behind those of endpoints.

use super::{
    Phrase,
    endpoint_words::END as BEFORE,
    keys::{Plain, Text, keys},
    later::Later,
};

/// Where the next table begins.
pub(super) const END: usize = BEFORE + COUNT;

keys! {
    Later from BEFORE;
    compare: Plain,
    compare_with: Plain,
    compare_with_hint: Plain,
    compare_same_product: Plain,
    compare_others: Plain,
    compare_none: Plain,
    compare_unreadable: Plain,
    compare_before: Plain,
    compare_now: Plain,
    compare_difference: Plain,
    compare_part: Plain,
    compare_total: Plain,
    compare_points: Plain,
    compare_changed: Plain,
    compare_unchanged: Phrase,
    compare_open: Phrase,
    compare_all_same: Plain,
    compare_whole: Plain,
    compare_other_answer: Plain,
    compare_unanswered: Plain,
    compare_excluded: Plain,
    compare_not_asked: Plain,
    compare_absent: Plain,
    compare_other_rubric: Plain,
    compare_draft: Plain,
}
