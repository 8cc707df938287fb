//! Option rows: the whole row is the target. Nothing moves when one is chosen.

use super::icon::Icon;
use bintang_dom::{El, checked_of, el};

/// Whether a row is one of several or stands for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// One of several.
    One,
    /// Ticked by itself.
    Tick,
    /// Ticked by itself, with a plainer look: "none", "not applicable" in a checklist.
    PlainTick,
    /// One of several, with a plainer look: "none", "not applicable".
    Plain,
}

/// What a row is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worth {
    /// The number as written.
    pub points: String,
    /// The word after it, for screen readers.
    pub unit: &'static str,
    /// The star it is a gate for, with the word for screen readers.
    pub gate: Option<(u8, &'static str)>,
}

/// A row to choose.
#[expect(missing_debug_implementations, reason = "closures")]
pub struct OptionRow {
    /// Id of the control.
    pub id: String,
    /// Name of the group.
    pub name: String,
    /// One of several, or a tick.
    pub choice: Choice,
    /// What is chosen.
    pub label: String,
    /// Help and proof in words, with the word for screen readers before it.
    pub proof: Option<(&'static str, String)>,
    /// What it is worth.
    pub worth: Option<Worth>,
    /// Whether it is chosen.
    pub checked: Box<dyn Fn() -> bool>,
    /// Called with the new state.
    pub on_choose: Box<dyn Fn(bool)>,
}

impl OptionRow {
    /// The row.
    pub fn view(self) -> El {
        let (class, kind) = match self.choice {
            Choice::One => ("option", "radio"),
            Choice::Tick => ("option option--tick", "checkbox"),
            Choice::Plain => ("option option--none", "radio"),
            Choice::PlainTick => ("option option--none", "checkbox"),
        };
        let (checked, on_choose) = (self.checked, self.on_choose);
        let control = el("input")
            .attr("type", kind)
            .id(&self.id)
            .attr("name", &self.name)
            .checked(checked)
            .on("change", move |event| on_choose(checked_of(&event)));
        let words = el("span").child(el("span").class("option__label").text(&self.label)).child(self.proof.map(
            |(word, text)| {
                let text = el("span").child(hidden(word)).text(&text);
                el("span").class("option__proof").child(Icon::File.view()).child(text)
            },
        ));
        let side = self.worth.map(|worth| {
            let points = el("span").class("option__points").text(&worth.points).child(hidden(worth.unit));
            el("span").class("option__side").child(points).child(worth.gate.map(|(star, word)| gate(star, word)))
        });
        el("label").class(class).attr("for", &self.id).child(control).child(words).child(side)
    }
}

/// Words for screen readers alone.
pub fn hidden(words: &str) -> El {
    el("span").class("visually-hidden").text(words)
}

/// The small star that marks a gate.
pub fn gate(star: u8, word: &str) -> El {
    el("span").class("gate").child(Icon::Star.sized("")).child(hidden(word)).text(&star.to_string())
}
