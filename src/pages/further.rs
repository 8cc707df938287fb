//! Which page of the part an address means.

use super::{
    arrivals, backup, begin, compare, embedded, endpoint, handed, help, home, index, lock, offer, outbox, readiness,
    report, result, review, rubrics, settings, subject,
};
use crate::{context::App, routes::Further};
use bintang_dom::Node;

/// The page of a query; the list where there is none.
pub(super) fn page(query: &str) -> Node {
    let embedded = App::get().services.ports().page.embedded();
    let Some(page) = Further::read(query) else {
        return if embedded { embedded::start() } else { home::page() };
    };
    if embedded && !embedded::opens(&page) {
        return embedded::elsewhere();
    }
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
        Further::Begin => begin::page(),
        Further::Handed => handed::page(),
        Further::Help(number) => help::page(number),
        Further::Lock => lock::page(),
        Further::Rubrics { from } => rubrics::page(from),
    }
}
