//! The engine measured as WebAssembly in headless Chromium (`crates/platform/benches/engine.rs`).

use anyhow::Result;

use crate::{process, setup, web};

/// Compiled as what is shipped, except for the last step, wasm-opt.
pub fn run() -> Result<()> {
    setup::run(setup::Purpose::Tests)?;
    let mut command = web::cargo()?;
    command.args(["test", "--profile", "web", "--target", web::TARGET]);
    command.args(["--package", "bintang-platform", "--bench", "engine", "--", "--nocapture"]);
    // Runners wait 20 seconds by themselves.
    command.env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    web::ship(&mut command);
    // Else cargo wants a second standard library, whose panics unwind, beside the one that is shipped.
    command.env("RUSTC_BOOTSTRAP", "1").env("CARGO_UNSTABLE_PANIC_ABORT_TESTS", "true");
    process::long("the engine is measured in the browser (some minutes the first time)", &mut command)
}
