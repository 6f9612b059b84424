//! Every diagnostic code is explained, named well and tested.
//!
//! In: the program's list of codes, and all tests. Out: codes without an explanation or without a test.

use guidepost::diagnostics::Code;

use super::holds;
use super::repository::{File, repository};
use super::rust_source::words;

/// The parts of a file that are tests; a rule's own page is one, as its example is run. These rules are not.
fn test_text(file: &File) -> &str {
    let rule_page = file.below(&["src/check/rules/"]) && file.is("md");
    let searched = file.below(&["src/", "tests/"]) && !file.below(&["tests/tidy"]);
    match searched {
        true if rule_page => &file.text,
        true => file.tests(),
        false => "",
    }
}

/// Whether tests name a code, by its printed name or as `Code::Variant`.
fn tested(code: Code, tests: &[&str]) -> bool {
    let variant = format!("Code::{code:?}");
    tests.iter().any(|text| !words(text, code.name()).is_empty() || !words(text, &variant).is_empty())
}

fn kebab(name: &str) -> bool {
    name.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

#[test]
fn every_code_is_explained() {
    let unexplained = Code::ALL.iter().filter(|code| code.why().len() < 30 || !code.why().ends_with('.'));
    holds(unexplained.map(|code| format!("{}: say in a whole sentence why it exists", code.name())));
    holds(Code::ALL.iter().filter(|code| !kebab(code.name())).map(|code| format!("{}: not kebab-case", code.name())));
    let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    names.sort_unstable();
    holds(names.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| format!("{} exists twice", pair[0])));
    assert!(!kebab("bad_date") && !kebab("BadDate") && !kebab("bad--date") && kebab("bad-date"));
}

#[test]
fn every_code_is_tested() {
    let tests: Vec<&str> = repository().iter().map(test_text).collect();
    let untested = Code::ALL.iter().filter(|code| !tested(**code, &tests));
    holds(untested.map(|code| format!("{}: no test names it", code.name())));
}

#[test]
fn an_untested_code_is_noticed() {
    assert!(!tested(Code::BadDate, &["bad-dates", "Code::BadDates", ""]));
    assert!(tested(Code::BadDate, &["", "error[bad-date]: `reviewed_on`"]));
    assert!(tested(Code::BadDate, &["assert_eq!(found, Code::BadDate);"]));
    assert_eq!(
        test_text(&File::new("src/a.rs", "Code::BadDate\n#[cfg(test)]\nmod tests {}")),
        "#[cfg(test)]\nmod tests {}"
    );
    assert_eq!(test_text(&File::new("src/a.rs", "Code::BadDate")), "");
    assert_eq!(test_text(&File::new("docs/a.md", "bad-date")), "");
}
