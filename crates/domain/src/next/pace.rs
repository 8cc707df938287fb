//! Pauses between units of bounded work.

/// Most that is done between two pauses, counted in sums of tables: some 60 µs natively, a millisecond on a
/// slow phone.
const UNIT: usize = 1 << 13;

/// Counts work, and pauses whenever a unit of it is done.
#[derive(Debug)]
pub(super) struct Pace<'p, P> {
    pause: &'p mut P,
    done: usize,
}

impl<'p, P: AsyncFnMut()> Pace<'p, P> {
    /// Nothing done yet.
    pub(super) const fn new(pause: &'p mut P) -> Self {
        Self { pause, done: 0 }
    }

    /// So many cells more were looked at.
    pub(super) async fn did(&mut self, cells: usize) {
        if self.is_full_after(cells) {
            self.pause().await;
        }
    }

    /// The same where nothing can wait: whether it is time to pause.
    pub(super) const fn is_full_after(&mut self, cells: usize) -> bool {
        self.done += cells;
        self.done >= UNIT
    }

    /// Pauses, and begins a new unit.
    pub(super) async fn pause(&mut self) {
        self.done = 0;
        (self.pause)().await;
    }
}
