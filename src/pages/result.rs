//! Hasil: the stars, why they are what they are, who coaches.

mod groups;
mod reopening;
mod why;

use super::{
    damaged::export_button,
    frame::{Frame, bar, foot, framed},
    plan,
    sheet::withheld_words,
    soon::Soon,
    text::{criterion_name, local},
    way,
};
use crate::{
    i18n::I18n,
    routes::Route,
    services::Services,
    state::{
        address::Address,
        finished::{self, Finished, Reading, Signed},
        outbox::Outbox,
    },
    ui::{
        chip::Chip,
        icon::Icon,
        line::{Tone, coded, coming, empty, line, link_line, section, section_title},
        stars::{StarSize, Stars},
    },
};
use bintang_dom::{El, Node, RwSignal, effect, el, group};
use bintang_domain::{
    draft::{Delivery, Phase},
    hold::Hold,
    id::AssessmentId,
    rubric::RubricStatus,
    signature::Role,
};
use groups::bars;
pub(super) use groups::{Group, chart, groups};
use leptos::task::spawn_local;
pub(super) use why::reasons;

/// The page of one finished assessment.
pub(super) fn page(id: AssessmentId) -> Node {
    let (i18n, services, address) = (I18n::get(), Services::get(), Address::get());
    let (reading, outbox) = (RwSignal::new(Reading::Loading), Outbox::get());
    // The chip follows the outbox, which writes its word into the head.
    effect(move || {
        outbox.entries.track();
        spawn_local(async move {
            let read = finished::read(services, id).await;
            reading.set(read);
        });
    });
    let soon = Soon::new();
    let business = move || match reading.get() {
        Reading::Ready(finished) => finished.head.subject.business,
        Reading::Loading | Reading::Draft | Reading::Unavailable => String::new(),
    };
    let under = el("p").text_with(business);
    let bar = bar(Some(Route::Home), i18n.later().result(), under.into(), Node::Nothing);
    let content = el("div").class("page stack stack--section").child_with(move || match reading.get() {
        Reading::Loading => coming(i18n.later().loading()).into(),
        Reading::Draft => {
            address.replace(Route::sheet(id));
            Node::Nothing
        }
        Reading::Unavailable => {
            let export = export_button(&id.to_string());
            empty(Icon::Alert, i18n.later().result_unavailable(), None).child(export).into()
        }
        Reading::Ready(finished) => shown(i18n, &finished, soon),
    });
    let words = i18n.later();
    let link = |class: &str, route: Route, name: &str| el("a").class(class).attr("href", &route.href()).text(name);
    let report = link("button", Route::report(id), words.report());
    let buttons = el("div").class("button-row").child([
        // It is printed and shared as a page of its own.
        (!services.ports().page.embedded()).then_some(report),
        Some(link("button button--secondary", Route::outbox(), words.to_outbox())),
    ]);
    framed(Frame::Focus, bar, content, foot("foot", buttons))
}

fn shown(i18n: I18n, finished: &Finished, soon: Soon) -> Node {
    let rest = finished.clone();
    group([Node::from(verdict(i18n, finished)), parts(i18n, finished).into(), soon.show(move || below(i18n, &rest))])
}

/// What stands below the first view.
fn below(i18n: I18n, finished: &Finished) -> Node {
    group([
        Node::from(why::why(i18n, finished)),
        way::of_finished(finished),
        coaching(i18n, finished).into(),
        notes(i18n, finished).into(),
        signatures(i18n, finished).into(),
        (!Services::get().ports().page.embedded()).then(|| keeping(i18n, finished)).into(),
        reopening::reopening(i18n, finished).into(),
    ])
}

/// Who signed.
fn signatures(i18n: I18n, finished: &Finished) -> El {
    let words = i18n.later();
    let signed = finished.signatures.iter().map(|signature| {
        let role = match signature.role {
            Role::Assessor => words.sign_assessor(),
            Role::Maker => words.sign_maker(),
        };
        let at = words.sign_saved().of(&i18n.moment(signature.at));
        let when = el("p").class("small soft").text(&at);
        el("div").class("card sign").child(el("h3").text(role)).child(super::visit::shown(i18n, signature)).child(when)
    });
    let signed: Vec<El> = signed.collect();
    let (tone, machine) = match finished.signed {
        Signed::By(key) => (Tone::Plain, words.signed_by().of(&key.short())),
        Signed::Not => (Tone::Plain, words.signed_by_none().to_owned()),
        Signed::Badly => (Tone::Bad, words.signed_badly().to_owned()),
        Signed::Unchecked => (Tone::Plain, words.signed_unchecked().to_owned()),
    };
    let machine = line(tone, Icon::Lock, coded(None, &machine), None);
    let machine = el("ul").class("rows").attr("data-signed-by", "").child(machine);
    let title = section_title("signatures", words.signatures(), "");
    section("signatures").class("stack").child(title).child(group(signed)).child(machine)
}

/// What else to do with it: beside another one, or as a file.
fn keeping(i18n: I18n, finished: &Finished) -> El {
    let (words, href) = (i18n.later(), Route::backup(Some(finished.head.assessment)).href());
    let row = link_line(Tone::Plain, Icon::File, coded(None, words.backup_one()), words.backup_one_hint(), &href, "");
    let (id, name) = (finished.head.assessment, coded(None, words.compare_with()));
    let href = Route::compare(id, None).href();
    let compare = link_line(Tone::Plain, Icon::Panel, name, words.compare_with_hint(), &href, "compare");
    el("ul").class("rows").child([compare, row])
}

fn verdict(i18n: I18n, finished: &Finished) -> El {
    let (words, score, head) = (i18n.later(), &finished.score, &finished.head);
    let stars = match score.stars {
        0 => words.result_none().to_owned(),
        stars => words.result_stars().of(stars),
    };
    let of = finished.rubric.highest_star();
    let row = Stars { stars: score.stars, of, provisional: false, size: StarSize::Large };
    let delivery = match head.phase {
        Phase::Draft => None,
        Phase::Finished { at, delivery, .. } => {
            let chip = match delivery {
                Delivery::Queued => Chip::Queued.view(words.chip_queued()),
                Delivery::Attention => Chip::Attention.view(words.chip_attention()),
                Delivery::Accepted => Chip::Accepted.view(words.chip_accepted()),
                Delivery::Proved => Chip::Proved.view(words.chip_proved()),
            };
            let when = el("span").class("small soft").text(&words.result_finished().of(&i18n.moment(at)));
            Some(el("p").class("row verdict__state").child(chip).child(when))
        }
    };
    let template = (finished.rubric.status == RubricStatus::Template).then(|| super::sheet::template_mark(i18n));
    let points = words.points_of().both(&i18n.points(score.total), &i18n.points(score.max));
    section("verdict")
        .class("card verdict")
        .attr("data-result", &head.assessment.to_string())
        .attr("data-stars", &score.stars.to_string())
        .child(el("p").class("small soft").text(&head.subject.product))
        .child(row.view(&words.stars_of().both(score.stars, of)))
        .child(el("h2").class("verdict__words").id("verdict").text(&stars))
        .child(el("p").class("verdict__total").text(&points))
        .child(held(i18n, finished))
        .child(delivery)
        .child(template)
}

/// Why the stars are fewer than the points would give.
fn held(i18n: I18n, finished: &Finished) -> Option<El> {
    let (words, score) = (i18n.later(), &finished.score);
    let (title, reasons) = if let Some(withheld) = score.withheld {
        let reasons = [why::knockouts(i18n, finished), why::papers(i18n, finished)].concat();
        (withheld_words(&words, withheld).to_owned(), reasons)
    } else {
        let hold = Hold::of(&finished.rubric, score).filter(|hold| hold.short.is_none())?;
        let gates = hold.gates.iter().filter_map(|gate| criterion_name(i18n, &finished.rubric, gate.criterion));
        let mut reasons: Vec<String> = gates.map(|(code, label)| [&label, " (", &code, ")"].concat()).collect();
        reasons.extend(hold.cap.map(|cap| words.hold_cap().of(cap)));
        (words.result_held_points().of(hold.star), reasons)
    };
    let says = el("p").child(el("strong").text(&title)).child(el("span").text(&reasons.join(" · ")));
    Some(el("div").class("held").child(Icon::Lock.view()).child(says))
}

/// Points by group, as a figure and as bars.
fn parts(i18n: I18n, finished: &Finished) -> El {
    let groups = groups(i18n, finished);
    section("parts")
        .class("card stack")
        .child(section_title("parts", i18n.later().result_parts(), ""))
        .child(chart(i18n, &groups))
        .child(el("div").class("bars").child(bars(&groups)))
}

/// Who coaches at these stars.
pub(super) fn coach(i18n: I18n, finished: &Finished) -> Option<String> {
    let stars = finished.score.stars;
    let by = local(i18n, &finished.rubric, finished.rubric.coaching_for(stars)?);
    Some([i18n.later().coach().of(stars), by].join(": "))
}

fn coaching(i18n: I18n, finished: &Finished) -> El {
    let says = coach(i18n, finished).map(|says| {
        el("p")
            .class("banner banner--version")
            .child(Icon::Panel.view())
            .child(el("span").class("banner__title").text(&says))
    });
    section("coaching")
        .class("card stack")
        .child(section_title("coaching", i18n.later().plan(), ""))
        .child(says)
        .child(plan::of_finished(i18n, finished))
}

fn notes(i18n: I18n, finished: &Finished) -> Option<El> {
    let rows = finished
        .notes
        .iter()
        .map(|(place, text)| line(Tone::Plain, Icon::Note, coded(Some(place.code()), ""), Some(text)));
    let rows: Vec<Node> = rows.collect();
    (!rows.is_empty()).then(|| {
        let title = section_title("notes", i18n.later().notes_written(), "");
        section("notes").child(title).child(el("ul").class("rows").child(rows))
    })
}
