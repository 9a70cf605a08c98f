//! The claims for and against a statement: the responses to a
//! [`StatementQuery`](crate::StatementQuery).

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId};
use crate::model::value::answer::Answer;
use crate::model::value::stance::{Modality, Stance};
use crate::questions::response::{ContestKind, Response};
use crate::questions::statement::StatementQuery;
use crate::view::finding::Findings;
use crate::view::proof::Step;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Claims that back a statement, with the claim through which and the steps by which they do.
type Gathered = IndexMap<ClaimId, (Option<ClaimId>, Vec<Step>), FxBuildHasher>;

/// The latest stances of each speaker, each with whether it is certain.
pub(crate) type LatestStances = IndexMap<Option<EntityId>, BTreeSet<(Stance, Answer)>>;

impl<'g> StatementQuery<'g> {
    /// Returns everybody's claims on the statement: [`backing`](Self::backing) and
    /// [`against`](Self::against) together.
    ///
    /// ```
    /// use claimgraph::{claim::Bearing, date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// graph.insert(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
    /// graph.insert(Claim::by(nk).denies(nk, PRESENT_IN, russia).reported(day))?;
    /// let bearings: Vec<Bearing> = graph.statement(nk, DEPLOYS_TO, russia).responses().iter().map(|r| r.bearing()).collect();
    /// assert!(bearings.contains(&Bearing::Supports) && bearings.contains(&Bearing::Contests));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn responses(&self) -> Findings<'g, Response<'g>> {
        let backing = self.backing();
        let against = self.against_beside(&backing);
        self.listed(backing.into_iter().chain(against))
    }

    /// Returns the claims that back the statement: claims that entail it and whose speakers are committed to
    /// them, and claims that confirm or acknowledge such a claim as a whole. An acknowledgement covers no figure
    /// and no role.
    pub fn backing(&self) -> Findings<'g, Response<'g>> {
        let Some(pattern) = self.pattern() else {
            return Findings::of(&self.view, Vec::new());
        };
        let found = self.gathered(self.view.entailing(&pattern, self.modality, self.weakest), true);
        self.listed(found.into_iter().filter_map(|(id, (through, steps))| {
            Some(Response::backing(ClaimRef::new(self.view.graph, id)?, through, steps))
        }))
    }

    /// Returns the claims against the statement: denials of something it entails, and denials, dismissals and
    /// doubts of the claims that back it.
    pub fn against(&self) -> Findings<'g, Response<'g>> {
        self.against_beside(&self.backing())
    }

    fn against_beside(&self, backing: &[Response<'g>]) -> Findings<'g, Response<'g>> {
        let claims: Vec<ClaimId> = backing.iter().map(|backing| backing.claim().id()).collect();
        self.listed(self.opposed(&claims, backing.into()).into_values())
    }

    fn listed(&self, found: impl Iterator<Item = Response<'g>>) -> Findings<'g, Response<'g>> {
        let mut found: Vec<Response<'g>> = found.collect();
        self.view.graph.sort_findings(&mut found, |response| response.claim().id());
        Findings::of(&self.view, found)
    }

    /// The claims that back the statement, in no order.
    pub(crate) fn supporting(&self) -> Vec<ClaimId> {
        let Some(pattern) = self.pattern() else { return Vec::new() };
        let entailing = self.view.entailing_in_no_order(&pattern, self.modality, self.weakest);
        self.gathered(entailing.map(|id| (id, Vec::new())), false).into_keys().collect()
    }

    /// Claims that entail the statement, and those that confirm or acknowledge one of them as a whole.
    fn gathered(
        &self,
        entailing: impl IntoIterator<Item = (ClaimId, Vec<Step>)>,
        in_order: bool,
    ) -> Gathered {
        let graph = self.view.graph;
        let in_time =
            |id: ClaimId| ClaimRef::new(graph, id).is_some_and(|claim| self.is_told_in_time(claim));
        let entailing =
            entailing.into_iter().filter(|(id, _)| self.told_since.is_none() || in_time(*id));
        let mut found: Gathered = entailing.map(|(id, steps)| (id, (None, steps))).collect();
        let facets =
            !self.roles.is_empty() || !self.given.is_empty() || self.figure_asked().is_some();
        let mut next = 0;
        while let Some((&id, _)) = found.get_index(next) {
            next += 1;
            let mut answers: Vec<ClaimRef<'g>> = graph
                .ledger
                .answers(id)
                .into_iter()
                .filter_map(|answer| self.view.get(answer))
                .collect();
            answers.retain(|answer| {
                let supports = answer.stance() == Stance::Confirms
                    || (answer.stance() == Stance::Acknowledges && !facets);
                let meant =
                    answer.certainty() <= self.weakest && answer.modality() == Modality::Actual;
                supports && meant && answer.statement().is_none() && answer.responds_to(id).is_yes()
            });
            if in_order {
                graph.sort_findings(&mut answers, |answer| answer.id());
            }
            for answer in answers {
                found.entry(answer.id()).or_insert((Some(id), Vec::new()));
            }
        }
        found
    }

    /// Returns the claims against the statement in no order, beside the claims that back it.
    fn opposed(
        &self,
        backing: &[ClaimId],
        backed: Arc<[Response<'g>]>,
    ) -> IndexMap<ClaimId, Response<'g>> {
        let mut found: IndexMap<ClaimId, Response<'g>> = IndexMap::new();
        if let Some(said) = self.proposition().filter(|p| p.subject.is_some() && p.object.is_some())
        {
            found.extend(self.view.denials_of(&said, self.modality).map(|(denial, steps)| {
                let kind = ContestKind::of_denial(denial);
                (denial.id(), Response::against(denial, kind, steps))
            }));
        }
        for &through in backing {
            for answer in self.view.graph.ledger.answers(through) {
                let Some(claim) = self.view.get(answer) else { continue };
                let Some(kind) = ContestKind::of_answer(claim) else { continue };
                let response = found
                    .entry(answer)
                    .or_insert_with(|| Response::against(claim, kind, Vec::new()));
                response.through(through, &backed);
            }
        }
        found
    }

    /// Returns the stances of the latest responses of each speaker.
    pub(crate) fn latest_stances(&self) -> LatestStances {
        let backing = self.supporting();
        let opposed = self.opposed(&backing, Arc::new([]));
        let supports = backing
            .iter()
            .filter_map(|&id| ClaimRef::new(self.view.graph, id))
            .map(|claim| (claim, Answer::Yes));
        let opposes = opposed.values().map(|against| (against.claim(), against.certain()));
        let mut latest: IndexMap<Option<EntityId>, (_, BTreeSet<_>)> = IndexMap::new();
        for (claim, certain) in supports.chain(opposes) {
            let day = claim.day_spoken();
            let (known, stances) =
                latest.entry(claim.speaker()).or_insert_with(|| (day, BTreeSet::new()));
            if day > *known {
                (*known, *stances) = (day, BTreeSet::new());
            }
            if day == *known {
                stances.insert((claim.stance(), certain));
            }
        }
        latest.into_iter().map(|(speaker, (_, stances))| (speaker, stances)).collect()
    }
}
