//! Output folders that are not ours: each is refused, with its reason, and nothing in or around it changes.

use super::*;
use crate::error::{Refusal, Strangeness};

/// Tries both kinds of run on `out` under `root`, expects both to be refused, and gives the first one's reason.
fn refused(root: &Path, out: &Path, sources: &[PathBuf]) -> Refusal {
    let before = snapshot(root);
    let reasons = [None, Some("ash")].map(|name| {
        let answer = Publication::begin(out, sources).and_then(|run| run.site(name).map(drop));
        match answer {
            Err(Error::WrongOutput { why, folder }) => {
                assert!(folder.starts_with(out));
                why
            }
            other => panic!("{} for {name:?}: {other:?}", out.display()),
        }
    });
    assert_eq!(snapshot(root), before);
    let [reason, _] = reasons;
    reason
}

fn root() -> (tempfile::TempDir, PathBuf) {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("dist");
    (root, out)
}

/// A published site with something done to it, then refused; `also` repeats it inside a folder of several.
fn refused_after(tamper: impl Fn(&Path)) -> Refusal {
    let (root, out) = root();
    let _ = publish(&out, TWO, "1").unwrap();
    tamper(&out.join("ash"));
    let before = snapshot(root.path());
    assert!(matches!(publish(&out, TWO, "2"), Err(Error::WrongOutput { folder, .. }) if folder == out.join("ash")));
    assert_eq!(snapshot(root.path()), before);

    let single = root.path().join("single");
    let _ = publish(&single, ONE, "1").unwrap();
    tamper(&single);
    refused(root.path(), &single, &[])
}

fn only_stranger(why: Refusal) -> (String, Strangeness) {
    match why {
        Refusal::Strangers { mut found, more: 0 } if found.len() == 1 => {
            let found = found.remove(0);
            (found.path, found.why)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_root_however_it_is_spelt() {
    for path in ["/", "/..", "/usr/..", "/usr/../.."] {
        let Err(Error::WrongOutput { why, .. }) = Publication::begin(Path::new(path), &[]) else { panic!("{path}") };
        assert_eq!(why, Refusal::Root);
    }
}

#[test]
fn the_home_folder_also_through_a_link() {
    let (root, _) = root();
    let (home, link) = (root.path().join("home"), root.path().join("link"));
    fs::create_dir(&home).unwrap();
    std::os::unix::fs::symlink(&home, &link).unwrap();
    for (out, home) in [(&home, &home), (&home, &link), (&link.join("../home"), &home)] {
        let answer = place::find(out, &[], Some(home));
        assert!(matches!(answer, Err(Error::WrongOutput { why: Refusal::Home, .. })));
    }
}

#[test]
fn a_source_folder_what_holds_it_and_what_lies_in_it() {
    let (root, out) = root();
    let content = out.join("content");
    fs::create_dir_all(content.join("faqs")).unwrap();
    let sources = [root.path().join("nowhere"), content.clone()];
    for (out, expected) in [
        (content.clone(), "is"),
        (out.clone(), "holds"),
        (content.join("faqs"), "lies inside"),
        (content.join("new"), "lies inside"),
    ] {
        let why = refused(root.path(), &out, &sources);
        assert!(matches!(why, Refusal::Source { relation, .. } if relation == expected), "{why:?}");
    }
    // Spelt another way.
    let why = refused(root.path(), &out.join("../dist/./content/../content"), &sources);
    assert!(matches!(why, Refusal::Source { relation: "is", .. }));
}

#[test]
fn a_source_folder_behind_a_link() {
    let (root, out) = root();
    let content = root.path().join("content");
    fs::create_dir(&content).unwrap();
    std::os::unix::fs::symlink(&content, root.path().join("link")).unwrap();
    let through_link = root.path().join("link/dist");
    assert!(matches!(refused(root.path(), &through_link, &[content]), Refusal::Source { relation: "lies inside", .. }));
    // And a source that is a link into the output.
    fs::create_dir(&out).unwrap();
    std::os::unix::fs::symlink(&out, root.path().join("theme")).unwrap();
    assert!(matches!(refused(root.path(), &out, &[root.path().join("theme")]), Refusal::Source { relation: "is", .. }));
}

#[test]
fn a_file() {
    let (root, out) = root();
    fs::write(&out, "precious").unwrap();
    assert_eq!(refused(root.path(), &out, &[]), Refusal::NotAFolder);
}

#[test]
fn a_folder_inside_a_file() {
    let (root, out) = root();
    fs::write(&out, "precious").unwrap();
    let before = snapshot(root.path());
    assert!(Publication::begin(&out.join("dist"), &[]).is_err());
    assert_eq!(snapshot(root.path()), before);
}

#[test]
fn a_link_to_a_site_to_an_empty_folder_or_to_nothing() {
    let (root, out) = root();
    let (site, empty) = (root.path().join("site"), root.path().join("empty"));
    let _ = publish(&site, ONE, "1").unwrap();
    fs::create_dir(&empty).unwrap();
    for target in [site, empty, root.path().join("nothing")] {
        std::os::unix::fs::symlink(&target, &out).unwrap();
        assert_eq!(refused(root.path(), &out, &[]), Refusal::Link);
        fs::remove_file(&out).unwrap();
    }
}

#[test]
fn a_folder_of_somebodys_files() {
    let (root, out) = root();
    fs::create_dir_all(out.join("letters")).unwrap();
    fs::write(out.join("letters/a.txt"), "precious").unwrap();
    fs::write(out.join("index.html"), "precious").unwrap();
    let found = vec!["index.html".to_owned(), "letters".to_owned()];
    assert_eq!(refused(root.path(), &out, &[]), Refusal::NotOurs { found });
}

#[test]
fn a_git_tree_with_nothing_else_in_it() {
    let (root, out) = root();
    fs::create_dir_all(out.join(".git")).unwrap();
    assert_eq!(refused(root.path(), &out, &[]), Refusal::NotOurs { found: vec![".git".to_owned()] });
}

#[test]
fn a_project_another_run_is_staging_in() {
    let (root, out) = root();
    let _busy = Publication::begin(&out.join("site"), &[]).unwrap();
    assert!(matches!(refused(root.path(), &out, &[]), Refusal::NotOurs { .. }));
}

#[test]
fn a_site_somebody_added_a_file_to() {
    let why = refused_after(|site| fs::write(site.join("pages/notes.txt"), "precious").unwrap());
    assert_eq!(only_stranger(why), ("pages/notes.txt".to_owned(), Strangeness::Added));
}

#[test]
fn a_site_somebody_added_a_folder_to() {
    let why = refused_after(|site| {
        fs::create_dir_all(site.join("mine/deep")).unwrap();
        fs::write(site.join("mine/deep/a"), "precious").unwrap();
    });
    assert_eq!(only_stranger(why), ("mine/".to_owned(), Strangeness::Added));
}

#[test]
fn a_site_that_was_made_a_git_tree() {
    let why = refused_after(|site| fs::create_dir(site.join(".git")).unwrap());
    assert_eq!(only_stranger(why), (".git/".to_owned(), Strangeness::Added));
}

#[test]
fn a_site_with_a_link_in_it_even_in_a_files_place() {
    let why = refused_after(|site| {
        fs::remove_file(site.join("index.html")).unwrap();
        std::os::unix::fs::symlink("pages/0/0/index.html", site.join("index.html")).unwrap();
    });
    assert_eq!(only_stranger(why), ("index.html".to_owned(), Strangeness::NotAPlainFile));
}

#[test]
fn a_site_somebody_edited_also_to_the_same_length_and_date() {
    for (text, back_in_time) in [("longer", false), ("x", false), ("x", true)] {
        let why = refused_after(|site| {
            let path = site.join("index.html");
            let published = fs::metadata(&path).unwrap().modified().unwrap();
            fs::write(&path, text).unwrap();
            if back_in_time {
                let file = fs::File::options().write(true).open(&path).unwrap();
                file.set_modified(published - std::time::Duration::from_secs(3600)).unwrap();
            }
        });
        assert_eq!(only_stranger(why), ("index.html".to_owned(), Strangeness::Changed), "{text}");
    }
}

#[test]
fn a_site_with_a_damaged_a_later_or_somebody_elses_stamp() {
    for stamp in ["", "{", "{}", "[]", r#"{"format":2,"edition":"","files":[]}"#] {
        let why = refused_after(|site| fs::write(site.join(STAMP), stamp).unwrap());
        assert_eq!(why, Refusal::UnreadableStamp, "{stamp}");
    }
    let why = refused_after(|site| {
        fs::remove_file(site.join(STAMP)).unwrap();
        fs::create_dir(site.join(STAMP)).unwrap();
    });
    assert_eq!(why, Refusal::UnreadableStamp);
}

#[test]
fn a_site_whose_stamp_is_gone() {
    let (root, out) = root();
    let _ = publish(&out, ONE, "1").unwrap();
    fs::remove_file(out.join(STAMP)).unwrap();
    assert!(matches!(refused(root.path(), &out, &[]), Refusal::NotOurs { .. }));
}

#[test]
fn a_folder_of_sites_with_somebodys_file_among_them() {
    let (root, out) = root();
    let _ = publish(&out, TWO, "1").unwrap();
    fs::write(out.join("CNAME"), "precious").unwrap();
    let why = refused(root.path(), &out, &[]);
    assert_eq!(only_stranger(why), ("CNAME".to_owned(), Strangeness::Added));
}

#[test]
fn several_sites_for_one() {
    let (root, out) = root();
    let _ = publish(&out, TWO, "1").unwrap();
    let before = snapshot(root.path());
    let Err(Error::WrongOutput { why, .. }) = publish(&out, ONE, "2") else { panic!() };
    assert_eq!(why, Refusal::SeveralSites { names: vec!["ash".to_owned(), "elm".to_owned()] });
    assert_eq!(snapshot(root.path()), before);
}

#[test]
fn a_folder_that_changes_while_the_site_is_built() {
    let (root, out) = root();
    let _ = publish(&out, ONE, "1").unwrap();
    let run = Publication::begin(&out, &[]).unwrap();
    let site = run.site(None).unwrap();
    fs::write(out.join("notes.txt"), "precious").unwrap();
    let finished = site.finish("test/public").unwrap();
    assert!(matches!(run.commit(vec![finished]), Err(Error::WrongOutput { .. })));
    assert_eq!(fs::read_to_string(out.join("notes.txt")).unwrap(), "precious");
    assert_eq!(names(root.path()), ["dist"]);
}

#[test]
fn counts_what_it_does_not_name() {
    let why = refused_after(|site| {
        (0..9).for_each(|number| fs::write(site.join(format!("{number}.txt")), "").unwrap());
    });
    assert!(matches!(&why, Refusal::Strangers { found, more: 4 } if found.len() == 5), "{why:?}");
}

// What is taken nonetheless.

#[test]
fn not_an_empty_folder_nor_a_site_with_less_in_it_or_looked_at() {
    let (_root, out) = root();
    fs::create_dir(&out).unwrap();
    let _ = publish(&out, ONE, "1").unwrap();
    fs::remove_file(out.join("index.html")).unwrap();
    fs::remove_dir_all(out.join("pages/1")).unwrap();
    fs::write(out.join(".DS_Store"), "").unwrap();
    fs::create_dir(out.join("empty")).unwrap();
    let _ = publish(&out, ONE, "2").unwrap();
    assert_eq!(whole_version(&out), "2");
}

#[test]
fn not_a_site_that_was_copied_or_touched() {
    let (root, out) = root();
    let _ = publish(&out, ONE, "1").unwrap();
    let copy = root.path().join("copy");
    for (path, content) in snapshot(&out) {
        let to = copy.join(path.strip_prefix(&out).unwrap());
        if path.is_dir() { fs::create_dir(to).unwrap() } else { fs::write(to, content).unwrap() }
    }
    let _ = publish(&copy, ONE, "2").unwrap();
    assert_eq!(whole_version(&copy), "2");
}
