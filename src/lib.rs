//! Bintang, the web app: views and wiring. What it knows stands in `bintang-domain`, what the browser does in
//! `bintang-platform`; ARCHITECTURE.md draws the house.

pub mod app;
pub mod context;
pub mod i18n;
pub mod notice;
pub mod pages;
pub mod routes;
pub mod services;
pub mod state;
pub mod ui;
