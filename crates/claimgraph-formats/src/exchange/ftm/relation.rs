//! Writes claims and affiliations as edges and notes of FollowTheMoney.

use crate::exchange::ftm::ID;
use crate::exchange::ftm::id_of;
use crate::exchange::ftm::schema::{Holds, Known, is_currency, known};
use crate::exchange::ftm::writer::{Properties, Writer, put};
use claimgraph::claim::Basis;
use claimgraph::format::WriteError;
use claimgraph::quantity::Precision;
use claimgraph::record::*;
use claimgraph::time::Aspect;
use claimgraph::{ClaimRef, EntityId, EntityRef, Id, Period, Quantity, Stance};

/// Returns true if each end is an entity or not stated.
fn has_ends(statement: &StatementRecord) -> bool {
    let fits = |term: &TermRecord| {
        matches!(term.value, TermValue::Entity(_) | TermValue::Absent(Absence::NotStated))
    };
    fits(&statement.subject) && statement.object.as_ref().is_some_and(fits)
}

impl Writer<'_, '_> {
    /// Writes a claim as the edge that it was read from, perhaps without one of its ends; or else as a link, if the
    /// view joins its ends, and as a note, if not.
    pub(super) fn claim(
        &mut self,
        claim: ClaimRef<'_>,
        name: &str,
        record: &ClaimRecord,
    ) -> Result<(), WriteError> {
        let statement = record.statement.as_ref();
        let code = statement.and_then(|statement| self.code(&statement.relation));
        let model = code.and_then(known).and_then(|model| Some((model, model.ends?)));
        if let (Some(statement), Some((model, ends))) = (statement, model)
            && has_ends(statement)
            && self.is_plain(claim, record)
        {
            return self.edge(model, ends, statement, record, name);
        }
        let mut properties = Properties::new();
        self.account(claim, name, record);
        if self.view.joins(claim.id()) {
            let end = |entity: Option<EntityId>| entity.map(|entity| self.id(entity));
            put(&mut properties, "subject", end(claim.subject_entity()));
            put(&mut properties, "object", end(claim.object_entity()));
            put(&mut properties, "role", statement.map(|statement| &statement.relation));
            let stance = Some(record.stance).filter(|stance| *stance != Stance::Asserts);
            put(&mut properties, "status", stance.map(Stance::as_str));
            if let Some(valid) = &record.valid {
                self.period(valid, &mut properties, name);
            }
            return self.told(claim, name, record, "UnknownLink", properties);
        }
        self.losses.note("statement that is not an edge", name);
        if record.valid.is_some() {
            self.losses.note("period", name);
        }
        put(&mut properties, "keywords", [record.stance.as_str()]);
        for claim in std::iter::once(claim).chain(claim.responses()) {
            let ends = [claim.subject_entity(), claim.object_entity()];
            put(&mut properties, "entity", ends.into_iter().flatten().map(|end| self.id(end)));
        }
        self.told(claim, name, record, "Note", properties)
    }

    /// Writes a claim with its sentence, its speakers and its document.
    fn told(
        &mut self,
        claim: ClaimRef<'_>,
        name: &str,
        record: &ClaimRecord,
        schema: &str,
        mut properties: Properties,
    ) -> Result<(), WriteError> {
        let document = claim.document().map(Id::id);
        let speakers = claim.chain().iter().filter(|link| link.source != document);
        let speakers = speakers.filter_map(|link| link.source);
        put(&mut properties, "description", [claim.to_string()]);
        put(&mut properties, "publisher", speakers.map(|source| self.graph.name_of(source)));
        put(&mut properties, "retrievedAt", self.reported(record));
        put(&mut properties, "proof", record.document.as_deref().map(id_of));
        self.line(name, schema, &properties, record.document.as_deref())
    }

    /// Writes an edge as it was read.
    fn edge(
        &mut self,
        model: &Known,
        (source, target): (&str, &str),
        statement: &StatementRecord,
        record: &ClaimRecord,
        name: &str,
    ) -> Result<(), WriteError> {
        let mut properties = Properties::new();
        let end = |term: &TermRecord| term.as_entity().map(id_of);
        put(&mut properties, source, end(&statement.subject));
        put(&mut properties, target, statement.object.as_ref().and_then(end));
        let mut id = None;
        for role in &record.roles {
            let property = role.role.strip_prefix("ftm:").unwrap_or(&role.role);
            match (model.holds(property), &role.value.value) {
                (None, TermValue::Text(text)) if property == ID && id.is_none() => id = Some(text),
                (Some(Holds::Entity), TermValue::Entity(key)) => {
                    put(&mut properties, property, [id_of(key)]);
                }
                (Some(Holds::Text | Holds::Identifier | Holds::Date), TermValue::Text(text)) => {
                    put(&mut properties, property, [text]);
                }
                _ => self.losses.note("role", name),
            }
        }
        if let Some(quantity) = &record.quantity {
            match figure(quantity).filter(|_| model.is_a("Value")) {
                Some((property, amount)) => {
                    put(&mut properties, property, [amount]);
                    let unit = Some(quantity.unit()).filter(|_| property == "amount");
                    put(&mut properties, "currency", unit);
                }
                None => self.losses.note("quantity", name),
            }
        }
        if let Some(valid) = &record.valid {
            self.period(valid, &mut properties, name);
        }
        put(&mut properties, "retrievedAt", self.reported(record));
        let id = id.map_or(name, String::as_str);
        self.line(id, model.name(), &properties, record.document.as_deref())
    }

    /// Writes an affiliation as a link.
    pub(super) fn affiliation(
        &mut self,
        number: usize,
        affiliation: &AffiliationRecord,
    ) -> Result<(), WriteError> {
        let AffiliationRecord { part, kind, whole, basis, document, valid, reported, .. } =
            affiliation;
        let id = format!("affiliation-{number}");
        let mut properties = Properties::new();
        put(&mut properties, "subject", [id_of(part)]);
        put(&mut properties, "object", [id_of(whole)]);
        put(&mut properties, "role", [kind.to_string()]);
        let basis = Some(basis).filter(|basis| **basis != Basis::Stated);
        put(&mut properties, "status", basis.map(|basis| basis.as_str()));
        self.losses.note("affiliation written as an edge", &format!("{part} {whole}"));
        if let Some(valid) = valid {
            self.period(valid, &mut properties, &id);
        }
        put(&mut properties, "retrievedAt", reported.map(|day| day.to_string()));
        self.line(&id, "UnknownLink", &properties, document.as_deref())
    }

    fn id(&self, entity: EntityId) -> String {
        id_of(self.graph.entity(entity).map_or("", EntityRef::key))
    }

    /// Counts the parts of a claim that cannot be read back from the sentence and the properties.
    fn account(&mut self, claim: ClaimRef<'_>, name: &str, record: &ClaimRecord) {
        let has_place = record.span.is_some() || record.cue.is_some();
        let parts = [
            ("speaker", !record.speakers.is_empty()),
            ("stance", record.stance != Stance::Asserts),
            ("answered claim", !record.targets.is_empty()),
            ("role", !record.roles.is_empty()),
            ("quantity", record.quantity.is_some() || record.factor.is_some()),
            ("quantity of the object", record.object_quantity.is_some()),
            ("direction", record.direction.is_some()),
            ("certainty", record.certainty.is_some() || record.grade.is_some()),
            ("modality", record.modality.is_some()),
            ("prominence", record.prominence.is_some()),
            ("polarity", record.polarity.is_some()),
            ("quotation", has_place || record.words.is_some() || !record.quotes.is_empty()),
            ("time of utterance", record.said.is_some()),
            (
                "basis",
                claim
                    .statement()
                    .is_some_and(|s| [s.subject_basis(), s.object_basis()] != [Basis::Stated; 2]),
            ),
        ];
        parts.iter().filter(|(_, lost)| *lost).for_each(|(kind, _)| self.losses.note(kind, name));
    }

    /// Returns the report day of a claim, unless it is the date of the document.
    fn reported(&self, record: &ClaimRecord) -> Option<String> {
        let reported = record.reported.filter(|_| !self.is_at_its_date(record));
        reported.map(|day| day.to_string())
    }

    fn period(&mut self, period: &Period, properties: &mut Properties, name: &str) {
        // Several dates are a set.
        if let Some(set) =
            period.edtf().filter(|edtf| edtf.starts_with('{') && !edtf.contains(".."))
        {
            let dates = set.trim_matches(['{', '}']).split(',').map(|date| date.trim().to_owned());
            return put(properties, "date", dates);
        }
        let exact = Period::from_days(period.days(), period.aspect());
        let edtf = exact.edtf().filter(|edtf| !edtf.starts_with('[') && !edtf.starts_with('-'));
        let kept = edtf.is_some() && exact == *period && period.aspect() != Aspect::Cumulative;
        if !kept {
            self.losses.note("period", name);
        }
        let (start, end) = match edtf.as_deref().map(|edtf| edtf.split_once('/').ok_or(edtf)) {
            Some(Err(date)) => return put(properties, "date", [date]),
            Some(Ok((start, end))) => (Some(start.to_owned()), Some(end.to_owned())),
            None => {
                let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
                (day(period.start_earliest()), day(period.end_latest()))
            }
        };
        let is_date = |date: &String| !date.is_empty() && !date.starts_with(['-', '.']);
        put(properties, "startDate", start.filter(is_date));
        put(properties, "endDate", end.filter(is_date));
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
