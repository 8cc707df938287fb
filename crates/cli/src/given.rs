//! What several commands are given: addresses, and tokens by standard input.

use anyhow::{Context as _, Result};
use bintang_domain::{endpoint::Secret, web_address::WebAddress};
use std::io::{self, Read as _};

/// An address, as an argument.
///
/// # Errors
/// Why it is none.
pub fn address(text: &str) -> Result<WebAddress, String> {
    WebAddress::parse(text).map_err(|problem| problem.to_string())
}

/// A token by standard input, where no list of processes shows it.
///
/// # Errors
/// None came, or it cannot be read.
pub fn token() -> Result<Secret> {
    let mut text = String::new();
    io::stdin().take(8_192).read_to_string(&mut text)?;
    Secret::parse(&text).context("no token came by standard input, or it holds letters that no header can hold")
}
