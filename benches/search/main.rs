//! How well search finds what people judged to be right.
//!
//! ```text
//! cargo bench --bench search -- FOLDER…                    collections: docs.jsonl, queries.jsonl, qrels.tsv
//! cargo bench --bench search -- --guidepost PATH FOLDER…   another binary
//! ```
//!
//! In: folders of judged collections, or a folder of such folders. Each document becomes one Markdown page, the real
//! program builds the site, and `guidepost search --batch` answers: the ranking that is shipped. Out: nDCG@10, MRR@10,
//! success@1, recall@10, MAP and queries without any result, for the queries as typed and in eight worse shapes; the
//! ratio to the query as typed is the figure that counts. One set of constants for all collections.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints a table")]
#![allow(clippy::cast_precision_loss, reason = "counts of queries and documents")]

mod collection;
mod measures;
mod shapes;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;
use std::{env, fs, io};

use collection::Collection;
use shapes::SHAPES;

/// The day sites are built for; news has no weight here.
const DATE: &str = "2026-11-21";

fn main() -> ExitCode {
    let mut guidepost = PathBuf::from(env!("CARGO_BIN_EXE_guidepost"));
    let mut folders = Vec::new();
    // `cargo bench` adds a word of its own.
    let mut words = env::args().skip(1).filter(|word| word != "--bench");
    while let Some(word) = words.next() {
        match word.as_str() {
            "--guidepost" => guidepost = words.next().map(PathBuf::from).unwrap_or(guidepost),
            folder => folders.push(PathBuf::from(folder)),
        }
    }
    let collections: Vec<PathBuf> = folders.iter().flat_map(|folder| collection::below(folder)).collect();
    if collections.is_empty() {
        eprintln!("NOTHING WAS MEASURED: name a folder of judged collections (docs.jsonl, queries.jsonl, qrels.tsv)");
        eprintln!("    cargo bench --bench search -- FOLDER");
        return ExitCode::from(2);
    }
    let (mut all, mut ended) = (Summary::default(), ExitCode::SUCCESS);
    for folder in &collections {
        if let Err(error) = bench(&guidepost, folder, &mut all) {
            eprintln!("error: {}: {error}", folder.display());
            ended = ExitCode::FAILURE;
        }
    }
    all.print();
    ended
}

/// What all collections together say.
#[derive(Default)]
struct Summary {
    collections: usize,
    asked: usize,
    none: usize,
    /// By shape: the sum of its nDCG@10, and of the ratios to the query as typed.
    shapes: [(f64, f64); SHAPES.len()],
}

impl Summary {
    fn print(&self) {
        let count = self.collections.max(1) as f64;
        println!("all collections measured, {}: means of nDCG@10 and of the ratios", self.collections);
        for ((name, _), (ndcg, ratio)) in SHAPES.iter().zip(self.shapes) {
            println!("  {name:<14} {:>8.4} {:>7.3}", ndcg / count, ratio / count);
        }
        let share = 100.0 * self.none as f64 / self.asked.max(1) as f64;
        println!("  without any result: {} of {} queries of all shapes ({share:.2} %)", self.none, self.asked);
    }
}

fn bench(guidepost: &Path, folder: &Path, all: &mut Summary) -> io::Result<()> {
    let collection = Collection::read(folder)?;
    let place = tempfile::tempdir()?;
    let (project, site) = (place.path().join("project"), place.path().join("site"));
    collection.write_project(&project)?;
    let start = Instant::now();
    run(guidepost, &project, &["build", "--quiet", "--out", &site.to_string_lossy()])?;
    let built = start.elapsed();
    let (core, index) = index_bytes(&site)?;
    let start = Instant::now();
    let answers = answers(guidepost, &project, place.path(), &collection)?;
    let answered = start.elapsed();
    println!("{}: {} documents, {} queries", folder.display(), collection.documents.len(), collection.queries.len());
    println!("  built in {:.2} s; index: first file {core} bytes, all files {index} bytes", built.as_secs_f64());
    println!(
        "  {} queries of all shapes answered in {:.2} s, building included",
        answers.len(),
        answered.as_secs_f64()
    );
    println!(
        "  {:<14} {:>8} {:>8} {:>8} {:>9} {:>8} {:>6} {:>7}",
        "", "nDCG@10", "MRR@10", "first", "recall@10", "MAP", "none", "ratio"
    );
    all.collections += 1;
    let mut plain = None;
    for (at, ((name, _), answers)) in SHAPES.iter().zip(answers.chunks(collection.queries.len())).enumerate() {
        let found = measures::measure(&collection, answers);
        let base = *plain.get_or_insert(found.ndcg);
        let ratio = if base > 0.0 { found.ndcg / base } else { 1.0 };
        println!(
            "  {name:<14} {:>8.4} {:>8.4} {:>8.4} {:>9.4} {:>8.4} {:>6} {ratio:>7.3}",
            found.ndcg, found.mrr, found.first, found.recall, found.map, found.none
        );
        all.asked += answers.len();
        all.none += found.none;
        all.shapes[at].0 += found.ndcg;
        all.shapes[at].1 += ratio;
    }
    Ok(())
}

/// The documents found for each query of each shape, in one run: all queries as typed, then all of the next shape.
fn answers(guidepost: &Path, project: &Path, place: &Path, collection: &Collection) -> io::Result<Vec<Vec<usize>>> {
    let batch = place.join("queries");
    // A query is a line, and every query has an answer.
    let one_line = |query: &str| query.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines: Vec<String> = SHAPES
        .iter()
        .flat_map(|(_, shape)| collection.queries.iter().map(|query| shape(&one_line(&query.text))))
        .collect();
    fs::write(&batch, lines.join("\n"))?;
    let answers = run(
        guidepost,
        project,
        &["search", "--format", "json", "--limit", "100", "--batch", &batch.to_string_lossy()],
    )?;
    let answers: Vec<Vec<usize>> = answers.lines().map(collection::documents_of).collect::<io::Result<_>>()?;
    if answers.len() != lines.len() {
        return Err(io::Error::other(format!("{} answers to {} queries", answers.len(), lines.len())));
    }
    Ok(answers)
}

fn run(guidepost: &Path, project: &Path, words: &[&str]) -> io::Result<String> {
    let output = Command::new(guidepost).args(words).arg("--root").arg(project).args(["--date", DATE]).output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(io::Error::other(format!("`guidepost {}` failed: {said}", words[0])));
    }
    String::from_utf8(output.stdout).map_err(io::Error::other)
}

/// Bytes of the file that the first query loads, and of the whole index.
fn index_bytes(site: &Path) -> io::Result<(u64, u64)> {
    let (mut core, mut all) = (0, 0);
    for entry in fs::read_dir(site.join("assets"))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() && name.starts_with("search-") {
            for part in fs::read_dir(entry.path())? {
                all += part?.metadata()?.len();
            }
        } else if name.starts_with("search.") && name.ends_with(".bin") {
            core += entry.metadata()?.len();
        }
    }
    Ok((core, core + all))
}
