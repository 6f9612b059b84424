//! Data records: what is read, what is refused and how, and layers over each other.

use super::super::yaml;
use super::*;
use crate::text::date::Date;

fn read_text(name: &str, text: &str) -> (Records, Vec<String>) {
    let file: Arc<str> = Arc::from(format!("content/_data/{name}.yaml"));
    let mut problems = Vec::new();
    let value = yaml::read(&file, text, 0, 4 << 20, &mut problems).expect("a value");
    let records = Records::read(name, &file, &value, &mut problems);
    let place = |p: &Diagnostic| {
        let before = &text[..p.span.as_ref().unwrap().extent.start as usize];
        format!("{}:{}", before.matches('\n').count() + 1, before.rsplit('\n').next().unwrap_or("").chars().count() + 1)
    };
    let tell = |p: &Diagnostic| {
        assert!(p.help.is_some());
        format!("{} {} {}", p.code.name(), place(p), p.message)
    };
    (records, problems.iter().map(tell).collect())
}

const DUTY: &str = "duty:\n  name: Duty team\n  for: [Nights]\n  audience: [everyone]\n  phone: 020 7946 0111\n  checked_on: 2026-05-01\n  expires_on: 2027-05-01\n";

#[test]
fn reads_contacts_as_a_map_and_as_a_list() {
    let list = format!("- id: duty\n{}", DUTY.strip_prefix("duty:\n").unwrap());
    for text in [DUTY, &list] {
        let (records, problems) = read_text("contacts", text);
        assert_eq!(problems, Vec::<String>::new());
        let duty = records.contacts.get("duty").unwrap();
        assert_eq!((duty.name.as_str(), duty.phone.as_ref().unwrap().dial.as_str()), ("Duty team", "+442079460111"));
        let day = |text| Date::parse(text).unwrap();
        assert!(duty.is_verified(day("2027-04-30")));
        assert!(!duty.is_verified(day("2027-05-01")), "from the day it expires");
        assert!(!duty.is_verified(day("2026-04-30")), "before it was checked");
    }
}

#[test]
fn a_number_keeps_its_digits_without_quotes() {
    let (records, problems) = read_text(
        "contacts",
        "a:\n  name: A\n  phone: 999\nb:\n  name: B\n  phone: +442079460111\nc:\n  name: C\n  phone: 08001111\n",
    );
    assert_eq!(problems, Vec::<String>::new());
    let dials: Vec<&str> = records.contacts.iter().map(|c| c.phone.as_ref().unwrap().dial.as_str()).collect();
    assert_eq!(dials, ["999", "+442079460111", "+448001111"]);
}

#[test]
fn an_upper_record_replaces_the_lower_one_whole() {
    let (base, _) = read_text(
        "contacts",
        &format!(
            "{DUTY}  email: duty@example.gov.uk\ngone:\n  name: G\n  phone: \"101\"\nkept:\n  name: K\n  phone: \"111\"\n"
        ),
    );
    let (upper, problems) = read_text(
        "contacts",
        "duty:\n  name: Local duty\n  sms: 07700 900123\ngone: {status: absent}\nnew:\n  name: N\n  phone: \"999\"\n",
    );
    assert_eq!(problems, Vec::<String>::new());
    let all = base.laid_over(upper);
    assert_eq!(all.contacts.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["duty", "kept", "new"]);
    let duty = all.contacts.get("duty").unwrap();
    assert!(duty.phone.is_none() && duty.email.is_none(), "a base number never mixes into a local record");
    let (again, _) = read_text("contacts", "gone:\n  name: Back\n  phone: \"111\"\n");
    assert_eq!(all.laid_over(again).contacts.get("gone").unwrap().name, "Back");
}

#[test]
fn names_every_mistake_in_contacts() {
    for (text, told) in [
        ("a:\n  phone: \"999\"\n", "missing-field 2:3 `name` is missing"),
        ("a:\n  name: A\n", "contact-unreachable 1:1 nobody can reach the contact `a`"),
        (
            "a:\n  name: A\n  phone: 020-7946-0110\n",
            "bad-value 3:10 `phone` is `020-7946-0110`, which is not a UK telephone number",
        ),
        ("a:\n  name: A\n  phone: 12\n", "bad-value 3:10 `phone` is `12`, which is not a UK telephone number"),
        ("a:\n  name: A\n  email: a at b\n", "bad-value 3:10 `email` is `a at b`, which is not an e-mail address"),
        (
            "a:\n  name: A\n  form_url: javascript:alert(1)\n",
            "bad-value 3:13 `form_url` is `javascript:alert(1)`, which is not a web address",
        ),
        (
            "a:\n  name: A\n  phone: \"999\"\n  checked_on: 1/5/2026\n",
            "bad-date 4:15 `checked_on` is `1/5/2026`, which is not a date",
        ),
        (
            "a:\n  name: A\n  phone: \"999\"\n  checked_on: 2026-05-01\n  expires_on: 2026-04-30\n",
            "bad-value 5:15 `expires_on` (2026-04-30) comes before `checked_on` (2026-05-01)",
        ),
        ("a:\n  name: A\n  phone: \"999\"\n  audience: [all]\n", "unknown-choice 4:14 `audience` cannot be `all`"),
        (
            "a:\n  name: A\n  phone: \"999\"\n  free_to_call: yes\n",
            "wrong-type 4:17 `free_to_call` must be true or false, not the text `yes`",
        ),
        ("a:\n  name: A\n  phon: \"999\"\n  email: a@b.cd\n", "unknown-key 3:3 there is no key `phon` here"),
        ("a: x\n", "wrong-type 1:4 the contact `a` must be keys and values, not text"),
        ("- name: A\n  phone: \"999\"\n", "missing-field 1:3 `id` is missing"),
        (
            "- {id: a, name: A, phone: \"999\"}\n- {id: a, name: B, phone: \"999\"}\n",
            "duplicate-record 2:8 `a` is here twice",
        ),
        ("a: {status: gone, name: A, phone: \"999\"}\n", "unknown-choice 1:13 `status` cannot be `gone`"),
        ("a: {id: b, name: A, phone: \"999\"}\n", "bad-value 1:9 this contact is called `a` and `b`"),
    ] {
        let (_, problems) = read_text("contacts", text);
        assert_eq!(problems.first().map(String::as_str), Some(told), "{text}");
    }
}

#[test]
fn names_every_mistake_in_the_other_records() {
    for (name, text, told) in [
        ("glossary", "- {term: MASH}\n", "missing-field 1:3 `definition` is missing"),
        ("glossary", "- {definition: x}\n", "missing-field 1:3 `term` is missing"),
        ("glossary", "term: x\n", "wrong-type 1:1 this file must be a list, not a group of keys"),
        (
            "glossary",
            "- {term: A, definition: x}\n- {term: A, definition: y}\n",
            "duplicate-record 2:10 `A` is here twice",
        ),
        ("synonyms", "- [kids]\n", "wrong-type 1:3 synonyms are lists of two or more words or phrases"),
        ("synonyms", "- kids\n", "wrong-type 1:3 synonyms are lists of two or more words or phrases"),
        ("synonyms", "- {for: MASH}\n", "missing-field 1:3 `find` is missing"),
        ("synonyms", "- {for: MASH, find: mash}\n", "bad-value 1:21 `MASH` finds itself already"),
        ("synonyms", "- {forget: CPC, find: x}\n", "unknown-key 1:17 there is no key `find` here"),
        ("alerts", "- {id: a, level: loud, title: T}\n", "unknown-choice 1:18 `level` cannot be `loud`"),
        ("alerts", "- {id: a, level: minor}\n", "missing-field 1:3 `title` is missing"),
        (
            "alerts",
            "- {id: a, level: minor, title: T, from: 2026-05-02, until: 2026-05-01}\n",
            "bad-value 1:60 `until` (2026-05-01) comes before `from` (2026-05-02)",
        ),
        (
            "alerts",
            "- {id: a, level: minor, title: T, paths: [faqs]}\n",
            "bad-value 1:43 `faqs` is not an address on this site",
        ),
        (
            "alerts",
            "- {id: a, level: minor, title: T, link: {label: L, to: \"javascript:x\"}}\n",
            "bad-value 1:56 `to` is `javascript:x`, which is not a place a link can lead to",
        ),
        ("redirects", "- {from: old, to: /new/}\n", "bad-value 1:10 `old` is not an address on this site"),
        ("redirects", "- {from: /a/, to: /a/}\n", "bad-value 1:19 `/a/` leads to itself"),
        ("redirects", "- {from: /a/}\n", "missing-field 1:3 `to` is missing"),
        ("redirects", "- {from: /../a, to: x}\n", "bad-value 1:10 `/../a` is not an address on this site"),
    ] {
        let (_, problems) = read_text(name, text);
        assert_eq!(problems.first().map(String::as_str), Some(told), "{text}");
    }
}

#[test]
fn keeps_files_that_others_read() {
    let (records, problems) = read_text("search_tests", "- {query: MI, page: components/mi}\n");
    assert!(problems.is_empty() && records.others.contains_key("search_tests"));
}

#[test]
fn records_cut_off_anywhere_are_read_as_far_as_they_go() {
    for (name, text) in [
        ("contacts", DUTY),
        ("contacts", "- {id: a, name: \"A\", phone: +44 20 7946 0110}\n- id: b\n  status: absent\n"),
        ("glossary", "- term: MASH\n  definition: >\n    A team\n  also: [hub, 'door']\n"),
        ("synonyms", "- [kids, children]\n- [\"a b\", c]\n- {for: MASH, find: [hub, 'one door']}\n- forget: CPC\n"),
        (
            "alerts",
            "- id: a\n  level: minor\n  title: 'T'\n  link: {label: L, to: /x/}\n  from: 2026-05-01\n  paths: [/a/]\n",
        ),
        ("redirects", "- {from: /a/, to: b}\n"),
    ] {
        let file: Arc<str> = Arc::from("x.yaml");
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            let mut problems = Vec::new();
            if let Some(value) = yaml::read(&file, &text[..end], 0, 4 << 20, &mut problems) {
                Records::read(name, &file, &value, &mut problems);
            } else {
                assert!(!problems.is_empty(), "{:?}", &text[..end]);
            }
            assert!(
                problems.iter().all(|p| p.span.as_ref().is_some_and(|span| span.extent.end as usize <= end)),
                "{problems:?}"
            );
        }
    }
}
