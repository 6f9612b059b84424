//! The plan of a site: every path and how its bytes are made.
//!
//! In: a resolved site. Out: a [`Plan`], and a [`Printer`] that makes the bytes of one path at a time, from any thread.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use super::gzip::gzip;
use super::{assets, brand, feed, hosts, redirects, search, sitemap};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::render::Renderer;
use crate::render::assets::Assets;
use crate::render::templates::Templates;
use crate::search::Index;
use crate::site::{PageId, Site};
use crate::source::Origin;
use crate::text::fold::fold_path;

/// How the bytes of a path are made.
#[derive(Clone, Debug)]
pub enum Make {
    /// Print a page.
    Page(PageId),
    /// Print the not-found page.
    NotFound,
    /// These bytes.
    Bytes(Arc<[u8]>),
    /// These bytes, compressed.
    Packed(Arc<[u8]>),
    /// Copy a source file.
    Source(Arc<str>),
}

/// Every path of a site.
#[derive(Debug, Default)]
pub struct Plan {
    /// By path: `faqs/families/index.html`.
    pub items: BTreeMap<String, Make>,
    /// Where files that are not pages stand.
    pub assets: Assets,
    folded: BTreeMap<String, String>,
}

impl Plan {
    /// Plans a site and the files of its index.
    ///
    /// # Errors
    /// When an input file cannot be read.
    pub fn new(
        site: &Site,
        index: &Index,
        templates: &Templates,
        origin: &dyn Origin,
        problems: &mut Vec<Diagnostic>,
    ) -> io::Result<Self> {
        let mut plan = Self::default();
        // An index takes both time and threads, paths neither.
        let (index, planned) =
            rayon::join(|| search::files(site, index), || plan.pages_and_assets(site, origin, problems));
        planned?;
        search::plan(site, index, &mut plan, problems);
        // A folder without a host has nobody who would read these.
        if !site.edition.portable {
            sitemap::plan(site, &mut plan, problems);
            feed::plan(site, &mut plan, problems);
            hosts::plan(site, &mut plan, problems);
        }
        // Last, so that an old address on one of the files above is answered where it is declared.
        redirects::plan(site, templates, &mut plan, problems);
        Ok(plan)
    }

    fn pages_and_assets(&mut self, site: &Site, origin: &dyn Origin, problems: &mut Vec<Diagnostic>) -> io::Result<()> {
        for (id, page) in site.pages.iter().enumerate() {
            let span = page
                .entry
                .front
                .slug
                .as_ref()
                .map_or_else(|| page.entry.span(), |slug| Span::new(&page.entry.document.file, slug.extent));
            self.add_declared(format!("{}index.html", page.address), Make::Page(id), &span, problems);
        }
        self.add("404.html".to_owned(), Make::NotFound, problems);
        brand::plan(site, self, problems);
        assets::plan(site, origin, self, problems)
    }

    /// Whether a page stands at a path.
    pub(super) fn is_page(&self, path: &str) -> bool {
        let first = self.folded.get(&fold_path(path)).and_then(|first| self.items.get(first));
        matches!(first, Some(Make::Page(_)))
    }

    /// What stands at a path, or where a folder would have to be, or in a folder of that name.
    fn taken(&self, folded: &str) -> Option<&String> {
        let folders = folded.match_indices('/').map(|(at, _)| &folded[..at]);
        let mut above = std::iter::once(folded).chain(folders).filter_map(|path| self.folded.get(path));
        let inside = format!("{folded}/");
        above.next().or_else(|| {
            let (path, first) = self.folded.range(inside.clone()..).next()?;
            path.starts_with(&inside).then_some(first)
        })
    }

    /// Adds a path that somebody asked for; one that is taken is an error there.
    pub(super) fn add_declared(&mut self, path: String, make: Make, span: &Span, problems: &mut Vec<Diagnostic>) {
        let before = problems.len();
        self.add(path, make, problems);
        for problem in &mut problems[before..] {
            problem.span = Some(span.clone());
        }
    }

    /// Adds a path; one that is taken is an error.
    pub(super) fn add(&mut self, path: String, make: Make, problems: &mut Vec<Diagnostic>) {
        if let Some(problem) = unpublishable(&path) {
            return problems.push(match &make {
                Make::Source(name) => problem.at(Span::whole(name)),
                _ => problem,
            });
        }
        let folded = fold_path(&path);
        if let Some(first) = self.taken(&folded) {
            problems.push(taken_path(&path, &make, first, self.items.get(first)));
            return;
        }
        self.folded.insert(folded, path.clone());
        self.items.insert(path, make);
    }

    /// Adds bytes.
    pub(super) fn add_text(&mut self, path: &str, text: String, problems: &mut Vec<Diagnostic>) {
        self.add(path.to_owned(), Make::Bytes(text.into_bytes().into()), problems);
    }
}

/// The answer to two things at one path.
fn taken_path(path: &str, make: &Make, first: &str, first_make: Option<&Make>) -> Diagnostic {
    let described = |make: Option<&Make>| match make {
        Some(Make::Source(name)) => format!("`{name}`"),
        Some(Make::Page(_)) => "a page".to_owned(),
        _ => "a file that the program makes".to_owned(),
    };
    let one = described(first_make);
    let subject = match make {
        Make::Source(name) => format!("`{name}` cannot be published as /{path}"),
        _ => format!("/{path} cannot be published"),
    };
    let message = match fold_path(first) == fold_path(path) {
        true => format!("{subject}: {one} is there already"),
        false => format!("{subject}: {one} is published as /{first}, and one needs a folder where the other is a file"),
    };
    let mut problem = Diagnostic::new(Code::SamePath, message).help("give one of the two another name");
    for make in [Some(make), first_make].into_iter().flatten() {
        if let (Make::Source(name), None) = (make, &problem.span) {
            problem = problem.at(Span::whole(name));
        }
    }
    problem
}

/// The longest name of a file or folder; most systems end at 255 bytes, and publishing adds to it for a moment.
const LONGEST_NAME: usize = 200;

/// Names that cannot be written everywhere (Windows, "Naming Files, Paths, and Namespaces").
fn unpublishable(path: &str) -> Option<Diagnostic> {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let reserved = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
        let numbered = |name: &str| {
            stem.strip_prefix(name)
                .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
        };
        DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
    };
    let message = path.split('/').find_map(|part| {
        if reserved(part) {
            Some(format!("`{part}` is a name that Windows keeps for itself, so /{path} could not be stored there"))
        } else if part.len() > LONGEST_NAME {
            let beginning: String = part.chars().take(30).collect();
            Some(format!("the name that begins with `{beginning}` is longer than {LONGEST_NAME} letters"))
        } else {
            None
        }
    })?;
    Some(Diagnostic::new(Code::NoAddress, message).help("rename the file, or give the page another `slug:`"))
}

/// Makes the bytes of a plan's paths.
pub struct Printer<'a> {
    plan: &'a Plan,
    origin: &'a dyn Origin,
    renderer: Renderer<'a>,
}

impl<'a> Printer<'a> {
    /// For one site.
    pub fn new(site: &'a Site, plan: &'a Plan, templates: &'a Templates, origin: &'a dyn Origin) -> Self {
        Self { plan, origin, renderer: Renderer::new(site, templates, &plan.assets) }
    }

    /// The bytes of a path, `None` when the site has no such path; problems met while printing go to the list.
    ///
    /// # Errors
    /// When a source file cannot be read any more.
    pub fn make(&self, path: &str, problems: &mut Vec<Diagnostic>) -> io::Result<Option<Arc<[u8]>>> {
        let Some(make) = self.plan.items.get(path) else { return Ok(None) };
        let printed = |(html, found): (String, Vec<Diagnostic>), problems: &mut Vec<Diagnostic>| {
            problems.extend(found);
            Arc::from(html.into_bytes())
        };
        Ok(Some(match make {
            Make::Page(page) => printed(self.renderer.page(*page), problems),
            Make::NotFound => printed(self.renderer.not_found(), problems),
            Make::Bytes(bytes) => Arc::clone(bytes),
            Make::Packed(bytes) => gzip(bytes).into(),
            Make::Source(name) => self.origin.read(name)?.into(),
        }))
    }
}
