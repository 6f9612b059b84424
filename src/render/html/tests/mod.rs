//! What the writer prints, and what it must never print.

mod hostile;
mod random;

use std::borrow::Cow;
use std::sync::Arc;

use super::{BodyContext, Image, Link, Plain, RawHtml, write};
use crate::markdown::directive::Form;
use crate::markdown::parse;
use crate::markdown::tree::{Directive, NodeId, NodeKind, Tree};

fn tree(text: &str) -> Tree {
    parse(&Arc::from("page.md"), text, 0, &mut Vec::new())
}

fn with(context: &dyn BodyContext, tree: &Tree) -> String {
    let mut out = String::new();
    write(tree, 0..tree.nodes.len(), context, &mut out);
    out
}

fn html(text: &str) -> String {
    with(&Plain, &tree(text))
}

/// A context for the questions the tests ask.
#[derive(Default)]
struct Site {
    hidden: Vec<NodeId>,
    abbreviations: Vec<(String, String)>,
    headings: Vec<(NodeId, u8, String)>,
    /// Printed in place of raw HTML, as HTML.
    raw: Option<&'static str>,
    plain_links: bool,
}

impl BodyContext for Site {
    fn hidden(&self, node: NodeId) -> bool {
        self.hidden.contains(&node)
    }

    fn heading(&self, node: NodeId) -> Option<(u8, &str)> {
        self.headings.iter().find(|heading| heading.0 == node).map(|(_, level, id)| (*level, id.as_str()))
    }

    fn link<'a>(&'a self, _node: NodeId, target: &'a str) -> Link<'a> {
        if self.plain_links { Link::Text } else { Link::Href(Cow::Borrowed(target)) }
    }

    fn image<'a>(&'a self, _node: NodeId, target: &'a str) -> Option<Image<'a>> {
        let src = Cow::Owned(format!("/x/{target}"));
        (target != "missing.png").then_some(Image { src, width: Some(4), height: Some(3) })
    }

    fn directive(&self, _node: NodeId, form: Form, directive: &Directive, body: &str) -> String {
        match form {
            Form::Inline => format!("<b>{}&amp;</b>", directive.label.as_deref().unwrap_or_default()),
            Form::Leaf => format!("<x-{}>\n", directive.name),
            Form::Container => format!("<section>{body}</section>\n"),
        }
    }

    fn code(&self, language: &str, text: &str) -> Option<String> {
        (language == "rust").then(|| format!("<i>{}</i>", text.len()))
    }

    fn raw_html<'a>(&'a self, _node: NodeId, html: &'a str) -> RawHtml<'a> {
        self.raw.map_or(RawHtml::Text(html.into()), |raw| RawHtml::Html(raw.into()))
    }

    fn abbreviations(&self) -> &[(String, String)] {
        &self.abbreviations
    }
}

fn hide(tree: &Tree, name: &str) -> Site {
    let named = |kind: &NodeKind| matches!(kind, NodeKind::Container(directive) if directive.name == name);
    Site { hidden: (0..tree.nodes.len()).filter(|node| named(&tree.nodes[*node].kind)).collect(), ..Site::default() }
}

#[test]
fn text_and_attributes_are_escaped() {
    assert_eq!(html("a < b & \\\"c\\\" > d"), "<p>a &lt; b &amp; &quot;c&quot; &gt; d</p>\n");
    let link = html("[x](<a\" onclick=\"b> \"t\\\"<\")");
    assert_eq!(link, "<p><a href=\"a%22%20onclick=%22b\" title=\"t&quot;&lt;\">x</a></p>\n");
    assert_eq!(
        html("```\"><script>\n<\n```"),
        "<pre tabindex=\"0\"><code class=\"language-&quot;&gt;&lt;script&gt;\">&lt;\n</code></pre>\n"
    );
    assert_eq!(html("![\"<](a.png)"), "<p><img src=\"a.png\" alt=\"“&lt;\" loading=\"lazy\"></p>\n");
}

#[test]
fn control_characters_are_dropped() {
    assert_eq!(html("a\u{0}b\u{1}c\u{7f}d `e\u{8}\u{1b}f`"), "<p>abcd <code>ef</code></p>\n");
    assert_eq!(html("[x](<a\u{2}b>)"), "<p><a href=\"ab\">x</a></p>\n");
}

#[test]
fn headings_take_ids_and_classes_only() {
    assert_eq!(html("## A {#b .c .d onclick=e style=f}"), "<h2 id=\"b\" class=\"c d\">A</h2>\n");
    assert_eq!(html("## A {.c\"d}"), "<h2>A</h2>\n");
    let site = Site { headings: vec![(0, 3, "own".to_owned())], ..Site::default() };
    assert_eq!(with(&site, &tree("# A {#b}")), "<h3 id=\"own\">A</h3>\n");
}

#[test]
fn tables_name_their_cells() {
    let found = html("| | a |\n|:--|--:|\n| **b** | c |\n| **d** e | **f** |\n");
    assert_eq!(
        found,
        "<section class=\"table\" tabindex=\"0\" aria-label=\"Table\">\n<table>\n<thead>\n<tr>\n\
         <td class=\"align-left\"></td>\n<th scope=\"col\" class=\"align-right\">a</th>\n</tr>\n</thead>\n<tbody>\n\
         <tr>\n<th scope=\"row\" class=\"align-left\">b</th>\n<td class=\"align-right\">c</td>\n</tr>\n\
         <tr>\n<td class=\"align-left\"><strong>d</strong> e</td>\n<td class=\"align-right\"><strong>f</strong></td>\n</tr>\n\
         </tbody>\n</table>\n</section>\n"
    );
    assert!(!found.contains("style="));
    let two = html("| a |\n|---|\n\nb\n\n| c |\n|---|\n");
    assert!(two.contains("aria-label=\"Table\"") && two.contains("aria-label=\"Table 2\""), "{two}");
}

#[test]
fn tasks_are_disabled_boxes() {
    assert_eq!(
        html("- [x] a\n- [ ] b\n"),
        "<ul class=\"tasks\">\n<li class=\"task\"><input type=\"checkbox\" class=\"task-box\" disabled checked aria-label=\"Done\"> a</li>\n\
         <li class=\"task\"><input type=\"checkbox\" class=\"task-box\" disabled aria-label=\"Not done\"> b</li>\n</ul>\n"
    );
}

#[test]
fn alerts_are_notes() {
    assert_eq!(
        html("> [!CAUTION]\n> a"),
        "<div class=\"callout callout-caution\" role=\"note\">\n<p class=\"callout-title\">Caution</p>\n<p>a</p>\n</div>\n"
    );
}

#[test]
fn definitions_and_rules() {
    assert_eq!(html("A\n: B\n: C\n\n---\n"), "<dl>\n<dt>A</dt>\n<dd>B</dd>\n<dd>C</dd>\n</dl>\n<hr>\n");
}

#[test]
fn code_may_come_highlighted() {
    let site = Site::default();
    assert_eq!(
        with(&site, &tree("```rust ignore\nfn\n```\n\n```sh\nls\n```")),
        "<pre tabindex=\"0\"><code class=\"language-rust\"><i>3</i></code></pre>\n<pre tabindex=\"0\"><code class=\"language-sh\">ls\n</code></pre>\n"
    );
}

#[test]
fn directives_ask_the_context() {
    assert_eq!(
        html(":::note\na\n:::\n\n::contact{id=x}\n\nb :term[c] d"),
        "<div class=\"directive directive-note\">\n<p>a</p>\n</div>\n<p>b  d</p>\n"
    );
    let site = Site::default();
    assert_eq!(
        with(&site, &tree(":::note\na\n:::\n::contact{id=x}\nb :term[c] ![:term[d] *e*](f)")),
        "<section><p>a</p>\n</section>\n<x-contact>\n<p>b <b>c&amp;</b> <img src=\"/x/f\" alt=\"d&amp; e\" width=\"4\" height=\"3\" loading=\"lazy\"></p>\n"
    );
}

#[test]
fn raw_html_is_text_unless_allowed() {
    let text = "<div onclick=\"x\">\n\na <b>c</b>";
    assert_eq!(
        html(text),
        "<p class=\"raw-html\">&lt;div onclick=&quot;x&quot;&gt;</p>\n<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"
    );
    let site = |raw| Site { raw: Some(raw), ..Site::default() };
    assert_eq!(with(&site("<hr>"), &tree(text)), "<hr>\n<p>a <hr>c<hr></p>\n");
}

#[test]
fn links_may_be_labels_only() {
    let site = Site { plain_links: true, ..Site::default() };
    assert_eq!(with(&site, &tree("[a *b*](c) <https://d.org>")), "<p>a <em>b</em> https://d.org</p>\n");
}

#[test]
fn images_that_are_missing_leave_their_words() {
    assert_eq!(with(&Site::default(), &tree("a ![b *c* \"d\"](missing.png) e")), "<p>a b c “d” e</p>\n");
}

#[test]
fn footnotes_are_numbered_by_use() {
    assert_eq!(
        html("a[^x] b[^y] c[^x]\n\n[^y]: Two\n\n[^x]: One[^z]\n\n[^z]: Three\n\n[^unused]: Four\n"),
        "<p>a<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a></sup> \
         b<sup class=\"footnote-ref\"><a href=\"#fn-2\" id=\"fnref-2\" role=\"doc-noteref\">2</a></sup> \
         c<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1-2\" role=\"doc-noteref\">1</a></sup></p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n\
         <li id=\"fn-1\">\n<p>One<sup class=\"footnote-ref\"><a href=\"#fn-3\" id=\"fnref-3\" role=\"doc-noteref\">3</a></sup> \
         <a href=\"#fnref-1\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Back to the text\">↩</a> \
         <a href=\"#fnref-1-2\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Back to the text 2\">↩</a></p>\n</li>\n\
         <li id=\"fn-2\">\n<p>Two <a href=\"#fnref-2\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Back to the text\">↩</a></p>\n</li>\n\
         <li id=\"fn-3\">\n<p>Three <a href=\"#fnref-3\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Back to the text\">↩</a></p>\n</li>\n\
         </ol>\n</section>\n"
    );
}

#[test]
fn hidden_notes_change_no_number() {
    let parsed = tree(":::internal\na[^x] *[MASH]: b\n:::\n\nc[^y] MASH\n\n[^x]: secret\n\n[^y]: open\n\n*[MASH]: d\n");
    let found = with(&hide(&parsed, "internal"), &parsed);
    assert!(found.starts_with("<p>c<sup class=\"footnote-ref\"><a href=\"#fn-1\""), "{found}");
    assert!(!found.contains("secret") && found.contains("<abbr title=\"d\">MASH</abbr>"), "{found}");
}

#[test]
fn a_note_written_inside_a_hidden_block_stays_hidden() {
    let parsed = tree("a[^x] b\n\n:::internal\n[^x]: secret\n:::\n");
    let found = with(&hide(&parsed, "internal"), &parsed);
    assert_eq!(found, "<p>a b</p>\n");
}

#[test]
fn abbreviations_are_explained_once() {
    let site = Site {
        abbreviations: [("MI", "Motivational interviewing"), ("MASH", "shared"), ("MI team", "long")]
            .map(|(short, long)| (short.to_owned(), long.to_owned()))
            .to_vec(),
        ..Site::default()
    };
    let text = "# MI\n\nMIND, aMI, `MI` [MI](x) MI MI (MASH's), MI team.\n\n*[MASH]: own\n";
    assert_eq!(
        with(&site, &tree(text)),
        "<h1>MI</h1>\n<p>MIND, aMI, <code>MI</code> <a href=\"x\">MI</a> \
         <abbr title=\"Motivational interviewing\">MI</abbr> MI (<abbr title=\"own\">MASH</abbr>’s), \
         <abbr title=\"long\">MI team</abbr>.</p>\n"
    );
}

#[test]
fn a_range_is_written_alone() {
    let parsed = tree("a\n\nb\n\nc");
    let second = parsed.roots().nth(1).unwrap();
    let mut out = String::new();
    write(&parsed, parsed.subtree(second), &Plain, &mut out);
    assert_eq!(out, "<p>b</p>\n");
}

#[test]
fn tight_items_hold_blocks() {
    assert_eq!(
        html("- a\n  :::note\n  b\n  :::\n- c\n"),
        "<ul>\n<li>a\n<div class=\"directive directive-note\">\n<p>b</p>\n</div>\n</li>\n<li>c</li>\n</ul>\n"
    );
}
