//! Daftar kriteria: all criteria of a sheet in one list, to search and to jump.

use super::{
    frame::{Frame, bar, framed},
    opening::with_session,
    text::local,
};
use crate::{
    i18n::{I18n, Later},
    routes::Route,
    state::{
        open_sheet::OpenSheet,
        session::{Cell, Session},
    },
    ui::{icon::Icon, line::coded},
};
use bintang_dom::{El, Memo, Node, RwSignal, el, group, value_of};
use bintang_domain::{
    id::AssessmentId,
    rubric::{Criterion, CriterionIndex, CriterionKind, Rubric},
    score::Standing,
    text::folded,
};

/// Which criteria are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    All,
    Unanswered,
    Holding,
    Noted,
}

impl Wanted {
    const ALL: [Self; 4] = [Self::All, Self::Unanswered, Self::Holding, Self::Noted];

    fn name(self, words: &Later) -> &'static str {
        match self {
            Self::All => words.index_all(),
            Self::Unanswered => words.index_unanswered(),
            Self::Holding => words.index_holding(),
            Self::Noted => words.index_noted(),
        }
    }

    fn admits(self, cell: &Cell) -> bool {
        match self {
            Self::All => true,
            Self::Unanswered => cell.standing == Standing::Unanswered,
            Self::Holding => cell.gate.is_some(),
            Self::Noted => cell.note.is_some(),
        }
    }
}

/// The page.
pub(super) fn page(id: AssessmentId) -> Node {
    OpenSheet::get().open(id);
    with_session(index)
}

/// Everything that is said of a criterion, as it is searched.
fn said(i18n: I18n, rubric: &Rubric, criterion: &Criterion) -> String {
    let mut texts = vec![criterion.id.to_string(), local(i18n, rubric, &criterion.label)];
    texts.extend(criterion.help.as_ref().map(|help| local(i18n, rubric, help)));
    let options = match &criterion.kind {
        CriterionKind::Options(options) => options.iter().map(|option| &option.label).collect(),
        CriterionKind::Cases(cases) => {
            cases.iter().flat_map(|case| &case.options).map(|option| &option.label).collect()
        }
        CriterionKind::Checklist { items, .. } => items.iter().map(|item| &item.label).collect::<Vec<_>>(),
    };
    texts.extend(options.into_iter().map(|label| local(i18n, rubric, label)));
    folded(&texts.join(" "))
}

fn index(session: Session) -> Node {
    let i18n = I18n::get();
    let words = i18n.later();
    let rubric = session.rubric();
    let (typed, wanted) = (RwSignal::new(String::new()), RwSignal::new(Wanted::All));
    let cells: Vec<RwSignal<Cell>> =
        (0..rubric.criteria.len()).filter_map(|place| session.cell(CriterionIndex(place))).collect();
    let texts: Vec<String> = rubric.criteria.iter().map(|criterion| said(i18n, &rubric, criterion)).collect();
    let of = cells.clone();
    let shown = Memo::new(move || {
        let (typed, wanted) = (folded(&typed.get()), wanted.get());
        let fits = |(text, cell): (&String, &RwSignal<Cell>)| {
            typed.split(' ').all(|word| text.contains(word)) && cell.with_untracked(|cell| wanted.admits(cell))
        };
        texts.iter().zip(&of).map(fits).collect::<Vec<bool>>()
    });
    let rows = rubric.criteria.iter().zip(cells).enumerate().map(|(place, (criterion, cell))| {
        row(i18n, session, &rubric, criterion, cell)
            .attr_with("hidden", move || (!shown.with(|shown| shown.get(place) == Some(&true))).then_some(""))
    });
    let rows: Vec<El> = rows.collect();
    let many = Memo::new(move || shown.with(|shown| shown.iter().filter(|shown| **shown).count()));
    let says = move || match many.get() {
        0 => words.index_none().to_owned(),
        many => words.index_count().of(many),
    };
    let content = el("div")
        .class("page stack")
        .child(search(words, typed))
        .child(filters(words, wanted))
        .child(el("p").class("small soft").attr("role", "status").text_with(says))
        .child(el("ul").class("rows index").child(group(rows)));
    let bar = bar(Some(Route::sheet(session.assessment())), words.index(), Node::Nothing, Node::Nothing);
    framed(Frame::Focus, bar, content, Node::Nothing)
}

fn search(words: Later, typed: RwSignal<String>) -> El {
    let field = el("input")
        .class("field__control")
        .id("index-search")
        .attr("type", "search")
        .attr("placeholder", words.index_search())
        .value(move || typed.get())
        .on("input", move |event| typed.set(value_of(&event)));
    let label = el("span").class("visually-hidden").text(words.index_search());
    el("label").class("search").child(label).child(Icon::Search.view()).child(field)
}

fn filters(words: Later, wanted: RwSignal<Wanted>) -> El {
    let row = |each: Wanted| {
        let control = el("input")
            .attr("type", "radio")
            .attr("name", "filter")
            .checked(move || wanted.get() == each)
            .on("change", move |_| wanted.set(each));
        el("label").child(control).text(each.name(&words))
    };
    let legend = el("legend").class("visually-hidden").text(words.filter_label());
    el("fieldset").child(legend).child(el("div").class("filter").child(Wanted::ALL.map(row)))
}

fn row(i18n: I18n, session: Session, rubric: &Rubric, criterion: &Criterion, cell: RwSignal<Cell>) -> El {
    let words = i18n.later();
    let id = criterion.id.to_string();
    let Cell { standing, points, gate, .. } = cell.get_untracked();
    let (class, icon, text) = match (standing, gate) {
        (Standing::Unanswered, _) => ("line line--warn", Icon::Open, words.index_unanswered().to_owned()),
        (Standing::NotAsked, _) => ("line", Icon::Info, words.not_asked_state().to_owned()),
        (Standing::Excluded, _) => ("line", Icon::Done, words.na_state().to_owned()),
        (Standing::Judged, gate) => {
            let points = words.points_of().both(&i18n.points(points), &i18n.points(criterion.max));
            match gate {
                Some((star, needs)) => {
                    let missed = words.gate_missed().both(star, &i18n.points(needs));
                    ("line line--warn", Icon::Lock, [points, missed].join(" · "))
                }
                None => ("line line--good", Icon::Done, points),
            }
        }
    };
    let title = coded(Some(&id), &local(i18n, rubric, &criterion.label));
    let says = el("span").child(title).child(el("small").text(&text));
    let link = el("a").class(class).attr("href", &Route::sheet_at(session.assessment(), &id).href());
    el("li").child(link.child(icon.view()).child(says))
}
