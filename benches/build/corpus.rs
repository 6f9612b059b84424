//! A practice guide of any size: sections of fifty pages, each page about 600 words.
//!
//! In: a number of pages and a seed. Out: a project folder. Every page has five headings, two lists and four
//! links to other pages, every third a table, every tenth a block of code. The text of page `i` depends on the
//! seed and on `i` alone; only where its links go depends on the number of pages.

use std::{fs, io, path::Path};

use guidepost::text::slug::slug;
use rayon::prelude::*;

use super::prose::{Rng, Vocabulary, Writer};

/// Pages in a section.
pub(crate) const SECTION: usize = 50;
/// Words on a page, at least.
pub(crate) const PAGE_WORDS: usize = 600;

const SUBJECTS: [&str; 24] = [
    "Listening first",
    "Supervision in groups",
    "Writing a plan together",
    "Working with fathers",
    "Domestic abuse",
    "Alcohol and drugs",
    "Parents' mental health",
    "Neglect",
    "Keeping safe at home",
    "Recovery",
    "Children in need",
    "Child protection meetings",
    "Family-led meetings",
    "Making a referral",
    "Consent",
    "Recording",
    "Visiting at home",
    "Direct work with children",
    "Working across agencies",
    "Specialist workers for adults",
    "Worries about a child",
    "Worries about an adult",
    "Early help",
    "Going to court",
];
const FORMS: [&str; 8] = [
    "practice guide",
    "questions and answers",
    "module guide",
    "checklist",
    "what families can expect",
    "steps and timescales",
    "worked example",
    "who does what",
];
const TOPICS: [&str; 39] = [
    "abuse",
    "adults",
    "assessment",
    "attendance",
    "care",
    "children",
    "consent",
    "court",
    "decisions",
    "drugs",
    "early-help",
    "evaluation",
    "evidence",
    "families",
    "fathers",
    "health",
    "home-visits",
    "housing",
    "kinship",
    "language",
    "managers",
    "meetings",
    "mental-health",
    "neglect",
    "partners",
    "planning",
    "police",
    "practitioners",
    "probation",
    "recording",
    "referral",
    "reporting",
    "review",
    "safety",
    "schools",
    "supervision",
    "training",
    "workbook",
    "young-people",
];

/// A guide of `pages` pages.
pub(crate) struct Corpus {
    pages: usize,
    seed: u64,
    vocabulary: Vocabulary,
}

impl Corpus {
    /// Nothing is written yet.
    pub(crate) fn new(pages: usize, seed: u64) -> Self {
        Self { pages, seed, vocabulary: Vocabulary::new() }
    }

    /// Writes the project into a folder; gives the bytes of Markdown written.
    pub(crate) fn write(&self, root: &Path) -> io::Result<u64> {
        let content = root.join("content");
        fs::create_dir_all(&content)?;
        // An address of its own, so that feeds, sitemap and canonical links are part of the work.
        fs::write(root.join("guidepost.yaml"), "title: Practice guide\nbase_url: https://guide.example/\n")?;
        fs::write(content.join("_index.md"), "---\ntitle: Practice guide\n---\n\nWelcome.\n")?;
        (0..self.pages.div_ceil(SECTION)).into_par_iter().map(|section| self.write_section(&content, section)).sum()
    }

    fn write_section(&self, content: &Path, section: usize) -> io::Result<u64> {
        let folder = content.join(section_name(section));
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("_index.md"), section_text(section))?;
        let mut bytes = 0;
        for page in section * SECTION..self.pages.min((section + 1) * SECTION) {
            let text = self.page(page);
            bytes += text.len() as u64;
            fs::write(folder.join(slug(&self.title(page)) + ".md"), text)?;
        }
        Ok(bytes)
    }

    /// The whole file of one page.
    pub(crate) fn page(&self, page: usize) -> String {
        let mut writer = Writer::new(&self.vocabulary, Rng::keyed(self.seed, "page", page));
        let body = self.body(page, &mut writer);
        let summary = writer.sentence(8, 14).replace('*', "");
        let topics = [0, 13, 26].map(|from| TOPICS[from + writer.rng.below(13)]).join(", ");
        let (title, order) = (self.title(page), page % SECTION + 1);
        format!("---\ntitle: \"{title}\"\nsummary: \"{summary}\"\norder: {order}\ntopics: [{topics}]\n---\n\n{body}")
    }

    fn body(&self, page: usize, writer: &mut Writer<'_>) -> String {
        let links: Vec<String> = (0..4).map(|_| self.link(page, &mut writer.rng)).collect();
        let mut blocks = vec![writer.paragraph(3), format!("See also {}. {}", links[0], writer.paragraph(2))];
        blocks.extend([heading("##", writer), writer.paragraph(4), list(writer, 5, |_| "- ".to_owned())]);
        blocks.extend([heading("###", writer), format!("{} Read {} first.", writer.paragraph(3), links[1])]);
        if page.is_multiple_of(3) {
            blocks.push(table(writer));
        }
        blocks.extend([heading("##", writer), writer.paragraph(4), list(writer, 4, |item| format!("{item}. "))]);
        blocks.extend([heading("###", writer), writer.paragraph(3)]);
        if page.is_multiple_of(10) {
            blocks.push(code(writer));
        }
        let last = format!("{} {} and {} say more.", writer.paragraph(3), links[2], links[3]);
        blocks.extend([heading("##", writer), last]);
        let mut words: usize = blocks.iter().map(|block| block.split_whitespace().count()).sum();
        while words < PAGE_WORDS {
            let more = writer.paragraph(2);
            words += more.split_whitespace().count();
            blocks.push(more);
        }
        blocks.join("\n\n") + "\n"
    }

    /// Half of the links stay in the section, half go anywhere.
    fn link(&self, from: usize, rng: &mut Rng) -> String {
        let first = from / SECTION * SECTION;
        // Both are drawn always, so that what follows on the page does not depend on the number of pages.
        let (near, far, stays) = (first + rng.below(SECTION), rng.unit(), rng.unit() < 0.5);
        let to = if stays { near.min(self.pages - 1) } else { (far * self.pages as f64) as usize };
        let title = self.title(to);
        let file = slug(&title) + ".md";
        if to / SECTION == from / SECTION {
            format!("[{title}]({file})")
        } else {
            format!("[{title}](../{}/{file})", section_name(to / SECTION))
        }
    }

    fn title(&self, page: usize) -> String {
        let mut rng = Rng::keyed(self.seed, "title", page);
        format!("{}: {} {}", rng.pick(&SUBJECTS), rng.pick(&FORMS), page + 1)
    }
}

fn section_name(section: usize) -> String {
    format!("section-{:04}", section + 1)
}

fn section_text(section: usize) -> String {
    let (subject, number) = (SUBJECTS[section % SUBJECTS.len()], section + 1);
    format!(
        "---\ntitle: \"{subject} (part {number})\"\nsummary: Guidance on one subject.\norder: {number}\n---\n\nPart {number}.\n"
    )
}

fn heading(level: &str, writer: &mut Writer<'_>) -> String {
    let words = writer.rng.between(3, 6);
    format!("{level} {}", writer.phrase(words))
}

fn list(writer: &mut Writer<'_>, items: usize, mark: impl Fn(usize) -> String) -> String {
    (1..=items).map(|item| mark(item) + &writer.sentence(5, 12)).collect::<Vec<_>>().join("\n")
}

fn table(writer: &mut Writer<'_>) -> String {
    let mut row = |words: usize| format!("| {} |", [(); 4].map(|()| writer.phrase(words)).join(" | "));
    let (head, rows) = (row(2), [(); 5].map(|()| row(3)).join("\n"));
    format!("{head}\n| --- | --- | --- | --- |\n{rows}")
}

fn code(writer: &mut Writer<'_>) -> String {
    let words = writer.words(6);
    let number = writer.rng.below(100);
    format!(
        "```yaml\n{}:\n  - name: \"{} {}\"\n    {}: {number}\n    # {}\n    enabled: true\n  - name: {}\n    \
         list: [1, 2, 3]\n```",
        words[0], words[1], words[2], words[3], words[4], words[5]
    )
}
