//! Hands out the objects of a JSON input one by one: one object a line, or a list, over as many lines as it likes.
//! Only one object is in memory at a time.

use crate::exchange::json_input::{Item, parse};
use claimgraph::format::{Limits, ReadError, ReadErrorKind, excerpt};
use std::io::{self, BufRead};

/// Hands out each object with its line. In a list, the path is its number in brackets. The objects of a list have
/// commas between them, and the list has to end. Without a list, a comma may follow each object.
///
/// # Errors
/// The JSON is broken, the list does not end, a limit is passed, or `take` returns an error.
pub(crate) fn each(
    input: &mut dyn BufRead,
    limits: Limits,
    take: &mut dyn FnMut(Item) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let mut bytes = Bytes { input, line: 1, column: 1 };
    bytes.skip_mark()?;
    let mut is_list = bytes.after_blank()? == Some(b'[');
    let (started, mut ended) = (bytes.place(), false);
    if is_list {
        bytes.skip();
    }
    let (mut items, mut value, mut needs_comma) = (0u64, Vec::new(), false);
    loop {
        let fault = |bytes: &Bytes<'_>, problem: String| {
            let (line, column) = bytes.place();
            ReadError::at(line, ReadErrorKind::Syntax(problem)).in_column(column)
        };
        match bytes.after_blank()? {
            None if is_list => {
                let problem = format!(
                    "the list that starts in line {} does not end; expected \"]\", found the end of the input",
                    started.0
                );
                return Err(fault(&bytes, problem));
            }
            None => return Ok(()),
            Some(b',') if needs_comma => {
                bytes.skip();
                needs_comma = false;
                continue;
            }
            Some(b']') if is_list => {
                bytes.skip();
                (is_list, ended) = (false, true);
                continue;
            }
            Some(other) if ended || (is_list && needs_comma) => {
                let expected =
                    if ended { "the end of the input" } else { "\",\" or \"]\" after an object" };
                let found = excerpt(&char::from(other).to_string());
                return Err(fault(&bytes, format!("expected {expected}, found \"{found}\"")));
            }
            Some(_) => {}
        }
        let place = bytes.place();
        bytes.value(&mut value, limits)?;
        let path = if is_list { format!("[{items}]") } else { String::new() };
        items += 1;
        let item = Item::new(parse(&value, place)?, Some(place.0), path);
        if items > limits.records {
            let kind = ReadErrorKind::Limit { what: "records", limit: limits.records };
            return Err(item.place.fault(kind));
        }
        take(item)?;
        needs_comma = true;
    }
}

/// The bytes of an input, with the line and column of the next one.
struct Bytes<'i> {
    input: &'i mut dyn BufRead,
    line: u64,
    column: u64,
}

impl Bytes<'_> {
    fn place(&self) -> (u64, u64) {
        (self.line, self.column)
    }

    /// Returns the bytes that are ready; none at the end of the input.
    fn ready(&mut self) -> Result<&[u8], ReadError> {
        let line = self.line;
        // The buffer is asked twice, because a borrow cannot leave a loop.
        while let Err(error) = self.input.fill_buf() {
            if error.kind() != io::ErrorKind::Interrupted {
                return Err(ReadError::at(line, error.into()));
            }
        }
        self.input.fill_buf().map_err(|error| ReadError::at(line, error.into()))
    }

    /// Goes past so many of the bytes that are ready.
    fn pass(&mut self, count: usize) {
        // The buffer is filled already, so this call reads nothing.
        let ready = self.input.fill_buf().unwrap_or_default();
        let passed = ready.get(..count).unwrap_or(ready);
        let feeds = passed.iter().filter(|&&byte| byte == b'\n').count() as u64;
        match passed.iter().rposition(|&byte| byte == b'\n') {
            Some(last) => self.column = (passed.len() - last) as u64,
            None => self.column += passed.len() as u64,
        }
        self.line += feeds;
        self.input.consume(count);
    }

    fn skip(&mut self) {
        self.pass(1);
    }

    /// Skips the byte order mark, of which the input may have only a part ready. No JSON begins with such bytes.
    fn skip_mark(&mut self) -> Result<(), ReadError> {
        for byte in *b"\xef\xbb\xbf" {
            if self.ready()?.first() == Some(&byte) {
                self.input.consume(1);
            }
        }
        Ok(())
    }

    /// Returns the next byte that is not blank, without going past it; `None` at the end.
    fn after_blank(&mut self) -> Result<Option<u8>, ReadError> {
        loop {
            let ready = self.ready()?;
            let blank = ready.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let (next, is_end) = (ready.get(blank).copied(), ready.is_empty());
            self.pass(blank);
            if next.is_some() || is_end {
                return Ok(next);
            }
        }
    }

    /// Reads the bytes of the next value, to its end or to the end of the input.
    fn value(&mut self, value: &mut Vec<u8>, limits: Limits) -> Result<(), ReadError> {
        value.clear();
        let first = self.line;
        let mut state = Value::default();
        loop {
            let ready = self.ready()?;
            if ready.is_empty() {
                return Ok(());
            }
            let (count, is_whole) = match ready.iter().position(|&byte| state.ends_before(byte)) {
                Some(count) => (count, true),
                None => (ready.len(), false),
            };
            value.extend_from_slice(ready.get(..count).unwrap_or_default());
            self.pass(count);
            let limit = limits.document_bytes;
            if value.len() as u64 > limit {
                let kind = ReadErrorKind::Limit { what: "bytes in an object", limit };
                return Err(ReadError::at(first, kind));
            }
            if is_whole {
                return Ok(());
            }
        }
    }
}

/// The state between two bytes of a value.
#[derive(Default)]
pub(crate) struct Value {
    depth: u64,
    is_text: bool,
    is_escaped: bool,
    is_over: bool,
    has_begun: bool,
}

impl Value {
    /// Returns true if the value ends before this byte, and takes the byte otherwise.
    pub(crate) fn ends_before(&mut self, byte: u8) -> bool {
        if self.is_over {
            return true;
        }
        match byte {
            _ if self.is_escaped => self.is_escaped = false,
            b'\\' if self.is_text => self.is_escaped = true,
            b'"' => {
                self.is_text = !self.is_text;
                self.is_over = !self.is_text && self.depth == 0;
            }
            _ if self.is_text => {}
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if self.depth > 0 => {
                self.depth -= 1;
                self.is_over = self.depth == 0;
            }
            // A number or a word ends before the next mark or blank.
            b',' | b'}' | b']' if self.depth == 0 => return self.has_begun,
            _ if self.depth == 0 && byte.is_ascii_whitespace() => return self.has_begun,
            _ => {}
        }
        self.has_begun = true;
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Result<Vec<String>, ReadError> {
        let mut found = Vec::new();
        // Byte by byte, so that the result does not depend on where a read ends.
        let mut input = io::BufReader::with_capacity(1, text.as_bytes());
        each(&mut input, Limits::default(), &mut |item| {
            found.push(format!("{} {}", item.place, item.value));
            Ok(())
        })
        .map(|()| found)
    }

    #[test]
    fn lines_and_lists_hold_the_same_objects() {
        for text in ["{\"a\":1}\n{\"a\":2}", "{\"a\":1},\r\n\n{\"a\":2},\n", "{\"a\":1}{\"a\":2}"] {
            let found = all(text).unwrap();
            assert!(
                found.len() == 2 && found.iter().all(|item| item.starts_with("line ")),
                "{text}"
            );
        }
        let over_lines = "\u{feff}[\n {\"a\":\n \"]}\\\"\"},\n {\"a\":2}\n,7,[[1],2] ]\n";
        let expected = [
            "line 2, [0] {\"a\":\"]}\\\"\"}",
            "line 4, [1] {\"a\":2}",
            "line 5, [2] 7",
            "line 5, [3] [[1],2]",
        ];
        assert_eq!(all(over_lines).unwrap(), expected);
        assert_eq!(all("").unwrap(), Vec::<String>::new());
        assert_eq!(all("[]").unwrap(), Vec::<String>::new());
    }

    #[test]
    fn broken_lists_and_objects_are_faults_with_their_places() {
        let fault = |text: &str| {
            let error = all(text).unwrap_err();
            (error.line().unwrap_or(0), error.column().unwrap_or(0), error.to_string())
        };
        let (line, column, text) = fault("[\n{\"a\":1},\n");
        assert_eq!((line, column), (3, 1));
        assert!(text.contains("the list that starts in line 1 does not end"), "{text}");
        assert!(fault("[{}").2.contains("does not end"));
        assert!(
            fault("[{} {}]").2.ends_with("expected \",\" or \"]\" after an object, found \"{\"")
        );
        assert!(fault("[{}]]").2.ends_with("expected the end of the input, found \"]\""));
        assert_eq!((fault("{}\n {\"a\":,}").0, fault("{}\n {\"a\":,}").1), (2, 7));
        assert_eq!(fault("{\"a\":\n\n").0, 3);
        assert_eq!(fault(", {}").0, 1);
        assert_eq!(fault("}").0, 1);
    }
}
