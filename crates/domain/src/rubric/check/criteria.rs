//! Options, cases and steps of one criterion.

use super::names;
use crate::map::Set;
use crate::{
    points::Points,
    rubric::{ChoiceOption, Criterion, CriterionKind, ProblemCode as Code, Step, at::At, problem::Findings},
    score,
    wire::rubric::field,
};

pub(super) fn check(stars: Option<&Set<u8>>, criterion: &Criterion, at: At<'_>, found: &mut Findings) {
    if !found.known(at) {
        return;
    }
    let max = found.known(at.child(field::MAX)).then_some(criterion.max);
    match &criterion.kind {
        CriterionKind::Options(options) => check_options(stars, options, max, at, found),
        CriterionKind::Cases(cases) => {
            let list = at.child(field::CASES);
            if cases.is_empty() && found.known(list) {
                found.report(Code::NoOptions, list, format_args!("Add at least one case with options."));
            }
            names::list(cases.iter().map(|case| case.id.as_str()), list, found);
            for (index, case) in cases.iter().enumerate() {
                let at = list.element(index);
                if found.known(at) {
                    check_options(stars, &case.options, max, at, found);
                }
            }
        }
        CriterionKind::Checklist { items, scale } => {
            let at = at.child(field::CHECKLIST);
            if !found.known(at) {
                return;
            }
            let (items_at, scale_at) = (at.child(field::ITEMS), at.child(field::SCALE));
            if items.is_empty() && found.known(items_at) {
                found.report(Code::NoOptions, items_at, format_args!("Add the items that can be ticked."));
            }
            if scale.is_empty() && found.known(scale_at) {
                found.report(
                    Code::NoOptions,
                    scale_at,
                    format_args!("Add the steps: how many points for how many items."),
                );
            }
            names::list(items.iter().map(|item| item.id.as_str()), items_at, found);
            check_steps(scale, items.len(), scale_at, found);
            let worth: Vec<_> = scale.iter().map(|step| (step.points, step.gate)).collect();
            check_worth(stars, &worth, max, scale_at, found);
        }
    }
}

fn check_options(
    stars: Option<&Set<u8>>,
    options: &[ChoiceOption],
    max: Option<Points>,
    at: At<'_>,
    found: &mut Findings,
) {
    let list = at.child(field::OPTIONS);
    if options.is_empty() && found.known(list) {
        found.report(Code::NoOptions, list, format_args!("Add options: what can be chosen, and its points."));
    }
    names::list(options.iter().map(|option| option.id.as_str()), list, found);
    let worth: Vec<_> = options.iter().map(|option| (option.points, option.gate)).collect();
    check_worth(stars, &worth, max, list, found);

    let mut by_points: Vec<(Points, usize)> =
        options.iter().enumerate().map(|(index, option)| (option.points, index)).collect();
    by_points.sort_unstable();
    for pair in by_points.windows(2) {
        let [(points, first), (same, second)] = pair else { continue };
        let known = |index: usize| found.known(list.element(index).child(field::POINTS));
        if points == same && known(*first) && known(*second) {
            found.report(
                Code::EqualPoints,
                list.element(*second).child(field::POINTS),
                format_args!(
                    "Two options give {} points: check whether that is meant, or change one.",
                    points.to_decimal()
                ),
            );
        }
    }
}

/// Points against the max, and the gates. All are options of one list, or all steps of one scale.
fn check_worth(
    stars: Option<&Set<u8>>,
    worth: &[(Points, Option<u8>)],
    max: Option<Points>,
    at: At<'_>,
    found: &mut Findings,
) {
    let points_known = |found: &Findings, index: usize| found.known(at.element(index).child(field::POINTS));
    let all_known = found.known(at) && (0..worth.len()).all(|index| points_known(found, index));
    if let Some(max) = max {
        for (index, (points, _)) in worth.iter().enumerate() {
            if *points > max && points_known(found, index) {
                found.report(
                    Code::AboveMax,
                    at.element(index).child(field::POINTS),
                    format_args!(
                        "{} points are above the max of {}. Lower them, or raise the max.",
                        points.to_decimal(),
                        max.to_decimal()
                    ),
                );
            }
        }
        if all_known && !worth.is_empty() && worth.iter().all(|(points, _)| *points < max) {
            found.report(
                Code::MaxNotReached,
                at,
                format_args!("Nothing here reaches the max of {}: lower the max, or raise the best.", max.to_decimal()),
            );
        }
    }
    if let Some(stars) = stars {
        for (index, (_, gate)) in worth.iter().enumerate() {
            if let Some(star) = gate.filter(|star| !stars.contains(star)) {
                found.report(
                    Code::GateWithoutBand,
                    at.element(index).child(field::GATE),
                    format_args!("There is no band for {star} stars: set the gate at a star that has one."),
                );
            }
        }
    }
    if !all_known {
        return;
    }
    let gates = score::lowest(worth.iter().map(|(points, gate)| (*gate, *points)));
    for pair in gates.windows(2) {
        let [(lower, needs), (higher, fewer)] = pair else { continue };
        if fewer < needs {
            let index = worth.iter().position(|(points, gate)| points == fewer && *gate == Some(*higher)).unwrap_or(0);
            found.report(Code::FallingGates, at.element(index).child(field::GATE), format_args!(
                "{higher} stars ask for {} points here, fewer than the {} of {lower} stars: set the gates the other way.",
                fewer.to_decimal(),
                needs.to_decimal()
            ));
        }
    }
}

fn check_steps(scale: &[Step], items: usize, at: At<'_>, found: &mut Findings) {
    let items_known = items > 0;
    for (index, step) in scale.iter().enumerate() {
        let element = at.element(index);
        let at = element.child(field::AT_LEAST);
        let in_items = usize::try_from(step.at_least).is_ok_and(|at_least| (1..=items).contains(&at_least));
        if items_known && !in_items && found.known(at) {
            found.report(
                Code::StepOutOfItems,
                at,
                format_args!("A step asks for 1 to {items} items, since there are {items}: not for {}.", step.at_least),
            );
        }
    }
    for (index, pair) in scale.windows(2).enumerate() {
        let [higher, lower] = pair else { continue };
        let (before, at) = (at.element(index), at.element(index + 1));
        let falls =
            [(field::AT_LEAST, lower.at_least < higher.at_least), (field::POINTS, lower.points < higher.points)];
        for (name, falling) in falls {
            if !falling && found.known(before.child(name)) && found.known(at.child(name)) {
                found.report(
                    Code::StepsNotFalling,
                    at.child(name),
                    format_args!(
                        "Order the steps from the most items to the fewest, each with fewer points than the one before."
                    ),
                );
            }
        }
    }
}
