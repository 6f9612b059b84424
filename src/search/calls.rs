//! Whether words of danger call for their routes.
//!
//! In: the index of an edition and what its routes have written under `show_for`. Out: a diagnostic for each phrase that
//! says nothing, that every search has, or that something else keeps from calling, at its place.

use rayon::prelude::*;

use super::danger::{Danger, Shown};
use super::fields::SHOW_FOR;
use super::index::Index;
use super::query::is_small;
use super::routes::{Level, exception};
use crate::config::value::{Data, Located};
use crate::diagnostics::{Code, Diagnostic, Extent, Span};
use crate::site::{Page, Site};
use crate::text::words::folded;

/// The list of what means something else.
const EXCEPT: &str = "except";

/// The list of whole searches.
const ALONE: &str = "alone";

/// The lists of phrases, and how near the danger is of which they tell.
const LISTS: [(&str, Level); 5] = [
    ("immediate", Level::Immediate),
    ("together", Level::Immediate),
    (ALONE, Level::Immediate),
    ("concern", Level::Concern),
    ("concern_together", Level::Concern),
];

/// A phrase of a route, as somebody wrote it.
struct Written<'a> {
    page: &'a Page,
    /// The list it stands in.
    list: &'static str,
    text: &'a str,
    extent: Extent,
}

/// Checks the words of all routes.
pub fn check_calls(site: &Site, index: &Index, problems: &mut Vec<Diagnostic>) {
    let danger = Danger::of(index);
    let called = site.pages.iter().filter(|page| index.routes.iter().any(|route| route.url == page.address));
    let all: Vec<Written<'_>> = called.flat_map(phrases).collect();
    let found = all.par_iter().filter_map(|phrase| {
        let problem = check(&danger, &all, phrase)?;
        Some(problem.at(Span::new(&phrase.page.entry.document.file, phrase.extent)))
    });
    problems.extend(found.collect::<Vec<_>>());
}

/// What a page has written.
fn phrases(page: &Page) -> impl Iterator<Item = Written<'_>> {
    let show_for = page.entry.document.front.as_ref().and_then(|front| part(front, SHOW_FOR));
    let lists = LISTS.iter().map(|(list, _)| *list).chain([EXCEPT]);
    lists.filter_map(move |list| Some((list, part(show_for?, list)?))).flat_map(move |(list, value)| {
        let items: &[Located] = if let Data::List(items) = &value.data { items } else { &[] };
        items.iter().filter_map(move |item| match &item.data {
            Data::Text(text) => Some(Written { page, list, text, extent: item.extent }),
            _ => None,
        })
    })
}

fn part<'a>(map: &'a Located, name: &str) -> Option<&'a Located> {
    let Data::Map(entries) = &map.data else { return None };
    entries.iter().find(|entry| entry.key == name).map(|entry| &entry.value)
}

fn check(danger: &Danger<'_>, all: &[Written<'_>], phrase: &Written<'_>) -> Option<Diagnostic> {
    let Written { page, list, text, .. } = phrase;
    let problem = |message: String, help: &str| Some(Diagnostic::new(Code::WordsOfDanger, message).help(help));
    let words = folded(text);
    if words.is_empty() {
        return problem(format!("`{text}` has no word that somebody could type"), "write words, such as `hit me`");
    }
    let (_, level) = LISTS.iter().find(|(name, _)| name == list)?;
    // Several small words may well tell of danger: "won't let me out".
    if *list != ALONE && words.len() == 1 && is_small(&words[0]) {
        let message = format!("`{text}` is in nearly every search, which would show this route each time");
        return problem(message, "add the words that tell of danger, such as `hit me`");
    }
    // Nothing else keeps a phrase from calling for its own route.
    let exceptions = danger.exceptions_in(text);
    let calls = |shown: &Shown<'_>| shown.route.url == page.address && shown.level <= *level;
    if exceptions.is_empty() || danger.routes_for(text).iter().any(calls) {
        return None;
    }
    let taken = |other: &&Written<'_>| {
        other.list == EXCEPT && exception(other.text).is_some_and(|words| exceptions.contains(&&*words))
    };
    let other = all.iter().filter(taken).min_by_key(|other| other.page.address != page.address)?;
    let at = &other.page.entry.document.file;
    let place = if other.page.address == page.address { String::new() } else { format!(" in {at}") };
    problem(
        format!(
            "who searches for `{text}` is not shown this route, as `{}` under `{EXCEPT}`{place} takes words out of it",
            other.text
        ),
        "say more exactly what means something else, or remove the phrase",
    )
}
