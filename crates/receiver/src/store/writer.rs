//! Group commit: what comes while SQLite is syncing one transaction goes into the next one together, for a sync costs the
//! same for one row as for a hundred. Each is answered when its own transaction is on disk, as before.

use super::{INSERT, StoreError, Submission, bound};
use sqlx::AnyPool;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// Rows of one transaction at most: what a stop takes with it before it was answered.
const TOGETHER: usize = 256;

/// A row, and who waits for it: whether it was new.
type Job = (Submission, oneshot::Sender<Result<bool, Arc<sqlx::Error>>>);

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

    /// Inserts a row, if nothing stands in its way; whether it was new. On disk when this returns.
    pub(super) async fn insert(&self, new: Submission) -> Result<bool, StoreError> {
        let (answer, answered) = oneshot::channel();
        let gone = || StoreError::from(sqlx::Error::PoolClosed);
        self.0.send((new, answer)).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?.map_err(StoreError::shared)
    }
}

async fn write(pool: &AnyPool, together: &mut Vec<Job>) {
    let (rows, waiting): (Vec<_>, Vec<_>) = together.drain(..).unzip();
    let written = all(pool, &rows).await.map_err(Arc::new);
    for (place, waits) in waiting.into_iter().enumerate() {
        let own = written.as_ref().map(|new| new.get(place).copied().unwrap_or_default());
        // Who does not wait any more finds its row when it asks again.
        let _ = waits.send(own.map_err(Arc::clone));
    }
}

/// All rows in one transaction; which of them were new.
async fn all(pool: &AnyPool, rows: &[Submission]) -> Result<Vec<bool>, sqlx::Error> {
    let mut transaction = pool.begin().await?;
    let mut new = Vec::with_capacity(rows.len());
    for row in rows {
        let inserted = bound(sqlx::query(INSERT), row).execute(&mut *transaction).await?;
        new.push(inserted.rows_affected() == 1);
    }
    transaction.commit().await?;
    Ok(new)
}
