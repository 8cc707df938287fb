//! Any bytes as a rubric; if they are one, sheets of it are scored.
#![no_main]

use bintang_fuzz::mutated;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|bytes: &[u8]| bintang_testkit::reading::rubric(bytes));

fuzz_mutator!(|bytes: &mut [u8], size: usize, room: usize, seed: u32| { mutated(bytes, size, room, seed) });
