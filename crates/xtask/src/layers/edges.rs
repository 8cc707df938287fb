//! Who may name whom inside `src/`: app → pages → context → state, i18n → services; pages → ui; ui knows types only.

use super::Breach;
use super::source::Source;

/// A module at the top of `src/`, and those that it must not name. State finds itself in the context, so that edge goes
/// both ways.
const FORBIDDEN: [(&str, &[&str]); 8] = [
    ("pages", &["app"]),
    ("context", &["app", "pages", "ui", "routes", "notice"]),
    ("state", &["app", "pages", "ui"]),
    ("services", &["app", "pages", "ui", "state", "routes", "notice", "context"]),
    ("ui", &["app", "pages", "state", "services", "routes", "context"]),
    ("routes", &["app", "pages", "ui", "state", "services", "context"]),
    ("notice", &["app", "pages", "ui", "state", "services", "context"]),
    ("i18n", &["app", "pages", "ui", "state", "routes", "context"]),
];

/// They put the others together and may name them all.
const FREE: [&str; 3] = ["app", "lib", "main"];

/// The crate that only the composition roots may name.
const ADAPTERS: &str = "bintang_platform";
const ROOTS: [&str; 1] = ["app"];

/// Checks one file; `module` is its path inside `src/`.
pub fn check(file: &str, module: &str, source: &Source) -> Vec<Breach> {
    let path: Vec<&str> = module.trim_end_matches(".rs").split('/').collect();
    let top = path.first().copied().unwrap_or_default();
    let rule = FORBIDDEN.iter().find(|(name, _)| *name == top);
    let mut breaches = Vec::new();
    if rule.is_none() && !FREE.contains(&top) {
        breaches.push(Breach::new(file, 1, format!("{top} is new here: say in layers/edges.rs whom it may know")));
    }
    let forbidden = rule.map_or(&[][..], |(_, names)| names);
    for (line, named) in named_modules(source, path.len()) {
        if forbidden.contains(&named.as_str()) {
            breaches.push(Breach::new(file, line, format!("{top} must not know {named}")));
        }
    }
    for (line, code) in source.lines() {
        if !ROOTS.contains(&top) && words(code).any(|word| word == ADAPTERS) {
            breaches.push(Breach::new(file, line, format!("only app.rs names {ADAPTERS}")));
        }
    }
    if module != "routes.rs" && !module.starts_with("routes/") {
        let spelled = source.texts.iter().filter(|(_, text)| text.contains("?p="));
        breaches.extend(spelled.map(|(line, _)| Breach::new(file, *line, "only routes.rs spells the app's addresses")));
    }
    breaches
}

/// Modules named from the crate's root: `crate::a`, `crate::{a, b::c}`, and `super::` often enough to get there.
fn named_modules(source: &Source, depth: usize) -> Vec<(usize, String)> {
    let tokens = tokens(source);
    let mut named = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let supers = (0..).take_while(|step| is_path_step(&tokens, at + 2 * step, "super")).count();
        if is_path_step(&tokens, at, "crate") {
            collect(&tokens, at + 2, &mut named);
        } else if supers >= depth.max(1) {
            collect(&tokens, at + 2 * supers, &mut named);
        }
        at += (2 * supers).max(1);
    }
    named
}

fn is_path_step(tokens: &[(usize, String)], at: usize, name: &str) -> bool {
    let word = |at: usize| tokens.get(at).map(|(_, token)| token.as_str());
    word(at) == Some(name) && word(at + 1) == Some("::")
}

/// The first name of a path, or of every path in a group.
fn collect(tokens: &[(usize, String)], at: usize, named: &mut Vec<(usize, String)>) {
    let Some((line, first)) = tokens.get(at) else { return };
    if first != "{" {
        named.push((*line, first.clone()));
        return;
    }
    let mut depth = 0;
    let mut begins = true;
    for (line, token) in tokens.get(at..).unwrap_or_default() {
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            "," => begins = depth == 1,
            name => {
                if begins && depth == 1 {
                    named.push((*line, name.to_owned()));
                }
                begins = false;
            }
        }
        if depth == 0 {
            return;
        }
    }
}

/// Names, `::` and single signs.
fn tokens(source: &Source) -> Vec<(usize, String)> {
    let mut tokens: Vec<(usize, String)> = Vec::new();
    for (line, code) in source.lines() {
        let mut rest = code.trim_start();
        while let Some(first) = rest.chars().next() {
            let length = match rest.find(|char| !in_word(char)) {
                Some(0) if rest.starts_with("::") => 2,
                Some(0) => first.len_utf8(),
                Some(length) => length,
                None => rest.len(),
            };
            let (token, after) = rest.split_at(length);
            tokens.push((line, token.to_owned()));
            rest = after.trim_start();
        }
    }
    tokens
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|char| !in_word(char))
}

fn in_word(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches(module: &str, text: &str) -> Vec<String> {
        let found = check(&format!("src/{module}"), module, &Source::read(text));
        found.into_iter().map(|breach| format!("{}: {}", breach.line, breach.sentence)).collect()
    }

    #[test]
    fn ui_knows_neither_state_nor_services_nor_routes() {
        let text = "use crate::i18n::Words;\nuse crate::{state::Session, ui::{Bar, routes_like}, services};\n// crate::routes\n";
        assert_eq!(breaches("ui/bar.rs", text), ["2: ui must not know state", "2: ui must not know services"]);
        assert!(breaches("pages/sheet.rs", text).is_empty());
    }

    #[test]
    fn the_long_way_round_is_seen_too() {
        assert_eq!(breaches("ui/bar.rs", "use super::super::state::Session;"), ["1: ui must not know state"]);
        assert!(breaches("ui/charts/radar.rs", "use super::super::state::Shape;").is_empty());
        assert_eq!(breaches("ui.rs", "use super::routes;"), ["1: ui must not know routes"]);
    }

    #[test]
    fn only_the_roots_name_the_adapters() {
        let text = "use bintang_platform::Clock;";
        assert!(breaches("app.rs", text).is_empty());
        assert_eq!(breaches("state/session.rs", text), ["1: only app.rs names bintang_platform"]);
        assert!(breaches("pages/home.rs", "// bintang_platform\nlet bintang_platforms = 1;").is_empty());
    }

    #[test]
    fn only_routes_spell_addresses() {
        let text = "let a = format!(\"./?p=lembar&id={id}\");";
        assert_eq!(breaches("pages/home.rs", text), ["1: only routes.rs spells the app's addresses"]);
        assert!(breaches("routes.rs", text).is_empty());
    }

    #[test]
    fn the_context_is_known_to_pages_and_state_alone() {
        let text = "use crate::context::App;";
        for module in ["pages/home.rs", "pages.rs", "state/drafts.rs", "app.rs"] {
            assert!(breaches(module, text).is_empty(), "{module}");
        }
        for (module, top) in [
            ("ui/bar.rs", "ui"),
            ("routes.rs", "routes"),
            ("notice.rs", "notice"),
            ("i18n/number.rs", "i18n"),
            ("services/clock.rs", "services"),
        ] {
            assert_eq!(breaches(module, text), [format!("1: {top} must not know context")]);
        }
    }

    #[test]
    fn the_context_knows_services_state_and_words() {
        let text = "use crate::{i18n::I18n, services::Services, state::{drafts::Drafts}};";
        assert!(breaches("context.rs", text).is_empty());
        for above in ["app", "pages", "ui", "routes", "notice"] {
            let named = format!("use crate::{above}::X;");
            assert_eq!(breaches("context.rs", &named), [format!("1: context must not know {above}")]);
        }
    }

    #[test]
    fn a_module_without_a_rule_is_found() {
        let sentence = "1: helpers is new here: say in layers/edges.rs whom it may know";
        assert_eq!(breaches("helpers/a.rs", "use crate::state::S;"), [sentence]);
        assert!(breaches("main.rs", "fn main() {}").is_empty() && breaches("lib.rs", "pub mod app;").is_empty());
    }

    #[test]
    fn services_know_nobody_above() {
        assert_eq!(breaches("services.rs", "fn f(x: crate::state::S) {}"), ["1: services must not know state"]);
    }
}
