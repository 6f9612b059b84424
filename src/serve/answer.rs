//! One request, one answer.
//!
//! In: a request's head and what is shown. Out: status, headers and bytes, or "keep this one open". What stays true:
//! the site is looked up by key, never on the disk; no header ever lets another origin read an answer; refusals
//! repeat nothing of the request.

use std::borrow::Cow;
use std::sync::Arc;

use super::page;
use super::request::{Head, Target};
use super::stage::Shown;
use super::{Files, Reply};

/// The policy every page of ours keeps to, published or previewed.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
    media-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
    require-trusted-types-for 'script'; trusted-types guidepost; frame-ancestors 'none'";

/// Sent with every answer, refusals too.
pub(super) const COMMON_HEADERS: [(&str, &str); 5] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", POLICY),
];

/// What goes out.
pub(super) enum Answer {
    /// A whole answer.
    Whole {
        /// The HTTP status.
        status: u16,
        /// `Location`, `Allow`.
        extra: Option<(&'static str, String)>,
        /// `text/plain`
        content_type: Cow<'static, str>,
        /// The body.
        bytes: Arc<[u8]>,
    },
    /// The stream of events.
    Stream,
}

impl Answer {
    fn new(status: u16, content_type: &'static str, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self::Whole { status, extra: None, content_type: content_type.into(), bytes: bytes.into() }
    }

    /// A refusal in words.
    pub(super) fn plain(status: u16, words: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", words.as_bytes())
    }

    fn html(status: u16, html: impl Into<Vec<u8>>) -> Self {
        Self::new(status, "text/html; charset=utf-8", html.into())
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        if let Self::Whole { extra, .. } = &mut self {
            *extra = Some((name, value.into()));
        }
        self
    }
}

/// The answer to one request to the preview on `port`.
pub(super) fn answer(head: &Head, port: u16, shown: &Shown) -> Answer {
    if !head.is_for_us(port) {
        return Answer::plain(403, "This preview only answers to localhost and 127.0.0.1, with its own port.\n");
    }
    if head.has_body() {
        return Answer::plain(400, "This preview takes no request with a body.\n");
    }
    if !matches!(head.method.as_str(), "GET" | "HEAD") {
        return Answer::plain(405, "This preview can only be read.\n").with("Allow", "GET, HEAD");
    }
    let Some(target) = Target::parse(&head.target) else {
        return Answer::plain(400, "This is not an address of a page.\n");
    };
    match target.path.strip_prefix("_guidepost/") {
        Some(_) if head.is_cross_site(port) => Answer::plain(403, "Only pages of this preview may ask for this.\n"),
        Some(name) => own(name, head, shown),
        None => of_site(&target, shown),
    }
}

/// The preview's own addresses.
fn own(name: &str, head: &Head, shown: &Shown) -> Answer {
    match name {
        "preview.js" => Answer::new(200, "text/javascript; charset=utf-8", page::SCRIPT),
        "preview.css" => Answer::new(200, "text/css; charset=utf-8", page::STYLE),
        "problems" => Answer::new(200, "application/json", problems(shown)),
        "events" if head.method == "HEAD" => Answer::new(200, "text/event-stream", Vec::new()),
        "events" => Answer::Stream,
        _ => Answer::plain(404, "There is nothing at this address.\n"),
    }
}

fn problems(shown: &Shown) -> Vec<u8> {
    let value = serde_json::json!({ "site": shown.site, "build": shown.build, "problems": shown.problems });
    value.to_string().into_bytes()
}

/// What an open page is told.
pub(super) fn event(shown: &Shown) -> String {
    format!("data: {}\n\n", serde_json::json!({ "site": shown.site, "build": shown.build }))
}

fn of_site(target: &Target, shown: &Shown) -> Answer {
    let Some(files) = shown.files.as_deref() else {
        return if shown.is_waiting() {
            Answer::html(503, page::waiting(shown))
        } else {
            Answer::html(500, page::problems(shown))
        };
    };
    if let Some(reply) = files.get(&target.file()) {
        return dressed(200, reply, shown);
    }
    if !target.is_folder() && files.has(&format!("{}/index.html", target.path)) {
        // One leading slash, as checked: the same origin, whatever follows.
        let location = format!("{}/{}", target.raw, target.query);
        return Answer::plain(301, "This address ends in a slash.\n").with("Location", location);
    }
    match nearest_404(files, &target.path) {
        Some(reply) => dressed(404, reply, shown),
        None => Answer::html(404, page::not_found(shown)),
    }
}

/// The site's own page for this: the nearest above the address, since each authority has one.
fn nearest_404(files: &dyn Files, path: &str) -> Option<Reply> {
    let folders = path.rmatch_indices('/').map(|(at, _)| &path[..=at]).chain([""]);
    folders.filter_map(|folder| files.get(&format!("{folder}404.html"))).next()
}

/// Pages get our script; everything else goes out as it is.
fn dressed(status: u16, reply: Reply, shown: &Shown) -> Answer {
    let bytes = if reply.content_type.starts_with("text/html") {
        page::with_preview(&reply.bytes, shown).into()
    } else {
        reply.bytes
    };
    Answer::Whole { status, extra: None, content_type: reply.content_type, bytes }
}
