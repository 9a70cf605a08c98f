//! Makes a graph of keyed records, under the same checks as the API. Readers of files call it, and so do programs that
//! make records.

use crate::graph::ClaimGraph;
use crate::graph::claim_key::ClaimKey;
use crate::model::affiliation::Affiliation;
use crate::model::claim::{Claim, Speaker};
use crate::model::claim_details::Details;
use crate::model::claim_link::Derivation;
use crate::model::document::DocumentInfo;
use crate::model::entity::Entity;
use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::id::{BatchId, ClaimId, EntityId, RoleId};
use crate::model::limits::Limits;
use crate::model::lineage::{Lineage, Scope};
use crate::model::quote::Quote;
use crate::model::record::*;
use crate::model::statement::{Argument, Statement, Value};
use crate::model::text::excerpt;
use crate::model::value::stance::Basis;
use crate::model::vocabulary::Vocabulary;
use crate::model::vocabulary::relation::{Label, RoleLabel};
use crate::model::vocabulary::reporting;
use crate::store::batch_table::Item;
use crate::store::stored_claim::HeldLink;
use indexmap::IndexMap;

/// Makes a graph of records that come one by one. If a record is refused, the graph does not change.
///
/// Records may come in any order in which a record comes after those that it names.
#[derive(Clone, Debug)]
pub struct Loader {
    pub(super) graph: ClaimGraph,
    pub(super) claims: IndexMap<String, ClaimId>,
    /// Whether claims are named by their numbers, as in a snapshot.
    by_number: bool,
    limits: Limits,
    /// The batch of records that name none.
    home: Option<BatchId>,
    /// The claims that are on record and are to be redacted, all at once at the end.
    pub(super) redacted: Vec<(ClaimKey, Redaction)>,
}

impl Default for Loader {
    fn default() -> Self {
        Self::new()
    }
}

impl Loader {
    /// Makes a loader for a new graph, whose vocabulary comes with the header.
    pub fn new() -> Self {
        Self::onto(ClaimGraph::over(Vocabulary::new()))
    }

    /// Makes a loader that adds to this graph. Records that name no batch belong to the current batch of the graph.
    pub fn onto(graph: ClaimGraph) -> Self {
        let (claims, limits, home) = (IndexMap::new(), Limits::default(), graph.batches.current());
        Self { graph, claims, by_number: false, limits, home, redacted: Vec::new() }
    }

    /// Sets the limits of records: names, speakers, targets and roles.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Makes a loader that adds to this graph, for records that name claims by their numbers in the graph, such as those
    /// of [`Additions`](crate::format::Additions). Records have no limits, and a record that names no batch belongs to
    /// none.
    pub fn by_number(mut graph: ClaimGraph) -> Self {
        graph.end_batch();
        Self { by_number: true, limits: Limits::OF_A_GRAPH, ..Self::onto(graph) }
    }

    /// Returns the graph of the records so far. If a record redacts a claim that came before it, the claim is erased by
    /// [`finish`](Self::finish).
    pub fn graph(&self) -> &ClaimGraph {
        &self.graph
    }

    /// Returns the graph.
    pub fn finish(mut self) -> ClaimGraph {
        self.graph.switch_batch(self.home);
        self.graph.redact_keyed(self.redacted);
        self.graph
    }

    /// Makes the batch with this key that of what comes next.
    fn enter(&mut self, batch: Option<&str>) -> Result<(), Error> {
        let batch = batch.map(|key| self.graph.batch_keyed(key)).transpose()?;
        self.graph.switch_batch(batch.or(self.home));
        Ok(())
    }

    /// Returns the claim whose record has this id.
    pub fn claim(&self, id: &str) -> Option<ClaimId> {
        self.claims.get(id).copied()
    }

    /// Adds one record.
    ///
    /// # Errors
    /// Returns an error if the record contradicts itself, if it names something unknown, or if a check refuses it.
    pub fn push(&mut self, record: Record) -> Result<(), Error> {
        self.take(record)
    }

    /// Adds one record whose texts may be borrowed.
    pub(crate) fn take<T: RecordText>(&mut self, record: Record<T>) -> Result<(), Error> {
        self.enter(record.batch())?;
        match record {
            Record::Claimgraph(header) => self.header(&header),
            Record::Batch(batch) => self.graph.add_batch(*batch).map(drop),
            Record::Entity(record) => self.entity(*record).map(drop),
            Record::Affiliation(record) => self.affiliation(*record),
            Record::Claim(record) => self.take_claim(*record).map(drop),
            Record::Link(record) => self.link(*record),
            Record::Derivation(record) => self.derivation(*record),
            Record::Lineage(record) => self.lineage(*record),
            Record::Review(record) => self.review(*record),
            Record::Judgement(record) => self.judgement(*record),
            Record::Redaction(record) => self.redaction(*record),
        }
    }

    /// Puts a claim on record into one more batch. It belongs to the earlier one.
    pub(super) fn also_in(&mut self, claim: ClaimId, batch: Option<&str>) -> Result<(), Error> {
        self.enter(batch)?;
        self.graph.added_again(Item::Claim, claim.index());
        Ok(())
    }

    fn header(&mut self, header: &Header) -> Result<(), Error> {
        // Versions are counted from 1.
        if !(1..=FORMAT_VERSION).contains(&header.format) {
            return Err(Error::unknown(FieldPath::Key, "version of the format", header.format));
        }
        if header.format > 1 {
            return self.graph.extend_vocabulary(&header.vocabulary);
        }
        // Format 1 does not say which relations last.
        let mut vocabulary = header.vocabulary.clone();
        vocabulary.take_states(&self.graph.vocabulary);
        vocabulary.take_states(&reporting::vocabulary());
        self.graph.extend_vocabulary(&vocabulary)
    }

    pub(super) fn key(&self, key: &str, part: FieldPath) -> Result<EntityId, Error> {
        self.graph.entity_of(key, part)
    }

    pub(super) fn claim_named(&self, id: &str, part: FieldPath) -> Result<ClaimId, Error> {
        let named = match self.by_number {
            true => id
                .parse()
                .ok()
                .and_then(ClaimId::numbered)
                .filter(|&id| self.graph.ledger.contains(id)),
            false => {
                self.claim(id).or_else(|| self.graph.claim_keyed(id.parse().ok()?).map(|c| c.id()))
            }
        };
        named.ok_or_else(|| Error::unknown(part, "claim", id))
    }

    fn claims_named(&self, ids: &[String], part: FieldPath) -> Result<Vec<ClaimId>, Error> {
        ids.iter().map(|id| self.claim_named(id, part.clone())).collect()
    }

    fn entity(&mut self, record: EntityRecord) -> Result<EntityId, Error> {
        let known = self.graph.registry.find(&record.key);
        let known = known.and_then(|known| self.graph.registry.get(known));
        self.limits.check_entity(&record, known.map(|(_, known)| known))?;
        let EntityRecord { key, kind, names, codes, name_withheld, plural, document, .. } = record;
        let entity = Entity { key, names, codes, name_withheld, plural };
        let Some(details) = document else {
            return self.graph.add_untyped(&kind, entity);
        };
        let document = self.graph.document_of(details)?;
        self.graph.add_document_untyped(&kind, entity, document)
    }

    fn affiliation(&mut self, record: AffiliationRecord) -> Result<(), Error> {
        let key = |key: &str| self.key(key, FieldPath::Affiliation);
        let affiliation = Affiliation {
            part: key(&record.part)?,
            whole: key(&record.whole)?,
            kind: record.kind,
            basis: record.basis,
            document: record.document.as_deref().map(key).transpose()?,
            valid: record.valid,
            reported: record.reported.map(Into::into),
        };
        self.graph.add_affiliation(affiliation).map(drop)
    }

    fn lineage(&mut self, record: LineageRecord) -> Result<(), Error> {
        let key = |key: &str| self.key(key, FieldPath::Lineage);
        let scope = match (record.document, record.claims) {
            (None, None) => Scope::Everywhere,
            (Some(document), None) => Scope::Document(key(&document)?),
            (None, Some(claims)) => Scope::Claims(self.claims_named(&claims, FieldPath::Lineage)?),
            (Some(_), Some(_)) => {
                let found = "a document and claims";
                return Err(Error::wrong_term(FieldPath::Lineage, found, "one of them"));
            }
        };
        let lineage = Lineage {
            from: key(&record.speaker)?,
            to: key(&record.source)?,
            basis: record.basis,
            scope,
            stated_by: record
                .stated_by
                .as_deref()
                .map(|id| self.claim_named(id, FieldPath::Lineage))
                .transpose()?,
            reported: record.reported.map(Into::into),
        };
        self.graph.add_lineage(lineage).map(drop)
    }

    fn link(&mut self, record: LinkRecord) -> Result<(), Error> {
        let link = HeldLink {
            from: self.claim_named(&record.from, FieldPath::Link)?,
            role: self.role(&record.role)?,
            to: self.claim_named(&record.to, FieldPath::Link)?,
            basis: record.basis,
            because: record.because,
        };
        self.graph.put_link(link)
    }

    fn derivation(&mut self, record: DerivationRecord) -> Result<(), Error> {
        let claim = self.claim_named(&record.claim, FieldPath::Derivation)?;
        let inputs = self.claims_named(&record.inputs, FieldPath::Derivation)?;
        self.graph.add_derived_figure(claim, Derivation::new(record.quantity, record.rule, inputs))
    }

    fn role(&self, key: &str) -> Result<RoleId, Error> {
        self.graph.vocabulary.roles.require(key, FieldPath::Role(excerpt(key)))
    }

    /// Adds a claim and returns its handle.
    ///
    /// # Errors
    /// Returns the errors of [`push`](Self::push), and one if the id is taken.
    pub fn push_claim(&mut self, record: ClaimRecord) -> Result<ClaimId, Error> {
        self.enter(record.batch.as_deref())?;
        self.take_claim(record)
    }

    fn take_claim<T: RecordText>(&mut self, mut record: ClaimRecord<T>) -> Result<ClaimId, Error> {
        self.limits.check_claim(&record)?;
        let id = record.id.take();
        if let Some(id) = id.as_ref().map(AsRef::as_ref) {
            if self.claims.contains_key(id) {
                return Err(Error::key_taken(FieldPath::Key, id, "claim"));
            }
            if let Some(index) =
                record.targets.iter().position(|target| target.claim.as_ref() == id)
            {
                return Err(Error::new(FieldPath::Target(index), ErrorKind::AnswersItself));
            }
        }
        let claim = self.claim_of(record)?;
        let inserted = self.graph.insert(claim)?;
        self.claims.extend(id.map(|id| (id.into(), inserted)));
        Ok(inserted)
    }

    /// Returns the record as a claim, with its keys resolved.
    fn claim_of<T: RecordText>(&self, record: ClaimRecord<T>) -> Result<Claim, Error> {
        let stance = record.stance;
        let count = record.speakers.len();
        let mut chain = Vec::with_capacity(count.max(1));
        for (place, speaker) in record.speakers.into_iter().enumerate().rev() {
            let part = FieldPath::Speaker(count - 1 - place);
            let value = match speaker.source {
                Some(key) => Value::Entity(self.key(key.as_ref(), part)?),
                None => Value::NotStated,
            };
            chain.push(Speaker {
                who: Argument::stated(value),
                basis: speaker.basis,
                direct: speaker.direct,
            });
        }
        let document = record
            .document
            .map(|key| self.key(key.as_ref(), FieldPath::Document))
            .transpose()?
            .map(|d| Argument::stated(Value::Entity(d)));
        if chain.is_empty() {
            let expected = "a speaker, or a document that speaks in its own voice";
            let nobody = || Error::wrong_term(FieldPath::Speaker(0), "nothing", expected);
            let own_voice = document.clone().ok_or_else(nobody)?;
            chain.push(Speaker { who: own_voice, basis: Basis::Stated, direct: false });
        }
        let targets: Result<Vec<(ClaimId, Basis)>, Error> = record
            .targets
            .iter()
            .enumerate()
            .map(|(index, target)| {
                let claim = target.claim.as_ref();
                Ok((self.claim_named(claim, FieldPath::Target(index))?, target.basis))
            })
            .collect();
        let text = |text: T| -> Box<str> { text.into().into() };
        let (cue, cue_words) = record.cue.map(|cue| (cue.span, cue.words)).unwrap_or_default();
        Ok(Claim {
            chain,
            stance,
            statement: record
                .statement
                .map(|statement| self.statement(statement, true))
                .transpose()?,
            targets: targets?,
            roles: self.roles(record.roles)?,
            certainty: record.certainty.unwrap_or(stance.usual_certainty()),
            modality: record.modality.unwrap_or(stance.usual_modality()),
            prominence: record.prominence.unwrap_or(stance.usual_prominence()),
            valid: record.valid,
            bad_period: None,
            bad_said: None,
            reported: record.reported.map(Into::into),
            document,
            details: Details {
                polarity: record.polarity,
                quantity: record.quantity.map(Box::new),
                object_quantity: record.object_quantity.map(Box::new),
                factor: record.factor.map(Box::new),
                direction: record.direction,
                said: record.said.map(Box::new),
                span: record.span,
                words: record.words.map(text),
                cue,
                cue_words: cue_words.map(text),
                quotes: record.quotes.into_iter().map(Quote::from).collect(),
                grade: record.grade.unwrap_or_default(),
            },
        })
    }

    fn roles<T: RecordText>(
        &self,
        roles: Vec<RoleRecord<T>>,
    ) -> Result<Vec<(RoleLabel, Argument)>, Error> {
        let role = |record: RoleRecord<T>| {
            let role = Label::Place(self.role(record.role.as_ref())?);
            Ok((role, self.term(record.value, FieldPath::Role(record.role.into()))?))
        };
        roles.into_iter().map(role).collect()
    }

    fn statement<T: RecordText>(
        &self,
        record: StatementRecord<T>,
        outermost: bool,
    ) -> Result<Statement, Error> {
        if outermost && !record.roles.is_empty() {
            let expected = "them beside the statement, with the claim";
            return Err(Error::wrong_term(FieldPath::Relation, "roles", expected));
        }
        self.limits.check_roles(&record.roles)?;
        let relations = &self.graph.vocabulary.relations;
        Ok(Statement {
            subject: self.term(record.subject, FieldPath::Subject)?,
            relation: Label::Place(
                relations.require(record.relation.as_ref(), FieldPath::Relation)?,
            ),
            object: record.object.map_or(Ok(Argument::stated(Value::Nothing)), |object| {
                self.term(object, FieldPath::Object)
            })?,
            roles: self.roles(record.roles)?,
            negated: record.negated,
            valid: record.valid,
            bad_period: None,
        })
    }

    fn term<T: RecordText>(
        &self,
        record: TermRecord<T>,
        part: FieldPath,
    ) -> Result<Argument, Error> {
        let value = match record.value {
            TermValue::Entity(key) => Value::Entity(self.key(key.as_ref(), part)?),
            TermValue::Claim(id) => Value::Claim(self.claim_named(id.as_ref(), part)?),
            TermValue::Text(text) => Value::Text(text.into().into()),
            TermValue::Quantity(quantity) => Value::Quantity(quantity),
            TermValue::Statement(statement) => {
                Value::Statement(Box::new(self.statement(*statement, false)?))
            }
            TermValue::Absent(Absence::Nothing) => Value::Nothing,
            TermValue::Absent(Absence::NotStated) => Value::NotStated,
        };
        Ok(Argument { value: Some(value), basis: record.basis })
    }
}

/// A text of a record: it can be read, and turned into an owned text.
pub(crate) trait RecordText: AsRef<str> + Into<String> {}

impl<T: AsRef<str> + Into<String>> RecordText for T {}

impl ClaimGraph {
    fn entity_of(&self, key: &str, part: FieldPath) -> Result<EntityId, Error> {
        self.registry.find(key).ok_or_else(|| Error::unknown(part, "entity", key))
    }

    /// Returns the details of a document, with its publisher resolved.
    pub(crate) fn document_of(&self, record: DocumentRecord) -> Result<DocumentInfo, Error> {
        let publisher = record.publisher.map(|key| self.entity_of(&key, FieldPath::Document));
        let document = DocumentInfo {
            date: record.date.map(Into::into),
            title: record.title,
            publisher: publisher.transpose()?,
            length: record.length,
            digest: record.sha256,
            text: None,
            instant: record.instant,
            url: record.url,
            archived_url: record.archived_url,
            retrieved: record.retrieved.map(Into::into),
        };
        Ok(document.dated_by_instant())
    }
}
