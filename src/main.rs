//! The command line of labbook.

use std::process::ExitCode;

use clap::Parser;
use labbook::commands::{Arguments, run};

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => {
            for problem in &problems.0 {
                eprintln!("error: {problem}");
            }
            ExitCode::FAILURE
        }
    }
}
