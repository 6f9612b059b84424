//! `authorities/<id>/authority.yaml`: one council's name, facts and brand.
//!
//! In: the located values of the file, and the project it belongs to. Out: an [`Authority`]; facts and brand lie
//! over the project's.

use std::sync::Arc;

use super::brand::Brand;
use super::facts::Facts;
use super::fields::Fields;
use super::project::{Project, base_url};
use super::value::Located;
use crate::diagnostics::Diagnostic;

/// A council whose site is built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// The name of its folder.
    pub id: String,
    /// Its name for readers.
    pub name: String,
    /// `https://…/`, with exactly one slash at its end.
    pub base_url: Option<String>,
    /// Its facts over the project's.
    pub facts: Facts,
    /// Its brand over the project's.
    pub brand: Brand,
    /// The file all of this was read from.
    pub file: Arc<str>,
}

impl Authority {
    /// Reads one authority. `id` is the name of its folder.
    pub fn read(id: &str, file: &Arc<str>, value: &Located, project: &Project, problems: &mut Vec<Diagnostic>) -> Self {
        let mut fields = Fields::open(file, value, "authority.yaml", problems);
        let name = fields.required("name", "write the council's name as readers know it", Fields::text);
        let authority = Self {
            id: id.to_owned(),
            name: name.map_or_else(|| id.to_owned(), |text| text.value),
            base_url: base_url(&mut fields),
            facts: project.facts.laid_over(&Facts::read(&mut fields)),
            brand: Brand::read(&mut fields, &project.brand),
            file: Arc::clone(file),
        };
        fields.finish();
        authority
    }

    /// The one nameless authority of a project without `authorities/`.
    pub fn of_project(project: &Project) -> Self {
        Self {
            id: String::new(),
            name: project.name.clone().unwrap_or_else(|| project.title.clone()),
            base_url: project.base_url.clone(),
            facts: project.facts.clone(),
            brand: project.brand.clone(),
            file: Arc::clone(&project.file),
        }
    }
}
