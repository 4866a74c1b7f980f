//! Exercise `health-check`: write what one more probe does to the balancer's belief about a server.
//!
//! Fill in [`after_probe`], then run `cargo run --bin lab-03 -- exercises health-check`.

use std::{format, string::String, vec::Vec};

use kit::exercise::Passed;
use simulation::Generator;

use crate::policy::health::{Probed, Thresholds};

/// The belief after one more probe. It turns only after `fall` failed probes in a row (from up to down) or `rise` answered
/// ones in a row (from down to up). `against` counts the probes in a row that contradict the belief; it is 0 after one that
/// agrees, and after the belief has turned.
pub fn after_probe(belief: Probed, answered: bool, thresholds: &Thresholds) -> Probed {
    kit::not_written!(belief, answered, thresholds)
}

/// What a reader writes.
pub type AfterProbe = fn(Probed, bool, &Thresholds) -> Probed;

/// Random probes of the last question.
const PROBES: u32 = 10_000;

/// A row of probes, `.` answered and `x` failed, and what must be believed after them.
struct Case {
    rise: u32,
    fall: u32,
    probes: &'static str,
    is_up: bool,
    against: u32,
    lesson: &'static str,
}

const fn case(
    (rise, fall): (u32, u32),
    probes: &'static str,
    (is_up, against): (bool, u32),
    lesson: &'static str,
) -> Case {
    Case {
        rise,
        fall,
        probes,
        is_up,
        against,
        lesson,
    }
}

const CASES: [Case; 10] = [
    case(
        (2, 3),
        ".",
        (true, 0),
        "an answer of a server that is up changes nothing",
    ),
    case(
        (2, 3),
        "x",
        (true, 1),
        "one lost answer proves nothing, but it is counted",
    ),
    case((2, 3), "xx", (true, 2), "two of three are not three"),
    case(
        (2, 3),
        "xxx",
        (false, 0),
        "the third failure in a row takes the server out, and the count begins anew",
    ),
    case(
        (2, 3),
        "xx.",
        (true, 0),
        "an answer between failures sets the count back",
    ),
    case(
        (2, 3),
        "xx.x",
        (true, 1),
        "failures must come in a row: the answer between them has set the count back",
    ),
    case(
        (2, 3),
        "xxx.",
        (false, 1),
        "one answer does not bring a dead server back; `rise` are needed",
    ),
    case(
        (2, 3),
        "xxx..",
        (true, 0),
        "two answers in a row bring it back",
    ),
    case(
        (2, 3),
        "xxx.x.",
        (false, 1),
        "answers must come in a row, too",
    ),
    case(
        (1, 1),
        "x.x",
        (false, 0),
        "with thresholds of 1 every probe decides",
    ),
];

/// Says whether an implementation is right, and if not, which probes show it.
///
/// # Errors
/// It is wrong; the message is for the reader.
pub fn grade(after_probe: AfterProbe) -> Result<Passed, String> {
    for case in &CASES {
        let thresholds = Thresholds {
            rise: case.rise,
            fall: case.fall,
        };
        let probes = case.probes.chars().map(|probe| probe == '.');
        let belief = probes.fold(Probed::default(), |belief, answered| {
            after_probe(belief, answered, &thresholds)
        });
        let expected = Probed {
            is_up: case.is_up,
            against: case.against,
        };
        if belief != expected {
            return Err(format!(
                "rise {}, fall {}, probes {} (x: failed, .: answered): it should be {}, and you say {}. Remember: {}",
                case.rise,
                case.fall,
                case.probes,
                in_words(expected),
                in_words(belief),
                case.lesson
            ));
        }
    }
    at_random(after_probe)?;
    Ok(Passed::new(format!(
        "{} rows of probes by hand and {PROBES} at random give the right belief",
        CASES.len()
    )))
}

fn in_words(belief: Probed) -> String {
    let state = if belief.is_up { "up" } else { "down" };
    format!("{state} with {} against it", belief.against)
}

/// Compares with the whole history, looked through from its end: nothing to be kept, so nothing to be kept wrongly.
fn at_random(after_probe: AfterProbe) -> Result<(), String> {
    let mut random = Generator::new(4);
    let thresholds = Thresholds { rise: 3, fall: 4 };
    let (mut belief, mut is_up) = (Probed::default(), true);
    // Probes since the belief turned last.
    let mut probes: Vec<bool> = Vec::new();
    for number in 1..=PROBES {
        let answered = random.chance(1, 2);
        probes.push(answered);
        belief = after_probe(belief, answered, &thresholds);
        let against = probes.iter().rev().take_while(|probe| **probe != is_up);
        let mut against = against.count() as u32;
        if against
            == if is_up {
                thresholds.fall
            } else {
                thresholds.rise
            }
        {
            (is_up, against) = (!is_up, 0);
            probes.clear();
        }
        let expected = Probed { is_up, against };
        if belief != expected {
            return Err(format!(
                "after {number} random probes with rise 3 and fall 4 it should be {}, and you say {}",
                in_words(expected),
                in_words(belief)
            ));
        }
    }
    Ok(())
}
