//! Drives the outbox: wakes it, sends one entry after the other, keeps what came of it. What each event means is decided
//! by [`bintang_domain::outbox::step`] alone.

mod files;
mod receipts;

use crate::{
    context::App,
    routes::DRILL,
    services::{LaterPorts, Services},
};
use bintang_dom::{RwSignal, StoredValue};
use bintang_domain::{
    delivery::{self, Answer, Delivered, Delivery},
    endpoint::{Endpoint, PhotoRule},
    es256::KeyName,
    id::SubmissionId,
    outbox::{Action, Entry, Event, LONGEST_WAIT, Retry, SendError, next_due, step, wait},
    ports::StoreError,
    store::Entries,
    web_address::WebAddress,
    wire::receipt::Receipt,
};
use files::StoredPhotos;
use leptos::task::spawn_local;
pub use receipts::{NotTaken, Taken};
use std::cell::Cell;

/// Why a round is made.
#[derive(Debug, Clone, PartialEq)]
enum Call {
    /// Whatever is due.
    Woke,
    /// The network came back: what only waits for it is due.
    Online,
    /// A person wants these sent now; all when `None`.
    Tapped(Option<SubmissionId>),
    /// A person chose where this one goes.
    Bound(SubmissionId, WebAddress),
    /// A person handed over a receipt, which this key has signed.
    Handed(Box<Receipt>, KeyName),
}

/// What came of trying an entry.
struct Tried {
    /// Whether its document arrived.
    arrived: bool,
    /// Whether anything arrived that had not arrived before.
    new: bool,
    /// Why it is not proved yet.
    error: Option<SendError>,
}

/// The outbox in the context.
#[derive(Debug, Clone, Copy)]
pub struct Outbox {
    /// Entries as last read; `None` until then.
    pub entries: RwSignal<Option<Entries>>,
    /// What the store refused in the last round.
    pub failure: RwSignal<Option<StoreError>>,
    /// Being sent now.
    pub sending: RwSignal<Option<SubmissionId>>,
    /// Which of its files is being sent, and of how many.
    pub files: RwSignal<Option<(usize, usize)>>,
    /// What came of the last receipt that was handed over as a file.
    pub handed: RwSignal<Option<Result<Taken, NotTaken>>>,
    running: StoredValue<bool>,
    waiting: StoredValue<Vec<Call>>,
    /// Rounds in a row that came to nothing: the store refused, or another tab was sending.
    idle: StoredValue<u32>,
    timer: StoredValue<u64>,
    services: Services,
}

impl Outbox {
    /// The outbox, not read yet. What reads and sends comes with the part (docs/adr/0007).
    #[must_use]
    pub fn new(services: Services) -> Self {
        Self {
            entries: RwSignal::new(None),
            failure: RwSignal::new(None),
            sending: RwSignal::new(None),
            files: RwSignal::new(None),
            handed: RwSignal::new(None),
            running: StoredValue::new(false),
            waiting: StoredValue::new(Vec::new()),
            idle: StoredValue::new(0),
            timer: StoredValue::new(0),
            services,
        }
    }

    /// Wakes it now, with the network, and when the page comes into view, for as long as the app lives.
    pub fn listen(self) {
        let connectivity = self.services.ports().connectivity.clone();
        connectivity.on_change(Box::new(move |online| {
            if online {
                self.call(Call::Online);
            }
        }));
        connectivity.on_view(Box::new(move |seen| {
            if seen {
                self.wake();
            }
        }));
        if let Some(LaterPorts { phone, .. }) = self.services.later() {
            phone.on_wifi(Box::new(move || self.call(Call::Online)));
        }
        // The network may have come back before this part of the app did.
        self.call(if self.services.ports().connectivity.online() { Call::Online } else { Call::Woke });
    }

    /// From the context.
    #[must_use]
    pub fn get() -> Self {
        App::get().outbox
    }

    /// Entries of which something is still to be done; renews the view.
    #[must_use]
    pub fn unsettled(self) -> usize {
        self.entries.with(|entries| {
            let entries = entries.iter().flat_map(|entries| &entries.whole);
            entries.filter(|entry| !entry.is_settled()).count()
        })
    }

    /// Sends whatever is due.
    pub fn wake(self) {
        self.call(Call::Woke);
    }

    /// A person wants one, or all, sent now.
    pub fn send_now(self, id: Option<SubmissionId>) {
        self.call(Call::Tapped(id));
    }

    /// A person sends one to another endpoint.
    pub fn bind(self, id: SubmissionId, endpoint: WebAddress) {
        self.call(Call::Bound(id, endpoint));
    }

    fn call(self, call: Call) {
        if self.services.ports().page.query() == DRILL {
            return;
        }
        self.waiting.try_update_value(|waiting| {
            if !waiting.contains(&call) {
                waiting.push(call);
            }
        });
        if self.running.try_update_value(|running| std::mem::replace(running, true)) == Some(false) {
            spawn_local(self.rounds());
        }
    }

    async fn rounds(self) {
        // A long upload must not hide what is on its way.
        self.renew().await;
        while let Some(call) =
            self.waiting.try_update_value(|waiting| (!waiting.is_empty()).then(|| waiting.remove(0))).flatten()
        {
            let again = call.clone();
            let Some(LaterPorts { send_lock: lock, .. }) = self.services.later() else { break };
            let round = async move {
                let outcome = self.round(call).await;
                self.idle.try_update_value(|idle| *idle = if outcome.is_ok() { 0 } else { *idle + 1 });
                self.failure.set(outcome.err());
            };
            if !lock.run(Box::pin(round)).await {
                // Another tab sends. What a person asked for is not forgotten: it is done when that one is done.
                self.waiting.try_update_value(|waiting| waiting.insert(0, again));
                self.idle.set_value(1);
                break;
            }
        }
        self.running.set_value(false);
        self.renew().await;
        self.schedule();
    }

    async fn round(self, call: Call) -> Result<(), StoreError> {
        let reading = self.services.ports().store.entries();
        let entries = reading.await?;
        let mut stopped: Vec<String> = Vec::new();
        let (mut link_worked, mut refused) = (false, Ok(()));
        // What a person asked for comes first: nothing of this round has stopped its endpoint yet.
        let mut entries = entries.whole;
        // Thousands may be there, and nothing happens to them any more unless a person sends one elsewhere.
        let meant = match &call {
            Call::Bound(id, _) | Call::Tapped(Some(id)) => Some(*id),
            Call::Handed(receipt, _) => Some(receipt.id),
            Call::Woke | Call::Online | Call::Tapped(None) => None,
        };
        let tapped = matches!(call, Call::Tapped(_));
        entries.retain(|entry| !entry.is_settled() || (meant == Some(entry.id) && !tapped));
        entries.sort_by_key(|entry| meant != Some(entry.id));
        for entry in entries {
            // As they stand now: a round may take long, and neither settings nor a Wi-Fi last as long. Where they cannot be
            // read, as in a store that is locked, no entry is touched.
            let (endpoints, wifi) = (self.services.ports().store.endpoints().await?, self.wifi());
            if let Call::Handed(receipt, key) = &call
                && receipt.id == entry.id
            {
                let endpoint = entry.endpoint.as_ref().and_then(|address| endpoints.of(address));
                let taken = self.take_handed(entry, receipt, *key, endpoint).await;
                self.handed.set(Some(taken));
                continue;
            }
            let mut event = match &call {
                Call::Bound(id, address) if *id == entry.id => Event::Bound(address.clone()),
                Call::Tapped(None) => Event::Tapped,
                Call::Tapped(Some(id)) if *id == entry.id => Event::Tapped,
                Call::Online => Event::LinkWorked,
                _ if link_worked => Event::LinkWorked,
                _ => Event::Woke,
            };
            let bound = if let Event::Bound(address) = &event { Some(address.clone()) } else { None };
            let address = bound.clone().or_else(|| entry.endpoint.clone());
            let endpoint = address.as_ref().and_then(|address| endpoints.of(address));
            if address.is_some() && endpoint.is_none() {
                if bound.is_some() {
                    // Another tab took it away meanwhile: the entry stays where it is.
                    continue;
                }
                event = Event::EndpointGone;
            }
            let asked = event == Event::Tapped;
            if entry.waits_for_wifi() && endpoint.is_some() {
                match endpoint.and_then(|endpoint| delivery::held(endpoint.photos, wifi, asked)) {
                    Some(PhotoRule::WifiOnly) => continue,
                    // There is Wi-Fi, or the rule is another one by now.
                    _ if event == Event::Woke => event = Event::LinkWorked,
                    _ => {}
                }
            }
            let stops_at = |error: &SendError| match (error, &address) {
                // What does not come through for one does not come through for the next there.
                (SendError::Offline | SendError::Timeout, Some(address)) => Some(address.origin().to_owned()),
                (_, address) => address.as_ref().map(|address| address.url().to_owned()),
            };
            let stopped_here = |stop: &String| {
                address.as_ref().is_some_and(|address| stop == address.origin() || stop == address.url())
            };
            if stopped.iter().any(stopped_here) {
                continue;
            }
            let Tried { arrived, new, error } = match self.advance(entry, event, endpoint, asked).await {
                Ok(Some(tried)) => tried,
                Ok(None) => continue,
                // What the store refuses of one entry keeps no other at home.
                Err(error) => {
                    refused = Err(error);
                    continue;
                }
            };
            link_worked |= new;
            // What does not come through for one does not come through for the next; what is refused may, and so may
            // what is smaller than a photo.
            let stops = error.filter(|error| match error.retry() {
                Retry::Later(_) => !arrived,
                Retry::StopEndpoint => true,
                Retry::SetAside => false,
            });
            stopped.extend(stops.and_then(|error| stops_at(&error)));
        }
        refused
    }

    /// Takes one entry as far as it goes; `None` where nothing was tried.
    async fn advance(
        self,
        entry: Entry,
        event: Event,
        endpoint: Option<&Endpoint>,
        asked: bool,
    ) -> Result<Option<Tried>, StoreError> {
        let (mut entry, mut action) = self.step(entry, event).await?;
        if action != Action::Send {
            // Bound or freed from its wait: it is due now.
            (entry, action) = self.step(entry, Event::Woke).await?;
        }
        let Some(endpoint) = endpoint.filter(|_| action == Action::Send) else { return Ok(None) };
        self.sending.set(Some(entry.id));
        let tried = self.deliver(entry, endpoint, asked).await;
        self.sending.set(None);
        self.files.set(None);
        tried
    }

    /// Sends one entry, and the files that are missing of it.
    async fn deliver(self, mut entry: Entry, endpoint: &Endpoint, asked: bool) -> Result<Option<Tried>, StoreError> {
        let Some(LaterPorts { http, .. }) = self.services.later() else { return Ok(None) };
        let held = Cell::new(None);
        let photos = || {
            let now = delivery::held(endpoint.photos, self.wifi(), asked);
            held.set(now.or(held.get()));
            now.is_none()
        };
        let evidence = StoredPhotos::of(self.services.ports().store.clone(), entry.assessment);
        let tell = move |number, of| self.files.set(Some((number, of)));
        let delivery =
            Delivery { http: &*http, endpoint, entry: &entry, evidence: &evidence, photos: &photos, tell: &tell };
        let Delivered { outcome, arrived, got_through } = delivery::deliver(delivery).await?;
        if got_through && outcome.is_err() {
            // The next wait begins at the shortest again.
            (entry, _) = self.step(entry, Event::LinkWorked).await?;
        }
        let (event, receipt, error) = match outcome {
            Ok(Answer::Receipt(receipt)) => {
                self.learn_key(endpoint, &receipt).await;
                (Event::Sent(receipt.clone(), held.get()), Some(*receipt), None)
            }
            Ok(Answer::Taken { left }) => (Event::Taken { left, rule: held.get() }, None, None),
            Err(error) => (Event::SendFailed(error.clone()), None, Some(error)),
        };
        self.step_with(entry, event, receipt).await?;
        Ok(Some(Tried { arrived, new: got_through || error.is_none(), error }))
    }

    async fn step(self, entry: Entry, event: Event) -> Result<(Entry, Action), StoreError> {
        self.step_with(entry, event, None).await
    }

    /// One step, on disk before it counts.
    async fn step_with(
        self,
        entry: Entry,
        event: Event,
        receipt: Option<Receipt>,
    ) -> Result<(Entry, Action), StoreError> {
        let clock = self.services.ports().clock.clone();
        let (now, random) = (clock.now(), clock.random());
        let [high, low, ..] = random;
        let (next, action) = step(entry.clone(), event, now, u16::from_be_bytes([high, low]));
        if next != entry {
            let putting = self.services.ports().store.put(next.clone(), receipt);
            putting.await?;
            self.show(&next);
        }
        Ok((next, action))
    }

    /// Whether the browser says that it is on Wi-Fi; one that does not say counts as not.
    fn wifi(self) -> bool {
        self.services.later().is_some_and(|later| later.phone.wifi() == Some(true))
    }

    fn show(self, entry: &Entry) {
        self.entries.try_update(|entries| {
            let mut entries = entries.iter_mut().flat_map(|entries| &mut entries.whole);
            if let Some(shown) = entries.find(|shown| shown.id == entry.id) {
                *shown = entry.clone();
            }
        });
    }

    async fn renew(self) {
        let reading = self.services.ports().store.entries();
        match reading.await {
            Ok(entries) => {
                self.entries.set(Some(entries));
            }
            Err(error) => {
                self.failure.set(Some(error));
            }
        }
    }

    /// Wakes again when the next entry is due; an older timer that ends later finds nothing to do.
    /// After a round that came to nothing it is not due at once, lest a full disk keeps the phone busy.
    fn schedule(self) {
        let clock = self.services.ports().clock.clone();
        let (now, [high, low, ..]) = (clock.now(), clock.random());
        let pause = match self.idle.get_value() {
            0 => 50,
            idle => wait(idle - 1, u16::from_be_bytes([high, low])),
        };
        let called = self.waiting.with_value(|waiting| !waiting.is_empty()).then_some(0);
        let wifi = self.wifi();
        let next = self.entries.with_untracked(|entries| next_due(&entries.as_ref()?.whole, wifi));
        let next = next.map(|due| due.0 - now.0).into_iter().chain(called).min();
        let Some(span) = next else { return };
        let span = span.clamp(pause, LONGEST_WAIT);
        let turn = self.timer.try_update_value(|turn| {
            *turn += 1;
            *turn
        });
        let sleeping = clock.sleep(span);
        spawn_local(async move {
            sleeping.await;
            if self.timer.try_get_value() == turn {
                self.wake();
            }
        });
    }
}
