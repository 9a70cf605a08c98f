//! Affiliations and lineage on record: what belongs to what, and whose word comes from whom.

use crate::affiliations::{Affiliation, AffiliationKind};
use crate::documents::Document;
use crate::errors::{Error, ErrorKind, Part, excerpt};
use crate::graph::ClaimGraph;
use crate::ids::{AffiliationId, EntityId, LineageId};
use crate::kinds::Kind;
use crate::lineage::{Lineage, Scope};
use indexmap::IndexMap;

impl ClaimGraph {
    /// Puts on record what belongs to what. Read in a dated document, it is on record from that day.
    ///
    /// # Errors
    /// An entity is unknown, the period is inverted, or parts would contain each other.
    pub fn add_affiliation(&mut self, mut affiliation: Affiliation) -> Result<AffiliationId, Error> {
        for entity in [affiliation.part, affiliation.whole] {
            self.checker().entity(entity, None, Part::Affiliation)?;
        }
        if affiliation.valid.as_ref().is_some_and(crate::Period::is_inverted) {
            return Err(Error::new(Part::Affiliation, ErrorKind::InvertedPeriod));
        }
        if let Some(document) = affiliation.document {
            self.checker().entity(document, Some(Document::KEY), Part::Affiliation)?;
            affiliation.reported = affiliation.reported.or(self.registry.document(document).and_then(Document::date));
        }
        let (part, whole, kind) = (affiliation.part, affiliation.whole, affiliation.kind);
        let rolls_up = matches!(kind, AffiliationKind::PartOf | AffiliationKind::LocatedIn);
        let onwards = |entity| {
            self.affiliations_of(entity).map(|(_, a)| a).filter(|a| a.kind == kind).map(|a| a.whole).collect::<Vec<_>>()
        };
        if rolls_up && let Some(circle) = circle(part, whole, onwards) {
            return Err(self.circle(Part::Affiliation, circle));
        }
        if let Some(known) =
            self.affiliations.iter().position(|known| *known == affiliation).and_then(AffiliationId::at)
        {
            return Ok(known);
        }
        let id = AffiliationId::at(self.affiliations.len())
            .ok_or_else(|| Error::new(Part::Affiliation, ErrorKind::Full { what: "affiliations" }))?;
        self.parts.entry(whole).or_default().push(id);
        self.wholes.entry(part).or_default().push(id);
        self.affiliations.push(affiliation);
        Ok(id)
    }

    /// Puts on record where a speaker's word comes from. Within a dated document, it is on record from
    /// that day.
    ///
    /// # Errors
    /// An entity is unknown or no source, or the links would lead back to where they start, whatever
    /// their scopes.
    pub fn add_lineage(&mut self, mut lineage: Lineage) -> Result<LineageId, Error> {
        for entity in [lineage.from, lineage.to] {
            self.checker().entity(entity, Some("Source"), Part::Lineage)?;
        }
        match &lineage.scope {
            Scope::Everywhere => {}
            Scope::Document(document) => {
                self.checker().entity(*document, Some(Document::KEY), Part::Lineage)?;
                lineage.reported = lineage.reported.or(self.registry.document(*document).and_then(Document::date));
            }
            Scope::Claims(claims) => claims.iter().try_for_each(|&claim| self.check_claim(claim, Part::Lineage))?,
        }
        lineage.stated_by.map_or(Ok(()), |claim| self.check_claim(claim, Part::Lineage))?;
        let onwards = |entity| self.lineages_of(entity).map(|(_, l)| l.to).collect::<Vec<_>>();
        if let Some(circle) = circle(lineage.from, lineage.to, onwards) {
            return Err(self.circle(Part::Lineage, circle));
        }
        if let Some(known) = self.lineages.iter().position(|known| *known == lineage).and_then(LineageId::at) {
            return Ok(known);
        }
        let id = LineageId::at(self.lineages.len())
            .ok_or_else(|| Error::new(Part::Lineage, ErrorKind::Full { what: "lineage links" }))?;
        self.sources.entry(lineage.from).or_default().push(id);
        self.lineages.push(lineage);
        Ok(id)
    }

    fn circle(&self, part: Part, circle: Vec<EntityId>) -> Error {
        let through = circle.into_iter().filter_map(|e| self.registry.get(e)).map(|(key, _)| excerpt(key)).collect();
        Error::new(part, ErrorKind::Circle { through })
    }

    /// An affiliation by its handle.
    pub fn affiliation(&self, id: AffiliationId) -> Option<&Affiliation> {
        self.affiliations.get(id.index())
    }

    /// All affiliations, in order of insertion.
    pub fn affiliations(&self) -> impl ExactSizeIterator<Item = &Affiliation> {
        self.affiliations.iter()
    }

    /// What the entity belongs to.
    pub fn affiliations_of(&self, part: impl Into<EntityId>) -> impl Iterator<Item = (AffiliationId, &Affiliation)> {
        self.numbered(self.wholes.get(&part.into()))
    }

    /// What belongs to the entity.
    pub fn affiliated_with(&self, whole: impl Into<EntityId>) -> impl Iterator<Item = (AffiliationId, &Affiliation)> {
        self.numbered(self.parts.get(&whole.into()))
    }

    fn numbered<'g>(
        &'g self,
        ids: Option<&'g Vec<AffiliationId>>,
    ) -> impl Iterator<Item = (AffiliationId, &'g Affiliation)> {
        ids.into_iter().flatten().filter_map(|&id| Some((id, self.affiliations.get(id.index())?)))
    }

    /// A lineage link by its handle.
    pub fn lineage(&self, id: LineageId) -> Option<&Lineage> {
        self.lineages.get(id.index())
    }

    /// All lineage links, in order of insertion.
    pub fn lineages(&self) -> impl ExactSizeIterator<Item = &Lineage> {
        self.lineages.iter()
    }

    /// Where the speaker's word comes from.
    pub fn lineages_of(&self, speaker: impl Into<EntityId>) -> impl Iterator<Item = (LineageId, &Lineage)> {
        let ids = self.sources.get(&speaker.into());
        ids.into_iter().flatten().filter_map(|&id| Some((id, self.lineages.get(id.index())?)))
    }
}

/// The circle that a step from `from` to `to` would close, if it would.
fn circle(from: EntityId, to: EntityId, onwards: impl Fn(EntityId) -> Vec<EntityId>) -> Option<Vec<EntityId>> {
    let mut came_from: IndexMap<EntityId, EntityId> = IndexMap::from([(to, from)]);
    let mut next = 0;
    while let Some((&entity, _)) = came_from.get_index(next) {
        next += 1;
        if entity == from {
            let mut back = vec![from];
            let mut at = entity;
            while let Some(&before) = came_from.get(&at).filter(|_| back.len() <= came_from.len()) {
                back.push(before);
                if before == from {
                    break;
                }
                at = before;
            }
            back.reverse();
            return Some(back);
        }
        for onward in onwards(entity) {
            if !came_from.contains_key(&onward) {
                came_from.insert(onward, entity);
            }
        }
    }
    None
}
