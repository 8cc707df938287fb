//! Any bytes as a bundle.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Most are none; that is no fault.
    let _ = bintang_testkit::reading::bundle(bytes);
});
