//! How many independent sources support a statement, what loses its support without one of them, and how credible
//! the statement is.

mod report;

use claimgraph::reporting::*;
use claimgraph::{
    Claim, ClaimGraph, DocumentInfo, Quantity, date,
    grade::{Credibility, Reliability, SourceGrades},
    sources::{Dependence, Facet, Lineage, Party, Policy, Rule, Verdict},
};

type Done = Result<(), Box<dyn std::error::Error>>;

fn main() -> Done {
    the_report()?;
    three_outlets_and_one_wire()
}

fn the_report() -> Done {
    let r = report::build()?;
    let presence = r.graph.statement(r.north_korea, PRESENT_IN, r.russia);
    let independence = presence.independence();
    println!("{presence}: {independence}");
    assert_eq!((independence.count(), independence.roots().len()), (2, 2));
    let cut: Vec<Party> = independence.cut().iter().map(|source| source.party()).collect();
    assert_eq!(cut, [r.austin.id(), r.nis.id()].map(Party::Source));
    for dependent in &independence.dependents() {
        println!("  {dependent}");
        assert_eq!(dependent.reason(), Dependence::Lineage);
    }

    println!("\nPart by part, what others say of the dispatch:");
    let parts = r.graph.view().corroboration(r.k(2))?;
    print!("{parts}");
    let verdict = |facet: &Facet| parts.facet(facet).map(|part| part.verdict());
    assert_eq!(verdict(&Facet::Implied("present-in".into())), Some(Verdict::Supported));
    assert_eq!(verdict(&Facet::Quantity), Some(Verdict::Silent));

    println!("\nWho carries it:");
    let critical = presence.critical_sources();
    print!("{critical}");
    let article = critical.first().ok_or("the presence has sources")?;
    assert!(article.falls() && article.source() == r.article.id(), "one document is all there is");

    let without = r.graph.view().ablate(r.nis);
    print!("\n{without}");
    assert_eq!(without.claims().len() + without.left().claims().count(), 50);
    assert!(without.answers().falling().any(|answer| answer.to_string().contains("3,000")));

    let given = SourceGrades::new().with("nis", Reliability::B).with("austin", Reliability::B);
    let assessment = presence.credibility(&given);
    println!("\n{presence}\n{assessment}");
    assert_eq!(assessment.credibility(), Credibility::Confirmed);
    let figure = r
        .graph
        .statement(r.north_korea, DEPLOYS_TO, r.russia)
        .quantity(Quantity::stated(3_000, "soldiers"));
    assert_eq!(figure.credibility(&given).credibility(), Credibility::ProbablyTrue);

    println!("\nNothing contested:");
    let selection = presence.select(&Policy::new().then(Rule::ExcludeContested));
    print!("{selection}");
    assert_eq!(r.numbers(selection.claims()), [18, 42, 46]);
    Ok(())
}

fn three_outlets_and_one_wire() -> Done {
    let mut graph = ClaimGraph::new();
    let (tamora, ostrel) = (graph.add(State, "tamora")?, graph.add(State, "ostrel")?);
    let wire = graph.add(Wire, "meridian")?;
    let mut links = Vec::new();
    for key in ["post", "courier", "beacon"] {
        let outlet = graph.add(Publisher, key)?;
        let story = graph.add_document(
            format!("{key}-1"),
            DocumentInfo::dated(date(2031, 3, 2)).published_by(outlet),
        )?;
        graph.insert(Claim::by(outlet).asserts(tamora, SANCTIONS, ostrel).read_in(story, ..))?;
        links.push(graph.add_lineage(Lineage::new(outlet, wire).within(story))?);
    }
    let believed = graph.statement(tamora, SANCTIONS, ostrel).independence();
    println!("\n{believed}\n{}", believed.dependents());
    assert_eq!((believed.count(), believed.widest_cut()), (1, &[Party::Source(wire.id())][..]));
    // If one link is cut, the Post counts for itself. If all are cut, every outlet does.
    let one = graph.view().without_lineage(links[0]);
    assert_eq!(one.statement(tamora, SANCTIONS, ostrel).independence().count(), 2);
    let none = graph.view().without_dependence(Dependence::Lineage);
    assert_eq!(none.statement(tamora, SANCTIONS, ostrel).independence().count(), 3);
    Ok(())
}
