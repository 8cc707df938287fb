//! Pieces of a file that has not arrived whole: each is an object of its own, named by where it begins and how long it is.

use futures::TryStreamExt as _;
use object_store::{ObjectStore, ObjectStoreExt as _, path::Path as Key};
use std::{collections::BTreeSet, io};

/// Pieces of one file at most: those of 256 KiB of the largest file, and as many again that broke off.
const MOST: usize = 512;

/// A piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Piece {
    /// Its first byte in the file.
    pub(super) at: u64,
    /// Its bytes.
    pub(super) length: u64,
}

impl Piece {
    /// Its name below the file's pieces: what is listed comes in the order of the file.
    pub(super) fn name(self) -> String {
        format!("{:012}-{:012}", self.at, self.length)
    }

    fn parse(name: &str) -> Option<Self> {
        let (at, length) = name.split_once('-')?;
        Some(Self { at: at.parse().ok()?, length: length.parse().ok()? })
    }

    fn end(self) -> u64 {
        self.at.saturating_add(self.length)
    }
}

/// What of a piece belongs to the file: the piece, and how many of its first bytes another one has brought already.
pub(super) type Link = (Piece, u64);

/// All pieces of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pieces(BTreeSet<Piece>);

impl Pieces {
    /// Those that are there.
    pub(super) async fn of(store: &dyn ObjectStore, below: &Key) -> io::Result<Self> {
        let mut pieces = BTreeSet::new();
        let mut listed = store.list(Some(below));
        while let Some(found) = listed.try_next().await? {
            pieces.extend(found.location.filename().and_then(Piece::parse));
        }
        Ok(Self(pieces))
    }

    /// Whether there are none.
    pub(super) fn are_none(&self) -> bool {
        self.0.is_empty()
    }

    /// Those that follow one another without a gap from the first byte, and where they end. Several connections of one
    /// phone may have brought the same bytes in other pieces: of those that go on from a place the one that reaches
    /// farthest counts.
    pub(super) fn chain(&self) -> (Vec<Link>, u64) {
        let (mut links, mut here) = (Vec::new(), 0);
        let mut farthest: Option<Piece> = None;
        // By where they begin: whatever begins later cannot go on from here before all that begins earlier was looked at.
        let mut rest = self.0.iter().copied().peekable();
        loop {
            while let Some(piece) = rest.next_if(|piece| piece.at <= here) {
                farthest = farthest.filter(|known| known.end() >= piece.end()).or(Some(piece));
            }
            let Some(next) = farthest.take().filter(|next| next.end() > here) else { return (links, here) };
            links.push((next, here - next.at));
            here = next.end();
        }
    }

    /// Whether there are more than any phone makes: somebody fills the place with them.
    pub(super) fn are_too_many(&self) -> bool {
        self.0.len() > MOST
    }

    /// Takes them away. One that somebody else took away meanwhile is gone as well.
    pub(super) async fn remove(self, store: &dyn ObjectStore, below: &Key) -> io::Result<()> {
        for piece in self.0 {
            gone(store.delete(&below.clone().join(piece.name())).await)?;
        }
        Ok(())
    }
}

/// An answer to which it is all the same whether something was there.
pub(super) fn gone(answer: object_store::Result<()>) -> io::Result<()> {
    match answer {
        Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pieces(all: &[(u64, u64)]) -> Pieces {
        Pieces(all.iter().map(|(at, length)| Piece { at: *at, length: *length }).collect())
    }

    #[test]
    fn a_gap_ends_the_chain_and_overlaps_are_left_out() {
        assert_eq!(pieces(&[]).chain(), (Vec::new(), 0));
        assert_eq!(pieces(&[(5, 5)]).chain(), (Vec::new(), 0));
        let of = |at, length, skip| (Piece { at, length }, skip);
        assert_eq!(pieces(&[(0, 5), (5, 5), (11, 1)]).chain(), (vec![of(0, 5, 0), of(5, 5, 0)], 10));
        assert_eq!(pieces(&[(0, 5), (0, 3), (3, 9), (4, 2)]).chain(), (vec![of(0, 5, 0), of(3, 9, 2)], 12));
        assert_eq!(pieces(&[(0, 0), (0, u64::MAX)]).chain().1, u64::MAX);
        let piece = Piece { at: 262_144, length: 7 };
        assert_eq!(Piece::parse(&piece.name()), Some(piece));
    }

    proptest! {
        #[test]
        fn a_chain_covers_each_byte_once(all in proptest::collection::vec((0u64..40, 0u64..20), 0..20)) {
            let (links, end) = pieces(&all).chain();
            let mut here = 0;
            for (piece, skip) in links {
                prop_assert_eq!(piece.at + skip, here);
                prop_assert!(skip < piece.length);
                here = piece.end();
            }
            prop_assert_eq!(here, end);
            // No piece goes on from there.
            prop_assert!(all.iter().all(|(at, length)| *at > end || at + length <= end));
        }
    }
}
