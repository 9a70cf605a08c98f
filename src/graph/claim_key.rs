//! Claim keys: the names of claims that are the same in every graph.
//!
//! A claim goes in, its [`ClaimKey`] comes out: the first 128 bits of the SHA-256 of its canonical record. In that
//! record, keys stand in place of handles. Other claims stand under their own keys (a Merkle hash). The ends of a
//! symmetric statement stand in the order of their keys, and an inverse relation is turned to its primary. Writers of
//! files and the order of findings call it.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::id::{ClaimId, EntityId, checked};
use crate::model::reached::reached;
use crate::model::record::{ClaimRecord, TermRecord};
use crate::model::text::{excerpt, json};
use crate::store::stored_claim::Held;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

/// The name of a claim that is the same in every graph: equal claims have equal keys.
///
/// A key is computed when it is first asked for, and kept. It does not depend on the order of insertion, and the
/// renaming of a relation does not change it.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let (russia, nk) = (graph.add(State, "russia")?, graph.add(State, "nk")?);
/// let day = date(2024, 6, 19);
/// let one = graph.insert(Claim::by(russia).asserts(russia, TREATY_WITH, nk).reported(day))?;
/// let same = graph.insert(Claim::by(russia).asserts(nk, TREATY_WITH, russia).reported(day))?;
/// assert_eq!(graph.claim_key(one)?, graph.claim_key(same)?);
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClaimKey([u8; 16]);

impl ClaimKey {
    fn of(bytes: &[u8]) -> Self {
        let digest = hmac_sha256::Hash::hash(bytes);
        let mut key = [0; 16];
        key.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        Self(key)
    }

    pub(crate) fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Returns the 16 bytes.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Returns the 32 hexadecimal digits. It avoids the formatter, which takes most of the time when millions are
    /// written.
    pub(crate) fn text(self) -> String {
        let digit = |number: u8| if number < 10 { b'0' + number } else { b'a' + number - 10 };
        let digits = self.0.map(|byte| [digit(byte >> 4), digit(byte & 15)]);
        String::from_utf8(digits.as_flattened().to_vec()).unwrap_or_default()
    }
}

/// 32 hexadecimal digits.
impl fmt::Display for ClaimKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl fmt::Debug for ClaimKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClaimKey({self})")
    }
}

impl FromStr for ClaimKey {
    type Err = Error;

    /// Reads the 32 hexadecimal digits that [`Display`](fmt::Display) writes.
    fn from_str(text: &str) -> Result<Self, Error> {
        let digits = text.len() == 32 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
        let number = u128::from_str_radix(text, 16).ok().filter(|_| digits);
        number.map(|number| Self(number.to_be_bytes())).ok_or_else(|| {
            let problem = "a claim key has 32 hexadecimal digits";
            Error::new(FieldPath::Key, ErrorKind::BadText { text: excerpt(text), problem })
        })
    }
}

/// As text.
impl Serialize for ClaimKey {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for ClaimKey {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The first claim of each key, for the claims that were asked about so far. A clone of a graph starts with none.
#[derive(Debug, Default)]
pub(crate) struct KeyIndex(Mutex<KnownFirst>);

#[derive(Debug, Default)]
struct KnownFirst {
    /// How many claims are in the table.
    seen: usize,
    first: FxHashMap<ClaimKey, ClaimId>,
}

impl Clone for KeyIndex {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// Returns the texts by which the ends of a symmetric statement are ordered.
fn texts<'t>(term: &'t TermRecord<Cow<'_, str>>) -> [Option<&'t str>; 3] {
    [term.as_entity(), term.as_claim(), term.as_text()]
}

impl ClaimGraph {
    /// Returns the key of the claim, which is the same in every graph.
    ///
    /// # Errors
    /// Returns an error if the graph does not have the claim.
    pub fn claim_key(&self, claim: ClaimId) -> Result<ClaimKey, Error> {
        let claim = self.claim(claim)?;
        self.key_beside(claim.id(), &mut FxHashMap::default())
            .ok_or_else(|| Error::unknown(None, "claim", format!("{claim:?}")))
    }

    /// Returns the claim with this key. If several claims are equal, it is the one that was inserted first.
    ///
    /// The first call computes the keys of all claims. Later calls compute those of the claims that were added since.
    ///
    /// ```
    /// use claimgraph::{claim::ClaimKey, date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let russia = graph.add(State, "russia")?;
    /// let denial = graph.insert(Claim::by(russia).denies(russia, ATTACKS, russia).reported(date(2024, 10, 24)))?;
    /// let text = graph.claim_key(denial)?.to_string();
    /// let key: ClaimKey = text.parse()?;
    /// assert_eq!(graph.claim_keyed(key).map(|claim| claim.id()), Some(denial));
    /// assert!("no key".parse::<ClaimKey>().is_err());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn claim_keyed(&self, key: ClaimKey) -> Option<ClaimRef<'_>> {
        let mut known = self.keyed.0.lock().unwrap_or_else(PoisonError::into_inner);
        let KnownFirst { seen, first } = &mut *known;
        for id in self.ledger.claims().skip(*seen) {
            first.entry(self.claim_key(id).ok()?).or_insert(id);
            *seen += 1;
        }
        ClaimRef::new(self, *first.get(&key)?)
    }

    /// Returns the claims that this one names as target, subject, object or role value. All come before it.
    pub(crate) fn references(&self, claim: ClaimId) -> impl Iterator<Item = ClaimId> {
        ClaimRef::new(self, claim).into_iter().flat_map(|claim| {
            let named = claim.values().into_iter().filter_map(Held::claim);
            claim.targets().map(|(target, _)| target).chain(named)
        })
    }

    /// Returns the entities that stand in the claim: its chain, its document, its ends and roles.
    pub(crate) fn entities_in(&self, claim: ClaimId) -> Vec<EntityId> {
        let Some(claim) = ClaimRef::new(self, claim) else {
            return Vec::new();
        };
        let mut found: Vec<EntityId> =
            claim.chain().iter().filter_map(|link| link.source).collect();
        found.extend(claim.document_id());
        found.extend([claim.subject_entity(), claim.object_entity()].into_iter().flatten());
        found.extend(claim.values().into_iter().filter_map(Held::entity));
        found
    }

    /// Returns the key of a claim. If it was not known, it adds it to these keys, with those of all the claim refers to.
    pub(crate) fn key_beside(
        &self,
        claim: ClaimId,
        keys: &mut FxHashMap<ClaimId, ClaimKey>,
    ) -> Option<ClaimKey> {
        if let Some(known) = self.ledger.keys.get(claim) {
            return Some(ClaimKey(known));
        }
        if let Some(key) = self.key_as_made(claim) {
            return Some(key);
        }
        let mut wanted = reached([claim], |id| {
            let unknown = self.ledger.keys.get(id).is_none();
            let below = unknown.then(|| self.references(id)).into_iter().flatten();
            below.filter(|id| !keys.contains_key(id))
        });
        // References point to earlier claims, so the order of insertion is an order of computing.
        wanted.sort_unstable();
        for below in wanted.into_iter().filter_map(|id| ClaimRef::new(self, id)) {
            if !keys.contains_key(&below.id()) {
                let key = self.key_after(below, |id| checked(keys.get(&id).copied()));
                keys.insert(below.id(), key);
            }
        }
        keys.get(&claim).copied()
    }

    /// Returns the key of a claim that its record does not give: of a redacted claim the one that it had, and of a
    /// claim of a unified graph the one that it has in the graph from which it comes.
    fn key_as_made(&self, claim: ClaimId) -> Option<ClaimKey> {
        self.key_of_redacted(claim).or_else(|| self.made.as_ref()?.claim_key(claim).ok())
    }

    /// Returns the key of a claim, given those of all the claims that it names.
    fn key_after(&self, claim: ClaimRef<'_>, keys: impl Fn(ClaimId) -> ClaimKey) -> ClaimKey {
        if let Some(known) = self.ledger.keys.get(claim.id()) {
            return ClaimKey(known);
        }
        if let Some(key) = self.key_as_made(claim.id()) {
            return key;
        }
        let mut record = self.record(claim, &|id| Cow::from(keys(id).text()));
        self.normalise(&mut record);
        let key = ClaimKey::of(json(&record).as_bytes());
        self.ledger.keys.remember(claim.id(), key.0);
        key
    }

    /// Returns the keys of all claims, in order of insertion.
    pub(crate) fn all_keys(&self) -> Vec<ClaimKey> {
        let mut keys: Vec<ClaimKey> = Vec::with_capacity(self.len());
        for claim in self.claims() {
            keys.push(self.key_after(claim, |id| checked(keys.get(id.index()).copied())));
        }
        keys
    }

    /// Turns a statement to its canonical form: symmetric ends in order, an inverse relation as its primary. A statement
    /// whose object has a figure stays as it is, because no member of the record has a figure of the subject.
    fn normalise<'g>(&'g self, record: &mut ClaimRecord<Cow<'g, str>>) {
        let figure = record.object_quantity.is_some();
        let Some(statement) = record.statement.as_mut().filter(|_| !figure) else {
            return;
        };
        let Some(relation) = self.vocabulary.relations.find(&statement.relation) else {
            return;
        };
        let (primary, turned) = self.vocabulary.primary(relation);
        statement.relation = self.vocabulary.relations.key(primary).into();
        let symmetric = self.vocabulary.relations.get(primary).symmetric;
        if let Some(object) = &mut statement.object
            && (turned || symmetric && texts(object) < texts(&statement.subject))
        {
            std::mem::swap(object, &mut statement.subject);
        }
    }

    /// Returns the key of a claim that is on record, as text.
    pub(crate) fn claim_name(&self, claim: ClaimId) -> String {
        checked(self.claim_key(claim).ok()).text()
    }

    /// Returns the key of an entity that is on record.
    pub(crate) fn key_of(&self, entity: EntityId) -> &str {
        checked(self.registry.key(entity))
    }

    /// Returns the key of an entity that a program named. If the graph does not have the entity, the key is empty.
    pub(crate) fn key_if_known(&self, entity: EntityId) -> &str {
        self.registry.key(entity).unwrap_or_default()
    }

    /// Returns the key of a claim that a program named, as text. If the graph does not have the claim, it is "?".
    pub(crate) fn claim_name_if_known(&self, claim: ClaimId) -> String {
        self.claim_key(claim).map_or_else(|_| "?".to_owned(), ClaimKey::text)
    }
}
