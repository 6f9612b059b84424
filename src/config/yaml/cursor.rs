//! Moving through YAML text: lines, columns, white space, comments.
//!
//! In: the scanner's cursor. Out: where the next thing stands. Indentation is counted in spaces; a tab, which YAML
//! forbids there, counts as two and is reported once a line.

use super::scan::Scanner;
use super::shape::Fault;
use crate::diagnostics::Code;

impl Scanner<'_> {
    /// Moves to the next thing written, over white space and comments. Gives its column, or nothing at the end.
    pub(super) fn peek(&mut self) -> Option<isize> {
        loop {
            match self.byte(0)? {
                b' ' | b'\t' => self.pos += 1,
                b'\n' | b'\r' => {
                    self.pos += 1;
                    self.fresh = true;
                }
                b'#' if self.pos == 0 || self.blank_before(self.pos) => self.pos = self.line_end(self.pos),
                _ => break,
            }
        }
        let column = self.column();
        if self.fresh {
            self.report_tab();
        }
        Some(column)
    }

    pub(super) fn report_tab(&mut self) {
        let line = self.line_start(self.pos);
        if self.pos <= self.tabs_seen && self.tabs_seen > 0 {
            return;
        }
        if let Some(tab) = self.bytes[line..self.pos].iter().position(|byte| *byte == b'\t') {
            self.tabs_seen = self.pos;
            self.faults.push(Fault::certain(
                Code::YamlTab,
                line + tab..line + tab + 1,
                "this line is indented with a tab",
                "indent with spaces, two for each level",
            ));
        }
    }

    /// Skips blanks on this line; false where nothing but a comment follows.
    pub(super) fn skip_blanks(&mut self) -> bool {
        while matches!(self.byte(0), Some(b' ' | b'\t')) {
            self.pos += 1;
        }
        match self.byte(0) {
            None | Some(b'\n' | b'\r') => false,
            Some(b'#') => !self.blank_before(self.pos),
            Some(_) => true,
        }
    }

    pub(super) fn byte(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.pos + ahead).copied()
    }

    /// `- ` at the cursor.
    pub(super) fn at_dash(&self) -> bool {
        self.byte(0) == Some(b'-') && self.blank_at(self.pos + 1)
    }

    /// White space, a line break or the end.
    pub(super) fn blank_at(&self, at: usize) -> bool {
        self.bytes.get(at).is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
    }

    pub(super) fn blank_before(&self, at: usize) -> bool {
        at == 0 || self.blank_at(at - 1)
    }

    pub(super) fn line_end(&self, at: usize) -> usize {
        self.bytes[at..].iter().position(|byte| matches!(byte, b'\n' | b'\r')).map_or(self.bytes.len(), |n| at + n)
    }

    pub(super) fn line_start(&self, at: usize) -> usize {
        self.bytes[..at].iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |n| n + 1)
    }

    /// Where the line ends without its trailing blanks.
    pub(super) fn trimmed_line(&self, at: usize) -> usize {
        at + self.text[at..self.line_end(at)].trim_end().len()
    }

    pub(super) fn word_end(&self, at: usize) -> usize {
        (at..self.bytes.len()).find(|n| self.blank_at(*n)).unwrap_or(self.bytes.len())
    }

    pub(super) fn skip_line(&mut self) {
        self.pos = self.line_end(self.pos);
        self.fresh = false;
    }

    /// The column of the cursor; a tab counts as two.
    pub(super) fn column(&self) -> isize {
        let line = &self.bytes[self.line_start(self.pos)..self.pos];
        let indentation = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t'));
        let tabs = indentation.filter(|byte| **byte == b'\t').count();
        isize::try_from(line.len() + tabs).unwrap_or(isize::MAX)
    }
}
