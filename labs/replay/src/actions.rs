//! What a reader did and when, as text: `3s:stop=2,7.25s:policy=two-choices`.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use scene::control::Control;
use scene::whole;
use simulation::Action;
use simulation::Time;

use crate::run::{TIME_MS_MAX, read};

/// More actions than this are a mistake, or an attempt to fill memory.
const ACTIONS_MAX: usize = 1_000;

/// Reads actions; they must stand in the order of their times.
///
/// # Errors
/// Quotes the action that can't be and says how one is written.
pub(crate) fn parse(controls: &[Control], text: &str) -> Result<Vec<Action>, String> {
    let mut actions: Vec<Action> = Vec::new();
    for part in text.split(',').filter(|part| !part.is_empty()) {
        let action = action(controls, part)?;
        if actions.last().is_some_and(|last| last.at > action.at) {
            return Err(["action `", part, "` comes before the one that stands before it: write them in the order of their times"].concat());
        }
        if actions.len() == ACTIONS_MAX {
            return Err("more than 1,000 actions: leave some out".to_owned());
        }
        actions.push(action);
    }
    Ok(actions)
}

fn action(controls: &[Control], part: &str) -> Result<Action, String> {
    let wrong = || ["`", part, "` is no action: write one as `3s:stop=2`"].concat();
    let (time, setting) = part.split_once(':').ok_or_else(wrong)?;
    let (name, value) = setting.split_once('=').ok_or_else(wrong)?;
    let ms = milliseconds(time).ok_or_else(wrong)?;
    if ms > TIME_MS_MAX {
        return Err([
            "action `",
            part,
            "` is later than 600s: a figure ends there",
        ]
        .concat());
    }
    let (control, value) = read(controls, name, value)?;
    Ok(Action {
        at: Time::from_millis(u64::from(ms)),
        control,
        value,
    })
}

/// `3s`, `7.25s` in milliseconds.
fn milliseconds(text: &str) -> Option<u32> {
    let seconds = text.strip_suffix('s')?;
    let (whole, part) = seconds.split_once('.').unwrap_or((seconds, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || part.len() > 3 || !digits(whole) || !digits(part) {
        return None;
    }
    let mut thousandths = 0;
    for place in 0..3 {
        let digit = part.as_bytes().get(place).map_or(0, |byte| byte - b'0');
        thousandths = thousandths * 10 + u32::from(digit);
    }
    let whole: u32 = whole.parse().ok()?;
    whole.checked_mul(1_000)?.checked_add(thousandths)
}

/// Writes actions as [`parse`] reads them.
pub(crate) fn print(controls: &[Control], actions: &[Action]) -> String {
    let mut text = String::new();
    for action in actions {
        if !text.is_empty() {
            text.push(',');
        }
        push_seconds(&mut text, action.at);
        let control = &controls[usize::from(action.control)];
        text.push(':');
        text.push_str(control.name);
        text.push('=');
        text.push_str(&control.print(action.value));
    }
    text
}

fn push_seconds(text: &mut String, at: Time) {
    let ms = at.as_nanos() / 1_000_000;
    text.push_str(&whole(ms / 1_000));
    let thousandths = ms % 1_000;
    if thousandths > 0 {
        text.push('.');
        let digits = whole(thousandths + 1_000);
        let digits = digits.trim_start_matches('1');
        text.push_str(digits.trim_end_matches('0'));
    }
    text.push('s');
}

#[cfg(test)]
mod tests {
    use super::*;
    use scene::control::Kind;

    const CONTROLS: &[Control] = &[Control {
        name: "rate",
        label: "Requests a second",
        kind: Kind::Range {
            least: 0,
            most: 100,
            step: 10,
            default: 50,
            unit: "/s",
        },
    }];

    #[test]
    fn actions_are_printed_as_they_were_written() {
        let text = "0s:rate=10,3s:rate=20,7.25s:rate=100,60.005s:rate=0";
        let actions = parse(CONTROLS, text).expect("all is well");
        let printed = print(CONTROLS, &actions);
        assert_eq!(printed, text);
    }

    #[test]
    fn what_is_no_action_is_quoted() {
        for (text, says) in [
            ("3:rate=10", "write one as `3s:stop=2`"),
            ("s:rate=10", "write one as"),
            ("3s:rate", "write one as"),
            ("1.2345s:rate=10", "write one as"),
            ("99999999999s:rate=10", "write one as"),
            ("601s:rate=10", "later than 600s"),
            ("3s:rat=10", "there is no control `rat`; there are rate"),
            ("3s:rate=10,2s:rate=20", "order of their times"),
        ] {
            let message = parse(CONTROLS, text).expect_err(text);
            assert!(message.contains(says), "{text}: {message}");
        }
    }
}
