//! Nothing of what the public may not see is in a public site: no byte, no name, no number, no order.
//!
//! In: the project `tests/leaks/`, where everything internal holds the word `canary`, everything that is absent by date
//! or status the word `sparrow`, and both stand between `«` and `»`, or in files with these words in their names. Out:
//! the site of the whole project, which must be byte for byte that of the project without them.

use std::collections::BTreeMap;

use guidepost::config::vocabulary::Visibility;
use guidepost::diagnostics::print::Format;
use guidepost::pipeline::Options;

use crate::built::{Built, built, files_of, memory, options, repository};
use crate::index_files::index_texts;

const INTERNAL: &str = "canary";
const ABSENT: &str = "sparrow";

type Files = BTreeMap<String, Vec<u8>>;

fn project() -> Files {
    files_of(&repository("tests/leaks"))
}

fn edit(files: Files, text: impl Fn(&str) -> String) -> Files {
    let edited = |bytes: Vec<u8>| match String::from_utf8(bytes) {
        Ok(whole) => text(&whole).into_bytes(),
        Err(error) => error.into_bytes(),
    };
    files.into_iter().map(|(name, bytes)| (name, edited(bytes))).collect()
}

/// With everything in it, only the marks removed.
fn whole() -> Files {
    edit(project(), |text| text.replace(['«', '»'], ""))
}

/// Without what the public may not see.
fn cut() -> Files {
    let mut files = project();
    files.retain(|name, _| !name.contains(INTERNAL) && !name.contains(ABSENT));
    edit(files, |text| {
        let mut kept = String::new();
        for (at, part) in text.split('«').enumerate() {
            kept.push_str(if at == 0 { part } else { part.split_once('»').expect("closed").1 });
        }
        kept
    })
}

fn of(files: Files, options: &Options) -> Built {
    let site = built(&memory(files), options);
    assert!(!site.has_errors(), "{}", site.said(Format::Short));
    site
}

fn internal() -> Options {
    Options { visibility: Visibility::Internal, ..options() }
}

/// The paths that hold a word, in their name or in their bytes, without case. Of the search index its words and texts
/// are read.
fn holding(site: &Built, word: &str) -> Vec<String> {
    let held = site.files.iter().filter(|(path, bytes)| {
        path.to_lowercase().contains(word) || String::from_utf8_lossy(bytes).to_lowercase().contains(word)
    });
    let index = index_texts(site).to_lowercase().contains(word).then(|| "the search index".to_owned());
    held.map(|(path, _)| path.clone()).chain(index).collect()
}

#[test]
fn a_public_site_holds_no_word_of_what_it_may_not_show() {
    let site = of(whole(), &options());
    assert_eq!(holding(&site, INTERNAL), [""; 0]);
    assert_eq!(holding(&site, ABSENT), [""; 0]);
}

#[test]
fn words_of_the_index_can_be_read() {
    let found = holding(&of(whole(), &internal()), INTERNAL);
    assert_eq!(found.last().map(String::as_str), Some("the search index"));
}

#[test]
fn a_public_site_is_the_same_without_it() {
    let (with, without) = (of(whole(), &options()), of(cut(), &options()));
    assert_eq!(with.paths(), without.paths());
    let differing: Vec<String> = with
        .files
        .iter()
        .filter(|(path, bytes)| without.files[*path] != **bytes)
        .map(|(path, bytes)| {
            let (a, b) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&without.files[path]));
            let line = a.lines().zip(b.lines()).find(|(a, b)| a != b);
            format!("{path}: {line:#?}")
        })
        .collect();
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn an_internal_site_shows_what_is_internal_and_nothing_unfinished() {
    let site = of(whole(), &internal());
    // Otherwise the two tests above would prove nothing.
    for path in [
        "canary-page/index.html",
        "visits/index.html",
        "canary-section/canary-child/index.html",
        "changes/index.html",
        "changes/feed.xml",
    ] {
        assert!(site.text(path).to_lowercase().contains(INTERNAL), "{path}");
    }
    assert_eq!(holding(&site, ABSENT), [""; 0]);
    assert!(site.text("robots.txt").contains("Disallow: /"));
    assert!(!site.files.contains_key("sitemap.xml"));
    // A feed by a date that only staff see.
    assert!(site.files.contains_key("visits/feed.xml"));
    assert!(!of(whole(), &options()).files.contains_key("visits/feed.xml"));
    assert!(site.text("canary-page/index.html").contains("noindex"));
}

#[test]
fn every_canary_can_be_seen_by_somebody() {
    let site = of(whole(), &internal());
    let all: String = site.files.values().map(|bytes| String::from_utf8_lossy(bytes).to_lowercase()).collect();
    let words = whole().into_values().filter_map(|bytes| String::from_utf8(bytes).ok());
    let mut numbered: Vec<String> = words
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect::<Vec<_>>())
        .filter(|word| word.strip_prefix(INTERNAL).is_some_and(|number| number.parse::<u32>().is_ok()))
        .collect();
    numbered.sort();
    numbered.dedup();
    assert!(numbered.len() >= 25, "{numbered:?}");
    let unseen: Vec<&String> = numbered.iter().filter(|word| !all.contains(word.as_str())).collect();
    assert!(unseen.is_empty(), "on no internal page either: {unseen:?}");
}

#[test]
fn a_page_whose_settings_cannot_be_read_is_on_no_site() {
    for broken in [
        "---\ntitle: \"Canary\nvisibility: internal\n---\nCanary",
        "---\ntitle: Canary\nvisibility: intrenal\n---\nCanary",
        "---\ntitle: Canary\nvisibility: [internal]\n---\nCanary",
        "---\ntitle: Canary\nvisibility:\n---\nCanary",
        "---\ntitle: Canary\nVisibility: internal\n---\nCanary",
        "---\ntitle: Canary\nstatus: drafft\n---\nCanary",
        "---\ntitle: Canary\ndraft: yes\n---\nCanary",
        "---\ntitle: Canary\npublish_on: soon\n---\nCanary",
        "---\ntitle: Canary\nvisibility: internal\n\nCanary",
        "---\n\ttitle: Canary\nvisibility: internal\n---\nCanary",
        "---\ntitle: A\n---\n:::internal\nCanary",
        "---\rtitle: Canary\rvisibility: internal\r---\rCanary",
        "---\ntitle: Canary\rvisibility: internal\n---\nCanary",
        "\n---\ntitle: Canary\nvisibility: internal\n---\nCanary",
        " ---\ntitle: Canary\nvisibility: internal\n---\nCanary",
        "—-\ntitle: Canary\nvisibility: internal\n—-\nCanary",
        "--\ntitle: Canary\nvisibility: internal\n--\nCanary",
        "----\ntitle: Canary\nvisibility: internal\n----\nCanary",
        "++\ntitle = \"Canary\"\nvisibility = \"internal\"\n++\nCanary",
        "---\ntitle: Canary\nvisibility : internal\n---\nCanary",
        "---\ntitle: Canary\n\"visibility\": internal\n---\nCanary",
        "---\ntitle: Canary\nvisibility: Internal\n---\nCanary",
        "---\ntitle: Canary\nvisibility: \"internal \"\n---\nCanary",
        "---\ntitle: A\nsummary: Canary\nstatus: Draft\n---\n",
        "---\ntitle: Canary\n{visibility: internal}\n---\nCanary",
        "---\n# visibility below\n\ntitle: Canary\n\nvisibility: internal\n---\nCanary",
        "---\ntitle: A\n---\n::: internl\nCanary\n:::",
        "\n\n---\ntitle: Canary\nvisibility: internal\n---\nCanary",
        "----\ntitle: Canary\nvisibility: internal\n----\nCanary",
        "  ---\n  visibility: internal\n  ---\nCanary",
        "title: Canary\nvisibility: internal\n\nCanary",
        "---\rvisibility: internal\r---\rCanary",
        "---\ntitle: Canary\n---\n---\nstatus: draft\n---\nCanary",
        "# A\n\n- [ ] :::internal\n      Canary\n      :::\n",
        "# A\n\nOne :internal[Canary] two.\n",
        "# A\n\n| a |\n|---|\n| :::internal Canary ::: |\n",
        "# A\n\n## :::internal\n\nCanary\n",
        "# A\n\n：：：internal\nCanary\n：：：\n",
        "# A\n\n\u{200B}:::internal\nCanary\n:::\n",
        "# A\n\n<!-- Canary --> and text\n",
        "# A\n\n<div>\n<!-- Canary -->\n</div>\n",
        "# A\n\n<!-- Canary\n\ntext\n",
        "# A\n\ntext <!-- Canary\n\ntext -->\n",
    ] {
        let files = [
            ("guidepost.yaml".to_owned(), b"title: Guidance\n".to_vec()),
            ("content/one.md".to_owned(), b"# One\n".to_vec()),
            ("content/two.md".to_owned(), broken.as_bytes().to_vec()),
        ];
        let site = built(&memory(files), &options());
        // Either nothing is published, or nothing is in it.
        assert!(site.has_errors() || holding(&site, INTERNAL).is_empty(), "{broken}");
    }
}

#[test]
fn a_council_that_replaces_or_removes_a_section_uncovers_no_page_below_it() {
    for section in ["# Ours\n", "---\nstatus: absent\n---\n", "---\nvisibility: public\n---\n# Ours\n"] {
        for base in
            ["---\nvisibility: internal\n---\n# Memos\n", "---\ncascade: {visibility: internal}\n---\n# Memos\n"]
        {
            let files = [
                ("guidepost.yaml", "title: Guidance\n"),
                ("content/a.md", "# A\n"),
                ("content/memos/_index.md", base),
                ("content/memos/one.md", "# Canary\n"),
                ("content/memos/deep/two.md", "# Canary\n"),
                ("authorities/ferndale/authority.yaml", "name: Ferndale\n"),
                ("authorities/ferndale/content/memos/_index.md", section),
            ];
            let files = files.into_iter().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
            assert_eq!(holding(&of(files.collect(), &options()), INTERNAL), [""; 0], "{base}{section}");
        }
    }
}

#[test]
fn what_cannot_be_read_cannot_be_made_mild() {
    for code in [
        "yaml-syntax",
        "not-utf8",
        "unclosed-front-matter",
        "unclosed-quote",
        "unknown-choice",
        "wrong-type",
        "bad-date",
    ] {
        let files = [
            ("guidepost.yaml".to_owned(), format!("title: Guidance\nlevels: {{{code}: off}}\n").into_bytes()),
            ("content/one.md".to_owned(), b"# One\n".to_vec()),
        ];
        let site = built(&memory(files), &options());
        assert!(site.said(Format::Short).contains("error[guarded-level]"), "{code}");
    }
}

#[test]
fn what_holds_a_page_back_cannot_be_renamed() {
    let files = [
        ("guidepost.yaml", "title: Guidance\nfront_matter: {rename: {visibility: summary}}\n"),
        ("content/one.md", "---\nvisibility: internal\n---\n# Canary\n"),
    ];
    let site = built(&memory(files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))), &options());
    assert!(site.has_errors());
}

#[test]
fn a_withdrawn_page_keeps_no_summary() {
    let files = [
        ("guidepost.yaml", "title: Guidance\n"),
        ("content/_index.md", "# Home\n"),
        (
            "content/one.md",
            "---\ntitle: One\nsummary: Canary\nwithdrawn: {on: 2026-03-01}\nsearch: {keywords: [canary]}\n---\n",
        ),
    ];
    let site =
        of(files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into_iter().collect(), &options());
    assert_eq!(holding(&site, INTERNAL), [""; 0]);
}

#[test]
fn an_internal_page_of_a_council_does_not_uncover_the_one_below_it() {
    let files = [
        ("guidepost.yaml", "title: Guidance\n"),
        ("content/a.md", "# A\n"),
        ("content/b.md", "---\ntitle: Canary of the base\n---\n"),
        ("authorities/ferndale/authority.yaml", "name: Ferndale\n"),
        ("authorities/ferndale/content/b.md", "---\ntitle: Canary of Ferndale\nvisibility: internal\n---\n"),
    ];
    let site =
        of(files.into_iter().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).collect(), &options());
    assert_eq!(holding(&site, INTERNAL), [""; 0]);
}
