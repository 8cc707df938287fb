//! Options, cases and steps of one criterion.

use super::names;
use crate::map::Set;
use crate::{
    points::Points,
    rubric::{ChoiceOption, Criterion, CriterionKind, ProblemCode as Code, Step, problem::Findings},
    score,
    wire::rubric::field::{self, child, element},
};

pub(super) fn check(stars: Option<&Set<u8>>, criterion: &Criterion, at: &str, found: &mut Findings) {
    if !found.known(at) {
        return;
    }
    let max = found.known(&child(at, field::MAX)).then_some(criterion.max);
    match &criterion.kind {
        CriterionKind::Options(options) => check_options(stars, options, max, at, found),
        CriterionKind::Cases(cases) => {
            let list = child(at, field::CASES);
            if cases.is_empty() && found.known(&list) {
                found.report(Code::NoOptions, list.clone(), "Add at least one case with options.");
            }
            names::list(cases.iter().map(|case| case.id.as_str()), &list, found);
            for (index, case) in cases.iter().enumerate() {
                let at = element(&list, index);
                if found.known(&at) {
                    check_options(stars, &case.options, max, &at, found);
                }
            }
        }
        CriterionKind::Checklist { items, scale } => {
            let at = child(at, field::CHECKLIST);
            if !found.known(&at) {
                return;
            }
            let (items_at, scale_at) = (child(&at, field::ITEMS), child(&at, field::SCALE));
            if items.is_empty() && found.known(&items_at) {
                found.report(Code::NoOptions, items_at.clone(), "Add the items that can be ticked.");
            }
            if scale.is_empty() && found.known(&scale_at) {
                found.report(Code::NoOptions, scale_at.clone(), "Add the steps: how many points for how many items.");
            }
            names::list(items.iter().map(|item| item.id.as_str()), &items_at, found);
            check_steps(scale, items.len(), &scale_at, found);
            let worth: Vec<_> = scale.iter().map(|step| (step.points, step.gate)).collect();
            check_worth(stars, &worth, max, &scale_at, found);
        }
    }
}

fn check_options(
    stars: Option<&Set<u8>>,
    options: &[ChoiceOption],
    max: Option<Points>,
    at: &str,
    found: &mut Findings,
) {
    let list = child(at, field::OPTIONS);
    if options.is_empty() && found.known(&list) {
        found.report(Code::NoOptions, list.clone(), "Add options: what can be chosen, and its points.");
    }
    names::list(options.iter().map(|option| option.id.as_str()), &list, found);
    let worth: Vec<_> = options.iter().map(|option| (option.points, option.gate)).collect();
    check_worth(stars, &worth, max, &list, found);

    let mut by_points: Vec<(Points, usize)> =
        options.iter().enumerate().map(|(index, option)| (option.points, index)).collect();
    by_points.sort_unstable();
    for pair in by_points.windows(2) {
        let [(points, first), (same, second)] = pair else { continue };
        let place = |index: usize| child(&element(&list, index), field::POINTS);
        if points == same && found.known(&place(*first)) && found.known(&place(*second)) {
            let message =
                format!("Two options give {} points: check whether that is meant, or change one.", points.to_decimal());
            found.report(Code::EqualPoints, place(*second), message);
        }
    }
}

/// Points against the max, and the gates. All are options of one list, or all steps of one scale.
fn check_worth(
    stars: Option<&Set<u8>>,
    worth: &[(Points, Option<u8>)],
    max: Option<Points>,
    at: &str,
    found: &mut Findings,
) {
    let points_at = |index: usize| child(&element(at, index), field::POINTS);
    let all_known = found.known(at) && (0..worth.len()).all(|index| found.known(&points_at(index)));
    if let Some(max) = max {
        for (index, (points, _)) in worth.iter().enumerate() {
            if *points > max && found.known(&points_at(index)) {
                let message = format!("{} points are above the max of {}.", points.to_decimal(), max.to_decimal());
                found.report(Code::AboveMax, points_at(index), message + " Lower them, or raise the max.");
            }
        }
        if all_known && !worth.is_empty() && worth.iter().all(|(points, _)| *points < max) {
            let message =
                format!("Nothing here reaches the max of {}: lower the max, or raise the best.", max.to_decimal());
            found.report(Code::MaxNotReached, at, message);
        }
    }
    if let Some(stars) = stars {
        for (index, (_, gate)) in worth.iter().enumerate() {
            if let Some(star) = gate.filter(|star| !stars.contains(star)) {
                let message = format!("There is no band for {star} stars: set the gate at a star that has one.");
                found.report(Code::GateWithoutBand, child(&element(at, index), field::GATE), message);
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
            let message = format!(
                "{higher} stars ask for {} points here, fewer than the {} of {lower} stars: set the gates the other way.",
                fewer.to_decimal(),
                needs.to_decimal()
            );
            found.report(Code::FallingGates, child(&element(at, index), field::GATE), message);
        }
    }
}

fn check_steps(scale: &[Step], items: usize, at: &str, found: &mut Findings) {
    let items_known = items > 0;
    for (index, step) in scale.iter().enumerate() {
        let at = child(&element(at, index), field::AT_LEAST);
        let in_items = usize::try_from(step.at_least).is_ok_and(|at_least| (1..=items).contains(&at_least));
        if items_known && !in_items && found.known(&at) {
            let message =
                format!("A step asks for 1 to {items} items, since there are {items}: not for {}.", step.at_least);
            found.report(Code::StepOutOfItems, at, message);
        }
    }
    for (index, pair) in scale.windows(2).enumerate() {
        let [higher, lower] = pair else { continue };
        let (before, at) = (element(at, index), element(at, index + 1));
        let falls =
            [(field::AT_LEAST, lower.at_least < higher.at_least), (field::POINTS, lower.points < higher.points)];
        for (name, falling) in falls {
            if !falling && found.known(&child(&before, name)) && found.known(&child(&at, name)) {
                let message =
                    "Order the steps from the most items to the fewest, each with fewer points than the one before.";
                found.report(Code::StepsNotFalling, child(&at, name), message);
            }
        }
    }
}
