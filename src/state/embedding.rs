//! The app inside another page (docs/adr/0022): what that page wants of it, asks it, and is told. Comes with the part.

mod asked;
mod told;

use crate::{
    context::App,
    routes::Route,
    services::Services,
    state::{
        rubrics::{self, Ready, Unusable},
        session::Session,
    },
};
use bintang_domain::{
    draft::{Head, Phase},
    endpoint::{Endpoint, Endpoints},
    id::AssessmentId,
    ports::{FileError, StoreError},
    store::Listed,
    subject::Stage,
    web_address::WebAddress,
    wire::{
        embedding::{RubricWanted, Wanted, error, ready},
        envelope::Refused,
    },
};
use leptos::task::spawn_local;
pub use told::{follow, listen};

/// What the page around wants; nothing where the app is on its own.
#[must_use]
pub fn wanted(services: Services) -> Option<Wanted> {
    services.later()?.embedding.options().map(|options| Wanted::read(&options))
}

/// Whether a maker reckons their own stars here.
#[must_use]
pub fn is_own(services: Services) -> bool {
    wanted(services).is_some_and(|wanted| wanted.own)
}

/// Tells the page around.
fn tell(services: Services, event: &str, detail: &str) {
    if let Some(ports) = services.later() {
        ports.embedding.tell(event, detail);
    }
}

/// What there is to show.
#[derive(Debug, Clone)]
pub enum Beginning {
    /// It is being looked for.
    Looking,
    /// Assessments that were finished here, the newest first.
    Finished(Vec<Head>),
    /// The page names no rubric.
    NoRubric,
    /// The rubric cannot be used.
    Unusable(Unusable),
    /// The store could not say.
    Failed(StoreError),
}

/// Fetches the rubric that is wanted.
///
/// # Errors
/// Why it cannot be used; `None` where there is none.
pub async fn rubric(services: Services, wanted: &Wanted) -> Result<Ready, Option<Unusable>> {
    match &wanted.rubric {
        None => Err(None),
        Some(RubricWanted::BuiltIn(name)) => rubrics::built_in(services, name.as_str()).await.map_err(Some),
        Some(RubricWanted::At(address)) => {
            let fetching = services.ports().web_files.fetch(address.url());
            let bytes = fetching.await.map_err(|error: FileError| Some(Unusable::NoFile(error)))?;
            rubrics::read(bytes).map_err(Some)
        }
    }
}

/// Shows the sheet that is under way, begins one where there is none, and answers the page from then on. What else there is
/// to show comes back.
pub async fn begin(app: App) -> Option<Beginning> {
    let wanted = wanted(app.services).unwrap_or_default();
    if let Err(why) = bind(app, wanted.endpoint.clone()).await {
        tell(app.services, "error", &error("endpoint", &why));
    }
    if !wanted.assessor.name.is_empty() {
        app.settings.assessor.set(wanted.assessor.clone());
    }
    let shown = match sheet(app, wanted).await {
        Ok(id) => {
            app.address.replace(Route::sheet(id));
            (Some(id), None)
        }
        Err(other) => (None, Some(other)),
    };
    match &shown.1 {
        Some(Beginning::NoRubric) => {
            tell(app.services, "error", &error("rubric", "The page names no rubric."));
        }
        Some(Beginning::Unusable(_)) => {
            tell(app.services, "error", &error("rubric", "The rubric could not be had, or cannot be used."));
        }
        Some(Beginning::Failed(why)) => tell(app.services, "error", &error("store", &format!("{why:?}"))),
        _ => {}
    }
    asked::serve(app);
    tell(app.services, "ready", &ready(shown.0));
    shown.1
}

async fn sheet(app: App, wanted: Wanted) -> Result<AssessmentId, Beginning> {
    let fetched = rubric(app.services, &wanted).await;
    let reading = app.services.ports().store.heads();
    let mut heads: Vec<Head> = reading.await.map_err(Beginning::Failed)?.into_iter().filter_map(whole).collect();
    heads.sort_by_key(|head| std::cmp::Reverse(head.changed));
    let fits = |head: &&Head| match &fetched {
        Ok(ready) => head.rubric.id == ready.reference.id,
        // Without a network the sheet that was begun goes on.
        Err(_) => true,
    };
    if let Some(head) = heads.iter().filter(|head| head.phase == Phase::Draft).find(fits) {
        return Ok(head.assessment);
    }
    heads.retain(|head| head.phase != Phase::Draft);
    if !heads.is_empty() {
        return Err(Beginning::Finished(heads));
    }
    match fetched {
        Ok(ready) => Ok(new_sheet(app, ready, wanted).assessment()),
        Err(None) => Err(Beginning::NoRubric),
        Err(Some(unusable)) => Err(Beginning::Unusable(unusable)),
    }
}

fn whole(listed: Listed) -> Option<Head> {
    match listed {
        Listed::Whole(head) => Some(*head),
        Listed::Damaged { .. } => None,
    }
}

/// A new sheet with what the page knows; it is stored from its first answer on. Whoever reckons their own stars plays.
fn new_sheet(app: App, ready: Ready, wanted: Wanted) -> Session {
    let Wanted { subject, own, .. } = wanted;
    app.open.prepared(move || match own {
        true => Session::sample(app.services, ready, subject, Vec::new()),
        false => Session::begin(app.services, ready, Stage::default(), subject),
    })
}

/// Begins another one.
pub fn begin_another(app: App, tell_failure: impl FnOnce(Beginning) + 'static) {
    spawn_local(async move {
        let wanted = wanted(app.services).unwrap_or_default();
        match rubric(app.services, &wanted).await {
            Ok(ready) => app.address.go(Route::sheet(new_sheet(app, ready, wanted).assessment())),
            Err(None) => tell_failure(Beginning::NoRubric),
            Err(Some(unusable)) => tell_failure(Beginning::Unusable(unusable)),
        }
    });
}

/// From now on what is finished here goes there, and what waits for an endpoint with it; nowhere, where the page names
/// none or none that could be.
///
/// # Errors
/// In words, why it is not so.
async fn bind(app: App, wanted: Option<Result<Endpoint, Refused>>) -> Result<(), String> {
    let (endpoint, refused) = match wanted {
        Some(Ok(endpoint)) => (Some(endpoint), Ok(())),
        Some(Err(refused)) => (None, Err(refused.message)),
        None => (None, Ok(())),
    };
    let address = endpoint.as_ref().map(|endpoint| endpoint.address.clone());
    let change = Box::new(move |endpoints: &mut Endpoints| {
        // All that are kept here were named by the page before.
        let before: Vec<WebAddress> = endpoints.all().iter().map(|known| known.address.clone()).collect();
        before.iter().for_each(|known| endpoints.remove(known));
        endpoint.map_or(Ok(()), |endpoint| endpoints.keep(None, endpoint))
    });
    let changing = app.services.ports().store.change_endpoints(change);
    match changing.await {
        Ok(Ok(_)) => {}
        Ok(Err(why)) => return Err(format!("{why:?}")),
        Err(why) => return Err(format!("{why:?}")),
    }
    if let Some(address) = address {
        let entries = app.outbox.entries.get_untracked();
        let waiting = entries.iter().flat_map(|entries| &entries.whole).filter(|entry| entry.endpoint.is_none());
        waiting.for_each(|entry| app.outbox.bind(entry.id, address.clone()));
    }
    refused
}
