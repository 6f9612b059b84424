//! The preview as a client on the other end of a socket sees it.
//!
//! In: raw bytes on a real port. Out: what came back, to the byte. What stays true: no test knows how the server is
//! made, so that another HTTP library would have to pass them all.

#![allow(clippy::unwrap_used, clippy::panic)]

mod follow;
mod http;
mod reload;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use super::{Build, Files, Problem, Reply, Server};

/// A site in a map; `slow.html` waits until the gate opens.
#[derive(Default)]
struct Site {
    files: BTreeMap<&'static str, String>,
    gate: Gate,
}

#[derive(Clone, Default)]
struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    fn open(&self) {
        *self.0.0.lock().unwrap() = true;
        self.0.1.notify_all();
    }

    fn pass(&self) {
        drop(self.0.1.wait_while(self.0.0.lock().unwrap(), |open| !*open).unwrap());
    }
}

impl Files for Site {
    fn get(&self, path: &str) -> Option<Reply> {
        if path == "slow.html" {
            self.gate.pass();
        }
        let text = self.files.get(path)?;
        let content_type = if path.ends_with(".html") { "text/html; charset=utf-8" } else { "text/css" };
        Some(Reply { content_type: content_type.into(), bytes: text.as_bytes().into() })
    }
}

fn page(text: &str) -> String {
    format!("<!doctype html><html><head><title>x</title></head><body>{text}</body></html>")
}

fn site(files: &[(&'static str, &str)]) -> Build {
    let files = files.iter().map(|(path, text)| (*path, page(text))).collect();
    Build { files: Some(Arc::new(Site { files, gate: Gate::default() })), problems: Vec::new() }
}

fn broken(message: &str) -> Build {
    let problem = Problem {
        is_error: true,
        code: "bad-date".into(),
        message: message.into(),
        place: "content/a.md:3:5".into(),
        ..Problem::default()
    };
    Build { files: None, problems: vec![problem] }
}

fn start() -> Server {
    Server::start(IpAddr::V4(Ipv4Addr::LOCALHOST), 0, true).unwrap()
}

fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, server.port())).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream
}

/// Sends bytes and reads until the server closes.
fn send(server: &Server, bytes: &[u8]) -> String {
    let mut stream = connect(server);
    stream.write_all(bytes).unwrap();
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply);
    String::from_utf8_lossy(&reply).into_owned()
}

/// One request of its own connection, with more header lines, each ending in a line break.
fn ask(server: &Server, method: &str, target: &str, more: &str) -> String {
    let host = format!("Host: localhost:{}\r\n", server.port());
    send(server, format!("{method} {target} HTTP/1.1\r\n{host}{more}Connection: close\r\n\r\n").as_bytes())
}

fn get(server: &Server, target: &str) -> String {
    ask(server, "GET", target, "")
}

fn status(reply: &str) -> u16 {
    reply.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

fn body(reply: &str) -> &str {
    reply.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

fn header<'a>(reply: &'a str, name: &str) -> Option<&'a str> {
    let (head, _) = reply.split_once("\r\n\r\n")?;
    head.lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(given, _)| given.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}
