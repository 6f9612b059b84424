//! Texts nobody writes, and texts cut off in the middle.

use super::super::{Plain, write};
use crate::markdown::tests::{check_shape, problems, read};

const RICH: &str = include_str!("rich.md");

fn html(text: &str) -> String {
    let (tree, _) = read(text);
    let mut out = String::new();
    write(&tree, 0..tree.nodes.len(), &Plain, &mut out);
    out
}

#[test]
fn the_rich_text_is_whole() {
    assert_eq!(problems(RICH), Vec::<String>::new());
}

#[test]
fn a_text_cut_off_anywhere_still_gives_a_page() {
    for end in (0..RICH.len()).filter(|end| RICH.is_char_boundary(*end)) {
        let (tree, found) = read(&RICH[..end]);
        check_shape(&tree);
        assert!(found.iter().all(|problem| problem.code.name() != "markdown-unreadable"), "at {end}");
        let mut out = String::new();
        write(&tree, 0..tree.nodes.len(), &Plain, &mut out);
    }
}

#[test]
fn a_text_that_begins_anywhere_still_gives_a_page() {
    for start in (0..RICH.len()).filter(|start| RICH.is_char_boundary(*start)) {
        let (_, found) = read(&RICH[start..]);
        assert!(found.iter().all(|problem| problem.code.name() != "markdown-unreadable"), "at {start}");
    }
}

#[test]
fn depth_is_capped() {
    for text in [
        ">".repeat(10_000) + "x",
        "- ".repeat(10_000) + "x",
        "*a ".repeat(5_000) + &"b*".repeat(5_000),
        (0..3_000).map(|_| ":::note\n").collect(),
        "> - ".repeat(5_000) + "x",
        "[".repeat(10_000) + "x",
        "[^1]: > ".repeat(5_000) + "x",
    ] {
        let out = html(&text);
        assert!(out.len() < 10_000_000);
    }
    assert!(problems(&(">".repeat(200) + "x")).iter().any(|problem| problem.starts_with("nested-too-deeply")));
    assert_eq!(problems(&(">".repeat(90) + "x")), Vec::<String>::new());
    assert!(html(&(">".repeat(500) + "deep text")).contains("<p>deep text</p>"));
}

#[test]
fn an_internal_block_too_deep_is_an_error() {
    let text = ">".repeat(120) + " :::internal\n";
    let (_, found) = read(&text);
    assert!(found.iter().any(|problem| problem.code.name() == "nested-too-deeply" && problem.code.guarded()));
}

#[test]
fn nothing_costs_more_than_its_length() {
    let started = std::time::Instant::now();
    for text in [
        ":term[".repeat(50_000),
        "_www.".repeat(50_000),
        "a@".repeat(100_000),
        "xhttp://a.b/".repeat(20_000),
        ":contact[x]{a=\"".repeat(20_000),
        ")".repeat(100_000) + "http://a.b/" + &")".repeat(100_000),
        "<?\n".to_owned() + &"::children\n\n".repeat(2_000),
        ":::note\n:::\n".repeat(20_000),
        "a[^1]".repeat(20_000) + "\n\n[^1]: x",
        "*[A]: b\n".repeat(2_000) + &"A ".repeat(20_000),
        "http://a.b/&a;&a;".repeat(20_000),
    ] {
        html(&text);
    }
    // Generous: a debug build on a busy machine. What is squared takes minutes.
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn forged_markers_are_raw_html() {
    for text in ["<?>\n", "<?  ?>\n", "<? ?>\n:::note\n:::\n<?>\n", "\u{1}:x\n:y\n", "\0:::note\n:::\n"] {
        html(text);
    }
    assert_eq!(problems("<?>\n\n<?   ?>\n"), Vec::<String>::new());
}
