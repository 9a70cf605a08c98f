//! A checked claim: ends and roles as handles, and the parts that only few claims have. The check makes it, and the
//! ledger stores it.

use crate::model::claim::SpeakerLink;
use crate::model::claim_details::Details;
use crate::model::id::{ClaimId, EntityId, OriginId, RelationId, RoleId};
use crate::model::numbered;
use crate::model::statement::Value;
use crate::model::time::day::Day;
use crate::model::time::period::Period;
use crate::model::value::stance::Basis;
use crate::store::claim_flags::Marks;
use crate::store::time_code::TimeCode;
use serde::{Deserialize, Serialize};

/// A value whose handles are resolved.
pub(crate) type Held = Value<HeldStatement>;

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HeldArgument {
    pub(crate) value: Held,
    pub(crate) basis: Basis,
}

impl HeldArgument {
    /// Returns the entity that the text names here.
    pub(crate) fn named(&self) -> Option<EntityId> {
        self.value.entity().filter(|_| self.basis == Basis::Stated)
    }
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HeldStatement {
    pub(crate) subject: HeldArgument,
    #[serde(with = "numbered")]
    pub(crate) relation: RelationId,
    pub(crate) object: HeldArgument,
    #[serde(default, with = "numbered::pairs", skip_serializing_if = "Vec::is_empty")]
    pub(crate) roles: Vec<(RoleId, HeldArgument)>,
    /// Only a statement that stands in a role is negated or dated.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) negated: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) valid: Option<Box<Period>>,
}

impl HeldArgument {
    fn replace_entities(&mut self, one_for: &dyn Fn(EntityId) -> EntityId) {
        match &mut self.value {
            Held::Entity(entity) => *entity = one_for(*entity),
            // A statement stands in a claim, and no other in it.
            Held::Statement(statement) => statement.replace_entities(one_for),
            Held::Claim(_)
            | Held::Text(_)
            | Held::Quantity(_)
            | Held::Nothing
            | Held::NotStated => {}
        }
    }
}

impl HeldStatement {
    /// Returns the subject, the relation and the object; an end that is not an entity is `None`.
    pub(crate) fn ends(&self) -> (Option<EntityId>, RelationId, Option<EntityId>) {
        (self.subject.value.entity(), self.relation, self.object.value.entity())
    }

    /// Puts other entities in the place of those that stand in it.
    pub(crate) fn replace_entities(&mut self, one_for: &dyn Fn(EntityId) -> EntityId) {
        let roles = self.roles.iter_mut().map(|(_, value)| value);
        let arguments = [&mut self.subject, &mut self.object].into_iter().chain(roles);
        arguments.for_each(|argument| argument.replace_entities(one_for));
    }

    /// Returns the subject, the object and the values of the roles.
    fn arguments(&self) -> impl Iterator<Item = &HeldArgument> {
        [&self.subject, &self.object].into_iter().chain(self.roles.iter().map(|(_, value)| value))
    }
}

/// The parts that only few claims have.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Rich {
    /// The statement's roles are the claim's own; see `roles`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) statement: Option<HeldStatement>,
    #[serde(with = "numbered::pairs", skip_serializing_if = "Vec::is_empty")]
    pub(crate) roles: Vec<(RoleId, HeldArgument)>,
    /// In order of the claims.
    #[serde(with = "numbered::pairs", skip_serializing_if = "Vec::is_empty")]
    pub(crate) targets: Vec<(ClaimId, Basis)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) valid: Option<Box<Period>>,
    #[serde(skip_serializing_if = "Details::is_empty")]
    pub(crate) details: Details,
}

impl Rich {
    /// Puts other entities in the place of those that stand in it.
    pub(crate) fn replace_entities(&mut self, one_for: &dyn Fn(EntityId) -> EntityId) {
        self.statement.iter_mut().for_each(|statement| statement.replace_entities(one_for));
        self.roles.iter_mut().for_each(|(_, value)| value.replace_entities(one_for));
    }

    /// Returns the values that stand in the claim, and those in the statements that stand in its roles.
    pub(crate) fn values(&self) -> Vec<&Held> {
        let own = self.statement.iter().flat_map(HeldStatement::arguments);
        let own = own.chain(self.roles.iter().map(|(_, argument)| argument));
        let mut found: Vec<&Held> = own.map(|argument| &argument.value).collect();
        let mut next = 0;
        while let Some(value) = found.get(next) {
            next += 1;
            if let Held::Statement(statement) = value {
                found.extend(statement.arguments().map(|argument| &argument.value));
            }
        }
        found
    }
}

/// A claim that was checked and resolved.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) chain: Vec<SpeakerLink>,
    pub(crate) document: Option<EntityId>,
    /// Stance, certainty, modality and prominence.
    pub(crate) marks: Marks,
    pub(crate) reported: Day,
    /// The marks of its relation.
    pub(crate) of_relation: u16,
    pub(crate) rich: Rich,
}

/// A claim that was checked and needs no [`Rich`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain {
    pub(crate) origin: OriginId,
    /// All marks.
    pub(crate) marks: Marks,
    pub(crate) statement: Option<(EntityId, RelationId, EntityId)>,
    pub(crate) target: Option<ClaimId>,
    pub(crate) time: TimeCode,
    pub(crate) reported: Day,
}

/// The time of a plain claim.
#[derive(Clone, Debug)]
pub(crate) enum Time {
    Never,
    Day(Day),
    Period(Period),
}

impl From<Period> for Time {
    fn from(period: Period) -> Self {
        period.single_day().map_or(Time::Period(period), Time::Day)
    }
}

/// A connection between two claims that was added to both.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct HeldLink {
    pub(crate) from: ClaimId,
    pub(crate) role: RoleId,
    pub(crate) to: ClaimId,
    pub(crate) basis: Basis,
    pub(crate) because: Option<String>,
}

/// The claims that give the parts of what a chain of revisions says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Revised {
    pub(crate) statement: ClaimId,
    pub(crate) figure: ClaimId,
    pub(crate) period: ClaimId,
}

impl Revised {
    pub(crate) fn itself(claim: ClaimId) -> Self {
        Self { statement: claim, figure: claim, period: claim }
    }
}
