//! Makes claims of the statements of Wikidata, and of their references.

use crate::exchange::json_input::{many, text_in};
use crate::exchange::place::Place;
use crate::exchange::wikidata::held_period::period;
use crate::exchange::wikidata::reader::Reading;
use crate::exchange::wikidata::snak::{Snak, Worth};
use claimgraph::Stance;
use claimgraph::entity::Name;
use claimgraph::format::check_key;
use claimgraph::record::*;
use claimgraph::time::Day;
use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
use serde_json::{Map, Value};

/// The properties by which a reference names its source, the preferred one first.
const SOURCES: [&str; 4] = ["P248", "P854", "P143", "P3452"];

/// The properties with the time of a statement.
const TIMES: [&str; 3] = ["P580", "P582", "P585"];

/// The members of a statement that are read, or that repeat what others say.
const READ: [&str; 7] =
    ["type", "id", "rank", "mainsnak", "qualifiers", "qualifiers-order", "references"];

/// The most qualifiers of a statement times its references.
const REPEATED_ROLES: usize = 100_000;

fn rank_of(statement: &Map<String, Value>) -> &str {
    text_in(statement, "rank").unwrap_or("normal")
}

impl Reading {
    /// Makes the claims of a statement. A statement that cannot be used is left out and counted.
    pub(super) fn statement(
        &mut self,
        place: &Place,
        subject: &str,
        property: &str,
        value: &Value,
        modified: Option<Day>,
    ) {
        let Some(object) = value.as_object() else {
            return self.import.note("value that is not an object", place);
        };
        let main = self.snak(&place.at("mainsnak"), object.get("mainsnak").unwrap_or(&Value::Null));
        let Some(main) = main else { return };
        if main.property != property {
            self.import.note("statement under another property", place);
        }
        let id = text_in(object, "id");
        if id.is_some_and(|id| !self.seen.insert(id.to_owned())) {
            return self.import.note("statement that comes twice", place);
        }
        self.import.others(place, object, &READ);
        self.statements += 1;
        if main.property == "P31" && main.entity() == Some("Q5") {
            self.humans.insert(subject.to_owned());
        }
        if main.property == "P1549"
            && rank_of(object) != "deprecated"
            && let Worth::Text(text) = &main.worth
        {
            self.adjective(place, subject, text, main.language.as_deref());
        }
        let mut roles = Vec::new();
        roles.extend(id.map(|id| self.import.text_role("statement-id", id)));
        let rank = rank_of(object);
        let mut times: IndexMap<String, Vec<Snak>> = IndexMap::new();
        for (place, snak) in self.snaks(place, object, "qualifiers") {
            if TIMES.contains(&snak.property.as_str()) {
                times.entry(snak.property.clone()).or_default().push(snak);
            } else {
                roles.push(self.role(&snak.property, &snak, &place));
            }
        }
        let (valid, left) = period(&times);
        for snak in left {
            roles.push(self.role(&snak.property, snak, place));
        }
        if !["normal", "deprecated"].contains(&rank) {
            roles.push(self.import.text_role("rank", rank));
        }
        roles.extend(main.language.as_ref().map(|tag| self.import.text_role("language", tag)));
        let is_denied = main.worth == Worth::None;
        let object_term = match is_denied {
            true => TermRecord::absent(Absence::NotStated),
            false => self.term(&main, place),
        };
        let relation = self.import.relation(&main.property);
        let subject = TermRecord::entity(subject);
        let claim = ClaimRecord {
            statement: Some(StatementRecord::new(subject, relation, object_term)),
            roles,
            valid,
            document: Some(self.document.clone()),
            reported: modified,
            ..ClaimRecord::new(if is_denied { Stance::Denies } else { Stance::Asserts })
        };
        let said = self.references(place, object, &claim);
        if rank == "deprecated" {
            self.doubt(place, claim, said);
        } else if said.is_empty() {
            self.import.claim(claim, place.clone());
        } else {
            said.into_iter().for_each(|(said, place)| self.import.claim(said, place));
        }
    }

    /// Adds a demonym (P1549) to the names of its entity. The statement is a claim too.
    fn adjective(&mut self, place: &Place, subject: &str, text: &str, language: Option<&str>) {
        let Some(text) = self.import.name(text, place) else { return };
        let name = language.into_iter().fold(Name::adjective(text), Name::in_language);
        if let Some(record) = self.import.found(subject) {
            record.names.push(name);
        }
    }

    /// Makes the claims of the sources of a statement, each source with the same words once.
    fn references(
        &mut self,
        place: &Place,
        object: &Map<String, Value>,
        claim: &ClaimRecord,
    ) -> Vec<(ClaimRecord, Place)> {
        let mut seen: IndexSet<String> = IndexSet::new();
        let mut said = Vec::new();
        for (index, reference) in many(object.get("references")).iter().enumerate() {
            let place = place.at("references").nth(index);
            // Each reference makes a claim with all qualifiers.
            if said.len().saturating_mul(claim.roles.len()) > REPEATED_ROLES {
                self.import.note("reference past a limit", &place);
                continue;
            }
            if !seen.insert(reference.to_string()) {
                self.import.note("reference that comes twice", &place);
                continue;
            }
            said.extend(self.reference(&place, reference, claim.clone()).map(|said| (said, place)));
        }
        said
    }

    /// Adds the claims of a statement that Wikidata deprecates, and Wikidata's doubt about them. If there is no value
    /// and no source, somebody who is not named denies that there is one, so that the doubt has something to answer.
    fn doubt(&mut self, place: &Place, claim: ClaimRecord, mut said: Vec<(ClaimRecord, Place)>) {
        let is_denied = claim.stance == Stance::Denies;
        if said.is_empty() && is_denied {
            let denial = ClaimRecord { speakers: vec![SpeakerRecord::unnamed()], ..claim.clone() };
            said.push((denial, place.clone()));
        }
        let mut targets = Vec::new();
        for (index, (mut said, place)) in said.into_iter().enumerate() {
            let name = format!("{} {index}", self.statements);
            targets.push(TargetRecord::new(name.clone()));
            said.id = Some(name);
            self.import.claim(said, place);
        }
        // A doubt with the statement would doubt that there is a value.
        let statement = claim.statement.clone().filter(|_| !is_denied);
        let doubt = ClaimRecord { stance: Stance::Doubts, targets, statement, ..claim };
        self.import.claim(doubt, place.clone());
    }

    /// Makes the claim of the source of a reference.
    fn reference(
        &mut self,
        place: &Place,
        value: &Value,
        mut claim: ClaimRecord,
    ) -> Option<ClaimRecord> {
        let Some(object) = value.as_object() else {
            self.import.note("value that is not an object", place);
            return None;
        };
        self.import.others(place, object, &["hash", "snaks", "snaks-order"]);
        let mut snaks = self.snaks(place, object, "snaks");
        let named = |wanted: &str| {
            snaks.iter().position(|(_, snak)| snak.property == wanted && snak.source().is_some())
        };
        if let Some(found) = SOURCES.into_iter().find_map(named) {
            let (place, source) = snaks.remove(found);
            if let Some(key) = self.import.key(source.source().unwrap_or_default(), &place) {
                self.sources.entry(key.clone()).or_insert(place);
                claim.speakers.push(SpeakerRecord::new(key));
            }
        }
        // A day before the start of the period cannot be the report day.
        let begins = claim.valid.as_ref().and_then(|valid| valid.start_earliest());
        let modified = claim.reported.map(Date::from);
        let fits = |day: &Date| {
            modified.is_none_or(|modified| *day <= modified)
                && begins.is_none_or(|begins| begins <= *day)
        };
        let retrieved = |(_, snak): &(Place, Snak)| snak.property == "P813" && snak.day().is_some();
        if let Some(found) = snaks.iter().position(retrieved)
            && let Some(day) = snaks.get(found).and_then(|(_, snak)| snak.day()).filter(fits)
        {
            claim.reported = Some(Day::from(day));
            snaks.remove(found);
        }
        for (place, snak) in &snaks {
            claim.roles.push(self.role(&format!("reference {}", snak.property), snak, place));
        }
        Some(claim)
    }

    /// Reads a snak. One that cannot be used is left out and counted.
    fn snak(&mut self, place: &Place, value: &Value) -> Option<Snak> {
        match Snak::read(value) {
            Ok(snak) if check_key(&snak.property).is_ok() => {
                for (what, field) in &snak.notes {
                    self.import.note(what, &place.at(field));
                }
                Some(snak)
            }
            Ok(_) => {
                self.import.note("snak that is not understood: expected a property", place);
                None
            }
            Err(expected) => {
                self.import
                    .note(&format!("snak that is not understood: expected {expected}"), place);
                None
            }
        }
    }

    /// Returns the snaks in an object, which has them by property, each with its place.
    fn snaks(
        &mut self,
        place: &Place,
        object: &Map<String, Value>,
        name: &str,
    ) -> Vec<(Place, Snak)> {
        let mut snaks = Vec::new();
        for (property, list) in self.map(place, object, name) {
            for (index, value) in many(Some(list)).iter().enumerate() {
                let place = place.at(name).at(property).nth(index);
                snaks.extend(self.snak(&place, value).map(|snak| (place, snak)));
            }
        }
        snaks
    }

    fn role(&mut self, name: &str, snak: &Snak, place: &Place) -> RoleRecord {
        if snak.language.is_some() {
            self.import.note("language of a qualifier", place);
        }
        let value = self.term(snak, place);
        RoleRecord::new(self.import.role(name), value)
    }

    fn term(&mut self, snak: &Snak, place: &Place) -> TermRecord {
        match &snak.worth {
            Worth::Entity(id) if check_key(id).is_ok() => {
                self.named.entry(id.clone()).or_insert_with(|| place.clone());
                TermRecord::entity(id)
            }
            Worth::Entity(id) | Worth::Text(id) => TermRecord::text(id),
            Worth::Quantity(quantity) => TermRecord::quantity((**quantity).clone()),
            Worth::Unknown => TermRecord::absent(Absence::NotStated),
            Worth::None => TermRecord::absent(Absence::Nothing),
        }
    }
}
