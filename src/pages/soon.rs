//! What stands below the first view of a long page: made after the next paint, so that the page answers soon.

use crate::services::Services;
use bintang_dom::{Node, RwSignal, with};

/// Makes it after the next paint.
pub(super) fn soon(make: impl Fn() -> Node + 'static) -> Node {
    let due = RwSignal::new(false);
    Services::get().ports().page.after_paint(Box::new(move || {
        due.try_update(|due| *due = true);
    }));
    with(move || if due.get() { make() } else { Node::Nothing })
}
