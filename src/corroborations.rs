//! What others say of what one claim says, part by part: a confirmation covers what it says.

use crate::base::PURPOSE;
use crate::errors::Error;
use crate::graph::ClaimGraph;
use crate::ids::{ClaimId, EntityId};
use crate::proofs::{Finding, Findings, Proof};
use crate::readings::ClaimRef;
use crate::sources::{Independence, Root};
use crate::stances::Bearing;
use crate::standpoints::Backing;
use crate::statements::Inquiry;
use crate::views::View;
use indexmap::IndexSet;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A part of what a claim says.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Facet {
    /// Who did what to whom or where: the relation between the parties.
    Participants,
    /// A relation that the claim's own implies, such as being present where one deploys.
    Implied(String),
    /// How many.
    Quantity,
    /// What for.
    Purpose,
    /// Another role.
    Role(String),
    /// When.
    Time,
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Facet::Participants => f.write_str("participants"),
            Facet::Implied(relation) => write!(f, "implied: {relation}"),
            Facet::Quantity => f.write_str("quantity"),
            Facet::Purpose => f.write_str("purpose"),
            Facet::Role(role) => f.write_str(role),
            Facet::Time => f.write_str("time"),
        }
    }
}

/// Who else backs one part of a claim.
#[derive(Clone, Debug)]
pub struct Corroboration<'g> {
    facet: Facet,
    of: ClaimId,
    backing: Vec<Backing<'g>>,
    independence: Independence<'g>,
}

impl<'g> Corroboration<'g> {
    /// Which part.
    pub fn facet(&self) -> &Facet {
        &self.facet
    }

    /// The claims of others that back it, with or without evidence of their own.
    pub fn backing(&self) -> &[Backing<'g>] {
        &self.backing
    }

    /// The speakers of those claims, each once.
    pub fn speakers(&self) -> Vec<EntityId> {
        self.backing.iter().filter_map(Backing::speaker).collect::<IndexSet<_>>().into_iter().collect()
    }

    /// On how many independent sources this part stands, the claim itself included.
    pub fn independence(&self) -> &Independence<'g> {
        &self.independence
    }

    /// Where the support of this part ends, the claim itself included.
    pub fn roots(&self) -> &[Root] {
        self.independence.roots()
    }
}

impl Finding for Corroboration<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        self.backing.iter().map(|backing| backing.claim().id()).collect()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        self.backing.iter().for_each(|backing| proof.finding(backing));
        // The claim itself is among the supporters.
        proof.absorb(&self.independence.proof());
        proof.claim(self.of);
    }
}

impl fmt::Display for Corroboration<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.facet)?;
        if self.backing.is_empty() {
            return f.write_str("nobody else");
        }
        for (place, backing) in self.backing.iter().enumerate() {
            let comma = if place > 0 { ", " } else { "" };
            let name = backing.speaker().map_or("somebody not named", |s| backing.claim().graph().name_of(s));
            write!(f, "{comma}{name} {}", backing.stance())?;
        }
        write!(f, " ({} independent in all)", self.independence.count())
    }
}

impl<'g> Findings<'g, Corroboration<'g>> {
    /// One part of the claim, if it has that part.
    pub fn facet(&self, facet: &Facet) -> Option<&Corroboration<'g>> {
        self.iter().find(|corroboration| corroboration.facet == *facet)
    }
}

impl ClaimGraph {
    /// What others say of what one claim says, part by part; see [`View::corroboration`].
    ///
    /// # Errors
    /// There is no such claim.
    pub fn corroboration(&self, of: ClaimId) -> Result<Findings<'_, Corroboration<'_>>, Error> {
        self.view().corroboration(of)
    }
}

impl<'g> View<'g> {
    /// What others say of what one claim says: the relation between the parties, each relation that
    /// implies, the figure, each role, a time that can be the same. A part the claim does not have is not listed.
    ///
    /// ```
    /// use claimgraph::{Claim, ClaimGraph, Facet, Quantity, date, reporting::*};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let (nis, austin) = (graph.add(Agency, "nis")?, graph.add(Person, "austin")?);
    /// let sent = graph.insert(Claim::by(nis).asserts(nk, DEPLOYS_TO, russia)
    ///     .quantity(Quantity::stated(3_000, "soldiers")).reported(day))?;
    /// graph.insert(Claim::by(austin).confirms(sent).restating(nk, PRESENT_IN, russia).reported(day))?;
    /// let parts = graph.corroboration(sent)?;
    /// let presence = parts.facet(&Facet::Implied("present-in".into())).expect("deploys-to implies it");
    /// assert_eq!((presence.speakers(), presence.independence().count()), (vec![austin.id()], 2));
    /// let figure = parts.facet(&Facet::Quantity).expect("it gives a figure");
    /// assert_eq!((figure.speakers(), figure.independence().count()), (vec![], 1));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    ///
    /// # Errors
    /// There is no such claim in the graph.
    pub fn corroboration(&self, of: ClaimId) -> Result<Findings<'g, Corroboration<'g>>, Error> {
        let claim = self.graph.claim(of)?;
        let mut found = Vec::new();
        let Some(statement) = claim.statement().filter(|_| claim.stance().bearing() != Some(Bearing::Contests)) else {
            return Ok(Findings::of(self, found).beside(vec![of], Vec::new()));
        };
        let asked = || self.inquire(statement).without_roles().modality(claim.modality());
        let part = |facet: Facet, inquiry: Inquiry<'g>| {
            let dated = facet == Facet::Time;
            let others = |b: &Backing<'g>| {
                b.claim().id() != of && b.speaker() != claim.speaker() && (!dated || b.claim().valid().is_some())
            };
            let backing: Vec<Backing<'g>> = inquiry.backing().into_iter().filter(others).collect();
            let independence = self.independence_of(backing.iter().map(|b| b.claim().id()).chain([of]));
            Corroboration { facet, of, backing, independence }
        };
        found.push(part(Facet::Participants, asked()));
        let vocabulary = &self.graph.vocabulary;
        let own = vocabulary.primary(statement.relation_id()).0;
        let mut listed = IndexSet::from([own]);
        for &(relation, swapped) in vocabulary.entailed(statement.relation_id()) {
            if listed.insert(relation) {
                let facet = Facet::Implied(vocabulary.relation_key(relation).to_owned());
                found.push(part(facet, asked().under(relation, swapped)));
            }
        }
        if let Some(quantity) = claim.quantity() {
            found.push(part(Facet::Quantity, asked().quantity(quantity.clone())));
        }
        let purpose = self.graph.resolve_role(PURPOSE.0).map(|role| vocabulary.role_key(role)).ok();
        let roles: IndexSet<&str> = claim.roles().map(|(role, _, _)| role).collect();
        for role in roles {
            let facet = if purpose == Some(role) { Facet::Purpose } else { Facet::Role(role.to_owned()) };
            found.push(part(facet, asked().taking_role(claim, role)));
        }
        if let Some(period) = claim.holding() {
            found.push(part(Facet::Time, asked().valid(period)));
        }
        Ok(Findings::of(self, found).beside(vec![of], Vec::new()))
    }

    /// Whether the claim is in the view and somebody else, independent of it, says the same.
    pub fn is_corroborated(&self, claim: ClaimRef<'g>) -> bool {
        self.corroboration(claim.id())
            .is_ok_and(|parts| parts.facet(&Facet::Participants).is_some_and(|part| part.independence.count() > 1))
    }
}
