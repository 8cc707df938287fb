//! Kesiapan: one word on whether the phone is ready for the field, what is to be done, and a start without a network.

use super::{
    backup::size,
    frame::{Frame, bar, foot, framed},
};
use crate::{
    context::App,
    i18n::{I18n, Later},
    notice,
    routes::{DRILL, Route},
    state::readiness::{Drilling, Readiness, Tried, VIDEO},
    ui::{
        icon::Icon,
        line::{Tone, fact, section, section_title},
    },
};
use bintang_dom::{El, Node, el, group, with};
use bintang_domain::{
    ports::{
        page::Keeping,
        phone::{Drill, Permit},
    },
    readiness::{Facts, Grade, Item, photos},
};

/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;
/// Characters of the version that are shown.
const VERSION_SHOWN: usize = 8;

/// The page.
pub(super) fn page() -> Node {
    let (app, i18n) = (App::get(), I18n::get());
    let readiness = Readiness::new(app);
    let at = move || {
        let facts = readiness.facts.get()?;
        Some(el("p").text(&i18n.later().readiness_at().of(&i18n.moment(facts.now))))
    };
    let bar = bar(Some(Route::settings()), i18n.later().readiness(), with(at), Node::Nothing);
    let video = el("video").class("visually-hidden").id(VIDEO).attr("muted", "").attr("playsinline", "");
    let video = video.attr("aria-hidden", "true").attr("tabindex", "-1");
    let content = el("div").class("page stack stack--section").child_with(move || match readiness.known() {
        None => el("p").class("soft").attr("role", "status").text(i18n.later().readiness_looking()).into(),
        Some(facts) => shown(i18n, readiness, &facts),
    });
    let content = content.child(video);
    let again = el("button")
        .class("button button--wide")
        .id("readiness-again")
        .attr("type", "button")
        .on("click", move |_| readiness.look())
        .child(Icon::Refresh.view())
        .text(i18n.later().readiness_again());
    framed(Frame::Focus, bar, content, foot("foot", again))
}

fn shown(i18n: I18n, readiness: Readiness, facts: &Facts) -> Node {
    let words = i18n.later();
    let grades = facts.grades();
    let (look, well): (Vec<_>, Vec<_>) = grades.into_iter().partition(|(_, grade)| *grade > Grade::Unknown);
    let failed = facts.drill == Some(false);
    let (bad, count) = (facts.verdict() == Grade::Bad, look.len() + usize::from(failed));
    let (class, icon, title, text) = match (bad, count) {
        (_, 0) => ("banner banner--good", Icon::Done, words.readiness_ready().to_owned(), words.readiness_ready_text()),
        (false, count) => {
            ("banner banner--warn", Icon::Alert, words.readiness_almost().of(count), words.readiness_almost_text())
        }
        (true, count) => {
            ("banner banner--storage", Icon::Alert, words.readiness_not().of(count), words.readiness_not_text())
        }
    };
    let verdict = el("div")
        .class(class)
        .attr("role", "status")
        .attr(
            "data-ready",
            if bad {
                "bad"
            } else if count == 0 {
                "good"
            } else {
                "warn"
            },
        )
        .child(icon.view())
        .child(el("p").class("banner__title").text(&title))
        .child(el("p").class("banner__text").text(text));
    let list = |id: &str, title: &str, items: Vec<(Item, Grade)>| {
        (!items.is_empty()).then(|| {
            let rows = items.into_iter().map(|(item, grade)| row(i18n, readiness, facts, item, grade));
            section(id).child(section_title(id, title, "")).child(el("ul").class("rows").child(group(rows)))
        })
    };
    group([
        Node::from(verdict),
        list("readiness-look", words.readiness_look(), look).into(),
        drill(i18n, readiness).into(),
        list("readiness-well", words.readiness_well(), well).into(),
    ])
}

fn action(id: &str, icon: Icon, name: &str, then: impl Fn() + 'static) -> Node {
    let button = el("button").class("button button--secondary").attr("type", "button").id(id);
    button.on("click", move |_| then()).child(icon.view()).text(name).into()
}

fn link(route: Route, name: &str) -> Node {
    el("a").class("button button--secondary").attr("href", &route.href()).text(name).into()
}

/// What is said of an item: icon, title, sentence, word, and what to do.
fn row(i18n: I18n, readiness: Readiness, facts: &Facts, item: Item, grade: Grade) -> Node {
    let words = i18n.later();
    let (icon, title, text, action) = match item {
        Item::Shell => (Icon::Offline, words.ready_shell(), shell(words, facts), Node::Nothing),
        Item::Rubrics => {
            let (read, of) = facts.rubrics;
            let act = if grade == Grade::Good { Node::Nothing } else { link(Route::rubrics(None), words.rubrics()) };
            let text = [words.ready_rubrics().both(read, of), facts.versions.join(", ")].join(" · ");
            (Icon::File, words.rubrics(), text, act)
        }
        Item::Storage => storage(words, readiness, facts),
        Item::Room => (Icon::Camera, words.ready_room(), room(i18n, facts), Node::Nothing),
        Item::Clock => (Icon::Clock, words.ready_clock(), clock(words, facts), Node::Nothing),
        Item::Camera => camera(words, readiness, facts),
        Item::Location => location(words, readiness, facts),
        Item::Backup => {
            let text = match (facts.backup, facts.changed) {
                (Some(at), _) => words.backup_last().of(&i18n.moment(at)),
                (None, Some(_)) => words.backup_never().to_owned(),
                (None, None) => words.ready_nothing_stored().to_owned(),
            };
            let act = if grade == Grade::Good { Node::Nothing } else { link(Route::backup(None), words.backup_take()) };
            (Icon::Storage, words.backup(), text, act)
        }
        Item::Outbox => {
            let text = match (facts.waiting, grade) {
                (0, _) => words.ready_outbox_none().to_owned(),
                (waiting, Grade::Good) => words.ready_outbox().of(waiting),
                (waiting, _) => words.ready_outbox_late().of(waiting),
            };
            let held = (facts.held > 0).then(|| [" ", &words.ready_held().of(facts.held)].concat());
            let accepted = (facts.accepted > 0).then(|| [" ", &words.ready_accepted().of(facts.accepted)].concat());
            let text = [text, accepted.unwrap_or_default(), held.unwrap_or_default()].concat();
            let act = if grade == Grade::Good { Node::Nothing } else { link(Route::outbox(), words.nav_outbox()) };
            (Icon::Outbox, words.nav_outbox(), text, act)
        }
    };
    let (tone, word) = match grade {
        Grade::Good => (Tone::Good, words.ready_good()),
        Grade::Unknown => (Tone::Plain, words.ready_unknown()),
        Grade::Warn => (Tone::Warn, words.ready_warn()),
        Grade::Bad => (Tone::Bad, words.ready_bad()),
    };
    fact(tone, icon, title, &text, word, action)
}

fn shell(words: Later, facts: &Facts) -> String {
    match &facts.shell {
        None => words.shell_unavailable().to_owned(),
        Some(report) if report.missing == 0 => {
            let version: String = report.version.chars().take(VERSION_SHOWN).collect();
            words.ready_shell_whole().both(report.files, &version)
        }
        Some(report) => words.ready_shell_missing().both(report.missing, report.files),
    }
}

fn storage(words: Later, readiness: Readiness, facts: &Facts) -> (Icon, &'static str, String, Node) {
    let text = match facts.keeping {
        _ if facts.unreadable => words.store_corrupt(),
        Some(Keeping::Lasting) => words.storage_lasting(),
        Some(Keeping::BestEffort) => words.storage_best_effort_text(),
        Some(Keeping::Temporary) => words.storage_temporary_text(),
        None => words.ready_not_told(),
    };
    let ask = || action("readiness-keep", Icon::Storage, words.ready_keep(), move || readiness.keep());
    let act = if facts.keeping == Some(Keeping::BestEffort) { ask() } else { Node::Nothing };
    (Icon::Storage, words.settings_storage(), text.to_owned(), act)
}

fn room(i18n: I18n, facts: &Facts) -> String {
    let words = i18n.later();
    match facts.room {
        None => words.ready_not_told().to_owned(),
        Some(room) => words.ready_photos().both(&photos(room).to_string(), &size(i18n, room)),
    }
}

fn clock(words: Later, facts: &Facts) -> String {
    match facts.clock_off {
        None => words.ready_clock_unknown().to_owned(),
        Some(off) if off.abs() < MINUTE => words.ready_clock_good().to_owned(),
        Some(off) => words.ready_clock_off().of((off.unsigned_abs() / MINUTE.unsigned_abs()).to_string().as_str()),
    }
}

fn permit(words: Later, permit: Permit) -> &'static str {
    match permit {
        Permit::Granted => words.ready_granted(),
        Permit::Ask => words.ready_ask(),
        Permit::Denied => words.ready_denied(),
        Permit::Unknown => words.ready_not_told(),
    }
}

fn camera(words: Later, readiness: Readiness, facts: &Facts) -> (Icon, &'static str, String, Node) {
    let text = match readiness.camera.get() {
        Some(Tried::Running) => words.ready_trying().to_owned(),
        Some(Tried::Pictured) => words.ready_pictured().to_owned(),
        Some(Tried::NoPicture(error)) => notice::camera(words, error).to_owned(),
        Some(Tried::Found(_) | Tried::NotFound(_)) | None => permit(words, facts.camera).to_owned(),
    };
    let act = action("readiness-camera", Icon::Camera, words.ready_try_camera(), move || readiness.try_camera());
    (Icon::Camera, words.ready_camera(), text, act)
}

fn location(words: Later, readiness: Readiness, facts: &Facts) -> (Icon, &'static str, String, Node) {
    let text = match readiness.location.get() {
        Some(Tried::Running) => words.place_asked().to_owned(),
        Some(Tried::Found(accuracy)) => words.ready_found().of(accuracy),
        Some(Tried::NotFound(error)) => notice::location(words, error).to_owned(),
        Some(Tried::Pictured | Tried::NoPicture(_)) | None => permit(words, facts.location).to_owned(),
    };
    let act = action("readiness-location", Icon::Pin, words.ready_try_location(), move || readiness.try_location());
    (Icon::Pin, words.ready_location(), text, act)
}

/// A start without a network, tried while there is one.
fn drill(i18n: I18n, readiness: Readiness) -> El {
    let words = i18n.later();
    let row = with(move || {
        let drilling = readiness.drilling.get();
        let (tone, text, word) = match drilling {
            Drilling::Idle => (Tone::Plain, words.drill_text(), ""),
            Drilling::Running => (Tone::Plain, words.drill_running(), ""),
            Drilling::Ended(Drill::Started) => (Tone::Good, words.drill_started(), words.ready_good()),
            Drilling::Ended(Drill::Failed) => (Tone::Bad, words.drill_failed(), words.ready_bad()),
            Drilling::Ended(Drill::NoShell) => (Tone::Bad, words.drill_no_shell(), words.ready_bad()),
        };
        let act = if drilling == Drilling::Running {
            Node::Nothing
        } else {
            action("readiness-drill", Icon::Offline, words.drill_begin(), move || readiness.drill(DRILL))
        };
        fact(tone, Icon::Offline, words.drill(), text, word, act)
    });
    section("drill").child(section_title("drill", words.drill_title(), "")).child(el("ul").class("rows").child(row))
}
