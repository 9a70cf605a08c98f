//! A list in pieces. Clones share the pieces, and a piece is copied when one of them writes to it. The ledger keeps the
//! parts that few claims have in such a list.

use std::sync::Arc;

/// How many elements a piece has.
const PIECE: usize = 256;

#[derive(Clone, Debug)]
pub(crate) struct Pieces<T>(Vec<Arc<Vec<T>>>);

impl<T> Default for Pieces<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Clone> Pieces<T> {
    pub(crate) fn len(&self) -> usize {
        self.0.last().map_or(0, |last| (self.0.len() - 1) * PIECE + last.len())
    }

    pub(crate) fn get(&self, place: usize) -> Option<&T> {
        self.0.get(place / PIECE)?.get(place % PIECE)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().flat_map(|piece| piece.iter())
    }

    pub(crate) fn push(&mut self, element: T) {
        match self.0.last_mut().filter(|last| last.len() < PIECE) {
            Some(last) => Arc::make_mut(last).push(element),
            None => {
                let mut piece = Vec::with_capacity(PIECE);
                piece.push(element);
                self.0.push(Arc::new(piece));
            }
        }
    }

    /// Returns whether the list begins with these elements. Shared pieces are not compared.
    pub(crate) fn begins_with(&self, other: &Self) -> bool
    where
        T: PartialEq,
    {
        let same = |(ours, theirs): (&Arc<Vec<T>>, &Arc<Vec<T>>)| {
            Arc::ptr_eq(ours, theirs) || ours.starts_with(theirs)
        };
        self.len() >= other.len() && self.0.iter().zip(&other.0).all(same)
    }

    /// Removes all elements past the first `len`.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.0.truncate(len.div_ceil(PIECE));
        if let Some(last) = self.0.get_mut(len / PIECE) {
            Arc::make_mut(last).truncate(len % PIECE);
        }
    }
}

impl<T: Clone> FromIterator<T> for Pieces<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        let mut pieces = Self::default();
        elements.into_iter().for_each(|element| pieces.push(element));
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_grow_and_shrink_apart() {
        for before in [0, 1, 255, 256, 257, 1_000] {
            let mut pieces: Pieces<usize> = (0..before).collect();
            let mut clone = pieces.clone();
            (0..600).for_each(|n| clone.push(10_000 + n));
            pieces.push(7);
            assert_eq!((pieces.len(), clone.len()), (before + 1, before + 600));
            assert_eq!((pieces.get(before), clone.get(before)), (Some(&7), Some(&10_000)));
            for len in [before + 300, before, before / 2, 0] {
                clone.truncate(len);
                assert_eq!((clone.len(), clone.get(len)), (len, None));
                assert!(clone.iter().copied().take(before).eq(0..len.min(before)));
            }
            assert!(pieces.iter().copied().eq((0..before).chain([7])));
        }
    }
}
