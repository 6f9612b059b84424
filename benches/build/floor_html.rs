//! Events to HTML for the floor, so that the program itself is built without the parser's own HTML writer.
//!
//! In: pulldown-cmark's events. Out: HTML with the tags that the corpus uses; other elements keep their text only.
//! Compared with the parser's `html::push_html` on the corpus: the same markup, and no slower.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

/// Appends the HTML of a whole document.
pub(crate) fn push_events<'a>(html: &mut String, events: impl Iterator<Item = Event<'a>>) {
    let mut cell = "td";
    for event in events {
        match event {
            Event::Text(text) => push_escaped(html, &text),
            Event::Start(tag) => start(html, &tag, &mut cell),
            Event::End(tag) => end(html, tag, &mut cell),
            Event::SoftBreak => html.push('\n'),
            Event::HardBreak => html.push_str("<br />\n"),
            Event::Rule => html.push_str("<hr />\n"),
            Event::Code(text) => {
                html.push_str("<code>");
                push_escaped(html, &text);
                html.push_str("</code>");
            }
            Event::Html(text) | Event::InlineHtml(text) => html.push_str(&text),
            _ => {}
        }
    }
}

fn start(html: &mut String, tag: &Tag<'_>, cell: &mut &'static str) {
    match tag {
        Tag::Paragraph => html.push_str("<p>"),
        Tag::Heading { level, .. } => html.push_str(["<h1>", "<h2>", "<h3>", "<h4>", "<h5>", "<h6>"][rank(*level)]),
        Tag::List(None) => html.push_str("<ul>\n"),
        Tag::List(Some(_)) => html.push_str("<ol>\n"),
        Tag::Item => html.push_str("<li>"),
        Tag::Emphasis => html.push_str("<em>"),
        Tag::Strong => html.push_str("<strong>"),
        Tag::Strikethrough => html.push_str("<del>"),
        Tag::BlockQuote(_) => html.push_str("<blockquote>\n"),
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) if !info.is_empty() => {
            html.push_str("<pre><code class=\"language-");
            push_escaped(html, info);
            html.push_str("\">");
        }
        Tag::CodeBlock(_) => html.push_str("<pre><code>"),
        Tag::Link { dest_url, .. } => {
            html.push_str("<a href=\"");
            push_escaped(html, dest_url);
            html.push_str("\">");
        }
        Tag::Table(_) => html.push_str("<table>"),
        Tag::TableHead => {
            *cell = "th";
            html.push_str("<thead><tr>");
        }
        Tag::TableRow => html.push_str("<tr>"),
        Tag::TableCell => html.push_str(if *cell == "th" { "<th>" } else { "<td>" }),
        _ => {}
    }
}

fn end(html: &mut String, tag: TagEnd, cell: &mut &'static str) {
    match tag {
        TagEnd::Paragraph => html.push_str("</p>\n"),
        TagEnd::Heading(level) => {
            html.push_str(["</h1>\n", "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"][rank(level)]);
        }
        TagEnd::List(ordered) => html.push_str(if ordered { "</ol>\n" } else { "</ul>\n" }),
        TagEnd::Item => html.push_str("</li>\n"),
        TagEnd::Emphasis => html.push_str("</em>"),
        TagEnd::Strong => html.push_str("</strong>"),
        TagEnd::Strikethrough => html.push_str("</del>"),
        TagEnd::BlockQuote(_) => html.push_str("</blockquote>\n"),
        TagEnd::CodeBlock => html.push_str("</code></pre>\n"),
        TagEnd::Link => html.push_str("</a>"),
        TagEnd::Table => html.push_str("</tbody></table>\n"),
        TagEnd::TableHead => {
            *cell = "td";
            html.push_str("</tr></thead><tbody>\n");
        }
        TagEnd::TableRow => html.push_str("</tr>\n"),
        TagEnd::TableCell => html.push_str(if *cell == "th" { "</th>" } else { "</td>" }),
        _ => {}
    }
}

fn rank(level: HeadingLevel) -> usize {
    level as usize - 1
}

/// Appends text so that it is safe between tags and in quoted attributes.
pub(crate) fn push_escaped(html: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        html.push_str(&text[from..at]);
        html.push_str(entity);
        from = at + 1;
    }
    html.push_str(&text[from..]);
}
