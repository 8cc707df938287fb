//! Chips: a state as icon and word.

use super::icon::Icon;
use bintang_dom::{El, el};

/// What a chip says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chip {
    /// Complete, not finished.
    Draft,
    /// Something is missing.
    Missing,
    /// On its way.
    Queued,
    /// A person must act.
    Attention,
    /// Taken without proof.
    Accepted,
    /// Proved by a receipt.
    Proved,
}

impl Chip {
    /// The chip with its word.
    pub fn view(self, text: &str) -> El {
        let (class, icon) = match self {
            Self::Draft => ("chip chip--draft", Icon::Note),
            Self::Missing => ("chip chip--missing", Icon::Open),
            Self::Queued => ("chip chip--queued", Icon::Clock),
            Self::Attention => ("chip chip--attention", Icon::Alert),
            Self::Accepted => ("chip chip--queued", Icon::Done),
            Self::Proved => ("chip chip--proved", Icon::Proved),
        };
        el("span").class(class).child(icon.view()).text(text)
    }
}
