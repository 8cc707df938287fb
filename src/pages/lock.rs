//! Kunci: the passphrase before anything else, where there is a lock; and the page that sets it and takes it away.

use super::frame::{Frame, bar, framed};
use crate::{
    context::App,
    i18n::{I18n, Later},
    notice,
    routes::Route,
    state::{
        backups::SHORTEST,
        keeper::{CHOICES, Keeper, Work, minutes},
        lock::Phase,
    },
    ui::{
        banner::Banner,
        field::TextField,
        icon::Icon,
        line::{Tone, coded, line, section, section_title},
    },
};
use bintang_dom::{El, Memo, Node, RwSignal, checked_of, el, group, with};
use bintang_domain::lock::LockError;
use std::rc::Rc;

/// What stands in the place of every page while the store is locked.
pub(super) fn unlock() -> Node {
    let i18n = I18n::get();
    let keeper = Keeper::get();
    let words = i18n.later();
    let bar = bar(None, words.lock_title(), Node::Nothing, Node::Nothing);
    let passphrase = RwSignal::new(String::new());
    let error = Memo::new(move || keeper.work.with(|work| (*work == WRONG).then(|| words.passphrase_wrong())));
    let field = TextField {
        error: Some(error),
        secret: true,
        autocomplete: "current-password",
        ..TextField::new("unlock-passphrase", words.passphrase(), passphrase)
    };
    let button = el("button").class("button button--wide").id("unlock").attr("type", "submit");
    let button = button.child(Icon::Lock.view()).text(words.unlock());
    let form = el("form").class("card stack").on("submit", move |event| {
        event.prevent_default();
        keeper.unlock(passphrase.get_untracked());
    });
    let form = form
        .child(el("h2").text(words.locked()))
        .child(el("p").class("small soft").text(words.locked_text()))
        .child(field.view())
        .child_with(move || progress(words, keeper))
        .child(button);
    framed(Frame::Focus, bar, el("div").class("page stack").child(form), Node::Nothing)
}

/// The passphrase is another.
const WRONG: Work = Work::Failed(LockError::Passphrase);

/// The page.
pub(super) fn page() -> Node {
    let (app, i18n) = (App::get(), I18n::get());
    let keeper = Keeper::get();
    keeper.rest();
    let bar = bar(Some(Route::settings()), i18n.later().lock_title(), Node::Nothing, Node::Nothing);
    let content = el("div").class("page stack stack--section").child_with(move || match app.lock.phase.get() {
        Phase::Open => setting(i18n, keeper),
        Phase::Unlocked | Phase::Locked => locked(i18n, app, keeper),
    });
    framed(Frame::Focus, bar, content, Node::Nothing)
}

fn progress(words: Later, keeper: Keeper) -> Node {
    match keeper.work.get() {
        Work::Idle | WRONG => Node::Nothing,
        Work::Changed => {
            let says = el("span").text(words.lock_changed());
            el("output").class("saved").child(Icon::Check.view()).child(says).into()
        }
        Work::Waiting => el("p").class("soft").attr("role", "status").text(words.lock_waiting()).into(),
        Work::Deriving => el("p").class("soft").attr("role", "status").text(words.backup_locking()).into(),
        Work::Sweeping { done, of } => {
            let text = words.lock_sweeping().both(done, of);
            let bar = el("progress").attr("max", &of.max(1).to_string()).attr("value", &done.to_string());
            let says = el("p").class("soft").attr("role", "status").text(&text);
            el("div").class("stack stack--tight").child(says).child(bar.attr("aria-label", &text)).into()
        }
        Work::Failed(error) => {
            let again = matches!(error, LockError::Store(_)).then(|| {
                let again = el("button").class("button").attr("type", "button").id("lock-go-on");
                again.on("click", move |_| keeper.go_on()).text(words.try_again())
            });
            Banner::Storage.view(words.lock_failed(), Some(&notice::lock(words, &error)), again).into()
        }
    }
}

/// A field for a new passphrase, in view: a slip would lock everything away.
fn new_passphrase(words: Later, id: &'static str, value: RwSignal<String>, short: RwSignal<bool>) -> El {
    let error = Memo::new(move || short.get().then(|| words.passphrase_short()));
    let field = TextField {
        hint: Some(words.lock_passphrase_hint()),
        error: Some(error),
        on_change: Some(Rc::new(move |_| short.set(false))),
        ..TextField::new(id, words.passphrase(), value)
    };
    field.view()
}

fn is_short(passphrase: &str) -> bool {
    passphrase.chars().count() < SHORTEST
}

fn setting(i18n: I18n, keeper: Keeper) -> Node {
    let words = i18n.later();
    let (passphrase, short) = (RwSignal::new(String::new()), RwSignal::new(false));
    let (written, unwritten) = (RwSignal::new(false), RwSignal::new(false));
    let facts = [
        (Tone::Bad, Icon::Alert, words.lock_final(), words.lock_final_text()),
        (Tone::Warn, Icon::Camera, words.lock_camera(), words.lock_camera_text()),
        (Tone::Plain, Icon::Info, words.lock_not(), words.lock_not_text()),
    ];
    let facts = facts.map(|(tone, icon, title, text)| line(tone, icon, coded(None, title), Some(text)));
    let tick = el("input").attr("type", "checkbox").id("lock-written").checked(move || written.get()).on(
        "change",
        move |event| {
            written.set(checked_of(&event));
            unwritten.set(false);
        },
    );
    let tick = el("label").class("option option--tick").attr("for", "lock-written").child(tick);
    let tick = tick.child(el("span").class("option__label").text(words.lock_written()));
    let set = move |_| {
        let given = passphrase.get_untracked();
        let (is_short, is_unwritten) = (is_short(&given), !written.get_untracked());
        short.set(is_short);
        unwritten.set(is_unwritten);
        if !is_short && !is_unwritten {
            keeper.set(given);
        }
    };
    let missing = with(move || {
        let asked = el("p").class("asked").attr("role", "alert").child(Icon::Alert.view());
        unwritten.get().then(|| asked.text(words.lock_needs_written()))
    });
    let button = el("button").class("button button--wide").id("lock-set").attr("type", "button");
    section("lock")
        .class("stack")
        .child(section_title("lock", words.lock_set_title(), ""))
        .child(el("p").class("small soft").text(words.lock_text()))
        .child(el("ul").class("rows").child(facts))
        .child(new_passphrase(words, "lock-passphrase", passphrase, short))
        .child(el("div").class("rows").child(tick))
        .child(missing)
        .child_with(move || progress(words, keeper))
        .child(button.on("click", set).child(Icon::Lock.view()).text(words.lock_set()))
        .into()
}

fn locked(i18n: I18n, app: App, keeper: Keeper) -> Node {
    let words = i18n.later();
    let after = RwSignal::new(minutes(app));
    let rows = CHOICES.map(|each| {
        let id = ["lock-minutes-", &each.to_string()].concat();
        let control = el("input").attr("type", "radio").id(&id).attr("name", "lock-minutes");
        let control = control.checked(move || after.get() == each).on("change", move |_| {
            after.set(each);
            keeper.keep_minutes(each);
        });
        let text = el("span").class("option__label").text(&words.lock_minutes().of(each));
        el("label").class("option").attr("for", &id).child(control).child(text)
    });
    let legend = el("legend").class("section-title").text(words.lock_after());
    let now = el("button").class("button button--wide").id("lock-now").attr("type", "button");
    let is_set = line(Tone::Good, Icon::Lock, coded(None, words.lock_is_set()), Some(words.lock_is_set_text()));
    group([
        Node::from(el("ul").class("rows").attr("data-lock", "set").child(is_set)),
        with(move || progress(words, keeper)),
        now.on("click", move |_| keeper.lock_now()).child(Icon::Lock.view()).text(words.lock_now()).into(),
        el("fieldset").child(legend).child(el("div").class("rows").child(rows)).into(),
        changing(words, keeper).into(),
        removing(words, keeper).into(),
    ])
}

fn present(words: Later, id: &'static str, keeper: Keeper, value: RwSignal<String>) -> El {
    let error = Memo::new(move || keeper.work.with(|work| (*work == WRONG).then(|| words.passphrase_wrong())));
    let field = TextField {
        error: Some(error),
        secret: true,
        autocomplete: "current-password",
        ..TextField::new(id, words.lock_present(), value)
    };
    field.view()
}

fn changing(words: Later, keeper: Keeper) -> El {
    let (old, new, short) = (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(false));
    let change = move |_| {
        let other = new.get_untracked();
        short.set(is_short(&other));
        if !is_short(&other) {
            keeper.change(old.get_untracked(), other);
        }
    };
    let button = el("button").class("button button--secondary").id("lock-change").attr("type", "button");
    let content = el("div")
        .class("stack")
        .child(present(words, "lock-old", keeper, old))
        .child(new_passphrase(words, "lock-new", new, short))
        .child(button.on("click", change).text(words.lock_change()));
    el("details").class("card").child(el("summary").text(words.lock_change())).child(content)
}

fn removing(words: Later, keeper: Keeper) -> El {
    let passphrase = RwSignal::new(String::new());
    let button = el("button").class("button button--secondary").id("lock-remove").attr("type", "button");
    let remove = button.on("click", move |_| keeper.remove(passphrase.get_untracked())).text(words.lock_remove());
    let content = el("div")
        .class("stack")
        .child(el("p").class("small soft").text(words.lock_remove_text()))
        .child(present(words, "lock-remove-passphrase", keeper, passphrase))
        .child(remove);
    el("details").class("card").id("lock-removing").child(el("summary").text(words.lock_remove())).child(content)
}
