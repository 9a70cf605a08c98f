//! The outputs for triples: a serializer of oxrdfio, with propositions as triple terms or as named graphs, or plain
//! lines. The writer puts triples in, and the text of a file comes out.

use crate::rdf::iri::{Known, PREFIXES};
use oxrdf::{GraphNameRef, LiteralRef, NamedNodeRef, QuadRef, TermRef};
use oxrdfio::{RdfFormat, RdfSerializer, WriterQuadSerializer};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

/// The object of a triple.
#[derive(Clone, Copy, Debug)]
pub(super) enum Object<'a> {
    Iri(&'a str),
    Text(&'a str),
    /// A text in a language, with a tag that RDF does not change.
    Tagged(&'a str, &'a str),
    /// A text with the IRI of its datatype.
    Typed(&'a str, &'a str),
}

/// The IRIs of a subject and a predicate, and an object.
pub(super) type Triple<'a> = (&'a str, &'a str, Object<'a>);

/// An output for the triples of a graph. The triples of one subject follow each other.
pub(super) trait Sink {
    fn triple(&mut self, triple: Triple<'_>) -> io::Result<()>;

    /// Writes the proposition of a reifier, without asserting it.
    fn proposition(&mut self, reifier: &str, proposition: Triple<'_>) -> io::Result<()>;

    fn finish(self) -> io::Result<()>;
}

/// RDF 1.2, or TriG with one named graph for each reifier.
pub(super) struct Serializer<W: Write> {
    output: WriterQuadSerializer<W>,
    named_graphs: bool,
    is_xml: bool,
}

impl<W: Write> Serializer<W> {
    pub(super) fn new(format: RdfFormat, named_graphs: bool, output: W) -> io::Result<Self> {
        let mut serializer = RdfSerializer::from_format(format);
        for (prefix, space) in PREFIXES {
            serializer = serializer.with_prefix(prefix, space).map_err(io::Error::other)?;
        }
        Ok(Self {
            output: serializer.for_writer(output),
            named_graphs,
            is_xml: format == RdfFormat::RdfXml,
        })
    }

    /// Returns a text that XML cannot hold with escapes.
    fn escaped(&self, object: Object<'_>) -> Option<String> {
        match object {
            Object::Text(text) if self.is_xml => escaped_for_xml(text),
            _ => None,
        }
    }

    fn quad(
        &mut self,
        (subject, predicate, object): Triple<'_>,
        graph: GraphNameRef<'_>,
    ) -> io::Result<()> {
        let escaped = self.escaped(object);
        let object = term(object, &escaped);
        let (subject, predicate) = (named(subject), named(predicate));
        self.output.serialize_quad(QuadRef::new(subject, predicate, object, graph))
    }
}

fn named(iri: &str) -> NamedNodeRef<'_> {
    NamedNodeRef::new_unchecked(iri)
}

/// Returns an object as a term, with the escaped text in place of its own, if there is one.
fn term<'a>(object: Object<'a>, escaped: &'a Option<String>) -> TermRef<'a> {
    if let Some(text) = escaped {
        return LiteralRef::new_typed_literal(text, named(Known::EscapedText.iri())).into();
    }
    match object {
        Object::Iri(iri) => named(iri).into(),
        Object::Text(text) => LiteralRef::new_simple_literal(text).into(),
        Object::Tagged(text, tag) => {
            LiteralRef::new_language_tagged_literal_unchecked(text, tag).into()
        }
        Object::Typed(text, datatype) => {
            LiteralRef::new_typed_literal(text, named(datatype)).into()
        }
    }
}

impl<W: Write> Sink for Serializer<W> {
    fn triple(&mut self, triple: Triple<'_>) -> io::Result<()> {
        self.quad(triple, GraphNameRef::DefaultGraph)
    }

    fn proposition(&mut self, reifier: &str, proposition: Triple<'_>) -> io::Result<()> {
        if self.named_graphs {
            return self.quad(proposition, named(reifier).into());
        }
        let (subject, predicate, object) = proposition;
        let escaped = self.escaped(object);
        let object = term(object, &escaped);
        let triple = oxrdf::Triple::new(named(subject), named(predicate), object.into_owned());
        let triple = TermRef::Triple(&triple);
        let (reifier, reifies) = (named(reifier), named(Known::Reifies.iri()));
        let graph = GraphNameRef::DefaultGraph;
        self.output.serialize_quad(QuadRef::new(reifier, reifies, triple, graph))
    }

    fn finish(self) -> io::Result<()> {
        self.output.finish()?.flush()
    }
}

/// N-Triples and N-Quads in their canonical form. The bytes are those of oxrdfio. Writing is faster, because no
/// formatter is used for each term.
pub(super) struct Lines<W: Write> {
    output: W,
}

impl<W: Write> Lines<W> {
    pub(super) fn new(output: W) -> Self {
        Self { output }
    }

    fn iri(&mut self, iri: &str, after: &[u8]) -> io::Result<()> {
        self.output.write_all(iri.as_bytes())?;
        self.output.write_all(after)
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        self.output.write_all(b"\"")?;
        let mut rest = text;
        // Most texts have nothing to escape.
        while let Some(at) = rest.find(is_escaped)
            && let Some((plain, from)) = rest.split_at_checked(at)
        {
            let mut letters = from.chars();
            self.output.write_all(plain.as_bytes())?;
            match letters.next().unwrap_or_default() {
                '\u{8}' => self.output.write_all(b"\\b")?,
                '\t' => self.output.write_all(b"\\t")?,
                '\n' => self.output.write_all(b"\\n")?,
                '\u{c}' => self.output.write_all(b"\\f")?,
                '\r' => self.output.write_all(b"\\r")?,
                c @ ('"' | '\\') => write!(self.output, "\\{c}")?,
                c => write!(self.output, "\\u{:04X}", u32::from(c))?,
            }
            rest = letters.as_str();
        }
        self.output.write_all(rest.as_bytes())?;
        self.output.write_all(b"\"")
    }

    /// Writes the rest of a line from the subject on, whose `<` is written already.
    fn ends(&mut self, (subject, predicate, object): Triple<'_>) -> io::Result<()> {
        self.iri(subject, b"> <")?;
        match object {
            Object::Iri(iri) => {
                self.iri(predicate, b"> <")?;
                self.iri(iri, b">")
            }
            Object::Text(text) => {
                self.iri(predicate, b"> ")?;
                self.text(text)
            }
            Object::Tagged(text, tag) => {
                self.iri(predicate, b"> ")?;
                self.text(text)?;
                write!(self.output, "@{tag}")
            }
            Object::Typed(text, datatype) => {
                self.iri(predicate, b"> ")?;
                self.text(text)?;
                self.output.write_all(b"^^<")?;
                self.iri(datatype, b">")
            }
        }
    }
}

/// Returns true if the canonical form escapes the character in a text.
fn is_escaped(c: char) -> bool {
    matches!(c, '\0'..='\u{1f}' | '"' | '\\' | '\u{7f}' | '\u{fffe}' | '\u{ffff}')
}

impl<W: Write> Sink for Lines<W> {
    fn triple(&mut self, triple: Triple<'_>) -> io::Result<()> {
        self.output.write_all(b"<")?;
        self.ends(triple)?;
        self.output.write_all(b" .\n")
    }

    fn proposition(&mut self, reifier: &str, proposition: Triple<'_>) -> io::Result<()> {
        self.output.write_all(b"<")?;
        self.iri(reifier, b"> <")?;
        self.iri(Known::Reifies.iri(), b"> <<( <")?;
        self.ends(proposition)?;
        self.output.write_all(b" )>> .\n")
    }

    fn finish(mut self) -> io::Result<()> {
        self.output.flush()
    }
}

/// Returns true if XML 1.0 cannot hold the character, or reads it as another one: control characters, a carriage
/// return, U+FFFE and U+FFFF.
fn is_unfit_for_xml(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Returns the text with white space, `\` and the characters that XML cannot hold as `\u{hex}`. Returns `None` if
/// XML keeps the text as it is.
fn escaped_for_xml(text: &str) -> Option<String> {
    if !text.chars().any(is_unfit_for_xml) && (text.is_empty() || !text.trim().is_empty()) {
        return None;
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match is_unfit_for_xml(c) || c == '\\' || c.is_whitespace() {
            // Writing to a String does not fail.
            true => drop(write!(escaped, "\\u{{{:x}}}", u32::from(c))),
            false => escaped.push(c),
        }
    }
    Some(escaped)
}

/// Returns the text of a `cg:escapedText`.
pub(super) fn unescaped(escaped: &str) -> Option<Cow<'_, str>> {
    if !escaped.contains('\\') {
        return Some(Cow::Borrowed(escaped));
    }
    let mut parts = escaped.split("\\u{");
    let mut text = parts.next().filter(|first| !first.contains('\\'))?.to_owned();
    for part in parts {
        let (digits, rest) = part.split_once('}')?;
        text.push(char::from_u32(u32::from_str_radix(digits, 16).ok()?)?);
        text.push_str(Some(rest).filter(|rest| !rest.contains('\\'))?);
    }
    Some(Cow::Owned(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_oxrdfio_writes_them() {
        let every: String = ('\0'..'\u{100}')
            .chain(['\u{2028}', '\u{d7ff}', '\u{fffe}', '\u{ffff}', '\u{1f600}'])
            .collect();
        let objects = ["", "plain", "a\"b", "\\", &every].into_iter().flat_map(|text| {
            [
                Object::Text(text),
                Object::Tagged(text, "en-gb"),
                Object::Typed(text, "urn:d"),
                Object::Iri("urn:o"),
            ]
        });
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        let mut lines = Lines::new(&mut ours);
        let mut serializer = Serializer::new(RdfFormat::NQuads, false, &mut theirs).unwrap();
        for object in objects {
            let triple = ("urn:s", "urn:p", object);
            lines.triple(triple).unwrap();
            serializer.triple(triple).unwrap();
            lines.proposition("urn:r", triple).unwrap();
            serializer.proposition("urn:r", triple).unwrap();
        }
        lines.finish().unwrap();
        serializer.finish().unwrap();
        assert_eq!(ours, theirs);
    }

    #[test]
    fn what_xml_cannot_hold_is_escaped_and_comes_back() {
        for text in ["\u{0}", "a\r\nb", "\\u{41}\u{1}", " ", "\u{ffff}", "x\u{85}y \\"] {
            let escaped = escaped_for_xml(text);
            assert_eq!(
                escaped.as_deref().and_then(unescaped).as_deref(),
                Some(text),
                "{escaped:?}"
            );
        }
        assert_eq!([escaped_for_xml("plain \\ text\n"), escaped_for_xml("")], [None, None]);
        assert_eq!(
            [unescaped("\\"), unescaped("\\u{d800}"), unescaped("\\u{41")],
            [None, None, None]
        );
    }
}
