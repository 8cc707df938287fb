//! A round: one pass over all entries, in which each is tried at most once. Whom it comes to, and whom a failure keeps back,
//! is decided here; what happens to each is decided by [`super::step`].

use super::{Entry, Event, Retry, SendError};
use crate::{
    delivery,
    endpoint::{Endpoint, Endpoints, PhotoRule},
    es256::KeyName,
    id::SubmissionId,
    web_address::WebAddress,
    wire::receipt::Receipt,
};

/// Why a round is made.
#[derive(Debug, Clone, PartialEq)]
pub enum Call {
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// Whether its document arrived.
    pub arrived: bool,
    /// Whether anything arrived that had not arrived before.
    pub new: bool,
    /// Why it is not proved yet.
    pub error: Option<SendError>,
}

/// What an entry's turn comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Turn<'r> {
    /// Nothing in this round.
    Pass,
    /// The receipt that was handed over is for it.
    Handed(&'r Receipt, KeyName),
    /// This happens to it, at this endpoint.
    Go {
        /// What happens.
        event: Event,
        /// Where it goes; `None` where that is not known any more.
        endpoint: Option<&'r Endpoint>,
        /// Whether a person asked for it.
        asked: bool,
    },
}

/// A round under way.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    call: Call,
    /// Origins and addresses at which nothing more is tried.
    stopped: Vec<String>,
    /// Whether something got through.
    link_worked: bool,
}

impl Round {
    /// One that begins.
    #[must_use]
    pub const fn of(call: Call) -> Self {
        Self { call, stopped: Vec::new(), link_worked: false }
    }

    /// Which one a person means.
    const fn meant(&self) -> Option<SubmissionId> {
        match &self.call {
            Call::Bound(id, _) | Call::Tapped(Some(id)) => Some(*id),
            Call::Handed(receipt, _) => Some(receipt.id),
            Call::Woke | Call::Online | Call::Tapped(None) => None,
        }
    }

    /// The entries that may have a turn, in their order: what a person asked for comes first, as nothing has stopped its
    /// endpoint yet. Thousands may be settled, and nothing happens to those any more unless a person says so.
    #[must_use]
    pub fn order(&self, mut entries: Vec<Entry>) -> Vec<Entry> {
        let (meant, tapped) = (self.meant(), matches!(self.call, Call::Tapped(_)));
        entries.retain(|entry| !entry.is_settled() || (meant == Some(entry.id) && !tapped));
        entries.sort_by_key(|entry| meant != Some(entry.id));
        entries
    }

    /// What an entry's turn comes to, with the endpoints and the Wi-Fi as they are now.
    #[must_use]
    pub fn turn<'r>(&'r self, entry: &Entry, endpoints: &'r Endpoints, wifi: bool) -> Turn<'r> {
        let own = self.meant() == Some(entry.id);
        let mut event = match &self.call {
            Call::Handed(receipt, key) if own => return Turn::Handed(receipt, *key),
            Call::Bound(_, address) if own => Event::Bound(address.clone()),
            Call::Tapped(None) => Event::Tapped,
            Call::Tapped(Some(_)) if own => Event::Tapped,
            Call::Online => Event::LinkWorked,
            _ if self.link_worked => Event::LinkWorked,
            _ => Event::Woke,
        };
        let bound = if let Event::Bound(address) = &event { Some(address) } else { None };
        let address = bound.or(entry.endpoint.as_ref());
        let endpoint = address.and_then(|address| endpoints.of(address));
        if address.is_some_and(|address| self.is_stopped(address)) {
            return Turn::Pass;
        }
        if address.is_some() && endpoint.is_none() {
            if bound.is_some() {
                // Another tab took it away meanwhile: the entry stays where it is.
                return Turn::Pass;
            }
            event = Event::EndpointGone;
        }
        let asked = event == Event::Tapped;
        if let Some(endpoint) = endpoint.filter(|_| entry.waits_for_wifi()) {
            match delivery::held(endpoint.photos, wifi, asked) {
                Some(PhotoRule::WifiOnly) => return Turn::Pass,
                // There is Wi-Fi, or the rule is another one by now.
                _ if event == Event::Woke => event = Event::LinkWorked,
                _ => {}
            }
        }
        Turn::Go { event, endpoint, asked }
    }

    fn is_stopped(&self, address: &WebAddress) -> bool {
        self.stopped.iter().any(|stop| stop == address.origin() || stop == address.url())
    }

    /// What came of trying an entry there. What does not come through for one does not come through for the next; what is
    /// refused of one may be taken of the next, and so may what is smaller than a photo.
    pub fn told(&mut self, address: &WebAddress, tried: &Tried) {
        self.link_worked |= tried.new;
        let Some(error) = &tried.error else { return };
        let stops = match error.retry() {
            Retry::Later(_) => !tried.arrived,
            Retry::StopEndpoint => true,
            Retry::SetAside => false,
        };
        if stops {
            let all = matches!(error, SendError::Offline | SendError::Timeout);
            self.stopped.push(if all { address.origin() } else { address.url() }.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        digest::Digest,
        id::AssessmentId,
        outbox::{Action, State, step},
        time::Millis,
    };
    use proptest::prelude::*;

    /// Three endpoints, two of them at one origin.
    const PLACES: [&str; 3] = ["https://a.example/x", "https://a.example/y", "https://b.example/x"];

    fn address(place: usize) -> WebAddress {
        WebAddress::parse(PLACES[place]).unwrap()
    }

    fn endpoints() -> Endpoints {
        Endpoints::new((0..PLACES.len()).map(|place| Endpoint::at(address(place))).collect(), None)
    }

    fn entry(number: usize, place: usize, due: bool) -> Entry {
        let number = u8::try_from(number).unwrap();
        Entry {
            id: SubmissionId::new(Millis(1), &[number; 10]),
            assessment: AssessmentId::new(Millis(1), &[number; 10]),
            digest: Digest::of(&[number]),
            document: r#"{"envelope":{"evidence":[]}}"#.into(),
            product: String::new(),
            business: String::new(),
            finished: Millis(1),
            endpoint: Some(address(place)),
            tries: 0,
            state: State::Waiting { until: Millis(if due { 0 } else { 9_000 }), last: Some(SendError::Offline) },
        }
    }

    fn outcomes() -> impl Strategy<Value = Tried> {
        let error = prop_oneof![
            Just(SendError::Offline),
            Just(SendError::Timeout),
            Just(SendError::NotAllowed { status: 401 }),
            Just(SendError::Refused { status: 422, code: None, detail: None }),
            Just(SendError::FilesMissing { count: 1 }),
            Just(SendError::Busy { status: 503, retry_after: None }),
            Just(SendError::NotAReceipt { status: 200 }),
        ];
        (any::<bool>(), any::<bool>(), proptest::option::of(error)).prop_map(|(arrived, new, error)| Tried {
            // What is whole there arrived.
            arrived: arrived || error.is_none(),
            new: new || error.is_none(),
            error,
        })
    }

    /// Makes a round of these; how often each was sent, and what came of each try, in their order.
    fn played(entries: &[Entry], call: Call, outcomes: &[Tried]) -> Vec<(SubmissionId, WebAddress, Tried)> {
        let (endpoints, mut round, mut sent) = (endpoints(), Round::of(call), Vec::new());
        for entry in round.order(entries.to_vec()) {
            let Turn::Go { event, endpoint, .. } = round.turn(&entry, &endpoints, false) else { continue };
            let endpoint = endpoint.cloned();
            let (id, now) = (entry.id, Millis(1_000));
            let (entry, mut action) = step(entry, event, now, 0);
            if action != Action::Send {
                action = step(entry, Event::Woke, now, 0).1;
            }
            let Some(endpoint) = endpoint.filter(|_| action == Action::Send) else { continue };
            let tried = outcomes[sent.len() % outcomes.len()].clone();
            round.told(&endpoint.address, &tried);
            sent.push((id, endpoint.address, tried));
        }
        sent
    }

    proptest! {
        #[test]
        fn one_bad_record_never_blocks_another(
            places in proptest::collection::vec((0usize..3, any::<bool>()), 1..12),
            outcomes in proptest::collection::vec(outcomes(), 1..12),
            tapped in proptest::option::of(any::<prop::sample::Index>()),
        ) {
            let entries: Vec<Entry> =
                places.iter().enumerate().map(|(number, (place, due))| entry(number, *place, *due)).collect();
            let tapped = tapped.map(|index| index.get(&entries).id);
            let call = tapped.map_or(Call::Woke, |id| Call::Tapped(Some(id)));
            let sent = played(&entries, call.clone(), &outcomes);
            // Each at most once; what a person asked for before all others.
            let ids: Vec<SubmissionId> = sent.iter().map(|(id, ..)| *id).collect();
            prop_assert!(ids.iter().enumerate().all(|(place, id)| !ids[..place].contains(id)));
            prop_assert!(tapped.is_none_or(|id| ids.first() == Some(&id)));
            let order: Vec<SubmissionId> = Round::of(call).order(entries.clone()).iter().map(|entry| entry.id).collect();
            let place = |id: SubmissionId| order.iter().position(|other| *other == id);
            for entry in entries.iter().filter(|entry| !ids.contains(&entry.id)) {
                let due = matches!(entry.state, State::Waiting { until, .. } if until <= Millis(1_000));
                if !due {
                    continue;
                }
                // A due one was passed over only for what failed before its turn and is no fault of a record: at its site
                // where nothing comes through, else at its own address.
                let own = entry.endpoint.as_ref().unwrap();
                let kept_back = sent.iter().any(|(id, address, tried)| {
                    let Some(error) = &tried.error else { return false };
                    let stops = match error.retry() {
                        Retry::StopEndpoint => true,
                        Retry::Later(_) => !tried.arrived,
                        Retry::SetAside => false,
                    };
                    let whole_site = matches!(error, SendError::Offline | SendError::Timeout);
                    let there = address == own || (whole_site && address.origin() == own.origin());
                    stops && there && place(*id) < place(entry.id)
                });
                prop_assert!(kept_back, "{:?} of {sent:?}", entry.id);
            }
            // Where nothing comes through, nobody is tried at that site again; where a token is refused, not at that address.
            for (place, (_, address, tried)) in sent.iter().enumerate() {
                for (_, later, _) in &sent[place + 1..] {
                    match &tried.error {
                        Some(SendError::Offline | SendError::Timeout) if !tried.arrived => {
                            prop_assert_ne!(later.origin(), address.origin());
                        }
                        Some(SendError::NotAllowed { .. }) => prop_assert_ne!(later, address),
                        _ => {}
                    }
                }
            }
        }
    }

    #[test]
    fn whose_turn_it_is_follows_what_a_person_wants_and_what_there_is() {
        let (all, none) = (endpoints(), Endpoints::default());
        let own = entry(1, 0, true);
        let go = |round: &Round, entry: &Entry, endpoints: &Endpoints| match round.turn(entry, endpoints, false) {
            Turn::Go { event, endpoint, .. } => Some((event, endpoint.map(|endpoint| endpoint.address.clone()))),
            Turn::Pass | Turn::Handed(..) => None,
        };
        let woke = Round::of(Call::Woke);
        assert_eq!(go(&woke, &own, &all), Some((Event::Woke, Some(address(0)))));
        assert_eq!(go(&woke, &own, &none), Some((Event::EndpointGone, None)));
        // Bound elsewhere: there, or nowhere where another tab took that away.
        let bound = Round::of(Call::Bound(own.id, address(2)));
        assert_eq!(go(&bound, &own, &all), Some((Event::Bound(address(2)), Some(address(2)))));
        assert_eq!(go(&bound, &own, &none), None);
        // What waits for Wi-Fi passes its turn, but for a tap.
        let mut wifi = all.clone();
        let rule = Endpoint { photos: PhotoRule::WifiOnly, ..Endpoint::at(address(0)) };
        wifi.keep(Some(&address(0)), rule).unwrap();
        let waits =
            Entry { state: State::Waiting { until: Millis(0), last: Some(SendError::WaitsForWifi) }, ..own.clone() };
        assert_eq!(go(&woke, &waits, &wifi), None);
        assert_eq!(go(&Round::of(Call::Tapped(None)), &waits, &wifi).map(|(event, _)| event), Some(Event::Tapped));
        assert_eq!(go(&woke, &waits, &all).map(|(event, _)| event), Some(Event::LinkWorked));
        // What is settled has a turn only where a person binds it, never by a tap.
        let settled = Entry { state: State::Accepted { at: Millis(1), held: 0, lost: 0 }, ..own.clone() };
        let turns = |call| Round::of(call).order(vec![settled.clone()]).len();
        assert_eq!(
            (turns(Call::Woke), turns(Call::Tapped(Some(own.id))), turns(Call::Bound(own.id, address(2)))),
            (0, 0, 1)
        );
    }

    #[test]
    fn what_got_through_frees_the_others_from_their_waits() {
        let entries = [entry(1, 0, true), entry(2, 0, false), entry(3, 2, false)];
        let through = Tried { arrived: true, new: true, error: None };
        assert_eq!(played(&entries, Call::Woke, &[through]).len(), 3);
        // What is refused frees nobody, and keeps nobody back.
        let error = Some(SendError::Refused { status: 422, code: None, detail: None });
        let refused = Tried { arrived: false, new: false, error };
        assert_eq!(played(&entries, Call::Woke, std::slice::from_ref(&refused)).len(), 1);
        assert_eq!(played(&entries, Call::Online, &[refused]).len(), 3);
    }
}
