//! Text as numbers of words.
//!
//! In: a text and who numbers its words. Out: bytes that are both what is counted and what an excerpt is read from. Each
//! word is one number; a single space between two words is not written at all. What stays true: reading gives back the very
//! text, but for white space, of which single spaces and line ends are left. A page's text is half as long like this as
//! after gzip, and is made while its words are counted (word-based coding: Moffat, "Word-based text compression", 1989).
//! `static/theme/search.js` reads the same.

use super::number;
use super::reader::Reader;
use crate::text::fold::fold_word_into;
use crate::text::words::{gap_before, short_word, words};

/// What commonly stands between two words instead of a space, a line end between blocks; the browser is told this list.
pub(super) const GAPS: [&str; 15] =
    [", ", ". ", ".\n", ";\n", ".", "-", " (", ") ", ": ", "; ", "? ", " – ", "/", "’ ", ":\n"];

// The first numbers are signs; those of `GAPS` follow, then the words.
const END: u32 = 0;
const GAP: u32 = 1;
const SPELT: u32 = 2;
const CAPITAL: u32 = 3;
const UPPER: u32 = 4;
const FIRST_GAP: u32 = 5;
const FIRST_WORD: u32 = FIRST_GAP + GAPS.len() as u32;

/// One piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Symbol<'a> {
    /// The end of the text.
    End,
    /// What stands between two words, where it is not a single space.
    Gap(&'a str),
    /// A word by its number, and how it is spelt here.
    Word(u32, Form<'a>),
}

/// How a folded word is spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form<'a> {
    /// As folded.
    Plain,
    /// With a capital first letter.
    Capital,
    /// In capitals.
    Upper,
    /// In a way of its own.
    Spelt(&'a str),
}

/// Writes a text and its end. White space becomes single spaces or, where it has a line end, one of those, and is left out
/// at both ends.
pub(super) fn write(text: &str, reader: &mut Reader<'_>, out: &mut Vec<u8>) {
    let text = text.trim();
    reader.begin();
    let mut end = 0;
    let mut implied = "";
    let mut folded = String::new();
    while let Some((start, length, number, form)) = next(text, end, reader, &mut folded) {
        // Nearly always, and cheaper to ask than whether both are the same.
        let usual = start == end + 1 && text.as_bytes()[end] == b' ' && !implied.is_empty();
        if !usual {
            write_gap(&text[end..start], implied, out);
        }
        put_word(number, form, out);
        implied = " ";
        end = start + length;
    }
    write_gap(&text[end..], "", out);
    put(Symbol::End, out);
}

/// The next word from a place on: where it begins, its bytes, its number, and how it is spelt.
#[inline]
fn next<'a>(
    text: &'a str,
    from: usize,
    reader: &mut Reader<'_>,
    folded: &mut String,
) -> Option<(usize, usize, u32, Form<'a>)> {
    let start = from + gap_before(&text.as_bytes()[from..]);
    if let Some(short) = short_word(&text.as_bytes()[start..]) {
        let form = if short.capital { Form::Capital } else { Form::Plain };
        return Some((start, short.length, reader.short(short.folded), form));
    }
    for word in words(&text[from..]) {
        let (start, length) = (from + word.start, word.text.len());
        if word.plain {
            return Some((start, length, reader.number(word.text), Form::Plain));
        }
        folded.clear();
        fold_word_into(word.text, folded);
        // Marks alone are no word: they belong to the gap.
        if !folded.is_empty() {
            return Some((start, length, reader.number(folded), form(word.text, folded)));
        }
    }
    None
}

/// Writes what stands between two words, unless that is implied. White space stands nowhere else.
fn write_gap(gap: &str, implied: &str, out: &mut Vec<u8>) {
    if let Some(sign) = sign_of(gap) {
        return number::put(sign, out);
    }
    if gap.is_empty() && implied.is_empty() {
        return;
    }
    let mut spaced = String::new();
    for c in gap.chars() {
        match (c.is_whitespace(), spaced.chars().next_back()) {
            (true, Some('\n')) => {}
            (true, Some(' ')) if c != '\n' => {}
            (true, last) => {
                spaced.truncate(spaced.len() - usize::from(last == Some(' ')));
                spaced.push(if c == '\n' { '\n' } else { ' ' });
            }
            (false, _) => spaced.push(c),
        }
    }
    if spaced != implied {
        put(Symbol::Gap(&spaced), out);
    }
}

/// Writes a text that is not to be counted, and its end.
pub(super) fn write_uncounted(text: &str, out: &mut Vec<u8>) {
    if !text.is_empty() {
        put(Symbol::Gap(text), out);
    }
    put(Symbol::End, out);
}

fn form<'a>(spelt: &'a str, folded: &str) -> Form<'a> {
    if !spelt.is_ascii() || !spelt.eq_ignore_ascii_case(folded) {
        return if spelt == folded { Form::Plain } else { Form::Spelt(spelt) };
    }
    let small = |text: &str| !text.bytes().any(|byte| byte.is_ascii_uppercase());
    match spelt.as_bytes() {
        _ if small(spelt) => Form::Plain,
        [first, ..] if first.is_ascii_uppercase() && small(&spelt[1..]) => Form::Capital,
        [_, ..] if !spelt.bytes().any(|byte| byte.is_ascii_lowercase()) => Form::Upper,
        _ => Form::Spelt(spelt),
    }
}

/// Writes one symbol.
pub(super) fn put(symbol: Symbol<'_>, out: &mut Vec<u8>) {
    match symbol {
        Symbol::End => number::put(END, out),
        Symbol::Gap(gap) => match sign_of(gap) {
            Some(sign) => number::put(sign, out),
            None => literal(GAP, gap, out),
        },
        Symbol::Word(number, form) => put_word(number, form, out),
    }
}

/// The sign of a common gap. All are asked: which one it is a processor would guess wrong.
fn sign_of(gap: &str) -> Option<u32> {
    let packed = packed(gap.as_bytes())?;
    let signs = (FIRST_GAP..).zip(PACKED_GAPS);
    let sign = signs.fold(END, |sign, (other, common)| if common == packed { other } else { sign });
    (sign != END).then_some(sign)
}

/// Up to seven bytes as one number, with a one before them: a zero byte is one, too.
const fn packed(bytes: &[u8]) -> Option<u64> {
    let (mut packed, mut at) = (1, 0);
    while at < bytes.len() && at < 7 {
        packed = packed << 8 | bytes[at] as u64;
        at += 1;
    }
    if at == bytes.len() { Some(packed) } else { None }
}

/// [`GAPS`] as numbers.
const PACKED_GAPS: [u64; GAPS.len()] = {
    let mut all = [0; GAPS.len()];
    let mut at = 0;
    while at < GAPS.len() {
        all[at] = packed(GAPS[at].as_bytes()).expect("they are short");
        at += 1;
    }
    all
};

/// Writes a word: nearly every symbol is one, and nearly all of those are plain.
#[inline]
pub(super) fn put_word(number: u32, form: Form<'_>, out: &mut Vec<u8>) {
    if !matches!(form, Form::Plain) {
        put_form(form, out);
    }
    number::put(FIRST_WORD + number, out);
}

#[inline(never)]
fn put_form(form: Form<'_>, out: &mut Vec<u8>) {
    match form {
        Form::Plain => {}
        Form::Capital => number::put(CAPITAL, out),
        Form::Upper => number::put(UPPER, out),
        Form::Spelt(text) => literal(SPELT, text, out),
    }
}

fn literal(sign: u32, text: &str, out: &mut Vec<u8>) {
    number::put(sign, out);
    number::put(u32::try_from(text.len()).unwrap_or(u32::MAX), out);
    out.extend(text.as_bytes());
}

/// The symbols of a text, and of those that follow it.
pub(super) fn symbols(bytes: &[u8]) -> Symbols<'_> {
    Symbols { bytes }
}

/// Reads symbols.
pub(super) struct Symbols<'a> {
    bytes: &'a [u8],
}

impl<'a> Symbols<'a> {
    fn literal(&mut self) -> Option<&'a str> {
        let length = number::take(&mut self.bytes)? as usize;
        let (text, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        str::from_utf8(text).ok()
    }

    fn word(&mut self, form: Form<'a>) -> Option<Symbol<'a>> {
        Some(Symbol::Word(number::take(&mut self.bytes)?.checked_sub(FIRST_WORD)?, form))
    }
}

impl<'a> Iterator for Symbols<'a> {
    type Item = Symbol<'a>;

    #[inline]
    fn next(&mut self) -> Option<Symbol<'a>> {
        match number::take(&mut self.bytes)? {
            END => Some(Symbol::End),
            GAP => self.literal().map(Symbol::Gap),
            SPELT => {
                let text = self.literal()?;
                self.word(Form::Spelt(text))
            }
            CAPITAL => self.word(Form::Capital),
            UPPER => self.word(Form::Upper),
            sign @ FIRST_WORD.. => Some(Symbol::Word(sign - FIRST_WORD, Form::Plain)),
            sign => Some(Symbol::Gap(GAPS[(sign - FIRST_GAP) as usize])),
        }
    }
}

/// Writes a text and its end once more, with other numbers for its words, and leaves what follows it.
pub(super) fn renumber(bytes: &mut &[u8], numbers: &[u32], out: &mut Vec<u8>) {
    while let Some(sign) = number::take(bytes) {
        match sign {
            FIRST_WORD.. => number::put(FIRST_WORD + numbers[(sign - FIRST_WORD) as usize], out),
            GAP | SPELT => {
                let mut symbols = Symbols { bytes };
                let text = symbols.literal().unwrap_or_default();
                *bytes = symbols.bytes;
                literal(sign, text, out);
            }
            _ => number::put(sign, out),
        }
        if sign == END {
            break;
        }
    }
}

/// Leaves out a text and its end.
pub(super) fn skip(bytes: &mut &[u8]) {
    let mut symbols = Symbols { bytes };
    symbols.by_ref().find(|symbol| *symbol == Symbol::End);
    *bytes = symbols.bytes;
}

/// The texts that were written, in order. `word` knows the words by number.
pub(super) fn texts<'a>(bytes: &[u8], word: impl Fn(u32) -> &'a str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut text = String::new();
    let mut implied = "";
    for symbol in symbols(bytes) {
        match symbol {
            Symbol::End => {
                texts.push(std::mem::take(&mut text));
                implied = "";
            }
            Symbol::Gap(gap) => {
                text.push_str(gap);
                implied = "";
            }
            Symbol::Word(number, form) => {
                text.push_str(implied);
                let start = text.len();
                text.push_str(if let Form::Spelt(spelt) = form { spelt } else { word(number) });
                match form {
                    Form::Capital => text[start..=start].make_ascii_uppercase(),
                    Form::Upper => text[start..].make_ascii_uppercase(),
                    Form::Plain | Form::Spelt(_) => {}
                }
                implied = " ";
            }
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::{symbols, texts, write, write_uncounted};
    use crate::search::reader::AllWords;

    fn round_trip(given: &[&str]) -> Vec<String> {
        let (all, mut bytes) = (AllWords::default(), Vec::new());
        for text in given {
            write(text, &mut all.reader(), &mut bytes);
        }
        all.with(|words| texts(&bytes, |number| words.get(number)))
    }

    #[test]
    fn what_was_written_is_read() {
        let given = [
            "",
            " ",
            "a",
            "The child, the CLA review. The Child",
            "  two  spaces ",
            "McDonald’s s47 Łódź ﬁnd x\u{301}y",
            "\u{301} alone, \u{200B}a",
            "a\0, b\0-c\0. d\0",
            "\0a\0 b",
            "end (of) it: yes; 1.2.3-beta/4 – “so”",
            "I am A",
            "an item;\na cell.\nThe end?\n(a)\nb",
            "'quoted' O'Brien's",
            "𝒳 𝔸bc 中文",
            "…",
        ];
        assert_eq!(round_trip(&given), given.map(single_spaced));
        let every: String = (0..0x2500).filter_map(char::from_u32).flat_map(|c| [c, 'a', c, ' ']).collect();
        assert_eq!(round_trip(&[&every]), [single_spaced(&every)]);
    }

    fn single_spaced(text: &str) -> String {
        let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        text.split('\n').map(line).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn white_space_becomes_single_spaces() {
        let spaces = ["", " ", "  ", "\t", "\n", "\u{b}", "\u{a0}", " \u{2003}", "\u{3000} ", "\u{200B}", "\u{1c}"];
        for before in spaces {
            for between in spaces {
                for after in spaces {
                    let text = format!("{before}a{between}é b{after}c,{after}{between}");
                    assert_eq!(round_trip(&[&text]), [single_spaced(&text)], "{text:?}");
                }
            }
        }
    }

    #[test]
    fn plain_prose_costs_a_byte_a_word() {
        let mut bytes = Vec::new();
        write("the plan for the child is the plan", &mut AllWords::default().reader(), &mut bytes);
        assert_eq!(bytes.len(), 9);
    }

    #[test]
    fn what_is_not_counted_has_no_words() {
        let mut bytes = Vec::new();
        write_uncounted("what-to-do", &mut bytes);
        assert!(!symbols(&bytes).any(|symbol| matches!(symbol, super::Symbol::Word(..))));
        assert_eq!(texts(&bytes, |_| ""), ["what-to-do"]);
    }

    #[test]
    fn bytes_cut_short_end_without_harm() {
        let (all, mut bytes) = (AllWords::default(), Vec::new());
        write("Łódź and CLA (again)\u{2014}at last", &mut all.reader(), &mut bytes);
        for end in 0..bytes.len() {
            let read = all.with(|words| texts(&bytes[..end], |number| words.get(number)));
            assert!(read.is_empty(), "no end was written yet");
        }
    }
}
