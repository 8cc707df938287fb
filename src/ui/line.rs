//! Lines of a list of facts: an icon, a title, a sentence.

use super::icon::Icon;
use bintang_dom::{El, Node, el};

/// How a line is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A fact.
    Plain,
    /// As it should be.
    Good,
    /// Something to look at.
    Warn,
    /// Wrong.
    Bad,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "line",
            Self::Good => "line line--good",
            Self::Warn => "line line--warn",
            Self::Bad => "line line--bad",
        }
    }
}

/// A title that begins with the code of a criterion, if it has one.
pub fn coded(code: Option<&str>, label: &str) -> El {
    let code = code.map(|code| [el("span").class("code").text(code), el("span").text(" ")]);
    el("strong").child(code).text(label)
}

/// A line that only says something.
pub fn line(tone: Tone, icon: Icon, title: El, text: Option<&str>) -> Node {
    let words = el("span").child(title).child(text.map(|text| el("small").text(text)));
    el("li").child(el("div").class(tone.class()).child(icon.view()).child(words)).into()
}

/// A line with a word at its right and something to do under its sentence.
pub fn fact(tone: Tone, icon: Icon, title: &str, text: &str, word: &str, action: Node) -> Node {
    let acts = !matches!(action, Node::Nothing);
    let says = el("span").child(coded(None, title)).child(el("small").attr("role", "status").text(text));
    let end = (!word.is_empty()).then(|| el("span").class("line__end line__word").text(word));
    let action = acts.then(|| el("span").class("line__action").child(action));
    el("li").child(el("div").class(tone.class()).child(icon.view()).child(says).child(end).child(action)).into()
}

/// A line that leads somewhere; `at` marks it for tests and scripts.
pub fn link_line(tone: Tone, icon: Icon, title: El, text: &str, href: &str, at: &str) -> Node {
    let words = el("span").child(title).child(el("small").text(text));
    let end = el("span").class("line__end").child(Icon::Right.view());
    let link = el("a").class(tone.class()).attr("href", href).attr("data-missing", at);
    el("li").child(link.child(icon.view()).child(words).child(end)).into()
}

/// What stands where something is still to come: it says so, and keeps the room.
pub fn coming(text: &str) -> El {
    el("p").class("coming soft").attr("role", "status").text(text)
}

/// What stands where a list would be, when there is nothing to list.
pub fn empty(icon: Icon, title: &str, text: Option<&str>) -> El {
    el("div").class("empty").child(icon.view()).child(el("h2").text(title)).child(text.map(|text| el("p").text(text)))
}

/// The title of a section, with a smaller word at its right; the section is labelled by its id.
pub fn section_title(id: &str, title: &str, small: &str) -> El {
    el("h2").class("section-title").id(id).text(title).child((!small.is_empty()).then(|| el("small").text(small)))
}

/// A section with the title of this id.
pub fn section(id: &str) -> El {
    el("section").attr("aria-labelledby", id)
}
