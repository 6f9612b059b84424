//! Directives: containers, leaves, inlines, and the many ways to get them wrong.

use super::super::tree::NodeKind;
use super::{problems, read, tree};

fn contains(text: &str, wanted: &[&str]) {
    let found = tree(text);
    let lines: Vec<&str> = found.lines().map(str::trim).collect();
    let mut rest = lines.iter();
    for line in wanted {
        assert!(rest.any(|found| found == line), "no {line} in order in\n{found}");
    }
}

#[test]
fn a_container_needs_no_blank_lines() {
    assert_eq!(
        tree("Before\n:::note[Take care]\nInside\n:::\nAfter\n"),
        "paragraph\n  \"Before\"\ncontainer note Some(\"Take care\")\n  paragraph\n    \"Inside\"\nparagraph\n  \"After\"\n"
    );
}

#[test]
fn titles_may_be_written_in_four_ways() {
    for text in [
        ":::note[A b]",
        ":::note A b",
        ":::note{title=\"A b\"}",
        "::: note A b",
        ":::{note} A b",
        ":::note A b {#x .y}",
    ] {
        contains(&format!("{text}\nx\n:::\n"), &["container note Some(\"A b\")"]);
    }
    contains(":::details{summary='More'}\nx\n:::", &["container details Some(\"More\")"]);
}

#[test]
fn a_container_covers_its_lines() {
    let text = "> :::note\n> x\n> :::\n> y";
    let (tree, _) = read(text);
    let container = tree.nodes.iter().find(|node| matches!(node.kind, NodeKind::Container(_))).unwrap();
    let file = format!("{}{text}", super::FRONT);
    assert_eq!(&file[container.extent.range()], ":::note\n> x\n> :::");
}

#[test]
fn containers_work_in_lists() {
    assert_eq!(
        tree("1. One\n   :::tip\n   Inside\n   :::\n2. Two\n"),
        "list\n  item\n    \"One\"\n    container tip None\n      paragraph\n        \"Inside\"\n  item\n    \"Two\"\n"
    );
    contains(
        "- :::tip\n  x\n  :::\n- b",
        &["list", "item", "container tip None", "paragraph", "\"x\"", "item", "\"b\""],
    );
}

#[test]
fn containers_work_in_quotes() {
    assert_eq!(
        tree("> :::warning\n> a\n> :::\n> b\n\nc"),
        "blockquote\n  container warning None\n    paragraph\n      \"a\"\n  paragraph\n    \"b\"\nparagraph\n  \"c\"\n"
    );
}

#[test]
fn containers_take_in_lists_and_tables() {
    contains(":::do\n- a\n- b\n:::\nc", &["container do None", "list", "item", "item", "paragraph", "\"c\""]);
    let table = tree(":::note\n| a | b |\n|---|---|\n| c | d |\n:::\nafter");
    assert!(table.starts_with("container note None\n  table\n"), "{table}");
    assert!(table.ends_with("\nparagraph\n  \"after\"\n"), "{table}");
}

#[test]
fn longer_fences_nest() {
    assert_eq!(
        tree("::::note\n:::tip\na\n:::\nb\n::::\n"),
        "container note None\n  container tip None\n    paragraph\n      \"a\"\n  paragraph\n    \"b\"\n"
    );
    contains(":::note\n:::tip\na\n:::\nb\n:::\nc", &["container note None", "container tip None", "\"b\"", "\"c\""]);
    contains(
        ":::::tabs\n## One\n:::note\nx\n:::::::\n:::::\ny",
        &["container tabs None", "heading", "container note None"],
    );
}

#[test]
fn code_keeps_its_colons() {
    assert_eq!(
        tree("```\n:::note\n::contact{id=x}\n:smile:\n*[A]: b\n:::\n```\n"),
        "codeblock\n  \":::note\\n::contact{id=x}\\n:smile:\\n*[A]: b\\n:::\\n\"\n"
    );
    assert_eq!(
        tree("x\n\n    :::note\n    ::contact{id=x}\n"),
        "paragraph\n  \"x\"\ncodeblock\n  \":::note\\n::contact{id=x}\\n\"\n"
    );
    contains(
        "<!--\n:::note\n-->\n\n:::tip\nx\n:::",
        &["htmlblock", "\"<!--\\n:::note\\n-->\\n\"", "container tip None"],
    );
    contains("`:contact[x]` and `a\n:smile: b`", &["code \":contact[x]\"", "code \"a :smile: b\""]);
}

#[test]
fn leaves_stand_on_their_own_lines() {
    assert_eq!(
        tree("a\n::contact{id=mash}\nb\n- ::route{id=\"x y\"}\n"),
        "paragraph\n  \"a\"\nleaf contact \"::contact{id=mash}\"\nparagraph\n  \"b\"\nlist\n  item\n    leaf route \"::route{id=\\\"x y\\\"}\"\n"
    );
    contains(
        "a ::contact{id=x}\n\n::contact{id=x} and more",
        &["\"a ::contact{id=x}\"", "\"::contact{id=x} and more\""],
    );
}

#[test]
fn inlines_stand_in_sentences() {
    assert_eq!(
        tree("Call :contact[mash]{show=phone} at \"once\".\n"),
        "paragraph\n  \"Call \"\n  inline contact \":contact[mash]{show=phone}\"\n    \"mash\"\n  \" at “once”.\"\n"
    );
    contains("**:term[MASH]**", &["strong", "inline term \":term[MASH]\""]);
    contains("## About :authority[name]", &["heading", "\"About \"", "inline authority \":authority[name]\""]);
    contains("a\n:term[MASH] b", &["\"a\"", "softbreak", "inline term \":term[MASH]\"", "\" b\""]);
    contains("\\\\:term[MASH]", &["\"\\\\\"", "inline term \":term[MASH]\""]);
}

#[test]
fn what_only_looks_like_an_inline_is_text() {
    for text in ["a:term[x]", "::term[x]", "\\:term[x]", ":nobody[x]", ":term [x]", ":term", "9:30", ":term[x"] {
        let shown = text.trim_start_matches('\\');
        assert_eq!(tree(&format!("see {text}")), format!("paragraph\n  {:?}\n", format!("see {shown}")));
    }
}

#[test]
fn quotes_in_attributes_stay_straight() {
    let (tree, problems) = read(
        ":contact[mash]{show=\"phone and 'e-mail' -- ...\"} \"x\"\n\n:::quote{by='A \"B\" C' role=Parent}\n\"x\"\n:::\n",
    );
    assert_eq!(problems, []);
    let values: Vec<_> = tree
        .nodes
        .iter()
        .filter_map(|node| match &node.kind {
            NodeKind::Inline(directive) | NodeKind::Container(directive) => Some(&directive.attributes),
            _ => None,
        })
        .flatten()
        .map(|attribute| (attribute.key.as_str(), attribute.value.as_str()))
        .collect();
    assert_eq!(values, [("show", "phone and 'e-mail' -- ..."), ("by", "A \"B\" C"), ("role", "Parent")]);
    assert!(tree.text.contains("“x”"), "{}", tree.text);
}

#[test]
fn attributes_know_their_places() {
    let text = "é :contact[mash]{.big show=phone}";
    let (tree, _) = read(text);
    let file = format!("{}{text}", super::FRONT);
    let NodeKind::Inline(directive) = &tree.nodes[2].kind else { panic!("{:?}", tree.nodes) };
    assert_eq!(&file[directive.attributes[0].extent.range()], "show=phone");
    assert_eq!(&file[tree.nodes[3].extent.range()], "mash");
}

#[test]
fn unclosed_containers_end_with_their_parent() {
    assert_eq!(problems(":::note[A]\nx"), ["directive-not-closed: :::note[A]"]);
    assert_eq!(problems("> :::note\n> x\n\nafter"), ["directive-not-closed: :::note"]);
    assert_eq!(problems("::::note\n:::tip\nx\n::::\n"), ["directive-not-closed: ::::note"]);
    assert_eq!(problems("- :::tip\n  x\n- y\n"), ["directive-not-closed: :::tip"]);
    assert_eq!(problems(":::internal\nx"), ["internal-not-closed: :::internal"]);
    assert_eq!(problems(":::note\n::::tip\n:::\n"), ["directive-not-closed: ::::tip"]);
}

#[test]
fn closing_lines_need_something_to_close() {
    assert_eq!(problems("a\n:::\nb"), ["directive-stray-close: :::"]);
    assert_eq!(problems(":::note\n- a\n  :::\n"), ["directive-stray-close: :::", "directive-not-closed: :::note"]);
    assert_eq!(problems("> :::note\n> x\n:::\n"), ["directive-not-closed: :::note", "directive-stray-close: :::"]);
    assert_eq!(problems("::::note\n:::\n::::"), ["directive-stray-close: :::"]);
}

#[test]
fn unknown_names_keep_their_bodies() {
    let (tree, found) = read(":::spoiler\nKept\n:::\nafter");
    assert_eq!(tree.text, "Keptafter");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message, "there is no block called `spoiler`");
    assert_eq!(problems(":::nte\nx\n:::"), ["unknown-directive: nte"]);
    assert_eq!(problems("::contct{id=x}"), ["unknown-directive: contct"]);
    assert_eq!(problems("::: {.x}\ny\n:::"), ["unknown-directive: ::: {.x}"]);
    assert_eq!(problems("::note"), ["unknown-directive: note"]);
    let help = |text: &str| read(text).1[0].help.clone().unwrap();
    assert_eq!(help(":::nte\nx\n:::"), "did you mean `note`?");
    assert_eq!(help("::note"), "write `:::note`, closed by a line `:::`");
    assert_eq!(help(":::contact{id=x}\n:::"), "write `::contact{…}` on a line of its own");
}

#[test]
fn a_misspelt_internal_block_is_never_published() {
    for name in ["internl", "Internal", "interal", "internals"] {
        assert_eq!(problems(&format!(":::{name}\nx\n:::")), [format!("near-miss: {name}")]);
    }
}

#[test]
fn blocks_read_as_text_are_reported() {
    assert_eq!(problems("a\n    :::note\n    b"), ["directive-not-read: :::note"]);
    assert_eq!(problems("a\n    :::internal\n    b\n    :::"), ["directive-not-read: :::internal"]);
    assert_eq!(problems("a\n\n    :::internal\n    b\n"), ["directive-not-read: :::internal"]);
    assert_eq!(problems("<div>\n:::internal\nb\n</div>"), ["directive-not-read: :::internal"]);
    assert_eq!(problems("`x` a\n    :::internal b"), ["directive-not-read: :::internal b"]);
    assert_eq!(problems("```\n:::internal\n```\n\n<!-- \n:::internal\n-->"), Vec::<String>::new());
}

#[test]
fn attributes_are_checked() {
    assert_eq!(
        problems("::contact{identity=x}"),
        ["unknown-attribute: identity=x", "missing-attribute: ::contact{identity=x}"]
    );
    assert_eq!(problems("::contact"), ["missing-attribute: ::contact"]);
    assert_eq!(problems("::contact{id}"), ["missing-attribute: ::contact{id}"]);
    assert_eq!(problems("::contact{id=a id=b}"), ["directive-malformed: id=b"]);
    assert_eq!(problems("::contact{id=a =b}"), ["directive-malformed: =b"]);
    assert_eq!(problems("::contact{id=\"a}"), ["directive-malformed: ::contact", "missing-attribute: ::contact"]);
    assert_eq!(problems(":::note[Title\nx\n:::"), ["directive-malformed: :::note[Title"]);
    assert_eq!(problems(":::audience\nx\n:::"), ["missing-attribute: :::audience"]);
    assert_eq!(problems("::figure{src=a.png}"), ["missing-attribute: ::figure{src=a.png}"]);
    assert_eq!(problems("::figure{src=a.png alt=\"\"}"), Vec::<String>::new());
    assert_eq!(problems("a :contact[] b"), ["missing-attribute: :contact[]"]);
    assert_eq!(problems("a :contact[x]{shw=phone} b"), ["unknown-attribute: shw=phone"]);
}

#[test]
fn abbreviations_leave_the_text() {
    let (tree, problems) = read("a\n*[MASH]: Multi-Agency Safeguarding Hub\nb\n\n- *[MI]: Motivational interviewing\n");
    assert_eq!(problems, []);
    let pair = |short: &str, long: &str| (short.to_owned(), long.to_owned());
    assert_eq!(
        tree.abbreviations,
        [pair("MASH", "Multi-Agency Safeguarding Hub"), pair("MI", "Motivational interviewing")]
    );
    assert_eq!(tree.text, "ab");
    assert_eq!(read(":::internal\n*[X]: secret\n:::").0.abbreviations, []);
    assert_eq!(read("*[]: x\n\n*[X]:\n\n*[X] : y").0.abbreviations, []);
}

#[test]
fn line_ends_of_every_kind() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["a", ":::note", "b", ":::", "::children", "c"].join(end);
        contains(&text, &["\"a\"", "container note None", "\"b\"", "leaf children \"::children\"", "\"c\""]);
    }
}

#[test]
fn a_colon_begins_a_definition_only_before_a_space() {
    assert_eq!(
        tree("Term\n: Meaning\n"),
        "definitionlist\n  definitionterm\n    \"Term\"\n  definition\n    \"Meaning\"\n"
    );
    assert_eq!(tree("Text\n:smile: more\n"), "paragraph\n  \"Text\"\n  softbreak\n  \":smile: more\"\n");
}
