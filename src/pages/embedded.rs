//! The app inside another page (docs/adr/0022): where it begins, what does not open there, and what stands above a sheet.

use super::{
    frame::{Frame, bar, framed},
    opening::unusable_rubric,
};
use crate::{
    context::App,
    i18n::I18n,
    notice,
    routes::{Further, Route},
    state::{
        backups::{Backups, Taking},
        embedding::{self, Beginning},
        session::Session,
    },
    ui::{
        banner::Banner,
        icon::Icon,
        line::{Tone, coded, coming, empty, link_line},
    },
};
use bintang_dom::{El, Node, RwSignal, effect, el, group, with};
use bintang_domain::{backup::Scope, draft::Head, ports::page::Keeping};
use leptos::task::spawn_local;

/// Whether this page opens inside another site.
pub(super) fn opens(page: &Further) -> bool {
    matches!(page, Further::Index(_) | Further::Subject(_) | Further::Review(_) | Further::Result(_) | Further::Outbox)
}

/// Where it begins: the sheet under way takes its place; else what was finished here.
pub(super) fn start() -> Node {
    let (i18n, app) = (I18n::get(), App::get());
    let words = i18n.later();
    let beginning = RwSignal::new(Beginning::Looking);
    spawn_local(async move {
        if let Some(other) = embedding::begin(app).await {
            beginning.try_update(|beginning| *beginning = other);
        }
    });
    let content = move || match beginning.get() {
        Beginning::Looking => coming(words.loading()).into(),
        Beginning::Finished(heads) => list(i18n, app, &heads, beginning),
        Beginning::NoRubric => empty(Icon::Alert, words.embed_no_rubric(), None).into(),
        Beginning::Unusable(unusable) => {
            let why = unusable_rubric(i18n, &unusable);
            el("section").child(el("h2").text(words.rubric_unusable())).child(why).into()
        }
        Beginning::Failed(error) => {
            empty(Icon::Alert, words.not_found_title(), Some(&notice::store(&words, &error))).into()
        }
    };
    let bar = bar(None, words.embed_list(), Node::Nothing, Node::Nothing);
    framed(Frame::Focus, bar, el("div").class("page stack").child_with(content), Node::Nothing)
}

fn list(i18n: I18n, app: App, heads: &[Head], beginning: RwSignal<Beginning>) -> Node {
    let words = i18n.later();
    let rows = heads.iter().map(|head| {
        let title = match head.subject.product.as_str() {
            "" => words.untitled_product(),
            name => name,
        };
        let says = [words.stars_of().both(head.summary.stars, head.summary.highest), i18n.moment(head.changed)];
        let href = Route::result(head.assessment).href();
        link_line(Tone::Plain, Icon::Done, coded(None, title), &says.join(" · "), &href, "")
    });
    let another = el("button").class("button button--wide").id("another").attr("type", "button");
    let another = another.on("click", move |_| {
        embedding::begin_another(app, move |failed| {
            beginning.try_update(|beginning| *beginning = failed);
        });
    });
    group([
        el("p").class("small soft").text(words.embed_list_text()),
        el("ul").class("rows").child(group(rows)),
        another.text(words.embed_new()),
    ])
}

/// What stands in place of a page that opens in the app alone.
pub(super) fn elsewhere() -> Node {
    let (i18n, app) = (I18n::get(), App::get());
    let words = i18n.later();
    let address = app.services.ports().page.url("./");
    let link = el("a").class("button").attr("href", &address).attr("target", "_blank").attr("rel", "noopener");
    let says = empty(Icon::Info, words.embed_elsewhere(), Some(words.embed_elsewhere_text()));
    let says = says.child(link.text(words.embed_open_app()));
    let bar = bar(Some(Route::Home), words.embed_elsewhere(), Node::Nothing, Node::Nothing);
    framed(Frame::Focus, bar, el("div").class("page stack").child(says), Node::Nothing)
}

/// Above a sheet: that nothing is stored; that what is stored may be gone, and the way to where it stays.
pub(super) fn banner(session: Session) -> Node {
    let app = App::get();
    embedding::follow(app, session);
    with(move || {
        let own = embedding::is_own(app.services);
        let fleeting = app.condition.keeping.get() == Some(Keeping::Temporary);
        let can_hand = app.services.later().is_some_and(|later| later.embedding.can_hand());
        (fleeting && !own && can_hand).then(|| handing(app, session))
    })
}

/// The way into the app. The tab is opened in the task of the tap, and the file follows when it is ready.
fn handing(app: App, session: Session) -> Node {
    let words = I18n::get().later();
    let (backups, blocked) = (Backups::new(app), RwSignal::new(false));
    effect(move || {
        if let Taking::Ready(made) = backups.taking.get() {
            made.file.hand();
        }
    });
    let hand = move |_| {
        let opened = app.services.later().is_some_and(|later| later.embedding.open_tab());
        blocked.set(!opened);
        if opened {
            session.keep_typed();
            backups.take(Scope::One(session.assessment()), String::new());
        }
    };
    let text = move || match backups.taking.get() {
        _ if blocked.get() => words.embed_no_tab(),
        Taking::Ready(_) => words.embed_handed(),
        Taking::Idle | Taking::Locking | Taking::Working { .. } | Taking::Failed(_) => words.embed_fleeting_text(),
    };
    let button = el("button").class("button").id("hand").attr("type", "button").on("click", hand);
    let banner: El = Banner::Storage.view(words.embed_fleeting(), None, button.text(words.embed_hand()));
    let says = el("p").class("banner__text").attr("role", "status").attr("data-handing", "").text_with(text);
    banner.child(says).into()
}
