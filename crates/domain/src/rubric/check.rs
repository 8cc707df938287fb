//! Whether the values of a rubric agree with each other.
//!
//! Every check looks only at values that were read without an error, so one fault is reported once.

mod bands;
mod criteria;
mod names;
mod sums;
mod texts;

use super::{
    ChoiceOption, Criterion, CriterionKind, ProblemCode as Code, at::At, circle, lookup::Lookup, parsed::Parsed,
};
use crate::{
    answers::{Answer, Answers},
    points::Points,
    score,
    wire::rubric::field,
};

/// Holds the parts of a rubric against each other, resolves the names in it, and readies its look-up.
pub(crate) fn check(parsed: &mut Parsed) {
    let Parsed { rubric, places, found, .. } = parsed;
    found.begin_checking();
    names::check(rubric, places, found);
    bands::check(rubric, found);
    let stars = bands::stars(rubric, found);
    for (criterion, at) in rubric.criteria.iter().zip(places.iter()) {
        criteria::check(stars.as_ref(), criterion, At::written(at), found);
    }
    sums::check(rubric, places, found);
    if let Some(stars) = &stars {
        bands::check_caps(rubric, stars, found);
    }
    rubric.lookup = Lookup::new(&rubric.criteria, parsed.texts.languages.clone());
    circle::resolve(parsed);
    let rubric = &mut parsed.rubric;
    rubric.lookup.tie(&rubric.criteria, &rubric.parts);
    texts::check(parsed);
    if parsed.found.usable() {
        unreachable_stars(parsed);
    }
}

/// Scores the best sheet there can be. Conditions only ask for more points, so the best answer to everything is it.
fn unreachable_stars(parsed: &mut Parsed) {
    let rubric = &parsed.rubric;
    let mut best = Answers::default();
    // In the order of the ids, since a map grows well at its end only.
    for (_, criterion) in rubric.by_id() {
        best.criteria.insert(criterion.id.clone(), best_answer(criterion));
    }
    for requirement in &rubric.requirements {
        best.requirements.insert(requirement.id.clone(), true);
    }
    let reached = score::score(rubric, &best).stars;
    for (index, band) in rubric.bands.iter().enumerate().filter(|(_, band)| band.stars > reached) {
        parsed.found.report(
            Code::UnreachableStar,
            At::top(field::BANDS).element(index),
            format_args!(
                "No sheet can reach {} stars: look at the conditions, gates and knockouts, or take the band away.",
                band.stars
            ),
        );
    }
}

fn best_answer(criterion: &Criterion) -> Answer {
    let best = |options: &[ChoiceOption]| options.iter().max_by_key(|option| option.points).cloned();
    let answer = match &criterion.kind {
        CriterionKind::Options(options) => best(options).map(|option| (option.points, Answer::Option(option.id))),
        CriterionKind::Cases(cases) => {
            let first = cases.first().and_then(|case| Some((case.id.clone(), best(&case.options)?)));
            first.map(|(case, option)| (option.points, Answer::Case(case, option.id)))
        }
        CriterionKind::Checklist { items, scale } => {
            scale.first().map(|step| (step.points, Answer::Ticked(items.iter().map(|item| item.id.clone()).collect())))
        }
    };
    match answer {
        Some((points, answer)) if points > Points::ZERO => answer,
        _ if criterion.may_exclude => Answer::NotApplicable,
        Some((points, answer)) if points == Points::ZERO => answer,
        _ => Answer::None,
    }
}
