//! WebKitGTK, through WebKitWebDriver and a launcher of our own: what MiniBrowser stores under automation is gone at its
//! end.

use super::{Differences, Place, Port, place::word};
use crate::browser::PHONE;
use anyhow::Result;
use serde_json::json;
use std::{env, path::Path, process::Command};
use thirtyfour::Capabilities;

/// Starts WebKit on a lasting folder.
const LAUNCHER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/webkit/launcher.py");

pub(super) struct WebKit;

impl Differences for WebKit {
    fn driver(&self) -> Command {
        let mut command = Command::new(env::var_os("WEBKITWEBDRIVER").unwrap_or_else(|| "WebKitWebDriver".into()));
        // Its sandbox wants more than root may have in a container.
        command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
        // No graphics card, no session bus.
        command.env("LIBGL_ALWAYS_SOFTWARE", "1").env("GDK_BACKEND", "x11").env("NO_AT_BRIDGE", "1");
        command
    }

    fn port(&self) -> Port {
        Port::Chosen
    }

    fn needs_display(&self) -> bool {
        true
    }

    fn wanted(&self, place: &Place) -> Result<Capabilities> {
        let (width, height) = PHONE;
        let mut arguments = vec![
            format!("--data={}", word(&place.profile())?),
            format!("--downloads={}", word(&place.downloads())?),
            format!("--size={width}x{height}"),
        ];
        if place.manner.private {
            arguments.push("--private".to_owned());
        }
        if place.manner.keeps_left_pages {
            arguments.push("--keep-left-pages".to_owned());
        }
        let launcher = word(Path::new(LAUNCHER))?;
        let mut wanted = Capabilities::new();
        wanted.insert("webkitgtk:browserOptions".to_owned(), json!({"binary": launcher, "args": arguments}));
        Ok(wanted)
    }

    fn is_error(&self, line: &str) -> bool {
        line.contains("CONSOLE") && line.contains(" ERROR ")
    }
}
