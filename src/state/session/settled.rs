//! Whether all that a person did to a sheet is on disk, and what is done once this tab has the turn.

use super::Session;
use crate::state::autosave::SaveState;

impl Session {
    /// What the screen says of saving: of the sheet, and of its photos. Renews the view.
    #[must_use]
    pub fn saving(self) -> SaveState {
        match (self.autosave.state.get(), self.gallery.refused()) {
            (SaveState::Failed(error), _) | (_, Some(error)) => SaveState::Failed(error),
            (SaveState::Saved(_), None) if self.gallery.adding.get() > 0 => SaveState::Saving,
            (state, None) => state,
        }
    }

    /// Tries again what is not saved; a tab that looks on must have its turn first.
    pub fn try_again(self) {
        if self.writes() {
            self.save_again();
            self.gallery.try_again(self.services, self);
        }
    }

    /// Whether all of it is on disk, photos included; `None` when the sheet is closed.
    #[must_use]
    pub fn try_settled(self) -> Option<bool> {
        Some(self.autosave.try_settled()? && self.gallery.try_settled()?)
    }

    /// As [`Session::try_settled`]; a closed sheet has nothing that is not.
    #[must_use]
    pub fn settled(self) -> bool {
        self.try_settled().unwrap_or(true)
    }

    /// Whether what another tab saved may be shown here: nothing of this tab's would be lost.
    #[must_use]
    pub fn is_at_rest(self) -> bool {
        self.try_settled() == Some(true) && self.typed.try_with_value(Option::is_none) == Some(true)
    }

    /// This tab has the turn: what waited for it is saved.
    pub fn resume(self) {
        self.keep_typed();
        // A save that failed is tried again by the person, or with the next answer.
        if self.settled() && self.autosave.has_unlogged() {
            self.save_again();
        }
    }
}
