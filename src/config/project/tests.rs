//! Settings of projects and authorities: what is read, what is refused and how.

use super::super::authority::Authority;
use super::super::yaml;
use super::*;

fn read_text(text: &str) -> (Project, Vec<String>) {
    let file: Arc<str> = Arc::from("guidepost.yaml");
    let mut problems = Vec::new();
    let value = yaml::read(&file, text, 0, 1 << 20, &mut problems).expect("a value");
    let project = Project::read(&file, &value, &mut problems);
    (project, problems.iter().map(tell).collect())
}

fn tell(problem: &Diagnostic) -> String {
    let start = problem.span.as_ref().unwrap().extent.start;
    format!("{} {start} {} / {}", problem.code.name(), problem.message, problem.help.as_deref().unwrap())
}

#[test]
fn reads_a_whole_project() {
    let (project, problems) = read_text(
        "title: Guidance\nname: Example\nbase_url: https://g.example.gov.uk/x\nroutes: [child, adult]\nheader: [{label: News, to: /news/}]\nfacts:\n  area: Example\n  role_case_holder: {singular: social worker, plural: social workers}\nbrand: {primary: navy}\nlevels: {duplicate-record: warning}\nfront_matter: {rename: {description: summary}, unknown: warn}\n",
    );
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(project.base_url.as_deref(), Some("https://g.example.gov.uk/x/"));
    assert_eq!(project.routes[1].value, "adult");
    assert_eq!(project.facts.get("role_case_holder").unwrap().plural.as_deref(), Some("social workers"));
    assert_eq!(project.brand.primary.to_string(), "#000080");
    assert_eq!(project.levels, [(Code::DuplicateRecord, Severity::Warning)]);
    assert_eq!((project.content.as_str(), project.front_matter.unknown), ("content", Unknown::Warn));
}

#[test]
fn names_every_mistake() {
    for (rest, told) in [
        ("titel: x\n", "unknown-key 9 there is no key `titel` here / did you mean `title`?"),
        (
            "base_url: guidance.example.gov.uk\n",
            "bad-value 19 `base_url` is `guidance.example.gov.uk`, which is not a web address / write it like https://guidance.example.gov.uk/, without ? or #",
        ),
        (
            "base_url: https://a.b/?x\n",
            "bad-value 19 `base_url` is `https://a.b/?x`, which is not a web address / write it like https://guidance.example.gov.uk/, without ? or #",
        ),
        (
            "content: ../other\n",
            "bad-value 18 `content` is `../other`, which is not a folder of this project / write the name of a folder beside this file, such as content",
        ),
        (
            "content: /etc\n",
            "bad-value 18 `content` is `/etc`, which is not a folder of this project / write the name of a folder beside this file, such as content",
        ),
        (
            "language: en_GB\n",
            "bad-value 19 `language` is `en_GB`, which is not a language tag / write a tag such as en-GB or cy",
        ),
        (
            "header: [{label: X}]\n",
            "missing-field 18 `to` is missing / write where the link leads: a content path such as faqs/families, or https://…",
        ),
        (
            "footer: [x]\n",
            "wrong-type 18 each link of `footer` must be keys and values, not text / write `key: value`, one to a line",
        ),
        (
            "legal: [{label: X, to: 'data:x'}]\n",
            "bad-value 32 `to` is `data:x`, which is not a place a link can lead to / write a content path such as faqs/families, an address such as /news/, or one that begins with https://",
        ),
        (
            "levels: {bad-dat: off}\n",
            "unknown-code 18 there is no diagnostic with the code `bad-dat` / did you mean `bad-date`?",
        ),
        (
            "levels: {near-miss: warning}\n",
            "guarded-level 29 `near-miss` guards people's safety and cannot be set to `warning` / remove this line and mend what it reports",
        ),
        (
            "levels: {bad-date: quiet}\n",
            "unknown-choice 28 `bad-date` cannot be `quiet` / write one of `error`, `info`, `off` and `warning`",
        ),
        (
            "facts: {area: }\n",
            "empty-value 17 the fact `area` has no text / write one text after the colon, or remove the line",
        ),
        (
            "facts: {area: [a]}\n",
            "wrong-type 17 the fact `area` has no text / write one text after the colon, or remove the line",
        ),
        (
            "facts: {role: {plural: x}}\n",
            "missing-field 23 `singular` is missing / write {singular: social worker, plural: social workers}",
        ),
        (
            "brand: {primary: blueish}\n",
            "bad-value 26 `primary` is `blueish`, which is not a colour / write six hex digits in quotes, like \"#1d4f91\", or the name of a CSS colour",
        ),
        (
            "brand: {accent: yellow}\n",
            "colour-adjusted 25 text in `yellow` could not be read on white, so `#7a7a00` is used for text / keep it as it is, or choose a darker colour such as #7a7a00",
        ),
        (
            "brand: {logo: logo.svg}\n",
            "missing-field 16 `logo_alt` is missing / say what the logo shows, most often the council's name",
        ),
        (
            "front_matter: {unknown: no}\n",
            "unknown-choice 33 `unknown` cannot be `no` / write one of `error`, `ignore` and `warn`",
        ),
        (
            "front_matter: {rename: {a: }}\n",
            "empty-value 33 `a` is not renamed to anything / write their key, a colon and our key: `description: summary`",
        ),
        (
            "front_matter: {rename: {a: b, b: c}}\n",
            "bad-value 23 `a` is renamed to `b`, which is itself renamed / give each of their keys one of ours",
        ),
        (
            "default_authority: [a]\n",
            "wrong-type 28 `default_authority` must be text, not a list / put the text after the colon, in quotes if it holds a colon",
        ),
    ] {
        let (_, problems) = read_text(&format!("title: x\n{rest}"));
        assert_eq!(problems, [told], "{rest}");
    }
    assert_eq!(
        read_text("name: x\n").1,
        ["missing-field 0 `title` is missing / write `title:` and the name of the site"]
    );
}

#[test]
fn a_folder_is_named_after_itself() {
    assert_eq!(Project::default_for("my-practice_guide").title, "My practice guide");
    assert_eq!(Project::default_for("").title, "Practice guidance");
}

#[test]
fn an_authority_lies_over_its_project() {
    let (project, _) =
        read_text("title: G\nfacts: {area: Base, team: Team}\nbrand: {primary: navy, logo: a.svg, logo_alt: A}\n");
    let file: Arc<str> = Arc::from("authorities/x/authority.yaml");
    let mut problems = Vec::new();
    let text = "name: X Council\nfacts: {area: X}\nbrand: {primary: maroon}\nbase_url: http://x.gov.uk//\n";
    let value = yaml::read(&file, text, 0, 1 << 20, &mut problems).unwrap();
    let authority = Authority::read("x", &file, &value, &project, &mut problems);
    assert_eq!(problems, vec![]);
    assert_eq!(authority.base_url.as_deref(), Some("http://x.gov.uk/"));
    assert_eq!(
        (authority.facts.get("area").unwrap().value.as_str(), authority.facts.get("team").unwrap().value.as_str()),
        ("X", "Team")
    );
    assert_eq!(
        (authority.brand.primary.to_string().as_str(), authority.brand.logo_alt.as_deref()),
        ("#800000", Some("A"))
    );
    assert_eq!(Authority::of_project(&project).name, "G");
}
