//! The narrowest part: a chain of stages, and where its queue grows. [`model`] is the chain in virtual time, [`snapshot`]
//! what can be seen of it at one moment, [`scene`] draws that and [`words`] says it;
//! [`figures`] puts them together for the page.
#![no_std]

extern crate alloc;

pub mod figures;
pub mod model;
pub mod scene;
pub mod snapshot;
pub mod words;
