//! The coaching plan: where the maker is weakest, and what the next rung asks.

use crate::{
    answers::{Answer, Answers},
    id::ChoiceId,
    points::Points,
    rubric::{ChoiceOption, Criterion, CriterionIndex, CriterionKind},
    score::{Scorer, Standing},
};

/// What the next rung of a criterion is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rung {
    /// This option, in the case that was answered if the criterion has cases.
    Option(Option<ChoiceId>, ChoiceId),
    /// So many more of these items of a checklist, in its order.
    More(u32, Vec<ChoiceId>),
}

/// What to work on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// The criterion.
    pub criterion: CriterionIndex,
    /// Its points now.
    pub points: Points,
    /// The next rung.
    pub rung: Rung,
}

/// Advice under one principle of the programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// The principle's word as the rubric has it; none for criteria that name none.
    pub principle: Option<String>,
    /// What to work on, the weakest first.
    pub advice: Vec<Advice>,
}

/// The plan of a scored sheet: for each principle that its criteria name, in the order in which the rubric first names
/// it, at most so many of the weakest criteria. A criterion of several principles stands under the first. Weak is what
/// has the smallest share of its points; of equals the one that loses more points, then the one that stands first.
#[must_use]
pub fn plan(scorer: &Scorer, answers: &Answers, most: usize) -> Vec<Theme> {
    let mut themes: Vec<Theme> = Vec::new();
    for (place, criterion) in scorer.rubric().criteria.iter().enumerate() {
        let principle = criterion.principles.first().cloned();
        let theme = match themes.iter().position(|theme| theme.principle == principle) {
            Some(theme) => theme,
            None => {
                themes.push(Theme { principle, advice: Vec::new() });
                themes.len() - 1
            }
        };
        let advice = advice(scorer, criterion, CriterionIndex(place), answers.criteria.get(&criterion.id));
        if let Some(theme) = themes.get_mut(theme) {
            theme.advice.extend(advice);
        }
    }
    for theme in &mut themes {
        let max = |advice: &Advice| scorer.rubric().criterion(advice.criterion).map_or(1, |criterion| criterion.max.0);
        theme.advice.sort_by(|one, other| {
            let (of_one, of_other) = (i64::from(max(one)), i64::from(max(other)));
            let (has_one, has_other) = (i64::from(one.points.0), i64::from(other.points.0));
            let share = (has_one * of_other).cmp(&(has_other * of_one));
            share.then((of_other - has_other).cmp(&(of_one - has_one))).then(one.criterion.cmp(&other.criterion))
        });
        theme.advice.truncate(most);
    }
    themes.retain(|theme| !theme.advice.is_empty());
    // What belongs to no principle comes last.
    themes.sort_by_key(|theme| theme.principle.is_none());
    themes
}

fn advice(scorer: &Scorer, criterion: &Criterion, index: CriterionIndex, answer: Option<&Answer>) -> Option<Advice> {
    // What the maker cannot change soon is no advice.
    if scorer.standing(index) != Standing::Judged || !criterion.raisable {
        return None;
    }
    let points = scorer.points(index);
    let rung = match (&criterion.kind, answer) {
        (CriterionKind::Options(options), _) => Rung::Option(None, above(options, points)?),
        (CriterionKind::Cases(cases), Some(Answer::Case(chosen, _))) => {
            let case = cases.iter().find(|case| case.id == *chosen)?;
            Rung::Option(Some(case.id.clone()), above(&case.options, points)?)
        }
        // None of any case: the easiest of all.
        (CriterionKind::Cases(cases), _) => {
            let higher = cases.iter().flat_map(|case| case.options.iter().map(move |option| (case, option)));
            let higher = higher.filter(|(_, option)| option.points > points);
            let (case, option) = higher.min_by_key(|(_, option)| option.points)?;
            Rung::Option(Some(case.id.clone()), option.id.clone())
        }
        (CriterionKind::Checklist { items, scale }, _) => {
            let ticked = match answer {
                Some(Answer::Ticked(ticked)) => ticked.as_slice(),
                _ => &[],
            };
            let open = items.iter().filter(|item| !ticked.contains(&item.id)).map(|item| item.id.clone());
            let open: Vec<ChoiceId> = open.collect();
            let next = scale.iter().filter(|step| step.points > points).map(|step| step.at_least).min()?;
            let more = next.saturating_sub(u32::try_from(ticked.len()).unwrap_or(u32::MAX));
            if more == 0 || open.len() < more as usize {
                return None;
            }
            Rung::More(more, open)
        }
    };
    Some(Advice { criterion: index, points, rung })
}

/// The option with the fewest points above these.
fn above(options: &[ChoiceOption], points: Points) -> Option<ChoiceId> {
    let higher = options.iter().filter(|option| option.points > points);
    higher.min_by_key(|option| option.points).map(|option| option.id.clone())
}
