//! The tables of the report: points by group, every answer with its note, photos.

use crate::{
    i18n::I18n,
    pages::{result::Group, text::local},
    state::{finished::Finished, report::Pictures},
};
use bintang_dom::{El, Node, el, group};
use bintang_domain::{
    answers::Answer,
    edit::Place,
    id::ChoiceId,
    rubric::{ChoiceOption, Criterion, CriterionIndex, CriterionKind, Rubric},
    score::Standing,
};

fn columns(names: &[(&str, &str)]) -> El {
    let heads = names.iter().map(|(class, name)| el("th").class(class).attr("scope", "col").text(name));
    el("thead").child(el("tr").child(group(heads)))
}

fn coded(code: &str, label: &str) -> El {
    el("th").attr("scope", "row").child(el("span").class("code").text(code)).text(" ").text(label)
}

/// Points by group, and the total.
pub(super) fn points(i18n: I18n, finished: &Finished, groups: &[Group]) -> El {
    let words = i18n.later();
    let number = |text: &str| el("td").class("num").text(text);
    let rows = groups.iter().map(|group| {
        el("tr").child(coded(&group.code, &group.label)).child(number(&group.has)).child(number(&group.most))
    });
    let (total, max) = (i18n.points(finished.score.total), i18n.points(finished.score.max));
    let name = el("th").attr("scope", "row").child(el("strong").text(words.report_total()));
    let last = el("tr").child(name).child(number(&total)).child(number(&max));
    let head = columns(&[("", words.report_criterion()), ("num", words.report_has()), ("num", words.report_of_most())]);
    el("table").child(head).child(el("tbody").child(group(rows)).child(last))
}

/// The papers that were asked for.
pub(super) fn papers(i18n: I18n, finished: &Finished) -> Node {
    let (words, rubric) = (i18n.later(), &finished.rubric);
    let asked = rubric.requirements.iter().filter(|paper| finished.scorer.asked_requirement(&paper.id));
    let rows = asked.map(|paper| {
        let there = finished.answers.requirements.get(&paper.id) == Some(&true);
        let said = if there { words.report_paper_there() } else { words.report_paper_missing() };
        let note = finished.notes.get(&Place::Requirement(paper.id.clone()));
        let note = note.map(|note| el("small").class("paper__note").text(words.report_notes()).text(": ").text(note));
        let name = el("th").attr("scope", "row").text(&local(i18n, rubric, &paper.label));
        el("tr").child(name).child(el("td").child(el("span").text(said)).child(note))
    });
    let rows: Vec<El> = rows.collect();
    if rows.is_empty() {
        return Node::Nothing;
    }
    let table = el("table").child(el("tbody").child(rows));
    group([el("h2").text(words.report_papers()), table])
}

/// Every criterion that was asked, with what was answered.
pub(super) fn answers(i18n: I18n, finished: &Finished) -> El {
    let words = i18n.later();
    let rubric = &finished.rubric;
    let rows = rubric.criteria.iter().enumerate().filter_map(|(place, criterion)| {
        let index = CriterionIndex(place);
        let points = match finished.scorer.standing(index) {
            Standing::NotAsked => return None,
            Standing::Judged => i18n.points(finished.scorer.points(index)),
            Standing::Excluded | Standing::Unanswered => "–".to_owned(),
        };
        let label = local(i18n, rubric, &criterion.label);
        let answer = answered(i18n, rubric, criterion, finished.answers.criteria.get(&criterion.id));
        let note = finished.notes.get(&Place::Criterion(criterion.id.clone()));
        let note = note.map(|note| el("small").class("paper__note").text(words.report_notes()).text(": ").text(note));
        let said = el("td").child(el("span").text(&answer)).child(note);
        let points = el("td").class("num").text(&points);
        Some(el("tr").child(coded(criterion.id.as_str(), &label)).child(said).child(points))
    });
    let rows: Vec<El> = rows.collect();
    let head = columns(&[("", words.report_criterion()), ("", words.report_answer()), ("num", words.report_has())]);
    el("table").class("paper__answers").child(head).child(el("tbody").child(rows))
}

fn answered(i18n: I18n, rubric: &Rubric, criterion: &Criterion, answer: Option<&Answer>) -> String {
    let words = i18n.later();
    let named = |options: &[ChoiceOption], id: &ChoiceId| {
        let option = options.iter().find(|option| option.id == *id);
        option.map_or_else(|| id.to_string(), |option| local(i18n, rubric, &option.label))
    };
    match (answer, &criterion.kind) {
        (Some(Answer::Option(id)), CriterionKind::Options(options)) => named(options, id),
        (Some(Answer::Case(case, id)), CriterionKind::Cases(cases)) => {
            let case = cases.iter().find(|other| other.id == *case);
            case.map(|case| [local(i18n, rubric, &case.label), named(&case.options, id)].join(" · "))
                .unwrap_or_default()
        }
        (Some(Answer::Ticked(ticked)), CriterionKind::Checklist { items, .. }) => {
            let ticked = items.iter().filter(|item| ticked.contains(&item.id));
            ticked.map(|item| local(i18n, rubric, &item.label)).collect::<Vec<_>>().join(" · ")
        }
        (Some(Answer::None), _) => words.option_none().to_owned(),
        (Some(Answer::NotApplicable), _) => words.option_na().to_owned(),
        _ => "–".to_owned(),
    }
}

/// The photos, small.
pub(super) fn photos(i18n: I18n, pictures: &Pictures) -> Node {
    let words = i18n.later();
    if pictures.shown.is_empty() && pictures.more == 0 {
        return Node::Nothing;
    }
    let shown = pictures.shown.iter().map(|picture| {
        let proves = picture.proves.join(", ");
        let said = [proves.as_str(), &picture.caption];
        let said = said.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
        let image = el("img").attr("src", &picture.address).attr("alt", &said);
        el("figure").child(image).child(el("figcaption").attr("aria-hidden", "true").text(&said))
    });
    let more = (pictures.more > 0).then(|| el("p").class("small").text(&words.report_photos_more().of(pictures.more)));
    let shown = el("div").class("paper__photos").child(group(shown));
    group([Node::from(el("h2").text(words.report_photos())), shown.into(), more.into()])
}
