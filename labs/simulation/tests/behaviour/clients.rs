//! Open clients do not care how they fare; closed ones wait.

use simulation::{ClosedClients, Constant, Duration, Generator, OpenClients};

#[test]
fn regular_clients_come_at_equal_distances() {
    let (mut clients, mut random) = (OpenClients::regular(100), Generator::new(1));
    let gaps: Vec<Duration> = (0..3).map(|_| clients.gap(&mut random)).collect();
    assert_eq!(gaps, [Duration::from_millis(10); 3]);
    assert_eq!(clients.sent(), 3);
}

#[test]
fn a_new_rate_holds_from_the_next_gap_on_and_zero_stops_them() {
    let (mut clients, mut random) = (OpenClients::regular(100), Generator::new(1));
    clients.set_rate(200);
    assert_eq!(clients.gap(&mut random), Duration::from_millis(5));
    clients.set_rate(0);
    let never = Duration::from_secs(1_000_000_000);
    assert!(clients.gap(&mut random) > never);
    assert!(OpenClients::poisson(0).gap(&mut random) > never);
}

#[test]
fn a_rate_of_millions_is_kept_though_its_gaps_are_no_whole_nanoseconds() {
    let (mut clients, mut random) = (OpenClients::poisson(15_000_000), Generator::new(1));
    let gaps = (0..1_000_000).map(|_| clients.gap(&mut random).as_nanos());
    // 66.67 ns on average; a mean of 66 ns would be 1 % off.
    assert!(gaps.sum::<u64>().abs_diff(66_666_667) < 200_000);
}

#[test]
fn a_closed_client_asks_again_only_after_its_answer() {
    let second = Duration::from_secs(1);
    let (mut clients, mut random) = (ClosedClients::new(2, Constant(second)), Generator::new(1));
    clients.ask();
    clients.ask();
    assert_eq!((clients.waiting(), clients.sent()), (2, 2));
    assert_eq!(clients.answered(&mut random), second);
    assert_eq!((clients.waiting(), clients.answers()), (1, 1));
}
