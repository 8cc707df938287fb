//! What is written is read as it was: records of the store, envelopes, receipts, panels. And no change of a written
//! document makes reading it fail badly.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use bintang_domain::{
    clock::Doubt,
    digest::Digest,
    draft::{Delivery, Head, Phase, Revision, Summary},
    edit,
    id::{AssessmentId, NodeId, RequirementId, RubricId, SubmissionId},
    log::Tail,
    outbox::{self, SendError, State},
    points::{Fraction, Points},
    score::Withheld,
    signature::{HEIGHT, Role, Signature, Stroke, WIDTH},
    subject::{Assessor, Coordinates, Place, RegionCodes, Stage, Subject},
    time::Millis,
    web_address::WebAddress,
    wire::{
        envelope::{
            Envelope, EnvelopePart, EnvelopeScore, EvidenceEntry, FORMAT, NotesDocument, Ratio, Replaces, RubricRef,
            Times,
        },
        receipt::{self, Receipt, Recomputed},
        record,
    },
};
use bintang_testkit::reading;
use proptest::{collection::vec, option, prelude::*, sample::Index, sample::select};
use serde_json::json;

/// Whole numbers that every JSON reader keeps.
const SAFE: i64 = (1 << 53) - 1;

fn millis() -> impl Strategy<Value = Millis> {
    (-SAFE..=SAFE).prop_map(Millis)
}

fn digest() -> impl Strategy<Value = Digest> {
    any::<u64>().prop_map(|number| Digest::of(&number.to_be_bytes()))
}

fn assessment() -> impl Strategy<Value = AssessmentId> {
    (0i64..1 << 47, any::<[u8; 10]>()).prop_map(|(now, random)| AssessmentId::new(Millis(now), &random))
}

fn submission() -> impl Strategy<Value = SubmissionId> {
    (0i64..1 << 47, any::<[u8; 10]>()).prop_map(|(now, random)| SubmissionId::new(Millis(now), &random))
}

fn tail() -> impl Strategy<Value = Tail> {
    (0..=SAFE.unsigned_abs(), digest()).prop_map(|(number, sha256)| Tail { number, sha256 })
}

fn replaces() -> impl Strategy<Value = Replaces> {
    (submission(), digest(), ".{0,8}").prop_map(|(id, digest, reason)| Replaces { id, digest, reason })
}

fn node() -> impl Strategy<Value = NodeId> {
    "[A-Za-z0-9._-]{1,64}".prop_map(|text| NodeId::parse(&text).unwrap())
}

fn rubric() -> impl Strategy<Value = RubricRef> {
    ("[a-z0-9-]{1,64}", ".{0,12}", digest()).prop_map(|(id, version, sha256)| RubricRef {
        id: RubricId::parse(&id).unwrap(),
        version,
        sha256,
    })
}

fn coordinates() -> impl Strategy<Value = Coordinates> {
    let numbers = (any::<i32>(), any::<i32>(), any::<u32>(), millis());
    numbers.prop_map(|(latitude, longitude, accuracy, at)| Coordinates { latitude, longitude, accuracy, at })
}

fn place() -> impl Strategy<Value = Place> {
    let codes = (".{0,4}", ".{0,4}", ".{0,4}", ".{0,4}")
        .prop_map(|(province, regency, district, village)| RegionCodes { province, regency, district, village });
    (".{0,20}", option::of(codes), option::of(coordinates())).prop_map(|(village, codes, coordinates)| Place {
        village,
        codes,
        coordinates,
    })
}

fn subject() -> impl Strategy<Value = Subject> {
    let texts = (".{0,20}", ".{0,20}", ".{0,20}", option::of(".{0,8}"), option::of(".{0,8}"), place());
    let numbers = (option::of("[0-9]{13}"), option::of("\\+?[0-9]{8,15}"));
    (texts, numbers).prop_map(|((business, owner, product, commodity, sentra, place), (nib, phone))| Subject {
        business,
        owner,
        product,
        commodity,
        sentra,
        place,
        nib,
        phone,
    })
}

fn assessor() -> impl Strategy<Value = Assessor> {
    (".{0,20}", ".{0,20}").prop_map(|(name, office)| Assessor { name, office })
}

fn stage() -> impl Strategy<Value = Stage> {
    select(Stage::ALL.to_vec())
}

fn withheld() -> impl Strategy<Value = Option<Withheld>> {
    option::of(select(vec![Withheld::Disqualify, Withheld::Stop, Withheld::Reject, Withheld::NoAward]))
}

fn fraction() -> impl Strategy<Value = Fraction> {
    (-SAFE..=SAFE, 1..=SAFE).prop_map(|(num, den)| Fraction::new(num.into(), den.into()).unwrap())
}

fn summary() -> impl Strategy<Value = Summary> {
    let counts = (any::<u32>(), any::<u32>(), any::<u32>(), any::<u8>(), any::<u8>());
    (counts, fraction(), any::<i32>(), any::<bool>(), withheld()).prop_map(
        |(counts, total, max, complete, withheld)| {
            let (answered, asked, unknown_requirements, stars, highest) = counts;
            let max = Points(max);
            Summary { answered, asked, unknown_requirements, stars, highest, total, max, complete, withheld }
        },
    )
}

fn phase() -> impl Strategy<Value = Phase> {
    let delivery = select(vec![Delivery::Queued, Delivery::Attention, Delivery::Accepted, Delivery::Proved]);
    let finished = (submission(), millis(), delivery).prop_map(|(submission, at, delivery)| Phase::Finished {
        submission,
        at,
        delivery,
    });
    prop_oneof![Just(Phase::Draft), finished]
}

prop_compose! {
    fn head()(
        names in (assessment(), 0..=SAFE.unsigned_abs(), stage(), rubric(), option::of(node())),
        (subject, assessor) in (subject(), assessor()),
        summary in summary(), phase in phase(), started in millis(), changed in millis(),
        again in vec(node().prop_map(edit::Place::Criterion), 0..3), sample in any::<bool>(),
        (log, replaces, doubt) in (option::of(tail()), option::of(replaces()), option::of(select(vec![Doubt::SetBack, Doubt::Jumped, Doubt::OffPosition]))),
    ) -> Head {
        let (assessment, revision, stage, rubric, return_to) = names;
        let revision = Revision(revision);
        Head {
            assessment, revision, stage, subject, assessor, rubric, return_to, again, summary, started, changed, log,
            replaces, doubt, sample, phase,
        }
    }
}

fn error() -> impl Strategy<Value = SendError> {
    prop_oneof![
        select(vec![
            SendError::NoEndpoint,
            SendError::Offline,
            SendError::Timeout,
            SendError::OtherReceipt,
            SendError::WaitsForWifi,
        ]),
        (0..=SAFE.unsigned_abs(), 0..=SAFE.unsigned_abs())
            .prop_map(|(bytes, limit)| SendError::TooLarge { bytes, limit }),
        (any::<u16>(), option::of(-SAFE..=SAFE))
            .prop_map(|(status, retry_after)| SendError::Busy { status, retry_after }),
        any::<u16>().prop_map(|status| SendError::NotAReceipt { status }),
        (0usize..1 << 40).prop_map(|count| SendError::FilesMissing { count }),
        (0usize..1 << 40).prop_map(|count| SendError::PhotosWait { count }),
        any::<u16>().prop_map(|status| SendError::NoProof { status }),
        any::<u16>().prop_map(|status| SendError::NotAllowed { status }),
        (any::<u16>(), option::of(".{0,8}"), option::of(".{0,8}"))
            .prop_map(|(status, code, detail)| SendError::Refused { status, code, detail }),
    ]
}

fn state() -> impl Strategy<Value = State> {
    prop_oneof![
        (millis(), option::of(error())).prop_map(|(until, last)| State::Waiting { until, last }),
        millis().prop_map(|since| State::Trying { since }),
        (millis(), ".{0,8}", ".{0,8}", 0usize..9, any::<bool>()).prop_map(
            |(at, receiver, received_at, held, read_back)| State::Proved { at, receiver, received_at, held, read_back }
        ),
        (millis(), 0usize..9, 0usize..9).prop_map(|(at, held, lost)| State::Accepted { at, held, lost }),
        error().prop_map(State::Attention),
    ]
}

prop_compose! {
    fn entry()(
        (id, assessment, digest) in (submission(), assessment(), digest()),
        (document, product, business) in (".{0,40}", ".{0,20}", ".{0,20}"),
        endpoint in option::of("https://[a-z]{1,8}[.]example(:[1-9][0-9]{0,3})?(/[A-Za-z0-9_.~%+-]{0,8}){0,3}"),
        finished in millis(), tries: u32, state in state(),
    ) -> outbox::Entry {
        let endpoint = endpoint.map(|url| WebAddress::parse(&url).unwrap());
        outbox::Entry { id, assessment, digest, document, product, business, finished, endpoint, tries, state }
    }
}

fn ratio() -> impl Strategy<Value = Ratio> {
    fraction().prop_map(Ratio::from)
}

fn evidence() -> impl Strategy<Value = EvidenceEntry> {
    let of = (digest(), "[a-z]{1,5}/[a-z]{1,5}", 0..=SAFE.unsigned_abs(), node());
    (of, option::of(millis()), option::of(coordinates()), ".{0,8}").prop_map(|(of, taken_at, coordinates, caption)| {
        let (sha256, media_type, bytes, criterion) = of;
        EvidenceEntry { sha256, media_type, bytes, criterion, option: None, taken_at, coordinates, caption }
    })
}

prop_compose! {
    fn signature()(
        (role, name, at, sheet) in (select(Role::ALL.as_slice()), ".{0,8}", millis(), digest()),
        strokes in vec(vec((0..=WIDTH, 0..=HEIGHT), 0..4).prop_map(Stroke), 0..3),
    ) -> Signature {
        Signature { role, name, at, sheet, strokes }
    }
}

prop_compose! {
    fn score()(
        complete: bool, awarded: bool, total in ratio(), max: i32, stars: [u8; 3], cap: Option<u8>,
        parts in vec((node(), ratio(), any::<i32>()), 0..4), withheld in option::of("[a-z_]{1,10}"),
    ) -> EnvelopeScore {
        let parts = parts.into_iter().map(|(id, points, max)| EnvelopePart { id, points, max }).collect();
        let [stars_by_points, stars_by_gates, stars] = stars;
        EnvelopeScore { complete, total, max, parts, stars_by_points, stars_by_gates, cap, withheld, stars, awarded }
    }
}

prop_compose! {
    fn envelope()(
        (assessment, id, stage, rubric) in (assessment(), submission(), stage(), rubric()),
        replaces in option::of(replaces()),
        (subject, assessor, log, score) in (subject(), assessor(), option::of(digest()), score()),
        notes in vec((node(), ".{0,20}"), 0..4), evidence in vec(evidence(), 0..3),
        signatures in vec(signature(), 0..3),
        (started, finished, monotonic_span) in (millis(), millis(), option::of(-SAFE..=SAFE)),
        (clock_doubt, app, flags) in (option::of(".{0,8}"), ".{0,8}", vec("[a-z]{1,4}", 0..3)),
    ) -> Envelope {
        Envelope {
            format: FORMAT.to_owned(),
            assessment, id, stage, subject, assessor, rubric, evidence, signatures, score, log, app,
            replaces,
            sheet: json!({"flags": flags, "answers": {}}),
            notes: NotesDocument {
                requirements: notes.iter().map(|(id, note)| (RequirementId::parse(id.as_str()).unwrap(), note.clone())).collect(),
                criteria: notes.into_iter().collect(),
                ..NotesDocument::default()
            },
            times: Times { started, finished, monotonic_span, clock_doubt },
        }
    }
}

prop_compose! {
    fn receipts()(
        (id, digest, recomputed) in (submission(), digest(), option::of((ratio(), any::<u8>()))),
        (evidence, missing) in (vec(digest(), 0..3), vec(digest(), 0..3)),
        (received_at, receiver, sender, key) in (".{0,8}", ".{0,8}", ".{0,8}", option::of(".{0,8}")),
    ) -> Receipt {
        Receipt {
            format: receipt::FORMAT.to_owned(),
            id, digest, evidence, missing, received_at, receiver, sender,
            recomputed: recomputed.map(|(total, stars)| Recomputed { total, stars }),
            signature: key.map(|key| json!({"alg": "ES256", "value": key})),
        }
    }
}

proptest! {
    #[test]
    fn a_head_comes_back(head in head()) {
        prop_assert_eq!(record::read_head(&record::write_head(&head)), Some(head));
    }

    #[test]
    fn an_outbox_entry_comes_back(entry in entry()) {
        prop_assert_eq!(record::read_outbox(&record::write_outbox(&entry)), Some(entry));
    }

    #[test]
    fn a_receipt_comes_back(receipt in receipts()) {
        let text = record::write_receipt(&receipt);
        prop_assert_eq!(record::read_receipt(&text), Some(receipt.clone()));
        prop_assert_eq!(receipt::check(text.as_bytes(), receipt.id, receipt.digest), Ok(receipt));
    }

    #[test]
    fn an_envelope_comes_back_with_its_digest(envelope in envelope()) {
        let sealed = envelope.seal().unwrap();
        prop_assert_eq!(Envelope::open(sealed.document.as_bytes()), Ok((envelope, sealed.digest)));
    }

    #[test]
    fn no_change_of_a_document_makes_reading_fail_badly(
        head in head(), entry in entry(), receipt in receipts(), envelope in envelope(),
        changes in vec((any::<Index>(), any::<u8>()), 0..4),
    ) {
        let sealed = envelope.seal().unwrap().document;
        let texts = [record::write_head(&head), record::write_outbox(&entry), record::write_receipt(&receipt), sealed];
        for text in texts {
            reading::documents(text.as_bytes());
            let mut bytes = text.into_bytes();
            for (place, byte) in &changes {
                let place = place.index(bytes.len());
                bytes[place] = *byte;
            }
            reading::documents(&bytes);
        }
    }
}

#[test]
fn a_fraction_that_could_not_be_written_again_is_not_read() {
    let head = record::write_head(&bintang_testkit::build::head(1, 1));
    let total = r#""total":{"den":37,"num":2868}"#;
    assert!(head.contains(total));
    for bad in [r#"{"den":-9223372036854775808,"num":1}"#, r#"{"den":-1,"num":-9223372036854775808}"#] {
        let text = head.replace(total, &format!("\"total\":{bad}"));
        assert_eq!(record::read_head(&text), None, "{bad}");
    }
}
