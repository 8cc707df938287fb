//! `bintang key`: the key that signs the receiver's receipts, and those of assessors' phones (docs/adr/0018).

use crate::{
    serve::database::{Receivers, now_ms},
    shown::shown,
};
use anyhow::{Context as _, Result, bail, ensure};
use bintang_domain::{es256::KeyName, id::SubmissionId, wire::envelope::Opened};
use bintang_receiver::{
    sender::{SenderKey, Signer},
    store::Store,
};
use clap::{Args, Subcommand};
use std::{
    collections::BTreeSet,
    io::{self, Write as _},
    process::ExitCode,
};

/// What is done, and in which database.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    receivers: Receivers,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Prints the name of the key that signs receipts, as `bintang endpoint --receipt-key` takes it.
    Show,
    /// Lists the keys of assessors' phones.
    List,
    /// Says that the phone that signed an assessment belongs to its assessor too. Ask them first: the app shows the eight
    /// digits of its key under Pengaturan.
    Add {
        /// The assessment, as the address of its results page ends
        #[arg(value_name = "ID", value_parser = submission)]
        id: SubmissionId,
    },
    /// Says that a key belongs to nobody any more, such as that of a phone that was lost. What it signs from then on is
    /// "valid-other-key".
    Remove {
        /// The eight digits that the list shows
        key: String,
    },
}

fn submission(text: &str) -> Result<SubmissionId, String> {
    SubmissionId::parse(text).map_err(|error| error.to_string())
}

/// Does it.
pub async fn key(arguments: Arguments) -> Result<ExitCode> {
    let store = arguments.receivers.open(false).await?;
    let done = match arguments.what {
        What::Show => show(&store),
        What::List => list(&store).await,
        What::Add { id } => add(&store, id).await,
        What::Remove { key } => remove(&store, &key).await,
    };
    store.close().await;
    done.map(|()| ExitCode::SUCCESS)
}

fn show(store: &Store) -> Result<()> {
    let name = store.receipt_key().public().name();
    eprintln!("Receipts are signed by key {}. Phones take it with `bintang endpoint --receipt-key`.", name.short());
    writeln!(io::stdout(), "{}", name.0)?;
    Ok(())
}

async fn list(store: &Store) -> Result<()> {
    let mut out = io::stdout().lock();
    for SenderKey { team, assessor, key, by_hand, revoked_at_ms, .. } in store.sender_keys().await? {
        let how = match (revoked_at_ms, by_hand) {
            (Some(_), _) => "removed",
            (None, true) => "added",
            (None, false) => "first",
        };
        writeln!(out, "{}", [&key.short(), how, &shown(&team), &shown(&assessor)].join("\t"))?;
    }
    Ok(())
}

async fn add(store: &Store, id: SubmissionId) -> Result<()> {
    let none = || format!("there is no assessment {id} here");
    let (known, document) = (store.find(id).await?.with_context(none)?, store.document(id).await?.with_context(none)?);
    let opened = Opened::read(document.as_bytes());
    let Opened { envelope, canonical, signature, .. } = opened.map_err(|refused| anyhow::anyhow!("{refused:?}"))?;
    let key = match Signer::of(&signature, &canonical) {
        Signer::Key(key) => key,
        Signer::Invalid => bail!("the signature of {id} does not hold: its key belongs to nobody"),
        Signer::Nobody => bail!("{id} is not signed"),
    };
    let now = now_ms()?;
    let (team, assessor) = (known.team, envelope.assessor.name);
    let word = if store.add_sender_key(&team, &assessor, key, now).await? { "now" } else { "already" };
    eprintln!("Key {} {word} belongs to {} of team “{}”.", key.short(), shown(&assessor), shown(&team));
    Ok(())
}

async fn remove(store: &Store, digits: &str) -> Result<()> {
    ensure!(digits.len() >= 8, "say eight digits: `bintang key list` shows them");
    let keys = store.sender_keys().await?;
    let valid = keys.into_iter().filter(|of| of.revoked_at_ms.is_none());
    let named: BTreeSet<KeyName> = valid.map(|of| of.key).filter(|key| key.0.to_string().starts_with(digits)).collect();
    let mut named = named.into_iter();
    match (named.next(), named.next()) {
        (None, _) => bail!("no key begins with {digits}"),
        (Some(_), Some(_)) => bail!("several keys begin with {digits}: say more digits"),
        (Some(key), None) => {
            let of = store.remove_sender_key(key, now_ms()?).await?;
            eprintln!("Key {} belongs to nobody any more; it belonged to {of}.", key.short());
            Ok(())
        }
    }
}
