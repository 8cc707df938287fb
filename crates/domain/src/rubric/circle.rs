//! Names in conditions and triggers: resolved, and free of circles.

use super::{
    Condition, CriterionIndex, ProblemCode as Code, Rubric, Trigger, at::At, parsed::Asker, parsed::Parsed,
    problem::Findings,
};
use crate::wire::rubric::field;

/// Puts the criteria in the place of their ids.
pub(super) fn resolve(parsed: &mut Parsed) {
    for named in &parsed.conditions {
        let Some(criterion) = parsed.rubric.index_of(&named.criterion) else {
            unknown(&mut parsed.found, At::written(&named.at), &named.criterion);
            continue;
        };
        let condition = Some(Condition { criterion, at_least: named.at_least });
        match named.asker {
            Asker::Criterion(index) => {
                if let Some(asker) = parsed.rubric.criteria.get_mut(index) {
                    asker.applies_when = condition;
                }
            }
            Asker::Requirement(index) => {
                if let Some(asker) = parsed.rubric.requirements.get_mut(index) {
                    asker.applies_when = condition;
                }
            }
        }
    }
    for named in &parsed.any_zero {
        let mut criteria = Vec::with_capacity(named.criteria.len());
        for (index, id) in named.criteria.iter().enumerate() {
            let list = At::written(&named.at);
            let at = list.element(index);
            match parsed.rubric.index_of(id) {
                Some(criterion) => criteria.push(criterion),
                None if parsed.found.known(at) => unknown(&mut parsed.found, at, id),
                None => {}
            }
        }
        criteria.sort_unstable();
        criteria.dedup();
        if let Some(knockout) = parsed.rubric.knockouts.get_mut(named.knockout) {
            knockout.trigger = Trigger::AnyZero(criteria);
        }
    }
    for index in circles(&parsed.rubric) {
        if let (Some(criterion), Some(at)) = (parsed.rubric.criteria.get(index), parsed.places.get(index)) {
            parsed.found.report(Code::ConditionCircle, At::written(at).child(field::APPLIES_WHEN), format_args!(
                "The condition of “{}” leads back to itself: let it look at a criterion that does not depend on it.",
                criterion.id
            ));
        }
    }
}

fn unknown(found: &mut Findings, at: At<'_>, id: &str) {
    let code = Code::UnknownCriterion;
    found.report(code, at, format_args!("There is no criterion “{id}”: name the id of one that is in the rubric."));
}

/// One criterion of every circle. Each has one condition at most, so following them is enough.
fn circles(rubric: &Rubric) -> Vec<usize> {
    let mut seen_in: Vec<usize> = vec![0; rubric.criteria.len()];
    let mut found = Vec::new();
    for start in 0..rubric.criteria.len() {
        let mut next = Some(start);
        while let Some(index) = next {
            match seen_in.get_mut(index) {
                Some(walk) if *walk == 0 => *walk = start + 1,
                Some(walk) => {
                    if *walk == start + 1 {
                        found.push(index);
                    }
                    break;
                }
                None => break,
            }
            let condition = rubric.criterion(CriterionIndex(index)).and_then(|criterion| criterion.applies_when);
            next = condition.map(|condition| condition.criterion.0);
        }
    }
    found
}
