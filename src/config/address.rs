//! Telephone numbers, e-mail and web addresses as people write them, checked.
//!
//! In: text of an author. Out: the form a link needs, or nothing where it cannot be right. What is printed stays as
//! it was written: the grouping of a number's digits helps people to dial it.

use super::fields::{Fields, Spanned};
use crate::diagnostics::{Code, Diagnostic, Extent};

/// A telephone number of the United Kingdom.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phone {
    /// As written: `020 7946 0110`.
    pub printed: String,
    /// For `tel:` and `sms:` links: `+442079460110`, or the short code.
    pub dial: String,
    /// Where it stands.
    pub extent: Extent,
}

/// What to dial: `+44…` for numbers that begin with 0 or +44, short codes such as 999 and 116 123 as they are.
/// Nothing for anything but digits and spaces, or for fewer than 3 or more than 11 digits.
pub fn dial(text: &str) -> Option<String> {
    let (international, rest) = match text.trim().strip_prefix("+44") {
        Some(rest) => (true, rest),
        None => (false, text.trim()),
    };
    if !rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ') {
        return None;
    }
    let digits: String = rest.split(' ').collect();
    match (international, digits.strip_prefix('0'), digits.len()) {
        (true, None, 7..=10) => Some(format!("+44{digits}")),
        (false, Some(national), 8..=11) => Some(format!("+44{national}")),
        (false, None, 3..=6) => Some(digits),
        _ => None,
    }
}

/// `name@example.gov.uk`: one `@`, a name before it and a dotted domain after it.
pub fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else {
        return false;
    };
    let name_fits = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "._%+-'".contains(c));
    name_fits && is_domain(domain) && domain.contains('.')
}

/// `https://example.gov.uk/path`: http or https with a host and no white space.
pub fn is_web(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let skip = if lower == "https://" {
        8
    } else if lower.starts_with("http://") {
        7
    } else {
        return false;
    };
    let rest = &text[skip..];
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = host.split_once(':').unwrap_or((host, "80"));
    is_domain(host)
        && port.parse::<u16>().is_ok()
        && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"\\".contains(c))
}

/// A content path, an address on this site, or an address elsewhere with a scheme that is safe to follow.
pub fn is_safe_target(text: &str) -> bool {
    let control = text.contains(|c: char| c.is_control() || c == '\\');
    let scheme = text.split(['/', '?', '#']).next().and_then(|start| start.split_once(':')).map(|(scheme, _)| scheme);
    !text.trim().is_empty()
        && !control
        && match scheme.map(str::to_ascii_lowercase).as_deref() {
            None => !text.starts_with("//"),
            Some("http" | "https") => is_web(text),
            Some("mailto") => is_email(&text[7..]),
            Some("tel" | "sms") => true,
            Some(_) => false,
        }
}

fn is_domain(text: &str) -> bool {
    text.split('.').all(|label| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    })
}

impl<'a> Fields<'a> {
    /// A telephone number of the United Kingdom.
    pub fn phone(&mut self, key: &'a str) -> Option<Phone> {
        let text = self.text(key)?;
        let Some(dial) = dial(&text.value) else {
            self.bad(
                key,
                &text,
                "a UK telephone number",
                "write digits and spaces only, such as 020 7946 0110, +44 20 7946 0110 or 999",
            );
            return None;
        };
        Some(Phone { printed: text.value.trim().to_owned(), dial, extent: text.extent })
    }

    /// An e-mail address.
    pub fn email(&mut self, key: &'a str) -> Option<Spanned<String>> {
        let text = self.text(key)?;
        self.kept(key, text, is_email, "an e-mail address", "write it like team@example.gov.uk")
    }

    /// An address that begins with `https://` or `http://`.
    pub fn web(&mut self, key: &'a str) -> Option<Spanned<String>> {
        let text = self.text(key)?;
        self.kept(
            key,
            text,
            is_web,
            "a web address",
            "write it in full, like https://www.example.gov.uk/page, without spaces",
        )
    }

    /// A content path, an address on the site or elsewhere.
    pub fn target(&mut self, key: &'a str) -> Option<Spanned<String>> {
        let text = self.text(key)?;
        self.kept(
            key,
            text,
            is_safe_target,
            "a place a link can lead to",
            "write a content path such as faqs/families, an address such as /news/, or one that begins with https://",
        )
    }

    fn kept(
        &mut self,
        key: &str,
        text: Spanned<String>,
        fits: impl Fn(&str) -> bool,
        what: &str,
        help: &str,
    ) -> Option<Spanned<String>> {
        if fits(&text.value) {
            return Some(text);
        }
        self.bad(key, &text, what, help);
        None
    }

    fn bad(&mut self, key: &str, text: &Spanned<String>, what: &str, help: &str) {
        let message = format!("`{key}` is `{}`, which is not {what}", text.value);
        self.report(Diagnostic::new(Code::BadValue, message).help(help), text.extent);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_dialled_in_full_and_short_codes_as_they_are() {
        for (written, dialled) in [
            ("020 7946 0110", "+442079460110"),
            ("+44 20 7946 0110", "+442079460110"),
            ("0800 1111", "+448001111"),
            ("0808 2000 247", "+448082000247"),
            ("999", "999"),
            ("116 123", "116123"),
            ("60777", "60777"),
        ] {
            assert_eq!(dial(written).as_deref(), Some(dialled), "{written}");
        }
    }

    #[test]
    fn refuses_what_cannot_be_dialled() {
        for bad in [
            "",
            "99",
            "+44",
            "020-7946-0110",
            "(020) 7946 0110",
            "0",
            "020 7946 01101",
            "+1 212 555 0100",
            "call us",
            "٩٩٩",
            "+44 (0)20 7946 0110",
            "7946 0110",
            "020 7946 0110 ext 3",
        ] {
            assert_eq!(dial(bad), None, "{bad}");
        }
    }

    #[test]
    fn knows_web_and_mail_addresses() {
        for good in ["https://example.gov.uk", "http://a.b/c?d=e#f", "HTTPS://example.org:8080/x"] {
            assert!(is_web(good), "{good}");
        }
        for bad in [
            "example.gov.uk",
            "ftp://a.b",
            "https://",
            "https://a b.c",
            "javascript:alert(1)",
            "https:/a.b",
            "https://a.b/\"x",
            "https://-a.b",
            "https://a.b:x",
            "é",
            "https://user@host/",
        ] {
            assert!(!is_web(bad), "{bad}");
        }
        assert!(is_email("front.door@example.gov.uk"));
        for bad in ["", "a", "a@b", "@b.c", "a b@c.d", "a@b..c", "a@b.c@d.e", "mailto:a@b.c"] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn follows_only_safe_targets() {
        for good in
            ["faqs/families", "/news/", "https://a.b/", "mailto:a@b.cd", "tel:999", "?q=a:b", "../x.md", "faqs#a:b"]
        {
            assert!(is_safe_target(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "data:text/html,x",
            "//evil.example",
            "",
            "java\nscript:x",
            "\\\\evil",
            "vbscript:x",
            "file:///etc",
            "mailto:x",
        ] {
            assert!(!is_safe_target(bad), "{bad}");
        }
    }
}
