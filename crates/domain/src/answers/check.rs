//! Whether answers fit a rubric.

use super::{Answer, AnswerError, AnswerErrorCode as Code, Answers, Sheet};
use crate::{
    id::ChoiceId,
    rubric::{ChoiceOption, Criterion, CriterionKind, Rubric, Trigger},
    wire::answers::place,
};
use std::collections::BTreeSet;

impl Sheet {
    /// Every fault of the sheet against this rubric; a sheet of another rubric or version is one.
    #[must_use]
    pub fn check(&self, rubric: &Rubric) -> Vec<AnswerError> {
        let mut errors = Vec::new();
        if self.rubric != rubric.id {
            let message = format!("The sheet belongs to the rubric “{}”, this is “{}”.", self.rubric, rubric.id);
            errors.push(AnswerError { at: place::rubric_id(), code: Code::OtherRubric, message });
        }
        if self.version != rubric.version {
            let message =
                format!("The sheet belongs to version “{}” of the rubric, this is “{}”.", self.version, rubric.version);
            errors.push(AnswerError { at: place::rubric_version(), code: Code::OtherRubric, message });
        }
        errors.extend(self.answers.check(rubric));
        errors
    }
}

impl Answers {
    /// Every fault of the answers against this rubric, with its place.
    #[must_use]
    pub fn check(&self, rubric: &Rubric) -> Vec<AnswerError> {
        let mut errors = Vec::new();
        let mut report = |at: String, code: Code, message: String| errors.push(AnswerError { at, code, message });
        for (id, answer, found) in rubric.along(self.criteria.iter()) {
            let at = || place::answer(id.as_str());
            match found {
                Some((_, criterion)) => answer_fits(criterion, answer, &at, &mut report),
                None => report(at(), Code::UnknownCriterion, format!("The rubric has no criterion “{id}”.")),
            }
        }
        for id in self.requirements.keys() {
            if rubric.requirement(id.as_str()).is_none() {
                let message = format!("The rubric has no requirement “{id}”.");
                report(place::requirement(id.as_str()), Code::UnknownRequirement, message);
            }
        }
        for (index, id) in self.flags.iter().enumerate() {
            match rubric.knockout(id.as_str()).map(|knockout| &knockout.trigger) {
                Some(Trigger::Flag) => {}
                Some(Trigger::AnyZero(_)) => {
                    let message = format!("The knockout “{id}” fires by itself and takes no flag.");
                    report(place::flag(index), Code::NotAFlag, message);
                }
                None => report(place::flag(index), Code::UnknownFlag, format!("The rubric has no knockout “{id}”.")),
            }
        }
        errors
    }
}

impl Criterion {
    /// Whether the answer is one of those that this criterion takes.
    #[must_use]
    pub fn takes(&self, answer: &Answer) -> bool {
        let mut fits = true;
        answer_fits(self, answer, &String::new, &mut |_, _, _| fits = false);
        fits
    }
}

fn answer_fits(
    criterion: &Criterion,
    answer: &Answer,
    at: &dyn Fn() -> String,
    report: &mut dyn FnMut(String, Code, String),
) {
    let mut option_known = |options: &[ChoiceOption], id: &ChoiceId| {
        if !options.iter().any(|option| option.id == *id) {
            report(place::option(&at()), Code::UnknownOption, format!("There is no option “{id}” here."));
        }
    };
    match (answer, &criterion.kind) {
        (Answer::None, _) => {}
        (Answer::NotApplicable, _) if criterion.may_exclude => {}
        (Answer::NotApplicable, _) => {
            let message = format!("The criterion “{}” may not be answered “not applicable”.", criterion.id);
            report(place::not_applicable(&at()), Code::NotExcludable, message);
        }
        (Answer::Option(option), CriterionKind::Options(options)) => option_known(options, option),
        (Answer::Case(case, option), CriterionKind::Cases(cases)) => {
            match cases.iter().find(|candidate| candidate.id == *case) {
                Some(case) => option_known(&case.options, option),
                None => report(place::case(&at()), Code::UnknownCase, format!("There is no case “{case}” here.")),
            }
        }
        (Answer::Ticked(ticked), CriterionKind::Checklist { items, .. }) => {
            let known: BTreeSet<&ChoiceId> = items.iter().map(|item| &item.id).collect();
            let mut seen = BTreeSet::new();
            for (index, item) in ticked.iter().enumerate() {
                if !known.contains(item) {
                    let message = format!("There is no item “{item}” here.");
                    report(place::ticked(&at(), index), Code::UnknownItem, message);
                } else if !seen.insert(item) {
                    let message = format!("The item “{item}” is ticked twice.");
                    report(place::ticked(&at(), index), Code::TickedTwice, message);
                }
            }
        }
        (_, kind) => {
            let wanted = match kind {
                CriterionKind::Options(_) => "an option",
                CriterionKind::Cases(_) => "a case and an option",
                CriterionKind::Checklist { .. } => "ticked items",
            };
            let message = format!("The criterion “{}” takes {wanted}.", criterion.id);
            report(at(), Code::WrongKind, message);
        }
    }
}
