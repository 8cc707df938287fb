//! What other apps have handed over: it waits with the service worker (docs/adr/0021) until a person has put it somewhere.

use crate::services::Services;
use bintang_dom::RwSignal;
use bintang_domain::{
    ports::{
        FileError, Pending,
        bytes::Bytes,
        evidence::{Chosen, Read},
        http::{Http, Method, Request, Response, patience},
    },
    wire::arrival::{self, Arrival},
};
use leptos::task::spawn_local;
use std::rc::Rc;

/// Where the service worker answers for what waits.
const FOLDER: &str = "arrived/";
/// Bytes of the list that are read at most.
const LARGEST_LIST: usize = 1 << 20;

/// What waits, as a page shows it; lives as long as the page.
#[derive(Debug, Clone, Copy)]
pub struct Arrivals {
    /// Oldest first; `None` until it is read.
    pub files: RwSignal<Option<Vec<Arrival>>>,
    /// Something was handed over that could not be kept.
    pub failed: RwSignal<bool>,
    services: Services,
}

impl Arrivals {
    /// Where a picture of a file is to be had, for `src`.
    #[must_use]
    pub fn address(arrival: &Arrival) -> String {
        [FOLDER, &arrival.key].concat()
    }

    /// Asks what waits.
    #[must_use]
    pub fn new(services: Services) -> Self {
        let this = Self { files: RwSignal::new(None), failed: RwSignal::new(false), services };
        spawn_local(async move {
            let listed = this.listed().await;
            this.failed.try_update(|failed| *failed = listed.failed);
            this.files.try_update(|files| *files = Some(listed.files));
        });
        this
    }

    /// Nothing waits where no service worker answers: nothing can have come.
    async fn listed(self) -> arrival::Arrivals {
        let answer = self.ask(Method::Get, String::new(), LARGEST_LIST).await;
        answer.map_or_else(Default::default, |answer| arrival::Arrivals::read(&answer.body))
    }

    async fn ask(self, method: Method, path: String, largest: usize) -> Option<Response> {
        let ports = self.services.later()?;
        ask(&*ports.http, method, &path, largest).await
    }

    /// The bytes of a file, read in parts.
    #[must_use]
    pub fn bytes(self, arrival: &Arrival) -> Option<Rc<dyn Bytes>> {
        let http = self.services.later()?.http;
        Some(Rc::new(Waiting { http, key: arrival.key.clone(), size: arrival.size }))
    }

    /// Reads a photo, as one that was chosen.
    #[must_use]
    pub fn read(self, arrival: &Arrival) -> Option<Read> {
        let (bytes, media_type) = (self.bytes(arrival)?, arrival.media_type.clone());
        Some(Box::new(move || {
            Box::pin(async move {
                let length = usize::try_from(bytes.size()).map_err(|_| FileError::TooLarge)?;
                Ok(Chosen { media_type, bytes: bytes.read(0, length).await? })
            })
        }))
    }

    /// It waits no longer.
    pub fn drop(self, arrival: &Arrival) {
        let key = arrival.key.clone();
        self.files.update(|files| {
            if let Some(files) = files {
                files.retain(|file| file.key != key);
            }
        });
        spawn_local(async move {
            self.ask(Method::Delete, key, 0).await;
        });
    }
}

async fn ask(http: &dyn Http, method: Method, path: &str, largest: usize) -> Option<Response> {
    let request = Request {
        method,
        url: [FOLDER, path].concat(),
        headers: Vec::new(),
        body: None,
        largest,
        timeout: patience(largest),
        follow: false,
    };
    http.ask(request).await.ok().filter(|answer| answer.status == 200)
}

/// Bytes that the service worker gives part by part.
struct Waiting {
    http: Rc<dyn Http>,
    key: String,
    size: u64,
}

impl Bytes for Waiting {
    fn size(&self) -> u64 {
        self.size
    }

    fn read(&self, from: u64, length: usize) -> Pending<Result<Vec<u8>, FileError>> {
        let (http, path) = (self.http.clone(), format!("{}?from={from}&length={length}", self.key));
        Box::pin(async move {
            let answer = ask(&*http, Method::Get, &path, length).await;
            // Gone, or cleared away by the browser.
            let bytes = answer.map(|answer| answer.body).ok_or(FileError::Unreadable)?;
            if bytes.len() == length { Ok(bytes) } else { Err(FileError::Unreadable) }
        })
    }
}
