//! A view as nodes and edges with attributes, for the writers of GraphML, GEXF and DOT.
//!
//! Nodes are entities: all entities of a graph, or those that the edges of a narrowed view name. Each claim with
//! an entity at each end is one edge, so parallel claims are parallel edges. Denials and claims that only answer
//! other claims are not edges: they and all that refers to them are counted as lost. The `status` of an edge is
//! `positive` for a plain claim, `disputed` for a contested one, `planned` for something planned, wanted, expected
//! or threatened, and `possible` for something that is only held possible.

use crate::field_table::{Field, Fields, GRADE, MANNER, QUANTITY, VALID, WORDS, cells, fields};
use claimgraph::format::{Losses, Records};
use claimgraph::questions::Response;
use claimgraph::record::{ClaimRecord, Record, RoleRecord, TermRecord};
use claimgraph::{
    ClaimGraph, ClaimId, ClaimRef, DocumentInfo, EntityId, EntityRef, Id, Modality, Period, Stance,
    View,
};
use indexmap::{IndexMap, IndexSet};
use serde::Serialize;

/// The attributes of a node. A node's label is its name.
pub(super) const NODE: Fields = &[fields! {
    key: Text, kind: Text, names: Json, codes: Json, name_withheld: Flag, plural: Flag,
    is_document = "": Flag,
    date = "document.date": Day,
    title = "document.title": Text,
    publisher = "document.publisher": Entity,
    length = "document.length": Whole,
    sha256 = "document.sha256": Text,
    instant = "document.instant": Text,
    url = "document.url": Text,
    archived_url = "document.archived_url": Text,
    retrieved = "document.retrieved": Day,
}];

/// The attributes of an edge. An edge's label is the verb of its relation.
pub(super) const EDGE: Fields = &[
    fields! { relation = "statement.relation": Text, status = "": Text, stance: Text, polarity: Text },
    MANNER,
    fields! {
        contested = "": Flag, contested_by = "": Text, symmetric = "": Flag,
        speaker = "": Text, speakers: Json, document: Entity, reported: Day,
        said: Day, said_period = "said": Json,
    },
    VALID,
    fields! { quantity = "": Text },
    QUANTITY,
    fields! {
        quantity_of_object = "object_quantity": Json, factor: Number, direction: Text, roles: Json,
        subject_basis = "statement.subject.basis": Text,
        object_basis = "statement.object.basis": Text,
    },
    WORDS,
    GRADE,
];

/// The attributes of one node or edge.
pub(super) type Values = Vec<(&'static Field, String)>;

pub(super) struct NodeDrawn {
    pub(super) key: String,
    pub(super) label: String,
    pub(super) values: Values,
}

pub(super) struct EdgeDrawn<'g> {
    pub(super) id: String,
    pub(super) source: String,
    pub(super) target: String,
    /// The verb of the relation.
    pub(super) label: String,
    pub(super) relation: &'g str,
    pub(super) status: Status,
    pub(super) valid: Option<Period>,
    pub(super) values: Values,
}

/// The status of an edge.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Status {
    Positive,
    Disputed,
    Planned,
    Possible,
}

impl Status {
    pub(super) fn word(self) -> &'static str {
        match self {
            Status::Positive => "positive",
            Status::Disputed => "disputed",
            Status::Planned => "planned",
            Status::Possible => "possible",
        }
    }
}

/// A view, ready to be written.
pub(super) struct Drawing<'g> {
    view: View<'g>,
    /// The whole graph. A claim that it does not join is planned or possible, whatever the filter of the view admits.
    whole: View<'g>,
    records: Records<'g>,
    /// The contests of each contested claim, as text.
    contested: IndexMap<ClaimId, String>,
    pub(super) nodes: Vec<EntityRef<'g>>,
    edges: Vec<ClaimRef<'g>>,
    pub(super) losses: Losses,
}

/// Returns the value of a role and what is in it. A statement in a claim does not hold a further statement.
fn terms_of(role: &RoleRecord) -> impl Iterator<Item = &TermRecord> {
    let inside = role.value.as_statement().into_iter().flat_map(|statement| {
        let roles = statement.roles.iter().map(|role| &role.value);
        std::iter::once(&statement.subject).chain(&statement.object).chain(roles)
    });
    std::iter::once(&role.value).chain(inside)
}

/// So many contests of a claim are written as text.
const CONTESTS_NAMED: usize = 10;

/// Returns the first of these contests as text, and how many others there are.
fn contested_by(contests: &[Response<'_>]) -> String {
    let mut texts: Vec<String> =
        contests.iter().take(CONTESTS_NAMED).map(ToString::to_string).collect();
    let others = contests.len().saturating_sub(CONTESTS_NAMED);
    if others > 0 {
        texts.push(format!("and {others} more"));
    }
    texts.join("; ")
}

fn names_a_claim(role: &RoleRecord) -> bool {
    terms_of(role).any(|term| term.as_claim().is_some())
}

impl<'g> Drawing<'g> {
    pub(super) fn of(view: View<'g>) -> Self {
        let records = Records::of(view.graph());
        let whole = view.graph().view().including_retracted();
        let found = view.contested();
        let contested = found.iter().map(|it| (it.claim().id(), contested_by(it.contests())));
        let (contested, mut edges, mut losses) =
            (contested.collect(), Vec::new(), Losses::default());
        for (claim, name) in records.claims() {
            if view.contains(claim.id()) {
                match not_drawn(claim) {
                    None => edges.push(claim),
                    Some(why) => losses.note(why, name),
                }
            } else if view.is_whole() {
                losses.note("claim taken back", name);
            }
        }
        let nodes = Vec::new();
        let mut drawing = Self { view, whole, records, contested, nodes, edges, losses };
        let named = (!drawing.view.is_whole()).then(|| drawing.entities_named());
        let is_named = |entity: &EntityRef<'_>| {
            named.as_ref().is_none_or(|named| named.contains(&entity.id()))
        };
        drawing.nodes = drawing.records.entities().filter(is_named).collect();
        drawing.note_what_is_beside();
        drawing.note_answers();
        drawing
    }

    pub(super) fn graph(&self) -> &'g ClaimGraph {
        self.view.graph()
    }

    /// Counts batches, links, derived figures, affiliations, lineage, reviews and judgements as lost: they are
    /// neither nodes nor edges.
    fn note_what_is_beside(&mut self) {
        let (whole, losses) = (self.view.is_whole(), &mut self.losses);
        let inside = self.records.claims().filter(|(claim, _)| self.view.contains(claim.id()));
        let inside: IndexSet<&str> = inside.map(|(_, name)| name).collect();
        let is_inside = |name: &String| inside.contains(name.as_str());
        for record in self.records.beside_claims() {
            match record {
                Record::Link(link) if is_inside(&link.from) && is_inside(&link.to) => {
                    losses.note("link", &link.from)
                }
                Record::Derivation(figure) if is_inside(&figure.claim) => {
                    losses.note("derived figure", &figure.claim)
                }
                Record::Lineage(lineage) if whole => losses.note("lineage", &lineage.speaker),
                Record::Review(review) if is_inside(&review.claim) => {
                    losses.note("review", &review.claim)
                }
                Record::Judgement(judgement) if whole => losses.note("judgement", &judgement.one),
                _ => {}
            }
        }
        for claim in self.view.claims().filter(|claim| claim.redaction().is_some()) {
            losses.note("redacted claim", self.records.name(claim.id()));
        }
        for batch in self.view.graph().batches().filter(|_| whole) {
            losses.note("batch", batch.key());
        }
        for affiliation in self.records.affiliations().filter(|_| whole) {
            losses.note("affiliation", &affiliation.part);
        }
    }

    /// Returns the entities that the edges name: ends, speakers, documents and their publishers, values of roles.
    fn entities_named(&self) -> IndexSet<EntityId> {
        let graph = self.graph();
        let mut named: IndexSet<EntityId> = IndexSet::new();
        for claim in self.claims() {
            let record = self.record(claim);
            let keys = record.roles.iter().flat_map(terms_of).filter_map(TermRecord::as_entity);
            named.extend(keys.filter_map(|key| graph.entity_keyed(key).ok()));
            let ends = [claim.subject_entity(), claim.object_entity()];
            named.extend(ends.into_iter().chain([claim.document().map(Id::id)]).flatten());
            named.extend(claim.chain().iter().filter_map(|link| link.source));
        }
        let mut next = 0;
        while let Some(&id) = named.get_index(next) {
            next += 1;
            let document = graph.entity(id).ok().and_then(EntityRef::document);
            named.extend(document.and_then(DocumentInfo::publisher));
        }
        named
    }

    pub(super) fn claims(&self) -> impl Iterator<Item = ClaimRef<'g>> {
        self.edges.iter().copied()
    }

    /// Returns the claim as an edge carries it, without the claims that it names.
    fn record(&self, claim: ClaimRef<'g>) -> ClaimRecord {
        let mut record = self.records.claim(claim);
        record.roles.retain(|role| !names_a_claim(role));
        record.targets.clear();
        record.certainty = Some(claim.certainty());
        record.modality = Some(claim.modality());
        record.prominence = Some(claim.prominence());
        record
    }

    /// Counts the answers and roles that the edges cannot carry.
    fn note_answers(&mut self) {
        for &claim in &self.edges {
            let name = self.records.name(claim.id());
            claim.targets().for_each(|_| self.losses.note("answered claim", name));
            let roles = self.records.claim(claim).roles;
            for _ in roles.iter().filter(|role| names_a_claim(role)) {
                self.losses.note("role that names a claim", name);
            }
        }
    }

    fn status(&self, claim: ClaimRef<'g>) -> Status {
        let stance = claim.stance();
        let aims = stance.is_directive() || matches!(stance, Stance::Threatens | Stance::Projects);
        if aims || claim.modality() != Modality::Actual {
            Status::Planned
        } else if !self.whole.joins(claim.id()) {
            Status::Possible
        } else if self.contested.contains_key(&claim.id()) {
            Status::Disputed
        } else {
            Status::Positive
        }
    }

    pub(super) fn node(&self, entity: EntityRef<'g>) -> NodeDrawn {
        let record = self.records.entity(entity);
        let is_document = entity.document().is_some();
        let computed = |name: &str| (name == "is_document" && is_document).then(|| "true".into());
        let values = values(NODE, &record, computed);
        let label = self.graph().name_of(entity.id()).to_owned();
        NodeDrawn { key: entity.key().to_owned(), label, values }
    }

    pub(super) fn edge(&self, claim: ClaimRef<'g>) -> EdgeDrawn<'g> {
        let key = |entity: Option<EntityId>| {
            let entity = entity.and_then(|entity| self.graph().entity(entity).ok());
            entity.map(|entity| entity.key().to_owned())
        };
        let definition = claim.statement().map(|statement| statement.relation());
        let relation = definition.map_or("", |definition| definition.key.as_str());
        let label = definition.map_or_else(String::new, |definition| definition.verb());
        let status = self.status(claim);
        let by = self.contested.get(&claim.id());
        let computed = |name: &str| match name {
            "status" => Some(status.word().to_owned()),
            "contested" => Some(by.is_some().to_string()),
            "contested_by" => by.cloned(),
            "symmetric" => definition.filter(|d| d.symmetric).map(|_| "true".to_owned()),
            "speaker" => key(claim.speaker()),
            "valid" => claim.valid().as_ref().and_then(Period::edtf),
            "quantity" => claim.quantity().map(ToString::to_string),
            _ => None,
        };
        EdgeDrawn {
            id: self.records.name(claim.id()).to_owned(),
            source: key(claim.subject_entity()).unwrap_or_default(),
            target: key(claim.object_entity()).unwrap_or_default(),
            values: values(EDGE, &self.record(claim), computed),
            valid: claim.valid(),
            label,
            relation,
            status,
        }
    }

    /// Hands out every attribute of every node and edge, with its owner, for a check before anything is written.
    pub(super) fn each_text<E>(
        &self,
        check: &mut dyn FnMut(&str, &str, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        for &entity in &self.nodes {
            let node = self.node(entity);
            check(&node.key, "label", &node.label)?;
            node.values.iter().try_for_each(|(field, text)| check(&node.key, field.name, text))?;
        }
        for claim in self.claims() {
            let edge = self.edge(claim);
            check(&edge.id, "label", &edge.label)?;
            edge.values.iter().try_for_each(|(field, text)| check(&edge.id, field.name, text))?;
        }
        Ok(())
    }

    /// Returns the vocabulary as JSON.
    pub(super) fn vocabulary(&self) -> String {
        serde_json::to_string(self.graph().vocabulary()).unwrap_or_default()
    }
}

/// Returns the values that a record has, each with its field.
fn values(
    fields: Fields,
    record: &impl Serialize,
    computed: impl Fn(&str) -> Option<String>,
) -> Values {
    // A record of plain values always serialises.
    let record = serde_json::to_value(record).unwrap_or_default();
    cells(&record, fields, computed).filter_map(|(field, text)| Some((field, text?))).collect()
}

/// Returns why a claim is not an edge; `None` if it is an edge.
fn not_drawn(claim: ClaimRef<'_>) -> Option<&'static str> {
    if claim.statement().is_none() {
        return Some("answer without a statement");
    }
    if claim.subject_entity().is_none() || claim.object_entity().is_none() {
        return Some("claim without two entities");
    }
    match claim.stance() {
        Stance::Denies => Some("denial"),
        stance if stance.needs_target() => Some("revision"),
        _ => None,
    }
}
