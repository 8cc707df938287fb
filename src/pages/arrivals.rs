//! Dibagikan ke Bintang: what other apps have handed over, and where each of it goes.

use super::{
    backup::{restore, size},
    frame::{Frame, bar, framed},
    opening::with_session,
    others,
    text::local,
};
use crate::{
    context::App,
    i18n::I18n,
    notice,
    routes::Route,
    state::{
        arrivals::Arrivals,
        drafts::DraftList,
        gallery::{AddError, Curator, Spot},
        restoring::Restoring,
        session::Session,
        turn::Turn,
    },
    ui::{
        banner::Banner,
        icon::Icon,
        line::{Tone, coded, coming, empty, link_line, section, section_title},
    },
};
use bintang_dom::{El, Node, RwSignal, el, group, value_of, with};
use bintang_domain::{
    draft::{Head, Phase},
    id::{AssessmentId, NodeId},
    wire::arrival::{Arrival, Kind},
};
use leptos::task::spawn_local;

/// Sheets that are offered; older ones are reached through Beranda.
const OFFERED: usize = 15;

/// The page; of a sheet once it was chosen.
pub(super) fn page(id: Option<AssessmentId>) -> Node {
    let app = App::get();
    let arrivals = Arrivals::new(app.services);
    match id {
        None => all(app, arrivals),
        Some(id) => {
            app.open.open(id);
            with_session(move |session| placing(app, arrivals, session))
        }
    }
}

/// How many files wait, with the way to them; nothing where none does.
pub(super) fn waiting() -> Node {
    let (i18n, arrivals) = (I18n::get(), Arrivals::new(App::get().services));
    with(move || {
        let many = arrivals.files.with(|files| files.as_ref().map_or(0, Vec::len));
        let words = i18n.later();
        (many > 0).then(|| {
            let way = el("a").attr("href", &Route::arrivals(None).href()).text(words.arrivals_open());
            Banner::Version.view(&words.arrivals_wait().of(many), None, way)
        })
    })
}

/// What could not be kept is told once.
fn lost(i18n: I18n, arrivals: Arrivals) -> Option<El> {
    let words = i18n.later();
    arrivals
        .failed
        .get()
        .then(|| Banner::Storage.view(words.arrivals_failed(), Some(words.arrivals_failed_text()), Node::Nothing))
}

fn all(app: App, arrivals: Arrivals) -> Node {
    app.drafts.renew();
    let (i18n, restoring) = (I18n::get(), Restoring::new(app));
    let words = i18n.later();
    let list = move || {
        let Some(files) = arrivals.files.get() else {
            return coming(words.loading()).into();
        };
        if files.is_empty() {
            return Node::from(empty(Icon::Share, words.arrivals_none(), Some(words.arrivals_text())));
        }
        let photos = files.iter().any(|file| file.kind() == Kind::Photo);
        let rows = files.iter().map(|file| {
            let look = (file.kind() == Kind::Bundle).then(|| {
                let bundle = file.clone();
                let look = el("button").class("button button--secondary").attr("type", "button");
                look.attr("aria-label", &words.arrivals_look_of().of(&file.name)).text(words.arrivals_look()).on(
                    "click",
                    move |_| {
                        if let Some(bytes) = arrivals.bytes(&bundle) {
                            restoring.look_at(bytes);
                        }
                    },
                )
            });
            row(i18n, arrivals, file, look.into())
        });
        let rows = el("ul").class("rows").child(group(rows));
        group([Node::from(rows), photos.then(|| sheets(i18n, app)).into()])
    };
    let content = el("div")
        .class("page stack")
        .child_with(move || lost(i18n, arrivals))
        .child(with(list))
        .child_with(move || restore::shown(i18n, restoring));
    framed(Frame::Focus, bar(Some(Route::Home), words.arrivals(), Node::Nothing, Node::Nothing), content, Node::Nothing)
}

/// A file that waits, with what can be done with it.
fn row(i18n: I18n, arrivals: Arrivals, file: &Arrival, act: Node) -> El {
    let words = i18n.later();
    let photo = file.kind() == Kind::Photo;
    let picture: Node = if photo {
        el("img").class("arrival__picture").attr("src", &Arrivals::address(file)).attr("alt", "").into()
    } else {
        Icon::File.view().into()
    };
    let about = if file.kind() == Kind::Other { words.arrivals_other().to_owned() } else { size(i18n, file.size) };
    let gone = file.clone();
    let away = el("button").class("button button--quiet").attr("type", "button");
    let away = away.attr("aria-label", &words.arrivals_drop_of().of(&file.name)).text(words.arrivals_drop());
    let away = away.on("click", move |_| arrivals.drop(&gone));
    let says = el("span").child(coded(None, &file.name)).child(el("small").text(&about));
    let acts = el("span").class("line__action").child(group([act, away.into()]));
    let line = el("div").class(if photo { "line arrival" } else { "line" });
    el("li").attr("data-arrival", &file.name).child(line.child(picture).child(says).child(acts))
}

/// The sheets that a photo may be for.
fn sheets(i18n: I18n, app: App) -> El {
    let words = i18n.later();
    let list = move || match app.drafts.list.get() {
        DraftList::Ready { heads, .. } => {
            let working = heads.iter().filter(|head| head.phase == Phase::Draft).take(OFFERED);
            let rows: Vec<Node> = working.map(|head| sheet(i18n, head)).collect();
            if rows.is_empty() {
                return el("p").text(words.arrivals_no_sheet()).into();
            }
            Node::from(el("ul").class("rows").child(group(rows)))
        }
        DraftList::Loading => coming(words.loading()).into(),
        DraftList::Failed(error) => el("p").attr("role", "alert").text(&notice::store(i18n.words(), &error)).into(),
    };
    let title = section_title("arrivals-which", words.arrivals_which(), "");
    section("arrivals-which").class("stack").child(title).child_with(list)
}

fn sheet(i18n: I18n, head: &Head) -> Node {
    let about = [head.subject.business.as_str(), &i18n.moment(head.changed)];
    let about: Vec<&str> = about.into_iter().filter(|text| !text.is_empty()).collect();
    let href = Route::arrivals(Some(head.assessment)).href();
    link_line(Tone::Plain, Icon::Note, coded(None, &head.subject.product), &about.join(" · "), &href, "")
}

/// The photos, for the criteria of a sheet.
fn placing(app: App, arrivals: Arrivals, session: Session) -> Node {
    let i18n = I18n::get();
    let words = i18n.later();
    let curator = Curator::of(app.services, session);
    let chosen: RwSignal<Option<NodeId>> = RwSignal::new(None);
    // What became of the last one: its criterion, or why it is still here.
    let came: RwSignal<Option<Result<NodeId, AddError>>> = RwSignal::new(None);
    let rubric = session.rubric();
    let choices = rubric.criteria.iter().map(|criterion| {
        let text = [criterion.id.as_str(), " ", &local(i18n, &rubric, &criterion.label)].concat();
        el("option").attr("value", criterion.id.as_str()).text(&text)
    });
    let choice = el("select")
        .class("field__control")
        .id("arrival-criterion")
        .child(el("option").attr("value", "").text(words.arrivals_choose()))
        .child(group(choices))
        .on("change", move |event| chosen.set(NodeId::parse(&value_of(&event)).ok()));
    let label = el("span").class("field__label").text(words.arrivals_criterion());
    // A second tap on a slow phone is no second photo.
    let keeping = RwSignal::new(false);
    let keep = move |file: Arrival| {
        if keeping.get_untracked() {
            return;
        }
        let Some(criterion) = chosen.get_untracked() else {
            return app.services.ports().page.focus("arrival-criterion");
        };
        let Some(read) = arrivals.read(&file) else { return };
        keeping.set(true);
        spawn_local(async move {
            let spot = Spot::of(session, &criterion, None);
            let brought = curator.bring(read, spot).await;
            if brought.is_ok() {
                arrivals.drop(&file);
            }
            keeping.set(false);
            came.set(Some(brought.map(|()| criterion)));
        });
    };
    let list = move || {
        let Some(files) = arrivals.files.get() else { return Node::Nothing };
        let rows = files.iter().filter(|file| file.kind() == Kind::Photo).map(|file| {
            let photo = file.clone();
            let button = el("button").class("button").attr("type", "button").on("click", move |_| keep(photo.clone()));
            let button = button.attr("aria-label", &words.arrivals_keep_of().of(&file.name));
            row(i18n, arrivals, file, button.text(words.arrivals_keep()).into())
        });
        let rows: Vec<El> = rows.collect();
        if rows.is_empty() {
            return empty(Icon::Share, words.arrivals_none(), None).into();
        }
        el("ul").class("rows").child(group(rows)).into()
    };
    let says = move || {
        came.get().map(|came| match came {
            Ok(criterion) => {
                let href = Route::sheet_at(session.assessment(), criterion.as_str()).href();
                let link = el("a").attr("href", &href).text(&words.arrivals_kept().of(criterion.as_str()));
                el("output").class("saved").child(Icon::Check.view()).child(link)
            }
            Err(AddError::File(error)) => el("p").attr("role", "alert").text(&notice::file(i18n.words(), error)),
            Err(AddError::Store(error)) => el("p").attr("role", "alert").text(&notice::store(i18n.words(), &error)),
        })
    };
    // While another tab writes, nothing can be changed here.
    let content = el("fieldset")
        .class("page stack sheet-page")
        .attr_with("disabled", move || (session.turn.get() != Turn::Mine).then_some(""))
        .child(el("label").class("field").child(label).child(choice))
        .child(el("div").child_with(says))
        .child(with(list));
    let product = session.content.with_untracked(|content| content.draft.head.subject.product.clone());
    let under = el("p").class("bar__sub").text(&product);
    let bar = bar(Some(Route::arrivals(None)), words.arrivals(), under.into(), Node::Nothing);
    let above = el("div").child(bar).child(others::banner(session));
    framed(Frame::Focus, above, content, Node::Nothing)
}
