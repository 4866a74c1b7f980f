//! Whatever a host does to the exports, they answer.

use figures::catalogue::names;
use figures::host::{Host, INPUT_BYTES_MAX};
use simulation::Generator;

use super::{Opened, open, put};

/// Values that controls get, right and wrong.
const SETTINGS: [&str; 32] = [
    "policy=random",
    "policy=round-robin",
    "policy=least-connections",
    "policy=two-choices",
    "policy=peak-ewma",
    "policy=nothing",
    "stop=none",
    "stop=1",
    "stop=2+3",
    "stop=1+2+3+4",
    "slow=1+2+3+4",
    "slow=none",
    "rate=20",
    "rate=160",
    "rate=-1",
    "work=equal",
    "work=uneven",
    "interval=1",
    "interval=10",
    "threshold=1",
    "threshold=5",
    "checks=active",
    "checks=passive",
    "servers=1",
    "servers=1+2+3+4+5+6",
    "servers=none",
    "method=modulo",
    "method=ring",
    "points=1",
    "busy=40",
    "busy=90",
    "=",
];

#[test]
fn any_order_of_calls_is_survived() {
    for seed in 0..40 {
        let mut random = Generator::new(seed);
        let all: Vec<&str> = names().collect();
        let name = all[usize::try_from(seed).expect("small") % all.len()];
        let mut figure = Opened::new(&format!("figure={name}\nseed={seed}"));
        for _ in 0..60 {
            any_call(&mut figure, &mut random);
        }
        assert!(
            figure.ask(|run| run.svg()).ends_with("</svg>"),
            "{name}, seed {seed}"
        );
    }
}

fn any_call(figure: &mut Opened, random: &mut Generator) {
    let ms = u32::try_from(random.below(2_000)).expect("small");
    match random.below(8) {
        0..=2 => {
            let setting = SETTINGS[usize::try_from(random.below(32)).expect("small")];
            // A control of another figure is refused; that is an answer, too.
            let _ = figure.set(setting);
        }
        3 => figure.seek(ms * 10),
        4 => {
            figure.frame();
        }
        _ => figure.step(ms),
    }
}

#[test]
fn handles_that_were_never_given_are_nothing() {
    let mut host = Host::default();
    for handle in [-1, 0, 1, 63, i32::MAX, i32::MIN] {
        host.step(handle, 10);
        host.seek(handle, 10);
        host.close(handle);
        assert_eq!(host.time(handle), 0);
        assert_eq!(host.frame(handle), 0);
        assert_eq!(host.ask(handle, |run| run.svg()), 0);
        let length = put(&mut host, "rate=20");
        assert_eq!(host.set(handle, length), -1);
    }
}

#[test]
fn a_closed_figure_makes_room_for_another() {
    let mut host = Host::default();
    let handles: Vec<i32> = (0..64)
        .map(|_| open(&mut host, "figure=ring").expect("room for 64"))
        .collect();
    assert!(
        open(&mut host, "figure=ring")
            .expect_err("64 is all")
            .contains("close one")
    );
    host.close(handles[5]);
    assert_eq!(open(&mut host, "figure=ring"), Ok(handles[5]));
}

#[test]
fn too_much_input_and_bytes_that_are_no_text_are_refused() {
    let mut host = Host::default();
    assert!(host.input(INPUT_BYTES_MAX + 1).is_none());
    host.input(2).expect("room").copy_from_slice(&[0xFF, 0xFE]);
    assert_eq!(host.open(2), -1);
    assert_eq!(host.open(3), -1, "longer than what came in");
}

#[test]
fn the_end_of_time_is_an_end() {
    let mut figure = Opened::new("figure=pipe");
    figure.seek(u32::MAX);
    assert_eq!(figure.time(), 600_000);
    figure.step(u32::MAX);
    assert_eq!(figure.time(), 600_000);
}
