//! `bintang verify`: whether a bundle, or what a receiver stores, proves what it says: sums, change logs, envelopes,
//! signatures, receipts, scores and every photo.

mod findings;
mod stored;

use crate::shown::shown;
use anyhow::{Context as _, Result, bail};
use bintang_domain::{
    bundle::{Bundle, Opened},
    digest::Digest,
    id::SubmissionId,
    ports::{FileError, Pending, bytes::Bytes},
    wire::export::Export,
};
use clap::Args;
use findings::{Finding, Found, findings};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{Read as _, Seek as _, SeekFrom, Write},
    path::PathBuf,
    process::ExitCode,
    rc::Rc,
};

/// What is verified.
#[derive(Debug, Args)]
pub struct Arguments {
    /// A .bintang file, or the id of an assessment that a receiver stores
    #[arg(value_name = "BUNDLE|ID")]
    what: PathBuf,
    #[command(flatten)]
    receiver: stored::Receiver,
}

/// A file that is read in parts.
struct OnDisk {
    file: RefCell<File>,
    size: u64,
}

impl OnDisk {
    fn part(&self, from: u64, length: usize) -> std::io::Result<Vec<u8>> {
        let mut file = self.file.borrow_mut();
        file.seek(SeekFrom::Start(from))?;
        let mut bytes = vec![0; length];
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

impl Bytes for OnDisk {
    fn size(&self) -> u64 {
        self.size
    }

    fn read(&self, from: u64, length: usize) -> Pending<Result<Vec<u8>, FileError>> {
        // Nobody states a length beyond the file's before its place was checked; a lie costs no memory.
        let fits = u64::try_from(length).is_ok_and(|length| length <= self.size);
        let part =
            if fits { self.part(from, length).map_err(|_| FileError::Unreadable) } else { Err(FileError::Unreadable) };
        Box::pin(std::future::ready(part))
    }
}

/// Verifies it, and prints what it finds; the code says whether all of it holds.
pub async fn verify(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode> {
    let named = || arguments.what.display().to_string();
    let id = arguments.what.to_str().and_then(|text| SubmissionId::parse(text).ok());
    if let Some(id) = id.filter(|_| !arguments.what.exists()) {
        let found = stored::found(id, &arguments.receiver).await?;
        writeln!(out, "{id}  {}", shown(&found.title))?;
        return ended(broken_in(&found, out)?, &named(), out);
    }
    let file = File::open(&arguments.what).with_context(named)?;
    let size = file.metadata().with_context(named)?.len();
    let bytes = Rc::new(OnDisk { file: RefCell::new(file), size });
    let bundle = match Opened::of(bytes).await {
        Ok(Opened::Open(bundle)) => bundle,
        Ok(Opened::Locked(_)) => bail!("it is locked: only a phone with its passphrase opens it"),
        Err(error) => bail!("it is no whole bundle: {error}"),
    };
    let mut broken = files(&bundle, out).await?;
    let paths: Vec<String> = bundle.files().map(|file| file.path.clone()).collect();
    let mut rubrics = BTreeMap::new();
    for path in paths.iter().filter(|path| path.starts_with("rubrics/")) {
        rubrics.extend(bundle.read(path).await.ok().map(|bytes| (Digest::of(&bytes), bytes)));
    }
    let photos: BTreeSet<Digest> =
        paths.iter().filter_map(|path| Digest::parse(path.strip_prefix("evidence/")?)).collect();
    for path in paths.iter().filter(|path| path.starts_with("assessments/")) {
        // What cannot be read was said of the file already.
        let Ok(text) = bundle.read(path).await else { continue };
        broken += match Export::read_text(&text) {
            Some(export) => assessment(&export, &rubrics, &photos, out)?,
            None => {
                writeln!(out, "BROKEN  {}: it is no readable export", shown(path))?;
                1
            }
        };
    }
    ended(broken, &named(), out)
}

/// Says the end of it.
fn ended(broken: usize, named: &str, out: &mut impl Write) -> Result<ExitCode> {
    match broken {
        0 => writeln!(out, "{named}: all of it holds")?,
        _ => writeln!(out, "{named}: broken in {broken} places")?,
    }
    Ok(if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints what was found; how much of it does not hold.
fn broken_in(found: &Found, out: &mut impl Write) -> Result<usize> {
    for Finding { holds, text } in &found.all {
        writeln!(out, "  {}  {}", if *holds { "holds " } else { "BROKEN" }, shown(text))?;
    }
    Ok(found.all.iter().filter(|finding| !finding.holds).count())
}

/// Reads every file against the sum that the manifest says; how many do not hold.
async fn files(bundle: &Bundle, out: &mut impl Write) -> Result<usize> {
    let (mut broken, mut of) = (0, 0);
    let paths: Vec<(String, Digest)> = bundle.files().map(|file| (file.path.clone(), file.sha256)).collect();
    for (path, stated) in paths {
        of += 1;
        // Also what a photo is called must be its sum.
        let name = path.strip_prefix("evidence/").and_then(Digest::parse);
        match bundle.read(&path).await {
            Err(error) => {
                broken += 1;
                writeln!(out, "BROKEN  {}: {}", shown(&path), shown(&error.to_string()))?;
            }
            Ok(_) if name.is_some_and(|name| name != stated) => {
                broken += 1;
                writeln!(out, "BROKEN  {}: it is another file than its name says", shown(&path))?;
            }
            Ok(_) => {}
        }
    }
    writeln!(out, "{} of {of} files are what the manifest says", of - broken)?;
    Ok(broken)
}

/// What is found of one assessment; how much of it does not hold.
fn assessment(
    export: &Export,
    rubrics: &BTreeMap<Digest, Vec<u8>>,
    photos: &BTreeSet<Digest>,
    out: &mut impl Write,
) -> Result<usize> {
    let found = findings(export, rubrics, photos);
    writeln!(out, "{}  {}", shown(&export.key), shown(&found.title))?;
    broken_in(&found, out)
}
