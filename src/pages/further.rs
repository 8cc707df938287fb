//! Which page of the part an address means.

use super::{
    arrivals, backup, compare, endpoint, help, home, index, lock, offer, outbox, readiness, report, result, review,
    rubrics, settings, subject,
};
use crate::routes::Further;
use bintang_dom::Node;

/// The page of a query; the list where there is none.
pub(super) fn page(query: &str) -> Node {
    let Some(page) = Further::read(query) else { return home::page() };
    match page {
        Further::Index(id) => index::page(id),
        Further::Subject(id) => subject::page(id),
        Further::Review(id) => review::page(id),
        Further::Result(id) => result::page(id),
        Further::Report(id) => report::page(id),
        Further::Compare(id, with) => compare::page(id, with),
        Further::Outbox => outbox::page(),
        Further::Arrivals(id) => arrivals::page(id),
        Further::Settings => settings::page(),
        Further::Backup(id) => backup::page(id),
        Further::Readiness => readiness::page(),
        Further::Endpoint(number) => endpoint::page(number),
        Further::Offer => offer::page(),
        Further::Help(number) => help::page(number),
        Further::Lock => lock::page(),
        Further::Rubrics { from } => rubrics::page(from),
    }
}
