//! Why the result is what it is: points, gates, papers, knockouts.

use crate::{
    i18n::I18n,
    pages::{sheet::hold_words, text::local},
    state::finished::Finished,
    ui::{
        icon::Icon,
        line::{Tone, coded, line, section, section_title},
    },
};
use bintang_dom::{El, Node, el};
use bintang_domain::{
    hold::Hold,
    progress,
    rubric::{Criterion, CriterionIndex},
    score::Standing,
};

/// Papers that are asked for and not there, by name.
pub(super) fn papers(i18n: I18n, finished: &Finished) -> Vec<String> {
    let missing = finished.rubric.requirements.iter().filter(|requirement| {
        finished.scorer.asked_requirement(&requirement.id)
            && finished.answers.requirements.get(&requirement.id) != Some(&true)
    });
    missing.map(|requirement| local(i18n, &finished.rubric, &requirement.label)).collect()
}

/// Knockouts that fired, by name.
pub(super) fn knockouts(i18n: I18n, finished: &Finished) -> Vec<String> {
    finished.scorer.fired_knockouts().map(|knockout| local(i18n, &finished.rubric, &knockout.label)).collect()
}

fn reason(good: bool, title: &str, text: &str) -> Node {
    let (tone, icon) = if good { (Tone::Good, Icon::Done) } else { (Tone::Warn, Icon::Lock) };
    line(tone, icon, coded(None, title), (!text.is_empty()).then_some(text))
}

/// Parts of which something did not apply: what was counted of them, and what it comes to (docs/rubric-format.md).
fn scaled(i18n: I18n, finished: &Finished) -> Vec<Node> {
    let (words, rubric) = (i18n.later(), &finished.rubric);
    let left_out = |index: &usize| finished.scorer.standing(CriterionIndex(*index)) == Standing::Excluded;
    let parts = rubric.parts.iter().filter_map(|part| {
        let out: Vec<usize> = part.criteria.clone().filter(left_out).collect();
        let codes: Vec<&str> = out.iter().filter_map(|index| Some(rubric.criteria.get(*index)?.id.as_str())).collect();
        let counted = progress::points_of(&finished.scorer, part.criteria.clone());
        let raw = words.points_of().both(&i18n.points(counted.points), &i18n.points(counted.max));
        let text = match finished.score.parts.iter().find(|score| score.id == part.id) {
            Some(score) => {
                let whole = words.points_of().both(&i18n.points(score.points), &i18n.points(score.max));
                words.why_scaled().both(&raw, &whole)
            }
            None => words.why_part_left_out().to_owned(),
        };
        let title = words.why_left_out().of(&codes.join(", "));
        (!codes.is_empty()).then(|| line(Tone::Plain, Icon::Info, coded(Some(part.id.as_str()), &title), Some(&text)))
    });
    parts.collect()
}

/// The reasons, one a line.
pub(super) fn why(i18n: I18n, finished: &Finished) -> El {
    section("why").child(section_title("why", i18n.later().result_why(), "")).child(reasons(i18n, finished))
}

/// The reasons as a list.
pub(in crate::pages) fn reasons(i18n: I18n, finished: &Finished) -> El {
    let (words, score) = (i18n.later(), &finished.score);
    let highest = finished.rubric.highest_star();
    let points = match score.stars_by_points {
        0 => words.why_points_none().to_owned(),
        stars => words.why_points().of(stars),
    };
    let of = words.points_of().both(&i18n.points(score.total), &i18n.points(score.max));
    let gates = match score.stars_by_gates {
        0 => words.why_gates_none().to_owned(),
        stars if stars == highest => words.why_gates_all().to_owned(),
        stars => words.why_gates().of(stars),
    };
    let (papers, knockouts) = (papers(i18n, finished), knockouts(i18n, finished));
    let papers_title = if papers.is_empty() { words.why_papers_ok() } else { words.why_papers_missing() };
    let knockouts_title = if knockouts.is_empty() { words.why_knockouts_none() } else { words.why_knockouts() };
    let hold = Hold::of(&finished.rubric, score);
    let held = hold.as_ref().map(|hold| {
        let criteria = hold.gates.iter().filter_map(|gate| finished.rubric.criterion(gate.criterion));
        let name = |criterion: &Criterion| {
            [criterion.id.as_str(), " ", &local(i18n, &finished.rubric, &criterion.label)].concat()
        };
        let gates: Vec<String> = criteria.map(name).collect();
        let named = if gates.is_empty() { String::new() } else { words.why_hold_gates().of(&gates.join("; ")) };
        reason(false, &hold_words(i18n, score, Some(hold)), &named)
    });
    let mut rows: Vec<Node> = held.into_iter().collect();
    rows.push(reason(score.stars_by_points > 0, &points, &of));
    rows.extend(scaled(i18n, finished));
    rows.extend([
        reason(score.stars_by_gates >= score.stars_by_points, &gates, ""),
        reason(papers.is_empty(), papers_title, &papers.join(" · ")),
        reason(knockouts.is_empty(), knockouts_title, &knockouts.join(" · ")),
    ]);
    if score.awarded {
        rows.push(line(Tone::Plain, Icon::Info, coded(None, words.why_certificate()), None));
    }
    el("ul").class("rows").child(rows)
}
