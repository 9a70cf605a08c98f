//! Makes claims of relationships, sightings and opinions.

use crate::exchange::import::{Origin, key_problem};
use crate::exchange::json_input::{Item, many};
use crate::exchange::stix::reader::{Made, Reading, required};
use claimgraph::format::{ReadError, ReadErrorKind, parse_day};
use claimgraph::record::*;
use claimgraph::{Period, Quantity, Stance};
use serde_json::{Map, Value};

impl Reading {
    pub(super) fn relationship(
        &mut self,
        item: &Item,
        object: &Map<String, Value>,
        id: &str,
        made: &Made,
    ) -> Result<(), ReadError> {
        let kind = required(item, object, "relationship_type")?;
        let source = required(item, object, "source_ref")?;
        let target = required(item, object, "target_ref")?;
        if let Some(problem) = key_problem(kind) {
            return Err(item.fault("relationship_type", ReadErrorKind::Syntax(problem)));
        }
        let source = TermRecord::entity(self.reference(item, "source_ref", source)?);
        let target = TermRecord::entity(self.reference(item, "target_ref", target)?);
        let relation = self.import.relation(kind, None);
        let taken_back = |name: &str| object.get(name) == Some(&Value::Bool(true));
        let withdrawn = ["revoked", "x_mitre_deprecated"].into_iter().find(|name| taken_back(name));
        let mut apart =
            vec!["relationship_type", "source_ref", "target_ref", "revoked", "x_mitre_deprecated"];
        let valid = period(object, "start_time", "stop_time", &mut apart);
        let roles = self.roles(item, object, id, &apart)?;
        let mut claim = ClaimRecord {
            id: Some(id.to_owned()),
            statement: Some(StatementRecord::new(source, relation, target)),
            roles,
            valid,
            ..self.claim_of(made)
        };
        // A claim that is retracted at the last change is on record from its creation.
        if withdrawn.is_some() {
            claim.reported = made.said.or(claim.reported);
        }
        if self.links.insert(id.to_owned(), claim.clone()).is_some() {
            self.import.losses.note("another version of an object", id);
            claim.id = None;
        }
        self.import.claim(claim, Origin::of(item, ""));
        if let Some(why) = withdrawn {
            let retraction = ClaimRecord {
                stance: Stance::Retracts,
                targets: vec![TargetRecord::new(id.to_owned())],
                words: Some(why.trim_start_matches("x_mitre_").to_owned()),
                said: Some(DayText::from(made.reported)),
                ..self.claim_of(made)
            };
            self.import.claim(retraction, Origin::of(item, why));
        }
        Ok(())
    }

    pub(super) fn sighting(
        &mut self,
        item: &Item,
        object: &Map<String, Value>,
        id: &str,
        made: &Made,
    ) -> Result<(), ReadError> {
        let what = required(item, object, "sighting_of_ref")?;
        let what = TermRecord::entity(self.reference(item, "sighting_of_ref", what)?);
        let relation = self.import.relation("sighting-of", None);
        let mut apart = vec!["sighting_of_ref", "where_sighted_refs"];
        let quantity = object.get("count").and_then(Value::as_i64).filter(|&count| count >= 0);
        if quantity.is_some() {
            apart.push("count");
        }
        let valid = period(object, "first_seen", "last_seen", &mut apart);
        let roles = self.roles(item, object, id, &apart)?;
        let mut places = self.terms(
            item,
            "where_sighted_refs",
            object.get("where_sighted_refs").unwrap_or(&Value::Null),
        )?;
        if places.is_empty() {
            places.push(TermRecord::absent(Absence::NotStated));
        }
        for place in places {
            let claim = ClaimRecord {
                statement: Some(StatementRecord::new(place, relation.clone(), what.clone())),
                roles: roles.clone(),
                quantity: quantity.map(|count| Quantity::stated(count, "sightings")),
                valid: valid.clone(),
                ..self.claim_of(made)
            };
            self.import.claim(claim, Origin::of(item, ""));
        }
        Ok(())
    }

    /// Reads an opinion on claims and entities, once all of these are read.
    pub(super) fn opinion(&mut self, item: &Item) -> Result<(), ReadError> {
        let object = item.object()?;
        if object.get("type").and_then(Value::as_str) != Some("opinion") {
            return Ok(());
        }
        let opinion = required(item, object, "opinion")?;
        let id = required(item, object, "id")?;
        let made = self.made(item, object)?;
        let stance = match opinion {
            "strongly-agree" | "agree" => Stance::Confirms,
            "neutral" => Stance::Doubts,
            "disagree" | "strongly-disagree" => Stance::Denies,
            _ => {
                let value = Value::from(opinion);
                return Err(item.wrong(
                    "opinion",
                    "strongly-disagree, disagree, neutral, agree or strongly-agree",
                    &value,
                ));
            }
        };
        let roles = self.roles(item, object, id, &["opinion", "object_refs"])?;
        for (index, on) in many(object.get("object_refs")).iter().enumerate() {
            let field = format!("object_refs[{index}]");
            let on = on.as_str().ok_or_else(|| item.wrong(&field, "an id", on))?;
            let claim = match self.links.get(on) {
                Some(link) => ClaimRecord {
                    stance,
                    statement: link.statement.clone().filter(|_| stance == Stance::Denies),
                    targets: vec![TargetRecord::new(on.to_owned())],
                    words: Some(opinion.to_owned()),
                    roles: roles.clone(),
                    ..self.claim_of(&made)
                },
                None => ClaimRecord {
                    statement: Some(StatementRecord::new(
                        TermRecord::entity(self.reference(item, &field, on)?),
                        self.import.relation("opinion", None),
                        TermRecord::text(opinion),
                    )),
                    roles: roles.clone(),
                    ..self.claim_of(&made)
                },
            };
            self.import.claim(claim, Origin::of(item, &field));
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
