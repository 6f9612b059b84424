//! Folding for comparing paths: two names that a file system somewhere would take for one fold alike.
//!
//! In: a path. Out: NFC, lower case. Only for comparing; what is printed keeps its own spelling.

use unicode_normalization::UnicodeNormalization;

/// `Ärzte/` and `a\u{308}rzte/` fold to the same text.
pub fn fold_path(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfc().flat_map(char::to_lowercase).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::fold_path;

    #[test]
    fn joins_case_and_composition() {
        assert_eq!(fold_path("Ärzte/"), fold_path("a\u{308}rzte/"));
        assert_ne!(fold_path("a"), fold_path("ä"));
    }
}
