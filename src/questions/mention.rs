//! Mentions of an entity: every claim that names it, with its roles in the claim.

use crate::graph::claim_ref::{ClaimRef, Term};
use crate::model::affiliation::AffiliationKind;
use crate::model::id::{AffiliationId, ClaimId, EntityId};
use crate::model::value::stance::Basis;
use crate::model::vocabulary::kind::Id;
use crate::view::View;
use crate::view::finding::{Finding, Findings};
use crate::view::json::json_form;
use crate::view::proof::{Proof, Step};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The role of an entity in a claim.
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
    /// It has this role.
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

/// A claim that concerns an entity, with the roles of the entity in it.
#[derive(Clone, Debug)]
pub struct Mention<'g> {
    claim: ClaimRef<'g>,
    entity: EntityId,
    roles: Vec<(MentionRole, Basis)>,
    within: Vec<AffiliationId>,
}

impl<'g> Mention<'g> {
    /// Returns the claim.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// Returns the entity that stands in the claim: the one asked about, or one within it.
    pub fn entity(&self) -> EntityId {
        self.entity
    }

    /// Returns the affiliations by which the entity lies in the one asked about. If it is the one asked about, there are
    /// none.
    pub fn within(&self) -> &[AffiliationId] {
        &self.within
    }

    /// Returns each role of the entity in the claim once, with its basis: whether the text names the entity there. If it
    /// stands in one role several times, the first basis by the order of [`Basis`] counts.
    ///
    /// ```
    /// use claimgraph::{claim::{implicit, Basis}, date, questions::MentionRole, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// graph.insert(Claim::by(nk).asserts(nk, COMMITS_TROOPS_TO, implicit(russia)).reported(date(2024, 10, 24)))?;
    /// let mentions = graph.view().mentions_of(russia);
    /// let roles: Vec<_> = mentions[0].roles().collect();
    /// assert_eq!(roles, [(&MentionRole::Object, Basis::Implicit)]);
    /// assert!(!mentions[0].is_named());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn roles(&self) -> impl ExactSizeIterator<Item = (&MentionRole, Basis)> {
        self.roles.iter().map(|(role, basis)| (role, *basis))
    }

    /// Returns whether the text names the entity in one of its roles.
    pub fn is_named(&self) -> bool {
        self.roles.iter().any(|(_, basis)| *basis == Basis::Stated)
    }
}

impl Finding for Mention<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        vec![self.claim.id()]
    }

    fn support(&self, proof: &mut Proof<'_>) {
        let steps: Vec<Step> = self.within.iter().copied().map(Step::Affiliated).collect();
        proof.add_steps(&steps);
    }
}

json_form!(Mention<'_>, |it| {
    claim: it.claim,
    entity => (!it.within.is_empty()).then(|| it.claim.graph().key_of(it.entity)),
    roles: it.roles.iter().map(|(role, _)| role).collect::<Vec<_>>(),
    bases => Some(it.roles.iter().map(|(_, basis)| *basis).collect::<Vec<_>>())
        .filter(|bases| bases.iter().any(|basis| *basis != Basis::Stated)),
});

/// The claim, and each role with its basis if the text does not name the entity there.
impl fmt::Display for Mention<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let role = |(role, basis): &(MentionRole, Basis)| match basis {
            Basis::Stated => role.to_string(),
            basis => format!("{role}, {basis}"),
        };
        let roles: Vec<String> = self.roles.iter().map(role).collect();
        write!(f, "{} [{}", self.claim, roles.join("; "))?;
        if !self.within.is_empty() {
            write!(f, ": {}", self.claim.graph().name_of(self.entity))?;
        }
        f.write_str("]")
    }
}

impl<'g> Findings<'g, Mention<'g>> {
    /// Returns the claims in which the entity has this role.
    pub fn in_role(&self, role: &MentionRole) -> Vec<ClaimId> {
        self.iter()
            .filter(|mention| mention.roles.iter().any(|(it, _)| it == role))
            .map(|mention| mention.claim.id())
            .collect()
    }
}

impl<'g> View<'g> {
    /// Returns every claim that names the entity, with its roles: speaker, subject, object, document, or a role of
    /// the statement. Roles of a condition count too.
    ///
    /// ```
    /// use claimgraph::{date, questions::MentionRole, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (russia, nk) = (graph.add(State, "russia")?, graph.add(State, "nk")?);
    /// let treaty = graph.insert(Claim::by(russia).asserts(russia, TREATY_WITH, nk).reported(date(2024, 6, 19)))?;
    /// assert_eq!(graph.view().mentions_of(russia).first().map(|m| m.roles().len()), Some(2));
    /// assert_eq!(graph.view().mentions_of(nk).in_role(&MentionRole::Object), [treaty]);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn mentions_of(&self, entity: impl Into<EntityId>) -> Findings<'g, Mention<'g>> {
        self.mentions([self.graph.one_for(entity)].into_iter(), |_, _| Some(Vec::new()))
    }

    /// Returns the same for a place, and also every claim that names a place within it, by affiliations that can hold at
    /// the time of the claim and that the view knows. Each mention says which place it is
    /// ([`entity`](Mention::entity)) and by what it lies there ([`within`](Mention::within)). A claim that names several
    /// of them is one mention of each.
    ///
    /// ```
    /// use claimgraph::{date, entity::Affiliation, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (army, russia, kursk) = (graph.add(Military, "army")?, graph.add(State, "russia")?, graph.add(Region, "kursk")?);
    /// let lies_in = graph.add_affiliation(Affiliation::located_in(kursk, russia))?;
    /// graph.insert(Claim::by(army).asserts(army, PRESENT_IN, kursk).reported(date(2024, 10, 24)))?;
    /// let view = graph.view();
    /// assert!(view.mentions_of(russia).is_empty());
    /// let mentions = view.mentions_within(russia);
    /// assert_eq!((mentions[0].entity(), mentions[0].within()), (kursk.id(), &[lies_in][..]));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn mentions_within(&self, place: impl Into<EntityId>) -> Findings<'g, Mention<'g>> {
        let places = self.parts(place, &[AffiliationKind::LocatedIn]);
        self.mentions(places.entities(), |entity, claim| {
            places.path(entity, claim.holding().as_ref())
        })
    }

    /// Returns the mentions of these entities, each with what it lies in the first of them by. If it does not at the time
    /// of the claim, the claim is not a mention of it.
    fn mentions(
        &self,
        entities: impl Iterator<Item = EntityId>,
        within: impl Fn(EntityId, ClaimRef<'g>) -> Option<Vec<AffiliationId>>,
    ) -> Findings<'g, Mention<'g>> {
        let mut found = Vec::new();
        for entity in entities {
            let in_role = self.graph.ledger.with_role(entity).iter().filter_map(|&id| self.get(id));
            let around = self.claims_with_subject(entity).chain(self.claims_with_object(entity));
            let around = around.chain(self.claims_with_speaker(entity)).chain(in_role);
            let claims: IndexMap<ClaimId, ClaimRef<'g>> =
                around.map(|claim| (claim.id(), claim)).collect();
            for claim in claims.into_values() {
                let roles = roles_of(claim, entity);
                if let Some(within) = within(entity, claim).filter(|_| !roles.is_empty()) {
                    found.push(Mention { claim, entity, roles, within });
                }
            }
        }
        found.sort_by_cached_key(|mention| self.graph.key_of(mention.entity));
        Findings::sorted(self, found, |mention| mention.claim.id())
    }
}

fn roles_of(claim: ClaimRef<'_>, entity: EntityId) -> Vec<(MentionRole, Basis)> {
    let mut found: Vec<(MentionRole, Basis)> = Vec::new();
    let mut add = |role: MentionRole, basis: Basis| match found
        .iter_mut()
        .find(|(known, _)| *known == role)
    {
        Some((_, known)) => *known = basis.min(*known),
        None => found.push((role, basis)),
    };
    let is = |term: Term<'_>| term.entity() == Some(entity);
    let document = claim.document().map(Id::id);
    if document == Some(entity) {
        add(MentionRole::Document, Basis::Stated);
    }
    let spoke = claim.chain().iter().filter(|link| link.source == Some(entity));
    let own = claim.is_own_voice() && claim.speaker() == Some(entity);
    for link in spoke.filter(|_| own || document != Some(entity)) {
        add(MentionRole::Speaker, link.basis);
    }
    if let Some(statement) = claim.statement() {
        if is(statement.subject()) {
            add(MentionRole::Subject, statement.subject_basis());
        }
        if is(statement.object()) {
            add(MentionRole::Object, statement.object_basis());
        }
    }
    for (name, value, basis) in claim.roles() {
        let mut stands = |term, basis| {
            if is(term) {
                add(MentionRole::Role(name.to_owned()), basis);
            }
        };
        match value {
            Term::Statement(s) => {
                stands(s.subject(), s.subject_basis());
                stands(s.object(), s.object_basis());
                s.roles().for_each(|(_, value, basis)| stands(value, basis));
            }
            other => stands(other, basis),
        }
    }
    found
}
