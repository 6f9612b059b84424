//! The smaller data records: glossary terms, alerts, redirects.
//!
//! In: one item of a list in `_data/`. Out: its type; what is wrong goes to the list of problems.

use std::sync::Arc;

use super::contact::{dates, plain, text};
use super::fields::{Fields, Spanned};
use super::project::MenuLink;
use super::vocabulary::words;
use crate::diagnostics::{Code, Diagnostic, Extent};
use crate::text::date::Date;

/// A word that readers may not know.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GlossaryTerm {
    /// The word itself.
    pub term: String,
    /// Its short form.
    pub abbreviation: Option<String>,
    /// One or two plain sentences.
    pub definition: String,
    /// Other ways to say it.
    pub also: Vec<String>,
    /// The content path of a page about it.
    pub see: Option<Spanned<String>>,
    /// The file it stands in.
    pub file: Arc<str>,
    /// Where in it.
    pub extent: Extent,
}

impl GlossaryTerm {
    /// Whether this is the term a page means: its name, its abbreviation or another name of it, without case.
    pub fn is_called(&self, word: &str) -> bool {
        let word = word.trim().to_lowercase();
        let mut names = std::iter::once(&self.term).chain(&self.abbreviation).chain(&self.also);
        names.any(|name| name.to_lowercase() == word)
    }

    /// Its place on the page of words.
    pub fn anchor(&self) -> String {
        crate::text::slug::slug(&self.term)
    }
}

words! {
    /// How loudly an alert speaks.
    AlertLevel {
        /// Good to know.
        Announcement "announcement"
        /// Something does not work.
        Minor "minor"
        /// Danger to people.
        Emergency "emergency"
        /// A death that the whole council marks.
        NotableDeath "notable-death"
    }
}

/// A notice above pages, for a time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Alert {
    /// What it is called by.
    pub id: String,
    /// How loudly it speaks.
    pub level: AlertLevel,
    /// Its heading.
    pub title: String,
    /// Its text.
    pub text: Option<String>,
    /// Where to read more.
    pub link: Option<MenuLink>,
    /// The first day it is shown.
    pub from: Option<Date>,
    /// The last day it is shown.
    pub until: Option<Date>,
    /// Addresses it is shown on and below; everywhere where there are none.
    pub paths: Vec<Spanned<String>>,
    /// The file it stands in.
    pub file: Arc<str>,
    /// Where in it.
    pub extent: Extent,
}

/// An old address that leads to a new one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RedirectRule {
    /// `/old/`
    pub from: Spanned<String>,
    /// An address or the content path of a page; its scheme is safe to follow.
    pub to: Spanned<String>,
    /// The file it stands in.
    pub file: Arc<str>,
}

/// What every record of a list can do.
pub(super) trait Record: Sized {
    /// The key that names it.
    const KEY: &'static str;
    /// What it is called in messages.
    const WHAT: &'static str;

    /// Reads the rest of it. `key` has been read and is not empty.
    fn read(key: Spanned<String>, file: &Arc<str>, extent: Extent, fields: &mut Fields<'_>) -> Option<Self>;
}

impl Record for GlossaryTerm {
    const KEY: &'static str = "term";
    const WHAT: &'static str = "a term";

    fn read(key: Spanned<String>, file: &Arc<str>, extent: Extent, fields: &mut Fields<'_>) -> Option<Self> {
        let definition = fields.required("definition", "say in one or two sentences what the word means", Fields::text);
        let term = Self {
            term: key.value,
            abbreviation: text(fields, "abbreviation"),
            definition: String::new(),
            also: plain(fields.texts("also")),
            see: fields.target("see"),
            file: Arc::clone(file),
            extent,
        };
        Some(Self { definition: definition?.value, ..term })
    }
}

impl Record for Alert {
    const KEY: &'static str = "id";
    const WHAT: &'static str = "an alert";

    fn read(key: Spanned<String>, file: &Arc<str>, extent: Extent, fields: &mut Fields<'_>) -> Option<Self> {
        let level = fields.required("level", "write announcement, minor, emergency or notable-death", |fields, key| {
            fields.choice(key, AlertLevel::WORDS)
        });
        let title = fields.required("title", "write the heading of the alert", Fields::text);
        let body = text(fields, "text");
        let link = fields.raw("link").and_then(|link| MenuLink::read(fields, link, "`link`"));
        let (from, until) = dates(fields, "from", "until");
        let paths = fields.texts("paths").into_iter().filter(|path| is_path(path, fields)).collect();
        let (level, title, file) = (level?.value, title?.value, Arc::clone(file));
        Some(Self { id: key.value, level, title, text: body, link, from, until, paths, file, extent })
    }
}

impl Record for RedirectRule {
    const KEY: &'static str = "from";
    const WHAT: &'static str = "a redirect";

    fn read(key: Spanned<String>, file: &Arc<str>, _: Extent, fields: &mut Fields<'_>) -> Option<Self> {
        let to = fields.required("to", "write the new address or the content path of the page", Fields::target);
        let fits = is_path(&key, fields);
        let to = to?;
        if to.value == key.value {
            let message = format!("`{}` leads to itself", key.value);
            fields
                .report(Diagnostic::new(Code::BadValue, message).help("write the new address after `to:`"), to.extent);
            return None;
        }
        fits.then(|| Self { from: key, to, file: Arc::clone(file) })
    }
}

/// An address on the site, from its root.
fn is_path(path: &Spanned<String>, fields: &mut Fields<'_>) -> bool {
    let text = &path.value;
    let fits = text.starts_with('/')
        && !text.starts_with("//")
        && !text.contains(['\\', '?', '#'])
        && !text.contains(|c: char| c.is_control())
        && text.split('/').all(|part| part != ".." && part != ".");
    if !fits {
        let message = format!("`{text}` is not an address on this site");
        fields.report(
            Diagnostic::new(Code::BadValue, message).help("begin it with `/`, like /old/address/, without ? or #"),
            path.extent,
        );
    }
    fits
}
