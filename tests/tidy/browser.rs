//! What the content security policy forbids is not in the theme.
//!
//! In: templates and static files. Out: inline scripts, styles and handlers, and ways to turn text into markup or
//! code. Pages are written against `script-src 'self'; style-src 'self'; require-trusted-types-for 'script'`.

use super::repository::{File, repository};
use super::{holds, notices};

/// Ways to make markup or code of text.
const SINKS: [&str; 7] = [
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "eval(",
    "new Function(",
    "createContextualFragment",
];

fn sinks(file: &File) -> Vec<String> {
    if !file.below(&["templates/", "static/"]) || !["html", "js", "mjs", "svg"].iter().any(|ending| file.is(ending)) {
        return Vec::new();
    }
    let found = SINKS.iter().flat_map(|sink| file.text.match_indices(sink));
    found.map(|(at, sink)| file.at(at, format!("`{sink}` makes markup or code of text"))).collect()
}

fn inline(file: &File) -> Vec<String> {
    if !file.below(&["templates/", "static/"]) || !["html", "svg", "xml"].iter().any(|ending| file.is(ending)) {
        return Vec::new();
    }
    let text = without_template_code(&file.text);
    let mut findings = Vec::new();
    for (at, name, attributes) in tags(&text) {
        let data = attributes.iter().any(|(name, value)| *name == "type" && *value == "application/ld+json");
        let linked = attributes.iter().any(|(name, _)| *name == "src");
        if name == "script" && !data && !linked {
            findings.push(file.at(at, "a script must be a file of its own"));
        }
        if name == "style" {
            findings.push(file.at(at, "a style must be in a file of its own"));
        }
        for (attribute, value) in attributes {
            let handler =
                attribute.len() > 2 && attribute.starts_with("on") && attribute.bytes().all(|b| b.is_ascii_lowercase());
            if attribute == "style" || handler || value.trim_start().starts_with("javascript:") {
                findings.push(file.at(at, format!("`{attribute}` is an inline style, handler or script")));
            }
        }
    }
    findings
}

/// `{{ … }}`, `{% … %}` and `{# … #}` blanked out, as they may hold any character.
fn without_template_code(text: &str) -> String {
    let mut out = text.to_owned();
    for (open, close) in [("{#", "#}"), ("{%", "%}"), ("{{", "}}")] {
        while let Some(start) = out.find(open) {
            let end = out[start..].find(close).map_or(out.len(), |length| start + length + close.len());
            let blank: String = out[start..end].bytes().map(|byte| if byte == b'\n' { '\n' } else { '.' }).collect();
            out.replace_range(start..end, &blank);
        }
    }
    out
}

type Attributes<'a> = Vec<(&'a str, &'a str)>;

/// Opening tags with their places and attributes; an attribute without a value has an empty one.
fn tags(text: &str) -> Vec<(usize, &str, Attributes<'_>)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('<') {
        let rest = &text[at + 1..];
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        if rest.starts_with(|c: char| c.is_ascii_lowercase()) {
            found.push((at, &rest[..length], attributes(&rest[length..])));
        }
    }
    found
}

fn attributes(mut rest: &str) -> Attributes<'_> {
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let length = rest.find(|c: char| c.is_ascii_whitespace() || "=>/<\"'".contains(c)).unwrap_or(rest.len());
        if length == 0 {
            return found;
        }
        let (name, after) = rest.split_at(length);
        let (value, after) = value(after);
        found.push((name, value));
        rest = after;
    }
}

fn value(after: &str) -> (&str, &str) {
    let Some(rest) = after.strip_prefix('=') else {
        return ("", after);
    };
    let quote = rest.chars().next().filter(|c| "\"'".contains(*c));
    match quote {
        Some(quote) => rest[1..].split_once(quote).unwrap_or((&rest[1..], "")),
        None => rest.split_at(rest.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(rest.len())),
    }
}

#[test]
fn the_theme_keeps_to_its_content_security_policy() {
    holds(repository().iter().flat_map(|file| [sinks(file), inline(file)].concat()));
}

#[test]
fn what_the_policy_forbids_is_noticed() {
    let page = "templates/page.html";
    notices(1, inline, page, "<script>alert(1)</script>");
    notices(1, inline, page, "<script type=\"module\">import 'x'</script>");
    notices(1, inline, page, "<style>p { color: red }</style>");
    notices(1, inline, page, "<p class=\"a\"\n   style=\"color: red\">");
    notices(1, inline, page, "<a href=\"{{ x > y }}\" onclick='go()'>");
    notices(1, inline, page, "<a href=\"javascript:void(0)\">");
    notices(1, inline, "static/icon.svg", "<svg><style>a{}</style></svg>");
    notices(
        0,
        inline,
        page,
        "<script src=\"{{ js }}\" defer></script><script type=\"application/ld+json\">{}</script>",
    );
    notices(
        0,
        inline,
        page,
        "<link rel=\"stylesheet\" href=\"a.css\"><p data-style=\"x\" open>{% if a < b %} style=\"x\"</p>",
    );
    notices(1, sinks, "static/search.js", "box.innerHTML = text;");
    notices(2, sinks, "static/search.js", "document.write(eval(text));");
    notices(0, sinks, "static/search.js", "box.textContent = text;");
    notices(0, sinks, "content/a.md", "innerHTML");
}
