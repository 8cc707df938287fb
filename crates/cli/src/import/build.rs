//! From rows to a rubric. The rows above the table say what the rubric is; the table has one row an option.

use super::{
    columns::{self, Columns, said, unknown},
    rows::Row,
};
use bintang_domain::{points::Points, wire::score::points};
use serde_json::{Map, Value, json};

/// The rubric, its sums made from its options.
///
/// # Errors
/// What is wrong, row by row.
pub fn rubric(rows: &[Row]) -> Result<Value, Vec<String>> {
    let head = rows.iter().position(|row| row.cell(0).eq_ignore_ascii_case("part_id"));
    let (above, table) = rows.split_at(head.unwrap_or(rows.len()));
    let mut builder = Builder::default();
    for row in above {
        builder.above(row);
    }
    match table.split_first() {
        Some((head, rows)) => builder.table(head, rows),
        None => builder.faults.push("there is no table: its first row begins with part_id".to_owned()),
    }
    builder.finished()
}

#[derive(Default)]
struct Builder {
    faults: Vec<String>,
    members: Map<String, Value>,
    bands: Vec<Value>,
    requirements: Vec<Value>,
    knockouts: Vec<Value>,
    parts: Vec<Part>,
}

#[derive(Default)]
struct Part {
    id: String,
    label: Value,
    help: Value,
    groups: Vec<Group>,
}

/// Criteria under one heading; without an id they stand in the part itself.
#[derive(Default)]
struct Group {
    id: String,
    label: Value,
    criteria: Vec<Criterion>,
}

#[derive(Default)]
struct Criterion {
    id: String,
    members: Map<String, Value>,
    options: Vec<Value>,
    cases: Vec<(String, Value, Vec<Value>)>,
    items: Vec<Value>,
    steps: Vec<Value>,
    max: Points,
}

fn put(members: &mut Map<String, Value>, name: &str, value: Value) {
    if !value.is_null() {
        members.insert(name.to_owned(), value);
    }
}

impl Builder {
    fn fault(&mut self, row: &Row, what: impl std::fmt::Display) {
        self.faults.push(format!("row {}: {what}", row.number));
    }

    fn number(&mut self, row: &Row, text: &str) -> Option<Points> {
        let read = Points::parse_decimal(&text.replace(',', "."));
        if read.is_none() {
            self.fault(row, format!("“{text}” is no number of points"));
        }
        read
    }

    fn star(&mut self, row: &Row, text: &str) -> Option<u8> {
        let read = text.parse().ok();
        if read.is_none() {
            self.fault(row, format!("“{text}” is no number of stars"));
        }
        read
    }

    fn above(&mut self, row: &Row) {
        let effect = |text: &str| match text.strip_prefix("cap ").and_then(|at| at.trim().parse::<u8>().ok()) {
            Some(at) => json!({"cap": at}),
            None => text.into(),
        };
        match row.cell(0).to_ascii_lowercase().as_str() {
            "rubric" => self.about(row),
            "band" => {
                if let Some((stars, from)) = self.star(row, row.cell(1)).zip(self.number(row, row.cell(2))) {
                    self.bands.push(json!({"stars": stars, "from": points(from)}));
                }
            }
            "award" => {
                if let Some(stars) = self.star(row, row.cell(1)) {
                    self.members.insert("award".to_owned(), json!({"min_stars": stars}));
                }
            }
            "requirement" => {
                self.requirements.push(json!({"id": row.cell(1), "label": row.cell(2), "effect": effect(row.cell(3))}))
            }
            "knockout" => {
                let criteria: Vec<&str> = row.cell(4).split_whitespace().collect();
                let trigger = if criteria.is_empty() { json!("flag") } else { json!({"any_zero": criteria}) };
                self.knockouts
                    .push(json!({"id": row.cell(1), "label": row.cell(2), "effect": row.cell(3), "trigger": trigger}));
            }
            other => self.fault(row, format!("“{other}” begins no row: rubric, band, award, requirement, knockout")),
        }
    }

    fn about(&mut self, row: &Row) {
        let (name, value) = (row.cell(1), row.cell(2));
        if name == "source" {
            let sources = self.members.entry("source").or_insert_with(|| json!([]));
            if let Some(sources) = sources.as_array_mut() {
                sources.push(value.into());
            }
        } else if let Some(tag) = name.strip_prefix("title:") {
            let plain = self.members.remove("title").unwrap_or_default();
            let mut texts = match plain {
                Value::Object(texts) => texts,
                Value::String(text) => Map::from_iter([(self.language(), text.into())]),
                _ => Map::new(),
            };
            texts.insert(tag.to_owned(), value.into());
            self.members.insert("title".to_owned(), texts.into());
        } else if ["id", "version", "title", "language", "jurisdiction", "commodity", "status"].contains(&name) {
            self.members.insert(name.to_owned(), value.into());
        } else {
            self.fault(row, format!("a rubric has no “{name}” here"));
        }
    }

    fn language(&self) -> String {
        self.members.get("language").and_then(Value::as_str).unwrap_or("id").to_owned()
    }

    fn table(&mut self, head: &Row, rows: &[Row]) {
        for name in unknown(head) {
            let known = columns::known();
            self.fault(head, format!("there is no column “{name}”; there are {known}, and texts as option:en"));
        }
        let places = columns::places(head);
        for needed in ["criterion_id", "criterion"] {
            if !places.contains_key(needed) {
                self.fault(head, format!("the table has no column {needed}"));
            }
        }
        let language = self.language();
        for row in rows {
            let columns = Columns::of(row, &places);
            self.place(&columns, &language);
            self.option(&columns, &language);
        }
    }

    /// Begins the part, group and criterion that a row names; a cell left empty is as above.
    fn place(&mut self, columns: &Columns<'_>, language: &str) {
        let part = columns.get("part_id");
        if !part.is_empty() && self.parts.last().is_none_or(|last| last.id != part) {
            let (label, help) = (columns.text("part", language), columns.text("part_help", language));
            self.parts.push(Part { id: part.to_owned(), label, help, groups: vec![Group::default()] });
        }
        let Some(part) = self.parts.last_mut() else { return };
        let group = columns.get("group_id");
        if !group.is_empty() && part.groups.last().is_none_or(|last| last.id != group) {
            let label = columns.text("group", language);
            part.groups.push(Group { id: group.to_owned(), label, criteria: Vec::new() });
        }
        let Some(group) = part.groups.last_mut() else { return };
        let id = columns.get("criterion_id");
        if id.is_empty() || group.criteria.last().is_some_and(|last| last.id == id) {
            return;
        }
        let mut members = Map::new();
        put(&mut members, "label", columns.text("criterion", language));
        put(&mut members, "help", columns.text("help", language));
        let (na, raisable) = (said(columns.get("na"), false), said(columns.get("raisable"), true));
        for (name, said) in [("na", na), ("raisable", raisable)] {
            if said.is_none() {
                let text = columns.get(name);
                self.faults.push(format!("row {}: “{text}” under {name} is neither yes nor no", columns.row.number));
            }
        }
        if na == Some(true) {
            put(&mut members, "not_applicable", "exclude".into());
        }
        if raisable == Some(false) {
            put(&mut members, "raisable", false.into());
        }
        let (note_below, when) = (columns.get("note_below"), columns.get("applies_when"));
        group.criteria.push(Criterion { id: id.to_owned(), members, ..Criterion::default() });
        let evidence = self.optional(columns.row, note_below);
        let condition = self.condition(columns.row, when);
        if let Some(criterion) = self.last() {
            if let Some(below) = evidence {
                put(&mut criterion.members, "evidence", json!({"note_below": points(below)}));
            }
            put(&mut criterion.members, "applies_when", condition);
        }
    }

    fn optional(&mut self, row: &Row, text: &str) -> Option<Points> {
        if text.is_empty() { None } else { self.number(row, text) }
    }

    /// `5.1 >= 1`.
    fn condition(&mut self, row: &Row, text: &str) -> Value {
        if text.is_empty() {
            return Value::Null;
        }
        let Some((criterion, at_least)) = text.split_once(">=") else {
            self.fault(row, format!("“{text}” is no condition such as 5.1 >= 1"));
            return Value::Null;
        };
        let at_least = self.number(row, at_least.trim());
        at_least.map_or(Value::Null, |at_least| json!({"criterion": criterion.trim(), "at_least": points(at_least)}))
    }

    fn last(&mut self) -> Option<&mut Criterion> {
        self.parts.last_mut()?.groups.last_mut()?.criteria.last_mut()
    }

    fn option(&mut self, columns: &Columns<'_>, language: &str) {
        let row = columns.row;
        let item = columns.get("kind").eq_ignore_ascii_case("item");
        let worth = if item { Some(Points::ZERO) } else { self.number(row, columns.get("points")) };
        let gate = columns.get("gate");
        let gate = if gate.is_empty() { None } else { self.star(row, gate) };
        let mut members = Map::new();
        put(&mut members, "id", columns.get("option_id").into());
        put(&mut members, "label", columns.text("option", language));
        put(&mut members, "evidence", columns.text("proof", language));
        let (case, case_label) = (columns.get("case_id").to_owned(), columns.text("case", language));
        let kind = columns.get("kind").to_ascii_lowercase();
        let at_least: Option<u32> = columns.get("at_least").parse().ok();
        let Some(worth) = worth else { return };
        let Some(criterion) = self.last() else {
            return self.fault(row, "a row stands before the first part and criterion");
        };
        criterion.max = criterion.max.max(worth);
        if !item {
            put(&mut members, "points", points(worth));
        }
        put(&mut members, "gate", gate.map_or(Value::Null, Value::from));
        match kind.as_str() {
            "item" => criterion.items.push(members.into()),
            "step" => {
                members.remove("id");
                members.remove("label");
                let Some(at_least) = at_least else { return self.fault(row, "a step says at_least how many items") };
                members.insert("at_least".to_owned(), at_least.into());
                criterion.steps.push(members.into());
            }
            "" | "option" if case.is_empty() => criterion.options.push(members.into()),
            "" | "option" => match criterion.cases.iter_mut().find(|(id, _, _)| *id == case) {
                Some((_, _, options)) => options.push(members.into()),
                None => criterion.cases.push((case, case_label, vec![members.into()])),
            },
            other => self.fault(row, format!("“{other}” is no kind: option, item, step")),
        }
    }

    fn finished(mut self) -> Result<Value, Vec<String>> {
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        // Sums beyond what points can be are told by the check.
        let (mut total, mut parts) = (0_i32, Vec::new());
        for part in std::mem::take(&mut self.parts) {
            let (mut sum, mut nodes) = (0_i32, Vec::new());
            for group in part.groups {
                let max = group.criteria.iter().fold(0_i32, |sum, criterion| sum.saturating_add(criterion.max.0));
                sum = sum.saturating_add(max);
                let criteria = group.criteria.into_iter().map(Criterion::written);
                if group.id.is_empty() {
                    nodes.extend(criteria);
                } else {
                    let criteria: Vec<Value> = criteria.collect();
                    nodes.push(
                        json!({"id": group.id, "label": group.label, "max": points(Points(max)), "nodes": criteria}),
                    );
                }
            }
            total = total.saturating_add(sum);
            let mut written = Map::new();
            put(&mut written, "id", part.id.into());
            put(&mut written, "label", part.label);
            put(&mut written, "help", part.help);
            put(&mut written, "max", points(Points(sum)));
            put(&mut written, "nodes", nodes.into());
            parts.push(Value::from(written));
        }
        let mut rubric = self.members;
        rubric.insert("format".to_owned(), "bintang-rubric/1".into());
        rubric.insert("max".to_owned(), points(Points(total)));
        for (name, list) in [
            ("parts", parts),
            ("bands", self.bands),
            ("requirements", self.requirements),
            ("knockouts", self.knockouts),
        ] {
            rubric.insert(name.to_owned(), list.into());
        }
        Ok(rubric.into())
    }
}

impl Criterion {
    fn written(self) -> Value {
        let mut members = self.members;
        put(&mut members, "id", self.id.into());
        put(&mut members, "max", points(self.max));
        if !self.options.is_empty() {
            put(&mut members, "options", self.options.into());
        }
        if !self.cases.is_empty() {
            let cases = self.cases.into_iter();
            let cases = cases.map(|(id, label, options)| json!({"id": id, "label": label, "options": options}));
            put(&mut members, "cases", cases.collect());
        }
        if !self.items.is_empty() || !self.steps.is_empty() {
            put(&mut members, "checklist", json!({"items": self.items, "scale": self.steps}));
        }
        members.into()
    }
}
