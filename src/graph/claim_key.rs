//! What a claim is called in every graph.
//!
//! A [`ClaimKey`] is the first 128 bits of the SHA-256 of the claim's canonical record: keys in place of
//! handles, the keys of other claims in place of theirs (a Merkle hash), a symmetric statement with its
//! ends in the order of their keys, an inverse relation turned to its primary.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::error::Error;
use crate::model::id::{ClaimId, EntityId};
use crate::model::record::ClaimRecord;
use crate::store::stored_claim::{Held, HeldArgument};
use indexmap::{IndexMap, IndexSet};
use std::borrow::Cow;
use std::fmt;

/// What a claim is called in every graph: equal claims have equal keys.
///
/// Computed when first asked, and kept. A rename changes a label and no key; a claim's key does not depend on what was
/// inserted before it.
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

    /// The 16 bytes.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// 32 hexadecimal digits.
impl fmt::Display for ClaimKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().unwrap_or(b'0');
        let mut text = [0; 32];
        for (to, byte) in text.chunks_exact_mut(2).zip(self.0) {
            to.iter_mut().zip([byte >> 4, byte & 15]).for_each(|(to, nibble)| *to = digit(nibble));
        }
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for ClaimKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClaimKey({self})")
    }
}

fn claims_in<'a>(arguments: impl Iterator<Item = &'a HeldArgument>, found: &mut Vec<ClaimId>) {
    for argument in arguments {
        match &argument.held {
            Held::Claim(claim) => found.push(*claim),
            Held::Statement(statement) => {
                let inner = [&statement.subject, &statement.object]
                    .into_iter()
                    .chain(statement.roles.iter().map(|(_, value)| value));
                // A statement in a role holds no further statement.
                found.extend(inner.filter_map(|argument| match &argument.held {
                    Held::Claim(claim) => Some(*claim),
                    _ => None,
                }));
            }
            _ => {}
        }
    }
}

impl ClaimGraph {
    /// What the claim is called in every graph.
    ///
    /// # Errors
    /// There is no such claim.
    pub fn claim_key(&self, claim: ClaimId) -> Result<ClaimKey, Error> {
        let claim = self.claim(claim)?;
        let mut keys = IndexMap::new();
        self.keys_below(claim.id(), &mut keys);
        keys.get(&claim.id())
            .copied()
            .ok_or_else(|| Error::unknown(None, "claim", format!("{claim:?}")))
    }

    /// The claims that this one names as target, subject, object or role value. All come before it.
    pub(crate) fn references(&self, claim: ClaimId) -> Vec<ClaimId> {
        let Some(claim) = ClaimRef::new(self, claim) else {
            return Vec::new();
        };
        let mut found: Vec<ClaimId> = claim.targets().map(|(target, _)| target).collect();
        if let Some(rich) = claim.rich() {
            let ends = rich.statement.iter().flat_map(|s| [&s.subject, &s.object]);
            claims_in(ends.chain(rich.roles.iter().map(|(_, value)| value)), &mut found);
        }
        found
    }

    /// The entities that stand in the claim: its chain, its document, its ends and roles.
    pub(crate) fn entities_in(&self, claim: ClaimId) -> Vec<EntityId> {
        let Some(claim) = ClaimRef::new(self, claim) else {
            return Vec::new();
        };
        let mut found: Vec<EntityId> =
            claim.chain().iter().filter_map(|link| link.source).collect();
        found.extend(claim.document_id());
        found.extend([claim.subject_entity(), claim.object_entity()].into_iter().flatten());
        let mut arguments: Vec<&HeldArgument> = Vec::new();
        if let Some(rich) = claim.rich() {
            arguments.extend(rich.statement.iter().flat_map(|s| [&s.subject, &s.object]));
            arguments.extend(rich.roles.iter().map(|(_, value)| value));
        }
        while let Some(argument) = arguments.pop() {
            match &argument.held {
                Held::Entity(entity) => found.push(*entity),
                Held::Statement(statement) => {
                    arguments.extend([&statement.subject, &statement.object]);
                    arguments.extend(statement.roles.iter().map(|(_, value)| value));
                }
                _ => {}
            }
        }
        found
    }

    /// Adds the keys of a claim and of all it refers to.
    pub(crate) fn keys_below(&self, claim: ClaimId, keys: &mut IndexMap<ClaimId, ClaimKey>) {
        let mut wanted = IndexSet::from([claim]);
        let mut next = 0;
        while let Some(&id) = wanted.get_index(next) {
            next += 1;
            if self.ledger.keys.get(id).is_some() {
                continue;
            }
            wanted.extend(self.references(id).into_iter().filter(|id| !keys.contains_key(id)));
        }
        // References point to earlier claims, so the order of insertion is an order of computing.
        wanted.sort_unstable();
        let mut bytes = Vec::new();
        for id in wanted {
            if !keys.contains_key(&id) {
                let key = self.key_after(id, |id| keys.get(&id).copied(), &mut bytes);
                keys.extend(key.map(|key| (id, key)));
            }
        }
    }

    /// The key of a claim, given those of all it refers to; the bytes are room for its record.
    fn key_after(
        &self,
        claim: ClaimId,
        keys: impl Fn(ClaimId) -> Option<ClaimKey>,
        bytes: &mut Vec<u8>,
    ) -> Option<ClaimKey> {
        if let Some(known) = self.ledger.keys.get(claim) {
            return Some(ClaimKey(known));
        }
        let name = |id: ClaimId| keys(id).map(|key| key.to_string()).unwrap_or_default();
        let read = ClaimRef::new(self, claim)?;
        bytes.clear();
        // What a record holds always serialises, and writing to memory does not fail.
        let _ = match self.plain_record(read, true, |id| Cow::Owned(name(id))) {
            Some(record) => serde_json::to_writer(&mut *bytes, &record),
            None => {
                let mut record = self.record(read, &name);
                self.normalise(&mut record);
                serde_json::to_writer(&mut *bytes, &record)
            }
        };
        let key = ClaimKey::of(bytes);
        self.ledger.keys.remember(claim, key.0);
        Some(key)
    }

    /// The keys of all claims, in order of insertion.
    pub(crate) fn all_keys(&self) -> Vec<ClaimKey> {
        let mut keys: Vec<ClaimKey> = Vec::with_capacity(self.len());
        let mut bytes = Vec::new();
        for id in self.ledger.claims() {
            keys.extend(self.key_after(id, |id| keys.get(id.index()).copied(), &mut bytes));
        }
        keys
    }

    /// Turns a statement to the form by which it is compared.
    fn normalise(&self, record: &mut ClaimRecord) {
        let Some(statement) = &mut record.statement else {
            return;
        };
        let Some(relation) = self.vocabulary.relation_place(&statement.relation) else {
            return;
        };
        let (primary, turned) = self.vocabulary.primary(relation);
        statement.relation = self.vocabulary.relation_key(primary).to_owned();
        let symmetric = self.vocabulary.relation_def(primary).is_some_and(|def| def.symmetric);
        if let Some(object) = &mut statement.object {
            let unordered = symmetric
                && (&object.entity, &object.claim, &object.text)
                    < (
                        &statement.subject.entity,
                        &statement.subject.claim,
                        &statement.subject.text,
                    );
            if turned || unordered {
                std::mem::swap(object, &mut statement.subject);
            }
        }
    }

    pub(crate) fn key_of(&self, entity: EntityId) -> &str {
        self.registry.key(entity).unwrap_or("")
    }
}
