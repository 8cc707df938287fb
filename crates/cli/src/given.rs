//! What several commands are given: addresses, ways to send, and tokens by standard input.

use anyhow::{Context as _, Result};
use bintang_domain::{
    endpoint::{Access, ProfileKind, Secret},
    web_address::WebAddress,
};
use std::io::{self, Read as _};

/// An address, as an argument.
///
/// # Errors
/// Why it is none.
pub fn address(text: &str) -> Result<WebAddress, String> {
    WebAddress::parse(text).map_err(|problem| problem.to_string())
}

/// How requests say who sends them: by a token or a name with its password, which come by standard input, where no list
/// of processes shows them; or not at all.
///
/// # Errors
/// None came, or it cannot be read.
pub fn access(token: bool, user: Option<String>) -> Result<Access> {
    if !token && user.is_none() {
        return Ok(Access::Open);
    }
    let mut text = String::new();
    io::stdin().take(8_192).read_to_string(&mut text)?;
    let Some(name) = user else {
        let secret = Secret::parse(&text);
        let secret = secret.context("no token came by standard input, or it holds letters that no header can hold")?;
        return Ok(Access::Bearer(secret));
    };
    let password =
        Secret::password(text.trim_end_matches(['\r', '\n'])).context("no password came by standard input")?;
    Ok(Access::Basic { name, password })
}

/// How an endpoint is spoken to (docs/endpoints), as an argument.
///
/// # Errors
/// The words that there are.
pub fn way(text: &str) -> Result<ProfileKind, String> {
    let known = ProfileKind::ALL.into_iter().find(|kind| kind.word() == text);
    known.ok_or_else(|| format!("it is one of {}", ProfileKind::ALL.map(ProfileKind::word).join(", ")))
}
