//! Records of plain claims, which most of millions are: the same lines as of [`ClaimRecord`], written from what the graph
//! holds and read where the line lies, without a copy of each text. What is not plain takes the long way.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId};
use crate::model::time::day::Day;
use crate::model::time::period::Period;
use crate::model::value::stance::{Basis, Stance};
use crate::store::origin_table::SpeakerLink;
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;

/// A text, borrowed where it can be.
#[derive(Serialize, Deserialize, Debug)]
#[serde(transparent)]
pub(crate) struct Text<'t>(#[serde(borrow)] Cow<'t, str>);

impl<'t> Text<'t> {
    fn lent(text: &'t str) -> Self {
        Self(Cow::Borrowed(text))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A line of the native format with a plain claim.
#[derive(Serialize, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlainLine<'t> {
    #[serde(borrow)]
    pub(crate) claim: PlainRecord<'t>,
}

/// Of a [`ClaimRecord`](crate::record::ClaimRecord), the members that a plain claim may have, in the same order.
#[derive(Serialize, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlainRecord<'t> {
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<Text<'t>>,
    #[serde(borrow, default, deserialize_with = "one", skip_serializing_if = "Option::is_none")]
    pub(crate) speakers: Option<[PlainSpeaker<'t>; 1]>,
    pub(crate) stance: Stance,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(crate) statement: Option<PlainStatement<'t>>,
    #[serde(borrow, default, deserialize_with = "one", skip_serializing_if = "Option::is_none")]
    pub(crate) targets: Option<[PlainTarget<'t>; 1]>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(crate) valid: Option<Cow<'t, Period>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(crate) document: Option<Text<'t>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reported: Option<Day>,
}

#[derive(Serialize, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlainSpeaker<'t> {
    #[serde(borrow)]
    pub(crate) source: Text<'t>,
}

#[derive(Serialize, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlainStatement<'t> {
    #[serde(borrow)]
    pub(crate) subject: PlainTerm<'t>,
    #[serde(borrow)]
    pub(crate) relation: Text<'t>,
    #[serde(borrow)]
    pub(crate) object: PlainTerm<'t>,
}

#[derive(Serialize, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlainTerm<'t> {
    #[serde(borrow)]
    pub(crate) entity: Text<'t>,
}

#[derive(Serialize, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlainTarget<'t> {
    #[serde(borrow)]
    pub(crate) claim: Text<'t>,
}

/// A list of one, and not `null`, which no list is.
fn one<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<[T; 1]>, D::Error> {
    <[T; 1]>::deserialize(deserializer).map(Some)
}

impl<'t> PlainLine<'t> {
    /// That of a claim under its name.
    pub(crate) fn of(claim: PlainRecord<'t>, name: &'t str) -> Self {
        Self { claim: PlainRecord { id: Some(Text::lent(name)), ..claim } }
    }

    /// The claim of a line that is such a one. An object, as a list has the members of a whole record.
    pub(crate) fn read(line: &'t [u8]) -> Option<PlainRecord<'t>> {
        let rest = line
            .trim_ascii_start()
            .strip_prefix(b"{")?
            .trim_ascii_start()
            .strip_prefix(b"\"claim\"")?;
        let rest = rest.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start();
        rest.starts_with(b"{")
            .then(|| serde_json::from_slice::<Self>(line).ok())?
            .map(|line| line.claim)
    }
}

impl ClaimGraph {
    /// The record of a claim, if it is plain, under no id; `normal` in the form by which statements are compared.
    pub(crate) fn plain_record<'g>(
        &'g self,
        claim: ClaimRef<'g>,
        normal: bool,
        name: impl FnOnce(ClaimId) -> Cow<'g, str>,
    ) -> Option<PlainRecord<'g>> {
        let (stance, marks, document) = (claim.stance(), claim.marks(), claim.document_id());
        let prominence = stance.usual_prominence();
        let usual = (stance.usual_certainty(), stance.usual_modality(), prominence);
        if claim.rich().is_some()
            || (marks.certainty(), marks.modality(), marks.prominence()) != usual
        {
            return None;
        }
        let text = |entity: EntityId| Text::lent(self.key_of(entity));
        let speakers = match self.links_told(claim.chain(), document) {
            [] => None,
            &[SpeakerLink { source: Some(source), basis: Basis::Stated, direct: false }] => {
                Some([PlainSpeaker { source: text(source) }])
            }
            _ => return None,
        };
        let statement = claim.relation_id().and_then(|relation| {
            let (mut subject, mut object) =
                (text(claim.subject_entity()?), text(claim.object_entity()?));
            let (primary, turned) =
                if normal { self.vocabulary.primary(relation) } else { (relation, false) };
            let is_symmetric =
                || self.vocabulary.relation_def(primary).is_some_and(|def| def.symmetric);
            if normal && (turned || object.as_str() < subject.as_str() && is_symmetric()) {
                std::mem::swap(&mut subject, &mut object);
            }
            let relation = Text::lent(self.vocabulary.relation_key(primary));
            Some(PlainStatement {
                subject: PlainTerm { entity: subject },
                relation,
                object: PlainTerm { entity: object },
            })
        });
        let target =
            claim.targets().next().map(|(target, _)| [PlainTarget { claim: Text(name(target)) }]);
        Some(PlainRecord {
            id: None,
            speakers,
            stance,
            statement,
            targets: target,
            valid: claim.period(),
            document: document.map(text),
            reported: Some(claim.reported_day()),
        })
    }
}
