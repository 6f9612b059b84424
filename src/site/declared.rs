//! Names of what is declared once: contacts, reporting routes, facts, words of the glossary.
//!
//! In: a name that a page uses. Out: a diagnostic where nothing of that name is declared, with the nearest name.

use super::resolve::Resolver;
use crate::diagnostics::{Code, Diagnostic, Span, suggest};

impl Resolver<'_> {
    pub(super) fn check_contact(&mut self, id: &str, span: Span) {
        let contacts = &self.site.input.records.contacts;
        if contacts.get(id).is_none() {
            self.problem(unknown_contact(id, contacts.keys()), span);
        }
    }

    pub(super) fn check_route(&mut self, id: &str, span: Span) {
        if !self.site.routes.iter().any(|route| route.id == id) {
            let near = suggest(id, self.site.routes.iter().map(|route| route.id.as_str()));
            let help = near.map_or_else(
                || "write the file name, without .md, of a page of the kind `route`".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            self.problem(
                Diagnostic::new(Code::UnknownRoute, format!("there is no reporting route `{id}`")).help(help),
                span,
            );
        }
    }

    pub(super) fn check_fact(&mut self, key: &str, written: &str, span: Span) {
        let facts = &self.site.input.facts;
        if facts.get(key).is_some() {
            return;
        }
        let authority = self.site.edition.authority.as_deref();
        let who = authority.map_or_else(|| "guidepost.yaml".to_owned(), |id| format!("the authority `{id}`"));
        let file = authority.map_or_else(String::new, |id| format!(" in authorities/{id}/authority.yaml"));
        let help = suggest(key, facts.iter().map(|(name, _)| name)).map_or_else(
            || format!("add `{key}:` under `facts:`{file}"),
            |near| format!("did you mean `{}`?", near.strip_prefix("role_").filter(|_| key != written).unwrap_or(near)),
        );
        self.problem(
            Diagnostic::new(Code::MissingFact, format!("this page needs the fact `{key}`, and {who} does not have it"))
                .help(help),
            span,
        );
    }

    pub(super) fn check_term(&mut self, word: &str, span: Span) {
        let glossary = &self.site.input.records.glossary;
        if glossary.iter().any(|term| term.is_called(word)) {
            return;
        }
        let names =
            glossary.iter().flat_map(|term| std::iter::once(term.term.as_str()).chain(term.abbreviation.as_deref()));
        let help = suggest(word, names).map_or_else(
            || "add it to content/_data/glossary.yaml".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        self.problem(Diagnostic::new(Code::UnknownTerm, format!("the glossary has no term `{word}`")).help(help), span);
    }
}

/// The answer to an id that no contact has.
pub(super) fn unknown_contact<'a>(id: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let help = suggest(id, known)
        .map_or_else(|| "add it to content/_data/contacts.yaml".to_owned(), |near| format!("did you mean `{near}`?"));
    Diagnostic::new(Code::UnknownContact, format!("there is no contact `{id}`")).help(help)
}
