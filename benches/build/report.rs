//! The figures of all pairs as a table.
//!
//! In: pairs of costs. Out: text for a terminal: medians, the ratio of each pair, and the build's own stages.

use super::measure::Cost;

/// One floor and one build, run one after the other.
pub(crate) struct Pair {
    /// What the floor cost.
    pub(crate) floor: Cost,
    /// What the whole build cost.
    pub(crate) build: Cost,
}

/// The whole report, lines ended by line feeds.
pub(crate) fn report(pairs: &[Pair]) -> String {
    let mut text = format!("{:<12}{:>10}{:>10}{:>10}\n", "medians", "wall s", "CPU s", "peak MiB");
    text += &row("floor", pairs.iter().map(|pair| &pair.floor));
    text += &row("guidepost", pairs.iter().map(|pair| &pair.build));
    let walls = pairs.iter().map(|pair| pair.build.wall / pair.floor.wall).collect();
    let cpus =
        pairs.iter().filter_map(|pair| Some(pair.build.cpu? / pair.floor.cpu.filter(|cpu| *cpu > 0.0)?)).collect();
    text += &format!("\nguidepost / floor in each pair\n  wall {}\n  CPU  {}\n", ratios(walls), ratios(cpus));
    text + &stages(pairs)
}

fn row<'a>(name: &str, costs: impl Iterator<Item = &'a Cost> + Clone) -> String {
    let wall = median(costs.clone().map(|cost| cost.wall).collect());
    let cpu = median(costs.clone().filter_map(|cost| cost.cpu).collect());
    let peak = median(costs.filter_map(|cost| cost.peak).collect());
    format!("{name:<12}{:>10}{:>10}{:>10}\n", shown(wall, 3), shown(cpu, 2), shown(peak, 1))
}

fn ratios(ratios: Vec<f64>) -> String {
    let each = ratios.iter().map(|ratio| format!("{ratio:.2}")).collect::<Vec<_>>().join("  ");
    format!("median {}   ({each})", shown(median(ratios), 2))
}

/// The stages that `--timings=json` printed: `{"pages", "bytes", "stages": {name: ms}, "total_ms"}`.
fn stages(pairs: &[Pair]) -> String {
    let runs: Vec<serde_json::Value> = pairs.iter().filter_map(|pair| timings(&pair.build.printed)).collect();
    let Some(first) = runs.first() else {
        return "\nno stage timings were printed\n".to_owned();
    };
    let at = |run: &serde_json::Value, path: &str| run.pointer(path).and_then(serde_json::Value::as_f64);
    let mut text = format!("\nstages, median ms ({} pages, {} bytes)\n", first["pages"], first["bytes"]);
    let names = first["stages"].as_object().into_iter().flat_map(|stages| stages.keys());
    for name in names {
        let ms = median(runs.iter().filter_map(|run| at(run, &format!("/stages/{name}"))).collect());
        text += &format!("  {name:<16}{:>10}\n", shown(ms, 1));
    }
    let total = median(runs.iter().filter_map(|run| at(run, "/total_ms")).collect());
    text + &format!("  {:<16}{:>10}\n", "total", shown(total, 1))
}

fn timings(printed: &str) -> Option<serde_json::Value> {
    printed.lines().rev().find_map(|line| serde_json::from_str(line).ok().filter(serde_json::Value::is_object))
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        n if n % 2 == 1 => Some(values[middle]),
        _ => Some(f64::midpoint(values[middle - 1], values[middle])),
    }
}

fn shown(value: Option<f64>, digits: usize) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.digits$}"))
}
