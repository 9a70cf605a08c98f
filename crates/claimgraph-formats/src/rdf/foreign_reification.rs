//! Reads the reified statements of other programs: RDF 1.2 reifiers, `rdf:Statement` and named graphs. A statement
//! of two named parties, or of one party and a text, becomes a claim of the party it is attributed to.

use crate::rdf::iri::Known;
use crate::rdf::node_reader::Draft;
use crate::rdf::quad_store::{NodeId, Proposition, Value};
use crate::rdf::reader::Reader;
use claimgraph::Stance;
use claimgraph::format::parse_day;
use claimgraph::record::*;
use claimgraph::time::Day;

/// The predicates that are read.
const USED: [Known; 11] = [
    Known::Subject,
    Known::Predicate,
    Known::Object,
    Known::AttributedTo,
    Known::Creator,
    Known::PrimarySource,
    Known::Source,
    Known::GeneratedAt,
    Known::DocumentDate,
    Known::Issued,
    Known::Created,
];

impl Reader<'_> {
    pub(super) fn foreign(&mut self) {
        for &node in &self.classes.foreign {
            let said: Vec<Proposition> = self
                .store
                .node(node)
                .propositions
                .iter()
                .cloned()
                .chain(self.reified(node))
                .collect();
            // If a named graph has several triples, its name identifies none of them.
            let id = (said.len() == 1).then(|| self.store.name(node).to_owned());
            for proposition in &said {
                if let Err(why) = self.adopt(node, id.clone(), proposition) {
                    self.losses.note(why, self.store.name(node));
                }
            }
            if !said.is_empty() {
                self.describe(node);
            }
        }
    }

    /// Returns the proposition of an `rdf:Statement`, from its subject, predicate and object.
    fn reified(&self, node: NodeId) -> Option<Proposition> {
        let one = |predicate| self.store.values(node, predicate).next();
        match (one(Known::Subject)?, one(Known::Predicate)?, one(Known::Object)?) {
            (Value::Node(subject), Value::Node(predicate), object) => Some(Proposition {
                subject: *subject,
                predicate: *predicate,
                object: object.clone(),
            }),
            _ => None,
        }
    }

    fn adopt(
        &mut self,
        node: NodeId,
        id: Option<String>,
        said: &Proposition,
    ) -> Result<(), &'static str> {
        let is_node =
            |value: &Value| matches!(value, Value::Node(object) if self.store.is_blank(*object));
        if self.store.is_blank(said.subject)
            || is_node(&said.object)
            || said.object == Value::Triple
        {
            return Err("statement about a blank node");
        }
        let mut draft = Draft::new(self.store, self.classes);
        let mut record = ClaimRecord::new(Stance::Asserts);
        record.id = id;
        let subject = draft.term(node, said.predicate, &Value::Node(said.subject), false);
        let object = draft.term(node, said.predicate, &said.object, false);
        let relation = draft.relation_key(said.predicate);
        let (Ok(subject), Ok(object), Ok(relation)) = (subject, object, relation) else {
            return Err("statement that is not understood");
        };
        record.statement = Some(StatementRecord::new(subject, relation, object));
        let source =
            [Known::AttributedTo, Known::Creator].into_iter().find_map(|p| self.agent(node, p));
        let document =
            [Known::PrimarySource, Known::Source].into_iter().find_map(|p| self.agent(node, p));
        record.document = document.and_then(|document| draft.entity(document).ok());
        let source = source.and_then(|source| draft.entity(source).ok());
        record.speakers = vec![SpeakerRecord { source, ..SpeakerRecord::unnamed() }];
        let dated = document.is_some_and(|document| self.day(document).is_some());
        record.reported = self.day(node).or(self.undated.map(Day::from).filter(|_| !dated));
        if record.reported.is_none() && !dated {
            return Err("statement without a day");
        }
        self.take(draft).map_err(|_| "statement that is not understood")?;
        self.loader.push_claim(record).map_err(|_| "statement that is refused").map(drop)
    }

    fn agent(&self, node: NodeId, predicate: Known) -> Option<NodeId> {
        self.store.values(node, predicate).find_map(|value| match value {
            Value::Node(found) if !self.store.is_blank(*found) => Some(*found),
            _ => None,
        })
    }

    /// Returns the day of a date or of a point in time.
    fn day(&self, node: NodeId) -> Option<Day> {
        let days = [Known::GeneratedAt, Known::DocumentDate, Known::Issued, Known::Created];
        days.into_iter().flat_map(|predicate| self.store.values(node, predicate)).find_map(
            |value| match value {
                Value::Text(text) | Value::Typed(text, _) => {
                    parse_day(text.get(..10)?).map(Day::from)
                }
                _ => None,
            },
        )
    }

    /// Marks a node as read, and counts its unused triples as not understood.
    fn describe(&mut self, node: NodeId) {
        self.see(node);
        for said in self.store.said_of(node) {
            let used = said.known().is_some_and(|known| USED.contains(&known));
            if !used && !said.is(Known::RdfStatement) {
                self.not_understood(said);
            }
        }
    }
}
