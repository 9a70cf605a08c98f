//! Values of no fixed width as bytes, one after the other, and back without trust.

use crate::model::id::{ClaimId, EntityId};
use crate::model::time::day::Day;
use crate::model::time::period::{Aspect, Period};
use crate::model::time::window::Window;
use crate::model::value::amount::Amount;
use crate::model::value::quantity::{Bound, Precision, Quantity};

/// A handle as a number from one on; none is zero.
#[inline]
pub(super) fn entity_number(entity: Option<EntityId>) -> u32 {
    entity.map_or(0, EntityId::number)
}

#[inline]
pub(super) fn entity_numbered(number: u32) -> Option<EntityId> {
    EntityId::numbered(number)
}

/// A claim as a number from one on.
#[inline]
pub(super) fn claim_number(claim: ClaimId) -> u32 {
    claim.number()
}

#[inline]
pub(super) fn claim_numbered(number: u32) -> Option<ClaimId> {
    ClaimId::numbered(number)
}

/// How many handles there are of each kind, for the handles in a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counts {
    pub(super) entities: usize,
    pub(super) relations: usize,
    pub(super) roles: usize,
    pub(super) claims: usize,
}

impl Counts {
    pub(super) fn entity(&self, number: u32) -> Result<EntityId, String> {
        let entity = entity_numbered(number).filter(|entity| entity.index() < self.entities);
        entity.ok_or_else(|| format!("there is no entity {number}"))
    }

    pub(super) fn claim(&self, number: u32) -> Result<ClaimId, String> {
        let claim = claim_numbered(number).filter(|claim| claim.index() < self.claims);
        claim.ok_or_else(|| format!("there is no claim {number}"))
    }
}

/// What cannot be part of a claim.
pub(super) fn bad<T>(what: &str) -> Result<T, String> {
    Err(format!("what stands there is no {what}"))
}

#[derive(Debug, Default)]
pub(super) struct Packer {
    bytes: Vec<u8>,
    /// A text or list is longer than four billion.
    overfull: bool,
}

impl Packer {
    pub(super) fn u8(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub(super) fn u16(&mut self, number: u16) {
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    pub(super) fn u32(&mut self, number: u32) {
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    pub(super) fn u64(&mut self, number: u64) {
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    /// The bytes, unless something had no room in them.
    pub(super) fn finish(self) -> Option<Vec<u8>> {
        (!self.overfull).then_some(self.bytes)
    }

    /// How many come.
    pub(super) fn count(&mut self, count: usize) {
        let number = u32::try_from(count);
        self.overfull |= number.is_err();
        self.u32(number.unwrap_or(u32::MAX));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.count(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// The text without its length.
    pub(super) fn raw(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    pub(super) fn day(&mut self, day: Day) {
        self.u32(day.number() as u32);
    }

    pub(super) fn amount(&mut self, amount: Amount) {
        let (coefficient, scale) = amount.parts();
        self.bytes.extend_from_slice(&coefficient.to_le_bytes());
        self.u8(scale);
    }

    pub(super) fn quantity(&mut self, quantity: &Quantity) {
        let Quantity { central, precision, lower, upper, unit, words } = quantity;
        let strict = |bound: &Option<Bound>| bound.is_some_and(|bound| bound.strict);
        let flags = [
            central.is_some(),
            lower.is_some(),
            strict(lower),
            upper.is_some(),
            strict(upper),
            words.is_some(),
        ];
        self.u8(bits(flags) | (*precision as u8) << 6);
        self.text(unit);
        central.iter().for_each(|amount| self.amount(*amount));
        [lower, upper].into_iter().flatten().for_each(|bound| self.amount(bound.amount));
        words.iter().for_each(|words| self.text(words));
    }

    pub(super) fn period(&mut self, period: &Period) {
        let Period { start, end, aspect, ongoing, strict_deadline, words } = period;
        let days = [start.earliest, start.latest, end.earliest, end.latest, *strict_deadline];
        let [a, b, c, d, e] = days.map(|day| day.is_some());
        self.u8(bits([a, b, c, d, e, words.is_some(), *ongoing]));
        self.u8(*aspect as u8);
        days.into_iter().flatten().for_each(|day| self.day(day));
        words.iter().for_each(|words| self.text(words));
    }
}

fn bits<const N: usize>(flags: [bool; N]) -> u8 {
    flags.into_iter().rev().fold(0, |bits, flag| bits << 1 | u8::from(flag))
}

/// The bytes of a section that are still to come.
#[derive(Debug)]
pub(super) struct Unpacker<'b>(pub(super) &'b [u8]);

impl<'b> Unpacker<'b> {
    pub(super) fn take(&mut self, count: usize) -> Result<&'b [u8], String> {
        let (taken, rest) = self
            .0
            .split_at_checked(count)
            .ok_or_else(|| format!("{count} bytes are named and not there"))?;
        self.0 = rest;
        Ok(taken)
    }

    pub(super) fn left(&self) -> usize {
        self.0.len()
    }

    pub(super) fn fixed<const N: usize>(&mut self) -> Result<[u8; N], String> {
        let (taken, rest) = self.0.split_first_chunk::<N>().ok_or("it ends within a value")?;
        self.0 = rest;
        Ok(*taken)
    }

    pub(super) fn u8(&mut self) -> Result<u8, String> {
        self.fixed().map(|[byte]| byte)
    }

    pub(super) fn u16(&mut self) -> Result<u16, String> {
        self.fixed().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Result<u32, String> {
        self.fixed().map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Result<u64, String> {
        self.fixed().map(u64::from_le_bytes)
    }

    /// How many come, of `least` bytes each at least: never more than there are bytes for.
    pub(super) fn count(&mut self, least: usize) -> Result<usize, String> {
        let count = self.u32()?;
        let there =
            usize::try_from(count).ok().filter(|count| *count <= self.0.len() / least.max(1));
        there.ok_or_else(|| format!("{count} values are named and not there"))
    }

    pub(super) fn text(&mut self) -> Result<&'b str, String> {
        let length = self.count(1)?;
        std::str::from_utf8(self.take(length)?).map_err(|_| "a text is no UTF-8".to_owned())
    }

    pub(super) fn day(&mut self) -> Result<Day, String> {
        let number = self.fixed().map(i32::from_le_bytes)?;
        Day::in_calendar(number).ok_or_else(|| format!("day {number} is not in the calendar"))
    }

    pub(super) fn amount(&mut self) -> Result<Amount, String> {
        let (coefficient, scale) = (i128::from_le_bytes(self.fixed()?), self.u8()?);
        let amount =
            Amount::new(coefficient, scale).filter(|amount| amount.parts() == (coefficient, scale));
        amount.ok_or_else(|| {
            format!("{coefficient} over 10^{scale} is no decimal in its shortest form")
        })
    }

    pub(super) fn quantity(&mut self) -> Result<Quantity, String> {
        let flags = self.u8()?;
        let has = |bit: u8| flags >> bit & 1 == 1;
        let precision = match flags >> 6 {
            0 => Precision::Stated,
            1 => Precision::Exact,
            2 => Precision::About,
            _ => return bad("precision"),
        };
        if (has(2) && !has(1)) || (has(4) && !has(3)) {
            return bad("bound");
        }
        let unit = self.text()?.to_owned();
        let central = if has(0) { Some(self.amount()?) } else { None };
        let lower =
            if has(1) { Some(Bound { amount: self.amount()?, strict: has(2) }) } else { None };
        let upper =
            if has(3) { Some(Bound { amount: self.amount()?, strict: has(4) }) } else { None };
        let words = if has(5) { Some(self.text()?.to_owned()) } else { None };
        Ok(Quantity { central, precision, lower, upper, unit, words })
    }

    pub(super) fn period(&mut self) -> Result<Period, String> {
        let flags = self.u8()?;
        let has = |bit: u8| flags >> bit & 1 == 1;
        let aspect = match (self.u8()?, flags >> 7) {
            (0, 0) => Aspect::State,
            (1, 0) => Aspect::Occurrence,
            (2, 0) => Aspect::Cumulative,
            _ => return bad("period"),
        };
        let mut days = [None; 5];
        for (bit, day) in (0..).zip(&mut days) {
            *day = if has(bit) { Some(self.day()?) } else { None };
        }
        let words = if has(5) { Some(self.text()?.to_owned()) } else { None };
        let [a, b, c, d, strict_deadline] = days;
        let (start, end) = (Window::new(a, b), Window::new(c, d));
        let period =
            Period { ongoing: has(6), strict_deadline, words, ..Period::of(start, end, aspect) };
        match (period.start, period.end) == (start, end) {
            true => Ok(period),
            false => {
                Err("the ends of a period are not as narrow as they make each other".to_owned())
            }
        }
    }

    /// All was read.
    pub(super) fn end(&self) -> Result<(), String> {
        match self.0.len() {
            0 => Ok(()),
            rest => Err(format!("{rest} bytes come after what was expected")),
        }
    }
}
