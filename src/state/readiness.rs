//! What is found out about the phone before one goes to the field.

use crate::{
    context::App,
    state::{
        address::TITLE,
        backups,
        rubrics::{self, BUILT_IN},
    },
};
use bintang_dom::{RwSignal, StoredValue};
use bintang_domain::{
    outbox::{Entry, State},
    ports::{
        evidence::{CameraError, LocationError},
        phone::{Drill, Sense},
    },
    readiness::Facts,
    store::Listed,
};
use leptos::task::spawn_local;

/// Id of the video in which the camera is tried.
pub const VIDEO: &str = "readiness-video";

/// How far the drill is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drilling {
    /// Not tried yet.
    Idle,
    /// Starting.
    Running,
    /// How it ended.
    Ended(Drill),
}

/// What came of trying the camera and the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// Being tried.
    Running,
    /// The camera gave a picture.
    Pictured,
    /// It did not.
    NoPicture(CameraError),
    /// The place was found, so many metres around.
    Found(u32),
    /// It was not.
    NotFound(LocationError),
}

/// Readiness as the page shows it; lives as long as the page.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "the app has functions")]
pub struct Readiness {
    /// What was found out; `None` while it is looked.
    pub facts: RwSignal<Option<Facts>>,
    /// How far the drill is.
    pub drilling: RwSignal<Drilling>,
    /// What came of trying the camera.
    pub camera: RwSignal<Option<Tried>>,
    /// What came of asking for the place.
    pub location: RwSignal<Option<Tried>>,
    looking: StoredValue<bool>,
    /// Id of the button that the focus goes back to once it was looked.
    button: StoredValue<Option<&'static str>>,
    app: App,
}

impl Readiness {
    /// Looks at once.
    #[must_use]
    pub fn new(app: App) -> Self {
        let readiness = Self {
            facts: RwSignal::new(None),
            drilling: RwSignal::new(Drilling::Idle),
            camera: RwSignal::new(None),
            location: RwSignal::new(None),
            looking: StoredValue::new(false),
            button: StoredValue::new(None),
            app,
        };
        readiness.look();
        readiness
    }

    /// Looks, and goes on showing what was found before until then.
    pub fn look(self) {
        if self.looking.try_update_value(|looking| std::mem::replace(looking, true)) != Some(false) {
            return;
        }
        spawn_local(async move {
            let facts = self.found().await;
            self.facts.try_update(|shown| *shown = facts);
            self.looking.try_update_value(|looking| *looking = false);
            if let Some(button) = self.button.try_update_value(Option::take).flatten() {
                self.back_to(button);
            }
        });
    }

    /// The same for the button with this id, which keeps the focus.
    fn look_from(self, button: &'static str) {
        self.button.try_update_value(|wanted| *wanted = Some(button));
        self.look();
    }

    async fn found(self) -> Option<Facts> {
        let App { services, condition, .. } = self.app;
        let (ports, later) = (services.ports(), services.later()?);
        let now = ports.clock.now();
        let (keeping, room, shell) = (ports.storage.keeping(), later.phone.room(), later.phone.shell());
        let clock_off = later.phone.clock_off();
        let (camera, location) = (later.phone.permit(Sense::Camera), later.phone.permit(Sense::Location));
        let keeping = keeping.await;
        condition.keeping.set(Some(keeping));
        let (heads, entries) = (ports.store.heads(), ports.store.entries());
        let (heads, entries) = (heads.await, entries.await);
        let unreadable = heads.is_err() || entries.is_err();
        let (heads, entries) = (heads.unwrap_or_default(), entries.unwrap_or_default());
        let waiting: Vec<_> = entries.whole.iter().filter(|e| !e.is_settled()).map(|e| e.finished).collect();
        let held = |entry: &Entry| match entry.state {
            State::Proved { held, .. } | State::Accepted { held, .. } => held,
            _ => 0,
        };
        let held = entries.whole.iter().map(held).sum();
        let accepted = entries.whole.iter().filter(|entry| matches!(entry.state, State::Accepted { .. })).count();
        let changed = heads.iter().filter_map(|listed| match listed {
            Listed::Whole(head) => Some(head.changed),
            Listed::Damaged { .. } => None,
        });
        let (rubrics, versions) = self.rubrics().await;
        Some(Facts {
            now,
            shell: shell.await,
            rubrics,
            versions,
            pictured: None,
            found: None,
            drill: None,
            unreadable,
            keeping: Some(keeping),
            room: room.await,
            clock_off: clock_off.await,
            camera: camera.await,
            location: location.await,
            backup: backups::last(services),
            changed: changed.max(),
            waiting: waiting.len(),
            held,
            accepted,
            oldest: waiting.into_iter().min(),
        })
    }

    /// Rubrics that can be read, of those that come with the app and those that are installed, and their versions.
    async fn rubrics(self) -> ((usize, usize), Vec<String>) {
        let (mut ready, mut of) = (Vec::new(), BUILT_IN.len());
        for name in BUILT_IN {
            ready.extend(rubrics::built_in(self.app.services, name).await.ok());
        }
        if let Ok(installed) = rubrics::installed(self.app.services).await {
            of += installed.len();
            ready.extend(installed.into_iter().filter_map(|installed| installed.ready));
        }
        let mut versions: Vec<String> = ready.iter().map(|ready| ready.reference.version.clone()).collect();
        versions.sort();
        versions.dedup();
        ((ready.len(), of), versions)
    }

    /// What was found out, with what came of trying; renews the view.
    #[must_use]
    pub fn known(self) -> Option<Facts> {
        let worked = |tried: Option<Tried>| match tried? {
            Tried::Running => None,
            Tried::Pictured | Tried::Found(_) => Some(true),
            Tried::NoPicture(_) | Tried::NotFound(_) => Some(false),
        };
        let drill = match self.drilling.get() {
            Drilling::Idle | Drilling::Running => None,
            Drilling::Ended(drill) => Some(drill == Drill::Started),
        };
        let (pictured, found) = (worked(self.camera.get()), worked(self.location.get()));
        Some(Facts { pictured, found, drill, ..self.facts.get()? })
    }

    /// The page was drawn anew under the button with this id: whoever goes by keyboard goes on there.
    fn back_to(self, button: &'static str) {
        let page = self.app.services.ports().page.clone();
        let focus = page.clone();
        page.after_paint(Box::new(move || focus.focus(button)));
    }

    /// Starts the app once more at this query, without a network.
    pub fn drill(self, query: &'static str) {
        let Some(ports) = self.app.services.later() else { return };
        self.drilling.set(Drilling::Running);
        spawn_local(async move {
            let ended = ports.phone.drill(query, TITLE).await;
            self.drilling.try_update(|drilling| *drilling = Drilling::Ended(ended));
            self.back_to("readiness-drill");
        });
    }

    /// Asks the browser to keep what is stored.
    pub fn keep(self) {
        let keeping = self.app.services.ports().storage.keep();
        spawn_local(async move {
            keeping.await;
            self.look_from("readiness-keep");
        });
    }

    /// Takes a picture, which nobody keeps: the browser asks for the camera now and not at the maker's.
    pub fn try_camera(self) {
        let Some(ports) = self.app.services.later() else { return };
        self.camera.set(Some(Tried::Running));
        let opening = ports.camera.open(VIDEO);
        spawn_local(async move {
            let tried = match opening.await {
                Ok(()) if ports.camera.snap(VIDEO).await.is_some() => Tried::Pictured,
                Ok(()) => Tried::NoPicture(CameraError::Absent),
                Err(error) => Tried::NoPicture(error),
            };
            ports.camera.close(VIDEO);
            self.camera.try_update(|shown| *shown = Some(tried));
            self.look_from("readiness-camera");
        });
    }

    /// Asks for the place, which nobody keeps.
    pub fn try_location(self) {
        let Some(ports) = self.app.services.later() else { return };
        self.location.set(Some(Tried::Running));
        let asking = ports.location.here();
        spawn_local(async move {
            let tried = asking.await.map_or_else(Tried::NotFound, |place| Tried::Found(place.accuracy));
            self.location.try_update(|shown| *shown = Some(tried));
            self.look_from("readiness-location");
        });
    }
}
