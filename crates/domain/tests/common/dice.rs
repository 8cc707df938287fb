//! Rubrics and sheets made at random.
#![allow(dead_code)]

use bintang_domain::{
    answers::{Answer, Answers},
    id::ChoiceId,
    points::Points,
    rubric::{self, CriterionIndex, CriterionKind, Rubric},
    score::Scorer,
};
use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::{Value, json};
use std::{ops::Range, sync::Arc};

/// A criterion by dice: its kind, points of its options, gates, whether it may be left out, what it depends on.
#[derive(Debug, Clone)]
pub struct Dice {
    kind: u8,
    points: Vec<i32>,
    gate: Option<(usize, u8)>,
    exclude: bool,
    when: Option<(usize, i32)>,
}

/// Criteria by dice.
pub fn dice(negative: bool, conditions: bool) -> impl Strategy<Value = Dice> {
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

/// Long climbs beside criteria of a single step, in any order.
pub fn long_beside_short() -> impl Strategy<Value = Arc<Rubric>> {
    let gate = proptest::option::weighted(0.9, (2usize..5, 1u8..4));
    let when = proptest::option::weighted(0.1, (0usize..20, 1i32..300));
    // All kinds, those with a gate in one case only more often: nothing else lets a criterion stay as it is or climb
    // high, and forbids what is between.
    let kind = prop_oneof![1 => 0u8..3, 3 => Just(3u8)];
    let long = (kind, vec(-100..800, 4..7), gate, when);
    let long = long.prop_map(|(kind, mut points, gate, when)| {
        if kind == 3 {
            // So that the gate is high up.
            points.sort_unstable();
        }
        Dice { kind, points, gate, exclude: false, when }
    });
    let short = (prop_oneof![Just(0u8), Just(2u8)], 1..800).prop_map(|(kind, points)| Dice {
        kind,
        points: vec![points],
        gate: None,
        exclude: false,
        when: None,
    });
    let part = (vec(long, 1..3), vec(short, 3..6)).prop_map(|(long, short)| [long, short].concat());
    part.prop_shuffle().prop_filter_map("worth too little", |part| {
        let worth: i32 = part.iter().filter_map(|dice| dice.points.iter().max()).sum();
        (worth > 0).then(|| rubric_with(&[part], true, [55, 70, 85]).map(Arc::new)).flatten()
    })
}

pub fn number(hundredths: i32) -> Value {
    serde_json::from_str(&Points(hundredths).to_decimal()).unwrap()
}

pub fn options(dice: &Dice) -> Vec<Value> {
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

pub fn criterion(index: usize, dice: &Dice) -> (Value, i32) {
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
        3 => {
            let star = dice.gate.map_or(1, |(_, star)| star);
            value["cases"] = json!([
                {"id": "x", "label": "x", "options": [
                    {"id": "o0", "label": "o", "points": number(max.min(0)), "gate": star},
                    {"id": "o1", "label": "o", "points": number(max)},
                ]},
                {"id": "y", "label": "y", "options": options(dice)},
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
    // What the maker cannot change soon: one in some.
    if dice.points.first().is_some_and(|points| points % 7 == 0) {
        value["raisable"] = json!(false);
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
pub fn rubric_of(parts: &[Vec<Dice>], triggers: bool) -> Option<Rubric> {
    rubric_with(parts, triggers, [25, 50, 75])
}

/// A rubric whose stars begin at these hundredths of its max.
fn rubric_with(parts: &[Vec<Dice>], triggers: bool, bands: [i32; 3]) -> Option<Rubric> {
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
    let band = |stars: usize| json!({"stars": stars, "from": number(total * bands[stars - 1] / 100)});
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

pub fn rubrics(negative: bool, conditions: bool) -> impl Strategy<Value = Arc<Rubric>> {
    rubrics_of(1..6, 1..4, negative, conditions)
}

/// Rubrics of so many parts with so many criteria.
pub fn rubrics_of(
    criteria: Range<usize>,
    parts: Range<usize>,
    negative: bool,
    conditions: bool,
) -> impl Strategy<Value = Arc<Rubric>> {
    vec(vec(dice(negative, conditions), criteria), parts)
        .prop_filter_map("worth nothing", move |parts| {
            let worth = |part: &Vec<Dice>| part.iter().map(|dice| dice.points.iter().max().unwrap()).sum::<i32>();
            parts.first().filter(|part| worth(part) > 0)?;
            (parts.iter().map(worth).filter(|worth| *worth > 0).sum::<i32>() >= 4).then_some(parts)
        })
        .prop_filter_map("worth too little", move |parts| rubric_of(&parts, conditions).map(Arc::new))
}

pub fn choice(id: &str) -> ChoiceId {
    ChoiceId::parse(id).unwrap()
}

/// Some answer to the criterion: mostly one that fits.
pub fn answer(criterion: &rubric::Criterion, pick: usize) -> Option<Answer> {
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
pub fn edit(answers: &mut Answers, scorer: &mut Scorer, place: &Index, pick: usize) {
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

pub fn filled(rubric: &Arc<Rubric>, edits: &[(Index, usize)]) -> (Answers, Scorer) {
    let (mut answers, mut scorer) = (Answers::default(), Scorer::new(Arc::clone(rubric)));
    for (place, pick) in edits {
        edit(&mut answers, &mut scorer, place, *pick);
    }
    (answers, scorer)
}

pub fn edits() -> impl Strategy<Value = Vec<(Index, usize)>> {
    vec((any::<Index>(), any::<usize>()), 0..60)
}

/// Points of an answer alone, before any condition: read from the rubric, not from the code under test.
pub fn points_of(rubric: &Rubric, index: usize, answer: &Answer) -> Points {
    match (&rubric.criteria[index].kind, answer) {
        (CriterionKind::Options(options), Answer::Option(id)) => {
            options.iter().find(|option| option.id == *id).unwrap().points
        }
        (CriterionKind::Cases(cases), Answer::Case(case, id)) => {
            let case = cases.iter().find(|each| each.id == *case).unwrap();
            case.options.iter().find(|option| option.id == *id).unwrap().points
        }
        (CriterionKind::Checklist { scale, .. }, Answer::Ticked(items)) => {
            let reached = scale.iter().find(|step| step.at_least as usize <= items.len());
            reached.map_or(Points::ZERO, |step| step.points)
        }
        _ => Points::ZERO,
    }
}
