//! Endpoints that are handed over to the app by a link.

/// What the page was opened with behind the `#` of its address. It is out of the address before anything else runs.
pub trait Offers {
    /// What is offered and was not yet withdrawn.
    fn present(&self) -> Option<String>;
    /// Offers this, in the place of what is offered.
    fn offer(&self, text: &str);
    /// Nothing is offered any more.
    fn withdraw(&self);
    /// Calls `then` when a link offers something while the app is open.
    fn on_offer(&self, then: Box<dyn Fn()>);
}
