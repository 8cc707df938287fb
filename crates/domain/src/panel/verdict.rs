//! From the sheets of a panel to its verdict.

use super::{Difference, Lack, Panel, PanelError, PanelErrorCode as Code, Role, Verdict, combine::combined, gates};
use crate::{
    answers::Sheet,
    id::KnockoutId,
    points::{Fraction, Points},
    rubric::{CriterionIndex, KnockoutEffect, PanelRules, RequirementEffect, Rubric},
    score::{Score, Withheld, reckon, state::State},
};
use std::cmp::Ordering;

/// The verdict of a panel.
///
/// # Errors
/// Everything that is wrong with the panel or its sheets, each with its place.
pub fn verdict(rubric: &Rubric, panel: &Panel) -> Result<Verdict, Vec<PanelError>> {
    let mut errors = faults(rubric, panel);
    let mut sheets = Vec::new();
    for (place, seat) in panel.seats.iter().enumerate() {
        let at = format!("/sheets/{place}/sheet");
        let Some(sheet) = &seat.sheet else {
            if seat.left_out.is_none() {
                errors.push(PanelError::new(at, Code::NoSheet, "A sheet that counts must be there."));
            }
            continue;
        };
        errors.extend(of_sheet(rubric, &at, sheet));
        if seat.left_out.is_some() {
            continue;
        }
        let state = State::new(rubric, &sheet.answers);
        let score = reckon::score(rubric, &state);
        if !score.complete {
            let message =
                "A sheet that counts must be complete: everything asked is answered and every paper looked for.";
            errors.push(PanelError::new(at, Code::Incomplete, message));
        }
        sheets.push((state, score));
    }
    match (&rubric.panel, errors.is_empty()) {
        (Some(rules), true) => Ok(reckoned(rubric, rules, panel, &sheets)),
        _ => Err(errors),
    }
}

/// What is wrong with the panel itself.
fn faults(rubric: &Rubric, panel: &Panel) -> Vec<PanelError> {
    let mut errors = Vec::new();
    if rubric.panel.is_none() {
        errors.push(PanelError::new("/rubric", Code::NoPanel, "The rubric has no rules for a panel."));
    }
    if panel.rubric != rubric.id {
        let message = format!("The panel belongs to the rubric “{}”, this is “{}”.", panel.rubric, rubric.id);
        errors.push(PanelError::new("/rubric/id", Code::OtherRubric, message));
    }
    if panel.version != rubric.version {
        let message =
            format!("The panel belongs to version “{}” of the rubric, this is “{}”.", panel.version, rubric.version);
        errors.push(PanelError::new("/rubric/version", Code::OtherRubric, message));
    }
    if panel.members == Some(0) {
        errors.push(PanelError::new("/members", Code::BadMembers, "A panel has at least one member."));
    }
    let mut known = |id: &KnockoutId, at: String| {
        if !rubric.knockouts.iter().any(|knockout| knockout.id == *id) {
            let message = format!("The rubric has no knockout “{id}”.");
            errors.push(PanelError::new(at, Code::UnknownKnockout, message));
        }
    };
    for (place, id) in panel.chair.confirmed.iter().enumerate() {
        known(id, format!("/chair/confirm/{place}"));
    }
    for (place, (id, _)) in panel.chair.lifted.iter().enumerate() {
        known(id, format!("/chair/lift/{place}/knockout"));
    }
    let reason = |given: &str, at: String| {
        given.trim().is_empty().then(|| PanelError::new(at, Code::NoReason, "The chair says why."))
    };
    let lifted = panel.chair.lifted.iter().enumerate();
    errors.extend(lifted.filter_map(|(place, (_, given))| reason(given, format!("/chair/lift/{place}/reason"))));
    let closed = panel.chair.closed.as_ref();
    errors.extend(closed.and_then(|given| reason(given, "/chair/close/reason".to_owned())));
    errors
}

fn of_sheet(rubric: &Rubric, at: &str, sheet: &Sheet) -> impl Iterator<Item = PanelError> {
    let faults = sheet.check(rubric).into_iter();
    faults.map(move |fault| PanelError {
        at: [at, &fault.at].concat(),
        code: fault.code.as_str(),
        message: fault.message,
    })
}

fn reckoned(rubric: &Rubric, rules: &PanelRules, panel: &Panel, sheets: &[(State, Score)]) -> Verdict {
    let totals: Vec<Fraction> = sheets.iter().map(|(_, score)| score.total).collect();
    let spread = match (totals.iter().max(), totals.iter().min()) {
        (Some(most), Some(least)) => most.checked_sub(*least).unwrap_or(Fraction::ZERO),
        _ => Fraction::ZERO,
    };
    let total = combined(rules.combine, totals);
    let stars_by_points = reckon::stars_by_points(rubric, total);
    let stars_by_gates = gates::stars(rubric, rules.gates, rules.combine, sheets);
    let (cap, withheld) = held(rubric, panel, sheets);

    let members = panel.members.and_then(|members| usize::try_from(members).ok()).unwrap_or(panel.seats.len());
    let missing = lacks(rules, panel, members, sheets.len());
    let needs_rescoring = rules.spread_limit.is_some_and(|limit| spread.cmp_points(limit) == Ordering::Greater);
    let closed = !needs_rescoring || panel.chair.closed.is_some();
    let stars = match withheld {
        None if missing.is_empty() => stars_by_points.min(stars_by_gates).min(cap.unwrap_or(u8::MAX)),
        _ => 0,
    };
    Verdict {
        total,
        max: rubric.max,
        spread,
        stars_by_points,
        stars_by_gates,
        cap,
        withheld,
        stars,
        awarded: withheld.is_none() && missing.is_empty() && closed && stars >= rubric.min_stars,
        counted: sheets.len(),
        left_out: panel.seats.len() - sheets.len(),
        members,
        missing,
        needs_rescoring,
        differs: if needs_rescoring { differences(rubric, sheets) } else { Vec::new() },
        closed,
    }
}

/// What papers and knockouts hold back.
fn held(rubric: &Rubric, panel: &Panel, sheets: &[(State, Score)]) -> (Option<u8>, Option<Withheld>) {
    let (mut cap, mut withheld) = (None::<u8>, None::<Withheld>);
    let mut withhold = |why: Withheld| withheld = Some(withheld.map_or(why, |other| other.min(why)));
    for requirement in &rubric.requirements {
        // Where it is not asked it counts as met.
        let lacking = |state: &State| {
            let mut asked = state.asked_requirements(rubric);
            asked.any(|(asked, met)| asked.id == requirement.id && met != Some(true))
        };
        let met = sheets.iter().filter(|(state, _)| !lacking(state)).count();
        if met * 2 <= sheets.len() && !sheets.is_empty() {
            match requirement.effect {
                RequirementEffect::NoAward => withhold(Withheld::NoAward),
                RequirementEffect::Reject => withhold(Withheld::Reject),
                RequirementEffect::Cap(at) => cap = Some(cap.map_or(at, |other| other.min(at))),
            }
        }
    }
    for knockout in &rubric.knockouts {
        let lifted = panel.chair.lifted.iter().any(|(id, _)| *id == knockout.id);
        let fired = sheets.iter().any(|(state, _)| state.fired(rubric).any(|fired| fired.id == knockout.id));
        if fired && !lifted {
            withhold(match knockout.effect {
                KnockoutEffect::Disqualify => Withheld::Disqualify,
                KnockoutEffect::Stop => Withheld::Stop,
            });
        }
    }
    (cap, withheld)
}

fn lacks(rules: &PanelRules, panel: &Panel, members: usize, counted: usize) -> Vec<Lack> {
    let (share, of) = rules.quorum.share;
    let count = |count: usize| u128::try_from(count).unwrap_or(u128::MAX);
    // present ÷ members ≥ share ÷ of
    let enough = count(panel.seats.len()).saturating_mul(of.into()) >= count(members).saturating_mul(share.into());
    let chaired = !rules.quorum.chair || panel.seats.iter().any(|seat| seat.role == Role::Chair);
    let sheets = usize::try_from(rules.min_sheets).is_ok_and(|least| counted >= least);
    let lacks = [(enough, Lack::Share), (chaired, Lack::Chair), (sheets, Lack::MinSheets)];
    lacks.into_iter().filter(|(there, _)| !there).map(|(_, lack)| lack).collect()
}

/// Criteria whose points differ, the widest first.
fn differences(rubric: &Rubric, sheets: &[(State, Score)]) -> Vec<Difference> {
    let of = |(index, max): (usize, Points)| {
        let points = || sheets.iter().map(|(state, _)| state.points(CriterionIndex(index)));
        let (low, high) = (points().min()?, points().max()?);
        let share = Fraction::new((high.0 - low.0).into(), max.0.into())?;
        (low < high && max > Points::ZERO).then_some(Difference { criterion: CriterionIndex(index), low, high, share })
    };
    let criteria = rubric.criteria.iter().map(|criterion| criterion.max).enumerate();
    let mut all: Vec<Difference> = criteria.filter_map(of).collect();
    // Stable: of equal shares the rubric's order stays.
    all.sort_by_key(|difference| std::cmp::Reverse(difference.share));
    all
}
