//! One assessment in the list.

use crate::{
    i18n::I18n,
    routes::Route,
    ui::{
        chip::Chip,
        stars::{StarSize, Stars},
    },
};
use bintang_dom::{El, el, group};
use bintang_domain::draft::{Delivery, Head, Phase};

/// The chip of an assessment.
fn chip(i18n: I18n, head: &Head) -> El {
    let words = i18n.words();
    let open = head.summary.asked.saturating_sub(head.summary.answered) as usize;
    match head.phase {
        Phase::Draft if head.sample => Chip::Draft.view(words.chip_sample()),
        Phase::Finished { delivery: Delivery::Queued, .. } => Chip::Queued.view(words.chip_queued()),
        Phase::Finished { delivery: Delivery::Attention, .. } => Chip::Attention.view(words.chip_attention()),
        Phase::Finished { delivery: Delivery::Accepted, .. } => Chip::Accepted.view(words.chip_accepted()),
        Phase::Finished { delivery: Delivery::Proved, .. } => Chip::Proved.view(words.chip_proved()),
        Phase::Draft if head.summary.complete => Chip::Draft.view(words.chip_draft()),
        Phase::Draft => {
            let papers = head.summary.unknown_requirements as usize;
            Chip::Missing.view(&words.chip_missing().of(open + papers))
        }
    }
}

/// The card of an assessment.
pub(super) fn item(i18n: I18n, head: &Head) -> El {
    let (words, summary) = (i18n.words(), &head.summary);
    let draft = head.phase == Phase::Draft;
    let route = if draft { Route::sheet(head.assessment) } else { Route::result(head.assessment) };
    let (stars, of) = (summary.stars, summary.highest);
    let points = i18n.points(summary.total);
    let label = if draft { words.stars_of_provisional() } else { words.stars_of() };
    let title = match head.subject.product.as_str() {
        "" => words.untitled_product(),
        name => name,
    };
    // Of one product there may be several.
    let place = [head.subject.business.as_str(), &head.subject.place.village, i18n.stage(head.stage)];
    let lines = place.into_iter().filter(|line| !line.is_empty()).map(|line| el("p").class("item__place").text(line));
    let row = Stars { stars, of, provisional: draft, size: StarSize::Small }.view(&label.both(stars, of));
    let points = if draft { words.points_provisional() } else { words.points_n() }.of(&points);
    let value = el("span").class("item__value").child(row).child(el("span").class("num").text(&points));
    let state = el("div").class("item__state").child(chip(i18n, head)).child(value);
    let link = el("a").attr("id", &head.assessment.to_string());
    let main =
        el("div").child(el("h3").child(link.attr("href", &route.href()).text(title))).child(group(lines)).child(state);
    el("article")
        .class("item item--plain")
        .attr("data-assessment", &head.assessment.to_string())
        .child(main)
        .child(draft.then(|| progress(i18n, summary.answered, summary.asked)))
}

fn progress(i18n: I18n, answered: u32, asked: u32) -> El {
    let label = i18n.words().answered_of().both(answered as usize, asked as usize);
    let bar = el("progress")
        .attr("max", &asked.max(1).to_string())
        .attr("value", &answered.to_string())
        .attr("aria-label", &label);
    let numbers = el("span").text(&[&answered.to_string(), "/", &asked.to_string()].concat());
    el("div").class("item__foot").child(bar).child(numbers)
}
