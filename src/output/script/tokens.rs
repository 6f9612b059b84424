//! A script divided into its tokens.
//!
//! In: JavaScript. Out: its tokens in order, each with what stands before it, or nothing where the text does not tell for
//! sure. What stays true: the tokens and the gaps between them are the whole script; texts are never divided.
//!
//! The one thing a reader of JavaScript cannot see from a letter is whether `/` divides or begins a regular expression
//! (ECMA-262, 12.9.5). The token before it says so nearly always; where it does not, there is no answer.

/// What stands before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// White space or a comment.
    Space,
    /// At least one end of line.
    Line,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, a keyword or a number.
    Word,
    /// One sign; operators of several signs are several tokens without a gap.
    Sign,
    /// A string, or a piece of a template literal with the `${` and `}` around what is put in.
    Text,
    /// A regular expression.
    Pattern,
    /// A comment that says it is to be kept.
    Notice,
}

/// A token and the gap before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    pub(super) gap: Gap,
}

/// What an open bracket is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// `${` of a template literal.
    Template,
    /// `(` of `if`, `for`, `while`, `with`: what follows its end is a statement.
    Control,
    /// `(` after `await`: a call or the head of a loop.
    Unclear,
    /// Any other.
    Other,
}

/// Words before which nothing can be divided.
const BEFORE_VALUES: [&str; 11] =
    ["return", "typeof", "case", "do", "else", "in", "instanceof", "new", "void", "delete", "throw"];
/// Words that are keywords in some places and names in others.
const UNCLEAR: [&str; 3] = ["of", "yield", "await"];
const CONTROL: [&str; 4] = ["if", "for", "while", "with"];

/// The tokens of a script.
pub(super) fn tokens(source: &str) -> Option<Vec<Token<'_>>> {
    // A first line for the shell is no comment of the language.
    if source.starts_with("#!") {
        return None;
    }
    let mut reader = Reader { source, at: 0, open: Vec::new(), closed: Open::Other, tokens: Vec::new() };
    while reader.token()? {}
    // A bracket without its end is for the browser to complain about.
    reader.open.is_empty().then_some(reader.tokens)
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
    open: Vec<Open>,
    /// The bracket that the last closing one belongs to.
    closed: Open,
    tokens: Vec<Token<'a>>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    /// Reads one token; false at the end.
    fn token(&mut self) -> Option<bool> {
        let gap = self.gap()?;
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return Some(false) };
        // Comments of pages of the nineties (ECMA-262, B.1.1), and names written with escapes.
        let at_start = gap == Gap::Line || self.tokens.is_empty();
        if rest.starts_with("<!--") || at_start && rest.starts_with("-->") || first == '\\' {
            return None;
        }
        let (kind, length) = match first {
            '"' | '\'' => (Kind::Text, string(rest, first)?),
            '`' => (Kind::Text, self.template(rest)?),
            '}' if self.open.last() == Some(&Open::Template) => {
                self.open.pop();
                (Kind::Text, self.template(rest)?)
            }
            '/' if rest.starts_with("/*") => (Kind::Notice, rest[2..].find("*/")? + 4),
            '/' if self.is_pattern()? => (Kind::Pattern, pattern(rest)?),
            _ if is_word(first) => (Kind::Word, word(rest)),
            // A number like `.5`; a name cannot stand behind a point that a number ends with.
            '.' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => (Kind::Word, 1 + word(&rest[1..])),
            _ if first.is_ascii() => {
                self.bracket(first)?;
                (Kind::Sign, 1)
            }
            _ => return None,
        };
        self.tokens.push(Token { kind, text: &rest[..length], gap });
        self.at += length;
        Some(true)
    }

    /// Passes white space and comments; a notice is a token of its own.
    fn gap(&mut self) -> Option<Gap> {
        let mut gap = Gap::None;
        loop {
            let rest = self.rest();
            let (length, found) = if rest.starts_with("//") {
                (rest.find(ends_line).unwrap_or(rest.len()), Gap::Space)
            } else if let Some(inside) = rest.strip_prefix("/*") {
                let text = &inside[..inside.find("*/")?];
                if is_notice(text) {
                    return Some(gap);
                }
                (text.len() + 4, if text.contains(ends_line) { Gap::Line } else { Gap::Space })
            } else {
                match rest.chars().next() {
                    Some(c) if ends_line(c) => (c.len_utf8(), Gap::Line),
                    // Rust counts U+0085 as white space, JavaScript the byte order mark.
                    Some(c) if c.is_whitespace() && c != '\u{85}' || c == '\u{FEFF}' => (c.len_utf8(), Gap::Space),
                    _ => return Some(gap),
                }
            };
            self.at += length;
            gap = gap.max(found);
        }
    }

    /// The last token that is no notice.
    fn before(&self, back: usize) -> Option<&Token<'a>> {
        self.tokens.iter().rev().filter(|token| token.kind != Kind::Notice).nth(back)
    }

    /// Whether a name stands behind a point, where keywords are names; three points are something else.
    fn is_member(&self, back: usize) -> bool {
        let is_point = |back| self.before(back).is_some_and(|token| token.text == ".");
        is_point(back + 1) && !is_point(back + 2)
    }

    /// Whether a `/` that stands here begins a regular expression.
    fn is_pattern(&self) -> Option<bool> {
        let Some(last) = self.before(0) else { return Some(true) };
        match (last.kind, last.text) {
            (Kind::Word, word) if !self.is_member(0) && UNCLEAR.contains(&word) => None,
            (Kind::Word, word) => Some(!self.is_member(0) && BEFORE_VALUES.contains(&word)),
            (Kind::Text, text) => Some(text.ends_with("${")),
            (Kind::Sign, ")") => match self.closed {
                Open::Unclear => None,
                closed => Some(closed == Open::Control),
            },
            (Kind::Sign, "]") | (Kind::Pattern, _) => Some(false),
            // The end of a block, after which a statement begins, or of an object, which can be divided.
            (Kind::Sign, "}") => None,
            (Kind::Sign, "+" | "-") if last.gap == Gap::None && self.before(1).is_some_and(|t| t.text == last.text) => {
                None
            }
            _ => Some(true),
        }
    }

    /// Remembers brackets and what they are for; one that closes nothing is no script.
    fn bracket(&mut self, sign: char) -> Option<()> {
        match sign {
            '(' => {
                let name = self.before(0).filter(|token| token.kind == Kind::Word && !self.is_member(0));
                self.open.push(match name {
                    Some(name) if CONTROL.contains(&name.text) => Open::Control,
                    Some(name) if name.text == "await" => Open::Unclear,
                    _ => Open::Other,
                });
            }
            '[' | '{' => self.open.push(Open::Other),
            ')' | ']' | '}' => self.closed = self.open.pop()?,
            _ => {}
        }
        Some(())
    }

    /// The length of a piece of a template literal, from its backtick or `}` to its end or the next `${`.
    fn template(&mut self, text: &str) -> Option<usize> {
        let mut signs = text.char_indices().skip(1);
        while let Some((at, c)) = signs.next() {
            match c {
                '\\' => {
                    signs.next()?;
                }
                '`' => return Some(at + 1),
                '$' if text[at + 1..].starts_with('{') => {
                    self.open.push(Open::Template);
                    return Some(at + 2);
                }
                _ => {}
            }
        }
        None
    }
}

/// Whether a comment asks to be kept, as licences do.
fn is_notice(comment: &str) -> bool {
    comment.starts_with('!') || comment.contains("@license") || comment.contains("@preserve")
}

pub(super) fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

/// Whether a sign belongs to names or numbers; signs beyond ASCII are in no operator.
pub(super) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '#') || !c.is_ascii() && c.is_alphanumeric()
}

fn word(text: &str) -> usize {
    let number = text.starts_with(|c: char| c.is_ascii_digit());
    text.find(|c| !(is_word(c) || number && c == '.')).unwrap_or(text.len())
}

fn string(text: &str, quote: char) -> Option<usize> {
    let mut signs = text.char_indices().skip(1);
    while let Some((at, c)) = signs.next() {
        match c {
            '\\' => {
                signs.next()?;
            }
            '\n' | '\r' => return None,
            _ if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn pattern(text: &str) -> Option<usize> {
    let mut in_class = false;
    let mut signs = text.char_indices().skip(1);
    while let Some((at, c)) = signs.next() {
        match c {
            '\\' => {
                signs.next().filter(|(_, c)| !ends_line(*c))?;
            }
            _ if ends_line(c) => return None,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => return Some(at + 1 + word(&text[at + 1..])),
            _ => {}
        }
    }
    None
}
