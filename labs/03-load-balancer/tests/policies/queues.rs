//! The supermarket model (facts 2): a hundred servers, requests at random moments, work of random length; how long a request
//! takes from its arrival to its answer, in units of the mean work.

use std::collections::VecDeque;

use load_balancer::policy::{Policy, Request, Server};
use simulation::{Distribution, Duration, Events, Exponential, Generator, Time};

const SERVERS: u32 = 100;
const WORK: Duration = Duration::from_millis(10);

#[derive(Hash)]
enum Event {
    Arrives,
    Finishes(u32),
}

/// Mean time of `requests` answers at this load, after a warm-up of as many again ÷ 4.
fn mean_time(name: &str, load_percent: u64, requests: u64) -> f64 {
    let mut policy = Policy::named(name).unwrap();
    let mut random = Generator::new(load_percent);
    let gap = Exponential::new(WORK * 100 / (u64::from(SERVERS) * load_percent));
    let work = Exponential::new(WORK);
    let mut pool: Vec<Server> = (0..SERVERS).map(Server::new).collect();
    let mut lines: Vec<VecDeque<Time>> = vec![VecDeque::new(); SERVERS as usize];
    let mut events = Events::new();
    let (mut answered, mut total_ns) = (0, 0);
    let warm_up = requests / 4;
    events.schedule(Time::START, Event::Arrives);
    while let Some(event) = events.next_until(Time::NEVER) {
        let now = events.now();
        match event {
            Event::Arrives => {
                events.after(gap.draw(&mut random), Event::Arrives);
                let request = Request::new(random.next_u64(), now);
                let place = policy.choose(&pool, &request, &mut random).unwrap();
                policy.sent(&pool[place as usize], &request);
                pool[place as usize].connections += 1;
                let line = &mut lines[place as usize];
                line.push_back(now);
                if line.len() == 1 {
                    events.after(work.draw(&mut random), Event::Finishes(place));
                }
            }
            Event::Finishes(place) => {
                let line = &mut lines[place as usize];
                let time = now - line.pop_front().unwrap();
                if !line.is_empty() {
                    events.after(work.draw(&mut random), Event::Finishes(place));
                }
                pool[place as usize].connections -= 1;
                policy.answered(place, time, now);
                answered += 1;
                total_ns += if answered > warm_up {
                    time.as_nanos()
                } else {
                    0
                };
                if answered == warm_up + requests {
                    break;
                }
            }
        }
    }
    total_ns as f64 / requests as f64 / WORK.as_nanos() as f64
}

/// At 50, 80 and 90 % of what the servers can do, so many requests each, against the expected times.
fn takes(name: &str, requests: u64, expected: [f64; 3], tolerance: f64) {
    for (load_percent, expected) in [50, 80, 90].into_iter().zip(expected) {
        let time = mean_time(name, load_percent, requests);
        let error = (time / expected - 1.0).abs();
        assert!(
            error < tolerance,
            "{name} at {load_percent} %: {time}, not {expected}"
        );
    }
}

#[test]
fn by_chance_a_request_takes_as_long_as_at_a_server_of_its_own() {
    // 1 ÷ (1 − load). 150,000 requests leave an error of about 5 % at 90 %.
    takes("random", 150_000, [2.0, 5.0, 10.0], 0.12);
}

#[test]
fn in_turn_a_request_waits_about_half_as_long_as_by_chance() {
    // Independent simulation; each server sees arrivals that are nearly regular.
    takes("round-robin", 80_000, [1.27, 2.71, 5.19], 0.06);
}

#[test]
fn with_two_choices_a_request_takes_what_the_supermarket_model_says() {
    // The sum over i ≥ 1 of load^(2^i − 2); a hundred servers are up to 3 % above the limit of many.
    let theory = [50, 80, 90].map(|percent| {
        let load = f64::from(percent) / 100.0;
        (1..=20)
            .map(|i| load.powf(2_f64.powi(i) - 2.0))
            .sum::<f64>()
    });
    takes("two-choices", 80_000, theory, 0.05);
}

#[test]
fn at_the_shortest_line_a_request_hardly_waits() {
    // Independent simulation.
    takes("least-connections", 20_000, [1.002, 1.005, 1.067], 0.04);
}

#[test]
fn by_latency_of_two_a_request_takes_hardly_longer_than_by_their_lines_when_servers_are_equal() {
    takes("peak-ewma", 30_000, [1.275, 1.969, 2.677], 0.08);
}
