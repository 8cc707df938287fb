//! Values that the view follows, and values that only have a place to stay.
//!
//! Leptos keeps the graph: who reads what, what is to be run again, what ends with which owner. Its own signals and
//! memos are compiled anew for every type they hold (about 2 kB each, docs/adr/0005). Here a value sits behind one
//! type for all, and Leptos sees a trigger or a counter; what is left for each type is the borrowing.

mod effect;
mod memo;
mod signal;
mod stored;

pub use effect::effect;
pub(crate) use effect::follow;
pub use memo::Memo;
pub use signal::RwSignal;
pub use stored::StoredValue;
