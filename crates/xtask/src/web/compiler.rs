//! Which compiler builds for the browser: facts about the machine in, a choice out.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{LINKER, TARGET};
use crate::{process, workspace};

/// Files of the distribution's own compiler; all of them are needed to build the standard library from source.
const DISTRIBUTION: [&str; 4] =
    ["/usr/bin/rustc", "/usr/bin/cargo", LINKER, "/usr/lib/rustlib/src/rust/library/std/Cargo.toml"];

/// Why the app is heavier where the standard library cannot be built, and what a person can do.
const NO_SOURCE: &str = "the active toolchain lacks the standard library's source, so that it cannot be built small \
    (`rustup component add rust-src` brings it)";

/// What there is on a machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The active toolchain has the standard library for the browser.
    pub target: bool,
    /// The active toolchain has the standard library's source.
    pub source: bool,
    /// The distribution's compiler is there with all that it needs.
    pub distribution: bool,
}

/// Where the standard library for the browser comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compiler {
    /// The active toolchain has it, and can build a smaller one where it has the source.
    Active {
        /// Whether it has.
        source: bool,
    },
    /// The distribution's compiler builds it from its source.
    Distribution,
}

impl Compiler {
    /// The compiler that is ready on this machine, if any.
    pub fn find() -> Option<Self> {
        Self::choose(Facts::gather())
    }

    /// The active toolchain, unless only the distribution's compiler can make the app as light as it should be.
    pub fn choose(facts: Facts) -> Option<Self> {
        match facts {
            Facts { target: true, source: true, .. } => Some(Self::Active { source: true }),
            Facts { distribution: true, .. } => Some(Self::Distribution),
            Facts { target: true, .. } => Some(Self::Active { source: false }),
            _ => None,
        }
    }

    /// Why an app that is built to be shipped weighs more than it should, if it does.
    pub fn heavier(self) -> Option<&'static str> {
        (self == Self::Active { source: false }).then_some(NO_SOURCE)
    }

    /// Whether its linter is there too.
    pub fn has_clippy(self) -> bool {
        match self {
            Self::Active { .. } => true,
            Self::Distribution => Path::new("/usr/bin/cargo-clippy").exists(),
        }
    }
}

impl Facts {
    fn gather() -> Self {
        let sysroot =
            process::answer(Command::new("rustc").args(["--print", "sysroot"]).current_dir(workspace::root()));
        let active = sysroot.map(|folder| PathBuf::from(folder).join("lib/rustlib"));
        Self {
            target: active.as_ref().is_some_and(|folder| folder.join(TARGET).join("lib").is_dir()),
            source: active.is_some_and(|folder| folder.join("src/rust/library/std/Cargo.toml").is_file()),
            distribution: DISTRIBUTION.iter().all(|file| Path::new(file).exists()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_light_app_comes_first_and_the_active_toolchain_second() {
        let chosen = |target, source, distribution| Compiler::choose(Facts { target, source, distribution });
        assert_eq!(chosen(true, true, true), Some(Compiler::Active { source: true }));
        assert_eq!(chosen(true, true, false), Some(Compiler::Active { source: true }));
        assert_eq!(chosen(true, false, true), Some(Compiler::Distribution));
        assert_eq!(chosen(true, false, false), Some(Compiler::Active { source: false }));
        assert_eq!(chosen(false, true, true), Some(Compiler::Distribution));
        assert_eq!(chosen(false, false, true), Some(Compiler::Distribution));
        // Source alone is not enough: builds for tests use the standard library that came with the toolchain.
        assert_eq!(chosen(false, true, false), None);
        assert_eq!(chosen(false, false, false), None);
    }

    #[test]
    fn only_without_source_the_app_is_heavier_and_it_is_said_what_helps() {
        let reason = Compiler::Active { source: false }.heavier().unwrap();
        assert!(reason.contains("rustup component add rust-src"));
        assert_eq!(Compiler::Active { source: true }.heavier(), None);
        assert_eq!(Compiler::Distribution.heavier(), None);
    }
}
