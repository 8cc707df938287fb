//! Points by group where a part has groups, else by part.

use crate::{
    i18n::I18n,
    pages::text::local,
    state::finished::Finished,
    ui::{
        radar::{Axis, radar},
        score_bar::score_bar,
    },
};
use bintang_dom::El;
use bintang_domain::{progress, rubric::Node as RubricNode, text::LocalText};
use std::ops::Range;

/// Points of a group or part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pages) struct Group {
    /// Its id.
    pub(in crate::pages) code: String,
    /// Its name.
    pub(in crate::pages) label: String,
    /// Points as written.
    pub(in crate::pages) has: String,
    /// Most points as written.
    pub(in crate::pages) most: String,
    /// The share reached, from 0 to 1000.
    pub(in crate::pages) thousandths: i64,
}

/// The groups of a finished sheet, in the rubric's order.
pub(in crate::pages) fn groups(i18n: I18n, finished: &Finished) -> Vec<Group> {
    let rubric = &finished.rubric;
    let of = |code: &str, label: &LocalText, range: Range<usize>| {
        let points = progress::points_of(&finished.scorer, range);
        let (has, max) = (i64::from(points.points.0), i64::from(points.max.0.max(1)));
        Group {
            code: code.to_owned(),
            label: local(i18n, rubric, label),
            has: i18n.points(points.points),
            most: i18n.points(points.max),
            thousandths: has * 1000 / max,
        }
    };
    let mut groups = Vec::new();
    for part in &rubric.parts {
        let inner = part.nodes.iter().filter_map(|node| match node {
            RubricNode::Group(group) => Some(of(group.id.as_str(), &group.label, group.criteria.clone())),
            RubricNode::Criterion(_) => None,
        });
        let inner: Vec<Group> = inner.collect();
        if inner.is_empty() {
            groups.push(of(part.id.as_str(), &part.label, part.criteria.clone()));
        }
        groups.extend(inner);
    }
    groups
}

/// The shares around a centre, said in words too.
pub(in crate::pages) fn chart(i18n: I18n, groups: &[Group]) -> Option<El> {
    let words = i18n.later();
    let percent = |group: &Group| (group.thousandths + 5) / 10;
    let axes = groups.iter().map(|group| Axis {
        code: group.code.clone(),
        value: [&percent(group).to_string(), "%"].concat(),
        thousandths: group.thousandths,
    });
    let said =
        groups.iter().map(|group| [&group.code, " ", &words.report_percent().of(&percent(group).to_string())].concat());
    let said = [words.report_radar(), &said.collect::<Vec<_>>().join("; ")].join(": ");
    radar(&axes.collect::<Vec<_>>(), &said)
}

/// A bar for each.
pub(in crate::pages) fn bars(groups: &[Group]) -> Vec<El> {
    let bar = |group: &Group| {
        score_bar(&group.code, &group.label, &[group.has.as_str(), &group.most].join(" / "), group.thousandths)
    };
    groups.iter().map(bar).collect()
}
