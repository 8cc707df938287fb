//! Tinjau: what is missing, what holds the next star, papers and knockouts; then finishing.

use super::{
    frame::{Bar, Frame, Framed},
    opening::with_session,
    papers::Papers,
    sheet::{SaveFailure, Saved, gate_links, hold_words},
    text::criterion_name,
};
use crate::{
    i18n::I18n,
    notice,
    routes::{PAPERS, Route},
    state::{
        address::Address,
        outbox::Outbox,
        preferences::Settings,
        session::{FinishError, OpenSheet, Session},
    },
    ui::{
        banner::{Banner, BannerKind},
        icon::Icon,
        stars::{StarSize, Stars},
    },
};
use bintang_domain::{
    edit::Place,
    hold::Hold,
    id::AssessmentId,
    rubric::CriterionIndex,
    score::Standing,
    submission::NotFinishable,
};
use leptos::{prelude::*, task::spawn_local};

/// The page of one assessment.
pub(super) fn page(id: AssessmentId) -> impl IntoView {
    OpenSheet::get().open(id);
    with_session(move |session| view! { <Review session /> })
}

#[component]
fn Review(session: Session) -> impl IntoView {
    let i18n = I18n::get();
    let id = session.assessment();
    let title = Signal::derive(move || i18n.words().review.to_owned());
    let failure = RwSignal::new(None::<FinishError>);
    view! {
        <Framed frame=Frame::Focus>
            <Bar back=Signal::stored(Route::sheet(id)) title under=view! { <Saved session /> }.into_any() />
            <main id="isi">
                <div class="page stack stack--section">
                    <SaveFailure session />
                    {move || failure.get().map(|error| view! {
                        <Banner kind=BannerKind::Storage title=finish_words(i18n, &error) />
                    })}
                    <Now session />
                    <Missing session />
                    <Holding session />
                    <NotesAsked session />
                    <Papers session />
                </div>
            </main>
            <Finishing session failure />
        </Framed>
    }
}

fn finish_words(i18n: I18n, error: &FinishError) -> String {
    let words = i18n.words();
    match error {
        FinishError::Unsaved => words.finish_unsaved.to_owned(),
        FinishError::Store(error) => notice::store(words, error),
        FinishError::NotFinishable(NotFinishable::Incomplete { criteria, requirements }) => {
            (words.finish_blocked)(*criteria, *requirements)
        }
        FinishError::NotFinishable(NotFinishable::Refused(refused)) => (words.store_other)(&refused.message),
    }
}

#[component]
fn Now(session: Session) -> impl IntoView {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let highest = rubric.highest_star();
    let subject = session.content.with_untracked(|content| content.draft.head.subject.clone());
    let maker = [subject.business, subject.place.village].into_iter().filter(|line| !line.is_empty());
    let maker = maker.collect::<Vec<_>>().join(" · ");
    let now = move || {
        let (words, score) = (i18n.words(), session.score());
        let label = if score.complete { words.stars_of } else { words.stars_of_provisional };
        let label = label(score.stars.into(), highest.into());
        let points = (words.points_of)(&i18n.points(score.total), &i18n.points(score.max));
        view! {
            <p class="row">
                <Stars stars=score.stars of=highest provisional=!score.complete size=StarSize::Large label=label.clone() />
                <span><strong>{label}</strong><br /><span class="soft num">{points}</span></span>
            </p>
        }
    };
    view! {
        <section class="card stack stack--tight" aria-labelledby="now">
            <p class="small soft">{maker}</p>
            <h2 id="now">{move || match subject.product.as_str() {
                "" => i18n.words().untitled_product.to_owned(),
                name => name.to_owned(),
            }}</h2>
            {now}
        </section>
    }
}

#[component]
fn Missing(session: Session) -> impl IntoView {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let id = session.assessment();
    move || {
        let (words, score) = (i18n.words(), session.score());
        let row = |at: &str, icon: Icon, code: Option<String>, label: String, text: &'static str| {
            view! {
                <li>
                    <a class="line line--warn" href=Route::sheet_at(id, at).href() data-missing=at.to_owned()>
                        {icon.view()}
                        <span>
                            <strong>{code.map(|code| view! { <span class="code">{code}</span>" " })}{label}</strong>
                            <small>{text}</small>
                        </span>
                        <span class="line__end">{Icon::Right.view()}</span>
                    </a>
                </li>
            }
        };
        let criteria = score.unanswered.iter().filter_map(|index| {
            let (code, label) = criterion_name(i18n, &rubric, *index)?;
            Some(row(&code.clone(), Icon::Open, Some(code), label, words.review_unanswered))
        });
        let papers = score.unknown_requirements.iter().filter_map(|id| {
            let requirement = rubric.requirement(id.as_str())?;
            let label = super::text::local(i18n, &rubric, &requirement.label);
            Some(row(PAPERS, Icon::File, None, label, words.review_paper_unanswered))
        });
        let rows: Vec<_> = criteria.chain(papers).collect();
        if rows.is_empty() {
            view! {
                <section>
                    <ul class="rows"><li><div class="line line--good">
                        {Icon::Done.view()}<span><strong>{words.review_missing_none}</strong></span>
                    </div></li></ul>
                </section>
            }
            .into_any()
        } else {
            let count = (words.review_missing_count)(score.unanswered.len(), score.unknown_requirements.len());
            view! {
                <section aria-labelledby="missing">
                    <h2 class="section-title" id="missing">{words.review_missing}<small>{count}</small></h2>
                    <ul class="rows">{rows}</ul>
                </section>
            }
            .into_any()
        }
    }
}

#[component]
fn Holding(session: Session) -> impl IntoView {
    let i18n = I18n::get();
    let rubric = session.rubric();
    move || {
        let score = session.score();
        Hold::of(&rubric, &score).map(|hold| {
            view! {
                <section aria-labelledby="holding">
                    <h2 class="section-title" id="holding">{(i18n.words().review_gates)(hold.star.into())}</h2>
                    <p class="small soft">{hold_words(i18n, Some(&hold))}</p>
                    {gate_links(i18n, session, &score, &hold.gates)}
                </section>
            }
        })
    }
}

/// Notes that the rubric asks for and nobody wrote.
#[component]
fn NotesAsked(session: Session) -> impl IntoView {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let id = session.assessment();
    let asked = Memo::new(move |_| {
        session.content.with(|content| {
            let criteria = content.scorer.rubric().criteria.iter().enumerate();
            let wanted = criteria.filter(|(index, criterion)| {
                let index = CriterionIndex(*index);
                content.scorer.standing(index) == Standing::Judged
                    && criterion.evidence.note_below.is_some_and(|below| content.scorer.points(index) < below)
                    && !content.draft.notes.contains_key(&Place::Criterion(criterion.id.clone()))
            });
            wanted.map(|(index, _)| CriterionIndex(index)).collect::<Vec<_>>()
        })
    });
    move || {
        let words = i18n.words();
        let rows = asked.get().into_iter().filter_map(|index| {
            let (code, label) = criterion_name(i18n, &rubric, index)?;
            let href = Route::sheet_at(id, &code).href();
            Some(view! {
                <li>
                    <a class="line" href=href>
                        {Icon::Note.view()}
                        <span><strong><span class="code">{code}</span>" "{label}</strong><small>{words.review_note_missing}</small></span>
                        <span class="line__end">{Icon::Right.view()}</span>
                    </a>
                </li>
            })
        });
        let rows: Vec<_> = rows.collect();
        (!rows.is_empty()).then(|| view! {
            <section aria-labelledby="notes-asked">
                <h2 class="section-title" id="notes-asked">{words.review_notes}<small>{rows.len()}</small></h2>
                <ul class="rows">{rows}</ul>
            </section>
        })
    }
}

#[component]
fn Finishing(session: Session, failure: RwSignal<Option<FinishError>>) -> impl IntoView {
    let (i18n, settings) = (I18n::get(), Settings::get());
    let (address, outbox, open) = (Address::get(), Outbox::get(), OpenSheet::get());
    let finishing = RwSignal::new(false);
    let score = Memo::new(move |_| session.score());
    let blocked = move || {
        let score = score.get();
        let (criteria, papers) = (score.unanswered.len(), score.unknown_requirements.len());
        (!score.complete).then(|| (i18n.words().finish_blocked)(criteria, papers))
    };
    let nameless = move || settings.assessor.with(|assessor| assessor.name.is_empty());
    let finish = move |_| {
        if finishing.get_untracked() || !score.get_untracked().complete {
            return;
        }
        finishing.set(true);
        let id = session.assessment();
        let (assessor, endpoint) = (settings.assessor.get_untracked(), settings.endpoint.get_untracked());
        spawn_local(async move {
            let outcome = session.finish(assessor, endpoint).await;
            finishing.try_set(false);
            match outcome {
                Ok(()) => {
                    address.replace(Route::Result(id));
                    open.close();
                    outbox.wake();
                }
                Err(error) => {
                    failure.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <section class="foot">
            <div class="foot__inner">
                <p class="small" id="finish-why">
                    {move || blocked().unwrap_or_else(|| i18n.words().finish_note.to_owned())}
                    {move || nameless().then(|| view! {
                        " "{i18n.words().finish_no_assessor}" "
                        <a href=Route::Settings.href()>{i18n.words().open_settings}</a>
                    })}
                </p>
                <button
                    class="button button--wide"
                    id="finish"
                    type="button"
                    aria-disabled=move || blocked().is_some().then_some("true")
                    aria-describedby="finish-why"
                    aria-busy=move || finishing.get().to_string()
                    on:click=finish
                >
                    {move || if finishing.get() { i18n.words().finishing } else { i18n.words().finish }}
                </button>
            </div>
        </section>
    }
}
