//! Makes an affiliation of a row of text, for the reader of tables.

use crate::tables::affiliation_mapping::AffiliationMapping;
use crate::tables::bound_column::{Bound, Header, WordColumn};
use crate::tables::cell::Seen;
use crate::tables::csv_reader::Fields;
use crate::tables::entity_column::{End, EntityColumn};
use crate::tables::time_column::TimeColumns;
use claimgraph::ClaimGraph;
use claimgraph::entity::{Affiliation, AffiliationKind};
use claimgraph::format::{ReadError, ReadErrorKind, Savepoint};

/// The columns of a mapping of affiliations, resolved against one file.
pub(super) struct AffiliationColumns {
    part: EntityColumn,
    whole: EntityColumn,
    kind: WordColumn<AffiliationKind>,
    valid: Option<TimeColumns>,
}

impl AffiliationColumns {
    pub(super) fn new(mapping: &AffiliationMapping, header: &Header) -> Result<Self, ReadError> {
        let valid = mapping.valid.as_ref().map(|time| TimeColumns::new("valid", time, header));
        Ok(Self {
            part: EntityColumn::new("part", &mapping.part, End::Other, header)?,
            whole: EntityColumn::new("whole", &mapping.whole, End::Other, header)?,
            kind: Bound::new("kind", &AffiliationKind::ALL, &mapping.kind, header)?,
            valid: valid.transpose()?,
        })
    }

    /// Adds the affiliation of the row. Returns false if the row is skipped. If the row is refused or skipped, its
    /// entities are removed again.
    pub(super) fn load(
        &mut self,
        graph: &mut ClaimGraph,
        row: Fields<'_>,
    ) -> Result<bool, ReadError> {
        let outcome = self.put(&mut Savepoint::new(graph), row);
        if !matches!(outcome, Ok(true)) {
            let gone = |entity| graph.entity(entity).is_err();
            self.part.forget(row, gone);
            self.whole.forget(row, gone);
        }
        outcome
    }

    fn put(&mut self, savepoint: &mut Savepoint<'_>, row: Fields<'_>) -> Result<bool, ReadError> {
        let Seen::Is(kind) = self.kind.get(row)? else { return Ok(false) };
        let period = match self.valid.as_mut().map(|valid| valid.get(row)).transpose()? {
            Some(Seen::Is((when, _))) => when.period(),
            Some(Seen::Skip) => return Ok(false),
            Some(Seen::Absent) | None => None,
        };
        let Seen::Is(part) = self.part.entity(savepoint, row, "")? else { return Ok(false) };
        let Seen::Is(whole) = self.whole.entity(savepoint, row, "")? else { return Ok(false) };
        let mut affiliation = Affiliation::new(part, kind, whole);
        if let Some(period) = period {
            affiliation = affiliation.valid(period);
        }
        let added = savepoint.affiliate(affiliation);
        let refused = |error| self.part.source().fault(row, ReadErrorKind::Refused(error));
        added.map(|_| true).map_err(refused)
    }
}
