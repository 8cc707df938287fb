//! Group commit: what comes while SQLite is syncing one transaction goes into the next one together, for a sync costs the
//! same for one row as for a hundred. Each is answered when its own transaction is on disk, as before.

use super::{INSERT, StoreError, Submission, bound};
use sqlx::AnyPool;
use tokio::sync::{mpsc, oneshot};

/// Rows of one transaction at most: what a stop takes with it before it was answered.
const TOGETHER: usize = 256;

/// A row, and who waits for it: whether it was new.
type Job = (Submission, oneshot::Sender<Result<bool, sqlx::Error>>);

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
        Ok(answered.await.map_err(|_| gone())??)
    }
}

async fn write(pool: &AnyPool, together: &mut Vec<Job>) {
    let (rows, waiting): (Vec<_>, Vec<_>) = together.drain(..).unzip();
    let together = all(pool, &rows).await;
    for (place, (row, waits)) in rows.into_iter().zip(waiting).enumerate() {
        let own = match &together {
            Ok(new) => Ok(new.get(place).copied().unwrap_or_default()),
            // What keeps one of them out, such as the last room of a disk, need not keep the others out.
            Err(_) => all(pool, &[row]).await.map(|new| new.first().copied().unwrap_or_default()),
        };
        // Who does not wait any more finds its row when it asks again.
        let _ = waits.send(own);
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
