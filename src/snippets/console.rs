//! Console blocks: each command is run in the book's root, and what it prints is compared with what the block shows.

use super::command_line::{program, words};
use super::comparison::compare;
use super::session::{Command, commands};
use crate::process::Ran;

/// What came of a console block.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Every command did as shown.
    Passed,
    /// Nothing was run, since this program is not on the book's list; empty when the block has no command.
    NotRun(String),
    /// A command did otherwise.
    Failed(Fault),
    /// The user wants to stop.
    Interrupted,
}

/// What is wrong with a block.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Which line of the block (from 0).
    pub(super) line: usize,
    /// One sentence.
    pub(super) message: String,
    /// What was printed, or how it differs.
    pub(super) details: String,
}

/// How console blocks are run.
pub(super) struct Rules<'a> {
    /// The programs that may be run.
    pub(super) programs: &'a [String],
    /// Seconds that a command may take, for messages.
    pub(super) seconds: u64,
    /// Runs the words of a command.
    pub(super) run: &'a dyn Fn(&[String]) -> Ran,
}

/// Runs a block up to its first fault. When it `fails`, its last command must end with another exit code than 0.
pub(super) fn test(code: &str, fails: bool, rules: &Rules) -> Outcome {
    let commands = commands(code);
    let called = || {
        commands
            .iter()
            .filter_map(|command| program(&command.typed))
    };
    let is_listed = |name: &str| rules.programs.iter().any(|program| program == name);
    // A folder is changed to for the sake of what follows: said as a fault, where anything may be run at all.
    let is_fault = |name: &str| name == "cd" && !rules.programs.is_empty();
    if let Some(other) = called().find(|name| !is_listed(name) && !is_fault(name)) {
        return Outcome::NotRun(other.to_string());
    }
    if called().next().is_none() {
        return Outcome::NotRun(String::new());
    }
    let last = commands.len() - 1;
    for (index, command) in commands.iter().enumerate() {
        if program(&command.typed).is_none() {
            continue;
        }
        match test_command(command, fails && index == last, rules) {
            Ok(true) => {}
            Ok(false) => return Outcome::Interrupted,
            Err(fault) => return Outcome::Failed(fault),
        }
    }
    Outcome::Passed
}

/// Runs one command; false when the user interrupts.
fn test_command(command: &Command, must_fail: bool, rules: &Rules) -> Result<bool, Fault> {
    let fault = |message: String, details: String| Fault {
        line: command.line,
        message,
        details,
    };
    let typed = &command.typed;
    let words = words(typed).map_err(|what| {
        fault(
            format!("`{typed}` cannot be run: it has {what}, and labbook uses no shell; show the program alone, or write `ignore` behind the block's language"),
            String::new(),
        )
    })?;
    let (code, output) = match (rules.run)(&words) {
        Ran::Ended { code, output } => (code, output),
        Ran::Interrupted => return Ok(false),
        Ran::TooLong { output } => {
            let seconds = rules.seconds;
            let message = format!(
                "`{typed}` was ended after {seconds} s: write `ignore` behind the block's language if it runs for ever, or set `timeout-s` in [output.labbook.test]"
            );
            return Err(fault(message, output));
        }
        Ran::NotFound => {
            let program = words.first().map_or("", String::as_str);
            let message = format!(
                "`{program}` is not installed: install it, or write `ignore` behind the block's language"
            );
            return Err(fault(message, String::new()));
        }
        Ran::NotStarted(why) => {
            return Err(fault(
                format!("`{typed}` cannot be started: {why}"),
                String::new(),
            ));
        }
    };
    if let Some(message) = wrong_code(typed, code, must_fail) {
        return Err(fault(message, output));
    }
    if command.output.is_empty() {
        return Ok(true);
    }
    match compare(&command.output, &output) {
        None => Ok(true),
        Some(difference) => Err(Fault {
            line: command.output_line + difference.line,
            message: format!(
                "`{typed}` prints something else than this block shows (`-` is shown, `+` was printed)"
            ),
            details: difference.lines,
        }),
    }
}

/// What is wrong with an exit code, if anything.
fn wrong_code(typed: &str, code: Option<i32>, must_fail: bool) -> Option<String> {
    match (code, must_fail) {
        (Some(0), true) => Some(format!(
            "`{typed}` succeeds, and the block says `fails`: remove that word, or correct the command"
        )),
        (Some(0), false) | (Some(_), true) => None,
        (Some(code), false) => Some(format!(
            "`{typed}` ends with exit code {code}: correct it, or write `fails` behind the block's language if it should"
        )),
        (None, _) => Some(format!("`{typed}` was ended by a signal")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tries a block that may run `cargo`, with a runner that does nothing but answer.
    fn tried(code: &str, fails: bool, answer: fn(&[String]) -> Ran) -> Outcome {
        let rules = Rules {
            programs: &["cargo".into()],
            seconds: 60,
            run: &answer,
        };
        test(code, fails, &rules)
    }

    fn ended(code: i32, output: &str) -> Ran {
        Ran::Ended {
            code: Some(code),
            output: output.into(),
        }
    }

    #[track_caller]
    fn failed(outcome: Outcome) -> Fault {
        match outcome {
            Outcome::Failed(fault) => fault,
            other => panic!("it should fail: {other:?}"),
        }
    }

    #[test]
    fn output_is_compared_where_it_is_shown() {
        let answer = |words: &[String]| ended(0, &format!("{}\nlast\n", words.join("+")));
        let block = "$ cargo run 'a b' # a comment\ncargo+run+a b\n...\n$ cargo quiet\n";
        assert_eq!(tried(block, false, answer), Outcome::Passed);
        let fault = failed(tried("$ cargo run\ncargo+run\nfirst\n", false, answer));
        assert_eq!(
            (fault.line, fault.details.as_str()),
            (2, "  cargo+run\n- first\n+ last\n")
        );
    }

    #[test]
    fn a_command_that_takes_too_long_says_how_to_leave_it_out() {
        let answer = |_: &[String]| Ran::TooLong {
            output: "listening\n".into(),
        };
        let fault = failed(tried("$ cargo build\n", false, answer));
        assert!(
            fault.message.contains("after 60 s") && fault.message.contains("`ignore`"),
            "{fault:?}"
        );
        assert_eq!(fault.details, "listening\n");
    }

    #[test]
    fn exit_codes() {
        assert_eq!(
            tried("$ cargo x\n", true, |_| ended(2, "")),
            Outcome::Passed
        );
        let fault = failed(tried("$ cargo x\n", true, |_| ended(0, "")));
        assert!(fault.message.contains("`fails`"), "{fault:?}");
        let fault = failed(tried("$ cargo x\n$ cargo y\n", true, |_| ended(2, "why\n")));
        assert!(
            fault.message.contains("exit code 2") && fault.details == "why\n",
            "{fault:?}"
        );
        assert_eq!(fault.line, 0, "only the last command must fail");
    }

    #[test]
    fn other_programs_are_not_run_and_a_shell_is_not_used() {
        let never = |words: &[String]| panic!("{words:?} was run");
        let not_run = |block| tried(block, false, never);
        assert_eq!(
            not_run("$ cargo build\n$ rm -r /\n"),
            Outcome::NotRun("rm".into())
        );
        assert_eq!(
            not_run("$ A=1 rm x | cargo\n"),
            Outcome::NotRun("rm".into())
        );
        assert_eq!(not_run("# only text\n"), Outcome::NotRun(String::new()));
        for block in [
            "$ cd labs\n",
            "$ cargo run | head\n",
            "$ cargo run && rm x\n",
        ] {
            let fault = failed(not_run(block));
            assert!(fault.message.contains("`ignore`"), "{fault:?}");
        }
        assert_eq!(
            tried("$ cargo x\n", false, |_| Ran::Interrupted),
            Outcome::Interrupted
        );
    }
}
