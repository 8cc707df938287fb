//! The page of another site that the app runs in (docs/adr/0022), and what such a page gives when it leads to the app.

use super::{Pending, bytes::Bytes};
use std::rc::Rc;

/// Answers a question of the page: what is asked, and a text with it.
pub type Serve = Box<dyn Fn(String, String) -> Pending<Result<String, String>>>;

/// What passes between the app and the page around it.
pub trait Embedding {
    /// What the page wants, as JSON; read by [`crate::wire::embedding::Wanted`]. `None` where the app is on its own.
    fn options(&self) -> Option<String>;
    /// Tells the page what happened, with JSON.
    fn tell(&self, event: &str, detail: &str);
    /// From now on the page's questions are answered so.
    fn serve(&self, answer: Serve);
    /// What a page gave that led to the app; until it is withdrawn.
    fn beginning(&self) -> Option<String>;
    /// What was given is used, or not wanted.
    fn withdraw(&self);
    /// Whether a sheet can go on in the app in a tab of its own.
    fn can_hand(&self) -> bool;
    /// Opens that tab, in the task of a tap; whether the browser let it.
    fn open_tab(&self) -> bool;
    /// The file that the page that opened this tab hands over; `None` where there is none within some seconds.
    fn handed(&self) -> Pending<Option<Rc<dyn Bytes>>>;
}
