//! RDF 1.2, and a classic twin for readers without triple terms: [`write()`] makes RDF of a graph, and [`Reader`]
//! makes a graph of RDF. [The guide](crate::guide::rdf) has the whole mapping, and `docs/claimgraph.ttl` the vocabulary.
//!
//! ```text
//! claim:5f0c…  a cg:Claim ;
//!     rdf:reifies <<( entity:north-korea relation:deploys-to entity:russia )>> ;
//!     prov:wasAttributedTo entity:nis ;
//!     cg:stance cg:stance-asserts ;
//!     prov:hadPrimarySource entity:seoul-2024-10-24 ;
//!     cg:spanStart 74 ; cg:spanEnd 125 ;
//!     cg:reported "2024-10-24"^^xsd:date ;
//!     cg:valid "2024-10"^^<http://id.loc.gov/datatypes/edtf> ;
//!     cg:earliest "2024-10-01"^^xsd:date ; cg:latest "2024-10-31"^^xsd:date .
//! ```
//!
//! * A claim is a *reifier*: it names its proposition and does not assert it. A statement that the document makes in
//!   its own voice, as actual and certain, is also asserted as a plain triple, unless it was retracted.
//! * In the twin the claim is a *named graph* that holds the proposition; all else is the same.
//! * Triples have no order. If order counts (chains of speakers, several values of a role), nodes have a
//!   `cg:position`.
//! * IRIs are `urn:claimgraph:SPACE:KEY` with the key percent-encoded. If the key of an entity or relation is an
//!   `http` IRI, it is used as it is. Parts of a claim are nodes `urn:claimgraph:part:CLAIM:WHAT`; the reader accepts
//!   blank nodes as well.
//! * RDF/XML cannot hold control characters: a text with one is a `cg:escapedText`.
//! * The reader holds a whole file in memory, because its triples may come in any order.

mod asserted_triples;
mod batch_reader;
mod beside_writer;
mod claim_reader;
mod claim_writer;
mod context_guard;
mod foreign_reification;
mod input_guard;
mod iri;
mod jsonld_writer;
mod node_class;
mod node_reader;
mod period_writer;
mod provenance;
mod quad_store;
mod reader;
mod said;
mod triple_sink;
mod verdict;
mod vocabulary_reader;
mod writer;

use crate::rdf::input_guard::{Guard, Syntax};
use crate::rdf::jsonld_writer::JsonLd;
use crate::rdf::quad_store::Store;
use crate::rdf::triple_sink::{Lines, Serializer, Sink};
use crate::rdf::verdict::Verdict;
use crate::rdf::writer::Writer;
use claimgraph::ClaimGraph;
use claimgraph::format::{
    BoundedInput, Limits, Losses, ReadError, ReadErrorKind, ReadReport, Records, WriteError,
    clipped, excerpt,
};
use jiff::civil::Date;
use oxrdf::Quad;
use oxrdfio::{JsonLdProfileSet, RdfFormat as Oxrdf, RdfParseError, RdfParser};
use std::io::{BufReader, BufWriter, Read, Write};
use std::str::FromStr;

/// A syntax of RDF.
///
/// N3 is not supported, because the available writer emits triple terms in it that no reader accepts.
///
/// ```
/// use claimgraph_formats::rdf::RdfFormat;
/// assert_eq!("trig".parse(), Ok(RdfFormat::TriG));
/// assert_eq!("report.classic.trig".parse(), Ok(RdfFormat::ClassicTriG));
/// assert!("n3".parse::<RdfFormat>().unwrap_err().to_string().contains("N3"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum RdfFormat {
    /// RDF 1.2 Turtle, `.ttl`.
    Turtle,
    /// RDF 1.2 TriG, `.trig`.
    TriG,
    /// RDF 1.2 N-Triples, `.nt`.
    NTriples,
    /// RDF 1.2 N-Quads, `.nq`.
    NQuads,
    /// RDF 1.2 XML, `.rdf`.
    RdfXml,
    /// TriG of RDF 1.1 with a named graph for each claim, `.classic.trig`.
    ClassicTriG,
    /// JSON-LD 1.1 with a named graph for each claim, `.jsonld`.
    JsonLd,
}

/// The error for a name that is not a supported syntax of RDF.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{problem}; expected one of ttl, trig, nt, nq, rdf, classic.trig, jsonld")]
pub struct RdfFormatError {
    problem: String,
}

/// Parses an extension, or a file name that ends with one.
impl FromStr for RdfFormat {
    type Err = RdfFormatError;

    fn from_str(name: &str) -> Result<Self, RdfFormatError> {
        let lower = format!(".{}", name.to_ascii_lowercase());
        let ends = |format: &&RdfFormat| {
            lower.strip_suffix(format.extension()).is_some_and(|before| before.ends_with('.'))
        };
        // A name that ends with `.classic.trig` also ends with `.trig`.
        let found = Self::ALL.iter().filter(ends).max_by_key(|format| format.extension().len());
        found.copied().ok_or_else(|| RdfFormatError {
            problem: match lower.ends_with(".n3") {
                true => "N3 is neither read nor written".to_owned(),
                false => format!("\"{}\" is not a syntax of RDF", excerpt(name)),
            },
        })
    }
}

impl RdfFormat {
    /// All syntaxes.
    pub const ALL: &[RdfFormat] = &[
        RdfFormat::Turtle,
        RdfFormat::TriG,
        RdfFormat::NTriples,
        RdfFormat::NQuads,
        RdfFormat::RdfXml,
        RdfFormat::ClassicTriG,
        RdfFormat::JsonLd,
    ];

    /// Returns the extension of its files, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            RdfFormat::Turtle => "ttl",
            RdfFormat::TriG => "trig",
            RdfFormat::NTriples => "nt",
            RdfFormat::NQuads => "nq",
            RdfFormat::RdfXml => "rdf",
            RdfFormat::ClassicTriG => "classic.trig",
            RdfFormat::JsonLd => "jsonld",
        }
    }

    fn oxrdf(self) -> Oxrdf {
        match self {
            RdfFormat::Turtle => Oxrdf::Turtle,
            RdfFormat::TriG | RdfFormat::ClassicTriG => Oxrdf::TriG,
            RdfFormat::NTriples => Oxrdf::NTriples,
            RdfFormat::NQuads => Oxrdf::NQuads,
            RdfFormat::RdfXml => Oxrdf::RdfXml,
            RdfFormat::JsonLd => Oxrdf::JsonLd { profile: JsonLdProfileSet::empty() },
        }
    }

    fn syntax(self) -> Syntax {
        match self {
            RdfFormat::RdfXml => Syntax::Xml,
            RdfFormat::JsonLd => Syntax::Json,
            _ => Syntax::Turtle,
        }
    }
}

/// The triples that a file of any size may have, and how many bytes each further one takes at least. A list of single
/// digits has a triple for each byte, and each is kept in more than a hundred.
const TRIPLES: u64 = 250_000;
const BYTES_A_TRIPLE: u64 = 16;

/// The stack on which JSON-LD is parsed, and what each level of nesting adds to it.
const STACK: usize = 1 << 20;
const STACK_A_LEVEL: usize = 128 << 10;

/// Reads RDF, with limits and with a report day for statements that have none.
///
/// A file of this library is read back as the same graph. In other RDF, statements that are reified or in named
/// graphs become claims of the parties they are attributed to (`prov:wasAttributedTo`, `dcterms:creator`). All other
/// triples are counted as lost, with their subjects, and so are values that cannot be used.
///
/// ```
/// use claimgraph::date;
/// use claimgraph_formats::rdf::{RdfFormat, Reader};
/// let text = r#"
///     PREFIX ex: <http://example.org/> PREFIX prov: <http://www.w3.org/ns/prov#>
///     ex:moon ex:madeOf ex:cheese ~ ex:c1 {| prov:wasAttributedTo ex:wallace ; ex:mood "hungry" |} .
/// "#;
/// let read = Reader::new(RdfFormat::Turtle).reported(date(1989, 11, 4)).read(text.as_bytes())?;
/// let claim = read.graph.claims().next().expect("the reified statement");
/// assert_eq!(claim.to_string(), "http://example.org/wallace asserted that \
///     http://example.org/moon http://example.org/madeOf http://example.org/cheese");
/// // The mood is not in our vocabulary, so it is counted as lost.
/// assert_eq!(read.losses.count(), 1);
/// # Ok::<(), claimgraph::format::ReadError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a reader reads nothing until it is given an input"]
pub struct Reader {
    format: RdfFormat,
    base: Option<String>,
    limits: Limits,
    undated: Option<Date>,
}

impl Reader {
    /// Makes a reader with the default limits.
    pub fn new(format: RdfFormat) -> Self {
        Self { format, base: None, limits: Limits::default(), undated: None }
    }

    /// Sets the IRI that relative IRIs of the file are relative to, such as the address of the file. A base that the
    /// file sets counts from there on. If there is no base, a relative IRI is a fault.
    pub fn base(mut self, iri: impl Into<String>) -> Self {
        self.base = Some(iri.into());
        self
    }

    /// Sets the limits. Triples count as records, and the bytes of the file as those of a document. Nesting is that of
    /// triple terms, of nodes in XML, and of objects and lists in JSON.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets the report day of statements of other programs that have none. If it is not set, such statements are
    /// counted as lost; if no statement has a day, the file is refused.
    pub fn reported(mut self, day: Date) -> Self {
        self.undated = Some(day);
        self
    }

    /// Reads the whole input, or nothing if it has a fault.
    ///
    /// # Errors
    /// The syntax is wrong; the error has the line and column if the parser gives them. A limit is passed. Nothing is
    /// understood, or no statement has a day. Or the statements in our vocabulary contradict each other or are refused;
    /// the error has the IRI of the node as field.
    pub fn read(self, input: impl Read) -> Result<ReadReport, ReadError> {
        let mut input = BoundedInput::new(BufReader::new(input), self.limits);
        let start = start_of(&mut input)?;
        let input = start.as_slice().chain(input);
        let (guarded, verdict) = Guard::new(input, self.format.syntax(), self.limits);
        let mut parser = RdfParser::from_format(self.format.oxrdf());
        if let Some(base) = self.base {
            parser = parser.with_base_iri(&base).map_err(|error| {
                let problem = format!("the base \"{}\" is not an IRI: {error}", excerpt(&base));
                ReadError::new(ReadErrorKind::Unsupported(problem))
            })?;
        }
        let limits = self.limits;
        let mut store = match self.format {
            RdfFormat::JsonLd => apart(guarded, &verdict, limits, |whole| {
                let (guarded, verdict) = Guard::new(whole, Syntax::Json, limits);
                collect(parser.for_reader(guarded), &verdict, limits)
            })?,
            _ => collect(parser.for_reader(guarded), &verdict, limits)?,
        };
        let beside = store.settle_provenance();
        reader::read(&store, &beside, self.undated, self.limits)
    }
}

/// Collects the quads of a parser whose input has this guard.
fn collect(
    quads: impl Iterator<Item = Result<Quad, RdfParseError>>,
    verdict: &Verdict,
    limits: Limits,
) -> Result<Store, ReadError> {
    let mut store = Store::new();
    for (quad, count) in quads.zip(1..) {
        let quad = quad.map_err(|error| match verdict.take() {
            Some((line, kind)) => ReadError::at(line, kind),
            None => unreadable(error, verdict.line()),
        })?;
        let dense = TRIPLES + verdict.bytes() / BYTES_A_TRIPLE;
        let (what, limit) = match dense < limits.records {
            true => ("triples in a file of this size", dense),
            false => ("triples", limits.records),
        };
        if count > limit {
            return Err(ReadError::new(ReadErrorKind::Limit { what, limit }));
        }
        store.add(quad);
    }
    match verdict.take() {
        Some((line, kind)) => Err(ReadError::at(line, kind)),
        None => Ok(store),
    }
}

/// Reads an input as a whole and parses it on a stack of its own: the parser of JSON-LD recurses for each term of a
/// context that is made of another one.
fn apart(
    mut input: impl Read,
    verdict: &Verdict,
    limits: Limits,
    parse: impl FnOnce(&[u8]) -> Result<Store, ReadError> + Send,
) -> Result<Store, ReadError> {
    let mut whole = Vec::new();
    let read = input.read_to_end(&mut whole);
    if let Some((line, kind)) = verdict.take() {
        return Err(ReadError::at(line, kind));
    }
    read?;
    let levels = limits.nesting.min(8_192) as usize;
    let thread = std::thread::Builder::new().stack_size(STACK + levels * STACK_A_LEVEL);
    std::thread::scope(|scope| {
        let parsing = thread.spawn_scoped(scope, || parse(&whole))?;
        let failed = || ReadError::from(std::io::Error::other("the parser of JSON-LD failed"));
        parsing.join().unwrap_or_else(|_| Err(failed()))
    })
}

/// Reads the first bytes of an input, without a byte order mark.
fn start_of(input: &mut impl Read) -> Result<Vec<u8>, ReadError> {
    let mut start = Vec::with_capacity(3);
    input.take(3).read_to_end(&mut start)?;
    if start == b"\xef\xbb\xbf" {
        start.clear();
    }
    Ok(start)
}

/// Returns the error of a parser. If the parser does not know the line, it is this one.
fn unreadable(error: RdfParseError, line: Option<u64>) -> ReadError {
    match error {
        RdfParseError::Io(error) => ReadError::from(error),
        RdfParseError::Syntax(error) => {
            let start = error.location().map(|location| location.start);
            let message = error.to_string();
            // The error has the place in its own fields.
            let message = match message.split_once(": ") {
                Some((place, rest)) if place.starts_with("Parser error ") => rest,
                _ => &message,
            };
            let fault = ReadError::new(ReadErrorKind::Syntax(clipped(message, 120)));
            fault
                .in_line(start.map(|at| at.line + 1).or(line))
                .in_column(start.map(|at| at.column + 1))
        }
    }
}

/// Writes a graph as RDF. Nothing is lost except the texts of documents, which no file of this library holds.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// use claimgraph_formats::rdf::{self, RdfFormat};
/// let mut graph = ClaimGraph::new();
/// let (russia, nk) = (graph.add(State, "russia")?, graph.add(State, "north-korea")?);
/// graph.insert(Claim::by(russia).denies(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 24)))?;
/// let mut turtle = Vec::new();
/// assert!(rdf::write(&graph, RdfFormat::Turtle, &mut turtle)?.is_empty());
/// let back = rdf::Reader::new(RdfFormat::Turtle).read(turtle.as_slice())?;
/// assert_eq!(back.graph.to_jsonl(), graph.to_jsonl());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The output fails.
pub fn write(
    graph: &ClaimGraph,
    format: RdfFormat,
    output: impl Write,
) -> Result<Losses, WriteError> {
    let output = BufWriter::new(output);
    match format {
        RdfFormat::JsonLd => triples(graph, JsonLd::new(output)?)?,
        RdfFormat::NTriples | RdfFormat::NQuads => triples(graph, Lines::new(output))?,
        other => {
            let named_graphs = format == RdfFormat::ClassicTriG;
            triples(graph, Serializer::new(other.oxrdf(), named_graphs, output)?)?;
        }
    }
    Ok(Losses::default())
}

fn triples(graph: &ClaimGraph, sink: impl Sink) -> Result<(), WriteError> {
    let records = Records::of(graph);
    let mut writer = Writer::new(sink, graph, &records);
    records.each(|record| writer.record(record))?;
    Ok(writer.finish()?)
}
