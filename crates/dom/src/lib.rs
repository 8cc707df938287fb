//! Elements made from Rust that follow signals.
//!
//! Leptos' own views make one type of every piece of a page, and code for each type: the first whole app weighed 413 kB
//! with brotli (docs/adr/0005). This layer keeps Leptos' signals, memos, effects and owners, and makes elements by plain
//! calls that all pages share. A static part costs a call; a part that follows signals is a closure:
//!
//! ```ignore
//! el("p").class("row").text_with(move || format!("{} points", total.get()))
//! ```
//!
//! Text is text: there is no way to put markup in. Styles are classes: there is no style attribute.

mod dom;
mod each;
mod element;
mod event;
mod node;
mod reactive;

pub use element::{El, el, svg};
pub use event::{Key, capture, checked_of, consume, key_of, open_of, press, press_choice, spot_of, value_of};
pub use node::{Child, Node, group, mount, with};
pub use reactive::{Memo, RwSignal, StoredValue, effect};
pub use web_sys::Event;
