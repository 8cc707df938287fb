//! A re-evaluation may begin from an earlier assessment: the choice, the beginning, and the marks on what was suggested.

use crate::{
    context::App,
    i18n::I18n,
    pages::text::card_id,
    routes::Route,
    services::Services,
    state::{
        compare::side,
        drafts::{DraftList, Drafts},
        rubrics::Ready,
        session::{Content, Session},
        subject_form::SubjectForm,
    },
    ui::{icon::Icon, line::coming},
};
use bintang_dom::{El, Memo, Node, RwSignal, StoredValue, el, group, with};
use bintang_domain::{
    draft::Head,
    edit::Place,
    id::AssessmentId,
    rubric::CriterionIndex,
    subject::{Stage, Subject},
};
use leptos::task::spawn_local;

/// Assessments that are offered: the last changed ones.
const OFFERED: usize = 30;
/// Name of the radios.
const EARLIER: &str = "earlier";

/// The choice among the assessments of this commodity.
pub(super) fn choice(form: SubjectForm, commodity: Option<&str>, chosen: RwSignal<Option<AssessmentId>>) -> Node {
    let (i18n, drafts, commodity) = (I18n::get(), Drafts::get(), commodity.map(str::to_owned));
    // Those of another commodity are not meant.
    chosen.set(None);
    let filled = StoredValue::new(Subject::default());
    drafts.renew();
    with(move || {
        let words = i18n.later();
        if matches!(drafts.list.get(), DraftList::Loading) {
            return coming(words.loading());
        }
        let heads = drafts.heads();
        let fits = |head: &&Head| !head.sample && commodity.is_some() && head.subject.commodity == commodity;
        let rows = heads.iter().filter(fits).take(OFFERED).map(|head| row(i18n, form, head, chosen, filled));
        let rows: Vec<El> = rows.collect();
        let content: Node = if rows.is_empty() {
            el("p").class("small soft").text(words.earlier_none()).into()
        } else {
            let emptied = move || {
                chosen.set(None);
                form.fill(&filled.get_value(), &Subject::default());
                filled.set_value(Subject::default());
            };
            let blank = option("blank", words.earlier_blank(), "", move || chosen.get().is_none(), emptied);
            let text = el("p").class("small soft").text(words.earlier_text());
            group([text, el("div").class("rows").child(blank).child(group(rows))])
        };
        el("fieldset")
            .class("stack stack--tight")
            .id(EARLIER)
            .child(el("legend").class("section-title").text(words.earlier()))
            .child(content)
    })
}

fn option(at: &str, name: &str, text: &str, checked: impl Fn() -> bool + 'static, then: impl Fn() + 'static) -> El {
    let id = [EARLIER, "-", at].concat();
    let control =
        el("input").attr("type", "radio").id(&id).attr("name", EARLIER).checked(checked).on("change", move |_| then());
    let says = el("span").child(el("span").class("option__label").text(name));
    let says = if text.is_empty() { says } else { says.child(el("span").class("option__proof").text(text)) };
    el("label").class("option").attr("for", &id).child(control).child(says)
}

fn row(
    i18n: I18n,
    form: SubjectForm,
    head: &Head,
    chosen: RwSignal<Option<AssessmentId>>,
    filled: StoredValue<Subject>,
) -> El {
    let id = head.assessment;
    let stage = i18n.stage(head.stage);
    let text = [head.subject.business.as_str(), stage, &i18n.moment(head.started)];
    let text = text.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    let subject = head.subject.clone();
    option(
        &id.to_string(),
        &head.subject.product,
        &text,
        move || chosen.get() == Some(id),
        move || {
            chosen.set(Some(id));
            form.fill(&filled.get_value(), &subject);
            filled.set_value(subject.clone());
        },
    )
}

/// Begins from the earlier assessment; where it cannot be read, empty.
pub(super) fn begin(app: App, ready: Ready, earlier: AssessmentId, subject: Subject) {
    spawn_local(async move {
        let App { services, address, open, .. } = app;
        let from = side(services, earlier).await;
        // A second tap has begun it already, or the person went elsewhere meanwhile.
        if address.route.get_untracked() != Route::New {
            return;
        }
        let id = match from {
            Some(from) => open.suggest(ready, subject, &from),
            None => open.start(ready, Stage::Evaluasi, subject),
        };
        address.replace(Route::sheet(id));
    });
}

/// On the card of a criterion whose answer is a suggestion.
pub(super) fn mark(session: Session, index: CriterionIndex) -> Node {
    let i18n = I18n::get();
    let id = session.rubric().criterion(index).map(|criterion| criterion.id.clone());
    let marked = session.content.with_untracked(|content| !content.draft.head.again.is_empty());
    let (Some(id), true) = (id, marked) else { return Node::Nothing };
    let name = card_id(&id);
    let place = Place::Criterion(id);
    let (listed, seen) = (place.clone(), place);
    // The cell is told at each edit of its criterion; that somebody looked is known here.
    let Some(cell) = session.cell(index) else { return Node::Nothing };
    let looked = RwSignal::new(false);
    let (page, card) = (Services::get().ports().page.clone(), name);
    let suggested = Memo::new(move || {
        cell.track();
        let listed =
            |content: &Content| content.draft.head.again.contains(&listed) && content.draft.answers.has(&listed);
        !looked.get() && session.content.with_untracked(listed)
    });
    with(move || {
        let (words, seen, page, card) = (i18n.later(), seen.clone(), page.clone(), card.clone());
        suggested.get().then(|| {
            let button = el("button").class("button button--quiet").attr("type", "button").attr("data-suggested", "");
            let button = button.on("click", move |_| {
                session.looked_at(&seen);
                looked.set(session.writes());
                // What is gone gives the focus to its card.
                page.focus(&card);
            });
            let button = button.text(words.suggested_seen());
            let says = el("span").text(words.suggested()).text(" ").child(button);
            el("p").class("held").child(Icon::Info.view()).child(says)
        })
    })
}
