//! The web app into `dist/`, through Trunk.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::web::Compiler;
use crate::{post_build, process, web, workspace};

/// How the app is to be built.
pub struct Options {
    /// Cargo's profile: `web` as shipped, `web-dev` quick to build.
    pub profile: String,
    /// What the page's own addresses begin with; "./" works in any folder.
    pub public_url: String,
}

impl Default for Options {
    fn default() -> Self {
        Self { profile: "web".to_owned(), public_url: "./".to_owned() }
    }
}

impl Options {
    /// Reads the words after `build`.
    pub fn parse(words: &[String]) -> Result<Self> {
        let mut options = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let value = words.next().with_context(|| format!("{word} wants a value"))?;
            match word.as_str() {
                "--profile" => options.profile = value.clone(),
                "--public-url" => options.public_url = value.clone(),
                _ => bail!("unknown option {word}"),
            }
        }
        Ok(options)
    }

    /// Whether the build is to be shipped: only a release is made small.
    fn ships(&self) -> bool {
        self.profile != "web-dev"
    }
}

/// Builds; Trunk and cargo notice themselves when there is nothing to do.
pub fn run(options: &Options) -> Result<()> {
    let what = format!(
        "the app is built for the browser, profile {} (some minutes the first time, seconds when nothing changed)",
        options.profile
    );
    fetch(options)?;
    process::long(&what, &mut trunk(options)?)
}

/// Trunk's `offline` keeps it from downloading tools, and keeps cargo from downloading crates: they are fetched before,
/// with those of the standard library where that is built.
pub fn fetch(options: &Options) -> Result<()> {
    let mut fetch = web::cargo()?;
    fetch.args(["fetch", "--quiet", "--locked", "--target", web::TARGET]);
    if options.ships() {
        web::ship(&mut fetch);
    }
    process::long("the crates in Cargo.lock are fetched (some minutes the first time, a moment later on)", &mut fetch)
}

/// Trunk, ready to run; says so if the app will be heavier than it should.
pub fn trunk(options: &Options) -> Result<Command> {
    let mut command = web::command("trunk")?;
    command.args(["build", "--log", "warn", "--cargo-profile", &options.profile, "--public-url", &options.public_url]);
    let target = workspace::target()?.join("web").join(web::TARGET).join(&options.profile);
    command.env(post_build::LINKED, target.join("bintang-app.wasm"));
    web::develop(&mut command);
    if options.ships() {
        // Only a release is passed through wasm-opt.
        command.arg("--release");
        web::ship(&mut command);
        if let Some(reason) = Compiler::find().and_then(Compiler::heavier) {
            println!("  the app will be about 15 kB heavier: {reason}");
        }
    }
    // Some terminals set NO_COLOR=1, which Trunk wants to be "true".
    command.env_remove("NO_COLOR");
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_have_defaults_and_refuse_what_they_do_not_know() {
        let plain = Options::parse(&[]).unwrap();
        assert_eq!((plain.profile.as_str(), plain.public_url.as_str()), ("web", "./"));
        assert_eq!(Options::parse(&["--profile".into(), "web-dev".into()]).unwrap().profile, "web-dev");
        assert!(Options::parse(&["--fast".into(), "yes".into()]).is_err());
        assert!(Options::parse(&["--profile".into()]).is_err());
    }
}
