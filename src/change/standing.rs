//! The state of the claims and topics that a change can affect, in one view: contested claims, corroborated claims,
//! positions of speakers.

use crate::change::affected_claims::Touched;
use crate::change::shift::Shift;
use crate::graph::claim_ref::ClaimRef;
use crate::graph::topic::Topic;
use crate::model::id::{ClaimId, EntityId, OriginId};
use crate::model::value::stance::{Certainty, Modality, Stance};
use crate::questions::response::Response;
use crate::questions::statement::StatementQuery;
use crate::questions::statement::support::Stances;
use crate::view::View;
use indexmap::{IndexMap, IndexSet};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// So many claims are worth a look at all of them.
const MANY: usize = 64;

impl<'g> View<'g> {
    /// Returns the contested ones of these claims, each with what contests it. If they are many, all contested claims are
    /// found at once.
    pub(crate) fn contested_among(
        &self,
        claims: &IndexSet<ClaimId>,
    ) -> IndexMap<ClaimId, Arc<[Response<'g>]>> {
        if claims.len() > MANY && claims.len() > self.graph.len() / 16 {
            let all = self.contested().into_iter();
            let among = all.filter(|it| claims.contains(&it.claim().id()));
            return among.map(|it| (it.claim().id(), it.shared())).collect();
        }
        let in_view = claims.iter().filter_map(|&id| self.get(id));
        let contests = in_view.map(|claim| (claim.id(), self.contests_in_no_order(claim)));
        let contested = contests.filter(|(_, contests)| !contests.is_empty());
        contested.map(|(id, contests)| (id, self.in_order(contests))).collect()
    }

    /// Returns the claims that state these topics and stand on more than one independent source, with the number of
    /// sources and the first claim that states the same. Only claims that their speakers are committed to count.
    pub(crate) fn corroborated_among(
        &self,
        topics: &IndexMap<Topic<'g>, Vec<ClaimId>>,
    ) -> IndexMap<ClaimId, (usize, ClaimRef<'g>)> {
        let mut found = IndexMap::new();
        for (_, _, mut claims) in self.by_modality(topics) {
            claims.retain(|claim| claim.stance() != Stance::Denies);
            let Some(&first) = claims.first() else { continue };
            let supporters = self.supporters_of(first);
            let speaker = supporters.first().map(|claim| claim.speaker());
            // One speaker is at most one source.
            if supporters.iter().all(|claim| Some(claim.speaker()) == speaker) {
                continue;
            }
            let parties = self.single_parties(&supporters);
            if parties.is_none() {
                let all = self.independence_of(supporters.iter().map(|claim| claim.id()));
                // Fewer claims do not stand on more sources, unless one of them shows that others are copies.
                if all.count() < 2 && all.copies.is_empty() {
                    continue;
                }
            }
            let evidence = supporters.iter().copied().filter(|it| it.stance().adds_evidence());
            let evidence: Vec<ClaimRef<'g>> = evidence.collect();
            let (mut components, mut others) = (None, None);
            let backs: FxHashSet<ClaimId> = supporters.iter().map(|claim| claim.id()).collect();
            // A speaker without evidence of its own stands on others alone, even if it said the same elsewhere.
            let mut known: IndexMap<(OriginId, bool), usize> = IndexMap::new();
            for claim in claims {
                let named = claim.chain().iter().all(|link| link.source.is_some());
                let origin = self.graph.ledger.origin_of(claim.id()).filter(|_| named);
                let origin = origin.map(|origin| (origin, claim.stance().adds_evidence()));
                let count = match (origin.and_then(|origin| known.get(&origin)), &parties) {
                    (Some(&count), _) => count,
                    (None, Some(parties)) if backs.contains(&claim.id()) => {
                        let own = claim.speaker().is_some_and(|speaker| parties.contains(&speaker));
                        parties.len() - usize::from(own && !claim.stance().adds_evidence())
                    }
                    // What the speaker says elsewhere does not count.
                    (None, None) if backs.contains(&claim.id()) => {
                        let (components, by_speaker) = components.get_or_insert_with(|| {
                            let all = self.independence_of(evidence.iter().map(|it| it.id()));
                            (all.components(), by_speaker(&evidence))
                        });
                        let own = by_speaker.get(&claim.speaker()).map_or(&[][..], Vec::as_slice);
                        if own.len() * 2 > evidence.len() {
                            // Only one speaker can have most of the evidence.
                            let others = others.get_or_insert_with(|| {
                                let others = evidence.iter().map(|it| (it.id(), it.speaker()));
                                let others = others.filter(|(_, it)| *it != claim.speaker());
                                others.map(|(id, _)| id).collect::<Vec<ClaimId>>()
                            });
                            let beside = others.iter().copied().chain([claim.id()]);
                            self.independence_of(beside).count()
                        } else {
                            let left_out = own.iter().copied().filter(|id| *id != claim.id());
                            components.without_claims(self, &left_out.collect())
                        }
                    }
                    _ => self.sources_beside(claim, &supporters),
                };
                origin.into_iter().for_each(|origin| _ = known.insert(origin, count));
                if count > 1 {
                    found.insert(claim.id(), (count, first));
                }
            }
        }
        found
    }

    /// Returns the speakers of these claims, if each speaks for itself and for nobody else. Then there are as many
    /// sources as speakers.
    fn single_parties(&self, claims: &[ClaimRef<'g>]) -> Option<FxHashSet<EntityId>> {
        let adding: Vec<ClaimRef<'g>> =
            claims.iter().copied().filter(|claim| claim.stance().adds_evidence()).collect();
        let paths = self.paths(&adding, false);
        let parties = paths.parties().filter(|_| self.one_word(paths.ends(&adding)).is_empty())?;
        let own = adding.iter().zip(&parties).all(|(claim, party)| claim.speaker() == Some(*party));
        (own && self.copies(&adding, &adding).is_empty()).then(|| parties.into_iter().collect())
    }

    /// Returns on how many independent sources a claim stands, itself included.
    pub(crate) fn sources_of(&self, claim: ClaimRef<'g>) -> usize {
        match self.contains(claim.id()) {
            true => self.sources_beside(claim, &self.supporters_of(claim)),
            false => 0,
        }
    }

    /// Returns the same, given all claims that back what it states.
    fn sources_beside(&self, claim: ClaimRef<'g>, supporters: &[ClaimRef<'g>]) -> usize {
        let others = supporters.iter().filter(|other| other.speaker() != claim.speaker());
        self.independence_of(others.map(|other| other.id()).chain([claim.id()])).count()
    }

    /// Returns the proposition of the claim as a question, without its roles, figure and time.
    fn topic_of(&self, claim: ClaimRef<'g>) -> Option<StatementQuery<'g>> {
        Some(self.inquire(claim.statement()?).without_roles().modality(claim.modality()))
    }

    /// Returns the claims that back what the claim states, in no order.
    fn supporters_of(&self, claim: ClaimRef<'g>) -> Vec<ClaimRef<'g>> {
        let supporting =
            self.topic_of(claim).map(|asked| asked.counted_support()).unwrap_or_default();
        supporting.values().map(Response::claim).collect()
    }

    /// Returns the claims that back the proposition of the claim, in the order of findings.
    pub(crate) fn backing_of(&self, claim: ClaimRef<'g>) -> Vec<Response<'g>> {
        self.topic_of(claim)
            .map(|asked| asked.counted_backing().into_iter().collect())
            .unwrap_or_default()
    }

    /// Returns the claims of this view that state a topic, by modality.
    fn by_modality<'m>(
        &self,
        topics: &'m IndexMap<Topic<'g>, Vec<ClaimId>>,
    ) -> Vec<(&'m Topic<'g>, Modality, Vec<ClaimRef<'g>>)> {
        let mut found = Vec::new();
        for (topic, claims) in topics {
            let mut by_modality: IndexMap<Modality, Vec<ClaimRef<'g>>> = IndexMap::new();
            let committed = |claim: &ClaimRef<'g>| {
                claim.certainty() <= Certainty::Probable && self.commitment(*claim).is_some()
                    || claim.stance() == Stance::Denies
            };
            for claim in claims.iter().filter_map(|&id| self.get(id)).filter(committed) {
                by_modality.entry(claim.modality()).or_default().push(claim);
            }
            found.extend(
                by_modality.into_iter().map(|(modality, claims)| (topic, modality, claims)),
            );
        }
        found
    }

    /// Returns the positions of all speakers on these topics, by names of topics that are the same in every graph.
    /// The latest claims of a speaker are its position.
    pub(crate) fn standing_on(&self, touched: &Touched<'g>) -> IndexMap<String, Stand<'g>> {
        let mut found = IndexMap::new();
        for (topic, modality, claims) in self.by_modality(&touched.topics) {
            let Some(asked) = claims.iter().find_map(|&claim| self.topic_of(claim)) else {
                continue;
            };
            let stances = asked.latest_stances();
            found.insert(self.matter_name(topic, modality), Stand { claims, asked, stances });
        }
        found
    }

    fn matter_name(&self, topic: &Topic<'_>, modality: Modality) -> String {
        let relation = self.graph.vocabulary.relations.key(topic.relation);
        let [subject, object] = topic.ends.map(|end| self.graph.place_of(end));
        format!("{relation}\u{0}{modality}\u{0}{subject:?}\u{0}{object:?}")
    }
}

/// Returns the claims of each speaker.
fn by_speaker(claims: &[ClaimRef<'_>]) -> FxHashMap<Option<EntityId>, Vec<ClaimId>> {
    let mut found: FxHashMap<Option<EntityId>, Vec<ClaimId>> = FxHashMap::default();
    for claim in claims {
        found.entry(claim.speaker()).or_default().push(claim.id());
    }
    found
}

/// The positions of all speakers on one topic.
pub(crate) struct Stand<'g> {
    /// The claims that state it.
    claims: Vec<ClaimRef<'g>>,
    asked: StatementQuery<'g>,
    /// The latest stances of the speakers by their keys, which are the same in every graph.
    stances: BTreeMap<Option<&'g str>, Stances>,
}

impl<'g> Stand<'g> {
    /// Returns the first claim that states it, in the order of findings.
    fn on(&self) -> Option<ClaimRef<'g>> {
        let ids: Vec<ClaimId> = self.claims.iter().map(|claim| claim.id()).collect();
        let graph = self.asked.view.graph;
        graph.first_finding(&ids).and_then(|id| ClaimRef::new(graph, id))
    }

    /// Returns the latest responses of each speaker.
    fn latest_by_speaker(&self) -> BTreeMap<Option<&'g str>, Vec<Response<'g>>> {
        let mut found: BTreeMap<Option<&'g str>, Vec<Response<'g>>> = BTreeMap::new();
        for response in self.asked.responses().latest() {
            let speaker = response.claim().graph().keyed_entity(response.speaker());
            found.entry(speaker).or_default().push(response.clone());
        }
        found
    }

    /// Returns the speakers whose position on the same topic was another one earlier.
    pub(crate) fn shifts_since(&self, before: &Stand<'g>) -> Vec<Shift<'g, Stances>> {
        let mut speakers: BTreeSet<Option<&'g str>> =
            self.stances.keys().chain(before.stances.keys()).copied().collect();
        speakers.retain(|key| self.stances.get(key) != before.stances.get(key));
        if speakers.is_empty() {
            return Vec::new();
        }
        let mut latest = [before, self].map(|stand| stand.latest_by_speaker());
        let [on_before, on_now] = [before, self].map(|stand| LazyCell::new(|| stand.on()));
        let mut shift = |key: Option<&'g str>| {
            let by = latest.each_mut().map(|latest| latest.remove(&key).unwrap_or_default());
            let [was, now] =
                [before, self].map(|stand| stand.stances.get(&key).cloned().unwrap_or_default());
            // A speaker without a claim in the later view belongs to the earlier graph.
            let [earlier, later] = &by;
            let of = if later.is_empty() { *on_before } else { *on_now }?;
            let speaker = later.first().or(earlier.first()).and_then(Response::speaker);
            Some(Shift { of, speaker, before: was, after: now, by: by.map(Arc::from) })
        };
        speakers.into_iter().filter_map(&mut shift).collect()
    }
}
