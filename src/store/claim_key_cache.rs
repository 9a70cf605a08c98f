//! What claims are called, once that was asked. Nothing on record changes, so it stays.

use crate::model::id::ClaimId;
use std::sync::{Arc, OnceLock};

/// How many claims have their keys in one piece, which is made when the first is asked for.
const PIECE: usize = 256;

type Piece = [OnceLock<[u8; 16]>; PIECE];

#[derive(Debug, Default)]
pub(crate) struct KnownKeys {
    pieces: Vec<OnceLock<Arc<Piece>>>,
}

/// Clones share the pieces, whose claims are the same. In the last there is room for claims that are not, so the clone
/// gets one of its own.
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
    /// For claims up to this one.
    #[inline]
    pub(crate) fn make_room(&mut self, claim: ClaimId) {
        while self.pieces.len() <= claim.index() / PIECE {
            self.pieces.push(OnceLock::new());
        }
    }

    /// Forgets all past the first `len`.
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
        // The same key, if another thread was first.
        let _ = piece[claim.index() % PIECE].set(key);
    }
}
