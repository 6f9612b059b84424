//! What a run of text may hold beyond CommonMark: `:name[…]{…}` and bare addresses.
//!
//! In: the source behind a run of text, so that smart punctuation has not yet touched the quotes of attributes.
//! Out: the next find and its place. Each run is read once from left to right; nothing looks further back than
//! the previous find.

use std::ops::Range;

use super::directive::Form;
use super::syntax::{self, Written};

/// Something found in a run.
#[derive(Debug)]
pub(super) enum Found<'a> {
    /// `:name[…]{…}` with a known name.
    Directive(Written<'a>),
    /// A bare address: where it leads, its text being the address itself.
    Address(String),
}

/// Whether a run can hold anything at all. Most cannot, so this is all that most text costs.
pub(super) fn possible(run: &str) -> bool {
    let bytes = run.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b':' | b'@' => true,
        b'.' => at >= 3 && bytes[at - 3..at].eq_ignore_ascii_case(b"www"),
        _ => false,
    })
}

/// The next find in `run` from `from` on. `addresses` is false inside links.
pub(super) fn next<'a>(
    source: &'a str,
    run: &Range<usize>,
    from: usize,
    addresses: bool,
) -> Option<(Range<usize>, Found<'a>)> {
    let bytes = source.as_bytes();
    let starts = |at: usize| at == run.start || at == from || boundary(bytes[at - 1]);
    for at in from..run.end {
        let found = match bytes[at] {
            b':' if bytes[..run.end].get(at + 1).is_some_and(u8::is_ascii_alphabetic) => directive(source, at, run.end),
            b':' if addresses && source[at..run.end].starts_with("://") => web(source, from, at, run.end, starts),
            b'w' | b'W' if addresses && starts(at) => www(source, at, run.end),
            b'@' if addresses => email(source, from, at, run.end).filter(|(range, _)| starts(range.start)),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// What may stand before a bare address, after GFM's extended autolinks.
fn boundary(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'*' | b'_' | b'~' | b'(')
}

fn directive(source: &str, at: usize, limit: usize) -> Option<(Range<usize>, Found<'_>)> {
    let before = &source[..at];
    let escapes = before.bytes().rev().take_while(|b| *b == b'\\').count();
    if escapes % 2 == 1 || before.chars().next_back().is_some_and(|c| c == ':' || c.is_alphanumeric()) {
        return None;
    }
    let length = syntax::name_length(&source.as_bytes()[at + 1..limit]);
    let bracket = at + 1 + length;
    if source.as_bytes()[..limit].get(bracket) != Some(&b'[') || Form::Inline.find(&source[at + 1..bracket]).is_none() {
        return None;
    }
    let written = syntax::read(source, at, at + 1, limit);
    written.label.is_some().then(|| (written.range.clone(), Found::Directive(written)))
}

fn web(
    source: &str,
    from: usize,
    colon: usize,
    limit: usize,
    starts: impl Fn(usize) -> bool,
) -> Option<(Range<usize>, Found<'_>)> {
    let scheme = ["https", "http"].into_iter().find(|scheme| {
        colon >= from + scheme.len()
            && source.get(colon - scheme.len()..colon).is_some_and(|found| found.eq_ignore_ascii_case(scheme))
    })?;
    let start = colon - scheme.len();
    let host = colon + 3;
    if !starts(start) {
        return None;
    }
    domain(&source[host..limit], false)?;
    let end = address_end(source, host, limit);
    (end > host).then(|| (start..end, Found::Address(decoded(&source[start..end]))))
}

fn www(source: &str, at: usize, limit: usize) -> Option<(Range<usize>, Found<'_>)> {
    if !source.get(at..at + 4)?.eq_ignore_ascii_case("www.") {
        return None;
    }
    domain(&source[at..limit], true)?;
    let end = address_end(source, at, limit);
    Some((at..end, Found::Address(format!("http://{}", decoded(&source[at..end])))))
}

/// The address as its author means it: `&amp;` is how an ampersand may be written in Markdown.
pub(super) fn decoded(address: &str) -> String {
    address.replace("&amp;", "&")
}

/// The length of a host name at the start of `text`; DNS ends them at 253 bytes.
fn domain(text: &str, dotted: bool) -> Option<usize> {
    let text = &text[..text.floor_char_boundary(256)];
    let length = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))).unwrap_or(text.len());
    let host = text[..length].trim_end_matches('.');
    let mut last = host.rsplit('.');
    // No underscore in the last two parts.
    let plain = last.by_ref().take(2).all(|part| !part.contains('_'));
    let complete = !host.is_empty() && !host.starts_with('.') && host.split('.').all(|part| !part.is_empty());
    (plain && complete && (!dotted || host.contains('.'))).then_some(length)
}

/// Where an address ends: at a space or `<`, less the punctuation and unmatched brackets that belong to the
/// sentence around it.
fn address_end(source: &str, start: usize, limit: usize) -> usize {
    let text = &source[start..limit];
    let text = &text[..text.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(text.len())];
    let mut surplus =
        text.bytes().filter(|b| *b == b')').count() as isize - text.bytes().filter(|b| *b == b'(').count() as isize;
    let mut end = text.len();
    loop {
        let kept = &text[..end];
        let Some(last) = kept.chars().next_back() else {
            break;
        };
        match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' => end -= 1,
            ')' if surplus > 0 => {
                surplus -= 1;
                end -= 1;
            }
            ';' => match entity(kept) {
                Some(length) => end -= length,
                None => break,
            },
            _ => break,
        }
    }
    start + end
}

/// The length of something like `&copy;` at the end.
fn entity(text: &str) -> Option<usize> {
    let name = text[..text.len() - 1].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    let length = name + 2;
    (name > 0 && length <= text.len() && text.as_bytes()[text.len() - length] == b'&').then_some(length)
}

fn email(source: &str, from: usize, at: usize, limit: usize) -> Option<(Range<usize>, Found<'_>)> {
    let bytes = source.as_bytes();
    let local = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+');
    let start = at - bytes[from..at].iter().rev().take_while(|b| local(b)).count();
    let host = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    let length = bytes[at + 1..limit].iter().take_while(|b| host(b)).count();
    let name = source[at + 1..at + 1 + length].trim_end_matches('.');
    let valid = start < at
        && name.contains('.')
        && name.split('.').all(|part| !part.is_empty())
        && !name.ends_with(['-', '_'])
        && bytes.get(at + 1 + name.len()) != Some(&b'@');
    let end = at + 1 + name.len();
    valid.then(|| (start..end, Found::Address(format!("mailto:{}", &source[start..end]))))
}
