//! The frame around every page: skip link, navigation, bar.

use crate::{
    context::App,
    i18n::I18n,
    notice,
    routes::Route,
    services::Services,
    state::{
        address::{Address, TITLE},
        outbox::Outbox,
        preferences::Settings,
    },
    ui::{banner::Banner, icon::Icon, option_row::hidden},
};
use bintang_dom::{Child, El, Memo, Node, el, group, with};
use bintang_domain::ports::page::{Keeping, ShellState};

/// Which kind of frame a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// With navigation at the bottom of a phone.
    Main,
    /// Work in the middle: no navigation on a phone.
    Focus,
}

/// A page in its frame: its bar, its content, and what sticks to its foot.
pub(super) fn framed(frame: Frame, bar: El, content: El, foot: Node) -> Node {
    let i18n = I18n::get();
    let class = if frame == Frame::Focus { "app app--focus" } else { "app" };
    let skip = el("a").class("skip-link").attr("href", "#isi").text(i18n.words().skip());
    // Inside somebody else's page the way through the app is the page's, and so are its landmarks.
    let own = !Services::get().ports().page.embedded();
    let main = el(if own { "main" } else { "div" }).id("isi").child(content);
    let app = el("div").class("app__main").child(bar).child(main).child(foot);
    let framed = el("div").class(class).child(own.then(navigation)).child(app);
    group([own.then_some(skip), Some(framed)])
}

fn navigation() -> El {
    let (words, address, outbox) = (I18n::get().words(), Address::get(), Outbox::get());
    let link = move |route: Route, icon: Icon, name: &str, count: bool| {
        let (href, here) = (route.href(), route);
        let unproved = Memo::new(move || if count { outbox.unsettled() } else { 0 });
        let badge = move || {
            (unproved.get() > 0).then(|| {
                let number = el("span").attr("aria-hidden", "true").text(&unproved.get().to_string());
                let spoken = hidden(&words.nav_outbox_count().of(unproved.get()));
                el("span").class("nav__count").child(number).child(spoken)
            })
        };
        let anchor = el("a")
            .attr("href", &href)
            .attr_with("aria-current", move || (address.route.get() == here).then_some("page"))
            .child(el("span").class("nav__pill").child(icon.view()))
            .text(name)
            .child_with(badge);
        el("li").child(anchor)
    };
    let links = [
        link(Route::Home, Icon::Home, words.nav_home(), false),
        link(Route::outbox(), Icon::Outbox, words.nav_outbox(), true),
        link(Route::settings(), Icon::More, words.nav_settings(), false),
    ];
    el("nav").class("nav").attr("aria-label", words.nav_main()).child(mark("nav__brand")).child(el("ul").child(links))
}

/// The app's mark: a star of five jasmine petals.
pub(super) fn mark(class: &str) -> El {
    let source = Services::get().ports().page.url("icons/icon.svg");
    let image = el("img").class(class).attr("src", &source).attr("alt", "");
    image.attr("width", "44").attr("height", "44")
}

/// The button that goes round the looks.
pub(super) fn theme_button() -> El {
    let (i18n, settings) = (I18n::get(), Settings::get());
    el("button")
        .class("button button--icon")
        .attr("type", "button")
        .attr("aria-label", i18n.words().change_theme())
        .on("click", move |_| settings.look(settings.theme.get_untracked().next()))
        .child(Icon::Sun.view())
}

/// Says language and name of the page to the browser and to screen readers.
pub(super) fn describe(i18n: I18n, title: &str) {
    Services::get().ports().page.describe(i18n.tag(), i18n.direction(), title);
}

/// The heading of a page; the focus begins here, so that a screen reader says where one is.
pub(super) fn page_title(title: &str) -> El {
    el("h1").id(TITLE).attr("tabindex", "-1").text(title)
}

/// The bar at the top of a page: where "back" leads, its name, something under the name, buttons.
pub(super) fn bar(back: Option<Route>, title: &str, under: Node, buttons: Node) -> El {
    let i18n = I18n::get();
    let back = back.map(|back| {
        el("a")
            .class("button button--icon")
            .attr("href", &back.href())
            .attr("aria-label", i18n.words().back())
            .child(Icon::Back.view())
    });
    describe(i18n, &[title, " · Bintang"].concat());
    let name = el("div").class("bar__title").child(page_title(title)).child(under);
    let inner = el("div").class("bar__inner").child(back).child(name).child(buttons).child(theme_button());
    el("header").class("bar").child(inner)
}

/// What sticks to the foot of a page, within reach of the thumb.
pub(super) fn foot(class: &str, content: impl Child) -> Node {
    // A landmark has a name: that of the page whose actions these are.
    el("section")
        .class(class)
        .attr("aria-labelledby", TITLE)
        .child(el("div").class("foot__inner").child(content))
        .into()
}

/// Banners on the condition of the phone: store, new version. Never in a sheet, where an update would be in the way.
pub(super) fn condition_banners() -> Node {
    group([storage_banners(), version_banner()])
}

/// Banners on what is not on disk, and on how safe the store is.
pub(super) fn storage_banners() -> Node {
    let App { condition, open, drafts, .. } = App::get();
    let words = I18n::get().words();
    let unsaved = with(move || {
        let (session, error) = open.unsaved()?;
        let link = el("a").class("button").attr("href", &Route::sheet(session.assessment()).href());
        let text = notice::store(words, &error);
        Some(Banner::Storage.view(words.not_saved(), Some(&text), link.text(words.sheet_title())))
    });
    let storage = with(move || {
        match condition.keeping.get() {
            Some(Keeping::Temporary) => Some(Banner::Storage.view(
                words.storage_temporary_title(),
                Some(words.storage_temporary_text()),
                Node::Nothing,
            )),
            // True on most phones for a long time, so it stays one line here; Pengaturan says what to do.
            // Nothing to lose yet: not the first thing a new person reads.
            Some(Keeping::BestEffort) if drafts.is_empty() => None,
            Some(Keeping::BestEffort) => {
                let link = el("a").attr("href", &Route::readiness().href()).text(words.storage_best_effort_title());
                let title = el("span").class("banner__title").child(link);
                Some(el("p").class("banner banner--warn banner--slim").child(Icon::Storage.view()).child(title))
            }
            Some(Keeping::Lasting) | None => None,
        }
    });
    group([unsaved, storage])
}

/// The banner on a new version. It needs nothing but what the page starts with: a new version may be what mends the rest.
pub(super) fn version_banner() -> Node {
    let App { condition, services, open, .. } = App::get();
    let words = I18n::get().words();
    with(move || {
        (condition.shell.get() == ShellState::UpdateWaiting).then(|| {
            let activate = el("button")
                .class("button")
                .attr("type", "button")
                .on("click", move |_| {
                    // A browser without Web Locks knows of this tab's sheets by this alone.
                    open.keep_typed();
                    if open.all_settled() {
                        services.ports().shell.activate(Box::new(move || condition.sheet_in_use.set(true)));
                    } else {
                        condition.sheet_in_use.set(true);
                    }
                })
                .text(words.version_use());
            let text = if condition.sheet_in_use.get() { words.version_in_use() } else { words.version_ready_text() };
            Banner::Version.view(words.version_ready_title(), Some(text), activate)
        })
    })
}
