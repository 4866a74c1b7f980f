//! What a client's slowness costs it: pauses spend its time, and bytes earn it back.
//!
//! A limit on each pause alone lets a client that sends a byte before each limit hold a server for ever.

use std::time::Duration;

use tokio::time::Instant;

/// How long a client may still pause. It begins with the whole time-out; every pause shortens it, and every byte that moves
/// earns a little back, never more than the whole: as Apache's `MinRate` does (mod_reqtimeout).
#[derive(Debug, Clone, Copy)]
pub(super) struct Credit {
    whole: Duration,
    left: Duration,
    /// 0: every byte earns the whole.
    bytes_per_s_min: u32,
}

impl Credit {
    pub(super) fn new(whole: Duration, bytes_per_s_min: u32) -> Credit {
        Credit {
            whole,
            left: whole,
            bytes_per_s_min,
        }
    }

    /// After a pause so many bytes moved: how long the next pause may be.
    pub(super) fn moved(&mut self, pause: Duration, bytes: u64) -> Duration {
        let earned_ns =
            (bytes.saturating_mul(1_000_000_000)).checked_div(self.bytes_per_s_min.into());
        let earned = earned_ns.map_or(self.whole, Duration::from_nanos);
        let spent = self.left.saturating_sub(pause);
        self.left = spent.saturating_add(earned).min(self.whole);
        self.left
    }
}

/// Whose turn it is in an exchange, and what the client's turns have cost it.
#[derive(Debug)]
pub(super) struct Turns {
    credit: Credit,
    is_clients: bool,
    since: Instant,
}

impl Turns {
    pub(super) fn new(credit: Credit, is_clients: bool, since: Instant) -> Turns {
        Turns {
            credit,
            is_clients,
            since,
        }
    }

    /// So many bytes have moved, and now it is the client's turn or not. If that changes anything: how long the client may
    /// take from now on.
    pub(super) fn next(&mut self, now: Instant, is_clients: bool, bytes: u64) -> Option<Duration> {
        if bytes == 0 && is_clients == self.is_clients {
            return None;
        }
        let pause = match self.is_clients {
            true => now.saturating_duration_since(self.since),
            false => Duration::ZERO,
        };
        (self.is_clients, self.since) = (is_clients, now);
        Some(self.credit.moved(pause, bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Duration = Duration::from_secs(30);
    const SECOND: Duration = Duration::from_secs(1);

    /// How many times a client that moves so many bytes a second may do so, at most a thousand.
    fn seconds(bytes: u64, bytes_per_s_min: u32) -> u32 {
        let mut credit = Credit::new(WHOLE, bytes_per_s_min);
        let mut count = 0;
        while count < 1_000 && credit.moved(SECOND, bytes) > SECOND {
            count += 1;
        }
        count
    }

    #[test]
    fn who_keeps_the_rate_may_go_on_for_ever_and_who_trickles_may_not() {
        assert_eq!(seconds(500, 500), 1_000);
        assert_eq!(seconds(400, 500), 144);
        assert_eq!(seconds(1, 500), 29);
        assert_eq!(seconds(1, 0), 1_000);
    }

    #[test]
    fn nobody_saves_more_than_the_whole() {
        let mut credit = Credit::new(WHOLE, 500);
        assert_eq!(credit.moved(SECOND, u64::MAX), WHOLE);
        assert_eq!(credit.moved(10 * SECOND, 0), 20 * SECOND);
        assert_eq!(credit.moved(40 * SECOND, 0), Duration::ZERO);
    }

    #[test]
    fn only_the_clients_own_turns_cost_it_time() {
        let begun = Instant::now();
        let at = |seconds| begun + SECOND * seconds;
        let mut turns = Turns::new(Credit::new(WHOLE, 500), true, begun);
        assert_eq!(turns.next(at(5), true, 0), None);
        assert_eq!(turns.next(at(10), false, 0), Some(20 * SECOND));
        assert_eq!(turns.next(at(90), false, 500), Some(21 * SECOND));
        assert_eq!(turns.next(at(95), true, 0), Some(21 * SECOND));
        assert_eq!(turns.next(at(105), true, 1_000), Some(13 * SECOND));
    }
}
