//! Keys in the database: the one that signs receipts, and those of assessors.

use super::{Store, StoreError, column};
use crate::{
    es256::SecretKey,
    sender::{Sender, SenderKey},
};
use bintang_domain::{digest::Digest, es256::KeyName};
use sqlx::{AnyPool, Row as _, any::AnyRow};

/// The key of the database: of several receivers that start at once, one makes it.
pub(super) async fn receipt_key(pool: &AnyPool) -> Result<SecretKey, StoreError> {
    if let Some(key) = stored(pool).await? {
        return Ok(key);
    }
    let made = SecretKey::make().map_err(|error| sqlx::Error::Io(std::io::Error::other(error.to_string())))?;
    // A digest is 32 bytes in hexadecimal too.
    let secret = Digest::from(made.reveal()).to_string();
    let insert = sqlx::query("INSERT INTO receipt_key (one, secret) VALUES (1, $1) ON CONFLICT (one) DO NOTHING");
    insert.bind(secret).execute(pool).await?;
    stored(pool).await?.ok_or_else(|| sqlx::Error::RowNotFound.into())
}

async fn stored(pool: &AnyPool) -> Result<Option<SecretKey>, StoreError> {
    let row = sqlx::query("SELECT secret FROM receipt_key WHERE one = 1").fetch_optional(pool).await?;
    let Some(row) = row else { return Ok(None) };
    let unreadable = || sqlx::Error::Decode("the key that signs receipts".into());
    let bytes = Digest::parse(row.try_get("secret")?).ok_or_else(unreadable)?;
    Ok(Some(SecretKey::of(bytes.bytes()).ok_or_else(unreadable)?))
}

fn name(row: &AnyRow) -> Result<KeyName, sqlx::Error> {
    let unreadable = || sqlx::Error::Decode("the name of a key".into());
    Ok(KeyName(Digest::parse(row.try_get("key")?).ok_or_else(unreadable)?))
}

impl Store {
    /// The key that signs receipts.
    #[must_use]
    pub fn receipt_key(&self) -> &SecretKey {
        &self.key
    }

    /// What is known of a key whose signature holds; the first one of an assessor is kept.
    ///
    /// # Errors
    /// The database failed.
    pub async fn sender(&self, team: &str, assessor: &str, key: KeyName, now_ms: i64) -> Result<Sender, StoreError> {
        // Only who is new, or was a moment ago, is asked for twice.
        for _ in 0..2 {
            let known = self.keys_of(team, assessor).await?;
            if known.contains(&key) {
                return Ok(Sender::ValidKnown(key));
            }
            if !known.is_empty() {
                return Ok(Sender::ValidOtherKey(key));
            }
            if self.put_key(team, assessor, key, now_ms, false).await? {
                return Ok(Sender::ValidNew(key));
            }
        }
        Ok(Sender::ValidOtherKey(key))
    }

    async fn keys_of(&self, team: &str, assessor: &str) -> Result<Vec<KeyName>, StoreError> {
        let rows = sqlx::query("SELECT key FROM sender_keys WHERE team = $1 AND assessor = $2");
        let rows = rows.bind(team).bind(assessor_column(assessor)).fetch_all(&self.pool).await?;
        Ok(rows.iter().map(name).collect::<Result<_, _>>()?)
    }

    async fn put_key(
        &self,
        team: &str,
        assessor: &str,
        key: KeyName,
        now_ms: i64,
        by_hand: bool,
    ) -> Result<bool, StoreError> {
        let insert = sqlx::query(
            "INSERT INTO sender_keys (team, assessor, key, since_ms, by_hand) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT DO NOTHING",
        );
        let insert = insert.bind(team).bind(assessor_column(assessor)).bind(key.0.to_string()).bind(now_ms);
        let inserted = insert.bind(i64::from(by_hand)).execute(&self.pool).await?;
        Ok(inserted.rows_affected() == 1)
    }

    /// All keys of assessors, by team and assessor.
    ///
    /// # Errors
    /// The database failed.
    pub async fn sender_keys(&self) -> Result<Vec<SenderKey>, StoreError> {
        let rows = sqlx::query("SELECT * FROM sender_keys ORDER BY team, assessor, since_ms, key");
        let rows = rows.fetch_all(&self.pool).await?;
        let read = |row: &AnyRow| {
            Ok::<_, sqlx::Error>(SenderKey {
                team: row.try_get("team")?,
                assessor: row.try_get("assessor")?,
                key: name(row)?,
                since_ms: row.try_get("since_ms")?,
                by_hand: row.try_get::<i64, _>("by_hand")? == 1,
            })
        };
        Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
    }

    /// Says that a key belongs to an assessor of a team too; whether that is new.
    ///
    /// # Errors
    /// The database failed.
    pub async fn add_sender_key(
        &self,
        team: &str,
        assessor: &str,
        key: KeyName,
        now_ms: i64,
    ) -> Result<bool, StoreError> {
        self.put_key(team, assessor, key, now_ms, true).await
    }

    /// Says that a key belongs to nobody any more; to how many it belonged. The next key of an assessor who has none is
    /// their first one again.
    ///
    /// # Errors
    /// The database failed.
    pub async fn remove_sender_key(&self, key: KeyName) -> Result<u64, StoreError> {
        let delete = sqlx::query("DELETE FROM sender_keys WHERE key = $1").bind(key.0.to_string());
        Ok(delete.execute(&self.pool).await?.rows_affected())
    }
}

/// An assessor's name as the column has it: what a person typed twice need not have the same spaces around it.
fn assessor_column(name: &str) -> String {
    column(name.trim())
}
