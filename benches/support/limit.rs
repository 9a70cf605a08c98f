//! The limit: the same claims in arrays written by hand for these questions, without checks, meaningful names,
//! documents, chains or periods. Code that reads the same data can hardly be faster.

#![allow(dead_code)] // each bench uses a part of it

use super::workload::{CONFIRMS, Claim, DENIES, NOBODY, Workload};
use std::ops::Range;

#[derive(Clone, Default, PartialEq)]
pub struct Limit {
    pub object: Vec<u32>,
    pub relation: Vec<u16>,
    pub valid: Vec<u16>,
    pub reported: Vec<u16>,
    pub source: Vec<u16>,
    pub stance: Vec<u8>,
    pub id: Vec<u32>,
    pub offsets: Vec<u32>,
    pub row_of: Vec<u32>,
    pub in_offsets: Vec<u32>,
    pub in_rows: Vec<u32>,
    /// Target and response, in order of target.
    pub denied: Vec<(u32, u32)>,
    pub confirmed: Vec<(u32, u32)>,
    pub names: String,
    pub name_ends: Vec<u32>,
}

fn offsets(groups: impl Iterator<Item = u32>, count: usize) -> Vec<u32> {
    let mut offsets = vec![0u32; count + 1];
    groups.for_each(|group| offsets[group as usize + 1] += 1);
    for group in 0..count {
        offsets[group + 1] += offsets[group];
    }
    offsets
}

impl Limit {
    pub fn of(workload: &Workload) -> Self {
        let (claims, count) = (&workload.claims, workload.entities.len());
        let mut cursors =
            offsets(claims.iter().map(|claim| u32::from(claim.relation)), workload.relations.len());
        let mut by_relation = vec![0u32; claims.len()];
        for (place, claim) in claims.iter().enumerate() {
            let cursor = &mut cursors[claim.relation as usize];
            by_relation[*cursor as usize] = place as u32;
            *cursor += 1;
        }
        let offs = offsets(claims.iter().map(|claim| claim.subject), count);
        let in_offsets = offsets(claims.iter().map(|claim| claim.object), count);
        let mut cursors = offs.clone();
        let mut id = vec![0u32; claims.len()];
        for place in by_relation {
            let cursor = &mut cursors[claims[place as usize].subject as usize];
            id[*cursor as usize] = place;
            *cursor += 1;
        }
        let mut limit = Self { offsets: offs, row_of: vec![0; claims.len()], ..Self::default() };
        for (row, &place) in id.iter().enumerate() {
            let claim = &claims[place as usize];
            limit.object.push(claim.object);
            limit.relation.push(claim.relation);
            limit.valid.push(claim.valid);
            limit.reported.push(claim.reported);
            limit.source.push(claim.source);
            limit.stance.push(claim.stance);
            limit.row_of[place as usize] = row as u32;
        }
        limit.id = id;
        let mut cursors = in_offsets.clone();
        limit.in_rows = vec![0; claims.len()];
        for (row, &object) in limit.object.iter().enumerate() {
            let cursor = &mut cursors[object as usize];
            limit.in_rows[*cursor as usize] = row as u32;
            *cursor += 1;
        }
        limit.in_offsets = in_offsets;
        let answers = |stance: u8| {
            let those = claims.iter().enumerate().filter(|(_, claim)| claim.stance == stance);
            let mut pairs: Vec<(u32, u32)> =
                those.map(|(by, claim)| (claim.target, by as u32)).collect();
            pairs.sort_unstable_by_key(|&(target, by)| u64::from(target) << 32 | u64::from(by));
            pairs
        };
        (limit.denied, limit.confirmed) = (answers(DENIES), answers(CONFIRMS));
        for name in &workload.entities {
            limit.names.push_str(name);
            limit.name_ends.push(limit.names.len() as u32);
        }
        limit
    }

    pub fn about(&self, subject: u32) -> Range<usize> {
        self.offsets[subject as usize] as usize..self.offsets[subject as usize + 1] as usize
    }

    pub fn under(&self, subject: u32, relation: u16) -> Range<usize> {
        let rows = self.about(subject);
        let relations = &self.relation[rows.clone()];
        let from = relations.partition_point(|&r| r < relation);
        let to = from + relations[from..].partition_point(|&r| r <= relation);
        rows.start + from..rows.start + to
    }

    /// The count, and the sums of numbers, objects and days.
    pub fn sums(&self, rows: Range<usize>) -> [u64; 4] {
        let sum = |column: &[u32]| column.iter().map(|&n| u64::from(n)).sum::<u64>();
        let days = self.valid[rows.clone()].iter().map(|&day| u64::from(day)).sum();
        [rows.len() as u64, sum(&self.id[rows.clone()]), sum(&self.object[rows]), days]
    }

    pub fn joins(&self, row: usize) -> bool {
        self.stance[row] != DENIES
    }

    /// The number of entities in reach, and the sum of their distances.
    pub fn reached(&self, start: u32, by: u16) -> (u64, u64) {
        let mut seen = vec![false; self.offsets.len() - 1];
        let (mut front, mut next, mut steps) = (vec![start], Vec::new(), 0);
        seen[start as usize] = true;
        let (mut reached, mut sum) = (1, 0);
        while !front.is_empty() {
            steps += 1;
            for &at in &front {
                for row in self.about(at) {
                    let to = self.object[row];
                    if self.valid[row] <= by && self.joins(row) && !seen[to as usize] {
                        seen[to as usize] = true;
                        (reached, sum) = (reached + 1, sum + steps);
                        next.push(to);
                    }
                }
            }
            front.clear();
            std::mem::swap(&mut front, &mut next);
        }
        (reached, sum)
    }

    /// The number of connected components.
    pub fn components(&self) -> u64 {
        let mut parents: Vec<u32> = (0..self.offsets.len() as u32 - 1).collect();
        fn root(parents: &mut [u32], mut at: u32) -> u32 {
            while parents[at as usize] != at {
                parents[at as usize] = parents[parents[at as usize] as usize];
                at = parents[at as usize];
            }
            at
        }
        for subject in 0..self.offsets.len() as u32 - 1 {
            let mut own = root(&mut parents, subject);
            for row in self.about(subject).filter(|&row| self.joins(row)) {
                let other = root(&mut parents, self.object[row]);
                if own != other {
                    parents[own.max(other) as usize] = own.min(other);
                    own = own.min(other);
                }
            }
        }
        parents.iter().enumerate().filter(|&(at, &parent)| at == parent as usize).count() as u64
    }

    /// A number of rounds of page rank.
    pub fn page_rank(&self, rounds: usize) -> Vec<f64> {
        let nodes = self.offsets.len() - 1;
        let mut scores = vec![1.0 / nodes as f64; nodes];
        let mut sums = vec![0.0; nodes];
        for _ in 0..rounds {
            let mut stranded = 0.0;
            for (subject, score) in scores.iter().enumerate() {
                let rows = self.about(subject as u32);
                let arcs = rows.clone().filter(|&row| self.joins(row)).count();
                if arcs == 0 {
                    stranded += score;
                    continue;
                }
                let share = score / arcs as f64;
                rows.filter(|&row| self.joins(row))
                    .for_each(|row| sums[self.object[row] as usize] += share);
            }
            let base = (0.15 + 0.85 * stranded) / nodes as f64;
            for (score, sum) in scores.iter_mut().zip(&mut sums) {
                *score = base + 0.85 * std::mem::take(sum);
            }
        }
        scores
    }

    /// Returns all arrays as one run of bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.id.len() * 30 + self.names.len() + 1024);
        fn put<T: Copy, const N: usize>(
            bytes: &mut Vec<u8>,
            column: &[T],
            little: impl Fn(T) -> [u8; N],
        ) {
            bytes.extend_from_slice(&(column.len() as u64).to_le_bytes());
            bytes.extend(column.iter().flat_map(|&cell| little(cell)));
        }
        for column in
            [&self.object, &self.id, &self.offsets, &self.row_of, &self.in_offsets, &self.in_rows]
        {
            put(&mut bytes, column, u32::to_le_bytes);
        }
        for column in [&self.relation, &self.valid, &self.reported, &self.source] {
            put(&mut bytes, column, u16::to_le_bytes);
        }
        put(&mut bytes, &self.stance, |cell| [cell]);
        for pairs in [&self.denied, &self.confirmed] {
            put(&mut bytes, pairs, |(target, by)| {
                (u64::from(by) << 32 | u64::from(target)).to_le_bytes()
            });
        }
        put(&mut bytes, self.names.as_bytes(), |cell| [cell]);
        put(&mut bytes, &self.name_ends, u32::to_le_bytes);
        bytes
    }

    /// Reads the arrays back from the bytes.
    pub fn from_bytes(mut bytes: &[u8]) -> Self {
        fn take<T, const N: usize>(bytes: &mut &[u8], of: impl Fn([u8; N]) -> T) -> Vec<T> {
            let (head, rest) = bytes.split_at(8);
            let len = u64::from_le_bytes(head.try_into().unwrap()) as usize * N;
            let (column, rest) = rest.split_at(len);
            *bytes = rest;
            column.chunks_exact(N).map(|cell| of(cell.try_into().unwrap())).collect()
        }
        let at = &mut bytes;
        let [object, id, offsets, row_of, in_offsets, in_rows] =
            [(); 6].map(|()| take(at, u32::from_le_bytes));
        let [relation, valid, reported, source] = [(); 4].map(|()| take(at, u16::from_le_bytes));
        let stance = take(at, |[cell]: [u8; 1]| cell);
        let pair = |cell| {
            let pair = u64::from_le_bytes(cell);
            (pair as u32, (pair >> 32) as u32)
        };
        let [denied, confirmed] = [(); 2].map(|()| take(at, pair));
        let names = String::from_utf8(take(at, |[cell]: [u8; 1]| cell)).unwrap();
        let name_ends = take(at, u32::from_le_bytes);
        Self {
            object,
            relation,
            valid,
            reported,
            source,
            stance,
            id,
            offsets,
            row_of,
            in_offsets,
            in_rows,
            denied,
            confirmed,
            names,
            name_ends,
        }
    }
}

/// The claims appended since, with a chain for each subject.
#[derive(Default)]
pub struct Log {
    pub rows: Vec<Claim>,
    next: Vec<u32>,
    head: Vec<u32>,
}

impl Log {
    pub fn over(entities: usize) -> Self {
        Self { head: vec![NOBODY; entities], ..Self::default() }
    }

    pub fn push(&mut self, claim: Claim) {
        let head = &mut self.head[claim.subject as usize];
        self.next.push(*head);
        *head = self.rows.len() as u32;
        self.rows.push(claim);
    }

    pub fn about(&self, subject: u32) -> impl Iterator<Item = (u32, &Claim)> {
        let step = |at: u32| (at != NOBODY).then_some(at);
        let chain = std::iter::successors(step(self.head[subject as usize]), move |&at| {
            step(self.next[at as usize])
        });
        chain.map(|at| (at, &self.rows[at as usize]))
    }
}
