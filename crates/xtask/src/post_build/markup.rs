//! Small, careful changes to the page's HTML, and the check that nothing inline is left in it.

use anyhow::{Context, Result, bail};

/// Replaces the one element that begins with `start` (up to its `>`), and returns what it was.
pub fn replace_tag(html: &mut String, start: &str, with: &str) -> Result<String> {
    let from = html.find(start).with_context(|| format!("index.html has no {start} …>"))?;
    let length = html.get(from..).and_then(|rest| rest.find('>')).context("an element is not closed")? + 1;
    let old = html.get(from..from + length).unwrap_or_default().to_owned();
    html.replace_range(from..from + length, with);
    Ok(old)
}

/// The value of an attribute in one tag's text.
pub fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split_once(&format!(" {name}=\""))?.1.split_once('"').map(|(value, _)| value)
}

/// Without comments and indentation. The page has no `pre`, so white space carries nothing.
pub fn tidied(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<!--") {
        text.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n") + "\n"
}

/// The policy forbids everything inline; better to fail here than in a browser.
pub fn refuse_inline(html: &str) -> Result<()> {
    for tag in html.split('<').skip(1).filter_map(|part| part.split_once('>').map(|(tag, _)| tag)) {
        let name = tag.split_ascii_whitespace().next().unwrap_or_default();
        if name == "style" || (name == "script" && attribute(tag, "src").is_none()) {
            bail!("index.html has an inline <{tag}>, which the content security policy forbids");
        }
        if tag.split_ascii_whitespace().skip(1).any(|word| word.starts_with("style=") || word.starts_with("on")) {
            bail!("index.html has an inline style or handler in <{tag}>");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_tag_is_replaced_and_returned() {
        let mut html = String::from("<a><meta name=\"m\" data-js=\"x.js\"><b>");
        let old = replace_tag(&mut html, "<meta name=\"m\"", "<i>").unwrap();
        assert_eq!((html.as_str(), attribute(&old, "data-js")), ("<a><i><b>", Some("x.js")));
        assert!(replace_tag(&mut html, "<meta", "").is_err());
    }

    #[test]
    fn comments_and_indentation_go() {
        assert_eq!(tidied("<p>\n  <!-- why\n -->\n  text</p>\n"), "<p>\ntext</p>\n");
    }

    #[test]
    fn inline_code_is_refused() {
        for bad in ["<script>1</script>", "<style>a{}</style>", "<p style=\"x\">", "<p onclick=\"x\">"] {
            assert!(refuse_inline(bad).is_err(), "{bad}");
        }
        refuse_inline("<script src=\"a.js\"></script><p lang=\"id\">").unwrap();
    }
}
