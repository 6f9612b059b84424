//! The theme's scripts as they are published: without the comments and the indentation they are read with here.
//!
//! In: the text of a script. Out: the same program, about a third smaller after compression. What stays true: only whole
//! lines of comment and white space at the ends of lines go, so that no line of code changes; a script with a text over
//! several lines, where that would not hold, stays as it is.

/// Takes out lines that are only comment, and indentation.
pub(super) fn lean(source: &str) -> String {
    // A template literal over several lines shows as a line with an odd number of backticks.
    if source.lines().any(|line| line.matches('`').count() % 2 == 1) {
        return source.to_owned();
    }
    let mut out = String::with_capacity(source.len());
    let mut in_comment = false;
    for line in source.lines().map(str::trim) {
        if in_comment {
            match line.find("*/") {
                None => {}
                Some(end) if end + 2 == line.len() => in_comment = false,
                // Code after the end of a long comment: rare enough to leave the whole script alone.
                Some(_) => return source.to_owned(),
            }
            continue;
        }
        let opens = line.starts_with("/*");
        if opens && !line.contains("*/") {
            in_comment = true;
        }
        if line.is_empty() || line.starts_with("//") || opens && (in_comment || line.find("*/") == Some(line.len() - 2))
        {
            continue;
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::lean;

    #[test]
    fn comments_of_their_own_lines_go() {
        assert_eq!(
            lean("// one\n  let a = 1; // stays\n\n  /** @type {T} */\n  let b;\n"),
            "let a = 1; // stays\nlet b;\n"
        );
        assert_eq!(lean("/**\n * many\n * lines\n */\nf();\n"), "f();\n");
    }

    #[test]
    fn code_beside_a_comment_stays() {
        assert_eq!(lean("/** @type {T} */ (a).b();\n"), "/** @type {T} */ (a).b();\n");
        assert_eq!(lean("/* a */ f(); /* b */\n"), "/* a */ f(); /* b */\n");
        assert_eq!(lean("let re = /\\/*x/;\n* 2;\n"), "let re = /\\/*x/;\n* 2;\n");
        assert_eq!(lean("let url = \"https://example.gov.uk\";\n"), "let url = \"https://example.gov.uk\";\n");
    }

    #[test]
    fn a_text_over_several_lines_is_left_alone() {
        let source = "let a = `one\n  // not a comment\n`;\n";
        assert_eq!(lean(source), source);
    }

    #[test]
    fn code_after_a_long_comment_is_left_alone() {
        let source = "/* one\n two */ f();\n";
        assert_eq!(lean(source), source);
    }

    #[test]
    fn a_comment_that_never_ends_hides_the_rest_as_in_the_browser() {
        assert_eq!(lean("a();\n/* open\nb();\n"), "a();\n");
    }
}
