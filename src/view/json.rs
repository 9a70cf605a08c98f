//! The JSON form of answers: an object with named members; claims and entities stand under their keys. `docs/JSON.md`
//! lists the members.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId};
use crate::model::value::stance::Modality;
use crate::view::proof::Step;
use serde::{Serialize, Serializer};

/// Writes `Serialize` for an answer: each member by name, `name: value`, or `name => value` for one that is left
/// out if the value is `None`.
macro_rules! json_form {
    ($type:ty, |$it:ident| { $($name:ident $(: $value:expr)? $(=> $maybe:expr)?),* $(,)? }) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap;
                let $it = self;
                let mut object = to.serialize_map(None)?;
                $(
                    $(object.serialize_entry(stringify!($name), &$value)?;)?
                    $(if let Some(value) = $maybe {
                        object.serialize_entry(stringify!($name), &value)?;
                    })?
                )*
                object.end()
            }
        }
    };
}

pub(crate) use json_form;

/// The key of the claim.
impl Serialize for ClaimRef<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let key = self.graph().claim_key(self.id()).map_err(serde::ser::Error::custom)?;
        to.collect_str(&key)
    }
}

/// Returns the list, `None` if it is empty.
pub(crate) fn some<T>(list: &[T]) -> Option<&[T]> {
    Some(list).filter(|list| !list.is_empty())
}

impl ClaimGraph {
    /// Returns claims, to be written by key.
    pub(crate) fn keyed(&self, claims: &[ClaimId]) -> Vec<ClaimRef<'_>> {
        claims.iter().filter_map(|&id| ClaimRef::new(self, id)).collect()
    }

    /// Returns the key of an entity that may not be known.
    pub(crate) fn keyed_entity(&self, entity: Option<EntityId>) -> Option<&str> {
        entity.map(|entity| self.key_of(entity))
    }

    /// Returns steps, affiliations and lineage as records.
    pub(crate) fn keyed_steps(&self, steps: &[Step]) -> Option<Vec<impl Serialize>> {
        let keyed = steps.iter().filter_map(|step| {
            step.keyed(
                |id| Some(self.affiliation_record(self.affiliation(id)?)),
                |id| Some(self.lineage_record(self.lineage(id)?, &|claim| self.claim_name(claim))),
            )
        });
        Some(keyed.collect::<Vec<_>>()).filter(|steps| !steps.is_empty())
    }
}

/// A claim with its sentence, where the key alone would say too little.
#[derive(Serialize)]
pub(crate) struct Told<'g> {
    claim: ClaimRef<'g>,
    text: String,
    modality: Modality,
}

impl<'g> From<ClaimRef<'g>> for Told<'g> {
    fn from(claim: ClaimRef<'g>) -> Self {
        Self { claim, text: claim.to_string(), modality: claim.modality() }
    }
}
