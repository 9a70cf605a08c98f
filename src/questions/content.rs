//! The content of a claim, in one form for all claims that say the same.
//!
//! A view and a claim go in, a [`Content`] comes out. Programs that compare statements call it. The stance matrix of
//! `claimgraph-analysis` distinguishes its issues by it.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::graph::statement_ref::{StatementRef, Term};
use crate::model::id::{RelationId, RoleId};
use crate::model::record::{RoleRecord, TermRecord};
use crate::model::text::bracketed;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::{Basis, Modality};
use crate::model::vocabulary::RelationDef;
use crate::model::vocabulary::verb::Mood;
use crate::store::stored_claim::HeldArgument;
use crate::view::View;
use crate::view::json::{json_form, some};
use std::fmt;

/// The content of a claim, without its speaker and its time: a relation, its ends, roles, a figure and a modality.
///
/// Claims that say the same have equal content. An inverse relation is read from its other side, so that only primary
/// relations occur. The ends of a symmetric relation are in the order of their keys. The unit of a figure has the
/// name that the vocabulary gives it. Roles that tell to whom or where something was said, and roles that link
/// claims, are left out.
///
/// `Display` gives the statement in words. The JSON has `subject` and `object` as in a
/// [`StatementRecord`](crate::record::StatementRecord), the key of the `relation`, `roles`, `quantity` and
/// `modality`. Two contents are equal exactly if their JSON is.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
/// let day = date(2024, 6, 19);
/// let one = graph.insert(Claim::by(russia).asserts(russia, TREATY_WITH, nk).reported(day))?;
/// let other = graph.insert(Claim::by(nk).denies(nk, TREATY_WITH, russia).reported(day))?;
/// let view = graph.view();
/// let [one, other] = [one, other].map(|id| view.content_of(graph.claim(id).unwrap()).unwrap());
/// let json = serde_json::to_string(&one).unwrap();
/// assert_eq!(json, serde_json::to_string(&other).unwrap());
/// assert_eq!(json, r#"{"subject":{"entity":"nk"},"relation":"treaty-with","object":{"entity":"russia"},"modality":"actual"}"#);
/// assert_eq!(one.to_string(), "nk has a treaty with russia");
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone)]
pub struct Content<'g> {
    graph: &'g ClaimGraph,
    relation: RelationId,
    subject: Term<'g>,
    object: Term<'g>,
    /// All roles of the statement; see [`Content::held_roles`].
    roles: &'g [(RoleId, HeldArgument)],
    quantity: Option<&'g Quantity>,
    modality: Modality,
}

impl<'g> View<'g> {
    /// Returns what the claim says. A revision that gives a new figure or period says what it revises, with that
    /// figure or period. If the claim makes no statement, it is `None`: a dismissal, a confirmation, a revision that
    /// only gives a factor.
    pub fn content_of(&self, claim: ClaimRef<'g>) -> Option<Content<'g>> {
        // A claim of another graph has other handles.
        let claim = self.graph.claim(claim.id()).ok()?;
        let said = self.proposition(claim)?;
        let (relation, [subject, object]) =
            self.graph.primary(said.relation, [said.subject?, said.object?], |end| end.entity());
        Some(Content {
            graph: self.graph,
            relation,
            subject,
            object,
            roles: said.roles,
            quantity: said.quantity,
            modality: self.commitment(claim).unwrap_or(claim.modality()),
        })
    }
}

impl<'g> Content<'g> {
    /// Returns the content of a statement that gives no figure; if it is `bare`, without its roles.
    pub(crate) fn of_statement(
        graph: &'g ClaimGraph,
        statement: StatementRef<'g>,
        bare: bool,
    ) -> Self {
        let ends = [statement.subject(), statement.object()];
        let (relation, [subject, object]) =
            graph.primary(statement.relation_id(), ends, |end| end.entity());
        let roles = if bare { &[] } else { statement.held_roles() };
        Content {
            graph,
            relation,
            subject,
            object,
            roles,
            quantity: None,
            modality: Modality::Actual,
        }
    }

    /// Returns the definition of the relation. For an inverse relation it is the primary one.
    pub fn relation(&self) -> &'g RelationDef {
        self.graph.vocabulary.relations.get(self.relation)
    }

    /// Returns the subject.
    pub fn subject(&self) -> Term<'g> {
        self.subject
    }

    /// Returns the object.
    pub fn object(&self) -> Term<'g> {
        self.object
    }

    /// Returns the key and the value of each role that is a part of what is said.
    pub fn roles(&self) -> impl Iterator<Item = (&'g str, Term<'g>)> {
        let graph = self.graph;
        self.held_roles().map(move |(role, argument)| {
            (graph.vocabulary.roles.key(*role), Term::of(graph, &argument.value))
        })
    }

    /// Returns the figure, in the unit that the vocabulary names, without the words of the text.
    pub fn quantity(&self) -> Option<Quantity> {
        let mut quantity = self.graph.in_unit(self.quantity?).into_owned();
        quantity.words = None;
        Some(quantity)
    }

    /// Returns the modality: actual, planned, wanted. A revision has the modality of what it revises.
    pub fn modality(&self) -> Modality {
        self.modality
    }

    /// Returns whether the claim says nothing besides the relation and its ends: it gives neither a figure nor a
    /// role.
    pub fn is_plain(&self) -> bool {
        self.quantity.is_none() && self.held_roles().next().is_none()
    }

    fn held_roles(&self) -> impl Iterator<Item = &'g (RoleId, HeldArgument)> {
        let graph = self.graph;
        self.roles.iter().filter(move |(role, _)| graph.is_content(*role))
    }
}

/// The statement in words, without its speaker: "nk is to deploy to russia: 3,000 soldiers (planned)".
impl fmt::Display for Content<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = self.subject();
        let verb = self.relation().verb_in(Mood::of(self.modality), self.graph.is_plural(subject));
        let [subject, object] = [subject, self.object()].map(|end| self.graph.word(end, true));
        let words = format!("{subject} {verb} {object}");
        f.write_str(words.trim_end())?;
        if let Some(quantity) = self.quantity() {
            write!(f, ": {quantity}")?;
        }
        let roles = self.roles().map(|(role, value)| self.graph.role_with_value(role, value));
        let mut told: Vec<String> = roles.collect();
        if self.modality != Modality::Actual {
            told.push(self.modality.to_string());
        }
        f.write_str(&bracketed(&told))
    }
}

impl fmt::Debug for Content<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Content({self})")
    }
}

json_form!(Content<'_>, |it| {
    subject: it.record(it.subject),
    relation: it.graph.vocabulary.relations.key(it.relation),
    object => (it.object != Term::Nothing).then(|| it.record(it.object)),
    roles => some(&it.role_records()),
    quantity => it.quantity(),
    modality: it.modality,
});

impl Content<'_> {
    pub(crate) fn record(&self, term: Term<'_>) -> TermRecord {
        self.graph.term_record(term, Basis::Stated, &|id| self.graph.claim_name(id))
    }

    /// Returns the roles, sorted by key and value.
    pub(crate) fn role_records(&self) -> Vec<RoleRecord> {
        let record = |(role, argument): &(RoleId, HeldArgument)| RoleRecord {
            role: self.graph.vocabulary.roles.key(*role).to_owned(),
            value: self.record(Term::of(self.graph, &argument.value)),
        };
        let mut roles: Vec<RoleRecord> = self.held_roles().map(record).collect();
        roles.sort_by_cached_key(|role| {
            (role.role.clone(), serde_json::to_string(&role.value).unwrap_or_default())
        });
        roles
    }
}
