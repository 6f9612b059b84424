//! What a command says about what it found.
//!
//! In: diagnostics. Out: text in the form asked for; the files they point into are read again for their lines.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::IsTerminal;
use std::sync::Arc;

use super::args::{Common, TimingsForm};
use super::{print, say};
use crate::diagnostics::print as form;
use crate::diagnostics::{Diagnostic, Severity};
use crate::error::Error;
use crate::pipeline::Timings;
use crate::source::{Origin, builtin};

/// Prints diagnostics, most severe last, so that on a terminal errors stand nearest to the prompt.
pub(crate) fn diagnostics(
    found: &[Diagnostic],
    origin: &dyn Origin,
    common: &Common,
    to_stdout: bool,
) -> Result<(), Error> {
    let colour = if to_stdout { std::io::stdout().is_terminal() } else { std::io::stderr().is_terminal() };
    let texts = texts(origin);
    let wanted = |severity: Severity| found.iter().filter(move |problem| problem.severity == severity);
    let ordered: Vec<Diagnostic> = [Severity::Info, Severity::Warning, Severity::Error]
        .into_iter()
        .filter(|severity| !common.quiet || *severity != Severity::Info)
        .flat_map(wanted)
        .cloned()
        .collect();
    let text = form::print(&ordered, common.format.into(), colour, &texts);
    if to_stdout {
        return print(&text);
    }
    say(&text);
    Ok(())
}

/// The texts of files as diagnostics name them, each read once.
pub(crate) fn texts(origin: &dyn Origin) -> impl Fn(&str) -> Option<Arc<str>> {
    let cache: RefCell<HashMap<String, Option<Arc<str>>>> = RefCell::default();
    move |name| {
        if let Some(text) = cache.borrow().get(name) {
            return text.clone();
        }
        let text = text_of(origin, name);
        cache.borrow_mut().insert(name.to_owned(), text.clone());
        text
    }
}

fn text_of(origin: &dyn Origin, name: &str) -> Option<Arc<str>> {
    let bytes = origin
        .read(name)
        .ok()
        .or_else(|| builtin::FILES.iter().find(|(file, _)| *file == name).map(|(_, bytes)| bytes.to_vec()))?;
    // Lossy on purpose: the place of a broken byte is shown too.
    Some(Arc::from(String::from_utf8_lossy(&bytes)))
}

/// `3 errors and 1 warning`; empty when there is neither.
pub(crate) fn counts(found: &[Diagnostic]) -> String {
    let count = |severity: Severity, one: &str| {
        let n = found.iter().filter(|problem| problem.severity == severity).count();
        (n > 0).then(|| format!("{n} {one}{}", if n == 1 { "" } else { "s" }))
    };
    let parts: Vec<String> =
        [count(Severity::Error, "error"), count(Severity::Warning, "warning")].into_iter().flatten().collect();
    parts.join(" and ")
}

/// Prints the stages when asked to.
pub(crate) fn timings(timings: &Timings, pages: usize, bytes: u64, form: Option<TimingsForm>) -> Result<(), Error> {
    let stages: Vec<(&str, f64)> = timings.milliseconds().collect();
    let total: f64 = stages.iter().map(|(_, ms)| ms).sum();
    match form {
        None => Ok(()),
        Some(TimingsForm::Text) => {
            for (stage, ms) in &stages {
                say(&format!("{stage:>10} {ms:9.2} ms\n"));
            }
            say(&format!("{:>10} {total:9.2} ms\n", "total"));
            Ok(())
        }
        Some(TimingsForm::Json) => {
            let stages: serde_json::Map<String, serde_json::Value> =
                stages.into_iter().map(|(stage, ms)| (stage.to_owned(), ms.into())).collect();
            let line = serde_json::json!({ "pages": pages, "bytes": bytes, "stages": stages, "total_ms": (total * 100.0).round() / 100.0 });
            print(&format!("{line}\n"))
        }
    }
}
