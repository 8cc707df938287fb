//! Rubrik: which rubrics there are, looking at one before it is installed, removing, exporting.

use super::{
    frame::{Frame, bar, framed},
    text::local,
};
use crate::{
    i18n::I18n,
    notice,
    routes::Route,
    services::Services,
    state::{
        rubrics::{Installed, Ready},
        shelf::{FAILURE, Inspected, LOOKED_AT, Looking, Shelf},
    },
    ui::{
        banner::Banner,
        field::TextField,
        icon::Icon,
        line::{Tone, coded, coming, line, section, section_title},
    },
};
use bintang_dom::{El, Memo, Node, RwSignal, el, group, with};
use bintang_domain::{
    digest::Digest,
    rubric::{Problem, RubricStatus, Severity},
    web_address::{AddressProblem, WebAddress},
};
use std::rc::Rc;

/// How many problems are listed; the command line has them all.
const PROBLEMS_SHOWN: usize = 50;

/// Characters of a sum that are shown: enough to compare by eye.
const SUM_SHOWN: usize = 12;

const FILE: &str = "rubric-file";

/// The page; a link may say where a rubric is to be had.
pub(super) fn page(from: Option<String>) -> Node {
    let i18n = I18n::get();
    let words = i18n.later();
    let shelf = Shelf::new(Services::get());
    let bar = bar(Some(Route::settings()), words.rubrics(), Node::Nothing, Node::Nothing);
    let failed = with(move || {
        shelf.failure.get().map(|error| {
            Banner::Storage.view(&notice::store(&words, &error), None, Node::Nothing).id(FAILURE).attr("tabindex", "-1")
        })
    });
    let content = el("div")
        .class("page stack stack--section")
        .child(failed)
        .child(choosing(i18n, shelf, from))
        .child_with(move || looked_at(i18n, shelf))
        .child_with(move || installed(i18n, shelf))
        .child(built_in(i18n, shelf));
    framed(Frame::Focus, bar, content, Node::Nothing)
}

/// A file or an address to look at.
fn choosing(i18n: I18n, shelf: Shelf, from: Option<String>) -> El {
    let words = i18n.later();
    let file = el("input")
        .class("visually-hidden")
        .attr("type", "file")
        .id(FILE)
        .attr("accept", ".json,application/json")
        .on("change", move |_| shelf.look_at_file(FILE));
    let choose = el("label")
        .class("button button--secondary")
        .attr("for", FILE)
        .child(Icon::File.view())
        .text(words.rubric_file());
    let file = el("div").child([file, choose]);
    let is_offered = from.is_some();
    let offered = from.as_deref().and_then(|from| WebAddress::parse(from).ok()).map(|from| {
        let title = words.rubric_offered().of(from.origin());
        Banner::Version.view(&title, Some(words.rubric_offered_text()), Node::Nothing)
    });
    let url = RwSignal::new(from.unwrap_or_default());
    let wrong = RwSignal::new(None::<AddressProblem>);
    let error = Memo::new(move || wrong.get().map(|problem| notice::address(words, problem)));
    let link = TextField {
        hint: Some(words.rubric_link_hint()),
        error: Some(error),
        autocomplete: "url",
        inputmode: "url",
        on_change: Some(Rc::new(move |_| wrong.set(None))),
        ..TextField::new("rubric-link", words.rubric_link(), url)
    };
    let fetch = el("button")
        .class("button button--secondary")
        .id("rubric-fetch")
        .attr("type", "button")
        .on("click", move |_| match WebAddress::parse(&url.get_untracked()) {
            Ok(address) => shelf.look_at_link(&address),
            Err(problem) => wrong.set(Some(problem)),
        })
        .text(words.rubric_fetch());
    // What a link offers is what one came for; a file is the other way.
    let link = el("div").class("stack stack--tight").child([link.view(), fetch]);
    let ways = if is_offered { [link, file] } else { [file, link] };
    section("install")
        .class("stack")
        .child(section_title("install", words.rubric_install(), ""))
        .child(el("p").class("small soft").text(words.rubric_install_hint()))
        .child(offered)
        .child(ways)
}

/// What came of looking, and what can be done with it.
fn looked_at(i18n: I18n, shelf: Shelf) -> Node {
    let words = i18n.later();
    match shelf.looking.get() {
        Looking::Idle => Node::Nothing,
        Looking::Reading => coming(words.loading()).into(),
        Looking::NoFile(error) => {
            let text = notice::file(&words, error);
            Banner::Storage.view(words.rubric_unusable(), Some(&text), Node::Nothing).id(LOOKED_AT).into()
        }
        Looking::Read(inspected) => report(i18n, shelf, &inspected).into(),
        Looking::Installed(ready) => {
            let link = el("a").class("button").attr("href", &Route::New.href()).text(words.new_assessment());
            let title = words.rubric_installed().of(&title(i18n, &ready));
            let banner = Banner::Version.view(&title, Some(words.rubric_installed_text()), link);
            banner.id(LOOKED_AT).attr("role", "status").attr("data-installed", "").into()
        }
    }
}

/// The check report, before anything is installed.
fn report(i18n: I18n, shelf: Shelf, inspected: &Inspected) -> El {
    let words = i18n.later();
    let (errors, warnings) = (inspected.count(Severity::Error), inspected.count(Severity::Warning));
    let verdict = match (errors, warnings) {
        (0, 0) => line(Tone::Good, Icon::Done, coded(None, words.rubric_sound()), None),
        (0, _) => line(Tone::Warn, Icon::Alert, coded(None, &words.rubric_warnings().of(warnings)), None),
        (errors, _) => {
            let text = Some(words.rubric_errors_text());
            line(Tone::Bad, Icon::Alert, coded(None, &words.rubric_errors().of(errors)), text)
        }
    };
    let problems = (!inspected.problems.is_empty()).then(|| {
        let rows = inspected.problems.iter().take(PROBLEMS_SHOWN).map(|problem| problem_row(i18n, problem));
        let more = inspected.problems.len().saturating_sub(PROBLEMS_SHOWN);
        let more = (more > 0).then(|| el("p").class("small soft").text(&words.rubric_more_problems().of(more)));
        el("details")
            .class("problems")
            .child(el("summary").text(words.rubric_problems()))
            .child(el("ul").child(group(rows)))
            .child(more)
    });
    let content = inspected.ready.clone().map(|ready| {
        let install = ready.clone();
        let there = shelf.has(ready.reference.sha256);
        let action = if there {
            el("p").class("small").text(words.rubric_there())
        } else {
            el("button")
                .class("button button--wide")
                .id("rubric-install")
                .attr("type", "button")
                .on("click", move |_| shelf.install(install.clone()))
                .text(words.rubric_install_this())
        };
        let namesake = (!there && shelf.has_namesake(&ready)).then(|| {
            el("p").class("banner banner--warn").child(Icon::Alert.view()).child(says(words.rubric_namesake()))
        });
        group([
            Node::from(el("h3").text(&title(i18n, &ready))),
            facts(i18n, &ready).into(),
            namesake.into(),
            action.into(),
        ])
    });
    section(LOOKED_AT)
        .class("card stack stack--tight")
        .attr("data-errors", &errors.to_string())
        .attr("data-warnings", &warnings.to_string())
        .child(el("h2").class("section-title").id(LOOKED_AT).attr("tabindex", "-1").text(words.rubric_report()))
        .child(el("ul").class("rows").child(verdict))
        .child(problems)
        .child(content)
}

fn says(text: &str) -> El {
    el("span").class("banner__title").text(text)
}

fn problem_row(i18n: I18n, problem: &Problem) -> El {
    let words = i18n.later();
    let kind = match problem.severity {
        Severity::Error => words.rubric_error(),
        Severity::Warning => words.rubric_warning(),
    };
    let at = if problem.at.is_empty() { "/" } else { &problem.at };
    let place = el("code").text(at);
    // The sentences are written for those who write rubrics, in English.
    let message = el("span").attr("lang", "en").text(&problem.message);
    el("li").child(el("strong").text(kind)).text(" ").child(place).text(" ").child(message)
}

fn title(i18n: I18n, ready: &Ready) -> String {
    local(i18n, &ready.rubric, &ready.rubric.title)
}

/// What a person needs to know which rubric it is.
fn facts(i18n: I18n, ready: &Ready) -> El {
    let (words, rubric) = (i18n.later(), &ready.rubric);
    let sum: String = ready.reference.sha256.to_string().chars().take(SUM_SHOWN).collect();
    let size = words.rubric_criteria().both(rubric.criteria.len(), &i18n.points(rubric.max));
    let status = (rubric.status == RubricStatus::Template).then(|| words.rubric_template().to_owned());
    let rows = [
        Some((words.rubric_version(), [rubric.id.as_str(), " · ", &rubric.version].concat())),
        Some((words.rubric_size(), size)),
        status.map(|status| (words.rubric_status(), status)),
        Some((words.receipt_digest(), sum + "…")),
    ];
    let rows = rows.into_iter().flatten().map(|(name, fact)| group([el("dt").text(name), el("dd").text(&fact)]));
    el("dl").class("receipt").child(group(rows))
}

fn item(i18n: I18n, shelf: Shelf, ready: &Ready, more: Node) -> El {
    let export = ready.clone();
    let export = el("button")
        .class("button button--secondary")
        .attr("type", "button")
        .attr("data-export", "")
        .on("click", move |_| shelf.export(&export))
        .child(Icon::File.view())
        .text(i18n.later().save_file());
    let main = el("div").child(el("h3").text(&title(i18n, ready))).child(facts(i18n, ready));
    el("article")
        .class("item item--plain")
        .attr("data-rubric-id", ready.reference.id.as_str())
        .attr("data-rubric-version", &ready.reference.version)
        .child(main)
        .child(el("div").class("item__actions").child(export).child(more))
}

fn installed(i18n: I18n, shelf: Shelf) -> Node {
    let words = i18n.later();
    let installed = shelf.installed.get().unwrap_or_default();
    if installed.is_empty() {
        return Node::Nothing;
    }
    let rows = installed.iter().map(|Installed { sha256, ready }| {
        let removing = removing(i18n, shelf, *sha256);
        let item = match ready {
            Some(ready) => item(i18n, shelf, ready, removing),
            None => {
                let main = el("div").child(el("h3").text(words.rubric_unusable()));
                let name = el("p").class("item__place").text(&sha256.to_string());
                let actions = el("div").class("item__actions").child(removing);
                el("article").class("item item--plain").child(main.child(name)).child(actions)
            }
        };
        el("li").child(item)
    });
    let title = section_title("installed", words.rubrics_installed(), &installed.len().to_string());
    section("installed").child(title).child(el("ul").class("items").child(group(rows))).into()
}

/// Removing asks once more, where the finger is.
fn removing(i18n: I18n, shelf: Shelf, sha256: Digest) -> Node {
    let words = i18n.later();
    let asked = RwSignal::new(false);
    with(move || {
        let button = |class: &str, name: &str| el("button").class(class).attr("type", "button").text(name);
        if !asked.get() {
            let remove = button("button button--secondary", words.rubric_remove()).attr("data-remove", "");
            return Node::from(remove.on("click", move |_| asked.set(true)));
        }
        let sure = button("button", words.rubric_remove_sure()).attr("data-remove-sure", "");
        let keep = button("button button--secondary", words.cancel());
        group([
            el("p").class("small").attr("role", "status").text(words.rubric_remove_text()),
            sure.on("click", move |_| shelf.remove(sha256)),
            keep.on("click", move |_| asked.set(false)),
        ])
    })
}

fn built_in(i18n: I18n, shelf: Shelf) -> El {
    let list = move || {
        let built_in = shelf.built_in.get();
        let rows = built_in.iter().map(|ready| el("li").child(item(i18n, shelf, ready, Node::Nothing)));
        rows.collect::<Vec<_>>()
    };
    section("built-in")
        .child(section_title("built-in", i18n.later().rubrics_built_in(), ""))
        .child(el("ul").class("items").child_with(list))
}
