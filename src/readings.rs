//! Reading back what is on record: every part of a claim and of an entity.

use crate::amounts::Amount;
use crate::answers::Answer;
use crate::days::Day;
use crate::documents::{Document, Span};
use crate::errors::Error;
use crate::grades::Grade;
use crate::graph::ClaimGraph;
use crate::ids::{ClaimId, EntityId, RelationId, RoleId};
use crate::kinds::{AnyClaim, Id};
use crate::ledger::{ChainLink, Entry, Held, HeldArgument, HeldStatement};
use crate::links::Derivation;
use crate::periods::Period;
use crate::quantities::Quantity;
use crate::relations::{Relation, Role, RoleLabel};
use crate::stances::{Basis, Certainty, Modality, Polarity, Prominence, Stance};
use crate::vocabulary::RelationDef;
use jiff::civil::Date;
use std::fmt;

/// What stands somewhere in a claim.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Term<'g> {
    /// An entity.
    Entity(EntityId),
    /// A claim.
    Claim(ClaimId),
    /// A text.
    Text(&'g str),
    /// A quantity.
    Quantity(&'g Quantity),
    /// A statement that nobody asserts.
    Statement(StatementRef<'g>),
    /// Nothing: the relation has one party.
    Nothing,
    /// The text does not say.
    NotStated,
}

impl<'g> Term<'g> {
    fn of(graph: &'g ClaimGraph, held: &'g Held) -> Self {
        match held {
            Held::Entity(entity) => Term::Entity(*entity),
            Held::Claim(claim) => Term::Claim(*claim),
            Held::Text(text) => Term::Text(text),
            Held::Quantity(quantity) => Term::Quantity(quantity),
            Held::Statement(statement) => Term::Statement(StatementRef { graph, statement, roles: &statement.roles }),
            Held::Nothing => Term::Nothing,
            Held::NotStated => Term::NotStated,
        }
    }

    /// The entity, if it is one.
    pub fn entity(self) -> Option<EntityId> {
        match self {
            Term::Entity(entity) => Some(entity),
            _ => None,
        }
    }

    /// The claim, if it is one.
    pub fn claim(self) -> Option<ClaimId> {
        match self {
            Term::Claim(claim) => Some(claim),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub fn text(self) -> Option<&'g str> {
        match self {
            Term::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// A subject, a relation, an object and roles, as on record.
#[derive(Clone, Copy)]
pub struct StatementRef<'g> {
    graph: &'g ClaimGraph,
    pub(crate) statement: &'g HeldStatement,
    pub(crate) roles: &'g [(RoleId, HeldArgument)],
}

impl<'g> StatementRef<'g> {
    /// The subject.
    pub fn subject(self) -> Term<'g> {
        Term::of(self.graph, &self.statement.subject.held)
    }

    /// Whether the text names the subject or a reader fills it in.
    pub fn subject_basis(self) -> Basis {
        self.statement.subject.basis
    }

    /// The definition of the relation.
    pub fn relation(self) -> &'g RelationDef {
        // Checked when it was inserted; the vocabulary only grows.
        self.graph.vocabulary.relation_def(self.statement.relation).unwrap_or(unknown_relation())
    }

    pub(crate) fn relation_id(self) -> RelationId {
        self.statement.relation
    }

    /// Whether this is the relation.
    pub fn is<S, O>(self, relation: Relation<S, O>) -> bool {
        self.graph.resolve_relation(relation).is_ok_and(|r| r == self.statement.relation)
    }

    /// The object.
    pub fn object(self) -> Term<'g> {
        Term::of(self.graph, &self.statement.object.held)
    }

    /// Whether the text names the object or a reader fills it in.
    pub fn object_basis(self) -> Basis {
        self.statement.object.basis
    }

    /// The roles: key, value, and where the value comes from; by key, values in the order given.
    pub fn roles(self) -> impl Iterator<Item = (&'g str, Term<'g>, Basis)> {
        let graph = self.graph;
        self.roles.iter().map(move |(role, argument)| {
            (graph.vocabulary.role_key(*role), Term::of(graph, &argument.held), argument.basis)
        })
    }

    /// The values of one role.
    pub fn role<V>(self, role: Role<V>) -> impl Iterator<Item = Term<'g>> {
        values(self.graph, self.roles, role.0)
    }
}

/// In words, names and all.
impl fmt::Debug for StatementRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {} {:?}", self.subject(), self.relation().key, self.object())
    }
}

fn values<'g>(
    graph: &'g ClaimGraph,
    roles: &'g [(RoleId, HeldArgument)],
    label: RoleLabel,
) -> impl Iterator<Item = Term<'g>> {
    let wanted = graph.resolve_role(label).ok();
    roles
        .iter()
        .filter(move |(role, _)| Some(*role) == wanted)
        .map(move |(_, argument)| Term::of(graph, &argument.held))
}

fn unknown_relation() -> &'static RelationDef {
    static UNKNOWN: std::sync::OnceLock<RelationDef> = std::sync::OnceLock::new();
    UNKNOWN.get_or_init(|| RelationDef::new("?", crate::Slot::Any, crate::Slot::Any))
}

/// A claim on record. Two words wide, `Copy`, and every part can be read back.
#[derive(Clone, Copy)]
pub struct ClaimRef<'g> {
    graph: &'g ClaimGraph,
    entry: &'g Entry,
    id: ClaimId,
}

impl<'g> ClaimRef<'g> {
    pub(crate) fn new(graph: &'g ClaimGraph, id: ClaimId) -> Option<Self> {
        Some(Self { graph, id, entry: graph.ledger.entry(id)? })
    }

    /// Its handle.
    pub fn id(self) -> ClaimId {
        self.id
    }

    /// The graph it is on record in.
    pub fn graph(self) -> &'g ClaimGraph {
        self.graph
    }

    /// What the speaker does.
    pub fn stance(self) -> Stance {
        self.entry.stance
    }

    /// The sign of an assessment.
    pub fn polarity(self) -> Option<Polarity> {
        self.entry.polarity
    }

    /// How sure the speaker is.
    pub fn certainty(self) -> Certainty {
        self.entry.certainty
    }

    /// Actual, or only planned, wanted or imagined.
    pub fn modality(self) -> Modality {
        self.entry.modality
    }

    /// What the document is about, or mentions along the way.
    pub fn prominence(self) -> Prominence {
        self.entry.prominence
    }

    /// The chain of speakers, outermost first; the document it was read in leads.
    pub fn chain(self) -> &'g [ChainLink] {
        self.graph.ledger.chain(self.entry.chain)
    }

    /// The innermost speaker, whose stance it is; `None` where nobody knows.
    pub fn speaker(self) -> Option<EntityId> {
        self.chain().last().and_then(|link| link.source)
    }

    /// How many speakers stand between the document and the innermost one.
    pub fn depth(self) -> usize {
        self.chain().len().saturating_sub(1)
    }

    /// Whether the document states it itself.
    pub fn is_own_voice(self) -> bool {
        self.depth() == 0 && self.speaker().is_some_and(|speaker| self.graph.registry.document(speaker).is_some())
    }

    /// Whether any speaker of the chain is quoted in his own words.
    pub fn is_quoted(self) -> bool {
        self.chain().iter().any(|link| link.direct)
    }

    /// What it says itself.
    pub fn statement(self) -> Option<StatementRef<'g>> {
        self.entry.statement.as_ref().map(|statement| StatementRef {
            graph: self.graph,
            statement,
            roles: &self.entry.roles,
        })
    }

    /// The subject of its statement.
    pub fn subject(self) -> Option<Term<'g>> {
        self.statement().map(StatementRef::subject)
    }

    /// The object of its statement.
    pub fn object(self) -> Option<Term<'g>> {
        self.statement().map(StatementRef::object)
    }

    /// The subject of its statement, if that is an entity.
    pub fn subject_entity(self) -> Option<EntityId> {
        self.subject().and_then(Term::entity)
    }

    /// The object of its statement, if that is an entity.
    pub fn object_entity(self) -> Option<EntityId> {
        self.object().and_then(Term::entity)
    }

    /// Whether its statement is under this relation.
    pub fn is<S, O>(self, relation: Relation<S, O>) -> bool {
        self.statement().is_some_and(|statement| statement.is(relation))
    }

    /// The claims it answers, and whether the text names them or they are a default or a possible
    /// reading.
    pub fn targets(self) -> impl ExactSizeIterator<Item = (ClaimId, Basis)> + 'g {
        self.entry.targets.iter().copied()
    }

    /// Whether it answers that claim: unknown where it does in one reading of the text only.
    pub fn answers_firmly(self, target: ClaimId) -> Answer {
        match self.graph.ledger.target_basis(self.id, target) {
            None => Answer::No,
            Some(Basis::Possible) => Answer::Unknown,
            Some(_) => Answer::Yes,
        }
    }

    /// Its roles: key, value, and where the value comes from; by key, values in the order given.
    pub fn roles(self) -> impl Iterator<Item = (&'g str, Term<'g>, Basis)> {
        let graph = self.graph;
        let each = move |(role, argument): &'g (RoleId, HeldArgument)| {
            (graph.vocabulary.role_key(*role), Term::of(graph, &argument.held), argument.basis)
        };
        self.entry.roles.iter().map(each)
    }

    /// The values of one role.
    pub fn role<V>(self, role: Role<V>) -> impl Iterator<Item = Term<'g>> {
        values(self.graph, &self.entry.roles, role.0)
    }

    /// The claims that stand in this role, given with the claim or linked later.
    pub fn linked(self, role: Role<AnyClaim>) -> impl Iterator<Item = ClaimId> + 'g {
        let wanted = self.graph.resolve_role(role.0).ok();
        let later =
            self.graph.ledger.links_from(self.id).filter(move |link| Some(link.role) == wanted).map(|link| link.to);
        values(self.graph, &self.entry.roles, role.0).filter_map(Term::claim).chain(later)
    }

    /// The claims that have this one in this role: the parts of it, for `PART_OF`.
    pub fn linked_from(self, role: Role<AnyClaim>) -> impl Iterator<Item = ClaimId> + 'g {
        let graph = self.graph;
        let wanted = graph.resolve_role(role.0).ok();
        let mentioned = graph.ledger.mentions(self.id).iter().copied();
        let in_role = mentioned.filter(move |&claim| {
            let roles = graph.ledger.entry(claim).map(|entry| entry.roles.as_slice()).unwrap_or_default();
            roles.iter().any(|(r, argument)| Some(*r) == wanted && argument.held == Held::Claim(self.id))
        });
        let later = graph.ledger.links_to(self.id).filter(move |link| Some(link.role) == wanted).map(|link| link.from);
        in_role.chain(later)
    }

    /// How many or how much, as the text gives it: beside the statement, or as its object.
    pub fn quantity(self) -> Option<&'g Quantity> {
        let object = || match self.object() {
            Some(Term::Quantity(quantity)) => Some(quantity),
            _ => None,
        };
        self.entry.quantity.as_deref().or_else(object)
    }

    /// A figure worked out for it, where the text gives none.
    pub fn derivation(self) -> Option<&'g Derivation> {
        self.graph.ledger.derivation(self.id)
    }

    /// By which factor it revises a figure.
    pub fn factor(self) -> Option<Amount> {
        self.entry.factor.as_deref().copied()
    }

    /// When it holds, as said.
    pub fn valid(self) -> Option<&'g Period> {
        self.entry.valid.as_deref()
    }

    /// When it holds, as known on the day of the report: an ongoing state certainly held up to then, an
    /// actual occurrence did not come later. `None` where nothing is known of it.
    pub fn holding(self) -> Option<Period> {
        let actual = self.modality() == Modality::Actual && self.stance().commits();
        self.entry.valid.as_ref().map(|period| period.as_reported(self.entry.reported, actual))
    }

    /// The day it was on record.
    pub fn reported(self) -> Date {
        self.entry.reported.date()
    }

    /// The day it was on record, as a number.
    pub fn reported_day(self) -> Day {
        self.entry.reported
    }

    /// The first day on which it may have begun, as a number.
    pub fn valid_from_day(self) -> Option<Day> {
        self.entry.valid.as_ref().and_then(|period| period.start.earliest)
    }

    /// The day it was said, where that is known.
    pub fn said(self) -> Option<Date> {
        self.entry.said.map(Day::date)
    }

    /// The document it was read in.
    pub fn document(self) -> Option<Id<Document>> {
        self.entry.document.map(Id::new)
    }

    /// The bytes of the quotation.
    pub fn span(self) -> Option<Span> {
        self.entry.span
    }

    /// The quotation, where the text of the document is at hand.
    pub fn quotation(self) -> Option<&'g str> {
        self.stretch(self.entry.span?)
    }

    fn stretch(self, span: Span) -> Option<&'g str> {
        let text = self.graph.registry.document(self.entry.document?)?.text()?;
        text.get(usize::try_from(span.start).ok()?..usize::try_from(span.end).ok()?)
    }

    /// Words of the text that were kept.
    pub fn words(self) -> Option<&'g str> {
        self.entry.words.as_deref()
    }

    /// The words that show the stance.
    pub fn cue(self) -> Option<&'g str> {
        self.entry.cue_words.as_deref()
    }

    /// The bytes of the attribution.
    pub fn cue_span(self) -> Option<Span> {
        self.entry.cue
    }

    /// Grades that were given to it.
    pub fn grade(self) -> Grade {
        self.entry.grade
    }

    /// The claims that answer it, in order of insertion.
    pub fn answers(self) -> impl Iterator<Item = ClaimRef<'g>> {
        let graph = self.graph;
        graph.ledger.answers(self.id).iter().filter_map(move |&id| ClaimRef::new(graph, id))
    }

    pub(crate) fn entry(self) -> &'g Entry {
        self.entry
    }
}

impl PartialEq for ClaimRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.graph, other.graph) && self.id == other.id
    }
}

impl fmt::Debug for ClaimRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}({})", self.id, self)
    }
}

impl ClaimGraph {
    /// A claim by its handle.
    ///
    /// # Errors
    /// There is none.
    pub fn claim(&self, claim: ClaimId) -> Result<ClaimRef<'_>, Error> {
        ClaimRef::new(self, claim).ok_or_else(|| Error::unknown(None, "claim", format!("{claim:?}")))
    }

    /// Every claim, in order of insertion.
    pub fn claims(&self) -> impl Iterator<Item = ClaimRef<'_>> {
        self.ledger.claims().filter_map(|id| ClaimRef::new(self, id))
    }

    pub(crate) fn resolve_relation<S, O>(&self, relation: Relation<S, O>) -> Result<RelationId, Error> {
        self.checker().relation(relation.0)
    }

    pub(crate) fn resolve_role(&self, label: RoleLabel) -> Result<RoleId, Error> {
        self.checker().role(label)
    }
}
