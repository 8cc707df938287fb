//! What holds the next star, in words and as links.

use crate::{
    i18n::{I18n, Words},
    pages::text::criterion_name,
    routes::Route,
    state::session::Session,
    ui::{icon::Icon, line::coded},
};
use bintang_dom::{El, el, group};
use bintang_domain::{
    hold::Hold,
    score::{MissedGate, Score, Withheld},
};

/// Why stars are withheld, in words.
pub(in crate::pages) fn withheld_words(words: &Words, withheld: Withheld) -> &'static str {
    match withheld {
        Withheld::Disqualify => words.withheld_disqualify(),
        Withheld::Stop => words.withheld_stop(),
        Withheld::Reject => words.withheld_reject(),
        Withheld::NoAward => words.withheld_no_award(),
    }
}

/// What holds the next star, in one line.
pub(in crate::pages) fn hold_words(i18n: I18n, score: &Score, hold: Option<&Hold>) -> String {
    let words = i18n.words();
    let Some(hold) = hold else { return words.hold_top().to_owned() };
    if let Some(withheld) = hold.withheld {
        return withheld_words(words, withheld).to_owned();
    }
    let short = hold.short.map(|short| words.hold_short().of(&i18n.points(short)));
    let gates = match (hold.gates.len(), &short) {
        (0, _) => None,
        (gates, Some(_)) => Some(words.hold_gates().of(gates)),
        (gates, None) => Some(words.hold_gates_only().of(gates)),
    };
    let cap = hold.cap.map(|cap| words.hold_cap().of(cap));
    let mut reasons: Vec<String> = [short, gates, cap].into_iter().flatten().collect();
    if reasons.is_empty() {
        reasons.push(match score.unknown_requirements.len() {
            0 => words.hold_ready().to_owned(),
            unknown => words.hold_unknown().of(unknown),
        });
    }
    words.hold_star().both(hold.star, &reasons.join(words.and()))
}

/// The gates that hold a star, each a link to its criterion.
pub(in crate::pages) fn gate_links(i18n: I18n, session: Session, score: &Score, gates: &[MissedGate]) -> El {
    let rubric = session.rubric();
    let id = session.assessment();
    let row = |gate: &MissedGate| {
        let words = i18n.words();
        let (code, label) = criterion_name(i18n, &rubric, gate.criterion)?;
        let needs = i18n.points(gate.needs);
        let text = if score.unanswered.contains(&gate.criterion) {
            words.way_unanswered().of(&needs)
        } else {
            words.way_has().both(&i18n.points(gate.has), &needs)
        };
        let says = el("span").child(coded(Some(&code), &label)).child(el("small").text(&text));
        let link = el("a")
            .attr("href", &Route::sheet_at(id, &code).href())
            .attr("data-gate", &[&gate.star.to_string(), ":", &code].concat())
            .child(says)
            .child(Icon::Right.view());
        Some(el("li").child(link))
    };
    el("ol").class("way").child(group(gates.iter().filter_map(row)))
}
