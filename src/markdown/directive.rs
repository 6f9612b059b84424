//! Directives: the one table of names, and the check of what an author wrote against it.
//!
//! In: a name, a label and attributes as written. Out: a [`Directive`] whose name is one of [`NAMES`], and a
//! diagnostic for everything that does not fit. The text around an unknown name is never lost.

use std::ops::Range;

use super::Source;
use super::syntax::{self, Written};
use super::tree::Directive;
use crate::diagnostics::{Code, Diagnostic, suggest};

/// How a directive is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `:::name` … `:::`
    Container,
    /// `::name{…}` on a line of its own.
    Leaf,
    /// `:name[…]` inside a sentence.
    Inline,
}

/// What one directive takes.
#[derive(Debug)]
pub struct Shape {
    /// The name as written.
    pub name: &'static str,
    /// How it is written.
    pub form: Form,
    /// Every attribute it knows.
    pub attributes: &'static [&'static str],
    /// Those it cannot do without. Inline directives need the text in their brackets instead.
    pub required: &'static [&'static str],
}

const fn shape(
    form: Form,
    name: &'static str,
    attributes: &'static [&'static str],
    required: &'static [&'static str],
) -> Shape {
    Shape { name, form, attributes, required }
}

/// Every directive. A name may exist in more than one form.
pub const NAMES: &[Shape] = &[
    shape(Form::Container, "note", &["title"], &[]),
    shape(Form::Container, "tip", &["title"], &[]),
    shape(Form::Container, "important", &["title"], &[]),
    shape(Form::Container, "warning", &["title"], &[]),
    shape(Form::Container, "danger", &["title"], &[]),
    shape(Form::Container, "details", &["summary"], &[]),
    shape(Form::Container, "steps", &[], &[]),
    shape(Form::Container, "tabs", &["sync"], &[]),
    shape(Form::Container, "cards", &[], &[]),
    shape(Form::Container, "quote", &["by", "role", "source"], &[]),
    shape(Form::Container, "do", &[], &[]),
    shape(Form::Container, "dont", &[], &[]),
    shape(Form::Container, "stat", &["source", "period"], &[]),
    shape(Form::Container, "internal", &[], &[]),
    shape(Form::Container, "audience", &["for"], &["for"]),
    shape(Form::Leaf, "contact", &["id"], &["id"]),
    shape(Form::Leaf, "route", &["id"], &["id"]),
    shape(Form::Leaf, "video", &["src", "poster", "captions", "transcript"], &["src"]),
    shape(Form::Leaf, "download", &["file"], &["file"]),
    shape(Form::Leaf, "children", &[], &[]),
    shape(Form::Leaf, "include", &["file"], &["file"]),
    shape(Form::Leaf, "figure", &["src", "alt", "caption"], &["src", "alt"]),
    shape(Form::Leaf, "timeline", &["data"], &["data"]),
    shape(Form::Inline, "authority", &[], &[]),
    shape(Form::Inline, "contact", &["show"], &[]),
    shape(Form::Inline, "role", &["form"], &[]),
    shape(Form::Inline, "term", &[], &[]),
    shape(Form::Inline, "page", &[], &[]),
];

impl Form {
    /// The directive of this form and name.
    pub fn find(self, name: &str) -> Option<&'static Shape> {
        NAMES.iter().find(|shape| shape.form == self && shape.name == name)
    }

    fn example(self, name: &str) -> String {
        match self {
            Form::Container => format!("`:::{name}`, closed by a line `:::`"),
            Form::Leaf => format!("`::{name}{{…}}` on a line of its own"),
            Form::Inline => format!("`:{name}[…]` inside a sentence"),
        }
    }
}

/// Checks what was written, and says what does not fit. `None` when the name is not known in this form.
pub(super) fn check(
    source: Source<'_>,
    form: Form,
    written: &Written<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Directive> {
    let Some(shape) = form.find(written.name) else {
        problems.push(unknown(form, written.name).at(source.span(written.name_range())));
        return None;
    };
    let attributes = syntax::attributes(source, written, problems);
    for attribute in &attributes {
        if !shape.attributes.contains(&attribute.key.as_str()) {
            problems.push(unknown_attribute(shape, &attribute.key).at(span_of(source, attribute.extent)));
        }
    }
    let label = written.label.or(written.title).filter(|label| !label.is_empty()).map(str::to_owned);
    let mut directive = Directive { name: shape.name, label, attributes };
    missing(source, shape, &directive, written.range.clone(), problems);
    if directive.label.is_none() && form == Form::Container {
        directive.label = directive.get("title").or(directive.get("summary")).map(str::to_owned);
    }
    Some(directive)
}

fn span_of(source: Source<'_>, extent: crate::diagnostics::Extent) -> crate::diagnostics::Span {
    crate::diagnostics::Span::new(source.file, extent)
}

fn unknown(form: Form, name: &str) -> Diagnostic {
    if name.is_empty() {
        return Diagnostic::new(Code::UnknownDirective, "this block has no name")
            .help("write the name after the colons, such as `:::note`; a closing line is colons alone");
    }
    if let Some(other) = NAMES.iter().find(|shape| shape.name == name && shape.form != form) {
        return Diagnostic::new(Code::UnknownDirective, format!("`{name}` is not written this way"))
            .help(format!("write {}", other.form.example(name)));
    }
    let near = suggest(name, NAMES.iter().filter(|shape| shape.form == form).map(|shape| shape.name));
    // A block that was to be internal must not be published because of a slip.
    if near == Some("internal") {
        return Diagnostic::new(Code::NearMiss, format!("`{name}` is not known, and `internal` may have been meant"))
            .help("write `:::internal`, or choose a name that cannot be mistaken for it");
    }
    let message = match form {
        Form::Container => format!("there is no block called `{name}`"),
        _ => format!("there is no element called `{name}`"),
    };
    Diagnostic::new(Code::UnknownDirective, message).help(match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let known: Vec<_> = NAMES.iter().filter(|shape| shape.form == form).map(|shape| shape.name).collect();
            format!("choose one of: {}", known.join(", "))
        }
    })
}

fn unknown_attribute(shape: &Shape, key: &str) -> Diagnostic {
    let help = match (suggest(key, shape.attributes.iter().copied()), shape.attributes) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, []) => "take it out: it takes none".to_owned(),
        (None, known) => format!("it takes: {}", known.join(", ")),
    };
    Diagnostic::new(Code::UnknownAttribute, format!("`{}` does not take `{key}`", shape.name)).help(help)
}

fn missing(
    source: Source<'_>,
    shape: &Shape,
    directive: &Directive,
    range: Range<usize>,
    problems: &mut Vec<Diagnostic>,
) {
    if shape.form == Form::Inline && directive.label.is_none() {
        problems.push(
            Diagnostic::new(Code::MissingAttribute, format!("`{}` has nothing between its brackets", shape.name))
                .at(source.span(range))
                .help(format!("write {}", Form::Inline.example(shape.name))),
        );
        return;
    }
    for key in shape.required {
        // An empty `alt` is an answer: the picture says nothing the text does not.
        if directive.get(key).is_none_or(|value| value.is_empty() && *key != "alt") {
            let help = match *key {
                "alt" => "say in `alt` what the picture shows, or write `alt=\"\"` if it is decoration".to_owned(),
                key => format!("add `{key}=…` between the braces"),
            };
            problems.push(
                Diagnostic::new(Code::MissingAttribute, format!("`{}` needs `{key}`", shape.name))
                    .at(source.span(range.clone()))
                    .help(help),
            );
        }
    }
}
