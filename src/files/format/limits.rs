//! The limits of a reader. Every format has the same set of limits.

/// The limits of a reader. The defaults are generous for honest files.
///
/// ```
/// use claimgraph::format::Limits;
/// let mut limits = Limits::default();
/// limits.records = 1_000;
/// assert_eq!(limits.line_bytes, 16 << 20);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Limits {
    /// The most bytes in one line, or in one row of a table; 16 MiB.
    pub line_bytes: u64,
    /// The most bytes in one field of a row; 1 MiB.
    pub field_bytes: u64,
    /// The most fields in one row; 10,000.
    pub fields: u64,
    /// The deepest nesting of objects and lists; 16. A record needs at most 12.
    pub nesting: u32,
    /// The most records or rows in one file; 1,000,000,000.
    pub records: u64,
    /// The most bytes of an input that has to be held as a whole because it is not a stream of records; 1 GiB.
    pub document_bytes: u64,
    /// The most faults that a report keeps; 1,000.
    pub faults: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            line_bytes: 16 << 20,
            field_bytes: 1 << 20,
            fields: 10_000,
            nesting: 16,
            records: 1_000_000_000,
            document_bytes: 1 << 30,
            faults: 1_000,
        }
    }
}
