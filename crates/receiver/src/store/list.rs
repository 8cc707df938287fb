//! Lists of what is stored: the newest first, page by page, each page found by where the last one ended.

use super::{Store, StoreError, column};
use bintang_domain::id::SubmissionId;
use jiff::Timestamp;
use sqlx::{Row as _, any::AnyRow};
use std::fmt;

/// Where a page ended: the time of receipt and the id of its last line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// UTC milliseconds.
    pub received_at_ms: i64,
    /// The finishing.
    pub id: SubmissionId,
}

impl Cursor {
    /// Reads what [`Cursor`]'s display wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (time, id) = text.split_once('.')?;
        Some(Self { received_at_ms: time.parse().ok()?, id: SubmissionId::parse(id).ok()? })
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.received_at_ms, self.id)
    }
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// What this team sent; all teams' where it is `None`.
    pub team: Option<String>,
    /// Scored with the rubric of this id.
    pub rubric: Option<String>,
    /// With so many stars, as reckoned here.
    pub stars: Option<u8>,
    /// Received at this moment or later, in UTC milliseconds. A line is dated before it is written, which may take half a
    /// minute: whoever asks for what is new asks from some minutes before the last time.
    pub since_ms: Option<i64>,
    /// Received before this moment, in UTC milliseconds.
    pub until_ms: Option<i64>,
    /// Behind this line.
    pub after: Option<Cursor>,
}

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The finishing.
    pub id: SubmissionId,
    /// The assessment, the same through all its finishings.
    pub assessment: String,
    /// SHA-256 of the canonical envelope.
    pub digest: String,
    /// When it was received, in UTC milliseconds.
    pub received_at_ms: i64,
    /// The team that sent it; empty for what came before there were tokens.
    pub team: String,
    /// Product.
    pub product: String,
    /// Business.
    pub business: String,
    /// Id of the rubric.
    pub rubric_id: String,
    /// Its version.
    pub rubric_version: String,
    /// Stars, as reckoned here; `None` where the rubric is not known here.
    pub stars: Option<u8>,
    /// Points, as reckoned here: numerator and denominator.
    pub total: Option<(i64, i64)>,
    /// What was known of the sender when it came ([`crate::sender::Sender::word`]).
    pub sender: String,
    /// The name of its key, where the signature held.
    pub key: Option<String>,
}

impl Line {
    /// When it was received, RFC 3339 in UTC with milliseconds.
    #[must_use]
    pub fn received_at(&self) -> String {
        Timestamp::from_millisecond(self.received_at_ms).map(|at| format!("{at:.3}")).unwrap_or_default()
    }

    /// Where a page ends that this line is the last of.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        Cursor { received_at_ms: self.received_at_ms, id: self.id }
    }
}

impl Store {
    /// At most so many lines.
    ///
    /// # Errors
    /// The database failed.
    pub async fn list(&self, filter: &Filter, most: u32) -> Result<Vec<Line>, StoreError> {
        let mut conditions = Conditions::default();
        if let Some(team) = &filter.team {
            conditions.add("team =", [Value::Text(team.clone())]);
        }
        if let Some(rubric) = &filter.rubric {
            conditions.add("rubric_id =", [Value::Text(column(rubric))]);
        }
        if let Some(stars) = filter.stars {
            conditions.add("stars =", [Value::Number(stars.into())]);
        }
        if let Some(since) = filter.since_ms {
            conditions.add("received_at_ms >=", [Value::Number(since)]);
        }
        // Behind a line that is older anyway the other bound would only keep the index from going to that line at once.
        let until = filter.until_ms.filter(|until| filter.after.is_none_or(|after| *until <= after.received_at_ms));
        if let Some(until) = until {
            conditions.add("received_at_ms <", [Value::Number(until)]);
        }
        if let Some(after) = filter.after {
            let bound = [Value::Number(after.received_at_ms), Value::Text(after.id.to_string())];
            conditions.add("(received_at_ms, id) <", bound);
        }
        let (text, values) = conditions.ended(most);
        let mut query = sqlx::query(&text);
        for value in values {
            query = match value {
                Value::Text(text) => query.bind(text),
                Value::Number(number) => query.bind(number),
            };
        }
        let rows = query.fetch_all(&self.pool).await?;
        Ok(rows.iter().map(line).collect::<Result<_, _>>()?)
    }
}

/// A value of a condition.
enum Value {
    Text(String),
    Number(i64),
}

/// The question with its values in places `$1`, `$2`, …, as both databases know them.
struct Conditions {
    text: String,
    values: Vec<Value>,
}

impl Default for Conditions {
    fn default() -> Self {
        let columns = "id, assessment, digest, received_at_ms, team, product, business, rubric_id, rubric_version, \
                       stars, total_num, total_den, sender, sender_key";
        Self { text: format!("SELECT {columns} FROM submissions WHERE 1 = 1"), values: Vec::new() }
    }
}

impl Conditions {
    fn add<const N: usize>(&mut self, condition: &str, values: [Value; N]) {
        let first = self.values.len() + 1;
        let places: Vec<String> = (first..first + N).map(|place| format!("${place}")).collect();
        self.text.push_str(&format!(" AND {condition} ({})", places.join(", ")));
        self.values.extend(values);
    }

    fn ended(mut self, most: u32) -> (String, Vec<Value>) {
        self.text.push_str(&format!(" ORDER BY received_at_ms DESC, id DESC LIMIT {most}"));
        (self.text, self.values)
    }
}

fn line(row: &AnyRow) -> Result<Line, sqlx::Error> {
    let (num, den): (Option<i64>, Option<i64>) = (row.try_get("total_num")?, row.try_get("total_den")?);
    Ok(Line {
        // Only checked ids are written.
        id: SubmissionId::parse(row.try_get("id")?).map_err(|_| sqlx::Error::RowNotFound)?,
        assessment: row.try_get("assessment")?,
        digest: row.try_get("digest")?,
        received_at_ms: row.try_get("received_at_ms")?,
        team: row.try_get("team")?,
        product: row.try_get("product")?,
        business: row.try_get("business")?,
        rubric_id: row.try_get("rubric_id")?,
        rubric_version: row.try_get("rubric_version")?,
        stars: row.try_get::<Option<i64>, _>("stars")?.and_then(|stars| stars.try_into().ok()),
        total: num.zip(den),
        sender: row.try_get("sender")?,
        key: row.try_get("sender_key")?,
    })
}
