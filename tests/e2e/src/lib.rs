//! End-to-end scenarios: a real browser, the app as built, servers that really listen and really stop.
//!
//! A scenario is written in the words of [`Scenario`]; how a word is done in the browser stands in `scenario/`, the
//! browser itself in [`browser`], the servers in [`server`]. Nothing waits for a time, everything for a condition.

pub mod axe;
pub mod browser;
pub mod case;
pub mod database;
pub mod dist;
pub mod embed;
pub mod engine;
pub mod front;
pub mod picture;
pub mod sample;
pub mod scenario;
pub mod screens;
pub mod server;
pub mod torture;
pub mod wait;

pub use dist::Dist;
pub use embed::Embed;
pub use engine::Engine;
pub use front::Front;
pub use picture::Picture;
pub use sample::Sample;
pub use scenario::{Options, Scenario, Subject};
