//! Snapshots with false lengths, counts and bytes.

use super::*;

#[test]
fn lengths_and_counts_that_are_not_true_take_no_room() {
    let whole = File::of(&write(&small()));
    for (forged, _) in &whole.sections {
        for length in [1 << 30, 3 << 40, u64::MAX, u64::MAX / 24 * 24, 24 << 50] {
            let bytes = whole.bytes(|name, own| if name == forged { length } else { own as u64 });
            assert_eq!(refused(&bytes).0, forged);
        }
    }
}

/// A column of origins as long as it says, with its checksum, and then nothing: room for the other columns would be five times its own.
#[test]
fn a_long_column_does_not_justify_all_that_others_would_take() {
    let origins = 200u64 << 20;
    /// So many bytes, each fourth of which is one.
    struct Ones(u64);
    impl Read for Ones {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = self.0.min(buffer.len() as u64);
            (self.0 - length..self.0).rev().zip(buffer.iter_mut()).for_each(|(left, byte)| {
                *byte = u8::from(left % 4 == 3);
            });
            self.0 -= length;
            Ok(length as usize)
        }
    }
    let small = File::of(&write(&small()));
    let before = small.sections.iter().position(|(name, _)| name == "origin").unwrap();
    let head = File { version: small.version, sections: small.sections[..before].to_vec() }.whole();
    let header: Vec<u8> = [b"origin".as_slice(), &[0; 10], &origins.to_le_bytes()].concat();
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&header);
    let ones = 1u32.to_le_bytes().repeat(1 << 18);
    (0..origins >> 20).for_each(|_| hasher.update(&ones));
    let sum = hasher.finalize().to_le_bytes();
    let section = |name: &str, length: u64| {
        let mut header = name.as_bytes().to_vec();
        header.resize(16, 0);
        header.extend(length.to_le_bytes());
        header
    };
    let rest = [(section("reported", origins * 9), "reported")];
    for (rest, name) in rest {
        let ones = Ones(origins);
        let file = head.chain(&*header).chain(ones).chain(&sum[..]).chain(&*rest);
        let error =
            ClaimGraph::read_snapshot(BufReader::with_capacity(1 << 16, file)).err().unwrap();
        assert_eq!(error.section(), Some(name), "{error}");
        assert!(error.to_string().contains("ends within it"), "{error}");
    }
}

/// In an output without a buffer, each piece costs a call.
#[test]
fn a_snapshot_is_written_in_few_pieces() {
    struct Calls(usize, usize);
    impl Write for Calls {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            (self.0, self.1) = (self.0 + 1, self.1 + bytes.len());
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut graph = ClaimGraph::new();
    let a = graph.add(State, "a").unwrap().id();
    let told = (0..20_000).map(|_| {
        PlainClaim::new(a, Stance::Asserts).about(a, ATTACKS, a).reported(date(2024, 1, 1))
    });
    assert!(graph.extend(told).rejected().is_empty());
    let mut calls = Calls(0, 0);
    graph.write_snapshot(&mut calls).unwrap();
    // Three calls for each section, and one for each 32 KiB begun.
    assert!(calls.0 < 100 && calls.1 > 20_000 * 24, "{} calls for {} bytes", calls.0, calls.1);
    let mut file = Vec::new();
    graph.write_snapshot(&mut file).unwrap();
    assert_eq!(read(&file).len(), 20_000);
}

/// Every byte of the columns and tables is changed, with true checksums. The file is refused with a section, or it gives
/// a graph that answers every question and comes back.
#[test]
fn no_forged_byte_leads_to_a_graph_that_panics() {
    let file = write(&small());
    let (mut taken, mut faulty, mut refused) = (0, 0, 0);
    for section in 1..File::of(&file).sections.len() {
        for place in 0..File::of(&file).sections[section].1.len() {
            for change in [1u8, 2, 0x10, 0x80, 0xff] {
                let mut forged = File::of(&file);
                forged.sections[section].1[place] ^= change;
                match ClaimGraph::read_snapshot(forged.whole().as_slice()) {
                    Ok(graph) => {
                        taken += 1;
                        answers(&graph);
                        assert_same(&graph, &read(&write(&graph)));
                        let again = ClaimGraph::read_jsonl(graph.to_jsonl().as_bytes());
                        match graph.check_all().as_slice() {
                            // All of it could have been inserted.
                            [] => assert_eq!(again.unwrap().len(), graph.len()),
                            _ => faulty += 1,
                        }
                    }
                    Err(error) => {
                        refused += 1;
                        assert!(
                            error.section().is_some() && error.to_string().len() < 400,
                            "{error}"
                        );
                    }
                }
            }
        }
    }
    assert!(
        taken > 100 && faulty > 20 && faulty < taken && refused > 1_000,
        "{taken} taken, {faulty} of them with faults, {refused} refused"
    );
}
