//! `guidepost.yaml`: the settings of a project.
//!
//! In: the located values of the file. Out: a [`Project`] that can be used whatever was wrong with it; problems go
//! to the list. Codes that guard safety keep their level.

use std::sync::Arc;

use super::address::is_web;
use super::brand::Brand;
use super::facts::Facts;
use super::fields::{Fields, Spanned, text_of, unknown_choice};
use super::value::Located;
use super::vocabulary::words;
use crate::diagnostics::{Code, Diagnostic, Severity, suggest};

/// The settings of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// The site's name.
    pub title: String,
    /// The organisation's name, where there are no authorities.
    pub name: Option<String>,
    /// `https://…/`, with exactly one slash at its end.
    pub base_url: Option<String>,
    /// The folder of the Markdown files, relative to the project; `.` is the project itself.
    pub content: String,
    /// A language tag such as `en-GB`.
    pub language: String,
    /// The authority to show where none is asked for.
    pub default_authority: Option<Spanned<String>>,
    /// Ids of the reporting routes, most needed first.
    pub routes: Vec<Spanned<String>>,
    /// Links in the header.
    pub header: Vec<MenuLink>,
    /// Links in the footer.
    pub footer: Vec<MenuLink>,
    /// Links to the legal pages, below the footer.
    pub legal: Vec<MenuLink>,
    /// Names for text and templates.
    pub facts: Facts,
    /// Colours and logo.
    pub brand: Brand,
    /// Levels that differ from those of the codes.
    pub levels: Vec<(Code, Severity)>,
    /// How foreign front matter is read.
    pub front_matter: FrontMatterRules,
    /// The file all of this was read from.
    pub file: Arc<str>,
}

/// A link in a menu.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MenuLink {
    /// Its words.
    pub label: String,
    /// A content path, an address on this site, or `https://…`; its scheme is safe to follow.
    pub to: Spanned<String>,
}

/// How front matter written for another program is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatterRules {
    /// Their key, our key; in the order written.
    pub rename: Vec<(String, String)>,
    /// What an unknown key is.
    pub unknown: Unknown,
}

words! {
    /// What happens on an unknown key of front matter.
    #[derive(Default)]
    Unknown {
        /// An error.
        #[default]
        Error "error"
        /// A warning.
        Warn "warn"
        /// Nothing.
        Ignore "ignore"
    }
}

/// Keys of front matter that hold pages back, ours and those of other generators.
const HOLDS_BACK: [&str; 9] =
    ["visibility", "status", "publish_on", "expires_on", "withdrawn", "draft", "publishDate", "expiryDate", "unlisted"];

const LEVELS: &[(&str, Severity)] =
    &[("error", Severity::Error), ("warning", Severity::Warning), ("info", Severity::Info), ("off", Severity::Off)];

impl Project {
    /// Reads `guidepost.yaml`.
    pub fn read(file: &Arc<str>, value: &Located, problems: &mut Vec<Diagnostic>) -> Self {
        let mut map = Fields::open(file, value, "guidepost.yaml", problems);
        let fields = &mut map;
        let title = fields.required("title", "write `title:` and the name of the site", Fields::text);
        let project = Self {
            title: title.map_or_else(|| "Practice guidance".to_owned(), |text| text.value),
            name: fields.text("name").map(|text| text.value),
            base_url: base_url(fields),
            content: content_folder(fields),
            language: language(fields),
            default_authority: fields.text("default_authority"),
            routes: fields.texts("routes"),
            header: menu(fields, "header"),
            footer: menu(fields, "footer"),
            legal: menu(fields, "legal"),
            facts: Facts::read(fields),
            brand: Brand::read(fields, &Brand::default()),
            levels: levels(fields),
            front_matter: front_matter_rules(fields),
            file: Arc::clone(file),
        };
        map.finish();
        project
    }

    /// The settings of a folder of Markdown files that has no `guidepost.yaml`.
    pub fn default_for(folder_name: &str) -> Self {
        let words = folder_name.replace(['-', '_'], " ");
        let words = words.trim();
        let mut letters = words.chars();
        let title = letters
            .next()
            .map_or_else(|| "Practice guidance".to_owned(), |first| first.to_uppercase().chain(letters).collect());
        Self {
            title,
            name: None,
            base_url: None,
            content: ".".to_owned(),
            language: "en-GB".to_owned(),
            default_authority: None,
            routes: Vec::new(),
            header: Vec::new(),
            footer: Vec::new(),
            legal: Vec::new(),
            facts: Facts::default(),
            brand: Brand::default(),
            levels: Vec::new(),
            front_matter: FrontMatterRules::default(),
            file: Arc::from("guidepost.yaml"),
        }
    }
}

/// `base_url`, with one slash at its end.
pub(super) fn base_url(fields: &mut Fields<'_>) -> Option<String> {
    let text = fields.text("base_url")?;
    let plain = is_web(&text.value) && !text.value.contains(['?', '#']);
    if !plain {
        let message = format!("`base_url` is `{}`, which is not a web address", text.value);
        let help = "write it like https://guidance.example.gov.uk/, without ? or #";
        fields.report(Diagnostic::new(Code::BadValue, message).help(help), text.extent);
        return None;
    }
    Some(format!("{}/", text.value.trim_end_matches('/')))
}

fn content_folder(fields: &mut Fields<'_>) -> String {
    let Some(text) = fields.text("content") else {
        return "content".to_owned();
    };
    let path = text.value.trim_end_matches('/');
    let inside = !path.is_empty()
        && (path == "." || path.split('/').all(|part| !part.is_empty() && !part.starts_with('.')))
        && !path.contains(['\\', ':']);
    if !inside {
        let message = format!("`content` is `{}`, which is not a folder of this project", text.value);
        fields.report(
            Diagnostic::new(Code::BadValue, message)
                .help("write the name of a folder beside this file, such as content"),
            text.extent,
        );
        return "content".to_owned();
    }
    path.to_owned()
}

fn language(fields: &mut Fields<'_>) -> String {
    let Some(text) = fields.text("language") else {
        return "en-GB".to_owned();
    };
    let tag = text
        .value
        .split('-')
        .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if !tag || !text.value.as_bytes()[0].is_ascii_alphabetic() {
        let message = format!("`language` is `{}`, which is not a language tag", text.value);
        fields.report(Diagnostic::new(Code::BadValue, message).help("write a tag such as en-GB or cy"), text.extent);
        return "en-GB".to_owned();
    }
    text.value
}

fn menu<'a>(fields: &mut Fields<'a>, key: &'a str) -> Vec<MenuLink> {
    let items = fields.list(key);
    items.iter().filter_map(|item| MenuLink::read(fields, item, &format!("each link of `{key}`"))).collect()
}

impl MenuLink {
    /// Reads `{label: Families, to: faqs/families}`.
    pub(super) fn read(fields: &mut Fields<'_>, item: &Located, what: &str) -> Option<Self> {
        let mut link = fields.open_item(item, what);
        let label = link.required("label", "write the words of the link", Fields::text);
        let to = link.required(
            "to",
            "write where the link leads: a content path such as faqs/families, or https://…",
            Fields::target,
        );
        link.finish();
        Some(Self { label: label?.value, to: to? })
    }
}

fn levels(fields: &mut Fields<'_>) -> Vec<(Code, Severity)> {
    let mut levels = Vec::new();
    let Some(mut map) = fields.map("levels") else {
        return levels;
    };
    for entry in map.entries() {
        let Some(code) = Code::ALL.iter().copied().find(|code| code.name() == entry.key) else {
            let near = suggest(&entry.key, Code::ALL.iter().map(|code| code.name()));
            let help = near.map_or_else(
                || "copy the code from the message you want to change".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("there is no diagnostic with the code `{}`", entry.key);
            map.report(Diagnostic::new(Code::UnknownCode, message).help(help), entry.key_extent);
            continue;
        };
        let word = text_of(&entry.value).unwrap_or_default();
        let Some((_, level)) = LEVELS.iter().find(|(name, _)| *name == word) else {
            let names: Vec<&str> = LEVELS.iter().map(|(name, _)| *name).collect();
            map.report(unknown_choice(&entry.key, &word, &names), entry.value.extent);
            continue;
        };
        if code.guarded() && *level > code.severity() {
            let message = format!("`{}` guards people's safety and cannot be set to `{word}`", entry.key);
            map.report(
                Diagnostic::new(Code::GuardedLevel, message).help("remove this line and mend what it reports"),
                entry.value.extent,
            );
            continue;
        }
        levels.push((code, *level));
    }
    levels
}

fn front_matter_rules(fields: &mut Fields<'_>) -> FrontMatterRules {
    let Some(mut map) = fields.map("front_matter") else {
        return FrontMatterRules::default();
    };
    let unknown = map.choice("unknown", Unknown::WORDS).map_or(Unknown::Error, |word| word.value);
    let mut rename = Vec::new();
    if let Some(mut names) = map.map("rename") {
        for entry in names.entries() {
            match text_of(&entry.value).filter(|name| !name.trim().is_empty()) {
                Some(name) => rename.push((entry.key.clone(), name)),
                None => {
                    let message = format!("`{}` is not renamed to anything", entry.key);
                    names.report(
                        Diagnostic::new(Code::EmptyValue, message)
                            .help("write their key, a colon and our key: `description: summary`"),
                        entry.key_extent,
                    );
                }
            }
        }
    }
    if let Some((theirs, ours)) =
        rename.iter().find(|(theirs, ours)| theirs == ours || rename.iter().any(|(other, _)| other == ours))
    {
        let message = format!("`{theirs}` is renamed to `{ours}`, which is itself renamed");
        let extent = map.extent();
        map.report(Diagnostic::new(Code::BadValue, message).help("give each of their keys one of ours"), extent);
    }
    // Whatever a project calls things, what holds a page back keeps its meaning.
    if let Some((theirs, _)) = rename.iter().find(|(theirs, _)| HOLDS_BACK.contains(&theirs.as_str())) {
        let message = format!("`{theirs}` decides who sees a page and when, so it cannot be renamed");
        let extent = map.extent();
        map.report(Diagnostic::new(Code::BadValue, message).help("remove it from `rename:`"), extent);
    }
    map.finish();
    FrontMatterRules { rename, unknown }
}

#[cfg(test)]
mod tests;
