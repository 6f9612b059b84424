//! Problems as values: what is wrong, where, and what to do about it.
//!
//! In: a [`Code`], a sentence, a [`Span`], a cure. Out: a list that [`print`](self) turns into text at the very
//! end. A problem with content is always a [`Diagnostic`], never an `Err` and never a panic.

mod codes;
pub mod locate;
pub mod print;

use std::sync::Arc;

pub use codes::Code;

/// A stretch of one file in bytes, end exclusive. Lines and columns are worked out when it is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Extent {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Extent {
    /// The stretch from `start` to `end`; an end before the start is read as empty.
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        Self { start, end: u32::try_from(end).unwrap_or(u32::MAX).max(start) }
    }

    /// As a range for slicing the text it came from.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A stretch of a named file. The name is relative to the project, with `/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// `content/faqs/families.md`
    pub file: Arc<str>,
    /// Where in it.
    pub extent: Extent,
}

impl Span {
    /// A stretch of `file`.
    pub fn new(file: &Arc<str>, extent: Extent) -> Self {
        Self { file: Arc::clone(file), extent }
    }

    /// The file as a whole: its first line is shown.
    pub fn whole(file: &Arc<str>) -> Self {
        Self::new(file, Extent::default())
    }
}

/// How much a problem matters. Errors stop publishing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// Published, and somebody should look; an error under `--strict`.
    Warning,
    /// Worth knowing.
    Info,
    /// Switched off in `guidepost.yaml`.
    Off,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which sort of problem; stable, kebab-case when printed.
    pub code: Code,
    /// Taken from the code; `guidepost.yaml` and `--strict` may change it.
    pub severity: Severity,
    /// One sentence in plain English, without a full stop: what is wrong here.
    pub message: String,
    /// Where, when there is a place.
    pub span: Option<Span>,
    /// Other places that matter, each with a few words.
    pub also: Vec<(Span, String)>,
    /// One sentence: how to mend it.
    pub help: Option<String>,
    /// `northtown/public`; empty when it concerns all.
    pub editions: Vec<String>,
}

impl Diagnostic {
    /// A problem without a place yet.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            span: None,
            also: Vec::new(),
            help: None,
            editions: Vec::new(),
        }
    }

    /// The place.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Another place that matters.
    #[must_use]
    pub fn also(mut self, span: Span, label: impl Into<String>) -> Self {
        self.also.push((span, label.into()));
        self
    }

    /// The cure.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The cure, when there is one to offer.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<impl Into<String>>) -> Self {
        self.help = help.map(Into::into);
        self
    }
}

/// The known name nearest to `given`, near enough to be what was meant.
pub fn suggest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = given.to_lowercase().replace('-', "_");
    let given = given.chars().count();
    let near = known.into_iter().filter_map(|name| {
        let length = name.chars().count();
        let shorter = length.min(given);
        // Of a name of one letter nothing would be left to recognise.
        let most = (1 + shorter / 4).min(shorter / 2);
        // Two names are at least as far apart as their lengths, which cost less to compare.
        let distance = |name: &str| strsim::damerau_levenshtein(&folded, &name.to_lowercase().replace('-', "_"));
        let distance = if length.abs_diff(given) <= most { distance(name) } else { usize::MAX };
        (distance <= most).then_some((distance, name))
    });
    near.min().map(|(_, name)| name)
}
