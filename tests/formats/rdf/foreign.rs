//! Which triples are asserted, and RDF of other programs.

use super::*;

/// The plain triples of relations, from the default graph.
fn asserted(graph: &ClaimGraph) -> BTreeSet<String> {
    let relation = |line: &&str| {
        line.split(' ').nth(1).is_some_and(|p| p.starts_with("<urn:claimgraph:relation:"))
    };
    let plain: BTreeSet<String> =
        text(graph, RdfFormat::NQuads).lines().filter(relation).map(str::to_owned).collect();
    // The same in the twin, in which a named graph would stand before the dot.
    let twin = text(graph, RdfFormat::ClassicTriG);
    let back = read(RdfFormat::ClassicTriG, &twin).unwrap();
    assert_eq!(back.graph.to_jsonl(), graph.to_jsonl());
    plain
}

#[test]
fn only_the_documents_own_voice_asserts() {
    let mut graph = ClaimGraph::new();
    let paper = graph.add_document("paper", DAY).unwrap();
    let (a, b, c) = (
        graph.add(State, "a").unwrap(),
        graph.add(State, "b").unwrap(),
        graph.add(City, "c").unwrap(),
    );
    let own = || Claim::by(paper);
    for claim in [
        Claim::by(a).asserts(a, DEPLOYS_TO, b).read_in(paper, ..),
        Claim::by(a).denies(a, DEPLOYS_TO, b).read_in(paper, ..),
        own().denies(a, ATTACKS, b),
        own().projects(a, ATTACKS, b),
        own().asserts(a, ATTACKS, b).modality(claimgraph::Modality::Planned),
        own().asserts(a, ATTACKS, b).certainty(claimgraph::claim::Certainty::Possible),
        own().asserts(a, ATTACKS, b).with(CONDITION, Statement::new(b, ATTACKS, a)),
        own().asserts(NotStated, ATTACKS, b),
        Claim::by(NotStated).asserts(a, ATTACKS, b).read_in(paper, ..),
    ] {
        graph.insert(claim).unwrap();
    }
    assert_eq!(asserted(&graph), BTreeSet::new());
    graph.insert(own().asserts(a, PRESENT_IN, c)).unwrap();
    let said = graph.insert(own().asserts(a, ALLIED_WITH, b)).unwrap();
    let plain = |relation: &str, object: &str| {
        format!(
            "<urn:claimgraph:entity:a> <urn:claimgraph:relation:{relation}> <urn:claimgraph:entity:{object}> ."
        )
    };
    let both = [plain("allied-with", "b"), plain("present-in", "c")];
    assert_eq!(asserted(&graph), BTreeSet::from(both.clone()));
    // A retracted claim is no longer asserted, unless the retraction was retracted too.
    let retraction = graph.insert(own().retracts(said)).unwrap();
    assert_eq!(asserted(&graph), BTreeSet::from([both[1].clone()]));
    graph.insert(own().retracts(retraction)).unwrap();
    assert_eq!(asserted(&graph), BTreeSet::from(both));
}

#[test]
fn a_plain_triple_without_a_claim_is_counted_and_does_not_become_one() {
    let graph = report::build().unwrap().graph;
    let more = "<urn:claimgraph:entity:putin> <urn:claimgraph:relation:attacks> <urn:claimgraph:entity:rome> .\n\
                <urn:claimgraph:entity:putin> <http://xmlns.com/foaf/0.1/mbox> <mailto:a@example.org> .\n\
                <http://example.org/s> <http://example.org/p> <http://example.org/o> .\n";
    let back = read(RdfFormat::NTriples, text(&graph, RdfFormat::NTriples) + more).unwrap();
    assert_eq!(back.graph.to_jsonl(), graph.to_jsonl());
    let losses = back.losses.of("triple that is not ours").unwrap();
    assert_eq!(losses.count(), 3);
    assert_eq!(
        losses.first(),
        ["urn:claimgraph:entity:putin", "urn:claimgraph:entity:putin", "http://example.org/s"]
    );
}

// ----- RDF of other programs

const FOREIGN: &str = r#"
PREFIX ex: <http://example.org/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
ex:moon ex:madeOf ex:cheese ~ ex:c1 {| prov:wasAttributedTo ex:wallace ; dcterms:source ex:film |} .
ex:film dcterms:date "1989-11-04" ; dcterms:title "A Grand Day Out" .
ex:wallace rdfs:label "Wallace"@en .
ex:c2 a rdf:Statement ; rdf:subject ex:moon ; rdf:predicate ex:age ; rdf:object "old" ;
  dcterms:creator ex:gromit ; dcterms:created "1989-11-05T10:00:00Z" .
<< _:someone ex:knows ex:moon ~ ex:c3 >> prov:wasAttributedTo ex:gromit .
ex:c4 rdf:reifies <<( ex:a ex:b ex:c )>> .
"#;

#[test]
fn reified_statements_of_others_become_claims() {
    let back = read(RdfFormat::Turtle, FOREIGN).unwrap();
    let shown: BTreeSet<String> = back
        .graph
        .claims()
        .map(|claim| claim.to_string().replace("http://example.org/", ""))
        .collect();
    assert_eq!(shown.len(), 2, "{shown:?}");
    assert!(
        shown.iter().any(|claim| claim.contains("Wallace asserted that moon madeOf cheese")),
        "{shown:?}"
    );
    assert!(shown.iter().any(|claim| claim.contains("gromit asserted that moon age")), "{shown:?}");
    assert_eq!(back.losses.of("statement about a blank node").unwrap().count(), 1);
    assert_eq!(
        back.losses.of("statement without a day").unwrap().first(),
        ["http://example.org/c4"]
    );
    // A claim that was read is a claim like any other from now on.
    comes_back(&back.graph);
    let dated = rdf::Reader::new(RdfFormat::Turtle).reported(DAY).read(FOREIGN.as_bytes()).unwrap();
    assert_eq!(dated.graph.len(), 3);
}

#[test]
fn named_graphs_of_others_become_claims_of_their_attributed_speakers() {
    let text = r#"PREFIX ex: <http://example.org/> PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        ex:assertion { ex:a ex:likes ex:b . ex:b ex:likes "tea"@en }
        ex:assertion prov:wasAttributedTo ex:nanopublisher ; prov:generatedAtTime "2024-10-24T00:00:00Z"^^xsd:dateTime ."#;
    let back = read(RdfFormat::TriG, text).unwrap();
    assert_eq!(back.graph.len(), 2);
    let speaker = back.graph.entity_keyed("http://example.org/nanopublisher").unwrap();
    assert!(
        back.graph
            .claims()
            .all(|claim| claim.speaker() == Some(speaker) && claim.reported() == DAY)
    );
    assert_eq!(back.losses.count(), 1);
    assert_eq!(back.losses.of("language or datatype of a text").unwrap().count(), 1);
}

#[test]
fn a_file_written_by_hand_needs_no_declarations() {
    let text = r#"PREFIX cg: <urn:claimgraph:ns:> PREFIX entity: <urn:claimgraph:entity:> PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX relation: <urn:claimgraph:relation:> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        entity:nk relation:deploys-to entity:russia ~ <urn:x:1> {|
            a cg:Claim ; cg:stance cg:stance-asserts ; cg:reported "2024-10-24"^^xsd:date ;
            prov:qualifiedAttribution [ cg:position 2 ; prov:agent entity:nis ], [ cg:position 1 ; prov:agent entity:press ] ;
            cg:quantity [ cg:central 3000 ; cg:unit <urn:claimgraph:unit:soldiers> ; a cg:Quantity ]
        |} .
        <urn:x:2> a cg:Claim ; cg:stance cg:stance-dismisses ; cg:answers <urn:x:1> ; cg:reported "2024-10-24" ;
            prov:wasAttributedTo entity:russia ."#;
    let back = read(RdfFormat::Turtle, text).unwrap();
    assert!(back.losses.is_empty(), "{}", back.losses);
    let shown: Vec<String> = back.graph.claims().map(|claim| claim.to_string()).collect();
    assert_eq!(
        shown,
        [
            "nis, according to press, asserted that nk deploys to russia: 3,000 soldiers",
            "russia dismissed what nis, according to press, asserted: nk deploys to russia: 3,000 soldiers"
        ]
    );
    assert_eq!(back.graph.claims().next().map(|claim| claim.stance()), Some(Stance::Asserts));
}

#[test]
fn relative_iris_are_relative_to_the_base_that_the_caller_gives() {
    let text = "<#s> <http://www.w3.org/ns/prov#wasAttributedTo> <desk> ; <http://purl.org/dc/terms/date> \"2024-01-01\" . <#s> { <a> <b> <c> }";
    let reader = rdf::Reader::new(RdfFormat::TriG);
    assert!(reader.clone().read(text.as_bytes()).is_err());
    let report =
        reader.clone().base("https://example.org/files/one").read(text.as_bytes()).unwrap();
    for key in ["a", "c", "desk"] {
        let key = format!("https://example.org/files/{key}");
        assert!(report.graph.entity_keyed(&key).is_ok(), "{key}");
    }
    let error = reader.base("not an IRI").read(text.as_bytes()).unwrap_err();
    assert!(error.to_string().starts_with("the base \"not an IRI\" is not an IRI"), "{error}");
}
