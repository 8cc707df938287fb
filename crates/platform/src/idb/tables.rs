//! The tables in IndexedDB.

use super::{
    connection::Connection,
    transaction::{Answer, Keys, Transaction},
};
use bintang_domain::ports::{
    Pending, StoreError,
    tables::{Agree, DecideAll, Get, Key, Record, Table, Tables, Write},
};
use web_sys::IdbTransactionMode::{Readonly, Readwrite};

fn read(connection: &Connection, gets: &[Get]) -> Result<Vec<Answer>, StoreError> {
    let tables: Vec<Table> = gets.iter().map(|Get(table, _)| *table).collect();
    let transaction = Transaction::begin(connection, &tables, Readonly)?;
    gets.iter().map(|get| transaction.ask(get)).collect()
}

fn keys(connection: &Connection, table: Table) -> Result<Keys, StoreError> {
    Transaction::begin(connection, &[table], Readonly)?.ask_keys(table)
}

/// A writing transaction, and what it reads first.
type Begun = (Transaction, Vec<Answer>);

fn begin(connection: &Connection, tables: &[Table], first: &[Get]) -> Result<Begun, StoreError> {
    let transaction = Transaction::begin(connection, tables, Readwrite)?;
    let first = first.iter().map(|get| transaction.ask(get)).collect::<Result<_, _>>()?;
    Ok((transaction, first))
}

fn write(transaction: &Transaction, writes: &[Write]) -> Result<(), StoreError> {
    writes.iter().try_for_each(|write| match write {
        Write::Put(table, key, content) => transaction.put(*table, key, content),
        Write::Delete(table, which) => transaction.delete(*table, which),
    })
}

/// Ends it once all of it is said; what was refused takes the writes before it back: left alone, they would be committed.
async fn end(transaction: Transaction, said: Result<(), StoreError>) -> Result<(), StoreError> {
    if said.is_err() {
        transaction.abort();
        return said;
    }
    transaction.end().await
}

/// Begins a transaction that reads, and writes at once what the read may still take back.
fn begin_writing(
    connection: &Connection,
    tables: &[Table],
    first: &Get,
    writes: &[Write],
) -> Result<(Transaction, Answer, Result<(), StoreError>), StoreError> {
    let transaction = Transaction::begin(connection, tables, Readwrite)?;
    transaction.doubt();
    let first = transaction.ask(first)?;
    let written = write(&transaction, writes);
    Ok((transaction, first, written))
}

impl Tables for Connection {
    fn read(&self, gets: Vec<Get>) -> Pending<Result<Vec<Vec<Record>>, StoreError>> {
        let (connection, mut begun) = (self.clone(), read(self, &gets));
        Box::pin(async move {
            if matches!(begun, Err(StoreError::Closed)) {
                // The browser closed it: opened once more, asked once more.
                connection.reopen().await?;
                begun = read(&connection, &gets);
            }
            let mut lists = Vec::new();
            for answer in begun? {
                lists.push(answer.records().await?);
            }
            Ok(lists)
        })
    }

    fn keys(&self, table: Table) -> Pending<Result<Vec<Key>, StoreError>> {
        let (connection, mut begun) = (self.clone(), keys(self, table));
        Box::pin(async move {
            if matches!(begun, Err(StoreError::Closed)) {
                connection.reopen().await?;
                begun = keys(&connection, table);
            }
            begun?.list().await
        })
    }

    fn write_after(
        &self,
        tables: &'static [Table],
        first: Vec<Get>,
        decide: DecideAll,
    ) -> Pending<Result<(), StoreError>> {
        let (connection, mut begun) = (self.clone(), begin(self, tables, &first));
        Box::pin(async move {
            if matches!(begun, Err(StoreError::Closed)) {
                connection.reopen().await?;
                begun = begin(&connection, tables, &first);
            }
            let (transaction, answers) = begun?;
            let mut lists = Vec::new();
            for answer in answers {
                lists.push(answer.records().await?);
            }
            let written = decide(lists).and_then(|writes| write(&transaction, &writes));
            end(transaction, written).await
        })
    }

    fn write_if(
        &self,
        tables: &'static [Table],
        first: Get,
        agree: Agree,
        writes: Vec<Write>,
    ) -> Pending<Result<(), StoreError>> {
        let (connection, mut begun) = (self.clone(), begin_writing(self, tables, &first, &writes));
        Box::pin(async move {
            if matches!(begun, Err(StoreError::Closed)) {
                connection.reopen().await?;
                begun = begin_writing(&connection, tables, &first, &writes);
            }
            let (transaction, first, written) = begun?;
            match first.records().await {
                // Why the writes are not agreed to says more than why one of them could not be asked for.
                Ok(records) => end(transaction, agree(records).and(written)).await,
                // A read that fails takes all of it back, and may be taken back itself: the end says why.
                Err(error) => transaction.end().await.and(Err(error)),
            }
        })
    }
}
