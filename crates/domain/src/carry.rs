//! Taking a sheet over to another version of its rubric: what still fits is copied, what needs another look is listed.

use crate::{
    answers::{Answer, Answers},
    edit::{Notes, Place},
    map::Set,
    rubric::{Condition, Criterion, CriterionKind, Rubric, Trigger},
};

/// A sheet taken over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Carried {
    /// The answers whose criterion and options are still there.
    pub answers: Answers,
    /// The notes whose place is still there.
    pub notes: Notes,
    /// What needs another look, in the order of ids: answers and notes that could not be copied whole, and copied ones to
    /// a criterion, paper or knockout that is not what it was.
    pub again: Vec<Place>,
}

/// Copies the answers and notes given to `from` as far as they fit `to`.
#[must_use]
pub fn carry(answers: &Answers, notes: &Notes, from: &Rubric, to: &Rubric) -> Carried {
    let mut carried = Carried::default();
    let mut again = Set::default();
    for (id, answer) in &answers.criteria {
        let now = to.index_of(id.as_str()).and_then(|index| to.criterion(index));
        let kept = now.and_then(|criterion| fitting(criterion, answer));
        if kept.as_ref() != Some(answer) {
            again.insert(Place::Criterion(id.clone()));
        }
        carried.answers.criteria.extend(kept.map(|answer| (id.clone(), answer)));
    }
    for (id, met) in &answers.requirements {
        carried.answers.requirements.extend(to.requirement(id.as_str()).map(|_| (id.clone(), *met)));
    }
    for id in answers.flags.iter() {
        let now = to.knockout(id.as_str()).filter(|knockout| knockout.trigger == Trigger::Flag);
        carried.answers.flags.extend(now.map(|_| id.clone()));
    }
    carried
        .notes
        .extend(notes.iter().filter(|(place, _)| to.has(place)).map(|(place, note)| (place.clone(), note.clone())));
    again.extend(answers.places().chain(notes.keys().cloned()).filter(|place| !same(place, from, to)));
    carried.again.extend(again);
    carried
}

/// As much of the answer as the criterion still takes; of a checklist the items that are still there. One of which none is
/// left is no answer.
fn fitting(criterion: &Criterion, answer: &Answer) -> Option<Answer> {
    if let (Answer::Ticked(ticked), CriterionKind::Checklist { items, .. }) = (answer, &criterion.kind) {
        let known = ticked.iter().filter(|id| items.iter().any(|item| item.id == **id));
        let known: Vec<_> = known.cloned().collect();
        return (known.is_empty() == ticked.is_empty()).then_some(Answer::Ticked(known));
    }
    criterion.takes(answer).then(|| answer.clone())
}

/// Whether what is asked there still means what it meant and is asked in the same case; where it stands, its proof and its
/// photo may differ.
fn same(place: &Place, from: &Rubric, to: &Rubric) -> bool {
    match place {
        Place::Criterion(id) => {
            let of = |rubric: &Rubric| rubric.index_of(id.as_str()).and_then(|index| rubric.criterion(index).cloned());
            of(from).zip(of(to)).is_some_and(|(before, now)| {
                (before.label, before.help, before.kind) == (now.label, now.help, now.kind)
                    && same_condition((before.applies_when, from), (now.applies_when, to))
            })
        }
        Place::Requirement(id) => {
            from.requirement(id.as_str()).zip(to.requirement(id.as_str())).is_some_and(|(before, now)| {
                (&before.label, &before.help, before.effect) == (&now.label, &now.help, now.effect)
                    && same_condition((before.applies_when, from), (now.applies_when, to))
            })
        }
        Place::Knockout(id) => from.knockout(id.as_str()).zip(to.knockout(id.as_str())).is_some_and(|(before, now)| {
            let flags = (before.trigger == Trigger::Flag, now.trigger == Trigger::Flag);
            (&before.label, &before.help, before.effect) == (&now.label, &now.help, now.effect) && flags.0 == flags.1
        }),
    }
}

/// Criteria are named by their place in their own rubric.
fn same_condition(before: (Option<Condition>, &Rubric), now: (Option<Condition>, &Rubric)) -> bool {
    let named = |(condition, rubric): (Option<Condition>, &Rubric)| {
        let condition = condition?;
        Some((rubric.criterion(condition.criterion).map(|criterion| criterion.id.clone()), condition.at_least))
    };
    named(before) == named(now)
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

    fn notes() -> Notes {
        let note = |id: &str| (Place::Criterion(NodeId::parse(id).unwrap()), format!("about {id}"));
        [note("A.I.3"), note("B.I.1")].into_iter().collect()
    }

    fn whole() -> Carried {
        Carried { answers: answers(), notes: notes(), again: Vec::new() }
    }

    fn criterion_mut<'v>(value: &'v mut Value, id: &str) -> &'v mut Value {
        let at = pointers_of(value, &[id]).remove(0).0;
        value.pointer_mut(at.strip_suffix("/id").unwrap()).unwrap()
    }

    #[test]
    fn what_is_asked_in_another_case_needs_another_look() {
        let mut value = food();
        criterion_mut(&mut value, "A.I.2")["applies_when"] = json!({"criterion": "A.I.1", "at_least": 1});
        let mut conditional = read(&food());
        let (from, to) = (read(&value), read(&food()));
        let again = |from: &Rubric, to: &Rubric| carry(&answers(), &Notes::new(), from, to).again;
        let listed = vec![Place::Criterion(NodeId::parse("A.I.2").unwrap())];
        assert_eq!((again(&from, &to), again(&to, &from)), (listed.clone(), listed));
        assert_eq!(again(&from, &from), Vec::new());
        // The same condition on a criterion that stands elsewhere is the same.
        conditional.criteria.rotate_left(1);
        assert!(same_condition((from.criteria[1].applies_when, &from), (from.criteria[1].applies_when, &from)));
        assert!(!same_condition((from.criteria[1].applies_when, &from), (from.criteria[1].applies_when, &conditional)));
    }

    #[test]
    fn a_checklist_of_which_no_tick_is_left_is_open() {
        let mut value = food();
        for (at, id) in pointers_of(&value, &["org", "jobs"]) {
            *value.pointer_mut(&at).unwrap() = json!(format!("{id}-2"));
        }
        let carried = carry(&answers(), &Notes::new(), &read(&food()), &read(&value));
        let place = Place::Criterion(NodeId::parse("B.I.3").unwrap());
        assert!(!carried.answers.has(&place) && carried.again.contains(&place), "{carried:?}");
    }

    #[test]
    fn a_note_goes_along_and_one_whose_place_is_gone_or_changed_is_listed() {
        let mut value = food();
        criterion_mut(&mut value, "A.I.3")["id"] = json!("A.I.33");
        criterion_mut(&mut value, "B.I.1")["label"] = json!("Something else");
        let carried = carry(&Answers::default(), &notes(), &read(&food()), &read(&value));
        let place = |id: &str| Place::Criterion(NodeId::parse(id).unwrap());
        assert_eq!(carried.notes.keys().cloned().collect::<Vec<_>>(), [place("B.I.1")]);
        assert_eq!(carried.again, [place("A.I.3"), place("B.I.1")]);
    }

    #[test]
    fn to_the_same_rubric_everything_is_carried_and_nothing_looked_at() {
        let rubric = read(&food());
        assert_eq!(carry(&answers(), &notes(), &rubric, &rubric), whole());
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
        let carried = carry(&answers(), &Notes::new(), &from, &to);
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
