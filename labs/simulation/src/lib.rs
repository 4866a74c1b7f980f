//! Systems in virtual time: events, seeded randomness, clients, links, servers, faults, statistics, checkpoints.
//!
//! These are parts, not a framework. A model is a struct of parts with its own `enum Event` and one `match`; nothing
//! here calls back. The same seed gives the same run, to the last bit, on every machine and in the browser:
//!
//! - [`Time`] and [`Duration`] are whole nanoseconds, and [`Events`] that fall on the same one keep the order in
//!   which they were scheduled: no rounding decides an order.
//! - [`Generator`] is the only source of chance; logarithms and powers come from `libm`, never from the machine.
//! - Whatever has state can be cloned ([`Timeline`] goes back in time that way) and hashed ([`Digest`] tells two runs
//!   apart). A model says `#[derive(Clone, Hash)]`, and nothing of it can be forgotten.
//!
//! A digest has two traces of what is already over. [`Events`] keep one of every event handed out, with its time, so
//! that one that comes a nanosecond late is seen for ever after. [`Generator`] keeps one of the raw bits of every
//! logarithm, exponential and power, so that std's in place of libm's are seen although the times drawn are the same:
//! `tests/other_logarithm` compiles the generator a second time with std's and compares.
//!
//! A waiting line with one worker, and requests that come at random:
//!
//! ```
//! use simulation::{Distribution, Duration, Events, Exponential, Generator, Histogram};
//! use simulation::{Offer, OpenClients, Server, Ticket, Time};
//!
//! #[derive(Hash)]
//! enum Event {
//!     Arrives,
//!     Finishes(Ticket),
//! }
//!
//! let mut random = Generator::new(1);
//! let mut clients = OpenClients::poisson(80); // requests a second
//! let work = Exponential::new(Duration::from_millis(10)); // so the worker manages 100
//! let mut server: Server<Time> = Server::new(1); // a job is the moment at which it came
//! let mut latencies = Histogram::new(7);
//! let mut events = Events::new();
//!
//! events.after(clients.gap(&mut random), Event::Arrives);
//! while let Some(event) = events.next_until(Time::from_secs(1000)) {
//!     let now = events.now();
//!     match event {
//!         Event::Arrives => {
//!             if let Offer::Begins(begun) = server.offer(now, now, work.draw(&mut random)) {
//!                 events.schedule(begun.ends, Event::Finishes(begun.ticket));
//!             }
//!             events.after(clients.gap(&mut random), Event::Arrives);
//!         }
//!         Event::Finishes(ticket) => {
//!             let Some(finished) = server.finish(now, ticket) else { continue };
//!             latencies.record((now - finished.job).as_nanos());
//!             if let Some(begun) = finished.next {
//!                 events.schedule(begun.ends, Event::Finishes(begun.ticket));
//!             }
//!         }
//!     }
//! }
//! // Four fifths busy: theory says five times the work on average, and 23 times for one in a hundred.
//! let mean_ms = latencies.mean().unwrap() / 1_000_000;
//! assert!((45..55).contains(&mean_ms));
//! ```
#![no_std]

extern crate alloc;

mod clients;
mod digest;
mod distribution;
mod events;
mod generator;
mod link;
mod server;
mod statistics;
mod store;
mod time;
mod timeline;
mod transcendental;

pub use clients::{ClosedClients, OpenClients};
pub use digest::Digest;
pub use distribution::{
    BoundedPareto, Constant, Distribution, Exponential, LogNormal, Uniform, Zipf,
};
pub use events::Events;
pub use generator::Generator;
pub use link::{Link, Passage};
pub use server::{Begun, Finished, Offer, Server, Ticket, Work};
pub use statistics::{Histogram, Little, Rate, Recent, Utilisation};
pub use store::{Store, Version};
pub use time::{Duration, Time};
pub use timeline::{Action, Model, Timeline};
