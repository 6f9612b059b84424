//! Links that lead nowhere: what is said of them, and what their authors may have meant.
//!
//! In: links that resolving could not settle. Out: diagnostics. What stays true: the work grows with links plus names and
//! not with links times names, since one folder moved by mistake breaks every link at once.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::address::join;
use super::find::as_id;
use super::page::{Site, Target};
use super::resolve::Resolver;
use super::select::Absence;
use crate::content::Document;
use crate::diagnostics::{Code, Diagnostic, Span, suggest};
use crate::text::fold::fold_path;

/// A path that is neither a page nor a file.
pub(super) struct DeadLink {
    /// The file that holds it.
    pub(super) document: Arc<Document>,
    /// As it is written there.
    pub(super) path: String,
    /// Where.
    pub(super) span: Span,
}

/// What to say of a site's dead links.
pub(super) fn dead_links(site: &Site, links: &[DeadLink]) -> Vec<Diagnostic> {
    if links.is_empty() {
        return Vec::new();
    }
    let names = Names::of(site);
    let wanted: BTreeSet<String> = links.iter().filter_map(DeadLink::wanted).collect();
    let guessed = names.guess(&wanted);
    let near = |link: &DeadLink| {
        let wanted = link.wanted()?;
        let name =
            names.respelt(&wanted).or_else(|| guessed.get(&*wanted).copied()).or_else(|| names.elsewhere(&wanted))?;
        let ending = if link.path.ends_with(".md") && site.by_id.contains_key(name) { ".md" } else { "" };
        Some(format!("did you mean `{}{ending}`?", relative_to(link.document.folder(), name)))
    };
    let said = |link: &DeadLink| {
        Diagnostic::new(Code::BrokenLink, format!("`{}` leads nowhere: there is no such page or file", link.path))
            .at(link.span.clone())
            .help(near(link).unwrap_or_else(|| {
                "write the path of a page or file from here, such as ../faqs/families.md".to_owned()
            }))
    };
    links.iter().map(said).collect()
}

impl DeadLink {
    /// The content path it would have; `None` above the root.
    fn wanted(&self) -> Option<String> {
        let path = match self.path.strip_prefix('/') {
            Some(rooted) => rooted.trim_start_matches('/').to_owned(),
            None => join(self.document.folder(), &self.path)?,
        };
        Some(as_id(&path).to_owned())
    }
}

/// So many different paths are compared with every name, the first by alphabet. Whoever has more of them has moved
/// a folder, and no spelling will mend that.
const GUESSES: usize = 100;

/// The content paths of pages and files, ready to be searched.
struct Names<'a> {
    all: BTreeSet<&'a str>,
    folded: HashMap<String, &'a str>,
    by_last: HashMap<&'a str, &'a str>,
}

impl<'a> Names<'a> {
    fn of(site: &'a Site) -> Self {
        let ids = site.by_id.keys().map(|id| &**id).filter(|id| !id.is_empty());
        let all: BTreeSet<&str> = ids.chain(site.input.files.content.keys().map(String::as_str)).collect();
        // Backwards, so that of several the first by alphabet is kept.
        let folded = all.iter().rev().map(|name| (fold_path(name), *name)).collect();
        let by_last = all.iter().rev().map(|name| (last(name), *name)).collect();
        Self { all, folded, by_last }
    }

    /// The same name in other letters.
    fn respelt(&self, wanted: &str) -> Option<&'a str> {
        self.folded.get(&fold_path(wanted)).copied()
    }

    /// The same file name in another folder.
    fn elsewhere(&self, wanted: &str) -> Option<&'a str> {
        self.by_last.get(last(wanted)).copied()
    }

    /// The nearest names of the first paths that have no other spelling.
    fn guess<'w>(&self, wanted: &'w BTreeSet<String>) -> HashMap<&'w str, &'a str> {
        let unknown: Vec<&str> =
            wanted.iter().map(String::as_str).filter(|path| self.respelt(path).is_none()).take(GUESSES).collect();
        unknown.into_iter().filter_map(|path| Some((path, suggest(path, self.all.iter().copied())?))).collect()
    }
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The way from a folder to a content path: (`faqs`, `modules/one`) → `../modules/one`
fn relative_to(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut parts = vec![".."; from.len() - shared];
    parts.extend(&to[shared..]);
    parts.join("/")
}

impl Resolver<'_> {
    /// A link to something this edition does not have.
    pub(super) fn absent(&mut self, target: &str, absence: Absence, span: Span) -> Target {
        let diagnostic = match absence {
            Absence::Internal => Diagnostic::new(
                Code::LinkToInternal,
                format!("`{target}` is an internal page, and this page is public"),
            )
            .help("remove the link, or put it between `:::internal` and `:::`"),
            Absence::Unreadable => {
                Diagnostic::new(Code::LinkToDraft, format!("`{target}` is not published: its settings cannot be read"))
                    .help("mend that page first")
            }
            Absence::Draft => {
                Diagnostic::new(Code::LinkToDraft, format!("`{target}` is not published: its status is draft"))
                    .help("publish that page first, or remove the link")
            }
            Absence::Scheduled(day) => Diagnostic::new(
                Code::LinkByDate,
                format!("`{target}` is published on {day}; until then only the words of the link are printed"),
            )
            .help("nothing needs doing if that is what you want"),
            Absence::Expired(day) => Diagnostic::new(
                Code::LinkByDate,
                format!("`{target}` expired on {day}; only the words of the link are printed"),
            )
            .help("link to what replaces it, or remove the link"),
        };
        self.problem(diagnostic, span);
        Target::Text
    }
}

/// The answer to a scheme that is refused.
pub(super) fn unsafe_scheme(name: &str) -> Diagnostic {
    match name {
        "" => Diagnostic::new(Code::UnsafeScheme, "a link may not begin with `//`")
            .help("write the whole address with https://, or the path of a page from the first slash on"),
        "http" | "https" | "mailto" | "tel" | "sms" => {
            Diagnostic::new(Code::UnsafeScheme, format!("nothing that a link could lead to follows `{name}:`"))
                .help("write the whole address, like https://www.example.gov.uk/ or mailto:team@example.gov.uk")
        }
        _ => Diagnostic::new(Code::UnsafeScheme, format!("a link may not begin with `{name}:`"))
            .help("links go to pages, to https: or http: addresses, or to mailto:, tel: and sms:"),
    }
}

#[cfg(test)]
mod tests {
    use super::relative_to;

    #[test]
    fn spells_a_path_from_where_the_author_stands() {
        assert_eq!(relative_to("faqs", "modules/one"), "../modules/one");
        assert_eq!(relative_to("faqs/old", "faqs/families"), "../families");
        assert_eq!(relative_to("faqs", "faqs/families"), "families");
        assert_eq!(relative_to("", "home"), "home");
    }
}
