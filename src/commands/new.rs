//! `labbook new`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::report;
use crate::build::{Purpose, build};
use crate::load::load;
use crate::new::{self, Plan};
use crate::output::create;
use crate::problem::{Problems, shown};

/// `labbook new`.
#[derive(Debug, Args)]
pub struct NewArguments {
    /// What to begin.
    #[command(subcommand)]
    pub what: New,
}

/// What can be begun.
#[derive(Debug, Subcommand)]
pub enum New {
    /// A book, in a folder that is empty or not there yet
    Book {
        /// The folder
        path: PathBuf,
        /// The book's title [default: the folder's name]
        #[arg(long)]
        title: Option<String>,
    },
    /// A chapter after the last numbered one, with its line in SUMMARY.md
    Chapter {
        /// Whole words in lower case, joined by hyphens: `one-front-door`
        name: String,
        /// The folder that holds book.toml
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// The chapter's title [default: the name]
        #[arg(long)]
        title: Option<String>,
    },
    /// A figure: a drawing, and its block in a chapter
    Figure {
        /// Whole words in lower case, joined by hyphens: `who-gets-the-next`
        name: String,
        /// The folder that holds book.toml
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// The chapter's file; without it, the block is printed
        #[arg(long)]
        chapter: Option<PathBuf>,
    },
    /// A lab: a small program with its decision, its tests and its README
    Lab {
        /// Whole words in lower case, joined by hyphens; a number before them, if not the next: `03-load-balancer`
        name: String,
        /// The folder that holds book.toml
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// The lab's title [default: the name]
        #[arg(long)]
        title: Option<String>,
    },
}

/// Makes the files of a beginning.
pub(super) fn run(arguments: &NewArguments) -> Result<(), Problems> {
    let plan = plan(&arguments.what)?;
    create(&plan.files)?;
    for creation in &plan.files {
        let done = match creation.before {
            Some(_) => "changed",
            None => "created",
        };
        report::say(&format!("{done} {}", shown(&creation.file)));
    }
    report::say(&format!("next: {}", plan.next));
    if let Some(text) = &plan.paste {
        report::say(&format!("\n{}", text.trim_end()));
    }
    Ok(())
}

/// What shall be made. A book that is broken already is said first.
fn plan(what: &New) -> Result<Plan, Problems> {
    Ok(match what {
        New::Book { path, title } => new::book(path, title.as_deref())?,
        New::Chapter { name, dir, title } => new::chapter(&load(dir)?.0, name, title.as_deref())?,
        New::Figure { name, dir, chapter } => {
            new::figure(&build(dir, Purpose::Preview)?, name, chapter.as_deref())?
        }
        New::Lab { name, dir, title } => new::lab(&load(dir)?.0, name, title.as_deref())?,
    })
}
