//! What the app needs from the page it runs in: its address, the network's state, the offline shell, preferences,
//! files and the writing of numbers and dates.

use super::{FileError, Pending};
use crate::time::Millis;

/// The address and the view of the page.
pub trait Page {
    /// The query of the address without its question mark.
    fn query(&self) -> String;
    /// Goes to another query of the same folder, as a step that "back" undoes.
    fn push(&self, query: &str);
    /// Goes to another query in this step's place.
    fn replace(&self, query: &str);
    /// Calls `then` whenever the person goes back or forward.
    fn on_move(&self, then: Box<dyn Fn()>);
    /// Scrolls to the element with this id and moves the focus into it; `false` where there is none.
    fn reveal(&self, id: &str) -> bool;
    /// Moves the focus to the element with this id, without scrolling.
    fn focus(&self, id: &str);
    /// Scrolls to the top.
    fn top(&self);
    /// Runs `then` after the next frame was painted.
    fn after_paint(&self, then: Box<dyn FnOnce()>);
    /// Says which language the page speaks and which way it is written (`ltr` or `rtl`), to the browser and screen readers,
    /// and names the page.
    fn describe(&self, language: &str, direction: &str, title: &str);
    /// Shows a theme: `light`, `sun`, `dark` or `auto`.
    fn theme(&self, theme: &str);
    /// Languages the person prefers, best first.
    fn languages(&self) -> Vec<String>;
    /// Loads the page anew.
    fn reload(&self);
    /// The address of a file beside the app, for `src`.
    fn url(&self, file: &str) -> String;
    /// Whether this is somebody else's page (docs/adr/0022).
    fn embedded(&self) -> bool;
}

/// Whether there is a network, as far as the browser knows.
pub trait Connectivity {
    /// Whether the browser believes to be connected.
    fn online(&self) -> bool;
    /// Calls `then` with the new state at each change.
    fn on_change(&self, then: Box<dyn Fn(bool)>);
    /// Calls `then` with `true` when the page comes into view again, and with `false` when it goes out of view: from there
    /// it may be ended without another word (Page Visibility Level 2).
    fn on_view(&self, then: Box<dyn Fn(bool)>);
}

/// The offline shell (service worker).
pub trait Shell {
    /// Installs it and calls `then` once a newer version waits.
    fn start(&self, ready: Box<dyn Fn(ShellState)>);
    /// Lets the waiting version take over, and the page is loaded anew when it has; or calls `in_use` where a sheet is
    /// open in any tab, because the tabs change versions together.
    fn activate(&self, in_use: Box<dyn FnOnce()>);
    /// Says that a sheet is open here, until what comes back is called.
    fn hold(&self) -> Box<dyn FnOnce()>;
}

/// How far the offline shell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShellState {
    /// Not known yet.
    Starting,
    /// The whole app is on the phone.
    Offline,
    /// A newer version is on the phone and waits.
    UpdateWaiting,
    /// The browser has no service workers, or the shell could not be installed whole.
    Unavailable,
}

/// Small settings that may be lost without harm.
pub trait Preferences {
    /// The text kept under `key`.
    fn get(&self, key: &str) -> Option<String>;
    /// Keeps a text; `false` where it lives only as long as the page.
    fn set(&self, key: &str, text: &str) -> bool;
}

/// Hands files to the person, and takes them.
pub trait Files {
    /// The bytes of the file that was chosen in the field with this id, if it has at most so many. The field is empty
    /// afterwards, so that the same file can be chosen again once it is mended.
    fn chosen(&self, field: &str, most: usize) -> Pending<Result<Vec<u8>, FileError>>;
    /// Offers a text as a file to keep.
    fn save(&self, name: &str, media_type: &str, text: &str);
}

/// Writes dates, and compares texts, as a language does.
pub trait Formats {
    /// A text in small letters, for comparing what was typed.
    fn small(&self, text: &str) -> String;
    /// Day and time, such as "24 November 2026 pukul 14.31".
    fn moment(&self, language: &str, at: Millis) -> String;
    /// Time of day, such as "14.02".
    fn time(&self, language: &str, at: Millis) -> String;
}

/// How safe the store is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// The browser promised to keep it.
    Lasting,
    /// On disk, but the browser may clear it when the phone is full.
    BestEffort,
    /// Only as long as this page is open: the browser gives no store.
    Temporary,
}

/// Knows how safe the store is.
pub trait StorageCare {
    /// How safe it is, without asking anybody.
    fn keeping(&self) -> Pending<Keeping>;
    /// Asks the browser to keep it, which may ask the person; whether it promised.
    fn keep(&self) -> Pending<bool>;
}
