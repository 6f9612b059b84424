//! Places on pages: what stands after the `#` of a link.
//!
//! In: a link's fragment. Out: a diagnostic where the page has no such place, with the nearest heading.

use super::address::decoded;
use super::page::{Generated, Page, PageId, Site, Target};
use super::resolve::Resolver;
use crate::diagnostics::{Code, Diagnostic, Span, suggest};

impl Resolver<'_> {
    pub(super) fn resolve_fragment(&mut self, fragment: &str, span: &Span) -> Target {
        let fragment = decoded(fragment);
        if !fragment.is_empty() && fragment != "top" && !has_anchor(self.site, self.page, &fragment) {
            let near = suggest(&fragment, anchors(self.page));
            self.problem(
                Diagnostic::new(Code::BrokenAnchor, format!("there is no heading `#{fragment}` on this page")).help(
                    near.map_or_else(
                        || "link to one of the headings of this page, in small letters with hyphens".to_owned(),
                        |near| format!("did you mean `#{near}`?"),
                    ),
                ),
                span.clone(),
            );
        }
        Target::Fragment(fragment.into_boxed_str())
    }

    pub(super) fn check_fragment(&mut self, page: PageId, fragment: &str, target: &str, span: &Span) {
        let other = &self.site.pages[page];
        if fragment == "top" || has_anchor(self.site, other, fragment) {
            return;
        }
        let near = suggest(fragment, anchors(other)).map(|near| format!("did you mean `#{near}`?"));
        let help = near.unwrap_or_else(|| {
            format!(
                "link to the page without `#{fragment}`, or to one of the headings of `{}`",
                other.entry.document.file
            )
        });
        self.problem(
            Diagnostic::new(Code::BrokenAnchor, format!("`{target}`: that page has no heading `#{fragment}`"))
                .help(help),
            span.clone(),
        );
    }
}

fn anchors(page: &Page) -> impl Iterator<Item = &str> {
    page.outline.headings.iter().map(|heading| heading.id.as_str())
}

fn has_anchor(site: &Site, page: &Page, fragment: &str) -> bool {
    let own =
        anchors(page).any(|id| id == fragment) || page.outline.title.as_ref().is_some_and(|title| title.id == fragment);
    own || match page.generated {
        Some(Generated::Words) => site.input.records.glossary.iter().any(|term| term.anchor() == fragment),
        Some(Generated::Contacts) => site.input.records.contacts.get(fragment).is_some(),
        Some(Generated::Search | Generated::AToZ) => fragment.len() == 1,
        _ => false,
    }
}
