//! Bands and caps.

use crate::map::Set;
use crate::{
    rubric::{ProblemCode as Code, RequirementEffect, Rubric, at::At, problem::Findings},
    wire::rubric::field,
};

pub(super) fn check(rubric: &Rubric, found: &mut Findings) {
    let bands = At::top(field::BANDS);
    if rubric.bands.is_empty() && found.known(bands) {
        found.report(Code::NoBands, bands, format_args!("Add bands: from which total on how many stars are earned."));
    }
    let max = At::top(field::MAX);
    for (index, band) in rubric.bands.iter().enumerate() {
        let at = bands.element(index);
        let from = at.child(field::FROM);
        if found.known(max) && found.known(from) && band.from > rubric.max {
            found.report(
                Code::BandAboveMax,
                from,
                format_args!(
                    "This band begins at {}, above the rubric's max of {}: lower it.",
                    band.from.to_decimal(),
                    rubric.max.to_decimal()
                ),
            );
        }
    }
    for (index, pair) in rubric.bands.windows(2).enumerate() {
        let [higher, lower] = pair else { continue };
        let at = bands.element(index + 1);
        let before = bands.element(index);
        let both = |found: &Findings, name: &str| found.known(before.child(name)) && found.known(at.child(name));
        if both(found, field::STARS) && lower.stars >= higher.stars {
            found.report(
                Code::BandsNotFalling,
                at.child(field::STARS),
                format_args!("Order the bands from the highest star to the lowest, each star once."),
            );
        }
        if both(found, field::FROM) && lower.from >= higher.from {
            found.report(
                Code::BandsNotFalling,
                at.child(field::FROM),
                format_args!("A band must begin below the band before it: lower its “from”."),
            );
        }
    }
}

/// Caps on stars there is no band for.
pub(super) fn check_caps(rubric: &Rubric, stars: &Set<u8>, found: &mut Findings) {
    for (index, requirement) in rubric.requirements.iter().enumerate() {
        let RequirementEffect::Cap(at_most) = requirement.effect else { continue };
        let list = At::top(field::REQUIREMENTS);
        let requirement = list.element(index);
        let effect = requirement.child(field::EFFECT);
        let cap = effect.child(field::CAP);
        if found.known(cap) && !stars.contains(&at_most) {
            found.report(
                Code::CapWithoutBand,
                cap,
                format_args!("There is no band for {at_most} stars: cap at a star that has one."),
            );
        }
    }
}

/// The stars that have a band, when all of them could be read.
pub(super) fn stars(rubric: &Rubric, found: &Findings) -> Option<Set<u8>> {
    let bands = At::top(field::BANDS);
    let all_known = found.known(bands)
        && (0..rubric.bands.len())
            .map(|index| bands.element(index))
            .all(|at| found.known(at) && found.known(at.child(field::STARS)));
    (all_known && !rubric.bands.is_empty()).then(|| rubric.bands.iter().map(|band| band.stars).collect())
}
