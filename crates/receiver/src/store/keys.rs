//! Keys in the database: the one that signs receipts, and those of assessors.

use super::{Store, StoreError, Submission, column};
use crate::{
    es256::SecretKey,
    sender::{Sender, SenderKey, Signer},
};
use bintang_domain::{digest::Digest, es256::KeyName, text::folded};
use sqlx::{AnyConnection, AnyPool, Row as _, any::AnyRow};

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

/// An assessor as the column has them: what a person typed twice need not be the same to the last space.
pub(super) fn assessor(name: &str) -> String {
    Digest::of(folded(name).as_bytes()).to_string()
}

/// What is known of whoever signed, in the transaction that stores what they sent.
pub(super) async fn sender(connection: &mut AnyConnection, new: &Submission) -> Result<Sender, sqlx::Error> {
    let key = match new.signer {
        Signer::Nobody => return Ok(Sender::Absent),
        Signer::Invalid => return Ok(Sender::Invalid),
        Signer::Key(key) => key,
    };
    let own = assessor(&new.assessor);
    let rows = sqlx::query(
        "SELECT team, assessor, key, revoked_at_ms FROM sender_keys WHERE (team = $1 AND assessor = $2) OR key = $3",
    );
    let rows = rows.bind(&new.team).bind(&own).bind(key.0.to_string()).fetch_all(connection).await?;
    let (mut known, mut others, mut revoked) = (false, false, false);
    for row in &rows {
        let (same, gone) = (name(row)? == key, row.try_get::<Option<i64>, _>("revoked_at_ms")?.is_some());
        let theirs = row.try_get::<&str, _>("team")? == new.team && row.try_get::<&str, _>("assessor")? == own;
        revoked |= same && gone;
        known |= same && theirs && !gone;
        others |= !same && theirs && !gone;
    }
    Ok(match (revoked, known, others) {
        // What was taken away from one is nobody's first.
        (true, ..) | (false, false, true) => Sender::ValidOtherKey(key),
        (false, true, _) => Sender::ValidKnown(key),
        (false, false, false) => Sender::ValidNew(key),
    })
}

/// Keeps the first key of an assessor; nothing happens where there is one.
pub(super) async fn pin(connection: &mut AnyConnection, new: &Submission, key: KeyName) -> Result<(), sqlx::Error> {
    put(connection, (&new.team, &new.assessor), key, (new.received_at_ms, false)).await.map(drop)
}

async fn put(
    connection: &mut AnyConnection,
    (team, name): (&str, &str),
    key: KeyName,
    (since_ms, by_hand): (i64, bool),
) -> Result<bool, sqlx::Error> {
    let insert = sqlx::query(
        "INSERT INTO sender_keys (team, assessor, name, key, since_ms, by_hand) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT DO NOTHING",
    );
    let insert = insert.bind(team).bind(assessor(name)).bind(column(name.trim())).bind(key.0.to_string());
    let inserted = insert.bind(since_ms).bind(i64::from(by_hand)).execute(connection).await?;
    Ok(inserted.rows_affected() == 1)
}

impl Store {
    /// The key that signs receipts.
    #[must_use]
    pub fn receipt_key(&self) -> &SecretKey {
        &self.key
    }

    /// All keys of assessors, by team and assessor, also those that were taken away.
    ///
    /// # Errors
    /// The database failed.
    pub async fn sender_keys(&self) -> Result<Vec<SenderKey>, StoreError> {
        let rows = sqlx::query("SELECT * FROM sender_keys ORDER BY team, name, since_ms, key");
        let rows = rows.fetch_all(&self.pool).await?;
        let read = |row: &AnyRow| {
            Ok::<_, sqlx::Error>(SenderKey {
                team: row.try_get("team")?,
                assessor: row.try_get("name")?,
                key: name(row)?,
                since_ms: row.try_get("since_ms")?,
                by_hand: row.try_get::<i64, _>("by_hand")? == 1,
                revoked_at_ms: row.try_get("revoked_at_ms")?,
            })
        };
        Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
    }

    /// Says that a key belongs to an assessor of a team too, also where it was taken away before; whether that is new.
    ///
    /// # Errors
    /// The database failed; nothing was changed.
    pub async fn add_sender_key(
        &self,
        team: &str,
        assessor: &str,
        key: KeyName,
        now_ms: i64,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let delete = sqlx::query("DELETE FROM sender_keys WHERE key = $1 AND revoked_at_ms IS NOT NULL");
        delete.bind(key.0.to_string()).execute(&mut *transaction).await?;
        let new = put(&mut transaction, (team, assessor), key, (now_ms, true)).await?;
        transaction.commit().await?;
        Ok(new)
    }

    /// Says that a key belongs to nobody any more; to how many it belonged. It is never anybody's first again.
    ///
    /// # Errors
    /// The database failed.
    pub async fn remove_sender_key(&self, key: KeyName, now_ms: i64) -> Result<u64, StoreError> {
        let update = sqlx::query("UPDATE sender_keys SET revoked_at_ms = $1 WHERE key = $2 AND revoked_at_ms IS NULL");
        Ok(update.bind(now_ms).bind(key.0.to_string()).execute(&self.pool).await?.rows_affected())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_whatever_its_spaces_and_capitals() {
        assert_eq!(assessor(" Ibu  Sari "), assessor("ibu sari"));
        assert_ne!(assessor("Ibu Sari"), assessor("Ibu Sarah"));
        assert_eq!(assessor(&"x".repeat(100_000)).len(), 64);
    }
}
