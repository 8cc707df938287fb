//! The receiver's rows, read from its SQLite file without the receiver.

use anyhow::Result;
use serde_json::Value;
use sqlx::{Connection as _, Row as _, SqliteConnection, sqlite::SqliteConnectOptions};
use std::path::Path;

/// One stored finishing.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// Its id.
    pub id: String,
    /// The product's name.
    pub product: String,
    /// The envelope as received.
    pub envelope: Value,
    /// The receipt that was given.
    pub receipt: Value,
    /// Stars as the receiver reckoned them.
    pub stars: Option<i64>,
    /// Points as the receiver reckoned them: numerator and denominator.
    pub total: Option<(i64, i64)>,
}

/// All rows, in the order in which they were received.
///
/// # Errors
/// The file cannot be read.
pub async fn rows(file: &Path) -> Result<Vec<Stored>> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let rows = sqlx::query("SELECT * FROM submissions ORDER BY received_at_ms, id").fetch_all(&mut connection).await?;
    connection.close().await?;
    rows.iter()
        .map(|row| {
            let document: Value = serde_json::from_str(row.try_get("document")?)?;
            let total: (Option<i64>, Option<i64>) = (row.try_get("total_num")?, row.try_get("total_den")?);
            Ok(Stored {
                id: row.try_get("id")?,
                product: row.try_get("product")?,
                envelope: document.get("envelope").cloned().unwrap_or_default(),
                receipt: serde_json::from_str(row.try_get("receipt")?)?,
                stars: row.try_get("stars")?,
                total: total.0.zip(total.1),
            })
        })
        .collect()
}
