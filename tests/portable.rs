//! A portable site is the same site with other names: it needs no host, and says nothing else.
//!
//! In: the repository's own sample, built both ways. Out: every link that would not be found in a folder, every word in
//! which the two differ, every file of the search that hands over other bytes.

use std::fs;

use guidepost::pipeline::Options;

use crate::built::{Built, built, files_of, memory, options, repository};

/// The sample as a site on a host, and as a folder.
fn both() -> [Built; 2] {
    let mut files = files_of(&repository("content"));
    files = files.into_iter().map(|(name, bytes)| (format!("content/{name}"), bytes)).collect();
    files.insert("guidepost.yaml".to_owned(), fs::read(repository("guidepost.yaml")).unwrap());
    let origin = memory(files);
    [false, true].map(|portable| {
        let base_url = Some("https://guidance.example.gov.uk/a/".to_owned());
        built(&origin, &Options { portable, base_url, ..options() })
    })
}

fn pages(site: &Built) -> impl Iterator<Item = (&str, &str)> {
    let pages = site.files.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()))
}

/// What stands in the attributes of a page that hold addresses, and behind `url=` at old addresses.
fn addresses(html: &str) -> impl Iterator<Item = &str> {
    let starts = [" href=\"", " src=\"", " action=\"", " data-engine=\"", " data-suggest=\"", "; url="];
    let behind = starts.into_iter().flat_map(|start| html.match_indices(start).map(|(at, start)| at + start.len()));
    behind.map(|from| html[from..].split('"').next().unwrap())
}

/// The file that a relative address names from a page, where there is nothing but a folder.
fn file_of(page: &str, address: &str) -> Option<String> {
    let mut path: Vec<&str> = page.split('/').collect();
    path.pop();
    for part in address.split(['#', '?']).next()?.split('/') {
        match part {
            "." => {}
            ".." => drop(path.pop()?),
            part => path.push(part),
        }
    }
    Some(path.join("/"))
}

#[test]
fn every_address_of_a_portable_site_is_that_of_a_file_in_it() {
    let [_, site] = both();
    let mut looked_at = 0;
    for (page, html) in pages(&site) {
        let elsewhere = ["https://", "http://", "tel:", "sms:", "mailto:", "#"];
        for address in addresses(html).filter(|address| !elsewhere.iter().any(|start| address.starts_with(start))) {
            looked_at += 1;
            let file = file_of(page, address);
            assert!(file.as_ref().is_some_and(|file| site.files.contains_key(file)), "{page}: {address} is {file:?}");
        }
    }
    assert!(looked_at > 1_900, "{looked_at}");
}

/// What an attribute has that stands on a page once.
fn attribute<'a>(html: &'a str, name: &str) -> &'a str {
    html.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap()
}

#[test]
fn a_portable_site_says_what_the_site_on_a_host_says() {
    let [hosted, portable] = both();
    let bare = |html: &str| match html.contains("data-core=") {
        true => html
            .replace(attribute(html, "data-core"), "index")
            .replace(attribute(html, "data-engine"), "engine")
            .replace("index.html", ""),
        false => html.replace("index.html", ""),
    };
    for (path, html) in pages(&hosted).filter(|(path, _)| *path != "404.html") {
        // A feed holds whole addresses, which a copy does not have.
        let html: String = html.split_inclusive('\n').filter(|line| !line.contains("application/atom+xml")).collect();
        assert_eq!(bare(portable.text(path)), bare(&html), "{path}");
    }
    let not_in = |left: &Built, right: &Built| -> Vec<String> {
        let missing = left.paths().into_iter().filter(|path| !right.files.contains_key(*path));
        missing.filter(|path| !path.starts_with("assets/search")).map(str::to_owned).collect()
    };
    let for_hosts =
        [".nojekyll", "_headers", "_redirects", "changes/feed.xml", "news/feed.xml", "robots.txt", "sitemap.xml"];
    assert_eq!(not_in(&hosted, &portable), for_hosts);
    assert_eq!(not_in(&portable, &hosted), [""; 0]);
}

#[test]
fn the_search_of_a_portable_site_is_given_the_same_bytes() {
    let [hosted, portable] = both();
    let [from, to] = [&hosted, &portable].map(|site| attribute(site.text("index.html"), "data-core").to_owned());
    let mut compared = 0;
    for (path, bytes) in hosted.files.iter().filter(|(path, _)| path.ends_with(".bin")) {
        let script = if *path == from { to.clone() } else { path.replace(".bin", ".js") };
        let text = portable.text(&script);
        let handed = text.strip_prefix(&format!("guidepost.search.put(\"{script}\",\""));
        let base64 = handed.and_then(|rest| rest.strip_suffix("\");\n")).unwrap_or_else(|| panic!("{script}"));
        assert!(decoded(base64) == *bytes, "{script}");
        compared += 1;
    }
    assert!(compared > 2, "{compared}");
    assert!(!portable.paths().iter().any(|path| path.ends_with(".bin")));
}

/// Base64 as browsers read it (RFC 4648, section 4).
fn decoded(base64: &str) -> Vec<u8> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    assert_eq!(base64.len() % 4, 0);
    let value = |letter: char| u32::try_from(LETTERS.find(letter).unwrap_or_else(|| panic!("{letter}"))).unwrap();
    let mut bits = base64.trim_end_matches('=').chars().map(value);
    let mut out = Vec::new();
    while let Some(first) = bits.next() {
        let rest: Vec<u32> = bits.by_ref().take(3).collect();
        let at = |place: usize| rest.get(place).copied().unwrap_or(0);
        let all = first << 18 | at(0) << 12 | at(1) << 6 | at(2);
        out.extend(all.to_be_bytes().into_iter().skip(1).take(rest.len()));
    }
    out
}

#[test]
fn two_portable_builds_are_the_same() {
    let [[_, first], [_, second]] = [both(), both()];
    assert!(first.files == second.files);
    assert_eq!(first.problems, second.problems);
}
