//! Bringing a backup back: a file, perhaps its passphrase, what it holds, what came of it.

use crate::{
    context::App,
    i18n::{I18n, Later},
    notice,
    routes::Route,
    state::restoring::{LOOKED_AT, Outcome, Restoring, Step, name},
    ui::{
        banner::Banner,
        field::TextField,
        icon::Icon,
        line::{Tone, coded, coming, line, section, section_title},
    },
};
use bintang_dom::{El, Memo, Node, RwSignal, checked_of, el, group};
use bintang_domain::{
    backup::{Item, Restore, Standing},
    bundle::Locked,
    draft::{Head, Phase},
};
use std::rc::Rc;

const FILE: &str = "restore-file";

/// The section.
pub(super) fn restoring(i18n: I18n, app: App) -> El {
    let words = i18n.later();
    let restoring = Restoring::new(app);
    let file = el("input")
        .class("visually-hidden")
        .attr("type", "file")
        .id(FILE)
        // Phones that do not know the ending offer nothing where it alone is asked for.
        .attr("accept", ".bintang,.zip,application/zip,application/octet-stream")
        .on("change", move |_| restoring.look(FILE));
    let choose = el("label")
        .class("button button--secondary button--wide")
        .attr("for", FILE)
        .child(Icon::File.view())
        .text(words.restore_choose());
    section("restore")
        .class("stack")
        .child(section_title("restore", words.restore(), ""))
        .child(el("p").class("small soft").text(words.restore_text()))
        .child(el("div").child([file, choose]))
        .child_with(move || shown(i18n, restoring))
}

/// How far it is, and what there is to do.
pub(in crate::pages) fn shown(i18n: I18n, restoring: Restoring) -> Node {
    let words = i18n.later();
    match restoring.step.get() {
        Step::Idle => Node::Nothing,
        Step::Reading => coming(words.loading()).into(),
        Step::Locked { locked, wrong } => unlocking(i18n, restoring, locked, wrong).into(),
        Step::Unusable(error) => {
            let text = notice::restore(words, &error);
            Banner::Storage.view(words.restore_unusable(), Some(&text), Node::Nothing).id(LOOKED_AT).into()
        }
        Step::Looked(restore) => preview(i18n, restoring, restore).into(),
        Step::Working { done, of } => {
            el("p").class("soft").attr("role", "status").text(&words.restore_working().both(done, of)).into()
        }
        Step::Done(outcome) => report(i18n, &outcome).into(),
    }
}

fn unlocking(i18n: I18n, restoring: Restoring, locked: Locked, wrong: bool) -> El {
    let words = i18n.later();
    let passphrase = RwSignal::new(String::new());
    let is_wrong = RwSignal::new(wrong);
    let error = Memo::new(move || is_wrong.get().then(|| words.passphrase_wrong()));
    let field = TextField {
        error: Some(error),
        on_change: Some(Rc::new(move |_| is_wrong.set(false))),
        ..TextField::new("restore-passphrase", words.passphrase(), passphrase)
    };
    let open = el("button")
        .class("button")
        .id("restore-unlock")
        .attr("type", "button")
        .on("click", move |_| restoring.unlock(locked.clone(), passphrase.get_untracked()))
        .text(words.restore_unlock());
    let title = el("h3").id(LOOKED_AT).attr("tabindex", "-1").text(words.restore_locked());
    el("div").class("card stack").child(title).child(field.view()).child(open)
}

fn preview(i18n: I18n, restoring: Restoring, restore: Rc<Restore>) -> El {
    let words = i18n.later();
    let rows = restore.items().iter().enumerate().map(|(place, item)| row(i18n, restoring, place, item));
    let count = words.assessments().of(restore.items().len());
    let title = section_title(LOOKED_AT, words.restore_preview(), &count).attr("tabindex", "-1");
    let begin = restore.clone();
    let button = el("button")
        .class("button button--wide")
        .id("restore-begin")
        .attr("type", "button")
        .on("click", move |_| restoring.restore(begin.clone()))
        .text(words.restore_begin());
    let list = el("ul").class("rows").child(group(rows));
    let also = el("p").class("small soft").text(words.restore_rest());
    section(LOOKED_AT).class("stack").attr("data-restore", "looked").child(title).child(list).child(also).child(button)
}

/// What a person knows an assessment by.
fn describes(i18n: I18n, head: &Head) -> String {
    let words = i18n.later();
    let state = match head.phase {
        Phase::Draft => words.answered_of().both(head.summary.answered as usize, head.summary.asked as usize),
        Phase::Finished { .. } => words.stars_of().both(head.summary.stars, head.summary.highest),
    };
    let changed = i18n.moment(head.changed);
    let parts = [head.subject.business.as_str(), state.as_str(), changed.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn row(i18n: I18n, restoring: Restoring, place: usize, item: &Item) -> Node {
    let words = i18n.later();
    let title = match &item.head {
        Some(head) if head.subject.product.is_empty() => words.untitled_product().to_owned(),
        _ => name(item),
    };
    let own = item.head.as_deref().map(|head| describes(i18n, head));
    let standing = match &item.standing {
        Err(error) => {
            return line(Tone::Bad, Icon::Alert, coded(None, &title), Some(&notice::restore(words, error)));
        }
        Ok(Standing::Same) => {
            let text = [words.restore_same(), own.as_deref().unwrap_or_default()].join(" · ");
            return line(Tone::Good, Icon::Done, coded(None, &title), Some(&text));
        }
        Ok(Standing::New) => words.restore_new().to_owned(),
        Ok(Standing::Differs { stored }) => {
            let stored =
                stored.as_deref().map_or_else(|| words.damaged_title().to_owned(), |head| describes(i18n, head));
            words.restore_differs().of(&stored)
        }
    };
    let id = ["restore-", &place.to_string()].concat();
    let tick = el("input")
        .attr("type", "checkbox")
        .id(&id)
        .checked(move || restoring.wanted.with(|wanted| wanted.get(place).copied().unwrap_or_default()))
        .on("change", move |event| {
            let ticked = checked_of(&event);
            restoring.wanted.update(|wanted| wanted.get_mut(place).into_iter().for_each(|wanted| *wanted = ticked));
        });
    let says = el("span")
        .child(el("span").class("option__label").text(&title))
        .child(own.map(|own| el("span").class("option__proof").text(&own)))
        .child(el("span").class("option__proof").text(&standing));
    el("li").child(el("label").class("option option--tick").attr("for", &id).child(tick).child(says)).into()
}

fn report(i18n: I18n, outcome: &Outcome) -> El {
    let words: Later = i18n.later();
    let whole = outcome.failed.is_empty() && outcome.lost.is_empty();
    let (tone, icon) = if whole { (Tone::Good, Icon::Done) } else { (Tone::Warn, Icon::Alert) };
    let brought = words.restore_brought().of(outcome.brought);
    let rest = words.restore_not_brought().both(outcome.same, outcome.left);
    let failed = outcome.failed.iter().map(|(name, error)| {
        let name = if name.is_empty() { words.rubrics() } else { name };
        line(Tone::Bad, Icon::Alert, coded(None, name), Some(&notice::restore(words, error)))
    });
    let lost = (!outcome.lost.is_empty()).then(|| {
        let rows = outcome.lost.iter().map(|lost| el("li").child(el("code").text(&lost.path)));
        let title = words.restore_lost().of(outcome.lost.len());
        el("details").class("problems").child(el("summary").text(&title)).child(el("ul").child(group(rows)))
    });
    let home = el("a").class("button").attr("href", &Route::Home.href()).text(words.to_home());
    el("div")
        .class("card stack")
        .id(LOOKED_AT)
        .attr("tabindex", "-1")
        .attr("data-restore", "done")
        .child(el("ul").class("rows").child(line(tone, icon, coded(None, &brought), Some(&rest))).child(group(failed)))
        .child(lost)
        .child(home)
}
