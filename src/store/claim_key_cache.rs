//! A cache of claim keys. A key is kept once it was computed, because a claim on record never changes. The graph asks
//! it for every key.

use crate::model::id::ClaimId;
use std::sync::{Arc, OnceLock};

/// How many keys are in one piece. A piece is made when its first key is kept.
const PIECE: usize = 256;

type Piece = [OnceLock<[u8; 16]>; PIECE];

#[derive(Debug, Default)]
pub(crate) struct KnownKeys {
    pieces: Vec<OnceLock<Arc<Piece>>>,
}

/// Clones share the pieces, because the claims are the same. The last piece has room for claims that only one of them
/// will have, so the clone gets a new one.
impl Clone for KnownKeys {
    fn clone(&self) -> Self {
        let mut pieces = self.pieces.clone();
        if let Some(last) = pieces.last_mut() {
            *last = OnceLock::new();
        }
        Self { pieces }
    }
}

impl KnownKeys {
    /// Makes room for the keys of all claims up to this one.
    #[inline]
    pub(crate) fn make_room(&mut self, claim: ClaimId) {
        while self.pieces.len() <= claim.index() / PIECE {
            self.pieces.push(OnceLock::new());
        }
    }

    /// Forgets the keys of all claims past the first `len`.
    pub(crate) fn cut_back(&mut self, len: usize) {
        self.pieces.truncate(len / PIECE);
        if let Some(last) = len.checked_sub(1).and_then(ClaimId::at) {
            self.make_room(last);
        }
    }

    pub(crate) fn get(&self, claim: ClaimId) -> Option<[u8; 16]> {
        self.pieces.get(claim.index() / PIECE)?.get()?.get(claim.index() % PIECE)?.get().copied()
    }

    pub(crate) fn remember(&self, claim: ClaimId, key: [u8; 16]) {
        let Some(piece) = self.pieces.get(claim.index() / PIECE) else { return };
        let piece = piece.get_or_init(|| Arc::new([const { OnceLock::new() }; PIECE]));
        // If another thread was first, the key is the same.
        let _ = piece[claim.index() % PIECE].set(key);
    }
}
