//! Structured data: what search engines may quote.
//!
//! In: a page. Out: JSON-LD for pages of questions, with `<` escaped so that no text can end the data block
//! (HTML, "restrictions for contents of script elements").

use serde_json::json;

use super::body::Body;
use crate::site::wording;

/// The data block of a page; none on sensitive and internal pages.
pub(super) fn structured_data(body: &Body<'_>) -> Option<String> {
    let page = body.page;
    if page.entry.kind.name != "faq"
        || page.entry.front.sensitive == Some(true)
        || page.withdrawn
        || page.mark.is_some()
    {
        return None;
    }
    let headings: Vec<_> = page.outline.headings.iter().filter(|heading| heading.level == 2).collect();
    let questions: Vec<_> = headings
        .iter()
        .enumerate()
        .map(|(at, heading)| {
            let end = headings.get(at + 1).map_or(body.tree.nodes.len(), |next| next.node);
            let start = body.tree.nodes[heading.node].end as usize;
            json!({
                "@type": "Question",
                "name": heading.text,
                "acceptedAnswer": { "@type": "Answer", "text": wording(body.tree, start..end, &page.hidden, &body.renderer.site.input) },
            })
        })
        .collect();
    if questions.is_empty() {
        return None;
    }
    let data = json!({ "@context": "https://schema.org", "@type": "FAQPage", "mainEntity": questions });
    Some(data.to_string().replace('<', "\\u003c"))
}
