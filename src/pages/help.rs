//! Bantuan: short pages from the help file of the language, their pictures made of the app's own components.

use super::frame::{Frame, bar, framed};
use crate::{
    context::App,
    i18n::{I18n, Language},
    routes::Route,
    services::Services,
    state::sample,
    ui::{
        chip::Chip,
        icon::Icon,
        line::{Tone, coded, coming, empty, link_line, section, section_title},
        option_row::{Choice, OptionRow, Worth},
        stars::{StarSize, Stars},
    },
};
use bintang_dom::{El, Node, RwSignal, el, group};
use leptos::task::spawn_local;

/// A page of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Topic {
    title: String,
    lines: Vec<String>,
}

/// Reads a help file: a page begins with `# ` and its title, `! ` names a picture, every other line is a paragraph.
fn topics(text: &str) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match (line.strip_prefix("# "), topics.last_mut()) {
            (Some(title), _) => topics.push(Topic { title: title.to_owned(), lines: Vec::new() }),
            (None, Some(topic)) => topic.lines.push(line.to_owned()),
            (None, None) => {}
        }
    }
    topics
}

/// The list of pages, or the page of this number.
pub(super) fn page(number: Option<usize>) -> Node {
    let (i18n, services) = (I18n::get(), Services::get());
    let words = i18n.later();
    let read = RwSignal::new(None::<Vec<Topic>>);
    spawn_local(async move {
        let ports = services.ports();
        let mut read_topics = Vec::new();
        // A language may have words and no help yet.
        for tag in [i18n.tag(), Language::INDONESIAN.tag()] {
            let fetching = ports.web_files.fetch(&["help/", tag, ".txt"].concat());
            let text = fetching.await.ok().and_then(|bytes| String::from_utf8(bytes).ok());
            read_topics = text.map(|text| topics(&text)).unwrap_or_default();
            if !read_topics.is_empty() {
                break;
            }
        }
        read.set(Some(read_topics));
    });
    let app = App::get();
    let content = el("div").class("page stack stack--section help").child_with(move || match read.get() {
        None => coming(words.loading()).into(),
        Some(all) if all.is_empty() => empty(Icon::Alert, words.help_missing(), None).into(),
        Some(all) => match number.and_then(|number| all.get(number)) {
            Some(topic) => group([shown(i18n, topic), others(i18n, &all, number)]),
            None => group([others(i18n, &all, None).into(), practice(i18n, app)]),
        },
    });
    // Another page of the help is the same kind of page, and begins at its top all the same.
    services.ports().page.top();
    let back = if number.is_some() { Route::help(None) } else { Route::settings() };
    framed(Frame::Focus, bar(Some(back), words.help(), Node::Nothing, Node::Nothing), content, Node::Nothing)
}

fn shown(i18n: I18n, topic: &Topic) -> El {
    let lines = topic.lines.iter().map(|line| match line.strip_prefix("! ") {
        Some(name) => {
            el("div").class("help__picture").attr("aria-hidden", "true").attr("inert", "").child(picture(i18n, name))
        }
        None => el("p").text(line),
    });
    section("topic").class("stack").child(section_title("topic", &topic.title, "")).child(group(lines))
}

fn others(i18n: I18n, all: &[Topic], present: Option<usize>) -> El {
    let rows = all.iter().enumerate().filter(|(number, _)| Some(*number) != present).map(|(number, topic)| {
        link_line(Tone::Plain, Icon::Info, coded(None, &topic.title), "", &Route::help(Some(number)).href(), "")
    });
    let rows = el("ul").class("rows").child(rows.collect::<Vec<Node>>());
    let title = if present.is_some() { i18n.later().help_other() } else { i18n.later().help() };
    section("topics").child(section_title("topics", title, "")).child(rows)
}

/// The sample assessment.
fn practice(i18n: I18n, app: App) -> Node {
    let words = i18n.later();
    let begin = el("button").class("button button--secondary button--wide").id("sample").attr("type", "button");
    let begin = begin.on("click", move |_| sample::open(app, words)).text(words.sample_begin());
    let text = el("p").class("small soft").text(words.sample_text());
    el("section").class("stack stack--tight").attr("aria-label", words.sample_begin()).child(text).child(begin).into()
}

/// A picture, made of what the app shows.
fn picture(i18n: I18n, name: &str) -> Node {
    let words = i18n.later();
    match name {
        "stars" => Stars { stars: 3, of: 5, provisional: true, size: StarSize::Large }.view("").into(),
        "chips" => el("p")
            .class("row")
            .child(Chip::Queued.view(words.chip_queued()))
            .child(Chip::Proved.view(words.chip_proved()))
            .into(),
        "saved" => el("p")
            .class("saved")
            .child(Icon::Check.view())
            .child(el("span").text(&words.saved_at().of("14.02")))
            .into(),
        _ => {
            let worth = Worth { points: "3".to_owned(), unit: words.points_word(), gate: Some((4, words.gate_word())) };
            let row = OptionRow {
                id: "help-option".to_owned(),
                name: "help-option".to_owned(),
                choice: Choice::One,
                label: words.sample_product().to_owned(),
                proof: None,
                worth: Some(worth),
                checked: Box::new(|| true),
                on_choose: Box::new(|_| ()),
            };
            el("div").class("rows").child(row.view()).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_has_five_pages_in_each_language_with_the_same_pictures() {
        let files = [include_str!("../../public/help/id.txt"), include_str!("../../public/help/en.txt")];
        let pictures = |topics: &[Topic]| {
            let all =
                topics.iter().map(|topic| topic.lines.iter().filter(|line| line.starts_with("! ")).cloned().collect());
            all.collect::<Vec<Vec<String>>>()
        };
        let [own, other] = files.map(topics);
        assert_eq!((own.len(), other.len()), (5, 5));
        assert_eq!(pictures(&own), pictures(&other));
        assert!(own.iter().chain(&other).all(|topic| topic.lines.len() > 2));
        assert_eq!(topics("lost\n# One\n\ntext\n"), [Topic { title: "One".into(), lines: vec!["text".into()] }]);
    }
}
