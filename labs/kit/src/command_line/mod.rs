//! A lab's command line: four verbs, the same in every lab.
//!
//! No verb starts the whole lab, `serve` its system alone, `experiments` asks and answers, `exercises` grades. A lab
//! implements [`Lab`], and its `main` returns [`main`]`::<L>()`. Bad input is one message that lists what there is, and
//! exit code 2; a claim that does not hold or an exercise that is not passed is exit code 1.

mod arguments;
mod book;
mod exercises;
mod experiments;
mod figure;
mod manifest;
mod progress;
mod report;
mod session;
mod stop;
mod terminal;
mod text;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;

use crate::exercise::Exercise;
use crate::experiment::Experiment;
use arguments::{Arguments, Verb};
pub use figure::{Figure, FigureRequest, Replay};
pub use manifest::{Manifest, Task};
pub use session::Session;
pub use stop::asked_to_stop;
pub use terminal::Terminal;

/// A lab: what its program can do.
pub trait Lab {
    /// The name of the package and of its program: `lab-03`. Its number gives the ports: 7003 and 8003.
    const NAME: &'static str;
    /// The text of the lab's Cargo.toml: `include_str!("../Cargo.toml")`. Title, pokes and exercises are read from its
    /// `[package.metadata.lab]`.
    const MANIFEST: &'static str;
    /// The lab's folder: `env!("CARGO_MANIFEST_DIR")`. measured.json stands there.
    const FOLDER: &'static str;

    /// Options of the whole lab besides `--seed`, `--port` and `--open`; [`NoOptions`] if there are none.
    type Start: clap::Args;
    /// Options of `serve`.
    type Serve: clap::Args;

    /// Starts the whole lab and runs it until Ctrl-C: ends with [`Session::run`].
    ///
    /// # Errors
    /// What can't be started, and what to do about it.
    fn start(session: Session, options: Self::Start) -> impl Future<Output = anyhow::Result<()>>;

    /// Runs the lab's system alone until Ctrl-C or SIGTERM: [`asked_to_stop`]. It makes its own runtimes.
    ///
    /// # Errors
    /// What can't be started, and what to do about it.
    fn serve(options: Self::Serve) -> anyhow::Result<()>;

    /// The experiments, in the order of the chapter.
    fn experiments() -> &'static [&'static dyn Experiment];

    /// The exercises, in the order of the chapter. Each has its words in the lab's Cargo.toml.
    fn exercises() -> &'static [Exercise];

    /// The live figures that `experiments figure` can replay.
    fn figures() -> Vec<Figure> {
        Vec::new()
    }
}

/// No options at all.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct NoOptions {}

/// Where a run reads and writes.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// What it says goes there.
    pub terminal: Terminal,
    /// The folder that has `.labbook/`.
    pub book: PathBuf,
    /// The folder that has measured.json.
    pub lab: PathBuf,
}

/// The whole program: reads the command line, does what it says, gives the exit code.
pub fn main<L: Lab>() -> ExitCode {
    let surroundings = Surroundings {
        terminal: Terminal::of_process(),
        book: book::root(),
        lab: PathBuf::from(L::FOLDER),
    };
    ExitCode::from(run::<L>(std::env::args_os().collect(), &surroundings))
}

/// As [`main`], with these arguments (the program's name first) and surroundings.
pub fn run<L: Lab>(arguments: Vec<OsString>, surroundings: &Surroundings) -> u8 {
    let terminal = &surroundings.terminal;
    let parsed = Manifest::parse(L::NAME, L::MANIFEST)
        .map(|manifest| (arguments::parse::<L>(arguments, &manifest), manifest));
    let done = match parsed {
        Ok((Ok(arguments), manifest)) => carry_out::<L>(arguments, manifest, surroundings),
        Ok((Err(refusal), _)) => return refusal.tell(terminal),
        Err(error) => Err(error),
    };
    done.unwrap_or_else(|error| {
        terminal.warn(&format!("error: {error:#}"));
        let is_usage = error.downcast_ref::<Misspelt>().is_some();
        if is_usage { BAD_USAGE } else { FAILED }
    })
}

/// A claim does not hold, an exercise is not passed, or something went wrong.
const FAILED: u8 = 1;
/// The command line asks for what there is not.
const BAD_USAGE: u8 = 2;
/// Ended by Ctrl-C, as shells count it.
const INTERRUPTED: u8 = 130;

/// A name that does not exist, with those that do.
#[derive(Debug)]
struct Misspelt(String);

impl Misspelt {
    /// `there is no experiment `polices`; there are policies, detection`.
    fn error<'n>(
        kind: &str,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
    ) -> anyhow::Error {
        let known: Vec<&str> = known.into_iter().collect();
        let shown: String = name.chars().take(60).collect();
        let there_are = match known[..] {
            [] => "there are none".to_string(),
            [one] => format!("there is {one}"),
            _ => format!("there are {}", known.join(", ")),
        };
        Misspelt(format!("there is no {kind} `{shown}`; {there_are}")).into()
    }
}

impl std::fmt::Display for Misspelt {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Misspelt {}

fn carry_out<L: Lab>(
    arguments: Arguments<L::Start, L::Serve>,
    manifest: Manifest,
    surroundings: &Surroundings,
) -> anyhow::Result<u8> {
    match arguments.verb {
        None => {
            let session =
                Session::new(L::NAME, manifest, &arguments.start, &surroundings.terminal)?;
            runtime()?.block_on(L::start(session, arguments.own))?;
            Ok(0)
        }
        Some(Verb::Serve(options)) => L::serve(options).map(|()| 0),
        Some(Verb::Experiments(options)) => match options.figure {
            Some(arguments::Replaying::Figure(figure)) => {
                figure::replay(&L::figures(), &figure, &surroundings.terminal)
            }
            None => experiments::run(L::NAME, L::experiments(), (&options, surroundings)),
        },
        Some(Verb::Exercises(options)) => {
            exercises::run(&manifest, L::exercises(), (&options, surroundings))
        }
    }
}

/// One thread, with sockets, signals and time.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the asynchronous runtime")
}
