//! Hasil: the stars, why they are what they are, who coaches.

use super::{
    frame::{Bar, Frame, Framed},
    sheet::withheld_words,
    text::{criterion_name, local},
};
use crate::{
    i18n::I18n,
    routes::Route,
    services::Services,
    state::{
        address::Address,
        finished::{self, Finished, Reading},
        outbox::Outbox,
    },
    ui::{
        chip::{Chip, ChipKind},
        icon::Icon,
        score_bar::ScoreBar,
        stars::{StarSize, Stars},
    },
};
use bintang_domain::{
    draft::{Delivery, Phase},
    edit::Place,
    hold::Hold,
    id::AssessmentId,
    progress,
    rubric::{Node, RubricStatus},
};
use leptos::{prelude::*, task::spawn_local};

/// The page of one finished assessment.
pub(super) fn page(id: AssessmentId) -> impl IntoView {
    let (i18n, services, address) = (I18n::get(), Services::get(), Address::get());
    let (reading, outbox) = (RwSignal::new(Reading::Loading), Outbox::get());
    // The chip follows the outbox, which writes its word into the head.
    Effect::new(move || {
        outbox.entries.track();
        spawn_local(async move {
            let read = finished::read(services, id).await;
            reading.try_set(read);
        });
    });
    let title = Signal::derive(move || i18n.words().result.to_owned());
    let business = move || match reading.get() {
        Reading::Ready(finished) => finished.head.subject.business,
        Reading::Loading | Reading::Draft | Reading::Unavailable => String::new(),
    };
    view! {
        <Framed frame=Frame::Focus>
            <Bar back=Signal::stored(Route::Home) title under=view! { <p>{business}</p> }.into_any() />
            <main id="isi">
                {move || match reading.get() {
                    Reading::Loading => view! { <p class="page soft" role="status">{i18n.words().loading}</p> }.into_any(),
                    Reading::Draft => {
                        address.replace(Route::sheet(id));
                        ().into_any()
                    }
                    Reading::Unavailable => view! {
                        <div class="page"><div class="empty">{Icon::Alert.view()}<h2>{i18n.words().result_unavailable}</h2></div></div>
                    }.into_any(),
                    Reading::Ready(finished) => shown(i18n, &finished),
                }}
            </main>
            <section class="foot">
                <div class="foot__inner button-row">
                    <a class="button" href=Route::Outbox.href()>{move || i18n.words().to_outbox}</a>
                    <a class="button button--secondary" href=Route::Home.href()>{move || i18n.words().to_home}</a>
                </div>
            </section>
        </Framed>
    }
}

fn shown(i18n: I18n, finished: &Finished) -> AnyView {
    view! {
        <div class="page stack stack--section" data-result=finished.head.assessment.to_string()>
            {verdict(i18n, finished)}
            {parts(i18n, finished)}
            {why(i18n, finished)}
            {gates(i18n, finished)}
            {coaching(i18n, finished)}
            {notes(i18n, finished)}
        </div>
    }
    .into_any()
}

fn verdict(i18n: I18n, finished: &Finished) -> impl IntoView + use<> {
    let (words, score, head) = (i18n.words(), &finished.score, &finished.head);
    let stars = match score.stars {
        0 => words.result_none.to_owned(),
        stars => (words.result_stars)(stars.into()),
    };
    let highest = finished.rubric.highest_star();
    let delivery = match head.phase {
        Phase::Finished { at, delivery, .. } => Some((at, match delivery {
            Delivery::Queued => (ChipKind::Queued, words.chip_queued),
            Delivery::Attention => (ChipKind::Attention, words.chip_attention),
            Delivery::Proved => (ChipKind::Proved, words.chip_proved),
        })),
        Phase::Draft => None,
    };
    let held = held(i18n, finished);
    view! {
        <section class="card verdict" aria-labelledby="verdict" data-stars=score.stars.to_string()>
            <p class="small soft">{head.subject.product.clone()}</p>
            <Stars
                stars=score.stars of=highest provisional=false size=StarSize::Large
                label=(words.stars_of)(score.stars.into(), highest.into())
            />
            <h2 class="verdict__words" id="verdict">{stars}</h2>
            <p class="verdict__total">{(words.points_of)(&i18n.points(score.total), &i18n.points(score.max))}</p>
            {held}
            {delivery.map(|(at, (kind, text))| view! {
                <p class="row verdict__state">
                    <Chip kind text=text.to_owned() />
                    <span class="small soft">{(words.result_finished)(&i18n.moment(at))}</span>
                </p>
            })}
            {(finished.rubric.status == RubricStatus::Template).then(|| view! {
                <p class="template-mark">{Icon::Info.view()}<span>{words.rubric_template}</span></p>
            })}
        </section>
    }
}

/// Why the stars are fewer than the points would give.
fn held(i18n: I18n, finished: &Finished) -> Option<AnyView> {
    let (words, score) = (i18n.words(), &finished.score);
    if let Some(withheld) = score.withheld {
        let reasons: Vec<String> = withholding(i18n, finished);
        return Some(
            view! {
                <div class="held">
                    {Icon::Lock.view()}
                    <p><strong>{withheld_words(words, withheld)}</strong><span>{reasons.join(" · ")}</span></p>
                </div>
            }
            .into_any(),
        );
    }
    let hold = Hold::of(&finished.rubric, score).filter(|hold| hold.short.is_none())?;
    let gates = hold.gates.iter().filter_map(|gate| criterion_name(i18n, &finished.rubric, gate.criterion));
    let mut reasons: Vec<String> = gates.map(|(code, label)| format!("{label} ({code})")).collect();
    reasons.extend(hold.cap.map(|cap| (words.hold_cap)(cap.into())));
    Some(
        view! {
            <div class="held">
                {Icon::Lock.view()}
                <p><strong>{(words.result_held_points)(hold.star.into())}</strong><span>{reasons.join(" · ")}</span></p>
            </div>
        }
        .into_any(),
    )
}

/// Papers and knockouts that withhold or cap, by name.
fn withholding(i18n: I18n, finished: &Finished) -> Vec<String> {
    let rubric = &finished.rubric;
    let knockouts = finished.scorer.fired_knockouts().map(|knockout| local(i18n, rubric, &knockout.label));
    let papers = rubric.requirements.iter().filter(|requirement| {
        finished.scorer.asked_requirement(&requirement.id)
            && finished.answers.requirements.get(&requirement.id) != Some(&true)
    });
    knockouts.chain(papers.map(|requirement| local(i18n, rubric, &requirement.label))).collect()
}

/// Points by group where a part has groups, else by part.
fn parts(i18n: I18n, finished: &Finished) -> impl IntoView + use<> {
    let rubric = &finished.rubric;
    let bars = rubric.parts.iter().flat_map(|part| {
        let groups = part.nodes.iter().filter_map(|node| match node {
            Node::Group(group) => Some((group.id.to_string(), local(i18n, rubric, &group.label), group.criteria.clone())),
            Node::Criterion(_) => None,
        });
        let groups: Vec<_> = groups.collect();
        if groups.is_empty() {
            vec![(part.id.to_string(), local(i18n, rubric, &part.label), part.criteria.clone())]
        } else {
            groups
        }
    });
    let bars = bars.map(|(code, label, range)| {
        let points = progress::points_of(&finished.scorer, range);
        let value = format!("{} / {}", i18n.points(points.points), i18n.points(points.max));
        let (has, max) = (i128::from(points.points.0), i128::from(points.max.0.max(1)));
        view! { <ScoreBar code label value thousandths=has * 1000 / max /> }
    });
    view! {
        <section class="card" aria-labelledby="parts">
            <h2 class="section-title" id="parts">{i18n.words().result_parts}</h2>
            <div class="bars">{bars.collect_view()}</div>
        </section>
    }
}

fn line(good: bool, title: String, text: Option<String>) -> impl IntoView {
    let (class, icon) = if good { ("line line--good", Icon::Done) } else { ("line line--warn", Icon::Lock) };
    view! {
        <li><div class=class>{icon.view()}<span><strong>{title}</strong>{text.map(|text| view! { <small>{text}</small> })}</span></div></li>
    }
}

fn why(i18n: I18n, finished: &Finished) -> impl IntoView + use<> {
    let (words, score, rubric) = (i18n.words(), &finished.score, &finished.rubric);
    let highest = rubric.highest_star();
    let points = match score.stars_by_points {
        0 => words.why_points_none.to_owned(),
        stars => (words.why_points)(stars.into()),
    };
    let of = (words.points_of)(&i18n.points(score.total), &i18n.points(score.max));
    let gates = match score.stars_by_gates {
        0 => words.why_gates_none.to_owned(),
        stars if stars == highest => words.why_gates_all.to_owned(),
        stars => (words.why_gates)(stars.into()),
    };
    let papers = rubric.requirements.iter().filter(|requirement| {
        finished.scorer.asked_requirement(&requirement.id)
            && finished.answers.requirements.get(&requirement.id) != Some(&true)
    });
    let papers: Vec<String> = papers.map(|requirement| local(i18n, rubric, &requirement.label)).collect();
    let knockouts: Vec<String> =
        finished.scorer.fired_knockouts().map(|knockout| local(i18n, rubric, &knockout.label)).collect();
    let papers_title = if papers.is_empty() { words.why_papers_ok } else { words.why_papers_missing };
    let knockouts_title = if knockouts.is_empty() { words.why_knockouts_none } else { words.why_knockouts };
    view! {
        <section aria-labelledby="why">
            <h2 class="section-title" id="why">{words.result_why}</h2>
            <ul class="rows">
                {line(score.stars_by_points > 0, points, Some(of))}
                {line(score.stars_by_gates >= score.stars_by_points, gates, None)}
                {line(papers.is_empty(), papers_title.to_owned(), (!papers.is_empty()).then(|| papers.join(" · ")))}
                {line(
                    knockouts.is_empty(),
                    knockouts_title.to_owned(),
                    (!knockouts.is_empty()).then(|| knockouts.join(" · ")),
                )}
                {score.awarded.then(|| line(true, words.why_certificate.to_owned(), None))}
            </ul>
        </section>
    }
}

/// Gates of the next star that are not met.
fn gates(i18n: I18n, finished: &Finished) -> Option<impl IntoView + use<>> {
    let words = i18n.words();
    let hold = Hold::of(&finished.rubric, &finished.score).filter(|hold| !hold.gates.is_empty())?;
    let rows = hold.gates.iter().filter_map(|gate| {
        let (code, label) = criterion_name(i18n, &finished.rubric, gate.criterion)?;
        let text = (words.way_has)(&i18n.points(gate.has), &i18n.points(gate.needs));
        Some(view! {
            <li><div class="way__item">
                <span><strong><span class="code">{code}</span>" "{label}</strong><small>{text}</small></span>
            </div></li>
        })
    });
    Some(view! {
        <section aria-labelledby="gates">
            <h2 class="section-title" id="gates">{(words.result_next_gates)(hold.star.into())}</h2>
            <ol class="way">{rows.collect_view()}</ol>
        </section>
    })
}

fn coaching(i18n: I18n, finished: &Finished) -> Option<impl IntoView + use<>> {
    let words = i18n.words();
    let stars = finished.score.stars;
    let by = local(i18n, &finished.rubric, finished.rubric.coaching_for(stars)?);
    Some(view! {
        <section class="card" aria-labelledby="coaching">
            <h2 class="section-title" id="coaching">{words.coaching}</h2>
            <p class="banner banner--version">
                {Icon::Panel.view()}<span class="banner__title">{(words.coach)(stars.into())}": "{by}</span>
            </p>
        </section>
    })
}

fn notes(i18n: I18n, finished: &Finished) -> Option<impl IntoView + use<>> {
    let rows = finished.notes.iter().map(|(place, text)| {
        let code = match place {
            Place::Criterion(id) => id.to_string(),
            Place::Requirement(id) => id.to_string(),
            Place::Knockout(id) => id.to_string(),
        };
        view! { <li><div class="line">{Icon::Note.view()}<span><strong class="code">{code}</strong><small>{text.clone()}</small></span></div></li> }
    });
    let rows = rows.collect_view();
    (!finished.notes.is_empty()).then(|| view! {
        <section aria-labelledby="notes">
            <h2 class="section-title" id="notes">{i18n.words().notes_written}</h2>
            <ul class="rows">{rows}</ul>
        </section>
    })
}
