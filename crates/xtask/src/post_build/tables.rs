//! Mends what wasm-opt before version 109 breaks: it writes every exported table as table 0, so that wasm-bindgen's glue
//! finds functions where it keeps JavaScript's values. Newer versions write it well, and then nothing is changed.

use anyhow::{Context, Result, ensure};

use super::sections::{Module, Reader, kind};

const EXTERNREF: u8 = 0x6f;

/// The table in which wasm-bindgen keeps JavaScript's values.
const NAME: &str = "__wbindgen_externrefs";

/// Points the export of wasm-bindgen's table to the table that can hold its values.
pub fn mend(module: &mut Module) -> Result<()> {
    let Some(wanted) = module.section(kind::TABLES).map(|tables| externref_table(tables)).transpose()?.flatten() else {
        return Ok(());
    };
    // Below 128 an index is one byte, so nothing moves.
    ensure!(wanted < 128, "table {wanted} needs a longer number");
    let Some(exports) = module.section(kind::EXPORTS) else { return Ok(()) };
    if let Some(place) = exported(exports)? {
        *exports.get_mut(place).context("the export lies outside its section")? = wanted;
    }
    Ok(())
}

fn externref_table(section: &[u8]) -> Result<Option<u8>> {
    let mut reader = Reader::new(section);
    for index in 0..reader.number()? {
        if reader.byte()? == EXTERNREF {
            return Ok(Some(u8::try_from(index)?));
        }
        let bounded = reader.byte()? & 1 == 1;
        reader.number()?;
        if bounded {
            reader.number()?;
        }
    }
    Ok(None)
}

/// Where the export says its table.
fn exported(section: &[u8]) -> Result<Option<usize>> {
    let mut reader = Reader::new(section);
    for _ in 0..reader.number()? {
        let name = reader.name()?;
        reader.byte()?;
        if name == NAME {
            return Ok(Some(section.len() - reader.rest.len()));
        }
        reader.number()?;
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(index: u8) -> Module {
        // Two tables: functions (at most 3), JavaScript's values.
        let tables = vec![2, 0x70, 1, 3, 3, EXTERNREF, 0, 4];
        let mut exports = vec![2, 1, b'f', 0, 0, 21];
        exports.extend(NAME.as_bytes());
        exports.extend([1, index]);
        Module { sections: vec![(kind::TABLES, tables), (kind::EXPORTS, exports)] }
    }

    #[test]
    fn the_export_is_pointed_to_the_right_table() {
        for index in [0, 1] {
            let mut mended = module(index);
            mend(&mut mended).unwrap();
            assert_eq!(mended.sections, module(1).sections);
        }
    }

    #[test]
    fn a_module_without_the_table_is_left_alone() {
        let mut module = Module { sections: Vec::new() };
        mend(&mut module).unwrap();
        assert!(module.sections.is_empty());
    }
}
