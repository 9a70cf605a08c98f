//! Places that were come upon: a bit for each.

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
        self.add_if(true, place);
    }

    /// The same, if that is so.
    #[inline]
    pub(super) fn add_if(&mut self, is_so: bool, place: usize) {
        if let Some(bits) = self.bits.get_mut(place / 64) {
            // The last word has room for some past the bound, which do not count.
            *bits |= u64::from(is_so) << (place % 64);
        }
    }

    /// Adds those of another set below the same bound.
    pub(super) fn add_all(&mut self, other: &Self) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(bits, more)| *bits |= more);
    }

    /// All of them, in order.
    pub(super) fn all(&self) -> impl Iterator<Item = usize> {
        let (mut words, mut bits, mut next) = (self.bits.iter(), 0u64, 0usize);
        std::iter::from_fn(move || {
            while bits == 0 {
                bits = *words.next()?;
                next += 64;
            }
            let place = next - 64 + bits.trailing_zeros() as usize;
            bits &= bits - 1;
            (place < self.bound).then_some(place)
        })
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
    fn what_was_added_is_there_and_the_first_other_is_missing() {
        for bound in [0, 1, 63, 64, 65, 200] {
            let mut places = Places::below(bound);
            assert_eq!((places.all().count(), places.missing()), (0, (bound > 0).then_some(0)));
            (0..bound).filter(|place| place % 3 != 1).for_each(|place| places.add(place));
            [bound, usize::MAX].into_iter().for_each(|place| places.add(place));
            assert!(places.all().eq((0..bound).filter(|place| place % 3 != 1)), "{bound}");
            assert_eq!(places.missing(), (bound > 1).then_some(1));
            (0..bound).for_each(|place| places.add(place));
            assert_eq!((places.all().count(), places.missing()), (bound, None));
        }
    }
}
