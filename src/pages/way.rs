//! The way up in words: what to raise from what to what, and what that adds.

use super::text::{criterion_name, local};
use crate::{
    i18n::I18n,
    routes::{PAPERS, Route},
    services::Services,
    state::{
        finished::Finished,
        session::Session,
        way::{self, Way},
    },
    ui::{
        icon::Icon,
        line::{coded, section, section_title},
    },
};
use bintang_dom::{El, Node, RwSignal, el, group, with};
use bintang_domain::{
    answers::{Answer, Answers},
    id::{AssessmentId, ChoiceId},
    next::{Goal, Next, Raise},
    rubric::{ChoiceOption, Criterion, CriterionKind, Rubric},
};

/// The way up of an open sheet, each step a link to its criterion; anew at each edit.
pub(super) fn of_session(session: Session) -> Node {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let way = way::of_session(Services::get(), session);
    with(move || {
        let found = way.get();
        if let Way::Found(next) = &found {
            let answers = session.content.with_untracked(|content| content.draft.answers.clone());
            let title = [i18n.later().way_title().of(next.stars), size(i18n, next)].join(": ");
            let size = el("p").class("small").child(el("strong").text(&title));
            let enough = el("p").class("small").text(&i18n.later().way_enough().of(next.stars));
            return group([size, enough, steps(i18n, &rubric, &answers, next, Some(session.assessment()))]);
        }
        el("p").class("small soft").attr("role", "status").text(words_of(i18n, &found)).into()
    })
}

/// The way up of a finished assessment.
pub(super) fn of_finished(finished: &Finished) -> Node {
    let Finished { rubric, answers, score, .. } = finished.clone();
    shown(I18n::get(), finished, way::of_sheet(Services::get(), rubric, answers, score))
}

/// The way up of a finished assessment that is worked out already, or will be.
pub(super) fn shown(i18n: I18n, finished: &Finished, way: RwSignal<Way>) -> Node {
    let Finished { rubric, answers, .. } = finished.clone();
    with(move || {
        let found = way.get();
        let title = |text: &str, small: &str| section("way").child(section_title("way", text, small));
        match &found {
            Way::Found(next) => {
                let title = title(&i18n.later().way_title().of(next.stars), &size(i18n, next));
                let enough = el("p").class("small").text(&i18n.later().way_enough().of(next.stars));
                Node::from(title.child(enough).child(steps(i18n, &rubric, &answers, next, None)))
            }
            other => el("p").class("small soft").text(words_of(i18n, other)).into(),
        }
    })
}

fn words_of(i18n: I18n, way: &Way) -> &'static str {
    let words = i18n.later();
    match way {
        Way::Open => words.way_open(),
        Way::Reckoning | Way::Found(_) => words.way_reckoning(),
        Way::Flagged => words.way_flagged(),
        Way::None => words.way_none(),
        Way::Top => words.hold_top(),
    }
}

/// How much it takes: steps, criteria, papers.
fn size(i18n: I18n, next: &Next) -> String {
    let words = i18n.later();
    let count = |count: u32, phrase: crate::i18n::Phrase| (count > 0).then(|| phrase.of(count));
    let papers = u32::try_from(next.requirements.len()).unwrap_or(u32::MAX);
    let sizes = [
        count(next.steps, words.way_steps()),
        count(next.criteria, words.way_criteria()),
        count(papers, words.way_papers()),
    ];
    sizes.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn steps(i18n: I18n, rubric: &Rubric, answers: &Answers, next: &Next, sheet: Option<AssessmentId>) -> El {
    let words = i18n.later();
    let row = |at: &str, title: El, text: &str, end: El| {
        let says = el("span").child(title).child(el("small").text(text));
        let row = match sheet {
            Some(id) => el("a").attr("href", &Route::sheet_at(id, at).href()),
            None => el("div").class("way__item"),
        };
        el("li").child(row.child(says).child(end))
    };
    let raises = next.raise.iter().filter_map(|raise| {
        let (code, label) = criterion_name(i18n, rubric, raise.criterion)?;
        let criterion = rubric.criterion(raise.criterion)?;
        let text = step(i18n, rubric, criterion, answers.criteria.get(&criterion.id), raise);
        let gain = el("span").class("way__gain").text(&["+", &i18n.points(raise.gain)].concat());
        Some(
            row(&code, coded(Some(&code), &label), &text, gain)
                .attr("data-raise", &[&code, ":", &goal_mark(raise)].concat()),
        )
    });
    let papers = next.requirements.iter().filter_map(|paper| {
        let label = local(i18n, rubric, &rubric.requirement(paper.as_str())?.label);
        let end = el("span").class("way__gain").child(Icon::File.view());
        Some(row(PAPERS, coded(None, &label), words.way_paper(), end).attr("data-paper", paper.as_str()))
    });
    el("ol")
        .class("way")
        .attr("data-way", &next.stars.to_string())
        .attr("data-steps", &next.steps.to_string())
        .child(raises.collect::<Vec<_>>())
        .child(papers.collect::<Vec<_>>())
}

/// What a step becomes, for tests and scripts: the option's id, or how many items.
fn goal_mark(raise: &Raise) -> String {
    match &raise.to {
        Goal::Option(id) => id.to_string(),
        Goal::None => String::new(),
        Goal::Ticked(count) => count.to_string(),
    }
}

/// One step in words.
fn step(i18n: I18n, rubric: &Rubric, criterion: &Criterion, answer: Option<&Answer>, raise: &Raise) -> String {
    let words = i18n.later();
    let choice = |case: Option<&ChoiceId>, option: &ChoiceId| {
        let options = options_of(criterion, case);
        let label = options.iter().find(|choice| choice.id == *option).map(|choice| local(i18n, rubric, &choice.label));
        label.unwrap_or_else(|| option.to_string())
    };
    let (case, from) = match answer {
        Some(Answer::Option(option)) => (None, Some(choice(None, option))),
        Some(Answer::Case(case, option)) => (Some(case), Some(choice(Some(case), option))),
        Some(Answer::None) => (None, Some(words.option_none().to_owned())),
        Some(Answer::Ticked(_) | Answer::NotApplicable) | None => (None, None),
    };
    let to = match &raise.to {
        Goal::Ticked(count) => {
            let ticked = match answer {
                Some(Answer::Ticked(items)) => items.len(),
                _ => 0,
            };
            return words.way_tick().both(ticked, *count);
        }
        Goal::None => words.option_none().to_owned(),
        Goal::Option(option) => {
            let label = choice(raise.case.as_ref().or(case), option);
            match raise.case.as_ref().and_then(|case| case_label(i18n, rubric, criterion, case)) {
                Some(case) => [case, label].join(" · "),
                None => label,
            }
        }
    };
    match from {
        Some(from) => words.way_from_to().both(&from, &to),
        None => words.way_choose().of(&to),
    }
}

fn options_of<'r>(criterion: &'r Criterion, case: Option<&ChoiceId>) -> &'r [ChoiceOption] {
    match &criterion.kind {
        CriterionKind::Options(options) => options,
        CriterionKind::Cases(cases) => {
            cases.iter().find(|other| Some(&other.id) == case).map_or(&[], |case| case.options.as_slice())
        }
        CriterionKind::Checklist { .. } => &[],
    }
}

fn case_label(i18n: I18n, rubric: &Rubric, criterion: &Criterion, case: &ChoiceId) -> Option<String> {
    let CriterionKind::Cases(cases) = &criterion.kind else { return None };
    cases.iter().find(|other| other.id == *case).map(|case| local(i18n, rubric, &case.label))
}
