//! Random texts never fail; random values keep their data, and their places hold their text.

use proptest::prelude::*;

use super::super::super::value::{Data, Located};
use super::{plain, read_text, told};

/// The value without places, numbers as they are written.
fn expected(value: &serde_yaml::Value) -> Option<String> {
    use serde_yaml::Value;
    Some(match value {
        Value::Null => "Null".to_owned(),
        Value::Bool(b) => format!("Bool({b})"),
        Value::Number(n) => match n.as_i64() {
            Some(n) => format!("Integer({n})"),
            None => return None,
        },
        Value::String(t) => format!("{t:?}"),
        Value::Sequence(l) => format!("[{}]", l.iter().map(expected).collect::<Option<Vec<_>>>()?.join(", ")),
        Value::Mapping(m) => {
            let entries = m.iter().map(|(k, v)| match k {
                Value::String(k) => Some(format!("{k:?}: {}", expected(v)?)),
                _ => None,
            });
            format!("{{{}}}", entries.collect::<Option<Vec<_>>>()?.join(", "))
        }
        Value::Tagged(_) => return None,
    })
}

fn any_value() -> impl Strategy<Value = serde_yaml::Value> {
    use serde_yaml::Value;
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[ -~é\n]{0,20}".prop_map(Value::from),
        "[a-z #:'\"@&*!\\[{-]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            // No `<<`: it is refused wherever it stands.
            prop::collection::btree_map("[a-z_]{1,6}|[ -;=-~]{1,6}", inner, 0..5)
                .prop_map(|map| { Value::Mapping(map.into_iter().map(|(k, v)| (Value::from(k), v)).collect()) }),
        ]
    })
}

/// Text made of the pieces YAML is made of.
fn yamlish() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a", "b", "key", ": ", ":", "\n", "\n  ", "\n    ", "\n", "- ", "-", "\"", "'", "[", "]", "{", "}", ", ", "|",
        ">", "#", " #", "&x", "*x", "!!s", "\t", " ", "---", "\n---\n", "...", "? ", "1", "true", "~", "<<", "\\", "@",
        "`", "%", "é", "\r\n", "\r", "=", "\u{85}", "\u{feff}",
    ]);
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

fn assert_sane(text: &str) {
    let (value, problems) = read_text(text);
    told(text);
    // Where a document begins and ends is decided here, not by the parser.
    if ["---", "...", "\u{feff}"].iter().any(|mark| text.contains(mark)) {
        return;
    }
    let whole = serde_yaml::from_str::<serde_yaml::Value>(text);
    match &whole {
        Ok(whole) if problems.is_empty() => {
            let value = value.expect("a value");
            if let Some(expected) = expected(whole) {
                // Numbers that would lose digits stay text.
                if !expected.contains("Integer") {
                    assert_eq!(plain(&value), expected, "{text:?}");
                }
            }
        }
        Ok(_) => {}
        Err(_) => assert!(!problems.is_empty(), "{text:?} {whole:?}"),
    }
}

fn assert_slices(value: &Located, text: &str) {
    let slice = &text[value.extent.range()];
    match &value.data {
        Data::Text(t) if slice.starts_with(['"', '|', '>', '\'']) => {
            for word in t.split(|c: char| !c.is_ascii_alphanumeric()) {
                assert!(slice.contains(word), "{slice:?} {t:?}");
            }
        }
        Data::Text(t) => {
            assert_eq!(slice.split_whitespace().collect::<Vec<_>>(), t.split_whitespace().collect::<Vec<_>>())
        }
        Data::Integer(n) => assert_eq!(slice, n.to_string()),
        Data::Bool(b) => assert_eq!(slice, b.to_string()),
        Data::List(items) => items.iter().for_each(|item| assert_slices(item, text)),
        Data::Map(entries) => entries.iter().for_each(|entry| {
            assert!(
                entry.key.contains('\\')
                    || text[entry.key_extent.range()].contains(entry.key.trim_matches(['"', '\'']))
                    || text[entry.key_extent.range()].starts_with(['"', '\''])
            );
            assert_slices(&entry.value, text);
        }),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_a_value_or_a_problem(text in "\\PC{0,200}") {
        assert_sane(&text);
    }

    #[test]
    fn any_yamlish_text_gives_a_value_or_a_problem(text in yamlish()) {
        assert_sane(&text);
    }

    #[test]
    fn values_are_the_parsers_and_places_hold_them(value in any_value()) {
        // A document that is one word such as `a:b` is taken for a key without its space.
        let value = serde_yaml::Value::Mapping([("v".into(), value)].into_iter().collect());
        let text = serde_yaml::to_string(&value).expect("YAML");
        let (read, problems) = read_text(&text);
        prop_assert_eq!(problems, vec![], "{}", text);
        let read = read.expect("a value");
        prop_assert_eq!(plain(&read), expected(&value).expect("plain"), "{}", text);
        assert_slices(&read, &text);
    }
}
