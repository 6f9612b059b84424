//! Pages that have no address yet: what they show in an edition, wherever they will stand.
//!
//! In: a selected entry. Out: an [`Unplaced`] page, which becomes a [`Page`] once its address is known. What stays true:
//! no other page is asked for anything, so that pages are made side by side.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::edition::Edition;
use super::page::{Mark, Page, PageId, SiteInput};
use super::select::Hidden;
use super::wording::{has_names, wording};
use crate::config::vocabulary::Status;
use crate::content::Entry;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::markdown::outline::{Outline, outline};
use crate::markdown::raw_html::allowed;
use crate::markdown::tree::NodeId;

/// One page that has no address yet.
pub(super) struct Unplaced {
    /// What was written.
    pub(super) entry: Arc<Entry>,
    /// The same with the title of its heading, where that is what these readers know it by.
    titled: Option<Arc<Entry>>,
    mark: Option<Mark>,
    withdrawn: bool,
    hidden: Hidden,
    outline: Outline,
    allowed_html: BTreeMap<NodeId, String>,
    problems: Vec<Diagnostic>,
}

impl Unplaced {
    /// Of an entry in an edition.
    pub(super) fn of(entry: Arc<Entry>, mark: Option<Mark>, edition: &Edition, input: &SiteInput) -> Self {
        let tree = &entry.document.tree;
        let withdrawn = entry.front.withdrawn.is_some() || entry.front.status == Some(Status::Withdrawn);
        let hidden = if withdrawn { Hidden::everything(tree) } else { Hidden::of(tree, edition) };
        let mut outline = outline(tree, |node| hidden.contains(node));
        for heading in outline.title.iter_mut().chain(&mut outline.headings) {
            let range = tree.subtree(heading.node);
            if has_names(tree, range.clone()) {
                heading.text = wording(tree, range, &hidden, input);
            }
        }
        let second_title = |node: NodeId| {
            Diagnostic::new(Code::SecondTitle, "a page has one top heading; this one is printed a level lower")
                .at(Span::new(&entry.document.file, tree.nodes[node].extent))
                .help("write `##` instead of `#`")
        };
        let lowered = outline.headings.iter().filter(|heading| heading.lowered);
        let problems = lowered.map(|heading| second_title(heading.node)).collect();
        let allowed_html = match entry.front.allow_html {
            Some(true) => allowed(tree, |node| hidden.contains(node)),
            _ => BTreeMap::new(),
        };
        let titled = titled(&entry, &outline);
        Self { entry, titled, mark, withdrawn, hidden, outline, allowed_html, problems }
    }

    /// The page at its address. What was found in it goes to `problems`.
    pub(super) fn at(self, address: String, parent: Option<PageId>, problems: &mut Vec<Diagnostic>) -> Page {
        problems.extend(self.problems);
        Page {
            entry: self.titled.unwrap_or(self.entry),
            address,
            parent,
            children: Vec::new(),
            generated: None,
            withdrawn: self.withdrawn,
            mark: self.mark,
            hidden: self.hidden,
            outline: self.outline,
            allowed_html: self.allowed_html,
            links: Vec::new(),
        }
    }
}

/// A page without `title:` is called what its heading says to these readers.
fn titled(entry: &Arc<Entry>, outline: &Outline) -> Option<Arc<Entry>> {
    let heading = outline.title.as_ref().filter(|_| entry.front.title.is_none())?;
    let differs = !heading.text.is_empty() && heading.text != entry.title;
    differs.then(|| Arc::new(Entry { title: heading.text.clone(), ..Entry::clone(entry) }))
}
