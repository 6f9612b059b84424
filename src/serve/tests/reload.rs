//! The promise of the reload: no page stays out of date, none reloads for ever, none goes missing meanwhile.
//!
//! In: builds one after another. Out: what an open page is told, and what a newly opened one shows.

use super::*;
use std::io::{BufRead, BufReader};

/// An open page: its stream of events.
struct Tab(BufReader<TcpStream>);

impl Tab {
    fn open(server: &Server) -> Self {
        let mut stream = connect(server);
        write!(stream, "GET /_guidepost/events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", server.port()).unwrap();
        Self(BufReader::new(stream))
    }

    /// The next event, signs of life left out.
    fn next(&mut self) -> serde_json::Value {
        loop {
            let mut line = String::new();
            assert_ne!(self.0.read_line(&mut line).unwrap(), 0, "the stream ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
    }
}

/// The site a page was served with, as its script reads it.
fn site_of(reply: &str) -> &str {
    let (_, rest) = body(reply).split_once("data-site=\"").unwrap();
    rest.split_once('"').unwrap().0
}

#[test]
fn a_page_is_told_at_once_what_is_shown_and_then_each_change() {
    let server = start();
    server.show(site(&[("index.html", "one")]));
    let served = get(&server, "/");
    let mut tab = Tab::open(&server);
    assert_eq!(tab.next()["site"], site_of(&served), "the page just served is up to date: no reload");
    server.show(site(&[("index.html", "two")]));
    let told = tab.next();
    assert_ne!(told["site"], site_of(&served));
    let reloaded = get(&server, "/");
    assert!(reloaded.contains("two"));
    assert_eq!(told["site"], site_of(&reloaded), "after one reload there is nothing more to do");
}

#[test]
fn a_tab_that_slept_through_builds_catches_up() {
    let server = start();
    server.show(site(&[("index.html", "one")]));
    let served = get(&server, "/");
    drop(Tab::open(&server));
    server.show(site(&[("index.html", "two")]));
    server.show(site(&[("index.html", "three")]));
    assert_ne!(Tab::open(&server).next()["site"], site_of(&served));
}

#[test]
fn a_restart_is_another_site() {
    let first = start();
    first.show(site(&[("index.html", "one")]));
    let second = start();
    second.show(site(&[("index.html", "one")]));
    assert_ne!(site_of(&get(&first, "/")), site_of(&get(&second, "/")));
}

#[test]
fn a_broken_build_leaves_the_pages_and_says_why() {
    let server = start();
    server.show(site(&[("index.html", "one")]));
    let served = get(&server, "/");
    let mut tab = Tab::open(&server);
    let good = tab.next();
    server.show(broken("`review_every` is not a length of time"));
    let told = tab.next();
    assert_eq!(told["site"], good["site"], "no reload: there is nothing new to show");
    assert_ne!(told["build"], good["build"]);
    let now = get(&server, "/");
    assert_eq!((status(&now), site_of(&now)), (200, site_of(&served)));
    let problems: serde_json::Value = serde_json::from_str(body(&get(&server, "/_guidepost/problems"))).unwrap();
    assert_eq!(problems["build"], told["build"]);
    assert_eq!(problems["problems"][0]["message"], "`review_every` is not a length of time");
    assert_eq!(problems["problems"][0]["place"], "content/a.md:3:5");
    server.show(site(&[("index.html", "two")]));
    assert_ne!(tab.next()["site"], good["site"], "mended: reload");
}

#[test]
fn without_a_good_build_every_address_says_what_is_wrong() {
    let server = start();
    let waiting = get(&server, "/");
    assert_eq!(status(&waiting), 503);
    server.show(broken("no <title> & \"quotes\""));
    for target in ["/", "/faqs/", "/style.css", "/404.html"] {
        let reply = get(&server, target);
        assert_eq!(status(&reply), 500, "{target}");
        assert!(reply.contains("no &lt;title&gt; &amp; &quot;quotes&quot;"), "{reply}");
        assert!(reply.contains("data-panel=\"none\""), "the page is the list already: {reply}");
    }
    assert_eq!(status(&get(&server, "/_guidepost/preview.css")), 200);
    let mut tab = Tab::open(&server);
    let first = tab.next();
    assert_ne!(first["site"], site_of(&waiting));
    server.show(broken("another"));
    assert_ne!(tab.next()["site"], first["site"], "the page is the list, so it reloads with each build");
}

#[test]
fn tabs_beyond_the_limit_are_refused_and_places_come_free() {
    let server = start();
    server.show(site(&[("index.html", "one")]));
    let mut tabs: Vec<Tab> = (0..32).map(|_| Tab::open(&server)).collect();
    for tab in &mut tabs {
        tab.next();
    }
    assert_eq!(status(&get(&server, "/_guidepost/events")), 503);
    assert_eq!(status(&get(&server, "/")), 200, "pages need no place of a stream");
    drop(tabs);
    // Two builds: the first write to a closed connection still succeeds.
    let mut free = false;
    for _ in 0..50 {
        server.show(site(&[("index.html", "one")]));
        std::thread::sleep(Duration::from_millis(50));
        let mut stream = connect(&server);
        write!(stream, "GET /_guidepost/events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", server.port()).unwrap();
        let mut start = [0; 12];
        stream.read_exact(&mut start).unwrap();
        if &start == b"HTTP/1.1 200" {
            free = true;
            break;
        }
    }
    assert!(free, "closed tabs keep their places");
}

#[test]
fn swapping_never_shows_a_mixture_or_a_gap() {
    let server = start();
    server.show(site(&[("index.html", "even"), ("b.html", "even")]));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0..200 {
                let text = if round % 2 == 0 { "odd" } else { "even" };
                server.show(site(&[("index.html", text), ("b.html", text)]));
            }
        });
        for _ in 0..100 {
            let reply = get(&server, "/b.html");
            assert_eq!(status(&reply), 200);
            assert!(reply.contains("odd") != reply.contains("even"), "{reply}");
        }
    });
}

#[test]
fn the_tags_stand_in_the_head_whatever_the_page_is_like() {
    let server = start();
    let files = BTreeMap::from([
        ("upper.html", "<HTML><HEAD></HEAD><BODY>x".to_owned()),
        ("headless.html", "<p>x<body>y".to_owned()),
        ("bare.html", "x".to_owned()),
        ("empty.html", String::new()),
    ]);
    server.show(Build { files: Some(Arc::new(Site { files, gate: Gate::default() })), problems: Vec::new() });
    for (target, before, after) in [
        ("/upper.html", "<HTML><HEAD><link", "</HEAD><BODY>x"),
        ("/headless.html", "<p>x<link", "<body>y"),
        ("/bare.html", "x<link", "</script>"),
        ("/empty.html", "<link", "</script>"),
    ] {
        let reply = get(&server, target);
        assert!(body(&reply).starts_with(before) && body(&reply).ends_with(after), "{target}: {reply}");
    }
}
