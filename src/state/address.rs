//! Where the person is in the app.

use crate::{
    context::App,
    routes::{Opened, Route},
    services::Services,
};
use bintang_dom::RwSignal;
use bintang_domain::id::AssessmentId;

/// Id of every page's title.
pub const TITLE: &str = "title";

/// The present place.
#[derive(Debug, Clone, Copy)]
pub struct Address {
    /// The place shown.
    pub route: RwSignal<Route>,
    services: Services,
}

impl Address {
    /// Reads the address and follows "back" and "forward".
    #[must_use]
    pub fn new(services: Services) -> Self {
        let page = services.ports().page.clone();
        let address = Self { route: RwSignal::new(Route::read(&page.query())), services };
        let moved = page.clone();
        page.on_move(Box::new(move || {
            address.arrive(Route::read(&moved.query()));
        }));
        address
    }

    /// From the context.
    #[must_use]
    pub fn get() -> Self {
        App::get().address
    }

    /// Goes there, as a step that "back" undoes; a part of the sheet that is shown already is no step, so that "back"
    /// leaves a sheet at once. Within a sheet that a link began the address stays the link's, until the sheet is stored
    /// and has one of its own.
    pub fn go(self, route: Route) {
        let page = self.services.ports().page.clone();
        let same = self.is_kind_of(&route);
        if !(same && self.is_link()) && self.route.get_untracked() != route {
            let query = route.query();
            if same { page.replace(&query) } else { page.push(&query) }
        }
        self.arrive(route);
    }

    /// Whether the same kind of page is shown.
    fn is_kind_of(self, route: &Route) -> bool {
        self.route.with_untracked(|present| present.is_kind_of(route))
    }

    /// Whether the address is a link that begins a sheet.
    fn is_link(self) -> bool {
        matches!(Route::read(&self.services.ports().page.query()), Route::Sheet { open: Opened::Rubric(_), .. })
    }

    /// Gives the sheet that a link began its own address, once it is stored.
    pub fn name(self, assessment: AssessmentId) {
        if self.is_link() {
            let route = match self.route.get_untracked() {
                Route::Sheet { open: Opened::Rubric(_), at, all } => {
                    Route::Sheet { open: Opened::Draft(assessment), at, all }
                }
                route => route,
            };
            self.services.ports().page.replace(&route.query());
            self.route.update_untracked(|present| *present = route);
        }
    }

    /// Whether the sheet of this assessment is shown, or its review.
    #[must_use]
    pub fn is_at_sheet(self, assessment: AssessmentId) -> bool {
        self.route.with_untracked(|route| match route {
            Route::Sheet { open: Opened::Draft(id), .. } => *id == assessment,
            route => *route == Route::review(assessment),
        })
    }

    /// Goes there in place of the present step.
    pub fn replace(self, route: Route) {
        self.services.ports().page.replace(&route.query());
        self.arrive(route);
    }

    /// Shows a place; another page begins at its top, and with the focus on its title.
    fn arrive(self, route: Route) {
        let page = self.services.ports().page.clone();
        if !self.is_kind_of(&route) {
            page.top();
            let later = page.clone();
            page.after_paint(Box::new(move || later.focus(TITLE)));
        }
        self.route.set(route);
    }
}
