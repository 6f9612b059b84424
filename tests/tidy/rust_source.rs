//! Rust text as the rules look at it: code without comments and strings, and the names that it uses.
//!
//! In: the text of a Rust file. Out: text of the same length, and byte positions in it. No grammar is needed: the
//! rules only look for paths and words.

/// The text with every comment, string and character literal blanked out; lengths and line feeds stay.
pub(crate) fn code(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = skip(text, at);
        out[at..end].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        at = end.max(at + 1);
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The end of the comment or literal that starts here; the same place when none does.
fn skip(text: &str, at: usize) -> usize {
    let rest = &text.as_bytes()[at..];
    let in_word = at > 0 && is_word(text.as_bytes()[at - 1]);
    match rest {
        [b'/', b'/', ..] => at + rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len()),
        [b'/', b'*', ..] => at + block_comment(rest),
        [b'"', ..] => at + quoted(rest),
        [b'r', b'"' | b'#', ..] if !in_word => at + raw_string(rest).unwrap_or(0),
        [b'b' | b'c', b'r', b'"' | b'#', ..] if !in_word => at + raw_string(&rest[1..]).map_or(0, |length| length + 1),
        // A character, not a lifetime: 'x' or '\…'.
        [b'\'', b'\\', ..] => at + 3 + rest[3..].iter().position(|byte| *byte == b'\'').map_or(0, |end| end + 1),
        [b'\'', ..] => {
            let mut chars = text[at + 1..].chars();
            let length = chars.next().map_or(0, char::len_utf8);
            if chars.next() == Some('\'') { at + length + 2 } else { at }
        }
        _ => at,
    }
}

fn block_comment(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match &rest[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

fn quoted(rest: &[u8]) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != b'"' {
        at += if rest[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(rest.len())
}

/// `r#"…"#`; nothing for `r#name`.
fn raw_string(rest: &[u8]) -> Option<usize> {
    let hashes = rest[1..].iter().take_while(|byte| **byte == b'#').count();
    if rest.get(1 + hashes) != Some(&b'"') {
        return None;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    let body = &rest[hashes + 2..];
    let end = body.windows(close.len()).position(|window| window == close.as_bytes());
    Some(end.map_or(rest.len(), |end| hashes + 2 + end + close.len()))
}

pub(crate) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// Where a word stands by itself.
pub(crate) fn words(text: &str, word: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let alone = |at: usize| {
        let end = at + word.len();
        (at == 0 || !is_word(bytes[at - 1])) && bytes.get(end).is_none_or(|byte| !is_word(*byte))
    };
    text.match_indices(word).map(|(at, _)| at).filter(|at| alone(*at)).collect()
}

/// The names that directly follow `prefix::`, those in braces included, each with its place.
pub(crate) fn after<'a>(code: &'a str, prefix: &str) -> Vec<(usize, &'a str)> {
    let mut found = Vec::new();
    for at in words(code, prefix) {
        let Some(rest) = code[at + prefix.len()..].strip_prefix("::") else {
            continue;
        };
        let start = code.len() - rest.len();
        match rest.strip_prefix('{') {
            Some(group) => found.extend(heads(group).into_iter().map(|name| (at, name))),
            None => found.push((at, name_at(&code[start..]))),
        }
    }
    found
}

/// The first names of a group's items: `a, b::{c, d}}` gives `a` and `b`.
fn heads(group: &str) -> Vec<&str> {
    let (mut depth, mut fresh, mut found) = (1, true, Vec::new());
    for (at, byte) in group.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b',' if depth == 1 => fresh = true,
            byte if fresh && depth == 1 && is_word(byte) => {
                found.push(name_at(&group[at..]));
                fresh = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    found
}

fn name_at(text: &str) -> &str {
    let end = text.bytes().position(|byte| !is_word(byte)).unwrap_or(text.len());
    &text[..end]
}

#[test]
fn blanks_comments_and_literals_only() {
    let bare = |text: &str| code(text).split_whitespace().collect::<String>();
    assert_eq!(bare("a // crate::x\nb"), "ab");
    assert_eq!(bare("a /* b /* c */ d */ e"), "ae");
    assert_eq!(bare(r##"a("x\"y", r#"q"z"#, b"k", br"\", 'c', '"', '\'', '\u{2014}', 'é') b"##), "a(,,b,,,,,,)b");
    assert_eq!(bare("fn f<'a>(x: &'a str) -> &'static r#type {}"), "fnf<'a>(x:&'astr)->&'staticr#type{}");
    assert_eq!(code("a\n// é\nb").len(), "a\n// é\nb".len());
    assert_eq!(bare("\"never closed"), "");
}

#[test]
fn finds_names_in_paths_and_groups() {
    let names = |text: &str| after(text, "crate").into_iter().map(|(_, name)| name.to_owned()).collect::<Vec<_>>();
    assert_eq!(names("use crate::text::slug; crate::site::x()"), ["text", "site"]);
    assert_eq!(names("use crate::{text::{slug, date}, site, check::rules};"), ["text", "site", "check"]);
    assert_eq!(names("pub(crate) fn x() { my_crate::y() }"), [""; 0]);
}
