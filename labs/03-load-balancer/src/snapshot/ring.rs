//! The ring: which server keeps which key, and which keys move when a server comes or goes.

use alloc::vec::Vec;

use simulation::Time;

/// The system of the figure "The ring".
#[derive(Debug, Clone, PartialEq)]
pub struct Ring {
    /// The moment that is seen.
    pub time: Time,
    /// How a key finds its server: `Hash ring`, `Modulo`, `Bounded loads` …
    pub method: &'static str,
    /// Whether the servers' points mean anything to the method; modulo has none.
    pub has_points: bool,
    /// The servers, at most 6.
    pub members: Vec<Member>,
    /// Where servers stand on the ring, clockwise; at most 48.
    pub points: Vec<Point>,
    /// A sample of the keys, at most 72.
    pub keys: Vec<Key>,
    /// Keys of all (not of the sample) whose server the last change of the servers changed, in thousandths; `None` before
    /// the first change.
    pub moved_permille: Option<u32>,
    /// What theory says of that change, in thousandths.
    pub moved_expected_permille: Option<u32>,
    /// Requests for keys since the start, whether a server was there to answer or not.
    pub requests: u64,
    /// Requests of the last five seconds whose answer the server had kept, in thousandths; `None` without requests.
    pub hit_permille: Option<u32>,
    /// The share of hits of each of the last thirty seconds in thousandths, oldest first. At most 30.
    pub history_hit_permille: Vec<u32>,
}

/// One server of the ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// Its number, as readers count: from 1.
    pub number: u8,
    /// Whether it takes part.
    pub is_present: bool,
    /// Its share of all keys, in thousandths.
    pub share_permille: u32,
    /// Requests it got a second, over the last five seconds.
    pub requests_per_s: u32,
}

/// A place on the ring where a server stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// Clockwise from the top, in 65,536ths of the circle.
    pub angle: u16,
    /// The server's number.
    pub server: u8,
}

/// A key and the server that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// Its place on the ring, clockwise from the top, in 65,536ths of the circle.
    pub angle: u16,
    /// The number of its server.
    pub server: u8,
    /// Whether the last change gave it another server.
    pub has_moved: bool,
    /// Whether it was asked for in the last half second.
    pub is_asked: bool,
}
