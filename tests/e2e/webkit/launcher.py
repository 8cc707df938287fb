#!/usr/bin/python3
"""A WebKitGTK browser for WebDriver that keeps what its pages store.

MiniBrowser under automation forgets everything at its end. This one has a lasting folder, so that it can be killed and
started again on the same data. WebKitWebDriver starts it with the words that tests/e2e/src/engine/webkit.rs gives.
"""

import argparse
import os

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402


def words():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--downloads", required=True)
    parser.add_argument("--size", required=True)
    parser.add_argument("--private", action="store_true")
    parser.add_argument("--keep-left-pages", action="store_true")
    return parser.parse_args()


class Launcher:
    """The one context, and a window for each tab that the driver wants."""

    def __init__(self, given):
        self.downloads = given.downloads
        self.keep_left_pages = given.keep_left_pages
        self.size = [int(side) for side in given.size.split("x")]
        self.context = self.private() if given.private else self.lasting(given.data)
        self.context.set_preferred_languages(["id"])
        self.context.connect("download-started", self.download)
        self.context.set_automation_allowed(True)
        self.context.connect("automation-started", self.automate)

    @staticmethod
    def private():
        return WebKit2.WebContext.new_ephemeral()

    @staticmethod
    def lasting(folder):
        manager = WebKit2.WebsiteDataManager(
            base_data_directory=os.path.join(folder, "data"),
            base_cache_directory=os.path.join(folder, "cache"),
        )
        return WebKit2.WebContext(website_data_manager=manager)

    def automate(self, _context, session):
        info = WebKit2.ApplicationInfo()
        info.set_name("bintang-webkit")
        info.set_version(WebKit2.MAJOR_VERSION, WebKit2.MINOR_VERSION, WebKit2.MICRO_VERSION)
        session.set_application_info(info)
        session.connect("create-web-view", lambda _session: self.open())

    def open(self):
        """A window without bars: what is seen is the page, as large as a small phone's."""
        view = WebKit2.WebView(web_context=self.context, is_controlled_by_automation=True)
        settings = view.get_settings()
        settings.set_enable_write_console_messages_to_stdout(True)
        settings.set_enable_page_cache(self.keep_left_pages)
        window = Gtk.Window()
        window.set_default_size(*self.size)
        window.add(view)
        window.show_all()
        view.connect("close", lambda _view: window.destroy())
        return view

    def download(self, _context, download):
        def decide(download, name):
            download.set_destination(GLib.filename_to_uri(os.path.join(self.downloads, name), None))
            return True

        download.connect("decide-destination", decide)


# Named, so that it lives as long as the loop.
LAUNCHER = Launcher(words())
Gtk.main()
