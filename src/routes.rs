//! The only place that spells an address: the app's folder plus a query, so that one file serves every page, on any host
//! and under any sub-path.

use bintang_domain::id::{AssessmentId, NodeId, RubricId};

/// A place in the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// The list.
    Home,
    /// A new assessment.
    New,
    /// A sheet.
    Sheet {
        /// Which.
        open: Opened,
        /// Where in it: the id of a part or a criterion, or [`PAPERS`]; where it was left when absent.
        at: Option<String>,
        /// Whether all parts stand on one page.
        all: bool,
    },
    /// All criteria of a sheet in one list, to search and to jump.
    Index(AssessmentId),
    /// Who and what is assessed, to be corrected.
    Subject(AssessmentId),
    /// What is missing, and finishing.
    Review(AssessmentId),
    /// A finished assessment.
    Result(AssessmentId),
    /// The report of the visit.
    Report(AssessmentId),
    /// An assessment beside another one, or the choice of that.
    Compare(AssessmentId, Option<AssessmentId>),
    /// What is on its way.
    Outbox,
    /// Settings.
    Settings,
    /// Backups: taking one of everything or of one assessment, and bringing one back.
    Backup(Option<AssessmentId>),
    /// Whether the phone is ready for the field.
    Readiness,
    /// One endpoint, by its place in the list; a new one where there is none.
    Endpoint(Option<usize>),
    /// An endpoint that was handed over, to be looked at.
    Offer,
    /// Help: the list of pages, or the page of this number.
    Help(Option<usize>),
    /// The lock of the store.
    Lock,
    /// Rubrics: those that come with the app, those installed, and installing.
    Rubrics {
        /// Where a link says that one is to be had; checked before it is used.
        from: Option<String>,
    },
}

/// Which sheet is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// A stored draft.
    Draft(AssessmentId),
    /// A new sheet of the rubric file of this name (`rubrics/<name>.json`), stored from its first answer on.
    Rubric(String),
}

/// The place of requirements and knockouts in a sheet; no id of a rubric can hold the tilde.
pub const PAPERS: &str = "~papers";

/// The query of a page that tries whether the app starts without a network (`public/sw.js` knows its first word). It
/// shows the list and sends nothing.
pub const DRILL: &str = "drill=1";

const PAGE: &str = "p";
const ID: &str = "id";
const AT: &str = "at";
const VIEW: &str = "view";
const ALL: &str = "all";
const RUBRIC: &str = "rubric";
const FROM: &str = "from";
const NUMBER: &str = "n";
const WITH: &str = "dengan";

impl Route {
    /// Reads a query (without its question mark). What it does not understand leads to the list.
    #[must_use]
    pub fn read(query: &str) -> Self {
        let value = |name: &str| {
            query
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value)
        };
        let id = || value(ID).and_then(|id| AssessmentId::parse(id).ok());
        let sheet = |open| Self::Sheet {
            open,
            at: value(AT).filter(|at| *at == PAPERS || NodeId::parse(at).is_ok()).map(str::to_owned),
            all: value(VIEW) == Some(ALL),
        };
        let route = match value(PAGE) {
            Some("baru") => Some(Self::New),
            Some("lembar") => id().map(|id| sheet(Opened::Draft(id))),
            Some("daftar") => id().map(Self::Index),
            Some("data") => id().map(Self::Subject),
            Some("laporan") => id().map(Self::Report),
            Some("bantuan") => Some(Self::Help(value(NUMBER).and_then(|number| number.parse().ok()))),
            Some("tinjau") => id().map(Self::Review),
            Some("hasil") => id().map(Self::Result),
            Some("banding") => {
                let with = value(WITH).and_then(|with| AssessmentId::parse(with).ok());
                id().map(|id| Self::Compare(id, with))
            }
            Some("kotak-keluar") => Some(Self::Outbox),
            Some("pengaturan") => Some(Self::Settings),
            Some("cadangan") => Some(Self::Backup(id())),
            Some("kesiapan") => Some(Self::Readiness),
            Some("kunci") => Some(Self::Lock),
            Some("tawaran") => Some(Self::Offer),
            Some("tujuan") => Some(Self::Endpoint(value(NUMBER).and_then(|number| number.parse().ok()))),
            Some("rubrik") => Some(Self::Rubrics { from: value(FROM).and_then(decoded) }),
            None => {
                value(RUBRIC).filter(|name| is_rubric_name(name)).map(|name| sheet(Opened::Rubric(name.to_owned())))
            }
            Some(_) => None,
        };
        route.unwrap_or(Self::Home)
    }

    /// The query of this place, without a question mark.
    #[must_use]
    pub fn query(&self) -> String {
        let of = |page: &str, id: Option<&AssessmentId>| {
            let query = [PAGE, "=", page].concat();
            with(query, ID, id.map(AssessmentId::to_string))
        };
        let number = |page: &str, number: &Option<usize>| with(of(page, None), NUMBER, number.map(|it| it.to_string()));
        match self {
            Self::Home => String::new(),
            Self::New => of("baru", None),
            Self::Sheet { open, at, all } => {
                let query = match open {
                    Opened::Draft(id) => of("lembar", Some(id)),
                    Opened::Rubric(name) => [RUBRIC, "=", name].concat(),
                };
                with(with(query, AT, at.clone()), VIEW, all.then(|| ALL.to_owned()))
            }
            Self::Index(id) => of("daftar", Some(id)),
            Self::Subject(id) => of("data", Some(id)),
            Self::Report(id) => of("laporan", Some(id)),
            Self::Help(page) => number("bantuan", page),
            Self::Review(id) => of("tinjau", Some(id)),
            Self::Result(id) => of("hasil", Some(id)),
            Self::Compare(id, other) => with(of("banding", Some(id)), WITH, other.map(|other| other.to_string())),
            Self::Outbox => of("kotak-keluar", None),
            Self::Settings => of("pengaturan", None),
            Self::Lock => of("kunci", None),
            Self::Offer => of("tawaran", None),
            Self::Endpoint(place) => number("tujuan", place),
            Self::Readiness => of("kesiapan", None),
            Self::Backup(id) => of("cadangan", id.as_ref()),
            Self::Rubrics { from } => with(of("rubrik", None), FROM, from.as_deref().map(encoded)),
        }
    }

    /// The address to put into a link.
    #[must_use]
    pub fn href(&self) -> String {
        match self.query() {
            query if query.is_empty() => "./".to_owned(),
            query => ["./?", &query].concat(),
        }
    }

    /// A sheet, where it was left.
    #[must_use]
    pub fn sheet(id: AssessmentId) -> Self {
        Self::Sheet { open: Opened::Draft(id), at: None, all: false }
    }

    /// A place in a sheet: a part, a criterion, or [`PAPERS`].
    #[must_use]
    pub fn sheet_at(id: AssessmentId, at: &str) -> Self {
        Self::Sheet { open: Opened::Draft(id), at: Some(at.to_owned()), all: false }
    }
}

/// A text in a query (RFC 3986, section 2.1): letters, digits and a few marks stay, other bytes become `%XX`.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The query with another pair, where there is one.
fn with(mut query: String, key: &str, value: Option<String>) -> String {
    if let Some(value) = value {
        for piece in ["&", key, "=", &value] {
            query.push_str(piece);
        }
    }
    query
}

/// Reads a text in a query; `None` where it is no UTF-8 or a `%` stands alone.
fn decoded(text: &str) -> Option<String> {
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'%' => {
                let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
                digit(bytes.next()?)? * 16 + digit(bytes.next()?)?
            }
            byte => byte,
        });
    }
    String::from_utf8(out).ok().filter(|text| !text.is_empty())
}

/// Names of rubric files: 1 to 64 of a–z, 0–9 and the hyphen, so that no name leads out of their folder.
fn is_rubric_name(name: &str) -> bool {
    RubricId::parse(name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use bintang_domain::time::Millis;

    #[test]
    fn every_place_reads_its_own_address() {
        let id = AssessmentId::new(Millis(1), &[3; 10]);
        let sheet = |open, at: Option<&str>, all| Route::Sheet { open, at: at.map(str::to_owned), all };
        for route in [
            Route::Home,
            Route::New,
            sheet(Opened::Draft(id), None, false),
            sheet(Opened::Draft(id), Some("B.I.1"), false),
            sheet(Opened::Draft(id), Some(PAPERS), true),
            sheet(Opened::Rubric("rubric-26".into()), None, true),
            Route::Index(id),
            Route::Subject(id),
            Route::Report(id),
            Route::Help(None),
            Route::Help(Some(2)),
            Route::Review(id),
            Route::Result(id),
            Route::Compare(id, None),
            Route::Compare(id, Some(AssessmentId::new(Millis(2), &[4; 10]))),
            Route::Outbox,
            Route::Settings,
            Route::Backup(None),
            Route::Readiness,
            Route::Lock,
            Route::Offer,
            Route::Endpoint(None),
            Route::Endpoint(Some(3)),
            Route::Backup(Some(id)),
            Route::Rubrics { from: None },
            Route::Rubrics { from: Some("https://contoh.id/rubrik madu/é&=%+?.json".into()) },
        ] {
            assert_eq!(Route::read(&route.query()), route);
        }
    }

    #[test]
    fn what_is_not_understood_leads_home() {
        for query in [DRILL, "p=x", "p=lembar", "p=lembar&id=../../x", "rubric=../secret", "rubric=%2e%2e", "&&=", "p"]
        {
            assert_eq!(Route::read(query), Route::Home, "{query}");
        }
        for from in ["%", "%4", "%zz", "%ff", ""] {
            assert_eq!(Route::read(&format!("p=rubrik&from={from}")), Route::Rubrics { from: None }, "{from}");
        }
    }
}
