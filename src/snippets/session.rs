//! A shell session as an author writes it: commands behind `$ `, and below each what it prints.

/// One command of a session.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Command<'a> {
    /// Which line of the block (from 0) it stands on.
    pub(super) line: usize,
    /// What is typed, further lines behind a `\` included.
    pub(super) typed: String,
    /// Which line of the block (from 0) its output begins on.
    pub(super) output_line: usize,
    /// What it prints, without blank lines at the end; empty when the block does not show it.
    pub(super) output: Vec<&'a str>,
}

/// The commands of a block.
pub(super) fn commands(code: &str) -> Vec<Command<'_>> {
    let mut commands: Vec<Command> = Vec::new();
    let mut unfinished = false;
    for (index, line) in code.lines().enumerate() {
        let line = line.trim_end();
        if let (true, Some(command)) = (unfinished, commands.last_mut()) {
            let typed = line.trim_start();
            unfinished = push(
                &mut command.typed,
                typed.strip_prefix("> ").unwrap_or(typed),
            );
            command.output_line = index + 1;
        } else if let Some(typed) = line.trim_start_matches(' ').strip_prefix("$ ") {
            let mut command = Command {
                line: index,
                typed: String::new(),
                output_line: index + 1,
                output: Vec::new(),
            };
            unfinished = push(&mut command.typed, typed.trim_start());
            commands.push(command);
        } else if let Some(command) = commands.last_mut() {
            command.output.push(line);
        }
    }
    for command in &mut commands {
        while command.output.last().is_some_and(|line| line.is_empty()) {
            command.output.pop();
        }
    }
    commands
}

/// Adds what a line types to a command; whether the command goes on behind it.
fn push(command: &mut String, typed: &str) -> bool {
    let rest = typed.strip_suffix('\\');
    command.push_str(rest.unwrap_or(typed));
    rest.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_followed_by_what_it_prints() {
        let commands = commands("$ cargo run \\\n    --release\none\n\ntwo\n\n$ cargo test\n");
        let first = Command {
            line: 0,
            typed: "cargo run --release".into(),
            output_line: 2,
            output: vec!["one", "", "two"],
        };
        let second = Command {
            line: 6,
            typed: "cargo test".into(),
            output_line: 7,
            output: Vec::new(),
        };
        assert_eq!(commands, [first, second]);
    }
}
