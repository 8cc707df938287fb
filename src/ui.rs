//! Components without opinions: data and callbacks in, markup out. They know no state, no services and no addresses.

pub mod banner;
pub mod chip;
pub mod field;
pub mod icon;
pub mod line;
pub mod option_row;
pub mod qr;
pub mod radar;
pub mod score_bar;
pub mod signature;
pub mod stars;
