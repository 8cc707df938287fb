//! The cards of a part are many elements each: the one that a person looks at first is made at once, the others after the
//! next paint, so that a part comes into view soon on a slow phone too. What is not made yet keeps its room.

use crate::services::Services;
use bintang_dom::{Memo, RwSignal};
use bintang_domain::{ports::page::Page, rubric::CriterionIndex};
use std::rc::Rc;

/// Cards from the first one on, to either side, that are made at once: that one alone.
const AT_ONCE: usize = 1;

/// How far the cards are made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Growth {
    /// The card where a person begins.
    from: usize,
    /// Cards nearer to it than this are made.
    reach: RwSignal<usize>,
}

impl Growth {
    /// Begins at a card; so many are to be made.
    pub(super) fn begin(services: Services, from: CriterionIndex, many: usize) -> Self {
        let growth = Self { from: from.0, reach: RwSignal::new(AT_ONCE) };
        growth.go_on(services.ports().page.clone(), many);
        growth
    }

    /// Twice as far after each paint: a phone answers in between, and a thousand are soon there.
    fn go_on(self, page: Rc<dyn Page>, many: usize) {
        let later = page.clone();
        page.after_paint(Box::new(move || {
            // Another part is shown by now where there is none.
            let reach = self.reach.try_update(|reach| {
                *reach *= 2;
                *reach
            });
            if reach.is_some_and(|reach| reach < many) {
                self.go_on(later, many);
            }
        }));
    }

    /// Whether a card is made; `None` where it is from the beginning.
    pub(super) fn made(self, index: CriterionIndex) -> Option<Memo<bool>> {
        let (distance, reach) = (self.from.abs_diff(index.0), self.reach);
        (distance >= reach.get_untracked()).then(|| Memo::new(move || distance < reach.get()))
    }
}
