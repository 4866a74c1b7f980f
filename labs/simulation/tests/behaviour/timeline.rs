//! Going back and ahead, and taking another course.

use std::rc::Rc;

use simulation::{
    Action, Digest, Distribution, Duration, Events, Exponential, Generator, Model, Offer,
    OpenClients, Server, Ticket, Time, Timeline,
};

const RATE: u16 = 0;
const STOPPED: u16 = 1;

/// One server whose clients and whose power can be switched.
#[derive(Clone)]
struct Shop {
    state: State,
    /// Counts how many clones there are.
    copies: Rc<()>,
    runs: Rc<std::cell::Cell<u64>>,
}

#[derive(Clone, Hash)]
struct State {
    random: Generator,
    clients: OpenClients,
    server: Server<Time>,
    events: Events<Event>,
}

#[derive(Clone, Hash)]
enum Event {
    Arrives,
    Finishes(Ticket),
}

impl Shop {
    fn new(seed: u64) -> Shop {
        let mut events = Events::new();
        events.schedule(Time::START, Event::Arrives);
        Shop {
            state: State {
                random: Generator::new(seed),
                clients: OpenClients::poisson(80),
                server: Server::new(1),
                events,
            },
            copies: Rc::new(()),
            runs: Rc::default(),
        }
    }
}

impl State {
    fn handle(&mut self, event: Event) {
        let now = self.events.now();
        let begun = match event {
            Event::Arrives => {
                let gap = self.clients.gap(&mut self.random);
                self.events.after(gap, Event::Arrives);
                let work = Exponential::new(Duration::from_millis(10)).draw(&mut self.random);
                match self.server.offer(now, now, work) {
                    Offer::Begins(begun) => Some(begun),
                    _ => None,
                }
            }
            Event::Finishes(ticket) => self.server.finish(now, ticket).and_then(|done| done.next),
        };
        if let Some(begun) = begun {
            self.events
                .schedule(begun.ends, Event::Finishes(begun.ticket));
        }
    }
}

impl Model for Shop {
    fn now(&self) -> Time {
        self.state.events.now()
    }

    fn run_until(&mut self, until: Time) {
        while let Some(event) = self.state.events.next_until(until) {
            self.runs.set(self.runs.get() + 1);
            self.state.handle(event);
        }
    }

    fn set(&mut self, control: u16, value: i32) {
        match (control, value) {
            (RATE, rate) => self.state.clients.set_rate(rate as u64),
            (STOPPED, 0) => self.state.server.bounce(),
            _ => drop(self.state.server.crash(self.now())),
        }
    }

    fn digest(&self) -> u64 {
        Digest::of(&self.state)
    }
}

fn at(millis: u64) -> Time {
    Time::from_millis(millis)
}

fn action(millis: u64, control: u16, value: i32) -> Action {
    Action {
        at: at(millis),
        control,
        value,
    }
}

fn actions() -> Vec<Action> {
    vec![
        action(7250, RATE, 120),
        action(0, RATE, 60),
        action(3000, STOPPED, 1),
        action(5000, STOPPED, 0),
    ]
}

/// The digest at a time, of a run that goes straight there.
fn straight(millis: u64, actions: Vec<Action>) -> u64 {
    let mut timeline = Timeline::with_actions(Shop::new(1), actions);
    timeline.seek(at(millis));
    timeline.present().digest()
}

#[test]
fn going_back_and_ahead_ends_where_the_straight_run_was() {
    let mut timeline = Timeline::with_actions(Shop::new(1), actions());
    timeline.seek(at(12_000));
    for millis in [
        500, 3000, 2999, 3001, 11_000, 0, 12_000, 7250, 5000, 30_000, 1, 12_000,
    ] {
        timeline.seek(at(millis));
        assert_eq!(timeline.now(), at(millis));
        assert_eq!(
            timeline.present().digest(),
            straight(millis, actions()),
            "{millis} ms"
        );
    }
    assert_eq!(timeline.actions().len(), 4, "going back forgets nothing");
}

#[test]
fn a_run_in_steps_ends_where_the_straight_run_does() {
    let mut timeline = Timeline::with_actions(Shop::new(1), actions());
    for _ in 0..1200 {
        timeline.step(Duration::from_millis(10));
    }
    assert_eq!(timeline.present().digest(), straight(12_000, actions()));
}

#[test]
fn what_is_set_by_hand_is_what_the_list_of_actions_does() {
    let mut timeline = Timeline::new(Shop::new(1));
    for action in [
        action(0, RATE, 60),
        action(3000, STOPPED, 1),
        action(5000, STOPPED, 0),
        action(7250, RATE, 120),
    ] {
        timeline.seek(action.at);
        timeline.set(action.control, action.value);
    }
    timeline.seek(at(12_000));
    assert_eq!(timeline.present().digest(), straight(12_000, actions()));
    assert_eq!(timeline.actions(), {
        let mut sorted = actions();
        sorted.sort_by_key(|action| action.at);
        sorted
    });
}

#[test]
fn something_set_in_the_past_drops_what_was_done_later() {
    let mut timeline = Timeline::with_actions(Shop::new(1), actions());
    timeline.seek(at(12_000));
    timeline.seek(at(4000));
    timeline.set(RATE, 10);
    let forked = vec![
        action(0, RATE, 60),
        action(3000, STOPPED, 1),
        action(4000, RATE, 10),
    ];
    assert_eq!(timeline.actions(), forked);
    timeline.seek(at(20_000));
    assert_eq!(
        timeline.present().digest(),
        straight(20_000, forked.clone())
    );
    timeline.seek(at(5000));
    assert_eq!(timeline.present().digest(), straight(5000, forked));
}

#[test]
fn a_control_that_is_set_twice_at_one_moment_keeps_the_last_value() {
    let mut timeline = Timeline::new(Shop::new(1));
    timeline.seek(at(2500));
    for rate in [10, 20, 30] {
        timeline.set(RATE, rate);
    }
    timeline.set(STOPPED, 1);
    timeline.set(RATE, 40);
    let kept = vec![action(2500, STOPPED, 1), action(2500, RATE, 40)];
    assert_eq!(timeline.actions(), kept);
    timeline.seek(at(9000));
    assert_eq!(timeline.present().digest(), straight(9000, kept));
}

#[test]
fn actions_of_one_moment_are_done_in_the_order_of_the_list() {
    let list = vec![
        action(3000, RATE, 10),
        action(1000, STOPPED, 1),
        action(3000, RATE, 200),
    ];
    let mut timeline = Timeline::new(Shop::new(1));
    timeline.seek(at(1000));
    timeline.set(STOPPED, 1);
    timeline.seek(at(3000));
    timeline.set(RATE, 200);
    timeline.seek(at(9000));
    assert_eq!(timeline.present().digest(), straight(9000, list));
}

#[test]
fn a_control_set_before_the_start_replaces_what_the_list_says_of_the_start() {
    let mut timeline = Timeline::with_actions(Shop::new(1), actions());
    timeline.set(RATE, 50);
    assert_eq!(timeline.actions(), [action(0, RATE, 50)]);
    timeline.seek(at(4000));
    assert_eq!(
        timeline.present().digest(),
        straight(4000, vec![action(0, RATE, 50)])
    );
}

#[test]
fn a_long_run_keeps_no_more_than_64_checkpoints_and_going_back_stays_cheap() {
    let start = Shop::new(1);
    let (copies, runs) = (start.copies.clone(), start.runs.clone());
    let mut timeline = Timeline::with_actions(start, actions());
    for second in 0..1000 {
        timeline.seek(Time::from_secs(second));
        // The present, and the one that this test holds.
        assert!(Rc::strong_count(&copies) <= 64 + 2);
    }
    let all = runs.get();
    for second in [999, 500, 123, 7] {
        runs.set(0);
        timeline.seek(Time::from_secs(second));
        assert!(
            runs.get() < all / 16,
            "only what came since the last checkpoint is repeated"
        );
        assert_eq!(
            timeline.present().digest(),
            straight(1000 * second, actions())
        );
    }
}

#[test]
fn going_ahead_again_repeats_at_most_one_spacing() {
    let start = Shop::new(1);
    let runs = start.runs.clone();
    let mut timeline = Timeline::new(start);
    timeline.seek(at(60_000));
    timeline.seek(at(500));
    runs.set(0);
    timeline.seek(at(59_500));
    assert!(runs.get() < 200, "a second of about 160 events");
}
