//! What two entities have to do with each other, and everything about one.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::{ClaimRef, Term};
use crate::model::affiliation::AffiliationKind;
use crate::model::id::{AffiliationId, ClaimId, EntityId};
use crate::model::value::stance::Modality;
use crate::model::vocabulary::kind::Id;
use crate::view::View;
use crate::view::finding::{Finding, Findings, Proof, Step};
use indexmap::{IndexMap, IndexSet};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A claim by which two entities deal with each other.
#[derive(Clone, Debug)]
pub struct Dealing<'g> {
    claim: ClaimRef<'g>,
    about: Option<ClaimId>,
    steps: Vec<Step>,
}

impl<'g> Dealing<'g> {
    /// The claim.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// The dealing it says something about, where it is not one itself: a treaty formalises an alliance.
    pub fn about(&self) -> Option<ClaimId> {
        self.about
    }
}

impl Finding for Dealing<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        std::iter::once(self.claim.id()).chain(self.about).collect()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        self.steps.iter().for_each(|step| proof.step(step.clone()));
    }
}

impl fmt::Display for Dealing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.claim.fmt(f)
    }
}

/// What an entity is in a claim.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum MentionRole {
    /// It speaks, or passes on what others say.
    Speaker,
    /// It is the subject.
    Subject,
    /// It is the object.
    Object,
    /// It stands in this role.
    Role(String),
    /// It is the document.
    Document,
}

impl fmt::Display for MentionRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MentionRole::Speaker => f.write_str("speaker"),
            MentionRole::Subject => f.write_str("subject"),
            MentionRole::Object => f.write_str("object"),
            MentionRole::Role(role) => f.write_str(role),
            MentionRole::Document => f.write_str("document"),
        }
    }
}

/// A claim in which an entity stands, and as what.
#[derive(Clone, Debug)]
pub struct Mention<'g> {
    claim: ClaimRef<'g>,
    capacities: Vec<MentionRole>,
}

impl<'g> Mention<'g> {
    /// The claim.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// As what the entity stands in it.
    pub fn capacities(&self) -> &[MentionRole] {
        &self.capacities
    }
}

impl Finding for Mention<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        vec![self.claim.id()]
    }
}

impl fmt::Display for Mention<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let capacities: Vec<String> = self.capacities.iter().map(MentionRole::to_string).collect();
        write!(f, "{} [{}]", self.claim, capacities.join(", "))
    }
}

impl<'g> Findings<'g, Mention<'g>> {
    /// The claims in which the entity stands as this.
    pub fn acting_as(&self, capacity: &MentionRole) -> Vec<ClaimId> {
        self.iter()
            .filter(|mention| mention.capacities.contains(capacity))
            .map(|mention| mention.claim.id())
            .collect()
    }
}

impl ClaimGraph {
    /// What two entities have to do with each other; see [`View::interactions_between`].
    pub fn interactions_between(
        &self,
        a: impl Into<EntityId>,
        b: impl Into<EntityId>,
    ) -> Findings<'_, Dealing<'_>> {
        self.view().interactions_between(a, b)
    }

    /// Everything about an entity; see [`View::about`].
    pub fn about(&self, entity: impl Into<EntityId>) -> Findings<'_, Mention<'_>> {
        self.view().about(entity)
    }

    /// What is quoted in the speaker's own words; see [`View::quotations`].
    pub fn quotations(&self) -> Findings<'_, ClaimRef<'_>> {
        self.view().quotations()
    }
}

impl<'g> View<'g> {
    /// What two entities, or their parts, do with each other: actual claims whose speakers are
    /// committed to them, under relations that are declared as dealings, from either side; and claims
    /// that have one of those as their object. Answers to claims are no dealings.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let (russia, nk) = (graph.add(State, "russia")?, graph.add(State, "nk")?);
    /// let treaty = graph.insert(Claim::by(russia).asserts(russia, TREATY_WITH, nk).reported(day))?;
    /// graph.insert(Claim::by(russia).asserts(nk, PRESENT_IN, russia).reported(day))?;   // no dealing
    /// assert_eq!(graph.interactions_between(nk, russia).claims(), [treaty]);
    /// assert_eq!(graph.interactions_between(russia, nk).claims(), [treaty]);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn interactions_between(
        &self,
        a: impl Into<EntityId>,
        b: impl Into<EntityId>,
    ) -> Findings<'g, Dealing<'g>> {
        let kinds = [AffiliationKind::PartOf];
        let (a, b) = (self.parts(a.into(), &kinds), self.parts(b.into(), &kinds));
        let mut found: IndexMap<ClaimId, Dealing<'g>> = IndexMap::new();
        for part in a.entities() {
            let ledger = &self.graph.ledger;
            for id in ledger.with_subject(part).chain(ledger.with_object(part)) {
                let Some(claim) = self.get(id).filter(|&claim| is_fact(claim)) else {
                    continue;
                };
                let Some(statement) = claim.statement().filter(|s| s.relation().interaction) else {
                    continue;
                };
                let (Term::Entity(subject), Term::Entity(object)) =
                    (statement.subject(), statement.object())
                else {
                    continue;
                };
                let at = claim.holding();
                let serves = |id: AffiliationId| {
                    let period = self.graph.affiliation(id).and_then(|a| a.valid_period());
                    period.zip(at.as_ref()).is_none_or(|(a, b)| a.overlaps(b).is_possible())
                };
                let along = |x: EntityId, y: EntityId| a.path(x, serves).zip(b.path(y, serves));
                let paths = along(subject, object).or_else(|| along(object, subject));
                if let Some((left, right)) = paths {
                    let steps = left.into_iter().chain(right).map(Step::Affiliated).collect();
                    found.insert(id, Dealing { claim, about: None, steps });
                }
            }
        }
        let dealings: Vec<ClaimId> = found.keys().copied().collect();
        for dealing in dealings {
            for &id in self.graph.ledger.mentions(dealing) {
                let Some(claim) = self.get(id).filter(|&claim| is_fact(claim)) else {
                    continue;
                };
                let object = claim.object().and_then(Term::claim);
                if object == Some(dealing) {
                    found.entry(id).or_insert(Dealing {
                        claim,
                        about: Some(dealing),
                        steps: Vec::new(),
                    });
                }
            }
        }
        let mut found: Vec<Dealing<'g>> = found.into_values().collect();
        self.graph.sort_findings(&mut found, |dealing| dealing.claim.id());
        Findings::of(self, found)
    }

    /// Every claim in which the entity stands, and as what: speaker, subject, object, document, or in
    /// which role, that of a condition included.
    ///
    /// ```
    /// use claimgraph::{date, questions::MentionRole, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (russia, nk) = (graph.add(State, "russia")?, graph.add(State, "nk")?);
    /// let treaty = graph.insert(Claim::by(russia).asserts(russia, TREATY_WITH, nk).reported(date(2024, 6, 19)))?;
    /// assert_eq!(graph.about(russia).first().map(|m| m.capacities().len()), Some(2));
    /// assert_eq!(graph.about(nk).acting_as(&MentionRole::Object), [treaty]);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn about(&self, entity: impl Into<EntityId>) -> Findings<'g, Mention<'g>> {
        let entity = entity.into();
        let mut found: Vec<Mention<'g>> = Vec::new();
        let ledger = &self.graph.ledger;
        let ends = ledger.with_subject(entity).chain(ledger.with_object(entity));
        let around =
            ledger.with_speaker(entity).into_iter().chain(ledger.with_role(entity).iter().copied());
        let claims: IndexSet<ClaimId> = ends.chain(around).collect();
        for claim in claims.into_iter().filter_map(|id| self.get(id)) {
            let capacities = capacities(claim, entity);
            if !capacities.is_empty() {
                found.push(Mention { claim, capacities });
            }
        }
        self.graph.sort_findings(&mut found, |mention| mention.claim.id());
        Findings::of(self, found)
    }

    /// The claims in which somebody is quoted in his own words, with speaker, span and, where the text
    /// is at hand, the words.
    pub fn quotations(&self) -> Findings<'g, ClaimRef<'g>> {
        let mut found: Vec<ClaimRef<'g>> =
            self.claims().filter(|claim| claim.is_quoted()).collect();
        self.graph.sort_findings(&mut found, |claim| claim.id());
        Findings::of(self, found)
    }

    /// What rests on a claim: claims that answer it, mention it, or are linked to it as drawn from it,
    /// and what rests on those. In the order of questions, without the claim itself.
    pub fn downstream_of(&self, claim: ClaimId) -> Findings<'g, ClaimRef<'g>> {
        let ledger = &self.graph.ledger;
        let mut found: IndexMap<ClaimId, ()> = IndexMap::from([(claim, ())]);
        let mut next = 0;
        while let Some((&id, ())) = found.get_index(next) {
            next += 1;
            let drawn = self
                .graph
                .claim(id)
                .into_iter()
                .flat_map(|claim| claim.linked_from(crate::model::vocabulary::base::RESTS_ON));
            let resting: Vec<ClaimId> = ledger
                .answers(id)
                .into_iter()
                .chain(ledger.mentions(id).iter().copied())
                .chain(drawn)
                .collect();
            found.extend(resting.into_iter().filter(|&id| self.contains(id)).map(|id| (id, ())));
        }
        let mut found: Vec<ClaimRef<'g>> =
            found.into_keys().skip(1).filter_map(|id| self.get(id)).collect();
        self.graph.sort_findings(&mut found, |claim| claim.id());
        Findings::of(self, found).beside(vec![claim], Vec::new())
    }
}

fn is_fact(claim: ClaimRef<'_>) -> bool {
    claim.modality() == Modality::Actual && claim.stance().commits()
}

fn capacities(claim: ClaimRef<'_>, entity: EntityId) -> Vec<MentionRole> {
    let mut found = Vec::new();
    let is = |term: Term<'_>| term.entity() == Some(entity);
    let document = claim.document().map(Id::id);
    if document == Some(entity) {
        found.push(MentionRole::Document);
    }
    let own = claim.is_own_voice() && claim.speaker() == Some(entity);
    if own
        || claim.chain().iter().any(|link| link.source == Some(entity) && document != Some(entity))
    {
        found.push(MentionRole::Speaker);
    }
    if claim.subject().is_some_and(is) {
        found.push(MentionRole::Subject);
    }
    if claim.object().is_some_and(is) {
        found.push(MentionRole::Object);
    }
    for (role, value, _) in claim.roles() {
        let stands = match value {
            Term::Statement(s) => {
                is(s.subject()) || is(s.object()) || s.roles().any(|(_, value, _)| is(value))
            }
            other => is(other),
        };
        let capacity = MentionRole::Role(role.to_owned());
        if stands && !found.contains(&capacity) {
            found.push(capacity);
        }
    }
    found
}
