//! The fields a kind may have: a closed set of types, read from `fields:`.
//!
//! In: located maps. Out: [`Field`]s. Every type a theme has to print is named here; a new one is a change of code.

use serde_json::{Map, Value, json};

use super::fields::{Fields, text_of, unknown_choice};
use super::value::{Data, Located};
use super::vocabulary::Visibility;
use crate::diagnostics::{Code, Diagnostic};

/// One field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its key in front matter.
    pub name: String,
    /// What stands before it on the page.
    pub label: String,
    /// What it holds.
    pub field_type: FieldType,
    /// Whether a page without it is useless.
    pub required: bool,
    /// Who may see it.
    pub visibility: Visibility,
    /// A sentence for authors.
    pub help: Option<String>,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldType {
    /// Plain text.
    Text,
    /// Text with Markdown.
    Markdown,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// `2026-05-01`
    Date,
    /// `12 months`
    Duration,
    /// One of these words, each with its label.
    Choice(Vec<(String, String)>),
    /// Any number of these.
    List(Box<FieldType>),
    /// Several fields together.
    Record(Vec<Field>),
    /// The content path of another page.
    Page,
    /// The id of a contact.
    Contact,
    /// The name of a fact that is a role.
    Role,
    /// A file beside the page, or from the content root.
    File,
    /// `https://…`
    Url,
    /// An e-mail address.
    Email,
    /// A telephone number of the United Kingdom.
    Phone,
}

/// Types that need no more than their name.
const SIMPLE: &[(&str, FieldType)] = &[
    ("text", FieldType::Text),
    ("markdown", FieldType::Markdown),
    ("integer", FieldType::Integer),
    ("boolean", FieldType::Boolean),
    ("date", FieldType::Date),
    ("duration", FieldType::Duration),
    ("page", FieldType::Page),
    ("contact", FieldType::Contact),
    ("role", FieldType::Role),
    ("file", FieldType::File),
    ("url", FieldType::Url),
    ("email", FieldType::Email),
    ("phone", FieldType::Phone),
];

/// The front-matter keys of every page and section. A field of a kind may have none of these names.
pub const KEYS: &[&str] = &[
    "title",
    "summary",
    "kind",
    "slug",
    "order",
    "nav",
    "template",
    "lang",
    "translation_of",
    "based_on",
    "audience",
    "visibility",
    "status",
    "withdrawn",
    "publish_on",
    "expires_on",
    "owner",
    "reviewed_on",
    "review_every",
    "standing",
    "changes",
    "topics",
    "aliases",
    "related",
    "sensitive",
    "search",
    "allow_html",
    "child_kind",
    "sort",
    "cascade",
];

/// Keys of other programs that are honoured. A field may have none of these names either.
pub const FOREIGN_KEYS: [&str; 4] = ["draft", "publishDate", "expiryDate", "unlisted"];

impl FieldType {
    /// The word an author of a kind writes.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Choice(_) => "choice",
            Self::List(_) => "list",
            Self::Record(_) => "record",
            simple => SIMPLE.iter().find(|(_, known)| known == simple).map_or("text", |(word, _)| word),
        }
    }
}

/// Reads the map of fields below `key`. `own` says that they stand beside the common keys of a page.
pub(super) fn read_fields<'a>(fields: &mut Fields<'a>, key: &'a str, own: bool) -> Vec<Field> {
    let Some(mut map) = fields.map(key) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for entry in map.entries() {
        if let Some(problem) = bad_name(&entry.key, own) {
            map.report(problem, entry.key_extent);
        }
        let mut one = map.open_item(&entry.value, &format!("the field `{}`", entry.key));
        let label = one.required("label", "write the words that stand before it on the page", Fields::text);
        let required = one.boolean("required").is_some_and(|word| word.value);
        let visibility = one.choice("visibility", Visibility::WORDS).map_or(Visibility::Public, |word| word.value);
        let help = one.text("help").map(|text| text.value);
        let field_type = read_type(&mut one);
        one.finish();
        out.push(Field {
            name: entry.key.clone(),
            label: label.map_or_else(|| entry.key.clone(), |text| text.value),
            field_type,
            required,
            visibility,
            help,
        });
    }
    out
}

fn bad_name(name: &str, own: bool) -> Option<Diagnostic> {
    let plain = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if !plain {
        let message = format!("`{name}` cannot be the name of a field");
        return Some(
            Diagnostic::new(Code::BadValue, message).help("use small letters, digits and `_`, beginning with a letter"),
        );
    }
    (own && (KEYS.contains(&name) || FOREIGN_KEYS.contains(&name))).then(|| {
        let message = format!("`{name}` is a key of every page and cannot be a field of a kind");
        Diagnostic::new(Code::ReservedField, message).help("give the field another name")
    })
}

/// Reads `type` and what belongs to it. A type that cannot be read is text.
fn read_type(fields: &mut Fields<'_>) -> FieldType {
    let Some(word) = fields.required("type", "write `type: text`, or another type", Fields::text) else {
        skip_parts(fields);
        return FieldType::Text;
    };
    match word.value.as_str() {
        "choice" => FieldType::Choice(read_choices(fields)),
        "list" => FieldType::List(Box::new(read_item_type(fields))),
        "record" => {
            let known = fields.required("fields", "name the parts of the record below `fields:`", Fields::raw);
            FieldType::Record(if known.is_some() { read_fields(fields, "fields", false) } else { Vec::new() })
        }
        name => simple(name).unwrap_or_else(|| {
            fields.report(unknown_type("type", name), word.extent);
            skip_parts(fields);
            FieldType::Text
        }),
    }
}

/// Marks the keys of types as read where the type itself is wrong: one message is enough.
fn skip_parts(fields: &mut Fields<'_>) {
    for key in ["of", "fields", "choices"] {
        fields.raw(key);
    }
}

fn read_item_type(fields: &mut Fields<'_>) -> FieldType {
    let help = "say what each item of the list is, such as `of: text`";
    let Some(Located { data, extent }) = fields.required("of", help, Fields::raw) else {
        return FieldType::Text;
    };
    match data {
        Data::Map(_) => {
            let Some(mut item) = fields.map("of") else {
                return FieldType::Text;
            };
            let field_type = read_type(&mut item);
            item.finish();
            field_type
        }
        _ => {
            let name = fields.text("of").map(|text| text.value).unwrap_or_default();
            let needs = match name.as_str() {
                "choice" => Some("choices"),
                "list" => Some("of"),
                "record" => Some("fields"),
                _ => None,
            };
            if let Some(key) = needs {
                let help = format!("write `of: {{type: {name}, {key}: …}}`");
                fields.report(Diagnostic::new(Code::MissingField, format!("`{key}` is missing")).help(help), *extent);
                return FieldType::Text;
            }
            simple(&name).unwrap_or_else(|| {
                fields.report(unknown_type("of", &name), *extent);
                FieldType::Text
            })
        }
    }
}

fn read_choices(fields: &mut Fields<'_>) -> Vec<(String, String)> {
    let help = "write each choice with its label: `choices: {yes: \"Yes\"}`";
    let Some(value) = fields.required("choices", help, Fields::raw) else {
        return Vec::new();
    };
    let Some(mut map) = fields.map("choices") else {
        return Vec::new();
    };
    let entries = map.entries();
    if entries.is_empty() && matches!(value.data, Data::Map(_)) {
        map.report(
            Diagnostic::new(Code::EmptyValue, "`choices` offers nothing to choose from").help(help),
            value.extent,
        );
    }
    let mut out = Vec::new();
    for entry in entries {
        match text_of(&entry.value) {
            Some(label) => out.push((entry.key.clone(), label)),
            None => {
                let message = format!("the choice `{}` has no label", entry.key);
                map.report(Diagnostic::new(Code::EmptyValue, message).help(help), entry.key_extent);
            }
        }
    }
    out
}

fn simple(name: &str) -> Option<FieldType> {
    SIMPLE.iter().find(|(word, _)| *word == name).map(|(_, field_type)| field_type.clone())
}

fn unknown_type(key: &str, given: &str) -> Diagnostic {
    let mut names: Vec<&str> = SIMPLE.iter().map(|(word, _)| *word).collect();
    names.extend(["choice", "list", "record"]);
    unknown_choice(key, given, &names)
}

/// Fields for templates of a site that may show this much: `[{name, label, type, of?, fields?, choices?}]`.
pub(super) fn schema_of(fields: &[Field], visibility: Visibility) -> Value {
    let one = |field: &Field| {
        let mut out = Map::new();
        out.insert("name".into(), json!(field.name));
        out.insert("label".into(), json!(field.label));
        describe(&field.field_type, visibility, &mut out);
        Value::Object(out)
    };
    Value::Array(fields.iter().filter(|field| field.visibility <= visibility).map(one).collect())
}

fn describe(field_type: &FieldType, visibility: Visibility, out: &mut Map<String, Value>) {
    out.insert("type".into(), json!(field_type.word()));
    match field_type {
        FieldType::Choice(choices) => {
            let labels = choices.iter().map(|(id, label)| (id.clone(), json!(label))).collect();
            out.insert("choices".into(), Value::Object(labels));
        }
        FieldType::List(item) => {
            let mut of = Map::new();
            describe(item, visibility, &mut of);
            out.insert("of".into(), Value::Object(of));
        }
        FieldType::Record(fields) => {
            out.insert("fields".into(), schema_of(fields, visibility));
        }
        _ => {}
    }
}
