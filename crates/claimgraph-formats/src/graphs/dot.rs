//! DOT, for a picture by graphviz: a graph or view goes in, the text of a DOT file comes out. DOT is not read back.
//!
//! Nodes are the entities that an edge joins, with their names. Edges are the same as in the other graph formats,
//! with the verb of the relation and the figure. The line of an edge is solid for a positive claim, solid and red
//! for a contested one, dashed for a planned, wanted or threatened one, and dotted for a possible one.

use crate::graphs::edge_list::{Drawing, Status};
use claimgraph::View;
use claimgraph::format::{Losses, WriteError, excerpt};
use indexmap::IndexSet;
use std::io::Write;

/// Returns a text as a label: quotes, backslashes, ampersands and line breaks are escaped.
fn label(text: &str, whose: &str) -> Result<String, WriteError> {
    let mut label = String::with_capacity(text.len() + 2);
    label.push('"');
    for c in text.chars() {
        match c {
            '"' => label.push_str("\\\""),
            '\\' => label.push_str("\\\\"),
            '&' => label.push_str("&amp;"),
            '\n' => label.push_str("\\n"),
            // Tab and carriage return are written by number, because graphviz does not keep them.
            '\t' => label.push_str("&#9;"),
            '\r' => label.push_str("&#13;"),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                let what =
                    format!("U+{:04X}, in the label of \"{}\"", u32::from(c), excerpt(whose));
                return Err(WriteError::CannotHold { format: "DOT", what });
            }
            c => label.push(c),
        }
    }
    label.push('"');
    Ok(label)
}

fn style(status: Status) -> &'static str {
    match status {
        Status::Positive => "style=solid, color=black",
        Status::Disputed => "style=solid, color=red, fontcolor=red",
        Status::Planned => "style=dashed, color=gray30, fontcolor=gray30",
        Status::Possible => "style=dotted, color=gray50, fontcolor=gray50",
    }
}

/// Writes the claims of a graph or view that have an entity at each end as the edges of a DOT graph, and returns
/// what it could not carry.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// use claimgraph_formats::dot;
/// let mut graph = ClaimGraph::new();
/// let (nk, russia) = (graph.add(State, "north-korea")?, graph.add(State, "russia")?);
/// graph.insert(Claim::by(russia).demands(nk, WITHDRAWS_FROM, russia).reported(date(2024, 10, 24)))?;
/// let mut picture = Vec::new();
/// let losses = dot::write(&graph, &mut picture)?;
/// assert!(losses.of("denial").is_none());
/// let picture = String::from_utf8(picture)?;
/// assert!(picture.contains(r#"n0 -> n1 [label="withdraws from""#) && picture.contains("style=dashed"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The output fails, or a name holds a control character. In the latter case nothing is written.
pub fn write<'g>(view: impl Into<View<'g>>, mut output: impl Write) -> Result<Losses, WriteError> {
    let (text, losses) = picture(view.into())?;
    output.write_all(text.as_bytes())?;
    output.flush()?;
    Ok(losses)
}

fn picture(view: View<'_>) -> Result<(String, Losses), WriteError> {
    let mut drawing = Drawing::of(view);
    let mut joined: IndexSet<String> = IndexSet::new();
    let mut edges = String::new();
    for claim in drawing.claims().collect::<Vec<_>>() {
        let edge = drawing.edge(claim);
        let source = joined.insert_full(edge.source.clone()).0;
        let target = joined.insert_full(edge.target.clone()).0;
        let figure = claim.quantity().map(|quantity| format!("\n{quantity}")).unwrap_or_default();
        let text = label(&(edge.label.clone() + &figure), &edge.id)?;
        edges.push_str(&format!(
            "  n{source} -> n{target} [label={text}, id=\"{}\", class=\"{}\", {}];\n",
            edge.id,
            edge.status.word(),
            style(edge.status)
        ));
        let drawn = [
            "relation",
            "status",
            "quantity",
            "certainty",
            "modality",
            "prominence",
            "contested",
            "reported",
        ];
        if edge.values.iter().any(|(field, _)| !drawn.contains(&field.name)) || edge.valid.is_some()
        {
            drawing.losses.note("particulars of a claim", &edge.id);
        }
    }
    let mut nodes = String::new();
    for (number, key) in joined.iter().enumerate() {
        let Ok(entity) =
            drawing.graph().entity_keyed(key).and_then(|id| drawing.graph().entity(id))
        else {
            continue;
        };
        let node = drawing.node(entity);
        nodes.push_str(&format!(
            "  n{number} [label={}, tooltip={}];\n",
            label(&node.label, key)?,
            label(key, key)?
        ));
        if node.values.len() > 2 {
            drawing.losses.note("particulars of an entity", key);
        }
    }
    for entity in &drawing.nodes {
        if !joined.contains(entity.key()) {
            drawing.losses.note("entity without an edge", entity.key());
        }
    }
    let text =
        format!("digraph claims {{\n  charset=\"UTF-8\";\n  node [shape=box];\n{nodes}{edges}}}\n");
    Ok((text, drawing.losses))
}
