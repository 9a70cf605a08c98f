//! A radix sort of many numbers by counting. The store calls it wherever it orders rows, keys or answers.

/// Returns how many low bits hold all numbers up to `largest`.
pub(crate) fn width(largest: u64) -> u32 {
    u64::BITS - largest.leading_zeros()
}

/// Sorts by the bits from `low` to `high`, lowest digit first. Equal numbers keep their order. The digits are as even
/// as their number allows.
pub(crate) fn sort_from(keys: &mut Vec<u64>, low: u32, high: u32) {
    const DIGIT: u32 = 13;
    let digit = (high - low).div_ceil((high - low).div_ceil(DIGIT).max(1)).max(1);
    let mut other = vec![0u64; keys.len()];
    let mut shift = low;
    while shift < high {
        let bits = digit.min(high - shift);
        let mask = (1u64 << bits) - 1;
        let digit = |key: u64| (key >> shift & mask) as usize;
        let mut counts = vec![0u32; 1 << bits];
        for &key in keys.iter() {
            counts[digit(key)] += 1;
        }
        let mut sum = 0;
        for count in &mut counts {
            (sum, *count) = (sum + *count, sum);
        }
        for &key in keys.iter() {
            let cursor = &mut counts[digit(key)];
            other[*cursor as usize] = key;
            *cursor += 1;
        }
        std::mem::swap(keys, &mut other);
        shift += bits;
    }
}
