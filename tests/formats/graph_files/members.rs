//! No attribute or element is dropped without a word: if one is removed or added anywhere in a file of another program,
//! either the graph or the losses change.

use super::*;

const GRAPHML: &str = r#"<graphml><key id="l" for="node" attr.name="label"/><key id="w" for="edge" attr.name="weight"><default>2</default></key>
<graph edgedefault="undirected"><data key="l">all</data>
<node id="a"><data key="l">Ann</data></node><node id="b"><desc>a node</desc><port name="p"/></node>
<edge id="e" source="a" target="b" directed="true"><data key="w">3</data></edge>
<edge source="b" target="a" sourceport="p"><data key="label">knows</data></edge>
</graph></graphml>"#;

const GEXF: &str = r#"<gexf><meta lastmodifieddate="2011-09-05"><creator>C</creator><keywords>k</keywords><description>d</description></meta>
<graph defaultedgetype="directed" start="2001-01-01"><attributes class="node"><attribute id="0" title="url"><default>none</default></attribute></attributes>
<nodes><node id="a" label="Ann" start="2001-01-01"><attvalues><attvalue for="0" value="x"/></attvalues><viz:size value="2"/></node><node id="b" pid="a"/></nodes>
<edges><edge id="0" source="a" target="b" label="funds" weight="2.5" kind="k"><spells><spell start="2009-03-01" endopen="2010-01-31"/></spells></edge>
<edge source="b" target="a" type="undirected" timestamp="2011-01-01"/></edges></graph></gexf>"#;

/// The attributes whose absence changes nothing: the id of an edge, to which nothing refers, and what a loss that names
/// its element counts with it.
const SILENT: [&str; 6] = [
    " id=\"e\"",
    " id=\"0\" source",
    " name=\"p\"",
    " value=\"2\"",
    " for=\"node\"",
    " class=\"node\"",
];

/// The elements that are counted as a whole, with all that is in them.
const WHOLE: [&str; 7] = [
    "<desc>",
    "<port",
    "<viz:size",
    "<creator>",
    "<keywords>",
    "<description>",
    "<data key=\"l\">all",
];

/// A value whose attribute is counted anyway, because it has a default.
const COUNTED: &str = "<attvalue for=\"0\"";

type Made = (String, String);

fn made(is_gexf: bool, text: &str) -> Made {
    let day = date(2024, 6, 1);
    let read = match is_gexf {
        true => gexf::Reader::new().read(text.as_bytes()),
        false => graphml::Reader::new().reported(day).read(text.as_bytes()),
    };
    match read {
        // Only the lines may stay the same, because all changes are within a line.
        Ok(report) => (report.graph.to_jsonl(), format!("{:?}", report.losses)),
        Err(error) => (error.to_string(), String::new()),
    }
}

/// Returns the places of the attributes of a file: from the blank before each to its last quote.
fn attributes(text: &str) -> Vec<std::ops::Range<usize>> {
    let start_of = |at: usize| text[..at].rfind(' ').unwrap();
    let end_of = |at: usize| at + 2 + text[at + 2..].find('"').unwrap() + 1;
    text.match_indices("=\"").map(|(at, _)| start_of(at)..end_of(at)).collect()
}

#[test]
fn an_attribute_or_element_that_is_removed_changes_the_graph_or_the_losses() {
    for (is_gexf, text) in [(false, GRAPHML), (true, GEXF)] {
        let whole = made(is_gexf, text);
        assert!(whole.0.starts_with("{\"claimgraph\""), "{}", whole.0);
        let mut unnoticed = Vec::new();
        for place in attributes(text) {
            let changed = format!("{}{}", &text[..place.start], &text[place.end..]);
            let is_silent = SILENT.iter().any(|silent| text[place.start..].starts_with(silent));
            if !is_silent && made(is_gexf, &changed) == whole {
                unnoticed.push(&text[place]);
            }
        }
        for (end, _) in text.match_indices("/>") {
            let start = text[..end].rfind('<').unwrap();
            let changed = format!("{}{}", &text[..start], &text[end + 2..]);
            if !text[start..].starts_with(COUNTED) && made(is_gexf, &changed) == whole {
                unnoticed.push(&text[start..end]);
            }
        }
        assert_eq!(unnoticed, Vec::<&str>::new());
    }
}

#[test]
fn an_attribute_or_element_that_nobody_knows_is_counted_wherever_it_stands() {
    for (is_gexf, text) in [(false, GRAPHML), (true, GEXF)] {
        let whole = made(is_gexf, text);
        let mut unnoticed = Vec::new();
        let ends = text.match_indices("</").map(|(at, _)| (at, "<zzz/>"));
        let starts = text.match_indices('>').filter(|(at, _)| {
            let tag = &text[text[..*at].rfind('<').unwrap()..];
            !tag.starts_with("</")
        });
        let starts = starts.map(|(at, _)| match text[..at].ends_with('/') {
            true => (at - 1, " zzz=\"1\""),
            false => (at, " zzz=\"1\""),
        });
        for (at, more) in ends.chain(starts) {
            let changed = format!("{}{more}{}", &text[..at], &text[at..]);
            let within = &text[text[..at].rfind('<').unwrap()..];
            let is_whole = WHOLE.iter().any(|start| within.starts_with(start));
            if !is_whole && made(is_gexf, &changed) == whole {
                unnoticed.push(format!("{more} before {}", &text[at..(at + 20).min(text.len())]));
            }
        }
        assert_eq!(unnoticed, Vec::<String>::new());
    }
}
