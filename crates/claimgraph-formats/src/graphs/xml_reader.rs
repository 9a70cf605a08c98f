//! Reads XML 1.0 for GraphML and GEXF: elements, attributes and text come out, with the place of each. A document
//! type, an encoding other than UTF-8, and entities other than the five of XML and numbered characters are refused.

use claimgraph::format::{Limits, ReadError, ReadErrorKind, Stop, clipped, excerpt, skip_mark};
use indexmap::IndexMap;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

/// The next piece of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Piece {
    /// The start of an element. If the element is empty, its end is the next piece.
    Start(Element),
    Text(String),
    End,
    /// The end of the file, after its one element.
    Eof,
}

/// The name and the attributes of an element.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Element {
    /// The name, without the prefix of the root and with any other prefix.
    pub(super) name: String,
    attributes: IndexMap<String, String>,
    pub(super) place: (u64, u64),
}

impl Element {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// Returns the names of all attributes.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.attributes.keys().map(String::as_str)
    }

    pub(super) fn fault(&self, kind: ReadErrorKind) -> ReadError {
        at(self.place, kind)
    }
}

/// The content of an element that holds a value.
pub(super) struct Valued {
    pub(super) text: String,
    /// The text of a label in the drawing of a node or edge.
    pub(super) label: Option<String>,
    has_elements: bool,
}

impl Valued {
    /// Returns true if there are elements beside the text.
    pub(super) fn is_mixed(&self) -> bool {
        self.has_elements && !self.text.trim().is_empty()
    }
}

pub(super) fn at((line, column): (u64, u64), kind: ReadErrorKind) -> ReadError {
    ReadError::at(line, kind).in_column(column)
}

/// The position in the input: line, column, bytes in all, bytes since the last piece. The input shares it.
#[derive(Clone, Copy, Debug)]
struct Position {
    line: u64,
    column: u64,
    bytes: u64,
    piece: u64,
}

/// An input that counts its lines and keeps to the limits.
struct Metered<'i> {
    input: &'i mut dyn BufRead,
    position: Rc<Cell<Position>>,
    limits: Limits,
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let from = self.fill_buf()?;
        let length = from.len().min(buffer.len());
        buffer.iter_mut().zip(from).for_each(|(to, byte)| *to = *byte);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Metered<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let position = self.position.get();
        for (found, limit, what) in [
            (position.bytes, self.limits.document_bytes, "bytes in a file"),
            (position.piece, self.limits.line_bytes, "bytes in a tag or text"),
        ] {
            if found > limit {
                return Err(Stop::Limit { what, limit }.into());
            }
        }
        self.input.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        let mut position = self.position.get();
        // The buffer is filled already, so this call reads nothing.
        let consumed =
            self.input.fill_buf().ok().and_then(|buffer| buffer.get(..bytes)).unwrap_or_default();
        for byte in consumed {
            position.column = if *byte == b'\n' { 1 } else { position.column + 1 };
            position.line += u64::from(*byte == b'\n');
        }
        position.bytes += bytes as u64;
        position.piece += bytes as u64;
        self.position.set(position);
        self.input.consume(bytes);
    }
}

pub(super) struct Pieces<'i> {
    reader: Reader<Metered<'i>>,
    position: Rc<Cell<Position>>,
    limits: Limits,
    buffer: Vec<u8>,
    depth: u32,
    prefix: Option<String>,
    closed: bool,
}

impl<'i> Pieces<'i> {
    pub(super) fn new(input: &'i mut dyn BufRead, limits: Limits) -> Result<Self, ReadError> {
        skip_mark(input)?;
        let start = Position { line: 1, column: 1, bytes: 0, piece: 0 };
        let position = Rc::new(Cell::new(start));
        let mut reader =
            Reader::from_reader(Metered { input, position: Rc::clone(&position), limits });
        reader.config_mut().expand_empty_elements = true;
        Ok(Self {
            reader,
            position,
            limits,
            buffer: Vec::new(),
            depth: 0,
            prefix: None,
            closed: false,
        })
    }

    /// Returns the line and column of the next piece.
    pub(super) fn place(&self) -> (u64, u64) {
        let position = self.position.get();
        (position.line, position.column)
    }

    pub(super) fn next(&mut self) -> Result<Piece, ReadError> {
        loop {
            let place = self.place();
            if let Some(piece) = self.step(place)? {
                return Ok(piece);
            }
        }
    }

    fn step(&mut self, place: (u64, u64)) -> Result<Option<Piece>, ReadError> {
        self.buffer.clear();
        let mut position = self.position.get();
        position.piece = 0;
        self.position.set(position);
        let fault = |kind: ReadErrorKind| at(place, kind);
        let syntax = |problem: String| fault(ReadErrorKind::Syntax(clipped(&problem, 200)));
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(quick_xml::Error::Io(error)) => {
                let copy = || io::Error::new(error.kind(), error.to_string());
                let kind = Stop::of(&error).map_or_else(|| copy().into(), ReadErrorKind::from);
                return Err(fault(kind));
            }
            Err(error) => return Err(syntax(error.to_string())),
        };
        let outside = self.depth == 0;
        let text = match event {
            Event::Start(start) => {
                if outside && self.closed {
                    return Err(syntax(
                        "expected one outermost element, found a second".to_owned(),
                    ));
                }
                let element = element(&start, &mut self.prefix, place)?;
                self.depth += 1;
                let limit = self.limits.nesting;
                if self.depth > limit {
                    return Err(fault(ReadErrorKind::Limit {
                        what: "elements within each other",
                        limit: limit.into(),
                    }));
                }
                return Ok(Some(Piece::Start(element)));
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                self.closed |= self.depth == 0;
                return Ok(Some(Piece::End));
            }
            Event::Eof if outside && self.closed => return Ok(Some(Piece::Eof)),
            Event::Eof => {
                return Err(syntax("the file ends before its elements are closed".to_owned()));
            }
            Event::DocType(_) => {
                let problem = "expected XML without a document type".to_owned();
                return Err(fault(ReadErrorKind::Unsupported(problem)));
            }
            Event::Decl(declaration) => {
                let encoding = declaration
                    .encoding()
                    .transpose()
                    .map_err(|error| syntax(error.to_string()))?;
                return match encoding {
                    Some(name)
                        if !name.eq_ignore_ascii_case("utf-8")
                            && !name.eq_ignore_ascii_case("us-ascii") =>
                    {
                        let problem =
                            format!("expected the encoding UTF-8, found \"{}\"", excerpt(&name));
                        Err(fault(ReadErrorKind::Unsupported(problem)))
                    }
                    _ => Ok(None),
                };
            }
            Event::Comment(_) | Event::PI(_) | Event::Empty(_) => return Ok(None),
            Event::Text(text) => text.xml10_content().into_owned(),
            Event::CData(text) => text.xml10_content().into_owned(),
            Event::GeneralRef(reference) => {
                let named = || match &*reference {
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "amp" => Some('&'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => None,
                };
                let numbered =
                    reference.resolve_char_ref().map_err(|error| syntax(error.to_string()))?;
                let unknown = || syntax(format!("unknown entity \"{}\"", excerpt(&reference)));
                numbered.or_else(named).ok_or_else(unknown)?.to_string()
            }
        };
        if outside && !text.trim().is_empty() {
            return Err(syntax("expected no text outside the outermost element".to_owned()));
        }
        if let Some(wrong) = unfit(&text) {
            return Err(syntax(format!(
                "XML does not allow the character U+{:04X}",
                u32::from(wrong)
            )));
        }
        Ok((!outside).then_some(Piece::Text(text)))
    }

    /// Reads the text up to the end of the current element. Elements in it are skipped.
    pub(super) fn text(&mut self) -> Result<String, ReadError> {
        self.value().map(|value| value.text)
    }

    /// Reads the text up to the end of the current element. Of the elements in it, the text of a label of a node or edge
    /// is read too; the others are skipped.
    pub(super) fn value(&mut self) -> Result<Valued, ReadError> {
        let (mut text, mut inside, mut has_elements) = (String::new(), 0u32, false);
        let (mut label, mut labelled) = (None::<String>, None);
        let is_label = |element: &Element| {
            let name = element.name.rsplit(':').next();
            matches!(name, Some("NodeLabel" | "EdgeLabel"))
        };
        let place = self.place();
        loop {
            match self.next()? {
                Piece::Text(more) if inside == 0 => text.push_str(&more),
                Piece::Text(more) if labelled == Some(inside) => {
                    label.get_or_insert_default().push_str(&more);
                }
                Piece::Start(element) => {
                    (inside, has_elements) = (inside + 1, true);
                    if label.is_none() && is_label(&element) {
                        labelled = Some(inside);
                    }
                }
                Piece::End if inside == 0 => return Ok(Valued { text, label, has_elements }),
                Piece::End => {
                    labelled = labelled.filter(|depth| *depth != inside);
                    inside -= 1;
                }
                Piece::Text(_) => {}
                Piece::Eof => return Ok(Valued { text, label, has_elements }),
            }
            let limit = self.limits.line_bytes;
            let length = text.len() + label.as_ref().map_or(0, String::len);
            if length as u64 > limit {
                return Err(at(place, ReadErrorKind::Limit { what: "bytes in a text", limit }));
            }
        }
    }
}

fn element(
    start: &BytesStart<'_>,
    prefix: &mut Option<String>,
    place: (u64, u64),
) -> Result<Element, ReadError> {
    let syntax = |problem: String| at(place, ReadErrorKind::Syntax(clipped(&problem, 200)));
    let name = start.name();
    let own = name.prefix().map(|prefix| prefix.into_inner().to_owned()).unwrap_or_default();
    let root = prefix.get_or_insert_with(|| own.clone());
    let name =
        if own == *root { name.local_name().into_inner() } else { name.into_inner() }.to_owned();
    let mut attributes = IndexMap::new();
    // The check of the parser compares each name with all before it.
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| syntax(error.to_string()))?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| syntax(error.to_string()))?;
        if let Some(wrong) = unfit(&value) {
            return Err(syntax(format!(
                "XML does not allow the character U+{:04X}",
                u32::from(wrong)
            )));
        }
        let name = attribute.key.into_inner();
        if attributes.insert(name.to_owned(), value.into_owned()).is_some() {
            return Err(syntax(format!("the attribute \"{}\" comes twice", excerpt(name))));
        }
    }
    Ok(Element { name, attributes, place })
}

/// Returns the first character that XML 1.0 cannot hold, even when escaped.
pub(super) fn unfit(text: &str) -> Option<char> {
    text.chars().find(|c| {
        let control = *c < ' ' && !matches!(c, '\t' | '\n' | '\r');
        control || matches!(c, '\u{fffe}' | '\u{ffff}')
    })
}
