//! Stars: full when final, a small star inside an empty one while provisional.

use super::icon::Icon;
use bintang_dom::{El, Node, el, group, svg};

/// How large stars are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StarSize {
    /// In lists.
    Small,
    /// On the live bar.
    Regular,
    /// On the verdict.
    Large,
}

/// The small star of a provisional result.
const INNER: &str = "M12 8.9l1.1 2.3 2.5.3-1.9 1.8.5 2.5-2.2-1.2-2.2 1.2.5-2.5-1.9-1.8 2.5-.3z";

/// A row of stars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stars {
    /// Stars there are.
    pub stars: u8,
    /// Stars there could be.
    pub of: u8,
    /// Not a result yet.
    pub provisional: bool,
    /// How large.
    pub size: StarSize,
}

impl Stars {
    /// The row, with what a screen reader says.
    pub fn view(self, label: &str) -> El {
        let class = match (self.size, self.provisional) {
            (StarSize::Small, false) => "stars stars--small",
            (StarSize::Small, true) => "stars stars--small stars--provisional",
            (StarSize::Regular, false) => "stars",
            (StarSize::Regular, true) => "stars stars--provisional",
            (StarSize::Large, false) => "stars stars--large",
            (StarSize::Large, true) => "stars stars--large stars--provisional",
        };
        let stars = group((1..=self.of).map(|number| self.star(number <= self.stars)));
        el("span").class(class).attr("role", "img").attr("aria-label", label).child(stars)
    }

    fn star(self, on: bool) -> Node {
        let inner = (on && self.provisional).then(|| svg("path").class("stars__inner").attr("d", INNER));
        Icon::Star.sized(if on { "is-on" } else { "" }).child(inner).into()
    }
}
