//! The one walk along references, lineage and affiliations: everything that steps lead to, each item once.

use indexmap::IndexSet;
use std::hash::Hash;

/// Returns the items and everything that steps from them lead to, in the order in which the walk meets them.
///
/// `onward` returns the items that one step from an item leads to. It is asked of each item once, so the walk ends even
/// if steps go round.
pub(crate) fn reached<T: Copy + Eq + Hash, I: IntoIterator<Item = T>>(
    from: impl IntoIterator<Item = T>,
    mut onward: impl FnMut(T) -> I,
) -> IndexSet<T> {
    let mut met: IndexSet<T> = from.into_iter().collect();
    let mut next = 0;
    while let Some(&item) = met.get_index(next) {
        next += 1;
        met.extend(onward(item));
    }
    met
}
