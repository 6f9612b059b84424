//! Lists that documents take from the program: diagnostics, and what templates see.
//!
//! In: a document with `<!-- generated: NAME -->` … `<!-- end -->`. Out: the same with what belongs between the two.

use std::fmt::Write as _;
use std::fs;

use guidepost::diagnostics::{Code, Severity};

use super::root;

/// The document with its lists filled.
pub(super) fn fill(text: &str) -> String {
    let (opening, end) = ("<!-- generated: ", "<!-- end -->");
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(opening) {
        let (name, after) = after.split_once(" -->\n").expect("a list has a name");
        let (_, after) = after.split_once(end).expect("a list has an end");
        let list = match name {
            "diagnostics" => diagnostics(),
            "views" => views(),
            name => panic!("there is no list `{name}`"),
        };
        write!(out, "{before}{opening}{name} -->\n\n{}\n\n{end}", list.trim()).unwrap();
        rest = after;
    }
    out + rest
}

/// Every code by name: its severity, and why it exists.
fn diagnostics() -> String {
    let mut codes = Code::ALL.to_vec();
    codes.sort_by_key(|code| code.name());
    let mut out = String::new();
    for code in codes {
        let severity = match code.severity() {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
            Severity::Info => "Info",
            Severity::Off => "Off",
        };
        let guarded = if code.guarded() { ". Guards people’s safety: its level cannot be lowered" } else { "" };
        writeln!(out, "### `{}`\n\n{severity}{guarded}.\n\n{}\n", code.name(), code.why()).unwrap();
    }
    out
}

/// Every view with its fields, from the comments of the file that is the contract.
fn views() -> String {
    let source = fs::read_to_string(root().join("src/render/view.rs")).unwrap();
    let mut out = String::new();
    let (mut comment, mut skipped) = (String::new(), false);
    for line in source.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("///") {
            comment.push_str(words);
        } else if line == "#[serde(skip)]" {
            skipped = true;
        } else if let Some(name) = line.strip_prefix("pub struct ").and_then(|rest| rest.strip_suffix(" {")) {
            writeln!(out, "### {name}\n\n{}\n\n| name | holds | what it is |\n|---|---|---|", plain(&comment)).unwrap();
            comment.clear();
        } else if let Some((name, holds)) =
            line.strip_prefix("pub ").and_then(|rest| rest.strip_suffix(',')?.split_once(": "))
        {
            if !skipped {
                writeln!(out, "| `{name}` | {} | {} |", spoken(holds), plain(&comment).replace('|', "\\|")).unwrap();
            }
            (comment, skipped) = (String::new(), false);
        } else if line == "}" {
            out.push('\n');
        } else if !line.starts_with("#[") {
            comment.clear();
        }
    }
    out
}

/// A comment without its links into the code.
fn plain(comment: &str) -> String {
    comment.trim().replace("[`", "`").replace("`]", "`")
}

/// What a type is to somebody who writes templates.
fn spoken(holds: &str) -> String {
    let inside = |name: &str| holds.strip_prefix(name).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inside("Option<") {
        return format!("{}, or nothing", spoken(inner));
    }
    if let Some(inner) = inside("Vec<") {
        return format!("list of {}", spoken(inner));
    }
    match holds {
        "String" | "&'static str" => "text".to_owned(),
        "bool" => "true or false".to_owned(),
        "usize" => "number".to_owned(),
        "Value" => "map".to_owned(),
        "BTreeMap<String, String>" => "map of text".to_owned(),
        view => format!("[{view}](#{})", view.to_lowercase()),
    }
}
