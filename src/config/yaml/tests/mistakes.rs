//! Every mistake with the exact words said about it, and what reading goes on with.

use super::{plain, read_text, told};

/// The text, the problems, the value that is left.
type Case = (&'static str, &'static [&'static str], &'static str);

#[test]
fn says_what_is_wrong_where_and_how_to_mend_it() {
    for (text, problems, value) in CASES {
        assert_eq!(told(text), *problems, "{text}");
        assert_eq!(read_text(text).0.map_or("nothing".to_owned(), |value| plain(&value)), *value, "{text}");
    }
}

#[test]
fn every_mistake_cut_off_anywhere_gives_a_value_or_a_problem() {
    for (text, ..) in CASES {
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            let (value, problems) = read_text(&text[..end]);
            let bare = text[..end].lines().all(|line| line.trim().is_empty() || line.starts_with('#'));
            assert!(value.is_some() || !problems.is_empty() || bare, "{:?}", &text[..end]);
        }
    }
}

const CASES: &[Case] = &[
    (
        "title: Safety: first\nsummary: ok\n",
        &[
            r#"yaml-syntax 1:14 a text with a colon and a space in it needs quotes / put the value in quotes: `"Safety: first"`"#,
        ],
        r#"{"title": "Safety: first", "summary": "ok"}"#,
    ),
    (
        "title:Text\nsummary: ok\n",
        &["yaml-syntax 1:1 there is no space after the colon of `title` / write `title: Text`"],
        r#"{"title": "Text", "summary": "ok"}"#,
    ),
    (
        "title: a\nsummary:Text\nkind: b\n",
        &["yaml-syntax 2:1 there is no space after the colon of `summary` / write `summary: Text`"],
        r#"{"title": "a", "summary": "Text", "kind": "b"}"#,
    ),
    (
        "title = Text\n",
        &["yaml-syntax 1:1 `title` is followed by `=`; a key is followed by a colon / write `title: Text`"],
        r#"{"title": "Text"}"#,
    ),
    (
        "\ttitle: a\n",
        &["yaml-tab 1:1 this line is indented with a tab / indent with spaces, two for each level"],
        r#"{"title": "a"}"#,
    ),
    (
        "a:\n\tb: 1\n\tc: 2\nd: 1\n",
        &[
            "yaml-tab 2:1 this line is indented with a tab / indent with spaces, two for each level",
            "yaml-tab 3:1 this line is indented with a tab / indent with spaces, two for each level",
        ],
        r#"{"a": {"b": Integer(1), "c": Integer(2)}, "d": Integer(1)}"#,
    ),
    (
        "title: \"open\nsummary: \"x\"\n",
        &[r#"unclosed-quote 1:8 the quote that opens here is never closed / put another `"` at the end of the text"#],
        r#"{"title": "open", "summary": "x"}"#,
    ),
    (
        "title: 'open\n",
        &["unclosed-quote 1:8 the quote that opens here is never closed / put another `'` at the end of the text"],
        r#"{"title": "open"}"#,
    ),
    (
        "title: 'Children's rights'\nb: 1\n",
        &[
            "yaml-syntax 1:18 there is more text after the closing quote / put one pair of double quotes around the whole value, and write quotes inside it as ‘ and ’",
        ],
        r#"{"title": "'Children's rights'", "b": Integer(1)}"#,
    ),
    (
        "title: \"Safety\" first\n",
        &[
            "yaml-syntax 1:17 there is more text after the closing quote / put one pair of double quotes around the whole value, and write quotes inside it as ‘ and ’",
        ],
        r#"{"title": "\"Safety\" first"}"#,
    ),
    (
        "a: &x 1\nb: *x\n",
        &[
            "yaml-alias 1:4 `&x` is a YAML anchor, which is not allowed here / write each value out; if it is meant as text, put the whole value in quotes",
            "yaml-alias 2:4 `*x` is a YAML alias, which is not allowed here / write the value out; if it is meant as text, put the whole value in quotes",
        ],
        r#"{"a": "1", "b": "*x"}"#,
    ),
    (
        "a: *x\n",
        &[
            "yaml-alias 1:4 `*x` is a YAML alias, which is not allowed here / write the value out; if it is meant as text, put the whole value in quotes",
        ],
        r#"{"a": "*x"}"#,
    ),
    (
        "a: **bold** text\n",
        &[
            "yaml-alias 1:4 `**bold**` is a YAML alias, which is not allowed here / write the value out; if it is meant as text, put the whole value in quotes",
        ],
        r#"{"a": "**bold** text"}"#,
    ),
    (
        "base: &b\n  x: 1\nc:\n  <<: *b\n",
        &[
            "yaml-alias 1:7 `&b` is a YAML anchor, which is not allowed here / write each value out; if it is meant as text, put the whole value in quotes",
            "yaml-alias 4:3 `<<` merges other keys into this place, which is not allowed here / write the keys out",
            "yaml-alias 4:7 `*b` is a YAML alias, which is not allowed here / write the value out; if it is meant as text, put the whole value in quotes",
        ],
        r#"{"base": {"x": Integer(1)}, "c": {}}"#,
    ),
    (
        "a: !!str 1\n",
        &[
            "yaml-tag 1:4 `!!str` is a YAML tag, which is not allowed here / remove it; if it is meant as text, put the whole value in quotes",
        ],
        r#"{"a": "1"}"#,
    ),
    (
        "a: 1\nb: 2\na: 3\n",
        &[
            "duplicate-key 3:1 `a` is given twice (1:1 it was given here first) / keep one of the two lines and remove the other",
        ],
        r#"{"a": Integer(1), "b": Integer(2)}"#,
    ),
    (
        "a: 1\n\"a\": 3\n",
        &[
            "duplicate-key 2:1 `a` is given twice (1:1 it was given here first) / keep one of the two lines and remove the other",
        ],
        r#"{"a": Integer(1)}"#,
    ),
    (
        "a: {x: 1, x: 2}\n",
        &[
            "duplicate-key 1:11 `x` is given twice (1:5 it was given here first) / keep one of the two lines and remove the other",
        ],
        r#"{"a": "{x: 1, x: 2}"}"#,
    ),
    (
        "a: @home\nb: `code`\nc: %x\n",
        &[
            "yaml-syntax 1:4 a value cannot start with `@` / put the whole value in quotes",
            "yaml-syntax 2:4 a value cannot start with a backtick / put the whole value in quotes",
            "yaml-syntax 3:4 a value cannot start with `%` / put the whole value in quotes",
        ],
        r#"{"a": "@home", "b": "`code`", "c": "%x"}"#,
    ),
    (
        "a: 1\n---\nb: 2\n",
        &[
            "yaml-syntax 2:1 a second YAML document begins here / keep one document in a file: remove this line or move what follows into its own file",
        ],
        r#"{"a": Integer(1)}"#,
    ),
    (
        "a: [x, y\nb: 2\n",
        &[
            "yaml-syntax 1:4 the `[` that opens here is never closed / put `]` after the last item, or quotes around the value if it is meant as text",
        ],
        r#"{"a": "[x, y", "b": Integer(2)}"#,
    ),
    (
        "a: {x: 1\nb: 2\n",
        &[
            "yaml-syntax 1:4 the `{` that opens here is never closed / put `}` after the last item, or quotes around the value if it is meant as text",
        ],
        r#"{"a": "{x: 1", "b": Integer(2)}"#,
    ),
    (
        "a: [Draft] text\n",
        &[
            "yaml-syntax 1:12 there is more text after the closing bracket / put the whole value in quotes if it is meant as text",
        ],
        r#"{"a": "[Draft] text"}"#,
    ),
    (
        "a: {{ title }}\nb: x\n",
        &["yaml-syntax 1:4 a value cannot start with `{{` or `{%` / put the whole value in quotes"],
        r#"{"a": "{{ title }}", "b": "x"}"#,
    ),
    ("? a\n: b\n", &[], r#"{"a": "b"}"#),
    (
        "a: - b\n",
        &[
            "yaml-syntax 1:4 a list cannot begin on the line of its key / put each `- item` on a line of its own below the key, or write `[item, item]`",
        ],
        r#"{"a": "- b"}"#,
    ),
    (
        "a: b\n  c: d\ne: f\n",
        &[
            "yaml-syntax 2:3 this line is indented as if it continued the text above it / begin it in the same column as the key above, or put the whole text in quotes",
        ],
        r#"{"a": "b", "e": "f"}"#,
    ),
    (
        "a:\n    b: 1\n  c: 2\nd: 3\n",
        &[
            "yaml-syntax 3:3 this line is indented differently from the lines around it / begin it in the same column as the line it belongs with, using spaces",
        ],
        r#"{"a": {"b": Integer(1)}, "d": Integer(3)}"#,
    ),
    (
        "a:\n  - x\n - y\nb: 1\n",
        &[
            "yaml-syntax 3:2 this line is indented differently from the lines around it / begin it in the same column as the line it belongs with, using spaces",
        ],
        r#"{"a": ["x"], "b": Integer(1)}"#,
    ),
    (
        "a:\n  - x\n  y\nb: 1\n",
        &[
            "yaml-syntax 3:3 this line is indented differently from the lines around it / begin it in the same column as the line it belongs with, using spaces",
        ],
        r#"{"a": ["x"], "b": Integer(1)}"#,
    ),
    (
        "a: 1\njust text\nb: 2\n",
        &[
            "yaml-syntax 2:1 this line has no `key:` in front / write `key: value`, or indent the line if it continues the text above",
        ],
        r#"{"a": Integer(1), "b": Integer(2)}"#,
    ),
    (
        "a: 1\n- b\n",
        &[
            "yaml-syntax 2:1 a list item stands among keys / put the item below the key of its list, or remove the text after that key",
        ],
        r#"{"a": Integer(1)}"#,
    ),
    (
        "- a\nb: 1\n",
        &[
            "yaml-syntax 2:1 this line does not belong to what stands above it / give it the same indentation and the same form as the lines above",
        ],
        r#"["a"]"#,
    ),
    (
        "a: \"C:\\Users\"\nb: 1\n",
        &["yaml-syntax 1:9 this quoted text cannot be read / use single quotes, or write each backslash twice"],
        r#"{"a": "\"C:\\Users\"", "b": Integer(1)}"#,
    ),
    (
        "a: \"\\x\"\n",
        &["yaml-syntax 1:7 this quoted text cannot be read / use single quotes, or write each backslash twice"],
        r#"{"a": "\"\\x\""}"#,
    ),
    (
        "a: | text\n  b\n",
        &[
            "yaml-syntax 1:6 the text after `|` or `>` cannot be read / begin the text on the next line, indented by two spaces",
        ],
        "{\"a\": \"| text\\n  b\"}",
    ),
    (
        "a: \u{1}\n",
        &[
            "yaml-syntax 1:4 there is an invisible control character here / delete the character and type the text again",
        ],
        "{\"a\": \"\\u{1}\"}",
    ),
    (
        "@a: 1\nb: 2\n",
        &["yaml-syntax 1:1 a key cannot start with `@` / start the key with a letter, or put it in quotes"],
        r#"{"@a": "1", "b": Integer(2)}"#,
    ),
    (
        "a: [b, @c]\n",
        &["yaml-syntax 1:8 a value cannot start with this character / put the whole value in quotes"],
        r#"{"a": "[b, @c]"}"#,
    ),
    (
        "a: [b: c: d]\n",
        &[
            "yaml-syntax 1:9 a list in square brackets is not closed or lacks a comma / separate the items with commas and end the list with `]`",
        ],
        r#"{"a": "[b: c: d]"}"#,
    ),
    (
        "a: [&x b, *x]\n",
        &[
            "yaml-alias 1:5 `&x` is a YAML anchor, which is not allowed here / write each value out; if it is meant as text, put the whole value in quotes",
            "yaml-alias 1:11 `*x` is a YAML alias, which is not allowed here / write the value out; if it is meant as text, put the whole value in quotes",
        ],
        r#"{"a": "[&x b, *x]"}"#,
    ),
    (
        "a: ]\n",
        &["yaml-syntax 1:4 this line does not fit the lines around it / check its indentation, brackets and quotes"],
        r#"{"a": "]"}"#,
    ),
    (
        "a: , b\n",
        &["yaml-syntax 1:4 this line does not fit the lines around it / check its indentation, brackets and quotes"],
        r#"{"a": ", b"}"#,
    ),
    (
        "a: }\n",
        &["yaml-syntax 1:4 this line does not fit the lines around it / check its indentation, brackets and quotes"],
        r#"{"a": "}"}"#,
    ),
    (
        "- a: 1\n  b: 2\n   c: 3\n- a: 2\n",
        &[
            "yaml-syntax 3:4 this line is indented as if it continued the text above it / begin it in the same column as the key above, or put the whole text in quotes",
        ],
        r#"[{"a": Integer(1), "b": Integer(2)}, {"a": Integer(2)}]"#,
    ),
    (
        "a: b: c\nd: \"e\nf: @g\ng: 1\ng: 2\n",
        &[
            r#"yaml-syntax 1:5 a text with a colon and a space in it needs quotes / put the value in quotes: `"b: c"`"#,
            r#"unclosed-quote 2:4 the quote that opens here is never closed / put another `"` at the end of the text"#,
            "yaml-syntax 3:4 a value cannot start with `@` / put the whole value in quotes",
            "duplicate-key 5:1 `g` is given twice (4:1 it was given here first) / keep one of the two lines and remove the other",
        ],
        r#"{"a": "b: c", "d": "e", "f": "@g", "g": Integer(1)}"#,
    ),
    ("{{{{\n", &["yaml-syntax 1:1 a value cannot start with `{{` or `{%` / put the whole value in quotes"], "nothing"),
    (
        "a: >x\n b\n",
        &[
            "yaml-syntax 1:5 the text after `|` or `>` cannot be read / begin the text on the next line, indented by two spaces",
        ],
        "{\"a\": \">x\\n b\"}",
    ),
    ("12: a\ntrue: b\n~: c\n", &[], r#"{"12": "a", "true": "b", "~": "c"}"#),
    (
        "[a]: b\n",
        &["yaml-syntax 1:1 a list or a group in brackets cannot be a key / put the whole text in quotes"],
        "nothing",
    ),
    (
        "a: b #c\n  d\n",
        &[
            "yaml-syntax 2:3 this line is indented differently from the lines around it / begin it in the same column as the line it belongs with, using spaces",
        ],
        r#"{"a": "b"}"#,
    ),
    (
        "a: 'x'y\n",
        &[
            "yaml-syntax 1:7 there is more text after the closing quote / put one pair of double quotes around the whole value, and write quotes inside it as ‘ and ’",
        ],
        r#"{"a": "'x'y"}"#,
    ),
    (
        "-a: b\n-b\n",
        &[
            "yaml-syntax 2:1 this line has no `key:` in front / write `key: value`, or indent the line if it continues the text above",
        ],
        r#"{"-a": "b"}"#,
    ),
    (
        "a:\n- b: c\n  d: e: f\n- g: h\n",
        &[r#"yaml-syntax 3:7 a text with a colon and a space in it needs quotes / put the value in quotes: `"e: f"`"#],
        r#"{"a": [{"b": "c", "d": "e: f"}, {"g": "h"}]}"#,
    ),
    (
        "title: a\n  summary: b\n  kind: c\norder: 1\n",
        &[
            "yaml-syntax 2:3 this line is indented as if it continued the text above it / begin it in the same column as the key above, or put the whole text in quotes",
        ],
        r#"{"title": "a", "order": Integer(1)}"#,
    ),
    (
        "title: \"a\n  b\n  c\n\nsummary: d\n",
        &[r#"unclosed-quote 1:8 the quote that opens here is never closed / put another `"` at the end of the text"#],
        r#"{"title": "a", "summary": "d"}"#,
    ),
    (
        "Title\n=====\n\ntext: x\n",
        &[
            "yaml-syntax 4:1 this line is indented as if it continued the text above it / begin it in the same column as the key above, or put the whole text in quotes",
        ],
        "nothing",
    ),
];
