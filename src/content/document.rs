//! One file, context-free.
//!
//! In: a name and bytes. Out: a [`Document`]: where it belongs, raw front matter, a tree. Parsing never fails; a file
//! that is not text, or whose front matter cannot be read, gives an unreadable document, which no public site holds.

use std::sync::Arc;

use crate::config::front_matter;
use crate::config::value::Located;
use crate::diagnostics::{Code, Diagnostic, Extent, Span};
use crate::markdown;
use crate::markdown::tree::Tree;

/// What a file is in its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `x.md`
    Page,
    /// `x/index.md`: the page at the folder's address.
    FolderPage,
    /// `x/_index.md`: describes the section.
    Section,
}

/// One Markdown file.
#[derive(Debug)]
pub struct Document {
    /// The name messages use: `content/faqs/families.md`.
    pub file: Arc<str>,
    /// The content path without its ending: `faqs/families`; a folder's page or section has the folder's path.
    pub id: Arc<str>,
    /// What it is in its folder.
    pub place: Place,
    /// Front matter as written.
    pub front: Option<Located>,
    /// Whether front matter and text could be read. If not, nobody knows who may see the page.
    pub readable: bool,
    /// The text.
    pub tree: Tree,
}

impl Document {
    /// A section for a folder that has no file of its own.
    pub fn implied(id: &str, file: &str) -> Self {
        Self {
            file: Arc::from(file),
            id: Arc::from(id),
            place: Place::Section,
            front: None,
            readable: true,
            tree: Tree::default(),
        }
    }

    /// Whether somebody wrote it. The names of sections and pages that the program adds do not end like a file's.
    pub fn is_written(&self) -> bool {
        self.file.ends_with(".md") || self.file.ends_with(".markdown")
    }

    /// The folder relative links start from: `faqs` for `faqs/families.md` and for `faqs/_index.md`.
    pub fn folder(&self) -> &str {
        match self.place {
            Place::Page => self.id.rsplit_once('/').map_or("", |(folder, _)| folder),
            Place::FolderPage | Place::Section => &self.id,
        }
    }

    /// The last part of the id: `families`.
    pub fn stem(&self) -> &str {
        self.id.rsplit_once('/').map_or(&*self.id, |(_, stem)| stem)
    }
}

/// Parses a file. `path` is its path in the content folder, with its ending; `file` the name for messages.
pub fn parse_document(file: Arc<str>, path: &str, bytes: &[u8], problems: &mut Vec<Diagnostic>) -> Document {
    let (id, place) = identify(path);
    let Some(text) = as_text(&file, bytes, problems) else {
        return Document { file, id, place, front: None, readable: false, tree: Tree::default() };
    };
    report_turned_text(&file, text, problems);
    let (front, body_start, readable) = front_matter::read(&file, text, problems);
    let body = text.get(body_start..).unwrap_or_default();
    let tree = markdown::parse(&file, body, Extent::new(body_start, 0).start, problems);
    Document { file, id, place, front, readable, tree }
}

/// A path without its ending, where that says it is Markdown. Some cameras and old programs write `.MD`.
pub fn stem_of(path: &str) -> Option<&str> {
    [".md", ".markdown"].into_iter().find_map(|ending| {
        let (stem, last) = path.split_at_checked(path.len().checked_sub(ending.len())?)?;
        last.eq_ignore_ascii_case(ending).then_some(stem)
    })
}

/// `faqs/_index.md` → (`faqs`, section)
fn identify(path: &str) -> (Arc<str>, Place) {
    let stem = stem_of(path).unwrap_or(path);
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    match name {
        "_index" => (Arc::from(folder), Place::Section),
        "index" => (Arc::from(folder), Place::FolderPage),
        _ => (Arc::from(stem), Place::Page),
    }
}

/// Characters that make all text after them run the other way: what is read then differs from what is written, in
/// editors and in reviews too (Unicode TR 36, 3.1). Languages that run from right to left need none of them.
fn report_turned_text(file: &Arc<str>, text: &str, problems: &mut Vec<Diagnostic>) {
    for (at, turn) in text.match_indices(['\u{202D}', '\u{202E}']) {
        problems.push(
            Diagnostic::new(Code::TurnedText, "an invisible character here makes the text after it run the other way")
                .at(Span::new(file, Extent::new(at, at + turn.len())))
                .help("delete it, most easily by typing this line again; Arabic, Urdu and Hebrew run from right to left without it"),
        );
    }
}

fn as_text<'a>(file: &Arc<str>, bytes: &'a [u8], problems: &mut Vec<Diagnostic>) -> Option<&'a str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
            let what = if utf16 { "is saved as UTF-16" } else { "is not UTF-8 text" };
            problems.push(
                Diagnostic::new(Code::NotUtf8, format!("`{file}` {what} (byte {})", error.valid_up_to() + 1))
                    .at(Span::new(file, Extent::new(error.valid_up_to(), error.valid_up_to())))
                    .help("save the file again as UTF-8: most editors offer it under “Save with encoding”"),
            );
            None
        }
    }
}
