//! Compressed twins (.br, .gz) beside every file that gains from them, for servers that serve them as they are.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::names;

const KINDS: [&str; 8] = ["html", "css", "js", "wasm", "json", "svg", "webmanifest", "txt"];

/// Compresses the whole folder; twins of unchanged files are taken over from the last build.
pub fn all(stage: &Path, last: Option<&Path>) -> Result<()> {
    for path in names::files_below(stage)? {
        if !path.rsplit_once('.').is_some_and(|(_, kind)| KINDS.contains(&kind)) {
            continue;
        }
        let content = fs::read(stage.join(&path))?;
        let same = last.filter(|last| fs::read(last.join(&path)).is_ok_and(|old| old == content));
        for (ending, compress) in [("br", brotli as Twin), ("gz", gzip as Twin)] {
            let twin = format!("{path}.{ending}");
            if same.is_some_and(|last| fs::copy(last.join(&twin), stage.join(&twin)).is_ok()) {
                continue;
            }
            fs::write(stage.join(&twin), compress(&content)?).context(twin)?;
        }
    }
    Ok(())
}

type Twin = fn(&[u8]) -> Result<Vec<u8>>;

/// How large the content is with brotli at its best.
pub fn brotli_size(content: &[u8]) -> Result<u64> {
    Ok(u64::try_from(brotli(content)?.len())?)
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    // Known in advance, the size helps; a window larger than any file does not.
    let params = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: content.len(), ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut out, &params)?;
    Ok(out)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::new(9));
    writer.write_all(content)?;
    Ok(writer.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn twins_hold_the_same_content() {
        let content = b"bintang ".repeat(500);
        let mut back = Vec::new();
        brotli::Decompressor::new(&brotli(&content).unwrap()[..], 4096).read_to_end(&mut back).unwrap();
        assert_eq!(back, content);
        back.clear();
        flate2::read::GzDecoder::new(&gzip(&content).unwrap()[..]).read_to_end(&mut back).unwrap();
        assert_eq!(back, content);
    }
}
