//! Papers and knockouts: what must be there, and what ends the chance of a star.

use super::{
    sheet::{NoteField, note_field},
    text::local,
};
use crate::{
    i18n::{I18n, Words},
    state::session::Session,
    ui::icon::Icon,
};
use bintang_dom::{El, Memo, Node, checked_of, el, group, with};
use bintang_domain::{
    edit::{Edit, Place},
    rubric::{Knockout, KnockoutEffect, Requirement, RequirementEffect, Trigger},
};

/// Both lists.
pub(super) fn papers(session: Session) -> Node {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let asked = Memo::new(move || {
        session.content.with(|content| {
            let requirements = content.scorer.rubric().requirements.iter();
            let asked = requirements.filter(|requirement| content.scorer.asked_requirement(&requirement.id)).count();
            (asked - content.score.unknown_requirements.len().min(asked), asked)
        })
    });
    let raised = Memo::new(move || session.content.with(|content| content.scorer.fired_knockouts().count()));
    let count = move || {
        let (answered, asked) = asked.get();
        i18n.words().requirements_answered().both(answered, asked)
    };
    let raised = move || match raised.get() {
        0 => i18n.words().knockouts_none().to_owned(),
        raised => i18n.words().knockouts_raised().of(raised),
    };
    let requirements = (!rubric.requirements.is_empty()).then(|| {
        let rows = rubric.requirements.iter().map(|each| el("li").child(paper(session, each)));
        let list = el("ul").class("rows").child(group(rows));
        section("papers", i18n.words().requirements(), count).child(list)
    });
    let knockouts = (!rubric.knockouts.is_empty()).then(|| {
        let legend = el("legend").class("visually-hidden").text(i18n.words().knockouts_legend());
        let rows = rubric.knockouts.iter().map(|each| flag(session, each));
        let list = el("fieldset").class("rows").child(legend).child(group(rows));
        section("knockouts", i18n.words().knockouts(), raised).child(list)
    });
    group([Node::from(requirements), knockouts.into()])
}

fn section(id: &str, title: &str, small: impl Fn() -> String + 'static) -> El {
    let title = el("h2").class("section-title").id(id).text(title).child(el("small").text_with(small));
    el("section").class("papers").attr("aria-labelledby", id).child(title)
}

fn rule(words: &Words, effect: RequirementEffect) -> String {
    match effect {
        RequirementEffect::NoAward => words.effect_no_award().to_owned(),
        RequirementEffect::Reject => words.effect_reject().to_owned(),
        RequirementEffect::Cap(stars) => words.effect_cap().of(stars),
    }
}

fn paper(session: Session, requirement: &Requirement) -> El {
    let i18n = I18n::get();
    let words = i18n.words();
    let rubric = session.rubric();
    let id = requirement.id.clone();
    let met = {
        let id = id.clone();
        Memo::new(move || session.content.with(|content| content.draft.answers.requirements.get(&id).copied()))
    };
    let open = {
        let id = id.clone();
        Memo::new(move || met.get().is_none() && session.content.with(|content| content.scorer.asked_requirement(&id)))
    };
    let choice = |suffix: &'static str, value: bool, word: &str| {
        let edited = id.clone();
        let control = el("input")
            .attr("type", "radio")
            .id(&["r-", id.as_str(), "-", suffix].concat())
            .attr("name", &["r-", id.as_str()].concat())
            .checked(move || met.get() == Some(value))
            .on("change", move |_| session.dispatch(Edit::Require(edited.clone(), Some(value))));
        el("label").child(control).text(word)
    };
    let choices = [choice("yes", true, words.requirement_yes()), choice("no", false, words.requirement_no())];
    let reminder = move || {
        open.get().then(|| {
            el("p").class("soft small paper-open").child(Icon::Open.view()).text(i18n.words().requirement_unanswered())
        })
    };
    let help = requirement.help.as_ref().map(|help| local(i18n, &rubric, help)).unwrap_or_default();
    let help = el("p").class("small").text(&help).text(" ").text(&rule(words, requirement.effect));
    let note = note(session, Place::Requirement(id.clone()), id.to_string(), false);
    el("fieldset")
        .class("paper-row")
        .child(el("legend").text(&local(i18n, &rubric, &requirement.label)))
        .child(help)
        .child_with(reminder)
        .child(el("div").class("yesno").child(choices))
        .child(note)
}

/// The note of a paper or a knockout.
fn note(session: Session, place: Place, code: String, asked: bool) -> Node {
    let about = place.clone();
    let kept =
        Memo::new(move || session.content.with(|content| content.draft.notes.get(&about).cloned().unwrap_or_default()));
    note_field(NoteField { session, place, code, kept, asked: Memo::new(move || asked), beside: Node::Nothing })
}

fn flag(session: Session, knockout: &Knockout) -> El {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let id = knockout.id.clone();
    let by_hand = knockout.trigger == Trigger::Flag;
    let fired = {
        let id = id.clone();
        Memo::new(move || session.content.with(|content| content.scorer.fired_knockouts().any(|fired| fired.id == id)))
    };
    let words = i18n.words();
    let effect = match knockout.effect {
        KnockoutEffect::Disqualify => words.knockout_disqualify(),
        KnockoutEffect::Stop => words.knockout_stop(),
    };
    let effect = if by_hand { effect.to_owned() } else { [effect, words.knockout_auto()].join(" ") };
    let (input, edited) = (["k-", id.as_str()].concat(), id.clone());
    let control = el("input")
        .attr("type", "checkbox")
        .id(&input)
        .attr_if("disabled", (!by_hand).then_some(""))
        .checked(move || fired.get())
        .on("change", move |event| session.dispatch(Edit::Flag(edited.clone(), checked_of(&event))));
    let says = el("span")
        .child(el("span").class("option__label").text(&local(i18n, &rubric, &knockout.label)))
        .child(el("span").class("option__proof").text(&effect));
    let row = el("label").class("option option--tick").attr("for", &input).child(control).child(says);
    let written = with(move || fired.get().then(|| note(session, Place::Knockout(id.clone()), id.to_string(), true)));
    el("div").class("knockout").child(row).child(written)
}
