//! Reads the elements of GraphML and GEXF in one loop: the text of a file goes in, its declarations, nodes and
//! edges come out.

use crate::graphs::edge_import::{EdgeGiven, Given, Incoming};
use crate::graphs::xml_reader::{Element, Piece, Pieces};
use crate::reader_options::Options;
use claimgraph::format::{ReadError, ReadErrorKind, ReadReport, excerpt, parse_day};
use claimgraph::time::Aspect;
use claimgraph::{Date, Period};
use indexmap::IndexMap;
use std::io::BufRead;

/// The format, which decides the names of the elements.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Dialect {
    GraphMl,
    Gexf,
}

use Dialect::{Gexf, GraphMl};

/// An attribute that the file declares: its name, its class, and its default value.
struct Declared {
    name: String,
    of: String,
    default: Option<String>,
}

struct File<'i> {
    dialect: Dialect,
    pieces: Pieces<'i>,
    /// The declared attributes by id. In GEXF, nodes and edges may use the same ids, so the class comes before the id.
    declared: IndexMap<String, Declared>,
    class: String,
    directed: bool,
    incoming: Incoming,
}

/// The content of a node or edge.
#[derive(Default)]
struct Content {
    values: Given,
    spells: Vec<Spell>,
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
        class: String::new(),
        directed: dialect == GraphMl,
        incoming: Incoming::new(options),
    };
    let expected = if dialect == GraphMl { "graphml" } else { "gexf" };
    let mut root = false;
    loop {
        match file.pieces.next()? {
            Piece::Start(element) if root => file.element(element)?,
            Piece::Start(element) if element.name == expected => root = true,
            Piece::Start(element) => {
                let found = excerpt(&element.name);
                let problem = format!("expected the element {expected}, found \"{found}\"");
                return Err(element.fault(ReadErrorKind::Syntax(problem)));
            }
            Piece::Text(_) | Piece::End => {}
            Piece::Eof => return file.incoming.finish(),
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
                self.declare(&element, String::new(), of, name)
            }
            (GraphMl, "graph") => {
                self.directed = element.get("edgedefault") != Some("undirected");
                Ok(())
            }
            (GraphMl, "data") => {
                let name = self.declared.get(element.need("key")?).map(|key| key.name.clone());
                let text = self.pieces.text()?;
                match name.as_deref() {
                    Some("vocabulary") => self.incoming.vocabulary(&text, element.place),
                    name => {
                        self.incoming.losses.note("data of the graph", name.unwrap_or("?"));
                        Ok(())
                    }
                }
            }
            (GraphMl, "desc") | (Gexf, "creator" | "keywords") => self.pieces.text().map(drop),
            (Gexf, "meta") => {
                if let Some(day) = element.get("lastmodifieddate") {
                    self.incoming.dated(day);
                }
                Ok(())
            }
            (Gexf, "graph") => {
                self.directed = element.get("defaultedgetype") == Some("directed");
                Ok(())
            }
            (Gexf, "attributes") => {
                self.class = element.get("class").unwrap_or("node").to_owned();
                Ok(())
            }
            (Gexf, "attribute") => {
                let class = self.class.clone();
                self.declare(&element, format!("{class} "), &class, element.get("title"))
            }
            (Gexf, "description") => {
                let text = self.pieces.text()?;
                match text.starts_with("{\"kinds\":") {
                    true => self.incoming.vocabulary(&text, element.place),
                    false => Ok(()),
                }
            }
            (Gexf, "nodes" | "edges") => Ok(()),
            (_, "node") => self.node(&element),
            (_, "edge") => self.edge(&element),
            _ => self.pass_over(&element),
        }
    }

    fn note(&mut self, what: &str, element: &Element) {
        self.incoming.losses.note(what, &format!("line {}", element.place.0));
    }

    fn pass_over(&mut self, element: &Element) -> Result<(), ReadError> {
        self.note(&format!("element \"{}\"", excerpt(&element.name)), element);
        self.pieces.text().map(drop)
    }

    /// Stores a declared attribute under its id with a prefix.
    fn declare(
        &mut self,
        element: &Element,
        before: String,
        of: &str,
        name: Option<&str>,
    ) -> Result<(), ReadError> {
        let id = element.need("id")?;
        let (name, of) = (name.unwrap_or(id).to_owned(), of.to_owned());
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
        self.declared.insert(before + id, Declared { name, of, default });
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
                        let key = inner.need("key")?;
                        let name = self.name_of(key, key);
                        if content.values.insert(name, self.pieces.text()?).is_some() {
                            let problem = "the attribute has two values; expected one".to_owned();
                            return Err(inner.fault(ReadErrorKind::Syntax(problem)));
                        }
                    }
                    (Gexf, "attvalues" | "spells" | "slices") => depth += 1,
                    (Gexf, "attvalue") => {
                        // Version 1.1 wrote `id` for `for`.
                        let given = inner.get("for").or_else(|| inner.get("id"));
                        let id = given.map_or_else(|| inner.need("for"), Ok)?;
                        let name = self.name_of(&format!("{class} {id}"), id);
                        let value = inner.need("value")?.to_owned();
                        // An attribute that changes with time has several values; the last is kept.
                        if content.values.insert(name.clone(), value).is_some() {
                            self.incoming.losses.note("attribute that changes", &name);
                        }
                        self.pieces.text()?;
                    }
                    (Gexf, "spell" | "slice") => {
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
        let of_class = |declared: &&Declared| declared.of == class || declared.of == "all";
        for Declared { name, default, .. } in self.declared.values().filter(of_class) {
            if let Some(default) = default.as_ref().filter(|_| !content.values.contains_key(name)) {
                content.values.insert(name.clone(), default.clone());
            }
        }
        Ok(content)
    }

    /// Returns the name that was declared under the key, or the id itself.
    fn name_of(&self, key: &str, id: &str) -> String {
        self.declared.get(key).map_or(id, |declared| declared.name.as_str()).to_owned()
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
        let open = day("startopen").or_else(|| day("endopen"));
        let (start, end) = (day("start").or(at), day("end").or(at));
        let start = if start.is_some() || end.is_some() {
            start.or(open.filter(|_| end.is_none()))
        } else {
            return None;
        };
        Some((start, end))
    }

    fn node(&mut self, element: &Element) -> Result<(), ReadError> {
        let id = element.need("id")?.to_owned();
        if self.dialect == Gexf && element.get("pid").is_some() {
            self.incoming.losses.note("parent of a node", &id);
        }
        let Content { mut values, spells } = self.content("node")?;
        let label = match self.dialect {
            GraphMl => values.shift_remove("label").or_else(|| values.shift_remove("name")),
            Gexf => {
                if !spells.is_empty() || self.spell(element).is_some() {
                    self.incoming.losses.note("time of a node", &id);
                }
                element.get("label").map(str::to_owned)
            }
        };
        self.incoming.node(id, label, values, element.place)
    }

    fn edge(&mut self, element: &Element) -> Result<(), ReadError> {
        let (source, target) =
            (element.need("source")?.to_owned(), element.need("target")?.to_owned());
        let Content { mut values, mut spells } = self.content("edge")?;
        let (label, directed) = match self.dialect {
            GraphMl => (
                values.get("label").cloned(),
                element.get("directed").map(|directed| directed != "false"),
            ),
            Gexf => (
                element.get("label").or_else(|| element.get("kind")).map(str::to_owned),
                element.get("type").map(|kind| kind == "directed"),
            ),
        };
        let directed = directed.unwrap_or(self.directed);
        let own = values.contains_key("stance");
        let mut valid = None;
        if self.dialect == Gexf {
            spells.extend(self.spell(element));
            if !own {
                let weight = element.get("weight").filter(|weight| weight.parse() != Ok(1.0));
                values.extend(weight.map(|weight| ("weight".to_owned(), weight.to_owned())));
                valid = span(&spells);
                if spells.len() > 1 {
                    self.note("spell", element);
                }
            }
        }
        let place = element.place;
        self.incoming.edge(EdgeGiven { source, target, label, directed, valid, values, place })
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
