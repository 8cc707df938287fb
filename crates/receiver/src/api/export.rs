//! The whole list as a file: CSV for spreadsheets, NDJSON with every document. Read page by page and sent as it is read,
//! so that its size does not matter to the receiver's memory.

use super::{
    Receiver,
    read::{Wanted, row},
};
use crate::store::{
    Store, StoreError,
    list::{Filter, Line},
};
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
    },
    response::{IntoResponse as _, Response},
};
use futures::stream;
use serde_json::Value;
use std::pin::Pin;

/// Lines that are read at a time, and where each comes with its document of up to 1 MiB.
const PAGE: u32 = 200;
const PAGE_WITH_DOCUMENTS: u32 = 8;
/// The names of the columns of CSV and workbook.
pub(super) const COLUMNS: [&str; 15] = [
    "id",
    "assessment",
    "received_at",
    "team",
    "business",
    "product",
    "rubric",
    "version",
    "stars",
    "points",
    "total_num",
    "total_den",
    "digest",
    "sender",
    "key",
];

/// What makes a page's lines into bytes.
type Write = fn(&Store, Vec<Line>) -> Writing;
type Writing = Pin<Box<dyn Future<Output = Result<Vec<u8>, StoreError>> + Send>>;

/// A kind of file.
struct Kind {
    media_type: &'static str,
    disposition: &'static str,
    first: Vec<u8>,
    page: u32,
    write: Write,
}

/// The list as CSV (RFC 4180), in UTF-8 with its mark, as spreadsheets want it.
#[utoipa::path(
    get,
    path = "/assessments.csv",
    summary = "Everything that is stored, as a file",
    params(super::openapi::Selection),
    responses(
        (status = 200, description = "One line an assessment", body = String, content_type = "text/csv"),
        (status = 401, description = "`no_token`, `bad_token`", body = super::openapi::Refusal),
    ),
)]
pub(super) async fn csv(State(receiver): State<Receiver>, wanted: Wanted) -> Response {
    let kind = Kind {
        media_type: "text/csv; charset=utf-8",
        disposition: "attachment; filename=\"assessments.csv\"",
        first: [b"\xef\xbb\xbf".as_slice(), &records([COLUMNS.map(str::to_owned)])].concat(),
        page: PAGE,
        write: |_, lines| {
            let rows = records(lines.iter().map(cells));
            Box::pin(async { Ok(rows) })
        },
    };
    sent(receiver.store, wanted.filter, kind)
}

/// The list as one JSON object a line, each with its document; members come in the order of their names.
#[utoipa::path(
    get,
    path = "/assessments.ndjson",
    summary = "Everything that is stored, as a file",
    params(super::openapi::Selection),
    responses(
        (status = 200, description = "One line an assessment", body = String, content_type = "application/x-ndjson"),
        (status = 401, description = "`no_token`, `bad_token`", body = super::openapi::Refusal),
    ),
)]
pub(super) async fn ndjson(State(receiver): State<Receiver>, wanted: Wanted) -> Response {
    let kind = Kind {
        media_type: "application/x-ndjson",
        disposition: "attachment; filename=\"assessments.ndjson\"",
        first: Vec::new(),
        page: PAGE_WITH_DOCUMENTS,
        write: |store, lines| {
            let store = store.clone();
            Box::pin(async move { with_documents(&store, lines).await })
        },
    };
    sent(receiver.store, wanted.filter, kind)
}

fn sent(store: Store, filter: Filter, kind: Kind) -> Response {
    let Kind { media_type, disposition, first, page, write } = kind;
    let begin = (store, Some(filter), Some(first).filter(|first| !first.is_empty()));
    let pages = stream::try_unfold(begin, move |(store, filter, first)| async move {
        if let Some(first) = first {
            return Ok(Some((Bytes::from(first), (store, filter, None))));
        }
        let Some(mut filter) = filter else { return Ok(None) };
        let lines = store.list(&filter, page).await?;
        let next = if lines.len() < page as usize { None } else { lines.last().map(Line::cursor) };
        let bytes = write(&store, lines).await?;
        let next = next.map(|next| {
            filter.after = Some(next);
            filter
        });
        // What breaks off ends the connection before its end: nobody takes half a file for a whole one.
        Ok::<_, StoreError>(Some((Bytes::from(bytes), (store, next, None))))
    });
    let head = [
        (CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (CONTENT_DISPOSITION, HeaderValue::from_static(disposition)),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (head, Body::from_stream(pages)).into_response()
}

fn cells(line: &Line) -> [String; 15] {
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let (num, den) = line.total.unzip();
    let points = line.total.filter(|(_, den)| *den > 0).map(|(num, den)| hundredths(num, den)).unwrap_or_default();
    [
        line.id.to_string(),
        line.assessment.clone(),
        line.received_at(),
        text(&line.team),
        text(&line.business),
        text(&line.product),
        text(&line.rubric_id),
        text(&line.rubric_version),
        number(line.stars.map(Into::into)),
        points,
        number(num),
        number(den),
        line.digest.clone(),
        line.sender.clone(),
        line.key.clone().unwrap_or_default(),
    ]
}

/// Points with two digits behind a full stop, for people; the exact ones stand beside.
pub(super) fn hundredths(num: i64, den: i64) -> String {
    // What a phone says is not always a number.
    if den <= 0 {
        return "–".to_owned();
    }
    let hundredths = i128::from(num) * 100 / i128::from(den);
    let sign = if hundredths < 0 { "-" } else { "" };
    let hundredths = hundredths.unsigned_abs();
    format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100)
}

/// A text that a spreadsheet takes for a text: whatever begins like a formula gets an apostrophe before it (OWASP, CSV
/// injection), also behind what divides cells where a comma does not, as the semicolon in Indonesia.
fn text(text: &str) -> String {
    let (mut safe, mut begins) = (String::with_capacity(text.len()), true);
    for letter in text.chars() {
        if begins && ['=', '+', '-', '@', '＝', '＋', '－', '＠'].contains(&letter) {
            safe.push('\'');
        }
        begins = [';', '\t', '\r', '\n'].contains(&letter) || (begins && letter.is_whitespace());
        safe.push(letter);
    }
    safe
}

fn records<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        // Into memory, and every row has as many cells.
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}

async fn with_documents(store: &Store, lines: Vec<Line>) -> Result<Vec<u8>, StoreError> {
    let mut all = Vec::new();
    for line in lines {
        let document = store.document(line.id).await?;
        // It was read before it was stored; one that somebody changed by hand must not be missing in silence.
        let document: Option<Value> = document.and_then(|document| serde_json::from_str(&document).ok());
        let document = document.ok_or(sqlx::Error::RowNotFound)?;
        let mut row = row(&line);
        if let Some(members) = row.as_object_mut() {
            members.insert("document".to_owned(), document);
        }
        all.extend(row.to_string().into_bytes());
        all.push(b'\n');
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_formula_is_a_text() {
        for (said, shown) in [
            ("=1+1", "'=1+1"),
            ("+62", "'+62"),
            ("-", "'-"),
            ("@x", "'@x"),
            ("\t=1", "\t'=1"),
            (" \n =1", " \n '=1"),
            ("Kopi; =1;x", "Kopi; '=1;x"),
            ("Kopi;=1\n-2", "Kopi;'=1\n'-2"),
            ("＝1", "'＝1"),
            ("a=1 - b", "a=1 - b"),
            ("", ""),
        ] {
            assert_eq!(text(said), shown);
        }
        let row = records([["a,b".to_owned(), "say \"x\"\nnow".to_owned()]]);
        assert_eq!(row, b"\"a,b\",\"say \"\"x\"\"\nnow\"\r\n");
    }

    #[test]
    fn points_have_two_digits() {
        assert_eq!(
            [(81, 1), (245, 3), (0, 1), (-1, 2), (1, 0), (1, -1)].map(|(num, den)| hundredths(num, den)),
            ["81.00", "81.66", "0.00", "-0.50", "–", "–"]
        );
    }
}
