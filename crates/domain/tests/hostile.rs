//! Files that are as large as is read at all, and made to cost much: each is read within seconds, and in little memory.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use bintang_domain::{
    rubric::{self, MAX_BYTES, ProblemCode as Code},
    wire,
};
use serde_json::{Value, json};
use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

/// Far more than any takes, and far less than what grows with the square: a slow machine passes too.
const SOON: Duration = Duration::from_secs(20);

fn soon<T>(what: &str, read: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let read = read();
    let took = begun.elapsed();
    eprintln!("{what}: {took:?}");
    assert!(took < SOON, "{what} took {took:?}");
    read
}

/// A rubric with one part of these criteria, in text.
fn rubric_of(title: &str, criteria: &str, max: usize) -> Vec<u8> {
    let file = format!(
        "{{\"format\":\"bintang-rubric/1\",\"id\":\"large\",\"version\":\"1\",\"title\":{title},\"language\":\"en\",\
         \"max\":{max},\"bands\":[{{\"stars\":3,\"from\":3}},{{\"stars\":2,\"from\":2}},{{\"stars\":1,\"from\":1}}],\
         \"parts\":[{{\"id\":\"P\",\"label\":\"\",\"max\":{max},\"nodes\":[{criteria}]}}]}}"
    );
    assert!(file.len() <= MAX_BYTES, "{} bytes are not read at all", file.len());
    file.into_bytes()
}

#[test]
fn as_many_criteria_as_there_can_be_against_the_order_of_their_ids() {
    let mut criteria = String::new();
    for id in (100_000..141_000).rev() {
        let max = usize::from(id < 100_009);
        let comma = if criteria.is_empty() { "" } else { "," };
        write!(
            criteria,
            "{comma}{{\"id\":\"{id}\",\"label\":\"\",\"max\":{max},\"options\":[{{\"id\":\"a\",\"label\":\"\",\"points\":{max},\"gate\":1}},\
             {{\"id\":\"b\",\"label\":\"\",\"points\":-1}}]}}"
        )
        .unwrap();
    }
    let file = rubric_of("\"\"", &criteria, 9);
    let reading = soon("many criteria", || rubric::read(&file));
    assert_eq!((reading.rubric.unwrap().criteria.len(), reading.problems), (41_000, Vec::new()));
}

#[test]
fn gates_of_every_star_for_as_many_criteria_as_there_can_be() {
    let mut criteria = String::new();
    for id in 0..15_500 {
        let comma = if criteria.is_empty() { "" } else { "," };
        let max = 3 * usize::from(id < 3);
        write!(criteria, "{comma}{{\"id\":\"{id}\",\"label\":\"\",\"max\":{max},\"options\":[").unwrap();
        for star in 1..=3 {
            let points = max.min(star);
            write!(criteria, "{{\"id\":\"{star}\",\"label\":\"\",\"points\":{points},\"gate\":{star}}},").unwrap();
        }
        criteria.push_str("{\"id\":\"0\",\"label\":\"\",\"points\":-1}]}");
    }
    let file = rubric_of("\"\"", &criteria, 9);
    let reading = soon("many gates", || rubric::read(&file));
    assert_eq!(reading.rubric.unwrap().criteria.len(), 15_500);
}

#[test]
fn names_of_languages_as_long_as_a_file() {
    let long = "x".repeat(60_000);
    let mut title = Vec::new();
    for language in 0..62 {
        title.push(format!("\"{language}{long}\":\"\""));
    }
    let title = format!("{{{}}}", title.join(","));
    let mut criteria = String::new();
    for id in 0..8_000 {
        let comma = if criteria.is_empty() { "" } else { "," };
        let max = usize::from(id < 9);
        write!(
            criteria,
            "{comma}{{\"id\":\"{id}\",\"label\":\"\",\"max\":{max},\"options\":[{{\"id\":\"a\",\"label\":\"\",\"points\":{max}}}]}}"
        )
        .unwrap();
    }
    let file = rubric_of(&title, &criteria, 9);
    let reading = soon("long languages", || rubric::read(&file));
    assert!(reading.rubric.is_some());
    assert!(reading.problems.iter().filter(|problem| problem.code == Code::MissingTranslation).count() >= 5_000);
    let told: usize = reading.problems.iter().map(|problem| problem.message.len()).sum();
    assert!(told < 50_000_000, "{told} bytes of messages");
}

#[test]
fn as_many_flags_as_fit_in_what_is_sent_against_their_order() {
    let flags: Vec<Value> = (0..400_000).rev().map(|id| format!("{id:06}").into()).collect();
    let sheet = json!({
        "format": "bintang-answers/1", "rubric": {"id": "large", "version": "1"},
        "answers": {}, "requirements": {}, "flags": flags,
    });
    let read = soon("many flags", || wire::answers::read(&sheet)).unwrap();
    assert_eq!(read.answers.flags.iter().count(), 400_000);
}
