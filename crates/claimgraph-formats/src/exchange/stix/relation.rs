//! Makes claims of relationships, sightings and opinions.

use crate::exchange::json_input::many;
use crate::exchange::stix::reader::{Object, Reading};
use claimgraph::format::{ReadError, parse_day};
use claimgraph::record::*;
use claimgraph::{Period, Quantity, Stance};
use serde_json::{Map, Value};

/// The properties that take a relationship back.
const WITHDRAWN: [&str; 2] = ["revoked", "x_mitre_deprecated"];

impl Reading {
    pub(super) fn relationship(&mut self, object: &Object<'_>) -> Result<(), ReadError> {
        let (item, id) = (object.item, object.id);
        let kind = item.required("relationship_type")?;
        let (source, target) = (self.end(object, "source_ref")?, self.end(object, "target_ref")?);
        item.at("relationship_type").check_key(kind)?;
        let taken_back = |name: &&str| object.members.get(*name) == Some(&Value::Bool(true));
        let withdrawn = WITHDRAWN.into_iter().find(taken_back);
        let mut apart = vec!["relationship_type", "source_ref", "target_ref"];
        apart.extend(WITHDRAWN);
        let valid = period(object.members, "start_time", "stop_time", &mut apart);
        let mut claim = ClaimRecord {
            id: Some(id.to_owned()),
            statement: Some(StatementRecord::new(source, self.import.relation(kind), target)),
            roles: self.roles(object, &apart)?,
            valid,
            ..self.claim_of(object)
        };
        // A claim that is retracted at the last change is on record from its creation.
        if withdrawn.is_some() {
            claim.reported = object.said.or(claim.reported);
        }
        if self.links.insert(id.to_owned(), claim.clone()).is_some() {
            self.import.losses.note("another version of an object", id);
            claim.id = None;
        }
        self.import.claim(claim, item.place.clone());
        if let Some(why) = withdrawn {
            let retraction = ClaimRecord {
                stance: Stance::Retracts,
                targets: vec![TargetRecord::new(id.to_owned())],
                words: Some(why.trim_start_matches("x_mitre_").to_owned()),
                said: Some(object.reported.into()),
                ..self.claim_of(object)
            };
            self.import.claim(retraction, item.at(why));
        }
        Ok(())
    }

    pub(super) fn sighting(&mut self, object: &Object<'_>) -> Result<(), ReadError> {
        let what = self.end(object, "sighting_of_ref")?;
        let relation = self.import.relation("sighting-of");
        let mut apart = vec!["sighting_of_ref", "where_sighted_refs"];
        let count = object.members.get("count").and_then(Value::as_i64).filter(|&n| n >= 0);
        apart.extend(count.map(|_| "count"));
        let claim = ClaimRecord {
            quantity: count.map(|count| Quantity::stated(count, "sightings")),
            valid: period(object.members, "first_seen", "last_seen", &mut apart),
            roles: self.roles(object, &apart)?,
            ..self.claim_of(object)
        };
        let places = object.members.get("where_sighted_refs").unwrap_or(&Value::Null);
        let mut places = self.terms(object.item, "where_sighted_refs", places)?;
        if places.is_empty() {
            places.push(TermRecord::absent(Absence::NotStated));
        }
        for place in places {
            let statement = StatementRecord::new(place, relation.clone(), what.clone());
            let claim = ClaimRecord { statement: Some(statement), ..claim.clone() };
            self.import.claim(claim, object.item.place.clone());
        }
        Ok(())
    }

    /// Reads an opinion on claims and entities, once all of these are read.
    pub(super) fn opinion(&mut self, object: &Object<'_>) -> Result<(), ReadError> {
        let opinion = object.item.required("opinion")?;
        let stance = match opinion {
            "strongly-agree" | "agree" => Stance::Confirms,
            "neutral" => Stance::Doubts,
            "disagree" | "strongly-disagree" => Stance::Denies,
            _ => {
                let expected = "strongly-disagree, disagree, neutral, agree or strongly-agree";
                return Err(object.item.at("opinion").wrong(expected, &Value::from(opinion)));
            }
        };
        let roles = self.roles(object, &["opinion", "object_refs"])?;
        for (index, on) in many(object.members.get("object_refs")).iter().enumerate() {
            let place = object.item.at("object_refs").at(&format!("[{index}]"));
            let on = on.as_str().ok_or_else(|| place.wrong("an id", on))?;
            let claim = ClaimRecord { roles: roles.clone(), ..self.claim_of(object) };
            let claim = match self.links.get(on) {
                Some(link) => ClaimRecord {
                    stance,
                    statement: link.statement.clone().filter(|_| stance == Stance::Denies),
                    targets: vec![TargetRecord::new(on.to_owned())],
                    words: Some(opinion.to_owned()),
                    ..claim
                },
                None => ClaimRecord {
                    statement: Some(StatementRecord::new(
                        TermRecord::entity(self.reference(place.clone(), on)?),
                        self.import.relation("opinion"),
                        TermRecord::text(opinion),
                    )),
                    ..claim
                },
            };
            self.import.claim(claim, place);
        }
        Ok(())
    }
}

/// Returns the period between two times, by days.
fn period(
    object: &Map<String, Value>,
    start: &'static str,
    end: &'static str,
    apart: &mut Vec<&str>,
) -> Option<Period> {
    let day = |name: &str| parse_day(object.get(name)?.as_str()?.get(..10)?);
    let (from, to) = (day(start), day(end));
    let period = match (from, to) {
        (Some(from), Some(to)) if from <= to => Period::from_to(Period::on(from), Period::on(to)),
        (Some(from), None) => format!("{from}/").parse().ok()?,
        (None, Some(to)) => Period::until(to),
        _ => return None,
    };
    apart.extend(from.map(|_| start));
    apart.extend(to.map(|_| end));
    Some(period)
}
