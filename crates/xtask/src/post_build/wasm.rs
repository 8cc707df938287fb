//! The app's modules and their glue, as they are served.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, ensure};

use super::{
    glue,
    sections::{Module, kind},
    split::Split,
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

/// The glue and the module that the app starts with: lighter, in a release optimised too.
pub fn finished(split: &Split, glue: &str) -> Result<(String, Vec<u8>)> {
    let module = fs::read(&split.module)?;
    if !is_release() {
        return Ok((glue.to_owned(), module));
    }
    let (glue, module) = glue::lighter(glue, &module)?;
    Ok((glue, optimised(&split.folder, &module)?))
}

/// A part, in a release optimised.
pub fn finished_part(split: &Split, file: &Path) -> Result<Vec<u8>> {
    let module = fs::read(file)?;
    if is_release() { optimised(&split.folder, &module) } else { Ok(module) }
}

fn is_release() -> bool {
    env::var("TRUNK_PROFILE").as_deref() == Ok("release")
}

fn optimised(folder: &Path, module: &[u8]) -> Result<Vec<u8>> {
    let file = folder.join("optimised.wasm");
    fs::write(&file, module)?;
    let mut optimise = Command::new("wasm-opt");
    optimise.args(PASSES).args(FEATURES).arg(&file).arg("-o").arg(&file);
    ensure!(optimise.status().context("wasm-opt")?.success(), "wasm-opt failed");
    let mut module = Module::read(&fs::read(file)?)?;
    tables::mend(&mut module)?;
    // Notes for tools: names, producers, features. No browser reads them.
    module.sections.retain(|(kind, _)| *kind != kind::CUSTOM);
    Ok(module.write())
}
