//! What a body needs to know beyond its own text.
//!
//! In: nothing. Out: [`BodyContext`], the questions the writer asks, each with an answer for a text that stands
//! alone ([`Plain`]), and [`Reference`], a text held against CommonMark's specification.

use std::borrow::Cow;

use super::escape;
use crate::markdown::Profile;
use crate::markdown::directive::Form;
use crate::markdown::tree::{AlertKind, Directive, NodeId};

/// What becomes of a link.
#[derive(Clone, Debug, PartialEq)]
pub enum Link<'a> {
    /// It leads there; the writer escapes.
    Href(Cow<'a, str>),
    /// Only its label is printed.
    Text,
}

/// What becomes of an image.
#[derive(Clone, Debug, PartialEq)]
pub struct Image<'a> {
    /// Where it lies; the writer escapes.
    pub src: Cow<'a, str>,
    /// In CSS pixels.
    pub width: Option<u32>,
    /// In CSS pixels.
    pub height: Option<u32>,
}

/// What becomes of raw HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawHtml<'a> {
    /// Shown as text; nothing but white space is left out.
    Text(Cow<'a, str>),
    /// Printed as it is. Only for what has been through an allow-list.
    Html(Cow<'a, str>),
}

/// The answers a body is written with. What it returns as HTML is printed as it is.
pub trait BodyContext {
    /// How the text is written.
    fn profile(&self) -> Profile {
        Profile::Site
    }

    /// Whether a node and all below it are left out.
    fn hidden(&self, _node: NodeId) -> bool {
        false
    }

    /// The level (1–6) and id of a heading; without one it is printed as written.
    fn heading(&self, _node: NodeId) -> Option<(u8, &str)> {
        None
    }

    /// Where a link leads.
    fn link<'a>(&'a self, _node: NodeId, target: &'a str) -> Link<'a> {
        Link::Href(Cow::Borrowed(target))
    }

    /// Where an image lies, and how large it is; without one its alternative text is printed.
    fn image<'a>(&'a self, _node: NodeId, target: &'a str) -> Option<Image<'a>> {
        Some(Image { src: Cow::Borrowed(target), width: None, height: None })
    }

    /// The HTML of a directive; `body` is its content as HTML, empty for leaves.
    fn directive(&self, _node: NodeId, form: Form, directive: &Directive, body: &str) -> String {
        match form {
            Form::Container => format!("<div class=\"directive directive-{}\">\n{body}</div>\n", directive.name),
            Form::Leaf | Form::Inline => String::new(),
        }
    }

    /// The HTML of a GitHub alert.
    fn alert(&self, kind: AlertKind, body: &str) -> String {
        let name = alert_name(kind);
        let mut title = String::new();
        escape::text(self.word(name), &mut title);
        format!(
            "<div class=\"callout callout-{name}\" role=\"note\">\n<p class=\"callout-title\">{title}</p>\n{body}</div>\n"
        )
    }

    /// The inside of a code block, highlighted by classes; `None` prints the text.
    fn code(&self, _language: &str, _text: &str) -> Option<String> {
        None
    }

    /// What becomes of raw HTML.
    fn raw_html<'a>(&'a self, _node: NodeId, html: &'a str) -> RawHtml<'a> {
        RawHtml::Text(Cow::Borrowed(html))
    }

    /// Words the writer adds, in the language of the page: `table`, `footnotes`, `footnote-back`, `task-done`,
    /// `task-open`, and the names of the alerts.
    fn word<'a>(&'a self, key: &'a str) -> &'a str {
        match key {
            "table" => "Table",
            "footnotes" => "Footnotes",
            "footnote-back" => "Back to the text",
            "task-done" => "Done",
            "task-open" => "Not done",
            "note" => "Note",
            "tip" => "Tip",
            "important" => "Important",
            "warning" => "Warning",
            "caution" => "Caution",
            other => other,
        }
    }

    /// Abbreviations known beyond those of the page itself: as written, and what they stand for.
    fn abbreviations(&self) -> &[(String, String)] {
        &[]
    }
}

/// The name of an alert in classes and among the words.
pub fn alert_name(kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::Note => "note",
        AlertKind::Tip => "tip",
        AlertKind::Important => "important",
        AlertKind::Warning => "warning",
        AlertKind::Caution => "caution",
    }
}

/// A text that stands alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plain;

impl BodyContext for Plain {}

/// A text held against CommonMark's specification: raw HTML as written, nothing added.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reference;

impl BodyContext for Reference {
    fn profile(&self) -> Profile {
        Profile::CommonMark
    }

    fn raw_html<'a>(&'a self, _node: NodeId, html: &'a str) -> RawHtml<'a> {
        RawHtml::Html(Cow::Borrowed(html))
    }
}
