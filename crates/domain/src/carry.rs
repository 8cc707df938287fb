//! Taking a sheet over to another version of its rubric: what still fits is copied, what needs another look is listed.

use crate::{
    answers::{Answer, Answers},
    edit::Place,
    rubric::{Criterion, CriterionKind, Rubric, Trigger},
};

/// A sheet taken over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Carried {
    /// The answers whose criterion and options are still there.
    pub answers: Answers,
    /// What needs another look, in the order of ids: answers that could not be copied whole, and copied ones to a
    /// criterion, paper or knockout that is not what it was.
    pub again: Vec<Place>,
}

/// Copies the answers given to `from` as far as they fit `to`.
#[must_use]
pub fn carry(answers: &Answers, from: &Rubric, to: &Rubric) -> Carried {
    let mut carried = Carried::default();
    let of = |rubric: &Rubric, id: &str| rubric.index_of(id).and_then(|index| rubric.criterion(index).cloned());
    for (id, answer) in &answers.criteria {
        let (before, now) = (of(from, id.as_str()), of(to, id.as_str()));
        let kept = now.as_ref().and_then(|criterion| fitting(criterion, answer));
        if kept.as_ref() != Some(answer) || !same(before.as_ref(), now.as_ref()) {
            carried.again.push(Place::Criterion(id.clone()));
        }
        carried.answers.criteria.extend(kept.map(|answer| (id.clone(), answer)));
    }
    for (id, met) in &answers.requirements {
        let (before, now) = (from.requirement(id.as_str()), to.requirement(id.as_str()));
        let changed = before.zip(now).is_none_or(|(before, now)| {
            (&before.label, &before.help, before.effect) != (&now.label, &now.help, now.effect)
        });
        if changed {
            carried.again.push(Place::Requirement(id.clone()));
        }
        carried.answers.requirements.extend(now.map(|_| (id.clone(), *met)));
    }
    for id in answers.flags.iter() {
        let (before, now) = (from.knockout(id.as_str()), to.knockout(id.as_str()));
        let now = now.filter(|knockout| knockout.trigger == Trigger::Flag);
        let changed = before.zip(now).is_none_or(|(before, now)| {
            (&before.label, &before.help, before.effect) != (&now.label, &now.help, now.effect)
        });
        if changed {
            carried.again.push(Place::Knockout(id.clone()));
        }
        carried.answers.flags.extend(now.map(|_| id.clone()));
    }
    carried
}

/// As much of the answer as the criterion still takes; of a checklist the items that are still there.
fn fitting(criterion: &Criterion, answer: &Answer) -> Option<Answer> {
    if let (Answer::Ticked(ticked), CriterionKind::Checklist { items, .. }) = (answer, &criterion.kind) {
        let known = ticked.iter().filter(|id| items.iter().any(|item| item.id == **id));
        return Some(Answer::Ticked(known.cloned().collect()));
    }
    criterion.takes(answer).then(|| answer.clone())
}

/// Whether a criterion still means what it meant; where it stands, its proof and its photo may differ.
fn same(before: Option<&Criterion>, now: Option<&Criterion>) -> bool {
    before
        .zip(now)
        .is_some_and(|(before, now)| (&before.label, &before.help, &before.kind) == (&now.label, &now.help, &now.kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{id::NodeId, rubric, wire};
    use serde_json::{Value, json};

    fn food() -> Value {
        serde_json::from_slice(include_bytes!("../../../public/rubrics/food.json")).unwrap()
    }

    fn read(value: &Value) -> Rubric {
        rubric::read(value.to_string().as_bytes()).rubric.unwrap()
    }

    fn answers() -> Answers {
        let sheet = json!({
            "format": "bintang-answers/1", "rubric": {"id": "id-ovop-food", "version": "2026.1"},
            "answers": {"A.I.1": {"option": "c"}, "A.I.2": {"none": true}, "C.I.1": {"case": "irt", "option": "b"},
                "B.I.3": {"ticked": ["org", "jobs"]}},
            "requirements": {"nib": true, "halal": false}, "flags": ["hazard"],
        });
        let sheet = wire::answers::read(&sheet).unwrap();
        assert_eq!(sheet.check(&read(&food())), Vec::new());
        sheet.answers
    }

    #[test]
    fn to_the_same_rubric_everything_is_carried_and_nothing_looked_at() {
        let rubric = read(&food());
        assert_eq!(carry(&answers(), &rubric, &rubric), Carried { answers: answers(), again: Vec::new() });
    }

    #[test]
    fn what_is_gone_or_changed_needs_another_look() {
        let text = food().to_string();
        // Another word in a criterion, an option, an item and a knockout that are called otherwise.
        let changed = text.replacen("Sumber Bahan Baku Utama", "Asal bahan baku", 1);
        let mut value: Value = serde_json::from_str(&changed).unwrap();
        let rename = |value: &mut Value, pointer: &str, to: &str| *value.pointer_mut(pointer).unwrap() = json!(to);
        let from = read(&food());
        let pointers = pointers_of(&value, &["org", "irt", "hazard", "halal"]);
        for (pointer, old) in &pointers {
            rename(&mut value, pointer, &format!("{old}-2"));
        }
        let to = read(&value);
        let carried = carry(&answers(), &from, &to);
        let places: Vec<String> = carried.again.iter().map(wire::record::write_place).collect();
        assert_eq!(
            places,
            ["criterion/A.I.1", "criterion/B.I.3", "criterion/C.I.1", "requirement/halal", "knockout/hazard"]
        );
        let kept = |id: &str| carried.answers.criteria.get(&NodeId::parse(id).unwrap()).cloned();
        assert_eq!(kept("A.I.1"), answers().criteria.get("A.I.1").cloned());
        assert_eq!(kept("C.I.1"), None);
        assert!(matches!(kept("B.I.3"), Some(Answer::Ticked(items)) if items.len() == 1));
        assert_eq!((carried.answers.requirements.len(), carried.answers.flags.is_empty()), (1, true));
        let sheet =
            crate::answers::Sheet { rubric: to.id.clone(), version: to.version.clone(), answers: carried.answers };
        assert_eq!(sheet.check(&to), Vec::new());
    }

    /// Pointers to the ids that are one of these.
    fn pointers_of(value: &Value, ids: &[&str]) -> Vec<(String, String)> {
        fn walk(value: &Value, at: &str, ids: &[&str], found: &mut Vec<(String, String)>) {
            match value {
                Value::Object(members) => {
                    for (key, value) in members {
                        let at = format!("{at}/{key}");
                        match value.as_str().filter(|text| key == "id" && ids.contains(text)) {
                            Some(text) => found.push((at, text.to_owned())),
                            None => walk(value, &at, ids, found),
                        }
                    }
                }
                Value::Array(list) => {
                    list.iter()
                        .enumerate()
                        .for_each(|(place, value)| walk(value, &format!("{at}/{place}"), ids, found));
                }
                _ => {}
            }
        }
        let mut found = Vec::new();
        walk(value, "", ids, &mut found);
        found
    }
}
