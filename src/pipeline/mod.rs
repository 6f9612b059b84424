//! The stages in order: sources become sites.
//!
//! In: an [`Origin`](crate::source::Origin), options, a clock for the timings. Out: [`Build`]: sites with their plans, and
//! every diagnostic found on the way. Nothing is written here: a build is published, or previewed, or only checked.

mod levels;
mod load;
mod memo;
mod timings;

use std::io;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::project::Project;
use crate::config::vocabulary::Visibility;
use crate::content::{Library, Typing};
use crate::diagnostics::{Diagnostic, Severity};
use crate::output::{Plan, Printer};
use crate::render::linker::Naming;
use crate::render::templates::Templates;
use crate::search::{check_calls, check_promises, index};
use crate::site::{Edition, Site, place, resolve, select};
use crate::source::Origin;
use crate::text::date::Date;

pub use levels::settle;
pub use load::{Inputs, is_project};
pub use memo::Memo;
pub use timings::Timings;

/// The folders of a project that sites are published into where nothing else is asked for; they are never read.
pub const OUTPUTS: [&str; 4] = ["dist", "dist-internal", "dist-portable", "dist-internal-portable"];

/// What a build is asked for.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder's own name, for a project without settings.
    pub folder_name: String,
    /// The project file, when it is not `guidepost.yaml`.
    pub config: Option<String>,
    /// Only these authorities; empty means all.
    pub authorities: Vec<String>,
    /// Whom the sites are for.
    pub visibility: Visibility,
    /// The day they are built for.
    pub date: Date,
    /// Instead of the configured one.
    pub base_url: Option<String>,
    /// Show drafts and what is scheduled, marked.
    pub preview: bool,
    /// Sites that are read from a folder, without a host.
    pub portable: bool,
    /// Warnings are errors.
    pub strict: bool,
}

/// The result of the stages.
pub struct Build {
    /// One for each authority, in order of their ids.
    pub sites: Vec<BuiltSite>,
    /// Everything found, settled: levels applied, equal ones joined, sorted.
    pub problems: Vec<Diagnostic>,
    /// The project's settings.
    pub project: Arc<Project>,
    /// How long each stage took.
    pub timings: Timings,
}

/// One site, ready to be printed.
pub struct BuiltSite {
    /// What it holds.
    pub site: Site,
    /// Its paths.
    pub plan: Plan,
    /// Its templates.
    pub templates: Arc<Templates>,
}

impl BuiltSite {
    /// Prints its paths.
    pub fn printer<'a>(&'a self, origin: &'a dyn Origin) -> Printer<'a> {
        Printer::new(&self.site, &self.plan, &self.templates, origin)
    }
}

impl Build {
    /// How many problems of a severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.problems.iter().filter(|problem| problem.severity == severity).count()
    }
}

/// Runs the stages up to plans. What `memo` holds of builds before is not made again; without it none will follow.
///
/// # Errors
/// When an input cannot be read.
pub fn build(origin: &dyn Origin, options: &Options, memo: Option<&Memo>, timings: Timings) -> io::Result<Build> {
    let mut timings = timings;
    let mut problems = Vec::new();
    let inputs = timings.stage("load", || load::load(origin, options, &mut problems))?;
    let alone = Memo::of_one_build(inputs.authorities.len());
    let memo = memo.unwrap_or(&alone);
    let layers = timings.stage("parse", || inputs.parse(origin, memo, &mut problems))?;
    let typing = Typing::new(&inputs.kinds, &inputs.project.front_matter);
    let mut sites = Vec::new();
    for (at, authority) in inputs.authorities.iter().enumerate() {
        let mut found = Vec::new();
        let layered: Vec<_> =
            std::iter::once(&layers[0]).chain(layers.get(at + 1).filter(|_| authority.name.is_some())).collect();
        let library = timings.stage("type", || Library::build(&layered, &typing, &mut found));
        let site_input = Arc::new(inputs.site_input(authority, options, &mut found));
        let edition = Edition {
            authority: authority.name.clone(),
            visibility: options.visibility,
            date: options.date,
            language: inputs.project.language.clone(),
            preview: options.preview,
            portable: options.portable,
        };
        let site = timings.stage("place", || place(select(&library, &edition), &edition, &site_input, &mut found));
        let site = timings.stage("resolve", || resolve(site, &mut found));
        if let Some(templates) = inputs.templates(authority, Naming::of(&edition), origin, &mut found)? {
            let index = timings.stage("index", || index(&site, &memo.analyses));
            timings.stage("promises", || {
                check_calls(&site, &index, &mut found);
                check_promises(&site, &index, &mut found);
            });
            let plan = timings.stage("plan", || Plan::new(&site, &index, &templates, origin, &mut found))?;
            sites.push(BuiltSite { site, plan, templates });
        }
        let label = edition.label();
        problems.extend(found.into_iter().map(|mut problem| {
            problem.editions = vec![label.clone()];
            problem
        }));
    }
    memo.forget_unused();
    let editions = inputs.authorities.len();
    let problems = settle(problems, &inputs.project.levels, options.strict, editions);
    Ok(Build { sites, problems, project: Arc::clone(&inputs.project), timings })
}

/// Prints every path of a site, in parallel, into `put`. What printing finds is returned; a path that cannot be put
/// stops the rest.
///
/// # Errors
/// The first error of `put`, or of reading a source.
pub fn print_all<E: Send>(
    site: &BuiltSite,
    origin: &dyn Origin,
    put: impl Fn(&str, &[u8]) -> Result<(), E> + Sync,
    unreadable: impl Fn(&str, io::Error) -> E + Sync,
) -> Result<Vec<Diagnostic>, E> {
    let printer = site.printer(origin);
    let found: Result<Vec<Vec<Diagnostic>>, E> = site
        .plan
        .items
        .par_iter()
        .map(|(path, _)| {
            let mut problems = Vec::new();
            let bytes = printer.make(path, &mut problems).map_err(|error| unreadable(path, error))?;
            put(path, &bytes.unwrap_or_default())?;
            Ok(problems)
        })
        .collect();
    Ok(found?.into_iter().flatten().collect())
}
