//! GraphML, of any view: for networkx, igraph, Gephi, yEd.
//!
//! ```text
//! <graphml><key id="e_relation" for="edge" attr.name="relation" attr.type="string"/>...
//!  <graph edgedefault="directed">
//!   <data key="g_vocabulary">{"kinds":[..],..}</data>
//!   <node id="russia"><data key="n_label">Russia</data>...</node>
//!   <edge id="5f0c..." source="nk" target="russia"><data key="e_relation">deploys-to</data>...</edge>
//! ```
//!
//! `docs/formats/graphs.md` lists the attributes. An id is the key of the entity, with what GraphML's schema
//! does not take in an id (white space, brackets) written as `_x0020_`; the attribute `key` has it as it is.

use crate::files::format::error::{ReadError, ReadErrorKind, WriteError};
use crate::files::format::loss::{Imported, Losses};
use crate::formats::edge_reader::{EdgeGiven, Given, GraphReader, Incoming};
use crate::formats::edges::{Drawing, EDGE, NODE, Values};
use crate::formats::flat::{Field, Holds};
use crate::formats::xml::{Element, Piece, Pieces, drawing};
use crate::graph::ClaimGraph;
use crate::view::View;
use indexmap::IndexMap;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io::{self, BufRead, Write};

const FORMAT: &str = "GraphML";
const SPACE: &str = "http://graphml.graphdrawing.org/xmlns";
const SCHEMA: &str =
    "http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd";

fn type_of(field: &Field) -> &'static str {
    match field.holds {
        Holds::Text | Holds::Json | Holds::Day => "string",
        Holds::Flag => "boolean",
        Holds::Whole => "long",
        Holds::Number => "double",
    }
}

/// The key as an id: characters that XML does not take in a name token by their number, and `_x` so that
/// none looks like that.
fn token(key: &str) -> String {
    let mut token = String::with_capacity(key.len());
    let mut rest = key.chars().peekable();
    while let Some(c) = rest.next() {
        let fits = matches!(c, 'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | ':' | '\u{b7}' | '\u{c0}'..='\u{d6}'
            | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}' | '\u{200d}'
            | '\u{203f}' | '\u{2040}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}'
            | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}');
        match c {
            '_' if rest.peek() != Some(&'x') => token.push('_'),
            _ if fits => token.push(c),
            _ => token.push_str(&format!("_x{:04X}_", u32::from(c))),
        }
    }
    token
}

fn data<W: Write>(writer: &mut Writer<W>, key: &str, text: &str) -> io::Result<()> {
    writer
        .create_element("data")
        .with_attribute(("key", key))
        .write_text_content(BytesText::new(text))
        .map(drop)
}

fn values<W: Write>(
    writer: &mut Writer<W>,
    prefix: &str,
    label: &str,
    values: &Values,
) -> io::Result<()> {
    data(writer, &format!("{prefix}_label"), label)?;
    values
        .iter()
        .try_for_each(|(field, text)| data(writer, &format!("{prefix}_{}", field.name), text))
}

fn keys<W: Write>(writer: &mut Writer<W>) -> io::Result<()> {
    let mut key = |prefix: &str, of: &str, name: &str, kind: &str| {
        let id = format!("{prefix}_{name}");
        let element = writer.create_element("key");
        element
            .with_attributes([("id", &*id), ("for", of), ("attr.name", name), ("attr.type", kind)])
            .write_empty()
            .map(drop)
    };
    key("g", "graph", "vocabulary", "string")?;
    for (prefix, of, fields) in [("n", "node", NODE), ("e", "edge", EDGE)] {
        key(prefix, of, "label", "string")?;
        fields.iter().try_for_each(|field| key(prefix, of, field.name, type_of(field)))?;
    }
    Ok(())
}

fn write(drawing: &Drawing<'_, '_>, output: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(output, b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = writer.create_element("graphml").with_attributes([
        ("xmlns", SPACE),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xsi:schemaLocation", SCHEMA),
    ]);
    root.write_inner_content(|writer| {
        keys(writer)?;
        let graph = writer.create_element("graph").with_attribute(("edgedefault", "directed"));
        graph.write_inner_content(|writer| -> io::Result<()> {
            data(writer, "g_vocabulary", &drawing.vocabulary())?;
            for &id in &drawing.nodes {
                let node = drawing.node(id);
                let element =
                    writer.create_element("node").with_attribute(("id", &*token(&node.key)));
                element
                    .write_inner_content(|writer| values(writer, "n", &node.label, &node.values))?;
            }
            for claim in drawing.claims() {
                let edge = drawing.edge(claim);
                let (source, target) = (token(&edge.source), token(&edge.target));
                let element = writer.create_element("edge");
                let element = element.with_attributes([
                    ("id", &*edge.id),
                    ("source", &*source),
                    ("target", &*target),
                ]);
                element
                    .write_inner_content(|writer| values(writer, "e", &edge.label, &edge.values))?;
            }
            Ok(())
        })?;
        Ok::<(), io::Error>(())
    })?;
    let output = writer.into_inner();
    output.write_all(b"\n")?;
    output.flush()
}

impl View<'_> {
    /// Writes the claims of the view that have an entity at each end as the edges of a GraphML graph, and
    /// says what else there is. The nodes are the entities that the edges name, and where the view is the
    /// whole graph, all.
    ///
    /// # Errors
    /// The output fails, or a text holds a character that XML cannot: then nothing is written.
    pub fn write_graphml(&self, mut output: impl Write) -> Result<Losses, WriteError> {
        let drawing = drawing(self, FORMAT)?;
        write(&drawing, &mut output)?;
        Ok(drawing.losses)
    }
}

impl ClaimGraph {
    /// Writes the graph as GraphML; see [`View::write_graphml`].
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "north-korea")?, graph.add(State, "russia")?);
    /// graph.insert(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 24)))?;
    /// let mut file = Vec::new();
    /// assert!(graph.write_graphml(&mut file).unwrap().is_empty());
    /// let read = ClaimGraph::read_graphml(&*file).unwrap();
    /// assert_eq!(read.graph.to_jsonl(), graph.to_jsonl());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    ///
    /// # Errors
    /// As there.
    pub fn write_graphml(&self, output: impl Write) -> Result<Losses, WriteError> {
        self.view().write_graphml(output)
    }

    /// Reads GraphML with the default limits; see [`GraphReader`].
    ///
    /// # Errors
    /// As [`GraphReader::read_graphml`].
    pub fn read_graphml(input: impl BufRead) -> Result<Imported, ReadError> {
        GraphReader::new().read_graphml(input)
    }
}

/// What a `key` element declares.
struct Key {
    name: String,
    of: String,
    default: Option<String>,
}

struct File<'i> {
    pieces: Pieces<'i>,
    keys: IndexMap<String, Key>,
    directed: bool,
    incoming: Incoming,
}

impl GraphReader {
    /// Reads GraphML, as it comes: the file is never in memory as a whole.
    ///
    /// # Errors
    /// It is no XML, has a document type, is over a limit, or a node or edge is refused; with line and
    /// column.
    pub fn read_graphml(&self, mut input: impl BufRead) -> Result<Imported, ReadError> {
        read(self, &mut input)
    }
}

fn read(reader: &GraphReader, input: &mut dyn BufRead) -> Result<Imported, ReadError> {
    let (pieces, incoming) = (Pieces::new(input, reader.limits)?, Incoming::new(reader));
    let mut file = File { pieces, keys: IndexMap::new(), directed: true, incoming };
    file.read()?;
    file.incoming.finish()
}

impl File<'_> {
    fn read(&mut self) -> Result<(), ReadError> {
        let mut root = false;
        loop {
            match self.pieces.next()? {
                Piece::Start(element) if !root => {
                    if element.name != "graphml" {
                        let problem = format!(
                            "\"{}\" stands where graphml is expected",
                            crate::model::text::excerpt(&element.name)
                        );
                        return Err(element.fault(ReadErrorKind::Syntax(problem)));
                    }
                    root = true;
                }
                Piece::Start(element) => self.element(element)?,
                Piece::Text(_) | Piece::End => {}
                Piece::Eof => return Ok(()),
            }
        }
    }

    /// An element that holds others, or a key, node or edge. Nodes of a graph in a node come as they stand.
    fn element(&mut self, element: Element) -> Result<(), ReadError> {
        match element.name.as_str() {
            "key" => self.key(&element),
            "graph" => {
                self.directed = element.get("edgedefault") != Some("undirected");
                Ok(())
            }
            "data" => {
                let name = self.keys.get(element.need("key")?).map(|key| key.name.clone());
                let text = self.pieces.text()?;
                match name.as_deref() {
                    Some("vocabulary") => self.incoming.vocabulary(&text, element.place),
                    _ => {
                        self.incoming
                            .losses
                            .note("data of the graph", name.as_deref().unwrap_or("?"));
                        Ok(())
                    }
                }
            }
            "node" => self.node(&element),
            "edge" => self.edge(&element),
            "desc" => self.pieces.text().map(drop),
            other => {
                let what = format!("element \"{}\"", crate::model::text::excerpt(other));
                self.incoming.losses.note(&what, &format!("line {}", element.place.0));
                self.pieces.text().map(drop)
            }
        }
    }

    fn key(&mut self, element: &Element) -> Result<(), ReadError> {
        let id = element.need("id")?.to_owned();
        let name = element.get("attr.name").unwrap_or(&id).to_owned();
        let of = element.get("for").unwrap_or("all").to_owned();
        let mut default = None;
        loop {
            match self.pieces.next()? {
                Piece::Start(inner) if inner.name == "default" => {
                    default = Some(self.pieces.text()?)
                }
                Piece::Start(_) => drop(self.pieces.text()?),
                Piece::Text(_) => {}
                Piece::End | Piece::Eof => break,
            }
        }
        self.keys.insert(id, Key { name, of, default });
        Ok(())
    }

    /// The values of a node or edge, up to its end.
    fn values(&mut self, of: &str) -> Result<Given, ReadError> {
        let mut given = Given::new();
        loop {
            match self.pieces.next()? {
                Piece::Start(inner) if inner.name == "data" => {
                    let key = inner.need("key")?;
                    let name = self.keys.get(key).map_or(key, |key| key.name.as_str()).to_owned();
                    let text = self.pieces.text()?;
                    if given.insert(name, text).is_some() {
                        return Err(inner
                            .fault(ReadErrorKind::Syntax("the value is there twice".to_owned())));
                    }
                }
                // A graph within a node: its nodes and edges are read like the others.
                Piece::Start(inner) if inner.name == "graph" => {
                    self.incoming
                        .losses
                        .note("graph within a node", &format!("line {}", inner.place.0));
                    self.nested()?;
                }
                Piece::Start(inner) => {
                    let what = format!("element \"{}\"", crate::model::text::excerpt(&inner.name));
                    self.incoming.losses.note(&what, &format!("line {}", inner.place.0));
                    self.pieces.text()?;
                }
                Piece::Text(_) => {}
                Piece::End | Piece::Eof => break,
            }
        }
        for key in self.keys.values().filter(|key| key.of == of || key.of == "all") {
            if let Some(default) = key.default.as_ref().filter(|_| !given.contains_key(&key.name)) {
                given.insert(key.name.clone(), default.clone());
            }
        }
        Ok(given)
    }

    /// The content of a graph within a node, up to its end. How deep they go is limited.
    fn nested(&mut self) -> Result<(), ReadError> {
        loop {
            match self.pieces.next()? {
                Piece::Start(element) => self.element(element)?,
                Piece::Text(_) => {}
                Piece::End | Piece::Eof => return Ok(()),
            }
        }
    }

    fn node(&mut self, element: &Element) -> Result<(), ReadError> {
        let id = element.need("id")?.to_owned();
        let mut values = self.values("node")?;
        let label = values.shift_remove("label").or_else(|| values.shift_remove("name"));
        self.incoming.node(id, label, values, element.place)
    }

    fn edge(&mut self, element: &Element) -> Result<(), ReadError> {
        let (source, target) =
            (element.need("source")?.to_owned(), element.need("target")?.to_owned());
        let directed =
            element.get("directed").map_or(self.directed, |directed| directed != "false");
        let values = self.values("edge")?;
        let label = values.get("label").cloned();
        let place = element.place;
        self.incoming.edge(EdgeGiven {
            source,
            target,
            label,
            directed,
            valid: None,
            values,
            place,
        })
    }
}
