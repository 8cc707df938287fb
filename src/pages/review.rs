//! Tinjau: what is missing, what holds the next star, papers and knockouts; then finishing.

use super::{
    asked, embedded,
    frame::{Frame, bar, foot, framed},
    opening::with_session,
    others,
    papers::papers,
    settings,
    sheet::{save_failure, saved},
    soon::Soon,
    text::{criterion_name, local},
    versions, visit,
};
use crate::{
    context::App,
    i18n::I18n,
    notice,
    routes::{PAPERS, Route},
    services::Services,
    state::{
        embedding, finishing,
        open_sheet::OpenSheet,
        preferences::Settings,
        session::{FinishError, Session},
        turn::Turn,
        visit::Visit,
    },
    ui::{
        banner::Banner,
        icon::Icon,
        line::{Tone, coded, line, link_line, section, section_title},
        stars::{StarSize, Stars},
    },
};
use bintang_dom::{El, Memo, Node, RwSignal, el, group, with};
use bintang_domain::{id::AssessmentId, signature::Role, submission::NotFinishable};
use leptos::task::spawn_local;

/// The page of one assessment.
pub(super) fn page(id: AssessmentId) -> Node {
    OpenSheet::get().open(id);
    with_session(review)
}

fn review(session: Session) -> Node {
    let i18n = I18n::get();
    let failure = RwSignal::new(None::<FinishError>);
    let visit = Visit::of(Services::get(), session);
    let back = Route::sheet(session.assessment());
    let bar = bar(Some(back), i18n.later().review(), saved(session).into(), Node::Nothing);
    let failed =
        with(move || failure.get().map(|error| Banner::Storage.view(&finish_words(i18n, &error), None, Node::Nothing)));
    let content = el("fieldset")
        .class("page stack stack--section sheet-page")
        .attr_with("disabled", move || (session.turn.get() != Turn::Mine).then_some(""))
        .child(embedded::banner(session))
        .child(save_failure(session))
        .child(failed)
        .child(now(session))
        .child(versions::again(session))
        .child(missing(session))
        .child(Soon::new().show(move || below(session, visit)));
    let above = el("div").child(bar).child(others::banner(session));
    framed(Frame::Focus, above, content, finishing(session, failure, visit))
}

/// What stands below the first view.
fn below(session: Session, visit: Visit) -> Node {
    group([
        asked::holding(session),
        asked::proofs(session),
        papers(session),
        visit::visit(session, visit).into(),
        assessor(),
        versions::versions(session),
    ])
}

/// Inside another page there are no settings: who assesses is said here.
fn assessor() -> Node {
    let App { services, settings, .. } = App::get();
    let asked = services.ports().page.embedded() && !embedding::is_own(services);
    asked.then(|| settings::assessor(I18n::get(), settings)).into()
}

fn finish_words(i18n: I18n, error: &FinishError) -> String {
    let words = i18n.later();
    match error {
        FinishError::Unsaved => words.finish_unsaved().to_owned(),
        FinishError::Store(error) => notice::store(&words, error),
        FinishError::NotFinishable(NotFinishable::Incomplete { criteria, requirements }) => {
            words.finish_blocked().both(*criteria, *requirements)
        }
        FinishError::NotFinishable(NotFinishable::Suggested(count)) => words.finish_suggested().of(*count),
        FinishError::NotFinishable(NotFinishable::Sample) => words.sample_unfinished().to_owned(),
        FinishError::NotFinishable(NotFinishable::Refused(refused)) => words.store_other().of(&refused.message),
    }
}

fn now(session: Session) -> El {
    let i18n = I18n::get();
    let of = session.rubric().highest_star();
    let subject = session.content.with_untracked(|content| content.draft.head.subject.clone());
    let maker = [subject.business, subject.place.village].into_iter().filter(|line| !line.is_empty());
    let maker = maker.collect::<Vec<_>>().join(" · ");
    let product = match subject.product.as_str() {
        "" => i18n.later().untitled_product(),
        name => name,
    };
    let now = move || {
        let (words, score) = (i18n.later(), session.score());
        let label = if score.complete { words.stars_of() } else { words.stars_of_provisional() };
        let label = label.both(score.stars, of);
        let points = words.points_of().both(&i18n.points(score.total), &i18n.points(score.max));
        let row = Stars { stars: score.stars, of, provisional: !score.complete, size: StarSize::Large };
        let says = el("span")
            .child(el("strong").text(&label))
            .child(el("br"))
            .child(el("span").class("soft num").text(&points));
        el("p").class("row").child(row.view(&label)).child(says)
    };
    let rubric = session.rubric();
    let rubric = i18n.later().rubric_titled().both(&local(i18n, &rubric, &rubric.title), &rubric.version);
    let correct =
        el("a").class("button button--quiet").id("correct").attr("href", &Route::subject(session.assessment()).href());
    let correct = correct.text(i18n.later().subject_edit_link());
    section("now")
        .class("card stack stack--tight")
        .child(el("p").class("small soft").text(&maker))
        .child(el("h2").id("now").text(product))
        .child_with(now)
        .child(el("p").class("small soft").text(&rubric))
        .child(correct)
}

/// What is missing is shown so far; the rest is folded.
const MISSING_SHOWN: usize = 5;

fn missing(session: Session) -> Node {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let id = session.assessment();
    with(move || {
        let (words, score) = (i18n.later(), session.score());
        let criteria = score.unanswered.iter().filter_map(|index| {
            let (code, label) = criterion_name(i18n, &rubric, *index)?;
            let href = Route::sheet_at(id, &code).href();
            let title = coded(Some(&code), &label);
            Some(link_line(Tone::Warn, Icon::Open, title, words.review_unanswered(), &href, &code))
        });
        let papers = score.unknown_requirements.iter().filter_map(|paper| {
            let label = local(i18n, &rubric, &rubric.requirement(paper.as_str())?.label);
            let href = Route::sheet_at(id, PAPERS).href();
            let title = coded(None, &label);
            Some(link_line(Tone::Warn, Icon::File, title, words.review_paper_unanswered(), &href, paper.as_str()))
        });
        let mut rows: Vec<Node> = criteria.chain(papers).collect();
        if rows.is_empty() {
            let done = line(Tone::Good, Icon::Done, coded(None, words.review_missing_none()), None);
            return el("section").child(el("ul").class("rows").child(done));
        }
        let count = words.review_missing_count().both(score.unanswered.len(), score.unknown_requirements.len());
        let title = section_title("missing", words.review_missing(), &count);
        // The signatures stand below; few more than these are not worth a tap.
        let rest = if rows.len() > MISSING_SHOWN + 3 { rows.split_off(MISSING_SHOWN) } else { Vec::new() };
        let rest = (!rest.is_empty()).then(|| {
            let more = el("summary").text(&words.review_rest().of(rest.len()));
            el("details").class("problems").child(more).child(el("ul").class("rows").child(rest))
        });
        section("missing").class("stack").child(title).child(el("ul").class("rows").child(rows)).child(rest)
    })
}

fn finishing(session: Session, failure: RwSignal<Option<FinishError>>, visit: Visit) -> Node {
    let (i18n, settings) = (I18n::get(), Settings::get());
    let app = App::get();
    let embedded = app.services.ports().page.embedded();
    let busy = RwSignal::new(false);
    let missing = Memo::new(move || {
        let score = session.score();
        (!score.complete).then(|| (score.unanswered.len(), score.unknown_requirements.len()))
    });
    let complete = Memo::new(move || missing.with(Option::is_none));
    let sample = session.content.with_untracked(|content| content.draft.head.sample);
    let suggested = Memo::new(move || session.content.with(|content| content.draft.suggested()));
    let why = move || match missing.get() {
        None if suggested.get() > 0 => i18n.later().finish_suggested().of(suggested.get()),
        _ if sample && embedding::is_own(app.services) => i18n.later().embed_own_finish().to_owned(),
        _ if sample => i18n.later().sample_unfinished().to_owned(),
        Some((criteria, papers)) => i18n.later().finish_blocked().both(criteria, papers),
        None => i18n.later().finish_note().to_owned(),
    };
    // Nobody is to learn afterwards that a signature was possible before.
    let unsigned = move || {
        let words = i18n.later();
        let names = [(Role::Assessor, words.sign_assessor()), (Role::Maker, words.sign_maker())];
        let unsigned = names.into_iter().filter(|(role, _)| visit.signature(*role).is_none());
        let unsigned: Vec<String> = unsigned.map(|(_, name)| name.to_lowercase()).collect();
        let told = complete.get() && visit.signatures.with(Option::is_some) && !unsigned.is_empty();
        told.then(|| el("p").class("small").text(&words.finish_unsigned().of(&unsigned.join(", "))))
    };
    let nameless = move || {
        settings.assessor.with(|assessor| assessor.name.is_empty()).then(|| {
            let link = el("a").attr("href", &Route::settings().href()).text(i18n.later().open_settings());
            let words = i18n.later();
            let text = if embedded { words.embed_no_assessor() } else { words.finish_no_assessor() };
            let says = el("span").text(" ").text(text).text(" ");
            // Inside another page the fields stand above.
            group([Some(says), (!embedded).then_some(link)])
        })
    };
    let finish = move |_| {
        if sample || suggested.get_untracked() > 0 || busy.get_untracked() || missing.get_untracked().is_some() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let outcome = finishing::finish(app, session).await;
            busy.try_update(|busy| *busy = false);
            failure.try_update(|failure| *failure = outcome.err());
        });
    };
    let button = el("button")
        .class("button button--wide")
        .id("finish")
        .attr("type", "button")
        .attr_with("aria-disabled", move || {
            (sample || suggested.get() > 0 || missing.with(Option::is_some)).then_some("true")
        })
        .attr("aria-describedby", "finish-why")
        .attr_with("aria-busy", move || busy.get().then_some("true"))
        .on("click", finish)
        .text_with(move || if busy.get() { i18n.later().finishing() } else { i18n.later().finish() });
    let says = el("p").class("small").id("finish-why").text_with(why).child_with(nameless);
    foot("foot", group([says.into(), with(unsigned), button.into()]))
}
