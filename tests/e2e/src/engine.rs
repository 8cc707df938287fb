//! The browser engines that scenarios run in, and where they differ. Everything that only one of them has is in its file.

pub(crate) mod chromium;
mod firefox;
mod place;
mod webkit;

use anyhow::Result;
pub(crate) use place::Place;
pub use place::{Manner, mounts};
use std::{fmt, process::Command};
use thirtyfour::Capabilities;

/// An engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Engine {
    /// Chromium: of Chrome, Edge, and most phones.
    #[default]
    Chromium,
    /// Gecko, of Firefox.
    Firefox,
    /// WebKitGTK; stands in for Safari, that is, for every browser on an iPhone.
    WebKit,
}

impl fmt::Display for Engine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        })
    }
}

/// An engine has no way to do what a case wants; a result of its own, neither passed nor failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cannot {
    /// Which engine.
    pub engine: Engine,
    /// What it has no way to do, and why.
    pub reason: &'static str,
}

impl fmt::Display for Cannot {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "this engine ({}) cannot: {}", self.engine, self.reason)
    }
}

impl std::error::Error for Cannot {}

impl Engine {
    /// The result of a case that this engine has no way to do.
    #[must_use]
    pub fn cannot(self, reason: &'static str) -> anyhow::Error {
        Cannot { engine: self, reason }.into()
    }

    /// Whether its driver can set how much pages may store; asked before a case begins.
    ///
    /// # Errors
    /// It cannot.
    pub fn sets_room(self) -> Result<()> {
        match self {
            Self::Chromium => Ok(()),
            Self::Firefox | Self::WebKit => Err(self.cannot("no command of its driver sets how much pages may store")),
        }
    }

    /// Whether it can be given a camera; asked before a case begins.
    ///
    /// # Errors
    /// It cannot.
    pub fn has_camera(self) -> Result<()> {
        match self {
            Self::Chromium | Self::Firefox => Ok(()),
            Self::WebKit => Err(self.cannot("its driver has no camera of its own to give to pages")),
        }
    }

    pub(crate) fn differences(self) -> &'static dyn Differences {
        match self {
            Self::Chromium => &chromium::Chromium,
            Self::Firefox => &firefox::Firefox,
            Self::WebKit => &webkit::WebKit,
        }
    }
}

/// How a driver's port is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Port {
    /// The driver takes a free one and says it after these words.
    Said(&'static str),
    /// It is chosen before the driver is started.
    Chosen,
}

/// What is another thing in each engine.
pub(crate) trait Differences: Sync {
    /// The WebDriver server, without its port.
    fn driver(&self) -> Command;

    /// How its port is known.
    fn port(&self) -> Port;

    /// Whether its windows need a display.
    fn needs_display(&self) -> bool {
        false
    }

    /// Whether its sessions begin with the size of a small phone; else the window is made to fit.
    fn begins_small(&self) -> bool {
        false
    }

    /// Whether its driver's "reload" asks neither cache nor service worker, which no person does.
    fn reloads_past_the_worker(&self) -> bool {
        false
    }

    /// What a new session asks for, so that the browser runs on this place.
    ///
    /// # Errors
    /// The place's path is not UTF-8.
    fn wanted(&self, place: &Place) -> Result<Capabilities>;

    /// Takes away what a killed browser left behind and the next one would stumble over.
    fn tidy(&self, _place: &Place) {}

    /// Whether a line of the browser's output is an error of a page.
    fn is_error(&self, _line: &str) -> bool {
        false
    }
}
