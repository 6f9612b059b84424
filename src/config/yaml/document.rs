//! Where the one document of a YAML text begins and ends.
//!
//! In: the whole text. Out: the stretch between its marks, and what is wrong where a second document follows.

use std::ops::Range;

use super::shape::Fault;
use crate::diagnostics::Code;

/// The part of a text that is its first document.
pub(super) struct Document {
    /// Without its marks.
    pub(super) range: Range<usize>,
    /// Another document follows.
    pub(super) second: Option<Fault>,
}

/// `---` may open the document; another one, or `...`, ends it.
pub(super) fn one_document(text: &str) -> Document {
    let mut start = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let mut begun = false;
    let mut at = start;
    for line in text[start..].split_inclusive(['\n', '\r']) {
        let mark = ["---", "..."]
            .iter()
            .any(|mark| line.strip_prefix(mark).is_some_and(|rest| rest.trim_start() != rest || rest.is_empty()));
        if mark && line.starts_with("---") && !begun {
            start = at + 3;
            begun = true;
        } else if mark {
            let rest = &text[at + 3..];
            let only_comments =
                rest.lines().all(|line| line.trim().is_empty() || line.starts_with('#') || line.trim_end() == "...");
            let second = (!only_comments).then(|| {
                Fault::certain(
                    Code::YamlSyntax,
                    at..at + 3,
                    "a second YAML document begins here",
                    "keep one document in a file: remove this line or move what follows into its own file",
                )
            });
            return Document { range: start..at, second };
        } else if !(line.trim().is_empty() || line.starts_with(['#', '%'])) {
            begun = true;
        }
        at += line.len();
    }
    Document { range: start..text.len(), second: None }
}
