//! What a site promises to find: `content/_data/search_tests.yaml`.
//!
//! In: the record and the index of an edition. Out: a diagnostic for each query whose page is not among the first. Pages
//! that the edition does not have are passed over; they are tested where they exist.

use std::sync::Arc;

use rayon::prelude::*;

use super::answer::Engine;
use super::index::Index;
use crate::config::fields::{Fields, Spanned};
use crate::config::value::{Data, Located};
use crate::diagnostics::{Code, Diagnostic, Extent, Span};
use crate::site::Site;

/// How far down a page may stand unless the test says otherwise.
const WITHIN: usize = 3;

/// Checks the promises of a site.
pub fn check_promises(site: &Site, index: &Index, problems: &mut Vec<Diagnostic>) {
    let Some((file, record)) = site.input.records.others.get("search_tests") else { return };
    let items: &[Located] = match &record.data {
        Data::List(items) => items,
        Data::Null => &[],
        other => {
            let message = format!("this file must be a list, not {}", other.sort());
            problems.push(
                Diagnostic::new(Code::WrongType, message)
                    .at(Span::new(file, record.extent))
                    .help("begin each test with `- query:`"),
            );
            &[]
        }
    };
    let promises: Vec<Promise> = items.iter().filter_map(|item| promise(file, item, problems)).collect();
    let engine = Engine::new(index);
    let broken: Vec<_> = promises.par_iter().filter_map(|promise| check(site, &engine, promise)).collect();
    problems.extend(broken.into_iter().map(|(problem, extent)| problem.at(Span::new(file, extent))));
}

/// Reads one.
fn promise(file: &Arc<str>, item: &Located, problems: &mut Vec<Diagnostic>) -> Option<Promise> {
    let mut fields = Fields::open(file, item, "a search test", problems);
    let query = fields.required("query", "write what readers type: `query: will you take my kids`", Fields::text);
    let page =
        fields.required("page", "write the content path of the page they need: `page: faqs/families`", Fields::text);
    let within = fields.integer("within");
    if let Some(within) = within.as_ref().filter(|within| within.value < 1) {
        let message = format!("no page can stand within the first {}", within.value);
        fields.report(Diagnostic::new(Code::BadValue, message).help("write 1 or more"), within.extent);
    }
    let within = within.and_then(|within| usize::try_from(within.value).ok()).filter(|within| *within > 0);
    fields.finish();
    Some(Promise { query: query?, page: page?, within: within.unwrap_or(WITHIN) })
}

struct Promise {
    query: Spanned<String>,
    page: Spanned<String>,
    within: usize,
}

fn check(site: &Site, engine: &Engine<'_>, promise: &Promise) -> Option<(Diagnostic, Extent)> {
    let name = promise.page.value.trim_matches('/').trim_end_matches(".md");
    let Some(page) = site.page_from_root(&promise.page.value) else {
        let problem = Diagnostic::new(Code::BrokenLink, format!("there is no page `{}`", promise.page.value))
            .help("write the content path of a page, such as faqs/families");
        return (!site.absent.contains_key(name)).then_some((problem, promise.page.extent));
    };
    let address = &site.pages[page].address;
    let (found, routes) = engine.first(&promise.query.value, promise.within.max(10));
    let place = found.iter().position(|found| found.url == *address);
    // A reporting route above the results is found too.
    let in_panel = routes.iter().any(|shown| shown.route.url == *address);
    if in_panel || place.is_some_and(|place| place < promise.within) {
        return None;
    }
    let where_it_is = place
        .map_or_else(|| "is not among the first results".to_owned(), |place| format!("comes {}", ordinal(place + 1)));
    let first =
        found.first().map_or_else(|| "nothing is found".to_owned(), |found| format!("first comes `{}`", found.title));
    let problem = Diagnostic::new(
        Code::SearchTest,
        format!("whoever searches for `{}` needs `{}` within the first {}; it {where_it_is}, and {first}", promise.query.value, promise.page.value, promise.within),
    )
    .help("use the reader’s words in the page’s title, headings or summary, or add them to `search: {keywords: […]}` or synonyms.yaml");
    Some((problem, promise.query.extent))
}

fn ordinal(place: usize) -> String {
    let ending = match (place % 10, place % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{place}{ending}")
}

#[cfg(test)]
mod tests {
    use super::ordinal;

    #[test]
    fn counts_places() {
        assert_eq!(
            [1, 2, 3, 4, 11, 12, 21, 112].map(ordinal),
            ["1st", "2nd", "3rd", "4th", "11th", "12th", "21st", "112th"]
        );
    }
}
