//! Finds the lines CommonMark does not know (fences, leaves, abbreviations) and hides them from its parser.
//!
//! In: the text of a page. Out: a text of the same length, byte for byte in the same places, in which each such
//! line is a processing instruction, `<?   ?>`. For CommonMark that is an HTML block: it may interrupt a
//! paragraph, ends a table and lazy continuation, and needs no blank lines around it, inside lists and quotes too.
//! What stays true: a marker is known by its place, never by its content, so no text can forge one; what turns up
//! anywhere but as a block of its own (in code, say) is left as written by reading the text once more without it.

use std::borrow::Cow;
use std::ops::Range;

use super::syntax::{self, Written};

/// A line that stands for something else.
#[derive(Debug)]
pub(super) struct Marker<'a> {
    /// From its first colon to the end of the line, without the line end.
    pub(super) range: Range<usize>,
    /// What it is.
    pub(super) kind: MarkerKind<'a>,
}

/// What a line stands for.
#[derive(Debug)]
pub(super) enum MarkerKind<'a> {
    /// `:::name`
    Open {
        /// The number of colons.
        fence: usize,
        /// The rest of the line.
        written: Written<'a>,
    },
    /// `:::`
    Close {
        /// The number of colons.
        fence: usize,
    },
    /// `::name{…}`
    Leaf(Written<'a>),
    /// `*[short]: long`
    Abbreviation {
        /// As written in texts.
        short: &'a str,
        /// What it stands for.
        long: &'a str,
    },
}

/// A page ready for the parser.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    /// As long as the original.
    pub(super) text: Cow<'a, str>,
    /// In the order of the text.
    pub(super) markers: Vec<Marker<'a>>,
    /// The byte that stands for a colon which would have begun a definition: see [`starts_word`].
    pub(super) stand_in: Option<u8>,
}

impl Prepared<'_> {
    /// The marker that an HTML block with this range is, if it is one.
    pub(super) fn marker_at(&self, block: &Range<usize>) -> Option<usize> {
        let index = self.markers.partition_point(|marker| marker.range.start < block.start);
        let start = self.markers.get(index)?.range.start;
        let indent = self.text.get(block.start..start.min(block.end))?;
        (start < block.end && indent.trim().is_empty()).then_some(index)
    }
}

/// Hides every line but those that begin at one of `left_alone`, which is sorted.
pub(super) fn prepare<'a>(text: &'a str, left_alone: &[usize]) -> Prepared<'a> {
    let mut markers = Vec::new();
    // Colons that must not begin a definition, and carriage returns that are line ends by themselves.
    let mut swaps = Vec::new();
    for line in lines(text) {
        let start = line.start + prefix_length(&text.as_bytes()[line.clone()]);
        let content = start..start + text[start..line.end].trim_end().len();
        match text.as_bytes().get(content.start..content.end) {
            Some([b':', b':', ..]) | Some([b'*', b'[', ..]) => {
                if left_alone.binary_search(&content.start).is_err()
                    && let Some(kind) = classify(text, content.clone())
                {
                    markers.push(Marker { range: content, kind });
                } else if text.as_bytes()[content.start] == b':' {
                    swaps.push(content.start);
                }
            }
            Some(line) if starts_word(line) => swaps.push(content.start),
            _ => {}
        }
        if matches!(text.as_bytes()[line.end..], [b'\r', ..]) && !matches!(text.as_bytes()[line.end..], [_, b'\n', ..])
        {
            swaps.push(line.end);
        }
    }
    let (text, stand_in) = hide(text, &markers, &swaps);
    Prepared { text, markers, stand_in }
}

/// The parser takes any line that begins with a colon after a paragraph for a definition, `:contact[…]` and
/// `:smile:` included; here a definition needs a space after its colon, as everywhere else.
fn starts_word(line: &[u8]) -> bool {
    matches!(line, [b':', next, ..] if !next.is_ascii_whitespace())
}

fn hide<'a>(text: &'a str, markers: &[Marker<'_>], swaps: &[usize]) -> (Cow<'a, str>, Option<u8>) {
    let bytes = text.as_bytes();
    // A control character the text does not hold; a text that holds them all keeps its colons.
    let free = |byte: &u8| !bytes.contains(byte);
    let stand_in = if swaps.iter().any(|at| bytes[*at] == b':') { (1..=8u8).find(free) } else { None };
    if markers.is_empty() && swaps.is_empty() {
        return (Cow::Borrowed(text), None);
    }
    let mut out = String::with_capacity(text.len());
    let mut swaps = swaps.iter().copied().peekable();
    let mut copy = |out: &mut String, range: Range<usize>| {
        let mut from = range.start;
        while let Some(at) = swaps.next_if(|at| *at < range.end) {
            out.push_str(&text[from..at]);
            out.push(match (bytes[at], stand_in) {
                (b':', Some(byte)) => char::from(byte),
                (b':', None) => ':',
                // The parser ends HTML blocks, and so markers, at line feeds alone.
                _ => '\n',
            });
            from = at + 1;
        }
        out.push_str(&text[from..range.end]);
    };
    let mut from = 0;
    for marker in markers {
        copy(&mut out, from..marker.range.start);
        // The shortest line, `:::`, becomes `<?>`, which both opens and closes.
        out.push_str("<?");
        out.extend(std::iter::repeat_n(' ', marker.range.len().saturating_sub(4)));
        out.push_str(if marker.range.len() == 3 { ">" } else { "?>" });
        from = marker.range.end;
    }
    copy(&mut out, from..text.len());
    (Cow::Owned(out), stand_in)
}

/// The lines of a text without their ends; a lone carriage return ends a line too, as in CommonMark.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= bytes.len() {
            return None;
        }
        let length = bytes[at..].iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(bytes.len() - at);
        let line = at..at + length;
        at = line.end + 1;
        Some(line)
    })
}

/// The length of what a list, quote or definition puts before its content. It may take too much: a marker that
/// the parser does not then meet as a block is left alone.
fn prefix_length(line: &[u8]) -> usize {
    let mut at = 0;
    loop {
        let rest = &line[at..];
        at += match rest {
            [b' ' | b'\t' | b'>', ..] => 1,
            [b'-' | b'*' | b'+' | b':', b' ' | b'\t', ..] => 2,
            [b'0'..=b'9', ..] => {
                let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
                match rest.get(digits..) {
                    Some([b'.' | b')', b' ' | b'\t', ..]) if digits <= 9 => digits + 2,
                    _ => return at,
                }
            }
            _ => return at,
        };
    }
}

fn classify(text: &str, line: Range<usize>) -> Option<MarkerKind<'_>> {
    let content = &text[line.clone()];
    let colons = content.bytes().take_while(|b| *b == b':').count();
    match colons {
        0 => abbreviation(content),
        1 => None,
        2 => leaf(text, line),
        fence if fence == content.len() => Some(MarkerKind::Close { fence }),
        fence => {
            let written = syntax::read_opening(text, line.start, line.start + fence, line.end);
            Some(MarkerKind::Open { fence, written })
        }
    }
}

/// `::name…` and nothing after it. A known name with something wrong after it is still a leaf, to be reported.
fn leaf(text: &str, line: Range<usize>) -> Option<MarkerKind<'_>> {
    let written = syntax::read(text, line.start, line.start + 2, line.end);
    let whole = written.range.end == line.end || (written.broken && is_leaf(written.name));
    (!written.name.is_empty() && whole).then_some(MarkerKind::Leaf(written))
}

fn is_leaf(name: &str) -> bool {
    super::directive::Form::Leaf.find(name).is_some()
}

fn abbreviation(content: &str) -> Option<MarkerKind<'_>> {
    let (short, long) = content.strip_prefix("*[")?.split_once("]:")?;
    let (short, long) = (short.trim(), long.trim());
    (!short.is_empty() && !long.is_empty() && !short.contains(['[', ']']))
        .then_some(MarkerKind::Abbreviation { short, long })
}
