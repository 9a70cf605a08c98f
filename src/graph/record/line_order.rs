//! The order of affiliations and of lineage in answers: that of their lines in a file, without the lines.
//!
//! Members are compared in the order of the record. If one record lacks a member that the other has, the name of its
//! next member decides; a record that has ended comes last, as `}` comes after `,`.

use crate::graph::ClaimGraph;
use crate::graph::claim_key::ClaimKey;
use crate::model::id::{AffiliationId, LineageId};
use crate::model::lineage::Scope;
use crate::model::time::day::Day;
use crate::model::time::period::Period;
use crate::model::time::window::Window;
use crate::model::value::stance::Basis;
use std::cmp::Ordering;

/// The members of a record from one on.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Members<'g> {
    Next(Box<(&'static str, Value<'g>, Members<'g>)>),
    End,
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Value<'g> {
    Text(Quoted<'g>),
    Day(Day),
    Claim(ClaimKey),
    Record(Members<'g>),
}

/// A text as between quotation marks: if one text goes on where another ends, the mark is compared.
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct Quoted<'g>(&'g str);

impl Ord for Quoted<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        fn bytes(text: &str) -> impl Iterator<Item = u8> {
            let escaped = |byte: u8| [(b'\\', matches!(byte, b'"' | b'\\')), (byte, true)];
            let told = text.bytes().flat_map(escaped).filter(|(_, told)| *told);
            told.map(|(byte, _)| byte).chain([b'"'])
        }
        bytes(self.0).cmp(bytes(other.0))
    }
}

impl PartialOrd for Quoted<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'g> Members<'g> {
    fn of<const N: usize>(members: [(&'static str, Option<Value<'g>>); N]) -> Self {
        members.into_iter().rev().fold(Members::End, |rest, (name, value)| match value {
            Some(value) => Members::Next(Box::new((name, value, rest))),
            None => rest,
        })
    }

    fn of_window(window: Window) -> Option<Value<'g>> {
        let members = Self::of([
            ("earliest", window.earliest.map(Value::Day)),
            ("latest", window.latest.map(Value::Day)),
        ]);
        (window != Window::default()).then_some(Value::Record(members))
    }

    fn of_period(period: &'g Period) -> Self {
        Self::of([
            ("start", Self::of_window(period.start)),
            ("end", Self::of_window(period.end)),
            ("aspect", text(period.aspect.as_str())),
            ("ongoing", text("true").filter(|_| period.ongoing)),
            ("strict_deadline", period.strict_deadline.map(Value::Day)),
            ("words", period.words.as_deref().and_then(text)),
        ])
    }
}

fn text(text: &str) -> Option<Value<'_>> {
    Some(Value::Text(Quoted(text)))
}

/// Returns the basis, if the record tells it.
fn basis(basis: Basis) -> Option<Value<'static>> {
    text(basis.as_str()).filter(|_| basis != Basis::Stated)
}

impl ClaimGraph {
    /// Returns the members by which affiliations are ordered.
    pub(crate) fn affiliation_order(&self, id: AffiliationId) -> Members<'_> {
        let Some(affiliation) = self.affiliation(id) else { return Members::End };
        let period = affiliation.valid.as_ref().map(Members::of_period);
        Members::of([
            ("part", text(self.key_of(affiliation.part))),
            ("kind", text(affiliation.kind.as_str())),
            ("whole", text(self.key_of(affiliation.whole))),
            ("basis", basis(affiliation.basis)),
            ("document", affiliation.document.and_then(|document| text(self.key_of(document)))),
            ("valid", period.map(Value::Record)),
            ("reported", affiliation.reported.map(|day| Value::Day(day.into()))),
        ])
    }

    /// Returns the members by which lineage links are ordered.
    pub(crate) fn lineage_order(&self, id: LineageId) -> Members<'_> {
        let Some(lineage) = self.lineage(id) else { return Members::End };
        let claim = |id| self.claim_key(id).ok();
        let (document, claims) = match &lineage.scope {
            Scope::Everywhere => (None, None),
            Scope::Document(document) => (text(self.key_of(*document)), None),
            Scope::Claims(claims) => {
                let mut keys: Vec<ClaimKey> = claims.iter().filter_map(|&id| claim(id)).collect();
                keys.sort_unstable();
                let list = keys.into_iter().rev().fold(Members::End, |rest, key| {
                    Members::Next(Box::new(("", Value::Claim(key), rest)))
                });
                (None, Some(Value::Record(list)))
            }
        };
        Members::of([
            ("speaker", text(self.key_of(lineage.from))),
            ("source", text(self.key_of(lineage.to))),
            ("basis", basis(lineage.basis)),
            ("document", document),
            ("claims", claims),
            ("stated_by", lineage.stated_by.and_then(claim).map(Value::Claim)),
            ("reported", lineage.reported.map(|day| Value::Day(day.into()))),
        ])
    }
}
