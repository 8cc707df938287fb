//! What is sent is read back as it was sealed.

use bintang_domain::{
    answers::Answers,
    draft::Draft,
    edit::Notes,
    rubric,
    score::Scorer,
    submission::{Finish, Finished},
    wire::read_back::read_back,
};
use bintang_testkit::build;
use std::sync::Arc;

#[test]
fn a_sealed_document_gives_its_answers_notes_and_digest_back() {
    let rubric = Arc::new(rubric::read(include_bytes!("../../../public/rubrics/food.json")).rubric.unwrap());
    let mut draft = Draft { head: build::head(1, 1), answers: Answers::default(), notes: Notes::new() };
    build::changes().put_into(&mut draft.answers, &mut draft.notes);
    let score = bintang_domain::score::Score { complete: true, ..Scorer::new(rubric.clone()).score() };
    let finish = Finish {
        id: build::submission(1),
        now: build::START,
        monotonic_span: None,
        assessor: draft.head.assessor.clone(),
        endpoint: None,
        app: "test".into(),
        photos: Vec::new(),
        signatures: Vec::new(),
    };
    let Finished { entry, .. } = draft.clone().finalise(&rubric, &score, finish).unwrap();
    let sent = read_back(&entry.document).unwrap();
    assert_eq!((&sent.answers, &sent.notes), (&draft.answers, &draft.notes));
    assert_eq!((sent.digest, sent.rubric), (entry.digest, draft.head.rubric));
    // What was changed since is told by its digest; what is no document gives nothing.
    let changed = entry.document.replace("NIB dilihat", "NIB terlihat");
    assert_ne!(changed, entry.document);
    assert_ne!(read_back(&changed).unwrap().digest, entry.digest);
    assert_eq!(read_back("{}"), None);
}
