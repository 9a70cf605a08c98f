//! The workload in a `ClaimGraph`, through the public API.

#![allow(dead_code)] // each bench uses a part of it

use super::workload::{CONFIRMS, Claim, DENIES, Workload};
use claimgraph::{
    ClaimGraph, ClaimId, ClaimRef, Date, EntityId, Relation, Stance,
    claim::PlainClaim,
    date,
    reporting::*,
    time::Day,
    vocabulary::{Any, RelationDef, Slot, Vocabulary},
};

/// The count, and the sums of numbers, objects and days.
pub type Sums = [u64; 4];

pub fn add(sums: Sums, n: usize, object: usize, day: u64) -> Sums {
    let [count, ids, objects, days] = sums;
    [count + 1, ids + n as u64, objects + object as u64, days + day]
}

/// The sums over whole claims, as the API returns them.
pub fn sum<'g>(claims: impl Iterator<Item = ClaimRef<'g>>, first_day: i32, sums: Sums) -> Sums {
    claims.fold(sums, |sums, claim| {
        let object = claim.object_entity().map_or(0, |object| object.index());
        let day = claim.valid_from_day().map_or(0, |day| day.number() - first_day);
        add(sums, claim.id().index(), object, day as u64)
    })
}

pub fn plus(a: Sums, b: Sums) -> Sums {
    std::array::from_fn(|n| a[n] + b[n])
}

pub fn fold(sums: Sums) -> u64 {
    sums.iter().fold(0, |fold, &n| fold.wrapping_mul(1_000_003).wrapping_add(n))
}

/// Handles for the numbers of a workload.
pub struct Ours {
    pub graph: ClaimGraph,
    pub sources: Vec<EntityId>,
    pub relations: Vec<Relation<Any, Any>>,
    pub dates: Vec<Date>,
}

fn actor() -> Slot {
    Slot::Kind("Actor".into())
}

pub fn dates(workload: &Workload) -> Vec<Date> {
    std::iter::successors(Some(date(2014, 1, 1)), |day| day.tomorrow().ok())
        .take(workload.days)
        .collect()
}

pub fn vocabulary(workload: &Workload) -> Vocabulary {
    let mut vocabulary = Vocabulary::new();
    let defs = workload.relations.iter().map(|key| RelationDef::new(key, actor(), actor()));
    defs.for_each(|def| vocabulary.add_relation(def).unwrap());
    vocabulary
}

/// Entities are added first and in order, so their numbers are their positions.
pub fn entity(number: u32) -> EntityId {
    EntityId::nth(number as usize).unwrap()
}

impl Ours {
    /// A graph with the entities, sources and relations, without claims.
    pub fn stage(workload: &Workload, vocabulary: &Vocabulary, dates: &[Date]) -> Self {
        let mut graph = ClaimGraph::with(vocabulary).unwrap();
        graph.extend_vocabulary(&claimgraph::reporting::vocabulary()).unwrap();
        for (key, number) in workload.entities.iter().zip(0..) {
            assert_eq!(graph.add(State, key.as_str()).unwrap().id(), entity(number));
        }
        let sources = (0..workload.sources)
            .map(|n| graph.add(Person, format!("source-{n}")).unwrap().id())
            .collect();
        let relations = workload.relations.iter().map(|key| graph.relation(key).unwrap()).collect();
        Self { graph, sources, relations, dates: dates.to_vec() }
    }

    // Inlined, as a caller's closure is. Out of line, each row would be written twice.
    #[inline(always)]
    pub fn row(&self, claim: &Claim) -> PlainClaim {
        let stance = match claim.stance {
            CONFIRMS => Stance::Confirms,
            DENIES => Stance::Denies,
            _ => Stance::Asserts,
        };
        let (subject, object) = (entity(claim.subject), entity(claim.object));
        let row = PlainClaim::new(self.sources[claim.source as usize], stance)
            .about(subject, self.relations[claim.relation as usize], object)
            .valid_on(self.dates[claim.valid as usize])
            .reported(self.dates[claim.reported as usize]);
        match ClaimId::nth(claim.target as usize) {
            Some(target) if stance != Stance::Asserts => row.responding_to(target),
            _ => row,
        }
    }

    pub fn load(mut self, claims: &[Claim]) -> Self {
        let mut graph = std::mem::take(&mut self.graph);
        let extended = graph.extend(claims.iter().map(|claim| self.row(claim)));
        assert!(extended.rejected().is_empty(), "{:?}", extended.rejected().first());
        self.graph = graph;
        self
    }

    pub fn of(workload: &Workload) -> Self {
        Self::stage(workload, &vocabulary(workload), &dates(workload)).load(&workload.claims)
    }

    /// The number of the first day; other days are counted from it.
    pub fn first_day(&self) -> i32 {
        Day::from(self.dates[0]).number()
    }
}
