//! The command line as clap reads it. What it refuses becomes one message that lists what there is.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Command, CommandFactory, FromArgMatches, Parser, Subcommand};

use super::{BAD_USAGE, Lab, Manifest, Terminal};

/// A whole command line.
#[derive(Debug, Parser)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub(super) struct Arguments<S: Args, V: Args> {
    #[command(flatten)]
    pub(super) start: StartOptions,
    #[command(flatten)]
    pub(super) own: S,
    #[command(subcommand)]
    pub(super) verb: Option<Verb<V>>,
}

/// What every lab takes when it starts as a whole.
#[derive(Debug, Clone, Args)]
pub(super) struct StartOptions {
    /// Where all randomness comes from
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(super) seed: u64,
    /// Port of the dashboard; the service's is 1000 above
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(0..=64_535))]
    pub(super) port: Option<u16>,
    /// Open the dashboard in the browser
    #[arg(long)]
    pub(super) open: bool,
}

/// What a lab does; nothing: the whole lab.
#[derive(Debug, Subcommand)]
pub(super) enum Verb<V: Args> {
    /// Run the lab's system alone, as a component: no load, no dashboard
    Serve(V),
    /// List the experiments, or run one
    Experiments(ExperimentsOptions),
    /// List the exercises, or grade one
    Exercises(ExercisesOptions),
}

/// What `experiments` takes.
#[derive(Debug, Clone, Args)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub(super) struct ExperimentsOptions {
    /// Which one, or `all`; without it they are listed
    pub(super) name: Option<String>,
    /// Only in virtual time: exact, the same everywhere
    #[arg(long)]
    pub(super) simulate: bool,
    /// Also put the same load on an installed engine
    #[arg(long, value_name = "ENGINE", conflicts_with = "simulate")]
    pub(super) against: Vec<String>,
    /// Print claims as JSON instead of tables
    #[arg(long)]
    pub(super) json: bool,
    /// Run all engines, too, and write measured.json
    #[arg(long, conflicts_with = "simulate")]
    pub(super) record: bool,
    /// Where all randomness comes from
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(super) seed: u64,
    #[command(subcommand)]
    pub(super) figure: Option<Replaying>,
}

/// What is replayed.
#[derive(Debug, Clone, Subcommand)]
pub(super) enum Replaying {
    /// Replay what a link to a live figure shows
    Figure(FigureOptions),
}

/// What `experiments figure` takes.
#[derive(Debug, Clone, Args)]
pub(super) struct FigureOptions {
    /// Which figure
    pub(super) name: Option<String>,
    /// Where all randomness comes from
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(super) seed: u64,
    /// Controls at the start: policy=two-choices,rate=80
    #[arg(long, value_name = "CONTROL=VALUE")]
    pub(super) set: Vec<String>,
    /// What is done later: 3s:stop=2,7.25s:stop=none
    #[arg(
        long,
        value_name = "ACTIONS",
        default_value = "",
        hide_default_value = true
    )]
    pub(super) actions: String,
    /// The moment that is shown
    #[arg(long, value_name = "SECONDS", default_value = "0s", value_parser = until_ms)]
    pub(super) until: u32,
}

/// What `exercises` takes.
#[derive(Debug, Clone, Args)]
pub(super) struct ExercisesOptions {
    /// Which one; without it they are listed
    pub(super) name: Option<String>,
    /// Show the next of its hints instead of grading it
    #[arg(long, requires = "name")]
    pub(super) hint: bool,
}

/// `12s`, `12.5s`, `12` in milliseconds.
fn until_ms(text: &str) -> Result<u32, String> {
    let seconds = text.strip_suffix('s').unwrap_or(text).trim();
    let seconds: Option<f64> = seconds.parse().ok();
    match seconds {
        Some(seconds) if (0.0..=600.0).contains(&seconds) => Ok((seconds * 1_000.0).round() as u32),
        _ => Err("write seconds from 0 to 600, as in 12s or 7.25s".into()),
    }
}

/// Why a command line is not carried out.
pub(super) struct Refusal {
    text: String,
    /// Help was asked for: that is no mistake.
    is_help: bool,
}

impl Refusal {
    /// Prints it, and gives the exit code.
    pub(super) fn tell(&self, terminal: &Terminal) -> u8 {
        if self.is_help {
            terminal.say(self.text.trim_end());
            return 0;
        }
        terminal.warn(self.text.trim_end());
        BAD_USAGE
    }
}

/// Reads a command line.
pub(super) fn parse<L: Lab>(
    arguments: Vec<OsString>,
    manifest: &Manifest,
) -> Result<Arguments<L::Start, L::Serve>, Refusal> {
    let command = Arguments::<L::Start, L::Serve>::command()
        .name(L::NAME)
        .about(format!(
            "{}. Without a verb the whole lab starts, with a dashboard.",
            manifest.title
        ));
    let typed: Vec<String> = arguments
        .iter()
        .map(|argument| argument.to_string_lossy().into_owned())
        .collect();
    let parsed = command.clone().try_get_matches_from(arguments);
    let parsed = parsed.and_then(|matches| Arguments::from_arg_matches(&matches));
    parsed.map_err(|error| refusal(&error, (&command, &typed)))
}

fn refusal(error: &clap::Error, (command, typed): (&Command, &[String])) -> Refusal {
    let is_help = error.kind() == ErrorKind::DisplayHelp;
    let wrong = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        _ => None,
    };
    let meant = meant(command, typed);
    let text = match error.kind() {
        ErrorKind::UnknownArgument => wrong(ContextKind::InvalidArg)
            .filter(|argument| argument.starts_with('-'))
            .map(|argument| unknown_option(&argument, meant)),
        ErrorKind::InvalidSubcommand => {
            wrong(ContextKind::InvalidSubcommand).map(|verb| unknown_verb(&verb, command))
        }
        _ => None,
    };
    Refusal {
        text: text.unwrap_or_else(|| error.to_string()),
        is_help,
    }
}

/// The command whose options were meant: the innermost verb among the words that were typed.
fn meant<'c>(command: &'c Command, typed: &[String]) -> &'c Command {
    let mut meant = command;
    for word in typed.iter().skip(1) {
        if let Some(verb) = meant.find_subcommand(word) {
            meant = verb;
        }
    }
    meant
}

fn unknown_option(option: &str, command: &Command) -> String {
    let options = command.get_arguments().filter_map(clap::Arg::get_long);
    let options: Vec<String> = options.map(|name| format!("--{name}")).collect();
    format!(
        "error: there is no option `{option}` for {}; there are {} (and --help)",
        command.get_name(),
        options.join(", ")
    )
}

fn unknown_verb(verb: &str, command: &Command) -> String {
    let verbs: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
    format!(
        "error: there is no verb `{verb}`; there are {}; without a verb the whole lab starts",
        verbs.join(", ")
    )
}
