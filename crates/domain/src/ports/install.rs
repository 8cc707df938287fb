//! The browser's own offer to put the app among the phone's apps (Web App Manifest, installation prompts).

/// Installing.
pub trait Install {
    /// Whether the browser has offered it to this page.
    fn offered(&self) -> bool;
    /// Takes the offer up, once: the browser asks the person.
    fn ask(&self);
}
