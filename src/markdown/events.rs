//! The parser's events become calls to the builder. The one file that names pulldown-cmark.
//!
//! In: a page's text. Out: its tree and what is wrong with it. The parser reads the prepared text, whose offsets
//! are those of the original; pieces of text therefore point into the file as it was written.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{
    Alignment as Align, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
};

use super::builder::{Builder, Level};
use super::prescan::{self, Prepared};
use super::tree::{AlertKind, Alignment, NodeKind, Tree};
use super::{Profile, Source, fence};
use crate::diagnostics::Diagnostic;

/// How often a text is read again without the markers that turned out to be something else. Twice is enough
/// for anything but a text made to need more.
const ROUNDS: usize = 8;

/// Reads a text.
pub(super) fn read(profile: Profile, source: Source<'_>) -> (Tree, Vec<Diagnostic>) {
    if profile == Profile::CommonMark {
        let prepared = Prepared { text: Cow::Borrowed(source.text), markers: Vec::new(), stand_in: None };
        let mut reader = Reader::new(profile, source, &prepared);
        reader.run(Options::empty());
        return (reader.builder.tree, reader.builder.problems);
    }
    let mut left_alone: Vec<usize> = Vec::new();
    for round in 1.. {
        let prepared = prescan::prepare(source.text, &left_alone);
        let mut reader = Reader::new(profile, source, &prepared);
        reader.run(site_options());
        let missed = prepared.markers.iter().zip(&reader.placed).filter(|(_, placed)| !**placed);
        let missed: Vec<usize> = missed.map(|(marker, _)| marker.range.start).collect();
        let last = missed.is_empty() || round == ROUNDS;
        left_alone.extend(missed);
        left_alone.sort_unstable();
        if last {
            let Builder { tree, mut problems, .. } = reader.builder;
            fence::not_read(source, &tree, &left_alone, &mut problems);
            return (tree, problems);
        }
    }
    (Tree::default(), Vec::new())
}

/// Named one by one: `all()` would bring front matter, wiki links and an older footnote syntax.
fn site_options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

struct Reader<'a, 'p> {
    builder: Builder<'a>,
    prepared: &'p Prepared<'a>,
    /// Which markers turned up as blocks.
    placed: Vec<bool>,
    /// Inside a marker's block.
    in_marker: bool,
    columns: Vec<Alignment>,
    column: usize,
}

impl<'a, 'p> Reader<'a, 'p> {
    fn new(profile: Profile, source: Source<'a>, prepared: &'p Prepared<'a>) -> Self {
        Self {
            builder: Builder::new(profile, source),
            prepared,
            placed: vec![false; prepared.markers.len()],
            in_marker: false,
            columns: Vec::new(),
            column: 0,
        }
    }

    fn run(&mut self, options: Options) {
        let prepared = self.prepared;
        for (event, range) in Parser::new_ext(&prepared.text, options).into_offset_iter() {
            self.event(event, range);
        }
        self.builder.finish();
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.in_marker {
            self.in_marker = !matches!(event, Event::End(TagEnd::HtmlBlock));
            return;
        }
        match event {
            Event::Start(Tag::HtmlBlock) => match self.prepared.marker_at(&range) {
                Some(index) => {
                    self.in_marker = true;
                    self.placed[index] = true;
                    fence::place(&mut self.builder, &self.prepared.markers[index]);
                }
                None => self.builder.open(Level::Leaf, NodeKind::HtmlBlock, range),
            },
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end, range),
            Event::Text(text) | Event::Html(text) => self.builder.text(&self.restored(&text), range),
            Event::Code(text) => {
                self.builder.flush();
                let text = self.builder.keep(&self.restored(&text));
                self.builder.leaf(Level::Inline, NodeKind::Code(text), range);
            }
            Event::InlineHtml(text) => {
                self.builder.flush();
                let text = self.builder.keep(&self.restored(&text));
                self.builder.leaf(Level::Inline, NodeKind::InlineHtml(text), range);
            }
            Event::SoftBreak => self.builder.leaf(Level::Inline, NodeKind::SoftBreak, range),
            Event::HardBreak => self.builder.leaf(Level::Inline, NodeKind::HardBreak, range),
            Event::Rule => self.builder.leaf(Level::Leaf, NodeKind::Rule, range),
            Event::FootnoteReference(label) => {
                let label = self.boxed(&label);
                self.builder.leaf(Level::Inline, NodeKind::FootnoteReference(label), range);
            }
            Event::TaskListMarker(done) => self.builder.mark_task(done),
            // Mathematics is not switched on.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.builder.text(&text, range),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let (level, kind) = match tag {
            Tag::Paragraph => (Level::Leaf, NodeKind::Paragraph),
            Tag::Heading { level, id, classes, .. } => {
                let id = id.map(|id| self.boxed(&id));
                let classes = classes.iter().map(|class| self.boxed(class)).collect();
                (Level::Leaf, NodeKind::Heading { level: level as u8, id, classes })
            }
            Tag::BlockQuote(None) => (Level::Block, NodeKind::BlockQuote),
            Tag::BlockQuote(Some(kind)) => (Level::Block, NodeKind::Alert(alert(kind))),
            Tag::CodeBlock(kind) => (Level::Leaf, NodeKind::CodeBlock { language: self.language(kind) }),
            Tag::HtmlBlock | Tag::MetadataBlock(_) => (Level::Leaf, NodeKind::HtmlBlock),
            Tag::List(start) => (Level::List, NodeKind::List { start, tight: true }),
            Tag::Item => (Level::Block, NodeKind::Item { task: None }),
            Tag::FootnoteDefinition(label) => (Level::Block, NodeKind::FootnoteDefinition(self.boxed(&label))),
            Tag::DefinitionList => (Level::List, NodeKind::DefinitionList),
            Tag::DefinitionListTitle => (Level::Block, NodeKind::DefinitionTerm),
            Tag::DefinitionListDefinition => (Level::Block, NodeKind::Definition),
            Tag::Table(columns) => {
                self.columns = columns.into_iter().map(alignment).collect();
                (Level::Leaf, NodeKind::Table)
            }
            Tag::TableHead | Tag::TableRow => {
                self.column = 0;
                let head = matches!(tag, Tag::TableHead);
                (Level::Leaf, if head { NodeKind::TableHead } else { NodeKind::TableRow })
            }
            Tag::TableCell => {
                let alignment = self.columns.get(self.column).copied().unwrap_or_default();
                self.column += 1;
                (Level::Leaf, NodeKind::TableCell(alignment))
            }
            Tag::Emphasis | Tag::Superscript | Tag::Subscript => (Level::Inline, NodeKind::Emphasis),
            Tag::Strong => (Level::Inline, NodeKind::Strong),
            Tag::Strikethrough => (Level::Inline, NodeKind::Strikethrough),
            Tag::Link { link_type, dest_url, title, .. } => (Level::Inline, self.link(link_type, &dest_url, &title)),
            Tag::Image { dest_url, title, .. } => {
                let (target, title) = (self.boxed(&dest_url), self.title(&title));
                (Level::Inline, NodeKind::Image { target, title })
            }
        };
        self.builder.open(level, kind, range);
    }

    fn end(&mut self, end: TagEnd, range: Range<usize>) {
        let closed = self.builder.close(range.end);
        if let (TagEnd::List(_), Some(list)) = (end, closed) {
            self.builder.settle_list(list);
        }
    }

    fn link(&self, sort: LinkType, target: &CowStr<'_>, title: &CowStr<'_>) -> NodeKind {
        let mut target = self.boxed(target);
        if sort == LinkType::Email {
            target = format!("mailto:{target}").into();
        }
        let bare = matches!(sort, LinkType::Autolink | LinkType::Email);
        NodeKind::Link { target, title: self.title(title), bare }
    }

    fn title(&self, title: &CowStr<'_>) -> Option<Box<str>> {
        (!title.is_empty()).then(|| self.boxed(title))
    }

    fn language(&self, kind: CodeBlockKind<'_>) -> Option<Box<str>> {
        let CodeBlockKind::Fenced(info) = kind else {
            return None;
        };
        info.split_whitespace().next().map(|word| self.boxed(word))
    }

    fn boxed(&self, text: &str) -> Box<str> {
        self.restored(text).into()
    }

    /// The text with its colons back: see [`Prepared::stand_in`].
    fn restored<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.prepared.stand_in.map(char::from) {
            Some(stand_in) if text.contains(stand_in) => text.replace(stand_in, ":").into(),
            _ => text.into(),
        }
    }
}

fn alert(kind: BlockQuoteKind) -> AlertKind {
    match kind {
        BlockQuoteKind::Note => AlertKind::Note,
        BlockQuoteKind::Tip => AlertKind::Tip,
        BlockQuoteKind::Important => AlertKind::Important,
        BlockQuoteKind::Warning => AlertKind::Warning,
        BlockQuoteKind::Caution => AlertKind::Caution,
    }
}

fn alignment(align: Align) -> Alignment {
    match align {
        Align::None => Alignment::None,
        Align::Left => Alignment::Left,
        Align::Center => Alignment::Center,
        Align::Right => Alignment::Right,
    }
}
