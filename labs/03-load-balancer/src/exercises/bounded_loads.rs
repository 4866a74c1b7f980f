//! Exercise `bounded-loads`: find a key's server on a hash ring on which no server may get much more than its part.
//!
//! Fill in [`choose`], then run `cargo run --bin lab-03 -- exercises bounded-loads`.

use std::{collections::BTreeMap, format, string::String, vec::Vec};

use kit::exercise::Passed;

use crate::policy::{BoundedLoads, Point, Ring, Server, hash};

/// The place in the pool of the server that gets a request whose key stands at `position` on the ring: the first server
/// clockwise that takes requests and has room.
///
/// - `points` are in the order of the circle ([`Point::position`] rises). A key meets the first point at its own position or
///   behind it; after the last point comes the first again.
/// - A server has room when its open requests ([`Server::connections`]) are fewer than its capacity: `factor_percent` ÷ 100
///   times the average, rounded up, where the average counts the open requests of all servers that take requests *and this
///   one*. All servers weigh the same.
/// - `None` when nobody takes requests.
pub fn choose(
    points: &[Point],
    pool: &[Server],
    position: u64,
    factor_percent: u32,
) -> Option<u32> {
    kit::not_written!(points, pool, position, factor_percent)
}

/// What a reader writes.
pub type Choose = fn(&[Point], &[Server], u64, u32) -> Option<u32>;

/// Keys of the last question.
const KEYS: u32 = 10_000;
/// Servers of the last question.
const SERVERS: u32 = 20;

/// A ring of three servers with two points each, at 100 to 600: A B C A B C.
const POINTS: [Point; 6] = [
    point(100, 0),
    point(200, 1),
    point(300, 2),
    point(400, 0),
    point(500, 1),
    point(600, 2),
];

const fn point(position: u64, place: u32) -> Point {
    Point { position, place }
}

struct Case {
    open: [u32; 3],
    /// Bits of the servers that take requests.
    available: u8,
    position: u64,
    factor_percent: u32,
    chosen: Option<u32>,
    why: &'static str,
}

const fn case(
    (open, available): ([u32; 3], u8),
    (position, factor_percent): (u64, u32),
    chosen: Option<u32>,
    why: &'static str,
) -> Case {
    Case {
        open,
        available,
        position,
        factor_percent,
        chosen,
        why,
    }
}

const CASES: [Case; 11] = [
    case(
        ([0, 0, 0], 7),
        (150, 125),
        Some(1),
        "the next point clockwise is B's, and B has room",
    ),
    case(
        ([0, 0, 0], 7),
        (200, 125),
        Some(1),
        "a key exactly at a point meets that point",
    ),
    case(
        ([0, 0, 0], 7),
        (700, 125),
        Some(0),
        "behind the last point the circle begins again, with A's point at 100",
    ),
    case(
        ([5, 9, 4], 7),
        (150, 125),
        Some(2),
        "B is full: 19 open with this one, 6.33 on average, 125 % of that rounded up is 8; C has room",
    ),
    case(
        ([1, 9, 8], 7),
        (150, 125),
        Some(0),
        "B and C are full (19 open with this one, at most 8 each); A is the next with room",
    ),
    case(
        ([1, 9, 4], 7),
        (150, 125),
        Some(2),
        "C is next and has room; that A is emptier does not matter, the next one with room gets it",
    ),
    case(
        ([3, 3, 3], 7),
        (150, 125),
        Some(1),
        "10 open with this one, 3.33 on average, 125 % is 4.17, rounded up 5",
    ),
    case(
        ([2, 2, 2], 7),
        (150, 100),
        Some(1),
        "without this one the average is 2 and everybody is full; it counts: 7 ÷ 3 rounded up is 3",
    ),
    case(
        ([0, 0, 0], 5),
        (150, 125),
        Some(2),
        "B takes no requests, C is the next that does",
    ),
    case(
        ([2, 90, 2], 5),
        (350, 125),
        Some(0),
        "B takes no requests, so its 90 do not count: 5 ÷ 2 × 1.25 rounded up is 4, and A has 2",
    ),
    case(([0, 0, 0], 0), (150, 125), None, "nobody takes requests"),
];

/// Says whether an implementation is right, and if not, which case shows it.
///
/// # Errors
/// It is wrong; the message is for the reader.
pub fn grade(choose: Choose) -> Result<Passed, String> {
    if choose(&[], &[], 1, 125).is_some() {
        return Err(String::from(
            "the ring is empty, and you found a server on it; answer `None`",
        ));
    }
    for case in &CASES {
        let pool: Vec<Server> = (0..)
            .zip(case.open)
            .map(|(id, open)| server(id, open, case))
            .collect();
        let chosen = choose(&POINTS, &pool, case.position, case.factor_percent);
        if chosen != case.chosen {
            return Err(format!(
                "servers A, B, C with {:?} open requests stand on the ring at A 100, B 200, C 300, A 400, B 500, C 600; the key stands at {}, the factor is {} %{}. You chose {}, it should be {}: {}",
                case.open,
                case.position,
                case.factor_percent,
                out(case.available),
                named(chosen),
                named(case.chosen),
                case.why
            ));
        }
    }
    let fullest = many_keys(choose)?;
    Ok(Passed::new(format!(
        "{KEYS} keys on {SERVERS} servers: the fullest has {fullest}, and 125 % of the average is {}",
        KEYS / SERVERS * 125 / 100
    )))
}

fn server(id: u32, open: u32, case: &Case) -> Server {
    Server {
        connections: open,
        is_available: case.available >> id & 1 == 1,
        ..Server::new(id)
    }
}

fn out(available: u8) -> &'static str {
    match available {
        7 => "",
        5 => ", and B takes no requests",
        _ => ", and nobody takes requests",
    }
}

fn named(place: Option<u32>) -> String {
    match place {
        Some(place @ 0..3) => String::from(["A", "B", "C"][place as usize]),
        Some(place) => format!("place {place}"),
        None => String::from("nobody"),
    }
}

/// Keys come one after the other and stay; the fullest server. Each choice is compared with the policy's.
fn many_keys(choose: Choose) -> Result<u32, String> {
    let mut pool: Vec<Server> = (0..SERVERS).map(Server::new).collect();
    let mut ring = Ring::default();
    ring.fit(&pool);
    let points = ring.points().to_vec();
    let mut policy = BoundedLoads {
        factor_percent: 125,
        ring,
    };
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for key in 0..KEYS {
        let chosen = choose(&points, &pool, hash::mix(key.into()), 125);
        let right = policy.choose(&pool, key.into());
        if chosen != right {
            return Err(format!(
                "key {key} of {KEYS} on a ring of {SERVERS} servers with {} points: you chose {}, it should be {}",
                points.len(),
                place_in_words(chosen),
                place_in_words(right)
            ));
        }
        let Some(place) = chosen else {
            continue;
        };
        pool[place as usize].connections += 1;
        *counts.entry(place).or_default() += 1;
    }
    Ok(counts.into_values().max().unwrap_or(0))
}

fn place_in_words(place: Option<u32>) -> String {
    place.map_or_else(|| String::from("nobody"), |place| format!("place {place}"))
}
