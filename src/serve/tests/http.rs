//! Who is answered, with what, and who is not.
//!
//! In: requests, most of them hostile. Out: status, headers, bytes.

use super::*;
use crate::serve::Error;

fn started() -> Server {
    let server = start();
    let pages =
        [("index.html", "home"), ("faqs/index.html", "faqs"), ("a:b/index.html", "colon"), ("style.css", "css")];
    server.show(site(&[&pages[..], &[("404.html", "lost"), ("northtown/404.html", "lost in Northtown")]].concat()));
    server
}

#[test]
fn serves_pages_files_and_folders() {
    let server = started();
    for (target, text) in [("/", "home"), ("/?q=x", "home"), ("/faqs/", "faqs"), ("/faqs/index.html", "faqs")] {
        let reply = get(&server, target);
        assert_eq!(status(&reply), 200, "{target}");
        assert!(body(&reply).contains(text), "{target}: {reply}");
        assert!(body(&reply).contains("/_guidepost/preview.js\" defer"), "{target}: {reply}");
    }
    let style = get(&server, "/style.css");
    assert_eq!(header(&style, "Content-Type"), Some("text/css"));
    assert_eq!(body(&style), page("css"), "only pages get the script");
}

#[test]
fn sends_its_headers_with_everything() {
    let server = started();
    let cases =
        [("GET", "/", 200), ("GET", "/none", 404), ("POST", "/", 405), ("GET", "//", 400), ("GET", "/faqs", 301)];
    for (method, target, expected) in cases {
        let reply = ask(&server, method, target, "");
        assert_eq!(status(&reply), expected, "{method} {target}");
        assert_eq!(header(&reply, "X-Content-Type-Options"), Some("nosniff"), "{target}");
        assert_eq!(header(&reply, "Cross-Origin-Resource-Policy"), Some("same-origin"), "{target}");
        assert_eq!(header(&reply, "Referrer-Policy"), Some("no-referrer"), "{target}");
        assert_eq!(header(&reply, "Cache-Control"), Some("no-store"), "{target}");
        let policy = header(&reply, "Content-Security-Policy").unwrap();
        assert!(policy.starts_with("default-src 'none'") && policy.ends_with("frame-ancestors 'none'"), "{policy}");
        assert!(!reply.to_lowercase().contains("access-control-"), "{reply}");
    }
}

#[test]
fn refuses_targets_that_mean_harm() {
    let server = started();
    let long = format!("/{}", "a".repeat(5000));
    let vectors = [
        "/../etc/passwd",
        "/..",
        "/faqs/../index.html",
        "/faqs/..",
        "/./index.html",
        "/faqs/.",
        "/.",
        "/../",
        "/%2e%2e/etc/passwd",
        "/%2E%2E/",
        "/.%2e/",
        "/%2e./",
        "/%2e",
        "/%2e/",
        "/faqs/%2e%2e/index.html",
        "/..%2fetc%2fpasswd",
        "/%2fetc/passwd",
        "/%2F%2Fevil.example/",
        "/..%5cetc",
        "/%5c..%5c",
        "/\\..\\etc",
        "/a\\b",
        "/%255c",
        "/%252e%252e/etc",
        "/%25%32%65",
        "/%c0%ae%c0%ae/etc",
        "/%c0%af",
        "/%e0%80%ae/",
        "/%ff",
        "/%fe%ff",
        "/a%00",
        "/%00",
        "/index.html%00.css",
        "/a%0d%0aSet-Cookie:x=1",
        "/%0a",
        "/%7f",
        "/%c2%85",
        "/;/",
        "/..;/",
        "/a;b",
        "/%3b",
        "//",
        "//evil.example/",
        "///",
        "/faqs//",
        "//etc/passwd",
        "/%",
        "/%2",
        "/%zz",
        "/a#b",
        "*",
        "faqs/",
        "http://localhost/",
        "http://evil.example/",
        "file:///etc/passwd",
        &long,
    ];
    assert!(vectors.len() > 50);
    for target in vectors {
        let reply = get(&server, target);
        assert_eq!(status(&reply), 400, "{target}: {reply}");
        assert!(!reply.contains("root:") && !reply.contains("Set-Cookie"), "{target}: {reply}");
        assert_eq!(header(&reply, "Location"), None, "{target}");
    }
    assert_eq!(status(&get(&server, "/")), 200, "still there");
}

#[test]
fn looks_up_harmless_oddities_without_finding_anything() {
    let server = started();
    for target in
        ["/c:/windows/win.ini", "/etc/passwd", "/index.html::$DATA", "/INDEX.HTML", "/index.html.", "/...", "/~"]
    {
        assert_eq!(status(&get(&server, target)), 404, "{target}");
    }
}

#[test]
fn answers_only_to_its_own_names() {
    let server = started();
    let port = server.port();
    let with = |host: &str| send(&server, format!("GET / HTTP/1.1\r\n{host}Connection: close\r\n\r\n").as_bytes());
    for host in ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"] {
        assert_eq!(status(&with(&format!("Host: {host}:{port}\r\n"))), 200, "{host}");
    }
    let other = port.wrapping_add(1);
    for host in [
        String::new(),
        "Host: \r\n".into(),
        "Host: localhost\r\n".into(),
        format!("Host: localhost:{other}\r\n"),
        format!("Host: evil.example:{port}\r\n"),
        "Host: evil.example\r\n".into(),
        format!("Host: localhost.evil.example:{port}\r\n"),
        format!("Host: 127.0.0.1.evil.example:{port}\r\n"),
        format!("Host: 127.0.0.2:{port}\r\n"),
        format!("Host: 0.0.0.0:{port}\r\n"),
        format!("Host: 2130706433:{port}\r\n"),
        format!("Host: [::]:{port}\r\n"),
        format!("Host: localhost.:{port}\r\n"),
        format!("Host: localhost:{port}@evil.example\r\n"),
        format!("Host: user@localhost:{port}\r\n"),
        format!("Host: localhost:{port}\r\nHost: evil.example\r\n"),
        format!("Host: localhost:{port}, evil.example\r\n"),
        "Host: [[[::\r\n".into(),
    ] {
        let reply = with(&host);
        assert_eq!(status(&reply), 403, "{host:?}: {reply}");
        assert!(!reply.contains("evil"), "{reply}");
    }
}

#[test]
fn keeps_its_own_addresses_from_other_origins() {
    let server = started();
    for target in ["/_guidepost/problems", "/_guidepost/events", "/_guidepost/preview.js"] {
        for more in [
            "Origin: http://evil.example\r\n",
            "Origin: null\r\n",
            "Origin: http://localhost:1\r\n",
            "Sec-Fetch-Site: cross-site\r\n",
            "Sec-Fetch-Site: same-site\r\n",
        ] {
            assert_eq!(status(&ask(&server, "GET", target, more)), 403, "{target} {more}");
        }
    }
    let own = format!("Origin: http://127.0.0.1:{}\r\nSec-Fetch-Site: same-origin\r\n", server.port());
    assert_eq!(status(&ask(&server, "GET", "/_guidepost/problems", &own)), 200);
    assert_eq!(status(&get(&server, "/_guidepost/")), 404);
    assert_eq!(status(&get(&server, "/_guidepost/secrets")), 404);
}

#[test]
fn can_only_be_read() {
    let server = started();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get", "PROPFIND"] {
        let reply = ask(&server, method, "/", "");
        assert_eq!((status(&reply), header(&reply, "Allow")), (405, Some("GET, HEAD")), "{method}");
    }
    for more in ["Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n", "Content-Length: x\r\n"] {
        let request =
            format!("GET / HTTP/1.1\r\nHost: localhost:{}\r\n{more}Connection: close\r\n\r\n0\r\n\r\n", server.port());
        assert_eq!(status(&send(&server, request.as_bytes())), 400, "{more}");
    }
}

#[test]
fn a_body_that_claims_to_be_endless_ends_nothing() {
    let server = started();
    for length in [u64::MAX, 1 << 62, 1 << 50] {
        let mut stream = connect(&server);
        let host = format!("Host: localhost:{}", server.port());
        write!(stream, "GET / HTTP/1.1\r\n{host}\r\nContent-Length: {length}\r\n\r\n").unwrap();
        let mut start = [0; 12];
        stream.read_exact(&mut start).unwrap();
        assert_eq!(&start, b"HTTP/1.1 400", "{length}");
    }
    assert_eq!(status(&get(&server, "/")), 200);
}

#[test]
fn head_is_get_without_the_body() {
    let server = started();
    for target in ["/", "/style.css", "/none", "/_guidepost/preview.css", "/_guidepost/events"] {
        let head = ask(&server, "HEAD", target, "");
        assert_eq!(body(&head), "", "{target}");
        if target != "/_guidepost/events" {
            let get = get(&server, target);
            assert_eq!(status(&head), status(&get), "{target}");
            assert_eq!(header(&head, "Content-Length"), Some(body(&get).len().to_string().as_str()), "{target}");
        }
    }
}

#[test]
fn redirects_to_the_folder_and_nowhere_else() {
    let server = started();
    for (target, location) in [("/faqs", "/faqs/"), ("/faqs?a=//evil", "/faqs/?a=//evil"), ("/a:b", "/a:b/")] {
        let reply = get(&server, target);
        assert_eq!((status(&reply), header(&reply, "Location")), (301, Some(location)), "{target}");
    }
    assert_eq!(status(&get(&server, "/faqs/index.html/")), 404);
    assert_eq!(status(&get(&server, "/evil.example")), 404);
}

#[test]
fn what_is_not_there_is_the_nearest_page_that_says_so() {
    let server = started();
    for (target, text) in [("/x", "lost<"), ("/northtown/x/y/", "lost in Northtown<"), ("/wal/sall", "lost<")] {
        let reply = get(&server, target);
        assert_eq!(status(&reply), 404, "{target}");
        assert!(body(&reply).contains(text) && body(&reply).contains("preview.js"), "{target}: {reply}");
    }
    server.show(site(&[("index.html", "home")]));
    let reply = get(&server, "/<script>alert(1)</script>");
    assert_eq!(status(&reply), 404);
    assert!(!reply.contains("alert"), "{reply}");
}

#[test]
fn turns_away_the_sixty_fifth_and_recovers() {
    let server = start();
    let gate = Gate::default();
    let files = BTreeMap::from([("slow.html", page("slow")), ("index.html", page("home"))]);
    server.show(Build { files: Some(Arc::new(Site { files, gate: gate.clone() })), problems: Vec::new() });
    let host = format!("Host: localhost:{}\r\nConnection: close\r\n", server.port());
    let mut held: Vec<TcpStream> = (0..64).map(|_| connect(&server)).collect();
    for stream in &mut held {
        write!(stream, "GET /slow.html HTTP/1.1\r\n{host}\r\n").unwrap();
    }
    let refused = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        status(&get(&server, "/")) == 503
    });
    assert!(refused, "the limit was never reached");
    gate.open();
    for mut stream in held {
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        // A poll for the limit may have come before the last of these.
        assert!(matches!(status(&reply), 200 | 503), "{reply}");
    }
    assert_eq!(status(&get(&server, "/")), 200);
}

#[test]
fn listens_on_loopback_or_not_at_all() {
    for address in ["0.0.0.0", "192.0.2.1", "::"] {
        let error = Server::start(address.parse().unwrap(), 0, true).err().unwrap();
        assert!(matches!(error, Error::NotLoopback(_)), "{error}");
        assert!(error.to_string().contains(address), "{error}");
    }
}

#[test]
fn takes_the_next_port_only_when_none_was_named() {
    let localhost = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let first = start();
    let error = Server::start(localhost, first.port(), true).err().unwrap().to_string();
    assert!(error.contains("is taken by another program") && error.contains("--port"), "{error}");
    if first.port() < u16::MAX - 20 {
        let second = Server::start(localhost, first.port(), false).unwrap();
        assert!((1..=10).contains(&(second.port() - first.port())), "{} {}", first.port(), second.port());
    }
}

#[test]
fn stops_when_told() {
    let server = started();
    let port = server.port();
    server.stop();
    let gone = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
    });
    assert!(gone, "port {port} is still held");
}
