//! Runs that are killed, runs that meet, and runs on a full disk.

use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::*;

/// Where the child publishes to; its form is `sites exchange path`.
const CHILD: &str = "GUIDEPOST_TEST_PUBLISH_TO";

/// What the child does: publishes, version after version, until it is killed.
#[test]
fn publishes_until_killed() {
    let Ok(task) = std::env::var(CHILD) else {
        return;
    };
    let mut words = task.splitn(3, ' ');
    let sites = if words.next() == Some("2") { TWO } else { ONE };
    let exchange = words.next() == Some("exchange");
    let out = PathBuf::from(words.next().unwrap());
    for version in 0.. {
        match publish_as(&out, sites, ["one", "other"][version % 2], exchange) {
            Err(Error::Locked { .. }) => std::thread::sleep(Duration::from_millis(1)),
            published => drop(published.unwrap()),
        }
    }
}

/// This test program once more, running nothing but the test above.
fn child(sites: &[Option<&str>], exchange: bool, out: &Path) -> Child {
    let how = if exchange { "exchange" } else { "aside" };
    Command::new(std::env::current_exe().unwrap())
        .args(["publish::tests::kills::publishes_until_killed", "--exact", "--test-threads=1"])
        .env(CHILD, format!("{} {how} {}", sites.len(), out.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Returns once a run holds the lock: on a busy machine a process takes its time to start.
fn wait_for_work(out: &Path) {
    let lock = out.with_file_name(".guidepost-dist.lock");
    let begun = std::time::Instant::now();
    while !lock.exists() {
        assert!(begun.elapsed() < Duration::from_secs(60), "the child does not start");
        std::thread::yield_now();
    }
}

/// Numbers that look random and are the same in every run (Knuth's multiplier).
fn scatter(number: u64) -> u64 {
    number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407) >> 33
}

fn places(out: &Path, sites: &[Option<&str>]) -> Vec<PathBuf> {
    sites.iter().map(|name| name.map_or(out.to_owned(), |name| out.join(name))).collect()
}

/// Kills a child at `kills` moments; after each the site must be whole, and one more run must work and tidy up.
fn kill(sites: &[Option<&str>], exchange: bool, kills: u64) {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("dist");
    let _ = publish(&out, sites, "first").unwrap();
    let (mut leftovers, mut moved_on) = (0, 0);
    for number in 0..kills {
        let mut child = child(sites, exchange, &out);
        wait_for_work(&out);
        std::thread::sleep(Duration::from_micros(scatter(number) % 20_000));
        child.kill().unwrap();
        let status = child.wait().unwrap();
        assert_eq!(status.code(), None, "the child ended by itself: {status}");
        leftovers += usize::from(names(root.path()).len() > 2);
        if exchange {
            for site in places(&out, sites) {
                let version = whole_version(&site);
                assert!(["first", "one", "other"].contains(&version.as_str()), "{version}");
                moved_on += usize::from(version != "first");
            }
        } else {
            // The instant without a site: the next run, whatever becomes of it, brings the old one back first.
            drop(Publication::begin(&out, &[]).unwrap());
            places(&out, sites).iter().for_each(|site| drop(whole_version(site)));
        }
        let _ = publish_as(&out, sites, "first", exchange).unwrap();
        places(&out, sites).iter().for_each(|site| assert_eq!(whole_version(site), "first"));
        assert_eq!(names(root.path()), ["dist"], "after kill {number}");
    }
    // Else the kills fell outside the work, and nothing was tested.
    assert!(leftovers > kills as usize / 10, "only {leftovers} of {kills} kills left anything to sweep");
    assert!(!exchange || moved_on > 0);
}

#[test]
fn a_hundred_kills_of_one_site() {
    kill(ONE, true, 100);
}

#[test]
fn a_hundred_kills_of_two_sites() {
    kill(TWO, true, 100);
}

#[test]
fn forty_kills_where_folders_cannot_be_exchanged() {
    kill(ONE, false, 20);
    kill(TWO, false, 20);
}

#[test]
fn a_reader_never_misses_the_site() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("dist");
    let _ = publish(&out, ONE, "0").unwrap();
    let done = AtomicBool::new(false);
    let reads = std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut reads = 0;
            while !done.load(Ordering::Relaxed) {
                fs::read(out.join("index.html")).unwrap();
                fs::read(out.join("pages/2/11/index.html")).unwrap();
                reads += 1;
            }
            reads
        });
        for version in 0..100 {
            let _ = publish(&out, ONE, &version.to_string()).unwrap();
        }
        done.store(true, Ordering::Relaxed);
        reader.join().unwrap()
    });
    assert!(reads > 100, "{reads}");
}

#[test]
fn a_second_run_is_told_who_the_first_is() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("dist");
    let _ = publish(&out, ONE, "1").unwrap();
    let first = Publication::begin(&out, &[]).unwrap();
    let before = snapshot(root.path());
    let Err(error) = publish(&out, ONE, "2") else { panic!("two at once") };
    assert!(matches!(&error, Error::Locked { pid: Some(pid), .. } if *pid == std::process::id()), "{error}");
    assert_eq!(snapshot(root.path()), before);
    // Another output in the same folder is nobody's business, even one with a similar name.
    let _ = publish(&root.path().join("dist-internal"), ONE, "1").unwrap();
    drop(first);
    let _ = publish(&out, ONE, "2").unwrap();
}

#[test]
fn two_processes_at_once_never_mix() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("dist");
    let mut child = child(ONE, true, &out);
    let (mut done, mut told) = (0, 0);
    let begun = std::time::Instant::now();
    while (done < 10 || told < 10) && begun.elapsed() < Duration::from_secs(30) {
        match publish(&out, ONE, "here") {
            Ok(_) => done += 1,
            Err(Error::Locked { pid, .. }) => {
                assert!(pid.is_none_or(|pid| pid == child.id()), "{pid:?}");
                told += 1;
            }
            Err(error) => panic!("{error}"),
        }
    }
    let _ = child.kill();
    child.wait().unwrap();
    assert!(done >= 10 && told >= 10, "{done} published, {told} told");
    let _ = publish(&out, ONE, "last").unwrap();
    assert_eq!(whole_version(&out), "last");
    assert_eq!(names(root.path()), ["dist"]);
}

#[test]
fn sweeps_only_what_bears_our_marker_and_is_for_this_output() {
    let root = tempfile::tempdir().unwrap();
    let here = |name: &str| root.path().join(name);
    let dead = |name: &str, marker: Option<&str>| {
        fs::create_dir_all(here(name).join("whole.new")).unwrap();
        if let Some(text) = marker {
            fs::write(here(name).join("marker"), text).unwrap();
        }
    };
    dead(".guidepost-dist-1-0", Some("guidepost staging for\ndist\n"));
    dead(".guidepost-dist-2-0", None);
    dead(".guidepost-dist-3-0", Some("guidepost staging for\nother\n"));
    dead(".guidepost-dist-notes-4-0", Some("guidepost staging for\ndist-notes\n"));
    dead(".guidepost-dist-mine", Some("guidepost staging for\ndist\n"));
    fs::create_dir(here(".guidepost-dist-5-0")).unwrap();
    let _ = publish(&here("dist"), ONE, "1").unwrap();
    assert_eq!(
        names(root.path()),
        [".guidepost-dist-2-0", ".guidepost-dist-3-0", ".guidepost-dist-mine", ".guidepost-dist-notes-4-0", "dist"]
    );
}

#[test]
fn takes_back_a_site_that_a_dead_run_had_set_aside() {
    let root = tempfile::tempdir().unwrap();
    let dead = root.path().join(".guidepost-dist-1-0");
    let (one, two) = (root.path().join("dist"), root.path().join("dist2"));
    let _ = publish(&one, ONE, "1").unwrap();
    fs::create_dir(&dead).unwrap();
    fs::write(dead.join("marker"), "guidepost staging for\ndist\n").unwrap();
    fs::rename(&one, dead.join("whole.old")).unwrap();
    drop(Publication::begin(&one, &[]).unwrap());
    assert_eq!(whole_version(&one), "1");

    let dead = root.path().join(".guidepost-dist2-1-0");
    let _ = publish(&two, TWO, "2").unwrap();
    fs::create_dir_all(dead.join("sites.old")).unwrap();
    fs::write(dead.join("marker"), "guidepost staging for\ndist2\n").unwrap();
    fs::rename(two.join("elm"), dead.join("sites.old/elm")).unwrap();
    drop(Publication::begin(&two, &[]).unwrap());
    assert_eq!(whole_version(&two.join("elm")), "2");
    assert_eq!(names(root.path()), ["dist", "dist2"]);
}

#[test]
fn a_failure_halfway_leaves_the_old_site_and_nothing_else() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("dist");
    let _ = publish(&out, ONE, "1").unwrap();
    let before = snapshot(root.path());
    let run = Publication::begin(&out, &[]).unwrap();
    let site = run.site(None).unwrap();
    site.put("index.html", b"2").unwrap();
    let Err(error) = site.put(&format!("{}/index.html", "x".repeat(300)), b"2") else { panic!("so long a name") };
    assert!(error.to_string().contains("too long"), "{error}");
    drop((site, run));
    assert_eq!(snapshot(root.path()), before);
}
