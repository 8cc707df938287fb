//! What a page's policies let through: Content Security Policy, permissions, the isolation of its documents.

use super::{Finding, Mode, Wanted, fetched::Fetched, page::Page};
use content_security_policy::{
    CheckResult, CspList, Destination, Initiator, ParserMetadata, PolicyDisposition, PolicySource, Request,
};
use url::Url;

/// What is loaded, and which directive speaks of it.
const NEEDS: [(&str, Destination, &str); 4] = [
    ("script-src", Destination::Script, "embed.js"),
    ("style-src", Destination::Style, "embedded.css"),
    ("connect-src", Destination::None, "app.wasm"),
    ("frame-src", Destination::IFrame, ""),
];

/// Directives that speak where the first one does not (CSP level 3, section 6.8.3).
const INSTEAD: [(&str, &[&str]); 5] = [
    ("script-src", &["script-src-elem", "script-src", "default-src"]),
    ("style-src", &["style-src-elem", "style-src", "default-src"]),
    ("connect-src", &["connect-src", "default-src"]),
    ("frame-src", &["frame-src", "child-src", "default-src"]),
    ("img-src", &["img-src", "default-src"]),
];

/// All that a page's policies say.
pub fn findings(answer: &Fetched, page: &Page, wanted: &Wanted) -> Vec<Finding> {
    let mut findings = content_policy(answer, page, wanted);
    findings.extend(permissions(answer, wanted));
    findings.extend(isolation(answer, wanted));
    findings
}

fn policies(answer: &Fetched, page: &Page) -> Vec<CspList> {
    let read = |text: &str, source| CspList::parse(text, source, PolicyDisposition::Enforce);
    let by_header = answer.all("content-security-policy").map(|text| read(text, PolicySource::Header));
    by_header.chain(page.policies.iter().map(|text| read(text, PolicySource::Meta))).filter(CspList::is_valid).collect()
}

fn request(answer: &Fetched, url: Url, destination: Destination) -> Request {
    Request {
        current_url: url.clone(),
        url,
        origin: answer.url.origin(),
        redirect_count: 0,
        destination,
        initiator: Initiator::None,
        nonce: String::new(),
        integrity_metadata: String::new(),
        parser_metadata: ParserMetadata::ParserInserted,
    }
}

/// The text of the directive that speaks of this, and its name.
fn speaking<'p>(policies: &'p [CspList], directive: &str) -> Option<(&'p str, String)> {
    let instead = INSTEAD.iter().find(|(name, _)| *name == directive).map_or(&[][..], |(_, instead)| instead);
    instead.iter().find_map(|name| {
        let all = policies.iter().flat_map(|list| &list.0).flat_map(|policy| &policy.directive_set);
        all.into_iter().find(|said| said.name == *name).map(|said| (said.name.as_str(), said.value.join(" ")))
    })
}

/// The directive with what it lacks.
fn mended(policies: &[CspList], directive: &str, lacking: &[&str]) -> String {
    let said = speaking(policies, directive);
    // What falls back to another directive gets a line of its own: that one stays as it is.
    let name = match &said {
        Some((name, _)) if *name != "default-src" && *name != "child-src" => *name,
        _ => directive,
    };
    let before = said.map(|(_, value)| value).filter(|value| value != "'none'").unwrap_or_default();
    let words: Vec<&str> = before.split_whitespace().chain(lacking.iter().copied()).collect();
    format!("in the Content-Security-Policy: {name} {}", words.join(" "))
}

fn content_policy(answer: &Fetched, page: &Page, wanted: &Wanted) -> Vec<Finding> {
    let policies = policies(answer, page);
    if policies.is_empty() {
        return vec![Finding::ok("content policy", "the page has none")];
    }
    let app = wanted.app.origin().ascii_serialization();
    let blocked = |url: Url, destination| {
        let request = request(answer, url, destination);
        policies.iter().any(|list| list.should_request_be_blocked(&request).0 == CheckResult::Blocked)
    };
    let mut findings = Vec::new();
    for (directive, destination, file) in NEEDS {
        let needed = match wanted.mode {
            Mode::Inline => directive != "frame-src",
            Mode::Frame => matches!(directive, "script-src" | "frame-src"),
            Mode::Link => directive == "script-src",
        };
        let Ok(url) = wanted.app.join(file) else { continue };
        if !needed {
            continue;
        }
        let mut lacking = Vec::new();
        if blocked(url, destination) {
            lacking.push(app.as_str());
        }
        let wasm = directive == "script-src" && wanted.mode == Mode::Inline;
        if wasm && policies.iter().any(|list| list.is_wasm_evaluation_allowed().0 == CheckResult::Blocked) {
            lacking.push("'wasm-unsafe-eval'");
        }
        let to = (directive == "connect-src").then_some(wanted.endpoint.as_ref()).flatten();
        let endpoint = to.map(|to| to.origin().ascii_serialization()).unwrap_or_default();
        if to.is_some_and(|to| blocked(to.clone(), Destination::None)) && !lacking.contains(&endpoint.as_str()) {
            lacking.push(&endpoint);
        }
        findings.push(if lacking.is_empty() {
            Finding::ok(directive, "lets it through")
        } else {
            Finding::bad(directive, format!("lacks {}", lacking.join(" ")), [mended(&policies, directive, &lacking)])
        });
    }
    if wanted.mode == Mode::Inline {
        let photo = Url::parse("blob:https://x.example/1").ok();
        if photo.is_some_and(|photo| blocked(photo, Destination::Image)) {
            let add = [mended(&policies, "img-src", &["blob:"])];
            findings.push(Finding::bad("img-src", "lacks blob: (photos that were taken are not shown)", add));
        }
    }
    let names = |name: &str| {
        policies.iter().any(|list| list.0.iter().any(|policy| policy.contains_a_directive_whose_name_is(name)))
    };
    if names("require-trusted-types-for") && wanted.mode == Mode::Inline {
        let seen = "require-trusted-types-for 'script' refuses scripts that scripts add; mode=\"frame\" needs none";
        findings.push(Finding::bad("trusted types", seen, ["in the element: mode=\"frame\"".to_owned()]));
    }
    if names("sandbox") {
        findings.push(Finding::bad(
            "sandbox",
            "the policy puts the page itself into a sandbox, where nothing is stored",
            [],
        ));
    }
    findings
}

/// What the page lets a frame use (Permissions Policy).
fn permissions(answer: &Fetched, wanted: &Wanted) -> Vec<Finding> {
    let app = wanted.app.origin().ascii_serialization();
    let said = answer.all("permissions-policy").collect::<Vec<_>>().join(", ");
    let of = |feature: &str| {
        let entries = said.split(',').filter_map(|entry| entry.trim().split_once('='));
        entries.filter(|(name, _)| name.trim() == feature).map(|(_, value)| value.trim().to_owned()).next_back()
    };
    let features = [("camera", "photos"), ("geolocation", "the place of a visit")];
    let looked = features.into_iter().filter_map(|(feature, what)| {
        let value = of(feature)?;
        let lets = match wanted.mode {
            Mode::Link => return None,
            Mode::Inline => value.contains("self") || value.contains('*'),
            Mode::Frame => value.contains('*') || value.contains(&format!("\"{app}\"")),
        };
        let add = match wanted.mode {
            Mode::Frame => format!("in the Permissions-Policy: {feature}=(self \"{app}\")"),
            _ => format!("in the Permissions-Policy: {feature}=(self)"),
        };
        Some(if lets {
            Finding::ok("permissions", format!("{feature} is let through"))
        } else {
            Finding::bad("permissions", format!("{feature}={value} keeps {what} out"), [add])
        })
    });
    looked.collect()
}

/// Pages that isolate themselves embed only what says that it may be (Cross-Origin-Embedder-Policy).
fn isolation(answer: &Fetched, wanted: &Wanted) -> Option<Finding> {
    let said = answer.header("cross-origin-embedder-policy").trim();
    let isolates = matches!(said, "require-corp" | "credentialless");
    (isolates && wanted.mode == Mode::Frame).then(|| {
        let seen = format!("Cross-Origin-Embedder-Policy: {said} keeps frames of other sites out");
        Finding::bad("isolation", seen, ["in the element: mode=\"inline\"".to_owned()])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ureq::http::{HeaderMap, HeaderValue};

    fn look(mode: Mode, headers: &[(&'static str, &str)], html: &str) -> Vec<Finding> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_str(value).unwrap());
        }
        let url = Url::parse("https://dinas.example/ovop/").unwrap();
        let answer = Fetched { url, status: 200, headers: map, body: html.as_bytes().to_vec() };
        let endpoint = Url::parse("https://terima.example/assessments").ok();
        let wanted = Wanted { app: Url::parse("https://bintang.example/app/").unwrap(), mode, endpoint };
        findings(&answer, &Page::read(&answer), &wanted)
    }

    fn add(findings: &[Finding]) -> Vec<&str> {
        findings.iter().flat_map(|finding| &finding.add).map(String::as_str).collect()
    }

    const CSP: &str = "content-security-policy";

    #[test]
    fn a_policy_that_is_not_there_lets_everything_through() {
        assert!(look(Mode::Inline, &[], "").iter().all(|finding| finding.held == Some(true)));
    }

    #[test]
    fn each_directive_that_lacks_something_is_told_with_what_it_lacks() {
        let found = look(Mode::Inline, &[(CSP, "default-src 'self'; style-src 'self' 'unsafe-inline'")], "");
        assert_eq!(
            add(&found),
            [
                "in the Content-Security-Policy: script-src 'self' https://bintang.example 'wasm-unsafe-eval'",
                "in the Content-Security-Policy: style-src 'self' 'unsafe-inline' https://bintang.example",
                "in the Content-Security-Policy: connect-src 'self' https://bintang.example https://terima.example",
                "in the Content-Security-Policy: img-src 'self' blob:",
            ]
        );
        let lines: Vec<String> = add(&found).iter().map(|line| line.split_once(": ").unwrap().1.to_owned()).collect();
        let mended = format!("default-src 'self'; {}", lines.join("; "));
        let now = look(Mode::Inline, &[(CSP, &mended)], "");
        assert!(now.iter().all(|finding| finding.held == Some(true)), "{now:?}");
    }

    #[test]
    fn every_policy_counts_also_one_in_the_markup() {
        let meta = "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'none'\">";
        let found = look(Mode::Link, &[(CSP, "script-src https:")], meta);
        assert_eq!(found.iter().filter(|finding| finding.held == Some(false)).count(), 1);
        // What only reports stands in nobody's way.
        assert!(
            look(Mode::Inline, &[("content-security-policy-report-only", "default-src 'none'")], "")
                .iter()
                .all(|finding| finding.held == Some(true))
        );
    }

    #[test]
    fn a_frame_needs_other_things() {
        let headers = [
            (CSP, "script-src https://bintang.example; frame-src 'none'"),
            ("permissions-policy", "camera=(), geolocation=(self \"https://bintang.example\")"),
            ("cross-origin-embedder-policy", "require-corp"),
        ];
        assert_eq!(
            add(&look(Mode::Frame, &headers, "")),
            [
                "in the Content-Security-Policy: frame-src https://bintang.example",
                "in the Permissions-Policy: camera=(self \"https://bintang.example\")",
                "in the element: mode=\"inline\"",
            ]
        );
    }
}
