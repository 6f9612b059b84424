//! What a whole build costs, beside the least that any generator would have to do.
//!
//! ```text
//! cargo bench --bench build                              1,000 pages, five pairs
//! cargo bench --bench build -- --pages 10000 --runs 7    more of either
//! cargo bench --bench build -- --guidepost PATH          another binary, to compare two versions
//! cargo bench --bench build -- corpus DIR --pages 10000  only writes the project, for a profiler or another generator
//! cargo bench --bench build -- floor CONTENT OUT         only runs the floor
//! ```
//!
//! In: options. Out: a table. Both programs run as processes of their own, in alternation and each into a folder
//! that does not exist yet: time on a shared machine drifts by a factor of two, so only ratios within a pair count.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints a table")]
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "numbers of pages and KiB")]

mod corpus;
mod floor;
mod floor_html;
mod measure;
mod prose;
mod report;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs, io};

use corpus::Corpus;
use measure::{Cost, run};
use report::Pair;

/// The day the site is built for; any day does, as long as it is the same one.
const DATE: &str = "2026-11-21";

struct Options {
    pages: usize,
    runs: usize,
    seed: u64,
    guidepost: PathBuf,
    words: Vec<String>,
}

fn main() -> ExitCode {
    let outcome = options(env::args().skip(1)).and_then(|options| {
        let words: Vec<&str> = options.words.iter().map(String::as_str).collect();
        match words[..] {
            [] => compare(&options),
            ["corpus", folder] => {
                let bytes = Corpus::new(options.pages, options.seed).write(Path::new(folder))?;
                println!("{} pages, {bytes} bytes", options.pages);
                Ok(())
            }
            ["floor", content, out] => {
                println!("{}", floor::build(Path::new(content), Path::new(out))?);
                Ok(())
            }
            _ => Err(io::Error::other(format!("cannot understand `{}`", words.join(" ")))),
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::from(2)
        }
    }
}

fn options(mut words: impl Iterator<Item = String>) -> io::Result<Options> {
    let guidepost = PathBuf::from(env!("CARGO_BIN_EXE_guidepost"));
    let mut options = Options { pages: 1_000, runs: 5, seed: 7, guidepost, words: Vec::new() };
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| io::Error::other(format!("`{word}` needs a value")));
        match word.as_str() {
            "--pages" => options.pages = number(&value()?)?,
            "--runs" => options.runs = number(&value()?)?,
            "--seed" => options.seed = number(&value()?)? as u64,
            "--guidepost" => options.guidepost = value()?.into(),
            // Cargo says so to every bench.
            "--bench" => {}
            _ => options.words.push(word),
        }
    }
    Ok(options)
}

fn number(text: &str) -> io::Result<usize> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| io::Error::other(format!("`{text}` is not a whole number above 0")))
}

fn compare(options: &Options) -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let (project, out) = (folder.path().join("project"), folder.path().join("out"));
    let bytes = Corpus::new(options.pages, options.seed).write(&project)?;
    println!("{} pages, {:.1} MiB of Markdown, {} pairs\n", options.pages, bytes as f64 / 1_048_576.0, options.runs);

    let itself = env::current_exe()?;
    let mut floor = Command::new(&itself);
    floor.arg("floor").arg(project.join("content")).arg(&out);
    let mut build = Command::new(&options.guidepost);
    build.args(["build", "--quiet", "--timings=json", "--date", DATE, "--root"]).arg(&project).arg("--out").arg(&out);

    // Once unmeasured: both programs and all sources are in the page cache from here on.
    once(&mut floor, &out)?;
    once(&mut build, &out)?;
    let mut pairs = Vec::new();
    for turn in 0..options.runs {
        // Who goes first changes, so that a machine getting slower or faster favours neither.
        let pair = if turn % 2 == 0 {
            let floor = once(&mut floor, &out)?;
            Pair { floor, build: once(&mut build, &out)? }
        } else {
            let build = once(&mut build, &out)?;
            Pair { floor: once(&mut floor, &out)?, build }
        };
        pairs.push(pair);
    }
    print!("{}", report::report(&pairs));
    Ok(())
}

/// One run into a folder that does not exist; the folder is removed again, outside the time measured.
fn once(command: &mut Command, out: &Path) -> io::Result<Cost> {
    let cost = run(command)?;
    fs::remove_dir_all(out).map_err(|_| io::Error::other(format!("{command:?} wrote nothing")))?;
    Ok(cost)
}
