//! Laws of reading and scoring, on rubrics and sheets made at random.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/files.rs"]
mod common;
#[path = "common/small.rs"]
mod small;

use bintang_domain::{
    answers::{Answer, Answers},
    id::ChoiceId,
    points::{Fraction, Points},
    progress,
    rubric::{self, CriterionIndex, CriterionKind, Rubric},
    score::{self, Scorer},
    wire,
};
use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::{Value, json};
use std::sync::Arc;

/// A criterion by dice: its kind, points of its options, gates, whether it may be left out, what it depends on.
#[derive(Debug, Clone)]
struct Dice {
    kind: u8,
    points: Vec<i32>,
    gate: Option<(usize, u8)>,
    exclude: bool,
    when: Option<(usize, i32)>,
}

fn dice(negative: bool, conditions: bool) -> impl Strategy<Value = Dice> {
    let least = if negative { -300 } else { 0 };
    (
        0u8..3,
        vec(least..800, 1..5),
        proptest::option::of((0usize..4, 1u8..4)),
        any::<bool>(),
        proptest::option::weighted(0.3, (0usize..20, 1i32..500)),
    )
        .prop_map(move |(kind, points, gate, exclude, when)| {
            let when = when.filter(|_| conditions);
            Dice { kind, points, gate, exclude, when }
        })
}

fn number(hundredths: i32) -> Value {
    serde_json::from_str(&Points(hundredths).to_decimal()).unwrap()
}

fn options(dice: &Dice) -> Vec<Value> {
    let mut options = Vec::new();
    for (index, points) in dice.points.iter().enumerate() {
        let mut option = json!({"id": format!("o{index}"), "label": "o", "points": number(*points)});
        if let Some((at, star)) = dice.gate
            && at == index
        {
            option["gate"] = json!(star);
        }
        options.push(option);
    }
    options
}

fn criterion(index: usize, dice: &Dice) -> (Value, i32) {
    let max = dice.points.iter().copied().max().unwrap();
    let mut value = json!({"id": format!("c{index}"), "label": "c", "max": number(max)});
    match dice.kind {
        0 => value["options"] = options(dice).into(),
        1 => {
            let mut turned = dice.clone();
            turned.points.reverse();
            value["cases"] = json!([
                {"id": "x", "label": "x", "options": options(dice)},
                {"id": "y", "label": "y", "options": options(&turned)},
            ]);
        }
        _ => {
            let mut points = dice.points.clone();
            points.sort_unstable();
            points.dedup();
            let items: Vec<Value> = (0..points.len()).map(|i| json!({"id": format!("i{i}"), "label": "i"})).collect();
            let steps = points.iter().enumerate().rev();
            let scale: Vec<Value> =
                steps.map(|(i, points)| json!({"at_least": i + 1, "points": number(*points)})).collect();
            value["checklist"] = json!({"items": items, "scale": scale});
        }
    }
    if dice.exclude {
        value["not_applicable"] = json!("exclude");
    }
    // Only on earlier criteria, so no circle.
    if let Some((on, at_least)) = dice.when
        && index > 0
    {
        value["applies_when"] = json!({"criterion": format!("c{}", on % index), "at_least": number(at_least)});
    }
    (value, max)
}

/// A rubric of parts; those that are worth nothing are left away.
fn rubric_of(parts: &[Vec<Dice>], triggers: bool) -> Option<Rubric> {
    let (mut written, mut total, mut index) = (Vec::new(), 0, 0);
    for (place, part) in parts.iter().enumerate() {
        let (mut nodes, mut sum, first) = (Vec::new(), 0, index);
        for dice in part {
            let (node, max) = criterion(index, dice);
            nodes.push(node);
            sum += max;
            index += 1;
        }
        if sum <= 0 {
            index = first;
            continue;
        }
        total += sum;
        written.push(json!({"id": format!("P{place}"), "label": "P", "max": number(sum), "nodes": nodes}));
    }
    let band = |stars: i32| json!({"stars": stars, "from": number(total * stars / 4)});
    let mut value = json!({
        "format": "bintang-rubric/1", "id": "dice", "version": "1", "title": "Dice", "language": "en",
        "max": number(total), "parts": written, "bands": [band(3), band(2), band(1)],
        "requirements": [
            {"id": "r1", "label": "r", "effect": "no_award"},
            {"id": "r2", "label": "r", "effect": {"cap": 1}, "applies_when": {"criterion": "c0", "at_least": 1}},
        ],
        "knockouts": [{"id": "k1", "label": "k", "effect": "stop", "trigger": "flag"}],
    });
    if triggers {
        value["knockouts"][0]["trigger"] = json!({"any_zero": ["c0"]});
    } else {
        value["requirements"] = json!([{"id": "r1", "label": "r", "effect": "no_award"}]);
    }
    let reading = rubric::read(value.to_string().as_bytes());
    if let Some(error) = reading.errors().next() {
        panic!("{error:?} in {value}");
    }
    reading.rubric.filter(|_| total >= 4)
}

fn rubrics(negative: bool, conditions: bool) -> impl Strategy<Value = Arc<Rubric>> {
    vec(vec(dice(negative, conditions), 1..6), 1..4)
        .prop_filter_map("worth nothing", move |parts| {
            let worth = |part: &Vec<Dice>| part.iter().map(|dice| dice.points.iter().max().unwrap()).sum::<i32>();
            parts.first().filter(|part| worth(part) > 0)?;
            (parts.iter().map(worth).filter(|worth| *worth > 0).sum::<i32>() >= 4).then_some(parts)
        })
        .prop_filter_map("worth too little", move |parts| rubric_of(&parts, conditions).map(Arc::new))
}

fn choice(id: &str) -> ChoiceId {
    ChoiceId::parse(id).unwrap()
}

/// Some answer to the criterion: mostly one that fits.
fn answer(criterion: &rubric::Criterion, pick: usize) -> Option<Answer> {
    match pick % 10 {
        0 => return None,
        1 => return Some(Answer::None),
        2 => return Some(Answer::NotApplicable),
        3 => return Some(Answer::Option(choice("o1"))),
        _ => {}
    }
    let pick = pick / 10;
    Some(match &criterion.kind {
        CriterionKind::Options(options) => Answer::Option(options[pick % options.len()].id.clone()),
        CriterionKind::Cases(cases) => {
            let case = &cases[pick % cases.len()];
            Answer::Case(case.id.clone(), case.options[pick / 2 % case.options.len()].id.clone())
        }
        CriterionKind::Checklist { items, .. } => {
            Answer::Ticked(items.iter().take(pick % (items.len() + 1)).map(|item| item.id.clone()).collect())
        }
    })
}

/// Sets the answer on the sheet and in the open score.
fn edit(answers: &mut Answers, scorer: &mut Scorer, place: &Index, pick: usize) {
    let rubric = Arc::clone(scorer.rubric());
    match pick % 13 {
        11 => {
            let id = rubric.requirements[place.index(rubric.requirements.len())].id.clone();
            let met = [None, Some(true), Some(false)][pick / 13 % 3];
            scorer.set_requirement(&id, met);
            answers.requirements.remove(&id);
            answers.requirements.extend(met.map(|met| (id, met)));
        }
        12 => {
            let id = rubric.knockouts[0].id.clone();
            let raised = (pick / 13).is_multiple_of(2);
            scorer.set_flag(&id, raised);
            answers.flags.remove(&id);
            answers.flags.extend(raised.then_some(id));
        }
        _ => {
            let index = place.index(rubric.criteria.len());
            let criterion = &rubric.criteria[index];
            let answer = answer(criterion, pick / 13);
            scorer.set(CriterionIndex(index), answer.as_ref());
            answers.criteria.remove(&criterion.id);
            answers.criteria.extend(answer.map(|answer| (criterion.id.clone(), answer)));
        }
    }
}

fn filled(rubric: &Arc<Rubric>, edits: &[(Index, usize)]) -> (Answers, Scorer) {
    let (mut answers, mut scorer) = (Answers::default(), Scorer::new(Arc::clone(rubric)));
    for (place, pick) in edits {
        edit(&mut answers, &mut scorer, place, *pick);
    }
    (answers, scorer)
}

fn edits() -> impl Strategy<Value = Vec<(Index, usize)>> {
    vec((any::<Index>(), any::<usize>()), 0..60)
}

proptest! {
    #[test]
    fn the_open_score_is_the_score_from_scratch(rubric in rubrics(true, true), edits in edits()) {
        let (mut answers, mut scorer) = (Answers::default(), Scorer::new(Arc::clone(&rubric)));
        prop_assert_eq!(scorer.score(), score::score(&rubric, &answers));
        for (place, pick) in &edits {
            edit(&mut answers, &mut scorer, place, *pick);
            prop_assert_eq!(scorer.score(), score::score(&rubric, &answers));
        }
        let reread = Scorer::with_answers(Arc::clone(&rubric), &answers);
        for index in (0..rubric.criteria.len()).map(CriterionIndex) {
            prop_assert_eq!(reread.points(index), scorer.points(index));
            prop_assert_eq!(reread.asked(index), scorer.asked(index));
        }
        let whole = progress::of(&scorer, 0..rubric.criteria.len());
        prop_assert_eq!(whole.asked - whole.answered, scorer.score().unanswered.len());
        prop_assert_eq!(whole.asked + scorer.score().not_asked.len(), rubric.criteria.len());
    }

    #[test]
    fn the_total_stays_within_its_bounds(rubric in rubrics(false, true), edits in edits()) {
        let score = filled(&rubric, &edits).1.score();
        prop_assert!(score.total >= Fraction::ZERO && score.total <= rubric.max.into());
        prop_assert!(score.stars <= score.stars_by_points.min(score.stars_by_gates));
        prop_assert!(score.missed_gates.iter().all(|gate| gate.star > score.stars && gate.has < gate.needs));
        prop_assert!(!score.awarded || score.complete);
        for part in &score.parts {
            prop_assert!(part.points >= Fraction::ZERO && part.points <= part.max.into());
        }
    }

    #[test]
    fn parts_make_the_total_where_nothing_is_left_out(rubric in rubrics(true, true), edits in edits()) {
        let score = filled(&rubric, &edits).1.score();
        if score.parts.len() == rubric.parts.len() {
            let sum = score.parts.iter().fold(Fraction::ZERO, |sum, part| sum.checked_add(part.points).unwrap());
            prop_assert_eq!(sum, score.total);
        }
    }

    #[test]
    fn a_better_answer_never_costs_a_star(rubric in rubrics(false, false), edits in edits(), place: Index) {
        let (answers, mut scorer) = filled(&rubric, &edits);
        let index = CriterionIndex(place.index(rubric.criteria.len()));
        let criterion = rubric.criterion(index).unwrap();
        let before = (scorer.score(), scorer.points(index));
        let better: Vec<Answer> = match (&criterion.kind, answers.criteria.get(&criterion.id)) {
            (_, Some(Answer::NotApplicable)) => Vec::new(),
            (CriterionKind::Options(options), _) => {
                options.iter().map(|option| Answer::Option(option.id.clone())).collect()
            }
            (CriterionKind::Cases(cases), Some(Answer::Case(chosen, _))) => {
                let case = cases.iter().find(|case| case.id == *chosen).unwrap();
                case.options.iter().map(|option| Answer::Case(case.id.clone(), option.id.clone())).collect()
            }
            (CriterionKind::Cases(_), _) => Vec::new(),
            (CriterionKind::Checklist { items, .. }, _) => {
                vec![Answer::Ticked(items.iter().map(|item| item.id.clone()).collect())]
            }
        };
        for answer in better {
            scorer.set(index, Some(&answer));
            if scorer.points(index) >= before.1 {
                let after = scorer.score();
                prop_assert!(after.total >= before.0.total);
                prop_assert!(after.stars >= before.0.stars, "{:?} → {:?}", before.0, after);
            }
        }
    }

    #[test]
    fn a_sheet_comes_back_from_its_json(rubric in rubrics(true, true), edits in edits()) {
        let (answers, _) = filled(&rubric, &edits);
        let sheet = bintang_domain::answers::Sheet { rubric: rubric.id.clone(), version: rubric.version.clone(), answers };
        let text = wire::answers::write(&sheet).to_string();
        prop_assert_eq!(wire::answers::read(&serde_json::from_str(&text).unwrap()), Ok(sheet));
    }

    #[test]
    fn no_bytes_make_reading_fail_badly(bytes in vec(any::<u8>(), 0..400)) {
        let reading = rubric::read(&bytes);
        prop_assert_eq!(reading.rubric.is_some(), reading.errors().count() == 0);
    }

    #[test]
    fn no_change_of_a_rubric_makes_reading_fail_badly(changes in vec((any::<Index>(), values()), 1..4), edits in edits()) {
        let mut value = small::rubric();
        for (place, change) in &changes {
            let places = pointers(&value);
            *value.pointer_mut(&places[place.index(places.len())]).unwrap() = change.clone();
        }
        let reading = rubric::read(value.to_string().as_bytes());
        prop_assert_eq!(reading.rubric.is_some(), reading.errors().count() == 0);
        for problem in &reading.problems {
            let parent = problem.at.rsplit_once('/').map_or("", |(parent, _)| parent);
            prop_assert!(value.pointer(parent).is_some(), "a place that is not there: {}", problem.at);
        }
        if let Some(rubric) = reading.rubric.map(Arc::new)
            && !rubric.criteria.is_empty() && !rubric.requirements.is_empty() && !rubric.knockouts.is_empty()
        {
            let (answers, scorer) = filled(&rubric, &edits);
            prop_assert_eq!(scorer.score(), score::score(&rubric, &answers));
        }
    }

    #[test]
    fn no_change_of_bytes_makes_reading_fail_badly(changes in vec((any::<Index>(), any::<u8>()), 1..6)) {
        let mut bytes = small::rubric().to_string().into_bytes();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let reading = rubric::read(&bytes);
        prop_assert_eq!(reading.rubric.is_some(), reading.errors().count() == 0);
    }

    #[test]
    fn no_value_makes_reading_a_sheet_fail_badly(place: Index, change in values()) {
        let mut value = json!({
            "format": "bintang-answers/1", "rubric": {"id": "small", "version": "1"},
            "answers": {"A.1": {"option": "c"}, "A.3": {"ticked": ["l", "i"]}}, "requirements": {"lab": false}, "flags": [],
        });
        let places = pointers(&value);
        *value.pointer_mut(&places[place.index(places.len())]).unwrap() = change;
        let _ = wire::answers::read(&value);
    }
}

fn values() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!([])),
        Just(json!({})),
        Just(json!("A.1")),
        Just(json!({"id": "x"})),
        Just(json!([[], {}, 1, "x"])),
        any::<bool>().prop_map(Value::from),
        (-1000i32..10_001).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-z0-9.]{0,4}".prop_map(Value::from),
        ".{0,6}".prop_map(Value::from),
    ]
}

/// The places of all values in a value.
fn pointers(value: &Value) -> Vec<String> {
    fn walk(value: &Value, at: &str, all: &mut Vec<String>) {
        all.push(at.to_owned());
        match value {
            Value::Object(map) => map.iter().for_each(|(key, value)| {
                walk(value, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), all)
            }),
            Value::Array(list) => {
                list.iter().enumerate().for_each(|(index, value)| walk(value, &format!("{at}/{index}"), all));
            }
            _ => {}
        }
    }
    let mut all = Vec::new();
    walk(value, "", &mut all);
    all
}

#[test]
fn no_cut_of_a_shipped_rubric_makes_reading_fail_badly() {
    let bytes = common::bytes(&common::shipped()[0]);
    for length in (0..bytes.len()).step_by(977) {
        assert!(rubric::read(&bytes[..length]).rubric.is_none());
    }
}
