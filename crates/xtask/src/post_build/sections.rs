//! A WebAssembly module as its sections (WebAssembly core specification 2.0, section 5.5): enough to take names out and
//! put others in, without understanding code.

use anyhow::{Context, Result, ensure};

/// Kinds of sections.
pub mod kind {
    /// Notes for tools.
    pub const CUSTOM: u8 = 0;
    /// Imports.
    pub const IMPORTS: u8 = 2;
    /// Tables.
    pub const TABLES: u8 = 4;
    /// Exports.
    pub const EXPORTS: u8 = 7;
}

/// The magic number and version 1.
const HEAD: &[u8] = b"\0asm\x01\0\0\0";

/// A module.
pub struct Module {
    /// Kind and content of each section, in order.
    pub sections: Vec<(u8, Vec<u8>)>,
}

impl Module {
    /// Takes a module apart.
    pub fn read(wasm: &[u8]) -> Result<Self> {
        let body = wasm.strip_prefix(HEAD).context("not a WebAssembly module of version 1")?;
        let mut reader = Reader::new(body);
        let mut sections = Vec::new();
        while !reader.rest.is_empty() {
            let kind = reader.byte()?;
            sections.push((kind, reader.bytes()?.to_vec()));
        }
        Ok(Self { sections })
    }

    /// Puts it together.
    pub fn write(&self) -> Vec<u8> {
        let mut wasm = HEAD.to_vec();
        for (kind, content) in &self.sections {
            wasm.push(*kind);
            put_bytes(&mut wasm, content);
        }
        wasm
    }

    /// The content of the section of a kind.
    pub fn section(&mut self, wanted: u8) -> Option<&mut Vec<u8>> {
        self.sections.iter_mut().find(|(kind, _)| *kind == wanted).map(|(_, content)| content)
    }
}

/// Reads from the front.
pub struct Reader<'a> {
    /// What is left.
    pub rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Of these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// One byte.
    pub fn byte(&mut self) -> Result<u8> {
        let (first, rest) = self.rest.split_first().context("the module ends too soon")?;
        self.rest = rest;
        Ok(*first)
    }

    /// An unsigned number, LEB128 as all numbers in the format.
    pub fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        anyhow::bail!("a number in the module is too long")
    }

    /// Bytes behind their length: a name, a section.
    pub fn bytes(&mut self) -> Result<&'a [u8]> {
        let length = self.number()?;
        self.take(length)
    }

    /// So many bytes.
    pub fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        ensure!(length <= self.rest.len(), "the module ends too soon");
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        Ok(taken)
    }

    /// A name.
    pub fn name(&mut self) -> Result<&'a str> {
        std::str::from_utf8(self.bytes()?).context("a name in the module is not UTF-8")
    }

    /// What `read` passes over, as bytes.
    pub fn passed(&mut self, read: impl FnOnce(&mut Self) -> Result<()>) -> Result<&'a [u8]> {
        let before = self.rest;
        read(self)?;
        before.get(..before.len() - self.rest.len()).context("the module ends too soon")
    }
}

/// Writes a number.
pub fn put_number(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push(u8::try_from(number & 0x7f).unwrap_or_default() | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).unwrap_or_default());
}

/// Writes bytes behind their length.
pub fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_number(out, bytes.len());
    out.extend(bytes);
}
