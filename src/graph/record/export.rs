//! Writes the graph as keyed records, in canonical order: equal graphs give equal records, whatever the order of
//! insertion. Writers of files call it, and so do programs that read records.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
pub(crate) use crate::graph::record::canonical_order::ClaimNames;
use crate::graph::record::canonical_order::sorted;
use crate::graph::statement_ref::{StatementRef, Term};
use crate::model::affiliation::Affiliation;
use crate::model::batch::Batch;
use crate::model::claim::SpeakerLink;
use crate::model::claim_details::Details;
use crate::model::claim_link::Derivation;
use crate::model::document::DocumentInfo;
use crate::model::error::Error;
use crate::model::id::{AffiliationId, ClaimId, EntityId, JudgementId, LineageId, RoleId, checked};
use crate::model::judgement::Judgement;
use crate::model::lineage::{Lineage, Scope};
use crate::model::quote::Quote;
use crate::model::record::*;
use crate::model::time::day::Day;
use crate::model::value::grade::Grade;
use crate::model::value::stance::Basis;
use crate::store::batch_table::Item;
use crate::store::stored_claim::{HeldArgument, HeldLink};

impl ClaimGraph {
    /// Returns the whole graph as keyed records, in canonical order: header, batches, entities and their redactions,
    /// affiliations, claims, links, derivations, lineage, reviews, judgements. A claim comes before its answers. In the
    /// place of a redacted claim stands its redaction.
    ///
    /// ```
    /// use claimgraph::{date, record::Loader, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let russia = graph.add(State, "russia")?;
    /// graph.insert(Claim::by(russia).denies(russia, ATTACKS, russia).reported(date(2024, 10, 24)))?;
    /// let mut loader = Loader::new();
    /// graph.records().into_iter().try_for_each(|record| loader.push(record))?;
    /// assert_eq!(loader.finish().records(), graph.records());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn records(&self) -> Vec<Record> {
        self.records_named(&self.canonical_names()).collect()
    }

    /// Returns the records one by one, so that a writer never holds them all.
    pub(crate) fn records_named<'n>(
        &'n self,
        names: &'n ClaimNames,
    ) -> impl Iterator<Item = Record> + 'n {
        // In the order of their names' making: see `canonical_names`.
        let claims = names.iter().map(|(&id, own)| match self.redaction_record(id, own) {
            Some(redaction) => Record::Redaction(Box::new(redaction)),
            None => Record::Claim(Box::new(self.named_record(id, own, names))),
        });
        // Those after the claims are made when it is their turn.
        let after = std::iter::once(names).flat_map(|names| self.records_after_claims(names));
        self.records_before_claims().chain(claims).chain(after)
    }

    /// Returns the record of a claim under its name.
    pub(crate) fn named_record<'g, T: From<&'g str> + Ord>(
        &'g self,
        id: ClaimId,
        own: &'g str,
        names: &'g ClaimNames,
    ) -> ClaimRecord<T> {
        let name = |id: ClaimId| T::from(checked(names.get(&id).map(String::as_str)));
        let mut record = self.record(checked(ClaimRef::new(self, id)), &name);
        record.id = Some(own.into());
        record.batch = self.batch_of(Item::Claim, id.index()).map(|batch| batch.key().into());
        record
    }

    /// Returns the record that stands in the place of a redacted claim.
    pub(crate) fn redaction_record(&self, id: ClaimId, own: &str) -> Option<RedactionRecord> {
        let redaction = self.redactions.of_claim(id)?.clone();
        let (claim, key) = (ClaimRef::new(self, id)?, self.claim_name(id));
        Some(RedactionRecord {
            claim: Some(own.to_owned()),
            key: Some(key).filter(|key| key != own),
            reported: Some(claim.reported_day()),
            batch: claim.batch().map(|batch| batch.key().to_owned()),
            ..RedactionRecord::of(redaction)
        })
    }

    /// Returns the records of redacted entities, in no order.
    pub(crate) fn entity_redactions(&self) -> impl Iterator<Item = (EntityId, RedactionRecord)> {
        self.redactions.entities().map(|(id, redaction)| {
            let entity = Some(self.key_of(id).to_owned());
            (id, RedactionRecord { entity, ..RedactionRecord::of(redaction.clone()) })
        })
    }

    /// Returns the records that come before those of claims.
    pub(crate) fn records_before_claims(&self) -> impl Iterator<Item = Record> {
        let header = Record::Claimgraph(Box::new(Header::new(self.vocabulary.clone())));
        let entities = self.publishers_first(self.registry.ids()).into_iter();
        let entities = entities.filter_map(|id| self.entity_record(id).map(Box::new));
        let affiliations = self.affiliation_ids().filter_map(|id| self.affiliation_on_record(id));
        let affiliations = affiliations.map(|it| Record::Affiliation(Box::new(it)));
        let mut batches: Vec<&Batch> = self.batches().collect();
        batches.sort_by_key(|batch| batch.key());
        let batches = batches.into_iter().map(|batch| Record::Batch(Box::new(batch.clone())));
        let before = [header].into_iter().chain(batches);
        let redactions = self.entity_redactions().map(|(_, it)| Record::Redaction(Box::new(it)));
        let entities = entities.map(Record::Entity).chain(sorted(redactions));
        before.chain(entities).chain(sorted(affiliations))
    }

    /// Returns the records that come after those of claims.
    pub(crate) fn records_after_claims(
        &self,
        names: &ClaimNames,
    ) -> impl Iterator<Item = Record> + use<> {
        let name = |id: ClaimId| checked(names.get(&id)).clone();
        let connections = &self.ledger.connections;
        let links =
            connections.links().map(|it| Record::Link(Box::new(self.link_record(it, &name))));
        let derivations = connections.derivations().map(|(claim, it)| {
            Record::Derivation(Box::new(self.derivation_record(claim, it, &name)))
        });
        let lineages = self.lineage_ids().filter_map(|id| self.lineage_on_record(id, &name));
        let lineages = lineages.map(|it| Record::Lineage(Box::new(it)));
        let key = |id: ClaimId| self.claim_name(id);
        let reviews = self.review_records(&key).map(|it| Record::Review(Box::new(it)));
        let judgements = self.judgement_ids().filter_map(|id| self.judgement_record(id));
        let judgements = judgements.map(|it| Record::Judgement(Box::new(it)));
        let beside = [sorted(links), sorted(derivations), sorted(lineages), sorted(reviews)];
        beside.into_iter().flatten().chain(sorted(judgements))
    }

    /// Returns the record of an affiliation with its batch.
    pub(crate) fn affiliation_on_record(&self, id: AffiliationId) -> Option<AffiliationRecord> {
        let batch = self.batch_of_affiliation(id).map(|batch| batch.key().to_owned());
        Some(AffiliationRecord { batch, ..self.affiliation_record(self.affiliation(id)?) })
    }

    /// Returns the record of a lineage link with its batch.
    pub(crate) fn lineage_on_record(
        &self,
        id: LineageId,
        name: &dyn Fn(ClaimId) -> String,
    ) -> Option<LineageRecord> {
        let batch = self.batch_of_lineage(id).map(|batch| batch.key().to_owned());
        Some(LineageRecord { batch, ..self.lineage_record(self.lineage(id)?, name) })
    }

    /// Returns the records of all reviews, in no order.
    pub(crate) fn review_records(
        &self,
        name: &dyn Fn(ClaimId) -> String,
    ) -> impl Iterator<Item = ReviewRecord> {
        self.batches.reviews().map(|(claim, review)| {
            let Review { at, decision, by, note } = review.clone();
            ReviewRecord { claim: name(claim), decision, by, at, note }
        })
    }

    /// Returns the record of a judgement with what undid it.
    pub(crate) fn judgement_record(&self, id: JudgementId) -> Option<JudgementRecord> {
        let (judgement, undone) = self.judgements.get(id)?;
        let mut keys = judgement.entities.map(|entity| self.key_of(entity).to_owned());
        keys.sort_unstable();
        let ([one, other], Judgement { verdict, by, at, because, score, .. }) =
            (keys, judgement.clone());
        let undone = undone.iter().cloned().collect();
        let batch = self.batch_of_judgement(id).map(|batch| batch.key().to_owned());
        Some(JudgementRecord { one, other, verdict, by, at, because, score, undone, batch })
    }

    /// Returns the record of an affiliation, whatever its batch.
    pub(crate) fn affiliation_record(&self, affiliation: &Affiliation) -> AffiliationRecord {
        let key = |entity: EntityId| self.key_of(entity).to_owned();
        AffiliationRecord {
            part: key(affiliation.part),
            kind: affiliation.kind,
            whole: key(affiliation.whole),
            basis: affiliation.basis,
            document: affiliation.document.map(key),
            valid: affiliation.valid.clone(),
            reported: affiliation.reported.map(Day::from),
            batch: None,
        }
    }

    pub(crate) fn link_record(
        &self,
        link: &HeldLink,
        name: &dyn Fn(ClaimId) -> String,
    ) -> LinkRecord {
        LinkRecord {
            from: name(link.from),
            role: self.vocabulary.roles.key(link.role).to_owned(),
            to: name(link.to),
            basis: link.basis,
            because: link.because.clone(),
            batch: self.batch_of_link(link).map(|batch| batch.key().to_owned()),
        }
    }

    pub(crate) fn derivation_record(
        &self,
        claim: ClaimId,
        derivation: &Derivation,
        name: &dyn Fn(ClaimId) -> String,
    ) -> DerivationRecord {
        let Derivation { quantity, rule, inputs } = derivation.clone();
        let inputs = inputs.into_iter().map(name).collect();
        let batch = self.batch_of_derivation(claim).map(|batch| batch.key().to_owned());
        DerivationRecord { batch, ..DerivationRecord::new(name(claim), quantity, rule, inputs) }
    }

    /// Returns the record of a lineage link, whatever its batch.
    pub(crate) fn lineage_record(
        &self,
        lineage: &Lineage,
        name: &dyn Fn(ClaimId) -> String,
    ) -> LineageRecord {
        let key = |entity: EntityId| self.key_of(entity).to_owned();
        let (document, claims) = match &lineage.scope {
            Scope::Everywhere => (None, None),
            Scope::Document(document) => (Some(key(*document)), None),
            Scope::Claims(claims) => {
                let mut claims: Vec<String> = claims.iter().map(|&claim| name(claim)).collect();
                claims.sort();
                (None, Some(claims))
            }
        };
        LineageRecord {
            speaker: key(lineage.from),
            source: key(lineage.to),
            basis: lineage.basis,
            document,
            claims,
            stated_by: lineage.stated_by.map(name),
            reported: lineage.reported.map(Day::from),
            batch: None,
        }
    }

    pub(crate) fn document_record(&self, document: &DocumentInfo) -> DocumentRecord {
        DocumentRecord {
            date: document.date.map(Day::from),
            title: document.title.clone(),
            publisher: document.publisher.map(|p| self.key_of(p).to_owned()),
            length: document.length,
            sha256: document.digest.clone(),
            instant: document.instant,
            url: document.url.clone(),
            archived_url: document.archived_url.clone(),
            retrieved: document.retrieved.map(Day::from),
        }
    }

    pub(crate) fn entity_record(&self, id: EntityId) -> Option<EntityRecord> {
        let (key, registered) = self.registry.get(id)?;
        let document = registered.document.map(|document| self.document_record(document));
        Some(EntityRecord {
            key: key.to_owned(),
            kind: self.vocabulary.kinds.key(registered.kind).to_owned(),
            names: registered.names.to_vec(),
            codes: registered.codes.to_vec(),
            name_withheld: registered.name_withheld,
            plural: registered.plural,
            document,
            batch: self.batch_of(Item::Entity, id.index()).map(|batch| batch.key().to_owned()),
        })
    }

    /// Returns the record of one claim without its batch, with claims under their [keys](crate::claim::ClaimKey).
    /// [`Loader::push_claim`] adds it to another graph that has the entities and claims that it names.
    ///
    /// # Errors
    /// Returns an error if the graph does not have the claim.
    ///
    /// [`Loader::push_claim`]: crate::record::Loader::push_claim
    pub fn claim_record(&self, claim: ClaimId) -> Result<ClaimRecord, Error> {
        let record = self.record(self.claim(claim)?, &|id| self.claim_name(id));
        Ok(ClaimRecord { id: Some(self.claim_name(claim)), ..record })
    }

    /// Returns one claim as a record, with other claims under the names given. Its texts are borrowed or owned.
    pub(crate) fn record<'g, T: From<&'g str> + Ord>(
        &'g self,
        claim: ClaimRef<'g>,
        name: &dyn Fn(ClaimId) -> T,
    ) -> ClaimRecord<T> {
        let (marks, document) = (claim.marks(), claim.document_id());
        let (stance, prominence) = (marks.stance(), marks.prominence());
        let (certainty, modality) = (marks.certainty(), marks.modality());
        let mut targets: Vec<TargetRecord<T>> = claim
            .targets()
            .map(|(target, basis)| TargetRecord { claim: name(target), basis })
            .collect();
        targets.sort();
        // Filled in place, because a record is large.
        let mut record = ClaimRecord::new(stance);
        record.speakers = self.speakers(claim.chain(), document);
        // The roles of a claim's statement are the claim's, and stand there.
        record.statement =
            claim.statement().map(|said| self.statement_record(said, Vec::new(), name));
        record.targets = targets;
        record.valid = claim.valid();
        record.certainty = (certainty != stance.usual_certainty()).then_some(certainty);
        record.modality = (modality != stance.usual_modality()).then_some(modality);
        record.prominence = (prominence != stance.usual_prominence()).then_some(prominence);
        record.document = document.map(|document| self.key_of(document).into());
        record.reported = Some(claim.reported_day());
        let Some(rich) = claim.rich() else { return record };
        let Details {
            polarity,
            quantity,
            object_quantity,
            factor,
            direction,
            said,
            span,
            words,
            cue,
            cue_words,
            quotes,
            grade,
        } = &rich.details;
        let cue = CueRecord { words: cue_words.as_deref().map(T::from), span: *cue };
        record.polarity = *polarity;
        record.roles = self.role_records(&rich.roles, name);
        record.quantity = quantity.as_deref().cloned();
        record.object_quantity = object_quantity.as_deref().cloned();
        record.factor = factor.as_deref().copied();
        record.direction = *direction;
        (record.span, record.said) = (*span, said.as_deref().cloned());
        record.words = words.as_deref().map(T::from);
        record.cue = Some(cue).filter(|cue| cue.words.is_some() || cue.span.is_some());
        record.quotes = quotes.iter().map(Quote::record).collect();
        record.grade = Some(*grade).filter(|grade: &Grade| !grade.is_empty());
        record
    }

    /// Returns the chain without the document at its head. If that link has a basis or a quotation to tell, it stays.
    fn links_told<'c>(
        &self,
        chain: &'c [SpeakerLink],
        document: Option<EntityId>,
    ) -> &'c [SpeakerLink] {
        let plain = |link: &SpeakerLink| {
            link.source == document && link.basis == Basis::Stated && !link.direct
        };
        match chain {
            [first, rest @ ..] if document.is_some() && plain(first) => rest,
            _ => chain,
        }
    }

    pub(crate) fn speakers<'g, T: From<&'g str>>(
        &'g self,
        chain: &[SpeakerLink],
        document: Option<EntityId>,
    ) -> Vec<SpeakerRecord<T>> {
        let record = |link: &SpeakerLink| SpeakerRecord {
            source: link.source.map(|source| self.key_of(source).into()),
            basis: link.basis,
            direct: link.direct,
        };
        self.links_told(chain, document).iter().map(record).collect()
    }

    fn role_records<'g, T: From<&'g str>>(
        &'g self,
        roles: &'g [(RoleId, HeldArgument)],
        name: &dyn Fn(ClaimId) -> T,
    ) -> Vec<RoleRecord<T>> {
        let record = |(role, argument): &'g (RoleId, HeldArgument)| RoleRecord {
            role: self.vocabulary.roles.key(*role).into(),
            value: self.term_record(Term::of(self, &argument.value), argument.basis, name),
        };
        roles.iter().map(record).collect()
    }

    fn statement_record<'g, T: From<&'g str>>(
        &'g self,
        said: StatementRef<'g>,
        roles: Vec<RoleRecord<T>>,
        name: &dyn Fn(ClaimId) -> T,
    ) -> StatementRecord<T> {
        // A relation of one party has no object.
        let object = Some(said.object()).filter(|object| *object != Term::Nothing);
        StatementRecord {
            subject: self.term_record(said.subject(), said.subject_basis(), name),
            relation: self.vocabulary.relations.key(said.relation_id()).into(),
            object: object.map(|object| self.term_record(object, said.object_basis(), name)),
            roles,
            negated: said.is_negated(),
            valid: said.valid().cloned(),
        }
    }

    /// Returns the record of a term.
    pub(crate) fn term_record<'g, T: From<&'g str>>(
        &'g self,
        term: Term<'g>,
        basis: Basis,
        name: &dyn Fn(ClaimId) -> T,
    ) -> TermRecord<T> {
        let value = match term {
            Term::Entity(entity) => TermValue::Entity(self.key_of(entity).into()),
            Term::Claim(claim) => TermValue::Claim(name(claim)),
            Term::Text(text) => TermValue::Text(text.into()),
            Term::Quantity(quantity) => TermValue::Quantity(Box::new(quantity.clone())),
            Term::Statement(said) => {
                let roles = self.role_records(said.held_roles(), name);
                TermValue::Statement(Box::new(self.statement_record(said, roles, name)))
            }
            Term::Nothing => TermValue::Absent(Absence::Nothing),
            Term::NotStated => TermValue::Absent(Absence::NotStated),
        };
        TermRecord { value, basis }
    }
}
