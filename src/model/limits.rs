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
    /// The most bytes of white space in a row, between two records or tokens; 1 MiB.
    pub blank_bytes: u64,
    /// The most bytes that a gzipped input may unzip to; 1 TiB.
    pub unzipped_bytes: u64,
    /// The most bytes that each byte of a gzipped input may unzip to, once 16 MiB are unzipped; 200.
    pub unzipped_ratio: u64,
    /// The most names of an entity, and the most codes; 10,000.
    pub names: u64,
    /// The most speakers in the chain of a claim; 1,000.
    pub speakers: u64,
    /// The most claims that a claim answers; 10,000.
    pub targets: u64,
    /// The most roles of a claim, or of a statement in one; 10,000.
    pub roles: u64,
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
            blank_bytes: 1 << 20,
            unzipped_bytes: 1 << 40,
            unzipped_ratio: 200,
            names: 10_000,
            speakers: 1_000,
            targets: 10_000,
            roles: 10_000,
            faults: 1_000,
        }
    }
}

impl Limits {
    /// The limits of records that come from a graph.
    pub(crate) const OF_A_GRAPH: Self = Self {
        line_bytes: u64::MAX,
        field_bytes: u64::MAX,
        fields: u64::MAX,
        nesting: u32::MAX,
        records: u64::MAX,
        document_bytes: u64::MAX,
        blank_bytes: u64::MAX,
        unzipped_bytes: u64::MAX,
        unzipped_ratio: u64::MAX,
        names: u64::MAX,
        speakers: u64::MAX,
        targets: u64::MAX,
        roles: u64::MAX,
        faults: usize::MAX,
    };
}
