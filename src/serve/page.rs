//! HTML of the preview's own: the tags that make a page reload, and pages for when there is no page.
//!
//! In: a built page, problems. Out: bytes. What stays true: everything that came from a file is escaped; nothing is
//! inline, so that the site's own content security policy holds here as well.

use std::fmt::Write as _;

use super::Problem;
use super::stage::Shown;

/// Compiled in: the preview needs no file of the project.
pub(super) const SCRIPT: &[u8] = include_bytes!("../../static/theme/preview.js");
/// The look of the panel and of the pages below.
pub(super) const STYLE: &[u8] = include_bytes!("../../static/theme/preview.css");

/// The page with our two tags at the end of its head.
pub(super) fn with_preview(html: &[u8], shown: &Shown) -> Vec<u8> {
    let at = end_of_head(html);
    let mut page = Vec::with_capacity(html.len() + 256);
    page.extend_from_slice(&html[..at]);
    page.extend_from_slice(tags(shown, Panel::Drawn).as_bytes());
    page.extend_from_slice(&html[at..]);
    page
}

/// Where the head ends: before `</head>`, else before the body, else at the end, which browsers forgive.
fn end_of_head(html: &[u8]) -> usize {
    let find = |tag: &[u8]| html.windows(tag.len()).position(|window| window.eq_ignore_ascii_case(tag));
    find(b"</head>").or_else(|| find(b"<body")).unwrap_or(html.len())
}

/// Whether the script draws a panel with the problems.
#[derive(Clone, Copy)]
enum Panel {
    Drawn,
    /// The page is the list itself: a panel over it would say everything twice.
    None,
}

fn tags(shown: &Shown, panel: Panel) -> String {
    let panel = match panel {
        Panel::Drawn => "drawn",
        Panel::None => "none",
    };
    format!(
        "<link rel=\"stylesheet\" href=\"/_guidepost/preview.css\">\
         <script src=\"/_guidepost/preview.js\" defer data-panel=\"{panel}\" data-site=\"{}\"></script>",
        escape(&shown.site)
    )
}

/// For every address while there has never been a good build.
pub(super) fn problems(shown: &Shown) -> String {
    let errors = shown.problems.iter().filter(|problem| problem.is_error).count();
    let heading = match errors {
        0 => "The site could not be built".to_owned(),
        1 => "1 problem to mend before the site can be shown".to_owned(),
        count => format!("{count} problems to mend before the site can be shown"),
    };
    let mut body = String::from("<p>This page turns into the site by itself as soon as all is mended.</p><ol>");
    for problem in &shown.problems {
        body.push_str(&item(problem));
    }
    body.push_str("</ol>");
    whole(&heading, &body, shown)
}

fn item(problem: &Problem) -> String {
    let mut html = format!("<li><p><strong>{}</strong></p>", escape(&problem.message));
    if !problem.place.is_empty() {
        let _ = write!(html, "<p><code>{}</code></p>", escape(&problem.place));
    }
    if !problem.excerpt.is_empty() {
        let _ = write!(html, "<pre tabindex=\"0\">{}</pre>", escape(&problem.excerpt));
    }
    if !problem.help.is_empty() {
        let _ = write!(html, "<p>{}</p>", escape(&problem.help));
    }
    html + "</li>"
}

/// Until the first build is done.
pub(super) fn waiting(shown: &Shown) -> String {
    whole("The site is being built", "<p>This page shows it as soon as it is ready.</p>", shown)
}

/// For a site without a page for this.
pub(super) fn not_found(shown: &Shown) -> String {
    whole("There is no page at this address", "<p><a href=\"/\">Go to the start of the preview</a></p>", shown)
}

fn whole(heading: &str, body: &str, shown: &Shown) -> String {
    let heading = escape(heading);
    format!(
        "<!doctype html><html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>{heading}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">{}</head>\
         <body class=\"guidepost-preview-page\"><main><h1>{heading}</h1>{body}</main></body></html>",
        tags(shown, Panel::None)
    )
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
