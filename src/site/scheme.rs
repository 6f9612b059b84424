//! Schemes: what a link may begin with.
//!
//! In: a target, entities already decoded. Out: allowed, refused or relative. What stays true: the test looks at what a
//! browser would see: controls and spaces removed, without case (WHATWG URL, "scheme start state").

/// How a target begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    /// `http https mailto tel sms`
    Allowed,
    /// Anything else with a colon, by name; `//host` is refused as an unnamed scheme.
    Refused(String),
    /// A path, a fragment, or nothing.
    Relative,
}

const ALLOWED: [&str; 5] = ["http", "https", "mailto", "tel", "sms"];

/// The scheme of a target.
pub(super) fn scheme(target: &str) -> Scheme {
    // Browsers drop tabs and line ends anywhere, and controls and spaces at the ends.
    let seen: String = target.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let seen = seen.replace('\\', "/");
    if seen.starts_with("//") {
        return Scheme::Refused(String::new());
    }
    let Some((name, rest)) = seen.split_once(':') else { return Scheme::Relative };
    if name.contains(['/', '?', '#']) {
        return Scheme::Relative;
    }
    let name = name.to_ascii_lowercase();
    let written_whole = !matches!(&*name, "http" | "https") || rest.starts_with("//") && rest.len() > 2;
    if ALLOWED.contains(&&*name) && written_whole && !rest.is_empty() { Scheme::Allowed } else { Scheme::Refused(name) }
}

#[cfg(test)]
mod tests {
    use super::{Scheme, scheme};

    #[test]
    fn sees_what_a_browser_sees() {
        for target in ["https://example.org", "HTTP://x", "mailto:a@b.c", "tel:999", "sms:85258"] {
            assert_eq!(scheme(target), Scheme::Allowed, "{target}");
        }
        for target in [
            "javascript:alert(1)",
            " java\nscript:x",
            "\u{1}JAVASCRIPT:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc",
            "//evil.example",
            "\\\\evil",
            "https:evil",
            "http:",
            "blob:x",
        ] {
            assert!(matches!(scheme(target), Scheme::Refused(_)), "{target:?}");
        }
        for target in ["../faqs/families.md", "#a:b", "/a:b/", "page.md?x:y", ""] {
            assert_eq!(scheme(target), Scheme::Relative, "{target:?}");
        }
    }
}
