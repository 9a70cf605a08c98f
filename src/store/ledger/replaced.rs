//! The ledger with other entities in the place of some. A unified graph is made of it.

use crate::model::claim::SpeakerLink;
use crate::model::id::{EntityId, OriginId, RelationId};
use crate::store::ledger::Ledger;
use crate::store::origin_table::Origins;
use crate::store::stored_claim::{Entry, Plain};
use std::sync::Arc;

const ROOM: &str = "there is a number for each claim and origin of the other ledger";

impl Ledger {
    /// Returns a ledger of the same claims under the same numbers, with another entity in the place of each.
    pub(crate) fn replaced(&self, one_for: &dyn Fn(EntityId) -> EntityId) -> Self {
        let mut origins = Origins::default();
        let chain = |chain: &[SpeakerLink]| -> Vec<SpeakerLink> {
            chain
                .iter()
                .map(|link| SpeakerLink { source: link.source.map(one_for), ..*link })
                .collect()
        };
        let numbers: Vec<OriginId> = self
            .origins
            .all()
            .map(|(links, document)| {
                origins.intern(&chain(links), document.map(one_for)).expect(ROOM)
            })
            .collect();
        let mut ledger = Self {
            origins: Arc::new(origins),
            times: self.times.clone(),
            connections: Arc::clone(&self.connections),
            ..Self::default()
        };
        ledger.begin_bulk(self.len());
        for claim in self.claims() {
            let row = self.find(claim).expect(ROOM);
            let (marks, reported) = (self.rows.marks(row), self.rows.reported(row));
            let added = match self.rich(row) {
                Some(rich) => {
                    let mut rich = rich.clone();
                    rich.replace_entities(one_for);
                    let (chain, document) =
                        (chain(self.chain(row)), self.document(row).map(one_for));
                    // The marks have those of the relation already.
                    ledger.append(Entry { chain, document, marks, reported, of_relation: 0, rich })
                }
                None => {
                    let (head, relation) = (self.rows.head(row), self.rows.relation(row));
                    let ends = self.rows.subject(row).zip(head.object);
                    let ends = ends.filter(|_| relation != RelationId::NONE);
                    let target = self.targets(row).next().map(|(target, _)| target);
                    let statement =
                        ends.map(|(subject, object)| (one_for(subject), relation, one_for(object)));
                    let origin = self.rows.origin(row).expect(ROOM);
                    let origin = numbers[origin.index()];
                    ledger.append_plain(Plain {
                        origin,
                        marks,
                        statement,
                        target,
                        time: head.time,
                        reported,
                    })
                }
            };
            added.expect(ROOM);
        }
        ledger.end_bulk();
        ledger
    }
}
