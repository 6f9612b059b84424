//! Colours for code, as classes.
//!
//! In: a language and code. Out: HTML spans with `hl-` classes, or nothing where plain code is better. What stays true:
//! no inline style; a language nobody listed, a long block or a long line is printed plain, since grammars can take
//! for ever on hostile text.

use std::sync::OnceLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

/// Languages practice sites show. Makefile, Markdown and Rust grammars are known to hang (fzf-make#595, bat#56).
const LANGUAGES: &[&str] = &[
    "bash",
    "sh",
    "css",
    "html",
    "javascript",
    "js",
    "json",
    "python",
    "py",
    "sql",
    "toml",
    "xml",
    "yaml",
    "yml",
    "csv",
    "diff",
    "ini",
];

const MAX_BYTES: usize = 64 * 1024;
const MAX_LINE: usize = 2 * 1024;

fn grammars() -> &'static SyntaxSet {
    static GRAMMARS: OnceLock<SyntaxSet> = OnceLock::new();
    // Loading takes milliseconds, so it waits for the first block that names a language.
    GRAMMARS.get_or_init(two_face::syntax::extra_newlines)
}

/// The inner HTML of a code block.
pub(super) fn highlight(language: &str, code: &str) -> Option<String> {
    let language = language.to_ascii_lowercase();
    if !LANGUAGES.contains(&&*language) || code.len() > MAX_BYTES || code.lines().any(|line| line.len() > MAX_LINE) {
        return None;
    }
    let grammars = grammars();
    let grammar = grammars.find_syntax_by_token(&language)?;
    let mut html =
        ClassedHTMLGenerator::new_with_class_style(grammar, grammars, ClassStyle::SpacedPrefixed { prefix: "hl-" });
    for line in LinesWithEndings::from(code) {
        html.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(html.finalize())
}

#[cfg(test)]
mod tests {
    use super::highlight;

    #[test]
    fn colours_by_class_and_never_by_style() {
        let html = highlight("yaml", "title: \"Safety & care\"\n").unwrap();
        assert!(html.contains("class=\"hl-") && html.contains("&amp;") && !html.contains("style="), "{html}");
    }

    #[test]
    fn leaves_unknown_and_huge_code_plain() {
        assert_eq!(highlight("makefile", "a: b"), None);
        assert_eq!(highlight("yaml", &"a".repeat(3000)), None);
    }
}
