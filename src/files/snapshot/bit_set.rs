//! Places that were come upon: a bit for each.

/// The bit of each place in a word: to look it up takes less than to shift.
const BITS: [u64; 64] = {
    let (mut bits, mut bit) = ([0; 64], 1u64);
    let mut rest: &mut [u64] = &mut bits;
    while let [first, others @ ..] = rest {
        *first = bit;
        bit = bit.wrapping_shl(1);
        rest = others;
    }
    bits
};

/// A set of numbers below a bound.
#[derive(Debug)]
pub(super) struct Places {
    bits: Vec<u64>,
    bound: usize,
}

impl Places {
    /// None of those below `bound`.
    pub(super) fn below(bound: usize) -> Self {
        Self { bits: vec![0; bound.div_ceil(64)], bound }
    }

    /// Adds this place, if it is one of those below the bound.
    #[inline]
    pub(super) fn add(&mut self, place: usize) {
        if let Some(bits) = self.bits.get_mut(place / 64) {
            // The last word has room for some past the bound, which do not count.
            *bits |= BITS.get(place % 64).copied().unwrap_or(0);
        }
    }

    /// Takes this place away; whether it was there.
    #[inline]
    pub(super) fn take(&mut self, place: usize) -> bool {
        let Some(bits) = self.bits.get_mut(place / 64) else { return false };
        let was_there = *bits >> (place % 64) & 1 == 1;
        *bits &= !(1 << (place % 64));
        was_there
    }

    /// The first that is there.
    pub(super) fn first(&self) -> Option<usize> {
        let word = self.bits.iter().position(|&bits| bits != 0)?;
        let place = word * 64 + self.bits.get(word)?.trailing_zeros() as usize;
        (place < self.bound).then_some(place)
    }

    /// The first place below the bound that is not there.
    pub(super) fn missing(&self) -> Option<usize> {
        let word = self.bits.iter().position(|&bits| bits != u64::MAX)?;
        let place = word * 64 + self.bits.get(word)?.trailing_ones() as usize;
        (place < self.bound).then_some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_there_until_it_is_taken_and_the_first_other_is_missing() {
        for bound in [0, 1, 63, 64, 65, 200] {
            let mut places = Places::below(bound);
            assert_eq!((places.first(), places.missing()), (None, (bound > 0).then_some(0)));
            (0..bound).filter(|place| place % 3 != 1).for_each(|place| places.add(place));
            [bound, usize::MAX].into_iter().for_each(|place| places.add(place));
            assert_eq!(
                (places.first(), places.missing()),
                ((bound > 0).then_some(0), (bound > 1).then_some(1))
            );
            let taken = (0..bound).filter(|&place| places.take(place));
            assert!(taken.eq((0..bound).filter(|place| place % 3 != 1)), "{bound}");
            assert_eq!(
                (places.first(), places.take(0), places.take(usize::MAX)),
                (None, false, false)
            );
            (0..bound).for_each(|place| places.add(place));
            assert_eq!(places.missing(), None);
            (1..bound)
                .for_each(|place| assert!(places.take(place - 1) && places.first() == Some(place)));
        }
    }
}
