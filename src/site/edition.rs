//! Which of the possible sites is meant.
//!
//! In: options. Out: an [`Edition`]. Visibility decides who may see a thing; the date decides what counts today.

use crate::config::vocabulary::Visibility;
use crate::text::date::Date;

/// One site of one authority, for one group of readers, on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// `None` for a project without authorities.
    pub authority: Option<String>,
    /// Who may see it.
    pub visibility: Visibility,
    /// The day it is built for.
    pub date: Date,
    /// BCP 47, for everything that is not a page of another language.
    pub language: String,
    /// Only the preview shows drafts and what is scheduled, marked.
    pub preview: bool,
    /// Read from a folder, without a host: links name files, and the index of the search comes as scripts.
    pub portable: bool,
}

impl Edition {
    /// `northtown/public`, or `public` without authorities; `public-portable` for a folder without a host.
    pub fn label(&self) -> String {
        let authority = self.authority.as_ref().map_or_else(String::new, |authority| format!("{authority}/"));
        let portable = if self.portable { "-portable" } else { "" };
        format!("{authority}{}{portable}", self.visibility.word())
    }
}
