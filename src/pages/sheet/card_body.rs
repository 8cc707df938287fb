//! What can be answered to a criterion: options, or cases with options; "none" and "not applicable" last. Checklists
//! have a file of their own.

use super::checklist::checklist;
use crate::{
    i18n::I18n,
    pages::text::local,
    state::session::{Cell, Session},
    ui::option_row::{Choice, OptionRow, Worth},
};
use bintang_dom::{El, Memo, Node, RwSignal, effect, el, group};
use bintang_domain::{
    answers::Answer,
    edit::Edit,
    id::{ChoiceId, NodeId},
    rubric::{Case, ChoiceOption, Criterion, CriterionKind, Rubric},
};
use std::sync::Arc;

/// What a card's rows need to know.
#[derive(Clone)]
pub(super) struct Rows {
    pub session: Session,
    pub criterion: NodeId,
    pub rubric: Arc<Rubric>,
    pub answer: Memo<Option<Answer>>,
    pub i18n: I18n,
}

impl Rows {
    /// An id inside this criterion.
    pub fn id(&self, parts: &[&str]) -> String {
        let mut id = self.criterion.to_string();
        for part in parts {
            id.push('-');
            id.push_str(part);
        }
        id
    }

    /// Answers the criterion.
    pub fn choose(&self, answer: Option<Answer>) {
        self.session.dispatch(Edit::Choose(self.criterion.clone(), answer));
    }

    /// A row that stands for one answer.
    fn row(&self, id: String, choice: Choice, label: String, worth: Worth, answer: Answer) -> OptionRow {
        let (present, is, rows) = (self.answer, answer.clone(), self.clone());
        OptionRow {
            id,
            name: if choice == Choice::PlainTick { self.id(&["plain"]) } else { self.criterion.to_string() },
            choice,
            label,
            proof: None,
            worth: Some(worth),
            checked: Box::new(move || present.with(|present| present.as_ref() == Some(&is))),
            on_choose: Box::new(move |chosen: bool| rows.choose(chosen.then(|| answer.clone()))),
        }
    }

    fn option(&self, id: String, option: &ChoiceOption, answer: Answer) -> El {
        let (i18n, words) = (self.i18n, self.i18n.words());
        let texts = [&option.help, &option.proof];
        let proof: Vec<String> = texts.into_iter().flatten().map(|text| local(i18n, &self.rubric, text)).collect();
        let worth = Worth {
            points: i18n.points(option.points),
            unit: words.points_word(),
            gate: option.gate.map(|star| (star, words.gate_word())),
        };
        let mut row = self.row(id, Choice::One, local(i18n, &self.rubric, &option.label), worth, answer);
        row.proof = (!proof.is_empty()).then(|| (words.proof_word(), proof.join(" ")));
        row.view()
    }

    /// The plain rows at the end. In a checklist they are ticks of their own.
    pub fn last(&self, choice: Choice, may_exclude: bool) -> Node {
        let words = self.i18n.words();
        let worth = |points: &str, unit| Worth { points: points.to_owned(), unit, gate: None };
        let (none, zero) = (words.option_none().to_owned(), worth("0", words.points_word()));
        let none = self.row(self.id(&["none"]), choice, none, zero, Answer::None).view();
        let excluded = may_exclude.then(|| {
            let (label, dash) = (words.option_na().to_owned(), worth("–", words.not_counted()));
            self.row(self.id(&["na"]), choice, label, dash, Answer::NotApplicable).view()
        });
        group([Node::from(none), excluded.into()])
    }
}

/// The rows of a card.
pub(super) fn card_body(session: Session, criterion: &Criterion, cell: RwSignal<Cell>) -> Node {
    let i18n = I18n::get();
    let answer = Memo::new(move || cell.get().answer);
    let rows = Rows { session, criterion: criterion.id.clone(), rubric: session.rubric(), answer, i18n };
    let (kind, may_exclude) = (&criterion.kind, criterion.may_exclude);
    match kind {
        CriterionKind::Options(options) => {
            let all = options
                .iter()
                .map(|option| rows.option(rows.id(&[option.id.as_str()]), option, Answer::Option(option.id.clone())));
            el("div").class("options").child(group(all)).child(rows.last(Choice::Plain, may_exclude)).into()
        }
        CriterionKind::Cases(cases) => cases_view(&rows, cases, answer, may_exclude),
        CriterionKind::Checklist { items, scale } => checklist(&rows, items, scale, may_exclude),
    }
}

fn cases_view(rows: &Rows, cases: &[Case], answer: Memo<Option<Answer>>, may_exclude: bool) -> Node {
    let i18n = rows.i18n;
    let shown = RwSignal::new(None::<ChoiceId>);
    // An answer that comes from undo or from disk shows its case.
    effect(move || {
        if let Some(Answer::Case(chosen, _)) = answer.get() {
            shown.set(Some(chosen));
        }
    });
    let tab = |case: &Case| {
        let (id, is, rows) = (case.id.clone(), case.id.clone(), rows.clone());
        let label = local(i18n, &rows.rubric, &case.label);
        let control = el("input")
            .attr("type", "radio")
            .id(&rows.id(&["case", id.as_str()]))
            .attr("name", &rows.id(&["case"]))
            .checked(move || shown.with(|shown| shown.as_ref() == Some(&is)));
        let control = control.on("change", move |_| {
            // The answer belongs to the case it was given in; undo brings both back.
            let other =
                rows.answer.with_untracked(|answer| matches!(answer, Some(Answer::Case(case, _)) if *case != id));
            if other {
                rows.choose(None);
            }
            shown.set(Some(id.clone()));
        });
        el("label").child(control).text(&label)
    };
    let tabs = el("div")
        .class("cases")
        .attr("role", "radiogroup")
        .attr("aria-label", i18n.words().case_choose())
        .child(group(cases.iter().map(tab)));
    let (options, cases) = (rows.clone(), cases.to_vec());
    let chosen = Memo::new(move || shown.get());
    let of_case = move || {
        let chosen = chosen.get();
        match cases.iter().find(|case| Some(&case.id) == chosen.as_ref()) {
            None => el("p").class("cases__hint small soft").text(i18n.words().case_choose()).into(),
            Some(case) => group(case.options.iter().map(|option| {
                let id = options.id(&[case.id.as_str(), option.id.as_str()]);
                options.option(id, option, Answer::Case(case.id.clone(), option.id.clone()))
            })),
        }
    };
    let list = el("div").class("options").child_with(of_case).child(rows.last(Choice::Plain, may_exclude));
    group([tabs, list])
}
