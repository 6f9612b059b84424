//! Loading: configuration, kinds, words, records and the lists of files, from all layers.
//!
//! In: an origin. Out: [`Inputs`], and layers of parsed documents. What stays true: built-in < project < authority;
//! nothing is read that is not part of the project.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use rayon::prelude::*;

use super::{OUTPUTS, Options};
use crate::config::authority::Authority;
use crate::config::kind::Kinds;
use crate::config::project::Project;
use crate::config::records::Records;
use crate::config::synonyms::Synonyms;
use crate::config::value::{Data, Located};
use crate::config::words::Words;
use crate::config::{fields, yaml};
use crate::content::{Layer, parse_document, stem_of};
use crate::diagnostics::{Code, Diagnostic, Extent, Span, suggest};
use crate::render::linker::Naming;
use crate::render::templates::Templates;
use crate::site::{Files, SiteInput};
use crate::source::{Origin, builtin};
use crate::text::slug::slug;

/// Larger Markdown and data files are mistakes.
const LIMIT: u64 = 4 * 1024 * 1024;

/// Data files and whether they are read today; the others belong to checks and search.
const RECORDS: [&str; 7] = ["contacts", "glossary", "synonyms", "alerts", "redirects", "accessibility", "search_tests"];

/// Words that mean the same, as they come with the program; a project may have its own at the same path.
const SYNONYMS: &str = "search/synonyms.yaml";

/// Everything a build needs beside documents.
pub struct Inputs {
    /// The project's settings.
    pub project: Arc<Project>,
    /// Every kind.
    pub kinds: Arc<Kinds>,
    /// One for each site; a project without authorities has one that is the project itself.
    pub authorities: Vec<AuthorityInput>,
    words: Arc<Words>,
    base: LayerFiles,
    theme: Vec<(String, Arc<str>, String)>,
}

/// What one authority adds.
pub struct AuthorityInput {
    /// Its id; `None` for the project itself.
    pub name: Option<String>,
    settings: Authority,
    files: LayerFiles,
    records: Arc<Records>,
}

/// The files of one layer, by what they are.
#[derive(Default)]
struct LayerFiles {
    /// Path in the content folder and source name.
    documents: Vec<(String, Arc<str>)>,
    data: Vec<Arc<str>>,
    templates: Vec<(String, Arc<str>)>,
    files: Files,
}

/// Whether a folder is a project: a `guidepost.yaml`, or at least one Markdown file.
///
/// # Errors
/// When the folder cannot be read.
pub fn is_project(origin: &dyn Origin, config: &str) -> io::Result<bool> {
    if origin.has(config) {
        return Ok(true);
    }
    Ok(origin.list("", &mut Vec::new())?.iter().any(|name| is_markdown(name)))
}

/// Reads everything but documents.
pub(super) fn load(origin: &dyn Origin, options: &Options, problems: &mut Vec<Diagnostic>) -> io::Result<Inputs> {
    let config = options.config.as_deref().unwrap_or("guidepost.yaml");
    let mut project = Project::default_for(&options.folder_name);
    if let Some((file, value)) = read_yaml(origin, config, problems)? {
        project = Project::read(&file, &value, problems);
    } else {
        if let Some(other) =
            ["guidepost.yml", "guidepost.toml", "guidepost.json"].into_iter().find(|other| origin.has(other))
        {
            problems.push(
                Diagnostic::new(
                    Code::UnknownRecord,
                    format!("`{other}` is not read: the settings of a project stand in `guidepost.yaml`"),
                )
                .at(Span::whole(&Arc::from(other)))
                .help("rename the file, and write it as YAML"),
            );
        }
        // A folder of Markdown without any settings: its content is `content/`, or the folder itself.
        let has_content = !origin.list("content", &mut Vec::new())?.is_empty();
        project.content = if has_content { "content" } else { "" }.to_owned();
    }
    let content = project.content.trim_start_matches("./").trim_matches('/').trim_start_matches('.').to_owned();
    let base = list_layer(origin, "", &content, problems)?;
    let kinds = Arc::new(read_kinds(origin, &base, problems)?);
    let words = Arc::new(read_words(origin, &project.language, &base, problems)?);
    let given = match own_synonyms(origin, &base, problems)? {
        Some(own) => own,
        None => builtin_synonyms(problems),
    };
    let own = read_records(origin, &base, problems)?;
    own.synonyms.check_forgotten(&given, problems);
    let records = BaseRecords { given, own };
    let authorities = list_authorities(origin, &project, &content, options, &records, problems)?;
    if base.documents.is_empty() && authorities.iter().all(|authority| authority.files.documents.is_empty()) {
        let folder = if content.is_empty() { "." } else { &content };
        problems.push(
            Diagnostic::new(Code::NoPages, format!("there is no Markdown file in the content folder `{folder}`"))
                .at(Span::whole(&project.file))
                .help("put the pages there, or name their folder in guidepost.yaml after `content:`"),
        );
    }
    let mut theme = builtin_templates();
    theme.extend(read_templates(origin, &base.templates, problems)?);
    Ok(Inputs { project: Arc::new(project), kinds, authorities, words, base, theme })
}

impl Inputs {
    /// Parses all documents: the base layer first, then one layer for each authority.
    pub(super) fn parse(&self, origin: &dyn Origin, problems: &mut Vec<Diagnostic>) -> io::Result<Vec<Layer>> {
        let mut layers = vec![parse_layer(origin, &self.base, problems)?];
        for authority in &self.authorities {
            layers.push(parse_layer(origin, &authority.files, problems)?);
        }
        Ok(layers)
    }

    /// What the site of an authority is made with.
    pub(super) fn site_input(
        &self,
        authority: &AuthorityInput,
        options: &Options,
        problems: &mut Vec<Diagnostic>,
    ) -> SiteInput {
        let settings = &authority.settings;
        let mut files = self.base.files.clone();
        files.content.extend(authority.files.files.content.clone());
        files.statics.extend(authority.files.files.statics.clone());
        files.theme.extend(authority.files.files.theme.clone());
        if let Some(logo) = &settings.brand.logo
            && !files.statics.contains_key(logo.value.trim_start_matches('/'))
        {
            problems.push(
                Diagnostic::new(
                    Code::MissingLogo,
                    format!("there is no file `static/{}`", logo.value.trim_start_matches('/')),
                )
                .at(Span::new(&settings.file, logo.extent))
                .help("put the logo into static/, and write its path from there"),
            );
        }
        SiteInput {
            project: Arc::clone(&self.project),
            organisation: settings.name.clone(),
            base_url: options.base_url.clone().or_else(|| settings.base_url.clone()),
            facts: Arc::new(settings.facts.clone()),
            brand: Arc::new(settings.brand.clone()),
            records: Arc::clone(&authority.records),
            kinds: Arc::clone(&self.kinds),
            files: Arc::new(files),
            words: Arc::clone(&self.words),
        }
    }

    /// The templates of an authority's site: built-in, the project's, its own.
    pub(super) fn templates(
        &self,
        authority: &AuthorityInput,
        naming: Naming,
        origin: &dyn Origin,
        problems: &mut Vec<Diagnostic>,
    ) -> io::Result<Option<Arc<Templates>>> {
        let mut all: BTreeMap<String, (Arc<str>, String)> =
            self.theme.iter().map(|(name, file, text)| (name.clone(), (Arc::clone(file), text.clone()))).collect();
        for (name, file, text) in read_templates(origin, &authority.files.templates, problems)? {
            all.insert(name, (file, text));
        }
        let files = all.into_iter().map(|(name, (file, text))| (name, file, text)).collect();
        Ok(Templates::parse(files, naming, problems).map(Arc::new))
    }
}

fn is_markdown(name: &str) -> bool {
    stem_of(name).is_some()
}

/// `folder` is the layer's own (`""` or `authorities/x`), `content` its content folder below it.
fn list_layer(
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

fn strip<'a>(name: &'a str, folder: &str) -> &'a str {
    if folder.is_empty() { name } else { name.strip_prefix(folder).map_or(name, |rest| rest.trim_start_matches('/')) }
}

fn parse_layer(origin: &dyn Origin, layer: &LayerFiles, problems: &mut Vec<Diagnostic>) -> io::Result<Layer> {
    let parsed: io::Result<Vec<_>> = layer
        .documents
        .par_iter()
        .map(|(path, name)| {
            let mut found = Vec::new();
            let Some(bytes) = read_limited(origin, name, &mut found)? else { return Ok((None, found)) };
            let document = parse_document(Arc::clone(name), path, &bytes, &mut found);
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

fn read_limited(origin: &dyn Origin, name: &Arc<str>, problems: &mut Vec<Diagnostic>) -> io::Result<Option<Vec<u8>>> {
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
fn read_yaml(
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

fn utf8(file: &Arc<str>, bytes: Vec<u8>, problems: &mut Vec<Diagnostic>) -> Option<String> {
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

fn read_kinds(origin: &dyn Origin, base: &LayerFiles, problems: &mut Vec<Diagnostic>) -> io::Result<Kinds> {
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

fn read_words(
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

fn read_records(origin: &dyn Origin, layer: &LayerFiles, problems: &mut Vec<Diagnostic>) -> io::Result<Records> {
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
fn own_synonyms(
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

fn builtin_synonyms(problems: &mut Vec<Diagnostic>) -> Synonyms {
    let shipped = builtin::below("templates").find(|(name, _)| *name == SYNONYMS).and_then(|(name, bytes)| {
        let file: Arc<str> = Arc::from(format!("templates/{name}"));
        let value = yaml::read(&file, &String::from_utf8_lossy(bytes), 0, LIMIT as usize, problems)?;
        Some(Synonyms::read(&file, &value, problems))
    });
    shipped.unwrap_or_default()
}

/// The records of the project, and the list of synonyms below them.
struct BaseRecords {
    given: Synonyms,
    own: Records,
}

impl BaseRecords {
    /// The project's records over a list of synonyms: that of the project, or one an authority has in its place.
    fn over(&self, given: Synonyms) -> Records {
        Records { synonyms: given, ..Records::default() }.laid_over(self.own.clone())
    }
}

fn list_authorities(
    origin: &dyn Origin,
    project: &Project,
    content: &str,
    options: &Options,
    base: &BaseRecords,
    problems: &mut Vec<Diagnostic>,
) -> io::Result<Vec<AuthorityInput>> {
    let names = origin.list("authorities", problems)?;
    let mut ids: Vec<&str> =
        names.iter().filter_map(|name| name.strip_prefix("authorities/")?.split_once('/').map(|(id, _)| id)).collect();
    ids.dedup();
    for wanted in &options.authorities {
        if !ids.contains(&wanted.as_str()) {
            problems.push(unknown_authority(wanted, &ids));
        }
    }
    if let Some(default) = project.default_authority.as_ref().filter(|default| !ids.contains(&default.value.as_str())) {
        problems.push(unknown_authority(&default.value, &ids).at(Span::new(&project.file, default.extent)));
    }
    if ids.is_empty() {
        return Ok(vec![AuthorityInput {
            name: None,
            settings: Authority::of_project(project),
            files: LayerFiles::default(),
            records: Arc::new(base.over(base.given.clone())),
        }]);
    }
    let mut authorities = Vec::new();
    for id in ids
        .into_iter()
        .filter(|id| options.authorities.is_empty() || options.authorities.iter().any(|wanted| wanted == id))
    {
        let folder = format!("authorities/{id}");
        let name = format!("{folder}/authority.yaml");
        let Some((file, value)) = read_yaml(origin, &name, problems)? else {
            problems.push(
                Diagnostic::new(Code::AuthorityWithoutFile, format!("the authority `{id}` has no authority.yaml"))
                    .help(format!("write {name} with at least `name:`")),
            );
            continue;
        };
        if slug(id) != id {
            problems.push(
                Diagnostic::new(Code::BadValue, format!("the folder `{folder}` cannot be part of an address"))
                    .at(Span::whole(&file))
                    .help(format!("rename the folder to `{}`: small letters, digits and hyphens", slug(id))),
            );
        }
        let files = list_layer(origin, &folder, if content.is_empty() { "content" } else { content }, problems)?;
        let given = own_synonyms(origin, &files, problems)?.unwrap_or_else(|| base.given.clone());
        let (below, own) = (base.over(given), read_records(origin, &files, problems)?);
        own.synonyms.check_forgotten(&below.synonyms, problems);
        let records = Arc::new(below.laid_over(own));
        let settings = Authority::read(id, &file, &value, project, problems);
        authorities.push(AuthorityInput { name: Some(id.to_owned()), settings, files, records });
    }
    Ok(authorities)
}

fn unknown_authority(wanted: &str, ids: &[&str]) -> Diagnostic {
    let help = match suggest(wanted, ids.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if ids.is_empty() => {
            "this project has no folder authorities/; `guidepost new authority ID` starts one".to_owned()
        }
        None => format!("the authorities here are {}", fields::spoken_list(ids)),
    };
    Diagnostic::new(Code::UnknownAuthority, format!("there is no authority `{wanted}`")).help(help)
}

fn is_template(name: &str) -> bool {
    !name.starts_with("starter/") && (name.ends_with(".html") || name.ends_with(".xml"))
}

fn builtin_templates() -> Vec<(String, Arc<str>, String)> {
    builtin::below("templates")
        .filter(|(name, _)| is_template(name))
        .map(|(name, bytes)| {
            (name.to_owned(), Arc::from(format!("templates/{name}")), String::from_utf8_lossy(bytes).into_owned())
        })
        .collect()
}

fn read_templates(
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
