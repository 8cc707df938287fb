//! Everything stored of one assessment as one text, readable or not: for a person to keep, for somebody who can mend it,
//! and in a backup.

use super::{
    canonical,
    form::{Faults, Form, Members, Object, inside, object, put, text},
    json,
};
use crate::{
    digest::Digest,
    hex,
    map::Map,
    ports::tables::{Content, Table},
};
use serde_json::Value;

const FORMAT: &str = "bintang-export/1";

/// The tables with records of an assessment beside its head, and what they are called in the file.
const MEMBERS: [&str; 7] = ["answers", "notes", "log", "evidence_meta", "signatures", "outbox", "receipts"];

/// Everything stored of one assessment:
/// `{"format":"bintang-export/1","key","head","answers","notes","log","evidence_meta","signatures","outbox",
/// "receipts"}`, records as the texts they are stored as, under the second text of their key, those of the last two under the only one. A record
/// that is bytes is `{"hex"}`, one that is neither is `null`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Export {
    /// The first text of the records' keys.
    pub key: String,
    /// The head, if there is one.
    pub head: Option<Content>,
    /// The records of [`Export::TABLES`], in that order.
    pub records: [Map<String, Content>; 7],
}

impl Export {
    /// The tables beside heads.
    pub const TABLES: [Table; 7] = [
        Table::Answers,
        Table::Notes,
        Table::Log,
        Table::EvidenceMeta,
        Table::Signatures,
        Table::Outbox,
        Table::Receipts,
    ];

    /// The records of [`Table::EvidenceMeta`].
    #[must_use]
    pub fn evidence(&self) -> &Map<String, Content> {
        let [_, _, _, evidence, ..] = &self.records;
        evidence
    }

    /// The records of [`Table::Outbox`].
    #[must_use]
    pub fn outbox(&self) -> &Map<String, Content> {
        let [.., outbox, _] = &self.records;
        outbox
    }

    /// The records of [`Table::Receipts`].
    #[must_use]
    pub fn receipts(&self) -> &Map<String, Content> {
        let [.., receipts] = &self.records;
        receipts
    }

    /// As it stands in the file.
    #[must_use]
    pub fn write_text(&self) -> String {
        canonical::write(&self.write())
    }

    /// Reads it; members that earlier versions did not write are empty. `None` when it is damaged.
    #[must_use]
    pub fn read_text(bytes: &[u8]) -> Option<Self> {
        Self::read(&json::read_exact(bytes).ok()?).ok()
    }
}

impl Form for Content {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        match value {
            Value::String(text) => Self::Text(text.clone()),
            Value::Null => Self::Strange,
            other => {
                let digits: String = Object::of(other, faults).member("hex", faults);
                match hex::read_any(digits.as_bytes()) {
                    Some(bytes) => Self::Bytes(bytes),
                    None => {
                        faults.note("the bytes are not lower-case hex");
                        Self::Strange
                    }
                }
            }
        }
    }

    fn write(&self) -> Value {
        match self {
            Self::Text(text) => Value::String(text.clone()),
            Self::Bytes(bytes) => {
                let mut of = Members::new();
                put(&mut of, "hex", &hex::write(bytes));
                Value::Object(of)
            }
            Self::Strange => Value::Null,
        }
    }
}

impl Form for Export {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        let of = Object::of(value, faults);
        if of.member::<String>("format", faults) != FORMAT {
            faults.note("the format is not bintang-export/1");
        }
        let mut export = Self { key: of.member("key", faults), head: of.member("head", faults), ..Self::default() };
        for (name, records) in MEMBERS.into_iter().zip(&mut export.records) {
            let Some(members) = value.get(name).and_then(Value::as_object) else { continue };
            for (key, content) in members {
                inside(name, faults, |faults| records.insert(key.clone(), Content::take(content, faults)));
            }
        }
        export
    }

    fn write(&self) -> Value {
        let mut of = Members::new();
        put(&mut of, "format", &FORMAT.to_owned());
        put(&mut of, "key", &self.key);
        put(&mut of, "head", &self.head);
        for (name, records) in MEMBERS.into_iter().zip(&self.records) {
            let mut members = Members::new();
            for (key, content) in records {
                put(&mut members, key, content);
            }
            put(&mut of, name, &Value::Object(members));
        }
        Value::Object(of)
    }
}

/// Which bytes a record of [`Table::EvidenceMeta`] names; `None` where it does not say so readably.
#[must_use]
pub fn evidence_sum(record: &Content) -> Option<Digest> {
    let Content::Text(record) = record else { return None };
    let record = json::read(record.as_bytes()).ok()?;
    let mut faults = Faults::default();
    let sum = Digest::parse(text(record.get("sha256")?, &mut faults));
    sum.filter(|_| faults.none())
}

/// Which rubrics are installed: `{"installed":[sha256]}`.
struct Installed {
    installed: Vec<Digest>,
}
object! { Installed { installed } }

/// The list of installed rubrics as a text.
#[must_use]
pub fn write_installed(installed: Vec<Digest>) -> String {
    canonical::write(&Installed { installed }.write())
}

/// Reads it; `None` when it is damaged.
#[must_use]
pub fn read_installed(bytes: &[u8]) -> Option<Vec<Digest>> {
    Some(Installed::read(&json::read_exact(bytes).ok()?).ok()?.installed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_comes_back() {
        let mut export = Export { key: "k".to_owned(), head: Some(Content::Text("{".to_owned())), ..Export::default() };
        for (n, records) in (0..).zip(&mut export.records) {
            records.insert("a\"/".to_owned(), Content::Bytes(vec![n, 255]));
            records.insert("b".to_owned(), Content::Text("\u{0}\u{1F600}".to_owned()));
        }
        assert_eq!(Export::read_text(export.write_text().as_bytes()), Some(export));
        let early =
            "{\"format\":\"bintang-export/1\",\"key\":\"k\",\"head\":null,\"answers\":{},\"notes\":{},\"outbox\":{}}";
        assert_eq!(Export::read_text(early.as_bytes()).map(|export| export.key).as_deref(), Some("k"));
        for damaged in [
            "",
            "{}",
            &early.replace("/1", "/2"),
            &early.replace("\"k\"", "1"),
            &early.replace("notes\":{", "notes\":{\"a\":{}"),
        ] {
            assert_eq!(Export::read_text(damaged.as_bytes()), None, "{damaged}");
        }
    }

    #[test]
    fn a_sum_is_read_where_it_is_said() {
        let sum = Digest::of(b"photo");
        let text = |text: String| Content::Text(text);
        assert_eq!(evidence_sum(&text(format!("{{\"sha256\":\"{sum}\",\"x\":1}}"))), Some(sum));
        for none in ["{}", "{\"sha256\":1}", "{\"sha256\":\"0\"}", "", "[]"] {
            assert_eq!(evidence_sum(&text(none.to_owned())), None);
        }
        assert_eq!(evidence_sum(&Content::Bytes(Vec::new())), None);
    }
}
