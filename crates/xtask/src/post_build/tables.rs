//! Mends what wasm-opt before version 109 breaks: it writes every exported table as table 0, so that wasm-bindgen's glue
//! finds functions where it keeps JavaScript's values. Newer versions write it well, and then nothing is changed.

use anyhow::{Context, Result, ensure};

const TABLES: u8 = 4;
const EXPORTS: u8 = 7;
const EXTERNREF: u8 = 0x6f;
/// The table in which wasm-bindgen keeps JavaScript's values.
const NAME: &[u8] = b"__wbindgen_externrefs";

/// Points the export of wasm-bindgen's table to the table that can hold its values.
pub fn mend(wasm: &mut [u8]) -> Result<()> {
    let Some((wanted, place)) = find(wasm)? else { return Ok(()) };
    // Below 128 an index is one byte, so nothing moves.
    ensure!(wanted < 128, "table {wanted} needs a longer number");
    *wasm.get_mut(place).context("the export lies outside the file")? = wanted;
    Ok(())
}

/// The index of the table of JavaScript's values, and where the export says it.
fn find(wasm: &[u8]) -> Result<Option<(u8, usize)>> {
    let mut reader = Reader { wasm, at: 8 };
    let (mut wanted, mut place) = (None, None);
    while reader.at < wasm.len() {
        let kind = reader.byte()?;
        let end = reader.number()? + reader.at;
        match kind {
            TABLES => wanted = reader.externref_table()?,
            EXPORTS => place = reader.export()?,
            _ => {}
        }
        reader.at = end;
    }
    Ok(wanted.zip(place))
}

struct Reader<'a> {
    wasm: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn byte(&mut self) -> Result<u8> {
        let byte = *self.wasm.get(self.at).context("the wasm file ends too soon")?;
        self.at += 1;
        Ok(byte)
    }

    /// LEB128, as all numbers in the format.
    fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        anyhow::bail!("a number in the wasm file is too long")
    }

    fn externref_table(&mut self) -> Result<Option<u8>> {
        let count = self.number()?;
        for index in 0..count {
            if self.byte()? == EXTERNREF {
                return Ok(Some(u8::try_from(index)?));
            }
            let bounded = self.byte()? & 1 == 1;
            self.number()?;
            if bounded {
                self.number()?;
            }
        }
        Ok(None)
    }

    fn export(&mut self) -> Result<Option<usize>> {
        for _ in 0..self.number()? {
            let length = self.number()?;
            let name = self.wasm.get(self.at..self.at + length).context("the wasm file ends too soon")?;
            self.at += length + 1;
            if name == NAME {
                return Ok(Some(self.at));
            }
            self.number()?;
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(index: u8) -> Vec<u8> {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        // Two tables: functions (at most 3), JavaScript's values.
        wasm.extend([TABLES, 8, 2, 0x70, 1, 3, 3, EXTERNREF, 0, 4]);
        wasm.extend([EXPORTS, 29, 2, 1, b'f', 0, 0, 21]);
        wasm.extend(NAME);
        wasm.extend([1, index]);
        wasm
    }

    #[test]
    fn the_export_is_pointed_to_the_right_table() {
        for index in [0, 1] {
            let mut wasm = module(index);
            mend(&mut wasm).unwrap();
            assert_eq!(wasm, module(1));
        }
    }

    #[test]
    fn a_module_without_the_table_is_left_alone() {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        mend(&mut wasm).unwrap();
        assert_eq!(wasm.len(), 8);
    }
}
