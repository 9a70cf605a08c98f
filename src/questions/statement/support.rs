//! The claims for and against a statement: the responses to a
//! [`StatementQuery`](crate::StatementQuery).

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::ClaimId;
use crate::model::value::answer::Answer;
use crate::model::value::stance::{Modality, Stance};
use crate::questions::entailment::{Entailed, Pattern};
use crate::questions::response::{Response, Responses, latest};
use crate::questions::statement::StatementQuery;
use crate::questions::voice::Voice;
use crate::view::finding::Findings;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Stances of one speaker, each with whether it is certain.
pub(crate) type Stances = BTreeSet<(Stance, Answer)>;

impl<'g> StatementQuery<'g> {
    /// Returns all claims for and against the statement: [`backing`](Self::backing) and [`against`](Self::against)
    /// together.
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
        self.listed(self.with_against(self.backing()))
    }

    /// Returns the claims that back the statement: claims that entail it and whose speakers are committed to them,
    /// and claims that confirm or acknowledge such a claim as a whole. An acknowledgement does not cover a figure or
    /// a role. If the question gives a time, [`certain`](Findings::certain) claims are of that time, and
    /// [`possible`](Findings::possible) ones may be.
    pub fn backing(&self) -> Findings<'g, Response<'g>> {
        let Some(pattern) = self.pattern() else { return self.listed([]) };
        // In order, because a confirmation backs the statement through the first claim it confirms.
        let entailing =
            Findings::sorted(&self.view, self.entailing(&pattern), |(claim, _)| claim.id());
        self.listed(self.with_confirmations(&pattern, entailing).into_values())
    }

    /// Returns the claims against the statement: denials of something it entails, and denials, dismissals and
    /// doubts of the claims that back it.
    pub fn against(&self) -> Findings<'g, Response<'g>> {
        self.listed(self.opposed(&self.backing().into_iter().collect()).into_values())
    }

    fn listed(&self, found: impl IntoIterator<Item = Response<'g>>) -> Findings<'g, Response<'g>> {
        Findings::sorted(&self.view, found, |response| response.claim().id())
    }

    /// Returns the claims that back the statement, in no order.
    pub(crate) fn supporting(&self) -> Responses<'g> {
        let Some(pattern) = self.pattern() else { return Responses::default() };
        self.with_confirmations(&pattern, self.entailing(&pattern))
    }

    /// Adds the claims that confirm another one as a whole, with a figure or a time of their own that is asked about.
    fn add_confirmations_with_parts(&self, found: &mut Responses<'g>, pattern: &Pattern<'_>) {
        let (view, graph) = (&self.view, self.view.graph);
        if self.quantity.is_none() && self.valid.is_none() {
            return;
        }
        for claim in view.candidates(pattern) {
            // Most claims have no answer.
            let answered = graph.ledger.answers(claim).into_iter().next().is_some();
            let claim = ClaimRef::new(graph, claim).filter(|_| answered);
            let Some(claim) = claim.filter(|it| !it.confirms_as_a_whole()) else { continue };
            let own = |voice: &Voice<'g>| {
                (self.quantity.is_some() && voice.has_own_figure())
                    || (self.valid.is_some() && voice.has_own_time())
            };
            for voice in view.voices(claim).into_iter().filter(own) {
                let meant = view.commitment(claim).filter(|_| claim.certainty() <= self.weakest);
                let fits = meant.is_some_and(|it| self.modality.is_none_or(|asked| asked == it));
                let sure = fits && voice.claim.certainty() <= self.weakest;
                let said = view.said_by(&voice).filter(|_| sure);
                let Some(entailed) = said.and_then(|said| view.entails(&said, pattern)) else {
                    continue;
                };
                let (gone, of) = (!view.passes(claim), Response::entailing(claim, entailed));
                let response = Response::confirming(voice.claim, &of, gone);
                found
                    .entry(voice.claim.id())
                    .or_insert(response.superseded_if(self.is_revised(voice.claim)));
            }
        }
    }

    /// Returns whether the speaker of a confirmation has revised what is asked about.
    fn is_revised(&self, answer: ClaimRef<'g>) -> bool {
        self.view.superseded(answer.id()).is_some_and(|it| {
            let figure = self.quantity.is_some() && !it.figure.is_empty();
            it.repeated || figure || (self.valid.is_some() && !it.period.is_empty())
        })
    }

    /// Returns whether the answer confirms or acknowledges the claim as a whole, and is as certain as is asked.
    fn agrees_with(&self, answer: ClaimRef<'g>, claim: ClaimId) -> bool {
        answer.confirms_as_a_whole()
            && answer.certainty() <= self.weakest
            && answer.modality() == Modality::Actual
            && answer.responds_to(claim).is_yes()
    }

    /// Returns the claims that back the statement and count, in no order.
    pub(crate) fn counted_support(&self) -> Responses<'g> {
        let mut supporting = self.supporting();
        supporting.retain(|_, backing| self.counts(backing));
        supporting
    }

    /// Returns the claims that back the statement and count.
    pub(crate) fn counted_backing(&self) -> Findings<'g, Response<'g>> {
        let mut backing = self.backing();
        backing.items.retain(|backing| self.counts(backing));
        backing
    }

    /// Returns whether a claim counts: its speaker has not revised it, and it is certainly of the time that is asked
    /// about, or the view includes possible claims.
    fn counts(&self, backing: &Response<'g>) -> bool {
        self.view.counts(backing.in_time()) && !backing.is_superseded()
    }

    /// Returns the claims that entail the statement. Among them are claims that are not in the view and have answers:
    /// who confirmed them said what they say.
    fn entailing(&self, pattern: &Pattern<'_>) -> impl Iterator<Item = (ClaimRef<'g>, Entailed)> {
        let view = &self.view;
        view.candidates(pattern).into_iter().filter_map(move |id| {
            let claim = ClaimRef::new(view.graph, id)?;
            let answered = || view.graph.ledger.answers(id).into_iter().next().is_some();
            if !view.passes(claim) && !answered() {
                return None;
            }
            let entailed = view.entailed_by(claim, pattern, self.modality, self.weakest)?;
            Some((claim, entailed))
        })
    }

    /// Returns the claims of the view among those that entail the statement, and those that confirm or acknowledge one of
    /// them as a whole. A confirmation is of the time of what it confirms, and of several times of the surest.
    fn with_confirmations(
        &self,
        pattern: &Pattern<'_>,
        entailing: impl IntoIterator<Item = (ClaimRef<'g>, Entailed)>,
    ) -> Responses<'g> {
        let (mut found, mut possible) = (Responses::default(), Vec::new());
        for (claim, entailed) in entailing {
            let certain = entailed.in_time.is_yes();
            let backing = Response::entailing(claim, entailed);
            match certain {
                true => _ = found.insert(claim.id(), backing),
                false => possible.push((claim.id(), backing)),
            }
        }
        self.add_confirmations(&mut found, 0);
        let certain = found.len();
        for (id, backing) in possible {
            found.entry(id).or_insert(backing);
        }
        self.add_confirmations(&mut found, certain);
        self.name_gone(&mut found);
        self.add_confirmations_with_parts(&mut found, pattern);
        found.retain(|_, backing| self.view.passes(backing.claim()));
        found
    }

    /// Adds the claims that confirm or acknowledge as a whole one of those that were found, from this place on.
    fn add_confirmations(&self, found: &mut Responses<'g>, mut next: usize) {
        let graph = self.view.graph;
        let of_figure = self.quantity.is_some();
        let facets =
            !self.roles.is_empty() || !self.given.is_empty() || self.figure_asked().is_some();
        while let Some((&id, of)) = found.get_index(next) {
            next += 1;
            let supports = |answer: &ClaimRef<'g>| {
                let of_facets = match answer.stance() {
                    // A figure or a time of its own is asked apart.
                    Stance::Confirms => answer.quantity().is_none() || !of_figure,
                    _ => !facets,
                };
                let of_time = answer.valid().is_none() || self.valid.is_none();
                of_facets && of_time && self.agrees_with(*answer, id)
            };
            let answers = graph.ledger.answers(id).into_iter();
            let answers = answers.filter_map(|id| ClaimRef::new(graph, id));
            let mut answers: Vec<ClaimRef<'g>> = answers.filter(supports).collect();
            graph.sort_findings(&mut answers, |answer| answer.id());
            let confirming = |answer| {
                let response = Response::confirming(answer, of, false);
                (answer, response.superseded_if(self.is_revised(answer)))
            };
            let confirming: Vec<_> = answers.into_iter().map(confirming).collect();
            for (answer, response) in confirming {
                found.entry(answer.id()).or_insert(response);
            }
        }
    }

    /// Says of each confirmation in the view through which claims it confirms, as far as these are not in the view.
    fn name_gone(&self, found: &mut Responses<'g>) {
        let gone = found.values().filter(|it| !self.view.passes(it.claim()));
        let gone: FxHashMap<ClaimId, Option<ClaimId>> =
            gone.map(|it| (it.claim().id(), it.confirms())).collect();
        if gone.is_empty() {
            return;
        }
        for confirmation in found.values_mut().filter(|it| !gone.contains_key(&it.claim().id())) {
            let (mut confirmed, mut next) = (Vec::new(), confirmation.confirms());
            while let Some(id) = next.filter(|id| gone.contains_key(id)) {
                confirmed.push(id);
                next = gone.get(&id).copied().flatten();
            }
            confirmed.reverse();
            confirmation.confirm_gone(confirmed);
        }
    }

    /// Returns these claims that back the statement, and the claims against it.
    fn with_against(&self, backing: impl IntoIterator<Item = Response<'g>>) -> Vec<Response<'g>> {
        let backing: Arc<[Response<'g>]> = backing.into_iter().collect();
        let against = self.opposed(&backing).into_values();
        backing.iter().cloned().chain(against).collect()
    }

    /// Returns the claims against the statement, in no order, beside the claims that back it.
    fn opposed(&self, backing: &Arc<[Response<'g>]>) -> Responses<'g> {
        let mut found = Responses::default();
        if let Some(said) = self.proposition().filter(|p| p.subject.is_some() && p.object.is_some())
        {
            let denials = self.view.denials_of(&said, None, self.modality);
            let current = denials.filter(|(.., entailed)| !entailed.superseded);
            found.extend(current.map(|(denial, kind, entailed)| {
                (denial.claim.id(), Response::against_by(&denial, kind, entailed))
            }));
        }
        for through in backing.iter() {
            for voice in self.view.opposing(through.claim().id()) {
                if !self.view.has_revised(&voice) {
                    let new = || Response::against_backing(&voice, self.view.kind_of(&voice));
                    found
                        .entry(voice.claim.id())
                        .or_insert_with(new)
                        .through(&voice, through, backing);
                }
            }
        }
        found
    }

    /// Returns the stances of the latest responses of each speaker, each with whether it is certain.
    pub(crate) fn latest_stances(&self) -> BTreeMap<Option<&'g str>, Stances> {
        let mut responses = self.with_against(self.supporting().into_values());
        responses.retain(|response| !response.is_superseded());
        let mut stances: BTreeMap<Option<&'g str>, Stances> = BTreeMap::new();
        for response in latest(&responses) {
            let stance = (response.stance(), response.certain());
            let speaker = self.view.graph.keyed_entity(response.speaker());
            stances.entry(speaker).or_default().insert(stance);
        }
        stances
    }
}
