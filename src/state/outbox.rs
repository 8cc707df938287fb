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
    endpoint::Endpoint,
    id::SubmissionId,
    outbox::{Action, Call, Entry, Event, LONGEST_WAIT, Round, Tried, Turn, next_due, step, wait},
    ports::StoreError,
    store::Entries,
    web_address::WebAddress,
    wire::receipt::Receipt,
};
use files::StoredPhotos;
use leptos::task::spawn_local;
pub use receipts::{NotTaken, Taken};
use std::cell::Cell;

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
        let (mut round, mut refused) = (Round::of(call), Ok(()));
        for entry in round.order(entries.whole) {
            // As they stand now: a round may take long, and neither settings nor a Wi-Fi last as long. Where they cannot be
            // read, as in a store that is locked, no entry is touched.
            let endpoints = self.services.ports().store.endpoints().await?;
            let tried = match round.turn(&entry, &endpoints, self.wifi()) {
                Turn::Pass => continue,
                Turn::Handed(receipt, key) => {
                    let endpoint = entry.endpoint.as_ref().and_then(|address| endpoints.of(address));
                    let taken = self.take_handed(entry, receipt, key, endpoint).await;
                    self.handed.set(Some(taken));
                    continue;
                }
                Turn::Go { event, endpoint, asked } => {
                    let address = endpoint.map(|endpoint| endpoint.address.clone());
                    let tried = self.advance(entry, event, endpoint, asked).await;
                    tried.map(|tried| address.zip(tried))
                }
            };
            match tried {
                Ok(Some((address, tried))) => round.told(&address, &tried),
                Ok(None) => {}
                // What the store refuses of one entry keeps no other at home.
                Err(error) => refused = Err(error),
            }
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
