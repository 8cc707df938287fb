//! Reading what surrounds the criteria: bands, requirements, knockouts, coaching and the panel's rules.

use super::{Reader, field, fields, fields::Fields};
use crate::{
    id::{KnockoutId, RequirementId},
    rubric::{
        Band, Coaching, Knockout, KnockoutEffect, ProblemCode as Code, Requirement, RequirementEffect, Trigger,
        panel::{Combine, PanelGates, PanelRules, Quorum},
        parsed::{Asker, NamedTrigger},
    },
};
use serde_json::Value;

impl Reader {
    pub(super) fn bands(&mut self, file: &Fields) -> Vec<Band> {
        let mut bands = Vec::new();
        let list = file.place(field::BANDS);
        for (index, value) in self.elements(file, field::BANDS, false).iter().enumerate() {
            let at = list.element(index);
            // A band that is no object stays as a placeholder, so that places stay right.
            let mut band = Band { stars: 0, from: Default::default() };
            if let Some(fields) = self.element_object(at, value, &["stars", "from"]) {
                band.stars = self.required_star(&fields, field::STARS);
                band.from = self.required_points(&fields, field::FROM);
            }
            bands.push(band);
        }
        bands
    }

    fn required_star(&mut self, fields: &Fields, name: &str) -> u8 {
        match fields.get(name) {
            Some(value) => self.star(fields.place(name), value).unwrap_or(0),
            None => {
                self.missing(fields, name);
                0
            }
        }
    }

    pub(super) fn min_stars(&mut self, file: &Fields) -> u8 {
        let award = self.object(file, "award", &["min_stars"]);
        let least = award.and_then(|award| self.count(&award, "min_stars"));
        least.map_or(1, |least| u8::try_from(least).unwrap_or(u8::MAX))
    }

    pub(super) fn requirements(&mut self, file: &Fields) -> Vec<Requirement> {
        let mut requirements = Vec::new();
        let list = file.place(field::REQUIREMENTS);
        for (index, value) in self.elements(file, field::REQUIREMENTS, false).iter().enumerate() {
            let at = list.element(index);
            let Some(fields) = self.element_object(at, value, &["id", "label", "help", "applies_when", "effect"])
            else {
                requirements.push(Requirement {
                    id: RequirementId::placeholder(),
                    label: fields::empty(),
                    help: None,
                    applies_when: None,
                    effect: RequirementEffect::NoAward,
                });
                continue;
            };
            self.condition(&fields, Asker::Requirement(index));
            requirements.push(Requirement {
                id: self.id(&fields, RequirementId::parse, RequirementId::placeholder),
                label: self.required_local(&fields, "label"),
                help: self.local(&fields, "help"),
                applies_when: None,
                effect: self.requirement_effect(&fields),
            });
        }
        requirements
    }

    fn requirement_effect(&mut self, fields: &Fields) -> RequirementEffect {
        let words = [("no_award", RequirementEffect::NoAward), ("reject", RequirementEffect::Reject)];
        match fields.get(field::EFFECT) {
            Some(Value::Object(_)) => match self.object(fields, field::EFFECT, &["cap"]) {
                Some(effect) => RequirementEffect::Cap(self.required_star(&effect, field::CAP)),
                None => RequirementEffect::NoAward,
            },
            Some(_) => self.word(fields, field::EFFECT, &words).unwrap_or(RequirementEffect::NoAward),
            None => {
                self.missing(fields, field::EFFECT);
                RequirementEffect::NoAward
            }
        }
    }

    pub(super) fn knockouts(&mut self, file: &Fields) -> Vec<Knockout> {
        let mut knockouts = Vec::new();
        let list = file.place(field::KNOCKOUTS);
        for (index, value) in self.elements(file, field::KNOCKOUTS, false).iter().enumerate() {
            let at = list.element(index);
            let Some(fields) = self.element_object(at, value, &["id", "label", "help", "effect", "trigger"]) else {
                knockouts.push(Knockout {
                    id: KnockoutId::placeholder(),
                    label: fields::empty(),
                    help: None,
                    effect: KnockoutEffect::Disqualify,
                    trigger: Trigger::Flag,
                });
                continue;
            };
            let effects = [("disqualify", KnockoutEffect::Disqualify), ("stop", KnockoutEffect::Stop)];
            if fields.get(field::EFFECT).is_none() {
                self.missing(&fields, field::EFFECT);
            }
            knockouts.push(Knockout {
                id: self.id(&fields, KnockoutId::parse, KnockoutId::placeholder),
                label: self.required_local(&fields, "label"),
                help: self.local(&fields, "help"),
                effect: self.word(&fields, field::EFFECT, &effects).unwrap_or(KnockoutEffect::Disqualify),
                trigger: self.trigger(index, &fields),
            });
        }
        knockouts
    }

    /// The criteria of an `any_zero` trigger are noted, to be resolved when every criterion is known.
    fn trigger(&mut self, knockout: usize, fields: &Fields) -> Trigger {
        match fields.get("trigger") {
            Some(Value::Object(_)) => {
                if let Some(trigger) = self.object(fields, "trigger", &["any_zero"]) {
                    let mut criteria = Vec::new();
                    let at = trigger.place("any_zero");
                    for (index, value) in self.elements(&trigger, "any_zero", true).iter().enumerate() {
                        criteria.push(self.text_of(at.element(index), value).unwrap_or_default());
                    }
                    self.any_zero.push(NamedTrigger { knockout, at: at.render(), criteria });
                }
                Trigger::AnyZero(Vec::new())
            }
            Some(_) => self.word(fields, "trigger", &[("flag", ())]).map_or(Trigger::Flag, |()| Trigger::Flag),
            None => {
                self.missing(fields, "trigger");
                Trigger::Flag
            }
        }
    }

    pub(super) fn coaching(&mut self, file: &Fields) -> Vec<Coaching> {
        let mut coaching = Vec::new();
        let list = file.place("coaching");
        for (index, value) in self.elements(file, "coaching", false).iter().enumerate() {
            let at = list.element(index);
            let Some(fields) = self.element_object(at, value, &["stars", "by"]) else { continue };
            let mut stars = Vec::new();
            let at = fields.place(field::STARS);
            for (index, value) in self.elements(&fields, field::STARS, true).iter().enumerate() {
                // 0 is allowed: those without a star have a coach too.
                stars.extend(self.count_of(at.element(index), value).and_then(|stars| u8::try_from(stars).ok()));
            }
            coaching.push(Coaching { stars, by: self.required_local(&fields, "by") });
        }
        coaching
    }

    pub(super) fn panel(&mut self, file: &Fields) -> Option<PanelRules> {
        let panel = self.object(file, "panel", &["combine", "spread_limit", "quorum", "min_sheets", "gates"])?;
        let combine = [("mean", Combine::Mean), ("median", Combine::Median)];
        let gates =
            [("every", PanelGates::Every), ("majority", PanelGates::Majority), ("combined", PanelGates::Combined)];
        Some(PanelRules {
            combine: self.word(&panel, "combine", &combine).unwrap_or_default(),
            spread_limit: self.points(&panel, "spread_limit"),
            quorum: self.quorum(&panel),
            min_sheets: self.count(&panel, "min_sheets").unwrap_or(1),
            gates: self.word(&panel, "gates", &gates).unwrap_or_default(),
        })
    }

    fn quorum(&mut self, panel: &Fields) -> Quorum {
        let Some(quorum) = self.object(panel, "quorum", &["share", "chair"]) else {
            return Quorum { share: (0, 1), chair: false };
        };
        let chair = self.bool(&quorum, "chair").unwrap_or(false);
        let share = self.text(&quorum, "share").map(|text| {
            let (num, den) = text.split_once('/')?;
            let number = |digits: &str| {
                let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
                plain.then(|| digits.parse::<u32>().ok()).flatten()
            };
            let share = (number(num)?, number(den)?);
            (share.1 > 0 && share.0 <= share.1).then_some(share)
        });
        if share == Some(None) {
            self.found.report(
                Code::BadValue,
                quorum.place("share"),
                format_args!("Write the share as a fraction of at most one, such as “3/4”."),
            );
        }
        Quorum { share: share.flatten().unwrap_or((0, 1)), chair }
    }
}
