//! Where keys and values stand.

use super::super::super::value::{Data, Located};
use super::{LIMIT, read, read_text, told};

/// Every key and scalar with the text of its place.
fn places(value: &Located, text: &str, out: &mut Vec<String>) {
    match &value.data {
        Data::Map(entries) => {
            for entry in entries {
                out.push(format!("key {}", &text[entry.key_extent.range()]));
                places(&entry.value, text, out);
            }
        }
        Data::List(items) => items.iter().for_each(|item| places(item, text, out)),
        _ => out.push(text[value.extent.range()].to_owned()),
    }
}

#[test]
fn every_way_of_writing_a_value_has_its_place() {
    let text = "---\n# about\ntitle: Plain text # said\n\"quoted\": 'it''s'\nlong: one\n  two\n\n  three\nlist:\n- a: 1\n  b: [x, \"y, z\", {k: v}]\n-   c\n-\n  - d\nblock: |\n  line\n\n    more\n# end\nfold: >-\n    text\nempty:\nlast: é\u{2019}\n";
    let (value, problems) = read_text(text);
    assert_eq!(problems, vec![]);
    let mut found = Vec::new();
    places(&value.unwrap(), text, &mut found);
    let expected = [
        "key title",
        "Plain text",
        "key \"quoted\"",
        "'it''s'",
        "key long",
        "one\n  two\n\n  three",
        "key list",
        "key a",
        "1",
        "key b",
        "x",
        "\"y, z\"",
        "key k",
        "v",
        "c",
        "d",
        "key block",
        "|\n  line\n\n    more",
        "key fold",
        ">-\n    text",
        "key empty",
        "",
        "key last",
        "é\u{2019}",
    ];
    assert_eq!(found, expected);
}

#[test]
fn windows_line_ends_change_no_place() {
    let text = "a: one\r\nb:\r\n  - two\r\nc: |\r\n  three\r\n";
    let (value, problems) = read_text(text);
    assert_eq!(problems, vec![]);
    let mut found = Vec::new();
    places(&value.unwrap(), text, &mut found);
    assert_eq!(found, ["key a", "one", "key b", "two", "key c", "|\r\n  three"]);
}

#[test]
fn the_base_is_added() {
    let mut problems = Vec::new();
    let value = read(&std::sync::Arc::from("a.md"), "a: @b\n", 100, LIMIT, &mut problems).unwrap();
    assert_eq!((value.extent.start, value.extent.end), (100, 105));
    assert_eq!(problems[0].span.as_ref().unwrap().extent.start, 103);
}

#[test]
fn numbers_whose_digits_would_be_lost_stay_text() {
    let (value, _) = read_text("a: +441632960000\nb: 1.10\nc: 1.5\nd: 007\ne: 12\nf: .nan\n");
    assert_eq!(
        super::plain(&value.unwrap()),
        r#"{"a": "+441632960000", "b": "1.10", "c": Float(1.5), "d": "007", "e": Integer(12), "f": ".nan"}"#
    );
}

#[test]
fn too_large_and_too_deep_are_refused_at_once() {
    let told_large = told(&"a".repeat(LIMIT + 1));
    assert_eq!(
        told_large,
        ["too-large 1:1 this is larger than 64 KiB / move text out of it, or split it into several files"]
    );
    for deep in ["[".repeat(60_000), "- ".repeat(30_000), "a: [{".repeat(9_000), "{a: ".repeat(9_000)] {
        let (value, problems) = read_text(&deep);
        assert!(value.is_none() && problems.iter().any(|p| p.message.contains("nested more than 64")), "{problems:?}");
    }
}

#[test]
fn a_bomb_is_never_unfolded() {
    let mut bomb = "a0: &a0 [x, x]\n".to_owned();
    for n in 1..30 {
        bomb += &format!("a{n}: &a{n} [*a{}, *a{}]\n", n - 1, n - 1);
    }
    let (_, problems) = read_text(&bomb);
    assert!(problems.iter().all(|problem| problem.code.name() == "yaml-alias"));
    assert_eq!(problems.len(), 30 + 58);
}
