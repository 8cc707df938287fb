//! Which camera takes the photos: the phone's own app, or the one in the page, which needs less memory.

use crate::services::Services;

const KEY: &str = "camera";
const IN_PAGE: &str = "page";

/// A camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CameraChoice {
    /// The phone's picker: camera app or pictures that are there.
    #[default]
    Phone,
    /// The camera in the page.
    InPage,
}

/// What the person chose.
#[must_use]
pub fn chosen(services: Services) -> CameraChoice {
    match services.ports().preferences.get(KEY).as_deref() {
        Some(IN_PAGE) => CameraChoice::InPage,
        _ => CameraChoice::Phone,
    }
}

/// Keeps what the person chose.
pub fn choose(services: Services, choice: CameraChoice) {
    services.ports().preferences.set(KEY, if choice == CameraChoice::InPage { IN_PAGE } else { "" });
}
