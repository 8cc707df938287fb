//! What several commands are given: addresses, ways to send, and tokens by standard input.

use anyhow::{Context as _, Result};
use bintang_domain::{
    endpoint::{Profile, Secret},
    web_address::WebAddress,
};
use clap::ValueEnum;
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

/// How an endpoint is spoken to (docs/endpoints).
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Way {
    /// A Bintang receiver
    Bintang,
    /// A form with files, for PHP
    Multipart,
    /// One JSON document, for webhooks and tables
    Json,
    /// The same as plain text, for hosts such as Google Apps Script
    Simple,
    /// Files, read back: WebDAV
    Put,
    /// Files, of which only the assessment is read back
    PutThrifty,
}

impl Way {
    /// The profile; `mark` is for a simple endpoint alone.
    pub fn profile(self, mark: String) -> Profile {
        match self {
            Self::Bintang => Profile::Bintang,
            Self::Multipart => Profile::Multipart,
            Self::Json => Profile::Json,
            Self::Simple => Profile::Simple { mark },
            Self::Put => Profile::Put { thrifty: false },
            Self::PutThrifty => Profile::Put { thrifty: true },
        }
    }
}
