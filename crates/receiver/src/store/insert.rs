//! Rows that go in: one, or many in one statement.

use super::{Submission, column, keys};
use crate::sender::Sender;
use bintang_domain::wire::receipt::Receipt;
use sqlx::{Any, AnyConnection, Row as _, any::AnyArguments, query::Query};
use std::{collections::BTreeSet, sync::LazyLock};

/// The columns, in the order in which [`bound`] gives their values.
const COLUMNS: [&str; 17] = [
    "id",
    "assessment",
    "digest",
    "document",
    "receipt",
    "received_at_ms",
    "product",
    "business",
    "rubric_id",
    "rubric_version",
    "rubric_sha256",
    "stars",
    "total_num",
    "total_den",
    "team",
    "sender",
    "sender_key",
];

/// Rows of one statement: few different ones, so that the database knows each of them.
const SIZES: [usize; 6] = [32, 16, 8, 4, 2, 1];
static STATEMENTS: LazyLock<[String; 6]> = LazyLock::new(|| SIZES.map(statement));

/// Inserts so many rows, each unless something is there under its id already, or of its assessment from another team; says
/// which went in.
fn statement(rows: usize) -> String {
    let places = |row: usize| {
        let places: Vec<String> =
            (1..=COLUMNS.len()).map(|column| format!("${}", row * COLUMNS.len() + column)).collect();
        places.join(", ")
    };
    let taken = |assessment: &str, team: &str| {
        format!("NOT EXISTS (SELECT 1 FROM submissions WHERE assessment = {assessment} AND team NOT IN ('', {team}))")
    };
    let from = match rows {
        // PostgreSQL knows the kinds of values that stand where the columns are.
        1 => format!("SELECT {} WHERE {}", places(0), taken("$2", "$15")),
        _ => {
            let all: Vec<String> = (0..rows).map(|row| format!("({})", places(row))).collect();
            format!("SELECT * FROM (VALUES {}) AS new WHERE {}", all.join(", "), taken("new.column2", "new.column15"))
        }
    };
    format!("INSERT INTO submissions ({}) {from} ON CONFLICT (id) DO NOTHING RETURNING id", COLUMNS.join(", "))
}

/// A row that is to go in, with what its receipt says by then.
struct Ready<'r> {
    new: &'r Submission,
    sender: Sender,
    receipt: String,
}

impl<'r> Ready<'r> {
    async fn of(connection: &mut AnyConnection, new: &'r Submission) -> Result<Self, sqlx::Error> {
        let sender = keys::sender(connection, new).await?;
        let receipt = Receipt { sender: sender.word().to_owned(), ..new.receipt.clone() };
        let receipt = serde_json::to_string(&receipt).map_err(|error| sqlx::Error::Encode(error.into()))?;
        Ok(Self { new, sender, receipt })
    }
}

/// Inserts a row within a transaction, and keeps the first key of its assessor; what is known of its sender, where the row
/// is new.
pub(super) async fn one(connection: &mut AnyConnection, new: &Submission) -> Result<Option<Sender>, sqlx::Error> {
    let ready = Ready::of(connection, new).await?;
    let sender = ready.sender;
    if together(connection, &[ready]).await?.is_empty() {
        return Ok(None);
    }
    if let Sender::ValidNew(key) = sender {
        keys::pin(connection, new, key).await?;
    }
    Ok(Some(sender))
}

/// The same of many rows, in their order, with few statements.
pub(super) async fn many(
    connection: &mut AnyConnection,
    rows: &[Submission],
) -> Result<Vec<Option<Sender>>, sqlx::Error> {
    let mut senders = Vec::with_capacity(rows.len());
    let (mut inserted, mut waiting, mut theirs) = (BTreeSet::new(), Vec::new(), BTreeSet::new());
    for new in rows {
        // Of one assessment none sees another one of its own statement.
        if !theirs.insert(new.assessment.to_string()) {
            inserted.extend(together(connection, &std::mem::take(&mut waiting)).await?);
            theirs = BTreeSet::from([new.assessment.to_string()]);
        }
        let ready = Ready::of(connection, new).await?;
        senders.push(ready.sender);
        if let Sender::ValidNew(key) = ready.sender {
            // Those before it go before it, and the next one of this assessor must find its key.
            inserted.extend(together(connection, &std::mem::take(&mut waiting)).await?);
            if let Some(id) = together(connection, &[ready]).await?.pop_first() {
                inserted.insert(id);
                keys::pin(connection, new, key).await?;
            }
        } else {
            waiting.push(ready);
        }
    }
    inserted.extend(together(connection, &waiting).await?);
    let is_new = |row: &Submission| inserted.contains(&row.id.to_string());
    let mut once = BTreeSet::new();
    let new = rows.iter().zip(senders).map(|(row, sender)| {
        // Of two of one id the first one went in.
        let first = once.insert(row.id);
        (first && is_new(row)).then_some(sender)
    });
    Ok(new.collect())
}

/// Inserts these; the ids of those that went in.
async fn together(connection: &mut AnyConnection, rows: &[Ready<'_>]) -> Result<BTreeSet<String>, sqlx::Error> {
    let (mut rest, mut inserted) = (rows, BTreeSet::new());
    for (size, statement) in SIZES.iter().zip(STATEMENTS.iter()) {
        while let Some((some, others)) = rest.split_at_checked(*size) {
            let query = some.iter().fold(sqlx::query(statement), bound);
            for row in query.fetch_all(&mut *connection).await? {
                inserted.insert(row.try_get("id")?);
            }
            rest = others;
        }
    }
    Ok(inserted)
}

/// The values of a row.
fn bound<'q>(query: Query<'q, Any, AnyArguments<'q>>, ready: &'q Ready<'q>) -> Query<'q, Any, AnyArguments<'q>> {
    let Ready { new, sender, receipt } = ready;
    let (stars, num, den) = match new.reckoned {
        Some((stars, num, den)) => (Some(i64::from(stars)), Some(num), Some(den)),
        None => (None, None, None),
    };
    query
        .bind(new.id.to_string())
        .bind(new.assessment.to_string())
        .bind(new.digest.to_string())
        .bind(&new.document)
        .bind(receipt)
        .bind(new.received_at_ms)
        .bind(column(&new.product))
        .bind(column(&new.business))
        .bind(column(&new.rubric_id))
        .bind(column(&new.rubric_version))
        .bind(new.rubric_sha256.to_string())
        .bind(stars)
        .bind(num)
        .bind(den)
        .bind(&new.team)
        .bind(sender.word())
        .bind(sender.key().map(|key| key.0.to_string()))
}
