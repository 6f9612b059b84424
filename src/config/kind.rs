//! Kinds of pages as data: `templates/kinds/<kind>.yaml`.
//!
//! In: the texts of those files, built-in ones first. Out: [`Kinds`]. A later file replaces an earlier one of the
//! same name whole. A kind that has mistakes is kept as far as it can be read, so that its pages are still checked.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::field_type::{Field, read_fields, schema_of};
use super::fields::{Fields, Spanned};
use super::value::{Data, Located};
use super::vocabulary::{Audience, Visibility, words};
use super::yaml;
use crate::diagnostics::{Code, Diagnostic, Extent};

/// The most bytes the file of a kind may have.
const LIMIT: usize = 256 * 1024;

/// A kind of page.
#[derive(Clone, Debug, PartialEq)]
pub struct Kind {
    /// What authors write after `kind:`; the name of its file.
    pub name: String,
    /// One page of it, for readers.
    pub label: String,
    /// Many of them, for readers.
    pub plural: String,
    /// When authors use it.
    pub about: String,
    /// Whom its pages are for unless they say otherwise; empty where the kind does not say.
    pub audience: Vec<Audience>,
    /// Who may see its pages unless they say otherwise.
    pub visibility: Visibility,
    /// How a section lists its pages.
    pub list: ListStyle,
    /// Whether its pages have a contents list.
    pub contents: bool,
    /// Its own fields, in the order they are printed.
    pub fields: Vec<Field>,
    /// A whole page, to copy from.
    pub example: String,
    /// The file it was read from.
    pub file: Arc<str>,
}

words! {
    /// How a section lists its pages.
    #[derive(Default)]
    ListStyle {
        /// Titles and summaries.
        #[default]
        Links "links"
        /// Boxes with titles and summaries.
        Cards "cards"
        /// In order, each with its number.
        Numbered "numbered"
        /// Newest first, each with its date.
        Dated "dated"
        /// The questions of all pages.
        Questions "questions"
        /// Ways to report a concern.
        Routes "routes"
    }
}

impl Kind {
    /// A kind without fields.
    fn plain(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            label: name.to_owned(),
            plural: name.to_owned(),
            about: String::new(),
            audience: Vec::new(),
            visibility: Visibility::Public,
            list: ListStyle::Links,
            contents: true,
            fields: Vec::new(),
            example: String::new(),
            file: Arc::from(""),
        }
    }

    /// Its field of this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Its fields for templates of a site that may show this much: `[{name, label, type, of?, fields?, choices?}]`.
    pub fn to_schema_value(&self, visibility: Visibility) -> Value {
        schema_of(&self.fields, visibility)
    }

    /// All of it that templates of such a site may print: `{name, label, plural, list, fields}`.
    pub fn to_template_value(&self, visibility: Visibility) -> Value {
        let mut out = Map::new();
        out.insert("name".into(), json!(self.name));
        out.insert("label".into(), json!(self.label));
        out.insert("plural".into(), json!(self.plural));
        out.insert("list".into(), json!(self.list.word()));
        out.insert("fields".into(), self.to_schema_value(visibility));
        Value::Object(out)
    }
}

/// Every kind of a project, by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kinds(BTreeMap<String, Arc<Kind>>);

impl Kinds {
    /// Reads the files of all kinds; a later file replaces an earlier one of the same name.
    pub fn read(files: impl IntoIterator<Item = (Arc<str>, impl AsRef<str>)>, problems: &mut Vec<Diagnostic>) -> Self {
        let mut kinds = BTreeMap::new();
        for (file, text) in files {
            let kind = read_kind(&file, text.as_ref(), problems);
            kinds.insert(kind.name.clone(), Arc::new(kind));
        }
        Self(kinds)
    }

    /// The kind of this name.
    pub fn get(&self, name: &str) -> Option<&Arc<Kind>> {
        self.0.get(name)
    }

    /// The kind of this name; where a project has none, one without fields.
    pub fn get_or_plain(&self, name: &str) -> Arc<Kind> {
        self.get(name).cloned().unwrap_or_else(|| Arc::new(Kind::plain(name)))
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Kind>> {
        self.0.values()
    }

    /// Their names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

fn read_kind(file: &Arc<str>, text: &str, problems: &mut Vec<Diagnostic>) -> Kind {
    let stem = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".yaml").to_owned();
    let value = yaml::read(file, text, 0, LIMIT, problems);
    // Where nothing could be read, that has been said.
    let empty = Located { extent: Extent::default(), data: Data::Map(Vec::new()) };
    let mut quiet = Vec::new();
    let problems = if value.is_some() { problems } else { &mut quiet };
    let mut fields = Fields::open(file, value.as_ref().unwrap_or(&empty), "a kind", problems);
    let name = checked_name(&mut fields, &stem);
    let mut word = |key| {
        let text =
            fields.required(key, "every kind has a name, a label, a plural and a sentence about it", Fields::text);
        text.map(|text| text.value)
    };
    let label = word("label").unwrap_or_else(|| name.clone());
    let plural = word("plural").unwrap_or_else(|| label.clone());
    let about = word("about").unwrap_or_default();
    let (audience, visibility) = defaults(&mut fields);
    let list = fields.choice("list", ListStyle::WORDS).map_or(ListStyle::Links, |word| word.value);
    let contents = fields.boolean("contents").is_none_or(|word| word.value);
    let own = read_fields(&mut fields, "fields", true);
    let example = fields.text("example").map(|text| text.value).unwrap_or_default();
    fields.finish();
    Kind {
        name,
        label,
        plural,
        about,
        audience,
        visibility,
        list,
        contents,
        fields: own,
        example,
        file: Arc::clone(file),
    }
}

/// The name is that of the file: a kind under another name would be found by nobody.
fn checked_name(fields: &mut Fields<'_>, stem: &str) -> String {
    if let Some(Spanned { value, extent }) =
        fields.required("name", "write `name:` and the name of this file without .yaml", Fields::text)
        && value != stem
    {
        let message = format!("this kind is named `{value}`, but its file `{stem}.yaml`");
        fields.report(
            Diagnostic::new(Code::BadValue, message).help(format!("write `name: {stem}`, or rename the file")),
            extent,
        );
    }
    stem.to_owned()
}

fn defaults(fields: &mut Fields<'_>) -> (Vec<Audience>, Visibility) {
    let Some(mut map) = fields.map("defaults") else {
        return (Vec::new(), Visibility::Public);
    };
    let audience = map.choices("audience", Audience::WORDS).into_iter().map(|word| word.value).collect();
    let visibility = map.choice("visibility", Visibility::WORDS).map_or(Visibility::Public, |word| word.value);
    map.finish();
    (audience, visibility)
}

#[cfg(test)]
mod tests {
    use super::super::field_type::FieldType;
    use super::*;

    fn read_all(files: &[(&str, &str)]) -> (Kinds, Vec<String>) {
        let mut problems = Vec::new();
        let kinds = Kinds::read(files.iter().map(|(name, text)| (Arc::from(*name), *text)), &mut problems);
        (kinds, problems.into_iter().map(|problem| format!("{} {}", problem.code.name(), problem.message)).collect())
    }

    const HEAD: &str = "name: tool\nlabel: Tool\nplural: Tools\nabout: Use it for sheets.\n";

    #[test]
    fn reads_every_type() {
        let text = format!(
            "{HEAD}defaults: {{audience: [practitioners, partners], visibility: internal}}\nlist: cards\ncontents: false\nfields:\n  aim: {{type: markdown, label: Aim, required: true, help: Why}}\n  steps:\n    type: list\n    label: Steps\n    of:\n      type: record\n      fields:\n        title: {{type: text, label: Step}}\n        minutes: {{type: integer, label: Minutes, visibility: internal}}\n  state: {{type: choice, label: State, choices: {{a: A, b: B}}}}\n  contacts: {{type: list, label: Contacts, of: contact}}\nexample: |\n  x\n"
        );
        let (kinds, problems) = read_all(&[("templates/kinds/tool.yaml", &text)]);
        assert_eq!(problems, Vec::<String>::new());
        let kind = kinds.get("tool").unwrap();
        assert_eq!(
            (kind.audience.len(), kind.visibility, kind.contents, kind.list),
            (2, Visibility::Internal, false, ListStyle::Cards)
        );
        assert!(kind.field("aim").unwrap().required);
        assert_eq!(kind.field("contacts").unwrap().field_type, FieldType::List(Box::new(FieldType::Contact)));
        assert_eq!(
            kind.to_schema_value(Visibility::Internal).to_string(),
            r#"[{"name":"aim","label":"Aim","type":"markdown"},{"name":"steps","label":"Steps","type":"list","of":{"type":"record","fields":[{"name":"title","label":"Step","type":"text"},{"name":"minutes","label":"Minutes","type":"integer"}]}},{"name":"state","label":"State","type":"choice","choices":{"a":"A","b":"B"}},{"name":"contacts","label":"Contacts","type":"list","of":{"type":"contact"}}]"#
        );
    }

    #[test]
    fn a_public_site_does_not_even_hear_of_internal_fields() {
        let text = format!(
            "{HEAD}fields:\n  notes: {{type: text, label: Notes, visibility: internal}}\n  steps: {{type: list, label: Steps, of: {{type: record, fields: {{risk: {{type: text, label: Risk, visibility: internal}}}}}}}}\n"
        );
        let (kinds, problems) = read_all(&[("tool.yaml", &text)]);
        assert_eq!(problems, Vec::<String>::new());
        let kind = kinds.get("tool").unwrap();
        let public = kind.to_template_value(Visibility::Public).to_string();
        assert!(!public.contains("otes") && !public.contains("isk") && public.contains("Steps"), "{public}");
        assert!(kind.to_template_value(Visibility::Internal).to_string().contains("Risk"));
    }

    #[test]
    fn a_kind_cut_off_anywhere_is_still_a_kind() {
        let text = format!(
            "{HEAD}list: cards\nfields:\n  steps:\n    type: list\n    label: Steps\n    of:\n      type: record\n      fields: {{title: {{type: text, label: \"Step\"}}}}\n  state: {{type: choice, label: S, choices: {{a: A}}}}\n"
        );
        for end in 0..=text.len() {
            let (kinds, problems) = read_all(&[("tool.yaml", &text[..end])]);
            assert!(kinds.get("tool").is_some(), "{end}");
            assert!(!text[..end].contains("about") || end < text.len() || problems.is_empty(), "{problems:?}");
        }
    }

    #[test]
    fn a_later_file_replaces_an_earlier_one() {
        let (kinds, _) = read_all(&[("a/tool.yaml", HEAD), ("b/tool.yaml", &HEAD.replace("Tools", "Sheets"))]);
        assert_eq!((kinds.iter().count(), kinds.get("tool").unwrap().plural.as_str()), (1, "Sheets"));
    }

    #[test]
    fn names_every_mistake() {
        for (rest, told) in [
            (
                "fields:\n  title: {type: text, label: T}\n",
                "reserved-field `title` is a key of every page and cannot be a field of a kind",
            ),
            ("fields:\n  x: {type: txt, label: X}\n", "unknown-choice `type` cannot be `txt`"),
            ("fields:\n  x: {label: X}\n", "missing-field `type` is missing"),
            ("fields:\n  x: {type: text}\n", "missing-field `label` is missing"),
            ("fields:\n  x: {type: list, label: X}\n", "missing-field `of` is missing"),
            ("fields:\n  x: {type: list, label: X, of: choice}\n", "missing-field `choices` is missing"),
            ("fields:\n  x: {type: record, label: X}\n", "missing-field `fields` is missing"),
            (
                "fields:\n  x: {type: choice, label: X, choices: {}}\n",
                "empty-value `choices` offers nothing to choose from",
            ),
            ("fields:\n  Xy-z: {type: text, label: X}\n", "bad-value `Xy-z` cannot be the name of a field"),
            ("fields: [a]\n", "wrong-type `fields` must be keys and values, not a list"),
            ("fields:\n  x: {type: text, label: X, requird: true}\n", "unknown-key there is no key `requird` here"),
            ("list: grid\n", "unknown-choice `list` cannot be `grid`"),
            ("defaults: {audience: [parents]}\n", "unknown-choice `audience` cannot be `parents`"),
            ("contents: yes\n", "wrong-type `contents` must be true or false, not the text `yes`"),
            ("colour: red\n", "unknown-key there is no key `colour` here"),
        ] {
            let (_, problems) = read_all(&[("tool.yaml", &format!("{HEAD}{rest}"))]);
            assert_eq!(problems, [told], "{rest}");
        }
        let (_, problems) = read_all(&[("module.yaml", HEAD)]);
        assert_eq!(problems, ["bad-value this kind is named `tool`, but its file `module.yaml`"]);
        let (_, problems) = read_all(&[("tool.yaml", "")]);
        assert_eq!(problems.len(), 4, "name, label, plural and about: {problems:?}");
        let (kinds, problems) = read_all(&[("tool.yaml", "name: tool\nlabel: 'Tool\nplural: Tools\n")]);
        assert_eq!(
            problems,
            ["unclosed-quote the quote that opens here is never closed", "missing-field `about` is missing"]
        );
        assert!(kinds.get("tool").is_some());
    }
}
