//! What the readers of other programs' files share: options, a vocabulary that grows with what is met,
//! and entities before claims, in whatever order the file names them.

use crate::files::format::error::{Limits, ReadError, ReadErrorKind};
use crate::files::format::loss::{Imported, Losses};
use crate::formats::json::Item;
use crate::graph::record::export::FORMAT_VERSION;
use crate::graph::record::import::Loader;
use crate::model::error::Error;
use crate::model::record::*;
use crate::model::text::excerpt;
use crate::model::time::day::Day;
use crate::model::value::stance::Stance;
use crate::model::vocabulary::{KindDef, RelationDef, RoleDef, Slot, Vocabulary};
use indexmap::IndexMap;
use jiff::civil::Date;

/// What a reader of another program's file cannot find in it: under which key the file itself is a
/// document, and the day from which its claims are on record where they bring none.
///
/// ```
/// use claimgraph::{date, ClaimGraph, ImportOptions};
/// let line = r#"{"id":"p1","schema":"Person","properties":{"name":["Ann"],"birthDate":["1970"]}}"#;
/// let options = ImportOptions::new().document("register-2024").reported(date(2024, 10, 24));
/// let read = ClaimGraph::read_ftm_with(line.as_bytes(), &options)?;
/// let claim = read.graph.claims().next().unwrap();
/// assert_eq!(read.graph.name_of(claim.speaker().unwrap()), "register-2024");
/// assert_eq!(claim.reported(), date(2024, 10, 24));
/// # Ok::<(), claimgraph::format::ReadError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[must_use = "options change nothing by themselves"]
pub struct ImportOptions {
    pub(crate) document: Option<String>,
    pub(crate) reported: Option<Date>,
    pub(crate) limits: Limits,
}

impl ImportOptions {
    /// The defaults: a document named for the format, today, the default limits.
    pub fn new() -> Self {
        Self::default()
    }

    /// The key of the document that the file is, and whose word it is where the file names nobody.
    pub fn document(mut self, key: impl Into<String>) -> Self {
        self.document = Some(key.into());
        self
    }

    /// The day from which the file is on record. Without one it is the day of reading (UTC), so give
    /// one where the same input must give the same graph.
    pub fn reported(mut self, day: Date) -> Self {
        self.reported = Some(day);
        self
    }

    /// What is accepted at most.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    pub(crate) fn day(&self) -> Date {
        self.reported.unwrap_or_else(today)
    }

    pub(crate) fn key(&self, usual: &str) -> String {
        self.document.clone().unwrap_or_else(|| usual.to_owned())
    }
}

fn today() -> Date {
    let now =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let days = i32::try_from(now.as_secs() / 86_400).unwrap_or_default();
    let epoch = Day::from(Date::constant(1970, 1, 1)).number();
    Day::of_number(epoch.saturating_add(days)).date()
}

/// Where a record came from, for faults and losses.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Origin {
    pub(crate) line: Option<u64>,
    pub(crate) path: String,
}

impl Origin {
    pub(crate) fn of(item: &Item, field: &str) -> Self {
        let dot = if item.path.is_empty() || field.is_empty() { "" } else { "." };
        Self { line: item.line, path: format!("{}{dot}{field}", item.path) }
    }

    fn refused(&self, error: Error) -> ReadError {
        let field = Some(self.path.clone()).filter(|path| !path.is_empty());
        let field = field.or_else(|| error.part().map(|part| part.to_string()));
        ReadError::new(ReadErrorKind::Refused(error)).line_of(self.line).field_of(field)
    }
}

/// Collects what a file says, in any order, and makes a graph of it.
pub(crate) struct Foreign {
    prefix: &'static str,
    known: Vocabulary,
    kinds: IndexMap<String, KindDef>,
    relations: IndexMap<String, RelationDef>,
    roles: IndexMap<String, RoleDef>,
    entities: IndexMap<String, (EntityRecord, Origin)>,
    claims: Vec<(ClaimRecord, Origin)>,
    pub(crate) losses: Losses,
}

impl Foreign {
    /// Over the vocabulary for reporting; names of it that mean something else in the file get the
    /// prefix of the format.
    pub(crate) fn new(prefix: &'static str) -> Self {
        Self {
            prefix,
            known: crate::model::vocabulary::reporting::vocabulary(),
            kinds: IndexMap::new(),
            relations: IndexMap::new(),
            roles: IndexMap::new(),
            entities: IndexMap::new(),
            claims: Vec::new(),
            losses: Losses::default(),
        }
    }

    /// A kind of the file; one of the vocabulary for reporting where that has it.
    pub(crate) fn kind(&mut self, key: &str, above: &[&str]) -> String {
        if self.known.kind(key).is_none() && !self.kinds.contains_key(key) {
            self.kinds.insert(key.to_owned(), KindDef::new(key, above.iter().copied()));
        }
        key.to_owned()
    }

    /// Whether the vocabulary for reporting has the kind.
    pub(crate) fn has_kind(&self, key: &str) -> bool {
        self.known.kind(key).is_some()
    }

    /// A relation of the file between anything and anything, with its code there.
    pub(crate) fn relation(&mut self, name: &str, label: Option<&str>) -> String {
        let key =
            if self.known.relation(name).is_some() { self.prefixed(name) } else { name.to_owned() };
        if !self.relations.contains_key(&key) {
            let mut def = RelationDef::new(key.clone(), Slot::Any, Slot::Any);
            def.label = label.map(str::to_owned);
            def.codes.push((self.prefix.to_owned(), name.to_owned()));
            self.relations.insert(key.clone(), def);
        }
        key
    }

    /// Gives relations the verb phrases that the file has for them.
    pub(crate) fn label(&mut self, label: impl Fn(&str) -> Option<String>) {
        for (key, def) in &mut self.relations {
            def.label = def.label.take().or_else(|| label(key));
        }
    }

    /// A role of the file that any claim may have.
    pub(crate) fn role(&mut self, name: &str) -> String {
        let takes = |def: &RoleDef| def.general && def.value == Slot::Any && def.at_most.is_none();
        let key = match self.known.role(name) {
            Some(def) if takes(def) => return name.to_owned(),
            Some(_) => self.prefixed(name),
            None => name.to_owned(),
        };
        if !self.roles.contains_key(&key) {
            self.roles.insert(
                key.clone(),
                RoleDef { general: true, ..RoleDef::new(key.clone(), Slot::Any) },
            );
        }
        key
    }

    fn prefixed(&self, name: &str) -> String {
        format!("{}:{name}", self.prefix)
    }

    /// The entity of that key, made of this kind if it is new.
    pub(crate) fn entity(&mut self, key: &str, kind: &str, origin: &Origin) -> &mut EntityRecord {
        let made = || {
            let record = EntityRecord {
                key: key.to_owned(),
                kind: kind.to_owned(),
                names: Vec::new(),
                codes: Vec::new(),
                document: None,
            };
            (record, origin.clone())
        };
        &mut self.entities.entry(key.to_owned()).or_insert_with(made).0
    }

    pub(crate) fn knows(&self, key: &str) -> bool {
        self.entities.contains_key(key)
    }

    pub(crate) fn found(&mut self, key: &str) -> Option<&mut EntityRecord> {
        self.entities.get_mut(key).map(|(record, _)| record)
    }

    /// The document of that key, made with this date if it is new.
    pub(crate) fn document(
        &mut self,
        key: &str,
        date: Option<Date>,
        origin: &Origin,
    ) -> &mut EntityRecord {
        let record = self.entity(key, "Document", origin);
        if record.document.is_none() && record.kind == "Document" {
            record.document =
                Some(DocumentRecord { date: date.map(DayText::from), ..DocumentRecord::default() });
        }
        record
    }

    pub(crate) fn claim(&mut self, claim: ClaimRecord, origin: Origin) {
        self.claims.push((claim, origin));
    }

    pub(crate) fn claims_mut(&mut self) -> impl Iterator<Item = &mut ClaimRecord> {
        self.claims.iter_mut().map(|(claim, _)| claim)
    }

    /// The date of each document.
    pub(crate) fn document_days(&self) -> IndexMap<String, Option<DayText>> {
        let dated = |(key, (record, _)): (&String, &(EntityRecord, Origin))| {
            record.document.as_ref().map(|document| (key.clone(), document.date))
        };
        self.entities.iter().filter_map(dated).collect()
    }

    /// The graph. A claim that is refused for its retraction or answer is a fault of the file.
    pub(crate) fn finish(self) -> Result<Imported, ReadError> {
        let mut vocabulary = self.known;
        let refused = |error: Error| ReadError::new(ReadErrorKind::Refused(error));
        for kind in self.kinds.into_values() {
            vocabulary.add_kind(kind).map_err(refused)?;
        }
        for role in self.roles.into_values() {
            vocabulary.add_role(role).map_err(refused)?;
        }
        vocabulary.add_relations(self.relations.into_values().collect()).map_err(refused)?;
        let mut loader = Loader::new();
        let header = Header { format: FORMAT_VERSION, vocabulary };
        loader.push(Record::Claimgraph(Box::new(header))).map_err(refused)?;
        // Who publishes comes before what is published.
        let (documents, others): (Vec<_>, Vec<_>) =
            self.entities.into_values().partition(|(record, _)| record.document.is_some());
        for (record, origin) in others.into_iter().chain(documents) {
            loader.push(Record::Entity(Box::new(record))).map_err(|error| origin.refused(error))?;
        }
        for (record, origin) in self.claims {
            loader.push_claim(record).map_err(|error| origin.refused(error))?;
        }
        Ok(Imported { graph: loader.finish(), losses: self.losses })
    }
}

/// A claim with nothing but a stance.
pub(crate) fn bare(stance: Stance) -> ClaimRecord {
    ClaimRecord {
        id: None,
        speakers: Vec::new(),
        stance,
        polarity: None,
        statement: None,
        targets: Vec::new(),
        roles: Vec::new(),
        quantity: None,
        factor: None,
        valid: None,
        certainty: None,
        modality: None,
        prominence: None,
        document: None,
        span: None,
        words: None,
        cue: None,
        reported: None,
        said: None,
        grade: None,
    }
}

pub(crate) fn entity(key: impl Into<String>) -> TermRecord {
    TermRecord::entity(key)
}

pub(crate) fn text(text: impl Into<String>) -> TermRecord {
    TermRecord::text(text)
}

pub(crate) fn not_stated() -> TermRecord {
    TermRecord::absent(Absence::NotStated)
}

pub(crate) fn statement(
    subject: TermRecord,
    relation: String,
    object: TermRecord,
) -> StatementRecord {
    StatementRecord { subject, relation, object: Some(object), roles: Vec::new() }
}

pub(crate) fn speaker(key: impl Into<String>) -> SpeakerRecord {
    SpeakerRecord {
        source: Some(key.into()),
        basis: crate::model::value::stance::Basis::Stated,
        direct: false,
    }
}

/// A key that can stand in a graph, or why it cannot.
pub(crate) fn key_problem(key: &str) -> Option<String> {
    let error = crate::model::id::check_key(key, crate::model::error::FieldPath::Key).err()?;
    Some(format!("{} cannot be a key: {error}", excerpt(key)))
}
