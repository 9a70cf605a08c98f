//! The workload of the comparison: plain claims as numbers, the same for all contenders, and the questions.

#![allow(dead_code)] // each bench uses a part of it

use super::{Numbers, Zipf};
use flate2::read::GzDecoder;
use std::collections::HashMap;

pub const ASSERTS: u8 = 0;
pub const CONFIRMS: u8 = 1;
pub const DENIES: u8 = 2;
pub const NOBODY: u32 = u32::MAX;

/// One claim. Days are counted from the first of the corpus.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Claim {
    pub subject: u32,
    pub object: u32,
    /// The claim that it confirms or denies, or `NOBODY`.
    pub target: u32,
    pub relation: u16,
    pub valid: u16,
    pub reported: u16,
    pub source: u16,
    pub stance: u8,
}

pub struct Workload {
    pub claims: Vec<Claim>,
    pub entities: Vec<String>,
    pub relations: Vec<String>,
    pub sources: usize,
    pub days: usize,
}

/// The entities and days that the questions ask about. Hubs are the ten most frequent subjects.
pub struct Questions {
    pub hubs: Vec<u32>,
    /// A thousand subjects that have claims.
    pub some: Vec<u32>,
    pub under: Vec<(u32, u16)>,
    /// Subject, first relation, second relation, the last day on which both began.
    pub hops: Vec<(u32, u16, u16, u16)>,
    pub counts: Vec<(u32, u16)>,
    pub start: u32,
    pub middle: u16,
}

impl Workload {
    /// Subjects, objects, relations and sources follow Zipf's law. Of 100 claims, 85 assert, 8 confirm and 7 deny an
    /// earlier claim. Six of ten are reported on the day, the others within a month.
    pub fn of(claims: usize) -> Self {
        let (entities, relations, sources, days) = (claims / 13, 230, 500, 3650);
        let mut numbers = Numbers::new(20_241_024);
        let mut who: Vec<u32> = (0..entities as u32).collect();
        for place in (1..entities).rev() {
            who.swap(place, numbers.below(place + 1));
        }
        let (ranks, kinds, voices) =
            (Zipf::over(entities), Zipf::over(relations), Zipf::over(sources));
        let claims = (0..claims).map(|place| {
            let subject = who[ranks.draw(&mut numbers)];
            let mut object = who[(ranks.draw(&mut numbers) + numbers.below(8)) % entities];
            while object == subject {
                object = who[numbers.below(entities)];
            }
            let valid = (place * days / claims) as u16;
            let late = if numbers.below(10) < 6 { 0 } else { numbers.below(31) as u16 };
            let stance = match numbers.below(100) {
                0..8 if place > 0 => CONFIRMS,
                8..15 if place > 0 => DENIES,
                _ => ASSERTS,
            };
            // Early claims are answered more often.
            let earlier = (numbers.share().powi(2) * place as f64) as u32;
            Claim {
                subject,
                object,
                target: if stance == ASSERTS { NOBODY } else { earlier },
                relation: kinds.draw(&mut numbers) as u16,
                valid,
                reported: valid + late,
                source: voices.draw(&mut numbers) as u16,
                stance,
            }
        });
        Self {
            claims: claims.collect(),
            entities: (0..entities).map(|n| format!("actor-{n:07}")).collect(),
            relations: (0..relations).map(|n| format!("relation-{n:03}")).collect(),
            sources,
            days: days + 31,
        }
    }

    /// A year of real events, each asserted by one source on its day: subject, relation, object and date, gzipped and
    /// separated by tabs. There are no denials and no confirmations.
    pub fn of_events(packed: &[u8]) -> Self {
        let (mut entities, mut relations): (HashMap<String, u32>, HashMap<String, u32>) =
            Default::default();
        let number = |names: &mut HashMap<String, u32>, name: &str| {
            let next = names.len() as u32;
            *names.entry(name.to_owned()).or_insert(next)
        };
        let mut reader =
            csv::ReaderBuilder::new().delimiter(b'\t').from_reader(GzDecoder::new(packed));
        let claims = reader.records().map(|record| {
            let record = record.unwrap();
            let date: claimgraph::Date = record[3].parse().unwrap();
            let day = date.day_of_year() as u16 - 1;
            Claim {
                subject: number(&mut entities, &record[0]),
                object: number(&mut entities, &record[2]),
                target: NOBODY,
                relation: number(&mut relations, &record[1]) as u16,
                valid: day,
                reported: day,
                source: 0,
                stance: ASSERTS,
            }
        });
        let claims = claims.collect();
        let listed = |names: HashMap<String, u32>| {
            let mut names: Vec<(String, u32)> = names.into_iter().collect();
            names.sort_by_key(|(_, number)| *number);
            names.into_iter().map(|(name, _)| name).collect()
        };
        Self {
            claims,
            entities: listed(entities),
            relations: listed(relations),
            sources: 1,
            days: 366,
        }
    }

    pub fn questions(&self) -> Questions {
        let mut degrees = vec![0u32; self.entities.len()];
        let mut uses = vec![0u32; self.relations.len()];
        for claim in &self.claims {
            degrees[claim.subject as usize] += 1;
            uses[claim.relation as usize] += 1;
        }
        let ranked = |counts: &[u32]| {
            let mut order: Vec<usize> = (0..counts.len()).collect();
            order.sort_by_key(|&n| (std::cmp::Reverse(counts[n]), n));
            order
        };
        let (who, which) = (ranked(&degrees), ranked(&uses));
        let live: Vec<u32> =
            (0..degrees.len() as u32).filter(|&n| degrees[n as usize] > 0).collect();
        let mut numbers = Numbers::new(7);
        let last = self.claims.iter().map(|claim| usize::from(claim.valid)).max().unwrap_or(0);
        let day = |quarters: usize| (last * quarters / 4) as u16;
        let hubs: Vec<u32> = who[..10].iter().map(|&n| n as u32).collect();
        let some: Vec<u32> = (0..1000).map(|_| live[numbers.below(live.len())]).collect();
        Questions {
            under: hubs
                .iter()
                .flat_map(|&hub| [0, 2, 5, 10].map(|rank| (hub, which[rank] as u16)))
                .collect(),
            hops: (0..10)
                .map(|n| (who[20 + 2 * n] as u32, which[3] as u16, which[5] as u16, day(2)))
                .collect(),
            counts: hubs
                .iter()
                .flat_map(|&hub| [1, 2, 3].map(|quarter| (hub, day(quarter))))
                .collect(),
            start: hubs[0],
            middle: day(2),
            hubs,
            some,
        }
    }

    /// Every hundredth claim again, as later claims.
    pub fn later(&self) -> Vec<Claim> {
        self.claims.iter().step_by(100).copied().collect()
    }
}
