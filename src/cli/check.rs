//! `guidepost check`: everything that is wrong, all in one run, and nothing written.
//!
//! In: a project. Out: diagnostics on stdout. Every page is printed too, into nothing, since templates can fail.

use std::path::PathBuf;

use super::args::Common;
use super::{Outcome, project, report, say};
use crate::diagnostics::Severity;
use crate::error::Error;
use crate::pipeline::{self, print_all, settle};

/// Runs the command.
pub(crate) fn run(common: &Common) -> Result<Outcome, Error> {
    let project = project::open(common, None, false)?;
    let mut build = pipeline::build(&project.origin, &project.options, None, project::timings())
        .map_err(|source| Error::Read { path: common.root.clone(), source })?;
    let mut found = std::mem::take(&mut build.problems);
    for site in &build.sites {
        let unreadable = |path: &str, source| Error::Read { path: PathBuf::from(path), source };
        found.extend(print_all(site, &project.origin, |_, _| Ok(()), unreadable)?);
    }
    let found = settle(found, &build.project.levels, common.strict, build.sites.len());
    report::diagnostics(&found, &project.origin, common, true)?;
    if !common.quiet {
        let counted = report::counts(&found);
        let pages: usize = build.sites.iter().map(|site| site.site.pages.len()).sum();
        say(&format!("{pages} pages checked: {}\n", if counted.is_empty() { "nothing wrong" } else { &counted }));
    }
    report::timings(&build.timings, build.sites.iter().map(|site| site.site.pages.len()).sum(), 0, common.timings)?;
    let faulty = found.iter().any(|problem| problem.severity == Severity::Error);
    Ok(if faulty { Outcome::Faulty } else { Outcome::Fine })
}
