//! Laws of the outbox, for every sequence of events.

use super::*;
use proptest::prelude::*;

fn entry(endpoint: Option<&str>) -> Entry {
    Entry {
        id: SubmissionId::new(Millis(1), &[1; 10]),
        assessment: AssessmentId::new(Millis(1), &[2; 10]),
        digest: Digest::of(b"x"),
        document: format!(r#"{{"envelope":{{"evidence":[{{"sha256":"{}"}}]}}}}"#, Digest::of(b"photo")),
        product: "Tas pandan".into(),
        business: "Kriya".into(),
        finished: Millis(1),
        endpoint: endpoint.map(|url| WebAddress::parse(url).unwrap()),
        tries: 0,
        state: State::Waiting { until: Millis(0), last: None },
    }
}

/// A receipt that asks for so many files, and names the entry's own file or not.
fn receipt(entry: &Entry, missing: usize, named: bool) -> Receipt {
    Receipt {
        format: crate::wire::receipt::FORMAT.into(),
        id: entry.id,
        digest: entry.digest,
        evidence: vec![Digest::of(b"photo"); usize::from(named)],
        missing: vec![Digest::of(b"f"); missing],
        received_at: "2026-11-24T00:00:00Z".into(),
        receiver: "r".into(),
        recomputed: None,
        sender: "absent".into(),
        signature: None,
    }
}

fn errors() -> impl Strategy<Value = SendError> {
    prop_oneof![
        Just(SendError::Offline),
        Just(SendError::Timeout),
        Just(SendError::OtherReceipt),
        (100u16..600, proptest::option::of(-5i64..9_000_000))
            .prop_map(|(status, after)| SendError::of_status(status, after, None, None)),
    ]
}

fn rules() -> impl Strategy<Value = Option<PhotoRule>> {
    prop_oneof![Just(None), Just(Some(PhotoRule::WifiOnly)), Just(Some(PhotoRule::Never))]
}

fn events() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => Just(Event::Woke),
        1 => Just(Event::Tapped),
        1 => Just(Event::LinkWorked),
        1 => Just(Event::EndpointGone),
        1 => Just(Event::Bound(WebAddress::parse("https://a.example").unwrap())),
        3 => (0usize..2, any::<bool>(), rules()).prop_map(|(missing, named, rule)| Event::Sent(Box::new(receipt(&entry(None), missing, named)), rule)),
        2 => (0usize..3, rules()).prop_map(|(left, rule)| Event::Taken { left, rule }),
        1 => (0usize..2, any::<bool>(), rules()).prop_map(|(missing, named, rule)| Event::Handed(Box::new(receipt(&entry(None), missing, named)), rule)),
        4 => errors().prop_map(Event::SendFailed),
    ]
}

proptest! {
    #[test]
    fn whatever_happens(start in any::<bool>(),
                        history in proptest::collection::vec((events(), 0i64..700_000, any::<u16>()), 0..60)) {
        let mut entry = entry(start.then_some("https://a.example"));
        let (original, mut now) = (entry.clone(), Millis(1_000));
        for (event, later, jitter) in history {
            now = now.plus(later);
            let was = entry.state.clone();
            let receipt_came = match &event {
                Event::Sent(r, rule) if r.missing.is_empty() && !r.evidence.is_empty() => Some(rule.is_some()),
                Event::Sent(_, Some(PhotoRule::Never)) => Some(true),
                _ => None,
            };
            let handed = match &event {
                Event::Handed(receipt, rule) => {
                    let whole = receipt.missing.is_empty() && !receipt.evidence.is_empty();
                    (whole || *rule == Some(PhotoRule::Never)).then_some(!whole)
                }
                _ => None,
            };
            let (bound, file) = (matches!(event, Event::Bound(_)), matches!(event, Event::Handed(..)));
            let (next, action) = step(entry, event, now, jitter);
            // The content never changes, and only a whole receipt during a try proves.
            prop_assert_eq!((&next.document, next.digest, next.id), (&original.document, original.digest, original.id));
            if matches!(next.state, State::Proved { .. }) && !matches!(was, State::Proved { .. }) {
                let trying = matches!(was, State::Trying { .. });
                prop_assert!((receipt_came.is_some() && trying) || handed.is_some());
                // Without a rule that holds photos back, all of it is there.
                prop_assert!(next.is_whole_there() || receipt_came == Some(true) || handed == Some(true));
            }
            if matches!(was, State::Proved { .. }) {
                prop_assert_eq!(&next.state, &was);
            }
            // What an endpoint took is sent to no other unless a person says so, and never twice to the same by itself.
            if matches!(was, State::Accepted { .. }) && !bound && handed.is_none() {
                prop_assert_eq!(&next.state, &was);
            }
            // A file that proves nothing makes nothing proved, and nothing is sent because of a file.
            if file {
                let proved = matches!(next.state, State::Proved { .. });
                prop_assert!(handed.is_some() || !proved || next.state == was);
                prop_assert_ne!(&action, &Action::Send);
            }
            // A send is asked for only together with the mark that it was begun, and only to somewhere.
            if action == Action::Send {
                prop_assert_eq!(&next.state, &State::Trying { since: now });
                prop_assert!(next.endpoint.is_some());
            }
            // Waits are bounded.
            if let Action::WaitUntil(until) = action {
                prop_assert!(until <= now.plus(LONGEST_ASKED));
            }
            entry = next;
        }
        // However it stands, it is there or a later wake-up or tap sends it.
        if entry.endpoint.is_some() && !entry.is_settled() {
            let (_, action) = step(entry, Event::Tapped, now, 0);
            prop_assert_eq!(action, Action::Send);
        }
    }
}

#[test]
fn waits_double_up_to_ten_minutes_and_jitter_halves_at_most() {
    assert_eq!([0, 1, 2, 7, 99].map(|tries| wait(tries, 0)), [5_000, 10_000, 20_000, 600_000, 600_000]);
    assert_eq!(wait(0, u16::MAX), 2_500);
}

#[test]
fn a_login_page_is_tried_again_and_a_refusal_is_set_aside() {
    assert_eq!(SendError::of_status(200, None, None, None).retry(), Retry::Later(None));
    assert_eq!(SendError::of_status(500, Some(7_000), None, None).retry(), Retry::Later(Some(7_000)));
    assert_eq!(SendError::of_status(409, None, Some("conflict".into()), None).retry(), Retry::SetAside);
    assert_eq!(SendError::of_status(401, None, None, None).retry(), Retry::StopEndpoint);
    // What was damaged on the way is whole on the phone.
    assert_eq!(SendError::of_status(400, None, Some("digest_mismatch".into()), None).retry(), Retry::Later(None));
}

#[test]
fn a_try_found_after_a_restart_is_tried_again() {
    let mut entry = entry(Some("https://a.example"));
    entry.state = State::Trying { since: Millis(1) };
    assert_eq!(step(entry, Event::Woke, Millis(2), 0).1, Action::Send);
}

#[test]
fn a_receiver_may_ask_for_an_hour_but_not_for_a_year() {
    let waiting = |asked: i64| {
        let mut trying = entry(Some("https://a.example"));
        trying.state = State::Trying { since: Millis(0) };
        step(trying, Event::SendFailed(SendError::of_status(503, Some(asked), None, None)), Millis(0), 0).0
    };
    let hour = waiting(3_600_000);
    assert_eq!(step(hour.clone(), Event::Woke, Millis(3_599_999), 0).1, Action::WaitUntil(Millis(3_600_000)));
    // That something else got through does not make it shorter.
    assert_eq!(step(hour.clone(), Event::LinkWorked, Millis(1), 0).1, Action::WaitUntil(Millis(3_600_000)));
    assert_eq!(step(hour, Event::Woke, Millis(3_600_000), 0).1, Action::Send);
    assert_eq!(step(waiting(i64::MAX), Event::Woke, Millis(LONGEST_ASKED), 0).1, Action::Send);
}

#[test]
fn the_network_coming_back_ends_waits_and_leaves_what_needs_a_person() {
    let mut waiting = entry(Some("https://a.example"));
    waiting.state = State::Waiting { until: Millis(9_000), last: Some(SendError::Offline) };
    assert_eq!(step(waiting.clone(), Event::LinkWorked, Millis(1), 0).1, Action::WaitUntil(Millis(1)));
    waiting.state = State::Attention(SendError::NotAllowed { status: 401 });
    assert_eq!(step(waiting.clone(), Event::LinkWorked, Millis(1), 0), (waiting, Action::NeedsPerson));
}

#[test]
fn a_clock_put_back_does_not_hold_an_entry_for_years() {
    let mut entry = entry(Some("https://a.example"));
    entry.state = State::Waiting { until: Millis(1_900_000_000_000), last: None };
    assert_eq!(step(entry, Event::Woke, Millis(1_000), 0).1, Action::Send);
}

#[test]
fn a_receipt_proves_what_it_names_and_nothing_else() {
    let entry = entry(Some("https://a.example"));
    let (own, other) = (Digest::of(b"photo"), Digest::of(b"f"));
    for (missing, named, unproved) in
        [(0, true, vec![]), (0, false, vec![own]), (1, true, vec![other]), (1, false, vec![own, other])]
    {
        assert_eq!(entry.unproved(&receipt(&entry, missing, named)), unproved, "{missing} {named}");
    }
    // Both said of one file: it is asked for.
    let both = Receipt { missing: vec![own], ..receipt(&entry, 0, true) };
    assert_eq!(entry.unproved(&both), [own]);
}

#[test]
fn photos_that_wait_are_tried_again_and_those_that_stay_are_counted() {
    let mut trying = entry(Some("https://a.example"));
    trying.state = State::Trying { since: Millis(0) };
    let sent = |rule| Event::Sent(Box::new(receipt(&trying, 0, false)), rule);
    let (waiting, action) = step(trying.clone(), sent(Some(PhotoRule::WifiOnly)), Millis(0), 0);
    assert!(waiting.waits_for_wifi() && action == Action::WaitUntil(Millis(LONGEST_WAIT)));
    assert_eq!(step(waiting.clone(), Event::LinkWorked, Millis(1), 0).1, Action::WaitUntil(Millis(1)));
    assert_eq!(step(waiting, Event::Tapped, Millis(1), 0).1, Action::Send);
    let (proved, _) = step(trying.clone(), sent(Some(PhotoRule::Never)), Millis(5), 0);
    assert!(matches!(proved.state, State::Proved { held: 1, .. }) && !proved.is_whole_there());
    let (missing, _) = step(trying.clone(), sent(None), Millis(5), 0);
    assert_eq!(missing.state, State::Attention(SendError::FilesMissing { count: 1 }));
}

#[test]
fn what_lost_its_endpoint_waits_for_a_person() {
    let entry = entry(Some("https://a.example"));
    let (lost, action) = step(entry, Event::EndpointGone, Millis(1), 0);
    assert_eq!((&lost.state, action), (&State::Attention(SendError::NoEndpoint), Action::NeedsPerson));
    assert_eq!(step(lost.clone(), Event::Woke, Millis(2), 0), (lost, Action::NeedsPerson));
}

#[test]
fn what_waits_for_wifi_is_due_with_it_alone() {
    let of = |state| Entry { state, ..entry(Some("https://a.example")) };
    let photos = of(State::Waiting { until: Millis(5), last: Some(SendError::PhotosWait { count: 1 }) });
    let later = of(State::Waiting { until: Millis(9), last: Some(SendError::Offline) });
    let idle = [of(State::Attention(SendError::NoEndpoint)), photos.clone()];
    assert_eq!((next_due(&idle, false), next_due(&idle, true)), (None, Some(Millis(5))));
    assert_eq!(next_due(&[photos, later, of(State::Trying { since: Millis(7) })], false), Some(Millis(7)));
}

#[test]
fn what_was_taken_without_proof_says_so_and_goes_elsewhere_when_a_person_wants_it() {
    let mut trying = entry(Some("https://a.example"));
    trying.state = State::Trying { since: Millis(0) };
    let taken = |left, rule| step(trying.clone(), Event::Taken { left, rule }, Millis(5), 0);
    let (accepted, action) = taken(1, Some(PhotoRule::Never));
    assert_eq!((&accepted.state, action), (&State::Accepted { at: Millis(5), held: 1, lost: 0 }, Action::Done));
    assert_eq!(step(accepted.clone(), Event::Tapped, Millis(6), 0), (accepted.clone(), Action::Done));
    let there = WebAddress::parse("https://b.example").unwrap();
    assert_eq!(step(accepted, Event::Bound(there), Millis(6), 0).1, Action::WaitUntil(Millis(6)));
    // Photos that wait for Wi-Fi are not forgotten.
    assert!(taken(1, Some(PhotoRule::WifiOnly)).0.waits_for_wifi());
    assert_eq!(taken(0, Some(PhotoRule::WifiOnly)).0.state, State::Accepted { at: Millis(5), held: 0, lost: 0 });
    // What no rule held back was not there to be sent.
    assert_eq!(taken(2, None).0.state, State::Accepted { at: Millis(5), held: 0, lost: 2 });
}

#[test]
fn a_receipt_from_a_file_proves_what_it_names() {
    let of = |state| Entry { state, ..entry(Some("https://a.example")) };
    let waiting = of(State::Waiting { until: Millis(9), last: Some(SendError::Offline) });
    let accepted = of(State::Accepted { at: Millis(1), held: 1, lost: 0 });
    let hand = |entry: &Entry, named, rule| {
        step(entry.clone(), Event::Handed(Box::new(receipt(entry, 0, named)), rule), Millis(5), 0)
    };
    let proved = |held| {
        let (received_at, receiver) = ("2026-11-24T00:00:00Z".to_owned(), "r".to_owned());
        of(State::Proved { at: Millis(5), receiver, received_at, held, read_back: false })
    };
    for entry in [&waiting, &accepted, &of(State::Attention(SendError::NoEndpoint))] {
        assert_eq!(hand(entry, true, None), (proved(0), Action::Done));
        assert_eq!(hand(entry, false, Some(PhotoRule::Never)), (proved(1), Action::Done));
    }
    // What is missing is sent when that can be, but by itself nowhere where it was only accepted.
    let (still, action) = hand(&waiting, false, None);
    assert_eq!(still.state, State::Waiting { until: Millis(5), last: Some(SendError::FilesMissing { count: 1 }) });
    assert_eq!(action, Action::WaitUntil(Millis(5)));
    assert_eq!(hand(&accepted, false, None), (accepted.clone(), Action::Done));
}
