//! Beranda: the list of assessments.

mod item;
mod search;

use super::{
    frame::{Frame, describe, foot, framed, mark, page_title, theme_button, version_banner},
    later::Later,
};
use crate::{
    context::App,
    i18n::{I18n, Words},
    notice,
    routes::Route,
    services::Services,
    state::{
        condition::Condition,
        drafts::{DraftList, Drafts},
    },
    ui::{
        banner::Banner,
        icon::Icon,
        line::{coming, empty, section_title},
    },
};
use bintang_dom::{El, Memo, Node, RwSignal, effect, el, group, value_of};
use bintang_domain::draft::{Delivery, Head, Phase};
use search::Search;

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
            (Self::Queued, Phase::Finished { delivery, .. }) => {
                matches!(delivery, Delivery::Queued | Delivery::Attention)
            }
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

/// Assessments of a section that are shown at once, three screens of a small phone, and that each "more" adds: drawing a
/// card costs a slow phone a few milliseconds at each letter of a search, and there may be thousands.
const SHOWN: usize = 15;
const MORE: usize = 30;

/// A section of the list: those in work, or those finished.
#[derive(PartialEq)]
struct Section {
    working: bool,
    /// How many there are, as far as they are read.
    count: usize,
    partial: bool,
    /// The first of them.
    shown: Vec<Head>,
}

impl Section {
    fn of(heads: &[&Head], working: bool, most: usize, partial: bool) -> Self {
        let own = heads.iter().copied().filter(|head| (head.phase == Phase::Draft) == working);
        Self { working, partial, count: own.clone().count(), shown: own.take(most).cloned().collect() }
    }

    fn view(&self, i18n: I18n, most: RwSignal<usize>) -> Option<El> {
        let words = i18n.words();
        if self.count == 0 {
            return None;
        }
        let (id, title) =
            if self.working { ("working", words.home_working()) } else { ("finished", words.home_finished()) };
        let title = section_title(id, title, &words.assessments().of(&count(self.count, self.partial)));
        let items: Vec<Node> = self.shown.iter().map(|head| el("li").child(item::item(i18n, head)).into()).collect();
        let last = self.shown.last().filter(|_| self.count > self.shown.len()).map(|head| head.assessment.to_string());
        let more = last.map(|last| {
            let page = Services::get().ports().page.clone();
            let more = el("button").class("button button--secondary").attr("type", "button");
            let more = more.on("click", move |_| {
                most.update(|most| *most += MORE);
                // The button is drawn anew; the way on leads from the card above to the first of those that came.
                let (focus, last) = (page.clone(), last.clone());
                page.after_paint(Box::new(move || focus.focus(&last)));
            });
            more.text(words.home_more())
        });
        let list = el("ul").class("items").child(items);
        Some(el("section").class("stack home-section").child(title).child(list).child(more))
    }
}

/// A count that may grow while the older ones are read.
fn count(count: usize, partial: bool) -> String {
    let mut text = count.to_string();
    text.push_str(if partial { "+" } else { "" });
    text
}

/// The page.
pub(super) fn page() -> Node {
    let App { services, drafts, outbox, .. } = App::get();
    let i18n = I18n::get();
    let (search, filter) = (Search::new(services, drafts), RwSignal::new(Filter::All));
    let most = [RwSignal::new(SHOWN), RwSignal::new(SHOWN)];
    // The outbox writes delivery words into the heads, so its every change renews the list.
    effect(move || {
        outbox.entries.track();
        drafts.renew();
    });
    // A letter or a renewal that changes nothing of what is shown draws nothing.
    let sections = Memo::new(move || {
        let (heads, filter) = (drafts.heads(), filter.get());
        let mut fitting = search.among(&heads);
        fitting.retain(|head| filter.admits(head));
        let ([working, finished], partial) = (most, drafts.is_partial());
        [Section::of(&fitting, true, working.get(), partial), Section::of(&fitting, false, finished.get(), partial)]
    });
    let later = Later::get();
    let content = el("div")
        .class("page home-body")
        .child(tools(search.wanted, filter, drafts))
        .child(later.quietly(|part| (part.welcome)()))
        .child_with(move || {
            sections.with(|sections| group(sections.iter().zip(most).map(|(section, most)| section.view(i18n, most))))
        })
        .child_with(move || match drafts.list.get() {
            DraftList::Ready { damaged, .. } if !damaged.is_empty() => {
                later.quietly(move |part| (part.damaged)(&damaged))
            }
            _ => Node::Nothing,
        })
        .child_with(move || {
            nothing(
                i18n,
                drafts.list.get(),
                sections.with(|sections| sections.iter().all(|section| section.count == 0)),
            )
        });
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
    let help = el("a").class("button button--icon").attr("href", &Route::help(None).href());
    let help = help.attr("aria-label", i18n.words().help()).child(Icon::Info.view());
    let brand =
        el("div").class("home-head__brand").child(mark("app-icon")).child(name).child(help).child(theme_button());
    el("header").class("home-head on-brand").child(brand)
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
        let admitted = move || drafts.heads().iter().filter(|head| each.admits(head)).count();
        let control = el("input")
            .attr("type", "radio")
            .attr("name", "filter")
            .checked(move || filter.get() == each)
            .on("change", move |_| filter.set(each));
        let number = el("span").class("num").text_with(move || count(admitted(), drafts.is_partial()));
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

/// What stands where the list would be, when there is none.
fn nothing(i18n: I18n, list: DraftList, none_shown: bool) -> Option<El> {
    let words = i18n.words();
    match list {
        // The list grows at its foot, or is still to come.
        DraftList::Loading | DraftList::Ready { complete: false, .. } => Some(coming(words.loading())),
        DraftList::Failed(error) => {
            let banner = Banner::Storage.view(&notice::store(words, &error), None, Node::Nothing);
            Some(el("div").class("home-section").child(banner))
        }
        DraftList::Ready { heads, damaged, .. } if heads.is_empty() && damaged.is_empty() => {
            let first = Later::get().quietly(|part| (part.first)());
            Some(empty(Icon::File, words.home_empty_title(), Some(words.home_empty_text())).child(first))
        }
        DraftList::Ready { heads, .. } if none_shown && !heads.is_empty() => {
            Some(el("p").class("soft home-section").attr("role", "status").text(words.home_none_found()))
        }
        DraftList::Ready { .. } => None,
    }
}
