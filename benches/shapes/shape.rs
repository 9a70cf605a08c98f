//! Graphs of an extreme shape, of a number of elements. Half of the claims were reported on 1 June 2024, half on the 30th.

use crate::Asked;
use claimgraph::claim::{Attribution, NotStated};
use claimgraph::entity::Affiliation;
use claimgraph::reporting::*;
use claimgraph::sources::Lineage;
use claimgraph::vocabulary::RelationDef;
use claimgraph::{
    Claim, ClaimGraph, ClaimId, Date, DocumentInfo, Entity, EntityId, Modality, Period, Quantity,
    Statement, date,
};

type Shape = fn(usize) -> Asked;

pub const SHAPES: &[(&str, Shape)] = &[
    ("claims", claims),
    ("claims of one speaker", one_speaker),
    ("claims of unnamed speakers", unnamed),
    ("claims of withheld names", withheld),
    ("claims in copies of wires", wires),
    ("claims with other figures", figures),
    ("claims with other days", other_days),
    ("denials", denials),
    ("claims and denials", claims_and_denials),
    ("dismissals", |n| answered(n, |it, _| it.dismisses(0))),
    ("dismissals, chain", |n| answered(n, |it, place| it.dismisses(place))),
    ("confirmations", |n| answered(n, |it, _| it.confirms(0))),
    ("confirmations, chain", |n| answered(n, |it, place| it.confirms(place))),
    ("revisions", |n| revised(n, |_| 0)),
    ("revisions, chain", |n| revised(n, |place| place - 1)),
    ("links, chain", links),
    ("claims about claims, chain", about_claims),
    ("lineage, chain", |n| lineage(n, |place| vec![place + 1])),
    ("lineage, star", |n| lineage(n, |place| if place == 0 { vec![] } else { vec![0] })),
    ("lineage, fan", fan),
    ("lineage, ladder", |n| lineage(n, |place| vec![(place / 2 + 1) * 2, (place / 2 + 1) * 2 + 1])),
    ("parts, chain", |n| parts(n, |place| place - 1)),
    ("parts, star", |n| parts(n, |_| 0)),
    ("conditions, chain", conditions),
    ("demands of one thing", demands),
    ("implications, chain", implications),
    ("matters and speakers", matters),
    ("realistic, one statement", realistic_statement),
    ("realistic, many matters", realistic_matters),
];

fn day(place: usize, of: usize) -> Date {
    date(2024, 6, if place * 2 < of { 1 } else { 30 })
}

struct World {
    graph: ClaimGraph,
    force: EntityId,
    town: EntityId,
    elements: usize,
    ids: Vec<ClaimId>,
}

impl World {
    fn new(elements: usize) -> Self {
        let mut graph = ClaimGraph::new();
        let force = graph.add(Military, "force").expect("new").id();
        let town = graph.add(City, "town").expect("new").id();
        Self { graph, force, town, elements, ids: Vec::new() }
    }

    fn agency(&mut self, place: usize) -> EntityId {
        let key = format!("agency-{place}");
        self.graph
            .entity_keyed(&key)
            .unwrap_or_else(|_| self.graph.add(Agency, key.as_str()).expect("new").id())
    }

    /// Says by the speaker of this number that the force is present in the town.
    fn says(&mut self, place: usize) -> Claim {
        let speaker = self.agency(place);
        self.said(Claim::by(speaker))
    }

    fn said(&self, by: Attribution) -> Claim {
        let present = self.graph.relation("present-in").expect("declared");
        by.asserts(self.force, present, self.town)
    }

    fn put(&mut self, claim: Claim) -> ClaimId {
        let reported = day(self.ids.len(), self.elements);
        let id = self.graph.insert(claim.reported(reported)).expect("well formed");
        self.ids.push(id);
        id
    }

    fn asked(self) -> Asked {
        let claim = self.ids.first().copied().expect("a claim");
        Asked { graph: self.graph, ends: (self.force, self.town), claim }
    }
}

fn claims(elements: usize) -> Asked {
    let mut world = World::new(elements);
    for place in 0..elements {
        let claim = world.says(place);
        world.put(claim);
    }
    world.asked()
}

fn one_speaker(elements: usize) -> Asked {
    let mut world = World::new(elements);
    for place in 0..elements {
        let soldiers = Quantity::stated(place as i64 + 1, "soldiers");
        let claim = world.says(0).quantity(soldiers);
        world.put(claim);
    }
    world.asked()
}

fn unnamed(elements: usize) -> Asked {
    let mut world = World::new(elements);
    let first = world.says(0);
    world.put(first);
    for place in 1..elements {
        let info = DocumentInfo::dated(day(place, elements));
        let paper = world.graph.add_document(format!("paper-{place}").as_str(), info).expect("new");
        let claim = world.said(Claim::by(NotStated));
        world.put(claim.read_in(paper, ..));
    }
    world.asked()
}

fn withheld(elements: usize) -> Asked {
    let mut world = World::new(elements);
    let first = world.says(0);
    world.put(first);
    for place in 1..elements {
        let whole = world.agency(place % (elements / 10).max(1));
        let official = Entity::new(format!("official-{place}")).name_withheld();
        let official = world.graph.add(Person, official).expect("new");
        world.graph.add_affiliation(Affiliation::holds_office(official, whole)).expect("known");
        let claim = world.said(Claim::by(official));
        world.put(claim);
    }
    world.asked()
}

/// Papers that print one of 300 texts in turn.
fn wires(elements: usize) -> Asked {
    let mut world = World::new(elements);
    for place in 0..elements {
        let text = format!("Wire {}: the force is in the town.", place % 300);
        let end = text.len();
        let info = DocumentInfo::dated(date(2024, 6, 1)).with_text(text);
        let paper = world.graph.add_document(format!("paper-{place}").as_str(), info).expect("new");
        let claim = world.said(Claim::by(paper));
        world.put(claim.read_in(paper, 0..end));
    }
    world.asked()
}

fn figures(elements: usize) -> Asked {
    let mut world = World::new(elements);
    for place in 0..elements {
        let soldiers = Quantity::stated(place as i64 + 1, "soldiers");
        let claim = world.says(place).quantity(soldiers);
        world.put(claim);
    }
    world.asked()
}

fn other_days(elements: usize) -> Asked {
    let mut world = World::new(elements);
    for place in 0..elements {
        let first = date(2010, 1, 1) + claimgraph_days(place % 3_000);
        let claim = world.says(place).valid(Period::on(first));
        world.put(claim);
    }
    world.asked()
}

fn claimgraph_days(days: usize) -> std::time::Duration {
    std::time::Duration::from_secs(days as u64 * 86_400)
}

fn deny(world: &mut World, place: usize) {
    let speaker = world.agency(place);
    let present = world.graph.relation("present-in").expect("declared");
    let denial = Claim::by(speaker).denies(world.force, present, world.town);
    world.put(denial);
}

fn denials(elements: usize) -> Asked {
    let mut world = World::new(elements);
    let first = world.says(0);
    world.put(first);
    (1..elements).for_each(|place| deny(&mut world, place));
    world.asked()
}

fn claims_and_denials(elements: usize) -> Asked {
    let mut world = World::new(elements);
    for place in 0..elements {
        if place % 2 == 0 {
            let claim = world.says(place);
            world.put(claim);
        } else {
            deny(&mut world, place);
        }
    }
    world.asked()
}

/// One claim, and others that answer it or the one before them.
fn answered(elements: usize, answer: impl Fn(Answering, usize) -> Claim) -> Asked {
    let mut world = World::new(elements);
    let first = world.says(0);
    world.put(first);
    for place in 1..elements {
        let by = world.agency(place);
        let claim = answer(Answering { by: Claim::by(by), all: &world.ids }, place - 1);
        world.put(claim);
    }
    world.asked()
}

struct Answering<'a> {
    by: Attribution,
    all: &'a [ClaimId],
}

impl Answering<'_> {
    fn confirms(self, place: usize) -> Claim {
        self.by.confirms(self.all[place])
    }

    fn dismisses(self, place: usize) -> Claim {
        self.by.dismisses(self.all[place])
    }
}

fn revised(elements: usize, target: impl Fn(usize) -> usize) -> Asked {
    let mut world = World::new(elements);
    let first = world.says(0).quantity(Quantity::stated(1, "soldiers"));
    world.put(first);
    let speaker = world.agency(0);
    for place in 1..elements {
        let soldiers = Quantity::stated(place as i64 + 1, "soldiers");
        let target = world.ids[target(place)];
        world.put(Claim::by(speaker).revises(target).quantity(soldiers));
    }
    world.asked()
}

fn links(elements: usize) -> Asked {
    let mut world = World::new(elements);
    for place in 0..elements {
        let mut claim = world.says(place);
        if let Some(&before) = world.ids.last() {
            claim = claim.with(EVIDENCE_FOR, before);
        }
        world.put(claim);
    }
    world.asked()
}

fn about_claims(elements: usize) -> Asked {
    let mut world = World::new(elements);
    let first = world.says(0);
    world.put(first);
    let treaty = world.graph.add(Treaty, "treaty").expect("new");
    for place in 1..elements {
        let speaker = world.agency(place);
        let before = world.ids[place - 1];
        world.put(Claim::by(speaker).asserts(treaty, FORMALISES, before));
    }
    world.asked()
}

/// Speakers that all say so, each drawing on some others.
fn lineage(elements: usize, sources: impl Fn(usize) -> Vec<usize>) -> Asked {
    let mut world = World::new(elements);
    for place in 0..elements {
        let claim = world.says(place);
        world.put(claim);
    }
    for place in 0..elements {
        for source in sources(place).into_iter().filter(|&source| source < elements) {
            let (speaker, source) = (world.agency(place), world.agency(source));
            world.graph.add_lineage(Lineage::new(speaker, source)).expect("no circle");
        }
    }
    world.asked()
}

/// One speaker that draws on all others.
fn fan(elements: usize) -> Asked {
    lineage(elements, |place| if place == 0 { (1..elements).collect() } else { vec![] })
}

/// Units of the force, each with a claim of its own.
fn parts(elements: usize, whole: impl Fn(usize) -> usize) -> Asked {
    let mut world = World::new(elements);
    let first = world.says(0);
    world.put(first);
    let mut units = vec![world.force];
    let present = world.graph.relation("present-in").expect("declared");
    for place in 1..elements {
        let unit = world.graph.add(Military, format!("unit-{place}").as_str()).expect("new").id();
        world
            .graph
            .add_affiliation(Affiliation::part_of(unit, units[whole(place)]))
            .expect("known");
        units.push(unit);
        let speaker = world.agency(place);
        world.put(Claim::by(speaker).asserts(unit, present, world.town));
    }
    world.asked()
}

/// Plans, each on the condition that the one before comes true.
fn conditions(elements: usize) -> Asked {
    let mut world = World::new(elements);
    let first = world.says(0);
    world.put(first);
    let towns: Vec<_> = (0..elements)
        .map(|place| world.graph.add(City, format!("town-{place}").as_str()).expect("new"))
        .collect();
    let force = world.graph.add(Military, "column").expect("new");
    for place in 1..elements {
        let speaker = world.agency(place);
        let before = Statement::new(force, DEPLOYS_TO, towns[place - 1]);
        let plan = Claim::by(speaker).asserts(force, DEPLOYS_TO, towns[place]);
        world.put(plan.modality(Modality::Planned).with(CONDITION, before));
    }
    world.asked()
}

/// Demands of one thing, and claims that it happened.
fn demands(elements: usize) -> Asked {
    let mut world = World::new(elements);
    let first = world.says(0);
    world.put(first);
    let withdraws = world.graph.relation("withdraws-from").expect("declared");
    for place in 1..elements {
        let by = Claim::by(world.agency(place));
        let claim = match place * 2 < elements {
            true => by.demands(world.force, withdraws, world.town),
            false => by.asserts(world.force, withdraws, world.town),
        };
        world.put(claim);
    }
    world.asked()
}

/// Relations of which each implies the next, and the last of them a presence.
fn implications(elements: usize) -> Asked {
    // A vocabulary in which more relations imply each other is refused.
    let elements = elements.min(2_000);
    let mut vocabulary = claimgraph::reporting::vocabulary().clone();
    let present = vocabulary.relation("present-in").expect("declared").clone();
    for place in 0..elements {
        let mut relation = RelationDef { key: format!("relation-{place}"), ..present.clone() };
        relation.inverse = None;
        relation.implies = match place {
            0 => vec!["present-in".to_owned()],
            _ => vec![format!("relation-{}", place - 1)],
        };
        vocabulary.add_relation(relation).expect("new");
    }
    let mut world = World::new(elements);
    world.graph = ClaimGraph::with(&vocabulary).expect("well formed");
    world.force = world.graph.add(Military, "force").expect("new").id();
    world.town = world.graph.add(City, "town").expect("new").id();
    for place in 0..elements {
        let by = Claim::by(world.agency(place));
        let relation = world.graph.relation(&format!("relation-{place}")).expect("declared");
        world.put(by.asserts(world.force, relation, world.town));
    }
    world.asked()
}

/// Each of many speakers says something of a matter of its own, and of the next two.
fn matters(elements: usize) -> Asked {
    let mut world = World::new(elements);
    let towns: Vec<_> = (0..elements / 3 + 3)
        .map(|place| world.graph.add(City, format!("town-{place}").as_str()).expect("new"))
        .collect();
    let present = world.graph.relation("present-in").expect("declared");
    for place in 0..elements {
        let by = Claim::by(world.agency(place / 3));
        let town = towns[place / 3 + place % 3];
        let claim = match place % 5 {
            0 => by.denies(world.force, present, town),
            _ => by.asserts(world.force, present, town),
        };
        world.put(claim);
    }
    world.asked()
}

/// A number that looks random, the same in every run.
fn mixed(place: usize, salt: u64, of: usize) -> usize {
    let mixed = (place as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(salt);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    ((mixed ^ (mixed >> 32)) % of as u64) as usize
}

/// One statement, in a fifth as many documents by a twentieth as many agencies. A third of the documents print one of 300
/// wires. A fifth of the agencies draw on another one. Some claims deny, some confirm an earlier claim, some give a figure,
/// some have a speaker that is not named.
fn realistic_statement(elements: usize) -> Asked {
    let mut world = World::new(elements);
    let agencies = (elements / 20).max(2);
    let papers: Vec<_> = (0..(elements / 5).max(1))
        .map(|place| {
            let text = match place % 3 {
                0 => format!("Wire {}: the force is in the town.", mixed(place, 1, 300)),
                _ => format!("Paper {place}: the force is in the town."),
            };
            let day = date(2024, 6, 1 + mixed(place, 2, 30) as i8);
            let info = DocumentInfo::dated(day).with_text(text);
            (world.graph.add_document(format!("paper-{place}").as_str(), info).expect("new"), day)
        })
        .collect();
    for place in 0..elements {
        let (paper, day) = &papers[mixed(place, 3, papers.len())];
        let speaker = world.agency(mixed(place, 4, agencies));
        let present = world.graph.relation("present-in").expect("declared");
        let before = (place > 0).then(|| world.ids[mixed(place, 5, place)]);
        let claim = match (mixed(place, 6, 20), before) {
            (0, _) => Claim::by(speaker).denies(world.force, present, world.town),
            (1 | 2, Some(before)) => Claim::by(speaker).confirms(before),
            (3 | 4, _) => world.said(Claim::by(NotStated)),
            (5..10, _) => {
                let soldiers = 1_000 + 100 * mixed(place, 7, 40) as i64;
                world.said(Claim::by(speaker)).quantity(Quantity::stated(soldiers, "soldiers"))
            }
            _ => world.said(Claim::by(speaker)),
        };
        let claim = claim.read_in(*paper, ..).reported(*day);
        world.ids.push(world.graph.insert(claim).expect("well formed"));
    }
    for place in (5..agencies).step_by(5) {
        let (speaker, source) = (world.agency(place), world.agency(mixed(place, 8, place)));
        world.graph.add_lineage(Lineage::new(speaker, source)).expect("no circle");
    }
    world.asked()
}

/// Claims and denials by a tenth as many agencies on a tenth as many matters.
fn realistic_matters(elements: usize) -> Asked {
    let mut world = World::new(elements);
    let some = (elements / 10).max(2);
    let towns: Vec<_> = (0..some)
        .map(|place| world.graph.add(City, format!("town-{place}").as_str()).expect("new").id())
        .collect();
    let present = world.graph.relation("present-in").expect("declared");
    for place in 0..elements {
        let by = Claim::by(world.agency(mixed(place, 1, some)));
        let town = if place == 0 { world.town } else { towns[mixed(place, 2, some)] };
        let claim = match mixed(place, 3, 5) {
            0 => by.denies(world.force, present, town),
            _ => by.asserts(world.force, present, town),
        };
        world.put(claim);
    }
    world.asked()
}
