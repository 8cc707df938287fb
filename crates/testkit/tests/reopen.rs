//! A sheet that is finished, opened again, and finished again.
#![allow(clippy::unwrap_used)]

use bintang_domain::{
    answers::{Answer, Answers},
    draft::{Draft, Head, Revision},
    edit::{Notes, Place},
    id::{ChoiceId, NodeId},
    log::{Tail, verify},
    reopen::{NotReopened, reopen},
    rubric,
    score::{Score, Scorer},
    store::Store,
    subject::Stage,
    submission::{Finish, Finished, NotFinishable},
    wire::{envelope::Envelope, read_back::read_back},
};
use bintang_testkit::build;
use futures::executor::block_on;
use std::sync::Arc;

fn finish(draft: Draft, n: u8) -> Finished {
    try_to_finish(draft, n).unwrap()
}

fn try_to_finish(draft: Draft, n: u8) -> Result<Finished, NotFinishable> {
    let rubric = Arc::new(rubric::read(include_bytes!("../../../public/rubrics/food.json")).rubric.unwrap());
    let score = Score { complete: true, ..Scorer::new(rubric.clone()).score() };
    let finish = Finish {
        id: build::submission(n),
        now: build::START.plus(i64::from(n)),
        monotonic_span: None,
        assessor: draft.head.assessor.clone(),
        endpoint: None,
        app: "test".into(),
        photos: vec![build::scaled(1).0],
        signatures: Vec::new(),
    };
    draft.finalise(&rubric, &score, finish)
}

#[test]
fn what_is_a_sample_or_was_only_suggested_is_never_finished() {
    let mut answers = Answers::default();
    let id = NodeId::parse("A.I.1").unwrap();
    answers.criteria.insert(id.clone(), Answer::Option(ChoiceId::parse("b").unwrap()));
    let draft = |head| Draft { head, answers: answers.clone(), notes: Notes::new() };
    let sample = Head { sample: true, ..build::head(1, 1) };
    assert_eq!(try_to_finish(draft(sample), 1), Err(NotFinishable::Sample));
    let again = vec![Place::Criterion(id), Place::Criterion(NodeId::parse("A.I.2").unwrap())];
    let evaluated = Head { stage: Stage::Evaluasi, again: again.clone(), ..build::head(1, 1) };
    // A place without an answer is nobody's suggestion.
    assert_eq!(try_to_finish(draft(evaluated.clone()), 1), Err(NotFinishable::Suggested(1)));
    assert!(try_to_finish(draft(Head { again: Vec::new(), ..evaluated }), 1).is_ok());
    // Of a sheet carried to another version the list is for whoever looks at it.
    assert!(try_to_finish(draft(Head { again, ..build::head(1, 1) }), 1).is_ok());
}

#[test]
fn a_sheet_opened_again_has_what_was_sent_and_names_what_it_replaces() {
    let store = Store::temporary();
    let mut draft = Draft { head: build::head(1, 1), answers: Answers::default(), notes: Notes::new() };
    let changes = bintang_domain::draft::Changes { log: Vec::new(), ..build::changes() };
    changes.clone().put_into(&mut draft.answers, &mut draft.notes);
    block_on(store.save(Revision(0), draft.head.clone(), changes)).unwrap();
    let (photo, bytes) = build::scaled(1);
    block_on(store.keep_photo(build::assessment(1), photo, bytes)).unwrap();
    let first = finish(draft.clone(), 1);
    block_on(store.finish(Revision(1), first.clone())).unwrap();

    let sent = read_back(&first.entry.document).unwrap();
    let now = build::START.plus(99);
    assert_eq!(reopen(draft.head.clone(), &sent, "Salah", now), Err(NotReopened::NotFinished));
    assert_eq!(reopen(first.head.clone(), &sent, "  ", now), Err(NotReopened::NoReason));
    let (head, changes) = reopen(first.head.clone(), &sent, " Nota tertukar ", now).unwrap();
    block_on(store.save(first.head.revision, head, changes)).unwrap();
    let again = block_on(store.open(build::assessment(1))).unwrap().unwrap();
    assert_eq!((&again.answers, &again.notes), (&draft.answers, &draft.notes));
    // The first finishing is where it was: it may be on its way.
    assert_eq!(block_on(store.entries()).unwrap().whole, std::slice::from_ref(&first.entry));

    let second = finish(again, 2);
    block_on(store.finish(Revision(3), second.clone())).unwrap();
    let (envelope, _) = Envelope::open(second.entry.document.as_bytes()).unwrap();
    let replaces = envelope.replaces.unwrap();
    assert_eq!(
        (replaces.id, replaces.digest, replaces.reason.as_str()),
        (first.entry.id, first.entry.digest, "Nota tertukar")
    );
    assert_eq!((envelope.assessment, envelope.id), (build::assessment(1), build::submission(2)));
    // Finished, opened again, finished: one chain, whose end was sent.
    let lines = block_on(store.log(build::assessment(1))).unwrap();
    let tail = second.head.log;
    assert_eq!(verify(&lines, tail).unwrap().len(), 3);
    assert_eq!(tail.map(|Tail { sha256, .. }| sha256), envelope.log);
}
