//! Addresses: where a page stands under the site's root.
//!
//! In: content paths and slugs. Out: `faqs/families/`, lower case, safe on every server. What stays true: an address
//! depends on the page's own path and slugs alone, never on other pages.

use std::sync::Arc;

use percent_encoding::percent_decode_str;

use crate::content::Entry;
use crate::text::slug::slug;

/// The address of an entry below its section's address; `None` when its name cannot be spelt in one.
pub(super) fn address(entry: &Entry, above: Option<&str>) -> Option<String> {
    let Some(above) = above else { return Some(String::new()) };
    let last = match &entry.front.slug {
        Some(own) => own.value.clone(),
        None => slug(entry.document.stem()),
    };
    if last.is_empty() { None } else { Some(format!("{above}{last}/")) }
}

/// `/FAQs/families` as an author types it → `FAQs/families/`, for comparing with addresses.
pub(super) fn normalise(typed: &str) -> String {
    let path = typed.trim_start_matches('/');
    let path = path.strip_suffix("index.html").unwrap_or(path);
    if path.is_empty() || path.ends_with('/') { path.to_owned() } else { format!("{path}/") }
}

/// A path or fragment without percent signs.
pub(super) fn decoded(typed: &str) -> String {
    percent_decode_str(typed).decode_utf8_lossy().into_owned()
}

/// Joins a relative path to a folder: (`faqs`, `../modules/one.md`) → `modules/one.md`. `None` above the root.
pub(super) fn join(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The id of the section above an id.
pub(super) fn section_of(id: &Arc<str>) -> Option<&str> {
    if id.is_empty() { None } else { Some(id.rsplit_once('/').map_or("", |(folder, _)| folder)) }
}

#[cfg(test)]
mod tests {
    use super::{join, normalise};

    #[test]
    fn joins_relative_paths() {
        assert_eq!(join("faqs", "../modules/one.md").as_deref(), Some("modules/one.md"));
        assert_eq!(join("", "./a//b.md").as_deref(), Some("a/b.md"));
        assert_eq!(join("faqs", "../../etc/passwd"), None);
    }

    #[test]
    fn normalises_typed_addresses() {
        assert_eq!(normalise("/faqs/families"), "faqs/families/");
        assert_eq!(normalise("/faqs/index.html"), "faqs/");
        assert_eq!(normalise("/"), "");
    }
}
