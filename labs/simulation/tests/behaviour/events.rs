//! Events come in their order, and the digest remembers it.

use simulation::{Digest, Duration, Events, Generator, Time};

fn at(millis: u64) -> Time {
    Time::from_millis(millis)
}

/// The pending events with their times, until there are none.
fn drained(mut events: Events<u32>) -> Vec<(Time, u32)> {
    let mut order = Vec::new();
    while let Some(event) = events.next_until(Time::NEVER) {
        order.push((events.now(), event));
    }
    order
}

#[test]
fn events_come_by_time_and_on_the_same_nanosecond_as_they_were_scheduled() {
    let mut events = Events::new();
    for (millis, event) in [(5, 0), (1, 1), (5, 2), (3, 3), (1, 4), (5, 5)] {
        events.schedule(at(millis), event);
    }
    let expected = [(1, 1), (1, 4), (3, 3), (5, 0), (5, 2), (5, 5)];
    assert_eq!(
        drained(events),
        expected.map(|(millis, event)| (at(millis), event))
    );
}

#[test]
fn thousands_of_random_events_come_in_the_order_of_a_sort() {
    let mut random = Generator::new(1);
    let mut events = Events::new();
    let mut expected: Vec<(Time, u32)> = Vec::new();
    for event in 0..5000 {
        let time = Time::from_nanos(random.below(1000));
        events.schedule(time, event);
        expected.push((time, event));
    }
    expected.sort();
    assert_eq!(drained(events), expected);
}

#[test]
fn nothing_comes_before_the_limit_but_the_present_does() {
    let mut events = Events::new();
    events.schedule(at(10), 'a');
    assert_eq!(events.next_until(at(9)), None);
    assert_eq!(events.now(), at(9));
    assert_eq!(events.next_time(), Some(at(10)));
    assert_eq!(
        events.next_until(at(10)),
        Some('a'),
        "the limit is included"
    );
    assert_eq!(events.now(), at(10));
    assert_eq!(events.next_until(at(3)), None);
    assert_eq!(events.now(), at(10), "time does not run backwards");
    assert_eq!(events.pending(), 0);
}

#[test]
fn what_is_scheduled_in_the_past_happens_now() {
    let mut events = Events::new();
    assert_eq!(events.next_until(at(7)), None);
    events.schedule(at(3), 'a');
    assert_eq!(events.next_until(at(7)), Some('a'));
    assert_eq!(events.now(), at(7));
}

#[test]
fn an_event_that_is_never_due_never_comes_within_a_run() {
    let mut events = Events::new();
    events.after(Duration::of_rate(0), 'a');
    assert_eq!(events.next_until(Time::from_secs(1_000_000)), None);
    assert_eq!(events.next_time(), Some(Time::NEVER));
}

/// Twenty events at random times, of which the one that would be handled as number `postponed` comes a nanosecond late.
fn digest_with(postponed: Option<usize>) -> u64 {
    let mut random = Generator::new(8);
    let mut events = Events::new();
    for event in 0..20_u32 {
        events.schedule(at(random.below(100)), event);
    }
    for handled in 0..20 {
        if postponed == Some(handled) {
            assert!(events.postpone_next(Duration::from_nanos(1)));
        }
        events.next_until(Time::NEVER);
    }
    assert!(
        !events.postpone_next(Duration::from_nanos(1)),
        "none is left"
    );
    events.next_until(at(1000));
    Digest::of(&events)
}

#[test]
fn an_event_moved_by_a_nanosecond_changes_the_digest_for_ever_after() {
    let straight = digest_with(None);
    assert_eq!(digest_with(None), straight);
    for postponed in 0..20 {
        assert_ne!(digest_with(Some(postponed)), straight);
    }
}

#[test]
fn which_event_was_scheduled_first_is_remembered() {
    let digest_of = |order: [u32; 2]| {
        let mut events = Events::new();
        for event in order {
            events.schedule(at(event.into()), event);
        }
        while events.next_until(at(5)).is_some() {}
        Digest::of(&events)
    };
    assert_ne!(digest_of([1, 2]), digest_of([2, 1]));
}

#[test]
fn pending_events_are_part_of_the_digest() {
    let digest_of = |time: Time, event: u32| {
        let mut events = Events::new();
        events.schedule(at(1), 0);
        events.schedule(time, event);
        Digest::of(&events)
    };
    let straight = digest_of(at(5), 1);
    assert_ne!(digest_of(at(5) + Duration::from_nanos(1), 1), straight);
    assert_ne!(digest_of(at(5), 2), straight);
}

#[test]
fn a_run_in_steps_has_the_digest_of_a_run_in_one() {
    let run = |step: Duration| {
        let mut events = Events::new();
        events.schedule(at(0), 1_u32);
        let mut limit = Time::START;
        while limit < at(100) {
            limit += step;
            while let Some(event) = events.next_until(limit) {
                events.after(Duration::from_micros(2500), event + 1);
            }
        }
        Digest::of(&events)
    };
    assert_eq!(
        run(Duration::from_millis(1)),
        run(Duration::from_millis(100))
    );
}
