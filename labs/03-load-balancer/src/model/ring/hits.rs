//! How many answers had been kept, second by second.

use alloc::vec::Vec;

use simulation::Time;

/// So many whole seconds are kept, and the one that runs.
const SECONDS: usize = 30;
/// The last so many seconds make the present share.
const RECENT: usize = 5;

/// Requests and hits of the last seconds.
#[derive(Debug, Clone, Default, Hash)]
pub(super) struct Hits {
    /// The second, its requests, and how many of them were hits; oldest first.
    seconds: Vec<(u64, u32, u32)>,
}

impl Hits {
    pub(super) fn record(&mut self, now: Time, is_hit: bool) {
        let second = now.as_secs();
        if self.seconds.last().is_none_or(|last| last.0 != second) {
            self.seconds.push((second, 0, 0));
            if self.seconds.len() > SECONDS + 1 {
                self.seconds.remove(0);
            }
        }
        if let Some((_, requests, hits)) = self.seconds.last_mut() {
            *requests += 1;
            *hits += u32::from(is_hit);
        }
    }

    /// The share of hits in the last five seconds, in thousandths.
    pub(super) fn recent_permille(&self, now: Time) -> Option<u32> {
        let since = now.as_secs().saturating_sub(RECENT as u64);
        let recent = self.seconds.iter().filter(|second| second.0 >= since);
        let (requests, hits) =
            recent.fold((0, 0), |sum, second| (sum.0 + second.1, sum.1 + second.2));
        (hits * 1_000_u32).checked_div(requests)
    }

    /// The share of hits of each second that is over, in thousandths; 0 in one without requests.
    pub(super) fn history_permille(&self, now: Time) -> Vec<u32> {
        let over = now.as_secs();
        let first = over.saturating_sub(SECONDS as u64);
        let of = |second: u64| {
            let found = self.seconds.iter().find(|kept| kept.0 == second);
            found.map_or(0, |(_, requests, hits)| {
                (hits * 1_000).checked_div(*requests).unwrap_or(0)
            })
        };
        (first..over).map(of).collect()
    }
}
