//! The command line of labbook.

use std::process::ExitCode;

use clap::Parser;
use labbook::commands::{Arguments, errors, run};

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => {
            errors(&problems);
            ExitCode::FAILURE
        }
    }
}
