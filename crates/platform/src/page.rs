//! The address and the view of the page.

use crate::{
    host,
    window::{find, listen, window},
};
use bintang_domain::ports::page::Page;
use js_sys::Object;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Element, FocusOptions, HtmlElement, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};

/// The page as the host hands it over.
#[derive(Debug, Clone, Copy, Default)]
pub struct BrowserPage;

fn focus(element: Element) {
    if let Ok(element) = element.dyn_into::<HtmlElement>() {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}

impl Page for BrowserPage {
    fn query(&self) -> String {
        host::query()
    }

    fn push(&self, query: &str) {
        host::push(query);
    }

    fn replace(&self, query: &str) {
        host::replace(query);
    }

    fn on_move(&self, then: Box<dyn Fn()>) {
        host::moved(&Closure::wrap(then).into_js_value());
    }

    fn url(&self, file: &str) -> String {
        host::url(file)
    }

    fn embedded(&self) -> bool {
        host::embedded()
    }

    fn reveal(&self, id: &str) -> bool {
        let Some(element) = find(id) else { return false };
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Start);
        options.set_behavior(ScrollBehavior::Instant);
        element.scroll_into_view_with_scroll_into_view_options(&options);
        focus(element.query_selector("input, button, textarea, a").ok().flatten().unwrap_or(element));
        true
    }

    fn focus(&self, id: &str) {
        if let Some(element) = find(id) {
            focus(element);
        }
    }

    fn top(&self) {
        host::top();
    }

    fn after_paint(&self, then: Box<dyn FnOnce()>) {
        let Some(window) = window() else { return };
        // A timer set inside a frame's callback runs after that frame was painted.
        let outer = Closure::once_into_js(move |_: f64| {
            let inner = Closure::once_into_js(then);
            if let Some(window) = crate::window::window() {
                let _ = window.set_timeout_with_callback(inner.unchecked_ref());
            }
        });
        let _ = window.request_animation_frame(outer.unchecked_ref());
    }

    fn describe(&self, language: &str, direction: &str, title: &str) {
        host::describe(language, direction, title);
    }

    fn theme(&self, theme: &str) {
        let matches = |query: &str| {
            window().and_then(|window| window.match_media(query).ok().flatten()).is_some_and(|list| list.matches())
        };
        let shown = match theme {
            "light" | "sun" | "dark" => theme,
            _ if matches("(prefers-contrast: more)") => "sun",
            _ if matches("(prefers-color-scheme: dark)") => "dark",
            _ => "light",
        };
        host::theme(shown);
    }

    fn languages(&self) -> Vec<String> {
        let languages = window().map(|window| window.navigator().languages());
        languages.map(|list| list.iter().filter_map(|language| language.as_string()).collect()).unwrap_or_default()
    }

    fn reload(&self) {
        host::reload();
    }
}

/// Turns taps on links inside the app (`<a href="?…">`) into calls of `then` with their query, so that the page stays.
/// Taps with a modifier key, other buttons, downloads and links elsewhere are left to the browser.
pub fn on_link(then: impl Fn(String) + 'static) {
    listen(&host::root(), "click", move |event| {
        let Some(click) = event.dyn_ref::<web_sys::MouseEvent>() else { return };
        if click.default_prevented() || click.button() != 0 || click.meta_key() || click.ctrl_key() || click.shift_key()
        {
            return;
        }
        let target = click.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(link) = target.and_then(|target| target.closest("a[href]").ok().flatten()) else { return };
        // What stands in a slot is the page's own.
        if !Object::is(&link.get_root_node(), &host::root()) {
            return;
        }
        let Some(href) = link.get_attribute("href") else { return };
        let Some(query) =
            href.strip_prefix("./").and_then(|rest| if rest.is_empty() { Some("") } else { rest.strip_prefix('?') })
        else {
            return;
        };
        if link.has_attribute("target") || link.has_attribute("download") {
            return;
        }
        click.prevent_default();
        then(query.to_owned());
    });
}

/// Runs work that waits, before there is an app to run it.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(work);
}

/// Removes what `index.html` shows before the app runs.
pub fn loaded() {
    if let Some(waiting) = find("loading") {
        waiting.remove();
    }
}
