//! Bands and caps.

use crate::map::Set;
use crate::{
    rubric::{ProblemCode as Code, RequirementEffect, Rubric, problem::Findings},
    wire::rubric::field::{self, child, element},
};

/// The place of a band.
pub(super) fn place(index: usize) -> String {
    element(&child("", field::BANDS), index)
}

pub(super) fn check(rubric: &Rubric, found: &mut Findings) {
    let at = child("", field::BANDS);
    if rubric.bands.is_empty() && found.known(&at) {
        found.report(Code::NoBands, at, "Add bands: from which total on how many stars are earned.");
    }
    let max = child("", field::MAX);
    for (index, band) in rubric.bands.iter().enumerate() {
        let at = place(index);
        let from = child(&at, field::FROM);
        if found.known(&max) && found.known(&from) && band.from > rubric.max {
            let message = format!(
                "This band begins at {}, above the rubric's max of {}: lower it.",
                band.from.to_decimal(),
                rubric.max.to_decimal()
            );
            found.report(Code::BandAboveMax, from, message);
        }
    }
    for (index, pair) in rubric.bands.windows(2).enumerate() {
        let [higher, lower] = pair else { continue };
        let at = place(index + 1);
        let before = place(index);
        let both = |found: &Findings, name: &str| found.known(&child(&before, name)) && found.known(&child(&at, name));
        if both(found, field::STARS) && lower.stars >= higher.stars {
            let message = "Order the bands from the highest star to the lowest, each star once.";
            found.report(Code::BandsNotFalling, child(&at, field::STARS), message);
        }
        if both(found, field::FROM) && lower.from >= higher.from {
            let message = "A band must begin below the band before it: lower its “from”.";
            found.report(Code::BandsNotFalling, child(&at, field::FROM), message);
        }
    }
}

/// Caps on stars there is no band for.
pub(super) fn check_caps(rubric: &Rubric, stars: &Set<u8>, found: &mut Findings) {
    for (index, requirement) in rubric.requirements.iter().enumerate() {
        let RequirementEffect::Cap(at_most) = requirement.effect else { continue };
        let cap = child(&child(&element(&child("", field::REQUIREMENTS), index), field::EFFECT), field::CAP);
        if found.known(&cap) && !stars.contains(&at_most) {
            let message = format!("There is no band for {at_most} stars: cap at a star that has one.");
            found.report(Code::CapWithoutBand, cap, message);
        }
    }
}

/// The stars that have a band, when all of them could be read.
pub(super) fn stars(rubric: &Rubric, found: &Findings) -> Option<Set<u8>> {
    let all_known = found.known(&child("", field::BANDS))
        && (0..rubric.bands.len()).map(place).all(|at| found.known(&at) && found.known(&child(&at, field::STARS)));
    (all_known && !rubric.bands.is_empty()).then(|| rubric.bands.iter().map(|band| band.stars).collect())
}
