//! The endpoints as pages show them: read when a page needs them, changed in the store first.

use crate::services::Services;
use bintang_dom::RwSignal;
use bintang_domain::{
    endpoint::{EndpointRefused, Endpoints},
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
    services: Services,
}

impl EndpointBook {
    /// Begins reading them, for the page that is being made.
    #[must_use]
    pub fn open() -> Self {
        let services = Services::get();
        let book = Self { now: RwSignal::new(None), failure: RwSignal::new(None), services };
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

    /// Changes them.
    pub fn change(self, change: ChangeEndpoints) -> Pending<Result<(), NotKept>> {
        let changing = self.services.ports().store.change_endpoints(change);
        Box::pin(async move {
            let endpoints = changing.await.map_err(NotKept::Store)?.map_err(NotKept::Refused)?;
            self.now.set(Some(endpoints));
            self.failure.set(None);
            Ok(())
        })
    }
}
