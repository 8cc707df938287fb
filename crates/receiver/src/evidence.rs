//! Files of evidence: how much of each has arrived, and which are whole (docs/adr/0017).
//!
//! `ASSESSMENT/SUM` is a whole file. What has arrived of one that is not whole stands in pieces below
//! `ASSESSMENT/SUM.pieces`; once they are all there and have that sum together, they become the file. Nothing is ever
//! changed in place, so any number of receivers may stand on one place, and two connections that bring the same file bring
//! it once. Names are made of checked ids and sums alone, so none can lead elsewhere. Whatever is told as stored was stored
//! before: in a folder synced, with the folders that name it; in a bucket acknowledged.

mod pieces;
mod place;

use axum::body::Bytes;
use bintang_domain::{digest::Digest, id::AssessmentId};
use futures::stream::BoxStream;
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt as _, PutPayload, path::Path as Key};
use pieces::{Link, Piece, Pieces};
pub use place::Place;
use sha2::{Digest as _, Sha256};
use std::{fs, io, mem, sync::Arc};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// Bytes of a piece at most: what one request holds in memory.
const PIECE: usize = 1 << 20;
/// Bytes that are put together in memory: below it a bucket takes no parts (Amazon S3, "multipart upload limits").
const TOGETHER: usize = 5 << 20;
/// Files that are put together at once: their memory is [`TOGETHER`] each.
const AT_ONCE: usize = 4;

/// A file of an assessment: what it is called everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Name {
    /// The assessment, the same through all its finishings.
    pub assessment: AssessmentId,
    /// Of the file's bytes.
    pub sha256: Digest,
}

impl Name {
    fn whole(self) -> Key {
        Key::from(self.assessment.to_string()).join(self.sha256.to_string())
    }

    fn pieces(self) -> Key {
        Key::from(self.assessment.to_string()).join(format!("{}.pieces", self.sha256))
    }
}

/// Files of evidence in their place. Clones share it.
#[derive(Debug, Clone)]
pub struct Evidence {
    store: Arc<dyn ObjectStore>,
    place: Place,
    ending: Arc<Semaphore>,
}

/// What a file is after bytes were added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// So many bytes of it are here.
    Part(u64),
    /// It is whole.
    Whole,
    /// It has another sum than its name says; nothing of it is here any more.
    Other,
}

/// A file that is being received.
#[derive(Debug)]
pub struct Part {
    evidence: Evidence,
    name: Name,
    length: u64,
    /// What came and is not kept yet; less than [`PIECE`].
    held: Vec<u8>,
    /// What this request has kept.
    kept: Vec<Piece>,
    /// Whether pieces of it were here before.
    more: bool,
}

impl Evidence {
    /// The files in this place; a folder is made if there is none.
    ///
    /// # Errors
    /// It cannot be made, or is not described whole.
    pub fn open(place: &Place) -> io::Result<Self> {
        Ok(Self { store: place.open()?, place: place.clone(), ending: Arc::new(Semaphore::new(AT_ONCE)) })
    }

    /// How many bytes a whole file has; `None` where it is not whole.
    ///
    /// # Errors
    /// The place failed.
    pub async fn whole(&self, name: Name) -> io::Result<Option<u64>> {
        match self.store.head(&name.whole()).await {
            Ok(found) => Ok(Some(found.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// How many bytes of a file have arrived.
    ///
    /// # Errors
    /// The place failed.
    pub async fn arrived(&self, name: Name) -> io::Result<u64> {
        if let Some(bytes) = self.whole(name).await? {
            return Ok(bytes);
        }
        Ok(Pieces::of(&*self.store, &name.pieces()).await?.chain().1)
    }

    /// Begins to receive a file at this byte. `None` where less than that has arrived.
    ///
    /// # Errors
    /// The place failed.
    pub async fn begin(&self, name: Name, at: u64) -> io::Result<Option<Part>> {
        let mut pieces = Pieces::of(&*self.store, &name.pieces()).await?;
        if pieces.are_too_many() {
            pieces.remove(&*self.store, &name.pieces()).await?;
            pieces = Pieces::default();
        }
        let more = !pieces.are_none();
        let part = Part { evidence: self.clone(), name, length: at, held: Vec::new(), kept: Vec::new(), more };
        Ok((at <= pieces.chain().1).then_some(part))
    }

    /// Looks whether files can be kept: one is, and goes.
    ///
    /// # Errors
    /// They cannot.
    pub async fn alive(&self) -> io::Result<()> {
        // A folder that is gone would be made anew, beside the disk that was there.
        if let Place::Folder(folder) = &self.place {
            tokio::fs::metadata(folder).await?;
        }
        let random = getrandom::u64().map_err(io::Error::other)?;
        let key = Key::from(format!("alive-{random:016x}"));
        self.store.put(&key, PutPayload::from_static(b"alive")).await?;
        pieces::gone(self.store.delete(&key).await)
    }

    /// A whole file and how many bytes it has; `None` where it is not there.
    ///
    /// # Errors
    /// The place failed.
    pub async fn read(&self, name: Name) -> io::Result<Option<(BoxStream<'static, object_store::Result<Bytes>>, u64)>> {
        match self.store.get(&name.whole()).await {
            Ok(found) => {
                let bytes = found.meta.size;
                Ok(Some((found.into_stream(), bytes)))
            }
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Looks at a file that is whole by its name: whether it has its sum and this many bytes, and its name is on disk. One
    /// that has not is told as not whole, and another one takes its place when it comes.
    ///
    /// # Errors
    /// The place failed.
    pub async fn vouch(&self, name: Name, bytes: u64) -> io::Result<bool> {
        let Some((mut read, length)) = self.read(name).await? else { return Ok(false) };
        if length != bytes {
            return Ok(false);
        }
        let mut sum = Sha256::new();
        while let Some(next) = futures::TryStreamExt::try_next(&mut read).await? {
            sum.update(&next);
        }
        let same = digest(sum) == name.sha256;
        if same {
            self.sync_names(name).await?;
        }
        Ok(same)
    }

    /// Puts the names of a file's folders on disk, whoever made them: two that come at once find them made.
    async fn sync_names(&self, name: Name) -> io::Result<()> {
        let Place::Folder(folder) = &self.place else { return Ok(()) };
        let (folder, own) = (folder.clone(), folder.join(name.assessment.to_string()));
        spawn_blocking(move || [own, folder].into_iter().try_for_each(|named| fs::File::open(named)?.sync_all()))
            .await?
    }

    /// Makes the file of its pieces, if all its bytes are here.
    async fn end(&self, name: Name, all: u64) -> io::Result<Added> {
        let _place = self.ending.acquire().await.map_err(io::Error::other)?;
        let pieces = Pieces::of(&*self.store, &name.pieces()).await?;
        // Another connection may have been quicker, and taken the pieces away.
        if self.vouch(name, all).await? {
            pieces.remove(&*self.store, &name.pieces()).await?;
            return Ok(Added::Whole);
        }
        let (links, here) = pieces.chain();
        if here < all {
            return Ok(Added::Part(here));
        }
        let joined = match self.join(name, &links, all).await {
            Ok(joined) => joined,
            // Pieces go when the file is whole, or was none.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let whole = self.vouch(name, all).await?;
                return Ok(if whole { Added::Whole } else { Added::Part(0) });
            }
            Err(error) => return Err(error),
        };
        if joined {
            self.sync_names(name).await?;
        }
        pieces.remove(&*self.store, &name.pieces()).await?;
        Ok(if joined { Added::Whole } else { Added::Other })
    }

    /// Puts the pieces together under the file's name; whether they have its sum. Nothing has the name else.
    async fn join(&self, name: Name, links: &[Link], all: u64) -> io::Result<bool> {
        if all <= TOGETHER as u64 {
            let mut together = Vec::new();
            let same = self.gather(name, links, all, &mut together, None).await?;
            if same {
                self.store.put(&name.whole(), PutPayload::from(together)).await?;
            }
            return Ok(same);
        }
        let mut upload = self.store.put_multipart(&name.whole()).await?;
        let mut together = Vec::new();
        let ended = match self.gather(name, links, all, &mut together, Some(&mut *upload)).await {
            Ok(false) => Ok(false),
            Ok(true) => match upload.put_part(PutPayload::from(together)).await {
                Ok(()) => upload.complete().await.map(|_| true).map_err(io::Error::from),
                Err(error) => Err(error.into()),
            },
            Err(error) => Err(error),
        };
        if !matches!(ended, Ok(true)) {
            // What a bucket has of it would stay there.
            let _ = upload.abort().await;
        }
        ended
    }

    /// Reads the pieces one after the other; whether they have the sum. What is more than a part goes into the upload, in
    /// parts of one size, as some stores want it.
    async fn gather(
        &self,
        name: Name,
        links: &[Link],
        all: u64,
        together: &mut Vec<u8>,
        mut upload: Option<&mut dyn MultipartUpload>,
    ) -> io::Result<bool> {
        let (mut sum, mut left) = (Sha256::new(), all);
        for (piece, skip) in links {
            let bytes = self.store.get(&name.pieces().join(piece.name())).await?.bytes().await?;
            let skip = usize::try_from(*skip).unwrap_or(usize::MAX);
            let end = bytes.len().min(skip.saturating_add(usize::try_from(left).unwrap_or(usize::MAX)));
            let new = bytes.get(skip..end).unwrap_or_default();
            left = left.saturating_sub(new.len() as u64);
            sum.update(new);
            together.extend_from_slice(new);
            if let Some(upload) = upload.as_mut() {
                // The last part may be smaller, and must not be empty.
                while together.len() > TOGETHER {
                    let later = together.split_off(TOGETHER);
                    let part = mem::replace(together, later);
                    upload.put_part(PutPayload::from(part)).await?;
                }
            }
        }
        Ok(left == 0 && digest(sum) == name.sha256)
    }
}

fn digest(sum: Sha256) -> Digest {
    <[u8; 32]>::from(sum.finalize()).into()
}

impl Part {
    /// Adds bytes at the end.
    ///
    /// # Errors
    /// The place failed.
    pub async fn add(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(PIECE.saturating_sub(self.held.len())));
            self.held.extend_from_slice(now);
            self.length = self.length.saturating_add(now.len() as u64);
            bytes = later;
            if self.held.len() >= PIECE {
                self.flush().await?;
            }
        }
        Ok(())
    }

    /// Where the next byte goes.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    async fn flush(&mut self) -> io::Result<()> {
        let held = mem::take(&mut self.held);
        if held.is_empty() {
            return Ok(());
        }
        let length = held.len() as u64;
        let piece = Piece { at: self.length.saturating_sub(length), length };
        self.evidence.store.put(&self.name.pieces().join(piece.name()), PutPayload::from(held)).await?;
        self.kept.push(piece);
        Ok(())
    }

    /// Keeps what was added; where that makes `all` bytes, the file is looked at as a whole.
    ///
    /// # Errors
    /// The place failed.
    pub async fn keep(mut self, all: u64) -> io::Result<Added> {
        if self.length < all {
            self.flush().await?;
            return Ok(Added::Part(self.length));
        }
        let alone = self.kept.is_empty() && !self.more && self.held.len() as u64 == all;
        if !alone {
            self.flush().await?;
            return self.evidence.end(self.name, all).await;
        }
        // Most photos come in one piece.
        if Digest::of(&self.held) != self.name.sha256 {
            return Ok(Added::Other);
        }
        self.evidence.store.put(&self.name.whole(), PutPayload::from(self.held)).await?;
        self.evidence.sync_names(self.name).await?;
        Ok(Added::Whole)
    }

    /// Takes back what was added.
    ///
    /// # Errors
    /// The place failed.
    pub async fn take_back(self) -> io::Result<()> {
        for piece in self.kept {
            let key = self.name.pieces().join(piece.name());
            pieces::gone(self.evidence.store.delete(&key).await)?;
        }
        Ok(())
    }
}
