//! From the graph to keyed records, in canonical order: equal graphs give equal records, whatever the
//! order of insertion.

use crate::graph::ClaimGraph;
use crate::graph::claim_key::ClaimKey;
use crate::graph::claim_ref::{ClaimRef, StatementRef};
use crate::model::affiliation::Affiliation;
use crate::model::claim_link::Derivation;
use crate::model::document::DocumentInfo;
use crate::model::id::{ClaimId, EntityId, RoleId};
use crate::model::lineage::{Lineage, Scope};
use crate::model::record::*;
use crate::model::value::grade::Grade;
use crate::model::value::stance::Basis;
use crate::store::origin_table::SpeakerLink;
use crate::store::stored_claim::{HeldArgument, HeldLink, HeldRef};
use indexmap::{IndexMap, IndexSet};
use rustc_hash::{FxBuildHasher, FxHashMap};

/// The version of the native format that this release writes, and the newest it reads.
pub const FORMAT_VERSION: u32 = 1;

/// What each claim is called in a file, in the order in which they are written.
pub(crate) type ClaimNames = IndexMap<ClaimId, String, FxBuildHasher>;

impl ClaimGraph {
    /// The whole graph as keyed records, in canonical order: header, entities, affiliations, claims
    /// (what is answered before its answers), links, derivations, lineage.
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
        let mut records = Vec::new();
        let collected = self.each_record(&mut |record| -> Result<(), std::convert::Infallible> {
            records.push(record);
            Ok(())
        });
        match collected {
            Ok(()) => records,
        }
    }

    /// Hands out the records one by one, so that a writer never holds them all.
    pub(crate) fn each_record<E>(
        &self,
        take: &mut dyn FnMut(Record) -> Result<(), E>,
    ) -> Result<(), E> {
        self.each_record_named(&self.canonical_names(), take)
    }

    pub(crate) fn each_record_named<E>(
        &self,
        names: &ClaimNames,
        take: &mut dyn FnMut(Record) -> Result<(), E>,
    ) -> Result<(), E> {
        self.each_before_claims(take)?;
        // In the order of their names' making: see `canonical_names`.
        names
            .iter()
            .filter_map(|(&id, own)| self.claim_record(id, own, names))
            .try_for_each(&mut *take)?;
        self.each_after_claims(names, take)
    }

    /// A claim under its name.
    pub(crate) fn claim_record(
        &self,
        id: ClaimId,
        own: &str,
        names: &ClaimNames,
    ) -> Option<Record> {
        let name = |id: ClaimId| names.get(&id).cloned().unwrap_or_default();
        let mut record = Box::new(self.record(ClaimRef::new(self, id)?, &name));
        record.id = Some(own.to_owned());
        Some(Record::Claim(record))
    }

    /// The records that come before those of claims.
    pub(crate) fn each_before_claims<E>(
        &self,
        take: &mut dyn FnMut(Record) -> Result<(), E>,
    ) -> Result<(), E> {
        let header = Header { format: FORMAT_VERSION, vocabulary: self.vocabulary.clone() };
        take(Record::Claimgraph(Box::new(header)))?;
        let entities = self
            .publishers_first(self.registry.ids())
            .into_iter()
            .filter_map(|id| self.entity_record(id));
        entities.map(|entity| Record::Entity(Box::new(entity))).try_for_each(&mut *take)?;

        let affiliations =
            self.affiliations().map(|a| Record::Affiliation(Box::new(self.affiliation_record(a))));
        sorted(affiliations).into_iter().try_for_each(take)
    }

    /// The records that come after those of claims.
    pub(crate) fn each_after_claims<E>(
        &self,
        names: &ClaimNames,
        take: &mut dyn FnMut(Record) -> Result<(), E>,
    ) -> Result<(), E> {
        let name = |id: ClaimId| names.get(&id).cloned().unwrap_or_default();
        let links = self
            .ledger
            .connections
            .links()
            .map(|link| Record::Link(Box::new(self.link_record(link, &name))));
        sorted(links).into_iter().try_for_each(&mut *take)?;
        let derivations = self.ledger.connections.derivations().map(|(claim, derivation)| {
            Record::Derivation(Box::new(self.derivation_record(claim, derivation, &name)))
        });
        sorted(derivations).into_iter().try_for_each(&mut *take)?;
        let lineages = self
            .lineages()
            .map(|lineage| Record::Lineage(Box::new(self.lineage_record(lineage, &name))));
        sorted(lineages).into_iter().try_for_each(take)
    }

    pub(crate) fn affiliation_record(&self, affiliation: &Affiliation) -> AffiliationRecord {
        let key = |entity: EntityId| self.key_of(entity).to_owned();
        AffiliationRecord {
            part: key(affiliation.part),
            kind: affiliation.kind,
            whole: key(affiliation.whole),
            basis: affiliation.basis,
            document: affiliation.document.map(key),
            valid: affiliation.valid.clone(),
            reported: affiliation.reported.map(DayText::from),
        }
    }

    pub(crate) fn link_record(
        &self,
        link: &HeldLink,
        name: &dyn Fn(ClaimId) -> String,
    ) -> LinkRecord {
        LinkRecord {
            from: name(link.from),
            role: self.vocabulary.role_key(link.role).to_owned(),
            to: name(link.to),
            basis: link.basis,
            because: link.because.clone(),
        }
    }

    pub(crate) fn derivation_record(
        &self,
        claim: ClaimId,
        derivation: &Derivation,
        name: &dyn Fn(ClaimId) -> String,
    ) -> DerivationRecord {
        DerivationRecord {
            claim: name(claim),
            quantity: derivation.quantity.clone(),
            rule: derivation.rule.clone(),
            inputs: derivation.inputs.iter().map(|&input| name(input)).collect(),
        }
    }

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
            reported: lineage.reported.map(DayText::from),
        }
    }

    /// Entities by key, documents last, and a publisher before what it publishes.
    pub(crate) fn publishers_first(
        &self,
        ids: impl IntoIterator<Item = EntityId>,
    ) -> Vec<EntityId> {
        let mut ids: Vec<EntityId> = ids.into_iter().collect();
        // A publisher was there when its document was added, so one pass in that order settles all.
        ids.sort_unstable();
        let mut depths: FxHashMap<EntityId, u32> = FxHashMap::default();
        for &id in &ids {
            let below = |publisher: EntityId| depths.get(&publisher).copied().unwrap_or(0);
            let depth =
                self.registry.document(id).map(|document| 1 + document.publisher.map_or(0, below));
            depth.map(|depth| depths.insert(id, depth));
        }
        ids.sort_by_key(|id| (depths.get(id).copied().unwrap_or(0), self.key_of(*id)));
        ids
    }

    pub(crate) fn entity_record(&self, id: EntityId) -> Option<EntityRecord> {
        let (key, registered) = self.registry.get(id)?;
        let document = registered.document.map(|document: &DocumentInfo| DocumentRecord {
            date: document.date.map(DayText::from),
            title: document.title.clone(),
            publisher: document.publisher.map(|p| self.key_of(p).to_owned()),
            length: document.length,
            sha256: document.digest.clone(),
        });
        Some(EntityRecord {
            key: key.to_owned(),
            kind: self.vocabulary.kind_key(registered.kind).to_owned(),
            names: registered.names.to_vec(),
            codes: registered.codes.to_vec(),
            document,
        })
    }

    /// What each claim is called in a file, in the order in which it is written: by depth of reference,
    /// then as questions order claims. The name is the key; equal claims after the first get a number.
    pub(crate) fn canonical_names(&self) -> ClaimNames {
        let keys = self.all_keys();
        let key = |id: ClaimId| keys.get(id.index()).copied();
        let mut depths: Vec<u32> = Vec::with_capacity(keys.len());
        for id in self.ledger.claims() {
            let below = self
                .references(id)
                .into_iter()
                .filter_map(|r| depths.get(r.index()).copied())
                .max();
            depths.push(below.map_or(0, |depth| depth + 1));
        }
        let mut by_key: Vec<EntityId> = self.registry.ids().collect();
        by_key.sort_unstable_by_key(|&entity| self.key_of(entity));
        let mut places: Vec<usize> = vec![0; by_key.len()];
        for (place, entity) in by_key.into_iter().enumerate() {
            places.get_mut(entity.index()).into_iter().for_each(|at| *at = place);
        }
        // First by what is one number and tells most apart, then those that are left by all the rest.
        let first = |id: ClaimId| {
            let day =
                ClaimRef::new(self, id)?.reported_day().number().wrapping_sub(i32::MIN) as u32;
            Some((u64::from(*depths.get(id.index())?) << u32::BITS | u64::from(day), id))
        };
        let mut order: Vec<(u64, ClaimId)> = self.ledger.claims().filter_map(first).collect();
        order.sort_unstable();
        for alike in order.chunk_by_mut(|(a, _), (b, _)| a == b).filter(|alike| alike.len() > 1) {
            alike.sort_by_cached_key(|&(_, id)| {
                let claim = ClaimRef::new(self, id);
                let said = claim.and_then(|claim| claim.rich()).and_then(|rich| rich.said);
                let document = claim
                    .and_then(ClaimRef::document_id)
                    .and_then(|d| places.get(d.index()).copied());
                (said, document, claim.and_then(ClaimRef::span), key(id))
            });
        }
        let mut order: Vec<ClaimId> = order.into_iter().map(|(_, id)| id).collect();
        // A key says all that the order goes by, so equal claims stand side by side.
        let is_same = |a: &ClaimId, b: &ClaimId| key(*a) == key(*b);
        let copied: IndexSet<ClaimId> =
            order.chunk_by(is_same).filter(|same| same.len() > 1).flatten().copied().collect();
        if !copied.is_empty() {
            let told_apart = self.by_what_refers_to_them(&keys, copied);
            for same in order.chunk_by_mut(is_same).filter(|same| same.len() > 1) {
                same.sort_by_key(|id| told_apart.get(id.index()));
            }
        }
        let named = order.chunk_by(is_same).flat_map(|same| {
            same.iter().zip(1usize..).filter_map(|(&id, number)| {
                let key = key(id)?;
                Some((id, if number == 1 { key.to_string() } else { format!("{key}-{number}") }))
            })
        });
        let mut names = ClaimNames::with_capacity_and_hasher(keys.len(), FxBuildHasher);
        names.extend(named);
        names
    }

    /// Equal claims are told apart by how they were said, by the links, lineage and derived figures that
    /// name them, and by what answers or mentions them, down to the last answer.
    fn by_what_refers_to_them(
        &self,
        keys: &[ClaimKey],
        copied: IndexSet<ClaimId>,
    ) -> Vec<[u8; 32]> {
        let name = |id: ClaimId| keys.get(id.index()).map(ClaimKey::to_string).unwrap_or_default();
        let mut beside: IndexMap<ClaimId, Vec<String>> = IndexMap::new();
        let mut note = |id: ClaimId, what: String| beside.entry(id).or_default().push(what);
        for link in self.ledger.connections.links() {
            let role = self.vocabulary.role_key(link.role);
            let what = format!("{role} {} {:?}", link.basis, link.because);
            note(link.from, format!("from {what} {}", name(link.to)));
            note(link.to, format!("to {what} {}", name(link.from)));
        }
        for lineage in self.lineages() {
            let what = format!(
                "lineage {} {} {}",
                self.key_of(lineage.from),
                self.key_of(lineage.to),
                lineage.basis
            );
            lineage.stated_by.into_iter().for_each(|claim| note(claim, format!("states {what}")));
            if let Scope::Claims(claims) = &lineage.scope {
                claims.iter().for_each(|&claim| note(claim, what.clone()));
            }
        }
        for (claim, derivation) in self.ledger.connections.derivations() {
            let what = format!("derived {} {}", derivation.quantity, derivation.rule);
            derivation
                .inputs
                .iter()
                .for_each(|&input| note(input, format!("gives {what} {}", name(claim))));
            note(claim, what);
        }
        let mut referrers: IndexMap<ClaimId, Vec<ClaimId>> = IndexMap::new();
        for id in self.ledger.claims() {
            self.references(id)
                .into_iter()
                .for_each(|reference| referrers.entry(reference).or_default().push(id));
        }
        // Equal claims, and what refers to them down to the last answer, which all comes after them.
        let mut wanted = copied;
        let mut next = 0;
        while let Some(id) = wanted.get_index(next) {
            next += 1;
            wanted
                .extend(referrers.get(id).into_iter().flatten().copied().collect::<Vec<ClaimId>>());
        }
        wanted.sort_unstable();
        let mut marks: Vec<[u8; 32]> = vec![[0; 32]; keys.len()];
        for &id in wanted.iter().rev() {
            let Some(claim) = ClaimRef::new(self, id) else { continue };
            let mut hash = hmac_sha256::Hash::new();
            hash.update(serde_json::to_vec(&self.record(claim, &name)).unwrap_or_default());
            if let Some(what) = beside.get_mut(&id) {
                what.sort();
                what.iter().for_each(|what| hash.update(what));
            }
            let above = referrers
                .get(&id)
                .into_iter()
                .flatten()
                .filter_map(|r| marks.get(r.index()).copied());
            let mut above: Vec<[u8; 32]> = above.collect();
            above.sort_unstable();
            above.iter().for_each(|mark| hash.update(mark));
            if let Some(mark) = marks.get_mut(id.index()) {
                *mark = hash.finalize();
            }
        }
        marks
    }

    /// One claim as a record, other claims under the names given.
    pub(crate) fn record(
        &self,
        claim: ClaimRef<'_>,
        name: &dyn Fn(ClaimId) -> String,
    ) -> ClaimRecord {
        let stance = claim.stance();
        let mut targets: Vec<TargetRecord> = claim
            .targets()
            .map(|(target, basis)| TargetRecord { claim: name(target), basis })
            .collect();
        targets.sort();
        let usual_prominence = stance.usual_prominence();
        let cue = CueRecord { words: claim.cue().map(str::to_owned), span: claim.cue_span() };
        let document = claim.document_id();
        ClaimRecord {
            id: None,
            speakers: self.speakers(claim.chain(), document),
            stance,
            polarity: claim.polarity(),
            statement: claim.statement().map(|statement| self.statement_record(statement, name)),
            targets,
            roles: self.role_records(claim.held_roles(), name),
            quantity: claim.rich().and_then(|rich| rich.quantity.as_deref().cloned()),
            factor: claim.factor(),
            valid: claim.valid(),
            certainty: Some(claim.certainty()).filter(|&c| c != stance.usual_certainty()),
            modality: Some(claim.modality()).filter(|&m| m != stance.usual_modality()),
            prominence: Some(claim.prominence()).filter(|&p| p != usual_prominence),
            document: document.map(|d| self.key_of(d).to_owned()),
            span: claim.span(),
            words: claim.words().map(str::to_owned),
            cue: Some(cue).filter(|cue| cue.words.is_some() || cue.span.is_some()),
            reported: Some(claim.reported().into()),
            said: claim.said().map(Into::into),
            grade: Some(claim.grade()).filter(|grade: &Grade| !grade.is_empty()),
        }
    }

    /// The chain without the document that leads it, unless there is more to say of that link.
    pub(crate) fn links_told<'c>(
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

    pub(crate) fn speakers(
        &self,
        chain: &[SpeakerLink],
        document: Option<EntityId>,
    ) -> Vec<SpeakerRecord> {
        let record = |link: &SpeakerLink| SpeakerRecord {
            source: link.source.map(|source| self.key_of(source).to_owned()),
            basis: link.basis,
            direct: link.direct,
        };
        self.links_told(chain, document).iter().map(record).collect()
    }

    fn role_records(
        &self,
        roles: &[(RoleId, HeldArgument)],
        name: &dyn Fn(ClaimId) -> String,
    ) -> Vec<RoleRecord> {
        let record = |(role, argument): &(RoleId, HeldArgument)| RoleRecord {
            role: self.vocabulary.role_key(*role).to_owned(),
            value: self.term_record(argument.held.borrow(), argument.basis, name),
        };
        roles.iter().map(record).collect()
    }

    /// The roles of a claim's statement are the claim's, and stand there.
    fn statement_record(
        &self,
        statement: StatementRef<'_>,
        name: &dyn Fn(ClaimId) -> String,
    ) -> StatementRecord {
        StatementRecord {
            subject: self.term_record(statement.held_subject(), statement.subject_basis(), name),
            relation: self.vocabulary.relation_key(statement.relation_id()).to_owned(),
            object: Some(self.term_record(statement.held_object(), statement.object_basis(), name))
                .filter(|object| object.absent != Some(Absence::Nothing)),
            roles: Vec::new(),
        }
    }

    pub(crate) fn term_record(
        &self,
        held: HeldRef<'_>,
        basis: Basis,
        name: &dyn Fn(ClaimId) -> String,
    ) -> TermRecord {
        let mut record = TermRecord {
            basis: Some(basis).filter(|&basis| basis != Basis::Stated),
            ..TermRecord::default()
        };
        match held {
            HeldRef::Entity(entity) => record.entity = Some(self.key_of(entity).to_owned()),
            HeldRef::Claim(claim) => record.claim = Some(name(claim)),
            HeldRef::Text(text) => record.text = Some(text.to_owned()),
            HeldRef::Quantity(quantity) => record.quantity = Some(quantity.clone()),
            HeldRef::Statement(held) => {
                let argument = |argument: &HeldArgument| {
                    self.term_record(argument.held.borrow(), argument.basis, name)
                };
                let object = argument(&held.object);
                record.statement = Some(Box::new(StatementRecord {
                    subject: argument(&held.subject),
                    relation: self.vocabulary.relation_key(held.relation).to_owned(),
                    object: Some(object).filter(|object| object.absent != Some(Absence::Nothing)),
                    roles: self.role_records(&held.roles, name),
                }));
            }
            HeldRef::Nothing => record.absent = Some(Absence::Nothing),
            HeldRef::NotStated => record.absent = Some(Absence::NotStated),
        }
        record
    }
}

impl ClaimGraph {
    /// By which affiliations are put in order: keys first.
    pub(crate) fn sortable(&self, affiliation: &Affiliation) -> String {
        serde_json::to_string(&self.affiliation_record(affiliation)).unwrap_or_default()
    }

    /// By which lineage is.
    pub(crate) fn sortable_lineage(&self, lineage: &Lineage) -> String {
        let name =
            |claim: ClaimId| self.claim_key(claim).map(|key| key.to_string()).unwrap_or_default();
        serde_json::to_string(&self.lineage_record(lineage, &name)).unwrap_or_default()
    }
}

/// By their JSON, which starts with what tells them apart.
pub(crate) fn sorted(records: impl Iterator<Item = Record>) -> Vec<Record> {
    let mut records: Vec<Record> = records.collect();
    records.sort_by_cached_key(|record| serde_json::to_string(record).unwrap_or_default());
    records
}
