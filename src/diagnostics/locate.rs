//! From bytes to lines and columns.
//!
//! In: the text of a file and an extent. Out: 1-based lines and columns in Unicode scalars, end exclusive. An extent that
//! lies outside the text, because the file changed in the meantime, is moved inside it.

use super::Extent;

/// A place as people count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Located {
    /// From 1.
    pub line: usize,
    /// From 1, in Unicode scalars.
    pub column: usize,
    /// From 1.
    pub end_line: usize,
    /// From 1, one past the last scalar.
    pub end_column: usize,
}

/// Where an extent of `text` begins and ends.
pub fn locate(text: &str, extent: Extent) -> Located {
    let range = clamp(text, extent);
    let (line, column) = position(text, range.start);
    let (end_line, end_column) = position(text, range.end);
    Located { line, column, end_line, end_column }
}

/// The extent as a range that can slice `text`.
pub fn clamp(text: &str, extent: Extent) -> std::ops::Range<usize> {
    let inside = |at: u32| {
        let mut at = (at as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = inside(extent.start);
    start..inside(extent.end).max(start)
}

fn position(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    // A byte order mark is not a column anybody sees.
    let column = before[line_start..].chars().filter(|c| *c != '\u{feff}').count() + 1;
    (before.matches('\n').count() + 1, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_scalars_and_stays_inside() {
        let at = locate("a\nbé–c\n", Extent::new(5, 8));
        assert_eq!((at.line, at.column, at.end_line, at.end_column), (2, 3, 2, 4));
        let at = locate("ab", Extent::new(70, 90));
        assert_eq!((at.line, at.column, at.end_column), (1, 3, 3));
        assert_eq!(locate("é", Extent::new(1, 2)).column, 1);
    }
}
