//! A load balancer. [`policy`] decides, [`model`] is the system in virtual time, [`snapshot`] is what can be seen of it
//! at one moment, [`scene`] draws that and [`words`] says it; [`figures`] puts them together for the page.
//!
//! What needs sockets is not compiled for the browser: `server` carries out what the policies decide, `lab` is the
//! whole lab in one process, `experiments` and `exercises` are what their names say.
#![no_std]

extern crate alloc;
#[cfg(not(any(target_family = "wasm", policy_only)))]
extern crate std;

#[cfg(not(any(target_family = "wasm", policy_only)))]
pub mod exercises;
#[cfg(not(any(target_family = "wasm", policy_only)))]
pub mod experiments;
pub mod figures;
#[cfg(not(any(target_family = "wasm", policy_only)))]
pub mod lab;
pub mod model;
pub mod policy;
pub mod scene;
#[cfg(not(any(target_family = "wasm", policy_only)))]
pub mod server;
pub mod snapshot;
pub mod words;
