//! The experiments of chapter 3, one file each.

pub mod lines;
