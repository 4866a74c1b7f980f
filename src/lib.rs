//! labbook: a static-site generator for books with runnable labs. It builds any mdBook book.
//!
//! One way through (ARCHITECTURE.md has the map): [`load`] reads a book, [`markdown`] renders its chapters, [`site`]
//! assembles the pages, [`downloads`] adds the book as one file, [`output`] puts all on disk and [`serve`] in a browser,
//! where [`live`] keeps it up to date; [`check`] looks at the result.

pub mod book;
pub mod build;
mod cargo;
mod charts;
pub mod check;
pub mod commands;
mod css;
pub mod downloads;
pub mod escape;
pub mod figure;
pub mod highlight;
pub mod live;
pub mod live_figures;
pub mod load;
pub mod markdown;
pub mod math;
pub mod measure;
pub mod measurements;
pub mod new;
pub mod output;
pub mod page;
pub mod policy;
pub mod problem;
mod process;
pub mod quiz;
pub mod search;
pub mod serve;
pub mod settings;
pub mod site;
pub mod snippets;
pub mod theme;
