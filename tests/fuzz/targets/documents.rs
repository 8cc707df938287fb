//! Any bytes as a sheet, a panel, a record, an envelope, a receipt.
#![no_main]

use bintang_fuzz::mutated;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|bytes: &[u8]| bintang_testkit::reading::documents(bytes));

fuzz_mutator!(|bytes: &mut [u8], size: usize, room: usize, seed: u32| { mutated(bytes, size, room, seed) });
