//! Whether a phone is ready for the field: what was found out about it, weighed item by item, and one word in the end.

use crate::{
    clock::TOLERANCE,
    ports::{
        page::Keeping,
        phone::{Permit, ShellReport},
    },
    time::Millis,
};

/// Bytes of a photo as it is stored, generously: twice what the tests' pictures weigh when they are scaled (310 kB).
pub const PHOTO_BYTES: u64 = 600_000;
/// Bytes that are left free beside photos: an original waits beside its scaled picture, and a store needs air.
pub const RESERVE_BYTES: u64 = 50_000_000;
/// Photos of a day with three visits.
const ENOUGH_PHOTOS: u64 = 100;
/// Fewer do not carry one visit.
pub const FEWEST_PHOTOS: u64 = 20;
/// A backup is due after so long, in milliseconds, once something was changed.
const BACKUP_AGE: i64 = 7 * 24 * 3_600_000;
/// What waits longer than this to be sent, in milliseconds, is worth a look.
const WAITING_AGE: i64 = 24 * 3_600_000;

/// How an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// As it should be.
    Good,
    /// Nothing is known, and nothing stops for it.
    Unknown,
    /// Better looked at before leaving.
    Warn,
    /// Work could be lost, or cannot be done.
    Bad,
}

/// What is weighed, in the order it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// The whole app is on the phone.
    Shell,
    /// Rubrics can be read.
    Rubrics,
    /// The browser keeps what is stored.
    Storage,
    /// There is room for photos.
    Room,
    /// The clock can be believed.
    Clock,
    /// The camera may be used.
    Camera,
    /// The place may be asked for.
    Location,
    /// There is a backup.
    Backup,
    /// Nothing waits too long to be sent.
    Outbox,
}

/// What was found out. `None` where the browser does not say, or not yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Now, by the phone's clock.
    pub now: Millis,
    /// What the offline shell has.
    pub shell: Option<ShellReport>,
    /// Rubrics that can be read, of those that there should be.
    pub rubrics: (usize, usize),
    /// Their versions, each once.
    pub versions: Vec<String>,
    /// Whether what is stored could not be read.
    pub unreadable: bool,
    /// How safe the store is.
    pub keeping: Option<Keeping>,
    /// Bytes that the browser still gives.
    pub room: Option<u64>,
    /// Milliseconds that the phone's clock is ahead of the server's.
    pub clock_off: Option<i64>,
    /// Whether the camera may be used.
    pub camera: Permit,
    /// Whether the place may be asked for.
    pub location: Permit,
    /// Whether the camera gave a picture when it was tried.
    pub pictured: Option<bool>,
    /// Whether the place was found when it was tried.
    pub found: Option<bool>,
    /// Whether the app started without a network when that was tried.
    pub drill: Option<bool>,
    /// When the last backup of everything was handed over.
    pub backup: Option<Millis>,
    /// When anything stored was last changed; `None` where nothing is stored.
    pub changed: Option<Millis>,
    /// Finished assessments that are still to be sent.
    pub waiting: usize,
    /// How many photos are on this phone alone, because their endpoint takes none.
    pub held: usize,
    /// Finished assessments that an endpoint took without proof.
    pub accepted: usize,
    /// When the oldest of those that wait was finished.
    pub oldest: Option<Millis>,
}

/// About how many photos there is room for.
#[must_use]
pub fn photos(room: u64) -> u64 {
    room.saturating_sub(RESERVE_BYTES) / PHOTO_BYTES
}

/// What was tried says more than what is allowed.
fn permit(permit: Permit, tried: Option<bool>) -> Grade {
    match permit {
        _ if tried == Some(true) => Grade::Good,
        _ if tried == Some(false) => Grade::Warn,
        Permit::Granted => Grade::Good,
        Permit::Unknown => Grade::Unknown,
        Permit::Ask | Permit::Denied => Grade::Warn,
    }
}

impl Facts {
    /// How each item stands.
    #[must_use]
    pub fn grades(&self) -> Vec<(Item, Grade)> {
        let shell = match &self.shell {
            Some(report) if report.missing == 0 => Grade::Good,
            Some(_) | None => Grade::Bad,
        };
        let (read, of) = self.rubrics;
        let rubrics = if read == of && of > 0 { Grade::Good } else { Grade::Bad };
        let storage = match self.keeping {
            _ if self.unreadable => Grade::Bad,
            Some(Keeping::Lasting) => Grade::Good,
            Some(Keeping::BestEffort) => Grade::Warn,
            Some(Keeping::Temporary) => Grade::Bad,
            None => Grade::Unknown,
        };
        let room = match self.room.map(photos) {
            None => Grade::Unknown,
            Some(photos) if photos < FEWEST_PHOTOS => Grade::Bad,
            Some(photos) if photos < ENOUGH_PHOTOS => Grade::Warn,
            Some(_) => Grade::Good,
        };
        let clock = match self.clock_off {
            None => Grade::Unknown,
            Some(off) if off.saturating_abs() > TOLERANCE => Grade::Bad,
            Some(_) => Grade::Good,
        };
        let past = |since: Millis, span: i64| self.now.0.saturating_sub(since.0) > span;
        let backup = match (self.changed, self.backup) {
            (None, _) => Grade::Good,
            (Some(_), None) => Grade::Warn,
            (Some(changed), Some(backup)) if changed > backup && past(backup, BACKUP_AGE) => Grade::Warn,
            (Some(_), Some(_)) => Grade::Good,
        };
        let late = self.oldest.is_some_and(|oldest| past(oldest, WAITING_AGE));
        let outbox = if self.waiting > 0 && late { Grade::Warn } else { Grade::Good };
        vec![
            (Item::Shell, shell),
            (Item::Rubrics, rubrics),
            (Item::Storage, storage),
            (Item::Room, room),
            (Item::Clock, clock),
            (Item::Camera, permit(self.camera, self.pictured)),
            (Item::Location, permit(self.location, self.found)),
            (Item::Backup, backup),
            (Item::Outbox, outbox),
        ]
    }

    /// The worst of them: ready where nothing is worse than unknown.
    #[must_use]
    pub fn verdict(&self) -> Grade {
        let drill = if self.drill == Some(false) { Grade::Bad } else { Grade::Good };
        self.grades().into_iter().map(|(_, grade)| grade).max().unwrap_or(Grade::Bad).max(drill)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 3_600_000;

    fn ready() -> Facts {
        Facts {
            now: Millis(100 * DAY),
            shell: Some(ShellReport { version: "v".to_owned(), files: 20, missing: 0 }),
            rubrics: (5, 5),
            versions: Vec::new(),
            unreadable: false,
            keeping: Some(Keeping::Lasting),
            room: Some(2_000_000_000),
            clock_off: Some(1_500),
            camera: Permit::Granted,
            location: Permit::Granted,
            pictured: None,
            found: None,
            drill: None,
            backup: Some(Millis(99 * DAY)),
            changed: Some(Millis(100 * DAY)),
            waiting: 2,
            held: 0,
            accepted: 0,
            oldest: Some(Millis(100 * DAY - 5)),
        }
    }

    fn grade(facts: &Facts, wanted: Item) -> Grade {
        facts.grades().into_iter().find(|(item, _)| *item == wanted).map(|(_, grade)| grade).unwrap()
    }

    #[test]
    fn a_phone_with_everything_is_ready() {
        assert_eq!(ready().verdict(), Grade::Good);
        // What a browser does not tell stops nobody: WebKit knows no room and no lasting.
        let silent = Facts { room: None, keeping: None, clock_off: None, camera: Permit::Unknown, ..ready() };
        assert_eq!(silent.verdict(), Grade::Unknown);
        // Nothing stored needs no backup.
        assert_eq!(Facts { backup: None, changed: None, waiting: 0, oldest: None, ..ready() }.verdict(), Grade::Good);
    }

    #[test]
    fn each_item_is_seen() {
        let report = |missing| Some(ShellReport { version: String::new(), files: 20, missing });
        for (facts, item, wanted) in [
            (Facts { shell: None, ..ready() }, Item::Shell, Grade::Bad),
            (Facts { shell: report(1), ..ready() }, Item::Shell, Grade::Bad),
            (Facts { rubrics: (4, 5), ..ready() }, Item::Rubrics, Grade::Bad),
            (Facts { rubrics: (0, 0), ..ready() }, Item::Rubrics, Grade::Bad),
            (Facts { unreadable: true, ..ready() }, Item::Storage, Grade::Bad),
            (Facts { keeping: Some(Keeping::BestEffort), ..ready() }, Item::Storage, Grade::Warn),
            (Facts { keeping: Some(Keeping::Temporary), ..ready() }, Item::Storage, Grade::Bad),
            (Facts { room: Some(RESERVE_BYTES + 19 * PHOTO_BYTES), ..ready() }, Item::Room, Grade::Bad),
            (Facts { room: Some(RESERVE_BYTES + 20 * PHOTO_BYTES), ..ready() }, Item::Room, Grade::Warn),
            (Facts { room: Some(RESERVE_BYTES + 100 * PHOTO_BYTES), ..ready() }, Item::Room, Grade::Good),
            (Facts { room: Some(3), ..ready() }, Item::Room, Grade::Bad),
            (Facts { clock_off: Some(-TOLERANCE - 1), ..ready() }, Item::Clock, Grade::Bad),
            (Facts { clock_off: Some(TOLERANCE), ..ready() }, Item::Clock, Grade::Good),
            (Facts { clock_off: Some(i64::MIN), ..ready() }, Item::Clock, Grade::Bad),
            (Facts { camera: Permit::Denied, ..ready() }, Item::Camera, Grade::Warn),
            (Facts { location: Permit::Ask, ..ready() }, Item::Location, Grade::Warn),
            (Facts { pictured: Some(false), ..ready() }, Item::Camera, Grade::Warn),
            (Facts { camera: Permit::Unknown, pictured: Some(true), ..ready() }, Item::Camera, Grade::Good),
            (Facts { found: Some(false), ..ready() }, Item::Location, Grade::Warn),
            (Facts { backup: None, ..ready() }, Item::Backup, Grade::Warn),
            (Facts { backup: Some(Millis(92 * DAY)), ..ready() }, Item::Backup, Grade::Warn),
            // Old, but nothing has changed since.
            (
                Facts { backup: Some(Millis(9 * DAY)), changed: Some(Millis(8 * DAY)), ..ready() },
                Item::Backup,
                Grade::Good,
            ),
            (Facts { oldest: Some(Millis(98 * DAY)), ..ready() }, Item::Outbox, Grade::Warn),
        ] {
            assert_eq!(grade(&facts, item), wanted, "{item:?} of {facts:?}");
            assert_eq!(facts.verdict(), wanted.max(Grade::Good), "{item:?} of {facts:?}");
        }
    }

    #[test]
    fn a_drill_that_failed_is_seen_in_the_end() {
        assert_eq!(Facts { drill: Some(false), ..ready() }.verdict(), Grade::Bad);
        assert_eq!(Facts { drill: Some(true), ..ready() }.verdict(), Grade::Good);
    }

    #[test]
    fn room_is_told_in_photos() {
        assert_eq!([0, RESERVE_BYTES, RESERVE_BYTES + PHOTO_BYTES * 7 + 5].map(photos), [0, 0, 7]);
    }
}
