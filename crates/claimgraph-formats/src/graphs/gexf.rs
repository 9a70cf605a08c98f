//! GEXF, for Gephi, networkx and graphology: the writer makes GEXF 1.3 of a graph or view, and the reader makes a
//! graph of any version.
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
//! A spell is the time in which a claim may hold: from the earliest day of its start to the latest day of its end.
//! If a day is not known or is before the year 1, the spell is open there. The attributes have all four days.

use crate::field_table::{Fields, each};
use crate::graphs::edge_list::{Drawing, EDGE, NODE, Values};
use crate::graphs::element_reader::{Dialect, read};
use crate::graphs::xml_writer::{self, Xml, empty, text, type_of, within};
use claimgraph::format::{Losses, WriteError};
use claimgraph::{Date, Period, View};
use std::io::{self, Write};

crate::reader_options::reader! {
    /// Reads GEXF of any version, from this library or other programs, as a stream: the file is never in memory as a
    /// whole. A spell becomes the period of a claim. If an edge of another program has several spells, the period is
    /// from the first to the last.
    ///
    /// A graph of another program has neither speakers nor report days: its edges are assertions of a document, whose
    /// key and day are set here. If no day is set, and the file has none, such an edge is refused.
    by |input, options| read(Dialect::Gexf, options, input)
}

/// Writes the claims of a graph or view that have an entity at each end as the edges of a dynamic GEXF graph, and
/// returns what it could not carry. The nodes are the entities that the edges name, or all entities of a whole
/// graph.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// use claimgraph_formats::gexf;
/// let mut graph = ClaimGraph::new();
/// let (nk, russia) = (graph.add(State, "north-korea")?, graph.add(State, "russia")?);
/// graph.insert(Claim::by(russia).asserts(nk, MEETS, russia).valid("2024-06").reported(date(2024, 10, 24)))?;
/// let mut file = Vec::new();
/// assert!(gexf::write(&graph, &mut file)?.is_empty());
/// assert!(String::from_utf8_lossy(&file).contains(r#"<spell start="2024-06-01" end="2024-06-30"/>"#));
/// assert_eq!(gexf::Reader::new().read(&*file)?.graph.to_jsonl(), graph.to_jsonl());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The output fails, or a text holds a character that XML cannot hold. In the latter case nothing is written.
pub fn write<'g>(view: impl Into<View<'g>>, mut output: impl Write) -> Result<Losses, WriteError> {
    let attributes = [("xmlns", "http://gexf.net/1.3"), ("version", "1.3")];
    xml_writer::write(("GEXF", "gexf"), &attributes, view.into(), &mut output, content)
}

fn values(writer: &mut Xml<'_>, values: &Values) -> io::Result<()> {
    within(writer, "attvalues", &[], |writer| {
        values.iter().try_for_each(|(field, text)| {
            empty(writer, "attvalue", &[("for", field.name), ("value", text)])
        })
    })
}

fn spells(writer: &mut Xml<'_>, period: &Period) -> io::Result<()> {
    let day = |name, day: Option<Date>| Some((name, day.filter(|day| day.year() > 0)?.to_string()));
    let ends = [day("start", period.start_earliest()), day("end", period.end_latest())];
    let ends: Vec<(&str, &str)> =
        ends.iter().flatten().map(|(name, day)| (*name, day.as_str())).collect();
    if ends.is_empty() {
        return Ok(());
    }
    within(writer, "spells", &[], |writer| empty(writer, "spell", &ends))
}

fn attributes(writer: &mut Xml<'_>, class: &str, fields: Fields) -> io::Result<()> {
    within(writer, "attributes", &[("class", class), ("mode", "static")], |writer| {
        each(fields).try_for_each(|field| {
            let of = [("id", field.name), ("title", field.name), ("type", type_of(field))];
            empty(writer, "attribute", &of)
        })
    })
}

fn content(drawing: &Drawing<'_>, writer: &mut Xml<'_>) -> io::Result<()> {
    within(writer, "meta", &[], |writer| {
        text(writer, "creator", &[], "claimgraph")?;
        text(writer, "description", &[], &drawing.vocabulary())
    })?;
    let how = [("defaultedgetype", "directed"), ("mode", "dynamic"), ("timeformat", "date")];
    within(writer, "graph", &how, |writer| {
        attributes(writer, "node", NODE)?;
        attributes(writer, "edge", EDGE)?;
        within(writer, "nodes", &[], |writer| {
            drawing.nodes.iter().try_for_each(|&entity| {
                let node = drawing.node(entity);
                let own = [("id", &*node.key), ("label", &*node.label)];
                within(writer, "node", &own, |writer| values(writer, &node.values))
            })
        })?;
        within(writer, "edges", &[], |writer| {
            drawing.claims().try_for_each(|claim| {
                let edge = drawing.edge(claim);
                let own = [
                    ("id", &*edge.id),
                    ("source", &*edge.source),
                    ("target", &*edge.target),
                    ("label", &*edge.label),
                    ("kind", edge.relation),
                ];
                within(writer, "edge", &own, |writer| {
                    values(writer, &edge.values)?;
                    edge.valid.as_ref().map_or(Ok(()), |period| spells(writer, period))
                })
            })
        })
    })
}
