//! Tujuan yang diberikan: an endpoint that a link or a file hands over is used only after a person has seen where it leads.

use super::{
    endpoint::{profile_name, refusal},
    frame::{Frame, bar, framed},
};
use crate::{
    context::App,
    i18n::{I18n, Later},
    routes::Route,
    state::endpoints::{EndpointBook, NotKept},
    ui::{
        icon::Icon,
        line::{Tone, coded, empty, line},
    },
};
use bintang_dom::{El, Node, RwSignal, el, group, with};
use bintang_domain::{
    endpoint::{Access, Endpoint, PhotoRule},
    wire::endpoint::read_offer,
};
use leptos::task::spawn_local;

/// The page.
pub(super) fn page() -> Node {
    let (app, i18n) = (App::get(), I18n::get());
    let words = i18n.later();
    let bar = bar(Some(Route::settings()), words.offer_title(), Node::Nothing, Node::Nothing);
    // It is this page's from now on: who leaves it by whatever way leaves no secret behind.
    let offered = app.services.later().and_then(|later| {
        let offered = later.offers.present();
        later.offers.withdraw();
        offered
    });
    let content: Node = match offered.as_deref().map(read_offer) {
        None => empty(Icon::Outbox, words.offer_none(), None).into(),
        Some(Err(_)) => empty(Icon::Alert, words.offer_unreadable(), None).into(),
        Some(Ok(endpoint)) => offer(app, words, endpoint),
    };
    framed(Frame::Focus, bar, el("div").class("page stack stack--section").child(content), Node::Nothing)
}

fn fact(name: &str, fact: &str) -> Node {
    group([el("dt").text(name), el("dd").text(fact)])
}

fn facts(words: Later, endpoint: &Endpoint) -> El {
    let access = match &endpoint.access {
        Access::Open => words.access_open(),
        Access::Bearer(_) => words.access_bearer(),
        Access::Basic { .. } => words.access_basic(),
        Access::Header { .. } => words.access_header(),
    };
    let photos = match endpoint.photos {
        PhotoRule::Now => words.photos_now(),
        PhotoRule::WifiOnly => words.photos_wifi(),
        PhotoRule::Never => words.photos_never(),
    };
    let name = (!endpoint.name.is_empty()).then(|| fact(words.endpoint_name(), &endpoint.name));
    let address = fact(words.offer_address(), endpoint.shown_address());
    let profile = profile_name(words, (&endpoint.profile).into());
    let extra: Vec<&str> = endpoint.extra.iter().map(|extra| extra.name.as_str()).collect();
    let extra = (!extra.is_empty()).then(|| fact(words.profile_extra(), &extra.join(", ")));
    el("dl")
        .class("receipt")
        .child(address)
        .child(name)
        .child(group([fact(words.access_choice(), access), fact(words.photos_choice(), photos)]))
        .child(fact(words.profile_more(), profile))
        .child(extra)
        .child(endpoint.receipt_key.map(|key| fact(words.receipt_key(), &key.short())))
}

fn offer(app: App, words: Later, endpoint: Endpoint) -> Node {
    let (book, not_kept) = (EndpointBook::open(), RwSignal::new(None::<NotKept>));
    let leave = move || {
        // Whoever went elsewhere meanwhile stays there.
        if app.address.route.try_get_untracked() == Some(Route::offer()) {
            app.address.replace(Route::settings());
        }
    };
    let button =
        |id: &str, class: &'static str, text: &str| el("button").class(class).id(id).attr("type", "button").text(text);
    let accept = |id, class, text, choose| {
        let endpoint = endpoint.clone();
        button(id, class, text).on("click", move |_| {
            let taking = book.take(endpoint.clone(), choose);
            spawn_local(async move {
                match taking.await {
                    Ok(()) => leave(),
                    Err(why) => {
                        not_kept.set(Some(why));
                    }
                }
            });
        })
    };
    let address = endpoint.address.clone();
    let replaces = with(move || {
        let known = book.now.with(|now| now.as_ref().is_some_and(|now| now.of(&address).is_some()));
        known.then(|| {
            el("ul").class("rows").child(line(Tone::Warn, Icon::Info, coded(None, words.offer_replaces()), None))
        })
    });
    let card = el("section")
        .class("card stack")
        .attr("data-offer", endpoint.address.origin())
        .child(el("h2").text(words.offer_question()))
        .child(el("h3").text(endpoint.address.origin()))
        .child(el("p").class("small soft").text(words.offer_care()))
        .child(facts(words, &endpoint));
    group([
        Node::from(card),
        replaces,
        refusal(words, not_kept),
        accept("offer-take", "button button--wide", words.offer_take(), true).into(),
        accept("offer-keep", "button button--secondary button--wide", words.offer_keep(), false).into(),
        button("offer-decline", "button button--quiet button--wide", words.offer_decline())
            .on("click", move |_| leave())
            .into(),
    ])
}
