//! What becomes of a page that is a paper: printed, or one file that stands alone.

use super::Pending;

/// What became of sharing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shared {
    /// Another app has it.
    Done,
    /// The person thought better of it.
    Given,
    /// The browser shares no such files.
    Unable,
}

/// A sheet of paper in the page.
pub trait Paper {
    /// Prints the page, or lets the person keep it as PDF.
    fn print(&self);
    /// The element with this id as an HTML document of its own: its markup, the page's style, no script, nothing fetched.
    /// `None` where there is no such element.
    fn document(&self, id: &str, language: &str, direction: &str, title: &str) -> Option<String>;
    /// Whether the browser shares files of this type.
    fn shares(&self, name: &str, media_type: &str) -> bool;
    /// Hands a text to another app as a file.
    fn share(&self, name: &str, media_type: &str, text: &str) -> Pending<Shared>;
    /// A picture as a `data:` address, JPEG, its longest side at most so many pixels; `None` where nothing decodes it.
    fn small(&self, bytes: &[u8], media_type: &str, longest: u32) -> Pending<Option<String>>;
}
