//! One file as bytes, text or YAML.
//!
//! In: an origin and a name. Out: what the file says, or a diagnostic at its place. What stays true: nothing larger than
//! the limit is read.

use std::io;
use std::sync::Arc;

use crate::config::value::{Data, Located};
use crate::config::yaml;
use crate::diagnostics::{Code, Diagnostic, Extent, Span};
use crate::source::Origin;

/// Larger Markdown and data files are mistakes.
pub(super) const LIMIT: u64 = 4 * 1024 * 1024;

pub(super) fn read_limited(
    origin: &dyn Origin,
    name: &Arc<str>,
    problems: &mut Vec<Diagnostic>,
) -> io::Result<Option<Vec<u8>>> {
    let size = origin.len(name)?;
    if size > LIMIT {
        problems.push(
            Diagnostic::new(
                Code::TooLarge,
                format!("`{name}` has {} MiB; the most that is read is 4", size / (1024 * 1024)),
            )
            .at(Span::whole(name))
            .help("divide the page, or put pictures into files of their own"),
        );
        return Ok(None);
    }
    origin.read(name).map(Some)
}

/// The located values of a YAML file; `None` when it is not there. A file that cannot be read as YAML is empty.
pub(super) fn read_yaml(
    origin: &dyn Origin,
    name: &str,
    problems: &mut Vec<Diagnostic>,
) -> io::Result<Option<(Arc<str>, Located)>> {
    if !origin.has(name) {
        return Ok(None);
    }
    let file: Arc<str> = Arc::from(name);
    let nothing = Located { extent: Extent::default(), data: Data::Null };
    let Some(bytes) = read_limited(origin, &file, problems)? else { return Ok(Some((file, nothing))) };
    let Some(text) = utf8(&file, bytes, problems) else { return Ok(Some((file, nothing))) };
    let value = yaml::read(&file, &text, 0, LIMIT as usize, problems).unwrap_or(nothing);
    Ok(Some((file, value)))
}

pub(super) fn utf8(file: &Arc<str>, bytes: Vec<u8>, problems: &mut Vec<Diagnostic>) -> Option<String> {
    String::from_utf8(bytes)
        .map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            problems.push(
                Diagnostic::new(Code::NotUtf8, format!("`{file}` is not UTF-8 text (byte {})", at + 1))
                    .at(Span::new(file, Extent::new(at, at)))
                    .help("save the file again as UTF-8: most editors offer it under “Save with encoding”"),
            );
        })
        .ok()
}
