//! What stands in `templates/`: kinds, words and templates.
//!
//! In: the files of a layer. Out: what they say over what is built in. What stays true: built-in < project; a language
//! without words is an error, and the words of British English stand below all others.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use super::file::{LIMIT, read_yaml, utf8};
use super::layer::LayerFiles;
use crate::config::kind::Kinds;
use crate::config::words::Words;
use crate::config::yaml;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::{Origin, builtin};

pub(super) fn read_kinds(origin: &dyn Origin, base: &LayerFiles, problems: &mut Vec<Diagnostic>) -> io::Result<Kinds> {
    let mut texts: BTreeMap<String, (Arc<str>, String)> = BTreeMap::new();
    let is_kind = |name: &str| name.starts_with("kinds/") && name.ends_with(".yaml");
    for (name, bytes) in builtin::below("templates").filter(|(name, _)| is_kind(name)) {
        texts.insert(
            name.to_owned(),
            (Arc::from(format!("templates/{name}")), String::from_utf8_lossy(bytes).into_owned()),
        );
    }
    for (name, file) in base.templates.iter().filter(|(name, _)| is_kind(name)) {
        if let Some(text) = utf8(file, origin.read(file)?, problems) {
            texts.insert(name.clone(), (Arc::clone(file), text));
        }
    }
    Ok(Kinds::read(texts.into_values(), problems))
}

pub(super) fn read_words(
    origin: &dyn Origin,
    language: &str,
    base: &LayerFiles,
    problems: &mut Vec<Diagnostic>,
) -> io::Result<Words> {
    const FALLBACK: &str = "en-GB";
    let mut words = Words::default();
    let mut known = false;
    for language in [FALLBACK, language] {
        let name = format!("locales/{language}.yaml");
        let inside = builtin::below("templates").find(|(file, _)| *file == name);
        if let Some((_, bytes)) = inside {
            let file: Arc<str> = Arc::from(format!("templates/{name}"));
            if let Some(value) = yaml::read(&file, &String::from_utf8_lossy(bytes), 0, LIMIT as usize, problems) {
                words = Words::read(&file, &value, problems).laid_over(&words);
                known = true;
            }
        }
        if let Some((_, file)) = base.templates.iter().find(|(file, _)| *file == name)
            && let Some((file, value)) = read_yaml(origin, file, problems)?
        {
            words = Words::read(&file, &value, problems).laid_over(&words);
            known = true;
        }
        known &= language == FALLBACK || inside.is_some() || base.templates.iter().any(|(file, _)| *file == name);
    }
    if !known {
        problems.push(
            Diagnostic::new(Code::UnknownLanguage, format!("there are no words for menus and labels in `{language}`"))
                .help(format!(
                    "write templates/locales/{language}.yaml, or set `language:` in guidepost.yaml to en-GB"
                )),
        );
    }
    Ok(words)
}

pub(super) fn builtin_templates() -> Vec<(String, Arc<str>, String)> {
    builtin::below("templates")
        .filter(|(name, _)| is_template(name))
        .map(|(name, bytes)| {
            (name.to_owned(), Arc::from(format!("templates/{name}")), String::from_utf8_lossy(bytes).into_owned())
        })
        .collect()
}

pub(super) fn read_templates(
    origin: &dyn Origin,
    layer: &[(String, Arc<str>)],
    problems: &mut Vec<Diagnostic>,
) -> io::Result<Vec<(String, Arc<str>, String)>> {
    let mut templates = Vec::new();
    for (name, file) in layer.iter().filter(|(name, _)| is_template(name)) {
        if let Some(text) = utf8(file, origin.read(file)?, problems) {
            templates.push((name.clone(), Arc::clone(file), text));
        }
    }
    Ok(templates)
}

fn is_template(name: &str) -> bool {
    !name.starts_with("starter/") && (name.ends_with(".html") || name.ends_with(".xml"))
}
