//! The coaching plan in words: who coaches, and the next rung of what is weakest, by principle.

use super::text::{criterion_name, local};
use crate::{i18n::I18n, state::finished::Finished, ui::line::coded};
use bintang_dom::{El, Node, el, group};
use bintang_domain::{
    coaching::{Advice, Rung, Theme, plan},
    rubric::{ChoiceOption, CriterionKind},
};

/// Advice under each principle: what a maker can take on until the next visit.
const MOST: usize = 2;

/// The plan.
pub(super) fn of_finished(i18n: I18n, finished: &Finished) -> Node {
    let words = i18n.later();
    let themes = plan(&finished.scorer, &finished.answers, MOST);
    if themes.is_empty() {
        return el("p").class("small soft").text(words.plan_none()).into();
    }
    let hint = el("p").class("small soft").text(words.plan_hint());
    group([hint.into(), group(themes.iter().map(|theme| section(i18n, finished, theme)))])
}

fn section(i18n: I18n, finished: &Finished, theme: &Theme) -> Node {
    let words = i18n.later();
    let title = match theme.principle.as_deref() {
        Some("local") => words.plan_local(),
        Some("self_reliance") => words.plan_self_reliance(),
        Some("people") => words.plan_people(),
        Some(other) => other,
        None => words.plan_other(),
    };
    let rows: Vec<El> = theme.advice.iter().filter_map(|advice| row(i18n, finished, advice)).collect();
    let title = el("h3").class("plan__title").text(title);
    group([title, el("ol").class("plan").child(rows)])
}

fn row(i18n: I18n, finished: &Finished, advice: &Advice) -> Option<El> {
    let (words, rubric) = (i18n.later(), &finished.rubric);
    let criterion = rubric.criterion(advice.criterion)?;
    let (code, label) = criterion_name(i18n, rubric, advice.criterion)?;
    let named = |options: &[ChoiceOption], id| {
        options.iter().find(|option| option.id == id).map(|option| local(i18n, rubric, &option.label))
    };
    let next = match (&advice.rung, &criterion.kind) {
        (Rung::Option(None, id), CriterionKind::Options(options)) => named(options, id.clone())?,
        (Rung::Option(Some(case), id), CriterionKind::Cases(cases)) => {
            named(&cases.iter().find(|other| other.id == *case)?.options, id.clone())?
        }
        (Rung::More(more, open), CriterionKind::Checklist { items, .. }) => {
            let open = items.iter().filter(|item| open.contains(&item.id));
            let names: Vec<String> = open.map(|item| local(i18n, rubric, &item.label)).collect();
            words.plan_tick().both(*more, &names.join(" · "))
        }
        _ => return None,
    };
    let now = words.plan_now().both(&i18n.points(advice.points), &i18n.points(criterion.max));
    let says = el("div")
        .child(el("strong").text(&next))
        .child(el("small").child(coded(Some(&code), &label)).text(" · ").text(&now));
    Some(el("li").attr("data-advice", &code).child(says))
}
