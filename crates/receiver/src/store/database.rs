//! Which database it is, and how it is reached.

use super::StoreError;
use sqlx::{
    AnyPool, ConnectOptions as _, Executor as _,
    any::{AnyPoolOptions, install_default_drivers},
    migrate::Migrator,
    sqlite::SqliteConnectOptions,
};
use std::{fmt, path::PathBuf, time::Duration};

/// How long a write waits for another one, and a request for a connection; a phone waits for its answer up to a minute.
const WAIT: Duration = Duration::from_secs(20);
/// Writes of SQLite queue up anyway; a few connections let reads pass them.
const FILE_CONNECTIONS: u32 = 4;
/// PostgreSQL takes a hundred unless it is told otherwise, from all receivers together.
const SERVER_CONNECTIONS: u32 = 16;

/// What each connection to a file begins with. A receipt is a promise: FULL makes the commit wait until the disk has it,
/// power cut or not.
const FILE_BEGINS: &str = "PRAGMA busy_timeout = 20000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";

static FILE_TABLES: Migrator = sqlx::migrate!("migrations/sqlite");
static SERVER_TABLES: Migrator = sqlx::migrate!("migrations/postgres");

/// The kinds of databases, where they differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// SQLite.
    Sqlite,
    /// PostgreSQL, or what speaks its protocol.
    Postgres,
}

/// Where assessments are kept.
#[derive(Clone, PartialEq, Eq)]
#[expect(missing_debug_implementations, reason = "an address may hold a password; Display shows it without")]
pub enum Database {
    /// An SQLite file.
    File(PathBuf),
    /// A server: `postgres://NAME:PASSWORD@HOST/DATABASE`.
    Postgres(String),
}

impl Database {
    /// A file, or a server where the text begins so.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let server = ["postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme));
        if server { Self::Postgres(text.to_owned()) } else { Self::File(text.into()) }
    }

    pub(super) async fn connect(&self) -> Result<(AnyPool, Kind), StoreError> {
        install_default_drivers();
        let pool = AnyPoolOptions::new().acquire_timeout(WAIT);
        match self {
            Self::File(path) => {
                // A sign of its own in addresses, which the options leave as it is.
                let path = path.to_string_lossy().replace('%', "%25");
                let url = SqliteConnectOptions::new().filename(path).create_if_missing(true).to_url_lossy();
                let pool = pool.max_connections(FILE_CONNECTIONS).after_connect(|connection, _| {
                    Box::pin(async move {
                        connection.execute(FILE_BEGINS).await?;
                        Ok(())
                    })
                });
                let pool = pool.connect(url.as_str()).await?;
                FILE_TABLES.run(&pool).await.map_err(sqlx::Error::from)?;
                Ok((pool, Kind::Sqlite))
            }
            Self::Postgres(url) => {
                let pool = pool.max_connections(SERVER_CONNECTIONS).connect(url).await?;
                SERVER_TABLES.run(&pool).await.map_err(sqlx::Error::from)?;
                Ok((pool, Kind::Postgres))
            }
        }
    }
}

/// Without its password.
impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Postgres(url) => {
                let behind = url.split_once("://").map_or(url.as_str(), |(_, behind)| behind);
                let open = behind.rsplit_once('@').map_or(behind, |(_, open)| open);
                write!(f, "postgres://{}", open.split('?').next().unwrap_or_default())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_shown() {
        for (text, shown) in [
            (
                "postgres://bintang:rahasia@db.example:5432/bintang?sslmode=require",
                "postgres://db.example:5432/bintang",
            ),
            ("postgresql://bintang:ra@hasia@db.example/bintang", "postgres://db.example/bintang"),
            ("postgres://localhost/bintang?password=rahasia", "postgres://localhost/bintang"),
            ("/srv/receiver.sqlite", "/srv/receiver.sqlite"),
        ] {
            assert_eq!(Database::parse(text).to_string(), shown);
        }
    }
}
