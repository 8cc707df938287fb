//! The visit, in Tinjau: where it is, whether its times are believed, photos that cannot be read, who signed.

use crate::{
    i18n::I18n,
    notice,
    services::Services,
    state::{
        gallery::Curator,
        preferences::Settings,
        session::Session,
        visit::{Locating, Visit},
    },
    ui::{
        banner::Banner,
        field::TextField,
        icon::Icon,
        line::{Tone, coded, line, section, section_title},
        signature::{drawn, pad},
    },
};
use bintang_dom::{El, Memo, Node, RwSignal, el, group, with};
use bintang_domain::signature::{Role, Signature};
use std::rc::Rc;

/// The section.
pub(super) fn visit(session: Session, visit: Visit) -> El {
    let (i18n, services) = (I18n::get(), Services::get());
    // Reads the photos, if nobody has yet.
    let _curator = Curator::of(services, session);
    let failed = with(move || {
        visit.failure.get().map(|error| {
            Banner::Storage.view(
                i18n.later().visit_not_saved(),
                Some(&notice::store(&i18n.later(), &error)),
                Node::Nothing,
            )
        })
    });
    let rows = el("ul")
        .class("rows")
        .child(place(i18n, session, visit))
        .child(doubt(i18n, session))
        .child(damaged(i18n, session));
    let signs = Role::ALL.map(|role| sign(i18n, session, visit, role));
    section("visit")
        .class("stack")
        .child(section_title("visit", i18n.later().visit(), ""))
        .child(failed)
        .child(rows)
        .child(signs)
}

fn button(class: &str, id: &str) -> El {
    el("button").class(class).attr("type", "button").id(id)
}

fn place(i18n: I18n, session: Session, visit: Visit) -> Node {
    let words = i18n.later();
    let place = Memo::new(move || session.content.with(|content| content.draft.head.subject.place.coordinates));
    with(move || {
        let (place, locating) = (place.get(), visit.locating.get());
        let (tone, text) = match (locating, place) {
            (Locating::Asked, _) => (Tone::Plain, words.place_asked().to_owned()),
            (Locating::Failed(error), _) => (Tone::Warn, notice::location(words, error).to_owned()),
            (Locating::Idle, Some(place)) => {
                (Tone::Good, words.place_known().both(place.accuracy, &i18n.time(place.at)))
            }
            (Locating::Idle, None) => (Tone::Plain, words.place_unknown().to_owned()),
        };
        let name = if place.is_some() { words.place_again() } else { words.place_take() };
        let take = button("button button--secondary", "place-take")
            .attr_if("aria-busy", (locating == Locating::Asked).then_some("true"))
            .on("click", move |_| visit.locate())
            .child(Icon::Pin.view())
            .text(name);
        let forget = place.map(|_| {
            let forget = button("button button--quiet", "place-forget").text(words.place_forget());
            forget.on("click", move |_| visit.forget_place())
        });
        let says = el("span").child(coded(None, words.place())).child(el("small").attr("role", "status").text(&text));
        let acts = el("span").class("line__action").child(take).child(forget);
        let class = match tone {
            Tone::Good => "line line--good",
            Tone::Warn => "line line--warn",
            Tone::Plain | Tone::Bad => "line",
        };
        el("li").child(el("div").class(class).id("place").child(Icon::Pin.view()).child(says).child(acts))
    })
}

fn doubt(i18n: I18n, session: Session) -> Node {
    let doubt = Memo::new(move || session.content.with(|content| content.draft.head.doubt));
    with(move || {
        let words = i18n.later();
        doubt.get().map(|doubt| {
            line(Tone::Warn, Icon::Clock, coded(None, words.clock_doubted()), Some(notice::doubt(words, doubt)))
        })
    })
}

fn damaged(i18n: I18n, session: Session) -> Node {
    with(move || {
        let (words, count) = (i18n.later(), session.gallery.damaged.get());
        (count > 0).then(|| {
            let title = words.photos_damaged().of(count);
            line(Tone::Bad, Icon::Camera, coded(None, &title), Some(words.photos_damaged_text()))
        })
    })
}

/// Who is likely to sign: the assessor of the settings, the owner of the business.
fn likely(session: Session, role: Role) -> String {
    match role {
        Role::Assessor => Settings::get().assessor.with_untracked(|assessor| assessor.name.clone()),
        Role::Maker => session.content.with_untracked(|content| content.draft.head.subject.owner.clone()),
    }
}

fn sign(i18n: I18n, session: Session, visit: Visit, role: Role) -> El {
    let words = i18n.later();
    let title = match role {
        Role::Assessor => words.sign_assessor(),
        Role::Maker => words.sign_maker(),
    };
    let open = RwSignal::new(false);
    let likely = likely(session, role);
    // The other's signature is no reason to make this card anew.
    let own = Memo::new(move || visit.signature(role));
    let body = with(move || match open.get() {
        true => signing(i18n, visit, role, &likely, open),
        false => {
            if let Some(signature) = own.get() {
                return signed(i18n, session, visit, &signature, open);
            }
            let id = ["sign-", role.word()].concat();
            let begin = button("button button--secondary", &id).child(Icon::Sign.view()).text(words.sign_begin());
            begin.on("click", move |_| open.set(true)).into()
        }
    });
    el("div").class("card sign").attr("data-sign", role.word()).child(el("h3").text(title)).child(body)
}

fn signing(i18n: I18n, visit: Visit, role: Role, likely: &str, open: RwSignal<bool>) -> Node {
    let words = i18n.later();
    let (name, strokes) = (RwSignal::new(likely.to_owned()), RwSignal::new(Vec::new()));
    let nameless = RwSignal::new(false);
    let error = Memo::new(move || nameless.get().then(|| words.sign_needs_name()));
    let id: &'static str = match role {
        Role::Assessor => "sign-name-assessor",
        Role::Maker => "sign-name-maker",
    };
    let field = TextField {
        hint: Some(words.sign_name_hint()),
        error: Some(error),
        autocomplete: "name",
        on_change: Some(Rc::new(move |_| nameless.set(false))),
        ..TextField::new(id, words.sign_name(), name)
    };
    let pad = pad(&["sign-pad-", role.word()].concat(), words.sign_pad(), strokes);
    let save = button("button", &["sign-save-", role.word()].concat()).text(words.sign_save()).on("click", move |_| {
        let given = name.get_untracked();
        if given.trim().is_empty() {
            return nameless.set(true);
        }
        visit.sign(role, &given, strokes.with_untracked(Clone::clone), open);
    });
    let clear =
        button("button button--quiet", "").text(words.sign_clear()).on("click", move |_| strokes.set(Vec::new()));
    let cancel = button("button button--quiet", "").text(words.cancel()).on("click", move |_| open.set(false));
    group([
        field.view(),
        el("p").class("small soft").text(words.sign_text()),
        pad,
        el("div").class("button-row").child([save, clear, cancel]),
    ])
}

/// A signature that is on disk.
fn signed(i18n: I18n, session: Session, visit: Visit, signature: &Signature, open: RwSignal<bool>) -> Node {
    let (words, role, own) = (i18n.later(), signature.role, signature.clone());
    let at = words.sign_saved().of(&i18n.moment(signature.at));
    let saved = el("p").class("saved").child(Icon::Check.view()).child(el("span").text(&at));
    let stale = with(move || {
        (!own.holds(session.sum())).then(|| {
            let text = el("span").class("banner__title").text(words.sign_stale());
            el("p").class("banner banner--warn").attr("data-stale", "").child(Icon::Alert.view()).child(text)
        })
    });
    let again = button("button button--secondary", &["sign-again-", role.word()].concat());
    let again = again.text(words.sign_again()).on("click", move |_| open.set(true));
    let remove = button("button button--quiet", &["sign-remove-", role.word()].concat());
    let remove = remove.text(words.sign_remove()).on("click", move |_| visit.unsign(role));
    group([
        Node::from(shown(i18n, signature)),
        saved.into(),
        stale,
        el("div").class("button-row").child([again, remove]).into(),
    ])
}

/// A signature as it is read: the drawing, or the typed name in its place, and whose it is.
pub(super) fn shown(i18n: I18n, signature: &Signature) -> El {
    let label = i18n.later().sign_of().of(&signature.name);
    let mark = if signature.strokes.is_empty() {
        el("span").class("sign__name").text(&signature.name)
    } else {
        drawn(&signature.strokes, &label)
    };
    let name = el("span").class("small").text(&signature.name);
    el("p").class("sign__mark").attr("data-signed", signature.role.word()).child(mark).child(name)
}
