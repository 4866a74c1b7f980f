//! The live figures of the course: one module that the page, labbook and tests drive in the same way.
//!
//! A figure is a lab's model in virtual time and the lab's picture of it ([`replay::figure::Figure`]); [`catalogue`] lists them. [`host::Host`] opens figures, lets time pass and answers questions; `exports` hands it to
//! whoever loads the WebAssembly module, without any binding generator: numbers and bytes are enough.
//!
//! In: the name of a figure, a seed, its controls, actions at given times. Out: SVG, changes to it, words, a table and a
//! digest, the same on every machine.
#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

pub mod catalogue;
#[cfg(target_family = "wasm")]
mod exports;
pub mod host;
mod json;
#[cfg(target_family = "wasm")]
mod module;
