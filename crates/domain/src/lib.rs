//! What Bintang knows, without a browser: rubrics, answers, scores, drafts, submissions and the outbox.
//!
//! Everything here is pure. Time, randomness and storage come in as arguments, so the same code runs in the page, in
//! the receiver and in tests. Points are hundredths, times are UTC milliseconds, sizes are bytes.

pub mod answers;
pub mod backup;
mod base64;
pub mod bundle;
pub mod carry;
pub mod clock;
pub mod coaching;
pub mod compare;
pub mod delivery;
pub mod digest;
pub mod draft;
pub mod edit;
pub mod endpoint;
pub mod es256;
pub mod evidence;
mod hex;
pub mod hold;
pub mod id;
pub mod lock;
pub mod log;
pub mod map;
pub mod next;
pub mod outbox;
pub mod outlook;
pub mod panel;
pub mod picture;
pub mod points;
pub mod ports;
pub mod progress;
pub mod readiness;
pub mod rebase;
pub mod region;
pub mod reopen;
pub mod rubric;
pub mod score;
pub mod signature;
pub mod store;
pub mod subject;
pub mod submission;
pub mod text;
pub mod time;
pub mod web_address;
pub mod wire;
