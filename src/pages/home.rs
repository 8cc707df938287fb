//! Beranda: the list of assessments.

mod item;

use super::{
    frame::{Frame, describe, foot, framed, mark, page_title, theme_button, version_banner},
    later::Later,
};
use crate::{
    context::App,
    i18n::{I18n, Words},
    notice,
    routes::Route,
    state::{
        condition::Condition,
        drafts::{DraftList, Drafts},
    },
    ui::{
        banner::Banner,
        icon::Icon,
        line::{empty, section_title},
    },
};
use bintang_dom::{El, Node, RwSignal, effect, el, value_of, with};
use bintang_domain::{
    draft::{Delivery, Head, Phase},
    ports::page::Formats,
    subject::Subject,
};
use std::rc::Rc;

/// Which assessments are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    All,
    Working,
    Queued,
    Proved,
}

impl Filter {
    const ALL: [Self; 4] = [Self::All, Self::Working, Self::Queued, Self::Proved];

    fn admits(self, head: &Head) -> bool {
        match (self, head.phase) {
            (Self::All, _) | (Self::Working, Phase::Draft) => true,
            (Self::Queued, Phase::Finished { delivery, .. }) => delivery != Delivery::Proved,
            (Self::Proved, Phase::Finished { delivery, .. }) => delivery == Delivery::Proved,
            (Self::Working, Phase::Finished { .. }) | (Self::Queued | Self::Proved, Phase::Draft) => false,
        }
    }

    fn name(self, words: &Words) -> &'static str {
        match self {
            Self::All => words.filter_all(),
            Self::Working => words.filter_working(),
            Self::Queued => words.filter_queued(),
            Self::Proved => words.filter_proved(),
        }
    }
}

/// Whether every word wanted, in small letters, stands in what names the assessment.
fn found(formats: &dyn Formats, head: &Head, wanted: &str) -> bool {
    let Subject { product, business, owner, place, .. } = &head.subject;
    let names = formats.small(&[product, business, owner, &place.village].map(String::as_str).join("\n"));
    // The names are short; searching them word by word needs no search of its own.
    wanted.split_whitespace().all(|word| names.as_bytes().windows(word.len()).any(|part| part == word.as_bytes()))
}

/// The page.
pub(super) fn page() -> Node {
    let App { services, drafts, outbox, .. } = App::get();
    let i18n = I18n::get();
    let (wanted, filter) = (RwSignal::new(String::new()), RwSignal::new(Filter::All));
    // The outbox writes delivery words into the heads, so its every change renews the list.
    effect(move || {
        outbox.entries.track();
        drafts.renew();
    });
    let shown: Rc<dyn Fn() -> Vec<Head>> = Rc::new(move || {
        let (formats, filter) = (services.ports().formats.clone(), filter.get());
        let wanted = formats.small(&wanted.get());
        let mut heads = heads(drafts);
        heads.retain(|head| filter.admits(head) && found(&*formats, head, &wanted));
        heads
    });
    let (none_shown, later) = (shown.clone(), Later::get());
    let content = el("div")
        .class("page home-body")
        .child(tools(wanted, filter, drafts))
        .child(section(shown.clone(), true))
        .child(section(shown, false))
        .child_with(move || match drafts.list.get() {
            DraftList::Ready { damaged, .. } if !damaged.is_empty() => {
                later.quietly(move |part| (part.damaged)(&damaged))
            }
            _ => Node::Nothing,
        })
        .child_with(move || nothing(i18n, drafts.list.get(), none_shown().is_empty()));
    let new = el("a")
        .class("button button--wide")
        .attr("href", &Route::New.href())
        .child(Icon::Plus.view())
        .text(i18n.words().new_assessment());
    framed(Frame::Main, head(i18n), content, foot("foot foot--clear", new))
}

fn head(i18n: I18n) -> El {
    describe(i18n, "Bintang");
    let name = el("div").child(page_title("Bintang")).child(el("p").text(i18n.words().app_tagline()));
    let brand = el("div").class("home-head__brand").child(mark("app-icon")).child(name).child(theme_button());
    el("header").class("home-head on-brand").child(brand)
}

/// All assessments that can be read, the last changed first.
fn heads(drafts: Drafts) -> Vec<Head> {
    match drafts.list.get() {
        DraftList::Ready { heads, .. } => heads,
        DraftList::Loading | DraftList::Failed(_) => Vec::new(),
    }
}

fn tools(wanted: RwSignal<String>, filter: RwSignal<Filter>, drafts: Drafts) -> El {
    let (i18n, condition) = (I18n::get(), Condition::get());
    let field = el("input")
        .class("field__control")
        .attr("type", "search")
        .attr("placeholder", i18n.words().search_placeholder())
        .value(move || wanted.get())
        .on("input", move |event| wanted.set(value_of(&event)));
    let label = el("span").class("visually-hidden").text(i18n.words().search_label());
    let search = el("label").class("search").child(label).child(Icon::Search.view()).child(field);
    let row = move |each: Filter| {
        let count = move || heads(drafts).iter().filter(|head| each.admits(head)).count();
        let control = el("input")
            .attr("type", "radio")
            .attr("name", "filter")
            .checked(move || filter.get() == each)
            .on("change", move |_| filter.set(each));
        let number = el("span").class("num").text_with(move || count().to_string());
        el("label").child(control).text(each.name(i18n.words())).text(" ").child(number)
    };
    let legend = el("legend").class("visually-hidden").text(i18n.words().filter_label());
    let filters = el("fieldset").child(legend).child(el("div").class("filter").child(Filter::ALL.map(row)));
    let offline = move || {
        (!condition.online.get()).then(|| {
            let words = i18n.words();
            // Where there is no store, the storage banner speaks; this one must not say "kept".
            let text = if condition.temporary() { words.outbox_offline_title() } else { words.offline_home() };
            let text = el("span").class("banner__title").text(text);
            el("p").class("banner banner--offline banner--slim").child(Icon::Offline.view()).child(text)
        })
    };
    el("div")
        .class("home-tools")
        .child(search)
        .child(filters)
        .child_with(offline)
        .child(version_banner())
        .child(Later::get().quietly(|part| (part.banners)()))
}

fn section(shown: Rc<dyn Fn() -> Vec<Head>>, working: bool) -> Node {
    let i18n = I18n::get();
    with(move || {
        let words = i18n.words();
        let heads = shown().into_iter().filter(|head| (head.phase == Phase::Draft) == working);
        let items: Vec<Node> = heads.map(|head| el("li").child(item::item(i18n, &head)).into()).collect();
        (!items.is_empty()).then(|| {
            let (id, title) =
                if working { ("working", words.home_working()) } else { ("finished", words.home_finished()) };
            let title = section_title(id, title, &words.assessments().of(items.len()));
            el("section").class("stack home-section").child(title).child(el("ul").class("items").child(items))
        })
    })
}

/// What stands where the list would be, when there is none.
fn nothing(i18n: I18n, list: DraftList, none_shown: bool) -> Option<El> {
    let words = i18n.words();
    match list {
        DraftList::Loading => Some(el("p").class("soft home-section").attr("role", "status").text(words.loading())),
        DraftList::Failed(error) => {
            let banner = Banner::Storage.view(&notice::store(words, &error), None, Node::Nothing);
            Some(el("div").class("home-section").child(banner))
        }
        DraftList::Ready { heads, damaged } if heads.is_empty() && damaged.is_empty() => {
            Some(empty(Icon::File, words.home_empty_title(), Some(words.home_empty_text())))
        }
        DraftList::Ready { heads, .. } if none_shown && !heads.is_empty() => {
            Some(el("p").class("soft home-section").attr("role", "status").text(words.home_none_found()))
        }
        DraftList::Ready { .. } => None,
    }
}
