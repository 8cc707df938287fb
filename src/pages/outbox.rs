//! Kotak keluar: what is on its way, and the proof of what arrived.

mod handed;

use super::{
    damaged,
    frame::{Frame, bar, condition_banners, foot, framed},
};
use crate::{
    i18n::{I18n, Later},
    notice,
    routes::Route,
    services::Services,
    state::{condition::Condition, endpoints::EndpointBook, outbox::Outbox},
    ui::{
        banner::Banner,
        chip::Chip,
        icon::Icon,
        line::{empty, section, section_title},
    },
};
use bintang_dom::{El, Memo, Node, el, group, with};
use bintang_domain::{
    id::SubmissionId,
    outbox::{Entry, SendError, State},
    store::Entries,
};

/// Characters of a digest that are shown: enough to compare by eye.
const DIGEST_SHOWN: usize = 12;

/// The three groups of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Attention,
    Waiting,
    Accepted,
    Proved,
}

impl Group {
    fn of(entry: &Entry) -> Self {
        match entry.state {
            State::Attention(_) => Self::Attention,
            State::Waiting { .. } | State::Trying { .. } => Self::Waiting,
            State::Accepted { .. } => Self::Accepted,
            State::Proved { .. } => Self::Proved,
        }
    }

    fn title(self, words: Later) -> (&'static str, &'static str) {
        match self {
            Self::Attention => ("attention", words.outbox_attention()),
            Self::Waiting => ("waiting", words.outbox_waiting()),
            Self::Accepted => ("accepted", words.outbox_accepted()),
            Self::Proved => ("proved", words.outbox_proved()),
        }
    }
}

/// The page.
pub(super) fn page() -> Node {
    let (i18n, outbox, book, condition) = (I18n::get(), Outbox::get(), EndpointBook::open(), Condition::get());
    let target = move || {
        let title = book.now.with(|now| Some(now.as_ref()?.chosen()?.title().to_owned()));
        title
            .map_or_else(|| i18n.later().outbox_no_target().to_owned(), |title| i18n.later().outbox_target().of(&title))
    };
    let under = el("p").text_with(target);
    let bar = bar(None, i18n.later().nav_outbox(), under.into(), Node::Nothing);
    let entries = move || outbox.entries.get().unwrap_or_default();
    let list = move |wanted: Group| {
        with(move || {
            let entries = entries().whole.into_iter().filter(|entry| Group::of(entry) == wanted);
            let items: Vec<El> = entries.map(|entry| el("li").child(item(i18n, book, &entry))).collect();
            let (id, title) = wanted.title(i18n.later());
            (!items.is_empty()).then(|| {
                let title = section_title(id, title, &items.len().to_string());
                section(id).child(title).child(el("ul").class("items").child(items))
            })
        })
    };
    let offline = with(move || {
        let words = i18n.later();
        (!condition.online.get()).then(|| {
            Banner::Offline.view(words.outbox_offline_title(), Some(words.outbox_offline_text()), Node::Nothing)
        })
    });
    let failed = with(move || {
        let words = i18n.later();
        outbox.failure.get().map(|error| Banner::Storage.view(&notice::store(&words, &error), None, Node::Nothing))
    });
    let nothing = with(move || {
        let words = i18n.later();
        outbox
            .entries
            .get()
            .is_some_and(|entries| entries == Entries::default())
            .then(|| empty(Icon::Outbox, words.outbox_empty_title(), Some(words.outbox_empty_text())))
    });
    let damaged = with(move || {
        let keys = entries().damaged;
        if keys.is_empty() { Node::Nothing } else { damaged::list(&keys) }
    });
    // What it came to stays on the screen, whatever its entry is by then.
    let any = Memo::new(move || !entries().whole.is_empty());
    let handed = with(move || any.get().then(|| handed::receipt_file(i18n)));
    let content = el("div").class("page stack").child([
        offline,
        condition_banners(),
        failed,
        list(Group::Attention),
        list(Group::Waiting),
        list(Group::Accepted),
        list(Group::Proved),
        handed,
        damaged,
        nothing,
    ]);
    // A token that was mended lets all of them in.
    let asked = |entry: &Entry| matches!(entry.state, State::Attention(SendError::NotAllowed { .. }));
    let may_go = move |entry: &Entry| Group::of(entry) == Group::Waiting || asked(entry);
    let waits = Memo::new(move || entries().whole.iter().any(may_go));
    let send = with(move || {
        waits.get().then(|| {
            let button = el("button")
                .class("button button--wide")
                .id("send-now")
                .attr("type", "button")
                .on("click", move |_| outbox.send_now(None))
                .text(i18n.later().outbox_send_now());
            foot("foot", button)
        })
    });
    framed(Frame::Main, bar, content, send)
}

fn item(i18n: I18n, book: EndpointBook, entry: &Entry) -> El {
    let words = i18n.later();
    let (state, chip) = match entry.state {
        State::Waiting { .. } => ("waiting", Chip::Queued.view(words.chip_queued()).into()),
        State::Trying { .. } => ("trying", on_its_way(i18n, entry.id)),
        State::Accepted { .. } => ("accepted", Chip::Accepted.view(words.chip_accepted()).into()),
        State::Proved { .. } => ("proved", Chip::Proved.view(words.chip_proved()).into()),
        State::Attention(_) => ("attention", Chip::Attention.view(words.chip_attention()).into()),
    };
    let title = match entry.product.as_str() {
        "" => words.untitled_product(),
        name => name,
    };
    let link = el("a").attr("href", &Route::result(entry.assessment).href()).text(title);
    let main = el("div")
        .child(el("h3").child(link))
        .child(el("p").class("item__place").text(&entry.business))
        .child(el("div").class("item__state").child(chip))
        .child(details(i18n, entry));
    el("article")
        .class("item item--plain")
        .attr("data-submission", &entry.id.to_string())
        .attr("data-state", state)
        .child(main)
        .child(actions(i18n, book, entry))
}

/// The chip of what is being sent: which of its photos, where it has some.
fn on_its_way(i18n: I18n, id: SubmissionId) -> Node {
    let (words, outbox) = (i18n.later(), Outbox::get());
    with(move || {
        let files = outbox.files.get().filter(|_| outbox.sending.get() == Some(id));
        let text = files.map(|(number, of)| words.outbox_sending_photo().both(number, of));
        Chip::Queued.view(text.as_deref().unwrap_or_else(|| words.outbox_sending()))
    })
}

fn why(text: &str) -> El {
    el("p").class("item__why").text(text)
}

/// What is to be said of its state.
fn details(i18n: I18n, entry: &Entry) -> Node {
    let (words, condition) = (i18n.later(), Condition::get());
    match &entry.state {
        State::Trying { .. } => Node::Nothing,
        State::Waiting { until, last } => {
            let when = match (last, condition.online.get()) {
                (_, false) => words.outbox_waiting_network().to_owned(),
                (None, true) => words.outbox_waiting_soon().to_owned(),
                (Some(_), true) => words.outbox_waiting_until().of(&i18n.time(*until)),
            };
            let last = last.as_ref().map(|error| why(&notice::send(words, error)));
            // What waits for Wi-Fi waits for no time.
            let when = (!entry.waits_for_wifi()).then(|| el("p").class("item__place").text(&when));
            group([Node::from(last), when.into()])
        }
        State::Attention(error) => why(&notice::send(words, error)).into(),
        State::Accepted { at, held, lost } => {
            let by = entry.endpoint.as_ref().map(|endpoint| endpoint.origin().to_owned()).unwrap_or_default();
            let lost = (*lost > 0).then(|| (words.accepted_lost(), lost.to_string()));
            let facts = [(words.receipt_received(), i18n.moment(*at)), (words.receipt_by(), by)];
            let facts = facts.into_iter().chain(held_photos(words, *held)).chain(lost);
            group([why(words.accepted_why()).into(), Node::from(list_of(facts))])
        }
        State::Proved { at, receiver, held, read_back, .. } => {
            let digest: String = entry.digest.to_string().chars().take(DIGEST_SHOWN).collect();
            let by = if *read_back { words.read_back_from() } else { words.receipt_by() };
            let facts = [
                (words.receipt_received(), i18n.moment(*at)),
                (by, receiver.clone()),
                (words.receipt_digest(), digest + "…"),
            ];
            list_of(facts.into_iter().chain(held_photos(words, *held))).into()
        }
    }
}

fn held_photos(words: Later, held: usize) -> Option<(&'static str, String)> {
    (held > 0).then(|| (words.receipt_held(), words.receipt_held_count().of(held)))
}

fn list_of(facts: impl Iterator<Item = (&'static str, String)>) -> El {
    let facts = facts.map(|(name, fact)| group([el("dt").text(name), el("dd").text(&fact)]));
    el("dl").class("receipt").child(group(facts))
}

/// What a person can do about it.
fn actions(i18n: I18n, book: EndpointBook, entry: &Entry) -> Option<El> {
    let (words, outbox) = (i18n.later(), Outbox::get());
    // Once a try has failed the address may be the cause, also where it is tried again by itself.
    let (error, set_aside) = match &entry.state {
        State::Attention(error) => (Some(error), true),
        State::Waiting { last: Some(error), .. } => (Some(error), false),
        // Nothing is sent there twice; another endpoint may prove it.
        State::Accepted { .. } => (None, false),
        _ => return None,
    };
    let id = entry.id;
    let button = || el("button").class("button").attr("type", "button");
    let present = book.now.with(|now| Some(now.as_ref()?.chosen()?.address.clone()));
    let elsewhere = present.filter(|present| Some(present) != entry.endpoint.as_ref());
    let photos = entry.waits_for_wifi().then(|| {
        button()
            .attr("data-photos", "")
            .on("click", move |_| outbox.send_now(Some(id)))
            .child(if error == Some(&SendError::WaitsForWifi) { Icon::Outbox } else { Icon::Camera }.view())
            .text(if error == Some(&SendError::WaitsForWifi) {
                words.outbox_send_now()
            } else {
                words.outbox_send_photos()
            })
    });
    // Inside another page there are no settings: the page names the endpoint.
    let own = !Services::get().ports().page.embedded();
    let settings_link = (own && error == Some(&SendError::NoEndpoint) && elsewhere.is_none()).then(|| {
        el("a").class("button button--secondary").attr("href", &Route::settings().href()).text(words.open_settings())
    });
    let again = (set_aside && entry.endpoint.is_some()).then(|| {
        button()
            .attr("data-retry", "")
            .on("click", move |_| outbox.send_now(Some(id)))
            .child(Icon::Refresh.view())
            .text(words.outbox_again())
    });
    let bind = elsewhere.map(|endpoint| {
        button()
            .attr("data-bind", "")
            .on("click", move |_| outbox.bind(id, endpoint.clone()))
            .child(Icon::Outbox.view())
            .text(words.outbox_bind())
    });
    Some(el("div").class("item__actions").child(settings_link).child(photos).child(again).child(bind))
}
