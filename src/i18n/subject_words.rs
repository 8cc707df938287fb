//! The interface texts of who and what is assessed, places, and the list of criteria.

use super::{
    Phrase,
    compare_words::END as BEFORE,
    keys::{Plain, Text, keys},
    later::Later,
};

/// Where the next table begins.
pub(super) const END: usize = BEFORE + COUNT;

keys! {
    Later from BEFORE;
    subject_edit: Plain,
    subject_edit_link: Plain,
    subject_sentra: Plain,
    subject_nib: Plain,
    subject_nib_hint: Plain,
    subject_nib_wrong: Plain,
    subject_phone: Plain,
    subject_phone_wrong: Plain,
    subject_more: Plain,
    subject_keep: Plain,
    place_of: Plain,
    place_province: Plain,
    place_regency: Plain,
    place_district: Plain,
    place_village: Plain,
    place_type: Plain,
    place_found: Phrase,
    place_none: Plain,
    place_change: Phrase,
    place_own_words: Plain,
    place_own_hint: Plain,
    place_unreachable: Plain,
    place_kept: Phrase,
    place_keeping: Phrase,
    place_not_kept: Phrase,
    place_keep: Plain,
    place_source: Plain,
    earlier: Plain,
    earlier_text: Plain,
    earlier_none: Plain,
    earlier_blank: Plain,
    suggested: Plain,
    finish_suggested: Phrase,
    suggested_seen: Plain,
    index: Plain,
    index_open: Plain,
    index_search: Plain,
    index_all: Plain,
    index_unanswered: Plain,
    index_holding: Plain,
    index_noted: Plain,
    index_none: Plain,
    index_count: Phrase,
    redo_what: Phrase,
}
