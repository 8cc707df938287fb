//! Sums: criteria → group → part → total.

use crate::{
    points::Points,
    rubric::{Node, ProblemCode as Code, Rubric, at::At, problem::Findings},
    wire::rubric::field,
};

pub(super) fn check(rubric: &Rubric, places: &[String], found: &mut Findings) {
    let mut check = Sums { rubric, places, found };
    let at = At::top(field::PARTS);
    let mut total = check.found.known(at).then_some(0);
    for (index, part) in rubric.parts.iter().enumerate() {
        let at = at.element(index);
        let max = at.child(field::MAX);
        let sum = check.nodes(&part.nodes, at.child(field::NODES));
        if !check.found.known(at) || !check.found.known(max) {
            total = None;
            continue;
        }
        total = total.map(|total| total + i64::from(part.max.0));
        if part.max <= Points::ZERO {
            check.found.report(
                Code::PartMaxZero,
                max,
                format_args!("A part must be worth something: set its max above 0, or take the part away."),
            );
        } else {
            check.compare(sum, part.max, max, "the part");
        }
    }
    let max = At::top(field::MAX);
    if check.found.known(max) {
        check.compare(total, rubric.max, max, "the rubric");
    }
}

struct Sums<'a> {
    rubric: &'a Rubric,
    places: &'a [String],
    found: &'a mut Findings,
}

impl Sums<'_> {
    /// The sum of the nodes' own maxima, when all are known; a group without one counts its nodes.
    fn nodes(&mut self, nodes: &[Node], at: At<'_>) -> Option<i64> {
        let mut sum = self.found.known(at).then_some(0i64);
        for (index, node) in nodes.iter().enumerate() {
            let max = match node {
                Node::Group(group) => {
                    let at = at.element(index);
                    let max = at.child(field::MAX);
                    let inner = self.nodes(&group.nodes, at.child(field::NODES));
                    if !self.found.known(max) {
                        None
                    } else if let Some(stated) = group.max {
                        self.compare(inner, stated, max, "the group");
                        Some(i64::from(stated.0))
                    } else {
                        inner
                    }
                }
                Node::Criterion(index) => self.criterion_max(*index),
            };
            sum = sum.zip(max).map(|(sum, max)| sum + max);
        }
        sum
    }

    fn criterion_max(&self, index: crate::rubric::CriterionIndex) -> Option<i64> {
        let (criterion, at) = (self.rubric.criterion(index)?, At::written(self.places.get(index.0)?));
        let sound = self.found.known(at) && self.found.known(at.child(field::MAX));
        sound.then_some(i64::from(criterion.max.0))
    }

    fn compare(&mut self, sum: Option<i64>, stated: Points, at: At<'_>, what: &str) {
        let Some(sum) = sum else { return };
        if sum != i64::from(stated.0) {
            self.found.report(
                Code::SumMismatch,
                at,
                format_args!(
                    "The max of {what} is {}, but what is in it adds up to {}: make them equal.",
                    stated.to_decimal(),
                    Points::from_sum(sum).to_decimal()
                ),
            );
        }
    }
}
