//! The program as it is run: what it answers, where it says it, and what it leaves on the disk.
//!
//! In: folders and arguments. Out: exit statuses, both streams, published files. 0 is fine, 1 means that the content
//! has errors, 2 that the program could not run; what is wrong leaves the old site as it was.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::built::{files_of, repository};

/// A project on disk.
struct Folder(TempDir);

/// What a run answered.
struct Answer {
    status: i32,
    out: String,
    err: String,
}

impl Folder {
    fn of(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        files.iter().for_each(|(name, text)| folder.write(name, text));
        folder
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, arguments: &[&str]) -> Answer {
        run(Command::new(env!("CARGO_BIN_EXE_guidepost")).args(arguments).current_dir(self.path()))
    }

    fn has(&self, name: &str) -> bool {
        self.path().join(name).exists()
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }
}

fn run(command: &mut Command) -> Answer {
    let Output { status, stdout, stderr } =
        command.env_remove("SOURCE_DATE_EPOCH").env_remove("NO_COLOR").output().unwrap();
    Answer {
        status: status.code().expect("it ended by itself"),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

const GOOD: [(&str, &str); 2] = [("guidepost.yaml", "title: Guidance\n"), ("content/a.md", "# A\n\nText.\n")];

#[test]
fn a_build_publishes_and_says_so() {
    let folder = Folder::of(&GOOD);
    let answer = folder.run(&["build", "--date", "2026-11-16"]);
    assert_eq!((answer.status, answer.out.as_str()), (0, ""), "{}", answer.err);
    assert!(answer.err.contains("4 pages, no warnings, "), "{}", answer.err);
    assert!(answer.err.contains("published to ./dist\n"), "{}", answer.err);
    assert!(answer.err.contains("Without `base_url`"), "{}", answer.err);
    assert!(folder.text("dist/a/index.html").contains("<h1"));
    let quiet = folder.run(&["build", "--quiet", "--out", "elsewhere"]);
    assert_eq!((quiet.status, quiet.out.as_str(), quiet.err.as_str()), (0, "", ""));
    assert!(folder.has("elsewhere/a/index.html"));
}

#[test]
fn an_error_publishes_nothing_and_leaves_the_old_site() {
    let folder = Folder::of(&GOOD);
    assert_eq!(folder.run(&["build"]).status, 0);
    let before = files_of(&folder.path().join("dist"));
    folder.write("content/a.md", "# A new text\n\n[nowhere](nowhere.md)\n");
    let answer = folder.run(&["build"]);
    assert_eq!((answer.status, answer.out.as_str()), (1, ""));
    assert!(answer.err.contains("error[broken-link]"), "{}", answer.err);
    assert!(
        answer.err.ends_with("1 error: nothing was published, and what was published before is untouched\n"),
        "{}",
        answer.err
    );
    assert_eq!(files_of(&folder.path().join("dist")), before);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "something was left behind: {left:?}");
}

#[test]
fn an_internal_site_never_takes_the_place_of_a_public_one() {
    let folder = Folder::of(&GOOD);
    assert_eq!(folder.run(&["build"]).status, 0);
    let before = files_of(&folder.path().join("dist"));
    let out = folder.path().join("dist").display().to_string();
    let answer = folder.run(&["build", "--visibility", "internal", "--out", &out]);
    assert_eq!(answer.status, 2);
    assert!(answer.err.contains("it holds the public site, and this one is internal"), "{}", answer.err);
    assert_eq!(files_of(&folder.path().join("dist")), before);
    assert_eq!(folder.run(&["build", "--visibility", "internal"]).status, 0);
    assert!(folder.has("dist-internal/index.html"));
}

#[test]
fn a_portable_site_has_a_folder_of_its_own() {
    let folder = Folder::of(&GOOD);
    assert_eq!(folder.run(&["build"]).status, 0);
    let hosted = files_of(&folder.path().join("dist"));
    let answer = folder.run(&["build", "--portable"]);
    assert_eq!((answer.status, answer.out.as_str()), (0, ""), "{}", answer.err);
    assert!(
        answer.err.contains("published to ./dist-portable\nCopy it whole, and open its index.html"),
        "{}",
        answer.err
    );
    assert!(!answer.err.contains("base_url"), "{}", answer.err);
    assert!(folder.text("dist-portable/a/index.html").contains("<a class=\"site-name\" href=\"../index.html\">"));
    assert!(!folder.has("dist-portable/_headers"));
    // Neither takes the place of the other.
    for (arguments, held, new) in [
        (&["build", "--portable", "--out", "dist"][..], "public", "public-portable"),
        (&["build", "--out", "dist-portable"], "public-portable", "public"),
        (
            &["build", "--portable", "--visibility", "internal", "--out", "dist-portable"],
            "public-portable",
            "internal-portable",
        ),
    ] {
        let answer = folder.run(arguments);
        assert_eq!(answer.status, 2, "{}", answer.err);
        assert!(answer.err.contains(&format!("it holds the {held} site, and this one is {new}")), "{}", answer.err);
    }
    assert_eq!(files_of(&folder.path().join("dist")), hosted);
    assert_eq!(folder.run(&["build", "--portable", "--visibility", "internal"]).status, 0);
    assert!(folder.has("dist-internal-portable/a/index.html"));
    assert_eq!(folder.run(&["check", "--portable"]).status, 2, "an option of `build` alone");
}

#[test]
fn a_site_for_others_never_stands_beside_a_public_one() {
    let folder = Folder::of(&GOOD);
    folder.write("authorities/ferndale/authority.yaml", "name: Ferndale\n");
    folder.write("authorities/ashby/authority.yaml", "name: Ashby\n");
    assert_eq!(folder.run(&["build", "--authority", "ferndale"]).status, 0);
    for other in [&["--visibility", "internal"][..], &["--portable"]] {
        let arguments = [&["build", "--authority", "ashby", "--out", "dist"], other].concat();
        let answer = folder.run(&arguments);
        assert_eq!(answer.status, 2, "{}", answer.err);
        assert!(answer.err.contains("`dist/ferndale`: it holds the public site"), "{}", answer.err);
        assert!(!folder.has("dist/ashby"));
    }
    assert_eq!(folder.run(&["build"]).status, 0);
    assert_eq!(folder.run(&["build", "--portable"]).status, 0);
    assert!(folder.has("dist/ashby/_headers") && folder.has("dist-portable/ashby/index.html"));
}

#[test]
fn what_was_built_is_never_read() {
    let folder = Folder::of(&[("a.md", "# A\n")]);
    for extra in [&[][..], &["--portable"], &["--visibility", "internal"], &["--portable", "--visibility", "internal"]]
    {
        assert_eq!(folder.run(&[&["build"], extra].concat()).status, 0);
    }
    for name in ["dist", "dist-internal", "dist-portable", "dist-internal-portable"] {
        folder.write(&format!("{name}/stray.md"), "# Stray\n\n[nowhere](nowhere.md)\n");
    }
    let answer = folder.run(&["check", "--format", "json", "--quiet"]);
    assert!(!answer.out.contains("stray"), "{}", answer.out);
}

#[test]
fn a_template_that_fails_while_printing_publishes_nothing() {
    let folder = Folder::of(&GOOD);
    folder.write("templates/kinds/page.html", "<p>{{ page.nothing }}</p>");
    let answer = folder.run(&["build"]);
    assert_eq!(answer.status, 1);
    assert!(answer.err.contains("error[template]"), "{}", answer.err);
    assert!(!folder.has("dist"));
}

#[test]
fn check_prints_diagnostics_as_its_result() {
    let folder = Folder::of(&GOOD);
    folder.write("content/a.md", "---\ntitel: A\n---\n\n[nowhere](nowhere.md)\n");
    let short = folder.run(&["check", "--format", "short"]);
    assert_eq!(short.status, 1);
    assert_eq!(
        short.out,
        "content/a.md:1:1: info[title-from-file-name]: `content/a.md` has no title; “A” is made from its file name; help: \
         write `title:` in the front matter, or begin the text with `# ` and a heading\n\
         content/a.md:2:1: error[unknown-key]: there is no key `titel` here; help: did you mean `title`?\n\
         content/a.md:5:1: error[broken-link]: `nowhere.md` leads nowhere: there is no such page or file; help: write the \
         path of a page or file from here, such as ../faqs/families.md\n"
    );
    assert!(short.err.contains("2 errors"), "{}", short.err);
    let human = folder.run(&["check"]);
    assert!(human.out.contains(" --> content/a.md:2:1\n"), "{}", human.out);
    assert!(human.out.contains("2 | titel: A\n"), "{}", human.out);
    assert!(human.out.contains("| ^^^^^\n"), "{}", human.out);
    assert!(!human.out.contains('\u{1b}'), "colour where there is no terminal");
    let json = folder.run(&["check", "--format", "json", "--quiet"]);
    assert_eq!(json.err, "");
    let lines: Vec<serde_json::Value> = json.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2, "{}", json.out);
    assert_eq!(lines[0]["code"], "unknown-key");
    assert_eq!(
        (&lines[0]["line"], &lines[0]["column"], &lines[0]["end_line"], &lines[0]["end_column"]),
        (&2.into(), &1.into(), &2.into(), &6.into())
    );
    assert_eq!((&lines[0]["file"], &lines[0]["severity"]), (&"content/a.md".into(), &"error".into()));
    assert!(lines[0].get("editions").is_none());
    assert!(!folder.has("dist"), "check writes nothing");
}

#[test]
fn strict_makes_errors_of_warnings() {
    let folder = Folder::of(&GOOD);
    folder.write("content/a.md", "# A\n\n# Another\n");
    assert_eq!(folder.run(&["check"]).status, 0);
    assert_eq!(folder.run(&["check", "--strict"]).status, 1);
    assert_eq!(folder.run(&["build", "--strict"]).status, 1);
    assert!(!folder.has("dist"));
    folder.write("guidepost.yaml", "title: Guidance\nlevels: {second-title: off}\n");
    assert_eq!(folder.run(&["build", "--strict"]).status, 0);
}

#[test]
fn what_guards_safety_cannot_be_lowered() {
    let folder = Folder::of(&GOOD);
    folder.write("content/a.md", "# A\n\n[run](javascript:alert(1))\n");
    folder.write("guidepost.yaml", "title: Guidance\nlevels: {unsafe-scheme: off}\n");
    let answer = folder.run(&["check", "--format", "short"]);
    assert_eq!(answer.status, 1);
    assert!(answer.out.contains("error[unsafe-scheme]"), "{}", answer.out);
    assert!(answer.out.contains("error[guarded-level]"), "{}", answer.out);
}

#[test]
fn what_cannot_run_ends_with_two() {
    let folder = Folder::of(&GOOD);
    fs::create_dir(folder.path().join("empty")).unwrap();
    folder.write("blank", " \n\n");
    fs::write(folder.path().join("latin"), b"one\ncaf\xe9\n").unwrap();
    for (arguments, words) in [
        (&["build", "--root", "empty"][..], "is not a project"),
        (&["check", "--root", "empty"], "is not a project"),
        (&["build", "--root", "missing"], "cannot read `missing`: it does not exist"),
        (
            &["build", "--date", "1 May 2026"],
            "`--date 1 May 2026` means nothing here; write year, month and day like 2026-05-01",
        ),
        (&["build", "--date", "2026-02-30"], "means nothing here"),
        (&["build", "--base-url", "example"], "write the whole address, like https://"),
        (&["build", "--jobs", "0"], "write a number from 1 to 1024"),
        (&["build", "--config", "missing.yaml"], "cannot read `missing.yaml`"),
        (&["build", "--out", "content"], "will not publish to `content`"),
        (&["build", "--out", "."], "will not publish to `.`"),
        (&["explain", "broken-lnk"], "did you mean `broken-link`?"),
        (&["search"], "`guidepost search` means nothing here; write the words to look for"),
        (&["search", " "], "write the words to look for, or `--batch FILE`"),
        (&["search", "--limit", "0", "a"], "`--limit 0` means nothing here; write how many pages to print, from 1"),
        (&["search", "--batch", "missing"], "cannot read `missing`: it does not exist"),
        (&["search", "--batch", "blank"], "`--batch blank` means nothing here; write a query on each line"),
        (&["search", "--batch", "latin"], "cannot read `latin`: line 2 has a letter that is not UTF-8"),
        (&["search", "--batch", "empty"], "cannot read `empty`: it is a folder, not a file"),
        (&["biuld"], "unrecognized subcommand"),
        (&["build", "--colour"], "unexpected argument"),
    ] {
        let answer = folder.run(arguments);
        assert_eq!((answer.status, answer.out.as_str()), (2, ""), "{arguments:?}: {}", answer.err);
        assert!(answer.err.contains(words), "{arguments:?}: {}", answer.err);
    }
    assert!(!folder.has("dist"));
    assert!(folder.has("content/a.md"));
}

#[test]
fn a_stranger_in_the_output_is_named_and_kept() {
    let folder = Folder::of(&GOOD);
    assert_eq!(folder.run(&["build"]).status, 0);
    folder.write("dist/notes.txt", "mine");
    let answer = folder.run(&["build"]);
    assert_eq!(answer.status, 2);
    assert!(answer.err.contains("`notes.txt` (added)"), "{}", answer.err);
    assert_eq!(folder.text("dist/notes.txt"), "mine");
}

#[test]
fn the_day_comes_from_the_option_then_from_the_surroundings() {
    let folder = Folder::of(&GOOD);
    folder.write("content/b.md", "---\ntitle: B\npublish_on: 2026-06-01\n---\n");
    let at = |date: &str| folder.run(&["build", "--date", date]).status;
    assert_eq!(at("2026-05-31"), 0);
    assert!(!folder.has("dist/b"));
    assert_eq!(at("2026-06-01"), 0);
    assert!(folder.has("dist/b/index.html"));
    let program = env!("CARGO_BIN_EXE_guidepost");
    // 2026-05-31T23:59:59Z and one second later.
    for (epoch, there) in [("1780271999", false), ("1780272000", true)] {
        let answer = Command::new(program)
            .arg("build")
            .current_dir(folder.path())
            .env("SOURCE_DATE_EPOCH", epoch)
            .output()
            .unwrap();
        assert!(answer.status.success());
        assert_eq!(folder.has("dist/b/index.html"), there, "{epoch}");
    }
    let answer = Command::new(program)
        .arg("build")
        .current_dir(folder.path())
        .env("SOURCE_DATE_EPOCH", "soon")
        .output()
        .unwrap();
    assert_eq!(answer.status.code(), Some(2));
}

#[test]
fn timings_are_one_line_for_programs() {
    let folder = Folder::of(&GOOD);
    let answer = folder.run(&["build", "--timings=json"]);
    assert_eq!(answer.out.lines().count(), 1, "{}", answer.out);
    let line: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(line["pages"], 4);
    for stage in ["load", "parse", "type", "place", "resolve", "plan", "render", "publish"] {
        assert!(line["stages"][stage].is_number(), "{stage} in {line}");
    }
    assert!(line["bytes"].as_u64() > Some(1000) && line["total_ms"].is_number());
}

#[test]
fn explain_says_why() {
    let folder = Folder::of(&[]);
    let answer = folder.run(&["explain", "unsafe-scheme"]);
    assert_eq!(answer.status, 0);
    assert!(answer.out.contains("run code on the reader's machine"), "{}", answer.out);
    assert!(answer.out.contains("cannot be lowered"), "{}", answer.out);
}

#[test]
fn a_new_project_builds_without_a_word() {
    let folder = Folder::of(&[]);
    let answer = folder.run(&["new", "guide", "--date", "2026-11-16", "--name", "Wye \"Valley\" Council"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    let check = folder.run(&["check", "--strict", "--format", "short", "--root", "guide", "--date", "2026-11-16"]);
    assert_eq!((check.status, check.out.as_str()), (0, ""), "{}", check.err);
    assert_eq!(folder.run(&["build", "--root", "guide", "--date", "2026-11-16"]).status, 0);
    assert!(folder.text("guide/dist/index.html").contains("Wye"));
    let again = folder.run(&["new", "guide"]);
    assert_eq!(again.status, 2);
    assert!(again.err.contains("that folder is not empty"), "{}", again.err);
    let authority = folder.run(&["new", "authority", "wye-north", "--root", "guide"]);
    assert_eq!(authority.status, 0, "{}", authority.err);
    fs::remove_dir_all(folder.path().join("guide/dist")).unwrap();
    let both = folder.run(&["build", "--root", "guide", "--date", "2026-11-16"]);
    assert_eq!(both.status, 0, "{}", both.err);
    assert!(folder.has("guide/dist/wye-north/index.html"));
    assert_eq!(folder.run(&["new", "authority", "Wye North", "--root", "guide"]).status, 2);
}

#[test]
fn a_folder_with_one_markdown_file_becomes_a_site() {
    let folder = Folder::of(&[
        ("notes/hello-there.md", "# Hello\n\nText with [a link](https://example.org/).\n"),
        ("node_modules/x.md", "[broken](nowhere)\n"),
        (".hidden/y.md", "[broken](nowhere)\n"),
    ]);
    let answer = folder.run(&["build"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert!(folder.text("dist/notes/hello-there/index.html").contains("Hello"));
    // Its own output is no input of the next run.
    let again = folder.run(&["build"]);
    assert_eq!(again.status, 0, "{}", again.err);
    let check = folder.run(&["check", "--format", "short"]);
    assert_eq!((check.status, check.out.as_str()), (0, ""), "{}", check.err);
}

#[test]
fn a_strangers_site_holds_no_word_of_the_sample() {
    let folder = Folder::of(&[("hello.md", "# Hello\n\nText.\n")]);
    assert_eq!(folder.run(&["build"]).status, 0);
    let whole = fs::read_to_string(repository("guidepost.yaml")).unwrap();
    let own: Vec<&str> = ["Example Borough", "Family Safeguarding", "example-front-door", "020 7946"].into();
    assert!(whole.contains(own[0]));
    for (path, bytes) in files_of(&folder.path().join("dist")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for word in &own {
            assert!(!text.contains(word), "`{word}` is in {path}");
        }
    }
}

#[test]
fn every_council_has_its_folder_and_its_edition() {
    let folder = Folder::of(&GOOD);
    folder.write("authorities/ferndale/authority.yaml", "name: Ferndale\n");
    folder.write("authorities/ashby/authority.yaml", "name: Ashby\n");
    folder.write("authorities/ashby/content/b.md", "# B\n\n[nowhere](nowhere.md)\n");
    let answer = folder.run(&["check", "--format", "json", "--quiet"]);
    let line: serde_json::Value = serde_json::from_str(answer.out.lines().next().unwrap()).unwrap();
    assert_eq!(line["editions"], serde_json::json!(["ashby/public"]), "{}", answer.out);
    assert_eq!(folder.run(&["build"]).status, 1, "one council's error keeps all back");
    assert!(!folder.has("dist"));
    folder.write("authorities/ashby/content/b.md", "# B\n");
    assert_eq!(folder.run(&["build"]).status, 0);
    assert!(
        folder.has("dist/ferndale/a/index.html")
            && folder.has("dist/ashby/b/index.html")
            && !folder.has("dist/ferndale/b")
    );
    let internal = folder.run(&["build", "--visibility", "internal", "--authority", "ferndale"]);
    assert_eq!(internal.status, 0, "{}", internal.err);
    assert!(folder.has("dist-internal/ferndale/a/index.html") && !folder.has("dist-internal/ashby"));
}

#[test]
fn every_site_answers_under_its_name_and_one_alone_like_its_search_box() {
    let folder = Folder::of(&GOOD);
    folder.write("authorities/ferndale/authority.yaml", "name: Ferndale Council\n");
    folder.write("authorities/ashby/authority.yaml", "name: Ashby Council\n");
    folder.write("authorities/ashby/content/b.md", "# Swimming\n");
    let answer = folder.run(&["search", "swimming"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert!(answer.out.starts_with("Ashby Council (ashby)\n 1. Swimming\n    /b/\n"), "{}", answer.out);
    assert!(
        answer.out.ends_with("Ferndale Council (ferndale)\nNo page mentions `swimming`\nNothing found\n"),
        "{}",
        answer.out
    );
    let lines = |arguments: &[&str]| -> Vec<serde_json::Value> {
        let answer = folder.run(&[&["search", "--format", "json"], arguments].concat());
        answer.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    folder.write("queries", "swimming\n\ntext\n");
    let all = lines(&["--batch", "queries"]);
    let named: Vec<_> =
        all.iter().map(|line| (line["query"].as_str().unwrap(), line["site"].as_str().unwrap())).collect();
    assert_eq!(named, [("swimming", "ashby"), ("swimming", "ferndale"), ("text", "ashby"), ("text", "ferndale")]);
    let one = lines(&["swimming", "--authority", "ashby"]);
    assert_eq!((one.len(), one[0].get("site"), one[0]["results"][0]["url"].as_str()), (1, None, Some("b/")));
    let wrong = folder.run(&["search", "swimming", "--authority", "ashby", "--authority", "fern"]);
    assert_eq!((wrong.status, wrong.out.as_str()), (1, ""), "half an answer could be taken for the whole");
    assert!(wrong.err.contains("there is no authority `fern`"), "{}", wrong.err);
}

#[test]
fn what_was_asked_is_repeated_exactly_for_programs() {
    let folder = Folder::of(&GOOD);
    let query = "a\u{7f}b\u{9b}1m\u{1b}[31m";
    let answer = folder.run(&["search", "--format", "json", query]);
    let line: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(line["query"], query);
}

#[test]
fn the_last_word_is_open_with_typing() {
    let folder = Folder::of(&GOOD);
    folder.write("content/b.md", "# Swimming\n");
    assert!(folder.run(&["search", "sw", "--typing"]).out.contains("1. Swimming"));
    assert!(folder.run(&["search", "sw"]).out.contains("No page mentions `sw`"));
}

#[cfg(unix)]
#[test]
fn links_and_names_that_are_no_text_are_said() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let folder = Folder::of(&GOOD);
    folder.write("secret.txt", "canary");
    symlink(folder.path().join("secret.txt"), folder.path().join("content/secret.md")).unwrap();
    symlink("..", folder.path().join("content/loop")).unwrap();
    fs::write(folder.path().join("content").join(OsStr::from_bytes(b"caf\xE9.md")), "# C\n").unwrap();
    let answer = folder.run(&["check", "--format", "short"]);
    assert!(answer.out.contains("content/secret.md:1:1: warning[not-a-file]: "), "{}", answer.out);
    assert!(answer.out.contains("content/loop:1:1: warning[not-a-file]: "), "{}", answer.out);
    assert!(answer.out.contains("error[name-not-utf8]"), "{}", answer.out);
    assert_eq!(answer.status, 1);
    assert!(!answer.out.contains("canary"));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::process::Stdio;
    let folder = Folder::of(&GOOD);
    let many: String = (0..2000).map(|at| format!("[a](nowhere-{at}.md)\n\n")).collect();
    folder.write("content/a.md", &format!("# A\n\n{many}"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_guidepost"))
        .args(["check", "--format", "short"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let answer = child.wait_with_output().unwrap();
    assert!(!String::from_utf8_lossy(&answer.stderr).contains("panicked"));
    assert_eq!(answer.status.code(), Some(1));
}

#[test]
fn settings_under_another_name_are_not_passed_over() {
    let folder = Folder::of(&[("guidepost.yml", "title: Guidance\n"), ("content/a.md", "# A\n")]);
    let answer = folder.run(&["build", "--format", "short"]);
    assert_eq!(answer.status, 1, "{}", answer.err);
    assert!(answer.err.starts_with("guidepost.yml:1:1: error[unknown-record]: "), "{}", answer.err);
}

#[test]
fn content_may_be_the_folder_itself() {
    let folder = Folder::of(&[("guidepost.yaml", "title: Guidance\ncontent: .\n"), ("a.md", "# A\n")]);
    let answer = folder.run(&["build"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert!(folder.has("dist/a/index.html"));
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_named_and_never_read() {
    let folder = Folder::of(&GOOD);
    let pipe = folder.path().join("content/pipe.md");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    std::os::unix::fs::symlink(folder.path().join("guidepost.yaml"), folder.path().join("content/link.md")).unwrap();
    let answer = folder.run(&["build"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert_eq!(answer.err.matches("[not-a-file]").count(), 2, "{}", answer.err);
    assert!(!answer.err.contains("title: Guidance"), "{}", answer.err);
    fs::rename(folder.path().join("guidepost.yaml"), folder.path().join("real.yaml")).unwrap();
    std::os::unix::fs::symlink("real.yaml", folder.path().join("guidepost.yaml")).unwrap();
    let answer = folder.run(&["build"]);
    assert_eq!(answer.status, 2, "{}", answer.err);
}
