//! Exercise `two-choices`: write the policy that looks at two servers and takes the shorter line.
//!
//! Fill in [`choose`], then run `cargo run --bin lab-03 -- exercises two-choices`.

use std::{format, string::String, vec, vec::Vec};

use kit::exercise::Passed;
use simulation::Generator;

use crate::policy::Server;

/// The place in the pool of the server that gets the next request: the better of two different servers that are drawn at
/// random from those that take requests ([`Server::takes_requests`]). The better one has fewer open requests for its
/// weight ([`Server::compare_load`]). `None` when nobody takes requests.
///
/// `random.below(n)` draws one of 0, 1, … n − 1.
pub fn choose(pool: &[Server], random: &mut Generator) -> Option<u32> {
    kit::not_written!(pool, random)
}

/// What a reader writes.
pub type Choose = fn(&[Server], &mut Generator) -> Option<u32>;

/// Draws for each question about chances: enough that three standard deviations are less than 3 %.
const DRAWS: u32 = 3_000;
/// Servers, and requests, of the last question.
const BALLS: u32 = 1_000;

/// Says whether an implementation is right, and if not, which case shows it.
///
/// # Errors
/// It is wrong; the message is for the reader.
pub fn grade(choose: Choose) -> Result<Passed, String> {
    let random = &mut Generator::new(3);
    small_pools(choose, random)?;
    only_those_who_take_requests(choose, random)?;
    the_shorter_line(choose, random)?;
    by_weight(choose, random)?;
    two_different_ones(choose, random)?;
    equals_alike(choose, random)?;
    let longest = balls_into_bins(choose, random)?;
    Ok(Passed::new(format!(
        "{BALLS} requests on {BALLS} servers: the longest line has {longest}; by one random choice it would be 5 or 6"
    )))
}

/// Servers with so many open requests each.
fn pool(open: &[u32]) -> Vec<Server> {
    let servers = (0..).zip(open);
    servers
        .map(|(id, connections)| Server {
            connections: *connections,
            ..Server::new(id)
        })
        .collect()
}

/// How often each place was chosen.
fn counts(choose: Choose, pool: &[Server], random: &mut Generator) -> Result<Vec<u32>, String> {
    let mut counts = vec![0; pool.len()];
    for _ in 0..DRAWS {
        let place = choose(pool, random).ok_or_else(|| {
            format!(
                "you chose nobody from a pool in which {} of {} servers take requests",
                pool.iter().filter(|server| server.takes_requests()).count(),
                pool.len()
            )
        })?;
        let count = counts.get_mut(place as usize).ok_or_else(|| {
            format!(
                "you chose place {place} in a pool of {}; places begin at 0",
                pool.len()
            )
        })?;
        *count += 1;
    }
    Ok(counts)
}

fn small_pools(choose: Choose, random: &mut Generator) -> Result<(), String> {
    if let Some(place) = choose(&[], random) {
        return Err(format!(
            "you chose place {place} in an empty pool; answer `None`"
        ));
    }
    counts(choose, &pool(&[7]), random)?;
    Ok(())
}

fn only_those_who_take_requests(choose: Choose, random: &mut Generator) -> Result<(), String> {
    let mut pool = pool(&[0, 5, 0, 6, 0]);
    for place in [0, 2, 4] {
        pool[place].is_available = false;
    }
    let counts = counts(choose, &pool, random)?;
    for place in [0, 2, 4] {
        if counts[place] > 0 {
            return Err(format!(
                "you chose server {place}, which takes no requests (it is out of rotation), {} times of {DRAWS}: draw from those for which `takes_requests()` is true",
                counts[place]
            ));
        }
    }
    pool[1].weight = 0;
    pool[3].is_available = false;
    match choose(&pool, random) {
        None => Ok(()),
        Some(place) => Err(format!(
            "nobody in the pool takes requests (one weighs 0, the others are out of rotation), and you chose server {place}; answer `None`"
        )),
    }
}

fn the_shorter_line(choose: Choose, random: &mut Generator) -> Result<(), String> {
    for open in [[4, 1], [1, 4]] {
        let longer = usize::from(open[1] > open[0]);
        let counts = counts(choose, &pool(&open), random)?;
        let often = counts[longer];
        let lesson = match often * 100 / DRAWS {
            0 if often == 0 => continue,
            // A quarter: both draws gave the longer line.
            ..40 => {
                "you drew the same server twice, and compared it with itself: draw two different ones"
            }
            _ => "both must be looked at, and the shorter line wins",
        };
        return Err(format!(
            "of two servers with {} and {} open requests you chose the one with 4, {often} times of {DRAWS}: {lesson}",
            open[0], open[1]
        ));
    }
    Ok(())
}

fn by_weight(choose: Choose, random: &mut Generator) -> Result<(), String> {
    let mut pool = pool(&[4, 2]);
    pool[0].weight = 4;
    let counts = counts(choose, &pool, random)?;
    if counts[1] == 0 {
        return Ok(());
    }
    Err(String::from(
        "server 0 has 4 open requests and weight 4, server 1 has 2 and weight 1, and you chose server 1: it is fuller for its weight; `compare_load` counts weights in",
    ))
}

fn two_different_ones(choose: Choose, random: &mut Generator) -> Result<(), String> {
    let counts = counts(choose, &pool(&[0, 1, 2]), random)?;
    // The idle server is in two of the three pairs.
    let found = (counts[0] * 100 + DRAWS / 2) / DRAWS;
    if found > 71 {
        return Err(format!(
            "of three servers you found the idle one in {found} % of all draws. A random pair holds it two times in three: you looked at more than two servers, or they were not drawn at random"
        ));
    }
    if found < 63 || counts[2] > 0 {
        return Err(format!(
            "of three servers you found the idle one in {found} % of all draws. A random pair holds it two times in three (67 %): is every pair as likely as any other?"
        ));
    }
    Ok(())
}

fn equals_alike(choose: Choose, random: &mut Generator) -> Result<(), String> {
    let counts = counts(choose, &pool(&[2, 2, 2, 2]), random)?;
    // A quarter each; 22 to 28 % is four standard deviations.
    let uneven = counts.iter().position(|count| !(660..=840).contains(count));
    uneven.map_or(Ok(()), |place| {
        Err(format!(
            "four servers have equally long lines, and server {place} gets {} of {DRAWS} requests; it should be a quarter. Is every pair as likely as any other?",
            counts[place]
        ))
    })
}

fn balls_into_bins(choose: Choose, random: &mut Generator) -> Result<u32, String> {
    let mut pool = pool(&vec![0; BALLS as usize]);
    for _ in 0..BALLS {
        let place = choose(&pool, random).unwrap_or(0);
        pool[place as usize].connections += 1;
    }
    let lines = pool.iter().map(|server| server.connections);
    let longest = lines.max().unwrap_or(0);
    if longest <= 4 {
        return Ok(longest);
    }
    Err(format!(
        "{BALLS} requests on {BALLS} servers, and the longest line has {longest}; with two choices it has 3, hardly ever 4"
    ))
}
