//! The ledger as the parts that a file holds, and a ledger made of them. The snapshot calls it.

use crate::model::id::{ClaimId, RelationId};
use crate::model::value::stance::{Basis, Stance};
use crate::store::columns::row_iter::RowId;
use crate::store::columns::{Bare, Columns};
use crate::store::ledger::stance_index::NOTED;
use crate::store::ledger::{Ledger, marked, plain_target};
use crate::store::origin_table::Origins;
use crate::store::response_index::Pair;
use crate::store::stored_claim::{Entry, HeldStatement, Rich};
use crate::store::time_code::Times;
use std::sync::Arc;

/// The parts of a ledger from which all its lists can be computed.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) rows: Bare<'static>,
    pub(crate) origins: Origins,
    pub(crate) times: Times,
    /// In order of their claims.
    pub(crate) rich: Vec<Rich>,
    /// The claims that have them.
    pub(crate) owners: Vec<ClaimId>,
    /// Of plain claims that answer one, in order of the answering claims.
    pub(crate) targets: Vec<Pair>,
}

impl Ledger {
    pub(crate) fn origins(&self) -> &Origins {
        &self.origins
    }

    pub(crate) fn times(&self) -> &Times {
        &self.times
    }

    pub(crate) fn riches(&self) -> impl Iterator<Item = &Rich> {
        self.rich.iter()
    }

    /// Returns the rows, with as many subjects as there are entities at either end of a claim.
    pub(crate) fn bare_rows(&self) -> Bare<'_> {
        self.rows.bare(self.entities)
    }

    /// Of plain claims that answer one, which.
    pub(crate) fn plain_targets(&self) -> &[Pair] {
        &self.targets
    }

    /// Makes a ledger of these parts. Handles must be in range, rows in order, and claims that are named before those
    /// that name them. Whether each claim is one that could have been appended is for [`stands`](Self::stands).
    pub(crate) fn of(kept: Kept) -> Self {
        let Kept { rows, origins, times, rich, owners, targets } = kept;
        let entities = rows.offsets.len().saturating_sub(1);
        let rows = Columns::of_sorted(rows);
        let origins = Arc::new(origins);
        let mut ledger = Self { rows, entities, origins, times, targets, ..Self::default() };
        ledger
            .next()
            .and_then(|next| ClaimId::at(next.index().checked_sub(1)?))
            .into_iter()
            .for_each(|last| {
                ledger.keys.make_room(last);
            });
        for (&claim, rich) in owners.iter().zip(&rich) {
            ledger.note_mentions(claim, rich);
        }
        ledger.rich = rich.into_iter().collect();
        ledger.note_stances();
        ledger
    }

    /// Notes retractions and revisions, in the order in which they were inserted.
    fn note_stances(&mut self) {
        let mut noted: Vec<(ClaimId, Stance)> = self.rows.with_stances(NOTED).collect();
        noted.sort_unstable_by_key(|(id, _)| *id);
        for (id, _) in noted {
            let Some(row) = self.find(id) else { continue };
            let stated = self.rows.relation(row) != RelationId::NONE;
            let firm = self.targets(row).find(|(_, basis)| *basis != Basis::Possible);
            self.note_stance(id, self.rows.marks(row), stated, firm.map(|(target, _)| target));
        }
    }

    /// Returns whether the claim stands here as [`append`](Self::append) would have put it.
    pub(crate) fn stands(&self, row: RowId, entry: &Entry) -> bool {
        let Entry { chain, document, marks, reported, of_relation, rich } = entry;
        let ends = rich.statement.as_ref().map(HeldStatement::ends);
        let ends = ends.unwrap_or((None, RelationId::NONE, None));
        let marks = marked(
            *marks,
            ends.0.is_some() && ends.2.is_some(),
            !rich.targets.is_empty(),
            *of_relation,
        );
        let rest = match plain_target(rich) {
            Some(target) => {
                let targets = self.targets(row).map(|(target, _)| target);
                self.rich(row).is_none()
                    && targets.eq(target)
                    && self.period(row).as_deref() == rich.valid.as_deref()
            }
            None => self.rich(row) == Some(rich),
        };
        let origin = self.chain(row) == chain && self.document(row) == *document;
        let core =
            (self.rows.subject(row), self.rows.relation(row), self.rows.head(row).object) == ends;
        origin
            && core
            && rest
            && self.rows.marks(row) == marks
            && self.rows.reported(row) == *reported
    }
}
