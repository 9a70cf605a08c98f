//! GraphML and GEXF of other programs: labels, directions, open times, and parts that cannot be used.

use super::*;

const DAY: claimgraph::Date = date(2024, 6, 1);

fn of_graphml(body: &str) -> Result<ReadReport, ReadError> {
    let text = format!("<graphml>\n{body}\n</graphml>");
    graphml::Reader::new().reported(DAY).read(text.as_bytes())
}

fn of_gexf(body: &str) -> Result<ReadReport, ReadError> {
    let text = format!("<gexf version=\"1.2\">\n{body}\n</gexf>");
    gexf::Reader::new().reported(DAY).read(text.as_bytes())
}

/// Returns the losses, one line for each kind: the kind, and its places.
fn lost(report: &ReadReport) -> Vec<String> {
    let line = |(kind, loss): (&str, &claimgraph::format::Loss)| {
        assert_eq!(loss.count() as usize, loss.first().len(), "{kind}: few enough to be shown");
        format!("{kind}: {}", loss.first().join(" | "))
    };
    report.losses.iter().map(line).collect()
}

fn told(report: &ReadReport) -> Vec<String> {
    let mut told: Vec<String> = report.graph.claims().map(|claim| claim.to_string()).collect();
    told.sort();
    told
}

#[test]
fn a_part_that_cannot_be_used_is_left_out_with_its_line_and_the_rest_is_read() {
    let report = of_graphml(
        r#"<key id="l" for="node" attr.name="label"/><key for="edge"/><key id="k" for="node" attr.name="kind"/>
<graph edgedefault="directed"><desc>about it</desc>
<node id="a"><data key="l">  </data></node>
<node id="b"><data key="l"> Bee
 Ltd </data><data key="l">second</data><data>third</data></node>
<node/><node id="&#9; "/>
<node id="c" size="3"><data key="k"/></node><node id="a"/>
<edge source="a" target="b"/>
<edge source="a" target="z"/>
<edge source="a"/><edge target="a" source="c"><data key="label">&#9;</data></edge>
<hyperedge/></graph>"#,
    )
    .unwrap();
    assert_eq!(
        lost(&report),
        [
            "element \"key\" without \"id\": line 2",
            "element \"desc\": line 3",
            "blank label: line 4, a",
            "second value of an attribute: line 6, label",
            "element \"data\" without \"key\": line 6",
            "element \"node\" without \"id\": line 7",
            "node with an id that cannot be a key: line 7, \\u{9} ",
            "attribute of the element \"node\": line 8, size",
            "kind that cannot be a key: line 8, c",
            "node that comes twice: line 8, a",
            "element \"edge\" without \"target\": line 11",
            "edge label that cannot be a key: line 11, c to a",
            "element \"hyperedge\": line 12",
            "edge to a node that is not in the file: line 10, a to z",
        ]
    );
    assert_eq!(
        told(&report),
        ["graph asserted that a linked to Bee Ltd", "graph asserted that c linked to a"]
    );
    let report = of_gexf(
        r#"<meta lastmodifieddate="yesterday"><creator>Somebody</creator><description>about it</description></meta>
<graph defaultedgetype="directed" start="2001"><nodes><node id="a" label=" "/><node id="b"><attvalues><attvalue value="1"/><attvalue for="x" value="1" start="2001"/></attvalues></node></nodes>
<edges><edge source="a" target="b" label="pays" kind="owes" thickness="2"><spells><spell start="1.5"/></spells></edge></edges></graph>"#,
    )
    .unwrap();
    assert_eq!(
        lost(&report),
        [
            "time that is not a day: line 2, lastmodifieddate | line 4",
            "element \"creator\": line 2",
            "element \"description\": line 2",
            "attribute of the element \"graph\": line 3, start",
            "blank label: line 3, a",
            "element \"attvalue\" without \"for\": line 3",
            "attribute of the element \"attvalue\": line 3, start",
            "node attribute \"x\": line 3, b",
            "attribute of the element \"edge\": line 4, thickness",
            "kind of an edge with a label: line 4",
        ]
    );
    assert_eq!(told(&report), ["graph asserted that a pays b"]);
}

#[test]
fn an_attribute_with_the_name_of_one_of_this_library_refuses_nothing() {
    let report = of_graphml(
        r#"<graph><node id="a"><data key="key">a</data><data key="names">[7]</data><data key="length">long</data></node>
<edge source="a" target="a"><data key="stance">left</data><data key="reported">May</data></edge>
<edge source="a" target="a"><data key="stance">denies</data><data key="reported">May</data></edge></graph>"#,
    )
    .unwrap();
    assert_eq!(
        told(&report),
        ["graph asserted that a linked to a", "graph denied that a linked to a"]
    );
    assert_eq!(
        lost(&report),
        [
            "attribute that cannot be used: line 2, a, length | line 2, a, names | line 4, a to a, reported",
            "edge attribute \"stance\": line 3, a to a",
            "edge attribute \"reported\": line 3, a to a",
        ]
    );
}

#[test]
fn an_edge_keeps_its_direction_whichever_edge_comes_first() {
    let plain = r#"<edge source="a" target="b"/>"#;
    let nodes = r#"<node id="a"/><node id="b"/><node id="c"/>"#;
    for (default, directed) in [("undirected", "true"), ("directed", "false")] {
        let other = format!(r#"<edge source="c" target="b" directed="{directed}"/>"#);
        let mut graphs = Vec::new();
        for edges in [[plain, &other], [&other, plain]] {
            let body =
                format!("<graph edgedefault=\"{default}\">{nodes}{}</graph>", edges.concat());
            let report = of_graphml(&body).unwrap();
            assert_eq!(lost(&report), Vec::<String>::new());
            for claim in report.graph.claims() {
                let is_plain = claim.subject_entity() == report.graph.entity_keyed("a").ok();
                let relation = claim.statement().unwrap().relation();
                assert_eq!(relation.symmetric, is_plain == (default == "undirected"), "{claim}");
                let key = if relation.symmetric { "linked-to (undirected)" } else { "linked-to" };
                assert_eq!(relation.key, key);
            }
            graphs.push(report.graph.to_jsonl());
        }
        assert_eq!(graphs[0], graphs[1]);
    }
    // Under a relation of the file's own vocabulary, what is lost is counted.
    let vocabulary = r#"{"kinds":[],"relations":[{"key":"meets","subject":"any","object":"any","symmetric":true}]}"#;
    let report = of_gexf(&format!(
        r#"<meta><description>{vocabulary}</description></meta><graph><nodes><node id="a"/></nodes><edges><edge source="a" target="a" type="directed" label="meets"/></edges></graph>"#
    ))
    .unwrap();
    assert_eq!(lost(&report), ["directed edge under an undirected relation: line 2, a to a"]);
}

#[test]
fn an_open_start_is_the_day_before_the_first_and_an_open_end_the_day_after_the_last() {
    let valid = |time: &str| {
        let body = format!(
            r#"<graph mode="dynamic" defaultedgetype="directed"><nodes><node id="a"/></nodes><edges><edge source="a" target="a" {time}/></edges></graph>"#
        );
        let report = of_gexf(&body).unwrap();
        let claim = report.graph.claims().next().unwrap();
        (claim.valid().map(|valid| [valid.start_earliest(), valid.end_latest()]), lost(&report))
    };
    let days = |start, end| (Some([start, end]), Vec::<String>::new());
    let day = |day| Some(date(2009, 3, day));
    assert_eq!(valid("startopen=\"2009-03-01\" endopen=\"2009-03-10\""), days(day(2), day(9)));
    assert_eq!(valid("start=\"2009-03-01T10:00:00\" endopen=\"2009-03-10\""), days(day(1), day(9)));
    assert_eq!(valid("startopen=\"2009-03-31\""), days(Some(date(2009, 4, 1)), None));
    assert_eq!(valid("timestamp=\"2009-03-05\""), days(day(5), day(5)));
    let both = valid("start=\"2009-03-01\" startopen=\"2009-03-02\"");
    assert_eq!(both.1, ["second start or end of a time: line 2"]);
    let inverted = valid("start=\"2009-03-05\" end=\"2009-03-01\"");
    assert_eq!(inverted.0, days(day(5), None).0);
    assert_eq!(inverted.1, ["end before its start: line 2"]);
}

#[test]
fn the_key_of_the_document_gives_way_to_a_node() {
    for order in [["node", "edge"], ["edge", "node"]] {
        let part = |name: &str| match name {
            "node" => r#"<node id="graph"/><node id="graph (document)"/>"#,
            _ => r#"<edge source="graph" target="graph"/>"#,
        };
        let report = of_graphml(&format!("<graph>{}</graph>", order.map(part).concat())).unwrap();
        let documents: Vec<&str> =
            report.graph.documents().map(|document| document.key()).collect();
        assert_eq!(documents, ["graph (document) (document)"]);
        assert_eq!(report.graph.len(), 1);
    }
}

#[test]
fn the_same_edge_twice_is_one_and_parallel_edges_are_several() {
    let report = of_graphml(
        r#"<graph><node id="a"/>
<edge id="1" source="a" target="a"/><edge id="1" source="a" target="a"/><edge id="2" source="a" target="a"/><edge source="a" target="a"/></graph>"#,
    )
    .unwrap();
    assert_eq!(report.graph.len(), 3);
    assert_eq!(lost(&report), ["edge that comes twice: line 3, a to a"]);
}

#[test]
fn a_label_in_the_drawing_of_a_node_is_its_name() {
    let report = of_graphml(
        r#"<key id="d6" for="node" yfiles.type="nodegraphics"/><graph><node id="n0"><data key="d6">
<y:ShapeNode><y:Geometry/><y:NodeLabel visible="true">Ann <y:LabelModel/>Lee</y:NodeLabel><y:NodeLabel>more</y:NodeLabel></y:ShapeNode></data></node></graph>"#,
    )
    .unwrap();
    assert_eq!(report.graph.name_of(report.graph.entity_keyed("n0").unwrap()), "Ann Lee");
    assert_eq!(lost(&report), ["node attribute \"d6\": line 2, n0"]);
}

#[test]
fn a_file_of_which_nothing_is_understood_is_an_error() {
    let error = of_graphml("<drawing/>").unwrap_err();
    assert_eq!(
        error.to_string(),
        "nothing is understood; expected a graph with nodes and edges; found 1 element \"drawing\" (line 2)"
    );
    assert!(of_gexf("").unwrap().graph.is_empty());
}

#[test]
fn an_edge_finds_a_node_whose_id_has_a_space_at_its_end() {
    for end in ["a", "a ", " a"] {
        let body = format!(
            "<graph edgedefault=\"directed\"><node id=\"a \"/><edge source=\"{end}\" target=\"{end}\"/></graph>"
        );
        let report = of_graphml(&body).unwrap();
        assert_eq!(
            (told(&report), lost(&report)),
            (vec!["graph asserted that a linked to a".to_owned()], vec![])
        );
    }
}
