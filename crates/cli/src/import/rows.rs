//! The rows of a spreadsheet as texts.

use anyhow::{Context as _, Result, ensure};
use calamine::{Data, Reader as _, open_workbook_auto};
use std::path::Path;

/// One row: its number as the spreadsheet shows it, and its cells without white space around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Counted from 1.
    pub number: usize,
    /// Left to right.
    pub cells: Vec<String>,
}

impl Row {
    /// A cell; empty where the row is shorter.
    pub fn cell(&self, place: usize) -> &str {
        self.cells.get(place).map_or("", String::as_str)
    }
}

/// All rows that are not empty.
///
/// # Errors
/// The file is neither a spreadsheet nor CSV.
pub fn read(path: &Path) -> Result<Vec<Row>> {
    let text = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    let sheet = path.extension().is_some_and(|extension| {
        ["xlsx", "xlsm", "xlsb", "xls", "ods"].iter().any(|known| extension.eq_ignore_ascii_case(known))
    });
    ensure!(text || sheet, "the name of the file ends in .csv or .xlsx, which says what it is");
    let mut rows = if text { csv_rows(path)? } else { sheet_rows(path)? };
    rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    Ok(rows)
}

fn csv_rows(path: &Path) -> Result<Vec<Row>> {
    // Spreadsheets of countries with a decimal comma part cells by semicolons.
    let text = String::from_utf8(std::fs::read(path)?)
        .map_err(|_| anyhow::anyhow!("the text is not UTF-8: save it as “CSV UTF-8”, or as xlsx"))?;
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.matches(';').count() > first.matches(',').count() { b';' } else { b',' };
    let text = text.trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        let number = record.position().and_then(|at| usize::try_from(at.line()).ok()).unwrap_or_default();
        rows.push(Row { number, cells: record.iter().map(|cell| cell.trim().to_owned()).collect() });
    }
    Ok(rows)
}

fn sheet_rows(path: &Path) -> Result<Vec<Row>> {
    let mut book = open_workbook_auto(path)?;
    let sheet = book.worksheet_range_at(0).context("there is no sheet")??;
    // Empty columns at the left mean nothing; empty rows above count for the numbers that a person sees.
    let above = sheet.start().and_then(|(row, _)| usize::try_from(row).ok()).unwrap_or_default();
    let rows = sheet.rows().enumerate();
    let rows = rows.map(|(place, cells)| Row { number: above + place + 1, cells: cells.iter().map(text).collect() });
    Ok(rows.collect())
}

/// A cell as a person reads it: whole numbers without a point.
fn text(cell: &Data) -> String {
    match cell {
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        other => other.to_string().trim().to_owned(),
    }
}
