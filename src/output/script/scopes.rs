//! Where the names of a script hold: which are declared in which region.
//!
//! In: tokens and how they hang together. Out: regions, one within the other, and the region that each declared name
//! belongs to. A region is a function, a block or a loop, from its first token to its last. What stays true: no
//! declaration holds outside its region, and none inside it is missed unless it is reported as used without one.

use std::collections::{BTreeMap, BTreeSet};

use super::syntax::{FIXED, Role, Syntax, is_one_of};

/// The region around all of a script.
pub(super) const ALL: usize = 0;

/// A stretch of tokens.
struct Region {
    start: usize,
    end: usize,
    is_function: bool,
    /// The region around it; of the outermost, itself.
    parent: usize,
}

/// Whose region a declared name belongs to.
#[derive(Clone, Copy)]
enum Home {
    /// The one that the name stands in.
    Here,
    /// The nearest function: `var`.
    Function,
    /// The function around the one whose name it is.
    Around,
}

pub(super) struct Scopes<'s, 't, 'a> {
    syntax: &'s Syntax<'t, 'a>,
    regions: Vec<Region>,
    /// The innermost region of each token.
    inside: Vec<usize>,
    /// Names where they are declared.
    given: Vec<(usize, Home)>,
    /// Braces of functions and of `catch`: they share the region of the names before them.
    bodies: BTreeSet<usize>,
    declared: BTreeMap<&'a str, BTreeSet<usize>>,
}

impl<'s, 't, 'a> Scopes<'s, 't, 'a> {
    pub(super) fn of(syntax: &'s Syntax<'t, 'a>) -> Option<Self> {
        let count = syntax.tokens.len();
        let all = Region { start: 0, end: count, is_function: true, parent: ALL };
        let (given, bodies, declared) = (Vec::new(), BTreeSet::new(), BTreeMap::new());
        let mut scopes = Self { syntax, regions: vec![all], inside: vec![ALL; count], given, bodies, declared };
        for at in 0..count {
            scopes.read(at)?;
        }
        scopes.nest();
        scopes.settle();
        Some(scopes)
    }

    /// The regions from one that holds a token up to the outermost that declares a name; none if nothing does.
    pub(super) fn reach(&self, name: &str, at: usize) -> Option<Vec<usize>> {
        let homes = self.declared.get(name)?;
        let mut path = vec![self.inside[at]];
        while let Some(last) = path.last().copied().filter(|last| *last != ALL) {
            path.push(self.regions[last].parent);
        }
        let outermost = path.iter().rposition(|region| homes.contains(region))?;
        path.truncate(outermost + 1);
        Some(path)
    }

    /// Whether anything is declared outside all functions, where other scripts see it.
    pub(super) fn is_open(&self) -> bool {
        self.declared.values().any(|homes| homes.contains(&ALL))
    }

    /// Reads the region or the declaration that begins at a token.
    fn read(&mut self, at: usize) -> Option<()> {
        let syntax = self.syntax;
        if syntax.is_arrow(at) {
            return self.arrow(at);
        }
        if syntax.text(at) == "(" && at > 0 && syntax.is_key(at - 1) {
            return self.function(at, at);
        }
        if syntax.is_block(at) && !self.bodies.contains(&at) {
            self.add(at, syntax.closing(at)?, false);
        }
        if !syntax.is_keyword(at) {
            return Some(());
        }
        match syntax.text(at) {
            "function" => self.named(at),
            "catch" if syntax.text(at + 1) == "(" => {
                self.patterns(at + 1)?;
                self.body(at + 1, syntax.closing(at + 1)? + 1, false)
            }
            "for" => {
                let end = syntax.statement(at)?;
                self.add(at, end - 1, false);
                Some(())
            }
            "const" | "let" => self.variables(at + 1, Home::Here),
            "var" => self.variables(at + 1, Home::Function),
            _ => Some(()),
        }
    }

    fn add(&mut self, start: usize, end: usize, is_function: bool) {
        self.regions.push(Region { start, end, is_function, parent: ALL });
    }

    /// A region that ends with a brace, whose block is no region of its own.
    fn body(&mut self, start: usize, brace: usize, is_function: bool) -> Option<()> {
        self.bodies.insert(brace);
        self.add(start, self.syntax.closing(brace).filter(|_| self.syntax.is_block(brace))?, is_function);
        Some(())
    }

    /// A function from a token on, with its parameters in brackets and its body in braces.
    fn function(&mut self, start: usize, open: usize) -> Option<()> {
        self.patterns(open)?;
        self.body(start, self.syntax.closing(open)? + 1, true)
    }

    fn named(&mut self, at: usize) -> Option<()> {
        let syntax = self.syntax;
        if !syntax.is_word(at + 1) {
            return self.function(at, at + 1);
        }
        let first = if at > 0 && syntax.text(at - 1) == "async" { at - 1 } else { at };
        let is_statement = first == 0 || matches!(syntax.text(first - 1), ";" | "}") || syntax.is_block(first - 1);
        self.give(at + 1, if is_statement { Home::Around } else { Home::Here })?;
        self.function(at, at + 2)
    }

    fn arrow(&mut self, at: usize) -> Option<()> {
        let (syntax, body) = (self.syntax, at + 2);
        let start = match syntax.opening(at.checked_sub(1)?) {
            Some(open) => {
                self.patterns(open)?;
                open
            }
            None => {
                self.give(at - 1, Home::Here)?;
                at - 1
            }
        };
        if syntax.text(body) == "{" {
            return self.body(start, body, true);
        }
        self.add(start, syntax.expression(body, false)? - 1, true);
        Some(())
    }

    /// `a = 1, { b } = c` behind `let`.
    fn variables(&mut self, mut at: usize, home: Home) -> Option<()> {
        loop {
            at = self.pattern(at, home)?;
            if self.syntax.text(at) == "=" {
                at = self.syntax.expression(at + 1, false)?;
            }
            if self.syntax.text(at) != "," {
                return Some(());
            }
            at += 1;
        }
    }

    /// A name or names in brackets; gives the place after it.
    fn pattern(&mut self, at: usize, home: Home) -> Option<usize> {
        match self.syntax.text(at) {
            "[" | "{" => self.several(at, home),
            _ => self.give(at, home),
        }
    }

    fn patterns(&mut self, open: usize) -> Option<usize> {
        self.several(open, Home::Here)
    }

    /// The names of a pattern, or of parameters; gives the place after its bracket.
    fn several(&mut self, open: usize, home: Home) -> Option<usize> {
        let (syntax, end) = (self.syntax, self.syntax.closing(open)?);
        let mut at = open + 1;
        while at < end {
            if matches!(syntax.text(at), "," | ".") {
                at += 1;
                continue;
            }
            if syntax.text(open) == "{" {
                let behind = if syntax.text(at) == "[" { syntax.closing(at)? } else { at } + 1;
                at = if syntax.text(behind) == ":" { behind + 1 } else { at };
            }
            at = self.pattern(at, home)?;
            if syntax.text(at) == "=" {
                at = syntax.expression(at + 1, false)?;
            }
        }
        Some(end + 1)
    }

    fn give(&mut self, at: usize, home: Home) -> Option<usize> {
        let is_name = self.syntax.is_word(at) && self.syntax.role(at)? != Role::Other;
        self.given.push((at, home));
        (is_name && !is_one_of(FIXED, self.syntax.text(at))).then_some(at + 1)
    }

    /// Puts the regions one within the other.
    fn nest(&mut self) {
        self.regions[1..].sort_by_key(|region| (region.start, usize::MAX - region.end));
        let mut open = vec![ALL];
        for number in 1..self.regions.len() {
            let Region { start, end, .. } = self.regions[number];
            open.retain(|outer| self.regions[*outer].end >= start);
            self.regions[number].parent = open.last().copied().unwrap_or(ALL);
            self.inside[start..=end].fill(number);
            open.push(number);
        }
    }

    fn settle(&mut self) {
        for (at, home) in &self.given {
            let mut region = self.inside[*at];
            if matches!(home, Home::Around) {
                region = self.regions[region].parent;
            }
            while !matches!(home, Home::Here) && !self.regions[region].is_function {
                region = self.regions[region].parent;
            }
            self.declared.entry(self.syntax.text(*at)).or_default().insert(region);
        }
    }
}
