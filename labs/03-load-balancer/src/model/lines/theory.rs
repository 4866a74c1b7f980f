//! What queueing theory says of the time from arrival to answer, for requests that come independently of each other.

use simulation::Duration;

use super::{SERVERS, WORK};

/// Shares are counted in millionths.
const WHOLE: u64 = 1_000_000;

/// One line for all servers and requests of exponentially spread work (M/M/4). The share of requests that wait is Erlang's
/// C formula; whoever waits, waits work ÷ n(1 − ρ) on average (A. K. Erlang 1917).
pub(super) fn one_line(busy_percent: u32) -> Duration {
    let busy = u64::from(busy_percent) * WHOLE / 100;
    let offered = busy * u64::from(SERVERS);
    // Erlang's B by its recursion: the share that n servers without a line would turn away.
    let turned_away = (1..=u64::from(SERVERS)).fold(WHOLE, |before, servers| {
        let taken = offered * before / WHOLE;
        taken * WHOLE / (servers * WHOLE + taken)
    });
    let waits = turned_away * WHOLE / (WHOLE - busy * (WHOLE - turned_away) / WHOLE);
    let work = WORK.as_nanos();
    Duration::from_nanos(work + work * waits / (u64::from(SERVERS) * (WHOLE - busy)))
}

/// A line at each server, joined at random: work ÷ (1 − ρ) where work is exponentially spread (M/M/1); all alike, those who
/// wait wait half as long (M/D/1). `facts.md` 7.
pub(super) fn random_lines(busy_percent: u32, is_uneven: bool) -> Duration {
    let busy = u64::from(busy_percent);
    let work = WORK.as_nanos();
    let waiting = work * busy / (100 - busy);
    Duration::from_nanos(work + if is_uneven { waiting } else { waiting / 2 })
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    /// In lengths of the work.
    fn works(time: Duration) -> f64 {
        time.as_nanos() as f64 / WORK.as_nanos() as f64
    }

    #[test]
    fn erlangs_formula_in_whole_numbers_is_erlangs_formula() {
        for busy_percent in (40..=90).step_by(5) {
            let busy = f64::from(busy_percent) / 100.0;
            let (count, offered) = (f64::from(SERVERS), busy * f64::from(SERVERS));
            // As a sum: aⁿ ÷ n! over all states, the last one counted for every length of the line.
            let states: Vec<f64> = (0..=SERVERS)
                .scan(1.0, |state, servers| {
                    *state *= if servers == 0 {
                        1.0
                    } else {
                        offered / f64::from(servers)
                    };
                    Some(*state)
                })
                .collect();
            let waits = states[SERVERS as usize] / (1.0 - busy);
            let share = waits / (states[..SERVERS as usize].iter().sum::<f64>() + waits);
            let expected = 1.0 + share / (count * (1.0 - busy));
            let difference = works(one_line(busy_percent)) - expected;
            assert!(difference.abs() < 1e-4, "{busy_percent}: {difference}");
        }
    }

    #[test]
    fn lines_joined_at_random_give_the_numbers_of_facts_md() {
        for (busy, uneven, equal) in [(50, 2.0, 1.5), (80, 5.0, 3.0), (90, 10.0, 5.5)] {
            assert!((works(random_lines(busy, true)) - uneven).abs() < 1e-9);
            assert!((works(random_lines(busy, false)) - equal).abs() < 1e-9);
        }
    }
}
