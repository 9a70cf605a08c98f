//! Files that were cut or changed are refused.

use crate::support::every_record::latest;
use crate::*;

#[test]
fn a_file_that_is_cut_anywhere_is_refused_with_the_section() {
    let file = write(&small());
    for (name, stretch) in stretches(&file) {
        for end in stretch {
            let (section, message) = refused(&file[..end]);
            assert_eq!(
                (section, message.contains("ends within it")),
                (name.as_str(), true),
                "{end}: {message}"
            );
        }
    }
    let more = [file.as_slice(), &[0]].concat();
    assert_eq!(refused(&more).0, "end");
}

#[test]
fn a_file_with_any_byte_changed_is_refused_with_the_section() {
    let file = write(&small());
    for (name, stretch) in stretches(&file) {
        for place in stretch {
            for change in [1, 0x80, 0xff] {
                let mut changed = file.clone();
                changed[place] ^= change;
                assert_eq!(refused(&changed).0, name, "byte {place}");
            }
        }
    }
}

#[test]
fn sections_in_another_order_are_refused() {
    let mut file = File::of(&write(&small()));
    for n in 1..file.sections.len() {
        file.sections.swap(n - 1, n);
        let expected = file.sections[n].0.clone();
        assert_eq!(refused(&file.whole()).0, expected);
        file.sections.swap(n - 1, n);
        let gone = file.sections.remove(n - 1);
        assert_eq!(refused(&file.whole()).0, gone.0);
        file.sections.insert(n - 1, gone);
    }
}

#[test]
fn a_newer_version_is_an_error_of_its_own() {
    let mut file = File::of(&write(&small()));
    file.version = 8;
    let error = ClaimGraph::read_snapshot(file.whole().as_slice()).unwrap_err();
    assert!(error.is_newer_format());
    assert_eq!(error.to_string(), "the file has format 8, and this release reads up to 7");
    file.version = 0;
    let error = ClaimGraph::read_snapshot(file.whole().as_slice()).unwrap_err();
    assert!(matches!(error.kind(), ReadErrorKind::OlderFormat { found: 0, supported: 7 }));
}

#[test]
fn a_file_of_an_older_version_is_an_error_of_its_own() {
    for version in [1, 5, 6] {
        let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
        let file = std::fs::read(format!("{data}/version-{version}.cgs")).unwrap();
        let error = ClaimGraph::read_snapshot(&*file).unwrap_err();
        let expected =
            format!("the file has format {version}, and this release reads format 7 only");
        assert!(matches!(error.kind(), ReadErrorKind::OlderFormat { supported: 7, .. }));
        assert_eq!(error.to_string(), expected);
    }
}

/// A change of the bytes needs a new version.
#[test]
fn a_file_of_this_version_opens_and_has_the_bytes_of_today() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/version-7.cgs");
    if std::env::var_os("CLAIMGRAPH_WRITE_GOLDEN").is_some() {
        std::fs::write(path, write(&latest())).unwrap();
    }
    let file = std::fs::read(path).unwrap();
    assert_same(&latest(), &read(&file));
    assert!(file == write(&latest()));
}

#[test]
fn failing_and_slow_inputs_and_outputs_are_not_faults_of_the_file() {
    /// The rest of the input, how often it can be read, and whether it was interrupted since the last read.
    struct Drops<'b>(&'b [u8], Option<usize>, bool);
    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.2 = !self.2;
            if self.2 {
                return Err(io::ErrorKind::Interrupted.into());
            }
            match &mut self.1 {
                Some(0) => return Err(io::Error::other("the disk is gone")),
                Some(left) => *left -= 1,
                None => {}
            }
            let length = buffer.len().min(3);
            self.0.read(&mut buffer[..length])
        }
    }
    let file = write(&small());
    for at_hand in [1, 2, 13, 8_192, 1 << 20] {
        let drops = |left| BufReader::with_capacity(at_hand, Drops(&file, left, false));
        assert_same(&small(), &ClaimGraph::read_snapshot(drops(None)).unwrap());
        for after in [0, 1, 5, 100, 1_000] {
            let error = ClaimGraph::read_snapshot(drops(Some(after))).unwrap_err();
            assert!(matches!(error.kind(), ReadErrorKind::Io(_)), "{error}");
        }
        let mut whole = BufReader::with_capacity(at_hand, file.as_slice());
        assert_same(&small(), &ClaimGraph::read_snapshot(&mut whole).unwrap());
    }
    let mut room = [0u8; 1_000];
    assert!(matches!(small().write_snapshot(room.as_mut_slice()), Err(WriteError::Io(_))));
}
