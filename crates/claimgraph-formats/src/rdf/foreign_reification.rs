//! Reads the reified statements of other programs: RDF 1.2 reifiers, `rdf:Statement` and named graphs. A statement
//! of two named parties, or of one party and a text, becomes a claim of each party that it is attributed to. A triple
//! that cannot be used is counted, and the rest of the statement is read.

use crate::even_text;
use crate::rdf::iri::Known;
use crate::rdf::node_reader::Draft;
use crate::rdf::provenance::{DAYS, SOURCES, VOICES};
use crate::rdf::quad_store::{NodeId, Proposition, Value};
use crate::rdf::reader::{Reader, UNDATED};
use claimgraph::Stance;
use claimgraph::entity::Name;
use claimgraph::format::parse_day;
use claimgraph::record::*;
use claimgraph::time::Day;
use indexmap::{IndexMap, IndexSet};

/// The description of a reified statement: whose it is, where it stands, and of which day it is.
struct Description {
    speakers: IndexSet<Speaker>,
    document: Option<NodeId>,
    day: Option<Day>,
    /// The properties that say so, by their place among the properties of the node.
    used: IndexSet<usize>,
}

/// A speaker: a node, or a name.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Speaker {
    Node(NodeId),
    Named(String),
}

/// The statements that were read so far.
#[derive(Default)]
struct Done {
    begun: IndexSet<NodeId>,
    settled: IndexSet<NodeId>,
    /// The statements whose names are claims.
    claims: IndexSet<NodeId>,
}

impl Reader<'_> {
    /// Reads the statements, each after those that it is about. It uses its own stack and does not recurse.
    pub(super) fn foreign(&mut self) {
        let classes = self.classes;
        let statements: IndexMap<NodeId, IndexSet<Proposition>> =
            classes.foreign.iter().map(|&node| (node, self.propositions(node))).collect();
        let mut done = Done::default();
        for &first in statements.keys() {
            let mut stack = vec![first];
            while let Some(&node) = stack.last() {
                let said = statements.get(&node);
                let is_first = done.begun.insert(node);
                let ends = said.into_iter().flatten().flat_map(Proposition::ends);
                let before = stack.len();
                // A statement that is about itself through others is not waited for.
                stack.extend(ends.filter(|end| {
                    is_first && statements.contains_key(end) && !done.begun.contains(end)
                }));
                if stack.len() == before {
                    stack.pop();
                    if let Some(said) = said.filter(|_| done.settled.insert(node)) {
                        self.statement_of(node, said, &mut done);
                    }
                }
            }
        }
    }

    /// Reads the propositions that a node reifies.
    fn statement_of(&mut self, node: NodeId, said: &IndexSet<Proposition>, done: &mut Done) {
        let mut description = self.description(node);
        description.used.extend(self.reified(node).into_iter().flat_map(|(used, _)| used));
        // If a graph has several triples, or a statement several speakers, its name identifies none of the claims.
        let is_one = said.len() == 1 && description.speakers.len() <= 1;
        let id = is_one.then(|| self.store.name(node).to_owned());
        for proposition in said {
            match self.adopt(node, id.clone(), proposition, &description, done) {
                Ok(true) if is_one => drop(done.claims.insert(node)),
                Ok(_) => {}
                Err(why) => self.loader.losses.note(why, self.store.name(node)),
            }
        }
        if !said.is_empty() {
            self.describe(node, &description);
        }
    }

    /// Returns the different propositions that a node reifies or holds as a named graph.
    fn propositions(&self, node: NodeId) -> IndexSet<Proposition> {
        let held = self.store.node(node).propositions.iter().cloned();
        held.chain(self.reified(node).map(|(_, said)| said)).collect()
    }

    /// Returns the proposition of an `rdf:Statement`, from its subject, predicate and object, and the places of these.
    fn reified(&self, node: NodeId) -> Option<([usize; 3], Proposition)> {
        let one = |wanted: Known| {
            let mut properties = self.store.node(node).properties.iter().enumerate();
            properties.find(|(_, (predicate, _))| *predicate == wanted.node())
        };
        let (subject, predicate, object) =
            (one(Known::Subject)?, one(Known::Predicate)?, one(Known::Object)?);
        let proposition = Proposition {
            subject: subject.1.1.node()?,
            predicate: predicate.1.1.node()?,
            object: object.1.1.clone(),
        };
        Some(([subject.0, predicate.0, object.0], proposition))
    }

    fn description(&self, node: NodeId) -> Description {
        let mut found = Description {
            speakers: IndexSet::new(),
            document: None,
            day: None,
            used: IndexSet::new(),
        };
        let of = |terms: &'static [Known]| {
            let properties = &self.store.node(node).properties;
            terms.iter().flat_map(move |term| {
                let all = properties.iter().enumerate();
                all.filter(move |(_, (predicate, _))| *predicate == term.node())
                    .map(|(place, (_, value))| (place, value))
            })
        };
        let named = |value: &Value| match value {
            Value::Node(node) => (!self.store.is_blank(*node)).then_some(*node),
            _ => None,
        };
        for (place, value) in of(&VOICES) {
            let speaker = match value {
                Value::Text(text) | Value::Tagged(text, _) => even_text::name(text)
                    .filter(|name| even_text::key(name).as_ref() == Some(name))
                    .map(Speaker::Named),
                value => named(value).map(Speaker::Node),
            };
            if let Some(speaker) = speaker {
                found.speakers.insert(speaker);
                found.used.insert(place);
            }
        }
        for (place, value) in of(&SOURCES) {
            let source =
                named(value).filter(|source| found.document.is_none_or(|known| known == *source));
            if let Some(source) = source {
                found.document = Some(source);
                found.used.insert(place);
            }
        }
        for (place, value) in of(&DAYS) {
            let day = day_of(value).filter(|day| found.day.is_none_or(|known| known == *day));
            if let Some(day) = day {
                found.day = Some(day);
                found.used.insert(place);
            }
        }
        found
    }

    /// Makes a claim of a statement for each of its speakers.
    fn adopt(
        &mut self,
        node: NodeId,
        id: Option<String>,
        said: &Proposition,
        description: &Description,
        done: &Done,
    ) -> Result<bool, &'static str> {
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
        let mut term = |value: &Value| match value.node() {
            // A name of a statement is its claim.
            Some(named) if done.claims.contains(&named) => {
                Ok(TermRecord::claim(self.store.name(named)))
            }
            _ => draft.term(node, said.predicate, value, false),
        };
        let (subject, object) = (term(&Value::Node(said.subject)), term(&said.object));
        let relation = draft.relation_key(said.predicate);
        let (Ok(subject), Ok(object), Ok(relation)) = (subject, object, relation) else {
            return Err("statement that is not understood");
        };
        record.statement = Some(StatementRecord::new(subject, relation, object));
        record.document = description.document.and_then(|document| draft.entity(document).ok());
        let document = description.document.filter(|_| record.document.is_some());
        let store = self.store;
        let day_of_document = |days: &[Known]| {
            let mut values = days.iter().flat_map(|day| document.map(|it| store.values(it, *day)));
            values.find_map(|mut values| values.find_map(day_of))
        };
        // A document that is read with its date needs no other.
        let is_dated = day_of_document(&[Known::DocumentDate]).is_some();
        let usual = day_of_document(&DAYS).or(self.undated.map(Day::from));
        record.reported = description.day.or(usual.filter(|_| !is_dated));
        if record.reported.is_none() && !is_dated {
            return Err(UNDATED);
        }
        let mut speakers = Vec::new();
        for speaker in &description.speakers {
            speakers.push(match speaker {
                Speaker::Node(agent) => draft.entity(*agent).ok(),
                Speaker::Named(name) => Some(self.speaker_named(name)),
            });
        }
        if speakers.is_empty() {
            speakers.push(None);
        }
        self.take(draft).map_err(|_| "statement that is not understood")?;
        let place = self.store.name(node);
        let mut is_read = false;
        for source in speakers {
            let speakers = vec![SpeakerRecord { source, ..SpeakerRecord::unnamed() }];
            is_read |= self.loader.claim(ClaimRecord { speakers, ..record.clone() }, place);
        }
        Ok(is_read)
    }

    /// Returns the key of a speaker that a text names.
    fn speaker_named(&mut self, name: &str) -> String {
        if self.loader.loader.graph().entity_keyed(name).is_err() {
            let mut record = EntityRecord::new(name, "Source");
            record.names.push(Name::canonical(name));
            self.loader.entity(record, name);
        }
        name.to_owned()
    }

    /// Marks a node as read, and counts its unused triples.
    fn describe(&mut self, node: NodeId, description: &Description) {
        self.see(node);
        for (place, said) in self.store.said_of(node).enumerate() {
            let known = |terms: &[Known]| said.known().is_some_and(|known| terms.contains(&known));
            if description.used.contains(&place) || said.is(Known::RdfStatement) {
                continue;
            }
            if known(&VOICES) || known(&SOURCES) || known(&DAYS) {
                self.not_usable(said);
            } else {
                self.not_understood(said);
            }
        }
    }
}

/// Returns the day of a date or of a point in time.
fn day_of(value: &Value) -> Option<Day> {
    match value {
        Value::Text(text) | Value::Typed(text, _) => {
            let (day, time) = text.split_at_checked(10)?;
            let has_time = time.is_empty() || time.starts_with('T');
            parse_day(day).filter(|_| has_time).map(Day::from)
        }
        _ => None,
    }
}
