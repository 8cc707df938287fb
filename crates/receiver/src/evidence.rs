//! Files of evidence on disk: how much of each has arrived, and which are whole.
//!
//! A folder for each assessment holds a file for each sum. What has arrived so far is in `SUM.part`; once all of it is
//! there and has that sum, it takes the name `SUM`. Names are made of checked ids and sums alone, so none can lead
//! elsewhere. Whatever is told as stored was synced before, and so was the folder that names it.

use bintang_domain::{digest::Digest, id::AssessmentId};
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashSet,
    fs, io,
    io::Read as _,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::{
    fs as tokio_fs,
    io::{AsyncSeekExt as _, AsyncWriteExt as _},
    task::spawn_blocking,
};

/// A file of an assessment: what it is called everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Name {
    /// The assessment, the same through all its finishings.
    pub assessment: AssessmentId,
    /// Of the file's bytes.
    pub sha256: Digest,
}

/// Files of evidence in a folder. Clones share it.
#[derive(Debug, Clone)]
pub struct Evidence {
    folder: PathBuf,
    /// Files that are being written.
    claimed: Arc<Mutex<HashSet<Name>>>,
}

/// The right to write one file, given to one request at a time.
#[derive(Debug)]
pub struct Claim {
    name: Name,
    evidence: Evidence,
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.evidence.claimed().remove(&self.name);
    }
}

/// A file that is being written.
#[derive(Debug)]
pub struct Part {
    file: tokio_fs::File,
    begun: u64,
    length: u64,
}

impl Evidence {
    /// The files in this folder, which is made if there is none.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        // The folder's own name must outlast a power cut too.
        let folder = fs::canonicalize(folder)?;
        sync(&folder)?;
        Ok(Self { folder, claimed: Arc::default() })
    }

    fn claimed(&self) -> MutexGuard<'_, HashSet<Name>> {
        // The set is whole after any panic: nothing is done between its changes.
        self.claimed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn whole(&self, name: Name) -> PathBuf {
        self.folder.join(name.assessment.to_string()).join(name.sha256.to_string())
    }

    fn part(&self, name: Name) -> PathBuf {
        self.whole(name).with_extension("part")
    }

    /// Whether a file has its name: it was checked and synced then.
    ///
    /// # Errors
    /// The disk failed.
    pub async fn is_whole(&self, name: Name) -> io::Result<bool> {
        tokio_fs::try_exists(self.whole(name)).await
    }

    /// How many bytes of a file have arrived.
    ///
    /// # Errors
    /// The disk failed.
    pub async fn arrived(&self, name: Name) -> io::Result<u64> {
        for file in [self.whole(name), self.part(name)] {
            match tokio_fs::metadata(file).await {
                Ok(found) => return Ok(found.len()),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(0)
    }

    /// The right to write a file; `None` while another request has it.
    #[must_use]
    pub fn claim(&self, name: Name) -> Option<Claim> {
        self.claimed().insert(name).then(|| Claim { name, evidence: self.clone() })
    }

    /// Looks whether files can be kept: a folder beside the others is made and removed.
    ///
    /// # Errors
    /// They cannot.
    pub async fn alive(&self) -> io::Result<()> {
        let folder = self.folder.clone();
        spawn_blocking(move || tempfile::tempdir_in(folder)?.close()).await?
    }

    /// A whole file and how many bytes it has; `None` where it is not there.
    ///
    /// # Errors
    /// The disk failed.
    pub async fn open_whole(&self, name: Name) -> io::Result<Option<(tokio_fs::File, u64)>> {
        match tokio_fs::File::open(self.whole(name)).await {
            Ok(file) => {
                let length = file.metadata().await?.len();
                Ok(Some((file, length)))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Claim {
    /// What is claimed.
    #[must_use]
    pub fn name(&self) -> Name {
        self.name
    }

    /// Begins to write at this place; what stood behind it goes. `None` where less than that has arrived.
    ///
    /// # Errors
    /// The disk failed.
    pub async fn begin(&self, at: u64) -> io::Result<Option<Part>> {
        let path = self.evidence.part(self.name);
        if let Some(folder) = path.parent() {
            tokio_fs::create_dir_all(folder).await?;
        }
        let mut file =
            tokio_fs::OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path).await?;
        if file.metadata().await?.len() < at {
            return Ok(None);
        }
        file.set_len(at).await?;
        file.seek(io::SeekFrom::Start(at)).await?;
        Ok(Some(Part { file, begun: at, length: at }))
    }

    /// Gives the file its name if it has its sum; else it goes, and must be sent anew.
    ///
    /// # Errors
    /// The disk failed; what has arrived stays.
    pub async fn finish(self) -> io::Result<bool> {
        let (part, whole, wanted) = (self.evidence.part(self.name), self.evidence.whole(self.name), self.name.sha256);
        // The claim goes along: a request that is given up meanwhile must not let another one write the file.
        spawn_blocking(move || {
            let _claim = self;
            if sum(&part)? != wanted {
                fs::remove_file(&part)?;
                return Ok(false);
            }
            fs::rename(&part, &whole)?;
            sync(&whole)?;
            Ok(true)
        })
        .await
        .map_err(io::Error::other)?
    }

    /// Looks again at a file that has its name already: whether it has its sum and this many bytes. Its name is on disk
    /// then; else it goes.
    ///
    /// # Errors
    /// The disk failed.
    pub async fn vouch(self, bytes: u64) -> io::Result<bool> {
        let (whole, wanted) = (self.evidence.whole(self.name), self.name.sha256);
        spawn_blocking(move || {
            let _claim = self;
            let same = fs::metadata(&whole)?.len() == bytes && sum(&whole)? == wanted;
            if same {
                fs::File::open(&whole)?.sync_all()?;
                sync(&whole)?;
            } else {
                // Damaged since it got its name: it comes anew.
                fs::remove_file(&whole)?;
            }
            Ok(same)
        })
        .await
        .map_err(io::Error::other)?
    }
}

/// Puts a name on disk: that of the file or folder, and that of the folder it lies in, which may be new.
fn sync(named: &Path) -> io::Result<()> {
    let folder = named.parent();
    for folder in [folder, folder.and_then(Path::parent)].into_iter().flatten() {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn sum(file: &Path) -> io::Result<Digest> {
    let (mut file, mut sum, mut buffer) = (fs::File::open(file)?, Sha256::new(), vec![0; 1 << 16]);
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            return Ok(<[u8; 32]>::from(sum.finalize()).into());
        }
        sum.update(buffer.get(..count).unwrap_or_default());
    }
}

impl Part {
    /// Adds bytes at the end.
    ///
    /// # Errors
    /// The disk failed.
    pub async fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes).await?;
        self.length = self.length.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        Ok(())
    }

    /// Where the next byte goes.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Puts on disk what was added.
    ///
    /// # Errors
    /// The disk failed.
    pub async fn keep(mut self) -> io::Result<()> {
        self.file.flush().await?;
        self.file.sync_all().await
    }

    /// Takes back what was added.
    ///
    /// # Errors
    /// The disk failed.
    pub async fn take_back(mut self) -> io::Result<()> {
        self.file.flush().await?;
        self.file.set_len(self.begun).await?;
        self.file.sync_all().await
    }
}
