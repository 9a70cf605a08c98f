//! Mentions of an entity: every claim that names it, with its roles in the claim.

use crate::graph::claim_ref::{ClaimRef, Term};
use crate::model::id::{ClaimId, EntityId};
use crate::model::vocabulary::kind::Id;
use crate::view::View;
use crate::view::finding::{Finding, Findings};
use crate::view::json::json_form;
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

/// A claim that names an entity, with the roles of the entity in it.
#[derive(Clone, Debug)]
pub struct Mention<'g> {
    claim: ClaimRef<'g>,
    roles: Vec<MentionRole>,
}

impl<'g> Mention<'g> {
    /// Returns the claim.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// Returns the roles of the entity in the claim.
    pub fn roles(&self) -> &[MentionRole] {
        &self.roles
    }
}

impl Finding for Mention<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        vec![self.claim.id()]
    }
}

json_form!(Mention<'_>, |it| {
    claim: it.claim,
    roles: it.roles,
});

impl fmt::Display for Mention<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let roles: Vec<String> = self.roles.iter().map(MentionRole::to_string).collect();
        write!(f, "{} [{}]", self.claim, roles.join(", "))
    }
}

impl<'g> Findings<'g, Mention<'g>> {
    /// Returns the claims in which the entity has this role.
    pub fn in_role(&self, role: &MentionRole) -> Vec<ClaimId> {
        self.iter()
            .filter(|mention| mention.roles.contains(role))
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
        let entity = entity.into();
        let in_role = self.graph.ledger.with_role(entity).iter().filter_map(|&id| self.get(id));
        let around = self.claims_with_subject(entity).chain(self.claims_with_object(entity));
        let around = around.chain(self.claims_with_speaker(entity)).chain(in_role);
        let claims: IndexMap<ClaimId, ClaimRef<'g>> =
            around.map(|claim| (claim.id(), claim)).collect();
        let mention = |claim| Mention { claim, roles: roles_of(claim, entity) };
        let mentions = claims.into_values().map(mention).filter(|m| !m.roles.is_empty());
        Findings::sorted(self, mentions, |mention| mention.claim.id())
    }
}

fn roles_of(claim: ClaimRef<'_>, entity: EntityId) -> Vec<MentionRole> {
    let mut found = Vec::new();
    let mut add = |stands: bool, role: MentionRole| {
        if stands && !found.contains(&role) {
            found.push(role);
        }
    };
    let is = |term: Term<'_>| term.entity() == Some(entity);
    let is_document = claim.document().map(Id::id) == Some(entity);
    let own = claim.is_own_voice() && claim.speaker() == Some(entity);
    let in_chain = claim.chain().iter().any(|link| link.source == Some(entity));
    add(is_document, MentionRole::Document);
    add(own || in_chain && !is_document, MentionRole::Speaker);
    add(claim.subject().is_some_and(is), MentionRole::Subject);
    add(claim.object().is_some_and(is), MentionRole::Object);
    for (name, value, _) in claim.roles() {
        let stands = match value {
            Term::Statement(s) => {
                is(s.subject()) || is(s.object()) || s.roles().any(|(_, value, _)| is(value))
            }
            other => is(other),
        };
        add(stands, MentionRole::Role(name.to_owned()));
    }
    found
}
