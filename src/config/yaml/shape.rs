//! The shape of a YAML text: which bytes are a key, an item, a value. No values.
//!
//! In: from [`super::scan`]. Out: [`Node`]s that [`super::read`] lays over the parsed values, and [`Fault`]s.
//! Positions are bytes of the text that was scanned; an end never comes before its start.

use std::ops::Range;

use crate::diagnostics::{Code, Diagnostic};

/// One value's place and what it is made of.
#[derive(Debug)]
pub(super) struct Node {
    /// The bytes of the value, quotes and block markers included.
    pub(super) place: Range<usize>,
    /// What it is made of.
    pub(super) shape: Shape,
    /// What the author most likely meant, where the value is faulty: further reading goes on with it.
    pub(super) meant: Option<String>,
}

/// What a value is made of.
#[derive(Debug)]
pub(super) enum Shape {
    /// Nothing was written.
    Empty,
    /// Text, a number, a word: one piece.
    Scalar,
    /// `[a, b]`
    FlowList(Vec<Node>),
    /// `{a: b}`
    FlowMap(Vec<Pair>),
    /// Items below each other, each with the place of its dash.
    List(Vec<(usize, Node)>),
    /// Keys below each other.
    Map(Vec<Pair>),
}

/// A key and its value.
#[derive(Debug)]
pub(super) struct Pair {
    /// The key without its quotes; escapes are left as they are.
    pub(super) key: String,
    /// Where the key stands, with its quotes.
    pub(super) key_place: Range<usize>,
    /// What follows the colon.
    pub(super) value: Node,
}

impl Node {
    pub(super) fn new(place: Range<usize>, shape: Shape) -> Self {
        Self { place, shape, meant: None }
    }

    /// One piece that YAML would misread; `meant` goes on in its stead.
    pub(super) fn faulty(place: Range<usize>, meant: impl Into<String>) -> Self {
        Self { place, shape: Shape::Scalar, meant: Some(meant.into()) }
    }
}

/// A mistake the scanner saw.
#[derive(Debug)]
pub(super) struct Fault {
    /// What is wrong; the place is added when it is reported.
    pub(super) diagnostic: Diagnostic,
    /// Where.
    pub(super) place: Range<usize>,
    /// Another place that matters, with a few words.
    pub(super) also: Option<(Range<usize>, &'static str)>,
    /// Reported even where the YAML parser would let it pass.
    pub(super) certain: bool,
}

impl Fault {
    /// A mistake whatever the YAML parser says.
    pub(super) fn certain(
        code: Code,
        place: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { diagnostic: Diagnostic::new(code, message).help(help), place, also: None, certain: true }
    }

    /// A mistake if the YAML parser refuses the text.
    pub(super) fn suspected(place: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { certain: false, ..Self::certain(Code::YamlSyntax, place, message, help) }
    }
}
