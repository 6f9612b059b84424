//! The theme's scripts in a site: ours with short names, those that a project brings with their own.
//!
//! In: projects built in memory. Out: the texts of their scripts.

use guidepost::source::builtin;

use crate::built::{built, memory, options};

/// The script that searches, in a project with these files of the theme.
fn search(theme: &[(&str, &str)]) -> String {
    let mut files = vec![("guidepost.yaml".to_owned(), b"title: Guidance\n".to_vec())];
    files.push(("content/index.md".to_owned(), b"---\ntitle: Home\n---\nText.\n".to_vec()));
    files.extend(theme.iter().map(|(name, text)| (format!("static/theme/{name}"), text.as_bytes().to_vec())));
    let site = built(&memory(files), &options());
    let is_search = |path: &&str| path.starts_with("assets/search.") && path.ends_with(".js");
    site.text(site.paths().into_iter().find(is_search).unwrap()).to_owned()
}

fn ours(name: &str) -> &'static str {
    let (_, bytes) = builtin::below("static/theme").find(|(file, _)| *file == name).unwrap();
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn our_scripts_have_short_names() {
    let script = search(&[]);
    assert!(ours("search.js").contains("function snowball(") && !script.contains("snowball"), "{script}");
    // All that searches is in it.
    for part in ["DecompressionStream", "aria-activedescendant", "data-template", "popstate"] {
        assert!(script.contains(part), "{part}");
    }
    assert!(!script.contains("atob"), "without a host alone");
}

#[test]
fn a_script_that_a_project_brings_keeps_its_names() {
    let script = search(&[("search-page.js", "// Ours.\n(() => {\n  const longName = (1);\n  f(longName);\n})()")]);
    assert!(script.contains("\n;(()=>{const longName=(1);f(longName);})()"), "{script}");
    assert!(script.contains("DecompressionStream") && !script.contains("snowball"), "{script}");
}

#[test]
fn a_copy_of_our_script_is_ours() {
    assert!(search(&[("search-page.js", ours("search-page.js"))]) == search(&[]));
}
