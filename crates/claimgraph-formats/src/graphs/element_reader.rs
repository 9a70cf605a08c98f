//! Reads the elements of GraphML and GEXF in one loop: the text of a file goes in, its declarations, nodes and
//! edges come out.

use crate::graphs::edge_import::{EdgeGiven, Given, Incoming, within};
use crate::graphs::xml_reader::{Element, Piece, Pieces};
use crate::reader_options::Options;
use claimgraph::format::{ReadError, ReadErrorKind, ReadReport, excerpt, parse_day};
use claimgraph::time::Aspect;
use claimgraph::{Date, Period};
use indexmap::IndexMap;
use indexmap::map::Entry;
use std::io::BufRead;

/// The format, which decides the names of the elements.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Dialect {
    GraphMl,
    Gexf,
}

use Dialect::{Gexf, GraphMl};

/// The most attributes with a default value that a file may declare. Each node or edge gets all those of its class.
const DEFAULTS: u64 = 100;

/// The value of an attribute for nodes or edges that do not give one.
struct DefaultValue {
    name: String,
    of: String,
    value: String,
}

struct File<'i> {
    dialect: Dialect,
    pieces: Pieces<'i>,
    /// The names of the declared attributes by id. In GEXF, nodes and edges may use the same ids, so the class comes before the id.
    declared: IndexMap<String, String>,
    defaults: Vec<DefaultValue>,
    class: String,
    directed: bool,
    incoming: Incoming,
}

/// The attributes of an element that say when it holds.
const SPELL: [&str; 5] = ["start", "end", "startopen", "endopen", "timestamp"];

/// The content of a node or edge.
#[derive(Default)]
struct Content {
    values: Given,
    spells: Vec<Spell>,
    /// The label in the drawing of the node or edge, as yEd writes it.
    drawn: Option<String>,
}

/// The first and the last day of a spell.
type Spell = (Option<Date>, Option<Date>);

/// Reads a file as a stream.
pub(super) fn read(
    dialect: Dialect,
    options: &Options,
    input: &mut dyn BufRead,
) -> Result<ReadReport, ReadError> {
    let mut file = File {
        dialect,
        pieces: Pieces::new(input, options.limits)?,
        declared: IndexMap::new(),
        defaults: Vec::new(),
        class: String::new(),
        directed: dialect == GraphMl,
        incoming: Incoming::new(options),
    };
    let expected = if dialect == GraphMl { "graphml" } else { "gexf" };
    let mut root = false;
    loop {
        match file.pieces.next()? {
            Piece::Start(element) if root => file.element(element)?,
            Piece::Start(element) if element.name == expected => {
                file.others(&element, &["version", "variant"]);
                root = true;
            }
            Piece::Start(element) => {
                let found = excerpt(&element.name);
                let problem = format!("expected the element {expected}, found \"{found}\"");
                return Err(element.fault(ReadErrorKind::Syntax(problem)));
            }
            Piece::Text(_) | Piece::End => {}
            Piece::Eof => return file.incoming.finish("a graph with nodes and edges"),
        }
    }
}

impl File<'_> {
    /// Reads an element that holds others, a declaration, a node or an edge. The content of a graph, and nodes of a
    /// graph in a node, are read in the order of the file.
    fn element(&mut self, element: Element) -> Result<(), ReadError> {
        match (self.dialect, element.name.as_str()) {
            (GraphMl, "key") => {
                let name = element.get("attr.name");
                let of = element.get("for").unwrap_or("all");
                self.others(&element, &["id", "for", "attr.", "yfiles."]);
                self.declare(&element, "", of, name)
            }
            (GraphMl, "graph") => {
                self.directed = element.get("edgedefault") != Some("undirected");
                self.others(&element, &["id", "edgedefault", "parse."]);
                Ok(())
            }
            (GraphMl, "data") => {
                let key = element.get("key").unwrap_or_default();
                self.others(&element, &["key", "id"]);
                let name = self.name_of(key, key);
                let text = self.pieces.text()?;
                if name == "vocabulary" {
                    return self.incoming.vocabulary(&text, element.place);
                }
                self.incoming.note("data of the graph", &name, element.place);
                Ok(())
            }
            (GraphMl, "desc") | (Gexf, "creator" | "keywords") => {
                let text = self.pieces.text()?;
                // This library signs its files.
                if !text.trim().is_empty() && text != "claimgraph" {
                    self.note_element(&element);
                }
                Ok(())
            }
            (Gexf, "meta") => {
                if let Some(day) = element.get("lastmodifieddate") {
                    self.incoming.dated(day, element.place);
                }
                self.others(&element, &["lastmodifieddate"]);
                Ok(())
            }
            (Gexf, "graph") => {
                self.directed = element.get("defaultedgetype") == Some("directed");
                let how = ["defaultedgetype", "mode", "timeformat", "timerepresentation", "idtype"];
                self.others(&element, &how);
                Ok(())
            }
            (Gexf, "attributes") => {
                self.others(&element, &["class", "mode"]);
                self.class = element.get("class").unwrap_or("node").to_owned();
                Ok(())
            }
            (Gexf, "attribute") => {
                let class = self.class.clone();
                self.others(&element, &["id", "title", "type"]);
                self.declare(&element, &format!("{class} "), &class, element.get("title"))
            }
            (Gexf, "description") => {
                let text = self.pieces.text()?;
                if text.starts_with("{\"kinds\":") {
                    return self.incoming.vocabulary(&text, element.place);
                }
                if !text.trim().is_empty() {
                    self.note_element(&element);
                }
                Ok(())
            }
            (Gexf, "nodes" | "edges") => {
                self.others(&element, &["count"]);
                Ok(())
            }
            (_, "node") => self.node(&element),
            (_, "edge") => self.edge(&element),
            _ => self.pass_over(&element),
        }
    }

    fn note(&mut self, what: &str, element: &Element) {
        self.incoming.note(what, "", element.place);
    }

    fn note_element(&mut self, element: &Element) {
        self.note(&format!("element \"{}\"", excerpt(&element.name)), element);
    }

    fn pass_over(&mut self, element: &Element) -> Result<(), ReadError> {
        self.note_element(element);
        self.pieces.text().map(drop)
    }

    /// Counts the XML attributes of an element that are not read. A name that ends with a dot stands for all that begin
    /// with it.
    fn others(&mut self, element: &Element, read: &[&str]) {
        let is_read = |name: &str| {
            let known =
                |read: &&str| *read == name || (read.ends_with('.') && name.starts_with(*read));
            name.starts_with("xmlns") || name.starts_with("xsi:") || read.iter().any(known)
        };
        for name in element.names().filter(|name| !is_read(name)) {
            let what = format!("attribute of the element \"{}\"", excerpt(&element.name));
            self.incoming.note(&what, name, element.place);
        }
    }

    /// Returns an attribute that an element needs. If it has none, the element is left out and counted.
    fn need(&mut self, element: &Element, name: &str) -> Option<String> {
        let value = element.get(name).map(str::to_owned);
        if value.is_none() {
            let what = format!("element \"{}\" without \"{name}\"", excerpt(&element.name));
            self.note(&what, element);
        }
        value
    }

    /// Stores a declared attribute under its id with a prefix.
    fn declare(
        &mut self,
        element: &Element,
        before: &str,
        of: &str,
        name: Option<&str>,
    ) -> Result<(), ReadError> {
        let Some(id) = self.need(element, "id") else { return self.pieces.text().map(drop) };
        let (name, of) = (name.unwrap_or(&id).to_owned(), of.to_owned());
        let mut default = None;
        loop {
            match self.pieces.next()? {
                Piece::Start(inner) if inner.name == "default" => {
                    self.others(&inner, &[]);
                    let value = self.pieces.value()?;
                    if value.is_mixed() {
                        self.note("element beside a text", &inner);
                    }
                    default = Some(value.text);
                }
                Piece::Start(inner) => self.pass_over(&inner)?,
                Piece::Text(_) => {}
                Piece::End | Piece::Eof => break,
            }
        }
        self.defaults.extend(default.map(|value| DefaultValue { name: name.clone(), of, value }));
        let what = "attributes with a default value";
        within(self.defaults.len() as u64, DEFAULTS, what, element.place)?;
        self.declared.insert(format!("{before}{id}"), name);
        Ok(())
    }

    /// Reads the content of a node or edge, up to its end.
    fn content(&mut self, class: &str) -> Result<Content, ReadError> {
        let mut content = Content::default();
        let mut depth = 0u32;
        loop {
            match self.pieces.next()? {
                Piece::Start(inner) => match (self.dialect, inner.name.as_str()) {
                    (GraphMl, "data") => {
                        let key = self.need(&inner, "key");
                        self.others(&inner, &["key", "id"]);
                        let value = self.pieces.value()?;
                        if value.is_mixed() {
                            self.note("element beside a text", &inner);
                        }
                        let text = value.text;
                        content.drawn = content.drawn.or(value.label);
                        let Some(key) = key else { continue };
                        let name = self.name_of(&key, &key);
                        // The first of several values is kept.
                        match content.values.entry(name) {
                            Entry::Vacant(free) => drop(free.insert(text)),
                            Entry::Occupied(known) => {
                                let name = known.key().clone();
                                self.incoming.note(
                                    "second value of an attribute",
                                    &name,
                                    inner.place,
                                );
                            }
                        }
                    }
                    (Gexf, "attvalues" | "spells" | "slices") => {
                        self.others(&inner, &[]);
                        depth += 1;
                    }
                    (Gexf, "attvalue") => {
                        // Version 1.1 wrote `id` for `for`.
                        self.pieces.text()?;
                        self.others(&inner, &["for", "id", "value"]);
                        let id = inner.get("for").or_else(|| inner.get("id")).map(str::to_owned);
                        let id = id.or_else(|| self.need(&inner, "for"));
                        let (Some(id), Some(value)) = (id, self.need(&inner, "value")) else {
                            continue;
                        };
                        let name = self.name_of(&format!("{class} {id}"), &id);
                        // An attribute that changes with time has several values; the last is kept.
                        if content.values.insert(name.clone(), value).is_some() {
                            self.incoming.note("attribute that changes", &name, inner.place);
                        }
                    }
                    (Gexf, "spell" | "slice") => {
                        self.others(&inner, &SPELL);
                        content.spells.extend(self.spell(&inner));
                        self.pieces.text()?;
                    }
                    // Nodes and edges within a node are read like the others.
                    (GraphMl, "graph") => {
                        self.note("graph within a node", &inner);
                        self.nested()?;
                    }
                    (Gexf, "nodes" | "edges") => {
                        self.note("nodes within a node", &inner);
                        self.nested()?;
                    }
                    _ => self.pass_over(&inner)?,
                },
                Piece::Text(_) => {}
                Piece::End if depth > 0 => depth -= 1,
                Piece::End | Piece::Eof => break,
            }
        }
        let of_class = |default: &&DefaultValue| default.of == class || default.of == "all";
        for DefaultValue { name, value, .. } in self.defaults.iter().filter(of_class) {
            if !content.values.contains_key(name) {
                content.values.insert(name.clone(), value.clone());
            }
        }
        Ok(content)
    }

    /// Returns the name that was declared under the key, or the id itself.
    fn name_of(&self, key: &str, id: &str) -> String {
        self.declared.get(key).map_or(id, String::as_str).to_owned()
    }

    /// Reads the content of a graph within a node, up to its end. The depth is limited.
    fn nested(&mut self) -> Result<(), ReadError> {
        loop {
            match self.pieces.next()? {
                Piece::Start(element) => self.element(element)?,
                Piece::Text(_) => {}
                Piece::End | Piece::Eof => return Ok(()),
            }
        }
    }

    /// Returns the days of a spell, if it is given in days and is not empty.
    fn spell(&mut self, element: &Element) -> Option<Spell> {
        let mut day = |name: &str| {
            let text = element.get(name)?;
            let day = text.get(..10).and_then(parse_day);
            let only = day.filter(|_| text.len() == 10 || text.as_bytes().get(10) == Some(&b'T'));
            if only.is_none() && !matches!(text, "-Infinity" | "Infinity") {
                self.note("time that is not a day", element);
            }
            only
        };
        let at = day("timestamp");
        // An open start is the day before the first one, an open end the day after the last one.
        let after = day("startopen").and_then(|day| day.tomorrow().ok());
        let before = day("endopen").and_then(|day| day.yesterday().ok());
        let (first, last) = (day("start").or(at), day("end").or(at));
        if (first.is_some() && after.is_some()) || (last.is_some() && before.is_some()) {
            self.note("second start or end of a time", element);
        }
        let (start, end) = (first.or(after), last.or(before));
        // A start stays when the end cannot be used.
        let is_inverted = start.zip(end).is_some_and(|(start, end)| end < start);
        if is_inverted {
            self.note("end before its start", element);
        }
        let end = end.filter(|_| !is_inverted);
        (start.is_some() || end.is_some()).then_some((start, end))
    }

    fn node(&mut self, element: &Element) -> Result<(), ReadError> {
        let id = self.need(element, "id");
        let Content { mut values, spells, drawn } = self.content("node")?;
        let Some(id) = id else { return Ok(()) };
        let label = match self.dialect {
            GraphMl => {
                self.others(element, &["id"]);
                let named = values.shift_remove("label").or_else(|| values.shift_remove("name"));
                named.or(drawn)
            }
            Gexf => {
                self.others(element, &[&["id", "label", "pid"], &SPELL[..]].concat());
                if element.get("pid").is_some() {
                    self.incoming.note("parent of a node", &id, element.place);
                }
                if !spells.is_empty() || self.spell(element).is_some() {
                    self.incoming.note("time of a node", &id, element.place);
                }
                element.get("label").map(str::to_owned)
            }
        };
        self.incoming.node(id, label, values, element.place)
    }

    fn edge(&mut self, element: &Element) -> Result<(), ReadError> {
        let ends = (self.need(element, "source"), self.need(element, "target"));
        let Content { mut values, mut spells, drawn } = self.content("edge")?;
        let (Some(source), Some(target)) = ends else { return Ok(()) };
        let mut read = vec!["id", "source", "target"];
        let (label, directed) = match self.dialect {
            GraphMl => {
                read.push("directed");
                let directed = element.get("directed").map(|directed| directed != "false");
                (values.get("label").cloned().or(drawn), directed)
            }
            Gexf => {
                read.extend(["label", "kind", "type", "weight"]);
                read.extend(SPELL);
                (
                    element.get("label").or_else(|| element.get("kind")).map(str::to_owned),
                    element.get("type").map(|kind| kind == "directed"),
                )
            }
        };
        self.others(element, &read);
        let directed = directed.unwrap_or(self.directed);
        let own = values.contains_key("stance");
        let mut valid = None;
        if self.dialect == Gexf {
            spells.extend(self.spell(element));
            if !own {
                let weight = element.get("weight").filter(|weight| weight.parse() != Ok(1.0));
                values.extend(weight.map(|weight| ("weight".to_owned(), weight.to_owned())));
                let kind = element.get("kind").filter(|kind| Some(*kind) != label.as_deref());
                if kind.is_some_and(|kind| values.get("relation").is_none_or(|key| key != kind)) {
                    self.note("kind of an edge with a label", element);
                }
                valid = span(&spells);
                if spells.len() > 1 {
                    self.note("spell", element);
                }
            }
        }
        let (id, place) = (element.get("id").map(str::to_owned), element.place);
        let edge = EdgeGiven { id, source, target, label, directed, valid, values, place };
        self.incoming.edge(edge)
    }
}

/// Returns the period from the first to the last day of all spells.
fn span(spells: &[Spell]) -> Option<Period> {
    let start = spells.iter().map(|spell| spell.0).min().flatten();
    let end = spells.iter().try_fold(None, |most, spell| spell.1.map(|day| most.max(Some(day))));
    let end = end.flatten();
    let days = [start, start, end, end];
    (start.is_some() || end.is_some()).then(|| Period::from_days(days, Aspect::State))
}
