//! The place of a maker: from the official list level by level, the search forgiving its spelling, or in own words.

use crate::{
    i18n::I18n,
    services::Services,
    state::{
        regions::{Choosing, Kept, LEVELS, Names},
        subject_form::SubjectForm,
    },
    ui::{
        field::TextField,
        icon::Icon,
        line::{Tone, fact},
    },
};
use bintang_dom::{El, Memo, Node, RwSignal, consume, effect, el, group, key_of, value_of, with};
use bintang_domain::region::{Region, matching};

/// Names that are offered at once.
const OFFERED: usize = 8;
/// Id of the field that searches.
const SEARCH: &str = "place-search";
/// Id of the list of what is found.
const FOUND: &str = "place-found";

fn level_name(i18n: I18n, level: usize) -> &'static str {
    let words = i18n.later();
    match level {
        0 => words.place_province(),
        1 => words.place_regency(),
        2 => words.place_district(),
        _ => words.place_village(),
    }
}

/// The place in words: the village first.
fn in_words(chosen: &[Region]) -> String {
    chosen.iter().rev().map(|region| region.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// The section.
pub(super) fn place(form: SubjectForm) -> El {
    let (i18n, services) = (I18n::get(), Services::get());
    let words = i18n.later();
    let choosing = Choosing::new(services, &form.code.get_untracked());
    // What came from the list is renewed with it once somebody chooses; own words stay.
    let from_list = !form.code.with_untracked(String::is_empty);
    let filled = RwSignal::new(if from_list { form.village.get_untracked() } else { String::new() });
    let touched = RwSignal::new(false);
    effect(move || {
        let chosen = choosing.chosen.get();
        if !touched.get_untracked() {
            // The words of a place that was filled in are those of its code, which comes after them.
            return;
        }
        if form.village.with_untracked(|own| filled.with_untracked(|filled| own == filled)) {
            // A province alone says nothing of a village.
            let text = if chosen.len() < 2 { String::new() } else { in_words(&chosen) };
            form.village.set(text.clone());
            filled.set(text);
        }
        form.code.set(chosen.get(LEVELS - 1).map(|village| village.code.clone()).unwrap_or_default());
    });
    let changed = move || touched.set(true);
    // Another assessment may fill the place in.
    effect(move || {
        let code = form.code.get();
        if !code.is_empty() && choosing.code() != code {
            touched.set(false);
            filled.set(form.village.get_untracked());
            choosing.begin(&code);
        }
    });
    let mut own = TextField::new("village", words.place_own_words(), form.village);
    (own.hint, own.lines) = (Some(words.place_own_hint()), Some(2));
    el("fieldset")
        .class("stack")
        .id("place")
        .child(el("legend").class("section-title").text(words.place_of()))
        .child(chosen(i18n, services, choosing, changed))
        .child(search(i18n, services, choosing, changed))
        .child(kept(i18n, choosing))
        .child(own.view())
        .child(el("p").class("small soft").text(words.place_source()))
}

/// Moves the focus once what is there now is drawn.
fn focus_after(services: Services, id: &'static str) {
    let page = services.ports().page.clone();
    let later = page.clone();
    page.after_paint(Box::new(move || later.focus(id)));
}

/// What was chosen, each to be changed.
fn chosen(i18n: I18n, services: Services, choosing: Choosing, changed: impl Fn() + Copy + 'static) -> Node {
    with(move || {
        let chosen = choosing.chosen.get();
        let rows = chosen.iter().enumerate().map(|(level, region)| {
            let change = el("button")
                .class("button button--quiet")
                .attr("type", "button")
                .attr("data-level", &level.to_string())
                .attr("aria-label", &i18n.later().place_change().of(&region.name))
                .on("click", move |_| {
                    changed();
                    choosing.back_to(level);
                    focus_after(services, SEARCH);
                })
                .child(Icon::Note.view());
            let name = el("span")
                .child(el("small").class("soft").text(level_name(i18n, level)))
                .child(el("strong").text(&region.name));
            el("li").class("place-row").child(name).child(change)
        });
        let rows: Vec<El> = rows.collect();
        (!rows.is_empty()).then(|| el("ul").class("rows").child(rows))
    })
}

/// The field of the present level, with what it finds.
fn search(i18n: I18n, services: Services, choosing: Choosing, changed: impl Fn() + Copy + 'static) -> Node {
    let level = Memo::new(move || choosing.chosen.with(Vec::len));
    with(move || {
        let (level, words) = (level.get(), i18n.later());
        if level >= LEVELS {
            return Node::Nothing;
        }
        let typed = RwSignal::new(String::new());
        let active = RwSignal::new(0_usize);
        let found = Memo::new(move || match choosing.names.get() {
            // Nobody reads through all provinces.
            Names::There(_) if level == 0 && typed.with(String::is_empty) => Vec::new(),
            Names::There(names) => typed.with(|typed| matching(&names, typed, OFFERED).into_iter().cloned().collect()),
            Names::Coming | Names::Unreachable => Vec::<Region>::new(),
        });
        let choose = move |place: usize| {
            let region = found.with_untracked(|found| found.get(place).cloned());
            if let Some(region) = region {
                changed();
                choosing.choose(region);
                // The next level's field stands where this one stood; behind the last one come one's own words.
                focus_after(services, if level + 1 < LEVELS { SEARCH } else { "village" });
            }
        };
        let option = |place: usize| [FOUND, "-", &place.to_string()].concat();
        let control = el("input")
            .class("field__control")
            .id(SEARCH)
            .attr("type", "text")
            .attr("role", "combobox")
            .attr("autocomplete", "off")
            .attr("autocapitalize", "words")
            .attr("aria-autocomplete", "list")
            .attr("aria-controls", FOUND)
            .attr("aria-describedby", "place-hint")
            .attr_with("aria-expanded", move || Some(if found.with(Vec::is_empty) { "false" } else { "true" }))
            .attr_with("aria-activedescendant", move || {
                let many = found.with(Vec::len);
                (many > 0).then(|| option(active.get().min(many - 1)))
            })
            .value(move || typed.get())
            .on("input", move |event| {
                active.set(0);
                typed.set(value_of(&event));
            })
            .on("keydown", move |event| {
                let Some(key) = key_of(&event) else { return };
                let (many, at) = (found.with_untracked(Vec::len), active.get_untracked());
                match key.key.as_str() {
                    "arrowdown" if many > 0 => active.set((at + 1) % many),
                    "arrowup" if many > 0 => active.set((at + many - 1) % many),
                    "enter" => choose(at),
                    _ => return,
                }
                consume(&event);
            });
        let row = move |place: usize, region: &Region| {
            el("li")
                .id(&option(place))
                .class("place-option")
                .attr("role", "option")
                .attr("data-code", &region.code)
                .attr_with("aria-selected", move || Some(if active.get() == place { "true" } else { "false" }))
                .on("click", move |_| choose(place))
                .text(&region.name)
        };
        let list = el("ul")
            .class("rows")
            .id(FOUND)
            .attr("role", "listbox")
            .attr("aria-label", level_name(i18n, level))
            .child_with(move || {
                found.with(|found| group(found.iter().enumerate().map(|(place, region)| row(place, region))))
            });
        let says = move || match choosing.names.get() {
            Names::Coming => words.loading().to_owned(),
            Names::Unreachable => words.place_unreachable().to_owned(),
            Names::There(_) if typed.with(String::is_empty) => String::new(),
            Names::There(_) if found.with(Vec::is_empty) => words.place_none().to_owned(),
            Names::There(_) => words.place_found().of(found.with(Vec::len)),
        };
        let field = el("div")
            .class("field")
            .child(el("label").class("field__label").attr("for", SEARCH).text(level_name(i18n, level)))
            .child(el("span").class("field__hint").id("place-hint").text(words.place_type()))
            .child(control)
            .child(el("p").class("small soft").attr("role", "status").text_with(says));
        group([field, list])
    })
}

/// Whether the villages of the province are on the phone.
fn kept(i18n: I18n, choosing: Choosing) -> Node {
    let province = Memo::new(move || choosing.chosen.with(|chosen| chosen.first().map(|region| region.name.clone())));
    with(move || {
        let (words, name) = (i18n.later(), province.get()?);
        let keep = el("button")
            .class("button button--quiet")
            .attr("type", "button")
            .id("place-keep")
            .on("click", move |_| choosing.keep_province())
            .text(words.place_keep());
        let (tone, text, action) = match choosing.kept.get() {
            Kept::All => (Tone::Good, words.place_kept().of(&name), Node::Nothing),
            Kept::Some(kept, all) if kept < all => {
                let far = [kept.to_string(), all.to_string()].join("/");
                (Tone::Plain, words.place_keeping().both(&name, &far), keep.into())
            }
            Kept::No | Kept::Some(..) => (Tone::Plain, words.place_not_kept().of(&name), keep.into()),
        };
        Some(el("ul").class("rows").child(fact(tone, Icon::Storage, &text, "", "", action)))
    })
}
