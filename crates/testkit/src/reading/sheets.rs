//! What must hold of any sheet of any rubric that can be used.

use bintang_domain::{
    answers::{Answer, Answers, Sheet},
    carry::carry,
    edit::Notes,
    next::{Goal, Next, next},
    panel::{Decisions, LeftOut, Panel, Role, Seat, verdict},
    points::Fraction,
    rubric::{Criterion, CriterionIndex, CriterionKind, Rubric, Trigger},
    score::{Score, Scorer, score as scored},
    wire::{
        self, canonical,
        envelope::{EnvelopeScore, Ratio},
        json,
    },
};
use std::sync::Arc;

/// Numbers that follow from the bytes and a round, one after another.
struct Picks(u64);

impl Picks {
    fn of(bytes: &[u8], round: u64) -> Self {
        // FNV-1a over the bytes, so that a small change of the file is another sheet.
        let hash = bytes
            .iter()
            .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
        Self(hash ^ round.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `end`; 0 below nothing.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or_default().checked_rem(end).unwrap_or_default()
    }
}

/// A sheet with an answer to everything, as the bytes choose.
pub(super) fn chosen(rubric: &Rubric, bytes: &[u8], round: u64) -> Answers {
    let mut picks = Picks::of(bytes, round);
    let criteria = rubric.criteria.iter().map(|criterion| (criterion.id.clone(), answer(criterion, &mut picks)));
    let criteria = criteria.collect();
    let requirements = rubric.requirements.iter();
    let requirements = requirements.map(|requirement| (requirement.id.clone(), picks.below(3) > 0)).collect();
    let mut answers = Answers { criteria, requirements, ..Answers::default() };
    for knockout in rubric.knockouts.iter().filter(|knockout| knockout.trigger == Trigger::Flag) {
        if picks.below(8) == 0 {
            answers.flags.insert(knockout.id.clone());
        }
    }
    answers
}

fn answer(criterion: &Criterion, picks: &mut Picks) -> Answer {
    match picks.below(8) {
        0 => return Answer::None,
        1 if criterion.may_exclude => return Answer::NotApplicable,
        _ => {}
    }
    match &criterion.kind {
        CriterionKind::Options(options) => Answer::Option(options[picks.below(options.len())].id.clone()),
        CriterionKind::Cases(cases) => {
            let case = &cases[picks.below(cases.len())];
            Answer::Case(case.id.clone(), case.options[picks.below(case.options.len())].id.clone())
        }
        CriterionKind::Checklist { items, .. } => {
            let ticked = picks.below(items.len() + 1);
            Answer::Ticked(items.iter().take(ticked).map(|item| item.id.clone()).collect())
        }
    }
}

/// Scores the sheet in every way there is, and writes what comes of it.
///
/// # Panics
/// Where an answer does not fit its criterion, or a promise of scoring is broken.
pub fn hold(rubric: &Arc<Rubric>, answers: &Answers) {
    let sheet = sheet(rubric, answers);
    assert_eq!(sheet.check(rubric), Vec::new(), "an answer that the rubric offers fits it");
    let written = wire::answers::write(&sheet);
    let text = canonical::write(&written);
    let read = json::read_exact(text.as_bytes()).expect("a sheet may travel");
    assert_eq!(wire::answers::read(&read).as_ref(), Ok(&sheet), "a sheet comes back");
    let carried = carry(answers, &Notes::new(), rubric, rubric);
    assert_eq!((&carried.answers, carried.again.len()), (answers, 0), "everything is carried to the same rubric");

    let score = scored(rubric, answers);
    sound(rubric, &score);
    assert_eq!(Scorer::with_answers(Arc::clone(rubric), answers).score(), score, "both ways of scoring agree");
    let way_up = next(rubric, answers);
    let text = wire::score::write(rubric, &score, way_up.as_ref());
    let read = json::read(text.as_bytes()).expect("a score is JSON");
    assert_eq!(canonical::write(&read), text, "a score is canonical");
    let sent = EnvelopeScore::new(rubric, &score);
    assert_eq!(sent.stars, score.stars);
    if let Some(way_up) = way_up {
        let reached = applied(rubric, answers, &way_up);
        assert!(way_up.stars > score.stars, "the way goes up: {way_up:?} from {score:?}");
        let after = scored(rubric, &reached);
        assert_eq!(after.stars, way_up.stars, "the plan reaches its star: {way_up:?} gives {after:?}");
    }
}

/// What holds of every score.
fn sound(rubric: &Rubric, score: &Score) {
    assert!(
        score.stars <= score.stars_by_points.min(score.stars_by_gates),
        "the stars are the lowest of all: {score:?}"
    );
    assert!(score.cap.is_none_or(|cap| score.stars <= cap), "a cap holds: {score:?}");
    assert!(score.withheld.is_none() || score.stars == 0, "nothing is given that is withheld: {score:?}");
    assert!(score.missed_gates.iter().all(|gate| gate.star > score.stars && gate.has < gate.needs));
    assert!(!score.awarded || (score.complete && score.stars >= rubric.min_stars));
    if score.parts.len() == rubric.parts.len() {
        let sum = score.parts.iter().try_fold(Fraction::ZERO, |sum, part| sum.checked_add(part.points));
        assert!(sum.is_none_or(|sum| sum == score.total), "the parts make the total: {score:?}");
    }
    let ratio = Ratio::from(score.total);
    assert!(ratio.den > 0 || i64::try_from(score.total.num()).is_err() || i64::try_from(score.total.den()).is_err());
}

/// The sheet after the plan, every paper that it names brought.
pub(super) fn applied(rubric: &Rubric, answers: &Answers, plan: &Next) -> Answers {
    let mut after = answers.clone();
    for raise in &plan.raise {
        let criterion = &rubric.criteria[raise.criterion.0];
        let present = after.criteria.get(&criterion.id).cloned();
        let answer = match (&raise.to, &criterion.kind) {
            (Goal::Option(option), CriterionKind::Cases(_)) => {
                let case = raise.case.clone().or(match present {
                    Some(Answer::Case(case, _)) => Some(case),
                    _ => None,
                });
                Answer::Case(case.expect("a case is chosen already or by the plan"), option.clone())
            }
            (Goal::Option(option), _) => Answer::Option(option.clone()),
            (Goal::None, _) => Answer::None,
            (Goal::Ticked(count), CriterionKind::Checklist { items, .. }) => {
                let mut ticked = match present {
                    Some(Answer::Ticked(ticked)) => ticked,
                    _ => Vec::new(),
                };
                let more = items.iter().map(|item| item.id.clone()).filter(|id| !ticked.contains(id));
                let more: Vec<_> = more.take(*count as usize - ticked.len()).collect();
                ticked.extend(more);
                Answer::Ticked(ticked)
            }
            (Goal::Ticked(_), _) => panic!("only a checklist is ticked: {raise:?}"),
        };
        after.criteria.insert(criterion.id.clone(), answer);
    }
    for requirement in &plan.requirements {
        after.requirements.insert(requirement.clone(), true);
    }
    after
}

fn sheet(rubric: &Rubric, answers: &Answers) -> Sheet {
    Sheet { rubric: rubric.id.clone(), version: rubric.version.clone(), answers: answers.clone() }
}

/// A panel of these sheets, and its verdict if the rubric has rules for one.
pub(super) fn judged(rubric: &Arc<Rubric>, sheets: Vec<Answers>) {
    let last = sheets.len().saturating_sub(1);
    let seats = sheets.iter().enumerate().map(|(place, answers)| Seat {
        assessor: place.to_string(),
        role: if place == 0 { Role::Chair } else { Role::Member },
        left_out: (place == last && rubric.criteria.len().is_multiple_of(2)).then_some(LeftOut::Abstain),
        sheet: Some(sheet(rubric, answers)),
    });
    let panel = Panel {
        rubric: rubric.id.clone(),
        version: rubric.version.clone(),
        members: None,
        seats: seats.collect(),
        chair: Decisions::default(),
    };
    match verdict(rubric, &panel) {
        Ok(verdict) => {
            let text = canonical::write(&wire::panel::write(rubric, &verdict));
            json::read(text.as_bytes()).expect("a verdict is JSON");
            assert!(verdict.stars <= verdict.stars_by_points.min(verdict.stars_by_gates));
            for differs in &verdict.differs {
                assert!(rubric.criterion(differs.criterion).is_some() && differs.low < differs.high);
            }
        }
        Err(errors) => assert!(rubric.panel.is_none() && errors.len() == 1, "{errors:?}"),
    }
    let mut scorer = Scorer::new(Arc::clone(rubric));
    let Some(answers) = sheets.first() else { return };
    for (index, criterion) in rubric.criteria.iter().enumerate().rev() {
        scorer.set(CriterionIndex(index), answers.criteria.get(&criterion.id));
    }
    for (id, met) in &answers.requirements {
        scorer.set_requirement(id, Some(*met));
    }
    for id in answers.flags.iter() {
        scorer.set_flag(id, true);
    }
    assert_eq!(scorer.score(), scored(rubric, answers), "answer by answer it is the same score");
}
