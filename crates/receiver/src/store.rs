//! Assessments on disk, in SQLite or PostgreSQL (docs/adr/0017).
//!
//! Rows are added and never changed, but that nobody's become a team's, so two receivers on one database need no more than
//! the primary key to agree: the first insert wins, and everybody reads what it wrote.

pub mod database;
mod insert;
mod keys;
pub mod list;
mod tokens;
mod writer;

use crate::{
    es256::SecretKey,
    evidence::Name,
    sender::{Sender, Signer},
};
use bintang_domain::{
    digest::Digest,
    id::{AssessmentId, SubmissionId},
    wire::receipt::Receipt,
};
use database::{Database, Kind};
use sqlx::{AnyPool, Row as _};
use std::{collections::BTreeSet, fmt, path::Path};
use writer::Writer;

/// Assessments on disk. Clones share their connections.
#[derive(Debug, Clone)]
pub struct Store {
    pool: AnyPool,
    /// The one that writes assessments to a file; a server takes many at once.
    writer: Option<Writer>,
    /// What signs receipts.
    key: SecretKey,
}

/// An assessment to be stored, with the receipt to be given for it.
#[derive(Debug, Clone)]
pub struct Submission {
    /// This finishing.
    pub id: SubmissionId,
    /// The assessment.
    pub assessment: AssessmentId,
    /// SHA-256 of the canonical envelope.
    pub digest: Digest,
    /// The body exactly as it was received.
    pub document: String,
    /// The receipt as it is first, without a signature; what is known of the sender is said when it is stored.
    pub receipt: Receipt,
    /// When it was received, in UTC milliseconds.
    pub received_at_ms: i64,
    /// Product, for lists.
    pub product: String,
    /// Business, for lists.
    pub business: String,
    /// Id of the rubric.
    pub rubric_id: String,
    /// Its version.
    pub rubric_version: String,
    /// SHA-256 of its file.
    pub rubric_sha256: Digest,
    /// The team whose token brought it; empty where the receiver has no tokens.
    pub team: String,
    /// The score as reckoned here: stars, and points as numerator and denominator.
    pub reckoned: Option<(u8, i64, i64)>,
    /// Who assessed, as the phone says.
    pub assessor: String,
    /// Whose signature stands under it.
    pub signer: Signer,
}

/// What came of storing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    /// It is new and on disk now, and this is known of the sender.
    New(Sender),
    /// It was there already.
    Repeated,
    /// Something else is there under this id; nothing was changed.
    Conflict,
}

/// What is known of a stored finishing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The assessment it belongs to.
    pub assessment: AssessmentId,
    /// The team that sent it; empty for what came before there were tokens.
    pub team: String,
    /// Its digest.
    pub digest: String,
    /// Its receipt, as JSON.
    pub receipt: String,
}

impl Known {
    /// The receipt, as JSON, if it is for exactly this content; `None` is a conflict.
    #[must_use]
    pub fn receipt_for(self, digest: Digest) -> Option<String> {
        (self.digest == digest.to_string()).then_some(self.receipt)
    }
}

/// The database failed. What it was asked to store is not stored.
#[derive(Debug)]
pub struct StoreError(sqlx::Error);

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the database failed: {}", self.0)
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self(error)
    }
}

impl Store {
    /// Opens a database, makes a file if there is none, and brings its tables up to date.
    ///
    /// # Errors
    /// It cannot be opened or is of a newer version.
    pub async fn open(database: &Database) -> Result<Self, StoreError> {
        let (pool, kind) = database.connect().await?;
        let writer = (kind == Kind::Sqlite).then(|| Writer::begin(pool.clone()));
        let key = keys::receipt_key(&pool).await?;
        Ok(Self { pool, writer, key })
    }

    /// Opens an SQLite file, makes it if there is none.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn open_file(path: &Path) -> Result<Self, StoreError> {
        Self::open(&Database::File(path.to_owned())).await
    }

    /// Stores it, unless something is there under its id already, or of its assessment from another team. On disk when this
    /// returns.
    ///
    /// # Errors
    /// The database failed; nothing was stored.
    pub async fn put(&self, new: &Submission) -> Result<Stored, StoreError> {
        let inserted = match &self.writer {
            Some(writer) => writer.insert(new.clone()).await?,
            None => self.insert(new).await?,
        };
        if let Some(sender) = inserted {
            return Ok(Stored::New(sender));
        }
        match self.find(new.id).await? {
            Some(known) if known.team != new.team && !known.team.is_empty() => Ok(Stored::Conflict),
            Some(known) => Ok(known.receipt_for(new.digest).map_or(Stored::Conflict, |_| Stored::Repeated)),
            // Another team sent something of this assessment first, perhaps a moment ago.
            None => Ok(Stored::Conflict),
        }
    }

    /// One row in a transaction of its own; what is known of its sender, where it was new.
    async fn insert(&self, new: &Submission) -> Result<Option<Sender>, StoreError> {
        let mut transaction = self.pool.begin().await?;
        // Two teams at once would not see each other's rows, nor two phones each other's keys.
        let mut locks = vec![new.assessment.to_string()];
        if matches!(new.signer, Signer::Key(_)) {
            locks.push([new.team.as_str(), "/", &keys::assessor(&new.assessor)].concat());
        }
        for text in locks {
            let lock = sqlx::query("SELECT 1 AS one FROM pg_advisory_xact_lock(hashtextextended($1, 0))");
            lock.bind(text).execute(&mut *transaction).await?;
        }
        let inserted = insert::one(&mut transaction, new).await?;
        transaction.commit().await?;
        Ok(inserted)
    }

    /// What is stored under this id.
    ///
    /// # Errors
    /// The database failed.
    pub async fn find(&self, id: SubmissionId) -> Result<Option<Known>, StoreError> {
        let row = sqlx::query("SELECT assessment, team, digest, receipt FROM submissions WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&self.pool)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let assessment = AssessmentId::parse(row.try_get("assessment")?);
        Ok(Some(Known {
            // Only checked ids are written; a row that somebody changed by hand is not served.
            assessment: assessment.map_err(|_| sqlx::Error::RowNotFound)?,
            team: row.try_get("team")?,
            digest: row.try_get("digest")?,
            receipt: row.try_get("receipt")?,
        }))
    }

    /// Gives what came before there were tokens to the team that has sent the very same again, unless another team was
    /// quicker; whether it is that team's now.
    ///
    /// # Errors
    /// The database failed; it stays nobody's.
    pub async fn adopt(&self, id: SubmissionId, team: &str) -> Result<bool, StoreError> {
        let update = sqlx::query(
            "UPDATE submissions SET team = $1 WHERE id = $2 AND team = '' AND NOT EXISTS (SELECT 1 FROM submissions AS \
             other WHERE other.assessment = submissions.assessment AND other.team NOT IN ('', $1))",
        );
        let updated = update.bind(team).bind(id.to_string()).execute(&self.pool).await?;
        Ok(updated.rows_affected() == 1)
    }

    /// The teams that sent something of this assessment; the empty one for what came before there were tokens.
    ///
    /// # Errors
    /// The database failed.
    pub async fn teams(&self, assessment: AssessmentId) -> Result<BTreeSet<String>, StoreError> {
        let rows = sqlx::query("SELECT DISTINCT team FROM submissions WHERE assessment = $1");
        let rows = rows.bind(assessment.to_string()).fetch_all(&self.pool).await?;
        Ok(rows.iter().map(|row| row.try_get("team")).collect::<Result<_, _>>()?)
    }

    /// The document of a finishing, exactly as it was received.
    ///
    /// # Errors
    /// The database failed.
    pub async fn document(&self, id: SubmissionId) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT document FROM submissions WHERE id = $1").bind(id.to_string());
        Ok(row.fetch_optional(&self.pool).await?.map(|row| row.try_get("document")).transpose()?)
    }

    /// Remembers that a file of evidence is whole and on disk.
    ///
    /// # Errors
    /// The database failed; the file is asked for again.
    pub async fn keep_evidence(&self, name: Name, bytes: u64, at_ms: i64) -> Result<(), StoreError> {
        let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
        sqlx::query(
            "INSERT INTO evidence (assessment, sha256, bytes, stored_at_ms) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (assessment, sha256) DO NOTHING",
        )
        .bind(name.assessment.to_string())
        .bind(name.sha256.to_string())
        .bind(bytes)
        .bind(at_ms)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The files of an assessment that are whole and on disk.
    ///
    /// # Errors
    /// The database failed.
    pub async fn evidence(&self, assessment: AssessmentId) -> Result<BTreeSet<Digest>, StoreError> {
        let rows = sqlx::query("SELECT sha256 FROM evidence WHERE assessment = $1").bind(assessment.to_string());
        let rows = rows.fetch_all(&self.pool).await?;
        let sums = rows.iter().map(|row| row.try_get::<&str, _>("sha256"));
        Ok(sums.filter_map(|sum| sum.map(Digest::parse).transpose()).collect::<Result<_, _>>()?)
    }

    /// Asks the database whether it answers.
    ///
    /// # Errors
    /// It does not.
    pub async fn alive(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1 AS one").execute(&self.pool).await?;
        Ok(())
    }

    /// Waits for what is under way and closes the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// A text as a column of a list holds it: PostgreSQL has no U+0000 in its texts; the document has it, escaped.
fn column(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}
