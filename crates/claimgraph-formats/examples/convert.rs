//! Converts a file of one format to another. The file names say which formats.
//!
//! ```text
//! cargo run --release -p claimgraph-formats --example convert -- IN OUT [--strict] [--mapping FILE.json]
//!     [--document KEY] [--reported YYYY-MM-DD]
//! ```
//!
//! | name | format | |
//! |---|---|---|
//! | `.jsonl`, `.cgs` | the native format, the binary snapshot | in, out |
//! | `.ttl` `.trig` `.nt` `.nq` `.rdf` | RDF 1.2 | in, out |
//! | `.classic.trig` `.jsonld` | its twin for readers of RDF 1.1 | in, out |
//! | `.graphml` `.gexf` | graphs | in, out |
//! | `.dot` | graphviz | out |
//! | `.ftm.json` `.stix.json` `.claimreview.json` | FollowTheMoney, STIX 2, ClaimReview | in, out |
//! | `.wikidata.json` | Wikidata entities | in |
//! | `.tsv` `.csv` with `--mapping` | one table, as the guide to tables describes it | in |
//! | a folder | tables with a `datapackage.json` | in, out |
//!
//! `.gz` may follow any of them. The example prints each loss with its place; with `--strict`, any loss is an error.
//! The exit status is 0. If something is wrong, the example prints each fault with its place, writes nothing and exits
//! with 1. A file without a date needs `--reported`. Without arguments the example converts a sample back and forth and
//! checks the result.

use claimgraph::{
    Claim, ClaimGraph, Date, Quantity, date,
    format::{Limits, Losses, ReadReport, clipped},
    reporting::*,
};
use claimgraph_formats::{
    claimreview, datapackage, dot, ftm, gexf, graphml,
    gzip::Unzipped,
    rdf::{self, RdfFormat},
    stix, tables, wikidata,
};
use flate2::{Compression, write::GzEncoder};
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

#[derive(Clone, Copy, PartialEq, Debug)]
enum Format {
    Jsonl,
    Snapshot,
    Rdf(RdfFormat),
    GraphMl,
    Gexf,
    Dot,
    FollowTheMoney,
    Stix,
    Wikidata,
    ClaimReview,
    Table(char),
    Folder,
}

/// The format by the name, and whether the file is gzipped.
fn format_of(path: &Path) -> Result<(Format, bool), String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let (name, gzipped) = match name.strip_suffix(".gz") {
        Some(inner) => (inner, true),
        None => (name.as_str(), false),
    };
    let of = |end: &str| name.ends_with(end);
    let format = match () {
        () if of(".ftm.json") || of(".ftm.ijson") => Format::FollowTheMoney,
        () if of(".stix.json") => Format::Stix,
        () if of(".wikidata.json") => Format::Wikidata,
        () if of(".claimreview.json") => Format::ClaimReview,
        () if of(".jsonl") => Format::Jsonl,
        () if of(".cgs") => Format::Snapshot,
        () if of(".graphml") => Format::GraphMl,
        () if of(".gexf") => Format::Gexf,
        () if of(".dot") => Format::Dot,
        () if of(".tsv") => Format::Table('\t'),
        () if of(".csv") => Format::Table(','),
        () if !gzipped && (path.is_dir() || !name.contains('.')) => Format::Folder,
        () => Format::Rdf(
            name.parse()
                .map_err(|error| format!("{}: {error}, or another format", path.display()))?,
        ),
    };
    Ok((format, gzipped))
}

struct Options {
    input: PathBuf,
    output: PathBuf,
    strict: bool,
    mapping: Option<PathBuf>,
    document: Option<String>,
    reported: Option<Date>,
}

fn options(mut words: impl Iterator<Item = String>) -> Result<Option<Options>, String> {
    let (mut files, mut strict, mut mapping, mut document, mut reported) =
        (Vec::new(), false, None, None, None);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
        match word.as_str() {
            "--strict" => strict = true,
            "--mapping" => mapping = Some(PathBuf::from(value()?)),
            "--document" => document = Some(value()?),
            "--reported" => {
                let day = value()?;
                reported =
                    Some(day.parse().map_err(|_| {
                        format!("--reported {day}: expected a day such as 2024-06-30")
                    })?);
            }
            option if option.starts_with("--") => return Err(format!("unknown option {option}")),
            file => files.push(PathBuf::from(file)),
        }
    }
    match <[PathBuf; 2]>::try_from(files) {
        Ok([input, output]) => Ok(Some(Options { input, output, strict, mapping, document, reported })),
        Err(files) if files.is_empty() => Ok(None),
        Err(_) => {
            Err("expected: convert IN OUT [--strict] [--mapping FILE.json] [--document KEY] [--reported DAY]".into())
        }
    }
}

fn open(path: &Path, gzipped: bool) -> Result<Box<dyn BufRead>, Box<dyn Error>> {
    let file = BufReader::with_capacity(1 << 16, File::open(path)?);
    Ok(if gzipped { Box::new(Unzipped::new(file, Limits::default())) } else { Box::new(file) })
}

/// Reads with the options that all these readers have.
macro_rules! read {
    ($reader:expr, $options:expr, $input:expr) => {{
        let mut reader = $reader;
        if let Some(key) = &$options.document {
            reader = reader.document(key.as_str());
        }
        if let Some(day) = $options.reported {
            reader = reader.reported(day);
        }
        reader.read($input)?
    }};
}

fn read(options: &Options) -> Result<ReadReport, Box<dyn Error>> {
    let (format, gzipped) = format_of(&options.input)?;
    if format == Format::Folder {
        return Ok(datapackage::Reader::new().read(&options.input)?);
    }
    if format == Format::Dot {
        return Err("DOT is written, and not read".into());
    }
    let input = open(&options.input, gzipped)?;
    let whole = |graph| ReadReport::new(graph, Losses::default());
    Ok(match format {
        Format::Jsonl => whole(ClaimGraph::read_jsonl(input)?),
        Format::Snapshot => whole(ClaimGraph::read_snapshot(input)?),
        Format::Rdf(syntax) => {
            let reader = rdf::Reader::new(syntax);
            options.reported.into_iter().fold(reader, rdf::Reader::reported).read(input)?
        }
        Format::GraphMl => read!(graphml::Reader::new(), options, input),
        Format::Gexf => read!(gexf::Reader::new(), options, input),
        Format::FollowTheMoney => read!(ftm::Reader::new(), options, input),
        Format::Stix => read!(stix::Reader::new(), options, input),
        Format::Wikidata => read!(wikidata::Reader::new(), options, input),
        Format::ClaimReview => read!(claimreview::Reader::new(), options, input),
        Format::Table(delimiter) => {
            let Some(file) = &options.mapping else {
                return Err(
                    "a table needs --mapping FILE.json, which says what its columns mean".into()
                );
            };
            let text = fs::read_to_string(file)?;
            let mut mapping: tables::Mapping =
                serde_json::from_str(text.trim_start_matches('\u{feff}'))
                    .map_err(|error| format!("the mapping {}: {error}", file.display()))?;
            if mapping.layout == Default::default() && delimiter == ',' {
                mapping.layout = tables::Layout::csv();
            }
            accepted(tables::Reader::new(mapping).read_all(input))?
        }
        Format::Dot | Format::Folder => unreachable!("dealt with above"),
    })
}

/// Returns the report if it has no fault, and otherwise all of its faults, one a line.
fn accepted(report: ReadReport) -> Result<ReadReport, String> {
    if report.faults.is_empty() {
        return Ok(report);
    }
    let mut faults: Vec<String> = report.faults.iter().map(ToString::to_string).collect();
    let more = (report.refused as usize).saturating_sub(faults.len());
    if more > 0 {
        faults.push(format!("{more} more faults"));
    }
    Err(faults.join("\n"))
}

/// Lists the losses, one a line, each with its place.
fn listed(what: &str, losses: &Losses) -> String {
    let mut lines = Vec::new();
    for (kind, loss) in losses.iter() {
        let places = loss.first().iter().map(|place| clipped(place, 200));
        lines.extend(places.map(|place| format!("{what}: {kind}: {place}\n")));
        let more = loss.count().saturating_sub(loss.first().len() as u64);
        lines.extend((more > 0).then(|| format!("{what}: {kind}: {more} more\n")));
    }
    lines.concat()
}

/// The bytes of a file before it is written, and the losses.
fn written(graph: &ClaimGraph, format: Format) -> Result<(Vec<u8>, Losses), Box<dyn Error>> {
    let mut bytes = Vec::new();
    let losses = match format {
        Format::Jsonl => graph.write_jsonl(&mut bytes).map(|()| Losses::default())?,
        Format::Snapshot => graph.write_snapshot(&mut bytes).map(|()| Losses::default())?,
        Format::Rdf(syntax) => rdf::write(graph, syntax, &mut bytes)?,
        Format::GraphMl => graphml::write(graph, &mut bytes)?,
        Format::Gexf => gexf::write(graph, &mut bytes)?,
        Format::Dot => dot::write(graph, &mut bytes)?,
        Format::FollowTheMoney => ftm::write(graph, &mut bytes)?,
        Format::Stix => stix::write(graph, &mut bytes)?,
        Format::ClaimReview => claimreview::write(graph, &mut bytes)?,
        Format::Wikidata => return Err("Wikidata entities are read, and not written".into()),
        Format::Table(_) => {
            return Err(
                "one table does not hold a graph; write a folder of tables instead, by a name without a dot".into()
            );
        }
        Format::Folder => unreachable!("a folder is not bytes"),
    };
    Ok((bytes, losses))
}

/// Writes bytes, packed if asked.
fn pack(bytes: &[u8], gzipped: bool, file: &mut File) -> std::io::Result<()> {
    if !gzipped {
        return file.write_all(bytes);
    }
    let mut packed = GzEncoder::new(file, Compression::default());
    packed.write_all(bytes)?;
    packed.finish().map(drop)
}

/// Writes a file whole or not at all. A device or a pipe is written into, because a rename would replace it.
fn put(path: &Path, bytes: &[u8], gzipped: bool) -> Result<(), Box<dyn Error>> {
    if fs::metadata(path).is_ok_and(|there| !there.is_file()) {
        let mut device = File::options().write(true).open(path)?;
        return Ok(pack(bytes, gzipped, &mut device)?);
    }
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let write = || -> std::io::Result<()> {
        let mut file = File::create(&partial)?;
        pack(bytes, gzipped, &mut file)?;
        file.sync_all()?;
        fs::rename(&partial, path)
    };
    write().inspect_err(|_| _ = fs::remove_file(&partial))?;
    Ok(())
}

/// Prints the losses, reading and writing apart.
fn convert(options: &Options) -> Result<String, Box<dyn Error>> {
    let place = |path: &Path, error: Box<dyn Error>| -> String {
        let error = error.to_string();
        let lines: Vec<String> =
            error.trim_end().lines().map(|line| format!("{}: {line}", path.display())).collect();
        lines.join("\n")
    };
    let lossy = |path: &Path, what: &str, losses: &Losses| place(path, listed(what, losses).into());
    let (format, gzipped) = format_of(&options.output)?;
    let ReadReport { graph, losses, .. } =
        read(options).map_err(|error| place(&options.input, error))?;
    if options.strict && !losses.is_empty() {
        return Err(lossy(&options.input, "not understood", &losses).into());
    }
    let mut said = format!("{} claims, {} entities\n", graph.len(), graph.entity_count());
    said += &listed("not understood", &losses);
    let lost = match format {
        Format::Folder if options.strict => {
            // The losses of a folder are known after it is written, so it is written elsewhere first.
            let trial =
                std::env::temp_dir().join(format!("claimgraph-convert-{}", std::process::id()));
            let lost = datapackage::write(&graph, &trial);
            _ = fs::remove_dir_all(&trial);
            match lost.map_err(|error| place(&options.output, error.into()))? {
                lost if lost.is_empty() => datapackage::write(&graph, &options.output)?,
                lost => return Err(lossy(&options.output, "not carried", &lost).into()),
            }
        }
        Format::Folder => datapackage::write(&graph, &options.output)
            .map_err(|error| place(&options.output, error.into()))?,
        _ => {
            let (bytes, lost) =
                written(&graph, format).map_err(|error| place(&options.output, error))?;
            if options.strict && !lost.is_empty() {
                return Err(lossy(&options.output, "not carried", &lost).into());
            }
            put(&options.output, &bytes, gzipped).map_err(|error| place(&options.output, error))?;
            lost
        }
    };
    said += &listed("not carried", &lost);
    Ok(said)
}

/// Converts a sample to every format and back.
fn sample() -> Result<(), Box<dyn Error>> {
    let mut graph = ClaimGraph::new();
    let article = graph.add_document("seoul-2024-10-24", date(2024, 10, 24))?;
    let (nk, russia) = (graph.add(State, "north-korea")?, graph.add(State, "russia")?);
    let nis = graph.add(Agency, "nis")?;
    let sent = graph.insert(
        Claim::by(nis)
            .asserts(nk, DEPLOYS_TO, russia)
            .quantity(Quantity::stated(3_000, "soldiers"))
            .valid("2024-10")
            .read_in(article, 74..125),
    )?;
    graph.insert(
        Claim::by(russia)
            .dismisses(sent)
            .quote(claimgraph::claim::Quote::fragment("fake news"))
            .read_in(article, ..),
    )?;
    let folder = std::env::temp_dir().join(format!("claimgraph-sample-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let start = folder.join("sample.jsonl");
    fs::write(&start, graph.to_jsonl())?;
    let run = |input: &Path, output: &Path| {
        let (strict, mapping, document, reported) = (false, None, None, Some(date(2024, 10, 24)));
        convert(&Options {
            input: input.into(),
            output: output.into(),
            strict,
            mapping,
            document,
            reported,
        })
    };
    for name in [
        "sample.cgs",
        "sample.trig",
        "sample.nq.gz",
        "sample.classic.trig",
        "sample.jsonld",
        "tables",
    ] {
        let (there, back) = (folder.join(name), folder.join("back.jsonl"));
        run(&start, &there)?;
        run(&there, &back)?;
        assert_eq!(fs::read_to_string(&back)?, graph.to_jsonl(), "{name}");
        println!("{name}: whole");
    }
    for name in [
        "sample.graphml",
        "sample.gexf",
        "sample.ftm.json",
        "sample.stix.json",
        "sample.claimreview.json",
    ] {
        let said = run(&start, &folder.join(name))?;
        println!("{name}: {}", said.lines().last().unwrap_or_default());
    }
    fs::remove_dir_all(&folder)?;
    Ok(())
}

fn main() -> std::process::ExitCode {
    let done = match options(std::env::args().skip(1)) {
        Ok(Some(options)) => convert(&options).map(|said| print!("{said}")),
        Ok(None) => sample(),
        Err(wrong) => Err(wrong.into()),
    };
    match done {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            error.to_string().lines().for_each(|line| eprintln!("convert: {line}"));
            std::process::ExitCode::FAILURE
        }
    }
}
