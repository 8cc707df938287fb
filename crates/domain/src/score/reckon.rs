//! From the state of a sheet to its score: total, stars, and what withholds them.

use super::{MissedGate, PartScore, Score, Withheld, state::State};
use crate::{
    map::Set,
    points::Fraction,
    rubric::{CriterionIndex, KnockoutEffect, RequirementEffect, Rubric},
};
use std::cmp::Ordering;

pub(crate) fn score(rubric: &Rubric, state: &State) -> Score {
    let (total, parts) = total(rubric, state);
    let stars_by_points = stars_by_points(rubric, total);
    let stars_by_gates = stars_by_gates(rubric, state);
    let (mut cap, mut withheld) = (None::<u8>, None::<Withheld>);
    let mut withhold = |why: Withheld| withheld = Some(withheld.map_or(why, |other| other.min(why)));

    let mut unknown_requirements = Vec::new();
    for (requirement, met) in state.asked_requirements(rubric) {
        if met.is_none() {
            unknown_requirements.push(requirement.id.clone());
        }
        if met != Some(true) {
            match requirement.effect {
                RequirementEffect::NoAward => withhold(Withheld::NoAward),
                RequirementEffect::Reject => withhold(Withheld::Reject),
                RequirementEffect::Cap(at) => cap = Some(cap.map_or(at, |other| other.min(at))),
            }
        }
    }
    for knockout in state.fired(rubric) {
        withhold(match knockout.effect {
            KnockoutEffect::Disqualify => Withheld::Disqualify,
            KnockoutEffect::Stop => Withheld::Stop,
        });
    }

    let stars = match withheld {
        Some(_) => 0,
        None => stars_by_points.min(stars_by_gates).min(cap.unwrap_or(u8::MAX)),
    };
    let complete = state.stopped(rubric) || (state.unanswered.is_empty() && unknown_requirements.is_empty());
    let indices = |set: &Set<usize>| set.iter().map(|index| CriterionIndex(*index)).collect();
    Score {
        complete,
        total,
        max: rubric.max,
        parts,
        stars_by_points,
        stars_by_gates,
        cap,
        withheld,
        stars,
        awarded: complete && withheld.is_none() && stars >= rubric.min_stars,
        unanswered: indices(&state.unanswered),
        not_asked: indices(&state.not_asked),
        unknown_requirements,
        missed_gates: missed_above(rubric, state, stars),
    }
}

/// The exact total, and the parts that count.
fn total(rubric: &Rubric, state: &State) -> (Fraction, Vec<PartScore>) {
    let (mut total, mut left_out) = (Fraction::ZERO, 0);
    let mut parts = Vec::with_capacity(rubric.parts.len());
    for (part, sum) in rubric.parts.iter().zip(&state.sums) {
        let max = i64::from(part.max.0);
        let remaining = max - sum.excluded_max;
        if remaining == 0 {
            left_out += max;
            continue;
        }
        let points = scaled(sum.points, max, remaining);
        total = total.add_or_floor(points);
        parts.push(PartScore { id: part.id.clone(), points, max: part.max });
    }
    let max = i64::from(rubric.max.0);
    if left_out != 0 {
        let scale = Fraction::new(max.into(), (max - left_out).into());
        total = scale.map_or(Fraction::ZERO, |scale| total.mul_or_floor(scale));
    }
    (total, parts)
}

/// `hundredths × max ÷ remaining`, as points.
fn scaled(hundredths: i64, max: i64, remaining: i64) -> Fraction {
    let num = i128::from(hundredths).checked_mul(max.into());
    num.and_then(|num| Fraction::new(num, i128::from(remaining).checked_mul(100)?)).unwrap_or(Fraction::ZERO)
}

pub(crate) fn stars_by_points(rubric: &Rubric, total: Fraction) -> u8 {
    let reached = rubric.bands.iter().find(|band| total.cmp_points(band.from) != Ordering::Less);
    reached.map_or(0, |band| band.stars)
}

/// The highest star below the lowest missed gate.
fn stars_by_gates(rubric: &Rubric, state: &State) -> u8 {
    let lowest_missed = state.missed.iter().position(|criteria| !criteria.is_empty());
    let holds = |stars: u8| lowest_missed.is_none_or(|missed| usize::from(stars) < missed);
    rubric.bands.iter().map(|band| band.stars).find(|stars| holds(*stars)).unwrap_or(0)
}

fn missed_above(rubric: &Rubric, state: &State, stars: u8) -> Vec<MissedGate> {
    let mut above = Vec::new();
    for (star, criteria) in (0..=u8::MAX).zip(&state.missed).skip(usize::from(stars) + 1) {
        above.extend(criteria.iter().map(|index| MissedGate {
            star,
            criterion: CriterionIndex(*index),
            needs: state.needs(rubric, *index, star).unwrap_or_default(),
            has: state.points(CriterionIndex(*index)),
        }));
    }
    above
}
