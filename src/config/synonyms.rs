//! Words and phrases that mean the same: the shipped list, and what a project or an authority makes of it.
//!
//! In: `synonyms.yaml` of one layer. Out: [`Synonyms`], one layer or several laid over each other. What stays true: what
//! a layer forgets is gone from the layers below it and never from itself, so the order of lines means nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fields::{Fields, Spanned, text_of};
use super::value::{Data, Located};
use crate::diagnostics::{Code, Diagnostic, Extent, Span, suggest};
use crate::text::words::folded;

/// Words and phrases that mean the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Synonyms {
    /// Phrases of which each finds all others.
    pub groups: Vec<Vec<String>>,
    /// Names and what each finds besides itself; not the other way round.
    pub names: Vec<Vec<String>>,
    /// What the layers below must not say.
    forgotten: Vec<(Arc<str>, Spanned<String>)>,
}

impl Synonyms {
    /// Reads one file.
    pub fn read(file: &Arc<str>, value: &Located, problems: &mut Vec<Diagnostic>) -> Self {
        let mut synonyms = Self::default();
        let mut names: BTreeMap<String, Extent> = BTreeMap::new();
        for item in super::records::items(file, value, problems) {
            match &item.data {
                Data::Map(_) => synonyms.read_map(file, item, &mut names, problems),
                _ => synonyms.groups.extend(read_group(file, item, problems)),
            }
        }
        synonyms.check_names(file, &names, problems);
        synonyms
    }

    /// `for: MASH` with `find: integrated front door`, or `forget: CPC`.
    fn read_map(
        &mut self,
        file: &Arc<str>,
        item: &Located,
        names: &mut BTreeMap<String, Extent>,
        problems: &mut Vec<Diagnostic>,
    ) {
        let mut fields = Fields::open(file, item, "a line of synonyms.yaml", problems);
        if fields.raw("forget").is_some() {
            let forgotten = fields.texts("forget");
            fields.finish();
            self.forgotten.extend(forgotten.into_iter().map(|phrase| (Arc::clone(file), phrase)));
            return;
        }
        let name = fields.required("for", "write the name that people type: `for: MASH`", Fields::text);
        let found = fields.texts("find");
        if found.is_empty() && name.is_some() {
            let problem = Diagnostic::new(Code::MissingField, "`find` is missing");
            fields.report(
                problem.help("write what that name should find, too: `find: integrated front door`"),
                item.extent,
            );
        }
        fields.finish();
        let Some(name) = name.filter(|_| !found.is_empty()) else { return };
        for phrase in std::iter::once(&name).chain(&found) {
            if key(&phrase.value).is_empty() {
                problems.push(no_word(&phrase.value).at(Span::new(file, phrase.extent)));
                return;
            }
        }
        if let Some(itself) = found.iter().find(|phrase| key(&phrase.value) == key(&name.value)) {
            let problem = Diagnostic::new(Code::BadValue, format!("`{}` finds itself already", name.value));
            let problem = problem.help("after `find:`, write the name in use today");
            problems.push(problem.at(Span::new(file, itself.extent)));
            return;
        }
        if let Some(first) = names.insert(key(&name.value), name.extent) {
            let problem = Diagnostic::new(Code::DuplicateRecord, format!("`{}` is here twice", name.value))
                .also(Span::new(file, first), "it was given here first")
                .help("write all that it should find in one line: `find: [one name, another name]`");
            problems.push(problem.at(Span::new(file, name.extent)));
            return;
        }
        self.names.push(std::iter::once(name).chain(found).map(|phrase| phrase.value).collect());
    }

    /// A name that leads to a phrase one way, and back by a list of the same file: one of the two is not meant.
    fn check_names(&self, file: &Arc<str>, places: &BTreeMap<String, Extent>, problems: &mut Vec<Diagnostic>) {
        for name in &self.names {
            let both = |group: &&Vec<String>| {
                let has = |phrase: &String| group.iter().any(|other| key(other) == key(phrase));
                has(&name[0]) && name[1..].iter().any(has)
            };
            if let (Some(group), Some(extent)) = (self.groups.iter().find(both), places.get(&key(&name[0]))) {
                let message =
                    format!("`{}` leads one way here, and both ways in the list `{}`", name[0], group.join(", "));
                let problem = Diagnostic::new(Code::BadValue, message)
                    .help("keep the list if each should find the other, else take the name out of the list");
                problems.push(problem.at(Span::new(file, *extent)));
            }
        }
    }

    /// These with those of an upper layer over them.
    #[must_use]
    pub fn laid_over(&self, upper: Self) -> Self {
        let gone: Vec<String> = upper.forgotten.iter().map(|(_, phrase)| key(&phrase.value)).collect();
        let stays = |phrase: &&String| !gone.contains(&key(phrase));
        let kept = |group: &Vec<String>| group.iter().filter(stays).cloned().collect::<Vec<String>>();
        let mut groups: Vec<Vec<String>> = self.groups.iter().map(kept).filter(|group| group.len() > 1).collect();
        let mut names: Vec<Vec<String>> =
            self.names.iter().filter(|name| stays(&&name[0])).map(kept).filter(|name| name.len() > 1).collect();
        groups.extend(upper.groups);
        names.extend(upper.names);
        let forgotten = self.forgotten.iter().cloned().chain(upper.forgotten).collect();
        Self { groups, names, forgotten }
    }

    /// Names what is to be forgotten and was never said below.
    pub fn check_forgotten(&self, below: &Self, problems: &mut Vec<Diagnostic>) {
        let known = || below.groups.iter().chain(&below.names).flatten();
        for (file, phrase) in &self.forgotten {
            if known().any(|other| key(other) == key(&phrase.value)) {
                continue;
            }
            let help = suggest(&phrase.value, known().map(String::as_str)).map_or_else(
                || "write a word or phrase of a list below, as it stands there, or remove the line".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let problem = Diagnostic::new(Code::BadValue, format!("no list below this file has `{}`", phrase.value));
            problems.push(problem.at(Span::new(file, phrase.extent)).help(help));
        }
    }
}

fn read_group(file: &Arc<str>, item: &Located, problems: &mut Vec<Diagnostic>) -> Option<Vec<String>> {
    let words: Vec<Option<String>> = match &item.data {
        Data::List(words) => words.iter().map(text_of).collect(),
        _ => Vec::new(),
    };
    let problem = match words.into_iter().collect::<Option<Vec<String>>>().filter(|words| words.len() > 1) {
        None => Diagnostic::new(Code::WrongType, "synonyms are lists of two or more words or phrases")
            .help("write the words that mean the same in one list: `- [kids, children]`"),
        Some(group) => match group.iter().find(|phrase| key(phrase).is_empty()) {
            Some(empty) => no_word(empty),
            None if group.iter().any(|phrase| key(phrase) != key(&group[0])) => return Some(group),
            None => {
                Diagnostic::new(Code::BadValue, format!("search reads `{}` as one and the same", group.join("`, `")))
                    .help("capital letters, hyphens and apostrophes make no difference; remove the line")
            }
        },
    };
    problems.push(problem.at(Span::new(file, item.extent)));
    None
}

fn no_word(phrase: &str) -> Diagnostic {
    Diagnostic::new(Code::BadValue, format!("`{phrase}` has no letter or digit, so nobody can find it"))
        .help("write a word or a phrase")
}

/// What phrases are compared by.
fn key(phrase: &str) -> String {
    folded(phrase).join(" ")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Synonyms;
    use crate::config::yaml;
    use crate::diagnostics::Diagnostic;
    use crate::source::builtin;

    fn read(text: &str) -> (Synonyms, Vec<Diagnostic>) {
        let (file, mut problems) = (Arc::from("synonyms.yaml"), Vec::new());
        let value = yaml::read(&file, text, 0, 1 << 20, &mut problems).expect("valid YAML");
        let synonyms = Synonyms::read(&file, &value, &mut problems);
        (synonyms, problems)
    }

    #[test]
    fn what_is_forgotten_is_gone_from_below_and_not_from_the_same_file() {
        let (below, _) = read("- [CPC, child protection conference, case conference]\n- [SW, social worker]\n");
        let (upper, problems) = read("- [CPC, corporate parenting committee]\n- forget: [cpc, SW]\n");
        upper.check_forgotten(&below, &mut Vec::new());
        let both = below.laid_over(upper);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(
            both.groups,
            [["child protection conference", "case conference"], ["CPC", "corporate parenting committee"]]
        );
    }

    #[test]
    fn a_name_of_the_past_leads_one_way_and_can_be_forgotten() {
        let (below, problems) = read("- {for: MASH, find: [front door, one front door]}\n");
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(below.names, [["MASH", "front door", "one front door"]]);
        assert_eq!(below.laid_over(read("- forget: one front door\n").0).names, [["MASH", "front door"]]);
        assert!(below.laid_over(read("- forget: MASH\n").0).names.is_empty());
    }

    #[test]
    fn the_shipped_list_can_be_read() {
        let (_, bytes) =
            builtin::FILES.iter().find(|(name, _)| *name == "templates/search/synonyms.yaml").expect("it is shipped");
        let (shipped, problems) = read(std::str::from_utf8(bytes).expect("it is text"));
        assert!(problems.is_empty(), "{problems:?}");
        assert!(shipped.groups.len() > 100);
    }

    #[test]
    fn what_nobody_said_cannot_be_forgotten() {
        let (below, _) = read("- [kids, children]\n");
        for (text, found) in [("- forget: childern\n", 1), ("- forget: Kids\n", 0), ("- forget: [kids, adults]\n", 1)] {
            let mut problems = Vec::new();
            read(text).0.check_forgotten(&below, &mut problems);
            assert_eq!(problems.len(), found, "{text}: {problems:?}");
        }
    }
}
