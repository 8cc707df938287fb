//! The endpoints as pages show them: read when a page needs them, changed in the store first.

use crate::{context::App, services::Services, state::outbox::Outbox};
use bintang_dom::RwSignal;
use bintang_domain::{
    endpoint::{Endpoint, EndpointRefused, Endpoints},
    ports::{Pending, StoreError},
    store::ChangeEndpoints,
};
use leptos::task::spawn_local;

/// Why a change was not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotKept {
    /// The endpoints themselves refuse it.
    Refused(EndpointRefused),
    /// The store does.
    Store(StoreError),
}

/// The endpoints of one page.
#[derive(Debug, Clone, Copy)]
pub struct EndpointBook {
    /// As last read; `None` until then.
    pub now: RwSignal<Option<Endpoints>>,
    /// Why they could not be read.
    pub failure: RwSignal<Option<StoreError>>,
    outbox: Outbox,
    services: Services,
}

impl EndpointBook {
    /// Begins reading them, for the page that is being made.
    #[must_use]
    pub fn open() -> Self {
        let App { services, outbox, .. } = App::get();
        let book = Self { now: RwSignal::new(None), failure: RwSignal::new(None), outbox, services };
        book.read();
        book
    }

    fn read(self) {
        let reading = self.services.ports().store.endpoints();
        spawn_local(async move {
            match reading.await {
                Ok(endpoints) => {
                    self.now.set(Some(endpoints));
                    self.failure.set(None);
                }
                Err(error) => self.failure.set(Some(error)),
            }
        });
    }

    /// Keeps one that was handed over, in the place of the one at its address if there is one. It brings its own secret, or
    /// none: what was kept does not go on.
    pub fn take(self, endpoint: Endpoint, choose: bool) -> Pending<Result<(), NotKept>> {
        let address = endpoint.address.clone();
        self.change(Box::new(move |endpoints| {
            endpoints.keep(Some(&address), endpoint)?;
            if choose {
                endpoints.choose(&address);
            }
            Ok(())
        }))
    }

    /// Changes them.
    pub fn change(self, change: ChangeEndpoints) -> Pending<Result<(), NotKept>> {
        let changing = self.services.ports().store.change_endpoints(change);
        Box::pin(async move {
            let endpoints = changing.await.map_err(NotKept::Store)?.map_err(NotKept::Refused)?;
            self.now.set(Some(endpoints));
            self.failure.set(None);
            // What waited may go now.
            self.outbox.wake();
            Ok(())
        })
    }
}
