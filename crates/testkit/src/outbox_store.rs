//! What the [`Store`] promises of the outbox, on any tables.

use crate::build;
use bintang_domain::{
    draft::{Changes, Delivery, Phase, Revision},
    outbox::{Entry, SendError, State},
    store::{Listed, Store},
};
use std::future::Future;

/// Runs every check, each on a store of its own.
pub async fn suite<F: Future<Output = Store>>(open: impl Fn() -> F) {
    entries_come_back_oldest_first(&open().await).await;
    an_entry_is_replaced_by_its_next_state(&open().await).await;
    the_head_says_how_far_delivery_is(&open().await).await;
    a_receipt_is_kept(&open().await).await;
}

async fn entries_come_back_oldest_first(store: &Store) {
    assert_eq!(store.entries().await.map(|entries| entries.whole), Ok(Vec::new()));
    assert_eq!(store.entry(build::submission(1)).await, Ok(None));
    let at = |n: u8, minutes: i64| Entry { finished: build::START.plus(minutes * 60_000), ..build::entry(n) };
    let (first, second, third) = (at(3, 1), at(1, 2), at(2, 2));
    for entry in [&third, &first, &second] {
        assert_eq!(store.put(entry.clone(), None).await, Ok(()));
    }
    assert_eq!(store.entries().await.map(|entries| entries.whole), Ok(vec![first, second.clone(), third]));
    assert_eq!(store.entry(second.id).await, Ok(Some(second)));
}

async fn an_entry_is_replaced_by_its_next_state(store: &Store) {
    for state in every_state() {
        let entry = Entry { tries: 3, state, ..build::entry(1) };
        assert_eq!(store.put(entry.clone(), None).await, Ok(()));
        assert_eq!(store.entries().await.map(|entries| entries.whole), Ok(vec![entry]));
    }
    let entry = Entry { endpoint: None, ..build::entry(1) };
    assert_eq!(store.put(entry.clone(), None).await, Ok(()));
    assert_eq!(store.entry(entry.id).await, Ok(Some(entry)));
}

fn every_state() -> Vec<State> {
    let refused = SendError::Refused { status: 422, code: Some("bad_sheet".to_owned()), detail: None };
    let errors = [
        SendError::NoEndpoint,
        SendError::Offline,
        SendError::Timeout,
        SendError::Busy { status: 503, retry_after: Some(10_000) },
        SendError::NotAReceipt { status: 200 },
        SendError::OtherReceipt,
        SendError::FilesMissing { count: 2 },
        SendError::NotAllowed { status: 401 },
        refused,
    ];
    let waiting = |last| State::Waiting { until: build::START, last };
    let mut states = vec![State::Trying { since: build::START }, waiting(None)];
    for error in errors {
        states.push(waiting(Some(error.clone())));
        states.push(State::Attention(error));
    }
    states.push(proved());
    states
}

fn proved() -> State {
    State::Proved {
        at: build::START,
        receiver: "Uji".to_owned(),
        received_at: "2026-11-24T07:31:00Z".to_owned(),
        held: 0,
        read_back: false,
    }
}

async fn the_head_says_how_far_delivery_is(store: &Store) {
    assert_eq!(store.save(Revision(0), build::head(1, 1), Changes::default()).await, Ok(()));
    assert_eq!(store.finish(Revision(1), build::finishing(1, 2)).await, Ok(()));
    assert_eq!(delivery(store).await, Delivery::Queued);
    for (state, expected) in
        [(State::Attention(SendError::NoEndpoint), Delivery::Attention), (proved(), Delivery::Proved)]
    {
        assert_eq!(store.put(Entry { state, ..build::entry(1) }, None).await, Ok(()));
        assert_eq!(delivery(store).await, expected);
    }
    // An earlier finishing of the same assessment says nothing about this one.
    let earlier = Entry { assessment: build::assessment(1), ..build::entry(2) };
    assert_eq!(store.put(earlier, None).await, Ok(()));
    assert_eq!(delivery(store).await, Delivery::Proved);
}

async fn delivery(store: &Store) -> Delivery {
    match store.heads().await.expect("heads").as_slice() {
        [Listed::Whole(head)] => match head.phase {
            Phase::Finished { delivery, .. } => delivery,
            Phase::Draft => panic!("a finished head became a draft"),
        },
        other => panic!("not one head: {other:?}"),
    }
}

async fn a_receipt_is_kept(store: &Store) {
    let entry = Entry { state: proved(), ..build::entry(1) };
    let receipt = build::receipt(&entry);
    assert_eq!(store.receipt(entry.id).await, Ok(None));
    assert_eq!(store.put(entry.clone(), Some(receipt.clone())).await, Ok(()));
    assert_eq!(store.receipt(entry.id).await, Ok(Some(receipt.clone())));
    assert_eq!(store.put(entry.clone(), None).await, Ok(()));
    assert_eq!(store.receipt(entry.id).await, Ok(Some(receipt)));
}
