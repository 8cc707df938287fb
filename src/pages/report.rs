//! The visit report: what the maker keeps. One piece of the page that is shown, printed, and kept as a file of its own
//! (docs/adr/0019).

mod sheet;

use super::{
    frame::{Frame, bar, foot, framed},
    plan, result,
    text::local,
    visit, way as way_words,
};
use crate::{
    i18n::I18n,
    routes::Route,
    services::{LaterPorts, Services},
    state::{
        address::Address,
        finished::{self, Finished, Reading},
        report::{Pictures, pictures},
        way::{self, Way},
    },
    ui::{
        icon::Icon,
        line::{coming, empty},
        qr::qr,
        stars::{StarSize, Stars},
    },
};
use bintang_dom::{El, Memo, Node, RwSignal, el, group, svg, with};
use bintang_domain::{draft::Phase, id::AssessmentId, ports::paper::Shared, rubric::RubricStatus, signature::Role};
use leptos::task::spawn_local;

/// Id of what becomes the file.
const PAPER: &str = "paper";
/// Milliseconds.
const HALF_A_DAY: i64 = 12 * 3_600_000;
const HTML: &str = "text/html";

/// What is read for the report.
#[derive(Debug, Clone, Copy)]
struct Read {
    reading: RwSignal<Reading>,
    pictures: RwSignal<Option<Pictures>>,
    way: RwSignal<Option<RwSignal<Way>>>,
}

/// The page of one finished assessment.
pub(super) fn page(id: AssessmentId) -> Node {
    let (i18n, services, address) = (I18n::get(), Services::get(), Address::get());
    let read =
        Read { reading: RwSignal::new(Reading::Loading), pictures: RwSignal::new(None), way: RwSignal::new(None) };
    spawn_local(async move {
        let reading = finished::read(services, id).await;
        read.reading.set(reading);
        let pictures = pictures(services, id).await;
        read.pictures.set(Some(pictures));
    });
    let words = i18n.later();
    let under = el("p").text(words.report_offline());
    let bar = bar(Some(Route::result(id)), words.report(), under.into(), Node::Nothing);
    let content = el("div").class("paper-page").child_with(move || match read.reading.get() {
        Reading::Loading => coming(words.loading()).class("page coming soft").into(),
        Reading::Draft => {
            address.replace(Route::sheet(id));
            Node::Nothing
        }
        Reading::Unavailable => empty(Icon::Alert, words.result_unavailable(), None).into(),
        Reading::Ready(finished) => {
            let Finished { rubric, answers, score, .. } = (*finished).clone();
            let reckoned = way::of_sheet(services, rubric, answers, score);
            read.way.set(Some(reckoned));
            paper(i18n, &finished, reckoned, read.pictures).into()
        }
    });
    framed(Frame::Focus, bar, content, actions(i18n, services, read))
}

/// Print, keep, hand on; once all of the report is there.
fn actions(i18n: I18n, services: Services, read: Read) -> Node {
    let words = i18n.later();
    let whole = Memo::new(move || {
        read.pictures.with(Option::is_some) && read.way.get().is_some_and(|way| way.get() != Way::Reckoning)
    });
    let saved = RwSignal::new(false);
    let document = move || {
        let name = read.reading.try_with_untracked(|reading| match reading {
            Reading::Ready(finished) => file_name(finished),
            _ => String::new(),
        })?;
        let LaterPorts { paper, .. } = services.later()?;
        Some((paper.document(PAPER, i18n.tag(), i18n.direction(), &name)?, [&name, ".html"].concat()))
    };
    let keep = move || {
        if let Some((text, name)) = document() {
            services.ports().files.save(&name, HTML, &text);
            saved.set(true);
        }
    };
    let button = |class: &str, id: &str, icon: Icon, name: &str| {
        let button = el("button").class(class).id(id).attr("type", "button").child(icon.view()).text(name);
        button.attr_with("aria-disabled", move || (!whole.get()).then_some("true"))
    };
    let print = button("button", "print", Icon::Print, words.report_print()).on("click", move |_| {
        if let Some(LaterPorts { paper, .. }) = services.later().filter(|_| whole.get_untracked()) {
            paper.print();
        }
    });
    let save = button("button button--secondary", "save", Icon::File, words.report_save()).on("click", move |_| {
        if whole.get_untracked() {
            keep();
        }
    });
    let can = services.later().is_some_and(|later| later.paper.shares("laporan.html", HTML));
    let share = can.then(|| {
        button("button button--secondary", "share", Icon::Share, words.report_share()).on("click", move |_| {
            let Some((text, name)) = document().filter(|_| whole.get_untracked()) else { return };
            let Some(LaterPorts { paper, .. }) = services.later() else { return };
            let sharing = paper.share(&name, HTML, &text);
            spawn_local(async move {
                // What no other app takes is kept as a file.
                if sharing.await == Shared::Unable {
                    keep();
                }
            });
        })
    });
    let says = with(move || {
        saved.get().then(|| el("p").class("small").attr("role", "status").id("saved").text(words.report_saved()))
    });
    let buttons = el("div").class("button-row").child([Some(print), Some(save), share].map(Node::from));
    foot("foot no-print", [says, buttons.into()])
}

/// Letters, digits and hyphens of the product's name, and the day.
fn file_name(finished: &Finished) -> String {
    let mut name = String::from("bintang-laporan");
    let plain = finished.head.subject.product.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' });
    for word in plain.collect::<String>().split_whitespace().take(6) {
        name.push('-');
        name.extend(word.chars().take(20).flat_map(char::to_lowercase));
    }
    let sum: String = finished.digest.to_string().chars().take(8).collect();
    [&name, "-", &sum].concat()
}

fn paper(i18n: I18n, finished: &Finished, reckoned: RwSignal<Way>, pictures: RwSignal<Option<Pictures>>) -> El {
    let words = i18n.later();
    let title = |text: &str| el("h2").text(text);
    let groups = result::groups(i18n, finished);
    let charts = el("div")
        .class("paper__charts")
        .child(result::chart(i18n, &groups))
        .child(sheet::points(i18n, finished, &groups));
    let coach = result::coach(i18n, finished).map(|coach| el("p").child(el("strong").text(&coach)));
    el("article")
        .class("paper")
        .id(PAPER)
        .attr("data-digest", &finished.digest.to_string())
        .child(head(i18n, finished))
        .child(verdict(i18n, finished))
        .child(title(words.report_subject()))
        .child(facts(i18n, finished))
        .child(title(words.report_points()))
        .child(charts)
        .child(el("div").class("paper__way").child(way_words::shown(i18n, finished, reckoned)))
        .child(title(words.plan()))
        .child(coach)
        .child(plan::of_finished(i18n, finished))
        .child(sheet::papers(i18n, finished))
        .child(title(words.report_answers()))
        .child(sheet::answers(i18n, finished))
        .child(with(move || pictures.get().map(|pictures| sheet::photos(i18n, &pictures))))
        .child(signatures(i18n, finished))
        .child(end(i18n, finished))
}

/// The app's mark, drawn: a file of its own has no other file beside it.
fn mark() -> El {
    let petals = (0..5).map(|petal| {
        let turn = format!("rotate({})", petal * 72);
        let leaf = svg("path").attr("d", "M0-3C12-14 12.5-27 0-40-12.5-27-12-14 0-3z").attr("fill", "#f2bd45");
        let vein = svg("path").attr("d", "M0-10V-27").attr("stroke", "#6b3f1d").attr("stroke-width", "3.2");
        svg("g").attr("transform", &turn).child(leaf).child(vein.attr("stroke-linecap", "round"))
    });
    let star = svg("g").attr("transform", "translate(48 50)").child(group(petals));
    let ground = svg("path")
        .attr("d", "M22 0h52a22 22 0 0 1 22 22v52a22 22 0 0 1-22 22H22A22 22 0 0 1 0 74V22A22 22 0 0 1 22 0z");
    svg("svg")
        .attr("viewBox", "0 0 96 96")
        .attr("aria-hidden", "true")
        .child(ground.attr("fill", "#1e2858"))
        .child(star)
}

fn head(i18n: I18n, finished: &Finished) -> El {
    let rubric = &finished.rubric;
    let named = i18n.later().rubric_titled().both(&local(i18n, rubric, &rubric.title), &rubric.version);
    let template = rubric.status == RubricStatus::Template;
    let note = [if template { i18n.later().rubric_template() } else { "" }, i18n.later().report_no_award()];
    let note = note.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(". ");
    let name = el("div")
        .child(el("p").class("paper__title").text(i18n.later().report_of()))
        .child(el("p").class("small").text(&named));
    el("header")
        .class("paper__head")
        .child(mark())
        .child(name.child(el("p").class("small").child(el("strong").text(&note))))
}

fn verdict(i18n: I18n, finished: &Finished) -> El {
    let (words, score) = (i18n.later(), &finished.score);
    let stars = match score.stars {
        0 => words.result_none().to_owned(),
        stars => words.result_stars().of(stars),
    };
    let of = finished.rubric.highest_star();
    let row = Stars { stars: score.stars, of, provisional: false, size: StarSize::Large };
    let points = words.points_of().both(&i18n.points(score.total), &i18n.points(score.max));
    let left = el("div")
        .child(row.view(&words.stars_of().both(score.stars, of)))
        .child(el("p").class("paper__stars").text(&stars))
        .child(el("p").text(&points));
    el("section").class("paper__verdict").child(left).child(result::reasons(i18n, finished))
}

fn facts(i18n: I18n, finished: &Finished) -> El {
    let (words, head) = (i18n.later(), &finished.head);
    let subject = &head.subject;
    let business = [Some(subject.business.clone()), subject.sentra.clone()];
    let business = business.into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
    let until = match head.phase {
        // A visit is a matter of hours; a draft that lay for days says both days.
        Phase::Finished { at, .. } if i18n.moment(at) == i18n.moment(head.started) => String::new(),
        Phase::Finished { at, .. } if at.0 - head.started.0 < HALF_A_DAY => ["–", &i18n.time(at)].concat(),
        Phase::Finished { at, .. } => [" – ", &i18n.moment(at)].concat(),
        Phase::Draft => String::new(),
    };
    let stage = i18n.stage(head.stage);
    let assessor = [head.assessor.name.as_str(), &head.assessor.office];
    let assessor = assessor.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
    let rows = [
        (words.report_product(), subject.product.clone()),
        (words.report_business(), business),
        (words.report_owner(), subject.owner.clone()),
        ("NIB", subject.nib.clone().unwrap_or_default()),
        (words.report_place(), subject.place.village.clone()),
        (words.report_stage(), stage.to_owned()),
        (words.report_visit(), [i18n.moment(head.started), until].concat()),
        (words.report_assessor(), assessor),
    ];
    let rows = rows.iter().filter(|(_, text)| !text.is_empty());
    el("dl").class("facts").child(group(rows.map(|(name, text)| group([el("dt").text(name), el("dd").text(text)]))))
}

fn signatures(i18n: I18n, finished: &Finished) -> Node {
    let words = i18n.later();
    let signed = Role::ALL.map(|role| {
        let name = match role {
            Role::Assessor => words.sign_assessor(),
            Role::Maker => words.sign_maker(),
        };
        let mark = finished.signatures.iter().find(|signature| signature.role == role);
        let mark = match mark {
            Some(signature) => visit::shown(i18n, signature),
            None => el("span").class("soft").text(words.report_unsigned()),
        };
        el("div").class("paper__sign").child(el("span").text(name)).child(mark)
    });
    group([el("h2").text(words.report_signs()), el("div").class("paper__signs").child(signed)])
}

/// What the QR code holds, all of it in the letters that take the least room (ISO/IEC 18004, alphanumeric mode): the
/// assessment and the digest of what was sealed.
fn code(finished: &Finished) -> String {
    let Finished { head, digest, .. } = finished;
    ["BINTANG:1:", &head.assessment.to_string(), ":", &digest.to_string()].concat().to_uppercase()
}

fn end(i18n: I18n, finished: &Finished) -> El {
    let words = i18n.later();
    let sum = finished.digest.to_string();
    let says = el("div")
        .child(el("p").text(words.report_foot()))
        .child(el("p").text(words.report_sum()).text(": ").child(el("code").id("sum").text(&sum)));
    let text = code(finished);
    let code = qr(&text, words.report_qr()).map(|drawn| drawn.attr("data-code", &text));
    el("footer").class("paper__foot").child(code).child(says)
}
