//! Whether words of danger call for their routes.
//!
//! In: the index of an edition and what its routes have written under `show_for`. Out: a diagnostic for each phrase that
//! says nothing, that every search has, or that something else keeps from calling, at its place.

use rayon::prelude::*;

use super::danger::Danger;
use super::fields::SHOW_FOR;
use super::index::Index;
use super::query::is_small;
use super::routes::Level;
use crate::config::value::{Data, Located};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::site::{Page, Site};
use crate::text::words::folded;

/// The list of what means something else.
const EXCEPT: &str = "except";

/// The lists of phrases, and how near the danger is of which they tell.
const LISTS: [(&str, Level); 5] = [
    ("immediate", Level::Immediate),
    ("together", Level::Immediate),
    ("alone", Level::Immediate),
    ("concern", Level::Concern),
    ("concern_together", Level::Concern),
];

/// Checks the words of all routes.
pub fn check_calls(site: &Site, index: &Index, problems: &mut Vec<Diagnostic>) {
    let danger = Danger::of(index);
    let called: Vec<&Page> =
        site.pages.iter().filter(|page| index.routes.iter().any(|route| route.url == page.address)).collect();
    let phrases: Vec<(&Page, &str, &Located, &str)> = called.into_iter().flat_map(phrases).collect();
    let found = phrases.par_iter().filter_map(|(page, list, item, text)| {
        let problem = check(&danger, page, list, text)?;
        Some(problem.at(Span::new(&page.entry.document.file, item.extent)))
    });
    problems.extend(found.collect::<Vec<_>>());
}

/// What a page has written: its list, its place, its text.
fn phrases(page: &Page) -> impl Iterator<Item = (&Page, &str, &Located, &str)> {
    let show_for = page.entry.document.front.as_ref().and_then(|front| part(front, SHOW_FOR));
    let lists = LISTS.iter().map(|(list, _)| *list).chain([EXCEPT]);
    lists.filter_map(move |list| Some((list, part(show_for?, list)?))).flat_map(move |(list, value)| {
        let items: &[Located] = if let Data::List(items) = &value.data { items } else { &[] };
        items.iter().filter_map(move |item| match &item.data {
            Data::Text(text) => Some((page, list, item, text.as_str())),
            _ => None,
        })
    })
}

fn part<'a>(map: &'a Located, name: &str) -> Option<&'a Located> {
    let Data::Map(entries) = &map.data else { return None };
    entries.iter().find(|entry| entry.key == name).map(|entry| &entry.value)
}

fn check(danger: &Danger<'_>, page: &Page, list: &str, text: &str) -> Option<Diagnostic> {
    let problem = |message: String, help: &str| Some(Diagnostic::new(Code::WordsOfDanger, message).help(help));
    let words = folded(text);
    if words.is_empty() {
        return problem(format!("`{text}` has no word that somebody could type"), "write words, such as `hit me`");
    }
    let (_, level) = LISTS.iter().find(|(name, _)| *name == list)?;
    if let ([word], "immediate" | "concern") = (&*words, list)
        && is_small(word)
    {
        let message = format!("`{text}` is in nearly every search, which would show this route each time");
        return problem(message, "add the words that tell of danger, such as `hit me`");
    }
    // Nothing else keeps a phrase from calling for its own route.
    let exceptions = danger.exceptions_in(text);
    let calls = || {
        let called = danger.routes_for(text);
        called.iter().any(|shown| shown.route.url == page.address && shown.level <= *level)
    };
    let exception = exceptions.first().filter(|_| !calls())?;
    problem(
        format!(
            "who searches for `{text}` is not shown this route, as `{exception}` under `{EXCEPT}` takes words out of it"
        ),
        "say more exactly what means something else, or remove the phrase",
    )
}
