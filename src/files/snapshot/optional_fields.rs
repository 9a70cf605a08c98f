//! What few claims have: a statement with more than two named entities, roles, figures, words, spans.

use crate::files::snapshot::varlen::{Counts, Packer, Unpacker, bad, claim_number, entity_number};
use crate::model::document::Span;
use crate::model::id::{ClaimId, RelationId, RoleId};
use crate::model::value::grade::{Grade, Likelihood, Reliability};
use crate::model::value::stance::{Basis, Polarity};
use crate::store::stored_claim::{Held, HeldArgument, HeldStatement, Rich};

const RELIABILITIES: [Reliability; 6] = [
    Reliability::A,
    Reliability::B,
    Reliability::C,
    Reliability::D,
    Reliability::E,
    Reliability::F,
];
const LIKELIHOODS: [Likelihood; 7] = [
    Likelihood::AlmostNoChance,
    Likelihood::VeryUnlikely,
    Likelihood::Unlikely,
    Likelihood::RoughlyEvenChance,
    Likelihood::Likely,
    Likelihood::VeryLikely,
    Likelihood::AlmostCertain,
];

/// The place of a word among its kind, from one on; zero for none.
fn numbered<T: PartialEq>(all: &[T], word: Option<T>) -> u8 {
    let place = word.and_then(|word| all.iter().position(|other| *other == word));
    place.map_or(0, |place| place as u8 + 1)
}

fn word<T: Copy>(all: &[T], number: u8) -> Result<Option<T>, String> {
    match usize::from(number).checked_sub(1) {
        None => Ok(None),
        Some(place) => {
            all.get(place).copied().map(Some).ok_or_else(|| format!("no grade has number {number}"))
        }
    }
}

impl Packer {
    pub(super) fn rich(&mut self, rich: &Rich) {
        let Rich { polarity, statement, roles, targets, quantity, factor, valid, said, .. } = rich;
        let Rich { span, words, cue, cue_words, grade, .. } = rich;
        let has = [
            polarity.is_some(),
            statement.is_some(),
            !roles.is_empty(),
            !targets.is_empty(),
            quantity.is_some(),
            factor.is_some(),
            valid.is_some(),
            said.is_some(),
            span.is_some(),
            words.is_some(),
            cue.is_some(),
            cue_words.is_some(),
            !grade.is_empty(),
        ];
        self.u16(has.into_iter().rev().fold(0, |bits, has| bits << 1 | u16::from(has)));
        polarity.iter().for_each(|polarity| self.u8(*polarity as u8));
        statement.iter().for_each(|statement| self.ends(statement));
        if !roles.is_empty() {
            self.roles(roles);
        }
        if !targets.is_empty() {
            self.count(targets.len());
            for &(target, basis) in targets {
                self.u32(claim_number(target));
                self.u8(basis as u8);
            }
        }
        quantity.iter().for_each(|quantity| self.quantity(quantity));
        factor.iter().for_each(|factor| self.amount(**factor));
        valid.iter().for_each(|valid| self.period(valid));
        said.iter().for_each(|said| self.day(*said));
        span.iter().for_each(|span| self.span(*span));
        words.iter().for_each(|words| self.text(words));
        cue.iter().for_each(|cue| self.span(*cue));
        cue_words.iter().for_each(|words| self.text(words));
        if !grade.is_empty() {
            self.u8(numbered(&RELIABILITIES, grade.reliability));
            self.u8(grade.credibility.map_or(0, u8::from));
            self.u8(numbered(&LIKELIHOODS, grade.likelihood));
        }
    }

    fn span(&mut self, span: Span) {
        self.u64(span.start);
        self.u64(span.end);
    }

    fn ends(&mut self, statement: &HeldStatement) {
        self.argument(&statement.subject);
        self.u16(statement.relation.index() as u16);
        self.argument(&statement.object);
    }

    fn roles(&mut self, roles: &[(RoleId, HeldArgument)]) {
        self.count(roles.len());
        for (role, argument) in roles {
            self.u16(role.index() as u16);
            self.argument(argument);
        }
    }

    /// A statement that stands somewhere holds no other, so this ends.
    fn argument(&mut self, argument: &HeldArgument) {
        let tag = match argument.held {
            Held::Entity(_) => 0,
            Held::Claim(_) => 1,
            Held::Text(_) => 2,
            Held::Quantity(_) => 3,
            Held::Statement(_) => 4,
            Held::Nothing => 5,
            Held::NotStated => 6,
        };
        self.u8(tag | (argument.basis as u8) << 4);
        match &argument.held {
            Held::Entity(entity) => self.u32(entity_number(Some(*entity))),
            Held::Claim(claim) => self.u32(claim_number(*claim)),
            Held::Text(text) => self.text(text),
            Held::Quantity(quantity) => self.quantity(quantity),
            Held::Statement(statement) => {
                self.ends(statement);
                self.roles(&statement.roles);
            }
            Held::Nothing | Held::NotStated => {}
        }
    }
}

impl Unpacker<'_> {
    pub(super) fn rich(&mut self, counts: &Counts) -> Result<Rich, String> {
        let flags = self.u16()?;
        if flags >> 13 != 0 {
            return bad("list of parts");
        }
        let has = |bit: u8| flags >> bit & 1 == 1;
        let mut rich = Rich::default();
        if has(0) {
            let number = usize::from(self.u8()?);
            rich.polarity = Some(*Polarity::ALL.get(number).ok_or("no polarity has that number")?);
        }
        if has(1) {
            let (subject, relation, object) = self.ends(counts, false)?;
            rich.statement = Some(HeldStatement { subject, relation, object, roles: Vec::new() });
        }
        if has(2) {
            rich.roles = self.roles(counts, false)?;
        }
        if has(3) {
            let count = self.count(5)?;
            rich.targets = (0..count).map(|_| self.target(counts)).collect::<Result<_, _>>()?;
        }
        rich.quantity = if has(4) { Some(Box::new(self.quantity()?)) } else { None };
        rich.factor = if has(5) { Some(Box::new(self.amount()?)) } else { None };
        rich.valid = if has(6) { Some(Box::new(self.period()?)) } else { None };
        rich.said = if has(7) { Some(self.day()?) } else { None };
        rich.span = if has(8) { Some(self.span()?) } else { None };
        rich.words = if has(9) { Some(self.text()?.into()) } else { None };
        rich.cue = if has(10) { Some(self.span()?) } else { None };
        rich.cue_words = if has(11) { Some(self.text()?.into()) } else { None };
        if has(12) {
            let [reliability, credibility, likelihood] = self.fixed()?;
            let credibility = (credibility != 0).then(|| credibility.try_into()).transpose();
            rich.grade = Grade {
                reliability: word(&RELIABILITIES, reliability)?,
                credibility: credibility
                    .map_err(|error: crate::model::error::Error| error.to_string())?,
                likelihood: word(&LIKELIHOODS, likelihood)?,
            };
        }
        Ok(rich)
    }

    fn target(&mut self, counts: &Counts) -> Result<(ClaimId, Basis), String> {
        let target = counts.claim(self.u32()?)?;
        Ok((target, basis(self.u8()?)?))
    }

    fn span(&mut self) -> Result<Span, String> {
        Ok(Span { start: self.u64()?, end: self.u64()? })
    }

    fn ends(
        &mut self,
        counts: &Counts,
        nested: bool,
    ) -> Result<(HeldArgument, RelationId, HeldArgument), String> {
        let subject = self.argument(counts, nested)?;
        let number = self.u16()?;
        let relation =
            RelationId::at(number.into()).filter(|relation| relation.index() < counts.relations);
        let relation = relation.ok_or_else(|| format!("there is no relation {number}"))?;
        Ok((subject, relation, self.argument(counts, nested)?))
    }

    fn roles(
        &mut self,
        counts: &Counts,
        nested: bool,
    ) -> Result<Vec<(RoleId, HeldArgument)>, String> {
        let count = self.count(3)?;
        (0..count)
            .map(|_| {
                let number = self.u16()?;
                let role = RoleId::at(number.into()).filter(|role| role.index() < counts.roles);
                Ok((
                    role.ok_or_else(|| format!("there is no role {number}"))?,
                    self.argument(counts, nested)?,
                ))
            })
            .collect()
    }

    /// `nested` where no further statement may stand.
    fn argument(&mut self, counts: &Counts, nested: bool) -> Result<HeldArgument, String> {
        let tag = self.u8()?;
        let basis = basis(tag >> 4)?;
        let held = match tag & 15 {
            0 => Held::Entity(counts.entity(self.u32()?)?),
            1 => Held::Claim(counts.claim(self.u32()?)?),
            2 => Held::Text(self.text()?.into()),
            3 => Held::Quantity(Box::new(self.quantity()?)),
            4 if !nested => {
                let (subject, relation, object) = self.ends(counts, true)?;
                let roles = self.roles(counts, true)?;
                Held::Statement(Box::new(HeldStatement { subject, relation, object, roles }))
            }
            5 => Held::Nothing,
            6 => Held::NotStated,
            _ => return bad("value"),
        };
        Ok(HeldArgument { held, basis })
    }
}

pub(super) fn basis(number: u8) -> Result<Basis, String> {
    Basis::ALL
        .get(usize::from(number))
        .copied()
        .ok_or_else(|| format!("no basis has number {number}"))
}
