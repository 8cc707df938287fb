//! Firefox, through geckodriver.

use super::{Differences, Place, Port, place::word};
use anyhow::Result;
use serde_json::json;
use std::{env, fs, process::Command};
use thirtyfour::{Capabilities, CapabilitiesHelper as _, DesiredCapabilities};

/// Firefox makes no window narrower than its own bars want, unless its style says otherwise.
const NARROW: &str = ":root { min-width: 0 !important; }";

pub(super) struct Firefox;

impl Differences for Firefox {
    fn driver(&self) -> Command {
        let mut command = Command::new(env::var_os("GECKODRIVER").unwrap_or_else(|| "geckodriver".into()));
        command.args(["--port=0", "--websocket-port=0", "--log=info"]);
        command
    }

    fn port(&self) -> Port {
        Port::Said("Listening on 127.0.0.1:")
    }

    fn reloads_past_the_worker(&self) -> bool {
        true
    }

    fn wanted(&self, place: &Place) -> Result<Capabilities> {
        let (profile, downloads) = (place.profile(), place.downloads());
        let chrome = profile.join("chrome");
        fs::create_dir_all(&chrome)?;
        fs::write(chrome.join("userChrome.css"), NARROW)?;
        let arguments =
            ["-headless".to_owned(), "-no-remote".to_owned(), "-profile".to_owned(), word(&profile)?.to_owned()];
        let preferences = json!({
            "intl.accept_languages": "id",
            // A position would be asked for outside.
            "permissions.default.geo": 2,
            "toolkit.legacyUserProfileCustomizations.stylesheets": true,
            "browser.download.dir": downloads,
            "browser.download.folderList": 2,
            "browser.download.useDownloadDir": true,
            "browser.download.always_ask_before_handling_new_types": false,
            "browser.privatebrowsing.autostart": place.manner.private,
            // In KiB: else it depends on how full the machine's disk is.
            "dom.quotaManager.temporaryStorage.fixedLimit": 4_194_304,
            // A killed browser asks for what was open before; the test goes there by itself.
            "browser.sessionstore.resume_from_crash": false,
            "browser.sessionstore.max_resumed_crashes": -1,
            "toolkit.startup.max_resumed_crashes": -1,
            "media.navigator.streams.fake": place.manner.camera,
            "media.navigator.permission.disabled": place.manner.camera,
            "network.proxy.type": 0,
            // What pages say is read from the browser's output.
            "devtools.console.stdout.content": true,
        });
        let mut wanted = DesiredCapabilities::firefox();
        let options = json!({"args": arguments, "prefs": preferences});
        wanted.insert_base_capability("moz:firefoxOptions".to_owned(), options);
        Ok(wanted.into())
    }

    fn tidy(&self, place: &Place) {
        // geckodriver would read the port of the browser that is gone.
        for name in ["MarionetteActivePort", "WebDriverBiDiServer.json", "lock", ".parentlock"] {
            let _ = fs::remove_file(place.profile().join(name));
        }
    }

    fn is_error(&self, line: &str) -> bool {
        // What the browser's own code says to its console comes without an address.
        line.starts_with("JavaScript error: http")
    }
}
