//! The rubrics there are: those that come with the app, those that are installed, and the one that is looked at before it
//! is installed.

use crate::{
    services::Services,
    state::rubrics::{self, BUILT_IN, Installed, Ready},
};
use bintang_dom::RwSignal;
use bintang_domain::{
    digest::Digest,
    endpoint::Endpoint,
    id::RubricId,
    ports::{Pending, StoreError},
    rubric::{self, Problem, Severity},
};
use leptos::task::spawn_local;

/// Id of what the page shows of a file that was looked at.
pub const LOOKED_AT: &str = "rubric-report";

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
    /// It could not be had; a word says why.
    Unreachable(String),
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
        self.failure.try_update(|failure| *failure = outcome.err());
    }

    /// Looks at the file that was chosen in the field with this id.
    pub fn look_at_file(self, field: &str) {
        let reading = self.services.ports().files.chosen(field, rubric::MAX_BYTES);
        self.look(reading);
    }

    /// Looks at what this address has.
    pub fn look_at_link(self, address: &Endpoint) {
        let fetching = self.services.ports().web_files.fetch(address.url());
        self.look(fetching);
    }

    fn look(self, reading: Pending<Result<Vec<u8>, String>>) {
        self.looking.set(Looking::Reading);
        spawn_local(async move {
            let looking = match reading.await {
                Ok(bytes) => Looking::Read(Inspected::of(bytes)),
                Err(why) => Looking::Unreachable(why),
            };
            self.looking.try_update(|now| *now = looking);
            let services = self.services;
            let reveal = move || {
                services.ports().page.reveal(LOOKED_AT);
            };
            services.ports().page.after_paint(Box::new(reveal));
        });
    }

    /// Installs what was looked at.
    pub fn install(self, ready: Ready) {
        let installing = self.services.ports().store.install_rubric(ready.bytes.clone());
        spawn_local(async move {
            let outcome = installing.await;
            let done = outcome.is_ok();
            self.failed(outcome);
            if done {
                self.looking.try_update(|looking| *looking = Looking::Installed(ready));
                self.list().await;
            }
        });
    }

    /// Offers an installed rubric no longer.
    pub fn remove(self, sha256: Digest) {
        let removing = self.services.ports().store.remove_rubric(sha256);
        spawn_local(async move {
            match removing.await {
                Ok(()) => self.list().await,
                error => self.failed(error),
            }
        });
    }

    /// Hands a rubric's file to the person, byte for byte.
    pub fn export(self, ready: &Ready) {
        // A file that was read is UTF-8.
        let text = String::from_utf8_lossy(&ready.bytes);
        let name = [ready.reference.id.as_str(), ".json"].concat();
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
    // The files that come with the app are named by their commodity.
    if let Some(name) = BUILT_IN.into_iter().find(|name| Some(*name) == commodity.as_deref()) {
        found.extend(rubrics::built_in(services, name).await.ok());
    }
    if let Ok(installed) = rubrics::installed(services).await {
        found.extend(installed.into_iter().filter_map(|installed| installed.ready));
    }
    found.retain(|ready| ready.reference.id == id && ready.reference.sha256 != but);
    found
}
