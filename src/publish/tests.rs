//! What publishing promises, tried from outside: what stands in the output before and after.

// Both speak of links and signals.
#[cfg(unix)]
mod kills;
#[cfg(unix)]
mod refusals;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::*;

/// Everything under a folder, links and folders included, to compare before and after.
fn snapshot(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut seen = BTreeMap::from([(root.to_owned(), b"a folder".to_vec())]);
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        if path.is_symlink() {
            let target = fs::read_link(&path).unwrap().into_os_string();
            seen.insert(path, target.into_encoded_bytes());
        } else if path.is_dir() {
            seen.extend(snapshot(&path));
        } else {
            let content = fs::read(&path).unwrap();
            seen.insert(path, content);
        }
    }
    seen
}

/// Publishes a small site in which every file says `version`; of one name, several, or none.
fn publish(out: &Path, names: &[Option<&str>], version: &str) -> Result<Report, Error> {
    publish_as(out, names, version, true)
}

fn publish_as(out: &Path, names: &[Option<&str>], version: &str, exchange: bool) -> Result<Report, Error> {
    let mut run = Publication::begin(out, &[])?;
    run.exchange = exchange;
    let mut finished = Vec::new();
    for name in names {
        let site = run.site(*name)?;
        for number in 0..12 {
            site.put(&format!("pages/{}/{number}/index.html", number % 3), version.as_bytes())?;
        }
        site.put("index.html", version.as_bytes())?;
        finished.push(site.finish("test/public")?);
    }
    run.commit(finished)
}

/// The version that every file of a site says, which must be whole to its last byte.
fn whole_version(site: &Path) -> String {
    let stamp = Stamp::from_json(&fs::read(site.join(STAMP)).unwrap()).unwrap();
    let listed: Vec<PathBuf> = stamp.files.keys().map(|path| site.join(path)).collect();
    let found = snapshot(site);
    let mut files: Vec<&PathBuf> = found.keys().filter(|path| path.is_file() && !path.ends_with(STAMP)).collect();
    files.sort_by_key(|path| path.to_string_lossy().into_owned());
    assert_eq!(files, listed.iter().collect::<Vec<_>>());
    assert_eq!(files.len(), 13);
    let version = fs::read_to_string(site.join("index.html")).unwrap();
    for (path, record) in &stamp.files {
        assert_eq!(FileRecord::of_file(&site.join(path)).unwrap(), *record);
        assert_eq!(fs::read_to_string(site.join(path)).unwrap(), version);
    }
    version
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

const ONE: &[Option<&str>] = &[None];
const TWO: &[Option<&str>] = &[Some("ash"), Some("elm")];

#[test]
fn replaces_one_site_and_leaves_nothing_else() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("dist");
    assert_eq!(publish(&out, ONE, "1").unwrap().sites[0].how, How::Placed);
    let again = publish(&out, ONE, "2").unwrap();
    assert!(again.left_behind.is_none());
    assert_eq!((again.sites[0].files, again.sites[0].bytes), (13, 13));
    assert_eq!(again.sites[0].folder, out);
    assert_eq!(whole_version(&out), "2");
    assert_eq!(names(root.path()), ["dist"]);
}

#[cfg(target_os = "linux")]
#[test]
fn exchanges_folders_here() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("dist");
    let _ = publish(&out, ONE, "1").unwrap();
    assert_eq!(publish(&out, ONE, "2").unwrap().sites[0].how, How::Exchanged);
}

#[test]
fn works_where_folders_cannot_be_exchanged() {
    let root = tempfile::tempdir().unwrap();
    for sites in [ONE, TWO] {
        let out = root.path().join(format!("dist{}", sites.len()));
        for version in ["1", "2", "3"] {
            let _ = publish_as(&out, sites, version, false).unwrap();
        }
        for site in sites {
            assert_eq!(whole_version(&site.map_or(out.clone(), |name| out.join(name))), "3");
        }
    }
    assert_eq!(names(root.path()), ["dist1", "dist2"]);
}

#[test]
fn leaves_sites_alone_that_this_run_does_not_build() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("dist");
    let _ = publish(&out, TWO, "1").unwrap();
    let report = publish(&out, &[Some("elm"), Some("oak")], "2").unwrap();
    assert_eq!(report.sites.iter().map(|site| site.how == How::Placed).collect::<Vec<_>>(), [false, true]);
    assert_eq!(["ash", "elm", "oak"].map(|name| whole_version(&out.join(name))), ["1", "2", "2"]);
    assert_eq!(names(&out), ["ash", "elm", "oak"]);
}

#[test]
fn authorities_take_the_place_of_a_single_site_in_one_piece() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("dist");
    let _ = publish(&out, ONE, "1").unwrap();
    let _ = publish(&out, TWO, "2").unwrap();
    assert_eq!(names(&out), ["ash", "elm"]);
    assert_eq!(names(root.path()), ["dist"]);
}

#[test]
fn a_site_that_was_begun_and_not_committed_is_not_published() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("dist");
    let run = Publication::begin(&out, &[]).unwrap();
    let (ash, elm) = (run.site(Some("ash")).unwrap(), run.site(Some("elm")).unwrap());
    ash.put("half.html", b"half").unwrap();
    elm.put("index.html", b"whole").unwrap();
    let _ = run.commit(vec![elm.finish("elm/public").unwrap()]).unwrap();
    assert_eq!(names(&out), ["elm"]);
}

#[test]
fn dropped_without_commit_it_leaves_no_trace() {
    let root = tempfile::tempdir().unwrap();
    for out in [root.path().join("dist"), root.path().join("new/deep/dist")] {
        if out.ends_with("dist") && out.parent() == Some(root.path()) {
            let _ = publish(&out, ONE, "1").unwrap();
        }
        let before = snapshot(root.path());
        let run = Publication::begin(&out, &[]).unwrap();
        let site = run.site(None).unwrap();
        site.put("a/b/c.html", b"new").unwrap();
        let finished = site.finish("test/public").unwrap();
        drop((finished, run));
        assert_eq!(snapshot(root.path()), before);
    }
}

#[test]
fn the_same_site_has_the_same_stamp_whatever_the_order() {
    let root = tempfile::tempdir().unwrap();
    let stamps = [[0, 1, 2], [2, 0, 1]].map(|order| {
        let out = root.path().join(format!("dist{}", order[0]));
        let run = Publication::begin(&out, &[]).unwrap();
        let site = run.site(None).unwrap();
        order.iter().for_each(|number| site.put(&format!("{number}.html"), &[*number]).unwrap());
        let _ = run.commit(vec![site.finish("test/public").unwrap()]).unwrap();
        fs::read(out.join(STAMP)).unwrap()
    });
    assert_eq!(stamps[0], stamps[1]);
}

#[test]
fn takes_files_from_many_threads() {
    use rayon::prelude::*;
    let root = tempfile::tempdir().unwrap();
    let run = Publication::begin(&root.path().join("dist"), &[]).unwrap();
    let site = run.site(None).unwrap();
    (0..2000).into_par_iter().for_each(|n| site.put(&format!("{}/{n}/index.html", n % 50), b"text").unwrap());
    let taken: usize = (0..64).into_par_iter().map(|_| usize::from(site.put("once.html", b"text").is_ok())).sum();
    assert_eq!(taken, 1);
    assert_eq!(run.commit(vec![site.finish("test/public").unwrap()]).unwrap().sites[0].files, 2001);
}

#[test]
fn refuses_paths_that_lead_out_or_come_twice() {
    let root = tempfile::tempdir().unwrap();
    let run = Publication::begin(&root.path().join("dist"), &[]).unwrap();
    let site = run.site(None).unwrap();
    site.put("Faqs/index.html", b"").unwrap();
    for path in [
        "",
        "/",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a/..",
        ".",
        "./a",
        "a//b",
        "a/",
        "a\0b",
        "a\\..\\b",
        "Faqs/index.html",
        "faqs/INDEX.html",
        STAMP,
        "a/.Guidepost-Site.json",
        ".git/config",
    ] {
        assert!(matches!(site.put(path, b"x"), Err(Error::BadPath { .. })), "{path:?}");
    }
    assert!(matches!(site.put("Faqs/index.html/a", b""), Err(Error::Write { .. })));
    for name in ["", "..", "a/b", ".hidden", "a\\b"] {
        assert!(matches!(run.site(Some(name)), Err(Error::BadPath { .. })), "{name:?}");
    }
    assert!(run.site(None).is_err(), "asked for twice");
}

#[test]
fn a_failing_swap_takes_the_others_back() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("dist");
    let _ = publish(&out, TWO, "1").unwrap();
    let run = Publication::begin(&out, &[]).unwrap();
    let finished: Vec<Finished> = ["ash", "elm", "oak"]
        .map(|name| {
            let site = run.site(Some(name)).unwrap();
            site.put("index.html", b"2").unwrap();
            site.finish("test/public").unwrap()
        })
        .into();
    fs::remove_dir_all(&finished[2].folder).unwrap();
    assert!(matches!(run.commit(finished), Err(Error::Write { path, .. }) if path == out.join("oak")));
    assert_eq!(["ash", "elm"].map(|name| whole_version(&out.join(name))), ["1", "1"]);
    assert_eq!(names(&out), ["ash", "elm"]);
}

#[test]
fn a_site_of_another_run_and_one_beside_several_are_refused() {
    let root = tempfile::tempdir().unwrap();
    let [one, other] = ["one", "other"].map(|name| Publication::begin(&root.path().join(name), &[]).unwrap());
    let finish = |run: &Publication, name| run.site(name).unwrap().finish("test/public").unwrap();
    assert!(other.commit(vec![finish(&one, Some("ash"))]).is_err());
    let both = vec![finish(&one, None), finish(&one, Some("elm"))];
    assert!(one.commit(both).is_err());
    assert_eq!(names(root.path()), Vec::<String>::new());
}

#[test]
fn a_swap_that_fails_and_cannot_be_undone_still_loses_no_site() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("dist");
    let _ = publish(&out, ONE, "1").unwrap();
    let run = Publication::begin(&out, &[]).unwrap();
    fs::rename(&out, run.staging.old_site(None)).unwrap();
    drop(run);
    assert_eq!(whole_version(&out), "1");
}
