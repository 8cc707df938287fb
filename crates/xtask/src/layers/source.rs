//! Rust text taken apart just far enough: code without comments and texts, and the texts by themselves.

/// One file's code and string literals, by line (counted from 1).
pub struct Source {
    /// The code; comments are gone, a string literal is `""`.
    pub code: Vec<String>,
    /// Every string literal with the line it begins on.
    pub texts: Vec<(usize, String)>,
}

impl Source {
    /// Takes a file apart.
    pub fn read(text: &str) -> Self {
        let mut reader = Reader { chars: text.chars().collect(), at: 0, code: vec![String::new()], texts: Vec::new() };
        while reader.step() {}
        Self { code: reader.code, texts: reader.texts }
    }

    /// Code lines with their numbers.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.iter().enumerate().map(|(index, line)| (index + 1, line.as_str()))
    }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    code: Vec<String>,
    texts: Vec<(usize, String)>,
}

impl Reader {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn next(&mut self) -> Option<char> {
        let char = self.peek(0)?;
        self.at += 1;
        if char == '\n' {
            self.code.push(String::new());
        }
        Some(char)
    }

    fn emit(&mut self, char: char) {
        if char != '\n'
            && let Some(line) = self.code.last_mut()
        {
            line.push(char);
        }
    }

    fn step(&mut self) -> bool {
        match (self.peek(0), self.peek(1)) {
            (None, _) => return false,
            (Some('/'), Some('/')) => while self.peek(0).is_some_and(|char| char != '\n') && self.next().is_some() {},
            (Some('/'), Some('*')) => self.block_comment(),
            (Some('"'), _) => self.string(None),
            (Some('r'), Some('"' | '#')) if !self.inside_word() => match self.raw_hashes() {
                Some(hashes) => {
                    self.at += 1 + hashes;
                    self.string(Some(hashes));
                }
                None => self.copy(),
            },
            (Some('\''), _) => self.char_or_lifetime(),
            _ => self.copy(),
        }
        true
    }

    fn copy(&mut self) {
        if let Some(char) = self.next() {
            self.emit(char);
        }
    }

    /// `r` ends a name, such as `attr"`; a raw `br"…"` is still one.
    fn inside_word(&self) -> bool {
        let before = |back: usize| self.at.checked_sub(back).and_then(|at| self.chars.get(at));
        let word = |char: Option<&char>| char.is_some_and(|char| char.is_alphanumeric() || *char == '_');
        word(before(1)) && (before(1) != Some(&'b') || word(before(2)))
    }

    fn raw_hashes(&self) -> Option<usize> {
        let hashes = (1..).take_while(|ahead| self.peek(*ahead) == Some('#')).count();
        (self.peek(1 + hashes) == Some('"')).then_some(hashes)
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => (depth, self.at) = (depth + 1, self.at + 2),
                (Some('*'), Some('/')) => (depth, self.at) = (depth - 1, self.at + 2),
                _ if self.next().is_none() => return,
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self, raw: Option<usize>) {
        let line = self.code.len();
        let mut text = String::new();
        self.at += 1;
        while let Some(char) = self.next() {
            match (char, raw) {
                ('\\', None) => text.extend(self.next()),
                ('"', None) => break,
                ('"', Some(hashes)) if (0..hashes).all(|ahead| self.peek(ahead) == Some('#')) => {
                    self.at += hashes;
                    break;
                }
                _ => text.push(char),
            }
        }
        self.emit('"');
        self.emit('"');
        self.texts.push((line, text));
    }

    fn char_or_lifetime(&mut self) {
        let length = match (self.peek(1), self.peek(2)) {
            (Some('\\'), _) => (3..12).find(|ahead| self.peek(*ahead) == Some('\'')).map(|ahead| ahead + 1),
            (Some(_), Some('\'')) => Some(3),
            _ => None,
        };
        match length {
            Some(length) => self.at += length,
            None => self.copy(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, Vec<(usize, String)>) {
        let source = Source::read(text);
        (source.code.join("\n"), source.texts)
    }

    #[test]
    fn comments_go_and_texts_are_kept_apart() {
        let (code, texts) =
            read("let a = \"x // y\"; // crate::ui\n/* crate::state\n /* in */ */let b = '\"';\nlet c = r#\"q\"p\"#;");
        assert_eq!(code, "let a = \"\"; \n\nlet b = ;\nlet c = \"\";");
        assert_eq!(texts, [(1, "x // y".to_owned()), (4, "q\"p".to_owned())]);
    }

    #[test]
    fn lifetimes_and_characters_are_told_apart() {
        let (code, texts) = read("fn f<'a>(x: &'a str) { g('\\'', '\\u{1F31F}', \"t\\\"u\") }");
        assert_eq!(code, "fn f<'a>(x: &'a str) { g(, , \"\") }");
        assert_eq!(texts, [(1, "t\"u".to_owned())]);
    }
}
