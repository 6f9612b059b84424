//! Structured data: what search engines may quote.
//!
//! In: a page. Out: JSON-LD for pages of questions, with `<` escaped so that no text can end the data block
//! (HTML, "restrictions for contents of script elements").

use serde_json::json;

use super::body::Body;
use super::html::BodyContext;

/// The data block of a page; none on sensitive and internal pages.
pub(super) fn structured_data(body: &Body<'_>) -> Option<String> {
    let page = body.page;
    if page.entry.kind.name != "faq" || page.entry.front.sensitive == Some(true) || page.withdrawn || page.mark.is_some() {
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
                "acceptedAnswer": { "@type": "Answer", "text": plain(body, start, end) },
            })
        })
        .collect();
    if questions.is_empty() {
        return None;
    }
    let data = json!({ "@context": "https://schema.org", "@type": "FAQPage", "mainEntity": questions });
    Some(data.to_string().replace('<', "\\u003c"))
}

/// The visible text of a range of whole subtrees.
fn plain(body: &Body<'_>, start: usize, end: usize) -> String {
    let mut out = Vec::new();
    let mut node = start;
    while node < end {
        let next = body.tree.nodes[node].end as usize;
        if !body.hidden(node) {
            let holds_hidden = (node..next).any(|inner| body.hidden(inner));
            if holds_hidden { out.push(plain(body, node + 1, next)) } else { out.push(body.tree.plain_text(node)) }
        }
        node = next;
    }
    out.retain(|text| !text.trim().is_empty());
    out.join(" ")
}
