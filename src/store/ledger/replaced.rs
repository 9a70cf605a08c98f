//! The ledger with other entities in the place of some, or without the content of some claims. Unified graphs and
//! redactions are made by it.

use crate::model::claim::SpeakerLink;
use crate::model::id::{ClaimId, EntityId, OriginId, RelationId};
use crate::model::time::day::Day;
use crate::model::value::stance::{Basis, Stance};
use crate::store::claim_flags::Marks;
use crate::store::columns::row_iter::RowId;
use crate::store::ledger::Ledger;
use crate::store::stored_claim::{Entry, Plain, Time};
use crate::store::time_code::{TimeCode, Timing};
use rustc_hash::FxHashMap;
use std::sync::Arc;

const ROOM: &str = "there is a number for each claim and origin of the other ledger";

impl Ledger {
    /// Returns a ledger of the same claims under the same numbers, with another entity in the place of each, and without
    /// the content of redacted claims.
    pub(crate) fn replaced(
        &self,
        one_for: &dyn Fn(EntityId) -> EntityId,
        is_redacted: &dyn Fn(ClaimId) -> bool,
    ) -> Self {
        let chain = |chain: &[SpeakerLink]| -> Vec<SpeakerLink> {
            let link =
                |link: &SpeakerLink| SpeakerLink { source: link.source.map(one_for), ..*link };
            chain.iter().map(link).collect()
        };
        // The numbers of chains and periods, given anew: those of redacted claims are gone.
        let mut origins: FxHashMap<OriginId, OriginId> = FxHashMap::default();
        let mut ledger = Self { connections: Arc::clone(&self.connections), ..Self::default() };
        ledger.begin_bulk(self.len());
        for claim in self.claims() {
            let row = self.find(claim).expect(ROOM);
            let (marks, reported) = (self.rows.marks(row), self.rows.reported(row));
            if is_redacted(claim) {
                ledger.append_redacted(reported).expect(ROOM);
                continue;
            }
            let document = self.document(row).map(one_for);
            if let Some(rich) = self.rich(row) {
                let mut rich = rich.clone();
                rich.replace_entities(one_for);
                let chain = chain(self.chain(row));
                // The marks have those of the relation already.
                let entry = Entry { chain, document, marks, reported, of_relation: 0, rich };
                ledger.append(entry).expect(ROOM);
                continue;
            }
            let origin = self.rows.origin(row).expect(ROOM);
            let origin = *origins.entry(origin).or_insert_with(|| {
                let origins = Arc::make_mut(&mut ledger.origins);
                origins.intern(&chain(self.chain(row)), document).expect(ROOM)
            });
            let (head, relation) = (self.rows.head(row), self.rows.relation(row));
            let ends = self.rows.subject(row).zip(head.object);
            let ends = ends.filter(|_| relation != RelationId::NONE);
            let statement =
                ends.map(|(subject, object)| (one_for(subject), relation, one_for(object)));
            let target = self.targets(row).next().map(|(target, _)| target);
            let time = match head.time.timing() {
                Timing::Table(place) => {
                    let period = self.times.period(place).expect(ROOM).clone();
                    ledger.keep_time(Time::Period(period)).expect(ROOM)
                }
                _ => head.time,
            };
            let plain = Plain { origin, marks, statement, target, time, reported };
            ledger.append_plain(plain).expect(ROOM);
        }
        ledger.end_bulk();
        ledger
    }

    /// Returns whether the claim neither makes a statement nor answers one, as only a redacted claim does.
    pub(crate) fn says_nothing(&self, row: RowId) -> bool {
        let marks = self.rows.marks(row);
        self.rows.relation(row) == RelationId::NONE && !marks.has(Marks::ANSWERS)
    }

    /// Puts a claim without content on record, of somebody who is not named.
    pub(crate) fn append_redacted(&mut self, reported: Day) -> Option<ClaimId> {
        let stance = Stance::Asserts;
        let (certainty, modality) = (stance.usual_certainty(), stance.usual_modality());
        let marks = Marks::new(stance, certainty, modality, stance.usual_prominence());
        let nobody = SpeakerLink { source: None, basis: Basis::Stated, direct: false };
        let origin = match self.origins.find(&[nobody], None) {
            Some(origin) => origin,
            None => Arc::make_mut(&mut self.origins).intern(&[nobody], None)?,
        };
        let (statement, target, time) = (None, None, TimeCode::NEVER);
        self.append_plain(Plain { origin, marks, statement, target, time, reported })
    }
}
