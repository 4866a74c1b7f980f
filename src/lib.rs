//! labbook: a static-site generator for books with runnable labs. It builds any mdBook book.
//!
//! One way through (ARCHITECTURE.md has the map): [`load`] reads a book, [`markdown`] renders its chapters, [`site`]
//! assembles the pages, [`output`] puts them on disk and [`serve`] in a browser; [`check`] looks at the result.

pub mod book;
pub mod build;
pub mod check;
pub mod commands;
pub mod escape;
pub mod figure;
pub mod highlight;
pub mod load;
pub mod markdown;
pub mod math;
pub mod output;
pub mod page;
pub mod policy;
pub mod problem;
pub mod quiz;
pub mod search;
pub mod serve;
pub mod settings;
pub mod site;
pub mod theme;
