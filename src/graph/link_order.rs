//! An order of entities along links, by which a link that would close a circle is found. Affiliations and lineage have
//! one each.
//!
//! Every entity has a level, and a link leads to the same level or to a higher one. A link that leads up closes no
//! circle, and needs no search. Any other link is searched for in both directions at one level, at most as many links
//! as the square root of all. If that does not suffice, the far end and everything above it are raised. So `m` links
//! cost at most `m` to the power of 1.5 (Bender, Fineman, Gilbert, Tarjan: A New Approach to Incremental Cycle
//! Detection and Related Problems, ACM Transactions on Algorithms 12, 2015, section 2).

use crate::model::id::EntityId;
use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxHashMap;

/// The fewest links that a search goes along before anything is raised.
const FEWEST_STEPS: usize = 32;

/// The links between entities, and the level of each entity. An entity without a level is at level 0.
#[derive(Clone, Debug, Default)]
pub(crate) struct LinkOrder {
    links: usize,
    levels: FxHashMap<EntityId, u32>,
    /// The entities above each entity, by one link.
    above: FxHashMap<EntityId, Vec<EntityId>>,
    /// The entities below each entity and at its level, by one link.
    below: FxHashMap<EntityId, Vec<EntityId>>,
}

/// The outcome of a search at one level.
enum Search {
    Circle,
    NoCircle,
    /// All entities of the level from which the near end can be reached.
    Reaching(IndexSet<EntityId>),
    Unfinished,
}

impl LinkOrder {
    /// Adds a link.
    ///
    /// # Errors
    /// The link would close a circle. The error has the entities around it, from `from` to `from`, and nothing changes.
    pub(crate) fn add(&mut self, from: EntityId, to: EntityId) -> Result<(), Vec<EntityId>> {
        if from == to {
            return Err(vec![from, from]);
        }
        let (low, high) = (self.level(to), self.level(from));
        if low <= high {
            let (level, reaching) = match self.search(from, to) {
                Search::Circle => return Err(self.circle(from, to)),
                Search::NoCircle => (low, None),
                Search::Reaching(_) if low == high => (low, None),
                Search::Reaching(all) => (high, Some(all)),
                Search::Unfinished => (high + 1, Some(IndexSet::from([from]))),
            };
            if let Some(reaching) = reaching {
                let Some(raised) = self.raised(to, level, &reaching) else {
                    return Err(self.circle(from, to));
                };
                self.raise(&raised, level);
            }
            if level == high {
                self.below.entry(to).or_default().push(from);
            }
        }
        self.above.entry(from).or_default().push(to);
        self.links += 1;
        Ok(())
    }

    fn level(&self, entity: EntityId) -> u32 {
        self.levels.get(&entity).copied().unwrap_or(0)
    }

    fn above(&self, entity: EntityId) -> &[EntityId] {
        self.above.get(&entity).map_or(&[], Vec::as_slice)
    }

    fn below(&self, entity: EntityId) -> &[EntityId] {
        self.below.get(&entity).map_or(&[], Vec::as_slice)
    }

    /// Searches down from `from` at its level. If `to` is at the same level, it also searches up from there, in turn:
    /// where chains grow at an end, one of the two searches ends soon.
    fn search(&self, from: EntityId, to: EntityId) -> Search {
        let level = self.level(from);
        let is_level = self.level(to) == level;
        let most = self.links.isqrt().max(FEWEST_STEPS);
        let (mut down, mut up) = (IndexSet::from([from]), IndexSet::from([to]));
        let (mut next, mut steps) = ([0, 0], [0, 0]);
        while steps.iter().all(|&steps| steps <= most) {
            let Some(&entity) = down.get_index(next[0]) else { return Search::Reaching(down) };
            next[0] += 1;
            let below = self.below(entity);
            steps[0] += below.len();
            down.extend(below.iter().take(most));
            if down.contains(&to) {
                return Search::Circle;
            }
            if !is_level {
                continue;
            }
            let Some(&entity) = up.get_index(next[1]) else { return Search::NoCircle };
            next[1] += 1;
            let above = self.above(entity);
            steps[1] += above.len();
            up.extend(above.iter().take(most).filter(|&&above| self.level(above) == level));
            if up.contains(&from) {
                return Search::Circle;
            }
        }
        Search::Unfinished
    }

    /// Returns an entity and everything above it that is below a level. `None` if one of these leads to an entity of
    /// `reaching`.
    fn raised(
        &self,
        entity: EntityId,
        level: u32,
        reaching: &IndexSet<EntityId>,
    ) -> Option<IndexSet<EntityId>> {
        let (mut raised, mut next) = (IndexSet::from([entity]), 0);
        while let Some(&entity) = raised.get_index(next) {
            next += 1;
            for &above in self.above(entity) {
                if reaching.contains(&above) {
                    return None;
                }
                if self.level(above) < level {
                    raised.insert(above);
                }
            }
        }
        Some(raised)
    }

    fn raise(&mut self, raised: &IndexSet<EntityId>, level: u32) {
        for &entity in raised {
            self.levels.insert(entity, level);
            self.below.remove(&entity);
        }
        for &entity in raised {
            for &above in self.above.get(&entity).into_iter().flatten() {
                if self.levels.get(&above) == Some(&level) {
                    self.below.entry(above).or_default().push(entity);
                }
            }
        }
    }

    /// Returns the entities around the circle that a link would close: a shortest way from `to` to `from`.
    fn circle(&self, from: EntityId, to: EntityId) -> Vec<EntityId> {
        let (mut before, mut next) = (IndexMap::from([(to, to)]), 0);
        while let Some((&entity, _)) = before.get_index(next).filter(|(entity, _)| **entity != from)
        {
            next += 1;
            for &above in self.above(entity) {
                before.entry(above).or_insert(entity);
            }
        }
        let mut round = vec![from];
        while let Some(&last) = round.last().filter(|last| **last != to) {
            round.extend(before.get(&last));
        }
        round.push(from);
        round.reverse();
        round
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(number: usize) -> EntityId {
        EntityId::at(number).unwrap()
    }

    /// Returns whether `from` can be reached from `to` along the links.
    fn closes(links: &[(usize, usize)], (from, to): (usize, usize)) -> bool {
        let mut reached = IndexSet::from([to]);
        let mut next = 0;
        while let Some(&at) = reached.get_index(next) {
            next += 1;
            reached.extend(links.iter().filter(|link| link.0 == at).map(|link| link.1));
        }
        reached.contains(&from)
    }

    #[test]
    fn a_link_is_refused_when_it_closes_a_circle_and_only_then() {
        // A small generator of numbers (Knuth), so that the test needs no crate.
        let mut state = 1u64;
        let mut number = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as usize % below
        };
        for entities in [2, 3, 5, 9, 20, 60] {
            let (mut order, mut links) = (LinkOrder::default(), Vec::new());
            for _ in 0..entities * 12 {
                let link = (number(entities), number(entities));
                let before = format!("{order:?}");
                match order.add(entity(link.0), entity(link.1)) {
                    Ok(()) => {
                        assert!(!closes(&links, link), "{links:?} {link:?}");
                        links.push(link);
                    }
                    Err(round) => {
                        assert!(closes(&links, link), "{links:?} {link:?}");
                        assert_eq!(format!("{order:?}"), before);
                        let steps = round.iter().zip(round.iter().skip(1));
                        let steps: Vec<_> = steps.map(|(a, b)| (a.index(), b.index())).collect();
                        assert_eq!(steps.first(), Some(&link));
                        assert!(steps.iter().skip(1).all(|step| links.contains(step)), "{steps:?}");
                    }
                }
                let rises =
                    |&(a, b): &(usize, usize)| order.level(entity(a)) <= order.level(entity(b));
                assert!(links.iter().all(rises));
            }
        }
    }

    #[test]
    fn no_entity_is_raised_to_more_levels_than_searches_need() {
        let highest = |links: &mut dyn Iterator<Item = (usize, usize)>| {
            let mut order = LinkOrder::default();
            links.for_each(|(from, to)| order.add(entity(from), entity(to)).unwrap());
            order.levels.values().max().copied().unwrap_or(0)
        };
        // A chain that grows at an end needs no level, whichever end it is.
        assert_eq!(highest(&mut (1..20_000).map(|n| (n, n - 1))), 0);
        assert_eq!(highest(&mut (1..20_000).map(|n| (n - 1, n))), 0);
        // Many below one entity, and many above another, which a grid of links joins.
        let (many, side) = (20_000, 100);
        let (lower, upper) = (many * 2 + side * 2, many * 2 + side * 2 + 1);
        let below = (0..many).map(|n| (n, lower));
        let ends = (0..side).flat_map(|n| [(lower, many * 2 + n), (many * 2 + side + n, upper)]);
        let above = (0..many).map(|n| (upper, many + n));
        let grid =
            (0..side).flat_map(|a| (0..side).map(move |b| (many * 2 + a, many * 2 + side + b)));
        assert!(highest(&mut below.chain(ends).chain(above).chain(grid)) <= 2);
    }
}
