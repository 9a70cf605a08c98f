//! GraphML, for networkx, igraph, Gephi and yEd: the writer makes a file of a graph or view, and the reader makes a
//! graph of a file.
//!
//! ```text
//! <graphml><key id="e_relation" for="edge" attr.name="relation" attr.type="string"/>...
//!  <graph edgedefault="directed">
//!   <data key="g_vocabulary">{"kinds":[..],..}</data>
//!   <node id="russia"><data key="n_label">Russia</data>...</node>
//!   <edge id="5f0c..." source="nk" target="russia"><data key="e_relation">deploys-to</data>...</edge>
//! ```
//!
//! [The guide](crate::guide::graphs) lists the attributes. An id is the key of the entity. Characters that GraphML's schema
//! does not allow in an id (white space, brackets) are written as `_x0020_`; the attribute `key` has the plain key.

use crate::field_table::each;
use crate::graphs::edge_list::{Drawing, EDGE, NODE, Values};
use crate::graphs::element_reader::{Dialect, read};
use crate::graphs::xml_writer::{self, Xml, empty, text, type_of, within};
use claimgraph::View;
use claimgraph::format::{Losses, WriteError};
use std::io::{self, Write};

crate::reader_options::reader! {
    /// Reads GraphML, from this library or other programs, as a stream: the file is never in memory as a whole.
    ///
    /// A graph of another program has neither speakers nor report days: its edges are assertions of a document, whose
    /// key and day are set here. If no day is set, and the file has none, such an edge is refused.
    ///
    /// ```
    /// use claimgraph::date;
    /// use claimgraph_formats::graphml;
    /// let file = r#"<graphml><graph edgedefault="directed">
    ///   <node id="a"/><node id="b"/><edge source="a" target="b"/>
    /// </graph></graphml>"#;
    /// let read = graphml::Reader::new().document("club-study").reported(date(1977, 1, 1)).read(file.as_bytes())?;
    /// let edge = read.graph.claims().next().unwrap();
    /// assert_eq!(edge.to_string(), "club-study asserted that a linked to b");
    /// # Ok::<(), claimgraph::format::ReadError>(())
    /// ```
    by |input, options| read(Dialect::GraphMl, options, input)
}

/// Writes the claims of a graph or view that have an entity at each end as the edges of a GraphML graph, and
/// returns what it could not carry. The nodes are the entities that the edges name, or all entities of a whole
/// graph.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// use claimgraph_formats::graphml;
/// let mut graph = ClaimGraph::new();
/// let (nk, russia) = (graph.add(State, "north-korea")?, graph.add(State, "russia")?);
/// graph.insert(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 24)))?;
/// let mut file = Vec::new();
/// assert!(graphml::write(&graph, &mut file)?.is_empty());
/// assert_eq!(graphml::Reader::new().read(&*file)?.graph.to_jsonl(), graph.to_jsonl());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The output fails, or a text holds a character that XML cannot hold. In the latter case nothing is written.
pub fn write<'g>(view: impl Into<View<'g>>, mut output: impl Write) -> Result<Losses, WriteError> {
    const SPACE: &str = "http://graphml.graphdrawing.org/xmlns";
    let schema = format!("{SPACE} {SPACE}/1.0/graphml.xsd");
    let attributes = [
        ("xmlns", SPACE),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xsi:schemaLocation", schema.as_str()),
    ];
    xml_writer::write(("GraphML", "graphml"), &attributes, view.into(), &mut output, content)
}

/// Returns the key as an id. Characters that XML does not allow in a name token are written by their number, and
/// so is `_x`, so that no plain key looks like an escape.
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

fn values(writer: &mut Xml<'_>, prefix: &str, label: &str, values: &Values) -> io::Result<()> {
    let mut data = |name: &str, of: &str| {
        let key = format!("{prefix}_{name}");
        text(writer, "data", &[("key", &key)], of)
    };
    data("label", label)?;
    values.iter().try_for_each(|(field, value)| data(field.name, value))
}

fn keys(writer: &mut Xml<'_>) -> io::Result<()> {
    let mut key = |prefix: &str, of: &str, name: &str, kind: &str| {
        let id = format!("{prefix}_{name}");
        let attributes = [("id", &*id), ("for", of), ("attr.name", name), ("attr.type", kind)];
        empty(writer, "key", &attributes)
    };
    key("g", "graph", "vocabulary", "string")?;
    for (prefix, of, fields) in [("n", "node", NODE), ("e", "edge", EDGE)] {
        key(prefix, of, "label", "string")?;
        each(fields).try_for_each(|field| key(prefix, of, field.name, type_of(field)))?;
    }
    Ok(())
}

fn content(drawing: &Drawing<'_>, writer: &mut Xml<'_>) -> io::Result<()> {
    keys(writer)?;
    within(writer, "graph", &[("edgedefault", "directed")], |writer| {
        text(writer, "data", &[("key", "g_vocabulary")], &drawing.vocabulary())?;
        for &entity in &drawing.nodes {
            let node = drawing.node(entity);
            let inner = |writer: &mut Xml<'_>| values(writer, "n", &node.label, &node.values);
            within(writer, "node", &[("id", &token(&node.key))], inner)?;
        }
        for claim in drawing.claims() {
            let edge = drawing.edge(claim);
            let (source, target) = (token(&edge.source), token(&edge.target));
            let ends = [("id", &*edge.id), ("source", &*source), ("target", &*target)];
            let inner = |writer: &mut Xml<'_>| values(writer, "e", &edge.label, &edge.values);
            within(writer, "edge", &ends, inner)?;
        }
        Ok(())
    })
}
