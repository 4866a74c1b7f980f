//! A solution of `two-choices`.

use std::vec::Vec;

use simulation::Generator;

use crate::policy::{Server, draw_two};

/// Draws a pair from the list of those who take requests.
pub fn choose(pool: &[Server], random: &mut Generator) -> Option<u32> {
    let places = (0_u32..).zip(pool);
    let open: Vec<(u32, &Server)> = places
        .filter(|(_, server)| server.takes_requests())
        .collect();
    let (first, second) = draw_two(open.len() as u32, random)?;
    let (one, other) = (open[first as usize], open[second as usize]);
    let is_shorter = other.1.compare_load(one.1).is_lt();
    Some(if is_shorter { other.0 } else { one.0 })
}
