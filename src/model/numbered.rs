//! Handles as numbers, for snapshots: claims and entities are counted from 1, relations and roles from 0.

use crate::model::id::{ClaimId, EntityId, KindId, RelationId, RoleId};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(crate) trait Numbered: Copy {
    fn to_number(self) -> u32;
    fn of_number(number: u32) -> Option<Self>;
}

macro_rules! numbered {
    ($($handle:ident: $to:expr, $of:expr;)*) => {$(
        impl Numbered for $handle {
            fn to_number(self) -> u32 {
                $to(self)
            }

            fn of_number(number: u32) -> Option<Self> {
                $of(number)
            }
        }
    )*};
}

numbered! {
    ClaimId: Self::number, Self::numbered;
    EntityId: Self::number, Self::numbered;
    KindId: |place: Self| place.index() as u32, |number| Self::at(number as usize);
    RelationId: |place: Self| place.index() as u32, |number| Self::at(number as usize);
    RoleId: |place: Self| place.index() as u32, |number| Self::at(number as usize);
}

pub(crate) fn serialize<H: Numbered, S: Serializer>(
    handle: &H,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    handle.to_number().serialize(serializer)
}

pub(crate) fn deserialize<'de, H: Numbered, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<H, D::Error> {
    handle(u32::deserialize(deserializer)?)
}

fn handle<H: Numbered, E: Error>(number: u32) -> Result<H, E> {
    H::of_number(number).ok_or_else(|| E::custom(format!("nothing has the number {number}")))
}

/// Lists of pairs whose first is a handle.
pub(crate) mod pairs {
    use super::{Numbered, handle};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<H: Numbered, T: Serialize, S: Serializer>(
        pairs: &[(H, T)],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(pairs.iter().map(|(handle, other)| (handle.to_number(), other)))
    }

    pub(crate) fn deserialize<'de, H: Numbered, T: Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<(H, T)>, D::Error> {
        let pairs = Vec::<(u32, T)>::deserialize(deserializer)?;
        pairs.into_iter().map(|(number, other)| Ok((handle(number)?, other))).collect()
    }
}
