//! A document typed against its kind, with what its sections hand down.
//!
//! In: a document, the kinds, a [`Cascade`]. Out: an [`Entry`], remembered by document, kind and cascade, so that
//! authorities share what is equal. A page with mistakes still gives an entry: all its mistakes are found in one run.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::document::{Document, Place};
use super::front_matter::{FrontMatter, GUARDED_KEYS, whole};
use super::value::{FieldValue, read_field, required_help};
use crate::config::field_type::{FOREIGN_KEYS, KEYS};
use crate::config::fields::Fields;
use crate::config::kind::{Kind, Kinds};
use crate::config::project::{FrontMatterRules, Unknown};
use crate::config::value::{Data, Entry as MapEntry, Located};
use crate::config::vocabulary::{Status, Visibility};
use crate::diagnostics::{Code, Diagnostic, Extent, Severity, Span, suggest};
use crate::markdown::tree::NodeKind;

/// One page or section of a library.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What was written.
    pub document: Arc<Document>,
    /// Its kind.
    pub kind: Arc<Kind>,
    /// Its own values over inherited ones.
    pub front: FrontMatter,
    /// The kind's fields that it has, in the kind's order.
    pub fields: Vec<(String, FieldValue)>,
    /// For lists and menus: front matter, else the leading heading, else the file name.
    pub title: String,
    /// Its own visibility, its kind's and its sections', the narrowest of them.
    pub visibility: Visibility,
    /// A section, or a page that stands for one.
    pub is_section: bool,
}

impl Entry {
    /// A section nobody wrote, named after its folder.
    pub fn implied(document: Arc<Document>, kind: Arc<Kind>) -> Self {
        let title = title_from_name(document.stem());
        Self {
            document,
            kind,
            front: FrontMatter::default(),
            fields: Vec::new(),
            title,
            visibility: Visibility::Public,
            is_section: true,
        }
    }

    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&FieldValue> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Where front matter stands, for problems that concern the page as a whole.
    pub fn span(&self) -> Span {
        whole(&self.document.file)
    }
}

/// What a section hands down to everything below it.
#[derive(Clone, Debug, Default)]
pub struct Cascade {
    /// The section above, whose values come after this one's.
    pub above: Option<Arc<Cascade>>,
    /// Typed common values.
    pub front: FrontMatter,
    /// The raw map, for kinds' fields.
    pub raw: Option<(Arc<str>, Located)>,
    /// The kind of pages here, unless they say otherwise.
    pub child_kind: Option<Arc<Kind>>,
    /// Nothing below may be seen by more people than this.
    pub visibility: Option<Visibility>,
}

/// Typing with a memory: equal inputs are typed once.
///
/// Keys are addresses of documents, entries and cascades. Each is kept alive here or by what is remembered with it,
/// so that an address always names the same thing.
pub struct Typing<'a> {
    kinds: &'a Kinds,
    rules: &'a FrontMatterRules,
    root: Arc<Cascade>,
    entries: Memory<EntryKey, Entry, Cascade>,
    cascades: Memory<CascadeKey, Cascade, Entry>,
    implied: Mutex<HashMap<String, Arc<Document>>>,
}

/// Document, cascade, and whether something stands below it.
type EntryKey = (usize, usize, bool);
/// Entry and the cascade above it.
type CascadeKey = (usize, usize);
/// What was typed, with what must stay alive beside it.
type Memory<Key, T, Kept> = Mutex<HashMap<Key, (Remembered<T>, Arc<Kept>)>>;
type Remembered<T> = (Arc<T>, Arc<Vec<Diagnostic>>);

fn open<T>(memory: &Mutex<T>) -> MutexGuard<'_, T> {
    memory.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'a> Typing<'a> {
    /// Typing against these kinds.
    pub fn new(kinds: &'a Kinds, rules: &'a FrontMatterRules) -> Self {
        Self {
            kinds,
            rules,
            root: Arc::default(),
            entries: Mutex::default(),
            cascades: Mutex::default(),
            implied: Mutex::default(),
        }
    }

    /// What home is handed: nothing.
    pub fn root(&self) -> &Arc<Cascade> {
        &self.root
    }

    /// The section of a folder that has no file of its own; the same one every time.
    pub fn implied(&self, folder: &str) -> Arc<Document> {
        let name = if folder.is_empty() { "the content folder" } else { folder };
        Arc::clone(
            open(&self.implied).entry(folder.to_owned()).or_insert_with(|| Arc::new(Document::implied(folder, name))),
        )
    }

    /// The entry of a document below `cascade`; `has_children` makes a folder's page a section.
    pub fn entry(&self, document: &Arc<Document>, cascade: &Arc<Cascade>, has_children: bool) -> Remembered<Entry> {
        let key = (Arc::as_ptr(document) as usize, Arc::as_ptr(cascade) as usize, has_children);
        if let Some((typed, _)) = open(&self.entries).get(&key) {
            return typed.clone();
        }
        let mut problems = Vec::new();
        let entry = self.type_document(document, cascade, has_children, &mut problems);
        let typed = (Arc::new(entry), Arc::new(problems));
        open(&self.entries).insert(key, (typed.clone(), Arc::clone(cascade)));
        typed
    }

    /// What the section `entry` hands down, below what it was handed itself.
    pub fn cascade(&self, entry: &Arc<Entry>, above: &Arc<Cascade>) -> Remembered<Cascade> {
        let key = (Arc::as_ptr(entry) as usize, Arc::as_ptr(above) as usize);
        if let Some((cascade, _)) = open(&self.cascades).get(&key) {
            return cascade.clone();
        }
        let mut problems = Vec::new();
        let cascade = self.read_cascade(entry, above, &mut problems);
        let remembered = (Arc::new(cascade), Arc::new(problems));
        open(&self.cascades).insert(key, (remembered.clone(), Arc::clone(entry)));
        remembered
    }

    fn read_cascade(&self, entry: &Entry, above: &Arc<Cascade>, problems: &mut Vec<Diagnostic>) -> Cascade {
        let document = &entry.document;
        let mut front = FrontMatter::default();
        let mut raw = None;
        if let Some(value) = entry_of(document, "cascade") {
            let renamed = self.renamed(value);
            let mut fields = Fields::open(&document.file, &renamed, "`cascade`", problems);
            front = FrontMatter::read(&mut fields, false);
            let known: Vec<&str> = KEYS
                .iter()
                .copied()
                .chain(self.kinds.iter().flat_map(|kind| kind.fields.iter().map(|field| field.name.as_str())))
                .collect();
            self.report_unknown(&renamed, &known, &document.file, problems);
            raw = Some((Arc::clone(&document.file), renamed));
        }
        let child_kind = entry
            .front
            .child_kind
            .as_ref()
            .and_then(|name| self.find_kind(&name.value, &document.file, name.extent, problems));
        Cascade {
            child_kind: child_kind.or_else(|| above.child_kind.clone()),
            visibility: Some(entry.visibility),
            above: Some(Arc::clone(above)),
            front,
            raw,
        }
    }

    fn type_document(
        &self,
        document: &Arc<Document>,
        cascade: &Arc<Cascade>,
        has_children: bool,
        problems: &mut Vec<Diagnostic>,
    ) -> Entry {
        let nothing = Located { extent: Extent::default(), data: Data::Null };
        let map = document.front.as_ref().map_or(nothing, |value| self.renamed(value));
        let is_section = document.place == Place::Section
            || document.place == Place::FolderPage && (has_children || document.id.is_empty());
        let mut fields = Fields::open(&document.file, &map, "front matter", problems);
        let mut front = FrontMatter::read(&mut fields, document.place != Place::Page);
        let own_visibility = front.visibility;
        for above in chain(cascade) {
            front.inherit(&above.front);
        }
        drop(fields);
        let kind = self.kind_of(document, &front, cascade, is_section, problems);
        let values = self.read_kind_fields(document, &map, &kind, &front, cascade, problems);
        if document.readable {
            self.report_unknown(&map, &self.known_keys(&kind), &document.file, problems);
            report_section_keys(document, &map, problems);
        }
        let title = self.title_of(document, &front, problems);
        let default =
            if own_visibility.is_some() { front.visibility } else { front.visibility.max(Some(kind.visibility)) };
        let visibility = default.unwrap_or(Visibility::Public).max(cascade.visibility.unwrap_or(Visibility::Public));
        let visibility = if visibility_unreadable(&map, own_visibility) { Visibility::Internal } else { visibility };
        Entry { document: Arc::clone(document), kind, front, fields: values, title, visibility, is_section }
    }

    fn kind_of(
        &self,
        document: &Document,
        front: &FrontMatter,
        cascade: &Cascade,
        is_section: bool,
        problems: &mut Vec<Diagnostic>,
    ) -> Arc<Kind> {
        let named =
            front.kind.as_ref().and_then(|name| self.find_kind(&name.value, &document.file, name.extent, problems));
        named
            .or_else(|| if is_section { self.kinds.get("section").cloned() } else { cascade.child_kind.clone() })
            .unwrap_or_else(|| self.kinds.get_or_plain("page"))
    }

    fn find_kind(
        &self,
        name: &str,
        file: &Arc<str>,
        extent: Extent,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Arc<Kind>> {
        let found = self.kinds.get(name).cloned();
        if found.is_none() {
            let names: Vec<&str> = self.kinds.iter().map(|kind| kind.name.as_str()).collect();
            let help = suggest(name, names.iter().copied()).map_or_else(
                || format!("the kinds here are {}", crate::config::fields::spoken_list(&names)),
                |near| format!("did you mean `{near}`?"),
            );
            problems.push(
                Diagnostic::new(Code::UnknownKind, format!("there is no kind `{name}`"))
                    .at(Span::new(file, extent))
                    .help(help),
            );
        }
        found
    }

    fn read_kind_fields(
        &self,
        document: &Document,
        map: &Located,
        kind: &Kind,
        front: &FrontMatter,
        cascade: &Arc<Cascade>,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<(String, FieldValue)> {
        let mut out = Vec::new();
        let wanted = document.readable
            && !matches!(front.status, Some(Status::Absent | Status::Withdrawn))
            && front.withdrawn.is_none();
        for field in &kind.fields {
            let mut fields = Fields::open(&document.file, map, "front matter", problems);
            let mut found = read_field(&mut fields, field);
            let said = fields.raw(&field.name).is_some();
            drop(fields);
            if !said {
                found = chain(cascade).find_map(|above| {
                    let (file, raw) = above.raw.as_ref()?;
                    read_field(&mut Fields::open(file, raw, "`cascade`", &mut Vec::new()), field)
                });
            }
            if found.is_none() && !said && field.required && wanted {
                problems.push(
                    Diagnostic::new(
                        Code::MissingField,
                        format!("`{}` is missing: every page of the kind `{}` needs it", field.name, kind.name),
                    )
                    .at(Span::new(&document.file, Extent { start: map.extent.start, end: map.extent.start }))
                    .help(required_help(field)),
                );
            }
            out.extend(found.map(|value| (field.name.clone(), value)));
        }
        out
    }

    fn title_of(&self, document: &Document, front: &FrontMatter, problems: &mut Vec<Diagnostic>) -> String {
        if let Some(title) = &front.title {
            return title.value.trim().to_owned();
        }
        if let Some(heading) = leading_heading(document) {
            return heading;
        }
        let title = title_from_name(document.stem());
        let is_said = entry_of(document, "title").is_some();
        if document.place != Place::Section
            && document.readable
            && !document.id.is_empty()
            && !is_said
            && front.status != Some(Status::Absent)
        {
            problems.push(
                Diagnostic::new(
                    Code::TitleFromFileName,
                    format!("`{}` has no title; “{title}” is made from its file name", document.file),
                )
                .at(whole(&document.file))
                .help("write `title:` in the front matter, or begin the text with `# ` and a heading"),
            );
        }
        title
    }

    fn known_keys<'k>(&self, kind: &'k Kind) -> Vec<&'k str> {
        KEYS.iter().copied().chain(kind.fields.iter().map(|field| field.name.as_str())).collect()
    }

    /// The map with keys renamed as the project asks (`description` → `summary`), unless the new key is there too.
    fn renamed(&self, map: &Located) -> Located {
        let mut map = map.clone();
        if let Data::Map(entries) = &mut map.data {
            for (from, to) in &self.rules.rename {
                if !entries.iter().any(|entry| entry.key == *to) {
                    entries.iter_mut().filter(|entry| entry.key == *from).for_each(|entry| entry.key.clone_from(to));
                }
            }
        }
        map
    }

    fn report_unknown(&self, map: &Located, known: &[&str], file: &Arc<str>, problems: &mut Vec<Diagnostic>) {
        let Data::Map(entries) = &map.data else { return };
        for entry in entries
            .iter()
            .filter(|entry| !known.contains(&entry.key.as_str()) && !FOREIGN_KEYS.contains(&entry.key.as_str()))
        {
            problems.extend(self.unknown_key(entry, known, file));
        }
    }

    fn unknown_key(&self, entry: &MapEntry, known: &[&str], file: &Arc<str>) -> Option<Diagnostic> {
        let span = Span::new(file, entry.key_extent);
        let near = suggest(&entry.key, known.iter().copied());
        if let Some(guarded) = near.filter(|near| GUARDED_KEYS.contains(near)).or_else(|| guarded_key(&entry.key)) {
            return Some(
                Diagnostic::new(
                    Code::NearMiss,
                    format!("`{}` looks like `{guarded}`, which decides who sees this page and when", entry.key),
                )
                .at(span)
                .help(format!("write `{guarded}`, or rename this key to something quite different")),
            );
        }
        if let Some((theirs, ours)) = self.rules.rename.iter().find(|(theirs, _)| *theirs == entry.key) {
            return Some(
                Diagnostic::new(Code::YamlDuplicateKey, format!("`{theirs}` is read as `{ours}`, which is given too"))
                    .at(span)
                    .help("keep one of the two lines and remove the other"),
            );
        }
        let usual = FOREIGN_NAMES.iter().find(|(theirs, _)| *theirs == entry.key);
        let mut diagnostic = Diagnostic::new(Code::UnknownKey, format!("there is no key `{}` here", entry.key))
            .at(span)
            .help(match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => match usual {
                    Some((theirs, ours)) => format!(
                        "write `{ours}`, or put `front_matter: {{rename: {{{theirs}: {ours}}}}}` into guidepost.yaml"
                    ),
                    None => "remove it, or say what it means in guidepost.yaml under `front_matter:` with `rename:`"
                        .to_owned(),
                },
            });
        match self.rules.unknown {
            Unknown::Error => {}
            Unknown::Warn => diagnostic.severity = Severity::Warning,
            Unknown::Ignore => return None,
        }
        Some(diagnostic)
    }
}

/// What other generators call our keys.
const FOREIGN_NAMES: [(&str, &str); 12] = [
    ("description", "summary"),
    ("excerpt", "summary"),
    ("tags", "topics"),
    ("categories", "topics"),
    ("weight", "order"),
    ("nav_order", "order"),
    ("sidebar_position", "order"),
    ("author", "owner"),
    ("lastmod", "reviewed_on"),
    ("last_reviewed_on", "reviewed_on"),
    ("redirect_from", "aliases"),
    ("language", "lang"),
];

/// The key that decides who sees a page and that `written` is meant for, however it is put: `expires`, `published`,
/// `hidden`. Other generators hold pages back with such words, so none may be passed over.
fn guarded_key(written: &str) -> Option<&'static str> {
    const BEGINNINGS: [(&str, &str); 5] = [
        ("expir", "expires_on"),
        ("unpublish", "expires_on"),
        ("publish", "publish_on"),
        ("visib", "visibility"),
        ("statu", "status"),
    ];
    const WORDS: [(&str, &str); 7] = [
        ("hidden", "visibility"),
        ("hide", "visibility"),
        ("private", "visibility"),
        ("internal", "visibility"),
        ("public", "visibility"),
        ("draft", "status"),
        ("drafts", "status"),
    ];
    let plain: String = written.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let beginning = BEGINNINGS.iter().find(|(beginning, _)| plain.starts_with(beginning));
    beginning.or_else(|| WORDS.iter().find(|(word, _)| plain == *word)).map(|(_, key)| *key)
}

/// `sort` on a page would silently do nothing.
fn report_section_keys(document: &Document, map: &Located, problems: &mut Vec<Diagnostic>) {
    let Data::Map(entries) = &map.data else { return };
    if document.place != Place::Page {
        return;
    }
    for entry in entries.iter().filter(|entry| ["child_kind", "sort", "cascade"].contains(&entry.key.as_str())) {
        problems.push(
            Diagnostic::new(
                Code::UnknownKey,
                format!("`{}` means something in a section only, and this is a page", entry.key),
            )
            .at(Span::new(&document.file, entry.key_extent))
            .help("move it into the _index.md of the folder, or remove it"),
        );
    }
}

/// This cascade and those above it, nearest first.
fn chain(cascade: &Arc<Cascade>) -> impl Iterator<Item = &Cascade> {
    std::iter::successors(Some(&**cascade), |cascade| cascade.above.as_deref())
}

fn entry_of<'a>(document: &'a Document, key: &str) -> Option<&'a Located> {
    match &document.front.as_ref()?.data {
        Data::Map(entries) => entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value),
        _ => None,
    }
}

/// `visibility` is written and could not be understood: the page must not become public by mistake.
fn visibility_unreadable(map: &Located, own: Option<Visibility>) -> bool {
    own.is_none() && matches!(&map.data, Data::Map(entries) if entries.iter().any(|entry| entry.key == "visibility"))
}

fn leading_heading(document: &Document) -> Option<String> {
    let tree = &document.tree;
    let first = tree.roots().next()?;
    match tree.nodes[first].kind {
        NodeKind::Heading { level: 1, .. } => {
            Some(tree.plain_text(first).trim().to_owned()).filter(|text| !text.is_empty())
        }
        _ => None,
    }
}

/// `group-supervision` → `Group supervision`
fn title_from_name(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
