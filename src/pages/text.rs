//! Texts of the rubric in the language shown.

use crate::i18n::I18n;
use bintang_domain::{
    id::NodeId,
    rubric::{CriterionIndex, Rubric},
    text::LocalText,
};

/// A text of this rubric in the language shown; renews the view at a switch.
pub(super) fn local(i18n: I18n, rubric: &Rubric, text: &LocalText) -> String {
    text.get(i18n.tag(), &rubric.language).to_owned()
}

/// Id of a criterion's card in the page.
pub(super) fn card_id(criterion: &NodeId) -> String {
    format!("c-{criterion}")
}

/// What a criterion is called, and its id.
pub(super) fn criterion_name(i18n: I18n, rubric: &Rubric, index: CriterionIndex) -> Option<(String, String)> {
    let criterion = rubric.criterion(index)?;
    Some((criterion.id.to_string(), local(i18n, rubric, &criterion.label)))
}
