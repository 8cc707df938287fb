//! The place to return to: on disk before anything may end the page.

use super::Session;
use bintang_domain::id::NodeId;
use leptos::task::spawn_local;

/// How long the place to return to waits for an answer to go with, in milliseconds.
const PAUSE: i64 = 1_000;

impl Session {
    /// The criterion that is worked on is the place to return to; whether it was another one before.
    fn moves_to(self, criterion: &NodeId) -> bool {
        let moved = self.writes()
            && self.content.with_untracked(|content| content.draft.head.return_to.as_ref() != Some(criterion));
        if moved {
            self.content.update_untracked(|content| content.draft.head.return_to = Some(criterion.clone()));
            self.moved.set_value(self.autosave.begun());
        }
        moved
    }

    /// Saves the place to return to, unless a save that was begun since has taken it along.
    fn keep_place(self) {
        let moved = self.moved.try_get_value().flatten();
        if moved.is_some() && moved == self.autosave.begun() && self.writes() {
            self.save_again();
        }
    }

    /// Remembers the criterion that is worked on as the place to return to. The answer that mostly follows at once takes
    /// it along: a save of its own would be in that answer's way.
    pub fn enter(self, criterion: &NodeId) {
        if self.autosave.is_begun() && self.moves_to(criterion) {
            let pause = self.services.ports().clock.sleep(PAUSE);
            spawn_local(async move {
                pause.await;
                self.keep_place();
            });
        }
    }

    /// Remembers the criterion as the place to return to before another app may end this one, and stores a sheet that is
    /// not stored yet: what the other app brings must find it.
    pub fn leave_for(self, criterion: &NodeId) {
        self.moves_to(criterion);
        if self.autosave.is_begun() { self.keep_place() } else { self.save_again() }
    }

    /// The page goes out of view, and may be ended there: what waits for a pause does not wait any longer.
    pub fn went_out_of_view(self) {
        self.keep_typed();
        self.keep_place();
    }
}
