//! The command line: one command a file.
//!
//! In: arguments, the environment, today's date. Out: an exit status: 0 fine, 1 the content has errors, 2 could not run.
//! What stays true: results go to stdout, everything else to stderr; this is the only place that asks for the date.

mod args;
mod build;
mod check;
mod explain;
mod new;
mod project;
mod report;
mod search;
mod serve;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::error::Error;
use args::{Arguments, Command};

/// How a command ended.
pub(crate) enum Outcome {
    /// Everything is fine.
    Fine,
    /// The content has errors.
    Faulty,
}

/// Runs the program.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version go to stdout with status 0, mistakes to stderr with status 2.
            let status = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(status);
        }
    };
    let outcome = match &arguments.command {
        Command::New(new) => new::run(new, &arguments.common),
        Command::Build(build) => build::run(build, &arguments.common),
        Command::Serve(serve) => serve::run(serve, &arguments.common),
        Command::Check => check::run(&arguments.common),
        Command::Search(search) => search::run(search, &arguments.common),
        Command::Explain(explain) => explain::run(explain),
    };
    match outcome {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Faulty) => ExitCode::from(1),
        Err(error) => {
            let _ = writeln!(anstream::stderr(), "error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Prints a result. A reader that has gone away (`| head`) is no error.
pub(crate) fn print(text: &str) -> Result<(), Error> {
    written(anstream::stdout().write_all(text.as_bytes()))
}

/// Prints a result for programs byte by byte: [`print`] leaves out signs that a terminal would take for a command.
pub(crate) fn print_exactly(text: &str) -> Result<(), Error> {
    written(io::stdout().write_all(text.as_bytes()))
}

fn written(result: io::Result<()>) -> Result<(), Error> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::Write { path: "standard output".into(), source: error })
        }
        _ => Ok(()),
    }
}

/// Says something beside the result.
pub(crate) fn say(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}
