//! Gzipped inputs. [`Unzipped`] goes around the input of any reader; the reader of tables puts it there itself.

use claimgraph::format::{Limits, Stop};
use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufRead, BufReader, Read};

/// The bytes that may be unzipped whatever their ratio is.
const FREE: u64 = 16 << 20;

/// A gzipped input, unzipped within [`Limits::unzipped_bytes`] and [`Limits::unzipped_ratio`]. If the compression is
/// damaged, the error says so.
///
/// ```
/// use claimgraph::{ClaimGraph, format::Limits};
/// use claimgraph_formats::gzip::Unzipped;
/// # use std::io::Write;
/// # let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
/// # packed.write_all(ClaimGraph::new().to_jsonl().as_bytes())?;
/// # let file = packed.finish()?;
/// let input = Unzipped::new(file.as_slice(), Limits::default());
/// assert!(ClaimGraph::read_jsonl(input)?.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Unzipped<R: BufRead>(BufReader<Metered<R>>);

/// A decoder that counts the bytes on both sides.
#[derive(Debug)]
struct Metered<R> {
    decoder: MultiGzDecoder<Counted<R>>,
    unzipped: u64,
    limits: Limits,
}

/// An input and the number of its bytes that were read.
#[derive(Debug)]
struct Counted<R> {
    input: R,
    bytes: u64,
}

impl<R: BufRead> Unzipped<R> {
    /// Unzips an input.
    pub fn new(input: R, limits: Limits) -> Self {
        let decoder = MultiGzDecoder::new(Counted { input, bytes: 0 });
        Self(BufReader::with_capacity(1 << 16, Metered { decoder, unzipped: 0, limits }))
    }
}

impl<R: BufRead> Read for Unzipped<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        self.0.read(to)
    }
}

impl<R: BufRead> BufRead for Unzipped<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.0.consume(count);
    }
}

impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(to).map_err(damaged)?;
        self.unzipped += read as u64;
        let Limits { unzipped_bytes, unzipped_ratio, .. } = self.limits;
        if self.unzipped > unzipped_bytes {
            let what = "bytes in an unzipped input";
            return Err(Stop::Limit { what, limit: unzipped_bytes }.into());
        }
        let most = self.decoder.get_ref().bytes.saturating_mul(unzipped_ratio);
        if self.unzipped > most.max(FREE) {
            let what = "unzipped bytes for each gzipped byte";
            return Err(Stop::Limit { what, limit: unzipped_ratio }.into());
        }
        Ok(read)
    }
}

/// Returns an error that says that the compression is damaged, if the decoder found it so.
fn damaged(error: io::Error) -> io::Error {
    use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    match error.kind() {
        InvalidData | InvalidInput | UnexpectedEof => {
            io::Error::new(InvalidData, format!("the gzip compression is damaged or cut: {error}"))
        }
        _ => error,
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(to)?;
        self.bytes += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.bytes += count as u64;
        self.input.consume(count);
    }
}
