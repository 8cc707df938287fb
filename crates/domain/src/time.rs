//! Moments and spans in milliseconds.

/// A moment: milliseconds since 1970-01-01T00:00:00Z by the phone's clock, which may be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Millis(pub i64);

impl Millis {
    /// The moment `span` milliseconds later; stays at the end of time instead of overflowing.
    #[must_use]
    pub fn plus(self, span: i64) -> Self {
        Self(self.0.saturating_add(span))
    }
}
