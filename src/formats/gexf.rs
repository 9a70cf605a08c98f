//! GEXF 1.3, of any view: for Gephi, networkx, graphology.
//!
//! ```text
//! <gexf xmlns="http://gexf.net/1.3" version="1.3">
//!  <meta><creator>claimgraph</creator><description>{"kinds":[..],..}</description></meta>
//!  <graph defaultedgetype="directed" mode="dynamic" timeformat="date">
//!   <attributes class="edge"><attribute id="relation" title="relation" type="string"/>...
//!   <nodes><node id="russia" label="Russia">...
//!   <edges><edge id="5f0c..." source="nk" target="russia" label="deploys to" kind="deploys-to">
//!     <attvalues>...</attvalues><spells><spell start="2024-09-01" end="2024-10-24"/></spells>
//! ```
//!
//! A spell is when a claim may hold: from the earliest day of its start to the latest of its end, open where
//! that is not known or lies before the year 1. The attributes have all four days.

use crate::files::format::error::{ReadError, ReadErrorKind, WriteError};
use crate::files::format::loss::{Imported, Losses};
use crate::formats::edge_reader::{EdgeGiven, Given, GraphReader, Incoming};
use crate::formats::edges::{Drawing, EDGE, NODE, Values};
use crate::formats::flat::{Field, Holds};
use crate::formats::xml::{Element, Piece, Pieces, drawing};
use crate::graph::ClaimGraph;
use crate::model::time::period::{Aspect, Period};
use crate::model::time::window::Window;
use crate::view::View;
use indexmap::IndexMap;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io::{self, BufRead, Write};

const FORMAT: &str = "GEXF";

fn type_of(field: &Field) -> &'static str {
    match field.holds {
        Holds::Text | Holds::Json | Holds::Day => "string",
        Holds::Flag => "boolean",
        Holds::Whole => "long",
        Holds::Number => "double",
    }
}

fn values<W: Write>(writer: &mut Writer<W>, values: &Values) -> io::Result<()> {
    let each = |writer: &mut Writer<W>| {
        values.iter().try_for_each(|(field, text)| {
            let element = writer.create_element("attvalue");
            element
                .with_attributes([("for", field.name), ("value", &**text)])
                .write_empty()
                .map(drop)
        })
    };
    writer.create_element("attvalues").write_inner_content(each).map(drop)
}

fn spells<W: Write>(writer: &mut Writer<W>, period: &Period) -> io::Result<()> {
    let day = |name, day: Option<jiff::civil::Date>| {
        Some((name, day.filter(|day| day.year() > 0)?.to_string()))
    };
    let ends: Vec<(&str, String)> =
        [day("start", period.start_earliest()), day("end", period.end_latest())]
            .into_iter()
            .flatten()
            .collect();
    if ends.is_empty() {
        return Ok(());
    }
    let spell = |writer: &mut Writer<W>| {
        let ends = ends.iter().map(|(name, day)| (*name, day.as_str()));
        writer.create_element("spell").with_attributes(ends).write_empty().map(drop)
    };
    writer.create_element("spells").write_inner_content(spell).map(drop)
}

fn attributes<W: Write>(writer: &mut Writer<W>, class: &str, fields: &[Field]) -> io::Result<()> {
    let element =
        writer.create_element("attributes").with_attributes([("class", class), ("mode", "static")]);
    let each = |writer: &mut Writer<W>| {
        fields.iter().try_for_each(|field| {
            let of = [("id", field.name), ("title", field.name), ("type", type_of(field))];
            writer.create_element("attribute").with_attributes(of).write_empty().map(drop)
        })
    };
    element.write_inner_content(each).map(drop)
}

fn write(drawing: &Drawing<'_, '_>, output: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(output, b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = [("xmlns", "http://gexf.net/1.3"), ("version", "1.3")];
    writer.create_element("gexf").with_attributes(root).write_inner_content(
        |writer| -> io::Result<()> {
            writer.create_element("meta").write_inner_content(|writer| -> io::Result<()> {
                writer
                    .create_element("creator")
                    .write_text_content(BytesText::new("claimgraph"))?;
                writer
                    .create_element("description")
                    .write_text_content(BytesText::new(&drawing.vocabulary()))?;
                Ok(())
            })?;
            let how =
                [("defaultedgetype", "directed"), ("mode", "dynamic"), ("timeformat", "date")];
            writer.create_element("graph").with_attributes(how).write_inner_content(
                |writer| -> io::Result<()> {
                    attributes(writer, "node", NODE)?;
                    attributes(writer, "edge", EDGE)?;
                    writer.create_element("nodes").write_inner_content(
                        |writer| -> io::Result<()> {
                            for &id in &drawing.nodes {
                                let node = drawing.node(id);
                                let own = [("id", &*node.key), ("label", &*node.label)];
                                let element = writer.create_element("node").with_attributes(own);
                                element
                                    .write_inner_content(|writer| values(writer, &node.values))?;
                            }
                            Ok(())
                        },
                    )?;
                    writer.create_element("edges").write_inner_content(
                        |writer| -> io::Result<()> {
                            for claim in drawing.claims() {
                                let edge = drawing.edge(claim);
                                let own = [
                                    ("id", &*edge.id),
                                    ("source", &*edge.source),
                                    ("target", &*edge.target),
                                    ("label", &*edge.label),
                                    ("kind", edge.relation),
                                ];
                                let element = writer.create_element("edge").with_attributes(own);
                                element.write_inner_content(|writer| -> io::Result<()> {
                                    values(writer, &edge.values)?;
                                    edge.valid.map_or(Ok(()), |period| spells(writer, &period))
                                })?;
                            }
                            Ok(())
                        },
                    )?;
                    Ok(())
                },
            )?;
            Ok(())
        },
    )?;
    let output = writer.into_inner();
    output.write_all(b"\n")?;
    output.flush()
}

impl View<'_> {
    /// Writes the claims of the view that have an entity at each end as the edges of a dynamic GEXF graph,
    /// and says what else there is. The nodes are the entities that the edges name, and where the view is
    /// the whole graph, all.
    ///
    /// # Errors
    /// The output fails, or a text holds a character that XML cannot: then nothing is written.
    pub fn write_gexf(&self, mut output: impl Write) -> Result<Losses, WriteError> {
        let drawing = drawing(self, FORMAT)?;
        write(&drawing, &mut output)?;
        Ok(drawing.losses)
    }
}

impl ClaimGraph {
    /// Writes the graph as GEXF 1.3; see [`View::write_gexf`].
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "north-korea")?, graph.add(State, "russia")?);
    /// graph.insert(Claim::by(russia).asserts(nk, MEETS, russia).valid("2024-06").reported(date(2024, 10, 24)))?;
    /// let mut file = Vec::new();
    /// assert!(graph.write_gexf(&mut file).unwrap().is_empty());
    /// assert!(String::from_utf8_lossy(&file).contains(r#"<spell start="2024-06-01" end="2024-06-30"/>"#));
    /// assert_eq!(ClaimGraph::read_gexf(&*file).unwrap().graph.to_jsonl(), graph.to_jsonl());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    ///
    /// # Errors
    /// As there.
    pub fn write_gexf(&self, output: impl Write) -> Result<Losses, WriteError> {
        self.view().write_gexf(output)
    }

    /// Reads GEXF with the default limits; see [`GraphReader`].
    ///
    /// # Errors
    /// As [`GraphReader::read_gexf`].
    pub fn read_gexf(input: impl BufRead) -> Result<Imported, ReadError> {
        GraphReader::new().read_gexf(input)
    }
}

/// An attribute that the file declares: its class, its title, what it is by default.
struct Declared {
    class: String,
    id: String,
    title: String,
    default: Option<String>,
}

struct File<'i> {
    pieces: Pieces<'i>,
    declared: Vec<Declared>,
    class: String,
    directed: bool,
    incoming: Incoming,
}

/// What stands within a node or edge.
#[derive(Default)]
struct Content {
    values: Given,
    spells: Vec<Window>,
}

impl GraphReader {
    /// Reads GEXF of any version, as it comes: the file is never in memory as a whole. A spell becomes the
    /// time of a claim; of an edge of another program that has several, the time from the first to the last.
    ///
    /// # Errors
    /// It is no XML, has a document type, is over a limit, or a node or edge is refused; with line and
    /// column.
    pub fn read_gexf(&self, mut input: impl BufRead) -> Result<Imported, ReadError> {
        read(self, &mut input)
    }
}

fn read(reader: &GraphReader, input: &mut dyn BufRead) -> Result<Imported, ReadError> {
    let (pieces, incoming) = (Pieces::new(input, reader.limits)?, Incoming::new(reader));
    let mut file =
        File { pieces, declared: Vec::new(), class: String::new(), directed: false, incoming };
    file.read()?;
    file.incoming.finish()
}

fn excerpt(text: &str) -> String {
    crate::model::text::excerpt(text)
}

impl File<'_> {
    fn read(&mut self) -> Result<(), ReadError> {
        let mut root = false;
        loop {
            match self.pieces.next()? {
                Piece::Start(element) if !root => {
                    if element.name != "gexf" {
                        let problem =
                            format!("\"{}\" stands where gexf is expected", excerpt(&element.name));
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

    fn element(&mut self, element: Element) -> Result<(), ReadError> {
        match element.name.as_str() {
            "meta" => {
                element.get("lastmodifieddate").into_iter().for_each(|day| self.incoming.dated(day))
            }
            "graph" => self.directed = element.get("defaultedgetype") == Some("directed"),
            "attributes" => self.class = element.get("class").unwrap_or("node").to_owned(),
            "attribute" => self.attribute(&element)?,
            "description" => {
                let text = self.pieces.text()?;
                if text.starts_with("{\"kinds\":") {
                    self.incoming.vocabulary(&text, element.place)?;
                }
            }
            "nodes" | "edges" => {}
            "node" => self.node(&element)?,
            "edge" => self.edge(&element)?,
            "creator" | "keywords" => drop(self.pieces.text()?),
            _ => self.pass_over(&element)?,
        }
        Ok(())
    }

    fn pass_over(&mut self, element: &Element) -> Result<(), ReadError> {
        let what = format!("element \"{}\"", excerpt(&element.name));
        self.incoming.losses.note(&what, &format!("line {}", element.place.0));
        self.pieces.text().map(drop)
    }

    fn attribute(&mut self, element: &Element) -> Result<(), ReadError> {
        let id = element.need("id")?.to_owned();
        let title = element.get("title").unwrap_or(&id).to_owned();
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
        self.declared.push(Declared { class: self.class.clone(), id, title, default });
        Ok(())
    }

    /// What stands within a node or edge, up to its end.
    fn content(&mut self, class: &str) -> Result<Content, ReadError> {
        let mut content = Content::default();
        let mut depth = 0u32;
        loop {
            match self.pieces.next()? {
                Piece::Start(inner) => match inner.name.as_str() {
                    "attvalues" | "spells" | "slices" => depth += 1,
                    "attvalue" => {
                        self.value(class, &inner, &mut content.values)?;
                        self.pieces.text()?;
                    }
                    "spell" | "slice" => {
                        content.spells.extend(self.spell(&inner));
                        self.pieces.text()?;
                    }
                    // Nodes and edges within a node are read like the others.
                    "nodes" | "edges" => {
                        self.incoming
                            .losses
                            .note("nodes within a node", &format!("line {}", inner.place.0));
                        self.nested()?;
                    }
                    _ => self.pass_over(&inner)?,
                },
                Piece::Text(_) => {}
                Piece::End if depth > 0 => depth -= 1,
                Piece::End | Piece::Eof => break,
            }
        }
        for declared in self.declared.iter().filter(|declared| declared.class == class) {
            if let Some(default) =
                declared.default.as_ref().filter(|_| !content.values.contains_key(&declared.title))
            {
                content.values.insert(declared.title.clone(), default.clone());
            }
        }
        Ok(content)
    }

    fn value(
        &mut self,
        class: &str,
        element: &Element,
        values: &mut Given,
    ) -> Result<(), ReadError> {
        // Version 1.1 wrote `id` for `for`.
        let id = element
            .get("for")
            .or_else(|| element.get("id"))
            .map_or_else(|| element.need("for"), Ok)?;
        let declared =
            self.declared.iter().find(|declared| declared.class == class && declared.id == id);
        let title = declared.map_or(id, |declared| declared.title.as_str()).to_owned();
        let value = element.need("value")?.to_owned();
        // An attribute that changes with time has several values; the last is kept.
        if values.insert(title.clone(), value).is_some() {
            self.incoming.losses.note("attribute that changes", &title);
        }
        Ok(())
    }

    /// The days of a spell, where it is of days and not empty.
    fn spell(&mut self, element: &Element) -> Option<Window> {
        let mut day = |name: &str| {
            let text = element.get(name)?;
            let day = text.get(..10).and_then(crate::model::time::day::parse_day);
            let only = day.filter(|_| text.len() == 10 || text.as_bytes().get(10) == Some(&b'T'));
            if only.is_none() && !matches!(text, "-Infinity" | "Infinity") {
                self.incoming
                    .losses
                    .note("time that is no day", &format!("line {}", element.place.0));
            }
            only
        };
        let at = day("timestamp");
        let open = day("startopen").or_else(|| day("endopen"));
        let (start, end) = (day("start").or(at), day("end").or(at));
        (start.is_some() || end.is_some())
            .then_some(Window::new(start.or(open.filter(|_| end.is_none())), end))
    }

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
        let label = element.get("label").map(str::to_owned);
        if element.get("pid").is_some() {
            self.incoming.losses.note("parent of a node", &id);
        }
        let content = self.content("node")?;
        if !content.spells.is_empty() || self.spell(element).is_some() {
            self.incoming.losses.note("time of a node", &id);
        }
        self.incoming.node(id, label, content.values, element.place)
    }

    fn edge(&mut self, element: &Element) -> Result<(), ReadError> {
        let (source, target) =
            (element.need("source")?.to_owned(), element.need("target")?.to_owned());
        let directed = element.get("type").map_or(self.directed, |kind| kind == "directed");
        let content = self.content("edge")?;
        let label = element.get("label").or_else(|| element.get("kind")).map(str::to_owned);
        let mut values: IndexMap<String, String> = content.values;
        let own = values.contains_key("stance");
        if let Some(weight) =
            element.get("weight").filter(|weight| !own && weight.parse() != Ok(1.0))
        {
            values.insert("weight".to_owned(), weight.to_owned());
        }
        let mut spells = content.spells;
        spells.extend(self.spell(element));
        let start = spells.iter().map(|spell| spell.earliest).min().flatten();
        let end = spells
            .iter()
            .try_fold(None, |most, spell| spell.latest.map(|day| most.max(Some(day))))
            .flatten();
        let known = start.is_some() || end.is_some();
        let (first, last) = (Window::new(start, start), Window::new(end, end));
        let valid = (!own && known).then(|| Period::of(first, last, Aspect::State));
        if spells.len() > 1 && !own {
            self.incoming.losses.note("spell", &format!("line {}", element.place.0));
        }
        let place = element.place;
        self.incoming.edge(EdgeGiven { source, target, label, directed, valid, values, place })
    }
}
