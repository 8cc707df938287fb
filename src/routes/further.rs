//! The pages that come with the part (docs/adr/0007): how each is spelled, and what an address means.

use super::{ID, Route, page, value, with};
use bintang_domain::id::AssessmentId;

const FROM: &str = "from";
const NUMBER: &str = "n";
const WITH: &str = "dengan";

/// A page of the part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Further {
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
    /// What other apps have handed over, and the sheet that it is for once that was chosen.
    Arrivals(Option<AssessmentId>),
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
    /// What a page of another site gave that led here.
    Begin,
    /// A sheet that goes on here after it was begun inside another page.
    Handed,
    /// Rubrics: those that come with the app, those installed, and installing.
    Rubrics {
        /// Where a link says that one is to be had; checked before it is used.
        from: Option<String>,
    },
}

impl Further {
    /// Reads a query (without its question mark); `None` where it is none of these.
    #[must_use]
    pub fn read(query: &str) -> Option<Self> {
        let value = |name: &str| value(query, name);
        let id = || value(ID).and_then(|id| AssessmentId::parse(id).ok());
        let number = || value(NUMBER).and_then(|number| number.parse().ok());
        Some(match value(super::PAGE)? {
            "daftar" => Self::Index(id()?),
            "data" => Self::Subject(id()?),
            "laporan" => Self::Report(id()?),
            "bantuan" => Self::Help(number()),
            "tinjau" => Self::Review(id()?),
            "hasil" => Self::Result(id()?),
            "banding" => Self::Compare(id()?, value(WITH).and_then(|with| AssessmentId::parse(with).ok())),
            "kotak-keluar" => Self::Outbox,
            "titipan" => Self::Arrivals(id()),
            "pengaturan" => Self::Settings,
            "cadangan" => Self::Backup(id()),
            "kesiapan" => Self::Readiness,
            "kunci" => Self::Lock,
            "tawaran" => Self::Offer,
            "mulai" => Self::Begin,
            "lanjut" => Self::Handed,
            "tujuan" => Self::Endpoint(number()),
            "rubrik" => Self::Rubrics { from: value(FROM).and_then(decoded) },
            _ => return None,
        })
    }
}

/// Their addresses.
impl Route {
    fn further(name: &str) -> Self {
        Self::Further(page(name))
    }

    fn of(name: &str, id: Option<AssessmentId>) -> Self {
        Self::Further(with(page(name), ID, id.map(|id| id.to_string())))
    }

    fn numbered(name: &str, number: Option<usize>) -> Self {
        Self::Further(with(page(name), NUMBER, number.map(|number| number.to_string())))
    }

    /// [`Further::Outbox`].
    #[must_use]
    pub fn outbox() -> Self {
        Self::further("kotak-keluar")
    }

    /// [`Further::Settings`].
    #[must_use]
    pub fn settings() -> Self {
        Self::further("pengaturan")
    }

    /// [`Further::Readiness`].
    #[must_use]
    pub fn readiness() -> Self {
        Self::further("kesiapan")
    }

    /// [`Further::Offer`].
    #[must_use]
    pub fn offer() -> Self {
        Self::further("tawaran")
    }

    /// [`Further::Begin`]; `public/embed.js` leads there.
    #[must_use]
    pub fn begin() -> Self {
        Self::further("mulai")
    }

    /// [`Further::Handed`]; `public/embedded.js` opens it.
    #[must_use]
    pub fn handed() -> Self {
        Self::further("lanjut")
    }

    /// [`Further::Lock`].
    #[must_use]
    pub fn lock() -> Self {
        Self::further("kunci")
    }

    /// [`Further::Index`].
    #[must_use]
    pub fn index(id: AssessmentId) -> Self {
        Self::of("daftar", Some(id))
    }

    /// [`Further::Subject`].
    #[must_use]
    pub fn subject(id: AssessmentId) -> Self {
        Self::of("data", Some(id))
    }

    /// [`Further::Review`].
    #[must_use]
    pub fn review(id: AssessmentId) -> Self {
        Self::of("tinjau", Some(id))
    }

    /// [`Further::Result`].
    #[must_use]
    pub fn result(id: AssessmentId) -> Self {
        Self::of("hasil", Some(id))
    }

    /// [`Further::Report`].
    #[must_use]
    pub fn report(id: AssessmentId) -> Self {
        Self::of("laporan", Some(id))
    }

    /// [`Further::Backup`].
    #[must_use]
    pub fn backup(id: Option<AssessmentId>) -> Self {
        Self::of("cadangan", id)
    }

    /// [`Further::Arrivals`].
    #[must_use]
    pub fn arrivals(id: Option<AssessmentId>) -> Self {
        Self::of("titipan", id)
    }

    /// [`Further::Endpoint`].
    #[must_use]
    pub fn endpoint(number: Option<usize>) -> Self {
        Self::numbered("tujuan", number)
    }

    /// [`Further::Help`].
    #[must_use]
    pub fn help(number: Option<usize>) -> Self {
        Self::numbered("bantuan", number)
    }

    /// [`Further::Compare`].
    #[must_use]
    pub fn compare(id: AssessmentId, other: Option<AssessmentId>) -> Self {
        Self::Further(with(Self::of("banding", Some(id)).query(), WITH, other.map(|other| other.to_string())))
    }

    /// [`Further::Rubrics`].
    #[must_use]
    pub fn rubrics(from: Option<&str>) -> Self {
        Self::Further(with(page("rubrik"), FROM, from.map(encoded)))
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

#[cfg(test)]
mod tests {
    use super::*;
    use bintang_domain::time::Millis;

    #[test]
    fn every_page_reads_its_own_address() {
        let (id, other) = (AssessmentId::new(Millis(1), &[3; 10]), AssessmentId::new(Millis(2), &[4; 10]));
        let from = "https://contoh.id/rubrik madu/é&=%+?.json";
        for (route, page) in [
            (Route::index(id), Further::Index(id)),
            (Route::subject(id), Further::Subject(id)),
            (Route::report(id), Further::Report(id)),
            (Route::help(None), Further::Help(None)),
            (Route::help(Some(2)), Further::Help(Some(2))),
            (Route::review(id), Further::Review(id)),
            (Route::result(id), Further::Result(id)),
            (Route::compare(id, None), Further::Compare(id, None)),
            (Route::compare(id, Some(other)), Further::Compare(id, Some(other))),
            (Route::outbox(), Further::Outbox),
            (Route::arrivals(None), Further::Arrivals(None)),
            (Route::arrivals(Some(id)), Further::Arrivals(Some(id))),
            (Route::settings(), Further::Settings),
            (Route::backup(None), Further::Backup(None)),
            (Route::backup(Some(id)), Further::Backup(Some(id))),
            (Route::readiness(), Further::Readiness),
            (Route::lock(), Further::Lock),
            (Route::offer(), Further::Offer),
            (Route::begin(), Further::Begin),
            (Route::handed(), Further::Handed),
            (Route::endpoint(None), Further::Endpoint(None)),
            (Route::endpoint(Some(3)), Further::Endpoint(Some(3))),
            (Route::rubrics(None), Further::Rubrics { from: None }),
            (Route::rubrics(Some(from)), Further::Rubrics { from: Some(from.into()) }),
        ] {
            assert_eq!(Route::read(&route.query()), route);
            assert_eq!(Further::read(&route.query()), Some(page));
        }
    }

    #[test]
    fn what_is_not_understood_is_no_page() {
        for query in ["p=x", "p=tinjau", "p=hasil&id=../../x", "rubric=food", ""] {
            assert_eq!(Further::read(query), None, "{query}");
        }
        for from in ["%", "%4", "%zz", "%ff", ""] {
            assert_eq!(
                Further::read(&format!("p=rubrik&from={from}")),
                Some(Further::Rubrics { from: None }),
                "{from}"
            );
        }
    }
}
