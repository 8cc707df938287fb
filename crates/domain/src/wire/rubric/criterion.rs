//! Reading a criterion: its kind, options, evidence and condition.

use super::{Reader, fields, fields::Fields};
use crate::{
    id::{ChoiceId, NodeId},
    points::Points,
    rubric::{
        Case, ChoiceOption, Criterion, CriterionIndex, CriterionKind, Evidence, Item, PhotoWish, ProblemCode as Code,
        Step,
        at::At,
        parsed::{Asker, NamedCondition},
    },
};
use serde_json::Value;

impl Reader {
    /// Reads a criterion and takes it in. One that is no object is taken in too, so that places stay right.
    pub(super) fn criterion(&mut self, at: At<'_>, value: &Value) -> CriterionIndex {
        let index = self.criteria.len();
        let known = [
            "id",
            "label",
            "help",
            "max",
            "options",
            "cases",
            "checklist",
            "applies_when",
            "not_applicable",
            "raisable",
            "evidence",
            "principles",
        ];
        self.places.push(at.render());
        let criterion = match self.element_object(at, value, &known) {
            Some(fields) => self.criterion_of(index, &fields),
            None => Criterion {
                id: NodeId::placeholder(),
                label: fields::empty(),
                help: None,
                max: Points::ZERO,
                kind: CriterionKind::Options(Vec::new()),
                applies_when: None,
                may_exclude: false,
                raisable: true,
                evidence: Evidence::default(),
                principles: Vec::new(),
            },
        };
        self.criteria.push(criterion);
        CriterionIndex(index)
    }

    fn criterion_of(&mut self, index: usize, fields: &Fields) -> Criterion {
        self.condition(fields, Asker::Criterion(index));
        Criterion {
            id: self.node_id(fields),
            label: self.required_local(fields, "label"),
            help: self.local(fields, "help"),
            max: self.required_points(fields, "max"),
            kind: self.kind(fields),
            applies_when: None,
            may_exclude: self.word(fields, "not_applicable", &[("exclude", true)]).unwrap_or(false),
            raisable: self.bool(fields, "raisable").unwrap_or(true),
            evidence: self.evidence(fields),
            principles: self.principles(fields),
        }
    }

    fn kind(&mut self, fields: &Fields) -> CriterionKind {
        let mut kinds = ["checklist", "cases", "options"].into_iter().filter(|name| fields.get(name).is_some());
        let kind = kinds.next().unwrap_or("options");
        for other in kinds {
            self.found.report(
                Code::MixedKinds,
                fields.place(other),
                format_args!("Keep only one of “{kind}” and “{other}”: a criterion is of one kind."),
            );
        }
        match kind {
            "checklist" => self.checklist(fields),
            "cases" => {
                let (at, cases) = (fields.place("cases"), self.elements(fields, "cases", false).iter().enumerate());
                CriterionKind::Cases(cases.map(|(index, value)| self.case(at.element(index), value)).collect())
            }
            _ => CriterionKind::Options(self.options(fields)),
        }
    }

    fn options(&mut self, fields: &Fields) -> Vec<ChoiceOption> {
        let (at, options) = (fields.place("options"), self.elements(fields, "options", false).iter().enumerate());
        options.map(|(index, value)| self.option(at.element(index), value)).collect()
    }

    fn case(&mut self, at: At<'_>, value: &Value) -> Case {
        match self.element_object(at, value, &["id", "label", "options"]) {
            Some(fields) => Case {
                id: self.choice_id(&fields),
                label: self.required_local(&fields, "label"),
                options: self.options(&fields),
            },
            None => Case { id: ChoiceId::placeholder(), label: fields::empty(), options: Vec::new() },
        }
    }

    fn option(&mut self, at: At<'_>, value: &Value) -> ChoiceOption {
        match self.element_object(at, value, &["id", "label", "points", "gate", "help", "evidence"]) {
            Some(fields) => ChoiceOption {
                id: self.choice_id(&fields),
                label: self.required_local(&fields, "label"),
                points: self.required_points(&fields, "points"),
                gate: self.gate(&fields),
                help: self.local(&fields, "help"),
                proof: self.local(&fields, "evidence"),
            },
            None => ChoiceOption {
                id: ChoiceId::placeholder(),
                label: fields::empty(),
                points: Points::ZERO,
                gate: None,
                help: None,
                proof: None,
            },
        }
    }

    fn checklist(&mut self, fields: &Fields) -> CriterionKind {
        let (mut items, mut scale) = (Vec::new(), Vec::new());
        if let Some(list) = self.object(fields, "checklist", &["items", "scale"]) {
            let at = list.place("items");
            for (index, value) in self.elements(&list, "items", true).iter().enumerate() {
                items.push(self.item(at.element(index), value));
            }
            let at = list.place("scale");
            for (index, value) in self.elements(&list, "scale", true).iter().enumerate() {
                scale.push(self.step(at.element(index), value));
            }
        }
        CriterionKind::Checklist { items, scale }
    }

    fn item(&mut self, at: At<'_>, value: &Value) -> Item {
        match self.element_object(at, value, &["id", "label", "evidence"]) {
            Some(fields) => Item {
                id: self.choice_id(&fields),
                label: self.required_local(&fields, "label"),
                proof: self.local(&fields, "evidence"),
            },
            None => Item { id: ChoiceId::placeholder(), label: fields::empty(), proof: None },
        }
    }

    fn step(&mut self, at: At<'_>, value: &Value) -> Step {
        match self.element_object(at, value, &["at_least", "points", "gate"]) {
            Some(fields) => Step {
                at_least: self.required_count(&fields, "at_least"),
                points: self.required_points(&fields, "points"),
                gate: self.gate(&fields),
            },
            None => Step { at_least: 0, points: Points::ZERO, gate: None },
        }
    }

    fn choice_id(&mut self, fields: &Fields) -> ChoiceId {
        self.id(fields, ChoiceId::parse, ChoiceId::placeholder)
    }

    fn gate(&mut self, fields: &Fields) -> Option<u8> {
        let value = fields.get("gate")?;
        self.star(fields.place("gate"), value)
    }

    fn evidence(&mut self, fields: &Fields) -> Evidence {
        let Some(evidence) = self.object(fields, "evidence", &["photo", "note_below"]) else {
            return Evidence::default();
        };
        let wishes = [("required", PhotoWish::Required), ("optional", PhotoWish::Optional), ("none", PhotoWish::None)];
        Evidence {
            photo: self.word(&evidence, "photo", &wishes).unwrap_or_default(),
            note_below: self.points(&evidence, "note_below"),
        }
    }

    fn principles(&mut self, fields: &Fields) -> Vec<String> {
        let (at, list) = (fields.place("principles"), self.elements(fields, "principles", false).iter().enumerate());
        list.filter_map(|(index, value)| self.text_of(at.element(index), value)).collect()
    }

    /// Notes a condition, to be resolved when every criterion is known.
    pub(super) fn condition(&mut self, fields: &Fields, asker: Asker) {
        let Some(condition) = self.object(fields, "applies_when", &["criterion", "at_least"]) else { return };
        let at_least = self.required_points(&condition, "at_least");
        if let Some(criterion) = self.required_text(&condition, "criterion") {
            let at = condition.place("criterion").render();
            self.conditions.push(NamedCondition { asker, at, criterion, at_least });
        }
    }
}
