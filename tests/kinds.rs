//! A kind of page needs no Rust: a YAML file, and a template if it is to look like something.
//!
//! In: projects with kinds of their own. Out: their pages, as a reader sees them.

use std::fs;
use std::time::Duration;

use guidepost::diagnostics::print::Format;
use guidepost::pipeline::{Memo, Timings, build};
use guidepost::search::{Engine, Typed, index};
use guidepost::source::Memory;

use crate::built::{Built, built, files_of, memory, options, repository};

const LEAFLET: &str = "name: leaflet
label: Leaflet
plural: Leaflets
about: Something to hand out.
fields:
  size: {type: choice, label: Paper size, required: true, choices: {a4: A4 sheet, a5: A5 booklet}}
  printed_on: {type: date, label: Printed on}
  copies: {type: integer, label: Copies}
  free: {type: boolean, label: Free of charge}
  blurb: {type: markdown, label: On the back}
  languages: {type: list, of: text, label: Languages}
  printer: {type: record, label: Printer, fields: {name: {type: text, label: Name}, email: {type: email, label: E-mail}}}
example: |
  ---
  title: A leaflet
  kind: leaflet
  size: a4
  ---
";

const PAGE: &str = "---
title: Your first visit
kind: leaflet
size: a5
printed_on: 2026-05-01
copies: 500
free: true
blurb: Call **before** you come.
languages: [English, Polish]
printer: {name: Town Press, email: press@example.gov.uk}
---

To hand out at the door.
";

fn site(files: &[(&str, &str)]) -> Built {
    let shared = [("guidepost.yaml", "title: Guidance\n"), ("templates/kinds/leaflet.yaml", LEAFLET)];
    let built = built(&Memory::new(shared.into_iter().chain(files.iter().copied())), &options());
    assert_eq!(built.said(Format::Short), "");
    built
}

#[test]
fn a_kind_with_a_template_is_printed_by_it() {
    let template = "{% extends \"page.html\" %}{% block body %}<p class=\"leaflet\">{{ page.fields.size.label }}, \
                    {{ page.fields.copies }} copies of {{ page.title }}</p>{{ page.body | safe }}{% endblock %}";
    let site = site(&[("content/visit.md", PAGE), ("templates/kinds/leaflet.html", template)]);
    let html = site.text("visit/index.html");
    assert!(html.contains("<p class=\"leaflet\">A5 booklet, 500 copies of Your first visit</p>"), "{html}");
    assert!(html.contains("<p>To hand out at the door.</p>"));
    assert!(html.contains("data-kind=\"leaflet\""));
}

#[test]
fn a_kind_without_a_template_prints_all_its_fields() {
    let site = site(&[("content/visit.md", PAGE)]);
    let html = site.text("visit/index.html");
    let main = &html[html.find("<main").unwrap()..html.find("</main>").unwrap()];
    for shown in [
        "Paper size",
        "A5 booklet",
        "Printed on",
        "<time datetime=\"2026-05-01\">1 May 2026</time>",
        "Copies",
        "500",
        "Free of charge",
        "Yes",
        "On the back",
        "<strong>before</strong>",
        "Languages",
        "<li>Polish</li>",
        "Printer",
        "Town Press",
        "mailto:press@example.gov.uk",
    ] {
        assert!(main.contains(shown), "`{shown}` is not in\n{main}");
    }
}

#[test]
fn a_kind_is_listed_by_its_section() {
    let site = site(&[
        ("content/leaflets/_index.md", "---\ntitle: Leaflets\nchild_kind: leaflet\n---\n"),
        ("content/leaflets/visit.md", "---\ntitle: First visit\nsize: a4\n---\n"),
    ]);
    assert!(site.text("leaflets/index.html").contains("First visit"));
    assert!(site.text("leaflets/visit/index.html").contains("A4 sheet"));
}

#[test]
fn a_project_may_change_a_kind_of_the_theme() {
    let news = "name: news\nlabel: Notice\nplural: Notices\nabout: Notices.\nlist: links\nfields: {where: {type: text, label: Where}}\nexample: |\n  ---\n  title: A\n  ---\n";
    let site = site(&[
        ("templates/kinds/news.yaml", news),
        ("content/a.md", "---\ntitle: A\nkind: news\nwhere: Town hall\n---\n"),
    ]);
    assert!(site.files.contains_key("a/index.html"));
}

/// Every label and every heading of the sample is looked for; what is found under it must stand where the link leads.
#[test]
fn what_the_search_leads_to_is_on_the_page() {
    let content = files_of(&repository("content")).into_iter().map(|(name, bytes)| (format!("content/{name}"), bytes));
    let settings = fs::read(repository("guidepost.yaml")).unwrap();
    let files = memory(content.chain([("guidepost.yaml".to_owned(), settings)]));
    let site = built(&files, &options());
    let memo = Memo::default();
    let made = build(&files, &options(), Some(&memo), Timings::new(|| Duration::ZERO)).unwrap();
    let index = index(&made.sites[0].site, &memo.analyses);
    let engine = Engine::new(&index);
    let kinds = files_of(&repository("templates/kinds"));
    let texts = kinds.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect::<String>();
    let labels = texts.split("label: ").skip(1).map(|rest| rest.split([',', '}', '\n']).next().unwrap().to_owned());
    let headings = site.files.iter().filter(|(path, _)| path.ends_with(".html")).flat_map(|(_, html)| {
        let html = String::from_utf8_lossy(html).into_owned();
        let headings = html.split("</h2>").filter_map(|part| Some(part.rsplit_once('>')?.1.to_owned()));
        headings.collect::<Vec<_>>()
    });
    let mut looked_at = 0;
    for query in labels.chain(headings) {
        for found in engine.answer(&query, usize::MAX, Typed::Finished).results {
            let id = format!("id=\"{}\"", found.anchor);
            let html = site.text(&format!("{}index.html", found.url));
            assert!(found.anchor.is_empty() || html.contains(&id), "{query}: {}#{}", found.url, found.anchor);
            looked_at += usize::from(!found.anchor.is_empty());
        }
    }
    assert!(looked_at > 1000, "{looked_at}");
}
