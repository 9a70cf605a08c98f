//! A view as nodes and edges with attributes: what GraphML, GEXF and DOT have in common.
//!
//! Nodes are entities: all of a graph, or of a narrowed view those that its edges name. Edges are claims
//! with an entity at each end, one each, so parallel claims are parallel edges. A denial is no edge, nor is
//! a claim that needs another one to answer: they are counted as lost, as is what hangs on them. `status`
//! tells what is said to be so (`positive`) from what somebody contests (`disputed`), what is planned,
//! wanted, expected or threatened (`planned`) and what is only held possible (`possible`).

use crate::files::format::loss::Losses;
use crate::formats::flat::Holds::{Flag, Json, Number, Text, Whole};
use crate::formats::flat::{Field, cell, field};
use crate::graph::ClaimGraph;
use crate::graph::claim_ref::{ClaimRef, Term};
use crate::graph::record::export::ClaimNames;
use crate::model::id::{ClaimId, EntityId};
use crate::model::record::{ClaimRecord, RoleRecord, TermRecord};
use crate::model::time::period::Period;
use crate::model::value::stance::{Modality, Stance};
use crate::store::claim_flags::Marks;
use crate::view::{Sieve, View};
use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

/// The attributes of a node. A node's label is its name.
pub(super) const NODE: &[Field] = &[
    field("key", "key", Text),
    field("kind", "kind", Text),
    field("names", "names", Json),
    field("codes", "codes", Json),
    field("is_document", "", Flag),
    field("date", "document.date", Text),
    field("title", "document.title", Text),
    field("publisher", "document.publisher", Text),
    field("length", "document.length", Whole),
    field("sha256", "document.sha256", Text),
];

/// The attributes of an edge. An edge's label is the verb of its relation.
pub(super) const EDGE: &[Field] = &[
    field("relation", "statement.relation", Text),
    field("status", "", Text),
    field("stance", "stance", Text),
    field("polarity", "polarity", Text),
    field("certainty", "certainty", Text),
    field("modality", "modality", Text),
    field("prominence", "prominence", Text),
    field("contested", "", Flag),
    field("contested_by", "", Text),
    field("symmetric", "", Flag),
    field("speaker", "", Text),
    field("speakers", "speakers", Json),
    field("document", "document", Text),
    field("reported", "reported", Text),
    field("said", "said", Text),
    field("valid", "", Text),
    field("start_earliest", "valid.start.earliest", Text),
    field("start_latest", "valid.start.latest", Text),
    field("end_earliest", "valid.end.earliest", Text),
    field("end_latest", "valid.end.latest", Text),
    field("aspect", "valid.aspect", Text),
    field("ongoing", "valid.ongoing", Flag),
    field("strict_deadline", "valid.strict_deadline", Text),
    field("valid_words", "valid.words", Text),
    field("quantity", "", Text),
    field("amount", "quantity.central", Number),
    field("precision", "quantity.precision", Text),
    field("lower", "quantity.lower.amount", Number),
    field("lower_strict", "quantity.lower.strict", Flag),
    field("upper", "quantity.upper.amount", Number),
    field("upper_strict", "quantity.upper.strict", Flag),
    field("unit", "quantity.unit", Text),
    field("quantity_words", "quantity.words", Text),
    field("factor", "factor", Number),
    field("roles", "roles", Json),
    field("subject_basis", "statement.subject.basis", Text),
    field("object_basis", "statement.object.basis", Text),
    field("span", "span", Json),
    field("words", "words", Text),
    field("cue", "cue.words", Text),
    field("cue_span", "cue.span", Json),
    field("reliability", "grade.reliability", Text),
    field("credibility", "grade.credibility", Whole),
    field("likelihood", "grade.likelihood", Text),
];

/// The attributes that one node or edge has.
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

/// How an edge stands.
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

/// A view, ready to be drawn.
pub(super) struct Drawing<'v, 'g> {
    pub(super) view: &'v View<'g>,
    names: ClaimNames,
    /// By claim: who contests it.
    contested: IndexMap<ClaimId, String>,
    pub(super) nodes: Vec<EntityId>,
    edges: Vec<ClaimId>,
    pub(super) losses: Losses,
}

/// Whether a term is, or holds, a claim. A statement in a claim holds no further statement.
fn names_a_claim(term: &TermRecord) -> bool {
    let inside = |statement: &crate::model::record::StatementRecord| {
        let ends = [Some(&statement.subject), statement.object.as_ref()];
        let roles = statement.roles.iter().map(|role| &role.value);
        ends.into_iter().flatten().chain(roles).any(|term| term.as_claim().is_some())
    };
    term.as_claim().is_some() || term.as_statement().is_some_and(inside)
}

fn entities_of<'t>(role: &'t RoleRecord, found: &mut Vec<&'t str>) {
    let statement = role.value.as_statement();
    let ends =
        statement.into_iter().flat_map(|s| std::iter::once(&s.subject).chain(s.object.as_ref()));
    let roles = statement.into_iter().flat_map(|s| s.roles.iter().map(|role| &role.value));
    found.extend(
        std::iter::once(&role.value).chain(ends).chain(roles).filter_map(|term| term.as_entity()),
    );
}

impl<'v, 'g> Drawing<'v, 'g> {
    pub(super) fn of(view: &'v View<'g>) -> Self {
        let graph = view.graph();
        let whole = view.sieve == Sieve::default();
        let found = view.contested();
        let contested = found.iter().map(|contested| {
            let by: Vec<String> = contested.contests().iter().map(ToString::to_string).collect();
            (contested.claim().id(), by.join("; "))
        });
        let mut drawing = Self {
            contested: contested.collect(),
            names: graph.canonical_names(),
            nodes: Vec::new(),
            edges: Vec::new(),
            losses: Losses::default(),
            view,
        };
        for (&id, name) in &drawing.names {
            let Some(claim) = ClaimRef::new(graph, id) else { continue };
            if !view.contains(id) {
                if whole {
                    drawing.losses.note("claim taken back", name);
                }
                continue;
            }
            match not_drawn(claim) {
                None => drawing.edges.push(id),
                Some(why) => drawing.losses.note(why, name),
            }
        }
        let named = if whole { None } else { Some(drawing.entities_named()) };
        let order = graph.publishers_first(graph.registry.ids()).into_iter();
        drawing.nodes =
            order.filter(|id| named.as_ref().is_none_or(|named| named.contains(id))).collect();
        drawing.note_what_is_beside(graph);
        drawing
    }

    /// Links, derived figures, affiliations and lineage are neither nodes nor edges.
    fn note_what_is_beside(&mut self, graph: &'g ClaimGraph) {
        let (view, losses) = (self.view, &mut self.losses);
        let name = |id: ClaimId| self.names.get(&id).map_or("", String::as_str);
        let connections = &graph.ledger.connections;
        for link in
            connections.links().filter(|link| view.contains(link.from) && view.contains(link.to))
        {
            losses.note("link", name(link.from));
        }
        for (claim, _) in connections.derivations().filter(|(claim, _)| view.contains(*claim)) {
            losses.note("derived figure", name(claim));
        }
        let whole = view.sieve == Sieve::default();
        for affiliation in graph.affiliations().filter(|_| whole) {
            losses.note("affiliation", graph.key_of(affiliation.part()));
        }
        for lineage in graph.lineages().filter(|_| whole) {
            losses.note("lineage", graph.key_of(lineage.speaker()));
        }
    }

    /// What the edges name: ends, speakers, documents and their publishers, values of roles.
    fn entities_named(&self) -> IndexSet<EntityId> {
        let graph = self.view.graph();
        let mut named: IndexSet<EntityId> = IndexSet::new();
        for claim in self.claims() {
            let record = self.record(claim);
            let mut roles = Vec::new();
            record.roles.iter().for_each(|role| entities_of(role, &mut roles));
            named.extend(roles.into_iter().filter_map(|key| graph.registry.find(key)));
            named.extend([ends(claim).0, ends(claim).1, claim.document_id()].into_iter().flatten());
            named.extend(claim.chain().iter().filter_map(|link| link.source));
        }
        let mut next = 0;
        while let Some(&id) = named.get_index(next) {
            next += 1;
            named.extend(graph.registry.document(id).and_then(|document| document.publisher));
        }
        named
    }

    pub(super) fn claims(&self) -> impl Iterator<Item = ClaimRef<'g>> {
        let graph = self.view.graph();
        self.edges.iter().filter_map(move |&id| ClaimRef::new(graph, id))
    }

    /// The claim as an edge has it: without the claims it names.
    fn record(&self, claim: ClaimRef<'g>) -> ClaimRecord {
        let name = |id: ClaimId| self.names.get(&id).cloned().unwrap_or_default();
        let mut record = claim.graph().record(claim, &name);
        record.roles.retain(|role| !names_a_claim(&role.value));
        record.targets.clear();
        record.certainty = Some(claim.certainty());
        record.modality = Some(claim.modality());
        record.prominence = Some(claim.prominence());
        record
    }

    /// Notes what the edges themselves lose.
    pub(super) fn note_answers(&mut self) {
        let graph = self.view.graph();
        for &id in &self.edges {
            let (Some(claim), Some(name)) = (ClaimRef::new(graph, id), self.names.get(&id)) else {
                continue;
            };
            claim.targets().for_each(|_| self.losses.note("answered claim", name));
            let as_record = graph.record(claim, &|_| String::new());
            for _ in as_record.roles.iter().filter(|role| names_a_claim(&role.value)) {
                self.losses.note("role that names a claim", name);
            }
        }
    }

    fn status(&self, claim: ClaimRef<'g>) -> Status {
        let stance = claim.stance();
        let aims = stance.is_directive() || matches!(stance, Stance::Threatens | Stance::Projects);
        if aims || claim.modality() != Modality::Actual {
            Status::Planned
        } else if !claim.marks().has(Marks::JOINS) {
            Status::Possible
        } else if self.contested.contains_key(&claim.id()) {
            Status::Disputed
        } else {
            Status::Positive
        }
    }

    pub(super) fn node(&self, id: EntityId) -> NodeDrawn {
        let graph = self.view.graph();
        let record = graph.entity_record(id);
        let is_document = record.as_ref().is_some_and(|record| record.document.is_some());
        // A record of plain values always serialises.
        let value = record
            .map(|record| serde_json::to_value(record).unwrap_or_default())
            .unwrap_or_default();
        let mut values =
            values(NODE, &value, |name| (name == "is_document").then(|| is_document.to_string()));
        values.retain(|(field, text)| field.name != "is_document" || text == "true");
        NodeDrawn { key: graph.key_of(id).to_owned(), label: graph.name_of(id).to_owned(), values }
    }

    pub(super) fn edge(&self, claim: ClaimRef<'g>) -> EdgeDrawn<'g> {
        let graph = claim.graph();
        let key = |entity: Option<EntityId>| entity.map(|entity| graph.key_of(entity).to_owned());
        let definition = claim.statement().map(|statement| statement.relation());
        let relation = definition.map_or("", |definition| definition.key.as_str());
        let label = definition.map_or_else(String::new, |definition| definition.verb());
        let status = self.status(claim);
        let by = self.contested.get(&claim.id());
        let worked_out = |name: &str| match name {
            "status" => Some(status.word().to_owned()),
            "contested" => Some(by.is_some().to_string()),
            "contested_by" => by.cloned(),
            "symmetric" => definition.filter(|d| d.symmetric).map(|_| "true".to_owned()),
            "speaker" => key(claim.speaker()),
            "valid" => claim.valid().as_ref().and_then(Period::edtf),
            "quantity" => claim.quantity().map(ToString::to_string),
            _ => None,
        };
        let record = serde_json::to_value(self.record(claim)).unwrap_or_default();
        EdgeDrawn {
            id: self.names.get(&claim.id()).cloned().unwrap_or_default(),
            source: key(ends(claim).0).unwrap_or_default(),
            target: key(ends(claim).1).unwrap_or_default(),
            values: values(EDGE, &record, worked_out),
            valid: claim.valid(),
            label,
            relation,
            status,
        }
    }

    /// Every attribute of every node and edge, with whose it is: for a check before anything is written.
    pub(super) fn each_text<E>(
        &self,
        check: &mut dyn FnMut(&str, &str, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        for &id in &self.nodes {
            let node = self.node(id);
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

    /// The vocabulary as JSON.
    pub(super) fn vocabulary(&self) -> String {
        serde_json::to_string(&self.view.graph().vocabulary).unwrap_or_default()
    }
}

fn values(
    fields: &'static [Field],
    record: &Value,
    worked_out: impl Fn(&str) -> Option<String>,
) -> Values {
    let value = |field: &Field| {
        if field.path.is_empty() { worked_out(field.name) } else { cell(record, field) }
    };
    fields.iter().filter_map(|field| Some((field, value(field)?))).collect()
}

/// The entities at the ends of a claim, named by the text or filled in.
fn ends(claim: ClaimRef<'_>) -> (Option<EntityId>, Option<EntityId>) {
    (claim.subject().and_then(Term::entity), claim.object().and_then(Term::entity))
}

/// Why a claim is no edge, if it is none.
fn not_drawn(claim: ClaimRef<'_>) -> Option<&'static str> {
    if claim.statement().is_none() {
        return Some("answer without a statement");
    }
    if !matches!(ends(claim), (Some(_), Some(_))) {
        return Some("claim without two entities");
    }
    match claim.stance() {
        Stance::Denies => Some("denial"),
        stance if stance.needs_target() => Some("revision"),
        _ => None,
    }
}
