//! Reads claims back: a [`ClaimRef`] returns every part of a claim on record. Questions and writers of files call it.
//! Programs need nothing else of the store.

use crate::graph::ClaimGraph;
use crate::model::claim::SpeakerLink;
use crate::model::claim_details::Details;
use crate::model::claim_link::Derivation;
use crate::model::document::Span;
use crate::model::error::Error;
use crate::model::id::{ClaimId, EntityId, RelationId, RoleId};
use crate::model::time::day::Day;
use crate::model::time::period::Period;
use crate::model::time::spell::Told;
use crate::model::value::amount::Amount;
use crate::model::value::answer::Answer;
use crate::model::value::grade::Grade;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::{Basis, Certainty, Modality, Polarity, Prominence, Stance};
use crate::model::vocabulary::base::Document;
use crate::model::vocabulary::kind::Id;
use crate::model::vocabulary::relation::{Relation, Role, RoleLabel};
use crate::store::claim_flags::Marks;
use crate::store::columns::Head;
use crate::store::columns::row_iter::RowId;
use crate::store::stored_claim::{Held, HeldArgument, Rich};
use jiff::civil::Date;
use std::borrow::Cow;
use std::fmt;

use crate::graph::statement_ref::{Said, roles, values};
pub use crate::graph::statement_ref::{StatementRef, Term};

/// A claim on record. It is `Copy` and takes four words. Every part of the claim can be read back.
#[derive(Clone, Copy)]
pub struct ClaimRef<'g> {
    graph: &'g ClaimGraph,
    head: Head,
    row: RowId,
    /// The subject, if the caller knew it.
    subject: Option<EntityId>,
}

impl<'g> ClaimRef<'g> {
    pub(crate) fn new(graph: &'g ClaimGraph, id: ClaimId) -> Option<Self> {
        Some(Self::at(graph, graph.ledger.find(id)?, None))
    }

    /// Returns the claim of one row, whose subject may be known.
    #[inline]
    pub(crate) fn at(graph: &'g ClaimGraph, row: RowId, subject: Option<EntityId>) -> Self {
        Self { graph, head: graph.ledger.rows().head(row), row, subject }
    }

    /// Returns the claim of one row whose head was read before.
    #[inline]
    pub(crate) fn with_head(
        graph: &'g ClaimGraph,
        head: Head,
        row: RowId,
        subject: Option<EntityId>,
    ) -> Self {
        Self { graph, head, row, subject }
    }

    #[inline]
    pub(crate) fn marks(self) -> Marks {
        self.graph.ledger.rows().marks(self.row)
    }

    pub(crate) fn row(self) -> RowId {
        self.row
    }

    #[inline]
    pub(crate) fn head(self) -> Head {
        self.head
    }

    /// Returns the parts that only few claims have.
    #[inline]
    pub(crate) fn rich(self) -> Option<&'g Rich> {
        self.graph.ledger.rich(self.row)
    }

    pub(crate) fn details(self) -> Option<&'g Details> {
        self.rich().map(|rich| &rich.details)
    }

    /// Returns the values that stand in the parts that only few claims have.
    pub(crate) fn values(self) -> Vec<&'g Held> {
        self.rich().map(Rich::values).unwrap_or_default()
    }

    /// Returns the handle of the claim.
    #[inline]
    pub fn id(self) -> ClaimId {
        self.head.id
    }

    /// Returns the graph that has the claim on record.
    #[inline]
    pub fn graph(self) -> &'g ClaimGraph {
        self.graph
    }

    /// Returns the stance: what the speaker does.
    #[inline]
    pub fn stance(self) -> Stance {
        self.marks().stance()
    }

    /// Returns the sign of an assessment.
    pub fn polarity(self) -> Option<Polarity> {
        self.details()?.polarity
    }

    /// Returns how sure the speaker is.
    #[inline]
    pub fn certainty(self) -> Certainty {
        self.marks().certainty()
    }

    /// Returns whether the content is actual, or only planned, wanted or imagined.
    #[inline]
    pub fn modality(self) -> Modality {
        self.marks().modality()
    }

    /// Returns whether the document is about the claim or mentions it in passing.
    #[inline]
    pub fn prominence(self) -> Prominence {
        self.marks().prominence()
    }

    /// Returns the chain of speakers, outermost first. If the claim was read in a document, the document is the first.
    pub fn chain(self) -> &'g [SpeakerLink] {
        self.graph.ledger.chain(self.row)
    }

    /// Returns the innermost speaker, whose stance it is; `None` if the speaker is not known.
    #[inline]
    pub fn speaker(self) -> Option<EntityId> {
        self.graph.ledger.speaker(self.row)
    }

    /// Returns how many speakers stand between the document and the innermost one.
    pub fn depth(self) -> usize {
        self.chain().len().saturating_sub(1)
    }

    /// Returns whether the document makes the claim in its own voice.
    pub fn is_own_voice(self) -> bool {
        self.depth() == 0
            && self.speaker().is_some_and(|speaker| self.graph.registry.document(speaker).is_some())
    }

    /// Returns whether any speaker of the chain is quoted in its own words.
    pub fn is_quoted(self) -> bool {
        self.chain().iter().any(|link| link.direct)
    }

    /// Returns the statement of the claim; `None` if it only answers other claims.
    pub fn statement(self) -> Option<StatementRef<'g>> {
        let said = match self.rich() {
            Some(rich) => Said::Held(rich.statement.as_ref()?, &rich.roles),
            None => {
                let relation = self.relation_id()?;
                Said::Plain(self.subject_entity()?, relation, self.object_entity()?)
            }
        };
        Some(StatementRef { graph: self.graph, said })
    }

    /// Returns the subject of the statement.
    pub fn subject(self) -> Option<Term<'g>> {
        self.statement().map(StatementRef::subject)
    }

    /// Returns the object of the statement.
    pub fn object(self) -> Option<Term<'g>> {
        self.statement().map(StatementRef::object)
    }

    /// Returns the subject of the statement, if it is an entity.
    #[inline]
    pub fn subject_entity(self) -> Option<EntityId> {
        self.subject.or_else(|| self.graph.ledger.rows().subject(self.row))
    }

    /// Returns the object of the statement, if it is an entity.
    #[inline]
    pub fn object_entity(self) -> Option<EntityId> {
        self.head.object
    }

    /// Returns whether the statement has this relation.
    pub fn is<S, O>(self, relation: Relation<S, O>) -> bool {
        self.graph
            .resolve_relation(relation)
            .is_ok_and(|relation| relation == self.graph.ledger.rows().relation(self.row))
    }

    /// Returns the claims that this claim answers, in order of insertion. The basis says whether the text names the
    /// answered claim, or whether it is a default or a possible reading.
    pub fn targets(self) -> impl ExactSizeIterator<Item = (ClaimId, Basis)> + 'g {
        self.graph.ledger.targets(self.row)
    }

    /// Returns whether this claim answers `target`. If it does so in one reading of the text only, the answer is
    /// unknown.
    pub fn responds_to(self, target: ClaimId) -> Answer {
        match self.targets().find(|(answered, _)| *answered == target).map(|(_, basis)| basis) {
            None => Answer::No,
            Some(Basis::Possible) => Answer::Unknown,
            Some(_) => Answer::Yes,
        }
    }

    /// Returns the roles of the claim: key, value, and whether the text states the value. They are sorted by key; the
    /// values of one role keep the order in which they were given.
    pub fn roles(self) -> impl Iterator<Item = (&'g str, Term<'g>, Basis)> {
        roles(self.graph, self.held_roles())
    }

    /// Returns the values of one role.
    pub fn role<V>(self, role: Role<V>) -> impl Iterator<Item = Term<'g>> {
        values(self.graph, self.held_roles(), role.0)
    }

    /// Returns the quantity that the text gives, beside the statement or as its object.
    pub fn quantity(self) -> Option<&'g Quantity> {
        let object = || match self.object() {
            Some(Term::Quantity(quantity)) => Some(quantity),
            _ => None,
        };
        self.details()?.quantity.as_deref().or_else(object)
    }

    /// Returns the derived figure, if there is one. Only claims whose text gives no figure have one.
    pub fn derivation(self) -> Option<&'g Derivation> {
        self.graph.ledger.connections.derivation(self.id())
    }

    /// Returns the factor by which the claim revises a figure.
    pub fn factor(self) -> Option<Amount> {
        self.details()?.factor.as_deref().copied()
    }

    /// Returns the period in which the content holds, as it was said.
    pub fn valid(self) -> Option<Period> {
        self.period().map(Cow::into_owned)
    }

    /// Returns the same as [`valid`](Self::valid); a period of more than one day is borrowed.
    pub(crate) fn period(self) -> Option<Cow<'g, Period>> {
        self.graph.ledger.period(self.row)
    }

    /// Returns the period in which the content holds, as known on the report day. An ongoing state certainly held up to
    /// that day, and an actual occurrence did not come after it. If nothing is known of the time, it is `None`.
    pub fn holding(self) -> Option<Period> {
        let Told { reported, actual } = self.told();
        self.period().map(|period| period.as_reported(reported, actual))
    }

    /// Returns the report day.
    pub fn reported(self) -> Date {
        self.reported_day().date()
    }

    /// Returns the report day as a number of days.
    #[inline]
    pub fn reported_day(self) -> Day {
        self.graph.ledger.rows().reported(self.row)
    }

    /// Returns the first day on which the content may have begun, as a number of days.
    #[inline]
    pub fn valid_from_day(self) -> Option<Day> {
        self.head.time.day().or_else(|| self.graph.ledger.begins(self.head.time))
    }

    /// Returns the document in which the claim was read.
    pub fn document(self) -> Option<Id<Document>> {
        self.document_id().map(Id::new)
    }

    /// Returns the byte range of the claim in the document.
    pub fn span(self) -> Option<Span> {
        self.details()?.span
    }

    /// Returns the text at the span of the claim, if the text of the document is attached.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph, DocumentInfo};
    /// let mut graph = ClaimGraph::new();
    /// let note = DocumentInfo::dated(date(2024, 6, 4)).with_text("Ministers met on Tuesday.");
    /// let note = graph.add_document("note", note)?;
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let met = graph.insert(Claim::by(note).asserts(nk, MEETS, russia).read_in(note, 0..13))?;
    /// assert_eq!(graph.claim(met)?.passage(), Some("Ministers met"));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn passage(self) -> Option<&'g str> {
        self.text_at(self.span()?)
    }

    /// Returns the words of the text that were kept with the claim and are not a quote.
    pub fn words(self) -> Option<&'g str> {
        self.details()?.words.as_deref()
    }

    /// Returns the words that show the stance.
    pub fn cue(self) -> Option<&'g str> {
        self.details()?.cue_words.as_deref()
    }

    /// Returns the byte range of the attribution in the document.
    pub fn cue_span(self) -> Option<Span> {
        self.details()?.cue
    }

    /// Returns the grades that were given to the claim.
    pub fn grade(self) -> Grade {
        self.details().map(|details| details.grade).unwrap_or_default()
    }

    /// Returns the claims that answer this one, in order of insertion.
    pub fn responses(self) -> impl Iterator<Item = ClaimRef<'g>> {
        let graph = self.graph;
        graph.ledger.answers(self.id()).into_iter().filter_map(move |id| ClaimRef::new(graph, id))
    }

    /// Returns whether the claim gives a figure beside its statement.
    pub(crate) fn gives_figure(self) -> bool {
        self.details().is_some_and(|details| details.quantity.is_some())
    }

    #[inline]
    pub(crate) fn document_id(self) -> Option<EntityId> {
        self.graph.ledger.document(self.row)
    }

    /// Returns the relation of the statement, if there is one.
    pub(crate) fn relation_id(self) -> Option<RelationId> {
        Some(self.graph.ledger.rows().relation(self.row))
            .filter(|&relation| relation != RelationId::NONE)
    }

    pub(crate) fn held_roles(self) -> &'g [(RoleId, HeldArgument)] {
        self.rich().map(|rich| rich.roles.as_slice()).unwrap_or_default()
    }
}

impl PartialEq for ClaimRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.graph, other.graph) && self.row == other.row
    }
}

impl fmt::Debug for ClaimRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}({})", self.id(), self)
    }
}

impl ClaimGraph {
    /// Returns a claim by its handle.
    ///
    /// # Errors
    /// Returns an error if the graph does not have the claim.
    pub fn claim(&self, claim: ClaimId) -> Result<ClaimRef<'_>, Error> {
        ClaimRef::new(self, claim)
            .ok_or_else(|| Error::unknown(None, "claim", format!("{claim:?}")))
    }

    /// Returns every claim, in order of insertion. Retracted claims are among them;
    /// [`View::claims`](crate::View::claims) leaves them out.
    pub fn claims(&self) -> impl Iterator<Item = ClaimRef<'_>> {
        self.ledger.claims().filter_map(|id| ClaimRef::new(self, id))
    }

    pub(crate) fn resolve_relation<S, O>(
        &self,
        relation: Relation<S, O>,
    ) -> Result<RelationId, Error> {
        self.checker().relation(relation.0)
    }

    pub(crate) fn resolve_role(&self, label: RoleLabel) -> Result<RoleId, Error> {
        self.checker().role(label)
    }
}
