//! Short names for what a script declares.
//!
//! In: tokens. Out: the text of each, with other names. What stays true: a name has one short one everywhere in the
//! script; properties, strings and names from outside keep theirs; two names share a short one only where no region
//! has to do with both, so that none hides another. A script that declares something outside its functions, or that is
//! not understood in full, gets no new names.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::scopes::Scopes;
use super::syntax::{FIXED, Role, Syntax, is_one_of};
use super::tokens::Token;

const FIRST: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz$_";
const LATER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz$_0123456789";

/// The texts of tokens with short names.
pub(super) fn shortened<'a>(syntax: &Syntax<'_, 'a>) -> Option<Vec<Cow<'a, str>>> {
    let tokens = syntax.tokens;
    let scopes = Scopes::of(syntax).filter(|scopes| !scopes.is_open())?;
    let roles: Vec<Role> = (0..tokens.len()).map(|at| syntax.role(at)).collect::<Option<_>>()?;
    let names = chosen(tokens, &roles, &scopes)?;
    let text = |(at, token): (usize, &Token<'a>)| match (roles[at], names.get(token.text)) {
        (Role::Other, _) | (_, None) => Cow::Borrowed(token.text),
        (Role::Both, Some(short)) if short != token.text => Cow::Owned(format!("{}:{short}", token.text)),
        (_, Some(short)) => Cow::Owned(short.clone()),
    };
    Some(tokens.iter().enumerate().map(text).collect())
}

/// How often a name stands in a script, and the regions it has to do with.
#[derive(Default)]
struct Uses {
    count: usize,
    first: usize,
    regions: BTreeSet<usize>,
}

/// A short name for each: the shortest for the most frequent.
fn chosen<'a>(tokens: &[Token<'a>], roles: &[Role], scopes: &Scopes<'_, '_, 'a>) -> Option<BTreeMap<&'a str, String>> {
    let mut names: BTreeMap<&str, Uses> = BTreeMap::new();
    let mut kept = BTreeSet::new();
    for (at, token) in tokens.iter().enumerate().filter(|(at, _)| roles[*at] != Role::Other) {
        let uses = names.entry(token.text).or_insert_with(|| Uses { first: at, ..Uses::default() });
        uses.count += 1;
        match scopes.reach(token.text, at) {
            Some(regions) => uses.regions.extend(regions),
            // From outside, even if a function has a name like it.
            None => _ = kept.insert(token.text),
        }
    }
    let mut sorted: Vec<(&str, Uses)> = names.into_iter().filter(|(name, _)| !kept.contains(name)).collect();
    sorted.sort_by_key(|(_, uses)| (Reverse(uses.count), uses.first));
    let shorts = candidates(tokens, &kept, sorted.len());
    let mut taken: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); shorts.len()];
    let mut chosen = BTreeMap::new();
    for (name, uses) in sorted {
        let free = taken.iter().position(|regions| regions.is_disjoint(&uses.regions))?;
        taken[free].extend(uses.regions);
        chosen.insert(name, shorts[free].clone());
    }
    Some(chosen)
}

/// Names of one sign and of two, beginning with those that a script has most of, which compresses best.
fn candidates(tokens: &[Token<'_>], kept: &BTreeSet<&str>, most: usize) -> Vec<String> {
    let mut count = [0; 128];
    for byte in tokens.iter().flat_map(|token| token.text.bytes()).filter(u8::is_ascii) {
        count[usize::from(byte)] += 1;
    }
    let sorted = |signs: &str| {
        let mut signs: Vec<char> = signs.chars().collect();
        signs.sort_by_key(|sign| Reverse(count[*sign as usize]));
        signs
    };
    let (first, later) = (sorted(FIRST), sorted(LATER));
    let single = first.iter().map(char::to_string);
    let double = first.iter().flat_map(|one| later.iter().map(move |two| format!("{one}{two}")));
    let free = |name: &String| !kept.contains(name.as_str()) && !is_one_of(FIXED, name);
    single.chain(double).filter(free).take(most).collect()
}

#[cfg(test)]
mod tests;
