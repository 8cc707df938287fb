//! How the targets' inputs are changed: mostly as JSON, so that what comes out still reaches behind the reader of JSON;
//! else as bytes, by libFuzzer itself.

use libfuzzer_sys::fuzzer_mutate;
use serde_json::{Value, json};

/// Changes the first `size` of the bytes, with room for `room`; what comes out is so long.
pub fn mutated(bytes: &mut [u8], size: usize, room: usize, seed: u32) -> usize {
    let mut dice = Dice(u64::from(seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    if dice.below(4) > 0
        && let Some(mut value) = bytes.get(..size).and_then(|text| serde_json::from_slice(text).ok())
    {
        for _ in 0..=dice.below(3) {
            change(&mut value, &mut dice);
        }
        let text = value.to_string();
        if text.len() <= room
            && let Some(place) = bytes.get_mut(..text.len())
        {
            place.copy_from_slice(text.as_bytes());
            return text.len();
        }
    }
    fuzzer_mutate(bytes, size, room)
}

/// Numbers by chance (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or_default().checked_rem(end).unwrap_or_default()
    }
}

/// Changes one place of the value: another value there, one from elsewhere, one member or element more or less.
fn change(value: &mut Value, dice: &mut Dice) {
    let mut all = Vec::new();
    places(value, String::new(), &mut all);
    let (place, other) = (&all[dice.below(all.len())], &all[dice.below(all.len())]);
    let other = value.pointer(other).cloned().unwrap_or_default();
    let Some(there) = value.pointer_mut(place) else { return };
    match (dice.below(6), there) {
        (0, there) => *there = other,
        (1, Value::Array(list)) => {
            let at = dice.below(list.len() + 1);
            list.insert(at, list.get(dice.below(list.len())).cloned().unwrap_or(other));
        }
        (2, Value::Array(list)) if !list.is_empty() => {
            list.remove(dice.below(list.len()));
        }
        (3, Value::Array(list)) if !list.is_empty() => {
            let (one, two) = (dice.below(list.len()), dice.below(list.len()));
            list.swap(one, two);
        }
        (1, Value::Object(members)) => {
            members.insert(word(dice).to_owned(), other);
        }
        (2, Value::Object(members)) => {
            let names: Vec<String> = members.keys().cloned().collect();
            if let Some(name) = names.get(dice.below(names.len())) {
                members.remove(name);
            }
        }
        (3, Value::Object(members)) => {
            let names: Vec<String> = members.keys().cloned().collect();
            if let Some(value) = names.get(dice.below(names.len())).and_then(|name| members.remove(name)) {
                members.insert(word(dice).to_owned(), value);
            }
        }
        (_, Value::Number(number)) => {
            let near = number.as_f64().unwrap_or_default() + [1.0, -1.0, 0.5, 0.01][dice.below(4)];
            *number = match dice.below(2) {
                0 => serde_json::Number::from_f64((near * 100.0).round() / 100.0).unwrap_or_else(|| 0.into()),
                _ => (near as i64).into(),
            };
        }
        (_, there) => *there = simple(dice),
    }
}

fn places(value: &Value, at: String, all: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                places(value, format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), all);
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                places(value, format!("{at}/{index}"), all);
            }
        }
        _ => {}
    }
    all.push(at);
}

fn simple(dice: &mut Dice) -> Value {
    match dice.below(16) {
        0 => Value::Null,
        1 => true.into(),
        2 => false.into(),
        3 => json!([]),
        4 => json!({}),
        5 => 0.into(),
        6 => i64::MIN.into(),
        7 => u64::MAX.into(),
        8 => json!(9999),
        9 => json!(-999),
        10 => (dice.below(200_000) as f64 / 100.0).into(),
        11 => json!({"criterion": word(dice), "at_least": dice.below(5)}),
        12 | 13 => dice.below(10).into(),
        _ => word(dice).into(),
    }
}

/// A word of the formats, or none.
fn word(dice: &mut Dice) -> &'static str {
    const WORDS: &str = "\
        format id version title language status source effective from until max parts nodes label help options \
        cases checklist items scale at_least points gate bands stars award min_stars requirements knockouts \
        effect trigger any_zero flag disqualify stop reject no_award cap applies_when criterion not_applicable \
        exclude raisable evidence photo required note_below principles coaching by panel combine mean median \
        spread_limit quorum share 1/2 chair min_sheets gates every majority combined corrections rubric answers \
        flags option case ticked none na members sheets sheet assessor role member left_out abstain conflict \
        confirm lift close knockout reason envelope signature attention waiting trying proved busy retry_after \
        refused a b c x y A A.1 A.2 A.3 B.1 B.2 vi en 0 ~ / criterion/A.1";
    let words: Vec<&str> = WORDS.split(' ').chain([""]).collect();
    words[dice.below(words.len())]
}
