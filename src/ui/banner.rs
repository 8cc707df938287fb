//! Banners: what a person must know before going on.

use super::icon::Icon;
use bintang_dom::{El, Node, el};

/// What a banner is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Banner {
    /// No network.
    Offline,
    /// The store: the one that interrupts.
    Storage,
    /// A new version.
    Version,
}

impl Banner {
    /// A banner with a title, perhaps a sentence more and something to do.
    pub fn view(self, title: &str, text: Option<&str>, action: impl Into<Node>) -> El {
        self.made(title, text, action.into())
    }

    fn made(self, title: &str, text: Option<&str>, action: Node) -> El {
        let (class, icon, role) = match self {
            Self::Offline => ("banner banner--offline", Icon::Offline, None),
            Self::Storage => ("banner banner--storage", Icon::Storage, Some("alert")),
            Self::Version => ("banner banner--version", Icon::Refresh, None),
        };
        let acts = !matches!(action, Node::Nothing);
        el("div")
            .class(class)
            .attr_if("role", role)
            .child(icon.view())
            .child(el("p").class("banner__title").text(title))
            .child(text.map(|text| el("p").class("banner__text").text(text)))
            .child(acts.then(|| el("div").class("banner__action").child(action)))
    }
}
