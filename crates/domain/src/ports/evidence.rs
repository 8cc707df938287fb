//! What photos need of the browser: files, a place to scale in, a camera, the phone's position.

use super::{FileError, Pending};
use crate::{digest::Digest, subject::Coordinates, time::Millis};

/// A picture as it was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The type the browser gives it, such as `image/jpeg`; may be empty.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Reads a chosen file, once: of many, one is in memory at a time.
pub type Read = Box<dyn FnOnce() -> Pending<Result<Chosen, FileError>>>;

/// Why a picture was not scaled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScaleError {
    /// The browser cannot decode it.
    Undecodable,
    /// There is nothing here to scale with just now; another time there may be.
    Unavailable,
}

/// Longest side of a scaled picture, in pixels.
pub const LONGEST: u32 = 1600;

/// Pictures: chosen, scaled, shown.
pub trait Pictures {
    /// What is chosen in the field with this id, in its order. The field is empty afterwards.
    fn chosen(&self, field: &str) -> Vec<Read>;
    /// The SHA-256 of these bytes, computed away from the page's own thread where that can be.
    fn sum(&self, bytes: &[u8]) -> Pending<Digest>;
    /// The picture upright, as JPEG, its longest side at most [`LONGEST`].
    fn scale(&self, bytes: &[u8], media_type: &str) -> Pending<Result<Vec<u8>, ScaleError>>;
    /// An address at which the page can show these bytes, until it is hidden.
    fn show(&self, bytes: &[u8], media_type: &str) -> String;
    /// Gives back what [`Pictures::show`] took.
    fn hide(&self, address: &str);
    /// How many minutes the phone's zone is ahead of UTC at that moment.
    fn ahead(&self, at: Millis) -> i32;
}

/// Why there is no camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CameraError {
    /// The person, or a rule of the page around, does not allow it.
    Denied,
    /// The phone has none, or another app uses it.
    Absent,
}

/// The camera in the page: no picker, no other app, so that no other app takes this one's memory.
pub trait Camera {
    /// Shows what the camera sees in the video element with this id.
    fn open(&self, video: &str) -> Pending<Result<(), CameraError>>;
    /// What is seen there now, as JPEG, its longest side at most [`LONGEST`]; `None` before there is anything.
    fn snap(&self, video: &str) -> Pending<Option<Vec<u8>>>;
    /// Lets go of the camera.
    fn close(&self, video: &str);
}

/// Why there is no position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocationError {
    /// The person does not allow it.
    Denied,
    /// It cannot be found here.
    Unavailable,
    /// It was not found in time.
    Timeout,
}

/// The phone's position.
pub trait Location {
    /// Where the phone is, measured at most a minute ago.
    fn here(&self) -> Pending<Result<Coordinates, LocationError>>;
    /// Whether it may be asked without a question to the person.
    fn allowed(&self) -> Pending<bool>;
}
