//! Affiliations and lineage on record: which entity belongs to which, and from which source a speaker's word comes.
//! Programs and the loader of records add them here, and questions read them.

use crate::graph::ClaimGraph;
use crate::graph::link_order::LinkOrder;
use crate::model::affiliation::{Affiliation, AffiliationKind};
use crate::model::document::DocumentInfo;
use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::id::{AffiliationId, EntityId, LineageId};
use crate::model::lineage::{Lineage, Scope};
use crate::model::text::excerpt;
use crate::model::time::period::Period;
use crate::model::vocabulary::base::Document;
use crate::model::vocabulary::kind::Kind;
use crate::store::batch_table::Item;

/// The orders of entities along the links that may not close a circle.
#[derive(Clone, Debug, Default)]
pub(crate) struct LinkOrders {
    part_of: LinkOrder,
    located_in: LinkOrder,
    lineage: LinkOrder,
}

impl ClaimGraph {
    /// Puts an affiliation on record. If it was read in a dated document and has no report day of its own, it is on
    /// record from the day of the document.
    ///
    /// # Errors
    /// Returns an error if an entity is unknown, if the period is inverted, or if parts would contain each other.
    pub fn add_affiliation(
        &mut self,
        mut affiliation: Affiliation,
    ) -> Result<AffiliationId, Error> {
        for entity in [affiliation.part, affiliation.whole] {
            self.checker().entity(entity, None, FieldPath::Affiliation)?;
        }
        if affiliation.valid.as_ref().is_some_and(Period::is_inverted) {
            return Err(Error::new(FieldPath::Affiliation, ErrorKind::InvertedPeriod));
        }
        if let Some(document) = affiliation.document {
            self.checker().entity(document, Some(Document::KEY), FieldPath::Affiliation)?;
            affiliation.reported = affiliation
                .reported
                .or(self.registry.document(document).and_then(DocumentInfo::date));
        }
        if let Some(known) =
            self.affiliations.get_index_of(&affiliation).and_then(AffiliationId::at)
        {
            self.added_again(Item::Affiliation, known.index());
            return Ok(known);
        }
        let id = AffiliationId::at(self.affiliations.len()).ok_or_else(|| {
            Error::new(FieldPath::Affiliation, ErrorKind::Full { what: "affiliations" })
        })?;
        let (part, whole) = (affiliation.part, affiliation.whole);
        let order = match affiliation.kind {
            AffiliationKind::PartOf => Some(&mut self.orders.part_of),
            AffiliationKind::LocatedIn => Some(&mut self.orders.located_in),
            _ => None,
        };
        if let Some(Err(circle)) = order.map(|order| order.add(part, whole)) {
            return Err(self.circle(FieldPath::Affiliation, circle));
        }
        self.parts.entry(whole).or_default().push(id);
        self.wholes.entry(part).or_default().push(id);
        self.affiliations.insert(affiliation);
        Ok(id)
    }

    /// Puts on record where a speaker's word comes from. If it applies to a dated document and has no report day of its
    /// own, it is on record from the day of the document.
    ///
    /// # Errors
    /// Returns an error if an entity is unknown or not a source, or if the links would form a circle. Their scopes do
    /// not matter for that.
    pub fn add_lineage(&mut self, mut lineage: Lineage) -> Result<LineageId, Error> {
        for entity in [lineage.from, lineage.to] {
            self.checker().entity(entity, Some("Source"), FieldPath::Lineage)?;
        }
        if let Scope::Claims(claims) = &mut lineage.scope {
            claims.sort_unstable();
            claims.dedup();
        }
        match &lineage.scope {
            Scope::Everywhere => {}
            Scope::Document(document) => {
                self.checker().entity(*document, Some(Document::KEY), FieldPath::Lineage)?;
                lineage.reported = lineage
                    .reported
                    .or(self.registry.document(*document).and_then(DocumentInfo::date));
            }
            Scope::Claims(claims) => claims
                .iter()
                .try_for_each(|&claim| self.checker().known(claim, FieldPath::Lineage))?,
        }
        lineage
            .stated_by
            .map_or(Ok(()), |claim| self.checker().known(claim, FieldPath::Lineage))?;
        if let Some(known) = self.lineages.get_index_of(&lineage).and_then(LineageId::at) {
            self.added_again(Item::Lineage, known.index());
            return Ok(known);
        }
        let id = LineageId::at(self.lineages.len()).ok_or_else(|| {
            Error::new(FieldPath::Lineage, ErrorKind::Full { what: "lineage links" })
        })?;
        if let Err(circle) = self.orders.lineage.add(lineage.from, lineage.to) {
            return Err(self.circle(FieldPath::Lineage, circle));
        }
        self.sources.entry(lineage.from).or_default().push(id);
        self.drawn_from.entry(lineage.to).or_default().push(id);
        self.lineages.insert(lineage);
        Ok(id)
    }

    fn circle(&self, part: FieldPath, circle: Vec<EntityId>) -> Error {
        let through = circle
            .into_iter()
            .filter_map(|e| self.registry.get(e))
            .map(|(key, _)| excerpt(key))
            .collect();
        Error::new(part, ErrorKind::Circle { through })
    }

    /// Returns an affiliation by its handle.
    pub fn affiliation(&self, id: AffiliationId) -> Option<&Affiliation> {
        self.affiliations.get_index(id.index())
    }

    /// Returns what answers sort affiliations by: the keys of the part and the whole, and the rest where these are equal.
    pub(crate) fn affiliation_order(&self, id: AffiliationId) -> impl Ord {
        self.affiliation(id).map(|affiliation| {
            let Affiliation { part, whole, kind, basis, document, valid, reported } = affiliation;
            let document = document.map(|document| self.key_of(document));
            let ends = (self.key_of(*part), kind, self.key_of(*whole));
            (ends, basis, document, valid.as_ref().map(Period::order), reported)
        })
    }

    /// Returns all affiliations, in order of insertion.
    pub fn affiliations(&self) -> impl ExactSizeIterator<Item = &Affiliation> {
        self.affiliations.iter()
    }

    pub(crate) fn affiliation_ids(&self) -> impl Iterator<Item = AffiliationId> + use<> {
        (0..self.affiliations.len()).filter_map(AffiliationId::at)
    }

    pub(crate) fn lineage_ids(&self) -> impl Iterator<Item = LineageId> + use<> {
        (0..self.lineages.len()).filter_map(LineageId::at)
    }

    /// Returns the affiliations in which the entity is the part.
    pub fn affiliations_of(
        &self,
        part: impl Into<EntityId>,
    ) -> impl Iterator<Item = (AffiliationId, &Affiliation)> {
        self.numbered(self.wholes.get(&self.one_for(part)))
    }

    /// Returns the affiliations in which the entity is the whole.
    pub fn affiliated_with(
        &self,
        whole: impl Into<EntityId>,
    ) -> impl Iterator<Item = (AffiliationId, &Affiliation)> {
        self.numbered(self.parts.get(&self.one_for(whole)))
    }

    fn numbered<'g>(
        &'g self,
        ids: Option<&'g Vec<AffiliationId>>,
    ) -> impl Iterator<Item = (AffiliationId, &'g Affiliation)> {
        ids.into_iter()
            .flatten()
            .filter_map(|&id| Some((id, self.affiliations.get_index(id.index())?)))
    }

    /// Returns a lineage link by its handle.
    pub fn lineage(&self, id: LineageId) -> Option<&Lineage> {
        self.lineages.get_index(id.index())
    }

    /// Returns what answers sort lineage links by: the keys of the speaker and the source, and the rest where these are
    /// equal.
    pub(crate) fn lineage_order(&self, id: LineageId) -> impl Ord {
        self.lineage(id).map(|lineage| {
            let Lineage { from, to, basis, scope, stated_by, reported } = lineage;
            let (document, mut claims) = match scope {
                Scope::Everywhere => (None, Vec::new()),
                Scope::Document(document) => (Some(self.key_of(*document)), Vec::new()),
                Scope::Claims(claims) => {
                    (None, claims.iter().map(|&id| self.claim_name(id)).collect())
                }
            };
            claims.sort_unstable();
            let stated_by = stated_by.map(|claim| self.claim_name(claim));
            (self.key_of(*from), self.key_of(*to), basis, document, claims, stated_by, reported)
        })
    }

    /// Returns all lineage links, in order of insertion.
    pub fn lineages(&self) -> impl ExactSizeIterator<Item = &Lineage> {
        self.lineages.iter()
    }

    /// Returns the lineage links in which the entity is the speaker.
    pub fn lineages_of(
        &self,
        speaker: impl Into<EntityId>,
    ) -> impl Iterator<Item = (LineageId, &Lineage)> {
        let ids = self.sources.get(&self.one_for(speaker));
        ids.into_iter().flatten().filter_map(|&id| Some((id, self.lineages.get_index(id.index())?)))
    }
}
