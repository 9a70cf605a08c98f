//! Independence on random worlds, compared with the rules applied to all subsets of the parties.

use super::*;

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
    /// The publisher and the text of each document.
    documents: Vec<(Option<usize>, Option<u8>)>,
    /// Speaker, source, and the document in which it applies.
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
        let mut document = DocumentInfo::undated();
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
        // Each claim has a day of its own, so the first in order is the original.
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
                return found;
            }
            found.extend(more);
        }
    }

    /// Whether the two are copies, by the rule in `SEMANTICS.md`.
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

    /// All cuts, by trying all sets; the smallest first.
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
            // In these chains the party is the innermost speaker.
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
        prop_assert_eq!(independence.at_most(), least, "{:?}", cuts);
        let minimum: BTreeSet<_> = cuts.iter().filter(|cut| cut.len() == least).cloned().collect();
        let found: BTreeSet<_> = independence.all_cuts(1_000).iter().map(|cut| built.named(cut)).collect();
        prop_assert!(minimum.contains(&built.named(independence.widest_cut())));
        prop_assert_eq!(found, minimum);
        let small: BTreeSet<_> = cuts.iter().filter(|cut| cut.len() <= 3).cloned().collect();
        let found: BTreeSet<_> = independence.minimal_cuts(3, 1_000).iter().map(|cut| built.named(cut)).collect();
        prop_assert_eq!(found, small);
        let again = built.graph.view().filtered(&view.filter()).unwrap();
        prop_assert_eq!(built.independence(&again).at_most(), least);
    }

    #[test]
    fn leaving_out_a_source_never_raises_support(world in worlds()) {
        let built = build(&world);
        let before = built.independence(&built.graph.view());
        let copies = before.dependents();
        // A document that is left out with an original leaves the copies in other documents.
        for &source in &built.entities[..FIRST_DOCUMENT] {
            let view = built.graph.view().excluding_source(source);
            // So does an outlet.
            let outlives = |copy: &claimgraph::sources::Dependent<'_>| {
                copy.original().is_some_and(|it| !view.contains(it.id())) && view.contains(copy.claim().id())
            };
            if copies.iter().any(outlives) {
                continue;
            }
            let after = built.independence(&view);
            prop_assert!(after.count() <= before.count(), "{:?}: {} after {}", source, after, before);
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
        // A claim without a named speaker, repeated from the same text.
        let copied: Vec<&Said> = world.said.iter().filter(|s| s.document.is_some_and(|d| world.documents[d].1.is_some()) && s.who == Who::Own).collect();
        if copied.is_empty() {
            return Ok(());
        }
        let original = which.get(&copied);
        let text = world.documents[original.document.unwrap()].1.unwrap();
        let reprint = built.graph.add_document("reprint", DocumentInfo::undated().with_digest(format!("{text:064x}"))).unwrap();
        let meets = built.graph.relation("meets").unwrap();
        built.graph.insert(Claim::by(reprint).asserts(built.ends.0, meets, built.ends.1).read_in(reprint, ..).reported(date(2031, 2, 1))).unwrap();
        prop_assert!(built.independence(&built.graph.view()).count() <= before);
    }
}

/// One speaker passes on what one of three says that another said. Each of the two ends is a smallest cut.
#[test]
fn the_two_ends_of_a_chain_are_its_smallest_cuts_whatever_the_order_of_keys() {
    for order in 0..120 {
        let (mut left, mut rest): (Vec<usize>, usize) = ((0..5).collect(), order);
        let keys: Vec<usize> = (1..=5)
            .rev()
            .map(|count| {
                let key = left.remove(rest % count);
                rest /= count;
                key
            })
            .collect();
        let mut graph = ClaimGraph::new();
        let (tamora, ostrel) = two_states(&mut graph);
        let speakers: Vec<EntityId> = keys
            .iter()
            .map(|key| graph.add(Person, format!("speaker-{key}")).unwrap().id())
            .collect();
        let meets = graph.relation("meets").unwrap();
        for within in &speakers[1..4] {
            let said = Claim::by(speakers[4]).relayed_by(*within).relayed_by(speakers[0]);
            graph.insert(said.asserts(tamora, meets, ostrel).reported(DAY)).unwrap();
        }
        let independence = graph.statement(tamora, MEETS, ostrel).independence();
        let cuts: BTreeSet<Vec<Option<EntityId>>> = independence
            .all_cuts(9)
            .iter()
            .map(|cut| cut.iter().map(|party| party.source()).collect())
            .collect();
        let ends = [speakers[0], speakers[4]].map(|end| vec![Some(end)]);
        assert_eq!(cuts, BTreeSet::from(ends), "{keys:?}");
    }
}
