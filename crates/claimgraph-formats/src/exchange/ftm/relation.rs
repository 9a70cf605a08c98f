//! Writes claims as edges and notes of FollowTheMoney.

use crate::exchange::ftm::ID;
use crate::exchange::ftm::id_of;
use crate::exchange::ftm::schema::{Holds, Known, is_currency};
use crate::exchange::ftm::writer::{Properties, Writer, put};
use claimgraph::claim::Basis;
use claimgraph::format::WriteError;
use claimgraph::quantity::Precision;
use claimgraph::record::*;
use claimgraph::time::Aspect;
use claimgraph::{ClaimRef, EntityRef, Id, Period, Quantity, Stance};

impl Writer<'_, '_> {
    /// Returns true if each end is an entity or not stated.
    pub(super) fn has_ends(&self, record: &ClaimRecord) -> bool {
        let fits = |term: &TermRecord| {
            matches!(term.value, TermValue::Entity(_) | TermValue::Absent(Absence::NotStated))
        };
        record
            .statement
            .as_ref()
            .is_some_and(|s| fits(&s.subject) && s.object.as_ref().is_some_and(fits))
    }

    /// Writes an edge as it was read.
    pub(super) fn own_edge(
        &mut self,
        schema: &str,
        model: &Known,
        record: ClaimRecord,
        mut properties: Properties,
        name: &str,
    ) -> Result<(), WriteError> {
        let mut id = None;
        for role in &record.roles {
            let property = role.role.strip_prefix("ftm:").unwrap_or(&role.role);
            let value = match (model.holds(property), &role.value.value) {
                (None, TermValue::Text(text)) if property == ID && id.is_none() => {
                    id = Some(text.clone());
                    continue;
                }
                (Some(Holds::Entity), TermValue::Entity(key)) => Some(id_of(key)),
                (Some(Holds::Text | Holds::Identifier | Holds::Date), TermValue::Text(text)) => {
                    Some(text.clone())
                }
                _ => None,
            };
            match value {
                Some(value) => put(&mut properties, property, &value),
                None => self.losses.note("role", name),
            }
        }
        if let Some(quantity) = &record.quantity {
            match figure(quantity).filter(|_| model.is_a("Value")) {
                Some(("amount", amount)) => {
                    put(&mut properties, "amount", &amount);
                    put(&mut properties, "currency", quantity.unit());
                }
                Some((property, amount)) => put(&mut properties, property, &amount),
                None => self.losses.note("quantity", name),
            }
        }
        if let Some(valid) = &record.valid {
            self.period(valid, &mut properties, name);
        }
        self.reported(&record, &mut properties);
        let datasets = record.document.as_deref().map(|key| vec![id_of(key)]);
        self.line(id.as_deref().unwrap_or(name), schema, &properties, datasets)
    }

    /// Writes a claim that is not an edge, as a note on all the entities that it names.
    pub(super) fn note(
        &mut self,
        claim: ClaimRef<'_>,
        name: &str,
        record: &ClaimRecord,
    ) -> Result<(), WriteError> {
        self.account(claim, name, record);
        self.losses.note("statement that is not an edge", name);
        if record.valid.is_some() {
            self.losses.note("period", name);
        }
        let mut properties = Properties::new();
        put(&mut properties, "description", &claim.to_string());
        put(&mut properties, "keywords", record.stance.as_str());
        let mut open: Vec<ClaimRef<'_>> = vec![claim];
        open.extend(claim.responses());
        for claim in open {
            let ends = [claim.subject_entity(), claim.object_entity()];
            for entity in ends.into_iter().flatten() {
                let key = self.graph.entity(entity).map_or("", EntityRef::key);
                put(&mut properties, "entity", &id_of(key));
            }
        }
        self.speakers(claim, &mut properties);
        self.reported(record, &mut properties);
        let document = record.document.as_deref().map(id_of);
        document.iter().for_each(|id| put(&mut properties, "proof", id));
        self.line(name, "Note", &properties, document.map(|id| vec![id]))
    }

    /// Counts the parts of a claim that cannot be read back from the sentence and the properties.
    pub(super) fn account(&mut self, claim: ClaimRef<'_>, name: &str, record: &ClaimRecord) {
        let parts = [
            ("speaker", !record.speakers.is_empty()),
            ("stance", record.stance != Stance::Asserts),
            ("claims that are answered", !record.targets.is_empty()),
            ("role", !record.roles.is_empty()),
            ("quantity", record.quantity.is_some() || record.factor.is_some()),
            ("certainty", record.certainty.is_some() || record.grade.is_some()),
            ("modality", record.modality.is_some()),
            ("prominence", record.prominence.is_some()),
            ("polarity", record.polarity.is_some()),
            ("quotation", record.span.is_some() || record.words.is_some() || record.cue.is_some()),
            ("day it was said", record.said.is_some()),
            (
                "basis",
                claim
                    .statement()
                    .is_some_and(|s| [s.subject_basis(), s.object_basis()] != [Basis::Stated; 2]),
            ),
        ];
        parts.iter().filter(|(_, lost)| *lost).for_each(|(kind, _)| self.losses.note(kind, name));
    }

    pub(super) fn speakers(&mut self, claim: ClaimRef<'_>, properties: &mut Properties) {
        for link in claim.chain().iter().filter(|link| link.source != claim.document().map(Id::id))
        {
            if let Some(source) = link.source {
                put(properties, "publisher", self.graph.name_of(source));
            }
        }
    }

    pub(super) fn reported(&self, record: &ClaimRecord, properties: &mut Properties) {
        if let Some(reported) = record.reported.filter(|_| !self.is_at_its_date(record)) {
            put(properties, "retrievedAt", &jiff::civil::Date::from(reported).to_string());
        }
    }

    pub(super) fn period(&mut self, period: &Period, properties: &mut Properties, name: &str) {
        let exact = Period::from_days(period.days(), period.aspect());
        let edtf = exact.edtf().filter(|edtf| !edtf.starts_with('[') && !edtf.starts_with('-'));
        let kept = edtf.is_some() && exact == *period && period.aspect() != Aspect::Cumulative;
        if !kept {
            self.losses.note("period", name);
        }
        let (start, end) = match edtf.as_deref().map(|edtf| edtf.split_once('/').ok_or(edtf)) {
            Some(Err(date)) => return put(properties, "date", date),
            Some(Ok((start, end))) => (Some(start.to_owned()), Some(end.to_owned())),
            None => {
                let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
                (day(period.start_earliest()), day(period.end_latest()))
            }
        };
        let is_date = |date: &String| !date.is_empty() && !date.starts_with(['-', '.']);
        start
            .iter()
            .filter(|date| is_date(date))
            .for_each(|date| put(properties, "startDate", date));
        end.iter().filter(|date| is_date(date)).for_each(|date| put(properties, "endDate", date));
    }
}

/// Returns the property for a quantity that is nothing but an amount of money.
fn figure(quantity: &Quantity) -> Option<(&'static str, String)> {
    let bare =
        quantity.lower().is_none() && quantity.upper().is_none() && quantity.words().is_none();
    let amount =
        quantity.central().filter(|_| bare && quantity.precision() == Precision::Stated)?;
    match quantity.unit() {
        "EUR" => Some(("amountEur", amount.plain())),
        "USD" => Some(("amountUsd", amount.plain())),
        unit if is_currency(unit) => Some(("amount", amount.plain())),
        _ => None,
    }
}
