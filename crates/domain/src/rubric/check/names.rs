//! Ids that are given twice.

use crate::{
    rubric::{Node, ProblemCode as Code, Rubric, at::At, problem::Findings},
    wire::rubric::field,
};
use std::collections::BTreeSet;

pub(super) fn check(rubric: &Rubric, places: &[String], found: &mut Findings) {
    let mut nodes = BTreeSet::new();
    let parts = At::top(field::PARTS);
    for (index, part) in rubric.parts.iter().enumerate() {
        let at = parts.element(index);
        once(&mut nodes, part.id.as_str(), at, found);
        tree(rubric, &part.nodes, at.child(field::NODES), places, &mut nodes, found);
    }
    let requirements = rubric.requirements.iter().map(|requirement| requirement.id.as_str());
    list(requirements, At::top(field::REQUIREMENTS), found);
    list(rubric.knockouts.iter().map(|knockout| knockout.id.as_str()), At::top(field::KNOCKOUTS), found);
}

fn tree<'r>(
    rubric: &'r Rubric,
    nodes: &'r [Node],
    at: At<'_>,
    places: &[String],
    seen: &mut BTreeSet<&'r str>,
    found: &mut Findings,
) {
    for (index, node) in nodes.iter().enumerate() {
        match node {
            Node::Group(group) => {
                let at = at.element(index);
                once(seen, group.id.as_str(), at, found);
                tree(rubric, &group.nodes, at.child(field::NODES), places, seen, found);
            }
            Node::Criterion(criterion) => {
                if let (Some(criterion), Some(at)) = (rubric.criterion(*criterion), places.get(criterion.0)) {
                    once(seen, criterion.id.as_str(), At::written(at), found);
                }
            }
        }
    }
}

/// Reports the ids of one list that stand there before.
pub(super) fn list<'r>(ids: impl Iterator<Item = &'r str>, at: At<'_>, found: &mut Findings) {
    let mut seen = BTreeSet::new();
    for (index, id) in ids.enumerate() {
        once(&mut seen, id, at.element(index), found);
    }
}

fn once<'r>(seen: &mut BTreeSet<&'r str>, id: &'r str, at: At<'_>, found: &mut Findings) {
    // An id that could not be read is reported already.
    let at = at.child(field::ID);
    if found.known(at) && !seen.insert(id) {
        found.report(Code::DuplicateId, at, format_args!("The id “{id}” is given twice: choose another one here."));
    }
}
