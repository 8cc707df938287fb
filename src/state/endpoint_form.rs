//! One endpoint as it is typed: kept, tried, taken away.

use super::endpoints::{EndpointBook, NotKept};
use crate::{context::App, routes::Route};
use bintang_dom::{RwSignal, StoredValue, effect};
use bintang_domain::{
    delivery::{self, Probed},
    endpoint::{AccessKind, Endpoint, EndpointRefused, Entered, PhotoRule, Problems, ProfileKind},
    id::SubmissionId,
    outbox::SendError,
    store::ChangeEndpoints,
};
use leptos::task::spawn_local;

/// How trying stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trying {
    /// Not tried as it stands.
    Not,
    /// Under way.
    Under,
    /// It answers as it should.
    Works(Probed),
    /// It does not.
    Failed(SendError),
}

/// The fields as they stand.
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "it holds a secret as it is typed")]
pub struct EndpointForm {
    app: App,
    /// The list it stands in.
    pub book: EndpointBook,
    /// As it was when its page was opened; `None` for a new one.
    pub before: Option<Endpoint>,
    /// What people call it.
    pub name: RwSignal<String>,
    /// Where it is.
    pub address: RwSignal<String>,
    /// The kind of access.
    pub kind: RwSignal<AccessKind>,
    /// The user, or the name of the header.
    pub access_name: RwSignal<String>,
    /// The secret; empty where the one that is kept goes on.
    pub secret: RwSignal<String>,
    /// When photos are sent.
    pub photos: RwSignal<PhotoRule>,
    /// How it is spoken to.
    pub profile: RwSignal<ProfileKind>,
    /// Text that stands in the answer of one that took it.
    pub mark: RwSignal<String>,
    /// What it takes at once, in kB.
    pub limit: RwSignal<String>,
    /// Further headers, one a line.
    pub extra: RwSignal<String>,
    /// What is wrong with the fields.
    pub problems: RwSignal<Problems>,
    /// Why the last change was not kept.
    pub not_kept: RwSignal<Option<NotKept>>,
    /// How trying it stands.
    pub trying: RwSignal<Trying>,
    /// Which trial is the last one.
    trials: StoredValue<u32>,
}

impl EndpointForm {
    /// The fields of this endpoint, or of a new one.
    #[must_use]
    pub fn new(book: EndpointBook, before: Option<Endpoint>) -> Self {
        let shown = before.as_ref().map_or_else(Entered::default, Entered::of);
        Self {
            app: App::get(),
            book,
            name: RwSignal::new(shown.name),
            address: RwSignal::new(shown.address),
            kind: RwSignal::new(shown.kind),
            access_name: RwSignal::new(shown.access_name),
            secret: RwSignal::new(shown.secret),
            photos: RwSignal::new(shown.photos),
            profile: RwSignal::new(shown.profile),
            mark: RwSignal::new(shown.mark),
            limit: RwSignal::new(shown.limit),
            extra: RwSignal::new(shown.extra),
            problems: RwSignal::new(Problems::default()),
            not_kept: RwSignal::new(None),
            trying: RwSignal::new(Trying::Not),
            trials: StoredValue::new(0),
            before,
        }
    }

    fn entered(&self) -> Entered {
        Entered {
            name: self.name.get_untracked(),
            address: self.address.get_untracked(),
            kind: self.kind.get_untracked(),
            access_name: self.access_name.get_untracked(),
            secret: self.secret.get_untracked(),
            photos: self.photos.get_untracked(),
            profile: self.profile.get_untracked(),
            mark: self.mark.get_untracked(),
            limit: self.limit.get_untracked(),
            extra: self.extra.get_untracked(),
        }
    }

    /// What is typed as an endpoint; else the fields say what is wrong.
    fn read(&self) -> Option<Endpoint> {
        let read = self.entered().read(self.before.as_ref());
        self.show(read.as_ref().err().copied().unwrap_or_default());
        read.ok()
    }

    /// Says what is wrong, and leads to the first of it.
    fn show(&self, problems: Problems) {
        self.problems.set(problems);
        let first = [
            (problems.address.is_some(), "endpoint-url"),
            (problems.name, "endpoint-name"),
            (problems.access_name, "access-name"),
            (problems.secret.is_some(), "access-secret"),
            (problems.mark, "profile-mark"),
            (problems.limit, "profile-limit"),
            (problems.extra, "profile-extra"),
        ];
        if let Some((_, field)) = first.into_iter().find(|(wrong, _)| *wrong) {
            self.app.services.ports().page.reveal(field);
        }
    }

    /// Keeps what is typed, read against what is stored by now: another tab may have changed its secret.
    pub fn keep(&self, choose: bool) {
        if self.read().is_none() {
            return;
        }
        let (entered, before) = (self.entered(), self.before.as_ref().map(|before| before.address.clone()));
        self.change(Box::new(move |endpoints| {
            let stored = before.as_ref().and_then(|before| endpoints.of(before));
            let endpoint = entered.read(stored).map_err(EndpointRefused::Unfit)?;
            let address = endpoint.address.clone();
            endpoints.keep(before.as_ref(), endpoint)?;
            if choose {
                endpoints.choose(&address);
            }
            Ok(())
        }));
    }

    /// Changes the list and goes back to it.
    fn change(&self, change: ChangeEndpoints) {
        self.not_kept.set(None);
        let (address, form) = (self.app.address, self.clone());
        let here = address.route.get_untracked();
        let changing = self.book.change(change);
        spawn_local(async move {
            match changing.await {
                // Whoever went elsewhere meanwhile stays there.
                Ok(()) if address.route.try_get_untracked() == Some(here) => address.go(Route::settings()),
                Ok(()) => {}
                Err(NotKept::Refused(EndpointRefused::Unfit(problems))) => form.show(problems),
                Err(why) => {
                    form.not_kept.set(Some(why));
                }
            }
        });
    }

    /// Asks the endpoint as it is typed.
    pub fn try_it(&self) {
        let trial = self.trials.try_update_value(|trials| {
            *trials += 1;
            *trials
        });
        self.trying.set(Trying::Not);
        let Some(endpoint) = self.read() else { return };
        let services = self.app.services;
        let Some(later) = services.later() else { return };
        let clock = services.ports().clock.clone();
        let nobody = SubmissionId::new(clock.now(), &clock.random());
        let (trying, trials) = (self.trying, self.trials);
        trying.set(Trying::Under);
        spawn_local(async move {
            let outcome = delivery::probe(&*later.http, &endpoint, nobody).await;
            // Of several the last one counts, and none once something else was typed.
            if trials.try_get_value() == trial {
                trying.set(outcome.map_or_else(Trying::Failed, Trying::Works));
            }
        });
    }

    /// What was tried is not what is typed now.
    pub fn forget_trials(&self) {
        let form = self.clone();
        effect(move || {
            for text in [form.address, form.access_name, form.secret, form.extra] {
                text.with(|_| ());
            }
            form.kind.with(|_| ());
            form.profile.with(|_| ());
            form.trials.try_update_value(|trials| *trials += 1);
            form.trying.set(Trying::Not);
        });
    }

    /// Takes it away.
    pub fn remove(&self) {
        let Some(address) = self.before.as_ref().map(|before| before.address.clone()) else { return };
        self.change(Box::new(move |endpoints| {
            endpoints.remove(&address);
            Ok(())
        }));
    }
}
