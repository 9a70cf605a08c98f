//! Wire copies, parties to the matter, ablation, corroboration through meaning, credibility and policies.
//! Independence is compared with the rules applied to all subsets of the parties.

#[path = "../examples/report/mod.rs"]
mod report;

use claimgraph::reporting::*;
use claimgraph::{
    Claim, ClaimGraph, ClaimId, Date, Document as Text, EntityId, Period, Quantity, View, date,
    entity::Affiliation,
    grade::{Likelihood, Reliability, SourceGrades},
    quantity::Amount,
    questions::ConflictKind,
    sources::{Dependence, Facet, Lineage, Party, Policy, Root, Rule, Verdict},
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::{BTreeMap, BTreeSet};

const DAY: Date = date(2031, 3, 2);

// ----- random worlds

/// Three persons, two publishers, a wire, four documents.
const PERSONS: usize = 3;
const OUTLETS: usize = 3;
const DOCUMENTS: usize = 4;

#[derive(Clone, Copy, PartialEq, Debug)]
enum Who {
    Person(usize),
    Nobody,
    Outlet(usize),
    Own,
}

#[derive(Clone, Debug)]
struct Said {
    document: Option<usize>,
    via_wire: bool,
    who: Who,
    words: Option<usize>,
    figure: Option<u8>,
}

#[derive(Clone, Debug)]
struct World {
    /// Publisher and text of each document.
    documents: Vec<(Option<usize>, Option<u8>)>,
    /// From, to, in which document.
    lineages: Vec<(usize, usize, Option<usize>)>,
    said: Vec<Said>,
}

fn worlds() -> impl Strategy<Value = World> {
    let document = (prop::option::weighted(0.7, 0..2usize), prop::option::weighted(0.5, 0..2u8));
    let all = PERSONS + OUTLETS + DOCUMENTS;
    let lineage = (0..all, 0..all, prop::option::weighted(0.3, 0..DOCUMENTS));
    let who = prop_oneof![
        3 => (0..PERSONS).prop_map(Who::Person), 4 => Just(Who::Nobody), 3 => (0..2usize).prop_map(Who::Outlet), 3 => Just(Who::Own),
    ];
    let said = (
        prop::option::weighted(0.9, 0..DOCUMENTS),
        prop::bool::weighted(0.3),
        who,
        prop::option::weighted(0.3, 0..2usize),
        prop::option::weighted(0.3, 1..3u8),
    )
        .prop_map(|(document, via_wire, who, words, figure)| Said {
            document,
            via_wire,
            who,
            words,
            figure,
        });
    (
        prop::collection::vec(document, DOCUMENTS),
        prop::collection::vec(lineage, 0..4),
        prop::collection::vec(said, 1..7),
    )
        .prop_map(|(documents, lineages, said)| World { documents, lineages, said })
}

struct Row {
    id: ClaimId,
    /// Outermost first.
    chain: Vec<Option<usize>>,
    document: Option<usize>,
    words: Option<usize>,
    figure: Option<u8>,
}

struct Built {
    graph: ClaimGraph,
    entities: Vec<EntityId>,
    ends: (EntityId, EntityId),
    rows: Vec<Row>,
    lineages: Vec<(usize, usize, Option<usize>)>,
    publishers: Vec<Option<usize>>,
    texts: Vec<Option<u8>>,
}

const FIRST_OUTLET: usize = PERSONS;
const WIRE: usize = PERSONS + 2;
const FIRST_DOCUMENT: usize = PERSONS + OUTLETS;

fn build(world: &World) -> Built {
    let mut graph = ClaimGraph::new();
    let ends =
        (graph.add(State, "subject").unwrap().id(), graph.add(State, "object").unwrap().id());
    let mut entities: Vec<EntityId> =
        (0..PERSONS).map(|n| graph.add(Person, format!("person-{n}")).unwrap().id()).collect();
    entities.extend((0..2).map(|n| graph.add(Publisher, format!("outlet-{n}")).unwrap().id()));
    entities.push(graph.add(Wire, "wire").unwrap().id());
    let mut documents = Vec::new();
    for (n, (publisher, text)) in world.documents.iter().enumerate() {
        let mut document = Text::undated();
        if let Some(publisher) = publisher {
            document = document.published_by(entities[FIRST_OUTLET + publisher]);
        }
        if let Some(text) = text {
            document = document.with_digest(format!("{text:064x}"));
        }
        documents.push(graph.add_document(format!("document-{n}"), document).unwrap());
        entities.push(documents[n].id());
    }
    let mut rows = Vec::new();
    for (n, said) in world.said.iter().enumerate() {
        let mut chain: Vec<Option<usize>> =
            said.document.map(|d| Some(FIRST_DOCUMENT + d)).into_iter().collect();
        let own = said.who == Who::Own;
        if own && said.document.is_none() {
            continue;
        }
        if said.via_wire && !own {
            chain.push(Some(WIRE));
        }
        let voice = match said.who {
            Who::Person(n) => {
                chain.push(Some(n));
                Claim::by(entities[n])
            }
            Who::Outlet(n) => {
                chain.push(Some(FIRST_OUTLET + n));
                Claim::by(entities[FIRST_OUTLET + n])
            }
            Who::Nobody => {
                chain.push(None);
                Claim::by(claimgraph::claim::NotStated)
            }
            Who::Own => Claim::by(documents[said.document.unwrap()]),
        };
        let voice = if said.via_wire && !own { voice.relayed_by(entities[WIRE]) } else { voice };
        let mut claim = voice.asserts(ends.0, graph.relation("meets").unwrap(), ends.1);
        if let Some(words) = said.words {
            claim = claim.words(["Not a word of it", "so be it"][words]);
        }
        if let Some(figure) = said.figure {
            claim = claim.quantity(Quantity::stated(figure, "people"));
        }
        if let Some(document) = said.document {
            claim = claim.read_in(documents[document], ..);
        }
        // Each on a day of its own: the first in order is the original.
        if let Ok(id) = graph.insert(claim.reported(date(2031, 1, 1 + n as i8))) {
            rows.push(Row {
                id,
                chain,
                document: said.document,
                words: said.words,
                figure: said.figure,
            });
        }
    }
    let mut lineages = Vec::new();
    for &(from, to, within) in &world.lineages {
        let mut lineage = Lineage::new(entities[from], entities[to]);
        if let Some(document) = within {
            lineage = lineage.within(documents[document]);
        }
        if graph.add_lineage(lineage).is_ok() {
            lineages.push((from, to, within));
        }
    }
    let publishers = world.documents.iter().map(|(p, _)| p.map(|p| FIRST_OUTLET + p)).collect();
    Built {
        graph,
        entities,
        ends,
        rows,
        lineages,
        publishers,
        texts: world.documents.iter().map(|(_, t)| *t).collect(),
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Vertex {
    Reader,
    Party(usize),
    Unnamed(usize),
    Statement,
}

fn relay(entity: usize) -> bool {
    entity >= FIRST_OUTLET
}

impl Built {
    fn believed(&self, from: usize, row: &Row, off: &[Dependence]) -> Vec<usize> {
        if off.contains(&Dependence::Lineage) {
            return Vec::new();
        }
        let of = |speaker: usize| -> Vec<usize> {
            let links = self.lineages.iter().filter(|(f, _, within)| {
                *f == speaker && (within.is_none() || *within == row.document)
            });
            links.map(|(_, to, _)| *to).collect()
        };
        let own = of(from);
        match from.checked_sub(FIRST_DOCUMENT).and_then(|document| self.publishers[document]) {
            Some(publisher) if own.is_empty() => of(publisher),
            _ => own,
        }
    }

    fn provenance(&self, row: &Row, off: &[Dependence]) -> BTreeSet<usize> {
        let mut found: BTreeSet<usize> =
            row.chain.iter().flatten().copied().filter(|e| relay(*e)).collect();
        found.extend(row.document.and_then(|d| self.publishers[d]));
        loop {
            let more: BTreeSet<usize> =
                found.iter().flat_map(|e| self.believed(*e, row, off)).collect();
            if more.is_subset(&found) {
                found.remove(
                    &(row.document.unwrap_or(usize::MAX - FIRST_DOCUMENT) + FIRST_DOCUMENT),
                );
                return found;
            }
            found.extend(more);
        }
    }

    /// Whether the two are copies of one, by the words of the rule.
    fn alike(&self, a: &Row, b: &Row, off: &[Dependence]) -> bool {
        let voice = |row: &Row| {
            row.chain.iter().copied().filter(|link| !link.is_some_and(relay)).collect::<Vec<_>>()
        };
        let outlet = |row: &Row| row.chain.last().copied().flatten().is_some_and(relay);
        let named = |row: &Row| !voice(row).is_empty() && voice(row).iter().all(Option::is_some);
        let text = |row: &Row| row.document.and_then(|d| self.texts[d]);
        if a.document == b.document {
            return false;
        }
        let same_voice = voice(a) == voice(b) && !named(a);
        let by_text = same_voice
            && text(a).is_some()
            && text(a) == text(b)
            && (outlet(a) || a.figure == b.figure);
        let met = || !self.provenance(a, off).is_disjoint(&self.provenance(b, off));
        let by_origin = same_voice && a.figure == b.figure && met();
        let by_words = !outlet(a)
            && !outlet(b)
            && a.words.is_some()
            && a.words == b.words
            && a.chain.last() == b.chain.last();
        (by_text && !off.contains(&Dependence::SameText))
            || (by_origin && !off.contains(&Dependence::CommonOrigin))
            || (by_words && !off.contains(&Dependence::SameQuotation))
    }

    /// All cuts, by trying all sets; the least size first.
    fn cuts(&self, off: &[Dependence]) -> Option<Vec<BTreeSet<Vertex>>> {
        let rows = &self.rows;
        let mut group: Vec<usize> = (0..rows.len()).collect();
        for _ in 0..rows.len() {
            for a in 0..rows.len() {
                for b in 0..rows.len() {
                    if self.alike(&rows[a], &rows[b], off) {
                        let least = group[a].min(group[b]);
                        (group[a], group[b]) = (least, least);
                    }
                }
            }
        }
        let mut arcs: BTreeSet<(Vertex, Vertex)> = BTreeSet::new();
        let vertex =
            |n: usize, place: usize| rows[n].chain[place].map_or(Vertex::Unnamed(n), Vertex::Party);
        let party = |n: usize| {
            rows[n]
                .chain
                .iter()
                .position(|link| !link.is_some_and(relay))
                .unwrap_or(rows[n].chain.len() - 1)
        };
        for (n, row) in rows.iter().enumerate() {
            let start = vertex(n, party(n));
            arcs.insert((Vertex::Reader, start));
            let mut ends = BTreeSet::new();
            if let Vertex::Party(first) = start {
                let (mut seen, mut walk) = (BTreeSet::new(), vec![first]);
                while let Some(speaker) = walk.pop() {
                    if seen.insert(speaker) {
                        let sources = self.believed(speaker, row, off);
                        if sources.is_empty() {
                            ends.insert(Vertex::Party(speaker));
                        }
                        for source in sources {
                            arcs.insert((Vertex::Party(speaker), Vertex::Party(source)));
                            walk.push(source);
                        }
                    }
                }
            }
            if ends.is_empty() {
                ends.insert(start);
            }
            // The party stands last in these chains.
            let onward =
                if group[n] == n { Vertex::Statement } else { vertex(group[n], party(group[n])) };
            arcs.extend(ends.into_iter().map(|end| (end, onward)));
        }
        let parties: Vec<Vertex> = arcs
            .iter()
            .flat_map(|(a, b)| [*a, *b])
            .filter(|v| !matches!(v, Vertex::Reader | Vertex::Statement))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        if parties.len() > 9 {
            return None;
        }
        let mut cuts: Vec<BTreeSet<Vertex>> = Vec::new();
        let mut masks: Vec<u32> = (0..1 << parties.len()).collect();
        masks.sort_by_key(|mask| mask.count_ones());
        for mask in masks {
            let wrong: BTreeSet<Vertex> = parties
                .iter()
                .enumerate()
                .filter(|(i, _)| mask >> i & 1 == 1)
                .map(|(_, v)| *v)
                .collect();
            let minimal = !cuts.iter().any(|cut| cut.is_subset(&wrong));
            let mut seen = BTreeSet::from([Vertex::Reader]);
            for _ in 0..parties.len() + 2 {
                seen.extend(
                    arcs.iter()
                        .filter(|(a, b)| seen.contains(a) && !wrong.contains(b))
                        .map(|(_, b)| *b)
                        .collect::<Vec<_>>(),
                );
            }
            if minimal && !seen.contains(&Vertex::Statement) {
                cuts.push(wrong);
            }
        }
        Some(cuts)
    }

    fn independence<'g>(&'g self, view: &View<'g>) -> claimgraph::sources::Independence<'g> {
        view.statement(self.ends.0, self.graph.relation("meets").unwrap(), self.ends.1)
            .independence()
    }

    fn named(&self, cut: &[Party]) -> BTreeSet<Vertex> {
        let vertex = |party: &Party| match *party {
            Party::Source(e) => Vertex::Party(self.entities.iter().position(|x| *x == e).unwrap()),
            Party::Unnamed(claim) => {
                Vertex::Unnamed(self.rows.iter().position(|row| row.id == claim).unwrap())
            }
        };
        cut.iter().map(vertex).collect()
    }
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(20_310_302),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn copies_count_as_the_rule_says_and_the_cuts_are_those_of_all_subsets(world in worlds(), off in prop::sample::subsequence(Dependence::ALL.to_vec(), 0..3)) {
        let built = build(&world);
        let view = off.iter().fold(built.graph.view(), |view, reason| view.without_dependence(*reason));
        let independence = built.independence(&view);
        let Some(cuts) = built.cuts(&off) else { return Ok(()) };
        let least = cuts.first().map_or(0, BTreeSet::len);
        prop_assert_eq!(independence.count(), least, "{:?}", cuts);
        let minimum: BTreeSet<_> = cuts.iter().filter(|cut| cut.len() == least).cloned().collect();
        let found: BTreeSet<_> = independence.all_cuts(1_000).iter().map(|cut| built.named(cut)).collect();
        prop_assert!(minimum.contains(&built.named(&independence.cut())));
        prop_assert_eq!(found, minimum);
        let small: BTreeSet<_> = cuts.iter().filter(|cut| cut.len() <= 3).cloned().collect();
        let found: BTreeSet<_> = independence.minimal_cuts(3, 1_000).iter().map(|cut| built.named(cut)).collect();
        prop_assert_eq!(found, small);
        let again = built.graph.view().filtered(&view.filter()).unwrap();
        prop_assert_eq!(built.independence(&again).count(), least);
    }

    #[test]
    fn leaving_out_a_source_never_raises_support(world in worlds()) {
        let built = build(&world);
        let before = built.independence(&built.graph.view());
        for &source in &built.entities {
            let view = built.graph.view().excluding_source(source);
            let after = built.independence(&view);
            prop_assert!(after.count() <= before.count(), "{:?}", source);
            prop_assert!(after.claims().iter().all(|claim| before.claims().contains(claim)));
        }
        let critical = built.graph.statement(built.ends.0, built.graph.relation("meets").unwrap(), built.ends.1).critical_sources();
        for source in &critical {
            let view = built.graph.view().excluding_source(source.source());
            prop_assert_eq!((source.before(), source.after()), (before.count(), built.independence(&view).count()));
        }
    }

    #[test]
    fn a_copy_never_raises_independence(world in worlds(), which in any::<prop::sample::Index>()) {
        let mut built = build(&world);
        if built.rows.is_empty() {
            return Ok(());
        }
        let before = built.independence(&built.graph.view()).count();
        // What nobody by name said in some document, once more from the same text.
        let copied: Vec<&Said> = world.said.iter().filter(|s| s.document.is_some_and(|d| world.documents[d].1.is_some()) && s.who == Who::Own).collect();
        if copied.is_empty() {
            return Ok(());
        }
        let original = which.get(&copied);
        let text = world.documents[original.document.unwrap()].1.unwrap();
        let reprint = built.graph.add_document("reprint", Text::undated().with_digest(format!("{text:064x}"))).unwrap();
        let meets = built.graph.relation("meets").unwrap();
        built.graph.insert(Claim::by(reprint).asserts(built.ends.0, meets, built.ends.1).read_in(reprint, ..).reported(date(2031, 2, 1))).unwrap();
        prop_assert!(built.independence(&built.graph.view()).count() <= before);
    }
}

// ----- wire copies by hand

fn two_states(graph: &mut ClaimGraph) -> (EntityId, EntityId) {
    (graph.add(State, "tamora").unwrap().id(), graph.add(State, "ostrel").unwrap().id())
}

#[test]
fn unnamed_officials_in_two_papers_are_one_where_both_took_it_from_the_wire() {
    let mut graph = ClaimGraph::new();
    let (tamora, ostrel) = two_states(&mut graph);
    let wire = graph.add(Wire, "wire").unwrap();
    for key in ["post", "courier"] {
        let paper = graph.add_document(key, DAY).unwrap();
        let said = Claim::by(claimgraph::claim::NotStated).relayed_by(wire).asserts(
            tamora,
            graph.relation("meets").unwrap(),
            ostrel,
        );
        graph.insert(said.read_in(paper, ..)).unwrap();
    }
    let asked = |view: View<'_>| view.statement(tamora, MEETS, ostrel).independence().count();
    assert_eq!(asked(graph.view()), 1);
    assert_eq!(asked(graph.view().without_dependence(Dependence::CommonOrigin)), 2);
    let independence = graph.statement(tamora, MEETS, ostrel).independence();
    let dependents = independence.dependents();
    assert_eq!(
        dependents.iter().map(|d| d.reason()).collect::<Vec<_>>(),
        [Dependence::CommonOrigin]
    );
    assert!(
        dependents.to_string().contains("the same content from a common origin"),
        "{dependents}"
    );
}

#[test]
fn a_document_shares_the_syndication_of_its_publisher() {
    let mut graph = ClaimGraph::new();
    let (tamora, ostrel) = two_states(&mut graph);
    let wire = graph.add(Wire, "wire").unwrap();
    let mut links = Vec::new();
    for key in ["post", "courier", "beacon"] {
        let outlet = graph.add(Publisher, key).unwrap();
        let story =
            graph.add_document(format!("{key}-1"), Text::dated(DAY).published_by(outlet)).unwrap();
        graph
            .insert(
                Claim::by(story)
                    .asserts(tamora, graph.relation("meets").unwrap(), ostrel)
                    .read_in(story, ..),
            )
            .unwrap();
        links.push(graph.add_lineage(Lineage::new(outlet, wire)).unwrap());
    }
    let whole = graph.statement(tamora, MEETS, ostrel).independence();
    assert_eq!((whole.count(), whole.roots()), (1, [Root::Known(wire.id())].as_slice()));
    let one = graph.view().without_lineage(links[1]);
    assert_eq!(one.statement(tamora, MEETS, ostrel).independence().count(), 2);
    assert_eq!(graph.ablate(wire).claims().len(), 3);
}

// ----- the report

#[test]
fn without_south_korean_intelligence() {
    let r = report::build().unwrap();
    let without = r.graph.ablate(r.nis);
    let roots = |k: usize| r.graph.roots(r.k(k)).unwrap();
    let expected: Vec<usize> =
        (1..=50).filter(|&k| roots(k) == [Root::Known(r.nis.id())] || k == 8).collect();
    assert_eq!(r.numbers(without.claims()), expected);
    assert_eq!(expected.len(), 22);
    assert_eq!(r.numbers(without.left().claims().map(|claim| claim.id())).len(), 28);
    let falling: Vec<String> =
        without.answers().falling().map(|answer| answer.to_string()).collect();
    assert!(
        falling.contains(
            &"North Korea deploys to Russia: 3,000 soldiers: 1 independent source, then none"
                .to_owned()
        ),
        "{falling:#?}"
    );
    let weaker: Vec<String> =
        without.answers().iter().filter(|answer| !answer.falls()).map(|a| a.to_string()).collect();
    assert!(
        weaker.contains(
            &"North Korea is present in Russia: 2 independent sources, then 1".to_owned()
        ),
        "{weaker:#?}"
    );
    assert!(r.numbers(without.resting().claims()).iter().all(|k| !expected.contains(k)));
    assert!(
        [35, 36].iter().all(|k| r.numbers(without.resting().claims()).contains(k)),
        "who dismisses what falls"
    );
}

#[test]
fn who_carries_the_presence() {
    let r = report::build().unwrap();
    let critical = r.graph.statement(r.north_korea, PRESENT_IN, r.russia).critical_sources();
    let ranked: Vec<_> = critical.iter().map(|c| (c.source(), c.lost().len(), c.after())).collect();
    assert_eq!(ranked[0], (r.article.id(), 5, 0));
    // With the service fall the officials, Park, and who acknowledges what the officials said.
    assert_eq!(ranked[1], (r.nis.id(), 3, 1));
    assert!(ranked.contains(&(r.austin.id(), 1, 1)));
    assert!(critical.proof().lineages().len() > 0);
}

// ----- parties to the matter

#[test]
fn an_office_holder_and_a_sister_agency_are_parties_and_a_member_is_not() {
    let mut graph = ClaimGraph::new();
    let (tamora, ostrel) = two_states(&mut graph);
    let navy = graph.add(Military, "navy").unwrap();
    let (minister, member) =
        (graph.add(Person, "minister").unwrap(), graph.add(Person, "member").unwrap());
    graph.add_affiliation(Affiliation::part_of(navy, tamora)).unwrap();
    graph.add_affiliation(Affiliation::holds_office(minister, tamora)).unwrap();
    graph.add_affiliation(Affiliation::member_of(member, tamora)).unwrap();
    for who in [minister, member] {
        graph.insert(Claim::by(who).asserts(navy, ATTACKS, ostrel).reported(DAY)).unwrap();
    }
    let independence = graph.statement(navy, ATTACKS, ostrel).independence();
    assert_eq!(
        (independence.count(), independence.parties_to_the_matter()),
        (2, vec![minister.id()])
    );
    let beside = independence.without_parties_to_the_matter();
    assert_eq!((beside.count(), beside.cut()), (1, vec![Party::Source(member.id())]));
}

// ----- corroboration through meaning

#[test]
fn a_part_is_supported_contradicted_open_or_silent() {
    let mut graph = ClaimGraph::new();
    let (tamora, ostrel) = two_states(&mut graph);
    let port = graph.add(City, "harbour").unwrap();
    graph.add_affiliation(Affiliation::located_in(port, ostrel)).unwrap();
    let mut says = |key: &str, object: EntityId, figure: Option<Quantity>, when: Option<Period>| {
        let who = graph.add(Agency, key).unwrap();
        let relation = graph.relation("deploys-to").unwrap();
        let mut claim = Claim::by(who).asserts(tamora, relation, object).reported(date(2031, 4, 1));
        if let Some(figure) = figure {
            claim = claim.quantity(figure);
        }
        if let Some(when) = when {
            claim = claim.valid(when);
        }
        (graph.insert(claim).unwrap(), who.id())
    };
    let june = Period::within(date(2031, 2, 1)..=date(2031, 2, 28));
    says(
        "many",
        ostrel,
        Some(Quantity::stated(3_000, "soldiers")),
        Some(Period::on(date(2031, 2, 10))),
    );
    says("port", port.id(), Some(Quantity::stated(2_500, "troops")), None);
    says("few", ostrel, Some(Quantity::stated(300, "soldiers")), None);
    says("late", ostrel, None, Some(Period::on(date(2031, 3, 5))));
    says("vague", ostrel, Some(Quantity::about(2_100, "soldiers")), None);
    says("plain", ostrel, None, None);
    let asked = graph
        .statement(tamora, DEPLOYS_TO, ostrel)
        .quantity(Quantity::vague("thousands", "soldiers"))
        .valid(june)
        .once();
    let parts = asked.corroboration();
    let key = |id: EntityId| graph.entity(id).unwrap().key().to_owned();
    let part = |facet: &Facet| {
        let part = parts.facet(facet).unwrap();
        let names = |claims: Vec<ClaimId>| {
            claims
                .into_iter()
                .map(|id| key(graph.claim(id).unwrap().speaker().unwrap()))
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect::<Vec<_>>()
                .join(" ")
        };
        let backing = names(part.backing().iter().map(|b| b.claim().id()).collect());
        let against = names(part.against().iter().map(|c| c.claim().id()).collect());
        let open = names(part.open().iter().map(|c| c.id()).collect());
        (
            part.verdict(),
            backing,
            against,
            open,
            names(part.silent().iter().map(|c| c.id()).collect()),
        )
    };
    let row = |verdict, a: &str, b: &str, c: &str, d: &str| {
        (verdict, a.to_owned(), b.to_owned(), c.to_owned(), d.to_owned())
    };
    assert_eq!(
        part(&Facet::Participants),
        row(Verdict::Supported, "few late many plain port vague", "", "", "")
    );
    assert_eq!(
        part(&Facet::Quantity),
        row(Verdict::Disputed, "many port", "few", "vague", "late plain")
    );
    assert_eq!(
        part(&Facet::Time),
        row(Verdict::Disputed, "many", "late", "", "few plain port vague")
    );
    assert_eq!(parts.facet(&Facet::Time).unwrap().against()[0].reason(), ConflictKind::TimesApart);
}

#[test]
fn figures_that_are_measured_conflict_though_nobody_denies_anything() {
    let mut graph = ClaimGraph::new();
    let mut vocabulary = claimgraph::vocabulary::Vocabulary::new();
    vocabulary
        .add_relation(claimgraph::vocabulary::RelationDef::new(
            "population",
            claimgraph::vocabulary::Slot::Kind("Thing".into()),
            claimgraph::vocabulary::Slot::Number,
        ))
        .unwrap();
    graph.extend_vocabulary(&vocabulary).unwrap();
    let (tamora, _) = two_states(&mut graph);
    let population = graph.relation("population").unwrap();
    for (key, figure) in [("census", 51_000), ("atlas", 48_000)] {
        let who = graph.add(Agency, key).unwrap();
        graph
            .insert(
                Claim::by(who)
                    .asserts(tamora, population, Quantity::exactly(figure, "people"))
                    .reported(DAY),
            )
            .unwrap();
    }
    let conflicts = graph.figure_conflicts();
    assert_eq!(conflicts.irreconcilable().count(), 1);
    assert!(conflicts.to_string().contains("no number is both"), "{conflicts}");
}

// ----- credibility and policies

#[test]
fn each_row_of_the_rule_for_credibility() {
    let grade = |who: &[(&str, Reliability)], deny: &[&str], given: &[(&str, Reliability)]| {
        let mut graph = ClaimGraph::new();
        let (tamora, ostrel) = two_states(&mut graph);
        let meets = graph.relation("meets").unwrap();
        let mut reliabilities = SourceGrades::new();
        for (key, reliability) in given {
            reliabilities = reliabilities.with(*key, *reliability);
        }
        for (key, reliability) in who {
            let who = if *key == "tamora" { tamora } else { graph.add(Agency, *key).unwrap().id() };
            let mut claim = Claim::by(who).asserts(tamora, meets, ostrel).reported(DAY);
            if *reliability != Reliability::F {
                claim = claim.reliability(*reliability);
            }
            graph.insert(claim).unwrap();
        }
        for key in deny {
            let who = if *key == "ostrel" { ostrel } else { graph.add(Agency, *key).unwrap().id() };
            graph.insert(Claim::by(who).denies(tamora, meets, ostrel).reported(DAY)).unwrap();
        }
        let assessment = graph.statement(tamora, MEETS, ostrel).credibility(&reliabilities);
        assert!(
            assessment
                .explanation()
                .says()
                .starts_with(&u8::from(assessment.credibility()).to_string())
        );
        assert_eq!(
            serde_json::to_value(assessment.explanation()).unwrap()["says"],
            assessment.explanation().says()
        );
        u8::from(assessment.credibility())
    };
    use Reliability::{A, C, E, F};
    assert_eq!(grade(&[], &[], &[]), 6, "nobody says so");
    assert_eq!(grade(&[("a", F)], &[], &[]), 6, "one that nobody graded");
    assert_eq!(grade(&[("tamora", A)], &[], &[]), 6, "a party about itself");
    assert_eq!(grade(&[("a", A)], &[], &[]), 3, "one, and nothing else agrees");
    assert_eq!(grade(&[("a", F)], &[], &[("a", C)]), 3, "graded by the caller");
    assert_eq!(grade(&[("a", E)], &[], &[]), 4, "unreliable only");
    assert_eq!(grade(&[("a", F), ("b", F)], &[], &[]), 1);
    assert_eq!(grade(&[("a", F), ("b", E)], &[], &[]), 6, "the second does not count");
    assert_eq!(grade(&[("a", F), ("b", F)], &["c"], &[]), 3);
    assert_eq!(grade(&[("a", F)], &["c"], &[]), 4);
    assert_eq!(grade(&[("a", F)], &["c", "d"], &[]), 5);
    assert_eq!(grade(&[], &["c"], &[]), 5);
    assert_eq!(
        grade(&[("a", F), ("b", F)], &["ostrel"], &[]),
        1,
        "a party's denial does not count"
    );
}

#[test]
fn likelihood_words_have_the_cut_points_of_the_standard() {
    use Likelihood::*;
    let table: BTreeMap<u8, Likelihood> =
        (0..=100).filter_map(|p| Some((p, Likelihood::of_percent(p)?))).collect();
    let range = |word: Likelihood| {
        let of: Vec<u8> = table.iter().filter(|(_, w)| **w == word).map(|(p, _)| *p).collect();
        (of[0], of[of.len() - 1])
    };
    assert_eq!(
        Likelihood::ALL.map(range),
        [(1, 4), (5, 19), (20, 44), (45, 55), (56, 80), (81, 95), (96, 99)]
    );
    assert_eq!(Likelihood::of_percent("4.99".parse::<Amount>().unwrap()), Some(AlmostNoChance));
    assert_eq!(Likelihood::of_percent(-1), None);
    assert_eq!(VeryLikely.probability_word(), "highly probable");
}

#[test]
fn policies_say_what_they_keep_and_why_they_leave_out_the_rest() {
    let r = report::build().unwrap();
    let presence = r.graph.statement(r.north_korea, PRESENT_IN, r.russia);
    let uncontested = presence.select(&Policy::uncontested());
    assert_eq!(r.numbers(uncontested.claims()), [18, 42, 46]);
    assert_eq!(r.numbers(uncontested.left_out().claims()), [2, 13]);
    assert_eq!(uncontested.independence().count(), 1);
    let perhaps = presence.select(&Policy::new().then(Rule::ExcludePerhapsContested));
    assert_eq!(r.numbers(perhaps.claims()), [42, 46]);
    let stated = presence.select(&Policy::as_stated());
    assert_eq!(r.numbers(stated.left_out().claims()), [2, 13], "by lineage that was inferred");
    assert_eq!(r.numbers(presence.select(&Policy::two_sources()).claims()), [2, 13, 18]);
    let figure = r
        .graph
        .statement(r.north_korea, DEPLOYS_TO, r.russia)
        .quantity(Quantity::stated(3_000, "soldiers"));
    let none = figure.select(&Policy::two_sources());
    assert!(
        none.kept().is_empty()
            && none.to_string().contains("2 independent sources: the statement stands on 1"),
        "{none}"
    );
    assert_eq!(presence.select(&Policy::graded_b2()).kept().len(), 0);
    let all = r.graph.view().select(&Policy::new());
    assert!(all.left_out().is_empty() && all.kept().len() > 20);
    let policy = Policy::graded_b2()
        .then(Rule::IndependentSources(2))
        .grading(SourceGrades::new().with("nis", Reliability::B));
    let json = serde_json::to_string(&policy).unwrap();
    assert_eq!(serde_json::from_str::<Policy>(&json).unwrap(), policy);
    assert_eq!(
        json,
        r#"{"rules":[{"graded-at-least":{"reliability":"B","credibility":2}},{"independent-sources":2}],"reliabilities":{"nis":"B"}}"#
    );
}
