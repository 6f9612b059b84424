//! Pages as search sees them: titles, words about them, sections of plain text.
//!
//! In: a page of a resolved site. Out: a [`Document`] with a section for each heading of the first three levels, made
//! from the nodes this edition shows.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::markdown::outline::Heading;
use crate::markdown::raw_html::words_of;
use crate::markdown::tree::{Directive, NodeId, NodeKind, Tree};
use crate::site::{Generated, Page, PageId, Site, Target};

use super::blocks::{end_block, joined};
use super::fields;
use super::stem::is_english;

/// Headings below this level belong to the section around them.
const DEEPEST: u8 = 3;

/// One page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Document<'a> {
    /// Its title.
    pub(super) title: Cow<'a, str>,
    /// Its summary.
    pub(super) summary: Cow<'a, str>,
    /// Keywords and topics.
    pub(super) keywords: String,
    /// The text before the first heading, then a section for each heading; never empty.
    pub(super) sections: Vec<Section<'a>>,
    /// Whether its words are stemmed.
    pub(super) english: bool,
}

/// A heading and the text below it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Section<'a> {
    /// Empty for the text before the first heading.
    pub(super) heading: Cow<'a, str>,
    /// The heading is the label of a field: all pages of a kind have it, so that it tells less than one of this page.
    pub(super) is_label: bool,
    /// The id of the heading; empty where it has none.
    pub(super) anchor: Cow<'a, str>,
    /// Plain text, with white space as it came and a line end between blocks.
    pub(super) text: String,
}

/// The pages of a site that search may find, in its order.
pub(super) fn found(site: &Site) -> Vec<PageId> {
    (0..site.pages.len()).filter(|page| is_found(&site.pages[*page])).collect()
}

/// Whether search may find a page: lists of other pages answer nothing themselves.
fn is_found(page: &Page) -> bool {
    let front = &page.entry.front;
    let is_list = match page.generated {
        Some(Generated::Search | Generated::AToZ | Generated::Topics | Generated::Topic(_) | Generated::Changes) => {
            page.entry.document.front.is_none()
        }
        Some(Generated::Contacts | Generated::Words) | None => false,
    };
    let hidden = front.search.as_ref().is_some_and(|search| search.hide) || front.unlisted == Some(true);
    !is_list && !hidden
}

/// What search reads of a page.
pub(super) fn document(site: &Site, id: PageId) -> Document<'_> {
    let page = &site.pages[id];
    let entry = &*page.entry;
    let title = page.outline.title.as_ref().map(|title| title.text.trim()).filter(|title| !title.is_empty());
    let mut sections = body(site, page);
    if !page.withdrawn {
        fields::add(site, page, &mut sections);
    }
    let topics = entry.front.topics.iter().flatten().map(|topic| topic.title.as_str());
    let own = entry.front.search.iter().flat_map(|search| search.keywords.iter().map(String::as_str));
    Document {
        title: single_spaced(title.unwrap_or(&entry.title)),
        summary: single_spaced(entry.front.summary.as_deref().filter(|_| !page.withdrawn).unwrap_or_default()),
        keywords: own.chain(topics).collect::<Vec<_>>().join(", "),
        sections,
        english: is_english(entry.front.lang.as_deref().unwrap_or(&site.edition.language)),
    }
}

/// A text with one space where it had any white space, and none at its ends.
fn single_spaced(text: &str) -> Cow<'_, str> {
    if is_single_spaced(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    Cow::Owned(spaced)
}

/// Whether it is sure that a text has no white space but single spaces between its words, as most.
fn is_single_spaced(text: &[u8]) -> bool {
    let (mut last, mut sure) = (b' ', true);
    for byte in text {
        sure &= matches!(byte, b' '..0x80) && (last, *byte) != (b' ', b' ');
        last = *byte;
    }
    sure && last != b' '
}

/// Whether a text has several lines. No byte is waited for: texts are short, and this is asked for each of them.
fn has_line_end(text: &str) -> bool {
    text.bytes().fold(false, |met, byte| met | (byte == b'\n'))
}

/// The sections of a page's own text.
fn body<'a>(site: &Site, page: &'a Page) -> Vec<Section<'a>> {
    let tree = &page.entry.document.tree;
    let headings: Vec<&Heading> = page.outline.headings.iter().filter(|heading| heading.level <= DEEPEST).collect();
    let title = page.outline.title.as_ref().map(|title| title.node);
    let mut writer = Text::new(site, page, tree, |node| page.hidden.contains(node));
    let mut sections = vec![Section::default()];
    let mut next = 0;
    let mut node = 0;
    while node < tree.nodes.len() {
        if page.hidden.contains(node) || title == Some(node) {
            node = tree.nodes[node].end as usize;
            continue;
        }
        if let Some(heading) = headings.get(next).filter(|heading| heading.node == node) {
            if let Some(last) = sections.last_mut() {
                last.text = writer.take();
            }
            let (heading, anchor) = (heading.text.as_str().into(), heading.id.as_str().into());
            sections.push(Section { heading, anchor, ..Section::default() });
            next += 1;
            node = tree.nodes[node].end as usize;
            continue;
        }
        node = writer.node(node);
    }
    if let Some(last) = sections.last_mut() {
        last.text = writer.take();
    }
    sections
}

/// The readable text of a whole tree.
pub(super) fn plain(site: &Site, page: &Page, tree: &Tree) -> String {
    let hidden = crate::site::Hidden::of(tree, &site.edition);
    let mut writer = Text::new(site, page, tree, |node| hidden.contains(node));
    let mut node = 0;
    while node < tree.nodes.len() {
        node = if hidden.contains(node) { tree.nodes[node].end as usize } else { writer.node(node) };
    }
    writer.take()
}

/// Writes nodes as text.
struct Text<'a> {
    site: &'a Site,
    page: &'a Page,
    tree: &'a Tree,
    /// Footnotes that text of this edition refers to. Others may belong to a hidden block, wherever they stand.
    footnotes: BTreeSet<&'a str>,
    out: String,
    /// A block has ended, with this sign if it has no other.
    ended: Option<char>,
    /// What was written last leads to what follows: a small heading, a term.
    leads: bool,
    /// Where the block ends that was entered last, unless text behind it was met.
    end: NodeId,
}

impl<'a> Text<'a> {
    fn new(site: &'a Site, page: &'a Page, tree: &'a Tree, hidden: impl Fn(NodeId) -> bool) -> Self {
        let mut footnotes = BTreeSet::new();
        // Most pages have none, and need not be looked through.
        let mut node = if tree.footnotes.is_empty() { tree.nodes.len() } else { 0 };
        while node < tree.nodes.len() {
            match &tree.nodes[node].kind {
                NodeKind::FootnoteDefinition(_) => node = tree.nodes[node].end as usize,
                _ if hidden(node) => node = tree.nodes[node].end as usize,
                NodeKind::FootnoteReference(label) => {
                    footnotes.insert(&**label);
                    node += 1;
                }
                _ => node += 1,
            }
        }
        Self { site, page, tree, footnotes, out: String::new(), ended: None, leads: false, end: NodeId::MAX }
    }

    /// What was written. Room for the next text stays.
    fn take(&mut self) -> String {
        let text = self.out.trim_end().to_owned();
        self.out.clear();
        (self.ended, self.leads, self.end) = (None, false, NodeId::MAX);
        text
    }

    /// Writes text of a node. In a tight list it may follow a block without a paragraph of its own.
    fn put(&mut self, node: NodeId, text: &str) {
        if node >= self.end {
            self.block(node, '.');
            self.end = NodeId::MAX;
        }
        if self.ended.is_some() && !text.trim().is_empty() {
            end_block(&mut self.out, self.ended.take().unwrap_or('.'));
        }
        self.out.push_str(text);
    }

    /// Ends the block before a node. Of several that end at once the first says with which sign.
    fn block(&mut self, node: NodeId, sign: char) {
        let sign = if std::mem::take(&mut self.leads) { ':' } else { sign };
        self.ended.get_or_insert(sign);
        self.end = self.tree.nodes[node].end as usize;
    }

    /// Writes a node and returns the next to write.
    fn node(&mut self, node: NodeId) -> NodeId {
        let whole = self.tree.nodes[node].end as usize;
        match &self.tree.nodes[node].kind {
            NodeKind::Text(range) | NodeKind::Code(range) => {
                let text = self.tree.str(*range);
                // Lines of code are no blocks, and neither are those that somebody wrote as `&#10;`.
                if has_line_end(text) { self.put(node, &text.replace('\n', " ")) } else { self.put(node, text) }
            }
            NodeKind::FootnoteReference(_) => return whole,
            NodeKind::FootnoteDefinition(label) if !self.footnotes.contains(&**label) => return whole,
            NodeKind::InlineHtml(range) => {
                // Other elements may stand inside a word.
                if self.tree.str(*range).to_ascii_lowercase().starts_with("<br") {
                    self.out.push(' ');
                }
                return whole;
            }
            NodeKind::HtmlBlock => {
                self.block(node, '.');
                self.put(node, &single_spaced(&words_of(self.tree.block_text(node))));
                return whole;
            }
            NodeKind::Inline(directive) => {
                if let Some(text) = self.directive(node, directive) {
                    self.put(node, &text);
                    return whole;
                }
            }
            NodeKind::Leaf(directive) => {
                self.block(node, '.');
                self.put(node, &self.leaf(directive));
                return whole;
            }
            NodeKind::Container(directive) => {
                self.block(node, '.');
                let title =
                    directive.label.as_deref().or_else(|| directive.get("title")).or_else(|| directive.get("summary"));
                self.put(node, title.unwrap_or_default());
                if title.is_some() {
                    self.block(node, ':');
                }
            }
            NodeKind::Emphasis
            | NodeKind::Strong
            | NodeKind::Strikethrough
            | NodeKind::Link { .. }
            | NodeKind::Image { .. } => {}
            NodeKind::SoftBreak | NodeKind::HardBreak => self.out.push(' '),
            NodeKind::Heading { .. } | NodeKind::DefinitionTerm => {
                self.block(node, '.');
                self.leads = true;
            }
            NodeKind::List { .. } | NodeKind::Table | NodeKind::DefinitionList => self.block(node, ':'),
            NodeKind::Item { .. } | NodeKind::TableCell(_) | NodeKind::Definition => self.block(node, ';'),
            _ => self.block(node, '.'),
        }
        node + 1
    }

    /// What an inline directive prints; `None` where its own words are printed.
    fn directive(&self, node: NodeId, directive: &Directive) -> Option<String> {
        let label = directive.label.as_deref().unwrap_or_default();
        let input = &self.site.input;
        match directive.name {
            "authority" => Some(input.facts.get(label)?.value.clone()),
            "role" => {
                let fact = input.facts.get(&format!("role_{label}"))?;
                let plural = directive.get("form") == Some("plural");
                Some(fact.plural.as_ref().filter(|_| plural).unwrap_or(&fact.value).clone())
            }
            "contact" => {
                let contact = input.records.contacts.get(label)?;
                let phone = contact.phone.as_ref().filter(|_| directive.get("show") == Some("phone"));
                Some(phone.map_or_else(|| contact.name.clone(), |phone| phone.printed.clone()))
            }
            "page" => match self.page.target(self.tree, node)? {
                Target::Page(page, _) => Some(self.site.pages[*page].entry.title.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    fn leaf(&self, directive: &Directive) -> String {
        let get = |key| directive.get(key).unwrap_or_default();
        match directive.name {
            "contact" => self.site.input.records.contacts.get(get("id")).map(fields::contact_text).unwrap_or_default(),
            "figure" => joined([get("alt"), get("caption")], '.'),
            _ => String::new(),
        }
    }
}
