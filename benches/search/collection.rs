//! A judged collection, and the project made of it.
//!
//! In: `docs.jsonl` {id, title, body}, `queries.jsonl` {id, text}, `qrels.tsv` (query, document, grade). Out: pages named
//! by the document's number, so that an answer's address leads back to it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde_json::Value;

/// One document.
pub(crate) struct Document {
    pub id: String,
    pub title: String,
    pub body: String,
}

/// One query with the grades of its documents, by their number.
pub(crate) struct Query {
    pub text: String,
    pub grades: HashMap<usize, f64>,
}

/// A collection in memory.
pub(crate) struct Collection {
    pub documents: Vec<Document>,
    /// Only those with a judged document.
    pub queries: Vec<Query>,
}

/// The collections in a folder, or the folder itself.
pub(crate) fn below(folder: &Path) -> Vec<PathBuf> {
    if folder.join("docs.jsonl").is_file() {
        return vec![folder.to_owned()];
    }
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.join("docs.jsonl").is_file())
        .collect();
    found.sort();
    found
}

impl Collection {
    /// Reads a folder; one without a query that has a judged document measures nothing and is an error.
    pub(crate) fn read(folder: &Path) -> io::Result<Self> {
        let documents: Vec<Document> = lines(folder, "docs.jsonl")?
            .iter()
            .map(|value| Document { id: text(value, "id"), title: text(value, "title"), body: text(value, "body") })
            .collect();
        let numbers: HashMap<&str, usize> =
            documents.iter().enumerate().map(|(number, document)| (document.id.as_str(), number)).collect();
        let mut grades: HashMap<String, HashMap<usize, f64>> = HashMap::new();
        for line in fs::read_to_string(folder.join("qrels.tsv"))?.lines() {
            let mut columns = line.split('\t');
            let (Some(query), Some(document), grade) = (columns.next(), columns.next(), columns.next()) else {
                continue;
            };
            let grade: f64 = grade.and_then(|grade| grade.trim().parse().ok()).unwrap_or(1.0);
            if let Some(number) = numbers.get(document).filter(|_| grade > 0.0) {
                grades.entry(query.to_owned()).or_default().insert(*number, grade);
            }
        }
        let queries = lines(folder, "queries.jsonl")?;
        let queries: Vec<Query> = queries
            .iter()
            .filter_map(|value| {
                Some(Query { text: text(value, "text"), grades: grades.get(&text(value, "id"))?.clone() })
            })
            .filter(|query| !query.text.trim().is_empty())
            .collect();
        if queries.is_empty() {
            return Err(io::Error::other(
                "no query of queries.jsonl has a judged document in qrels.tsv and docs.jsonl",
            ));
        }
        Ok(Self { documents, queries })
    }

    /// One Markdown page for each document.
    pub(crate) fn write_project(&self, folder: &Path) -> io::Result<()> {
        let content = folder.join("content");
        fs::create_dir_all(&content)?;
        fs::write(folder.join("guidepost.yaml"), "title: Collection\n")?;
        for (number, document) in self.documents.iter().enumerate() {
            let title = document.title.replace(char::is_control, " ");
            let title = if title.trim().is_empty() { "untitled" } else { title.trim() };
            let page = format!("---\ntitle: {}\n---\n\n{}\n", Value::from(title), escaped(document.body.trim()));
            fs::write(content.join(format!("d{number}.md")), page)?;
        }
        Ok(())
    }
}

fn lines(folder: &Path, name: &str) -> io::Result<Vec<Value>> {
    let text = fs::read_to_string(folder.join(name))?;
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).map_err(io::Error::other))
        .collect()
}

/// Text, or a number as it is written.
fn text(value: &Value, key: &str) -> String {
    match &value[key] {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// The text as Markdown whose words are those of the text. Signs that begin comments, directives and addresses become
/// spaces: they divide words in any case, and a build refuses some of what they begin.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        if matches!(c, '<' | ':' | '：') || c.is_control() && c != '\n' {
            out.push(' ');
            continue;
        }
        if c.is_ascii_punctuation() && !matches!(c, ',' | '\'' | '"' | ';' | '?' | '/' | '%' | '@') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The numbers of the documents in one line of answers, best first.
pub(crate) fn documents_of(line: &str) -> io::Result<Vec<usize>> {
    let answer: Value = serde_json::from_str(line).map_err(io::Error::other)?;
    let urls = answer["results"].as_array().into_iter().flatten().filter_map(|row| row["url"].as_str());
    // Pages of the program's own are no documents, and still take their place.
    Ok(urls.map(|url| url.trim_start_matches('d').trim_end_matches('/').parse().unwrap_or(usize::MAX)).collect())
}
