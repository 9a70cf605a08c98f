//! RDF of other programs, part by part: values that cannot be used, several speakers, provenance in named graphs.

use super::*;

const PREFIXES: &str = "@prefix ex: <http://example.org/> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix np: <http://www.nanopub.org/nschema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n";

fn trig(text: &str) -> ReadReport {
    let text = format!("{PREFIXES}{text}");
    let read = rdf::Reader::new(RdfFormat::TriG).reported(DAY).read(text.as_bytes());
    read.unwrap_or_else(|error| panic!("{error}"))
}

fn short(text: &str) -> String {
    text.replace("http://example.org/", "").replace("http://purl.org/dc/terms/", "dcterms:")
}

fn told(report: &ReadReport) -> Vec<String> {
    let said = |claim: claimgraph::ClaimRef<'_>| format!("{} {claim}", claim.reported());
    let mut told: Vec<String> = report.graph.claims().map(|claim| short(&said(claim))).collect();
    told.sort();
    told
}

fn lost(report: &ReadReport) -> Vec<String> {
    let line = |(kind, loss): (&str, &claimgraph::format::Loss)| {
        assert_eq!(loss.count() as usize, loss.first().len(), "{kind}: few enough to be shown");
        format!("{kind}: {}", short(&loss.first().join(" | ")))
    };
    report.losses.iter().map(line).collect()
}

#[test]
fn a_value_that_cannot_be_used_is_counted_and_the_statement_is_read() {
    let report = trig(
        r#"ex:c rdf:reifies <<( ex:a ex:likes ex:b )>> ; prov:wasAttributedTo ex:ann ; prov:hadPrimarySource ex:paper ; dcterms:date "2020-01-02"^^xsd:date .
        ex:a rdfs:label "" , " A  bee " . ex:b dcterms:title "T" . ex:ann rdfs:label " " .
        ex:paper dcterms:date "2019"^^xsd:gYear ; dcterms:title [] , "The Paper" ; dcterms:publisher "somebody" ."#,
    );
    assert_eq!(told(&report), ["2020-01-02 ann asserted that A bee likes b"]);
    let paper = report.graph.claims().next().unwrap().document().unwrap();
    let paper = report.graph.entity(paper).unwrap().document().unwrap();
    assert_eq!((paper.title(), paper.date(), paper.publisher()), (Some("The Paper"), None, None));
    assert_eq!(
        lost(&report),
        [
            "blank name: a | ann",
            "triple that is not ours: b",
            "value that cannot be used: paper dcterms:date | paper dcterms:title | paper dcterms:publisher",
        ]
    );
    let long = format!(
        "ex:c rdf:reifies <<( ex:a <http://x.example/{}> ex:b )>> . ex:d rdf:reifies <<( ex:a ex:p ex:b )>> .",
        "x".repeat(600)
    );
    let report = trig(&long);
    assert_eq!(told(&report), ["2024-10-24 somebody not named asserted that a p b"]);
    assert_eq!(report.losses.count(), 1, "{}", report.losses);
}

#[test]
fn each_speaker_of_a_statement_makes_a_claim_and_a_text_names_a_speaker() {
    let report = trig(
        r#"ex:c rdf:reifies <<( ex:a ex:likes ex:b )>> ; prov:wasAttributedTo ex:ann, ex:bob, [] ; dcterms:creator "Cat  Lee" ; prov:hadPrimarySource ex:one, ex:two .
        ex:d a rdf:Statement ; rdf:subject ex:a ; rdf:predicate ex:likes ; rdf:object "tea", "milk" ; dcterms:creator "" ."#,
    );
    assert_eq!(
        told(&report),
        [
            "2024-10-24 Cat Lee asserted that a likes b",
            "2024-10-24 ann asserted that a likes b",
            "2024-10-24 bob asserted that a likes b",
            "2024-10-24 somebody not named asserted that a likes “tea”",
        ]
    );
    assert_eq!(
        lost(&report),
        [
            "value that cannot be used: c http://www.w3.org/ns/prov#wasAttributedTo | c http://www.w3.org/ns/prov#hadPrimarySource | d dcterms:creator",
            "triple that is not ours: d",
        ]
    );
}

#[test]
fn a_date_that_is_not_a_day_is_counted() {
    for (date, day, losses) in [
        (r#""2015"^^xsd:gYear"#, "2024-10-24", 1),
        (r#""2015-03-04T05:06:07Z"^^xsd:dateTime"#, "2015-03-04", 0),
        (r#""2015-03-04", "2016-01-01""#, "2015-03-04", 1),
        (r#""2015-03-045""#, "2024-10-24", 1),
    ] {
        let report =
            trig(&format!("ex:c rdf:reifies <<( ex:a ex:p ex:b )>> ; dcterms:created {date} ."));
        assert!(told(&report)[0].starts_with(day), "{date}: {:?}", told(&report));
        assert_eq!(report.losses.count(), losses, "{date}: {}", report.losses);
        assert_eq!(report.losses.of("value that cannot be used").is_some(), losses > 0);
    }
}

#[test]
fn the_provenance_of_a_nanopublication_says_whose_it_is_and_of_which_day() {
    let publication = |provenance: &str, information: &str| {
        trig(&format!(
            "ex:head {{ ex:pub a np:Nanopublication ; np:hasAssertion ex:assertion ; np:hasProvenance ex:prov ; np:hasPublicationInfo ex:info }}
            ex:assertion {{ ex:tea ex:treats ex:cold . ex:cold ex:ails ex:bob }}
            ex:prov {{ {provenance} }} ex:info {{ {information} }}"
        ))
    };
    let report = publication(
        "ex:assertion prov:wasAttributedTo ex:ann ; prov:generatedAtTime \"2012-02-03T14:38:00Z\"^^xsd:dateTime . ex:study ex:size 7 .",
        "ex:pub prov:wasAttributedTo ex:bob ; dcterms:created \"2013-01-01\" .",
    );
    let claims = [
        "2012-02-03 ann asserted that cold ails bob",
        "2012-02-03 ann asserted that tea treats cold",
    ];
    assert_eq!(told(&report), claims);
    assert_eq!(lost(&report), ["triple that is not ours: study | pub | pub"]);
    // Without a day of its own, the statement is as old as the publication.
    let report = publication(
        "ex:assertion prov:wasAttributedTo ex:ann .",
        "ex:pub dcterms:created \"2012-02-03\" .",
    );
    assert_eq!((told(&report), lost(&report)), (claims.map(str::to_owned).to_vec(), vec![]));
}

#[test]
fn reifiers_and_provenance_in_named_graphs_are_read_as_outside_of_them() {
    let outside = r#"ex:c rdf:reifies <<( ex:a ex:likes ex:b )>> ; prov:wasAttributedTo ex:ann .
        ex:d a rdf:Statement ; rdf:subject ex:a ; rdf:predicate ex:hates ; rdf:object "tea" ; dcterms:creator ex:bob ; dcterms:date "2020-01-02" ."#;
    let inside = format!("ex:all {{ {outside} }}");
    for text in [outside, &inside] {
        let report = trig(text);
        assert_eq!(
            told(&report),
            [
                "2020-01-02 bob asserted that a hates “tea”",
                "2024-10-24 ann asserted that a likes b"
            ]
        );
        assert_eq!(lost(&report), Vec::<String>::new());
    }
    let described = trig(
        "ex:g { ex:a ex:likes ex:b } ex:about { ex:g prov:wasAttributedTo ex:ann ; dcterms:date \"2020-01-02\" . ex:x ex:y ex:z }",
    );
    assert_eq!(
        told(&described),
        [
            "2020-01-02 ann asserted that a likes b",
            "2024-10-24 somebody not named asserted that x y z"
        ]
    );
}

#[test]
fn a_byte_order_mark_is_skipped_in_every_syntax() {
    let graph = {
        let mut graph = ClaimGraph::new();
        let a = graph.add(State, "a").unwrap();
        graph.insert(Claim::by(a).asserts(a, MEETS, a).reported(DAY)).unwrap();
        graph
    };
    for &format in RdfFormat::ALL {
        let marked = [b"\xef\xbb\xbf".as_slice(), &write(&graph, format)].concat();
        let back = read(format, marked).unwrap_or_else(|error| panic!("{format:?}: {error}"));
        assert_eq!(back.graph.to_jsonl(), graph.to_jsonl(), "{format:?}");
    }
}

#[test]
fn a_file_without_statements_or_without_any_day_is_an_error() {
    let error = read(RdfFormat::Turtle, format!("{PREFIXES} ex:a ex:p ex:b .")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "nothing is understood; expected statements that are reified or in named graphs; found \
         1 triple that is not ours (http://example.org/a)"
    );
    let undated = format!("{PREFIXES} ex:c rdf:reifies <<( ex:a ex:p ex:b )>> .");
    let error = read(RdfFormat::Turtle, undated).unwrap_err();
    assert!(matches!(error.kind(), ReadErrorKind::NoReportDay), "{error}");
    assert!(read(RdfFormat::Turtle, "").unwrap().graph.is_empty());
}

/// The quads of a file of another program, one a line.
const QUADS: &str = r#"
<ex:c> reifies <<( <ex:a> <ex:likes> <ex:b> )>> .
<ex:c> attributed <ex:ann> .
<ex:c> attributed <ex:bob> .
<ex:c> creator "Cat" .
<ex:c> source <ex:paper> .
<ex:c> source <ex:other> .
<ex:c> date "2020-01-02" .
<ex:c> issued "2020" .
<ex:c> title "no document" .
<ex:a> label "A" .
<ex:a> label "" .
<ex:a> type <ex:Thing> .
<ex:paper> date "2020-01-01" .
<ex:paper> title "The Paper" .
<ex:paper> title "Another" .
<ex:d> type statement .
<ex:d> subject <ex:a> .
<ex:d> predicate <ex:hates> .
<ex:d> object "tea"@en .
<ex:d> object "milk" .
<ex:e> <ex:f> <ex:g> .
<ex:tea> <ex:treats> <ex:cold> <ex:assertion> .
<ex:assertion> attributed <ex:ann> <ex:provenance> .
<ex:study> <ex:size> "7" <ex:provenance> .
<ex:pub> hasAssertion <ex:assertion> <ex:head> .
<ex:pub> hasProvenance <ex:provenance> <ex:head> .
<ex:pub> <ex:in> <ex:journal> <ex:head> .
"#;

#[test]
fn a_triple_that_is_removed_or_added_changes_the_graph_or_the_losses() {
    let spaces = [
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "reifies type subject predicate object"),
        ("http://www.w3.org/ns/prov#", "attributed"),
        ("http://purl.org/dc/terms/", "creator source date issued title"),
        ("http://www.w3.org/2000/01/rdf-schema#", "label"),
        ("http://www.nanopub.org/nschema#", "hasAssertion hasProvenance"),
    ];
    let whole = |line: &str| {
        let mut words: Vec<String> = line.splitn(3, ' ').map(str::to_owned).collect();
        let space = spaces.iter().find(|(_, names)| names.split(' ').any(|name| name == words[1]));
        if let Some((space, _)) = space {
            let name = if words[1] == "attributed" { "wasAttributedTo" } else { &words[1] };
            words[1] = format!("<{space}{name}>");
        }
        words
            .join(" ")
            .replace("statement .", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement> .")
    };
    let lines: Vec<String> = QUADS.trim().lines().map(whole).collect();
    let made = |lines: &[String]| {
        let reader = rdf::Reader::new(RdfFormat::NQuads).reported(DAY);
        let report = reader.read(lines.join("\n").as_bytes()).unwrap();
        (report.graph.to_jsonl(), format!("{:?}", report.losses))
    };
    let before = made(&lines);
    // That it is a statement, and that it has a provenance, others say too.
    let is_silent = |line: &str| line.contains("#Statement>") || line.contains("hasProvenance");
    for place in 0..lines.len() {
        let mut fewer = lines.clone();
        let line = fewer.remove(place);
        assert!(is_silent(&line) || made(&fewer) != before, "{line}");
        let mut more = lines.clone();
        let words: Vec<&str> = line.split(' ').collect();
        let graph = if words.len() == 5 && words[3].starts_with("<ex:") { words[3] } else { "" };
        more.push(format!("{} <ex:zzz> \"z\" {graph} .", words[0]));
        assert_ne!(made(&more), before, "{line}");
    }
}

#[test]
fn a_statement_about_a_statement_names_its_claim_and_makes_no_entity() {
    let report = trig(
        r#"ex:s3 rdf:reifies <<( ex:bob ex:repeats ex:s2 )>> . ex:s2 rdf:reifies <<( ex:s1 ex:supports ex:idea )>> .
        ex:s1 rdf:reifies <<( ex:a ex:likes ex:b )>> . ex:x rdf:reifies <<( ex:x ex:is ex:round )>> .
        ex:two rdf:reifies <<( ex:a ex:likes ex:c )>> , <<( ex:a ex:likes ex:d )>> . ex:s4 rdf:reifies <<( ex:bob ex:repeats ex:two )>> ."#,
    );
    let mut keys: Vec<String> = report.graph.entities().map(|entity| short(entity.key())).collect();
    keys.sort();
    // The name of two statements, and that of one about itself, are those of entities.
    assert_eq!(keys, ["a", "b", "bob", "c", "d", "idea", "round", "two", "x"]);
    let of_claims = report.graph.claims().filter(|claim| {
        let said = claim.statement().unwrap();
        [said.subject(), said.object()]
            .iter()
            .any(|term| matches!(term, claimgraph::Term::Claim(_)))
    });
    assert_eq!(of_claims.count(), 2);
    comes_back(&report.graph);
    // A chain of many is read without recursion.
    let chain: String = (0..20_000)
        .map(|n| format!("ex:s{n} rdf:reifies <<( ex:bob ex:repeats ex:s{} )>> .\n", n + 1))
        .collect();
    assert_eq!(trig(&chain).graph.len(), 20_000);
}
