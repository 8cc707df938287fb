//! System packages, through apt where there is one and we may use it.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::{process, workspace};

/// Installs the packages; `purpose` completes "… is needed for".
pub fn install(names: &[&str], purpose: &str) -> Result<()> {
    let list = names.join(" ");
    if !workspace::on_path("apt-get") {
        bail!(
            "{purpose} needs the Debian packages\n  {list}\nor what your system calls them. Please install them, then try again."
        );
    }
    let Some(prefix) = privilege() else {
        bail!(
            "{purpose} needs packages that only root can install. Please run\n  sudo apt-get install {list}\nthen try again."
        );
    };
    // An old package list is the usual reason for a failure, so it is fetched only then.
    println!("→ {purpose}: apt-get install {list} (about a minute)");
    if apt(&prefix, names).is_err() {
        process::long(
            "the list of packages is renewed (about 10 s)",
            Command::new(prefix.program()).args(prefix.arguments(&["update", "-q"])),
        )?;
        apt(&prefix, names)?;
    }
    Ok(())
}

enum Privilege {
    Root,
    Sudo,
}

impl Privilege {
    fn program(&self) -> &'static str {
        match self {
            Self::Root => "apt-get",
            Self::Sudo => "sudo",
        }
    }

    fn arguments<'a>(&self, words: &[&'a str]) -> Vec<&'a str> {
        match self {
            Self::Root => words.to_vec(),
            Self::Sudo => ["--non-interactive", "apt-get"].iter().chain(words).copied().collect(),
        }
    }
}

fn privilege() -> Option<Privilege> {
    if process::answer(Command::new("id").arg("-u")).as_deref() == Some("0") {
        return Some(Privilege::Root);
    }
    // Never a password prompt in the middle of a script.
    let quiet = Command::new("sudo").args(["--non-interactive", "true"]).output();
    quiet.is_ok_and(|output| output.status.success()).then_some(Privilege::Sudo)
}

fn apt(privilege: &Privilege, names: &[&str]) -> Result<()> {
    let mut words = vec!["install", "-y", "-qq", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0"];
    words.extend(names);
    let mut command = Command::new(privilege.program());
    command.args(privilege.arguments(&words)).env("DEBIAN_FRONTEND", "noninteractive");
    // Hundreds of "Unpacking …" lines help nobody.
    command.stdout(std::process::Stdio::null());
    process::long("packages are installed", &mut command)
}

/// Which of the packages are missing, judged by a file that each brings.
pub fn missing<'a>(wanted: &[(&'a str, &[&str])]) -> Vec<&'a str> {
    wanted
        .iter()
        .filter(|(_, files)| !files.iter().any(|file| Path::new(file).exists()))
        .map(|(package, _)| *package)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_missing_when_none_of_its_files_is_there() {
        let wanted: &[(&str, &[&str])] = &[("there", &["/nowhere", "/"]), ("gone", &["/nowhere"])];
        assert_eq!(missing(wanted), ["gone"]);
    }
}
