//! What may be asked for: the target of a request and the headers that say who asks.
//!
//! In: a request's head as it came. Out: a path to look up, or the refusal. What stays true: a path that gets
//! through has been decoded exactly once, has no empty, `.` or `..` segment, no backslash, no control character, and
//! is only ever a key into the built site. Nothing of a request is repeated in a refusal.
//!
//! The list of faults is that of other previews: CVE-2021-40978 (MkDocs), CVE-2023-40274 (Zola), the `server.fs.deny`
//! series of Vite (CVE-2025-30208 to -62522), and the missing Host check of all of them (CVE-2025-24010).

/// The longest target that is looked at, in bytes.
const LONGEST_TARGET: usize = 4096;

/// The head of a request; names of headers in lower case.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    pub(super) method: String,
    pub(super) target: String,
    pub(super) headers: Vec<(String, String)>,
}

impl Head {
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// Whether the request says that a body follows. We take none, however small.
    pub(super) fn has_body(&self) -> bool {
        self.all("transfer-encoding").next().is_some() || self.all("content-length").any(|length| length.trim() != "0")
    }

    /// Exactly one `Host`, and it is us: otherwise a foreign page has pointed a name of its own at this computer.
    pub(super) fn is_for_us(&self, port: u16) -> bool {
        let mut hosts = self.all("host");
        match (hosts.next(), hosts.next()) {
            (Some(host), None) => our_hosts(port).any(|ours| host.trim().eq_ignore_ascii_case(&ours)),
            _ => false,
        }
    }

    /// Whether a page of another origin asks. Addresses typed in by hand come with `none`, programs with neither.
    pub(super) fn is_cross_site(&self, port: u16) -> bool {
        let foreign_origin = self
            .all("origin")
            .any(|origin| !our_hosts(port).any(|ours| origin.trim().eq_ignore_ascii_case(&format!("http://{ours}"))));
        foreign_origin || self.all("sec-fetch-site").any(|site| !matches!(site.trim(), "same-origin" | "none"))
    }
}

fn our_hosts(port: u16) -> impl Iterator<Item = String> {
    // Browsers leave the port out where it is the scheme's own.
    let bare = if port == 80 { &["localhost", "127.0.0.1", "[::1]"][..] } else { &[] };
    let named = ["localhost", "127.0.0.1", "[::1]"].into_iter().map(move |host| format!("{host}:{port}"));
    named.chain(bare.iter().map(|host| (*host).to_owned()))
}

/// A target that may be looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// Decoded, without the leading slash; empty or ending in a slash for a folder.
    pub(super) path: String,
    /// The path as it was sent, for a redirect: visible ASCII, one leading slash.
    pub(super) raw: String,
    /// What followed the question mark, with it.
    pub(super) query: String,
}

impl Target {
    /// Reads a target in origin form: `/faqs/?x=1`.
    pub(super) fn parse(target: &str) -> Option<Self> {
        if target.len() > LONGEST_TARGET || !target.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#') {
            return None;
        }
        let (raw, query) = target.split_at(target.find('?').unwrap_or(target.len()));
        let path = decode(raw.strip_prefix('/')?)?;
        is_plain(&path).then(|| Self { path, raw: raw.to_owned(), query: query.to_owned() })
    }

    /// The file meant: a folder's is its `index.html`.
    pub(super) fn file(&self) -> String {
        if self.is_folder() { format!("{}index.html", self.path) } else { self.path.clone() }
    }

    pub(super) fn is_folder(&self) -> bool {
        self.path.is_empty() || self.path.ends_with('/')
    }
}

/// Undoes percent-encoding, once. Dots, slashes and the like have no business being encoded.
fn decode(raw: &str) -> Option<String> {
    let mut bytes = raw.bytes();
    let mut decoded = Vec::with_capacity(raw.len());
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let value = u8::try_from(hex(bytes.next()?)? * 16 + hex(bytes.next()?)?).ok()?;
        if matches!(value, b'.' | b'/' | b'\\' | b';') {
            return None;
        }
        decoded.push(value);
    }
    // Overlong forms of `.` and `/` are not UTF-8 and end here.
    String::from_utf8(decoded).ok()
}

fn hex(byte: u8) -> Option<u32> {
    char::from(byte).to_digit(16)
}

fn is_plain(path: &str) -> bool {
    let segments = path.strip_suffix('/').unwrap_or(path);
    let whole = path.is_empty() || segments.split('/').all(|segment| !matches!(segment, "" | "." | ".."));
    whole && !path.contains(['\\', ';']) && !path.chars().any(char::is_control) && !is_encoded_twice(path)
}

/// Whether what was decoded still reads as an encoding.
fn is_encoded_twice(path: &str) -> bool {
    path.as_bytes().windows(3).any(|bytes| bytes[0] == b'%' && bytes[1..].iter().all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_plain_targets() {
        for (target, file) in [
            ("/", "index.html"),
            ("/faqs/", "faqs/index.html"),
            ("/faqs/?q=%2e%2e", "faqs/index.html"),
            ("/caf%C3%A9/a%20b.pdf", "café/a b.pdf"),
            ("/100%25.pdf", "100%.pdf"),
            ("/.well-known/security.txt", ".well-known/security.txt"),
            ("/...", "..."),
        ] {
            assert_eq!(Target::parse(target).map(|target| target.file()).as_deref(), Some(file), "{target}");
        }
    }

    #[test]
    fn refuses_everything_else() {
        let long = format!("/{}", "a".repeat(LONGEST_TARGET));
        for target in ["", "*", "x", "http://127.0.0.1:4000/", "//", "/a b", "/é", "/a#b", "/%", "/%4", "/%zz", &long]
        {
            assert_eq!(Target::parse(target), None, "{target}");
        }
    }

    fn head(headers: &[(&str, &str)]) -> Head {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Head { headers, ..Head::default() }
    }

    #[test]
    fn port_eighty_may_be_left_out_and_no_other() {
        assert!(head(&[("host", "localhost")]).is_for_us(80));
        assert!(!head(&[("host", "localhost")]).is_for_us(4000));
        assert!(!head(&[("host", "localhost:4000"), ("host", "localhost:4000")]).is_for_us(4000));
    }

    #[test]
    fn a_page_of_another_port_is_another_origin() {
        assert!(!head(&[]).is_cross_site(4000));
        assert!(!head(&[("origin", "http://localhost:4000"), ("sec-fetch-site", "same-origin")]).is_cross_site(4000));
        for (name, value) in [
            ("origin", "http://localhost:3000"),
            ("origin", "https://localhost:4000"),
            ("origin", "null"),
            ("sec-fetch-site", "same-site"),
            ("sec-fetch-site", "cross-site"),
        ] {
            assert!(head(&[(name, value)]).is_cross_site(4000), "{name}: {value}");
        }
    }
}
