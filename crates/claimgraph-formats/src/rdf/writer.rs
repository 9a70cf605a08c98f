//! Writes records as triples: vocabulary, entities, affiliations, links and more. Claims are in `claim_writer`.

use crate::rdf::asserted_triples::OwnVoice;
use crate::rdf::iri::{
    BOOLEAN, CG, DATE, DATE_TIME, DECIMAL, GRAPH, INTEGER, Known, Space, has_xml_name, iri,
    is_web_iri, part,
};
use crate::rdf::triple_sink::{Object, Sink};
use claimgraph::claim::Basis;
use claimgraph::entity::{Name, NameKind};
use claimgraph::format::Records;
use claimgraph::quantity::{Amount, Bound, Precision};
use claimgraph::record::*;
use claimgraph::time::Day;
use claimgraph::vocabulary::{Slot, Vocabulary};
use claimgraph::{ClaimGraph, Period, Quantity};
use indexmap::IndexMap;
use jiff::Timestamp;
use oxrdf::Literal;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::HashSet;
use std::io;

/// Turns records into triples, one record at a time.
pub(super) struct Writer<'g, S> {
    pub(super) sink: S,
    vocabulary: &'g Vocabulary,
    pub(super) affiliations: usize,
    pub(super) links: usize,
    pub(super) lineages: usize,
    pub(super) reviews: usize,
    pub(super) judgements: usize,
    pub(super) redactions: usize,
    /// The agents whose class is written.
    pub(super) agents: HashSet<(String, &'static str)>,
    pub(super) own_voice: OwnVoice,
    /// The texts of days. A file has few days and repeats them.
    days: FxHashMap<Day, String>,
    /// The periods as EDTF; `None` if EDTF does not say all of the period.
    pub(super) periods: IndexMap<Period, Option<String>>,
}

/// Returns the word of a value of a closed list, such as "calls-for".
pub(super) fn word(value: impl Serialize) -> String {
    let json = serde_json::to_string(&value).unwrap_or_default();
    json.trim_matches('"').to_owned()
}

impl<'g, S: Sink> Writer<'g, S> {
    pub(super) fn new(sink: S, graph: &'g ClaimGraph, records: &Records<'_>) -> Self {
        Self {
            sink,
            vocabulary: graph.vocabulary(),
            affiliations: 0,
            links: 0,
            lineages: 0,
            reviews: 0,
            judgements: 0,
            redactions: 0,
            agents: HashSet::new(),
            own_voice: OwnVoice::new(graph, records),
            days: FxHashMap::default(),
            periods: IndexMap::new(),
        }
    }

    pub(super) fn record(&mut self, record: Record) -> io::Result<()> {
        match record {
            Record::Claimgraph(header) => self.header(&header),
            Record::Batch(record) => self.batch(&record),
            Record::Entity(record) => self.entity(&record),
            Record::Affiliation(record) => self.affiliation(&record),
            Record::Claim(record) => self.claim(&record),
            Record::Link(record) => self.link(&record),
            Record::Derivation(record) => self.derivation(&record),
            Record::Lineage(record) => self.lineage(&record),
            Record::Review(record) => self.review(&record),
            Record::Judgement(record) => self.judgement(&record),
            Record::Redaction(record) => self.redaction(&record),
        }
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.own_voice.write(&mut self.sink)?;
        self.sink.finish()
    }

    // ----- triples: one for each value that is there

    pub(super) fn to(&mut self, subject: &str, predicate: Known, object: &str) -> io::Result<()> {
        self.sink.triple((subject, predicate.iri(), Object::Iri(object)))
    }

    pub(super) fn all_to<T: AsRef<str>>(
        &mut self,
        subject: &str,
        predicate: Known,
        objects: impl IntoIterator<Item = T>,
    ) -> io::Result<()> {
        objects.into_iter().try_for_each(|object| self.to(subject, predicate, object.as_ref()))
    }

    pub(super) fn is_a(&mut self, subject: &str, class: Known) -> io::Result<()> {
        self.to(subject, Known::Type, class.iri())
    }

    pub(super) fn texts<T: AsRef<str>>(
        &mut self,
        subject: &str,
        predicate: Known,
        texts: impl IntoIterator<Item = T>,
    ) -> io::Result<()> {
        texts.into_iter().try_for_each(|text| {
            self.sink.triple((subject, predicate.iri(), Object::Text(text.as_ref())))
        })
    }

    fn typed(
        &mut self,
        subject: &str,
        predicate: Known,
        text: &str,
        datatype: &str,
    ) -> io::Result<()> {
        self.sink.triple((subject, predicate.iri(), Object::Typed(text, datatype)))
    }

    pub(super) fn integer(
        &mut self,
        subject: &str,
        predicate: Known,
        number: impl Into<Option<u64>>,
    ) -> io::Result<()> {
        let Some(number) = number.into() else { return Ok(()) };
        self.typed(subject, predicate, &number.to_string(), INTEGER)
    }

    pub(super) fn yes(&mut self, subject: &str, predicate: Known, flag: bool) -> io::Result<()> {
        if flag { self.typed(subject, predicate, "true", BOOLEAN) } else { Ok(()) }
    }

    pub(super) fn day(
        &mut self,
        subject: &str,
        predicate: Known,
        day: Option<impl Into<Day>>,
    ) -> io::Result<()> {
        let Some(day) = day.map(Into::into) else { return Ok(()) };
        let text = self.days.entry(day).or_insert_with(|| day.to_string());
        self.sink.triple((subject, predicate.iri(), Object::Typed(text, DATE)))
    }

    pub(super) fn instant(
        &mut self,
        subject: &str,
        predicate: Known,
        instant: Option<Timestamp>,
    ) -> io::Result<()> {
        let Some(instant) = instant else { return Ok(()) };
        self.typed(subject, predicate, &instant.to_string(), DATE_TIME)
    }

    pub(super) fn amount(
        &mut self,
        subject: &str,
        predicate: Known,
        amount: impl Into<Option<Amount>>,
    ) -> io::Result<()> {
        let Some(amount) = amount.into() else { return Ok(()) };
        let datatype = if amount.parts().1 == 0 { INTEGER } else { DECIMAL };
        self.typed(subject, predicate, &amount.plain(), datatype)
    }

    /// Writes a value of a closed list, such as `cg:stance cg:stance-asserts`.
    pub(super) fn value<T: AsRef<str>>(
        &mut self,
        subject: &str,
        predicate: Known,
        list: &str,
        value: impl IntoIterator<Item = T>,
    ) -> io::Result<()> {
        let values = value.into_iter().map(|value| [CG, list, "-", value.as_ref()].concat());
        self.all_to(subject, predicate, values)
    }

    pub(super) fn basis(
        &mut self,
        subject: &str,
        predicate: Known,
        basis: Basis,
    ) -> io::Result<()> {
        let told = Some(basis).filter(|basis| *basis != Basis::Stated);
        self.value(subject, predicate, "basis", told.map(Basis::as_str))
    }

    // ----- IRIs

    /// Returns the IRI of an entity. If its key is a web IRI, the key is the IRI, unless a relation has the same key.
    pub(super) fn entity_iri(&self, key: &str) -> String {
        match is_web_iri(key) && self.vocabulary.relation(key).is_none() {
            true => key.to_owned(),
            false => iri(Space::Entity, key),
        }
    }

    // ----- vocabulary

    fn header(&mut self, header: &Header) -> io::Result<()> {
        self.is_a(GRAPH, Known::Graph)?;
        self.integer(GRAPH, Known::Format, u64::from(header.format))?;
        for def in self.vocabulary.kinds() {
            let kind = iri(Space::Kind, &def.key);
            self.is_a(&kind, Known::Kind)?;
            self.is_a(&kind, Known::RdfsClass)?;
            let above = def.above.iter().map(|key| iri(Space::Kind, key));
            self.all_to(&kind, Known::SubClassOf, above)?;
            self.yes(&kind, Known::Plural, def.plural)?;
            self.texts(&kind, Known::FormerKey, &def.aliases)?;
        }
        for def in self.vocabulary.roles() {
            let role = iri(Space::Role, &def.key);
            self.is_a(&role, Known::Role)?;
            self.is_a(&role, Known::RdfProperty)?;
            self.slot(&role, Known::Range, &def.value)?;
            self.integer(&role, Known::AtMost, def.at_most.map(u64::from))?;
            self.yes(&role, Known::General, def.general)?;
            self.texts(&role, Known::FormerKey, &def.aliases)?;
        }
        for def in self.vocabulary.relations() {
            let relation = relation_iri(&def.key);
            self.is_a(&relation, Known::Relation)?;
            self.is_a(&relation, Known::RdfProperty)?;
            if def.symmetric {
                self.is_a(&relation, Known::SymmetricProperty)?;
            }
            self.texts(&relation, Known::Label, &def.label)?;
            self.texts(&relation, Known::PluralVerb, &def.plural)?;
            self.texts(&relation, Known::BaseVerb, &def.base)?;
            self.slot(&relation, Known::Domain, &def.subject)?;
            self.slot(&relation, Known::Range, &def.object)?;
            self.yes(&relation, Known::Dealing, def.interaction)?;
            self.yes(&relation, Known::State, def.state)?;
            let inverse = def.inverse.iter().map(|key| relation_iri(key));
            self.all_to(&relation, Known::InverseOf, inverse)?;
            let implied = def.implies.iter().map(|key| relation_iri(key));
            self.all_to(&relation, Known::SubPropertyOf, implied)?;
            let roles = def.roles.iter().map(|key| iri(Space::Role, key));
            self.all_to(&relation, Known::TakesRole, roles)?;
            self.texts(&relation, Known::FormerKey, &def.aliases)?;
            self.codes(&relation, &def.codes)?;
        }
        for def in self.vocabulary.units() {
            let unit = iri(Space::Unit, &def.key);
            self.is_a(&unit, Known::UnitClass)?;
            self.texts(&unit, Known::Synonym, &def.synonyms)?;
            self.yes(&unit, Known::Count, def.count)?;
        }
        Ok(())
    }

    fn slot(&mut self, of: &str, predicate: Known, slot: &Slot) -> io::Result<()> {
        match slot {
            Slot::Any => self.to(of, predicate, Known::Resource.iri()),
            Slot::Kind(key) => self.to(of, predicate, &iri(Space::Kind, key)),
            Slot::Claim => self.to(of, predicate, Known::Claim.iri()),
            Slot::Text => self.to(of, predicate, Known::String.iri()),
            Slot::Number => self.to(of, predicate, Known::Quantity.iri()),
            Slot::Statement => self.to(of, predicate, Known::Statement.iri()),
            Slot::Nothing => self.to(of, predicate, Known::NoThing.iri()),
        }
    }

    /// Writes codes. A code is a notation whose datatype is its system (SKOS, section 6.5.1).
    fn codes(&mut self, of: &str, codes: &[(String, String)]) -> io::Result<()> {
        let (plain, other): (Vec<_>, Vec<_>) =
            codes.iter().partition(|(_, code)| is_plain_text(code));
        for (system, code) in plain {
            self.typed(of, Known::Notation, code, &iri(Space::System, system))?;
        }
        let nodes: Vec<String> =
            (1..=other.len()).map(|number| part(of, &format!("code{number}"))).collect();
        self.all_to(of, Known::Code, &nodes)?;
        for (node, (system, code)) in nodes.iter().zip(other) {
            self.texts(node, Known::System, [system])?;
            self.texts(node, Known::Text, [code])?;
        }
        Ok(())
    }

    // ----- entities

    fn entity(&mut self, record: &EntityRecord) -> io::Result<()> {
        let entity = self.entity_iri(&record.key);
        self.to(&entity, Known::Type, &iri(Space::Kind, &record.kind))?;
        self.generated(&entity, &record.batch)?;
        if let Some(document) = &record.document {
            self.is_a(&entity, Known::Document)?;
            self.day(&entity, Known::DocumentDate, document.date)?;
            self.texts(&entity, Known::Title, &document.title)?;
            let publisher = document.publisher.as_ref().map(|key| self.entity_iri(key));
            self.all_to(&entity, Known::Publisher, publisher)?;
            self.integer(&entity, Known::Length, document.length)?;
            self.texts(&entity, Known::Sha256, &document.sha256)?;
            self.instant(&entity, Known::Instant, document.instant)?;
            self.texts(&entity, Known::Url, &document.url)?;
            self.texts(&entity, Known::ArchivedUrl, &document.archived_url)?;
            self.day(&entity, Known::Retrieved, document.retrieved)?;
        }
        // The names that need a node of their own.
        let mut others: Vec<&Name> = Vec::new();
        for name in &record.names {
            let predicate = match name.kind() {
                NameKind::Canonical => Known::Label,
                NameKind::Alias => Known::AltLabel,
                NameKind::Abbreviation => Known::Abbreviation,
                NameKind::Metonym => Known::Metonym,
                NameKind::Former => Known::FormerName,
                NameKind::Adjective => Known::Adjective,
                NameKind::Transliteration => Known::Transliteration,
            };
            match name.language() {
                _ if name.valid_period().is_some() => others.push(name),
                None => self.texts(&entity, predicate, [name.text()])?,
                Some(tag) if is_kept(tag) && is_plain_text(name.text()) => {
                    self.sink.triple((
                        &entity,
                        predicate.iri(),
                        Object::Tagged(name.text(), tag),
                    ))?;
                }
                Some(_) => others.push(name),
            }
        }
        let place = |(place, name)| (part(&entity, &format!("name{}", place + 1)), name);
        let others: Vec<(String, &Name)> = others.into_iter().enumerate().map(place).collect();
        self.all_to(&entity, Known::Name, others.iter().map(|(node, _)| node))?;
        self.codes(&entity, &record.codes)?;
        self.yes(&entity, Known::NameWithheld, record.name_withheld)?;
        if let Some(plural) = record.plural {
            self.typed(&entity, Known::Plural, &plural.to_string(), BOOLEAN)?;
        }
        for (node, name) in others {
            self.texts(&node, Known::Text, [name.text()])?;
            self.value(&node, Known::NameKind, "name", [word(name.kind())])?;
            self.texts(&node, Known::Language, name.language())?;
            name.valid_period().map_or(Ok(()), |valid| self.valid(&node, valid))?;
        }
        Ok(())
    }

    /// Returns the IRI of an entity that a record may name.
    pub(super) fn entity_named(&self, key: &Option<String>) -> Option<String> {
        key.as_ref().map(|key| self.entity_iri(key))
    }

    // ----- values

    pub(super) fn quantity(&mut self, node: &str, quantity: &Quantity) -> io::Result<()> {
        self.is_a(node, Known::Quantity)?;
        self.amount(node, Known::Central, quantity.central())?;
        let precision = Some(quantity.precision()).filter(|it| *it != Precision::default());
        self.value(node, Known::Precision, "precision", precision.map(word))?;
        let sides = [
            (quantity.lower(), Known::Lower, Known::LowerExclusive),
            (quantity.upper(), Known::Upper, Known::UpperExclusive),
        ];
        for (bound, plain, exclusive) in sides {
            if let Some(Bound { amount, strict }) = bound {
                self.amount(node, if strict { exclusive } else { plain }, amount)?;
            }
        }
        self.to(node, Known::Unit, &iri(Space::Unit, quantity.unit()))?;
        self.texts(node, Known::Words, quantity.words())
    }
}

pub(super) fn relation_iri(key: &str) -> String {
    if is_web_iri(key) && has_xml_name(key) { key.to_owned() } else { iri(Space::Relation, key) }
}

/// Returns true if RDF does not change a language tag: it is a valid tag in small letters.
fn is_kept(tag: &str) -> bool {
    let literal = Literal::new_language_tagged_literal("", tag);
    literal.is_ok_and(|literal| literal.language() == Some(tag))
        && !tag.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// Returns true if every syntax, also XML, can hold a text with a tag or datatype.
fn is_plain_text(text: &str) -> bool {
    let unfit = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{fffe}' | '\u{ffff}');
    !text.chars().any(unfit) && !text.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_as_in_the_vocabulary_and_tags_as_rdf_keeps_them() {
        assert_eq!(word(claimgraph::Stance::CallsFor), "calls-for");
        assert!(is_kept("en-gb") && !is_kept("en-GB") && !is_kept("not a tag"));
    }
}
