//! Printing: human, short and JSON, one function each.
//!
//! In: diagnostics and a way to read the files they point into. Out: text. `--format` chooses; nothing else differs.

use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;

use super::locate::{Located, clamp, locate};
use super::{Diagnostic, Severity};

/// The text of a file by the name diagnostics use; `None` when it cannot be read.
pub type Texts<'a> = dyn Fn(&str) -> Option<Arc<str>> + 'a;

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// With the lines of the file and the place underlined.
    Human,
    /// `file:line:column: severity[code]: message; help`
    Short,
    /// One object a line.
    Json,
}

/// Prints diagnostics in a form. `colour` matters to people only.
pub fn print(diagnostics: &[Diagnostic], format: Format, colour: bool, texts: &Texts<'_>) -> String {
    diagnostics
        .iter()
        .map(|diagnostic| match format {
            Format::Human => human(diagnostic, colour, texts),
            Format::Short => short(diagnostic, texts),
            Format::Json => json(diagnostic, texts),
        })
        .collect()
}

/// One diagnostic with its lines.
pub fn human(diagnostic: &Diagnostic, colour: bool, texts: &Texts<'_>) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(120);
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info | Severity::Off => Level::INFO,
    };
    let sources: Vec<(&super::Span, Arc<str>, Option<&str>)> = diagnostic
        .span
        .iter()
        .map(|span| (span, None))
        .chain(diagnostic.also.iter().map(|(span, label)| (span, Some(label.as_str()))))
        .map(|(span, label)| (span, texts(&span.file).unwrap_or_else(|| Arc::from("")), label))
        .collect();
    let shown: Vec<Window<'_>> = sources.iter().map(|(span, text, _)| Window::of(text, span.extent)).collect();
    let mut group = level.primary_title(printable(&diagnostic.message)).id(diagnostic.code.name()).elements(
        sources.iter().zip(shown).map(|((span, _, label), window)| {
            let kind = if label.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
            Snippet::source(window.line)
                .path(&*span.file)
                .line_start(window.number)
                .annotation(kind.span(window.underlined).label(*label))
        }),
    );
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    if !diagnostic.editions.is_empty() {
        group = group.element(Level::NOTE.message(format!("in {}", diagnostic.editions.join(", "))));
    }
    format!("{}\n\n", renderer.render(&[group]))
}

/// The line a diagnostic shows. The printer gets no more of the file: it would read all of it for each diagnostic.
struct Window<'a> {
    line: &'a str,
    /// From 1.
    number: usize,
    /// At most to the end of the line: a page-long underline says nothing.
    underlined: std::ops::Range<usize>,
}

impl<'a> Window<'a> {
    fn of(text: &'a str, extent: super::Extent) -> Self {
        let range = clamp(text, extent);
        let start = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[range.start..].find(['\n', '\r']).map_or(text.len(), |at| range.start + at);
        let number = text.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count() + 1;
        Self { line: &text[start..end], number, underlined: range.start - start..range.end.min(end) - start }
    }
}

/// One diagnostic on one line.
pub fn short(diagnostic: &Diagnostic, texts: &Texts<'_>) -> String {
    let mut line = String::new();
    if let Some((span, at)) = place(diagnostic, texts) {
        line = format!("{}:{}:{}: ", span.file, at.line, at.column);
    }
    line.push_str(&format!(
        "{}[{}]: {}",
        severity(diagnostic.severity),
        diagnostic.code.name(),
        printable(&diagnostic.message)
    ));
    if let Some(help) = &diagnostic.help {
        line.push_str(&format!("; help: {}", printable(help)));
    }
    line.push('\n');
    line
}

/// The JSON form of design section 1.2; absent keys are left out.
#[derive(Serialize)]
struct Line<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    editions: &'a [String],
}

/// One diagnostic as one JSON object.
pub fn json(diagnostic: &Diagnostic, texts: &Texts<'_>) -> String {
    let place = place(diagnostic, texts);
    let at = place.as_ref().map(|(_, at)| at);
    let line = Line {
        code: diagnostic.code.name(),
        severity: severity(diagnostic.severity),
        message: &diagnostic.message,
        file: place.as_ref().map(|(span, _)| &*span.file),
        line: at.map(|at| at.line),
        column: at.map(|at| at.column),
        end_line: at.map(|at| at.end_line),
        end_column: at.map(|at| at.end_column),
        help: diagnostic.help.as_deref(),
        editions: &diagnostic.editions,
    };
    let mut text = serde_json::to_string(&line).unwrap_or_default();
    text.push('\n');
    text
}

/// Where a diagnostic points, as people count.
pub fn place<'a>(diagnostic: &'a Diagnostic, texts: &Texts<'_>) -> Option<(&'a super::Span, Located)> {
    let span = diagnostic.span.as_ref()?;
    Some((span, locate(&texts(&span.file).unwrap_or_else(|| Arc::from("")), span.extent)))
}

/// The word for a severity.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
        Severity::Off => "off",
    }
}

/// What an author wrote is quoted in messages; controls in it must not steer the reader's terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
