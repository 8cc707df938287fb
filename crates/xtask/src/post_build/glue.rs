//! wasm-bindgen's glue and module, made lighter: short names where long ones with hashes pass between the two, no
//! comments, and none of the classes that wasm-streams exports.
//!
//! Those classes come with Leptos, which always brings its server functions; the app calls none of them, but an export
//! is never dropped by a linker. Names, comments and classes are 6 kB of the first load with brotli.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use super::sections::{Module, Reader, kind, put_bytes, put_number};

/// What the exports of wasm-streams' classes begin with.
const UNUSED: [&str; 2] = ["intounderlying", "__wbg_intounderlying"];

/// Long names and the short ones they get.
type Names = BTreeMap<String, String>;

/// Makes both lighter.
pub fn lighter(js: &str, wasm: &[u8]) -> Result<(String, Vec<u8>)> {
    let mut module = Module::read(wasm)?;
    let mut names = Names::new();
    if let Some(section) = module.section(kind::IMPORTS) {
        *section = imports(section, &mut names).context("imports")?;
    }
    if let Some(section) = module.section(kind::EXPORTS) {
        *section = exports(section, &mut names).context("exports")?;
    }
    Ok((renamed(&without_unused(&without_comments(js)), &names), module.write()))
}

fn short(names: &mut Names, name: &str) -> String {
    let next = format!("${}", names.len());
    names.entry(name.to_owned()).or_insert(next).clone()
}

fn imports(section: &[u8], names: &mut Names) -> Result<Vec<u8>> {
    let mut reader = Reader::new(section);
    let mut out = Vec::new();
    let count = reader.number()?;
    put_number(&mut out, count);
    for _ in 0..count {
        put_bytes(&mut out, reader.bytes()?);
        put_bytes(&mut out, short(names, reader.name()?).as_bytes());
        out.extend(reader.passed(imported)?);
    }
    Ok(out)
}

/// What an import is: a function's type, a table, a memory, a global (section 5.5.5).
fn imported(reader: &mut Reader<'_>) -> Result<()> {
    match reader.byte()? {
        0 => drop(reader.number()?),
        1 => {
            reader.byte()?;
            limits(reader)?;
        }
        2 => limits(reader)?,
        3 => drop(reader.take(2)?),
        other => anyhow::bail!("an import of unknown kind {other}"),
    }
    Ok(())
}

fn limits(reader: &mut Reader<'_>) -> Result<()> {
    let bounded = reader.byte()? & 1 == 1;
    reader.number()?;
    if bounded {
        reader.number()?;
    }
    Ok(())
}

fn exports(section: &[u8], names: &mut Names) -> Result<Vec<u8>> {
    let mut reader = Reader::new(section);
    let mut kept = Vec::new();
    for _ in 0..reader.number()? {
        let name = reader.name()?;
        let what = reader.passed(|reader| reader.byte().and_then(|_| reader.number()).map(drop))?;
        if !UNUSED.iter().any(|start| name.starts_with(start)) {
            kept.push((name, what));
        }
    }
    let mut out = Vec::new();
    put_number(&mut out, kept.len());
    for (name, what) in kept {
        // The others are few, and known to people and tools.
        let name = if name.starts_with("wasm_bindgen_") { short(names, name) } else { name.to_owned() };
        put_bytes(&mut out, name.as_bytes());
        out.extend(what);
    }
    Ok(out)
}

/// The glue's own layout is relied on: comments and statements stand on lines of their own.
fn without_comments(js: &str) -> String {
    let mut out = String::with_capacity(js.len());
    let mut inside = false;
    for line in js.lines().map(str::trim) {
        inside |= line.starts_with("/*");
        if !inside && !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
        inside &= !line.ends_with("*/");
    }
    out
}

/// Drops each class of wasm-streams, up to the line that ends its definition, and its finalisation.
fn without_unused(js: &str) -> String {
    let mut out = String::with_capacity(js.len());
    let mut until: Option<&str> = None;
    for line in js.lines() {
        match until {
            Some(end) => {
                if line.starts_with(end) {
                    until = None;
                }
            }
            None if line.starts_with("class IntoUnderlying") => until = Some("if (Symbol.dispose) IntoUnderlying"),
            None if line.starts_with("const IntoUnderlying") => {
                until = (!line.ends_with(';')).then_some(":");
            }
            None => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

fn renamed(js: &str, names: &Names) -> String {
    let mut out = String::with_capacity(js.len());
    let part_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut rest = js;
    while let Some(start) = rest.find(part_of_name) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|c| !part_of_name(c)).unwrap_or(from.len()));
        out.push_str(before);
        out.push_str(names.get(word).map_or(word, String::as_str));
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const JS: &str = "/* @ts-self-types */
class IntoUnderlyingSink {
    free() { wasm.__wbg_intounderlyingsink_free(0); }
}
if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = IntoUnderlyingSink.prototype.free;
const import0 = {
    /**
     * why
     */
    __wbg_log_0123456789abcdef: function(a) {
        // how
        wasm.wasm_bindgen_0123__invoke(a, \"a // b\");
    },
};
const IntoUnderlyingSinkFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_intounderlyingsink_free(ptr, 1));
end();
";

    fn module() -> Vec<u8> {
        let mut imports = vec![2];
        for (name, what) in [("__wbg_log_0123456789abcdef", &[0, 5][..]), ("t", &[1, 0x6f, 1, 2, 3])] {
            put_bytes(&mut imports, b"./x.js");
            put_bytes(&mut imports, name.as_bytes());
            imports.extend(what);
        }
        let mut exports = vec![3];
        for name in ["memory", "intounderlyingsink_abort", "wasm_bindgen_0123__invoke"] {
            put_bytes(&mut exports, name.as_bytes());
            exports.extend([0, 9]);
        }
        Module { sections: vec![(kind::IMPORTS, imports), (kind::EXPORTS, exports)] }.write()
    }

    #[test]
    fn both_sides_speak_the_same_short_names() {
        let (js, wasm) = lighter(JS, &module()).unwrap();
        assert_eq!(js, "const import0 = {\n$0: function(a) {\nwasm.$2(a, \"a // b\");\n},\n};\nend();\n");
        let mut module = Module::read(&wasm).unwrap();
        assert_eq!(module.section(kind::EXPORTS).unwrap()[..], *b"\x02\x06memory\0\x09\x02$2\0\x09");
        assert_eq!(
            module.section(kind::IMPORTS).unwrap()[..],
            *b"\x02\x06./x.js\x02$0\0\x05\x06./x.js\x02$1\x01\x6f\x01\x02\x03"
        );
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(lighter("", b"\0asm").is_err());
        assert!(lighter("", b"\0asm\x01\0\0\0\x02\x05\x01").is_err());
    }
}
