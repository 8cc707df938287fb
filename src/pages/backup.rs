//! Cadangan: everything or one assessment as a file, and bringing one back.

pub(super) mod restore;

use super::frame::{Frame, bar, framed};
use crate::{
    context::App,
    i18n::{I18n, Later},
    notice,
    routes::Route,
    state::backups::{Backups, Handed, Made, SHORTEST, Taking},
    ui::{
        banner::Banner,
        field::TextField,
        icon::Icon,
        line::{section, section_title},
    },
};
use bintang_dom::{El, Memo, Node, RwSignal, checked_of, el, group, with};
use bintang_domain::{
    backup::{LeftOut, Scope},
    id::AssessmentId,
    points::Points,
    ports::tables::Table,
};
use std::rc::Rc;

/// The page; of one assessment, or of everything.
pub(super) fn page(one: Option<AssessmentId>) -> Node {
    let (app, i18n) = (App::get(), I18n::get());
    let back = one.map_or(Route::settings(), Route::result);
    let title = if one.is_some() { i18n.later().backup_one() } else { i18n.later().backup() };
    let bar = bar(Some(back), title, Node::Nothing, Node::Nothing);
    let restoring = one.is_none().then(|| restore::restoring(i18n, app));
    let content = el("div").class("page stack stack--section").child(taking(i18n, app, one)).child(restoring);
    framed(Frame::Focus, bar, content, Node::Nothing)
}

fn taking(i18n: I18n, app: App, one: Option<AssessmentId>) -> El {
    let words = i18n.later();
    let backups = Backups::new(app);
    let scope = one.map_or(Scope::Everything, Scope::One);
    let (locked, passphrase) = (RwSignal::new(false), RwSignal::new(String::new()));
    let short = RwSignal::new(false);
    let error = Memo::new(move || short.get().then(|| words.passphrase_short()));
    let field = move || {
        locked.get().then(|| {
            let field = TextField {
                hint: Some(words.backup_passphrase_hint()),
                error: Some(error),
                on_change: Some(Rc::new(move |_| short.set(false))),
                ..TextField::new("backup-passphrase", words.passphrase(), passphrase)
            };
            field.view()
        })
    };
    let lock = el("input")
        .attr("type", "checkbox")
        .id("backup-lock")
        .checked(move || locked.get())
        .on("change", move |event| locked.set(checked_of(&event)));
    let lock = el("label").class("option option--tick").attr("for", "backup-lock").child(lock);
    let lock = lock.child(el("span").class("option__label").text(words.backup_lock()));
    let busy = move || backups.taking.with(|taking| matches!(taking, Taking::Locking | Taking::Working { .. }));
    let take = move |_| {
        let passphrase = if locked.get_untracked() { passphrase.get_untracked() } else { String::new() };
        let is_short = locked.get_untracked() && passphrase.chars().count() < SHORTEST;
        short.set(is_short);
        if !is_short && !backups.taking.with_untracked(|taking| matches!(taking, Taking::Working { .. })) {
            backups.take(scope, passphrase);
        }
    };
    let button = el("button")
        .class("button button--wide")
        .id("backup-take")
        .attr("type", "button")
        .attr_with("aria-busy", move || busy().then_some("true"))
        .on("click", take)
        .child(Icon::Storage.view())
        .text(words.backup_take());
    let text = if one.is_some() { words.backup_one_text() } else { words.backup_text() };
    let last = move || {
        let text = backups
            .last
            .get()
            .map_or_else(|| words.backup_never().to_owned(), |at| words.backup_last().of(&i18n.moment(at)));
        one.is_none().then(|| el("p").class("small").id("backup-last").text(&text))
    };
    section("backup")
        .class("stack")
        .child(section_title("backup", words.backup_make(), ""))
        .child(el("p").class("small soft").text(text))
        .child_with(last)
        .child(el("div").class("rows").child(lock))
        .child_with(field)
        .child(button)
        .child_with(move || taken(i18n, backups))
}

fn status(text: &str) -> Node {
    el("p").class("soft").attr("role", "status").text(text).into()
}

fn taken(i18n: I18n, backups: Backups) -> Node {
    let words = i18n.later();
    match backups.taking.get() {
        Taking::Idle => Node::Nothing,
        Taking::Locking => status(words.backup_locking()),
        Taking::Working { done, of } => {
            let bar = el("progress").attr("max", &of.max(1).to_string()).attr("value", &done.to_string());
            let text = words.backup_working().both(done, of);
            el("div").class("stack stack--tight").child(status(&text)).child(bar.attr("aria-label", &text)).into()
        }
        Taking::Failed(error) => {
            let text = notice::take(words, &error);
            Banner::Storage.view(words.backup_failed(), Some(&text), Node::Nothing).into()
        }
        Taking::Ready(made) => ready(i18n, backups, made),
    }
}

fn ready(i18n: I18n, backups: Backups, made: Made) -> Node {
    let words = i18n.later();
    let (save, share) = (made.clone(), made.clone());
    let button = |class: &str, id: &str| el("button").class(class).attr("type", "button").id(id);
    let save = button("button", "backup-save")
        .on("click", move |_| backups.save(&save))
        .child(Icon::File.view())
        .text(words.backup_save());
    let share = made.file.can_share().then(|| {
        button("button button--secondary", "backup-share")
            .on("click", move |_| backups.share(&share))
            .child(Icon::Outbox.view())
            .text(words.backup_share())
    });
    let handed = with(move || {
        backups.handed.get().map(|handed| {
            let text = match handed {
                Handed::Saved => words.backup_saved(),
                Handed::Shared => words.backup_shared(),
                Handed::NotShared => words.backup_not_shared(),
            };
            el("output").class("saved").child(Icon::Check.view()).child(el("span").text(text))
        })
    });
    let size = words.backup_ready().of(&size(i18n, made.file.size()));
    el("div")
        .class("card stack")
        .attr("data-backup", "ready")
        .attr("data-bytes", &made.file.size().to_string())
        .child(el("p").attr("role", "status").child(el("strong").text(&size)))
        .child(left_out(words, &made.left_out))
        .child(el("div").class("button-row").child(save).child(share))
        .child(handed)
        .into()
}

/// What is not in the file, and where it still is.
fn left_out(words: Later, left_out: &[LeftOut]) -> Option<El> {
    (!left_out.is_empty()).then(|| {
        let rows = left_out.iter().map(|left| {
            let what = match left.table {
                Table::EvidenceBytes | Table::EvidenceMeta => words.photo(),
                Table::Rubrics => words.rubric_one(),
                Table::Heads => words.assessment_one(),
                _ => words.record_one(),
            };
            el("li").text(what).text(": ").text(&notice::left_out(words, &left.why))
        });
        let title = words.backup_left_out().of(left_out.len());
        el("details").class("problems").child(el("summary").text(&title)).child(el("ul").child(group(rows)))
    })
}

/// A size as people say it: kB, or MB with one digit, as phones count them.
pub(super) fn size(i18n: I18n, bytes: u64) -> String {
    if bytes < 1_000_000 {
        return [&bytes.div_ceil(1_000).to_string(), " kB"].concat();
    }
    let hundredths = i32::try_from(bytes / 100_000 * 10).unwrap_or(i32::MAX);
    [&i18n.points(Points(hundredths)), " MB"].concat()
}
