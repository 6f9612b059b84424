//! What is said about mistakes, and that nothing an author can write makes the reader fail.

use std::sync::Arc;

use super::super::value::{Data, Located};
use super::read;
use crate::diagnostics::Diagnostic;

mod mistakes;
mod places;
mod properties;

const LIMIT: usize = 64 * 1024;

fn read_text(text: &str) -> (Option<Located>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let value = read(&Arc::from("page.md"), text, 0, LIMIT, &mut problems);
    (value, problems)
}

/// `code line:column message / help`, a problem a line.
fn told(text: &str) -> Vec<String> {
    let place = |at: u32| {
        let before = &text[..at as usize];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("{line}:{column}")
    };
    let (_, problems) = read_text(text);
    let tell = |problem: &Diagnostic| {
        let span = problem.span.as_ref().expect("every problem has a place");
        assert!(span.extent.end as usize <= text.len(), "{problem:?}");
        let also: String =
            problem.also.iter().map(|(span, label)| format!(" ({} {label})", place(span.extent.start))).collect();
        let help = problem.help.as_deref().expect("every problem has a cure");
        format!("{} {} {}{also} / {help}", problem.code.name(), place(span.extent.start), problem.message)
    };
    problems.iter().map(tell).collect()
}

/// The value without its places.
fn plain(v: &Located) -> String {
    match &v.data {
        Data::List(l) => format!("[{}]", l.iter().map(plain).collect::<Vec<_>>().join(", ")),
        Data::Map(l) => format!(
            "{{{}}}",
            l.iter().map(|e| format!("{:?}: {}", e.key, plain(&e.value))).collect::<Vec<_>>().join(", ")
        ),
        Data::Text(t) => format!("{t:?}"),
        d => format!("{d:?}"),
    }
}
