//! Whether the app's server hands its files to pages of other sites.

use super::{
    Finding, Mode, Wanted,
    fetched::{Fetched, Fetcher},
};
use serde_json::Value;
use url::Url;

/// All that is seen of the app's server.
pub fn findings(fetcher: &Fetcher, page: &Url, wanted: &Wanted) -> Vec<Finding> {
    let origin = page.origin().ascii_serialization();
    let mut findings = Vec::new();
    let script = file(fetcher, wanted, "embed.js", &origin, "javascript", &mut findings);
    let names: Vec<String> = script.as_ref().map(|script| named(&script.body)).unwrap_or_default();
    if wanted.mode == Mode::Inline {
        for name in &names {
            file(fetcher, wanted, name, &origin, "javascript", &mut findings);
        }
        if let Some(name) = names.iter().find(|name| name.starts_with("embedded-")) {
            let embedded = wanted.app.join(name).ok().and_then(|url| fetcher.get(&url, Some(&origin)).ok());
            for (start, kind) in [("bintang-app-", "application/wasm"), ("embedded-", "text/css")] {
                let text =
                    embedded.as_ref().map(|file| String::from_utf8_lossy(&file.body).into_owned()).unwrap_or_default();
                let ending = if kind == "text/css" { ".css" } else { ".wasm" };
                if let Some(name) = quoted(&text).find(|word| word.starts_with(start) && word.ends_with(ending)) {
                    file(fetcher, wanted, name, &origin, kind, &mut findings);
                }
            }
        }
    }
    if wanted.mode == Mode::Frame {
        findings.push(framing(fetcher, wanted, &origin));
    }
    findings.extend(versioned(fetcher, wanted));
    findings
}

/// Looks at one file: there, of this type, and for pages of this origin.
fn file(
    fetcher: &Fetcher,
    wanted: &Wanted,
    name: &str,
    origin: &str,
    kind: &str,
    findings: &mut Vec<Finding>,
) -> Option<Fetched> {
    let url = wanted.app.join(name).ok()?;
    let file = match fetcher.get(&url, Some(origin)) {
        Ok(file) if file.status == 200 => file,
        Ok(file) => {
            findings.push(Finding::bad("app", format!("{url} answers with {}", file.status), []));
            return None;
        }
        Err(why) => {
            findings.push(Finding::bad("app", format!("{why:#}"), []));
            return None;
        }
    };
    let allowed = file.header("access-control-allow-origin");
    let own = wanted.app.origin().ascii_serialization() == origin;
    let said = file.header("content-type").to_owned();
    let mut seen = Vec::new();
    let mut add = Vec::new();
    if !own && allowed != "*" && allowed != origin {
        seen.push("it is not for pages of other sites".to_owned());
        add.push(format!("on the app's server, for {name}: Access-Control-Allow-Origin: *"));
    }
    if !said.contains(kind) {
        seen.push(format!("its type is “{said}”"));
        add.push(format!(
            "on the app's server, for {name}: Content-Type: {}",
            if kind == "javascript" { "text/javascript" } else { kind }
        ));
    }
    if matches!(file.header("cross-origin-resource-policy"), "same-origin" | "same-site") && !own {
        seen.push("Cross-Origin-Resource-Policy keeps it to its own site".to_owned());
        add.push(format!("on the app's server, for {name}: Cross-Origin-Resource-Policy: cross-origin"));
    }
    findings.push(if seen.is_empty() {
        Finding::ok("app", url.as_str())
    } else {
        Finding::bad("app", format!("{url}: {}", seen.join(", ")), add)
    });
    Some(file)
}

/// The texts in quotes of a script.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2)
}

/// The scripts that embed.js brings.
fn named(script: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(script);
    let file =
        |word: &&str| word.ends_with(".js") && (word.starts_with("embedded-") || word.starts_with("bintang-app-"));
    quoted(&text).filter(file).map(str::to_owned).collect()
}

/// Whether the app lets pages of this origin frame it.
fn framing(fetcher: &Fetcher, wanted: &Wanted, origin: &str) -> Finding {
    let Ok(app) = fetcher.get(&wanted.app, None) else {
        return Finding::bad("framing", format!("{} does not answer", wanted.app), []);
    };
    let options = app.header("x-frame-options").to_lowercase();
    if options == "deny" || options == "sameorigin" {
        return Finding::bad(
            "framing",
            format!("the app's server says X-Frame-Options: {options}"),
            [format!(
                "on the app's server, in the place of X-Frame-Options: Content-Security-Policy: frame-ancestors 'self' {origin}"
            )],
        );
    }
    let ancestors = app.all("content-security-policy").flat_map(|policy| policy.split([';', ',']));
    let ancestors = ancestors.filter_map(|directive| directive.trim().strip_prefix("frame-ancestors")).next();
    match ancestors {
        Some(list)
            if !list
                .split_whitespace()
                .any(|word| word == "*" || word == origin || origin.starts_with(word) && word.ends_with(':')) =>
        {
            Finding::bad(
                "framing",
                format!("the app's server says frame-ancestors{list}"),
                [format!("on the app's server, in the Content-Security-Policy: frame-ancestors{list} {origin}")],
            )
        }
        _ => Finding::ok("framing", "the app may be framed"),
    }
}

/// The line with the name that never changes its content.
fn versioned(fetcher: &Fetcher, wanted: &Wanted) -> Option<Finding> {
    let known = fetcher.get(&wanted.app.join("embed.json").ok()?, None).ok().filter(|known| known.status == 200)?;
    let known: Value = serde_json::from_slice(&known.body).ok()?;
    let text = |name: &str| known.get(name).and_then(Value::as_str);
    let src = wanted.app.join(text("src")?).ok()?;
    let line = format!(
        "<script type=\"module\" src=\"{src}\" integrity=\"{}\" crossorigin=\"anonymous\"></script>",
        text("integrity")?
    );
    Some(Finding::note("versioned", line))
}
