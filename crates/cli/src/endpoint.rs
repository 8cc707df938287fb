//! `bintang endpoint`: hands an endpoint over to phones, as a file or as a link to the app (upload contract, section 2).

use crate::given::{access, address, way};
use anyhow::{Result, bail};
use bintang_domain::{
    digest::Digest,
    endpoint::{Endpoint, PhotoRule, ProfileKind},
    es256::KeyName,
    web_address::WebAddress,
    wire::endpoint::{read_offer, write_fragment, write_offer},
};
use clap::{Args, ValueEnum};
use std::{
    io::{self, Write as _},
    process::ExitCode,
};

/// What belongs to the endpoint.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Where assessments are sent, such as https://ovop.example.id/assessments
    #[arg(value_name = "ADDRESS", value_parser = address)]
    address: WebAddress,
    /// What people call it
    #[arg(long, value_name = "NAME", default_value = "")]
    name: String,
    /// Reads the token from standard input (`bintang token add … | bintang endpoint … --token`), where no list of processes shows it
    #[arg(long)]
    token: bool,
    /// Hands over this name with the password of standard input in the place of a token
    #[arg(long, value_name = "NAME", conflicts_with = "token")]
    user: Option<String>,
    /// When phones send photos
    #[arg(long, value_enum, default_value_t = Photos::Now)]
    photos: Photos,
    /// How it is spoken to (docs/endpoints): bintang, multipart, json, simple, put or put-thrifty
    #[arg(long, value_parser = way, default_value = "bintang")]
    profile: ProfileKind,
    /// Bytes that it takes at once, if there is a limit
    #[arg(long, value_name = "BYTES")]
    limit: Option<u64>,
    /// Text that stands in the answer of a simple endpoint that took it
    #[arg(long, value_name = "TEXT", default_value = "")]
    mark: String,
    /// The key that signs its receipts (`bintang key show`): a receipt that comes as a file proves by it
    #[arg(long, value_name = "KEY", value_parser = key_name)]
    receipt_key: Option<KeyName>,
    /// Prints a link to the app at this address, for a message or a QR code; else a file for Pengaturan → Dari berkas
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    app: Option<WebAddress>,
}

fn key_name(text: &str) -> Result<KeyName, String> {
    Digest::parse(text).map(KeyName).ok_or_else(|| "the name of a key is 64 hexadecimal digits".to_owned())
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Photos {
    /// With the assessment.
    Now,
    /// On Wi-Fi only.
    Wifi,
    /// Never.
    Never,
}

/// Prints it.
pub fn endpoint(arguments: Arguments) -> Result<ExitCode> {
    let closed = arguments.token || arguments.user.is_some();
    let access = access(arguments.token, arguments.user)?;
    let photos = match arguments.photos {
        Photos::Now => PhotoRule::Now,
        Photos::Wifi => PhotoRule::WifiOnly,
        Photos::Never => PhotoRule::Never,
    };
    let (profile, limit) = (arguments.profile.profile(&arguments.mark), arguments.limit);
    let (name, secret) = (arguments.name, profile.address_is_secret());
    let receipt_key = arguments.receipt_key;
    let endpoint = Endpoint { name, access, photos, profile, limit, receipt_key, ..Endpoint::at(arguments.address) };
    let file = write_offer(&endpoint);
    // What the app would refuse is not handed out.
    if let Err(refused) = read_offer(&file) {
        bail!("{}: {}", refused.at, refused.message);
    }
    if closed || secret {
        let what = if secret { "the address, which is a secret" } else { "the token or password" };
        eprintln!("It holds {what}: whoever has it may send as that team.");
    }
    let text = arguments.app.map_or(file, |app| [app.url(), &write_fragment(&endpoint)].concat());
    writeln!(io::stdout(), "{text}")?;
    Ok(ExitCode::SUCCESS)
}
