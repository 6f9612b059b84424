//! `guidepost build`: every site into its folder, or nothing at all.
//!
//! In: a project. Out: published folders and a line about them. Any error means that nothing is published and the old
//! site stays.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::args::{Build as Arguments, Common};
use super::{Outcome, project, report, say};
use crate::config::vocabulary::Visibility;
use crate::diagnostics::{Diagnostic, Severity};
use crate::error::Error;
use crate::pipeline::{self, Build, OUTPUTS, Options, print_all, settle};
use crate::publish::Publication;
use crate::source::load::Disk;

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, common: &Common) -> Result<Outcome, Error> {
    let out = output_folder(arguments, common);
    let mut project = project::open(common, Some(&out), false)?;
    project.options.portable = arguments.portable;
    let (origin, options) = (&project.origin, &project.options);
    let mut build = pipeline::build(origin, options, None, project::timings())
        .map_err(|source| Error::Read { path: common.root.clone(), source })?;
    if build.count(Severity::Error) > 0 {
        return refuse(&build.problems, origin, common);
    }
    let publication = Publication::begin(&out, &sources(origin, &build))?;
    let bytes = AtomicU64::new(0);
    let mut finished = Vec::new();
    let mut found = std::mem::take(&mut build.problems);
    let mut timings = build.timings.clone();
    for site in &build.sites {
        let edition = site.site.edition.label();
        let writer = publication.site(site.site.edition.authority.as_deref())?;
        let put = |path: &str, content: &[u8]| {
            bytes.fetch_add(content.len() as u64, Ordering::Relaxed);
            writer.put(path, content)
        };
        let unreadable = |path: &str, source| Error::Read { path: PathBuf::from(path), source };
        let printed = timings.stage("render", || print_all(site, origin, put, unreadable))?;
        found.extend(printed.into_iter().map(|mut problem| {
            problem.editions = vec![edition.clone()];
            problem
        }));
        finished.push((writer, edition));
    }
    let found = settle(found, &build.project.levels, options.strict, build.sites.len());
    if found.iter().any(|problem| problem.severity == Severity::Error) {
        return refuse(&found, origin, common);
    }
    let published = timings.stage("publish", || {
        let finished: Result<Vec<_>, Error> =
            finished.into_iter().map(|(writer, edition)| writer.finish(&edition)).collect();
        publication.commit(finished?)
    })?;
    if let Some((folder, why)) = &published.left_behind {
        say(&format!(
            "The old site could not be removed from {} ({why}); the next run tries again\n",
            folder.display()
        ));
    }
    report::diagnostics(&found, origin, common, false)?;
    summarise(&build, &found, &out, options, common, &timings);
    let pages = build.sites.iter().map(|site| site.site.pages.len()).sum();
    report::timings(&timings, pages, bytes.into_inner(), common.timings)?;
    // The program ends here, and all memory with it. To give it back piece by piece takes a thirtieth of a build.
    std::mem::forget(build);
    Ok(Outcome::Fine)
}

fn refuse(found: &[Diagnostic], origin: &Disk, common: &Common) -> Result<Outcome, Error> {
    report::diagnostics(found, origin, common, false)?;
    if !common.quiet {
        say(&format!("{}: nothing was published, and what was published before is untouched\n", report::counts(found)));
    }
    Ok(Outcome::Faulty)
}

/// `--out`, from the current folder; else one of the project's own. Portable sites have folders of their own: a site on
/// a host must not lose its headers and its sitemap because somebody made a stick.
fn output_folder(arguments: &Arguments, common: &Common) -> PathBuf {
    let [public, internal, public_portable, internal_portable] = OUTPUTS;
    let name = match (common.visibility.into(), arguments.portable) {
        (Visibility::Public, false) => public,
        (Visibility::Internal, false) => internal,
        (Visibility::Public, true) => public_portable,
        (Visibility::Internal, true) => internal_portable,
    };
    arguments.out.clone().unwrap_or_else(|| common.root.join(name))
}

/// The folders that must never be the output. In a bare folder of Markdown the output stands beside the pages.
fn sources(origin: &Disk, build: &Build) -> Vec<PathBuf> {
    let content = Some(build.project.content.as_str()).filter(|content| !["", "."].contains(content));
    let folders = content.into_iter().chain(["templates", "static", "authorities"]);
    folders.map(|folder| origin.root().join(folder)).filter(|folder| folder.is_dir()).collect()
}

fn summarise(
    build: &Build,
    found: &[Diagnostic],
    out: &Path,
    options: &Options,
    common: &Common,
    timings: &pipeline::Timings,
) {
    if common.quiet {
        return;
    }
    let pages: usize = build.sites.iter().map(|site| site.site.pages.len()).sum();
    let total: f64 = timings.milliseconds().map(|(_, ms)| ms).sum();
    let counted = match report::counts(found) {
        counts if counts.is_empty() => "no warnings".to_owned(),
        counts => counts,
    };
    let sites = match build.sites.len() {
        1 => String::new(),
        n => format!(" in {n} sites"),
    };
    let plural = if pages == 1 { "" } else { "s" };
    say(&format!("{pages} page{plural}{sites}, {counted}, {}; published to {}\n", spoken_time(total), out.display()));
    if options.portable {
        let folder =
            if build.sites.iter().any(|site| site.site.edition.authority.is_some()) { "each folder" } else { "it" };
        say(&format!("Copy {folder} whole, and open its index.html in a browser.\n"));
    } else if build.sites.iter().any(|site| site.site.input.base_url.is_none())
        && options.visibility == Visibility::Public
    {
        say("Without `base_url` in guidepost.yaml there are no feeds, no sitemap and no canonical addresses.\n");
    }
}

fn spoken_time(ms: f64) -> String {
    if ms < 1000.0 { format!("{ms:.0} ms") } else { format!("{:.1} s", ms / 1000.0) }
}
