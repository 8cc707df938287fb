//! Taking a backup: one record after the other becomes a file of the bundle.

use super::{INSTALLED, LeftOut, Why, assessment_path, evidence_path, rubric_path};
use crate::{
    bundle::{BundleError, Ends, Kind, Lock, Piece, Writer},
    digest::Digest,
    endpoint::Endpoints,
    id::AssessmentId,
    map::Set,
    outbox::Entry,
    ports::{
        StoreError,
        tables::{
            Content, Key,
            Table::{self, EvidenceBytes as BYTES, EvidenceMeta as META, Heads as HEADS, Rubrics as RUBRICS},
        },
    },
    store::{self, Store},
    web_address::WebAddress,
    wire::{
        export::{Export, evidence_sum, write_installed},
        record,
    },
};

/// How much is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All that the phone holds, but its keys.
    Everything,
    /// One assessment, its photos and its rubric.
    One(AssessmentId),
}

/// What becomes the next file.
#[derive(Debug)]
enum Job {
    Assessment { key: String, finishings: Vec<String>, number: usize },
    Bytes { table: Table, key: Key, sum: Digest },
    Installed(Vec<Digest>),
}

/// A backup that is being taken: [`Backup::next`] until there is nothing more, then [`Backup::finish`]. What cannot be
/// taken along stops nothing.
#[expect(missing_debug_implementations, reason = "the store is a trait object")]
pub struct Backup {
    store: Store,
    endpoints: Endpoints,
    writer: Writer,
    /// The last comes next.
    jobs: Vec<Job>,
    /// Bytes that are taken or will be.
    queued: Set<(Table, Key)>,
    /// Paths of photos that are taken: the same picture may prove two products.
    taken: Set<Digest>,
    /// Bytes that no assessment has named yet.
    nameless: Set<Key>,
    left_out: Vec<LeftOut>,
}

impl Backup {
    /// Looks up what there is to take.
    ///
    /// # Errors
    /// What the tables said.
    pub async fn begin(store: Store, scope: Scope, lock: Option<Lock>) -> Result<Self, StoreError> {
        let groups = store.groups().await?;
        let endpoints = match store.endpoints().await {
            Err(StoreError::Corrupt) => Endpoints::default(),
            read => read?,
        };
        let writer = Writer::new(Kind::Backup, lock);
        let mut backup = Self {
            store,
            endpoints,
            writer,
            jobs: Vec::new(),
            left_out: Vec::new(),
            queued: Set::default(),
            taken: Set::default(),
            nameless: Set::default(),
        };
        if scope == Scope::Everything {
            backup.queue_bytes().await?;
            for (table, key) in groups.strange {
                backup.leave_out(table, key, Why::Strange);
            }
        }
        for (number, (key, finishings)) in (1..).zip(groups.all) {
            if scope == Scope::Everything || matches!(scope, Scope::One(one) if one.to_string() == key) {
                backup.jobs.push(Job::Assessment { key, finishings, number });
            }
        }
        Ok(backup)
    }

    /// All rubrics, whether an assessment names them or not, and which of them are installed.
    async fn queue_bytes(&mut self) -> Result<(), StoreError> {
        let mut installed = Vec::new();
        for key in self.store.tables().keys(BYTES).await? {
            self.nameless.insert(key);
        }
        for key in self.store.tables().keys(RUBRICS).await? {
            let mark = key.second.as_deref();
            match (mark.and_then(Digest::parse).filter(|_| key.first == store::INSTALLED), Digest::parse(&key.first)) {
                (Some(sum), _) => installed.push(sum),
                (None, Some(sum)) if mark.is_none() => self.queue(RUBRICS, key, sum),
                _ => self.leave_out(RUBRICS, key, Why::Strange),
            }
        }
        self.jobs.push(Job::Installed(installed));
        Ok(())
    }

    fn queue(&mut self, table: Table, key: Key, sum: Digest) {
        self.nameless.remove(&key);
        if self.queued.insert((table, key.clone())) {
            self.jobs.push(Job::Bytes { table, key, sum });
        }
    }

    fn leave_out(&mut self, table: Table, key: Key, why: Why) {
        self.left_out.push(LeftOut { table, key, why });
    }

    /// How many files are still to come, as far as is known: an assessment may bring photos.
    #[must_use]
    pub fn remaining(&self) -> usize {
        self.jobs.len()
    }

    /// The next file of the bundle; `None` when all are made.
    pub async fn next(&mut self) -> Option<Piece> {
        loop {
            let (table, key, made) = match self.jobs.pop()? {
                Job::Assessment { key, finishings, number } => {
                    let made = self.assessment(&key, finishings, number).await;
                    (HEADS, Key::one(key), made)
                }
                Job::Bytes { table: BYTES, sum, .. } if self.taken.contains(&sum) => continue,
                Job::Bytes { table, key, sum } => {
                    let made = self.bytes(table, key.clone(), sum).await;
                    (table, key, made)
                }
                Job::Installed(installed) => {
                    let made = self.add(INSTALLED, write_installed(installed).into_bytes()).await;
                    (RUBRICS, Key::one(store::INSTALLED), made)
                }
            };
            match made {
                Ok(piece) => return Some(piece),
                Err(why) => {
                    // With an assessment its photos are left out.
                    let own = |photo: &&Key| table == HEADS && photo.first == key.first;
                    let photos: Vec<Key> = self.nameless.iter().filter(own).cloned().collect();
                    for photo in photos {
                        self.nameless.remove(&photo);
                    }
                    self.leave_out(table, key, why);
                }
            }
        }
    }

    async fn add(&mut self, path: &str, content: Vec<u8>) -> Result<Piece, Why> {
        self.writer.add(path, Digest::of(&content), content).await.map_err(Why::Bundle)
    }

    async fn assessment(&mut self, key: &str, finishings: Vec<String>, number: usize) -> Result<Piece, Why> {
        let mut export = self.store.whole(key, finishings).await.map_err(Why::Store)?;
        self.drop_strange(&mut export);
        self.drop_secrets(&mut export);
        for (photo, record) in export.evidence() {
            if let Some(sum) = evidence_sum(record) {
                self.queue(BYTES, Key { first: key.to_owned(), second: Some(photo.clone()) }, sum);
            }
        }
        let head = match &export.head {
            Some(Content::Text(text)) => record::read_head(text),
            _ => None,
        };
        if let Some(head) = head {
            self.queue(RUBRICS, Key::one(head.rubric.sha256), head.rubric.sha256);
        }
        self.add(&assessment_path(key, number), export.write_text().into_bytes()).await
    }

    /// Takes out addresses that nobody but this phone may know (docs/adr/0016). What was bound to one is bound anew by a
    /// person.
    fn drop_secrets(&self, export: &mut Export) {
        let [.., outbox, _] = &mut export.records;
        let hidden = |address: &WebAddress| {
            // Of one that is not known any more nobody can say, and nothing is sent there.
            self.endpoints.of(address).is_none_or(|endpoint| endpoint.profile.address_is_secret())
        };
        let secret = |content: &Content| {
            let Content::Text(text) = content else { return None };
            let entry = record::read_outbox(text)?;
            let bare = Entry { endpoint: None, ..entry.clone() };
            entry.endpoint.filter(hidden).map(|_| record::write_outbox(&bare))
        };
        let bare: Vec<_> = outbox.iter().filter_map(|(key, content)| Some((key.clone(), secret(content)?))).collect();
        for (key, text) in bare {
            outbox.insert(key, Content::Text(text));
        }
    }

    /// Takes out what no file can say.
    fn drop_strange(&mut self, export: &mut Export) {
        if export.head == Some(Content::Strange) {
            export.head = None;
            self.leave_out(HEADS, Key::one(&export.key), Why::Strange);
        }
        for (table, records) in Export::TABLES.into_iter().zip(&mut export.records) {
            let strange = |(key, content): (&String, &Content)| (*content == Content::Strange).then(|| key.clone());
            let strange: Vec<String> = records.iter().filter_map(|(key, content)| strange((key, content))).collect();
            for key in strange {
                records.remove(key.as_str());
                let two = matches!(table, Table::Answers | Table::Notes | Table::Log | META | Table::Signatures);
                let key = match two {
                    true => Key { first: export.key.clone(), second: Some(key) },
                    false => Key::one(key),
                };
                self.leave_out(table, key, Why::Strange);
            }
        }
    }

    async fn bytes(&mut self, table: Table, key: Key, sum: Digest) -> Result<Piece, Why> {
        let content = self.store.content(table, key).await.map_err(Why::Store)?;
        let Content::Bytes(bytes) = content.ok_or(Why::Missing)? else { return Err(Why::Strange) };
        // One reckoning serves both: whether it is whole, and what the manifest says.
        if Digest::of(&bytes) != sum {
            return Err(Why::Damaged);
        }
        let path = if table == BYTES { evidence_path(sum) } else { rubric_path(sum) };
        let piece = self.writer.add(&path, sum, bytes).await.map_err(Why::Bundle)?;
        self.taken.insert(sum);
        Ok(piece)
    }

    /// What stands before and behind the files, and what could not be taken along.
    ///
    /// # Errors
    /// What the cipher said.
    pub async fn finish(mut self) -> Result<(Ends, Vec<LeftOut>), BundleError> {
        for key in std::mem::take(&mut self.nameless).iter() {
            self.leave_out(BYTES, key.clone(), Why::Strange);
        }
        Ok((self.writer.finish().await?, self.left_out))
    }
}
