//! The only place that spells an address: the app's folder plus a query, so that one file serves every page, on any host
//! and under any sub-path.

mod further;

use bintang_domain::id::{AssessmentId, NodeId, RubricId};
pub use further::Further;

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
    /// A page of the part (docs/adr/0007), by its query; what it means is read there, by [`Further::read`].
    Further(String),
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

impl Route {
    /// Reads a query (without its question mark). What it does not understand leads to the list.
    #[must_use]
    pub fn read(query: &str) -> Self {
        let value = |name: &str| value(query, name);
        let id = || value(ID).and_then(|id| AssessmentId::parse(id).ok());
        let sheet = |open| Self::Sheet {
            open,
            at: value(AT).filter(|at| *at == PAPERS || NodeId::parse(at).is_ok()).map(str::to_owned),
            all: value(VIEW) == Some(ALL),
        };
        let route = match value(PAGE) {
            Some("baru") => Some(Self::New),
            Some("lembar") => id().map(|id| sheet(Opened::Draft(id))),
            None => {
                value(RUBRIC).filter(|name| is_rubric_name(name)).map(|name| sheet(Opened::Rubric(name.to_owned())))
            }
            Some(_) => Some(Self::Further(query.to_owned())),
        };
        route.unwrap_or(Self::Home)
    }

    /// The query of this place, without a question mark.
    #[must_use]
    pub fn query(&self) -> String {
        match self {
            Self::Home => String::new(),
            Self::New => page("baru"),
            Self::Sheet { open, at, all } => {
                let query = match open {
                    Opened::Draft(id) => with(page("lembar"), ID, Some(id.to_string())),
                    Opened::Rubric(name) => [RUBRIC, "=", name].concat(),
                };
                with(with(query, AT, at.clone()), VIEW, all.then(|| ALL.to_owned()))
            }
            Self::Further(query) => query.clone(),
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

    /// Whether both are the same kind of page.
    #[must_use]
    pub fn is_kind_of(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Further(page), Self::Further(other)) => value(page, PAGE) == value(other, PAGE),
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
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

/// The value of a name in a query.
fn value<'query>(query: &'query str, name: &str) -> Option<&'query str> {
    query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// The query of a page.
fn page(name: &str) -> String {
    [PAGE, "=", name].concat()
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
            Route::result(id),
        ] {
            assert_eq!(Route::read(&route.query()), route);
        }
    }

    #[test]
    fn what_is_not_understood_leads_home() {
        for query in [DRILL, "p=lembar", "p=lembar&id=../../x", "rubric=../secret", "rubric=%2e%2e", "&&=", "p"] {
            assert_eq!(Route::read(query), Route::Home, "{query}");
        }
    }
}
