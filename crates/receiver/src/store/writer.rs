//! Group commit: what comes while SQLite is syncing one transaction goes into the next one together, for a sync costs the
//! same for one row as for a hundred. Each is answered when its own transaction is on disk, as before.

use super::{StoreError, Submission, insert::many};
use crate::sender::Sender;
use sqlx::AnyPool;
use tokio::sync::{mpsc, oneshot};

/// Rows of one transaction at most: what a stop takes with it before it was answered.
const TOGETHER: usize = 256;

/// What is known of the sender of a row that was new.
type New = Option<Sender>;
/// A row, and who waits for it.
type Job = (Submission, oneshot::Sender<Result<New, sqlx::Error>>);

/// The only writer of assessments to a file. Clones share it; it ends with the last one.
#[derive(Debug, Clone)]
pub(super) struct Writer(mpsc::Sender<Job>);

impl Writer {
    pub(super) fn begin(pool: AnyPool) -> Self {
        let (sender, mut jobs) = mpsc::channel(TOGETHER);
        tokio::spawn(async move {
            let mut together = Vec::new();
            while jobs.recv_many(&mut together, TOGETHER).await > 0 {
                write(&pool, &mut together).await;
            }
        });
        Self(sender)
    }

    /// Inserts a row, if nothing stands in its way; what is known of its sender, where it was new. On disk when this
    /// returns.
    pub(super) async fn insert(&self, new: Submission) -> Result<New, StoreError> {
        let (answer, answered) = oneshot::channel();
        let gone = || StoreError::from(sqlx::Error::PoolClosed);
        self.0.send((new, answer)).await.map_err(|_| gone())?;
        Ok(answered.await.map_err(|_| gone())??)
    }
}

async fn write(pool: &AnyPool, together: &mut Vec<Job>) {
    let (rows, waiting): (Vec<_>, Vec<_>) = together.drain(..).unzip();
    let mut together = all(pool, &rows).await;
    if let Err(Failed::Begin(error) | Failed::Rows(error)) = &together {
        tracing::error!(%error, rows = rows.len(), "rows that came together were not stored");
    }
    for (place, (row, waits)) in rows.into_iter().zip(waiting).enumerate() {
        let own = match &together {
            Ok(new) => Ok(new.get(place).copied().flatten()),
            // The database itself cannot be had: to wait for it again, row by row, would keep everybody.
            Err(Failed::Begin(_)) => Err(sqlx::Error::PoolTimedOut),
            // Nobody waits for it any more: it is sent again.
            Err(Failed::Rows(_)) if waits.is_closed() => continue,
            // What keeps one of them out, such as the last room of a disk, need not keep the others out.
            Err(Failed::Rows(_)) => match all(pool, &[row]).await {
                Ok(new) => Ok(new.first().copied().flatten()),
                Err(Failed::Rows(error)) => Err(error),
                Err(Failed::Begin(error)) => {
                    together = Err(Failed::Begin(sqlx::Error::PoolTimedOut));
                    Err(error)
                }
            },
        };
        // Who does not wait any more finds its row when it asks again.
        let _ = waits.send(own);
    }
}

/// Why a transaction came to nothing.
enum Failed {
    /// It could not begin.
    Begin(sqlx::Error),
    /// One of its rows, or its end, was refused.
    Rows(sqlx::Error),
}

impl From<sqlx::Error> for Failed {
    fn from(error: sqlx::Error) -> Self {
        Self::Rows(error)
    }
}

/// All rows in one transaction; what is known of the senders of those that were new.
async fn all(pool: &AnyPool, rows: &[Submission]) -> Result<Vec<New>, Failed> {
    // What reads before it writes would be refused where another program writes in between (SQLite, "isolation").
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await.map_err(Failed::Begin)?;
    let new = many(&mut transaction, rows).await?;
    transaction.commit().await?;
    Ok(new)
}
