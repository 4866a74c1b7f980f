//! A load balancer. [`policy`] decides, [`model`] is the system in virtual time, [`snapshot`] is what can be seen of it
//! at one moment, [`scene`] draws that and [`words`] says it.
#![no_std]

extern crate alloc;

pub mod model;
pub mod policy;
pub mod scene;
pub mod snapshot;
pub mod words;
