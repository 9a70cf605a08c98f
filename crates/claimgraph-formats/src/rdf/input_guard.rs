//! Checks an input before the parser sees it: its length, its depth of nesting, the chains of terms in contexts of JSON-LD,
//! and whether XML is whole and without a DTD.
//! It does not recurse, so it cannot overflow the stack.
//!
//! It is needed until the parsers have their own limits on nesting and on the length of one token.

use super::context_guard::ContextGuard;
use super::verdict::Verdict;
use claimgraph::format::{Limits, ReadErrorKind, Stop};
use std::io::{self, BufRead, Read};

/// The syntax of an input, which decides what is counted as nesting.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Syntax {
    /// Turtle, TriG, N-Triples and N-Quads: triple terms nest.
    Turtle,
    /// XML: elements nest, two for each node.
    Xml,
    /// JSON: objects and lists nest.
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Plain,
    /// After `<`.
    Angle,
    Iri,
    /// In a string that ends with this byte.
    String(u8),
    /// In a string that ends with three of this byte, after so many of them.
    LongString(u8, u8),
    /// After one or two of this byte: the start of a string, or all of it.
    Quotes(u8, u8),
    Comment,
    /// In a tag; within quotes or not, and whether a `/` came last.
    Tag(Option<u8>, bool),
    EndTag,
    /// After `<!`, with what came after it.
    Declaration([u8; 2], u8),
    /// In a comment, CDATA or processing instruction, which ends with `>` after so many of this byte.
    Until(u8, u8, u8),
}

/// The most brackets within each other, for each level of nesting. The parser keeps a list of those that are open, and
/// does not recurse.
const BRACKETS: u64 = 64;

/// The most attributes of an element. The parser compares each with all before it.
const ATTRIBUTES: u64 = 1_000;

/// The values that a JSON document of any size may have, and how many bytes each further one takes at least: the parser
/// keeps a list of single digits in a thousand bytes for each.
const VALUES: u64 = 50_000;
const BYTES_A_VALUE: u64 = 16;

/// A reader that stops when a limit is passed.
pub(super) struct Guard<R> {
    input: R,
    syntax: Syntax,
    left: u64,
    most: u64,
    deepest: u32,
    limits: Limits,
    depth: u32,
    line: u64,
    /// The bytes of the present token so far.
    token: u64,
    state: State,
    escaped: bool,
    /// Of Turtle, the brackets that are open.
    brackets: u64,
    /// Of JSON, the values so far that others follow.
    values: u64,
    /// Of XML, the attributes of the present element so far.
    attributes: u64,
    /// Of XML, whether the root element has begun.
    rooted: bool,
    contexts: ContextGuard,
    verdict: Verdict,
}

impl<R: BufRead> Guard<R> {
    pub(super) fn new(input: R, syntax: Syntax, limits: Limits) -> (Self, Verdict) {
        let verdict = Verdict::default();
        let deepest =
            if syntax == Syntax::Xml { limits.nesting.saturating_mul(2) } else { limits.nesting };
        let guard = Self {
            input,
            syntax,
            left: limits.document_bytes,
            most: limits.document_bytes,
            deepest,
            limits,
            depth: 0,
            line: 1,
            token: 0,
            state: State::Plain,
            escaped: false,
            brackets: 0,
            values: 0,
            attributes: 0,
            rooted: false,
            contexts: ContextGuard::default(),
            verdict: verdict.clone(),
        };
        (guard, verdict)
    }

    /// Copies the bytes that are ready, of XML at most one line.
    fn next(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let ready = self.input.fill_buf()?;
        let is_xml = self.syntax == Syntax::Xml;
        let feed = is_xml.then(|| ready.iter().position(|&byte| byte == b'\n')).flatten();
        let line = feed.and_then(|feed| ready.get(..=feed));
        let length = line.unwrap_or(ready).read(to)?;
        self.input.consume(length);
        Ok(length)
    }

    fn stop(&self, kind: ReadErrorKind) -> io::Error {
        self.verdict.fault.replace(Some((self.line, kind)));
        io::Error::other("stopped")
    }

    fn too_deep(&self) -> io::Error {
        let what = match self.syntax {
            Syntax::Turtle => "triple terms within each other",
            Syntax::Xml => "nodes within each other",
            Syntax::Json => "objects and lists within each other",
        };
        self.stop(ReadErrorKind::Limit { what, limit: self.limits.nesting.into() })
    }

    fn enter(&mut self) -> io::Result<()> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > self.deepest { Err(self.too_deep()) } else { Ok(()) }
    }

    fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    fn scan(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        while let Some((&byte, after)) = rest.split_first() {
            // Most bytes are in IRIs and texts: skip to a byte that may end them.
            let stop = match self.state {
                State::Iri => first_of(rest, [b'>', b'\n', b'\n']),
                State::String(end) if !self.escaped && self.syntax != Syntax::Json => {
                    first_of(rest, [end, b'\\', b'\n'])
                }
                _ => Some(0),
            };
            match stop {
                None => return self.longer(rest.len()),
                Some(0) => {}
                Some(far) => {
                    self.longer(far)?;
                    rest = rest.get(far..).unwrap_or_default();
                    continue;
                }
            }
            rest = after;
            let was_plain = self.state == State::Plain;
            if byte == b'\n' {
                self.line += 1;
            }
            match self.syntax {
                Syntax::Turtle => self.turtle(byte)?,
                Syntax::Xml => self.xml(byte)?,
                Syntax::Json => self.json(byte)?,
            }
            // In XML, a text outside tags is a token too.
            match self.state {
                State::Plain if !was_plain || self.syntax != Syntax::Xml => self.token = 0,
                _ => self.longer(1)?,
            }
        }
        Ok(())
    }

    /// Counts further bytes of a token.
    fn longer(&mut self, bytes: usize) -> io::Result<()> {
        self.token += bytes as u64;
        let limit = self.limits.line_bytes;
        match self.token > limit {
            true => Err(self.stop(ReadErrorKind::Limit { what: "bytes in a token", limit })),
            false => Ok(()),
        }
    }

    fn json(&mut self, byte: u8) -> io::Result<()> {
        let in_string = matches!(self.state, State::String(_)) && (self.escaped || byte != b'"');
        match (self.state, byte) {
            (State::String(_), _) if self.escaped => self.escaped = false,
            (State::String(_), b'\\') => self.escaped = true,
            (State::String(_), b'"') => self.state = State::Plain,
            (State::String(_), _) => {}
            (_, b'"') => self.state = State::String(b'"'),
            (_, b'{' | b'[') => self.enter()?,
            (_, b'}' | b']') => self.leave(),
            (_, b',') => self.values += 1,
            _ => {}
        }
        let most = VALUES + self.verdict.bytes() / BYTES_A_VALUE;
        if self.values > most {
            let what = "values in a document of this size";
            return Err(self.stop(ReadErrorKind::Limit { what, limit: most }));
        }
        if in_string {
            self.contexts.in_string(byte);
        } else if byte == b'"' {
            self.contexts.quotation_mark(matches!(self.state, State::String(_)));
        } else if let Some(longest) = self.contexts.outside(byte, self.depth) {
            self.verdict.line.set(Some(self.line));
            if longest > self.limits.nesting as usize {
                let what = "terms of a context that are made of each other";
                let limit = self.limits.nesting.into();
                return Err(self.stop(ReadErrorKind::Limit { what, limit }));
            }
        }
        Ok(())
    }

    /// Refuses XML that ends before its root element does.
    fn ended(&self) -> io::Result<()> {
        let problem = match (self.rooted, self.depth, self.state) {
            (false, ..) => "expected a root element, found none",
            (true, 0, State::Plain) => return Ok(()),
            _ => "the input ends within an element",
        };
        Err(self.stop(ReadErrorKind::Syntax(problem.to_owned())))
    }

    fn turtle(&mut self, byte: u8) -> io::Result<()> {
        if self.escaped {
            self.escaped = false;
            return Ok(());
        }
        self.state = match (self.state, byte) {
            (State::Iri, b'>' | b'\n') | (State::Comment, b'\n' | b'\r') => State::Plain,
            (state @ (State::Iri | State::Comment), _) => state,
            // A string of one line ends here. If it is not closed, the parser refuses it.
            (State::String(_), b'\n') => State::Plain,
            (State::String(end), _) if byte == end => State::Plain,
            (State::LongString(end, 2), _) if byte == end => State::Plain,
            (State::LongString(end, seen), _) if byte == end => State::LongString(end, seen + 1),
            (State::Quotes(quote, 1), _) if byte == quote => State::Quotes(quote, 2),
            (State::Quotes(quote, _), _) if byte == quote => State::LongString(quote, 0),
            (State::Quotes(quote, 1), b'\\') => {
                self.escaped = true;
                State::String(quote)
            }
            (State::Quotes(quote, 1), _) => State::String(quote),
            (State::LongString(end, _), b'\\') => {
                self.escaped = true;
                State::LongString(end, 0)
            }
            (State::LongString(end, _), _) => State::LongString(end, 0),
            (state, b'\\') => {
                self.escaped = true;
                if state == State::Angle { State::Iri } else { state }
            }
            (state @ State::String(_), _) => state,
            (State::Angle, b'<') => {
                self.enter()?;
                State::Plain
            }
            (State::Angle, b'>' | b'\n') => State::Plain,
            (State::Angle, _) => State::Iri,
            (_, b'<') => State::Angle,
            (_, b'"' | b'\'') => State::Quotes(byte, 1),
            (_, b'#') => State::Comment,
            (_, b'(' | b'[') => {
                self.brackets = self.brackets.saturating_add(1);
                let limit = u64::from(self.limits.nesting).saturating_mul(BRACKETS);
                if self.brackets > limit {
                    let what = "lists and blank nodes within each other";
                    return Err(self.stop(ReadErrorKind::Limit { what, limit }));
                }
                State::Plain
            }
            (_, b')' | b']') => {
                self.brackets = self.brackets.saturating_sub(1);
                State::Plain
            }
            // `>>` closes; outside an IRI there is no other `>`, and one of the two counts.
            (State::Until(..), b'>') => {
                self.leave();
                State::Plain
            }
            (_, b'>') => State::Until(b'>', 1, 1),
            _ => State::Plain,
        };
        Ok(())
    }

    fn xml(&mut self, byte: u8) -> io::Result<()> {
        self.state = match (self.state, byte) {
            (State::Plain, b'<') => State::Angle,
            (State::Plain, _) => State::Plain,
            (State::Angle, b'/') => State::EndTag,
            (State::Angle, b'?') => State::Until(b'?', 1, 0),
            (State::Angle, b'!') => State::Declaration([0; 2], 0),
            (State::Angle, _) => {
                if self.depth == 0 && std::mem::replace(&mut self.rooted, true) {
                    let problem = "expected one root element, found a second".to_owned();
                    return Err(self.stop(ReadErrorKind::Syntax(problem)));
                }
                self.enter()?;
                self.attributes = 0;
                State::Tag(None, false)
            }
            (State::EndTag, b'>') => {
                self.leave();
                State::Plain
            }
            (State::Tag(None, closed), b'>') => {
                if closed {
                    self.leave();
                }
                State::Plain
            }
            (State::Tag(None, _), b'"' | b'\'') => {
                self.attributes += 1;
                if self.attributes > ATTRIBUTES {
                    let what = "attributes of an element";
                    return Err(self.stop(ReadErrorKind::Limit { what, limit: ATTRIBUTES }));
                }
                State::Tag(Some(byte), false)
            }
            (State::Tag(None, _), _) => State::Tag(None, byte == b'/'),
            (State::Tag(Some(quote), _), _) if byte == quote => State::Tag(None, false),
            (State::Declaration([b'-', _], _), b'-') => State::Until(b'-', 2, 0),
            (State::Declaration([0, _], _), b'-' | b'[') => State::Declaration([byte, 0], 1),
            (State::Declaration([b'[', _], seen), b'A'..=b'Z') if seen < 6 => {
                State::Declaration([b'[', 0], seen + 1)
            }
            (State::Declaration([b'[', _], _), b'[') => State::Until(b']', 2, 0),
            (State::Declaration(..), _) => {
                let problem = "expected XML without a document type".to_owned();
                return Err(self.stop(ReadErrorKind::Unsupported(problem)));
            }
            (State::Until(_, wanted, seen), b'>') if seen >= wanted => State::Plain,
            (State::Until(end, wanted, seen), _) => {
                State::Until(end, wanted, if byte == end { seen.saturating_add(1) } else { 0 })
            }
            (state, _) => state,
        };
        Ok(())
    }
}

/// Returns the place of the first of these bytes. It goes in steps without a branch inside, so that a step is one
/// comparison of all its bytes.
fn first_of(bytes: &[u8], wanted: [u8; 3]) -> Option<usize> {
    let [a, b, c] = wanted;
    let is_wanted = |byte: u8| (byte == a) | (byte == b) | (byte == c);
    let steps = bytes.chunks_exact(STEP);
    let has_one = |step: &[u8]| step.iter().fold(false, |found, &byte| found | is_wanted(byte));
    let passed = steps.take_while(|step| !has_one(step)).count() * STEP;
    let rest = bytes.get(passed..).unwrap_or_default();
    rest.iter().position(|&byte| is_wanted(byte)).map(|at| passed + at)
}

const STEP: usize = 16;

impl<R: BufRead> Read for Guard<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.syntax == Syntax::Xml {
            self.verdict.line.set(Some(self.line));
        }
        let length = self.next(to).map_err(|error| match Stop::of(&error) {
            Some(stop) => self.stop(stop.into()),
            None => error,
        })?;
        if length == 0 && !to.is_empty() && self.syntax == Syntax::Xml {
            self.ended()?;
        }
        let read = to.get(..length).unwrap_or_default();
        match self.left.checked_sub(length as u64) {
            Some(left) => {
                self.left = left;
                self.verdict.bytes.set(self.most - left);
            }
            None => return Err(self.stop(ReadErrorKind::Limit { what: "bytes", limit: self.most })),
        }
        // XML in UTF-16 would hide the bytes that the guard looks for.
        if self.syntax == Syntax::Xml && read.contains(&0) {
            let problem = "expected XML in UTF-8, found a zero byte".to_owned();
            return Err(self.stop(ReadErrorKind::Unsupported(problem)));
        }
        self.scan(read)?;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(syntax: Syntax, text: &str) -> bool {
        let mut limits = Limits::default();
        (limits.nesting, limits.document_bytes) = (2, 500);
        // Byte by byte, so that the result does not depend on where a read ends.
        let (guard, verdict) = Guard::new(text.as_bytes(), syntax, limits);
        let mut guard = io::BufReader::with_capacity(1, guard);
        let read = io::copy(&mut guard, &mut io::sink());
        assert_eq!(read.is_err(), verdict.take().is_some());
        read.is_ok()
    }

    #[test]
    fn depth_is_counted_outside_texts_iris_and_comments() {
        let deep = "<<( <a:b> <a:b> <<( <a:b> <a:b> <<( ";
        assert!(passes(
            Syntax::Turtle,
            "<<( <a:b> <a:b> <<( <a:b> <a:b> <a:b> )>> )>> <<( <<( )>> )>>"
        ));
        assert!(!passes(Syntax::Turtle, deep));
        for quoted in [
            format!("\"{deep}\""),
            format!("'''\"'{deep}'''"),
            format!("# {deep}"),
            format!("\"\\\"{deep}\""),
        ] {
            assert!(passes(Syntax::Turtle, &quoted), "{quoted}");
            assert!(!passes(Syntax::Turtle, &format!("{quoted}\n{deep}")), "{quoted}");
        }
        assert!(passes(Syntax::Json, "[{\"[[[[\\\"[[\": 1}]") && !passes(Syntax::Json, "[[[1]]]"));
        assert!(passes(
            Syntax::Xml,
            "<?xml <<<<?><a><b><c x='<>/'/><d><!-- <e><f> --><![CDATA[<g>]]></d></b></a>"
        ));
        assert!(!passes(Syntax::Xml, "<a><b><c><d><e/></d></c></b></a>"));
        assert!(!passes(Syntax::Xml, "<!DOCTYPE a><a/>") && !passes(Syntax::Xml, "<\u{0}a\u{0}>"));
        assert!(!passes(Syntax::Json, &" ".repeat(501)));
    }
}
