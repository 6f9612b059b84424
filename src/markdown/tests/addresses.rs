//! Bare addresses, after GFM's extended autolinks, and links as a list.

use super::super::links::links;
use super::{read, tree};

fn targets(text: &str) -> Vec<String> {
    let (tree, _) = read(text);
    links(&tree).map(|link| link.target.to_owned()).collect()
}

#[test]
fn addresses_become_links() {
    assert_eq!(
        tree("See https://example.org/a_b_c, or (www.example.org).\n"),
        "paragraph\n  \"See \"\n  link https://example.org/a_b_c bare=true \"https://example.org/a_b_c\"\n    \"https://example.org/a_b_c\"\n  \", or (\"\n  link http://www.example.org bare=true \"www.example.org\"\n    \"www.example.org\"\n  \").\"\n"
    );
    assert_eq!(targets("write to a.b+c@example.org.uk."), ["mailto:a.b+c@example.org.uk"]);
    assert_eq!(targets("<https://example.org> <a@example.org>"), ["https://example.org", "mailto:a@example.org"]);
    assert_eq!(targets("http://example.org/?a=1&amp;b=2&copy;"), ["http://example.org/?a=1&b=2"]);
    assert_eq!(targets("https://en.wikipedia.org/wiki/A_(b))"), ["https://en.wikipedia.org/wiki/A_(b)"]);
    assert_eq!(targets("HTTPS://EXAMPLE.ORG \"http://example.org\""), ["HTTPS://EXAMPLE.ORG"]);
    assert_eq!(targets("**www.example.org**"), ["http://www.example.org"]);
}

#[test]
fn an_address_shows_what_it_leads_to() {
    let (tree, _) = read("http://example.org/?a=1&amp;b=2&copy=3");
    assert_eq!(tree.text, "http://example.org/?a=1&b=2&copy=3");
}

#[test]
fn what_is_no_address_stays_text() {
    for text in [
        "www.",
        "www",
        "http://",
        "https:// x",
        "xhttp://a.b",
        "awww.example.org",
        "a@b",
        "@example.org",
        "a@example.",
        "a@b@",
        "ftp://example.org",
        "www..org",
        "http://_a._b",
        "javascript:alert(1)",
        "`www.example.org`",
        "a@-",
        "::",
        "a@b.c_",
    ] {
        assert_eq!(targets(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn links_hold_no_links() {
    assert_eq!(targets("[www.example.org](a.md) [a@example.org](b.md)"), ["a.md", "b.md"]);
    assert_eq!(targets("![www.example.org](a.png)"), ["a.png"]);
}

#[test]
fn targets_come_decoded_and_in_order() {
    assert_eq!(targets("[a](b&amp;c) ![d](<e f> \"t\") [g]\n\n[g]: h\\*i\n"), ["b&c", "e f", "h*i"]);
    let (tree, _) = read("[a](b) ![c](d)");
    assert_eq!(links(&tree).map(|link| link.image).collect::<Vec<_>>(), [false, true]);
}
