//! Two assessments of one product side by side: what every criterion was and is.

use crate::{
    answers::{Answer, Answers},
    id::NodeId,
    points::Points,
    rubric::CriterionIndex,
    score::{Scorer, Standing},
};
use std::cmp::Ordering;

/// What a criterion is worth in one of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// Its rubric has no such criterion.
    Absent,
    /// Nobody asks it there: its condition is false.
    NotAsked,
    /// It has no answer.
    Unanswered,
    /// It is left out as not applicable.
    Excluded,
    /// It is worth so many points of its own.
    Judged(Points),
}

impl Worth {
    fn of(scorer: &Scorer, index: Option<CriterionIndex>) -> Self {
        let Some(index) = index else { return Self::Absent };
        match scorer.standing(index) {
            Standing::NotAsked => Self::NotAsked,
            Standing::Unanswered => Self::Unanswered,
            Standing::Excluded => Self::Excluded,
            Standing::Judged => Self::Judged(scorer.points(index)),
        }
    }
}

/// One criterion in both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Its id, the same in both.
    pub id: NodeId,
    /// Its place in the earlier rubric.
    pub before: Option<CriterionIndex>,
    /// Its place in the later one.
    pub now: Option<CriterionIndex>,
    /// What it was worth.
    pub was: Worth,
    /// What it is worth.
    pub is: Worth,
    /// Whether another answer was given, be it worth the same.
    pub other_answer: bool,
}

impl Pair {
    /// Whether anything is different.
    #[must_use]
    pub fn changed(&self) -> bool {
        // What nobody asks has no answer that counts, whatever was said before.
        let counts = |worth| matches!(worth, Worth::Judged(_) | Worth::Excluded);
        self.was != self.is || (self.other_answer && (counts(self.was) || counts(self.is)))
    }

    /// More points, fewer, or neither; `None` where one of the two has none to compare.
    #[must_use]
    pub fn direction(&self) -> Option<Ordering> {
        match (self.was, self.is) {
            (Worth::Judged(was), Worth::Judged(is)) => Some(is.cmp(&was)),
            _ => None,
        }
    }
}

/// One of the two: its points by criterion, and its answers.
pub type Side<'s> = (&'s Scorer, &'s Answers);

/// All criteria of both rubrics: those of the later one in its order, then those that only the earlier one has. They are the
/// same where their ids are.
#[must_use]
pub fn pairs(before: Side<'_>, now: Side<'_>) -> Vec<Pair> {
    let ((scorer_before, answers_before), (scorer_now, answers_now)) = (before, now);
    let pair = |id: &NodeId| {
        let of = |scorer: &Scorer| scorer.rubric().index_of(id.as_str());
        let (before, now) = (of(scorer_before), of(scorer_now));
        Pair {
            id: id.clone(),
            before,
            now,
            was: Worth::of(scorer_before, before),
            is: Worth::of(scorer_now, now),
            other_answer: !same(answers_before.criteria.get(id), answers_now.criteria.get(id)),
        }
    };
    let later = scorer_now.rubric().criteria.iter().map(|criterion| &criterion.id);
    let gone = scorer_before.rubric().criteria.iter().map(|criterion| &criterion.id);
    let gone = gone.filter(|id| scorer_now.rubric().index_of(id.as_str()).is_none());
    later.chain(gone).map(pair).collect()
}

/// Whether two answers say the same, in whatever order items were ticked.
fn same(one: Option<&Answer>, other: Option<&Answer>) -> bool {
    match (one, other) {
        // Nothing is ticked twice.
        (Some(Answer::Ticked(one)), Some(Answer::Ticked(other))) => {
            one.len() == other.len() && one.iter().all(|item| other.contains(item))
        }
        (one, other) => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{rubric, wire};
    use serde_json::{Value, json};
    use std::sync::Arc;

    fn food() -> Value {
        serde_json::from_slice(include_bytes!("../../../public/rubrics/food.json")).unwrap()
    }

    fn side(rubric: &Value, answers: Value) -> (Scorer, Answers) {
        let rubric = rubric::read(rubric.to_string().as_bytes()).rubric.unwrap();
        let sheet = json!({
            "format": "bintang-answers/1", "rubric": {"id": rubric.id.as_str(), "version": rubric.version},
            "answers": answers, "requirements": {}, "flags": [],
        });
        let answers = wire::answers::read(&sheet).unwrap().answers;
        (Scorer::with_answers(Arc::new(rubric), &answers), answers)
    }

    fn of<'p>(pairs: &'p [Pair], id: &str) -> &'p Pair {
        pairs.iter().find(|pair| pair.id.as_str() == id).unwrap()
    }

    #[test]
    fn what_changed_is_found_and_nothing_else() {
        let before = json!({"A.I.1": {"option": "b"}, "A.I.2": {"none": true}, "B.I.3": {"ticked": ["org", "jobs"]}});
        let now = json!({"A.I.1": {"option": "c"}, "B.I.3": {"ticked": ["jobs", "org"]}, "A.I.3": {"none": true}});
        let (before, now) = (side(&food(), before), side(&food(), now));
        let pairs = pairs((&before.0, &before.1), (&now.0, &now.1));
        let changed: Vec<&str> = pairs.iter().filter(|pair| pair.changed()).map(|pair| pair.id.as_str()).collect();
        assert_eq!(changed, ["A.I.1", "A.I.2", "A.I.3"]);
        assert_eq!(of(&pairs, "A.I.1").direction(), Some(Ordering::Greater));
        assert_eq!((of(&pairs, "A.I.2").was, of(&pairs, "A.I.2").is), (Worth::Judged(Points(0)), Worth::Unanswered));
        assert_eq!(of(&pairs, "A.I.2").direction(), None);
        let turned = super::pairs((&now.0, &now.1), (&before.0, &before.1));
        assert_eq!(of(&turned, "A.I.1").direction(), Some(Ordering::Less));
        // With itself nothing is different.
        assert!(super::pairs((&now.0, &now.1), (&now.0, &now.1)).iter().all(|pair| !pair.changed()));
    }

    #[test]
    fn criteria_of_another_version_are_paired_by_id() {
        let mut other = food();
        let group = other.pointer_mut("/parts/0/nodes/0/nodes").unwrap().as_array_mut().unwrap();
        let mut moved = group.remove(0);
        moved["id"] = json!("A.I.99");
        group.push(moved);
        other["version"] = json!("2027.1");
        let (before, now) = (side(&food(), json!({"A.I.1": {"option": "b"}})), side(&other, json!({})));
        let pairs = pairs((&before.0, &before.1), (&now.0, &now.1));
        assert_eq!(of(&pairs, "A.I.99").was, Worth::Absent);
        assert_eq!((of(&pairs, "A.I.1").is, of(&pairs, "A.I.1").now), (Worth::Absent, None));
        assert_eq!(pairs.last().unwrap().id.as_str(), "A.I.1");
        assert_eq!(pairs.len(), now.0.rubric().criteria.len() + 1);
    }
}
