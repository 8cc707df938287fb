//! The interface texts of what other apps hand over.

use super::{
    Phrase,
    keys::{Plain, Text, keys},
    later::Later,
    report_words::END as BEFORE,
};

/// Where the next table begins.
pub(super) const END: usize = BEFORE + COUNT;

keys! {
    Later from BEFORE;
    arrivals: Plain,
    arrivals_none: Plain,
    arrivals_text: Plain,
    arrivals_failed: Plain,
    arrivals_failed_text: Plain,
    arrivals_wait: Phrase,
    arrivals_open: Plain,
    arrivals_other: Plain,
    arrivals_drop: Plain,
    arrivals_drop_of: Phrase,
    arrivals_which: Plain,
    arrivals_no_sheet: Plain,
    arrivals_criterion: Plain,
    arrivals_choose: Plain,
    arrivals_keep: Plain,
    arrivals_keep_of: Phrase,
    arrivals_kept: Phrase,
    arrivals_look: Plain,
    arrivals_look_of: Phrase,
}
