//! Names that differ from council to council, declared once: `facts:` of the project and of each authority.
//!
//! In: the map below `facts:`. Out: [`Facts`] by name. A fact is never empty.

use std::collections::BTreeMap;

use super::fields::{Fields, text_of};
use super::value::{Data, Entry};
use crate::diagnostics::{Code, Diagnostic, Extent};

/// One fact: `area: the borough`, or a role `{singular: social worker, plural: social workers}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fact {
    /// The text, of a role its singular.
    pub value: String,
    /// The plural of a role.
    pub plural: Option<String>,
    /// Where it stands in its file.
    pub extent: Extent,
}

/// Facts by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Facts(BTreeMap<String, Fact>);

impl Facts {
    /// Reads `facts:` of a map that is being read.
    pub fn read<'a>(fields: &mut Fields<'a>) -> Self {
        let mut facts = BTreeMap::new();
        if let Some(mut map) = fields.map("facts") {
            for entry in map.entries() {
                if let Some(fact) = read_fact(entry, &mut map) {
                    facts.insert(entry.key.clone(), fact);
                }
            }
        }
        Self(facts)
    }

    /// One fact.
    pub fn get(&self, name: &str) -> Option<&Fact> {
        self.0.get(name)
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Fact)> {
        self.0.iter().map(|(name, fact)| (name.as_str(), fact))
    }

    /// These facts with those of `upper` in place of theirs of the same name.
    #[must_use]
    pub fn laid_over(&self, upper: &Self) -> Self {
        let mut facts = self.0.clone();
        facts.extend(upper.0.clone());
        Self(facts)
    }
}

fn read_fact(entry: &Entry, map: &mut Fields<'_>) -> Option<Fact> {
    let extent = entry.value.extent;
    match &entry.value.data {
        Data::Map(_) => {
            let mut role = map.open_item(&entry.value, &format!("`{}`", entry.key));
            let help = "write {singular: social worker, plural: social workers}";
            let value = role.required("singular", help, Fields::text);
            let plural = role.text("plural").map(|text| text.value);
            role.finish();
            Some(Fact { value: value?.value, plural, extent })
        }
        _ => match text_of(&entry.value) {
            Some(value) if !value.trim().is_empty() => Some(Fact { value, plural: None, extent }),
            _ => {
                let code = if matches!(entry.value.data, Data::List(_)) { Code::WrongType } else { Code::EmptyValue };
                let message = format!("the fact `{}` has no text", entry.key);
                map.report(
                    Diagnostic::new(code, message).help("write one text after the colon, or remove the line"),
                    entry.key_extent,
                );
                None
            }
        },
    }
}
