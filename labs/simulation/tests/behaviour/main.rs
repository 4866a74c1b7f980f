//! How the parts behave together, and whether theory agrees.

mod clients;
mod digest;
mod distributions;
mod events;
mod faults;
mod statistics;
mod store;
mod systems;
mod theory;
mod timeline;
