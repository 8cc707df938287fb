//! What is found of an assessment that a receiver stores.

use super::findings::{Found, recomputed, signed};
use crate::serve::{database::Receivers, evidence_place};
use anyhow::{Context as _, Result};
use bintang_domain::{
    digest::Digest,
    id::SubmissionId,
    wire::{envelope::Opened, receipt},
};
use bintang_receiver::{
    evidence::{Evidence, Name},
    store::Store,
};
use clap::Args;
use futures::TryStreamExt as _;
use std::{collections::BTreeMap, fs, path::PathBuf};

/// Where a receiver has it.
#[derive(Debug, Args)]
pub struct Receiver {
    #[command(flatten)]
    receivers: Receivers,
    /// The folder of its files of evidence, or s3://BUCKET/PREFIX [default: evidence beside the SQLite file]
    #[arg(long, value_name = "FOLDER|ADDRESS")]
    evidence: Option<String>,
    /// A folder of rubrics, with which the score is reckoned again
    #[arg(long, value_name = "FOLDER")]
    rubrics: Option<PathBuf>,
}

/// Looks at all of it.
pub async fn found(id: SubmissionId, receiver: &Receiver) -> Result<Found> {
    let database = receiver.receivers.which()?;
    let place = evidence_place(receiver.evidence.as_deref(), &database)?;
    let rubrics = receiver.rubrics.as_ref().map(rubrics).transpose()?;
    let store = receiver.receivers.open(false).await?;
    let evidence = Evidence::open(&place).with_context(|| place.to_string())?;
    let found = look(id, &store, &evidence, rubrics.as_ref()).await;
    store.close().await;
    found
}

/// The files of a folder, by their sums.
fn rubrics(folder: &PathBuf) -> Result<BTreeMap<Digest, Vec<u8>>> {
    let named = || folder.display().to_string();
    let mut rubrics = BTreeMap::new();
    for entry in fs::read_dir(folder).with_context(named)? {
        let path = entry.with_context(named)?.path();
        if path.is_file() {
            let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
            rubrics.insert(Digest::of(&bytes), bytes);
        }
    }
    Ok(rubrics)
}

async fn look(
    id: SubmissionId,
    store: &Store,
    evidence: &Evidence,
    rubrics: Option<&BTreeMap<Digest, Vec<u8>>>,
) -> Result<Found> {
    let known = store.find(id).await?.with_context(|| format!("there is no assessment {id} here"))?;
    let document = store.document(id).await?.with_context(|| format!("there is no assessment {id} here"))?;
    let mut found = Found { title: String::new(), all: Vec::new() };
    let Opened { envelope, canonical, digest, signature } = match Opened::read(document.as_bytes()) {
        Ok(opened) => opened,
        Err(refused) => {
            found.say(false, format!("what is stored is no assessment: {} {}", refused.at, refused.message));
            return Ok(found);
        }
    };
    found.title = format!("{} · {}", envelope.subject.product, envelope.subject.business);
    let own = envelope.id == id && envelope.assessment == known.assessment;
    found.say(own, "it is the one that it is stored as");
    found.say(digest.to_string() == known.digest, format!("digest {digest}"));
    signed(&mut found, "the phone", &signature, &canonical);
    match envelope.log {
        Some(end) => found.say(true, format!("its change log, which a bundle of the phone has, ends with {end}")),
        None => found.say(true, "it names no change log"),
    }
    match rubrics {
        Some(rubrics) => recomputed(&mut found, &envelope, rubrics),
        None => found.say(true, "the score was not reckoned again (--rubrics)"),
    }
    match receipt::stored(known.receipt.as_bytes()) {
        Ok(receipt) => {
            let same = receipt.id == id && receipt.digest == digest;
            found.say(same, format!("its receipt, of {}", receipt.received_at));
            let key = store.receipt_key().public().name();
            found.say(true, format!("the sender: {}; receipts are signed by key {}", receipt.sender, key.short()));
        }
        Err(_) => found.say(false, "its receipt cannot be read"),
    }
    let vouched = store.evidence(known.assessment).await?;
    for file in &envelope.evidence {
        let (sha256, name) = (file.sha256, Name { assessment: known.assessment, sha256: file.sha256 });
        let bytes = match evidence.read(name).await? {
            Some((stream, _)) => Some(stream.try_fold(Vec::new(), gathered).await?),
            None => None,
        };
        match bytes.map(|bytes| Digest::of(&bytes) == sha256) {
            Some(same) => found.say(same, format!("photo {sha256}, byte for byte")),
            None if vouched.contains(&sha256) => {
                found.say(false, format!("photo {sha256}: it was received, and is gone"))
            }
            None => found.say(true, format!("photo {sha256}: not received yet")),
        }
    }
    Ok(found)
}

async fn gathered<B: AsRef<[u8]>, E>(mut all: Vec<u8>, piece: B) -> Result<Vec<u8>, E> {
    all.extend_from_slice(piece.as_ref());
    Ok(all)
}
