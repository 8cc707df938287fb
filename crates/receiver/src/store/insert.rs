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
    let mut new = Vec::with_capacity(rows.len());
    let mut waiting = Waiting::default();
    for row in rows {
        // Of one id, and of one assessment, none sees another one of its own statement.
        if waiting.knows(row) {
            new.extend(waiting.insert(connection).await?);
        }
        let ready = Ready::of(connection, row).await?;
        if let Sender::ValidNew(_) = ready.sender {
            // Those before it go before it, and the next one of this assessor must find its key.
            new.extend(waiting.insert(connection).await?);
            new.push(one(connection, row).await?);
        } else {
            waiting.add(ready);
        }
    }
    new.extend(waiting.insert(connection).await?);
    Ok(new)
}

/// Rows that go in together, no two of one id or of one assessment.
#[derive(Default)]
struct Waiting<'r> {
    rows: Vec<Ready<'r>>,
    ids: BTreeSet<String>,
}

impl<'r> Waiting<'r> {
    fn names(row: &Submission) -> [String; 2] {
        [row.id.to_string(), row.assessment.to_string()]
    }

    fn knows(&self, row: &Submission) -> bool {
        Self::names(row).iter().any(|name| self.ids.contains(name))
    }

    fn add(&mut self, ready: Ready<'r>) {
        self.ids.extend(Self::names(ready.new));
        self.rows.push(ready);
    }

    /// Inserts them; what is known of the sender of each that was new, in their order.
    async fn insert(&mut self, connection: &mut AnyConnection) -> Result<Vec<Option<Sender>>, sqlx::Error> {
        let rows = std::mem::take(self).rows;
        let inserted = together(connection, &rows).await?;
        let new = rows.iter().map(|row| inserted.contains(&row.new.id.to_string()).then_some(row.sender));
        Ok(new.collect())
    }
}

/// Inserts these, no two of which have one id; the ids of those that went in.
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{sender::Signer, store::Store};
    use bintang_domain::{
        digest::Digest,
        es256::KeyName,
        id::{AssessmentId, SubmissionId},
        time::Millis,
        wire::receipt::FORMAT,
    };

    fn row(id: u8, assessment: u8, team: &str, signer: Signer) -> Submission {
        let digest = Digest::of(format!("{id} {assessment} {team}").as_bytes());
        let id = SubmissionId::new(Millis(1), &[id; 10]);
        Submission {
            id,
            assessment: AssessmentId::new(Millis(1), &[assessment; 10]),
            digest,
            document: "{}".into(),
            receipt: Receipt::written(FORMAT, (id, digest), Vec::new(), "Uji".into()),
            received_at_ms: 1,
            product: String::new(),
            business: String::new(),
            rubric_id: "x".into(),
            rubric_version: "1".into(),
            rubric_sha256: digest,
            team: team.into(),
            reckoned: None,
            assessor: "Ibu".into(),
            signer,
        }
    }

    #[tokio::test]
    async fn in_one_batch_each_is_told_what_came_of_its_own_row() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_file(&folder.path().join("receiver.sqlite")).await.unwrap();
        let key = |text: &str| Signer::Key(KeyName(Digest::of(text.as_bytes())));
        let nobody = Signer::Nobody;
        let mut transaction = store.pool.begin_with("BEGIN IMMEDIATE").await.unwrap();
        assert!(one(&mut transaction, &row(1, 1, "a", nobody)).await.unwrap().is_some());
        let rows = [
            // Of team a's assessment: refused. The same id by team a behind it: taken.
            row(2, 1, "b", nobody),
            row(2, 1, "a", nobody),
            // Two of one id of other assessments; again what is there; two teams of one assessment.
            row(3, 3, "a", nobody),
            row(3, 4, "b", nobody),
            row(1, 1, "a", nobody),
            row(5, 5, "a", nobody),
            row(6, 5, "b", nobody),
            // The first key of an assessor, then it and another one of the same batch.
            row(7, 7, "a", key("x")),
            row(8, 8, "a", key("x")),
            row(9, 9, "a", key("y")),
            row(9, 10, "a", key("z")),
        ];
        let said: Vec<Option<&str>> = many(&mut transaction, &rows)
            .await
            .unwrap()
            .iter()
            .map(|new| new.as_ref().map(|sender| sender.word()))
            .collect();
        let (new, known, other) = (Some("absent"), Some("valid-known"), Some("valid-other-key"));
        let expected = [None, new, new, None, None, new, None, Some("valid-new"), known, other, None];
        assert_eq!(said, expected);
        transaction.commit().await.unwrap();
        // Whoever was told that it is new is there, with its own content.
        for (row, said) in rows.iter().zip(said) {
            let known = store.find(row.id).await.unwrap();
            let there = known.is_some_and(|known| known.digest == row.digest.to_string());
            let before = row.id == SubmissionId::new(Millis(1), &[1; 10]);
            assert_eq!(said.is_some(), there && !before);
        }
    }
}
