//! What stands below the first view of a long page: made after the next paint, so that the page answers soon.

use crate::services::Services;
use bintang_dom::{Node, RwSignal, StoredValue, with};

/// Belongs to a page: what is made anew later, because something changed, is made at once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Soon {
    begun: StoredValue<bool>,
    due: RwSignal<bool>,
}

impl Soon {
    /// For the page that is made now.
    pub(super) fn new() -> Self {
        Self { begun: StoredValue::new(false), due: RwSignal::new(false) }
    }

    /// Shows it after the paint that follows the first call.
    pub(super) fn show(self, make: impl Fn() -> Node + 'static) -> Node {
        if !self.begun.get_value() {
            self.begun.set_value(true);
            Services::get().ports().page.after_paint(Box::new(move || {
                self.due.try_update(|due| *due = true);
            }));
        }
        with(move || if self.due.get() { make() } else { Node::Nothing })
    }
}
