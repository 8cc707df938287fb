//! The whole list as a workbook. A ZIP says at its end what is in it, so it is written to a file first, row by row, and then
//! sent: neither takes memory for what is in it.

use super::{Problem, Receiver, export::COLUMNS, read::Wanted};
use crate::store::{
    Store, StoreError,
    list::{Filter, Line},
};
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
    },
    response::{IntoResponse as _, Response},
};
use futures::stream;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::{fs::File, io};
use tokio::{
    io::AsyncReadExt as _,
    sync::{Semaphore, mpsc},
    task,
};

/// Lines that are read at a time.
const PAGE: u32 = 500;
/// Rows of a sheet at most (Excel's specifications and limits), without the names of the columns.
const MOST_ROWS: u32 = 1_048_575;
/// Letters of a cell at most (the same).
const LONGEST_TEXT: usize = 32_767;
/// Bytes of a piece that is sent.
const PIECE: usize = 64 * 1024;

/// Workbooks that are written at a time: each takes a thread and room on the disk. Others wait.
static PLACES: Semaphore = Semaphore::const_new(2);

/// Why there is no workbook.
enum Failure {
    Store(StoreError),
    Workbook(XlsxError),
    File(io::Error),
    TooMany,
    /// Nobody reads on.
    Broken,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<XlsxError> for Failure {
    fn from(error: XlsxError) -> Self {
        Self::Workbook(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::File(error)
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Store(error) => error.into(),
            Failure::TooMany => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "too_many_rows",
                "A workbook has room for 1,048,575 rows: ask for a shorter time, or for the CSV.",
            ),
            Failure::Workbook(error) => {
                tracing::error!(%error, "a workbook was not written");
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "The workbook could not be written.")
            }
            Failure::Broken => {
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "The workbook could not be written.")
            }
            Failure::File(error) => {
                tracing::error!(%error, "a workbook was not written");
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "The workbook could not be written.")
            }
        }
    }
}

/// The list as a workbook of one sheet. Texts are texts there, whatever they begin with; times are of UTC.
#[utoipa::path(
    get,
    path = "/assessments.xlsx",
    summary = "Everything that is stored, as a file",
    params(super::openapi::Selection),
    responses(
        (status = 200, description = "One line an assessment", body = String, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 401, description = "`no_token`, `bad_token`", body = super::openapi::Refusal),
    ),
)]
pub(super) async fn xlsx(State(receiver): State<Receiver>, wanted: Wanted) -> Result<Response, Problem> {
    let file = written(&receiver.store, wanted.filter).await?;
    let length = file.metadata().map_err(Failure::from)?.len();
    let pieces = stream::try_unfold(tokio::fs::File::from_std(file), |mut file| async move {
        let mut piece = vec![0; PIECE];
        let length = file.read(&mut piece).await?;
        piece.truncate(length);
        Ok::<_, io::Error>((length > 0).then(|| (Bytes::from(piece), file)))
    });
    let head = [
        (CONTENT_TYPE, HeaderValue::from_static("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
        (CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"assessments.xlsx\"")),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    let mut response = (head, Body::from_stream(pieces)).into_response();
    response.headers_mut().insert(axum::http::header::CONTENT_LENGTH, length.into());
    Ok(response)
}

/// Reads page by page what a thread of its own writes.
async fn written(store: &Store, mut filter: Filter) -> Result<File, Failure> {
    let place = PLACES.acquire().await.map_err(|_| Failure::Broken)?;
    let (pages, lines) = mpsc::channel(2);
    let writing = task::spawn_blocking(move || {
        // Held until the last byte is written, also for whoever went away.
        let _place = place;
        write(lines)
    });
    let mut left = MOST_ROWS;
    loop {
        let page = store.list(&filter, PAGE).await?;
        let Some(rest) = left.checked_sub(page.len() as u32) else { return Err(Failure::TooMany) };
        left = rest;
        filter.after = page.last().map(Line::cursor);
        let last = page.len() < PAGE as usize;
        // Where the thread ended early it says why.
        if pages.send(Some(page)).await.is_err() {
            break;
        }
        if last {
            let _ = pages.send(None).await;
            break;
        }
    }
    drop(pages);
    writing.await.map_err(|error| io::Error::other(error.to_string()))?
}

/// Writes all lines that come, and gives the file from its beginning. It has no name, and goes when it is closed.
fn write(mut lines: mpsc::Receiver<Option<Vec<Line>>>) -> Result<File, Failure> {
    let mut workbook = Workbook::new();
    let (strong, moment) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"));
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name("assessments")?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, name) in (0..).zip(COLUMNS) {
        sheet.set_column_width(column, 18)?;
        sheet.write_string_with_format(0, column, name, &strong)?;
    }
    let mut row = 0;
    // What breaks off has no end that says so, and nobody waits for it.
    while let Some(page) = lines.blocking_recv().ok_or(Failure::Broken)? {
        for line in page {
            row += 1;
            put(sheet, row, &line, &moment)?;
        }
    }
    let mut file = tempfile::tempfile()?;
    workbook.save_to_writer(&mut file)?;
    io::Seek::rewind(&mut file)?;
    Ok(file)
}

fn put(sheet: &mut Worksheet, row: u32, line: &Line, moment: &Format) -> Result<(), XlsxError> {
    let (id, texts) =
        (line.id.to_string(), [&line.team, &line.business, &line.product, &line.rubric_id, &line.rubric_version]);
    sheet.write_string(row, 0, id)?;
    sheet.write_string(row, 1, &line.assessment)?;
    let seconds = line.received_at_ms.div_euclid(1_000);
    sheet.write_datetime_with_format(row, 2, ExcelDateTime::from_timestamp(seconds)?, moment)?;
    for (column, text) in (3..).zip(texts) {
        sheet.write_string(row, column, short(text))?;
    }
    if let Some(stars) = line.stars {
        sheet.write_number(row, 8, stars)?;
    }
    if let Some((num, den)) = line.total {
        // The exact ones stand beside it.
        #[expect(clippy::cast_precision_loss, reason = "points for people")]
        let points = if den > 0 { (num as f64 / den as f64 * 100.0).round() / 100.0 } else { 0.0 };
        sheet.write_number(row, 9, points)?;
        sheet.write_string(row, 10, num.to_string())?;
        sheet.write_string(row, 11, den.to_string())?;
    }
    sheet.write_string(row, 12, &line.digest)?;
    sheet.write_string(row, 13, &line.sender)?;
    if let Some(key) = &line.key {
        sheet.write_string(row, 14, key)?;
    }
    Ok(())
}

/// As much of a text as a cell holds.
fn short(text: &str) -> String {
    if text.chars().count() <= LONGEST_TEXT {
        text.to_owned()
    } else {
        text.chars().take(LONGEST_TEXT - 1).chain(['…']).collect()
    }
}
