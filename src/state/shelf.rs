//! The rubrics there are: those that come with the app, those that are installed, and the one that is looked at before it
//! is installed.

use crate::{
    services::Services,
    state::{
        address::TITLE,
        rubrics::{self, BUILT_IN, Installed, Ready},
    },
};
use bintang_dom::{RwSignal, StoredValue};
use bintang_domain::{
    digest::Digest,
    id::RubricId,
    ports::{FileError, Pending, StoreError},
    rubric::{self, Problem, Severity},
    web_address::WebAddress,
};
use leptos::task::spawn_local;

/// Id of what the page shows of a file that was looked at.
pub const LOOKED_AT: &str = "rubric-report";

/// Id of what the page shows of a store that could not do it.
pub const FAILURE: &str = "rubric-failure";

/// A file that was looked at.
#[derive(Debug, Clone)]
pub struct Inspected {
    /// Its rubric, if it can be used.
    pub ready: Option<Ready>,
    /// What is wrong with it, errors first.
    pub problems: Vec<Problem>,
}

impl Inspected {
    fn of(bytes: Vec<u8>) -> Self {
        let mut problems = rubric::read(&bytes).problems;
        problems.sort_by_key(|problem| problem.severity);
        Self { ready: rubrics::read(bytes).ok(), problems }
    }

    /// How many problems there are of a kind.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.problems.iter().filter(|problem| problem.severity == severity).count()
    }
}

/// How far looking at a file is.
#[derive(Debug, Clone)]
pub enum Looking {
    /// None was chosen.
    Idle,
    /// It is being read.
    Reading,
    /// It could not be had.
    NoFile(FileError),
    /// This is what is in it.
    Read(Inspected),
    /// It is installed now.
    Installed(Ready),
}

/// What the page of rubrics shows; lives as long as the page.
#[derive(Debug, Clone, Copy)]
pub struct Shelf {
    /// Those that come with the app.
    pub built_in: RwSignal<Vec<Ready>>,
    /// Those installed; `None` until they are read.
    pub installed: RwSignal<Option<Vec<Installed>>>,
    /// The file that is looked at.
    pub looking: RwSignal<Looking>,
    /// Why the store could not do the last thing asked of it.
    pub failure: RwSignal<Option<StoreError>>,
    /// Counts the files that were chosen: one that is read too late is not shown in place of a newer one.
    turn: StoredValue<u32>,
    services: Services,
}

impl Shelf {
    /// Reads what there is.
    #[must_use]
    pub fn new(services: Services) -> Self {
        let shelf = Self {
            built_in: RwSignal::new(Vec::new()),
            installed: RwSignal::new(None),
            looking: RwSignal::new(Looking::Idle),
            failure: RwSignal::new(None),
            turn: StoredValue::new(0),
            services,
        };
        spawn_local(async move {
            for name in BUILT_IN {
                if let Ok(ready) = rubrics::built_in(services, name).await {
                    shelf.built_in.try_update(|built_in| built_in.push(ready));
                }
            }
            shelf.list().await;
        });
        shelf
    }

    async fn list(self) {
        let listed = rubrics::installed(self.services).await.map(|installed| {
            self.installed.try_update(|list| *list = Some(installed));
        });
        self.failed(listed);
    }

    fn failed(self, outcome: Result<(), StoreError>) {
        if outcome.is_err() {
            self.reveal(FAILURE);
        }
        self.failure.try_update(|failure| *failure = outcome.err());
    }

    /// Brings something into view once it is painted, and the focus with it.
    fn reveal(self, id: &'static str) {
        let page = self.services.ports().page.clone();
        let later = page.clone();
        page.after_paint(Box::new(move || {
            later.reveal(id);
        }));
    }

    /// Looks at the file that was chosen in the field with this id.
    pub fn look_at_file(self, field: &str) {
        let reading = self.services.ports().files.chosen(field, rubric::MAX_BYTES);
        self.look(reading);
    }

    /// Looks at what this address has.
    pub fn look_at_link(self, address: &WebAddress) {
        let fetching = self.services.ports().web_files.fetch(address.url());
        self.look(fetching);
    }

    fn look(self, reading: Pending<Result<Vec<u8>, FileError>>) {
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        self.looking.set(Looking::Reading);
        spawn_local(async move {
            let looking = match reading.await {
                Ok(bytes) => Looking::Read(Inspected::of(bytes)),
                Err(error) => Looking::NoFile(error),
            };
            // Nothing of it is left once the page is.
            if self.turn.try_get_value() == Some(turn) {
                self.looking.set(looking);
                self.reveal(LOOKED_AT);
            }
        });
    }

    /// Installs what was looked at.
    pub fn install(self, ready: Ready) {
        let installing = self.services.ports().store.install_rubric(ready.bytes.clone());
        let turn = self.turn.get_value();
        spawn_local(async move {
            let outcome = installing.await;
            if outcome.is_ok() {
                self.list().await;
                if self.turn.try_get_value() == Some(turn) {
                    self.looking.set(Looking::Installed(ready));
                    self.reveal(LOOKED_AT);
                }
            } else {
                self.failed(outcome);
            }
        });
    }

    /// Offers an installed rubric no longer.
    pub fn remove(self, sha256: Digest) {
        let removing = self.services.ports().store.remove_rubric(sha256);
        spawn_local(async move {
            match removing.await {
                Ok(()) => {
                    self.list().await;
                    let page = self.services.ports().page.clone();
                    let later = page.clone();
                    // The button that had it is gone.
                    page.after_paint(Box::new(move || later.focus(TITLE)));
                }
                error => self.failed(error),
            }
        });
    }

    /// Hands a rubric's file to the person, byte for byte.
    pub fn export(self, ready: &Ready) {
        // A file that was read is UTF-8.
        let text = String::from_utf8_lossy(&ready.bytes);
        let version = ready.reference.version.chars().map(|c| if c.is_alphanumeric() || c == '.' { c } else { '-' });
        let name = [ready.reference.id.as_str(), "-", &version.collect::<String>(), ".json"].concat();
        self.services.ports().files.save(&name, "application/json", &text);
    }

    /// Whether this very file is there already.
    #[must_use]
    pub fn has(self, sha256: Digest) -> bool {
        let built_in = self.built_in.with(|list| list.iter().any(|ready| ready.reference.sha256 == sha256));
        built_in || self.installed.with(|list| list.iter().flatten().any(|other| other.sha256 == sha256))
    }

    /// Whether another file has the same id and version, which together should name one rubric.
    #[must_use]
    pub fn has_namesake(self, ready: &Ready) -> bool {
        let (id, version, sum) = (&ready.reference.id, &ready.reference.version, ready.reference.sha256);
        let same = |other: &Ready| {
            let other = &other.reference;
            (&other.id, &other.version) == (id, version) && other.sha256 != sum
        };
        let installed = |other: &Installed| other.ready.as_ref().is_some_and(same);
        self.built_in.with(|list| list.iter().any(same))
            || self.installed.with(|list| list.iter().flatten().any(installed))
    }
}

/// Every other rubric of this set that could be used: another version, or another file of the same.
pub async fn others(services: Services, id: RubricId, commodity: Option<String>, but: Digest) -> Vec<Ready> {
    let mut found = Vec::new();
    // The files that come with the app are named by their commodity; a rubric need not say its own.
    let named = BUILT_IN.into_iter().filter(|name| commodity.as_deref().is_none_or(|commodity| commodity == *name));
    for name in named {
        found.extend(rubrics::built_in(services, name).await.ok());
    }
    if let Ok(installed) = rubrics::installed(services).await {
        found.extend(installed.into_iter().filter_map(|installed| installed.ready));
    }
    found.retain(|ready| ready.reference.id == id && ready.reference.sha256 != but);
    found
}
