//! The same sources, options and day give the same bytes: in any order of files and threads, on any machine.
//!
//! In: the repository's own sample. Out: two sites compared byte for byte, through the library and through the program
//! under another time zone, locale, folder and number of threads.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use guidepost::pipeline::Memo;

use crate::built::{built, built_after, files_of, memory, options, repository};
use crate::index_files::index_texts;

type Files = BTreeMap<String, Vec<u8>>;

/// The sample as the program sees it.
fn sample() -> Files {
    let mut files: Files = BTreeMap::new();
    files.insert("guidepost.yaml".to_owned(), fs::read(repository("guidepost.yaml")).unwrap());
    for folder in ["content", "authorities"] {
        files
            .extend(files_of(&repository(folder)).into_iter().map(|(name, bytes)| (format!("{folder}/{name}"), bytes)));
    }
    files
}

fn assert_same(first: &Files, second: &Files) {
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    let differing: Vec<&String> =
        first.iter().filter(|(path, bytes)| second[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(differing.is_empty(), "{differing:?}");
}

#[test]
fn two_builds_in_one_process_are_the_same() {
    let origin = memory(sample());
    let (first, second) = (built(&origin, &options()), built(&origin, &options()));
    assert!(first.files.len() > 20, "{:?}", first.paths());
    assert_same(&first.files, &second.files);
    assert_eq!(first.problems, second.problems);
}

#[test]
fn a_build_after_others_is_that_of_a_fresh_start() {
    let memo = Memo::default();
    let (whole, mut changed) = (sample(), sample());
    let page = changed.iter_mut().find(|(name, _)| name.ends_with("families.md")).unwrap();
    page.1.extend(b"\n\nA sentence about zebras.\n");
    let before = built_after(&memo, &memory(whole.clone()), &options());
    let kept = memo.analyses.len();
    let after = built_after(&memo, &memory(changed.clone()), &options());
    assert_same(&after.files, &built(&memory(changed), &options()).files);
    assert_ne!(index_texts(&before), index_texts(&after));
    assert_eq!(memo.analyses.len(), kept, "the page as it was is forgotten, the page as it is remembered");
    assert_same(&built_after(&memo, &memory(whole), &options()).files, &before.files);
}

/// One file after another is edited, emptied, broken, removed, moved and put back.
#[test]
fn builds_that_remember_are_those_that_do_not() {
    let memo = Memo::default();
    let whole = sample();
    let names: Vec<String> = whole.keys().filter(|name| name.ends_with(".md")).cloned().collect();
    let mut files = whole.clone();
    for (step, name) in names.iter().cycle().take(names.len().max(18)).step_by(3).enumerate() {
        let bytes = whole[name].clone();
        match step % 6 {
            0 => _ = files.insert(name.clone(), [&bytes[..], b"\n\n[Nowhere](nowhere.md)\n"].concat()),
            1 => _ = files.insert(name.clone(), Vec::new()),
            2 => _ = files.insert(name.clone(), b"---\ntitle: [\n---\n".to_vec()),
            3 => _ = files.remove(name),
            4 => _ = files.insert(name.replace(".md", "-2.md"), files.get(name).cloned().unwrap_or_default()),
            _ => files = whole.clone(),
        }
        let origin = memory(files.clone());
        let (remembers, fresh) = (built_after(&memo, &origin, &options()), built(&origin, &options()));
        assert_same(&remembers.files, &fresh.files);
        assert_eq!(remembers.problems, fresh.problems, "after step {step}");
        let written = files.keys().filter(|name| name.starts_with("content/") && name.ends_with(".md")).count();
        assert_eq!(memo.documents(), written, "what is gone is forgotten");
    }
}

#[test]
fn sites_share_what_they_both_say() {
    let files = [
        ("guidepost.yaml", "title: Guidance\n"),
        ("content/a.md", "# A\n\nFor everybody.\n"),
        ("authorities/one/authority.yaml", "name: One\n"),
        ("authorities/two/authority.yaml", "name: Two\n"),
        ("authorities/two/content/b.md", "# B\n\nFor two.\n"),
    ];
    let memo = Memo::default();
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let site = built_after(&memo, &memory(files), &options());
    assert!(index_texts(&site).matches("For everybody.").count() == 2);
    let generated = memo.analyses.len();
    let alone = Memo::default();
    let _ = built_after(
        &alone,
        &memory(BTreeMap::from([("content/a.md".to_owned(), b"# A\n\nFor everybody.\n".to_vec())])),
        &options(),
    );
    // Beside `b.md` nothing differs that search reads but the two home pages, which have their council's name.
    assert!(generated <= alone.analyses.len() + 2, "{generated} against {}", alone.analyses.len());
}

/// Writes the sample into a folder, files in the order given.
fn write<'a>(folder: &Path, files: impl Iterator<Item = (&'a String, &'a Vec<u8>)>) {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

struct Surroundings<'a> {
    root: &'a str,
    from: PathBuf,
    jobs: &'a str,
    zone: &'a str,
    locale: &'a str,
}

fn run(around: &Surroundings<'_>, out: &Path) -> Files {
    let answer = Command::new(env!("CARGO_BIN_EXE_guidepost"))
        .args(["build", "--date", "2026-11-16", "--root", around.root, "--jobs", around.jobs, "--out"])
        .arg(out)
        .current_dir(&around.from)
        .env("TZ", around.zone)
        .env("LANG", around.locale)
        .env("LC_ALL", around.locale)
        .env("SOURCE_DATE_EPOCH", if around.jobs == "1" { "0" } else { "1700000000" })
        .output()
        .unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    let mut files = files_of(out);
    files.retain(|name, _| !name.starts_with(".guidepost-"));
    files
}

#[test]
fn another_zone_locale_folder_order_and_number_of_threads_change_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (first, second) = (home.path().join("first"), home.path().join("a second folder"));
    let files = sample();
    write(&first, files.iter());
    write(&second, files.iter().rev());
    let here = Surroundings { root: ".", from: first, jobs: "1", zone: "Pacific/Kiritimati", locale: "C" };
    let there = Surroundings {
        root: "a second folder",
        from: home.path().to_owned(),
        jobs: "7",
        zone: "Pacific/Pago_Pago",
        locale: "tr_TR.UTF-8",
    };
    let (one, two) = (run(&here, &home.path().join("out-one")), run(&there, &home.path().join("out-two")));
    assert!(one.len() > 20);
    assert_same(&one, &two);
    assert_same(&one, &built(&memory(files), &options()).files);
    let home = home.path().to_str().unwrap();
    let naming: Vec<&String> =
        one.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(home)).map(|(path, _)| path).collect();
    assert!(naming.is_empty(), "the folder's name is in {naming:?}");
}
