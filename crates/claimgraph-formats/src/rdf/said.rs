//! Reads one property of an RDF node as a value of the expected type. If it has another type, it returns an error.

use crate::rdf::iri::{CG, Known};
use crate::rdf::quad_store::{NodeId, Store, Value};
use claimgraph::format::{ReadError, excerpt, parse_day};
use claimgraph::time::Day;
use serde::Deserialize;
use serde::de::value::{Error as WordError, StrDeserializer};
use std::borrow::Cow;
use std::str::FromStr;

/// A triple about a node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said<'s> {
    pub(super) store: &'s Store,
    pub(super) node: NodeId,
    pub(super) predicate: NodeId,
    pub(super) value: &'s Value,
}

impl<'s> Said<'s> {
    /// Returns the predicate, if it has a meaning in the mapping.
    pub(super) fn known(self) -> Option<Known> {
        Known::at(self.predicate)
    }

    pub(super) fn is(self, term: Known) -> bool {
        *self.value == Value::Node(term.node())
    }

    pub(super) fn is_one_of(self, terms: &[Known]) -> bool {
        terms.iter().any(|term| self.is(*term))
    }

    /// Sets the value of a property that has only one value.
    pub(super) fn set<T: PartialEq>(self, slot: &mut Option<T>, value: T) -> Result<(), ReadError> {
        match slot {
            Some(known) if *known != value => {
                let predicate = self.store.name(self.predicate);
                Err(self
                    .store
                    .fault(self.node, format!("{predicate} has two values; expected one")))
            }
            _ => {
                *slot = Some(value);
                Ok(())
            }
        }
    }

    fn expected<T>(self, value: Option<T>, expected: &str) -> Result<T, ReadError> {
        value.ok_or_else(|| {
            let found = match self.value {
                Value::Node(node) => excerpt(self.store.name(*node)),
                Value::Text(text) | Value::Tagged(text, _) | Value::Typed(text, _) => {
                    format!("\"{}\"", excerpt(text))
                }
                Value::Triple => "a triple term".to_owned(),
            };
            let predicate = excerpt(self.store.name(self.predicate));
            self.store.fault(self.node, format!("{predicate} is {found}; expected {expected}"))
        })
    }

    pub(super) fn node(self) -> Result<NodeId, ReadError> {
        self.expected(self.value.node(), "an IRI or a blank node")
    }

    pub(super) fn text(self) -> Result<Cow<'s, str>, ReadError> {
        self.expected(self.store.text_of(self.value), "a text")
    }

    pub(super) fn string(self) -> Result<String, ReadError> {
        self.text().map(Cow::into_owned)
    }

    fn lexical(self) -> Option<&'s str> {
        match self.value {
            Value::Text(text) | Value::Typed(text, _) => Some(text),
            _ => None,
        }
    }

    pub(super) fn day(self) -> Result<Day, ReadError> {
        let day = self.lexical().and_then(parse_day).map(Day::from);
        self.expected(day, "a day such as 2024-10-24")
    }

    /// Parses a number or another value.
    pub(super) fn parsed<T: FromStr>(self, expected: &str) -> Result<T, ReadError> {
        self.expected(self.lexical().and_then(|text| text.parse().ok()), expected)
    }

    pub(super) fn flag(self) -> Result<bool, ReadError> {
        let flag = match self.lexical() {
            Some("true" | "1") => Some(true),
            Some("false" | "0") => Some(false),
            _ => None,
        };
        self.expected(flag, "true or false")
    }

    /// Returns a value of a closed list, such as `cg:stance-asserts`.
    pub(super) fn word<T: Deserialize<'s>>(self, list: &str) -> Result<T, ReadError> {
        let name = self.value.node().map(|node| self.store.name(node));
        let word =
            name.and_then(|name| name.strip_prefix(CG)?.strip_prefix(list)?.strip_prefix('-'));
        let read =
            word.and_then(|word| T::deserialize(StrDeserializer::<WordError>::new(word)).ok());
        self.expected(read, &format!("a term of the vocabulary, cg:{list}-\u{2026}"))
    }
}
