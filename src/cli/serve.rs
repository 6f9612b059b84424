//! `guidepost serve`: the preview.
//!
//! In: a project. Out: a server on loopback that runs until it is stopped. It builds as `build` does, drafts and
//! scheduled pages added and marked, and prints a page when a browser asks for it.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use super::args::{Common, Serve as Arguments};
use super::{Outcome, project, report, say};
use crate::diagnostics::print as form;
use crate::diagnostics::{Diagnostic, Severity};
use crate::error::Error;
use crate::output::content_type;
use crate::pipeline::{self, Build, BuiltSite, Memo};
use crate::serve::{self, Files, Problem, Reply};
use crate::source::load::Disk;

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, common: &Common) -> Result<Outcome, Error> {
    // Read once before listening, so that a wrong folder or option is said at once.
    let first = project::open(common, None, true)?;
    let options = serve::Options {
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        port: arguments.port.unwrap_or(serve::DEFAULT_PORT),
        port_was_given: arguments.port.is_some(),
        open_paths: vec![first.origin.root().to_owned()],
        ignore: project::outputs(common),
        poll: arguments.poll,
    };
    let origin = Arc::new(first.origin);
    let memo = Memo::default();
    let build = || build_once(&origin, &first.options, &memo, common);
    match serve::serve(&options, build, |line| say(&format!("{line}\n"))) {
        Err(error) => Err(Error::Preview(error.to_string())),
        Ok(never) => match never {},
    }
}

fn build_once(origin: &Arc<Disk>, options: &pipeline::Options, memo: &Memo, common: &Common) -> serve::Build {
    match pipeline::build(&**origin, options, Some(memo), project::timings()) {
        Ok(build) => {
            let problems = problems(&build.problems, origin);
            if let Err(error) = report::diagnostics(&build.problems, &**origin, common, false) {
                say(&format!("error: {error}\n"));
            }
            let failed = build.count(Severity::Error) > 0;
            say_result(&build, common);
            let files = (!failed)
                .then(|| Arc::new(Preview { origin: Arc::clone(origin), sites: build.sites }) as Arc<dyn Files>);
            serve::Build { files, problems }
        }
        Err(error) => {
            let error = Error::Read { path: common.root.clone(), source: error };
            say(&format!("error: {error}\n"));
            serve::Build {
                files: None,
                problems: vec![Problem { is_error: true, message: error.to_string(), ..Problem::default() }],
            }
        }
    }
}

fn say_result(build: &Build, common: &Common) {
    if common.quiet {
        return;
    }
    let pages: usize = build.sites.iter().map(|site| site.site.pages.len()).sum();
    let total: f64 = build.timings.milliseconds().map(|(_, ms)| ms).sum();
    let counts = report::counts(&build.problems);
    let counts = if counts.is_empty() { String::new() } else { format!(", {counts}") };
    say(&format!("{pages} pages{counts}, ready in {total:.0} ms\n"));
}

fn problems(found: &[Diagnostic], origin: &Disk) -> Vec<Problem> {
    let texts = report::texts(origin);
    let mut found: Vec<&Diagnostic> = found.iter().filter(|problem| problem.severity <= Severity::Warning).collect();
    found.sort_by_key(|problem| problem.severity);
    found
        .into_iter()
        .map(|problem| Problem {
            is_error: problem.severity == Severity::Error,
            code: problem.code.name().to_owned(),
            message: problem.message.clone(),
            place: form::place(problem, &texts)
                .map_or_else(String::new, |(span, at)| format!("{}:{}:{}", span.file, at.line, at.column)),
            excerpt: form::human(problem, false, &texts),
            help: problem.help.clone().unwrap_or_default(),
        })
        .collect()
}

/// The sites of one build, printed page by page.
struct Preview {
    origin: Arc<Disk>,
    sites: Vec<BuiltSite>,
}

impl Preview {
    /// Without authorities the one site stands at the root; with them each stands in a folder of its id.
    fn find<'a>(&self, path: &'a str) -> Option<(&BuiltSite, &'a str)> {
        if let [site] = &self.sites[..]
            && site.site.edition.authority.is_none()
        {
            return Some((site, path));
        }
        let (id, rest) = path.split_once('/')?;
        let site = self.sites.iter().find(|site| site.site.edition.authority.as_deref() == Some(id))?;
        Some((site, rest))
    }

    /// The list of sites, where there is more than one.
    fn index(&self) -> String {
        let mut html = String::from(
            "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<title>Sites</title>\n</head>\n<body>\n<main>\n<h1>Sites</h1>\n<ul>\n",
        );
        for site in &self.sites {
            let id = site.site.edition.authority.as_deref().unwrap_or_default();
            let mut name = String::new();
            crate::render::html::escape::text(&site.site.input.organisation, &mut name);
            html.push_str(&format!("<li><a href=\"{id}/\">{name}</a></li>\n"));
        }
        html.push_str("</ul>\n</main>\n</body>\n</html>\n");
        html
    }
}

impl Files for Preview {
    fn get(&self, path: &str) -> Option<Reply> {
        let html =
            |text: String| Reply { content_type: "text/html; charset=utf-8".into(), bytes: text.into_bytes().into() };
        let Some((site, rest)) = self.find(path) else {
            return (path == "index.html").then(|| html(self.index()));
        };
        let mut problems = Vec::new();
        let bytes = site.printer(&*self.origin).make(rest, &mut problems).ok()??;
        if let Some(problem) = problems.first() {
            // A template that fails prints nothing; the page says what the terminal would.
            let mut text = String::new();
            crate::render::html::escape::text(&form::human(problem, false, &report::texts(&*self.origin)), &mut text);
            return Some(html(format!(
                "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<title>Template</title>\n</head>\n<body>\n<main>\n<h1>This page cannot be printed</h1>\n<pre>{text}</pre>\n</main>\n</body>\n</html>\n"
            )));
        }
        Some(Reply { content_type: content_type(rest).into(), bytes })
    }

    fn has(&self, path: &str) -> bool {
        self.find(path).map_or(path == "index.html", |(site, rest)| site.plan.items.contains_key(rest))
    }
}
