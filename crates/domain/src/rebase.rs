//! Work that is in memory alone, put over what was saved of the same sheet meanwhile: nothing typed is thrown away, and
//! nothing saved is overwritten that this work did not build on.

use crate::{
    answers::Answers,
    edit::{Edit, Notes, Place},
    log::{Change, What},
    time::Millis,
};
use serde_json::Value;

/// What becomes of the work.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rebased {
    /// Edits of the stored sheet, in the order of their places.
    pub edits: Vec<Edit>,
    /// Places that both answered, each in its way: what is stored stays, and a person looks at them.
    pub again: Vec<Place>,
}

/// Puts the work of `mine` at the places that are not saved over `stored`. `changes` are those that are not in its log yet,
/// the oldest first: what a place's first change began from is what the work was built on. Where the stored sheet has that
/// still, the work is done there; an answer that is another by now stays, and a note that is gets the other behind it.
#[must_use]
pub fn rebase<'a>(
    stored: (&Answers, &Notes),
    mine: (&Answers, &Notes),
    places: impl Iterator<Item = &'a Place>,
    changes: &[Change],
) -> Rebased {
    let mut rebased = Rebased::default();
    let base = |what: &What| changes.iter().find(|change| change.what == *what).map(|change| &change.from);
    for place in places {
        let (answer, note) = (answer(place, mine.0), mine.1.get(place).cloned().unwrap_or_default());
        // What is the same by now, or was not touched, needs no edit.
        if let Some((change, built_on)) = change(stored, &answer, base) {
            if *built_on == change.from { rebased.edits.push(answer) } else { rebased.again.push(place.clone()) }
        }
        if let Some((change, built_on)) = change(stored, &Edit::Note(place.clone(), note.clone()), base) {
            let other = stored.1.get(place).map_or("", String::as_str).trim();
            let text = match (*built_on == change.from, note.trim()) {
                (true, _) => note,
                (false, "") => continue,
                (false, typed) if other.is_empty() => typed.to_owned(),
                (false, typed) => [other, "\n", typed].concat(),
            };
            rebased.edits.push(Edit::Note(place.clone(), text));
        }
    }
    rebased
}

/// What the edit would change of the stored sheet, and what it was built on.
fn change<'b>(
    (answers, notes): (&Answers, &Notes),
    edit: &Edit,
    base: impl Fn(&What) -> Option<&'b Value>,
) -> Option<(Change, &'b Value)> {
    // The time says nothing here.
    let change = Change::of_edit(Millis(0), edit, answers, notes)?;
    let built_on = base(&change.what)?;
    Some((change, built_on))
}

fn answer(place: &Place, answers: &Answers) -> Edit {
    match place {
        Place::Criterion(id) => Edit::Choose(id.clone(), answers.criteria.get(id).cloned()),
        Place::Requirement(id) => Edit::Require(id.clone(), answers.requirements.get(id).copied()),
        Place::Knockout(id) => Edit::Flag(id.clone(), answers.flags.contains(id)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        answers::Answer,
        edit::Edit::Choose,
        id::{ChoiceId, KnockoutId, NodeId, RequirementId},
        map::Set,
    };
    use proptest::prelude::*;

    type Sheet = (Answers, Notes);

    fn criterion(id: &str) -> Place {
        Place::Criterion(NodeId::parse(id).unwrap())
    }

    fn choose(id: &str, option: &str) -> Edit {
        Choose(NodeId::parse(id).unwrap(), Some(Answer::Option(ChoiceId::parse(option).unwrap())))
    }

    fn note(id: &str, text: &str) -> Edit {
        Edit::Note(criterion(id), text.to_owned())
    }

    /// Does edits, and tells what was changed where, as a page does that cannot save.
    fn work(sheet: &mut Sheet, edits: &[Edit]) -> (Set<Place>, Vec<Change>) {
        let (mut places, mut changes) = (Set::default(), Vec::new());
        for edit in edits {
            changes.extend(Change::of_edit(Millis(1), edit, &sheet.0, &sheet.1));
            places.insert(edit.place());
            sheet.0.apply(&mut sheet.1, edit.clone());
        }
        (places, changes)
    }

    /// Two tabs go on from one sheet, each in its way; the work of the second is put over the first's.
    fn both(before: &[Edit], stored: &[Edit], mine: &[Edit]) -> (Sheet, Sheet, Sheet, Rebased) {
        let mut base = Sheet::default();
        work(&mut base, before);
        let (mut there, mut here) = (base.clone(), base);
        work(&mut there, stored);
        let (places, changes) = work(&mut here, mine);
        let rebased = rebase((&there.0, &there.1), (&here.0, &here.1), places.iter(), &changes);
        let mut after = there.clone();
        for edit in &rebased.edits {
            after.0.apply(&mut after.1, edit.clone());
        }
        (there, here, after, rebased)
    }

    #[test]
    fn other_places_are_done_and_the_same_place_is_looked_at() {
        let (there, _, after, rebased) = both(
            &[choose("a", "x")],
            &[choose("a", "y"), choose("b", "x"), note("c", "Di dapur")],
            &[choose("a", "z"), choose("d", "x"), note("c", "Di gudang"), note("b", "Baru")],
        );
        assert_eq!(rebased.again, [criterion("a")]);
        assert_eq!(after.0.criteria.get("a"), there.0.criteria.get("a"));
        assert!(after.0.criteria.get("d").is_some());
        assert_eq!(after.1.get(&criterion("c")).unwrap(), "Di dapur\nDi gudang");
        assert_eq!(after.1.get(&criterion("b")).unwrap(), "Baru");
    }

    #[test]
    fn what_both_did_alike_is_done_once() {
        let both_did = [choose("a", "y"), note("a", "Sama")];
        let (there, _, after, rebased) = both(&[choose("a", "x")], &both_did, &both_did);
        assert_eq!((rebased, after), (Rebased::default(), there));
    }

    fn edits() -> impl Strategy<Value = Edit> {
        prop_oneof![
            ("[abc]", proptest::option::of("[xyz]")).prop_map(|(criterion, option)| Choose(
                NodeId::parse(&criterion).unwrap(),
                option.map(|option| Answer::Option(ChoiceId::parse(&option).unwrap()))
            )),
            ("[abc]", "[ mno]{0,2}").prop_map(|(criterion, text)| note(&criterion, &text)),
            ("[de]", any::<Option<bool>>())
                .prop_map(|(id, met)| Edit::Require(RequirementId::parse(&id).unwrap(), met)),
            ("[fg]", any::<bool>()).prop_map(|(id, now)| Edit::Flag(KnockoutId::parse(&id).unwrap(), now)),
        ]
    }

    fn many() -> impl Strategy<Value = Vec<Edit>> {
        proptest::collection::vec(edits(), 0..8)
    }

    proptest! {
        #[test]
        fn over_what_nobody_changed_the_work_is_as_it_was(before in many(), mine in many()) {
            let (_, here, after, rebased) = both(&before, &[], &mine);
            prop_assert_eq!(rebased.again, []);
            prop_assert_eq!(after, here);
        }

        #[test]
        fn nothing_saved_is_overwritten_and_nothing_written_is_gone(before in many(), stored in many(), mine in many()) {
            let (there, here, after, rebased) = both(&before, &stored, &mine);
            let mut base = Sheet::default();
            work(&mut base, &before);
            let papers = ["d", "e"].map(|id| Place::Requirement(RequirementId::parse(id).unwrap()));
            let flags = ["f", "g"].map(|id| Place::Knockout(KnockoutId::parse(id).unwrap()));
            for place in ["a", "b", "c"].map(criterion).into_iter().chain(papers).chain(flags) {
                let answers = [&base, &there, &here, &after].map(|sheet| answer(&place, &sheet.0));
                let [base_answer, saved, typed, now] = answers;
                if saved == base_answer && now != typed {
                    return Err(TestCaseError::fail("the work is not done"));
                }
                if saved != base_answer && now != saved {
                    return Err(TestCaseError::fail("what is saved is overwritten"));
                }
                // Where this tab touched it at all, a person hears of it.
                if saved != base_answer && typed != base_answer && typed != saved {
                    prop_assert!(rebased.again.contains(&place));
                }
                let texts = [&base, &there, &here, &after].map(|sheet| sheet.1.get(&place).cloned().unwrap_or_default());
                let [base_text, saved, typed, now] = texts;
                let is_new = |text: &str| text.trim() != base_text.trim();
                if is_new(&saved) {
                    prop_assert!(now.contains(saved.trim()), "{saved:?} is gone from {now:?}");
                }
                if is_new(&typed) {
                    prop_assert!(now.contains(typed.trim()), "{typed:?} is gone from {now:?}");
                }
            }
        }
    }
}
