//! What stands on a page: the element, the script, and policies in its markup.

use super::{Finding, Wanted, fetched::Fetched};
use html5gum::{Token, Tokenizer};
use std::collections::BTreeMap;
use url::Url;

const ELEMENT: &str = "bintang-scorer";

type Attributes = BTreeMap<String, String>;

/// What was read of a page.
#[derive(Debug)]
pub struct Page {
    url: Url,
    status: u16,
    /// The attributes of the scorer, if it is there.
    element: Option<Attributes>,
    /// Those of the script that brings it.
    script: Option<Attributes>,
    /// Policies in the markup.
    pub policies: Vec<String>,
    /// Whether the element stands in the text of the page, as editors write what they do not let through.
    written_out: bool,
}

fn is_embed(src: &str) -> bool {
    let file = src.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    file == "embed.js" || (file.starts_with("embed-") && file.ends_with(".js"))
}

impl Page {
    /// Reads a page.
    pub fn read(page: &Fetched) -> Self {
        let text = String::from_utf8_lossy(&page.body);
        let mut read = Self {
            url: page.url.clone(),
            status: page.status,
            element: None,
            script: None,
            policies: Vec::new(),
            written_out: text.contains("&lt;bintang-scorer"),
        };
        for Ok(token) in Tokenizer::new(text.as_ref()) {
            let Token::StartTag(tag) = token else { continue };
            let word = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let attributes: Attributes =
                tag.attributes.iter().map(|(name, value)| (word(name), word(&value.value))).collect();
            let has = |name: &str| attributes.get(name).map(String::as_str).unwrap_or_default();
            match word(&tag.name).as_str() {
                ELEMENT if read.element.is_none() => read.element = Some(attributes),
                "script" if is_embed(has("src")) && read.script.is_none() => read.script = Some(attributes),
                "meta" if has("http-equiv").eq_ignore_ascii_case("content-security-policy") => {
                    read.policies.push(has("content").to_owned());
                }
                _ => {}
            }
        }
        read
    }

    /// Where the app is, as the script says.
    pub fn app(&self) -> Option<Url> {
        self.url.join(self.script.as_ref()?.get("src")?).ok()
    }

    /// An attribute of the element.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.element.as_ref()?.get(name).map(String::as_str)
    }

    /// Whether the two lines are there and whole.
    pub fn findings(&self, wanted: &Wanted) -> Vec<Finding> {
        let mut findings = Vec::new();
        findings.push(match self.status {
            200 => Finding::ok("page", self.url.as_str()),
            status => Finding::bad("page", format!("{} answers with {status}", self.url), []),
        });
        let script_line = format!("<script type=\"module\" src=\"{}embed.js\"></script>", wanted.app);
        let element = format!("<{ELEMENT} rubric=\"food\"></{ELEMENT}>");
        findings.push(match (&self.script, &self.element) {
            (Some(script), _) if script.get("type").map(String::as_str) != Some("module") => Finding::bad(
                "script",
                "the script has no type=\"module\": browsers run it as an old script, which fails",
                [format!("in the page: {}", script_line)],
            ),
            (Some(script), _) if script.contains_key("integrity") && !script.contains_key("crossorigin") => {
                Finding::bad(
                    "script",
                    "integrity without crossorigin: browsers refuse the script",
                    ["in the script's tag: crossorigin=\"anonymous\"".to_owned()],
                )
            }
            (Some(_), Some(_)) => Finding::ok("lines", "the element and its script are there"),
            (None, Some(_)) => Finding::bad(
                "script",
                "the element is there and its script is not: an editor or a filter took it out",
                [format!("in the page: {script_line}"), filter()],
            ),
            (Some(_), None) => Finding::bad(
                "element",
                "the script is there and the element is not: an editor or a filter took it out",
                [format!("in the page: {element}"), filter()],
            ),
            (None, None) if self.written_out => Finding::bad(
                "element",
                "the lines stand on the page as text: the editor does not let them through",
                [filter()],
            ),
            (None, None) => {
                Finding::note("lines", "the page has neither yet; what follows is what would stand in the way")
            }
        });
        if let Some(known) = self.app()
            && known.origin() != wanted.app.origin()
        {
            findings.push(Finding::note(
                "app",
                format!("the page's script comes from {}", known.origin().ascii_serialization()),
            ));
        }
        if self.url.scheme() == "https" && wanted.app.scheme() == "http" {
            let seen = "a page over https loads nothing over plain http";
            findings.push(Finding::bad("mixed content", seen, ["serve the app over https".to_owned()]));
        }
        findings
    }
}

fn filter() -> String {
    "where an editor takes them out: the WordPress plug-in and its shortcode (docs/embedding.md)".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ureq::http::HeaderMap;

    fn page(html: &str) -> Page {
        let url = Url::parse("https://dinas.example/ovop/").unwrap();
        Page::read(&Fetched { url, status: 200, headers: HeaderMap::new(), body: html.as_bytes().to_vec() })
    }

    fn wanted() -> Wanted {
        Wanted {
            app: Url::parse("https://bintang.example/").unwrap(),
            mode: super::super::Mode::Inline,
            endpoint: None,
        }
    }

    fn said(html: &str) -> Vec<Option<bool>> {
        page(html).findings(&wanted()).iter().map(|finding| finding.held).collect()
    }

    #[test]
    fn the_two_lines_are_found_and_what_is_missing_is_told() {
        let (script, element) = (
            "<script type=module src=\"https://bintang.example/embed.js\"></script>",
            "<Bintang-Scorer rubric=food mode='frame'></bintang-scorer>",
        );
        let read = page(&format!("<!-- {element} -->{script}{element}"));
        assert_eq!(read.app().unwrap().as_str(), "https://bintang.example/embed.js");
        assert_eq!(read.attribute("mode"), Some("frame"));
        assert_eq!(said(&format!("{script}{element}")), [Some(true), Some(true)]);
        for cut in [
            script,
            element,
            "&lt;bintang-scorer&gt;",
            &script.replace("type=module", ""),
            &script.replace("src", "integrity=x src"),
        ] {
            assert_eq!(said(cut), [Some(true), Some(false)], "{cut}");
        }
        assert_eq!(said("<p>"), [Some(true), None]);
        assert_eq!(page(&format!("<!-- {script} --><textarea>")).app(), None);
        assert!(is_embed("/a/embed-0123.js?x") && !is_embed("/a/reembed.js"));
    }
}
