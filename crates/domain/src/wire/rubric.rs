//! Reading `bintang-rubric/1`: the spelling of a rubric's file, and the types of its values.
//!
//! Whether the values agree with each other is asked afterwards, in [`crate::rubric`].

mod criterion;
pub(crate) mod field;
mod fields;
mod rules;

use crate::{
    id::RubricId,
    rubric::{
        Effective, Group, Node, Part, ProblemCode as Code, Rubric, RubricStatus,
        at::At,
        parsed::{NamedCondition, NamedTrigger, Parsed, Texts},
        problem::Findings,
    },
};
use fields::Fields;
use serde_json::Value;

const FORMAT: &str = "bintang-rubric/1";

/// What is gathered while reading.
struct Reader {
    found: Findings,
    texts: Texts,
    criteria: Vec<crate::rubric::Criterion>,
    places: Vec<String>,
    conditions: Vec<NamedCondition>,
    any_zero: Vec<NamedTrigger>,
}

/// Reads the whole document; nothing comes of it only when it is no object.
pub(crate) fn parse(value: &Value, mut found: Findings) -> Result<Parsed, Findings> {
    let Some(map) = value.as_object() else {
        found.report(
            Code::WrongFormat,
            At::ROOT,
            format_args!("A rubric is a JSON object with “format”: “bintang-rubric/1”."),
        );
        return Err(found);
    };
    if map.get("format").and_then(Value::as_str) != Some(FORMAT) {
        found.report(
            Code::WrongFormat,
            At::top("format"),
            format_args!("Set “format” to “bintang-rubric/1”; no other format is read."),
        );
    }
    let (criteria, places, conditions, any_zero) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut reader = Reader { found, texts: Texts::default(), criteria, places, conditions, any_zero };
    let rubric = reader.document(&Fields { at: At::ROOT, map });
    let Reader { found, texts, places, conditions, any_zero, .. } = reader;
    Ok(Parsed { rubric, places, conditions, any_zero, texts, found })
}

impl Reader {
    fn document(&mut self, file: &Fields) -> Rubric {
        self.known(
            file,
            &[
                "format",
                "id",
                "version",
                "title",
                "language",
                "jurisdiction",
                "commodity",
                "status",
                "source",
                "effective",
                "max",
                "parts",
                "bands",
                "award",
                "requirements",
                "knockouts",
                "coaching",
                "panel",
                "corrections",
            ],
        );
        // First, since plain texts are in it.
        let language = self.required_text(file, "language").unwrap_or_default();
        if language.is_empty() && self.found.known(At::top("language")) {
            self.found.report(
                Code::BadValue,
                At::top("language"),
                format_args!("Name the language of the plain texts, such as “id”."),
            );
        }
        self.texts.bit(&language);
        let id = match self.required_text(file, "id").as_deref().map(RubricId::parse) {
            Some(Ok(id)) => id,
            Some(Err(bad)) => {
                self.found.report(
                    Code::BadId,
                    At::top("id"),
                    format_args!("“{}” is no id of a rubric: use 1 to 64 of a–z, 0–9 and the hyphen.", bad.text),
                );
                RubricId::placeholder()
            }
            None => RubricId::placeholder(),
        };
        let version = self.required_text(file, "version").unwrap_or_default();
        let title = self.required_local(file, "title");
        let max = self.required_points(file, field::MAX);
        let (at, parts) = (file.place(field::PARTS), self.elements(file, field::PARTS, true).iter().enumerate());
        let parts = parts.map(|(index, value)| self.part(at.element(index), value)).collect();
        let bands = self.bands(file);
        let requirements = self.requirements(file);
        let knockouts = self.knockouts(file);
        Rubric {
            id,
            version,
            title,
            language,
            jurisdiction: self.text(file, "jurisdiction"),
            commodity: self.text(file, "commodity"),
            status: self.status(file),
            source: self.sentences(file, "source"),
            effective: self.effective(file),
            max,
            parts,
            criteria: std::mem::take(&mut self.criteria),
            bands,
            min_stars: self.min_stars(file),
            requirements,
            knockouts,
            coaching: self.coaching(file),
            panel: self.panel(file),
            corrections: self.sentences(file, "corrections"),
            lookup: Default::default(),
        }
    }

    fn status(&mut self, file: &Fields) -> RubricStatus {
        // A file that does not say how official it is, is not taken for official.
        let words = [
            ("official", RubricStatus::Official),
            ("template", RubricStatus::Template),
            ("fragment", RubricStatus::Fragment),
        ];
        self.word(file, "status", &words).unwrap_or(RubricStatus::Template)
    }

    fn effective(&mut self, file: &Fields) -> Effective {
        let Some(dates) = self.object(file, "effective", &["from", "until"]) else { return Effective::default() };
        let effective = Effective { from: self.date(&dates, "from"), until: self.date(&dates, "until") };
        // Days of this form compare as texts.
        if effective.until.as_ref().is_some_and(|until| effective.from.as_ref().is_some_and(|from| until < from)) {
            self.found.report(
                Code::EffectiveGap,
                dates.place("until"),
                format_args!("The rubric ends before it begins: set “until” to a later day than “from”, or to null."),
            );
        }
        effective
    }

    fn date(&mut self, dates: &Fields, name: &str) -> Option<String> {
        let text = self.text(dates, name)?;
        let form = "dddd-dd-dd";
        let fits = |(want, is): (u8, u8)| if want == b'd' { is.is_ascii_digit() } else { is == want };
        if text.len() == form.len() && form.bytes().zip(text.bytes()).all(fits) {
            return Some(text);
        }
        self.found.report(
            Code::EffectiveGap,
            dates.place(name),
            format_args!("“{text}” is no day: write it as 2026-01-31."),
        );
        None
    }

    fn part(&mut self, at: At<'_>, value: &Value) -> Part {
        let first = self.criteria.len();
        let Some(part) = self.element_object(at, value, &["id", "label", "max", "help", "nodes"]) else {
            return Part {
                id: crate::id::NodeId::placeholder(),
                label: fields::empty(),
                help: None,
                max: Default::default(),
                nodes: Vec::new(),
                criteria: first..first,
            };
        };
        let (id, label) = (self.node_id(&part), self.required_local(&part, "label"));
        let (help, max) = (self.local(&part, "help"), self.required_points(&part, field::MAX));
        let nodes = self.nodes(&part);
        Part { id, label, help, max, nodes, criteria: first..self.criteria.len() }
    }

    /// Nested objects are limited by the JSON reader, so this cannot run too deep.
    fn nodes(&mut self, parent: &Fields) -> Vec<Node> {
        let (at, nodes) = (parent.place(field::NODES), self.elements(parent, field::NODES, true).iter().enumerate());
        nodes.map(|(index, value)| self.node(at.element(index), value)).collect()
    }

    fn node(&mut self, at: At<'_>, value: &Value) -> Node {
        if value.get(field::NODES).is_none() {
            return Node::Criterion(self.criterion(at, value));
        }
        let first = self.criteria.len();
        match self.element_object(at, value, &["id", "label", "help", "max", "nodes"]) {
            Some(group) => {
                let (id, label) = (self.node_id(&group), self.required_local(&group, "label"));
                let (help, max) = (self.local(&group, "help"), self.points(&group, field::MAX));
                let nodes = self.nodes(&group);
                Node::Group(Group { id, label, help, max, nodes, criteria: first..self.criteria.len() })
            }
            // Never so: a value with a member is an object.
            None => Node::Criterion(crate::rubric::CriterionIndex(first)),
        }
    }
}
