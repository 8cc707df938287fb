//! Tokens in the database.

use super::{Store, StoreError};
use crate::tokens::{Grant, Label, Scope, Token};
use bintang_domain::digest::Digest;
use sqlx::{Row as _, any::AnyRow};

impl Store {
    /// Stores a new token.
    ///
    /// # Errors
    /// The database failed; the token is not valid.
    pub async fn add_token(&self, grant: &Grant) -> Result<(), StoreError> {
        let scopes: Vec<&str> = grant.scopes.iter().map(|scope| scope.word()).collect();
        sqlx::query("INSERT INTO tokens (sha256, team, name, scopes, made_at_ms) VALUES ($1, $2, $3, $4, $5)")
            .bind(grant.sum.to_string())
            .bind(grant.team.as_str())
            .bind(grant.name.as_str())
            .bind(scopes.join(" "))
            .bind(grant.made_at_ms)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// All tokens, the oldest first, also those that were taken back.
    ///
    /// # Errors
    /// The database failed.
    pub async fn tokens(&self) -> Result<Vec<Grant>, StoreError> {
        let rows = sqlx::query("SELECT * FROM tokens ORDER BY made_at_ms, sha256").fetch_all(&self.pool).await?;
        Ok(rows.iter().map(grant).collect::<Result<_, _>>()?)
    }

    /// Whether there ever was a token: then nothing is taken without one.
    ///
    /// # Errors
    /// The database failed.
    pub async fn has_tokens(&self) -> Result<bool, StoreError> {
        let first = sqlx::query("SELECT team FROM tokens LIMIT 1").fetch_optional(&self.pool).await?;
        Ok(first.is_some())
    }

    /// What a token allows; `None` where it is unknown or was taken back.
    ///
    /// # Errors
    /// The database failed.
    pub async fn grant_of(&self, token: &Token) -> Result<Option<Grant>, StoreError> {
        let row = sqlx::query("SELECT * FROM tokens WHERE sha256 = $1 AND revoked_at_ms IS NULL");
        let row = row.bind(token.sum().to_string()).fetch_optional(&self.pool).await?;
        Ok(row.as_ref().map(grant).transpose()?)
    }

    /// Takes a token back from this moment on; whether there was a valid one.
    ///
    /// # Errors
    /// The database failed; the token may still be valid.
    pub async fn revoke_token(&self, sum: Digest, now_ms: i64) -> Result<bool, StoreError> {
        let update = sqlx::query("UPDATE tokens SET revoked_at_ms = $1 WHERE sha256 = $2 AND revoked_at_ms IS NULL");
        let update = update.bind(now_ms).bind(sum.to_string()).execute(&self.pool).await?;
        Ok(update.rows_affected() == 1)
    }
}

/// Reads a row; one that somebody changed by hand so that it cannot be read allows nothing.
fn grant(row: &AnyRow) -> Result<Grant, sqlx::Error> {
    let text = |column: &str| row.try_get::<&str, _>(column);
    let unreadable = || sqlx::Error::Decode("a token's row".into());
    Ok(Grant {
        sum: Digest::parse(text("sha256")?).ok_or_else(unreadable)?,
        team: Label::parse(text("team")?).map_err(|_| unreadable())?,
        name: Label::parse(text("name")?).map_err(|_| unreadable())?,
        scopes: text("scopes")?.split(' ').filter_map(Scope::parse).collect(),
        made_at_ms: row.try_get("made_at_ms")?,
        revoked_at_ms: row.try_get("revoked_at_ms")?,
    })
}
