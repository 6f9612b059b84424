//! Watching real folders: each change is followed by a build, and nothing else is.
//!
//! In: what editors do to files. Out: how often the site was built, and from what.

use super::*;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use crate::serve::{Options, follow};

/// A project folder that is being followed; each build remembers the names and texts it found.
struct Followed {
    folder: tempfile::TempDir,
    builds: Arc<Mutex<Vec<BTreeMap<PathBuf, String>>>>,
    said: Arc<Mutex<Vec<String>>>,
    stop: Arc<AtomicBool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Followed {
    fn start(poll: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("content/faqs")).unwrap();
        fs::create_dir(folder.path().join("dist")).unwrap();
        fs::write(folder.path().join("content/a.md"), "one").unwrap();
        fs::write(folder.path().join("guidepost.yaml"), "title: x").unwrap();
        let (builds, said): (Arc<Mutex<Vec<_>>>, Arc<Mutex<Vec<_>>>) = Default::default();
        let stop = Arc::new(AtomicBool::new(false));
        let options = Options {
            port: 0,
            open_paths: ["content", "guidepost.yaml", "templates"].map(|name| folder.path().join(name)).to_vec(),
            ignore: vec![folder.path().join("content/out")],
            poll,
            ..Options::default()
        };
        let thread = std::thread::spawn({
            let (root, builds, said, stop) =
                (folder.path().to_owned(), Arc::clone(&builds), Arc::clone(&said), Arc::clone(&stop));
            move || {
                let build = || {
                    builds.lock().unwrap().push(read(&root));
                    site(&[("index.html", "x")])
                };
                let say = |line: &str| said.lock().unwrap().push(line.to_owned());
                follow(&super::start(), &options, build, &say, &stop);
            }
        });
        let followed = Self { folder, builds, said, stop, thread: Some(thread) };
        followed.wait_until("the first build", |builds| !builds.is_empty());
        // Let the first build settle: it may be followed by one more when it raced with the files' creation.
        std::thread::sleep(Duration::from_millis(300));
        followed
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn count(&self) -> usize {
        self.builds.lock().unwrap().len()
    }

    fn wait_until(&self, what: &str, done: impl Fn(&[BTreeMap<PathBuf, String>]) -> bool) {
        let start = Instant::now();
        while !done(&self.builds.lock().unwrap()) {
            assert!(start.elapsed() < Duration::from_secs(10), "{what}: never seen");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The last build has exactly what is on the disk.
    fn catches_up(&self, what: &str) {
        self.wait_until(what, |builds| builds.last() == Some(&read(self.folder.path())));
    }

    fn stays_quiet(&self, what: &str, act: impl FnOnce()) {
        let before = self.count();
        act();
        std::thread::sleep(Duration::from_millis(2600));
        assert_eq!(self.count(), before, "{what}: built for nothing");
    }
}

impl Drop for Followed {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let _ = self.thread.take().map(std::thread::JoinHandle::join);
    }
}

/// Every file of a project but the output.
fn read(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.ends_with("dist") || path.ends_with("out") || entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if path.is_dir() {
            found.extend(read(&path));
        } else if let Ok(text) = fs::read_to_string(&path) {
            found.insert(path, text);
        }
    }
    found
}

#[test]
fn half_a_save_is_not_shown() {
    let followed = Followed::start(false);
    let name = followed.path("content/a.md");
    let half = |text: &str| {
        let before = followed.count();
        let mut file = fs::File::create(&name).unwrap();
        std::thread::sleep(Duration::from_millis(40));
        file.write_all(text.as_bytes()).unwrap();
        followed.catches_up("a save in two steps");
        followed.builds.lock().unwrap()[before..].iter().any(|build| build[&name].is_empty())
    };
    // On a machine that is busy the other half may come too late, but not each time.
    assert!(["one", "another", "one more", "the next", "the last"].into_iter().any(|text| !half(text)));
    fs::write(&name, "").unwrap();
    followed.catches_up("a file emptied for good");
}

#[test]
fn follows_what_editors_and_people_do() {
    let followed = Followed::start(false);
    let at = |name: &str| followed.path(name);
    let quickly = Instant::now();
    fs::write(at("content/a.md"), "two").unwrap();
    followed.catches_up("an edit");
    assert!(quickly.elapsed() < Duration::from_millis(1500), "the bell did not ring: {:?}", quickly.elapsed());
    fs::write(at("content/.a.md.new"), "three").unwrap();
    fs::rename(at("content/.a.md.new"), at("content/a.md")).unwrap();
    followed.catches_up("a save by renaming");
    fs::write(at("guidepost.yaml"), "title: y").unwrap();
    followed.catches_up("the one file");
    fs::write(at("yaml.new"), "title: z").unwrap();
    fs::rename(at("yaml.new"), at("guidepost.yaml")).unwrap();
    followed.catches_up("the one file, replaced");
    fs::create_dir_all(at("content/new/deep")).unwrap();
    fs::write(at("content/new/deep/b.md"), "b").unwrap();
    followed.catches_up("a new folder with a file");
    fs::write(at("content/new/deep/b.md"), "bb").unwrap();
    followed.catches_up("an edit in the new folder");
    fs::rename(at("content/new"), at("content/newer")).unwrap();
    followed.catches_up("a folder renamed");
    fs::write(at("content/newer/deep/b.md"), "bbb").unwrap();
    followed.catches_up("an edit in the renamed folder");
    fs::remove_file(at("content/a.md")).unwrap();
    followed.catches_up("a file deleted");
    fs::create_dir(at("templates")).unwrap();
    fs::write(at("templates/page.html"), "x").unwrap();
    followed.catches_up("a root that did not exist");
    fs::remove_dir_all(at("content")).unwrap();
    followed.catches_up("everything deleted");
    fs::create_dir(at("content")).unwrap();
    fs::write(at("content/a.md"), "back").unwrap();
    followed.catches_up("the folder made again");
    fs::write(at("content/a.md"), "and edited").unwrap();
    followed.catches_up("an edit in the folder made again");
    assert!(followed.said.lock().unwrap().is_empty());
}

#[test]
fn builds_for_nothing_else() {
    let followed = Followed::start(false);
    let at = |name: &str| followed.path(name);
    followed.stays_quiet("doing nothing, reading, touching, output and junk", || {
        fs::read(at("content/a.md")).unwrap();
        fs::write(at("content/a.md"), "one").unwrap();
        fs::write(at("content/a.md.copy.tmp"), "one").unwrap();
        fs::write(at("content/.a.md.swp"), "junk").unwrap();
        fs::write(at("content/a.md~"), "junk").unwrap();
        fs::write(at("content/~$a.docx"), "junk").unwrap();
        fs::create_dir_all(at("content/.git/objects")).unwrap();
        fs::write(at("content/.git/objects/x"), "junk").unwrap();
        fs::create_dir_all(at("content/node_modules/x")).unwrap();
        fs::write(at("content/node_modules/x/readme.md"), "junk").unwrap();
        fs::create_dir_all(at("content/out")).unwrap();
        fs::write(at("content/out/index.html"), "own output").unwrap();
        fs::write(at("dist/index.html"), "own output").unwrap();
        fs::create_dir(at("content/empty")).unwrap();
        fs::rename(at("content/a.md"), at("content/.moved")).unwrap();
        fs::rename(at("content/.moved"), at("content/a.md")).unwrap();
    });
}

#[test]
fn an_edit_that_keeps_time_and_length_is_seen() {
    let followed = Followed::start(false);
    let path = followed.path("content/a.md");
    let modified = fs::metadata(&path).unwrap().modified().unwrap();
    fs::write(&path, "eno").unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(modified).unwrap();
    followed.catches_up("an edit with the old time");
}

#[test]
fn a_storm_of_edits_is_few_builds_and_ends_up_right() {
    let followed = Followed::start(false);
    let before = followed.count();
    for round in 0..200 {
        fs::write(followed.path(&format!("content/faqs/{}.md", round % 20)), format!("{round}")).unwrap();
    }
    followed.catches_up("200 writes");
    let builds = followed.count() - before;
    assert!(builds <= 20, "{builds} builds");
}

#[test]
fn polling_sees_it_too() {
    let followed = Followed::start(true);
    fs::create_dir(followed.path("content/new")).unwrap();
    fs::write(followed.path("content/new/b.md"), "b").unwrap();
    followed.catches_up("a new folder with a file");
    fs::remove_file(followed.path("content/a.md")).unwrap();
    followed.catches_up("a file deleted");
}
