//! Fields that the rubric format does not know are kept and told, wherever they stand, and change nothing (rubric format,
//! section 5). A rubric's file is never written anew: what is kept, and what its sum is of, are its bytes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../../domain/tests/common/small.rs"]
mod small;

use bintang_domain::{
    digest::Digest,
    draft::{Changes, Revision},
    rubric::{self, ProblemCode, Severity},
    store::Store,
    wire::{canonical, envelope::RubricRef, json},
};
use bintang_testkit::build;
use futures::executor::block_on;
use serde_json::{Value, json};

/// Members whose objects are texts by language: there a new name is a new language.
const TEXTS: [&str; 6] = ["title", "label", "help", "by", "source", "corrections"];

/// Puts a field nobody knows into every object, and says where.
fn strewn(value: &mut Value, at: &str, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut().filter(|(name, _)| !TEXTS.contains(&name.as_str())) {
                strewn(member, &format!("{at}/{name}"), places);
            }
            members.insert("x-later".to_owned(), json!({"deep": [1.25, null, "“ä” \u{1F600}"]}));
            places.push(format!("{at}/x-later"));
        }
        Value::Array(list) => {
            for (index, element) in list.iter_mut().enumerate() {
                strewn(element, &format!("{at}/{index}"), places);
            }
        }
        _ => {}
    }
}

/// The file as a person writes it: spaces, a number with a needless zero, and the unknown fields.
fn file() -> (Vec<u8>, Vec<String>) {
    let (mut value, mut places) = (small::rubric(), Vec::new());
    strewn(&mut value, "", &mut places);
    let text = serde_json::to_string_pretty(&value).unwrap().replace("1.25", "1.250");
    (text.into_bytes(), places)
}

#[test]
fn they_are_told_in_every_object_and_say_nothing() {
    let (bytes, mut places) = file();
    // The file, parts, a group, criteria, options, cases, items, steps, conditions and all the lists after them.
    assert_eq!(places.len(), 50, "{places:?}");
    let reading = rubric::read(&bytes);
    let mut told: Vec<String> = reading.problems.iter().map(|problem| problem.at.clone()).collect();
    for problem in &reading.problems {
        assert_eq!((problem.code, problem.severity), (ProblemCode::UnknownField, Severity::Warning), "{problem:?}");
    }
    told.sort();
    places.sort();
    assert_eq!(told, places);
    let without = rubric::read(small::rubric().to_string().as_bytes());
    assert_eq!(reading.rubric, without.rubric);
}

#[test]
fn they_stay_in_what_is_read_and_written_as_json() {
    let (bytes, places) = file();
    let value = json::read(&bytes).unwrap();
    let again = json::read(canonical::write(&value).as_bytes()).unwrap();
    assert_eq!(again, value);
    for place in places {
        assert_eq!(again.pointer(&place), Some(&json!({"deep": [1.25, null, "“ä” \u{1F600}"]})), "{place}");
    }
}

#[test]
fn a_draft_keeps_the_file_it_was_begun_with_to_the_byte() {
    let (bytes, _) = file();
    let rubric = rubric::read(&bytes).rubric.unwrap();
    let sha256 = Digest::of(&bytes);
    block_on(async {
        let store = Store::temporary();
        let mut head = build::head(1, 1);
        head.rubric = RubricRef { id: rubric.id.clone(), version: rubric.version.clone(), sha256 };
        let begun = Changes { rubric: Some(bytes.clone()), ..Changes::default() };
        store.save(Revision(0), head.clone(), begun).await.unwrap();
        let draft = store.open(head.assessment).await.unwrap().expect("what was saved can be opened");
        assert_eq!(draft.head.rubric.sha256, sha256);
        let kept = store.rubric(draft.head.rubric.sha256).await.unwrap();
        assert_eq!(kept.as_deref(), Some(bytes.as_slice()));
        assert_eq!(rubric::read(&kept.unwrap()).rubric, Some(rubric));
    });
}
