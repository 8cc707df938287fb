//! Penilaian dari situs lain: what a page that led here gave is looked at before anything is begun with it.

use super::{
    frame::{Frame, bar, foot, framed},
    opening::unusable_rubric,
    text::local,
};
use crate::{
    context::App,
    i18n::I18n,
    routes::Route,
    state::{
        embedding,
        rubrics::{Ready, Unusable},
    },
    ui::{
        banner::Banner,
        icon::Icon,
        line::{coming, empty},
    },
};
use bintang_dom::{El, Node, RwSignal, el, group, with};
use bintang_domain::{
    subject::{Stage, Subject},
    wire::{embedding::Wanted, endpoint::write_offer},
};
use leptos::task::spawn_local;

/// How far the rubric is.
#[derive(Debug, Clone)]
enum Fetching {
    Coming,
    There(Ready),
    Failed(Option<Unusable>),
}

/// The page.
pub(super) fn page() -> Node {
    let (i18n, app) = (I18n::get(), App::get());
    let words = i18n.later();
    let title = bar(Some(Route::Home), words.begin(), Node::Nothing, Node::Nothing);
    let given = app.services.later().and_then(|later| later.embedding.beginning());
    let Some(wanted) = given.map(|given| Wanted::read(&given)) else {
        let content = el("div").class("page stack").child(empty(Icon::Info, words.begin_none(), None));
        return framed(Frame::Focus, title, content, Node::Nothing);
    };
    let fetching = RwSignal::new(Fetching::Coming);
    let asked = wanted.clone();
    spawn_local(async move {
        let fetched = match embedding::rubric(app.services, &asked).await {
            Ok(ready) => Fetching::There(ready),
            Err(why) => Fetching::Failed(why),
        };
        fetching.try_update(|fetching| *fetching = fetched);
    });
    let from = match wanted.host.as_str() {
        "" => words.begin_unknown().to_owned(),
        host => words.begin_from().of(host),
    };
    let content = el("div")
        .class("page stack")
        .child(el("p").class("banner banner--version").child(Icon::Info.view()).child(el("span").text(&from)))
        .child(with(move || rubric(i18n, &fetching.get())))
        .child(facts(i18n, &wanted.subject))
        .child(el("p").class("small soft").text(words.begin_text()))
        .child(endpoint(i18n, app, &wanted));
    let subject = wanted.subject;
    let start = el("button")
        .class("button button--wide")
        .id("start")
        .attr("type", "button")
        .attr_with("disabled", move || (!matches!(fetching.get(), Fetching::There(_))).then_some(""))
        .on("click", move |_| {
            if let Fetching::There(ready) = fetching.get_untracked() {
                app.condition.keep();
                if let Some(later) = app.services.later() {
                    later.embedding.withdraw();
                }
                let id = app.open.start(ready, Stage::default(), subject.clone());
                app.address.replace(Route::sheet(id));
            }
        })
        .text(words.start());
    framed(Frame::Focus, title, content, foot("foot", start))
}

fn fact(name: &str, fact: &str) -> Option<Node> {
    (!fact.is_empty()).then(|| group([el("dt").text(name), el("dd").text(fact)]))
}

fn rubric(i18n: I18n, fetching: &Fetching) -> Node {
    let words = i18n.later();
    match fetching {
        Fetching::Coming => coming(words.loading()).into(),
        Fetching::There(Ready { rubric, .. }) => {
            let title = words.rubric_titled().both(&local(i18n, rubric, &rubric.title), &rubric.version);
            el("dl").class("receipt").child(fact(words.begin_rubric(), &title)).into()
        }
        Fetching::Failed(None) => empty(Icon::Alert, words.embed_no_rubric(), None).into(),
        Fetching::Failed(Some(why)) => group([el("h2").text(words.rubric_unusable()), unusable_rubric(i18n, why)]),
    }
}

fn facts(i18n: I18n, subject: &Subject) -> El {
    let words = i18n.later();
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    el("dl").class("receipt").child([
        fact(words.field_product(), &subject.product),
        fact(words.field_business(), &subject.business),
        fact(words.field_owner(), &subject.owner),
        fact(words.subject_sentra(), &optional(&subject.sentra)),
        fact(words.place(), &subject.place.village),
        fact(words.subject_nib(), &optional(&subject.nib)),
        fact(words.subject_phone(), &optional(&subject.phone)),
    ])
}

/// An endpoint that the page names is offered as one in a link is: used once a person has seen where it leads.
fn endpoint(i18n: I18n, app: App, wanted: &Wanted) -> Option<El> {
    let words = i18n.later();
    let endpoint = wanted.endpoint.clone()?.ok()?;
    let offer = write_offer(&endpoint);
    let look = el("button").class("button button--secondary").id("look").attr("type", "button");
    let look = look.on("click", move |_| {
        if let Some(later) = app.services.later() {
            later.offers.offer(&offer);
            app.address.go(Route::offer());
        }
    });
    let text = words.begin_endpoint().of(endpoint.shown_address());
    Some(Banner::Version.view(&text, None, look.text(words.begin_endpoint_look())))
}
