//! `guidepost search`: what the site's search box would answer, with the same ranking.
//!
//! In: words, or a file with a query a line. Out: results for people, or a JSON object a line. Where several sites are
//! built, each answers every query and is named; where one is, the answer is exactly that of its search box.

use std::collections::BTreeSet;
use std::io::IsTerminal;

use serde_json::{Map, Value, json};

use super::args::{Common, FormatName, Search};
use super::{Outcome, print, print_exactly, project, report};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::error::Error;
use crate::pipeline::{self, Build, Memo};
use crate::search::{Answer, Call, Engine, Index, Typed, index};
use crate::site::Site;

/// Runs the command.
pub(crate) fn run(arguments: &Search, common: &Common) -> Result<Outcome, Error> {
    let queries = queries(arguments)?;
    let project = project::open(common, None, false)?;
    let memo = Memo::default();
    let built = pipeline::build(&project.origin, &project.options, Some(&memo), project::timings())
        .map_err(|source| Error::Read { path: common.root.clone(), source })?;
    if cannot_answer(&built) {
        report::diagnostics(&errors(built), &project.origin, common, false)?;
        return Ok(Outcome::Faulty);
    }
    let sites: Vec<(&Site, Index)> =
        built.sites.iter().map(|built| (&built.site, index(&built.site, &memo.analyses))).collect();
    let engines: Vec<(&Site, Engine<'_>)> = sites.iter().map(|(site, index)| (*site, Engine::new(index))).collect();
    let typed = if arguments.typing { Typed::Unfinished } else { Typed::Finished };
    let mut text = String::new();
    for query in &queries {
        if queries.len() > 1 && !matches!(common.format, FormatName::Json) {
            text.push_str(&format!("# {query}\n"));
        }
        for (site, engine) in &engines {
            let answer = engine.answer(query, arguments.limit, typed);
            let site = (engines.len() > 1).then_some(*site);
            match common.format {
                FormatName::Json => text.push_str(&format!("{}\n", to_json(query, site, &answer))),
                FormatName::Human | FormatName::Short => for_people(site, &answer, &mut text),
            }
        }
    }
    if matches!(common.format, FormatName::Json) {
        print_exactly(&text)?
    } else {
        print(&text)?
    }
    let errors = errors(built);
    if errors.is_empty() {
        return Ok(Outcome::Fine);
    }
    // What would be answered is worth knowing; that nothing would be published, too.
    report::diagnostics(&errors, &project.origin, common, false)?;
    Ok(Outcome::Faulty)
}

fn errors(built: Build) -> Vec<Diagnostic> {
    built.problems.into_iter().filter(|problem| problem.severity == Severity::Error).collect()
}

/// Whether there is no site, or not every site that was asked for: what is left could be taken for the answer.
fn cannot_answer(built: &Build) -> bool {
    built.sites.is_empty() || built.problems.iter().any(|problem| problem.code == Code::UnknownAuthority)
}

fn queries(arguments: &Search) -> Result<Vec<String>, Error> {
    let wrong = |option: &str, given: String, cure: &str| {
        Err(Error::BadOption { option: option.to_owned(), given, cure: cure.to_owned() })
    };
    if arguments.limit == 0 {
        return wrong("--limit", arguments.limit.to_string(), "write how many pages to print, from 1");
    }
    if let Some(file) = &arguments.batch {
        let unread = |source| Error::Read { path: file.clone(), source };
        let text = String::from_utf8(std::fs::read(file).map_err(unread)?).map_err(|error| {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
            let cure = format!("line {line} has a letter that is not UTF-8; save the file as UTF-8 text");
            unread(std::io::Error::new(std::io::ErrorKind::InvalidData, cure))
        })?;
        let queries: Vec<String> = text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
        if queries.is_empty() {
            return wrong("--batch", file.display().to_string(), "write a query on each line of that file");
        }
        return Ok(queries);
    }
    if arguments.words.iter().all(|word| word.trim().is_empty()) {
        let cure = "write the words to look for, or `--batch FILE` with a query a line";
        return wrong("guidepost search", String::new(), cure);
    }
    Ok(vec![arguments.words.join(" ")])
}

fn to_json(query: &str, site: Option<&Site>, answer: &Answer<'_>) -> Value {
    let mut out = Map::new();
    out.insert("query".into(), json!(query));
    if let Some(id) = site.and_then(|site| site.edition.authority.as_ref()) {
        out.insert("site".into(), json!(id));
    }
    let results = answer.results.iter().map(|found| {
        let mut row = Map::new();
        row.insert("url".into(), json!(found.url));
        row.insert("title".into(), json!(found.title));
        if let Some(lang) = found.lang {
            row.insert("lang".into(), json!(lang));
        }
        row.insert("kind".into(), json!(found.kind));
        for (key, value) in [("heading", &found.heading), ("anchor", &found.anchor)] {
            if !value.is_empty() {
                row.insert(key.into(), json!(value));
            }
        }
        row.insert("score".into(), json!(found.score));
        row.insert("excerpt".into(), json!(found.excerpt.iter().map(|piece| piece.text.as_str()).collect::<String>()));
        Value::Object(row)
    });
    out.insert("results".into(), results.collect());
    if !answer.corrected.is_empty() {
        out.insert(
            "corrected".into(),
            answer.corrected.iter().map(|(typed, meant)| (typed.clone(), json!(meant))).collect::<Map<_, _>>().into(),
        );
    }
    if !answer.dropped.is_empty() {
        out.insert("dropped".into(), json!(answer.dropped));
    }
    if let Some(pages) = answer.looked_at {
        out.insert("looked_at".into(), json!(pages));
    }
    if !answer.routes.is_empty() {
        out.insert("routes".into(), answer.routes.iter().map(route).collect());
    }
    Value::Object(out)
}

fn route(shown: &crate::search::Shown<'_>) -> Value {
    use crate::search::Level;
    let call = |call: &Call| json!({ "name": call.name, "text": call.text, "href": call.href });
    let mut out = Map::new();
    out.insert("id".into(), json!(shown.route.id));
    out.insert("title".into(), json!(shown.route.title));
    out.insert("url".into(), json!(shown.route.url));
    out.insert("level".into(), json!(shown.level.word()));
    if let Some(emergency) = shown.route.emergency.as_ref().filter(|_| shown.level == Level::Immediate) {
        out.insert("emergency".into(), call(emergency));
    }
    if let Some(phone) = &shown.route.phone {
        out.insert("phone".into(), call(phone));
    }
    Value::Object(out)
}

fn for_people(site: Option<&Site>, answer: &Answer<'_>, text: &mut String) {
    let bold = if std::io::stdout().is_terminal() { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    if let Some(site) = site {
        let id = site.edition.authority.as_deref().unwrap_or_default();
        text.push_str(&format!("{}{} ({id}){}\n", bold.0, site.input.organisation, bold.1));
    }
    for shown in &answer.routes {
        let phone = shown
            .route
            .emergency
            .iter()
            .filter(|_| shown.level == crate::search::Level::Immediate)
            .chain(&shown.route.phone);
        let numbers: Vec<&str> = phone.map(|call| call.text.as_str()).collect();
        text.push_str(&format!("! {} ({}) {}\n", shown.route.title, numbers.join(", "), shown.route.url));
    }
    for (typed, meant) in &answer.corrected {
        text.push_str(&format!("Results for `{meant}` instead of `{typed}`\n"));
    }
    let mut named = BTreeSet::new();
    for word in answer.dropped.iter().filter(|word| named.insert(*word)) {
        text.push_str(&format!("No page mentions `{word}`\n"));
    }
    if let Some(pages) = answer.looked_at {
        text.push_str(&format!("Only the first {pages} pages that have all these words were looked at\n"));
    }
    if answer.results.is_empty() {
        text.push_str("Nothing found\n");
    }
    for (at, found) in answer.results.iter().enumerate() {
        let heading = if found.heading.is_empty() { String::new() } else { format!(" › {}", found.heading) };
        let anchor = if found.anchor.is_empty() { String::new() } else { format!("#{}", found.anchor) };
        text.push_str(&format!(
            "{:>2}. {}{}{}{heading}\n    /{}{anchor}\n",
            at + 1,
            bold.0,
            found.title,
            bold.1,
            found.url
        ));
        let excerpt: String = found
            .excerpt
            .iter()
            .map(|piece| if piece.mark { format!("{}{}{}", bold.0, piece.text, bold.1) } else { piece.text.clone() })
            .collect();
        if !excerpt.is_empty() {
            text.push_str(&format!("    {excerpt}\n"));
        }
    }
}
