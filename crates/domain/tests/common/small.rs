//! A small rubric with every kind of criterion, to be broken by tests.
#![allow(dead_code)]

use serde_json::{Value, json};

/// Two parts of 10 points, bands 3 (15), 2 (10), 1 (5), no problem at all.
pub fn rubric() -> Value {
    json!({
        "format": "bintang-rubric/1", "id": "small", "version": "1", "title": "Small", "language": "en",
        "jurisdiction": "ID", "commodity": "food", "status": "fragment", "source": ["Made up."],
        "effective": {"from": "2026-01-01", "until": null},
        "max": 20,
        "parts": [
            {"id": "A", "label": "A", "max": 10, "nodes": [
                {"id": "A.g", "label": "Group", "max": 5, "nodes": [
                    {"id": "A.1", "label": "One", "max": 3, "options": [
                        {"id": "a", "label": "a", "points": 0},
                        {"id": "b", "label": "b", "points": 1.5, "gate": 2},
                        {"id": "c", "label": "c", "points": 3, "gate": 3},
                    ]},
                    {"id": "A.2", "label": "Two", "max": 2, "not_applicable": "exclude", "options": [
                        {"id": "a", "label": "a", "points": 0},
                        {"id": "b", "label": "b", "points": 2},
                    ]},
                ]},
                {"id": "A.3", "label": "Three", "max": 5, "checklist": {
                    "items": [
                        {"id": "i", "label": "i"}, {"id": "j", "label": "j"},
                        {"id": "k", "label": "k"}, {"id": "l", "label": "l", "evidence": "seen"},
                    ],
                    "scale": [{"at_least": 4, "points": 5, "gate": 3}, {"at_least": 2, "points": 2, "gate": 2}],
                }},
            ]},
            {"id": "B", "label": "B", "help": "Help", "max": 10, "nodes": [
                {"id": "B.1", "label": "Either", "max": 6, "cases": [
                    {"id": "x", "label": "x", "options": [
                        {"id": "a", "label": "a", "points": 1},
                        {"id": "b", "label": "b", "points": 6, "gate": 3},
                    ]},
                    {"id": "y", "label": "y", "options": [
                        {"id": "a", "label": "a", "points": 0},
                        {"id": "b", "label": "b", "points": 4},
                        {"id": "c", "label": "c", "points": 6},
                    ]},
                ]},
                {"id": "B.2", "label": "When", "max": 4, "applies_when": {"criterion": "A.1", "at_least": 1.5},
                    "raisable": false, "evidence": {"photo": "optional", "note_below": 2}, "principles": ["local"],
                    "not_applicable": "exclude", "options": [
                        {"id": "a", "label": "a", "points": 0},
                        {"id": "b", "label": "b", "points": 4, "help": "h", "evidence": "e"},
                    ]},
            ]},
        ],
        "bands": [{"stars": 3, "from": 15}, {"stars": 2, "from": 10}, {"stars": 1, "from": 5}],
        "award": {"min_stars": 2},
        "requirements": [
            {"id": "permit", "label": "Permit", "effect": "no_award"},
            {"id": "member", "label": "Member", "effect": "reject"},
            {"id": "lab", "label": "Lab", "help": "h", "effect": {"cap": 1},
                "applies_when": {"criterion": "A.1", "at_least": 3}},
        ],
        "knockouts": [
            {"id": "fake", "label": "Fake", "effect": "disqualify", "trigger": "flag"},
            {"id": "dirty", "label": "Dirty", "help": "h", "effect": "stop", "trigger": {"any_zero": ["A.2"]}},
            {"id": "poison", "label": "Poison", "effect": "stop", "trigger": "flag"},
        ],
        "coaching": [{"stars": [3, 2], "by": "Province"}, {"stars": [1], "by": "Regency"}],
        "panel": {"combine": "mean", "spread_limit": 2.5, "quorum": {"share": "3/4", "chair": true},
            "min_sheets": 2, "gates": "every"},
        "corrections": ["None."],
    })
}

/// The small rubric with one value changed; a value of `Null` under a new name adds nothing.
pub fn with(pointer: &str, value: Value) -> Value {
    let mut rubric = rubric();
    set(&mut rubric, pointer, value);
    rubric
}

/// Sets or adds the value at a pointer.
pub fn set(rubric: &mut Value, pointer: &str, value: Value) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match rubric.pointer_mut(parent).unwrap() {
        Value::Object(map) => {
            map.insert(name.to_owned(), value);
        }
        Value::Array(list) => list[name.parse::<usize>().unwrap()] = value,
        other => panic!("{parent} is {other}"),
    }
}
