//! The three browser engines that tests run in, as the distribution packages them. Firefox's driver is a tool: see
//! [`super::tools`].

use super::packages;
use crate::workspace;

/// A package, and files of which one shows that it is installed.
type Package = (&'static str, &'static [&'static str]);

const CHROMIUM: &[Package] = &[
    ("chromium", &["/usr/bin/chromium"]),
    ("chromium-driver", &["/usr/bin/chromedriver"]),
    ("fonts-roboto", &["/usr/share/fonts/truetype/roboto", "/usr/share/fonts/truetype/roboto/unhinted"]),
];
const FIREFOX: Package = ("firefox-esr", &["/usr/bin/firefox-esr"]);
const WEBKIT: &[Package] = &[
    // Brings the engine itself.
    ("webkit2gtk-driver", &["/usr/bin/WebKitWebDriver"]),
    // It has no mode without a display.
    ("xvfb", &["/usr/bin/Xvfb"]),
    // What tests/e2e/webkit/launcher.py is written with.
    ("python3-gi", &["/usr/lib/python3/dist-packages/gi/__init__.py"]),
    (
        "gir1.2-webkit2-4.1",
        &[
            "/usr/lib/x86_64-linux-gnu/girepository-1.0/WebKit2-4.1.typelib",
            "/usr/lib/aarch64-linux-gnu/girepository-1.0/WebKit2-4.1.typelib",
        ],
    ),
];

/// The packages that are missing.
pub fn missing() -> Vec<&'static str> {
    let on_path = |names: &[&str]| names.iter().any(|name| workspace::on_path(name));
    let mut wanted = Vec::new();
    if !on_path(&["chromedriver"]) || !on_path(&["chromium", "google-chrome", "chrome"]) {
        wanted.extend(packages::missing(CHROMIUM));
    }
    if !on_path(&["firefox", "firefox-esr"]) {
        wanted.extend(packages::missing(&[FIREFOX]));
    }
    wanted.extend(packages::missing(WEBKIT));
    wanted
}
