//! Speakers whose word may be one: a whole and what belongs to it, and speakers whose names are withheld. Independence
//! takes them for one where it says how many sources there are at least.

use crate::graph::claim_ref::ClaimRef;
use crate::model::affiliation::AffiliationKind;
use crate::model::id::{AffiliationId, EntityId};
use crate::model::time::period::Period;
use crate::sources::vertex_cut::Vertex;
use crate::view::View;
use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;

type Map<K, V> = IndexMap<K, V, FxBuildHasher>;

/// Which speakers are taken for which others.
#[derive(Clone, Debug, Default)]
pub(crate) struct OneWord {
    /// Speakers whose word is left out, each with the speaker that stands for it.
    left_out: Map<Vertex, Vertex>,
    /// Speakers that are taken for another one.
    same: Map<Vertex, Vertex>,
    /// The affiliations by which that is so.
    pub(crate) affiliations: IndexSet<AffiliationId, FxBuildHasher>,
}

/// Where evidence comes from: a speaker, and the days on which it spoke.
type Speakers = Map<Vertex, Vec<Period>>;

impl OneWord {
    pub(crate) fn is_empty(&self) -> bool {
        self.left_out.is_empty() && self.same.is_empty()
    }

    /// Returns whether the word of the speaker is left out.
    pub(crate) fn leaves_out(&self, speaker: Vertex) -> bool {
        self.left_out.contains_key(&speaker)
    }

    /// Returns the speaker that the given one is taken for.
    pub(crate) fn taken_for(&self, speaker: Vertex) -> Vertex {
        self.same.get(&speaker).copied().unwrap_or(speaker)
    }

    /// Returns each speaker that may be one with another, with that one.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (Vertex, Vertex)> {
        self.left_out.iter().chain(&self.same).map(|(&one, &other)| (one, other))
    }
}

impl<'g> View<'g> {
    /// Returns which of these speakers may be one. `ends` are the claims, each with the speakers from which its evidence
    /// comes.
    pub(crate) fn one_word<'e>(
        &self,
        ends: impl Iterator<Item = (ClaimRef<'g>, &'e [Vertex])>,
    ) -> OneWord {
        let mut speakers = Speakers::default();
        for (claim, ends) in ends {
            let spoke = claim.said().unwrap_or_else(|| claim.reported().into());
            for &end in ends {
                let days = speakers.entry(end).or_default();
                if !days.contains(&spoke) {
                    days.push(spoke.clone());
                }
            }
        }
        let mut found = OneWord::default();
        let named = |vertex: &Vertex| match vertex {
            Vertex::Party(entity) => Some(*entity),
            _ => None,
        };
        let affiliated = |entity| self.graph.affiliations_of(entity).next().is_some();
        let withheld = |entity| self.graph.entity(entity).is_ok_and(|it| it.is_name_withheld());
        let unknown = |vertex: &Vertex| named(vertex).is_none_or(withheld);
        let nothing = speakers.len() < 2
            || !speakers.keys().any(|it| unknown(it) || named(it).is_some_and(affiliated));
        if nothing {
            return found;
        }
        self.leave_out_wholes(&speakers, &mut found);
        self.take_unknown_for_one(&speakers, unknown, &mut found);
        found
    }

    /// Leaves out the word of each whole to which another speaker belongs. Each speaker stands for one whole only: the
    /// nearest, and of several the first by key.
    fn leave_out_wholes(&self, speakers: &Speakers, found: &mut OneWord) {
        let mut parts: Vec<(EntityId, &Vec<Period>)> = Vec::new();
        for (speaker, days) in speakers {
            if let Vertex::Party(entity) = speaker {
                parts.push((*entity, days));
            }
        }
        parts.sort_by_key(|(part, _)| self.graph.key_of(*part));
        for (part, days) in parts {
            let speaks = |whole: EntityId| speakers.contains_key(&Vertex::Party(whole));
            let wholes = days.iter().filter_map(|day| self.nearest_whole(part, day, &speaks));
            let nearest = wholes.min_by_key(|(path, key, _)| (path.len(), *key));
            if let Some((path, _, whole)) = nearest {
                let whole = Vertex::Party(whole);
                found.left_out.entry(whole).or_insert(Vertex::Party(part));
                found.affiliations.extend(path);
            }
        }
    }

    /// Returns the nearest whole that speaks, to which the entity belonged on that day, with the affiliations that lead
    /// there and its key.
    fn nearest_whole(
        &self,
        part: EntityId,
        day: &Period,
        speaks: &dyn Fn(EntityId) -> bool,
    ) -> Option<(Vec<AffiliationId>, &'g str, EntityId)> {
        let mut came: Map<EntityId, Vec<AffiliationId>> = Map::default();
        came.insert(part, Vec::new());
        let (mut from, mut to) = (0, 1);
        while from < to {
            for place in from..to {
                let Some((&entity, path)) = came.get_index(place) else { continue };
                let (path, mut above) = (path.clone(), Vec::new());
                for (id, affiliation) in self.affiliations_of(entity) {
                    let belongs = affiliation.kind() != AffiliationKind::LocatedIn;
                    if belongs && affiliation.can_hold_in(Some(day)) {
                        above.push((id, affiliation.whole()));
                    }
                }
                above.sort_by_cached_key(|&(id, _)| self.graph.affiliation_order(id));
                for (id, whole) in above {
                    came.entry(whole).or_insert_with(|| path.iter().copied().chain([id]).collect());
                }
            }
            let level = (to..came.len()).filter_map(|place| came.get_index(place));
            let speaking = level.filter(|(whole, _)| speaks(**whole) && **whole != part);
            let first = speaking.min_by_key(|(whole, _)| self.graph.key_of(**whole));
            if let Some((&whole, path)) = first {
                return Some((path.clone(), self.graph.key_of(whole), whole));
            }
            (from, to) = (to, came.len());
        }
        None
    }

    /// Takes speakers whose names are withheld for one if they are given the same whole, or if one is given none. If a
    /// named speaker directly of that whole speaks, leaves them out.
    fn take_unknown_for_one(
        &self,
        speakers: &Speakers,
        unknown: impl Fn(&Vertex) -> bool,
        found: &mut OneWord,
    ) {
        // The wholes to which a speaker directly belongs, in order of keys.
        let wholes = |speaker: &Vertex, days: &[Period]| -> Vec<(EntityId, AffiliationId)> {
            let Vertex::Party(entity) = speaker else { return Vec::new() };
            let mut wholes = Vec::new();
            for (id, affiliation) in self.affiliations_of(*entity) {
                let holds = days.iter().any(|day| affiliation.can_hold_in(Some(day)));
                if affiliation.kind() != AffiliationKind::LocatedIn && holds {
                    wholes.push((affiliation.whole(), id));
                }
            }
            wholes.sort_by_key(|(whole, _)| self.graph.key_of(*whole));
            wholes
        };
        let mut named: Map<EntityId, (Vertex, AffiliationId)> = Map::default();
        for (speaker, days) in speakers.iter().filter(|(speaker, _)| !unknown(speaker)) {
            for (whole, id) in wholes(speaker, days) {
                let known = named.entry(whole).or_insert((*speaker, id));
                if self.is_before(*speaker, known.0) {
                    *known = (*speaker, id);
                }
            }
        }
        let mut groups: Map<EntityId, (Vertex, AffiliationId)> = Map::default();
        let mut of_nobody = Vec::new();
        let mut unknown: Vec<(&Vertex, &Vec<Period>)> =
            speakers.iter().filter(|(speaker, _)| unknown(speaker)).collect();
        unknown.sort_by(|(a, _), (b, _)| self.compare(**a, **b));
        for (speaker, days) in unknown {
            let given = wholes(speaker, days);
            let by_name = given.iter().find_map(|(whole, id)| Some((named.get(whole)?, id)));
            if let Some(((other, theirs), id)) = by_name {
                found.left_out.entry(*speaker).or_insert(*other);
                found.affiliations.extend([*id, *theirs]);
                continue;
            }
            match given.first() {
                None => of_nobody.push(*speaker),
                Some(&(whole, id)) => match groups.get(&whole) {
                    None => _ = groups.insert(whole, (*speaker, id)),
                    Some(&(first, theirs)) => {
                        found.same.insert(*speaker, first);
                        found.affiliations.extend([id, theirs]);
                    }
                },
            }
        }
        // Of whom nothing is known may be any of the others, and all of them may be one.
        let first = groups.first().map(|(_, (speaker, _))| *speaker);
        let first = first.or_else(|| of_nobody.first().copied());
        for speaker in of_nobody.into_iter().filter(|speaker| Some(*speaker) != first) {
            found.same.extend(first.map(|first| (speaker, first)));
        }
    }

    fn is_before(&self, a: Vertex, b: Vertex) -> bool {
        self.compare(a, b).is_lt()
    }

    /// Compares two speakers: named ones by key, and then those who are not named, in the order of findings.
    fn compare(&self, a: Vertex, b: Vertex) -> std::cmp::Ordering {
        match (a, b) {
            (Vertex::Unstated(a, at), Vertex::Unstated(b, bt)) if a == b => at.cmp(&bt),
            (Vertex::Unstated(a, _), Vertex::Unstated(b, _)) => {
                match self.graph.first_finding(&[a, b]) {
                    Some(first) if first == a => std::cmp::Ordering::Less,
                    _ => std::cmp::Ordering::Greater,
                }
            }
            (Vertex::Unstated(..), _) => std::cmp::Ordering::Greater,
            (_, Vertex::Unstated(..)) => std::cmp::Ordering::Less,
            (Vertex::Party(a) | Vertex::Relay(a), Vertex::Party(b) | Vertex::Relay(b)) => {
                self.graph.key_of(a).cmp(self.graph.key_of(b))
            }
        }
    }
}
