//! Loads the records of other programs' files. If the graph refuses a record, the smallest part that can be left out
//! is left out and counted with its place, and the rest is loaded.

use crate::even_text;
use claimgraph::Error;
use claimgraph::error::{ErrorKind, FieldPath};
use claimgraph::format::{Losses, ReadError, ReadErrorKind, ReadReport, clipped};
use claimgraph::record::*;
use indexmap::IndexSet;

/// A loader that leaves out the parts that a graph refuses.
#[derive(Debug)]
pub(crate) struct ForeignLoader {
    pub(crate) loader: Loader,
    pub(crate) losses: Losses,
}

impl ForeignLoader {
    pub(crate) fn new(loader: Loader, losses: Losses) -> Self {
        Self { loader, losses }
    }

    /// Returns the graph and the losses. `expected` says what a file of the format has.
    ///
    /// # Errors
    /// Something was left out, and nothing is left.
    pub(crate) fn finish(self, expected: &str) -> Result<ReadReport, ReadError> {
        let graph = self.loader.finish();
        if graph.is_empty() && graph.entity_count() == 0 && !self.losses.is_empty() {
            let found = clipped(&self.losses.to_string(), 300);
            let problem = format!("nothing is understood; expected {expected}; found {found}");
            return Err(ReadError::new(ReadErrorKind::Unsupported(problem)));
        }
        Ok(ReadReport::new(graph, self.losses))
    }

    /// Loads an entity. Returns false if nothing of it could be loaded.
    pub(crate) fn entity(&mut self, mut record: EntityRecord, place: &str) -> bool {
        even_names(&mut record, place, &mut self.losses);
        loop {
            let Err(error) = self.loader.push(Record::Entity(Box::new(record.clone()))) else {
                return true;
            };
            if error.part() == Some(&FieldPath::Name) && !record.names.is_empty() {
                return self.named(record, place);
            }
            let left_out = match error.part() {
                Some(FieldPath::Key) => match error.kind() {
                    ErrorKind::Limit { limit, .. } => shortened(&mut record.codes, *limit),
                    _ => false,
                },
                Some(FieldPath::Document) => match &mut record.document {
                    Some(document) if document.publisher.is_some() => {
                        document.publisher.take().is_some()
                    }
                    Some(document) => std::mem::take(document) != DocumentRecord::default(),
                    None => false,
                },
                _ => false,
            };
            self.note_refused("entity", &error, place, left_out);
            if !left_out {
                return false;
            }
        }
    }

    /// Loads an entity, and then its names one by one, so that only those are left out that are refused.
    fn named(&mut self, mut record: EntityRecord, place: &str) -> bool {
        let names = std::mem::take(&mut record.names);
        let is_loaded = self.entity(record.clone(), place);
        record.codes.clear();
        for name in names.into_iter().filter(|_| is_loaded) {
            let named = EntityRecord { names: vec![name], ..record.clone() };
            if let Err(error) = self.loader.push(Record::Entity(Box::new(named))) {
                self.note_refused("name", &error, place, true);
            }
        }
        is_loaded
    }

    /// Loads a claim. Returns false if nothing of it could be loaded.
    pub(crate) fn claim(&mut self, mut record: ClaimRecord, place: &str) -> bool {
        loop {
            let Err(error) = self.loader.push_claim(record.clone()) else { return true };
            let left_out = error.part().is_some_and(|part| match (error.kind(), part) {
                (ErrorKind::Limit { limit, .. }, FieldPath::Target(_)) => {
                    shortened(&mut record.targets, *limit)
                }
                (ErrorKind::Limit { limit, .. }, FieldPath::Role(_)) => {
                    shortened(&mut record.roles, *limit)
                }
                _ => leave_out(&mut record, part),
            });
            self.note_refused("claim", &error, place, left_out);
            if !left_out {
                return false;
            }
        }
    }

    /// Counts the part that is left out, or the whole record.
    fn note_refused(&mut self, whole: &str, error: &Error, place: &str, left_out: bool) {
        let part = error.part().filter(|_| left_out).map(|part| match part {
            FieldPath::Role(_) => "role".to_owned(),
            FieldPath::Speaker(_) => "speaker".to_owned(),
            FieldPath::Target(_) => "answered claim".to_owned(),
            FieldPath::Valid => "time".to_owned(),
            part => part.to_string(),
        });
        let part = part.unwrap_or_else(|| whole.to_owned());
        self.losses.note(&format!("{part} that is refused"), &at(place, &error.to_string()));
    }
}

/// Cuts a list to a limit. Returns false if it is not longer.
fn shortened<T>(list: &mut Vec<T>, limit: u64) -> bool {
    let before = list.len();
    list.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    list.len() < before
}

/// Returns a place with the problem that was found there.
fn at(place: &str, problem: &str) -> String {
    if place.is_empty() { problem.to_owned() } else { format!("{place}: {problem}") }
}

/// Evens out the names of an entity. Blank names are left out and counted; equal names are there once.
fn even_names(record: &mut EntityRecord, place: &str, losses: &mut Losses) {
    let mut seen = IndexSet::new();
    record.names.retain_mut(|name| match even_text::name(name.text()) {
        None => {
            losses.note("blank name", place);
            false
        }
        Some(even) => {
            if even != name.text() {
                *name = name.clone().with_text(even);
            }
            seen.insert(name.clone())
        }
    });
}

/// Leaves out a part of a claim. Returns false if the claim has no such part, or cannot do without it.
fn leave_out(record: &mut ClaimRecord, part: &FieldPath) -> bool {
    match part {
        FieldPath::Valid => record.valid.take().is_some(),
        FieldPath::Said => record.said.take().is_some(),
        FieldPath::Words => record.words.take().is_some(),
        FieldPath::Document => record.document.take().is_some(),
        FieldPath::Quantity => {
            let quantities = [record.quantity.take(), record.object_quantity.take()];
            quantities.iter().any(Option::is_some) | record.factor.take().is_some()
        }
        FieldPath::Role(key) => {
            let before = record.roles.len();
            record.roles.retain(|role| role.role != *key);
            record.roles.len() < before
        }
        FieldPath::Target(index) if *index < record.targets.len() => {
            record.targets.remove(*index);
            true
        }
        FieldPath::Speaker(_) => {
            let unnamed = vec![SpeakerRecord::unnamed()];
            std::mem::replace(&mut record.speakers, unnamed.clone()) != unnamed
        }
        FieldPath::Object => {
            let not_stated = TermRecord::absent(Absence::NotStated);
            let object = record.statement.as_mut().and_then(|said| said.object.as_mut());
            object.is_some_and(|object| std::mem::replace(object, not_stated.clone()) != not_stated)
        }
        _ => false,
    }
}
