//! Requests on their way, as the picture shows them. On one machine a request is with its server in less than a thousandth
//! of a second, so each that the balancer has sent is drawn once, on a trip of [`TRIP_MS`] through either pipe.

use std::collections::VecDeque;
use std::vec::Vec;

use crate::snapshot::Traveller;

/// How long a request is drawn in the clients' pipe, and again in its server's.
pub(super) const TRIP_MS: u64 = 400;

/// The picture has dots for no more; what is above that is not drawn.
const TRIPS_MAX: usize = 220;

/// What was sent to one server since the last look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sent {
    /// Requests.
    pub(super) requests: u64,
    /// How many of them failed there.
    pub(super) failed: u64,
}

#[derive(Debug, Clone, Copy)]
struct Trip {
    began_ms: u64,
    server: u8,
    is_lost: bool,
}

/// Trips that are not over, oldest first.
#[derive(Debug, Default)]
pub(super) struct Trips {
    trips: VecDeque<Trip>,
    looked_ms: u64,
}

impl Trips {
    /// Lets the requests begin that were sent since the last look, one after the other.
    pub(super) fn begin(&mut self, now_ms: u64, sent: &[Sent]) {
        let between = now_ms.saturating_sub(self.looked_ms);
        let mut begun = Vec::new();
        for (server, sent) in (0_u8..).zip(sent) {
            for number in 0..sent.requests.min(TRIPS_MAX as u64) {
                begun.push(Trip {
                    began_ms: self.looked_ms + between * number / sent.requests,
                    server,
                    is_lost: number < sent.failed,
                });
            }
        }
        begun.sort_by_key(|trip| trip.began_ms);
        self.trips.extend(begun);
        self.looked_ms = now_ms;
        let is_over = |trip: &Trip| now_ms.saturating_sub(trip.began_ms) >= 2 * TRIP_MS;
        while self.trips.front().is_some_and(is_over) || self.trips.len() > TRIPS_MAX {
            self.trips.pop_front();
        }
    }

    /// Where they are now.
    pub(super) fn travellers(&self, now_ms: u64) -> Vec<Traveller> {
        let traveller = |trip: &Trip| {
            let gone = now_ms.saturating_sub(trip.began_ms);
            let is_at_door = gone < TRIP_MS;
            Traveller {
                pipe: if is_at_door { 0 } else { 1 + trip.server },
                progress: (gone % TRIP_MS * 1_000 / TRIP_MS) as u16,
                is_lost: trip.is_lost && !is_at_door,
                is_probe: false,
            }
        };
        self.trips.iter().map(traveller).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(requests: u64, failed: u64) -> Sent {
        Sent { requests, failed }
    }

    #[test]
    fn a_request_goes_through_the_clients_pipe_and_then_through_its_servers() {
        let mut trips = Trips::default();
        trips.begin(1_000, &[sent(0, 0), sent(1, 1)]);
        // It began at the look before: at 0.
        trips.begin(1_000, &[sent(0, 0), sent(0, 0)]);
        assert_eq!(trips.travellers(1_000), []);
        let mut trips = Trips::default();
        trips.begin(0, &[]);
        trips.begin(100, &[sent(0, 0), sent(1, 1)]);
        let at = |ms: u64| {
            let one = trips.travellers(ms)[0];
            (one.pipe, one.progress, one.is_lost)
        };
        assert_eq!(at(100), (0, 250, false));
        assert_eq!(at(400), (2, 0, true));
        assert_eq!(at(600), (2, 500, true));
    }

    #[test]
    fn more_requests_than_dots_are_not_drawn() {
        let mut trips = Trips::default();
        for look in 1..50 {
            trips.begin(look * 50, &[sent(1_000, 0); 4]);
        }
        assert!(trips.travellers(2_500).len() <= TRIPS_MAX);
    }
}
