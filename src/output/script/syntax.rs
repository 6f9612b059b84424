//! How the tokens of a script hang together: brackets, what a word is where it stands, and where statements end.
//!
//! In: tokens. Out: answers about places among them, or none where tokens alone do not say it, as where an end of line
//! may end a statement, or for a construct that our own scripts do without (classes, generators, modules).

use super::may_end;
use super::tokens::{Gap, Kind, Token};

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A keyword, a number, or the name of a property.
    Other,
    /// A name where it is given or used.
    Name,
    /// A name and a property at once, as in `{ a }`.
    Both,
}

/// Words that are never names here: reserved ones (ECMA-262, 12.7.2) and those with a meaning in some places.
pub(super) const FIXED: &str = "arguments async await break case catch const continue debugger default delete do else \
    enum false finally for function get if implements in instanceof interface let new null of package private \
    protected public return set static super switch this throw true try typeof undefined var void while";
/// Words of constructs that are not understood here, or that see names by themselves.
const UNKNOWN: &str = "class eval export extends import with yield";
/// Words before which a brace begins a block.
const BEFORE_BLOCKS: &str = "catch do else finally try";
/// Words before which a brace begins an object or a pattern.
const BEFORE_OBJECTS: &str = "case const delete in let of return throw typeof var void";

pub(super) fn is_one_of(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|one| one == word)
}

/// What a bracket holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bracket {
    Block,
    Object,
    Other,
}

pub(super) struct Syntax<'t, 'a> {
    pub(super) tokens: &'t [Token<'a>],
    /// Of each bracket, the other one; a piece of a template literal may end one and begin the next.
    closing: Vec<Option<usize>>,
    opening: Vec<Option<usize>>,
    /// The bracket that each token stands in.
    around: Vec<Option<usize>>,
    brackets: Vec<Bracket>,
}

impl<'t, 'a> Syntax<'t, 'a> {
    pub(super) fn of(tokens: &'t [Token<'a>]) -> Option<Self> {
        let none = vec![None; tokens.len()];
        let brackets = vec![Bracket::Other; tokens.len()];
        let mut syntax = Self { tokens, closing: none.clone(), opening: none.clone(), around: none, brackets };
        let mut open = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            let is_text = token.kind == Kind::Text;
            if matches!(token.text, ")" | "]" | "}") || is_text && token.text.starts_with('}') {
                let start: usize = open.pop()?;
                (syntax.opening[at], syntax.closing[start]) = (Some(start), Some(at));
            }
            syntax.around[at] = open.last().copied();
            if matches!(token.text, "(" | "[" | "{") || is_text && token.text.ends_with("${") {
                syntax.brackets[at] = syntax.bracket(at)?;
                open.push(at);
            }
        }
        (open.is_empty() && tokens.iter().all(|token| token.kind != Kind::Notice)).then_some(syntax)
    }

    /// The text of a token; nothing beyond the ends.
    pub(super) fn text(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.text)
    }

    /// The text of the token so many places before one.
    pub(super) fn before(&self, at: usize, back: usize) -> &'a str {
        at.checked_sub(back).map_or("", |at| self.text(at))
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Word)
    }

    /// The bracket that closes one.
    pub(super) fn closing(&self, at: usize) -> Option<usize> {
        self.closing.get(at).copied().flatten()
    }

    /// The bracket that opens what one closes.
    pub(super) fn opening(&self, at: usize) -> Option<usize> {
        self.opening.get(at).copied().flatten()
    }

    pub(super) fn is_block(&self, at: usize) -> bool {
        self.text(at) == "{" && self.brackets[at] == Bracket::Block
    }

    /// Whether an arrow stands here.
    pub(super) fn is_arrow(&self, at: usize) -> bool {
        self.text(at) == "=" && self.text(at + 1) == ">" && self.tokens[at + 1].gap == Gap::None
    }

    /// What a bracket that opens here holds, by what stands before it.
    fn bracket(&self, at: usize) -> Option<Bracket> {
        if self.text(at) != "{" {
            return Some(Bracket::Other);
        }
        let Some(last) = at.checked_sub(1) else { return Some(Bracket::Block) };
        let text = self.text(last);
        match self.tokens[last].kind {
            Kind::Word if self.is_member(last) => None,
            Kind::Word if is_one_of(BEFORE_BLOCKS, text) => Some(Bracket::Block),
            Kind::Word if is_one_of(BEFORE_OBJECTS, text) => Some(Bracket::Object),
            Kind::Text if text.ends_with("${") => Some(Bracket::Object),
            Kind::Sign => match text {
                ")" | ";" | "{" | "}" => Some(Bracket::Block),
                ">" if last > 0 && self.is_arrow(last - 1) => Some(Bracket::Block),
                ":" if self.is_case(last) => Some(Bracket::Block),
                "]" => None,
                _ => Some(Bracket::Object),
            },
            _ => None,
        }
    }

    /// Whether a colon is that of a `case` or a label, and not of an object or of `a ? b : c`.
    fn is_case(&self, colon: usize) -> bool {
        let around = self.around[colon];
        if around.is_some_and(|open| self.brackets[open] != Bracket::Block) {
            return false;
        }
        let level = (0..colon).rev().take_while(|at| Some(*at) != around).filter(|at| self.around[*at] == around);
        let of_choice =
            |at: usize| self.text(at) == "?" && !matches!(self.text(at + 1), "." | "?") && self.before(at, 1) != "?";
        !level.take_while(|at| !matches!(self.text(*at), ";")).any(of_choice)
    }

    /// Whether a name stands behind a point, and not behind the three of `...name`.
    fn is_member(&self, at: usize) -> bool {
        self.before(at, 1) == "." && self.before(at, 2) != "."
    }

    /// Whether an entry of an object or a pattern begins here.
    fn begins_entry(&self, at: usize) -> bool {
        let in_object = self.around[at].is_some_and(|open| self.brackets[open] == Bracket::Object);
        in_object && matches!(self.before(at, 1), "{" | ",")
    }

    /// Whether a word that stands here is no name of a property.
    pub(super) fn is_keyword(&self, at: usize) -> bool {
        self.is_word(at) && !self.is_member(at) && !self.is_key(at)
    }

    /// Whether the name of a property stands here, maybe behind `async`, `get` or `set`.
    pub(super) fn is_key(&self, at: usize) -> bool {
        let Some(last) = at.checked_sub(1) else { return false };
        self.begins_entry(at) || self.begins_entry(last) && is_one_of("async get set", self.text(last))
    }

    /// What a token is; nothing for one that is not understood.
    pub(super) fn role(&self, at: usize) -> Option<Role> {
        let word = self.text(at);
        if !self.is_word(at) || word.starts_with(|c: char| c == '.' || c.is_ascii_digit()) || self.is_member(at) {
            return Some(Role::Other);
        }
        let is_entry = self.is_key(at) && matches!(self.text(at + 1), "," | "}" | "=");
        match self.is_key(at) && !is_entry {
            true => Some(Role::Other),
            false if word.starts_with('#') || is_one_of(UNKNOWN, word) => None,
            false if is_one_of(FIXED, word) => Some(Role::Other),
            false => Some(if is_entry { Role::Both } else { Role::Name }),
        }
    }

    /// The place after an expression that begins here: a comma unless it may hold one, a semicolon, or the bracket
    /// that closes what is around it.
    pub(super) fn expression(&self, from: usize, with_commas: bool) -> Option<usize> {
        let mut at = from;
        while at < self.tokens.len() && self.opening(at).is_none() {
            match self.text(at) {
                ";" => break,
                "," if !with_commas => break,
                _ if at > from && may_end(&self.tokens[at - 1], &self.tokens[at]) => return None,
                _ => {}
            }
            while let Some(close) = self.closing(at) {
                at = close;
            }
            at += 1;
        }
        Some(at)
    }

    /// The place after the statement that begins here.
    pub(super) fn statement(&self, at: usize) -> Option<usize> {
        match self.text(at) {
            "{" => Some(self.closing(at)? + 1),
            "for" | "while" => self.statement(self.closing(at + 1)? + 1),
            "if" => {
                let end = self.statement(self.closing(at + 1)? + 1)?;
                if self.text(end) == "else" { self.statement(end + 1) } else { Some(end) }
            }
            "do" | "function" | "switch" | "try" => None,
            _ => self.expression(at, true).map(|end| if self.text(end) == ";" { end + 1 } else { end }),
        }
    }
}
