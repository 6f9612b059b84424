//! Tera, in one file: templates are parsed once, and printing is a function of a view.
//!
//! In: template texts and serialisable views. Out: HTML, or a diagnostic that points into the template. What stays true:
//! templates have no function that could ask for anything beyond their view.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use super::linker::Naming;
use crate::diagnostics::{Code, Diagnostic, Extent, Span};

/// A parsed set of templates.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    files: BTreeMap<String, Arc<str>>,
}

/// A value serialised once and printed by many pages.
#[derive(Clone, Debug)]
pub struct Shared(Value);

impl Shared {
    /// Serialises a view.
    pub fn new<T: Serialize>(value: &T) -> Self {
        Self(Value::from_serializable(value))
    }
}

/// What one printing sees.
#[derive(Clone, Default)]
pub struct Scope(Context);

impl Scope {
    /// A scope with nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a shared value; costs a pointer.
    pub fn share(&mut self, name: &'static str, value: &Shared) {
        self.0.insert_value(name, value.0.clone());
    }

    /// Adds a value of this printing.
    pub fn put<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.0.insert(name, value);
    }

    /// Adds a view, which is a map, with a shared value under `key`.
    pub fn put_with<T: Serialize>(&mut self, name: &'static str, value: &T, key: &'static str, shared: &Shared) {
        let mut map = Value::from_serializable(value).into_map().unwrap_or_default();
        map.insert(key.into(), shared.0.clone());
        self.0.insert_value(name, Value::from(map));
    }
}

impl Templates {
    /// Parses all templates together, so that a missing parent or partial is found at once. `files` are name below
    /// `templates/`, name for messages, text; links to pages are printed in the `naming` of the site.
    pub fn parse(
        files: Vec<(String, Arc<str>, String)>,
        naming: Naming,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let mut tera = Tera::new();
        tera.register_filter("href", move |path: &str, _: Kwargs, state: &State| href(path, naming, state));
        tera.register_filter("fill", fill);
        let suffixes = vec![".html", ".xml", ".svg"];
        tera.autoescape_on(suffixes);
        let names: BTreeMap<String, Arc<str>> =
            files.iter().map(|(name, file, _)| (name.clone(), Arc::clone(file))).collect();
        let result = tera.add_raw_templates(files.iter().map(|(name, _, text)| (name.as_str(), text.as_str())));
        let templates = Self { tera, files: names };
        match result {
            Ok(()) => Some(templates),
            Err(error) => {
                problems.push(templates.problem(&error));
                None
            }
        }
    }

    /// Whether there is a template of this name.
    pub fn has(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    /// Prints a template.
    ///
    /// # Errors
    /// A diagnostic in the template, when it asks for what its view does not have.
    pub fn render(&self, name: &str, scope: &Scope) -> Result<String, Box<Diagnostic>> {
        self.tera.render(name, &scope.0).map_err(|error| Box::new(self.problem(&error)))
    }

    fn problem(&self, error: &tera::Error) -> Diagnostic {
        let help = "the names a template can use are described in docs/templates.md";
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let file = self.files.get(report.filename()).cloned().unwrap_or_else(|| Arc::from(report.filename()));
                let range = report.span().range.clone();
                Diagnostic::new(
                    Code::Template,
                    format!("the template cannot be printed: {}", first_line(report.message())),
                )
                .at(Span::new(&file, Extent::new(range.start, range.end)))
                .help(help)
            }
            ErrorKind::MissingParent { current, parent } => {
                Diagnostic::new(Code::Template, format!("this template extends `{parent}`, which does not exist"))
                    .at(Span::whole(self.files.get(current).unwrap_or(&Arc::from(current.as_str()))))
                    .help("write the name of a template below templates/, such as `page.html`")
            }
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
                Diagnostic::new(Code::Template, "this template leads back to itself")
                    .at(Span::whole(self.files.get(tpl).unwrap_or(&Arc::from(tpl.as_str()))))
                    .help("take out the `extends` or `include` that closes the circle")
            }
            other => {
                let text = other.to_string();
                let problem = Diagnostic::new(
                    Code::Template,
                    format!("the templates do not fit together: {}", first_line(&text)),
                )
                .help(help);
                // What is found while they are joined comes as text alone, with the template's name in it.
                match self.files.iter().find(|(name, _)| text.contains(&format!("{name}:"))) {
                    Some((_, file)) => problem.at(Span::whole(file)),
                    None => problem,
                }
            }
        }
    }
}

/// What is wrong, in one line.
fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
    // Tera lists every field there is; the first sentence says what is missing.
    line.split(". Available").next().unwrap_or(line).trim_end_matches('.').to_owned()
}

/// `{{ link.path | href }}`: puts the way to the site's root before a path of the site.
fn href(path: &str, naming: Naming, state: &State) -> TeraResult<String> {
    if has_scheme(path) {
        return Ok(path.to_owned());
    }
    let root: String = state.get("root")?.unwrap_or_default();
    Ok(format!("{root}{}", naming.name(path)))
}

fn has_scheme(path: &str) -> bool {
    ["https:", "http:", "mailto:", "tel:", "sms:"].iter().any(|scheme| path.starts_with(scheme))
}

/// `{{ words.checked_on | fill(date=contact.checked_on.text) }}`: fills `{date}`.
fn fill(text: &str, values: Kwargs, _: &State) -> TeraResult<String> {
    let mut text = text.to_owned();
    for (name, value) in values.iter() {
        text = text.replace(&format!("{{{name}}}"), &value.to_string());
    }
    Ok(text)
}
