//! Checks the double quotes of delimited text beside csv-core, which takes text after a closing quote for a part of the
//! field. The bytes of an input go in, the first such place of each row comes out.

/// The place of a byte among the fields of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum State {
    #[default]
    FieldStart,
    Plain,
    Quoted,
    /// After a double quote within quotes: the end of the field, or the first of two that stand for one.
    Closed,
}

/// The quotes of the rows of an input.
#[derive(Clone, Debug)]
pub(super) struct QuoteCheck {
    delimiter: u8,
    state: State,
    line: u64,
    field: u64,
    found: Option<Torn>,
}

/// A field with text after the quote that closes it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Torn {
    pub(super) line: u64,
    /// The number of the field in its row, counted from 0.
    pub(super) field: u64,
}

impl QuoteCheck {
    pub(super) fn new(delimiter: u8) -> Self {
        Self { delimiter, state: State::FieldStart, line: 1, field: 0, found: None }
    }

    /// Returns the first wrong field since the last call.
    pub(super) fn take(&mut self) -> Option<Torn> {
        self.found.take()
    }

    /// Takes bytes that the parser has read.
    pub(super) fn pass(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.line += u64::from(byte == b'\n');
            self.state = match (self.state, byte) {
                (State::FieldStart, b'"') => State::Quoted,
                (State::Quoted, b'"') => State::Closed,
                (State::Quoted, _) => State::Quoted,
                (State::Closed, b'"') => State::Quoted,
                (_, b'\n' | b'\r') => {
                    self.field = 0;
                    State::FieldStart
                }
                (_, byte) if byte == self.delimiter => {
                    self.field += 1;
                    State::FieldStart
                }
                (State::Closed, _) => {
                    let torn = Torn { line: self.line, field: self.field };
                    self.found.get_or_insert(torn);
                    State::Plain
                }
                _ => State::Plain,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_after_a_closing_quote_is_found() {
        let found = |text: &str| {
            let mut check = QuoteCheck::new(b',');
            text.bytes().for_each(|byte| check.pass(&[byte]));
            check.take().map(|torn| (torn.line, torn.field))
        };
        for right in
            ["a,\"b\",c", "\"a\"\"b\"\r\n\"c\"", "a\"b,5\" x", "\"a,\n\",b", "\"\"", "\"\"\"\""]
        {
            assert_eq!(found(right), None, "{right}");
        }
        assert_eq!(found("a,\"b\" ,c"), Some((1, 1)));
        assert_eq!(found("x\n\"A \\\"x\\\"\",B"), Some((2, 0)));
        assert_eq!(found("\"a\"b\",\"c\"d"), Some((1, 0)));
    }
}
