//! The icons: one style, drawn on 24 × 24, in the colour of the text around them.

use bintang_dom::{El, svg};

/// What an icon says, as its outline. Each is a constant of its own, so that those that only later pages show come with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Icon {
    /// The outline, as SVG path data.
    path: &'static str,
    kind: Kind,
}

/// How an icon is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    /// It points along the line that is read, and turns where that is written from the right.
    Along,
    /// With a broken line.
    Dashed,
}

#[allow(non_upper_case_globals, reason = "read as the names that they are")]
impl Icon {
    /// Something needs a person.
    pub const Alert: Self = Self::plain("M12 4.2 21 19.5H3zM12 10v4.3M12 16.8v.1");
    /// To the page before.
    pub const Back: Self = Self::along("M19 12H5M11 6l-6 6 6 6");
    /// A photo.
    pub const Camera: Self = Self::plain(
        "M4.5 8h3L9 5.5h6L16.5 8h3A1.5 1.5 0 0 1 21 9.5v8a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5v-8A1.5 1.5 0 0 1 4.5 8zM8.75 13a3.25 3.25 0 1 0 6.5 0a3.25 3.25 0 1 0 -6.5 0z",
    );
    /// Saved, or complete.
    pub const Check: Self = Self::plain("M5 12.5l4.5 4.5L19 7.5");
    /// Waits.
    pub const Clock: Self = Self::plain("M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0zM12 7.5V12l3 2");
    /// Answered, or met.
    pub const Done: Self = Self::plain("M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0zM8 12.3l2.8 2.7L16 9.5");
    /// To the next.
    pub const Down: Self = Self::plain("M12 5v14M6 13l6 6 6-6");
    /// Proof, paper or file.
    pub const File: Self = Self::plain(
        "M7 3.5h6.5l5 5V19a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 19V5A1.5 1.5 0 0 1 7 3.5zM13.5 3.5v5h5M9 13h6M9 16.5h4",
    );
    /// The list.
    pub const Home: Self = Self::plain("M4 11.5 12 4.5l8 7V19a1 1 0 0 1-1 1h-4.5v-5.5h-5V20H5a1 1 0 0 1-1-1z");
    /// To know.
    pub const Info: Self = Self::plain("M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0zM12 11.2v5M12 7.8v.1");
    /// Held back.
    pub const Lock: Self = Self::plain(
        "M7.25 10.5h9.5a1.75 1.75 0 0 1 1.75 1.75v5.5a1.75 1.75 0 0 1 -1.75 1.75h-9.5a1.75 1.75 0 0 1 -1.75 -1.75v-5.5a1.75 1.75 0 0 1 1.75 -1.75zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5",
    );
    /// Settings.
    pub const More: Self = Self::plain(
        "M4 8h9M17.5 8H20M4 16h2.5M11 16h9M13 8a2.25 2.25 0 1 0 4.5 0a2.25 2.25 0 1 0 -4.5 0zM6.5 16a2.25 2.25 0 1 0 4.5 0a2.25 2.25 0 1 0 -4.5 0z",
    );
    /// A note.
    pub const Note: Self = Self::plain(
        "M5 19l.9-3.7 9.8-9.8a1.7 1.7 0 0 1 2.4 0l.4.4a1.7 1.7 0 0 1 0 2.4L8.7 18.1zM13.9 7.3l2.8 2.8M13.5 19H19",
    );
    /// No network.
    pub const Offline: Self =
        Self::plain("M8.2 7.7A5.5 5.5 0 0 1 16.9 11a3.8 3.8 0 0 1 2.9 5.8M17 18H7.5a4 4 0 0 1-1-7.9M4 4l16 16");
    /// Not answered.
    pub const Open: Self = Self::dashed("M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0z");
    /// The outbox.
    pub const Outbox: Self = Self::plain(
        "M4 13.5v5A1.5 1.5 0 0 0 5.5 20h13a1.5 1.5 0 0 0 1.5-1.5v-5M4 13.5h4.2l1.4 2.5h4.8l1.4-2.5H20M12 12.5V4M8.5 7.5 12 4l3.5 3.5",
    );
    /// People.
    pub const Panel: Self = Self::plain(
        "M5.75 8a3.25 3.25 0 1 0 6.5 0a3.25 3.25 0 1 0 -6.5 0zM3 19.5c.4-3.5 2.7-5.5 6-5.5s5.6 2 6 5.5M15.6 5a3.1 3.1 0 0 1 0 6M17.6 14.4c2 .7 3.2 2.5 3.4 5.1",
    );
    /// A place.
    pub const Pin: Self = Self::plain(
        "M12 20.5c4.3-4.2 6.5-7.6 6.5-10.4a6.5 6.5 0 1 0-13 0c0 2.8 2.2 6.2 6.5 10.4zM9.75 10a2.25 2.25 0 1 0 4.5 0a2.25 2.25 0 1 0 -4.5 0z",
    );
    /// New.
    pub const Plus: Self = Self::plain("M12 5v14M5 12h14");
    /// Onto paper.
    pub const Print: Self = Self::plain(
        "M7 9V4h10v5M7 17H5.5A1.5 1.5 0 0 1 4 15.5v-5A1.5 1.5 0 0 1 5.5 9h13a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5H17M7 14h10v6H7z",
    );
    /// Proved by a receipt.
    pub const Proved: Self =
        Self::plain("M12 3.5l7 2.5v5.5c0 4.2-2.8 7.2-7 9-4.2-1.8-7-4.8-7-9V6zM8.7 11.8l2.4 2.4 4.2-4.4");
    /// Do again what was taken back.
    pub const Redo: Self = Self::along("M16 5l4 4-4 4M20 9h-9.5a5.5 5.5 0 0 0 0 11H15");
    /// Try again.
    pub const Refresh: Self =
        Self::plain("M19.5 8.5A8 8 0 0 0 5 8M4.5 4v4.5H9M4.5 15.5A8 8 0 0 0 19 16M19.5 20v-4.5H15");
    /// Leads on.
    pub const Right: Self = Self::along("M9 6l6 6-6 6");
    /// Search.
    pub const Search: Self = Self::plain("M4.5 10.5a6 6 0 1 0 12 0a6 6 0 1 0 -12 0zM15 15l5 5");
    /// To another app.
    pub const Share: Self = Self::plain(
        "M15 5.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0zM4 12a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0zM15 18.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0zM8.7 10.7l6.6-3.9M8.7 13.3l6.6 3.9",
    );
    /// A signature.
    pub const Sign: Self = Self::plain(
        "M4 19.5h16M5 14.5c2-4.5 4.5-9 6.3-8.2 1.9.9-3 7.9-1.2 8.5 1.6.5 3-3.6 4.4-3.3 1.1.2.2 2.5 1.4 2.8.9.2 1.8-.6 2.6-1.3",
    );
    /// A star.
    pub const Star: Self = Self::plain("M12 3.2l2.7 5.6 6.1.8-4.5 4.3 1.1 6.1L12 17.1 6.6 20l1.1-6.1-4.5-4.3 6.1-.8z");
    /// The store.
    pub const Storage: Self = Self::plain(
        "M5 6.5a7 2.75 0 1 0 14 0a7 2.75 0 1 0 -14 0zM5 6.5v11c0 1.5 3.1 2.75 7 2.75s7-1.25 7-2.75v-11M5 12c0 1.5 3.1 2.75 7 2.75s7-1.25 7-2.75",
    );
    /// The look.
    pub const Sun: Self = Self::plain(
        "M8.25 12a3.75 3.75 0 1 0 7.5 0a3.75 3.75 0 1 0 -7.5 0zM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4",
    );
    /// Take back.
    pub const Undo: Self = Self::along("M8 5 4 9l4 4M4 9h9.5a5.5 5.5 0 0 1 0 11H9");
    /// Opens upwards.
    pub const Up: Self = Self::plain("M6 15l6-6 6 6");
    /// Onwards.
    pub const Next: Self = Self::along("M5 12h14M13 6l6 6-6 6");

    const fn plain(path: &'static str) -> Self {
        Self { path, kind: Kind::Plain }
    }

    const fn along(path: &'static str) -> Self {
        Self { path, kind: Kind::Along }
    }

    const fn dashed(path: &'static str) -> Self {
        Self { path, kind: Kind::Dashed }
    }

    /// The icon as an element that screen readers skip: a word always stands beside it.
    pub fn view(self) -> El {
        self.sized(if self.kind == Kind::Along { "icon icon--along" } else { "icon" })
    }

    /// The icon with other classes than its own.
    pub fn sized(self, class: &str) -> El {
        let dashes = (self.kind == Kind::Dashed).then_some("3.6 3");
        let path = svg("path").attr("d", self.path).attr_if("stroke-dasharray", dashes);
        svg("svg").class(class).attr("viewBox", "0 0 24 24").attr("aria-hidden", "true").child(path)
    }
}
