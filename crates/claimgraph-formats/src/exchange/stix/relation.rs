//! Makes claims of relationships, sightings and opinions.

use crate::exchange::json_input::{day_of, many, whole_in};
use crate::exchange::stix::object::Opened;
use crate::exchange::stix::reader::{Link, Reading};
use claimgraph::record::*;
use claimgraph::{Period, Quantity, Stance};
use serde_json::{Map, Value};

impl Reading {
    pub(super) fn relationship(&mut self, object: &Opened<'_>) {
        let Some(kind) = object.required("relationship_type", &mut self.import) else { return };
        let ends = (self.end(object, "source_ref"), self.end(object, "target_ref"));
        let (Some(source), Some(target)) = ends else {
            return self.import.note("relationship without two ends", &object.place);
        };
        let mut apart = vec!["relationship_type", "source_ref", "target_ref"];
        let valid = period(&object.members, "start_time", "stop_time", &mut apart);
        let statement = StatementRecord::new(source, self.import.relation(kind), target);
        let claim = ClaimRecord {
            id: Some(object.id.clone()),
            statement: Some(statement.clone()),
            roles: self.roles(object, &apart),
            valid,
            ..self.claim_of(object)
        };
        let link = Link { names: vec![object.id.clone()], statement: Some(statement) };
        self.links.insert(object.id.clone(), link);
        self.put(object, vec![claim], &object.place);
    }

    /// Reads a sighting. A count of 0 says that it was not seen, which is a denial.
    pub(super) fn sighting(&mut self, object: &Opened<'_>) {
        let Some(what) = self.end(object, "sighting_of_ref") else { return };
        let relation = self.import.relation("sighting-of");
        let mut apart = vec!["sighting_of_ref", "where_sighted_refs"];
        let count = whole_in(&object.members, "count").filter(|&count| count >= 0);
        apart.extend(count.map(|_| "count"));
        let (stance, seen) = match count {
            Some(0) => (Stance::Denies, None),
            count => (Stance::Asserts, count),
        };
        let claim = ClaimRecord {
            stance,
            quantity: seen.map(|count| Quantity::stated(count, "sightings")),
            valid: period(&object.members, "first_seen", "last_seen", &mut apart),
            roles: self.roles(object, &apart),
            ..self.claim_of(object)
        };
        let places = object.members.get("where_sighted_refs").unwrap_or(&Value::Null);
        let mut places = self.terms(object, "where_sighted_refs", places);
        if places.is_empty() {
            places.push(TermRecord::absent(Absence::NotStated));
        }
        let statements = places
            .into_iter()
            .map(|place| StatementRecord::new(place, relation.clone(), what.clone()));
        let said: Vec<ClaimRecord> = statements
            .enumerate()
            .map(|(number, statement)| ClaimRecord {
                id: Some(named(object, number)),
                statement: Some(statement),
                ..claim.clone()
            })
            .collect();
        self.link(object, &said);
        self.put(object, said, &object.place);
    }

    /// Reads an opinion on claims and entities, once the claims are read.
    pub(super) fn opinion(&mut self, object: &Opened<'_>) {
        let Some(opinion) = object.required("opinion", &mut self.import) else { return };
        let stance = match opinion {
            "strongly-agree" | "agree" => Stance::Confirms,
            "neutral" => Stance::Doubts,
            "disagree" | "strongly-disagree" => Stance::Denies,
            _ => return self.import.note("opinion that is not known", &object.at("opinion")),
        };
        let roles = self.roles(object, &["opinion", "object_refs"]);
        let base = ClaimRecord { roles, ..self.claim_of(object) };
        let mut said = Vec::new();
        for (index, on) in many(object.members.get("object_refs")).iter().enumerate() {
            let place = object.at("object_refs").nth(index);
            let Some(on) = on.as_str().map(str::trim) else {
                self.import.note("value that is not a text", &place);
                continue;
            };
            let id = Some(named(object, said.len()));
            let claim = ClaimRecord { id, ..base.clone() };
            if let Some(link) = self.links.get(on) {
                said.push(ClaimRecord {
                    stance,
                    statement: link.statement.clone().filter(|_| stance == Stance::Denies),
                    targets: link.names.iter().cloned().map(TargetRecord::new).collect(),
                    words: Some(opinion.to_owned()),
                    ..claim
                });
            } else if let Some(on) = self.reference(place, on) {
                let relation = self.import.relation("opinion");
                let statement = StatementRecord::new(on, relation, TermRecord::text(opinion));
                said.push(ClaimRecord { statement: Some(statement), ..claim });
            }
        }
        if said.is_empty() {
            return self.import.note("opinion on nothing", &object.place);
        }
        self.link(object, &said);
        self.put(object, said, &object.place);
    }

    /// Keeps the claims of an object for those that refer to it.
    fn link(&mut self, object: &Opened<'_>, claims: &[ClaimRecord]) {
        let names = claims.iter().filter_map(|claim| claim.id.clone()).collect();
        let statement = claims.first().and_then(|claim| claim.statement.clone());
        self.links.insert(object.id.clone(), Link { names, statement });
    }
}

/// Returns the name of one of the claims of an object.
fn named(object: &Opened<'_>, number: usize) -> String {
    if number == 0 { object.id.clone() } else { format!("{} {number}", object.id) }
}

/// Returns the period between two times, by days. A time that cannot be used stays a role.
fn period(
    object: &Map<String, Value>,
    start: &'static str,
    end: &'static str,
    apart: &mut Vec<&str>,
) -> Option<Period> {
    let day = |name: &str| day_of(object.get(name)?.as_str()?);
    let (from, to) = (day(start), day(end));
    let to = to.filter(|to| from.is_none_or(|from| from <= *to));
    let period = match (from, to) {
        (Some(from), Some(to)) => Period::from_to(Period::on(from), Period::on(to)),
        (Some(from), None) => {
            Period::from_days([Some(from), Some(from), None, None], claimgraph::time::Aspect::State)
        }
        (None, Some(to)) => Period::until(to),
        (None, None) => return None,
    };
    apart.extend(from.map(|_| start));
    apart.extend(to.map(|_| end));
    Some(period)
}
