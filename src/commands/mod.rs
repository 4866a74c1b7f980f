//! The commands. Only here, and in `main`, anything is printed.

mod build;
mod check;
mod measure;
mod new;
mod report;
mod serve;
mod test;

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use tracing_subscriber::fmt::writer::MakeWriterExt;

pub use new::{New, NewArguments};
pub use report::errors;

use crate::problem::Problems;

/// Builds and serves books with runnable labs; builds any mdBook book.
#[derive(Debug, Parser)]
#[command(version, about, disable_help_subcommand = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What labbook can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the book into a folder
    Build(BuildArguments),
    /// Show the book on this machine, and keep open pages up to date while its files change
    Serve(ServeArguments),
    /// Look for what a reader would stumble over: links, figures, labs, HTML, contrast, weight; fail if there is any
    Check(CheckArguments),
    /// Compile and run the book's Rust snippets and console blocks; fail if one does not do what the book says
    ///
    /// This runs code: the book's Rust snippets, and the programs that its console blocks call and its book.toml lists
    /// (`commands` in [output.labbook.test]). Test only books that you trust. The other commands run no code of a book's, but for
    /// its preprocessors, what cargo runs to compile its live figures and the labs of its cards, and the labs that `measure` runs.
    Test(TestArguments),
    /// Run the experiments of labs and write their measured.json anew; fail if a claim does not hold
    ///
    /// This compiles and runs the labs, for as long as their experiments take: nothing else should run on the machine meanwhile.
    Measure(MeasureArguments),
    /// Begin a book, a chapter, a figure or a lab
    New(NewArguments),
}

/// `labbook build`.
#[derive(Debug, Args)]
pub struct BuildArguments {
    /// The folder that holds book.toml
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Where the site goes [default: `build-dir` of book.toml, or `book` beside it]
    #[arg(short, long)]
    pub dest_dir: Option<PathBuf>,
    /// Open the book in a browser afterwards
    #[arg(short, long)]
    pub open: bool,
}

/// `labbook serve`.
#[derive(Debug, Args)]
pub struct ServeArguments {
    /// The folder that holds book.toml
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// The port
    #[arg(short, long, default_value_t = 3000)]
    pub port: u16,
    /// The address to listen on; only this machine can reach the default
    #[arg(short = 'n', long, default_value = "127.0.0.1")]
    pub hostname: String,
    /// Open the book in a browser
    #[arg(short, long)]
    pub open: bool,
}

/// `labbook check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// The folder that holds book.toml
    #[arg(default_value = ".")]
    pub dir: PathBuf,
}

/// `labbook test`.
#[derive(Debug, Args)]
pub struct TestArguments {
    /// The folder that holds book.toml
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Only the chapter with this name or file
    #[arg(short, long)]
    pub chapter: Option<String>,
    /// Folders of compiled crates that Rust snippets may use, separated by commas
    #[arg(short = 'L', long, value_delimiter = ',')]
    pub library_path: Vec<PathBuf>,
}

/// `labbook measure`.
#[derive(Debug, Args)]
pub struct MeasureArguments {
    /// The labs, in this order: `lab-03`, or `03` [default: all]
    pub labs: Vec<String>,
    /// The folder that holds book.toml
    #[arg(short, long, default_value = ".")]
    pub dir: PathBuf,
}

/// Runs one command.
///
/// # Errors
/// Everything that kept it from doing its work.
pub fn run(arguments: &Arguments) -> Result<(), Problems> {
    show_warnings_of_mdbook();
    match &arguments.command {
        Command::Build(arguments) => build::run(arguments),
        Command::Serve(arguments) => serve::run(arguments),
        Command::Check(arguments) => check::run(arguments),
        Command::Test(arguments) => test::run(arguments),
        Command::Measure(arguments) => measure::run(arguments),
        Command::New(arguments) => new::run(arguments),
    }
}

/// mdBook's crates report through `tracing`. Their errors also come back as errors; only warnings would be lost, but for
/// those of [`SAID_BY_US`].
fn show_warnings_of_mdbook() {
    let warnings = std::io::stderr.with_filter(|event| {
        *event.level() == tracing::Level::WARN && !SAID_BY_US.contains(&event.target())
    });
    let shown = tracing_subscriber::fmt()
        .with_writer(warnings)
        .with_ansi(std::io::stderr().is_terminal())
        .with_max_level(tracing::Level::WARN);
    // A second call in one process (tests) keeps the first subscriber.
    let _ = shown.without_time().with_target(false).try_init();
}

/// Where mdBook warns of what we report ourselves, with file and line: SUMMARY.md, two files of one page.
const SAID_BY_US: [&str; 2] = [
    "mdbook_summary",
    "mdbook_driver::builtin_preprocessors::index",
];
