//! What the phone and its browser say of themselves, for whoever wants to know whether they are ready for the field.

use super::Pending;

/// What a person allows a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Permit {
    /// It may, without a question.
    Granted,
    /// It must ask.
    Ask,
    /// It may not.
    Denied,
    /// The browser does not say.
    #[default]
    Unknown,
}

/// What is allowed or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// Pictures.
    Camera,
    /// The place.
    Location,
}

/// What the offline shell says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ShellReport {
    /// The version it has: a sum over all its files.
    pub version: String,
    /// How many files belong to it.
    pub files: usize,
    /// How many of them are gone and could not be fetched again.
    pub missing: usize,
}

/// How a start without a network ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drill {
    /// The app started.
    Started,
    /// It did not within its time.
    Failed,
    /// There is no offline shell to try it with.
    NoShell,
}

/// The phone and its browser.
pub trait Phone {
    /// Whether it is connected by Wi-Fi or cable; `None` where the browser does not say.
    fn wifi(&self) -> Option<bool>;
    /// Calls `then` when it is connected by something else than before.
    fn on_wifi(&self, then: Box<dyn Fn()>);
    /// Bytes that the browser still gives this app, about; `None` where it does not say.
    fn room(&self) -> Pending<Option<u64>>;
    /// Whether this is allowed.
    fn permit(&self, sense: Sense) -> Pending<Permit>;
    /// Milliseconds that the phone's clock is ahead of the clock of the server that the app came from; `None` without a
    /// network.
    fn clock_off(&self) -> Pending<Option<i64>>;
    /// Looks whether every file of the offline shell is on the phone, and fetches those that are not.
    fn shell(&self) -> Pending<Option<ShellReport>>;
    /// Calls `then` at each touch and each key, for as long as the page lives.
    fn on_touch(&self, then: Box<dyn Fn()>);
    /// Starts the app once more, out of sight, at this query, for which its shell lets nothing through to the network; it
    /// has started once it shows an element with the id `started`.
    fn drill(&self, query: &str, started: &str) -> Pending<Drill>;
}
