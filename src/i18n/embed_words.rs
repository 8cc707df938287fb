//! The interface texts of the app inside another page, and of what such pages lead to.

use super::{
    Phrase,
    arrival_words::END as BEFORE,
    keys::{Plain, Text, keys},
    later::Later,
};

/// Where the next table begins.
pub(super) const END: usize = BEFORE + COUNT;

keys! {
    Later from BEFORE;
    embed_elsewhere: Plain,
    embed_elsewhere_text: Plain,
    embed_open_app: Plain,
    embed_list: Plain,
    embed_list_text: Plain,
    embed_new: Plain,
    embed_no_rubric: Plain,
    embed_own: Plain,
    embed_own_finish: Plain,
    embed_no_assessor: Plain,
    embed_fleeting: Plain,
    embed_fleeting_text: Plain,
    embed_hand: Plain,
    embed_handed: Plain,
    embed_no_tab: Plain,
    begin: Plain,
    begin_from: Phrase,
    begin_unknown: Plain,
    begin_text: Plain,
    begin_rubric: Plain,
    begin_endpoint: Phrase,
    begin_endpoint_look: Plain,
    begin_none: Plain,
    handed: Plain,
    handed_text: Plain,
    handed_none: Plain,
    handed_none_text: Plain,
}
