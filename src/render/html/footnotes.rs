//! Footnotes: numbered as they are first referred to, collected at the end.
//!
//! In: references while the body is written. Out: their marks, and the section after the body. Only visible
//! references and visible definitions count, so hidden ones change no number.

use std::collections::HashMap;

use super::Writer;
use crate::markdown::tree::{NodeId, NodeKind};

/// What has been referred to so far.
#[derive(Default)]
pub(super) struct Footnotes {
    /// Every visible definition by its folded label; looked up when the first reference turns up.
    definitions: Option<HashMap<String, NodeId>>,
    /// In the order of their numbers.
    notes: Vec<Note>,
    numbers: HashMap<NodeId, usize>,
}

struct Note {
    definition: NodeId,
    /// How many marks lead to it, and so how many links lead back.
    references: usize,
}

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let Some(definition) = self.definition(label) else {
            return;
        };
        let notes = &mut self.footnotes.notes;
        let index = *self.footnotes.numbers.entry(definition).or_insert_with(|| {
            notes.push(Note { definition, references: 0 });
            notes.len() - 1
        });
        let number = index + 1;
        if self.in_link > 0 {
            self.push(&format!("<sup>{number}</sup>"));
            return;
        }
        notes[index].references += 1;
        let id = reference_id(number, notes[index].references);
        self.push(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"{id}\" role=\"doc-noteref\">{number}</a></sup>"
        ));
    }

    fn definition(&mut self, label: &str) -> Option<NodeId> {
        let (tree, context) = (self.tree, self.context);
        let definitions = self.footnotes.definitions.get_or_insert_with(|| {
            let mut found = HashMap::new();
            let mut node = 0;
            while node < tree.nodes.len() {
                if context.hidden(node) {
                    node = tree.nodes[node].end as usize;
                    continue;
                }
                if let NodeKind::FootnoteDefinition(label) = &tree.nodes[node].kind {
                    found.entry(label.to_lowercase()).or_insert(node);
                }
                node += 1;
            }
            found
        });
        definitions.get(&label.to_lowercase()).copied()
    }

    pub(super) fn footnote_section(&mut self) {
        let mut bodies = Vec::new();
        // Notes may refer to further notes, which join the end of the list.
        while let Some(note) = self.footnotes.notes.get(bodies.len()) {
            let body = self.body(note.definition);
            bodies.push(body);
        }
        if bodies.is_empty() {
            return;
        }
        let context = self.context;
        self.new_line();
        self.push("<section class=\"footnotes\" role=\"doc-endnotes\"");
        self.attribute("aria-label", context.word("footnotes"));
        self.push(">\n<ol>\n");
        for (index, body) in bodies.iter().enumerate() {
            let number = index + 1;
            self.push(&format!("<li id=\"fn-{number}\">\n"));
            // The links back stand at the end of the last paragraph.
            let paragraph = body.strip_suffix("</p>\n");
            self.push(paragraph.unwrap_or(body));
            self.links_back(number, self.footnotes.notes[index].references);
            self.push(if paragraph.is_some() { "</p>\n</li>\n" } else { "\n</li>\n" });
        }
        self.push("</ol>\n</section>\n");
    }

    fn links_back(&mut self, number: usize, references: usize) {
        let context = self.context;
        for reference in 1..=references {
            self.push(" <a href=\"#");
            self.push(&reference_id(number, reference));
            self.push("\" class=\"footnote-back\" role=\"doc-backlink\"");
            let word = context.word("footnote-back");
            match reference {
                1 => self.attribute("aria-label", word),
                _ => self.attribute("aria-label", &format!("{word} {reference}")),
            }
            self.push(">↩</a>");
        }
    }
}

fn reference_id(number: usize, reference: usize) -> String {
    match reference {
        1 => format!("fnref-{number}"),
        _ => format!("fnref-{number}-{reference}"),
    }
}
