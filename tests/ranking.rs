//! The rules of the ranking, each with pages so few that a broken rule changes the answer.
//!
//! In: pages of a few words, built through the pipeline. Out: what [`Engine`] answers. What stays true: nothing here
//! knows the index, so the index may change; `tests/search/golden.mjs` holds the browser's script to the same answers.

use std::time::Duration;

use guidepost::pipeline::{Memo, Timings, build};
use guidepost::search::{Answer, Engine, Index, Typed, index};

use crate::built::{memory, options};

/// The index of a site of these files below `content`.
pub(crate) fn site(files: &[(&str, &str)]) -> Index {
    let files = files.iter().map(|(name, text)| (format!("content/{name}"), text.as_bytes().to_vec()));
    let memo = Memo::default();
    let built =
        build(&memory(files), &options(), Some(&memo), Timings::new(|| Duration::ZERO)).expect("memory can be read");
    index(&built.sites[0].site, &memo.analyses)
}

/// A site of pages named `a`, `b`, …, each with its name as title.
fn pages(texts: &[&str]) -> Index {
    let names = ('a'..='z').map(|name| name.to_string());
    let files: Vec<(String, String)> = names
        .zip(texts)
        .map(|(name, text)| (format!("{name}.md"), format!("# {name}{name}{name}\n\n{text}\n")))
        .collect();
    site(&files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
}

fn ask<'a>(index: &'a Index, query: &str) -> Answer<'a> {
    Engine::new(index).answer(query, 10, Typed::Finished)
}

fn found(index: &Index, query: &str) -> String {
    ask(index, query).results.iter().map(|found| found.url.trim_end_matches('/')).collect::<Vec<_>>().join(" ")
}

/// `typed → meant`, then what was dropped.
fn understood(index: &Index, query: &str) -> String {
    let answer = ask(index, query);
    let corrected = answer.corrected.iter().map(|(typed, meant)| format!("{typed} → {meant}"));
    corrected.chain(answer.dropped.iter().map(|word| format!("no {word}"))).collect::<Vec<_>>().join(", ")
}

/// Words that no query has, so that pages are of one length.
fn filler(words: usize) -> String {
    "filler ".repeat(words)
}

#[test]
fn a_word_has_one_rarity_over_all_it_may_stand_for() {
    // Five pages have a word that begins so: together they are common, each ending alone would be the rarest word.
    let mut texts: Vec<String> = ["superset", "supersede", "supersonic", "superstar", "superstore"]
        .iter()
        .map(|word| format!("{} {}", format!("{word} ").repeat(5), filler(5)))
        .collect();
    texts.push(format!("zebra {}", filler(9)));
    texts.push(format!("zebra {}", filler(9)));
    texts.extend((0..3).map(|_| filler(10)));
    let index = pages(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(found(&index, "supers zebra").starts_with("f g "), "{}", found(&index, "supers zebra"));
}

#[test]
fn a_page_with_all_words_gains_on_one_with_many_of_a_word() {
    let (one, both, other) = (
        format!("alpha alpha alpha alpha {}", filler(6)),
        format!("alpha omega {}", filler(8)),
        format!("omega omega omega omega {}", filler(6)),
    );
    let index = pages(&[&one, &both, &other, &filler(10), &filler(10)]);
    assert_eq!(found(&index, "alpha omega"), "b a c");
    assert_eq!(found(&index, "alpha"), "a b");
}

#[test]
fn a_word_is_named_where_what_means_the_same_stands_nowhere_together() {
    // The shipped synonyms know EHCP as "education health and care plan": all these words are there, apart.
    let index = pages(&["education review and", "health", "care", "plan"]);
    assert_eq!(understood(&index, "EHCP review"), "no EHCP");
    assert_eq!(understood(&index, "EHCP"), "no EHCP");
    // So is what was found in its place.
    let index = pages(&["education review and", "health", "care", "plan", "ehcr rights"]);
    assert_eq!(understood(&index, "EHCP"), "EHCP → ehcr");
    let index = pages(&["education health and care plan review", "other"]);
    assert_eq!(understood(&index, "EHCP review"), "");
    assert_eq!(found(&index, "EHCP"), "a");
}

#[test]
fn no_word_is_required() {
    let index = pages(&["alpha", "omega", "other"]);
    assert_eq!(found(&index, "alpha ptarmigan"), "a");
    assert_eq!(understood(&index, "alpha ptarmigan"), "no ptarmigan");
    assert_eq!(found(&index, "what is an alpha"), found(&index, "alpha"));
    assert_eq!((found(&index, "ptarmigan").as_str(), ask(&index, "ptarmigan").total), ("", 0));
}

#[test]
fn small_words_find_something_where_there_is_nothing_else() {
    let index = pages(&["the visit", "plans"]);
    assert_eq!(found(&index, "the"), "a");
    assert_eq!(understood(&index, "whom the"), "");
}

#[test]
fn short_forms_of_small_words_are_small() {
    let index = pages(&["a cent for what they want", "in the home, there for a visit"]);
    for query in
        ["I can't visit", "she WON’T visit", "theyre visiting, he isn't", "doesnt visit", "wasn't visited, hasn’t"]
    {
        assert_eq!((found(&index, query).as_str(), understood(&index, query).as_str()), ("b", ""), "{query}");
    }
}

#[test]
fn what_is_written_comes_before_its_beginning_and_that_before_a_correction() {
    let index = pages(&["plan", "planet", "cut"]);
    assert_eq!((found(&index, "plan").as_str(), understood(&index, "plan").as_str()), ("a b", ""));
    assert_eq!((found(&index, "plane").as_str(), understood(&index, "plane").as_str()), ("b", ""));
    assert_eq!((found(&index, "plam").as_str(), understood(&index, "plam").as_str()), ("a", "plam → plan"));
    assert_eq!(understood(&index, "cu"), "no cu", "two letters begin too much");
}

#[test]
fn the_shorter_the_rest_the_more_a_beginning_is_worth() {
    let index = pages(&["superintendents", "supersets"]);
    assert_eq!(found(&index, "supe"), "b a");
}

#[test]
fn one_edit_is_forgiven_from_four_letters_and_two_from_eight() {
    let index = pages(&["house", "concern", "supervision", "cat"]);
    for (typed, meant) in [
        ("hause", "hause → house"),
        ("hosue", "hosue → house"),
        ("housse", "housse → house"),
        ("hous", ""),
        ("cet", "no cet"),
        ("cnocenr", "no cnocenr"),
        ("suprevison", "suprevison → supervision"),
        ("xupervision", "no xupervision"),
    ] {
        assert_eq!(understood(&index, typed), meant, "{typed}");
    }
}

#[test]
fn of_equally_near_words_the_likeliest_is_meant() {
    let index = pages(&["mode mode mode mode mode", "maze", "off off off off", "offer"]);
    assert_eq!(understood(&index, "moze"), "moze → mode");
    assert_eq!(understood(&pages(&["mode", "maze"]), "moze"), "moze → maze", "then the first");
    assert_eq!(understood(&index, "ofer"), "ofer → offer");
    assert_eq!(understood(&index, "ooff"), "ooff → off", "a small word where there is no other");
}

#[test]
fn digits_are_never_corrected() {
    let index = pages(&["form17abc", "1989"]);
    assert_eq!(understood(&index, "from17abc"), "from17abc → form17abc");
    assert_eq!(understood(&index, "form18abc"), "no form18abc");
    assert_eq!(understood(&index, "1988"), "no 1988");
}

#[test]
fn words_run_together_are_divided_unless_one_slip_explains_them() {
    let index = pages(&["group visits", "quickstart", "quick stat", "a plan", "workbook"]);
    assert_eq!(understood(&index, "groupvisits"), "groupvisits → group visits");
    assert_eq!(found(&index, "groupvisits"), "a");
    assert_eq!(understood(&index, "quickstat"), "quickstat → quickstart");
    assert_eq!(understood(&index, "aplan"), "no aplan", "one letter is part of too much");
    assert_eq!(found(&index, "work book"), "e", "and the other way round");
}

#[test]
fn hyphens_and_digits_join_and_part_words() {
    let index =
        pages(&["write an email", "a main road", "section 47 of the act", "a form17a", "an x-ray", "co-workers"]);
    for (typed, page, said) in [
        ("e-mail", "a", ""),
        ("e mail", "a", ""),
        ("e-mailing", "a", ""),
        ("section47", "c", "section47 → section 47"),
        ("form 17a", "d", ""),
        ("xray", "e", "xray → x ray"),
        ("coworkers", "f", "coworkers → co workers"),
        ("section48", "", "no section48"),
        ("aplan", "", "no aplan"),
        ("\"e-mail\"", "a", ""),
    ] {
        assert_eq!((found(&index, typed).as_str(), understood(&index, typed).as_str()), (page, said), "{typed}");
    }
}

#[test]
fn phrases_in_quotation_marks_are_looked_for_in_the_text() {
    let apart = format!("group and core {}", filler(7));
    let phrase = format!("the Core Group {}", filler(7));
    let index = pages(&[&apart, &phrase, &filler(10)]);
    assert_eq!(found(&index, "core group"), "a b");
    assert_eq!(found(&index, "“core group”"), "b a");
    assert_eq!(found(&index, "“core groups”"), "b a", "in another form");
    assert_eq!(understood(&index, "\"core gruop\""), "no gruop", "and taken as written");
    assert_eq!(understood(&index, "\"core and Group\" filler"), "no core and Group", "a phrase on no page is named");
    assert_eq!(understood(&index, "\"group and core\" \"core group\""), "", "each is on a page");
}

#[test]
fn a_phrase_is_found_on_the_last_of_many_pages() {
    // Every page has both words and is shorter; the last has them side by side, once, in a long text.
    let mut texts = vec!["group core core group".replace("core group", "core and group"); 25];
    texts.push(format!("{} core group", filler(400)));
    let index = pages(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(!found(&index, "core group").contains('z'), "too little of it to be listed");
    let answer = ask(&index, "\"core group\"");
    assert_eq!((answer.results[0].url, answer.total, answer.looked_at), ("z/", 26, None));
}

#[test]
fn a_page_with_a_phrase_is_shown_where_that_stands() {
    let (first, second) = ("## Core, group\n\nCore, then group.\n\n", "## Minutes\n\nFor each core group meeting.\n");
    let index = site(&[("a.md", &format!("# A\n\n{first}{second}")), ("b.md", "# B\n"), ("c.md", "# C\n")]);
    assert_eq!(ask(&index, "core group").results[0].heading, "Core, group");
    // The heading has the words side by side as well, and was to be shown.
    assert_eq!(ask(&index, "\"core group\"").results[0].heading, "Core, group");
    assert_eq!(ask(&index, "\"each core group\"").results[0].heading, "Minutes");
}

#[test]
fn a_reader_of_an_excerpt_sees_where_blocks_end() {
    let lists = "Bring\n\n- a bank card\n- your passport\n  - a copy, too\n- a pen\n\nIn the\nroom:\n\n1. Say “hello.”\n2. Sit (down)\n";
    let table = "\n#### Who\n\n| Name | Work |\n|---|---|\n| Dana | listens |\n| Tom | writes |\n";
    let terms = "\nBut first.\n\nVisit\n: We come.\n: You talk\n\n> Quoted\n\n```\nlet a\nlet b\n```\n";
    let index = site(&[
        ("a.md", &format!("# A\n\n## One\n\n{lists}")),
        ("b.md", &format!("# B\n\n## Two\n{table}")),
        ("c.md", &format!("# C\n\n## Three\n{terms}")),
    ]);
    let shown = |query: &str| -> String {
        ask(&index, query).results[0].excerpt.iter().map(|piece| piece.text.as_str()).collect()
    };
    assert_eq!(
        shown("card"),
        "Bring: a bank card; your passport: a copy, too; a pen. In the room: Say “hello.” Sit (down)"
    );
    assert_eq!(shown("listens"), "Who: Name; Work. Dana; listens. Tom; writes");
    assert_eq!(shown("talk"), "But first. Visit: We come. You talk. Quoted. let a let b");
    assert_eq!(
        understood(&index, "\"bank card your passport\""),
        "no bank card your passport",
        "no phrase of two items"
    );
    assert_eq!(understood(&index, "\"in the room\" \"your passport\""), "");
}

#[test]
fn pages_with_more_of_several_phrases_come_first() {
    let index = pages(&[
        "core group, then a red file",
        "core group core group core group, no file",
        "red file, a group",
        "other",
    ]);
    assert_eq!(found(&index, "\"core group\" \"red file\""), "a b c");
}

#[test]
fn it_is_said_when_not_every_page_was_looked_at() {
    let texts: Vec<(String, String)> = (0..120)
        .map(|at| {
            (
                format!("p{at:03}.md"),
                format!("# P{at:03}\n\ngroup core {}\n", if at == 119 { "core group" } else { "" }),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(ask(&site(&files[..100]), "\"core group\"").looked_at, None, "a hundred are few enough");
    let index = site(&files);
    let all = ask(&index, "\"core group\"");
    assert_eq!((all.looked_at, all.dropped.len(), all.total), (Some(100), 0, 120));
    assert_eq!(ask(&index, "\"group core\"").looked_at, None, "enough were found");
}

#[test]
fn the_longest_phrase_is_taken_first() {
    let synonyms = "- [one, single]\n- [one to one, supervision]\n";
    let index = site(&[
        ("_data/synonyms.yaml", synonyms),
        ("a.md", "# Single\n\nTicket.\n"),
        ("b.md", "# Supervision\n\nMonthly.\n"),
    ]);
    assert_eq!((found(&index, "one to one").as_str(), found(&index, "one").as_str()), ("b", "a"));
    assert_eq!(understood(&index, "one"), "", "nothing is missing where the other word is there");
}

#[test]
fn what_means_the_same_shares_one_rarity() {
    // "kids" alone is on one page and would be the rarest word; it means "children", who are on all pages but one.
    let mut texts = vec![format!("kids {}", filler(9)), format!("removal remain {}", filler(8))];
    texts.extend((0..5).map(|_| format!("children {}", filler(9))));
    let index = pages(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(found(&index, "kids remain").starts_with("b a "), "{}", found(&index, "kids remain"));
}

#[test]
fn a_phrase_that_means_the_same_counts_where_all_of_it_stands_together() {
    let apart = "Young.\n\n## One\n\nProtection.\n\n## Two\n\nPlan for a child.";
    let index = pages(&["A child protection plan.", apart, "A child, no plan, no protection, a mind."]);
    assert_eq!(found(&index, "CPP"), "a c");
}

#[test]
fn a_phrase_of_one_telling_word_is_not_looked_for() {
    let index = pages(&["Care, care, care in the home.", "Children looked after.", "Other."]);
    assert_eq!(found(&index, "LAC"), "b");
    assert_eq!(found(&index, "in care"), "a b");
}

#[test]
fn a_slip_in_a_long_word_that_only_synonyms_have_is_forgiven() {
    let lists = "- [newsletter, harbour]\n- [pergola, harbour]\n- [conservatory, arbour]\n- [cardigan club, harbour]\n\
                 - [cardican, boats]\n";
    let with = |text: &str| site(&[("_data/synonyms.yaml", lists), ("a.md", text), ("b.md", "# Other\n\nPlain.\n")]);
    let index = with("# Harbour\n\nBoats.\n");
    for (typed, told, page) in [
        ("newsletter", "", "a"),
        ("newsleter", "newsleter → newsletter", "a"),
        ("our Newslteter", "Newslteter → newsletter", "a"),
        ("newslet", "no newslet", ""),
        ("\"newsleter\"", "no newsleter", ""),
        // Too many short words are near each other.
        ("pergla", "no pergla", ""),
        // What finds nothing is not meant.
        ("conservatry", "no conservatry", ""),
        // A phrase of synonyms stays one.
        ("cardigan", "cardigan → cardican", "a"),
        ("cardigan club", "", "a"),
    ] {
        assert_eq!((understood(&index, typed).as_str(), found(&index, typed).as_str()), (told, page), "{typed}");
    }
    // A word of pages is meant before one of synonyms, unless it is farther away.
    let on_page = |word: &str| understood(&with(&format!("# Harbour\n\n{word}.\n")), "newslettr");
    assert_eq!(on_page("newslettx"), "newslettr → newslettx");
    assert_eq!(on_page("newslettxx"), "newslettr → newsletter");
}

#[test]
fn what_was_typed_counts_for_more_than_what_means_the_same() {
    let index = site(&[
        ("_data/synonyms.yaml", "- [hideout, den, play space]\n- {for: burrow, find: den}\n"),
        ("a.md", "# aaa\n\nden filler\n"),
        ("b.md", "# bbb\n\nhideout filler\n"),
        ("c.md", "# ccc\n\nplay here, space there\n"),
        ("d.md", "# ddd\n\nplay and filler\n"),
    ]);
    assert_eq!(found(&index, "hideout"), "b a c");
    assert_eq!(found(&index, "den"), "a b c", "all of a phrase must be on the page");
    assert_eq!(found(&index, "burrow"), "a", "a name leads one way");
}

#[test]
fn a_title_counts_for_more_than_a_heading_and_that_for_more_than_text() {
    let index = site(&[
        ("a.md", "# Other\n\nA visit to make, and more of the same here.\n"),
        ("b.md", "# Other\n\nText.\n\n## Visit\n\nMore of the same here.\n"),
        ("c.md", "# Visit\n\nText.\n\nMore of the same, here and there.\n"),
    ]);
    assert_eq!(found(&index, "visit"), "c b a");
    let answer = ask(&index, "visit");
    let section = [&answer.results[1].heading, &answer.results[1].anchor];
    assert_eq!(section, ["Visit", "visit"], "with its best section");
}

#[test]
fn the_label_of_a_field_counts_for_less_than_a_heading_and_for_more_than_text() {
    let filler = filler(60);
    let component = "---\nkind: component\naim: Something here.\nhow_often: Monthly.\n---\n\n# Other\n\n";
    let index = site(&[
        ("a.md", &format!("# Other\n\nText, and how often it may be.\n\n{filler}\n")),
        ("b.md", &format!("{component}{filler}\n")),
        ("c.md", &format!("# Other\n\n{filler}\n\n## Their aims\n\nSomething here.\n\n## How often\n\nMonthly.\n")),
    ]);
    assert_eq!(found(&index, "often"), "c b a");
    assert_eq!(ask(&index, "often").results[1].heading, "How often");
}

#[test]
fn kinds_are_weighted_and_news_lose_weight_with_age() {
    let text = "# Same title\n\nSame text.\n";
    let with = |front: &str| format!("---\n{front}\n---\n\n{text}");
    let index = site(&[
        ("a.md", &with("kind: news\ndate: 2024-11-01")),
        ("b.md", &with("kind: news\ndate: 2026-11-01")),
        ("c.md", text),
        ("d.md", &with("kind: route")),
        ("e.md", &with("search: {boost: 2}")),
    ]);
    assert_eq!(found(&index, "same title"), "e d c b a");
}

#[test]
fn withdrawn_pages_come_last() {
    let index = site(&[
        ("a.md", "---\ntitle: Visit\nstatus: withdrawn\nwithdrawn: {on: 2026-03-01, because: old}\n---\n\nVisit.\n"),
        ("b.md", "# Other\n\nOne visit among many other words.\n"),
    ]);
    assert_eq!(found(&index, "visit"), "b a");
}

#[test]
fn pages_in_another_language_say_which() {
    let index = site(&[
        ("a.md", "---\ntitle: Visit one\nlang: cy\n---\n"),
        ("b.md", "---\ntitle: Visit two\nlang: ur\n---\n"),
        ("c.md", "---\ntitle: Visit three\nlang: EN-gb\n---\n"),
        ("d.md", "# Visit four\n"),
    ]);
    let answer = ask(&index, "visit");
    let mut languages: Vec<_> = answer.results.iter().map(|found| (found.url, found.lang)).collect();
    languages.sort_unstable();
    assert_eq!(languages, [("a/", Some("cy")), ("b/", Some("ur")), ("c/", None), ("d/", None)]);
    assert_eq!(index.languages, ["cy", "ur"]);
}

#[test]
fn equal_pages_keep_the_order_of_the_site() {
    let index = pages(&["visit", "visit", "visit", "visit"]);
    let answer = ask(&index, "visit");
    assert!(answer.results.iter().all(|row| row.score == answer.results[0].score));
    assert_eq!(found(&index, "visit"), "a b c d");
}

#[test]
fn the_last_word_may_be_longer_more_so_while_it_is_typed() {
    let index = pages(&["plan", &"planet ".repeat(9), "plan of plans"]);
    let typing = |query: &str| {
        let answer = Engine::new(&index).answer(query, 10, Typed::Unfinished);
        answer.results.iter().map(|found| found.url.trim_end_matches('/').to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!((found(&index, "plan").as_str(), typing("plan").as_str()), ("c a b", "b c a"));
    assert_eq!(typing("plan "), "c a b", "a space ends the word");
    assert_eq!(found(&index, "plan filler of"), "c a", "only the last word may be longer");
    assert_eq!(found(&index, "\"plan\""), "c a", "words in quotation marks are taken as written");
    assert_eq!((found(&index, "p").as_str(), typing("p").as_str()), ("", "b c a"));
    assert_eq!(typing("plan of"), typing("plan of "), "only the last word is open");
}

#[test]
fn case_order_and_marks_make_no_difference() {
    let index = pages(&["Children’s multi-agency plan", "other"]);
    for query in ["children's plan", "PLAN CHILDREN", "childrens plan", "child’s plans", "multi agency", "multiagency"]
    {
        assert_eq!(found(&index, query), "a", "{query}");
    }
}

#[test]
fn words_of_html_are_found_and_comments_are_not() {
    let index = pages(&[
        "one<br>two H<sub>2</sub>O\n\n<details>\n<summary>Who comes?</summary>\nA <b>worker</b>.\n<!-- secret -->\n</details>",
        "other <!-- secret --> text\n\n<!--\nsecret\n-->",
    ]);
    for query in ["two", "h2o", "who comes", "worker"] {
        assert_eq!((found(&index, query).as_str(), understood(&index, query).as_str()), ("a", ""), "{query}");
    }
    for query in ["secret", "summary", "details"] {
        assert_eq!(found(&index, query), "", "{query}");
    }
}
