//! The files of one layer: which are pages, data, templates and static files.
//!
//! In: an origin and the folder of a layer. Out: [`LayerFiles`], and the layer's documents, parsed. What stays true:
//! nothing is read that is not part of the project; problems stand in the order of the files, whoever parsed them first.

use std::io;
use std::sync::Arc;

use rayon::prelude::*;

use super::file::read_limited;
use crate::content::{Layer, stem_of};
use crate::diagnostics::Diagnostic;
use crate::pipeline::{Memo, OUTPUTS};
use crate::site::Files;
use crate::source::Origin;

/// The files of one layer, by what they are.
#[derive(Default)]
pub(super) struct LayerFiles {
    /// Path in the content folder and source name.
    pub(super) documents: Vec<(String, Arc<str>)>,
    pub(super) data: Vec<Arc<str>>,
    pub(super) templates: Vec<(String, Arc<str>)>,
    pub(super) files: Files,
}

/// `folder` is the layer's own (`""` or `authorities/x`), `content` its content folder below it.
pub(super) fn list_layer(
    origin: &dyn Origin,
    folder: &str,
    content: &str,
    problems: &mut Vec<Diagnostic>,
) -> io::Result<LayerFiles> {
    let below = |part: &str| if folder.is_empty() { part.to_owned() } else { format!("{folder}/{part}") };
    let mut layer = LayerFiles::default();
    let content_folder = if content.is_empty() { folder.to_owned() } else { below(content) };
    for name in origin.list(&content_folder, problems)? {
        let path = strip(&name, &content_folder).to_owned();
        // Where the content is the whole folder, what is not content stands beside it.
        if content.is_empty()
            && path.split_once('/').is_some_and(|(first, _)| {
                ["templates", "static", "authorities"].contains(&first) || OUTPUTS.contains(&first)
            })
        {
            continue;
        }
        if let Some(data) = path.strip_prefix("_data/") {
            if data.ends_with(".yaml") || data.ends_with(".yml") {
                layer.data.push(name);
            }
        } else if is_markdown(&path) {
            layer.documents.push((path, name));
        } else if !path.ends_with(".yaml") && !path.ends_with(".yml") {
            layer.files.content.insert(path, name);
        }
    }
    for name in origin.list(&below("templates"), problems)? {
        layer.templates.push((strip(&name, &below("templates")).to_owned(), name));
    }
    for name in origin.list(&below("static"), problems)? {
        let path = strip(&name, &below("static")).to_owned();
        match path.strip_prefix("theme/") {
            Some(own) => layer.files.theme.insert(own.to_owned(), name),
            None => layer.files.statics.insert(path, name),
        };
    }
    Ok(layer)
}

pub(super) fn parse_layer(
    origin: &dyn Origin,
    layer: &LayerFiles,
    memo: &Memo,
    problems: &mut Vec<Diagnostic>,
) -> io::Result<Layer> {
    let parsed: io::Result<Vec<_>> = layer
        .documents
        .par_iter()
        .map(|(path, name)| {
            let mut found = Vec::new();
            let Some(bytes) = read_limited(origin, name, &mut found)? else { return Ok((None, found)) };
            let document = memo.document(name, path, &bytes, &mut found);
            Ok((Some(document), found))
        })
        .collect();
    let mut documents = Vec::with_capacity(layer.documents.len());
    for (document, found) in parsed? {
        documents.extend(document);
        problems.extend(found);
    }
    Ok(Layer::new(documents, problems))
}

pub(super) fn is_markdown(name: &str) -> bool {
    stem_of(name).is_some()
}

fn strip<'a>(name: &'a str, folder: &str) -> &'a str {
    if folder.is_empty() { name } else { name.strip_prefix(folder).map_or(name, |rest| rest.trim_start_matches('/')) }
}
