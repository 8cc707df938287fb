//! The app's module and its glue, as they are served.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, ensure};

use super::{
    glue,
    sections::{Module, kind},
    tables,
};

/// What the module uses of WebAssembly, as Rust has it on by default since 1.82, and references to JavaScript's values.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Measured with brotli (docs/adr/0006). Functions with one caller stay apart: fewer bytes inlined, more compressed
/// (1.6 kB). Laying the code out flat and finding its loops anew, twice, brings blocks together (1.3 kB).
const PASSES: [&str; 10] = [
    "--one-caller-inline-max-function-size=0",
    "--always-inline-max-function-size=4",
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Os",
];

/// The glue and the module, lighter; in a release optimised too.
pub fn finished(js: &Path, wasm: &Path) -> Result<(Vec<u8>, Vec<u8>)> {
    let (glue, module) = (fs::read_to_string(js)?, fs::read(wasm)?);
    if env::var("TRUNK_PROFILE").as_deref() != Ok("release") {
        return Ok((glue.into_bytes(), module));
    }
    let (glue, module) = glue::lighter(&glue, &module)?;
    fs::write(wasm, module)?;
    let mut optimise = Command::new("wasm-opt");
    optimise.args(PASSES).args(FEATURES).arg(wasm).arg("-o").arg(wasm);
    ensure!(optimise.status().context("wasm-opt")?.success(), "wasm-opt failed");
    let mut module = Module::read(&fs::read(wasm)?)?;
    tables::mend(&mut module)?;
    // Notes for tools: names, producers, features. No browser reads them.
    module.sections.retain(|(kind, _)| *kind != kind::CUSTOM);
    Ok((glue.into_bytes(), module.write()))
}
