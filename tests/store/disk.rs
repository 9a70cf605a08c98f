//! A simulated disk. It keeps what was written since the last sync, and cuts images of what a crash may leave: any part
//! of those writes, the last one torn. It counts its operations, and fails one of them when it is told to.

use redb::{BackendError, StorageBackend};
use std::io::{self, ErrorKind};
use std::ops::Bound;
use std::sync::{Arc, Mutex};

/// The way in which an operation fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// Nothing is done.
    Error,
    /// A write takes half of its bytes, then there is an error.
    Short,
    /// The disk is full: each write and each growth from here on is an error.
    Full,
}

/// A change that a crash may undo.
#[derive(Clone, Debug)]
enum Pending {
    Write(u64, Vec<u8>),
    Length(u64),
}

/// Random numbers, the same in every run.
#[derive(Clone, Copy, Debug)]
pub struct Chances(u64);

impl Chances {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// Returns a number below `most`.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % most
    }
}

#[derive(Debug, Default)]
struct Inside {
    /// The bytes that a crash leaves for certain.
    synced: Vec<u8>,
    /// The bytes that a program sees.
    seen: Vec<u8>,
    pending: Vec<Pending>,
    operations: usize,
    fault: Option<(usize, Fault)>,
    /// The parts of the file that were read.
    reads: Vec<(u64, u64)>,
    /// Takes images before changes: the chances, and how many images each change has.
    crashes: Option<(Chances, usize)>,
    images: Vec<Vec<u8>>,
}

/// The handle of a disk. Clones are of the same disk.
#[derive(Clone, Debug, Default)]
pub struct Disk(Arc<Mutex<Inside>>);

impl Disk {
    pub fn of(bytes: Vec<u8>) -> Self {
        let inside = Inside { synced: bytes.clone(), seen: bytes, ..Inside::default() };
        Self(Arc::new(Mutex::new(inside)))
    }

    fn inside(&self) -> std::sync::MutexGuard<'_, Inside> {
        self.0.lock().unwrap()
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.inside().seen.clone()
    }

    pub fn operations(&self) -> usize {
        self.inside().operations
    }

    /// Makes the operation with this number fail, counted from 0 and from now on.
    pub fn fail_at(&self, operation: usize, fault: Fault) {
        let mut inside = self.inside();
        inside.fault = Some((inside.operations + operation, fault));
    }

    /// Makes all operations succeed from now on.
    pub fn mend(&self) {
        self.inside().fault = None;
    }

    /// Takes images of crashes from now on, so many before each change.
    pub fn crash(&self, chances: Chances, images: usize) {
        self.inside().crashes = Some((chances, images));
    }

    /// Returns the images that were taken since the last call.
    pub fn images(&self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.inside().images)
    }

    /// Returns the places that were read so far, among the first `length`.
    pub fn places_read(&self, length: usize) -> Vec<usize> {
        let mut is_read = vec![false; length];
        for &(start, end) in &self.inside().reads {
            let [start, end] = [start, end].map(|place| (place as usize).min(length));
            is_read[start..end].fill(true);
        }
        (0..length).filter(|&place| is_read[place]).collect()
    }
}

fn put(bytes: &mut Vec<u8>, offset: u64, written: &[u8]) {
    let (start, end) = (offset as usize, offset as usize + written.len());
    if bytes.len() < end {
        bytes.resize(end, 0);
    }
    bytes[start..end].copy_from_slice(written);
}

impl Inside {
    /// Counts an operation, and returns how it fails if it does.
    fn operate(&mut self, changes: bool) -> Option<Fault> {
        if let (true, Some((mut chances, images))) = (changes, self.crashes) {
            for _ in 0..images {
                let image = self.image(&mut chances);
                self.images.push(image);
            }
            self.crashes = Some((chances, images));
        }
        self.operations += 1;
        let (at, fault) = self.fault?;
        match fault {
            Fault::Full if self.operations > at => changes.then_some(fault),
            _ if self.operations == at + 1 => Some(fault),
            _ => None,
        }
    }

    /// Returns what a crash at this instant may leave: all of what was not synced, nothing, or any part of it.
    fn image(&self, chances: &mut Chances) -> Vec<u8> {
        let mut image = self.synced.clone();
        let kept = chances.below(4);
        for (place, change) in self.pending.iter().enumerate() {
            if kept == 0 || (kept < 3 && chances.below(2) == 0) {
                continue;
            }
            match change {
                Pending::Length(length) => image.resize(*length as usize, 0),
                Pending::Write(offset, bytes) => {
                    let is_last = place + 1 == self.pending.len();
                    let length = match is_last || chances.below(8) == 0 {
                        true => chances.below(bytes.len() + 1),
                        false => bytes.len(),
                    };
                    put(&mut image, *offset, &bytes[..length]);
                }
            }
        }
        image
    }
}

fn error(fault: Fault) -> io::Error {
    match fault {
        Fault::Full => io::Error::new(ErrorKind::StorageFull, "no room"),
        Fault::Error | Fault::Short => io::Error::other("simulated"),
    }
}

impl StorageBackend for Disk {
    // One handle at a time has the disk open, so that every lock is free.
    fn try_lock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<bool, BackendError> {
        Ok(true)
    }

    fn try_lock_shared_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<bool, BackendError> {
        Ok(true)
    }

    fn lock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<(), BackendError> {
        Ok(())
    }

    fn lock_shared_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<(), BackendError> {
        Ok(())
    }

    fn unlock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<(), BackendError> {
        Ok(())
    }

    fn query_lock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<bool, BackendError> {
        Ok(false)
    }

    fn len(&self) -> io::Result<u64> {
        let mut inside = self.inside();
        match inside.operate(false) {
            Some(fault) => Err(error(fault)),
            None => Ok(inside.seen.len() as u64),
        }
    }

    fn read(&self, offset: u64, to: &mut [u8]) -> io::Result<()> {
        let mut inside = self.inside();
        if let Some(fault) = inside.operate(false) {
            return Err(error(fault));
        }
        let end = offset + to.len() as u64;
        let bytes = inside.seen.get(offset as usize..end as usize);
        to.copy_from_slice(bytes.ok_or(ErrorKind::UnexpectedEof)?);
        inside.reads.push((offset, end));
        Ok(())
    }

    fn set_len(&self, length: u64) -> io::Result<()> {
        let mut inside = self.inside();
        if let Some(fault) = inside.operate(true) {
            return Err(error(fault));
        }
        inside.seen.resize(length as usize, 0);
        inside.pending.push(Pending::Length(length));
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        let mut inside = self.inside();
        if let Some(fault) = inside.operate(true) {
            return Err(error(fault));
        }
        inside.synced = inside.seen.clone();
        inside.pending.clear();
        Ok(())
    }

    fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let mut inside = self.inside();
        let taken = match inside.operate(true) {
            None => bytes,
            Some(Fault::Short) => &bytes[..bytes.len() / 2],
            Some(fault) => return Err(error(fault)),
        };
        put(&mut inside.seen, offset, taken);
        inside.pending.push(Pending::Write(offset, taken.to_vec()));
        if taken.len() < bytes.len() { Err(error(Fault::Short)) } else { Ok(()) }
    }
}
