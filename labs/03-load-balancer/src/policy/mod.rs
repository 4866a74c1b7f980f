//! Who gets the next request. A policy sees the [`Server`]s as the balancer knows them and one [`Request`], and answers with
//! a place in the pool. Time and chance are arguments; there is no clock, no socket and no other source of chance here, so the
//! same code runs in the balancer, in the simulation and in the page.
//!
//! | policy | looks at | remembers | cost of a choice | source |
//! |---|---|---|---|---|
//! | [`Random`] | nothing | nothing | 1 | |
//! | [`RoundRobin`] | nothing | whose turn it is | 1 | |
//! | [`WeightedRoundRobin`] | weights | a credit per server | n | nginx |
//! | [`LeastConnections`] | open requests ÷ weight | turns among equals | n | nginx |
//! | [`TwoChoices`] | open requests of two | nothing | 1 | Mitzenmacher 2001, Finagle |
//! | [`PeakEwma`] | latency × open requests of two | an average per server | 1 | Finagle |
//! | [`Modulo`] | the key | nothing | n | |
//! | [`Ring`] | the key | 160 points per weight | log n | Karger et al. 1997 |
//! | [`BoundedLoads`] | the key, open requests | the ring | n | Mirrokni et al. 2018 |
//! | [`Maglev`] | the key | a table | 1 | Eisenbud et al. 2016 |
//! | [`Rendezvous`] | the key, weights | nothing | n | Thaler and Ravishankar 1998 |
//! | [`Jump`] | the key | nothing | n | Lamping and Veach 2014 |
//! | [`StickyCookie`] | what the client brings back | nothing | n | HAProxy's inserted cookie |
//! | [`StickyTable`] | the key | key → server | n | HAProxy's `stick on src` |
//!
//! n is the number of servers; the costs hold while most are available. No choice allocates, but the first one after a server
//! has joined. The balancer asks a policy to `choose`, tells it what it has `sent` and what was `answered`, and counts
//! each server's open requests itself. [`Policy`] is all of them by name; [`health`] says who is available.

mod bounded_loads;
mod dispatch;
pub mod hash;
pub mod health;
mod jump;
mod least_connections;
mod maglev;
mod modulo;
mod peak_ewma;
pub mod pool;
mod random;
pub mod rendezvous;
mod ring;
mod round_robin;
mod server;
mod sticky_cookie;
mod sticky_table;
mod two_choices;
mod weighted_round_robin;

pub use bounded_loads::BoundedLoads;
pub use dispatch::Policy;
pub use jump::{Jump, bucket};
pub use least_connections::LeastConnections;
pub use maglev::Maglev;
pub use modulo::Modulo;
pub use peak_ewma::PeakEwma;
pub use random::Random;
pub use rendezvous::Rendezvous;
pub use ring::{Point, Ring};
pub use round_robin::RoundRobin;
pub use server::{Request, Server};
pub use sticky_cookie::StickyCookie;
pub use sticky_table::StickyTable;
pub use two_choices::{TwoChoices, draw_two};
pub use weighted_round_robin::WeightedRoundRobin;
