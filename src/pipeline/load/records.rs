//! Data files, and the list of synonyms that search starts from.
//!
//! In: the files of a layer. Out: its records. What stays true: a list of one's own stands in place of the whole shipped
//! one; a data file that nothing reads is named.

use std::io;
use std::sync::Arc;

use super::file::{LIMIT, read_yaml};
use super::layer::LayerFiles;
use crate::config::records::Records;
use crate::config::synonyms::Synonyms;
use crate::config::{fields, yaml};
use crate::diagnostics::{Code, Diagnostic, Span, suggest};
use crate::source::{Origin, builtin};

/// Data files and whether they are read today; the others belong to checks and search.
const RECORDS: [&str; 7] = ["contacts", "glossary", "synonyms", "alerts", "redirects", "accessibility", "search_tests"];

/// Words that mean the same, as they come with the program; a project may have its own at the same path.
const SYNONYMS: &str = "search/synonyms.yaml";

/// The records of the project, and the list of synonyms below them.
pub(super) struct BaseRecords {
    pub(super) given: Synonyms,
    pub(super) own: Records,
}

impl BaseRecords {
    /// The project's records over a list of synonyms: that of the project, or one an authority has in its place.
    pub(super) fn over(&self, given: Synonyms) -> Records {
        Records { synonyms: given, ..Records::default() }.laid_over(self.own.clone())
    }
}

pub(super) fn read_records(
    origin: &dyn Origin,
    layer: &LayerFiles,
    problems: &mut Vec<Diagnostic>,
) -> io::Result<Records> {
    let mut records = Records::default();
    for name in &layer.data {
        let stem = name.rsplit('/').next().and_then(|file| file.rsplit_once('.')).map_or("", |(stem, _)| stem);
        if !RECORDS.contains(&stem) {
            let help = suggest(stem, RECORDS).map_or_else(
                || format!("the files here are {}", fields::spoken_list(&RECORDS)),
                |near| format!("did you mean `{near}.yaml`?"),
            );
            problems.push(
                Diagnostic::new(Code::UnknownRecord, format!("nothing reads a data file named `{stem}`"))
                    .at(Span::whole(name))
                    .help(help),
            );
            continue;
        }
        if let Some((file, value)) = read_yaml(origin, name, problems)? {
            records = records.laid_over(Records::read(stem, &file, &value, problems));
        }
    }
    Ok(records)
}

/// The list that search starts from, where a layer has one of its own: it stands in place of the whole shipped one.
pub(super) fn own_synonyms(
    origin: &dyn Origin,
    layer: &LayerFiles,
    problems: &mut Vec<Diagnostic>,
) -> io::Result<Option<Synonyms>> {
    let Some((_, file)) = layer.templates.iter().find(|(name, _)| name == SYNONYMS) else { return Ok(None) };
    let Some((file, value)) = read_yaml(origin, file, problems)? else { return Ok(None) };
    let own = Synonyms::read(&file, &value, problems);
    own.check_forgotten(&Synonyms::default(), problems);
    Ok(Some(own))
}

pub(super) fn builtin_synonyms(problems: &mut Vec<Diagnostic>) -> Synonyms {
    let shipped = builtin::below("templates").find(|(name, _)| *name == SYNONYMS).and_then(|(name, bytes)| {
        let file: Arc<str> = Arc::from(format!("templates/{name}"));
        let value = yaml::read(&file, &String::from_utf8_lossy(bytes), 0, LIMIT as usize, problems)?;
        Some(Synonyms::read(&file, &value, problems))
    });
    shipped.unwrap_or_default()
}
