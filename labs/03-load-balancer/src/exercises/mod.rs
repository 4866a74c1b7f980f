//! The exercises of chapter 3, one file each.
