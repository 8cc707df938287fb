//! What Beranda shows above the list: what waits to be put somewhere; to whoever is new, the introduction in four steps, and how to put the app on the home screen.

use super::arrivals;
use crate::{
    context::App,
    i18n::I18n,
    routes::Route,
    services::LaterPorts,
    state::{drafts::DraftList, sample},
    ui::{icon::Icon, line::section},
};
use bintang_dom::{El, Memo, Node, RwSignal, el, group, with};

/// Set once the introduction was read or skipped.
const TOUR: &str = "tour";
/// Set once somebody did not want the icon.
const INSTALL: &str = "install";
const STEPS: usize = 4;

/// All of it, where it is wanted.
pub(super) fn welcome() -> Node {
    group([arrivals::waiting(), tour(), install()])
}

/// The introduction; it is in nobody's way and goes with one tap.
fn tour() -> Node {
    let (i18n, app) = (I18n::get(), App::get());
    let preferences = app.services.ports().preferences.clone();
    if preferences.get(TOUR).is_some() {
        return Node::Nothing;
    }
    let (words, step, drafts) = (i18n.later(), RwSignal::new(0_usize), app.drafts);
    let done = move || {
        preferences.set(TOUR, "1");
        step.set(STEPS);
    };
    // Whoever has begun already knows.
    let new = Memo::new(move || matches!(drafts.list.get(), DraftList::Ready { heads, .. } if heads.is_empty()));
    with(move || {
        if !new.get() {
            return Node::Nothing;
        }
        let at = step.get();
        let (title, text) = match at {
            0 => (words.tour_1_title(), words.tour_1()),
            1 => (words.tour_2_title(), words.tour_2()),
            2 => (words.tour_3_title(), words.tour_3()),
            3 => (words.tour_4_title(), words.tour_4()),
            _ => return Node::Nothing,
        };
        let last = at + 1 == STEPS;
        let (skipped, ended) = (done.clone(), done.clone());
        let button = |class: &str, id: &str| el("button").class(class).id(id).attr("type", "button");
        let next = button("button", "tour-next").on("click", move |_| {
            if last {
                return ended();
            }
            step.set(at + 1);
            // The next step's button stands where this one stood.
            let page = app.services.ports().page.clone();
            let later = page.clone();
            page.after_paint(Box::new(move || later.focus("tour-next")));
        });
        let next = next.text(if last { words.tour_done() } else { words.tour_next() });
        let other = if last {
            let begin = button("button button--quiet", "sample").on("click", move |_| sample::open(app, words));
            begin.text(words.sample_begin())
        } else {
            button("button button--quiet", "tour-skip").on("click", move |_| skipped()).text(words.tour_skip())
        };
        section("tour")
            .class("card stack stack--tight tour")
            .attr("data-step", &at.to_string())
            .child(el("p").class("small soft").attr("role", "status").text(&words.tour_step().both(at + 1, STEPS)))
            .child(el("h2").id("tour").text(title))
            .child(el("p").text(text))
            .child(el("div").class("button-row").child([next, other]))
            .into()
    })
}

/// The browser's own offer to install, where it makes one.
fn install() -> Node {
    let (i18n, services) = (I18n::get(), App::get().services);
    let preferences = services.ports().preferences.clone();
    let Some(LaterPorts { install, .. }) = services.later() else { return Node::Nothing };
    // One thing at a time.
    if !install.offered() || preferences.get(TOUR).is_none() || preferences.get(INSTALL).is_some() {
        return Node::Nothing;
    }
    let offered = RwSignal::new(true);
    with(move || {
        let words = i18n.later();
        let (accept, preferences) = (install.clone(), preferences.clone());
        offered.get().then(|| {
            let yes = el("button").class("button button--secondary").id("install").attr("type", "button");
            let yes = yes.on("click", move |_| {
                offered.set(false);
                accept.ask();
            });
            let no = el("button").class("button button--quiet").id("install-no").attr("type", "button");
            let no = no.on("click", move |_| {
                preferences.set(INSTALL, "0");
                offered.set(false);
            });
            let buttons = el("div").class("button-row");
            let buttons = buttons.child([yes.text(words.install()), no.text(words.tour_skip())]);
            section("install-title")
                .class("card stack stack--tight tour")
                .child(el("h2").id("install-title").text(words.install()))
                .child(el("p").class("small soft").text(words.install_text()))
                .child(buttons)
        })
    })
}

/// What stands in the empty list: where to learn, and where to play.
pub(super) fn first() -> Node {
    let (i18n, app) = (I18n::get(), App::get());
    let words = i18n.later();
    let begin = el("button").class("button button--secondary").id("sample-first").attr("type", "button");
    let begin: El = begin.on("click", move |_| sample::open(app, words)).text(words.sample_begin());
    let help = el("a").class("button button--quiet").attr("href", &Route::help(None).href());
    el("div").class("button-row").child([begin, help.child(Icon::Info.view()).text(words.help())]).into()
}
