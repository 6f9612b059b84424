//! Loading: configuration, kinds, words, records and the lists of files, from all layers.
//!
//! In: an origin. Out: [`Inputs`], and layers of parsed documents. What stays true: built-in < project < authority;
//! nothing is read that is not part of the project.

mod authorities;
mod file;
mod layer;
mod records;
mod theme;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use self::authorities::list_authorities;
use self::file::read_yaml;
use self::layer::{LayerFiles, is_markdown, list_layer, parse_layer};
use self::records::{BaseRecords, builtin_synonyms, own_synonyms, read_records};
use self::theme::{builtin_templates, read_kinds, read_templates, read_words};
use super::{Memo, Options};
use crate::config::authority::Authority;
use crate::config::kind::Kinds;
use crate::config::project::Project;
use crate::config::records::Records;
use crate::config::words::Words;
use crate::content::Layer;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::render::linker::Naming;
use crate::render::templates::Templates;
use crate::site::SiteInput;
use crate::source::Origin;

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
    pub(super) fn parse(
        &self,
        origin: &dyn Origin,
        memo: &Memo,
        problems: &mut Vec<Diagnostic>,
    ) -> io::Result<Vec<Layer>> {
        let mut layers = vec![parse_layer(origin, &self.base, memo, problems)?];
        for authority in &self.authorities {
            layers.push(parse_layer(origin, &authority.files, memo, problems)?);
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
