//! Perbandingan: two assessments side by side, such as the proposal and the selection of one product.

use super::{
    frame::{Frame, bar, framed},
    sheet::withheld_words,
    text::local,
};
use crate::{
    i18n::I18n,
    notice,
    routes::Route,
    services::Services,
    state::{
        compare::{Side, both, same_product},
        drafts::{DraftList, Drafts},
    },
    ui::{
        icon::Icon,
        line::{Tone, coded, coming, empty, line, link_line, section, section_title},
        stars::{StarSize, Stars},
    },
};
use bintang_dom::{El, Node, RwSignal, el, group, with};
use bintang_domain::{
    compare::{Pair, Worth, pairs},
    draft::{Head, Phase},
    id::{AssessmentId, NodeId},
    points::Fraction,
    text::LocalText,
};
use leptos::task::spawn_local;
use std::{cell::RefCell, cmp::Ordering, rc::Rc};

/// The page of one assessment and another; without that the choice of it.
pub(super) fn page(id: AssessmentId, other: Option<AssessmentId>) -> Node {
    let i18n = I18n::get();
    let back = other.map_or(Route::result(id), |_| Route::compare(id, None));
    let (content, under) = match other {
        None => (choice(i18n, id), Node::Nothing),
        Some(other) => compared(i18n, id, other),
    };
    let bar = bar(Some(back), i18n.later().compare(), under, Node::Nothing);
    framed(Frame::Focus, bar, el("div").class("page stack stack--section").child(content), Node::Nothing)
}

/// The others, those of the same product first.
fn choice(i18n: I18n, id: AssessmentId) -> Node {
    let drafts = Drafts::get();
    drafts.renew();
    with(move || {
        let (words, heads) = (i18n.later(), drafts.heads());
        let own = heads.iter().find(|head| head.assessment == id);
        let (mut same, mut rest) = (Vec::new(), Vec::new());
        for head in heads.iter().filter(|head| head.assessment != id) {
            let of = own.is_some_and(|own| same_product(own, head));
            if of { &mut same } else { &mut rest }.push(other(i18n, id, head));
        }
        if same.is_empty() && rest.is_empty() {
            return match drafts.list.get() {
                DraftList::Ready { complete: true, .. } => empty(Icon::File, words.compare_none(), None).into(),
                DraftList::Failed(error) => empty(Icon::Alert, &notice::store(&words, &error), None).into(),
                DraftList::Ready { .. } | DraftList::Loading => empty(Icon::File, words.loading(), None).into(),
            };
        }
        let list = |key: &str, title: &str, rows: Vec<Node>| {
            let title = section_title(key, title, "");
            (!rows.is_empty()).then(|| section(key).child(title).child(el("ul").class("rows").child(group(rows))))
        };
        group([list("same", words.compare_same_product(), same), list("others", words.compare_others(), rest)])
    })
}

/// One that it can be compared with.
fn other(i18n: I18n, id: AssessmentId, head: &Head) -> Node {
    let href = Route::compare(id, Some(head.assessment)).href();
    let product = match head.subject.product.as_str() {
        "" => i18n.later().untitled_product(),
        name => name,
    };
    let business = head.subject.business.as_str();
    let between = if business.is_empty() { "" } else { " · " };
    let text = [business, between, &facts(i18n, head)].concat();
    link_line(Tone::Plain, Icon::File, coded(None, product), &text, &href, "")
}

/// Stage and time of an assessment.
fn facts(i18n: I18n, head: &Head) -> String {
    let words = i18n.later();
    let when = match head.phase {
        Phase::Finished { at, .. } => i18n.moment(at),
        Phase::Draft => words.compare_draft().to_owned(),
    };
    [i18n.stage(head.stage), &when].join(" · ")
}

/// The comparison, and the product's name for the head of the page.
fn compared(i18n: I18n, id: AssessmentId, other: AssessmentId) -> (Node, Node) {
    // What is read is not changed any more: the signal only says that it is there. One of its own kind would weigh.
    let (services, read, there) = (Services::get(), Rc::new(RefCell::new(None)), RwSignal::new(false));
    let (kept, product) = (read.clone(), read.clone());
    spawn_local(async move {
        let sides = both(services, id, other).await;
        kept.replace(sides);
        there.set(true);
    });
    let product = move || {
        let _ = there.get();
        product.borrow().as_ref().map(|[_, now]: &[Side; 2]| now.head.subject.product.clone()).unwrap_or_default()
    };
    let content = with(move || {
        let words = i18n.later();
        match (there.get(), &*read.borrow()) {
            (false, _) => coming(words.loading()).into(),
            (true, None) => empty(Icon::Alert, words.compare_unreadable(), None).into(),
            (true, Some([before, now])) => shown(i18n, before, now),
        }
    });
    (content, el("p").text_with(product).into())
}

fn shown(i18n: I18n, before: &Side, now: &Side) -> Node {
    let words = i18n.later();
    let rubrics = (before.head.rubric.sha256 != now.head.rubric.sha256).then(|| {
        el("ul").class("rows").child(line(Tone::Warn, Icon::Info, coded(None, words.compare_other_rubric()), None))
    });
    let cards =
        [(words.compare_before(), before), (words.compare_now(), now)].map(|(name, side)| card(i18n, name, side));
    group([
        Node::from(el("div").class("compare").child(cards)),
        rubrics.into(),
        parts(i18n, before, now).into(),
        criteria(i18n, before, now).into(),
    ])
}

fn card(i18n: I18n, name: &str, side: &Side) -> El {
    let (words, score, of) = (i18n.later(), &side.score, side.rubric.highest_star());
    let provisional = side.head.phase == Phase::Draft;
    let label = if provisional { words.stars_of_provisional() } else { words.stars_of() };
    let row = Stars { stars: score.stars, of, provisional, size: StarSize::Small };
    // What nobody answered yet withholds nothing.
    let withheld = match score.unknown_requirements.len() {
        0 => score.withheld.map(|withheld| withheld_words(&words, withheld).to_owned()),
        unknown => Some(words.hold_unknown().of(unknown)),
    };
    let withheld = withheld.map(|text| el("p").class("small").text(&text));
    el("section")
        .class("card stack")
        .attr("data-side", &side.head.assessment.to_string())
        .attr("data-stars", &score.stars.to_string())
        .child(el("h2").text(name))
        .child(row.view(&label.both(score.stars, of)))
        .child(el("p").text(&words.points_of().both(&i18n.points(score.total), &i18n.points(score.max))))
        .child(withheld)
        .child(el("p").class("small soft").text(&facts(i18n, &side.head)))
}

/// A difference with its sign, for people and for those who hear it.
fn difference(i18n: I18n, was: Fraction, is: Fraction) -> (String, Ordering) {
    let Some(difference) = is.checked_sub(was) else { return ("–".to_owned(), Ordering::Equal) };
    let hundredths = difference.nearest_hundredth();
    let text = i18n.points(difference);
    // The language writes the minus by itself.
    let sign = if hundredths > 0 { "+" } else { "" };
    ([sign, &text].concat(), hundredths.cmp(&0))
}

fn tone_class(ordering: Ordering) -> &'static str {
    match ordering {
        Ordering::Greater => "num good",
        Ordering::Less => "num bad",
        Ordering::Equal => "num soft",
    }
}

/// Points of the parts and of the whole.
fn parts(i18n: I18n, before: &Side, now: &Side) -> El {
    let words = i18n.later();
    // What somebody has still to look at is no loss.
    let whole = before.score.complete && now.score.complete;
    let head = [words.compare_part(), words.compare_before(), words.compare_now()].map(|name| el("th").text(name));
    let change = el("th").attr("aria-label", words.compare_difference()).text("±");
    let head = el("tr").child(head.map(|name| name.attr("scope", "col"))).child(change.attr("scope", "col"));
    let row = |name: El, was: Option<Fraction>, is: Option<Fraction>| {
        let cell = |points: Option<Fraction>| {
            el("td").class("num").text(&points.map_or_else(|| "–".to_owned(), |points| i18n.points(points)))
        };
        let (text, ordering) = was
            .zip(is)
            .filter(|_| whole)
            .map_or_else(|| ("–".to_owned(), Ordering::Equal), |(was, is)| difference(i18n, was, is));
        let change = el("td").class(tone_class(ordering)).text(&text);
        el("tr").child(name.attr("scope", "row")).child([cell(was), cell(is), change])
    };
    let of = |side: &Side, id: &NodeId| side.score.parts.iter().find(|part| part.id == *id).map(|part| part.points);
    let named = |side: &Side, id: &NodeId| {
        let part = side.rubric.parts.iter().find(|part| part.id == *id);
        part.map(|part| local(i18n, &side.rubric, &part.label)).unwrap_or_default()
    };
    let gone = before.score.parts.iter().filter(|part| of(now, &part.id).is_none()).map(|part| (before, &part.id));
    let all = now.score.parts.iter().map(|part| (now, &part.id)).chain(gone);
    let rows: Vec<El> = all
        .map(|(side, id)| {
            let code = el("span").class("code").text(id.as_str());
            let name = el("th").child(code).child(el("span").text(" ")).text(&named(side, id));
            row(name, of(before, id), of(now, id))
        })
        .collect();
    let total = row(el("th").text(words.compare_total()), Some(before.score.total), Some(now.score.total));
    let table = el("table").class("compare-table").child(el("thead").child(head));
    section("parts")
        .class("card")
        .child(section_title("parts", words.result_parts(), ""))
        .child(table.child(el("tbody").child(rows)).child(el("tfoot").child(total)))
        .child((!whole).then(|| el("p").class("small soft").text(words.compare_whole())))
}

/// The criteria that changed; the others are counted.
fn criteria(i18n: I18n, before: &Side, now: &Side) -> El {
    let words = i18n.later();
    let all = pairs((&before.scorer, &before.answers), (&now.scorer, &now.answers));
    let (open, changed): (Vec<&Pair>, Vec<&Pair>) = all.iter().filter(|pair| pair.changed()).partition(|pair| {
        // What somebody has still to look at is no change of the product.
        [pair.was, pair.is].contains(&Worth::Unanswered)
    });
    let rows: Vec<Node> = changed.iter().map(|pair| row(i18n, before, now, pair)).collect();
    let same = all.len() - changed.len() - open.len();
    let open = (!open.is_empty()).then(|| {
        let rows = open.iter().map(|pair| row(i18n, before, now, pair));
        let title = el("summary").text(&words.compare_open().of(open.len()));
        el("details").class("card").attr("data-open", "").child(title).child(el("ul").child(group(rows)))
    });
    let list = (!rows.is_empty()).then(|| el("ul").class("rows").attr("data-changed", "").child(group(rows)));
    let rest = match (changed.len() + usize::from(open.is_some()), same) {
        (0, _) => words.compare_all_same().to_owned(),
        (_, 0) => String::new(),
        (_, same) => words.compare_unchanged().of(same),
    };
    section("criteria")
        .class("stack")
        .child(section_title("criteria", words.compare_changed(), &changed.len().to_string()))
        .child(list)
        .child(open)
        .child((!rest.is_empty()).then(|| el("p").class("small soft").text(&rest)))
}

fn row(i18n: I18n, before: &Side, now: &Side, pair: &Pair) -> Node {
    let words = i18n.later();
    let worth = |worth: Worth| match worth {
        Worth::Judged(points) => i18n.points(points),
        Worth::Absent => words.compare_absent().to_owned(),
        Worth::NotAsked => words.compare_not_asked().to_owned(),
        Worth::Unanswered => words.compare_unanswered().to_owned(),
        Worth::Excluded => words.compare_excluded().to_owned(),
    };
    let label = |side: &Side, label: &LocalText| local(i18n, &side.rubric, label);
    let name = match (pair.now, pair.before) {
        (Some(index), _) => now.rubric.criterion(index).map(|criterion| label(now, &criterion.label)),
        (None, Some(index)) => before.rubric.criterion(index).map(|criterion| label(before, &criterion.label)),
        (None, None) => None,
    };
    let (tone, icon) = match pair.direction() {
        Some(Ordering::Greater) => (Tone::Good, Icon::Done),
        Some(Ordering::Less) => (Tone::Bad, Icon::Alert),
        Some(Ordering::Equal) | None => (Tone::Plain, Icon::Info),
    };
    let text = if pair.was == pair.is {
        words.compare_other_answer().to_owned()
    } else {
        let points = if pair.direction().is_some() { [" ", words.compare_points()].concat() } else { String::new() };
        [&worth(pair.was), " → ", &worth(pair.is), &points].concat()
    };
    line(tone, icon, coded(Some(pair.id.as_str()), &name.unwrap_or_default()), Some(&text))
}
