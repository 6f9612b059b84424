//! The floor: the least that any generator has to do for these pages. Read, parse, write; no checks, no templates.
//!
//! In: a content folder. Out: one HTML file a page, in a layout written by hand with the same sort of bytes that a
//! theme has (skip link, the section's menu, footer), from all cores. What a whole build costs beyond this is what
//! the program itself costs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use pulldown_cmark::{Options, Parser};
use rayon::prelude::*;
use walkdir::WalkDir;

use super::floor_html::{push_escaped, push_events};

struct Page {
    name: String,
    title: String,
    body: String,
}

/// Builds every Markdown file below `content` into `out`; gives the number of pages.
pub(crate) fn build(content: &Path, out: &Path) -> io::Result<usize> {
    let mut folders: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for entry in WalkDir::new(content) {
        let path = entry?.into_path();
        if let (Some("md"), Some(folder)) = (path.extension().and_then(|end| end.to_str()), path.parent()) {
            folders.entry(folder.to_owned()).or_default().push(path);
        }
    }
    folders
        .into_par_iter()
        .map(|(folder, files)| {
            let address = folder.strip_prefix(content).map_err(io::Error::other)?;
            build_folder(&files, &out.join(address), &address.to_string_lossy())
        })
        .sum()
}

fn build_folder(files: &[PathBuf], out: &Path, address: &str) -> io::Result<usize> {
    fs::create_dir_all(out)?;
    let pages = files.par_iter().map(|file| read(file)).collect::<io::Result<Vec<_>>>()?;
    pages.par_iter().try_for_each(|page| {
        let html = layout(page, &pages, address);
        if page.name == "_index" {
            return fs::write(out.join("index.html"), html);
        }
        let folder = out.join(&page.name);
        fs::create_dir(&folder)?;
        fs::write(folder.join("index.html"), html)
    })?;
    Ok(pages.len())
}

fn read(file: &Path) -> io::Result<Page> {
    let text = fs::read_to_string(file)?;
    let (front, body) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).unwrap_or(("", &text));
    let title = front.lines().find_map(|line| line.strip_prefix("title: ")).unwrap_or_default();
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Page { name, title: title.trim_matches('"').to_owned(), body: body.to_owned() })
}

fn layout(page: &Page, pages: &[Page], address: &str) -> String {
    let mut html = String::with_capacity(page.body.len() * 3 + 8192);
    html.push_str("<!doctype html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">");
    html.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>");
    push_escaped(&mut html, &page.title);
    html.push_str(
        "</title><link rel=\"stylesheet\" href=\"/style.css\"></head><body><a href=\"#main\">Skip to content</a>",
    );
    html.push_str("<header><a href=\"/\">Practice guide</a></header><nav><ul>\n");
    for other in pages {
        for part in ["<li><a href=\"/", address, "/", &other.name, "\""] {
            html.push_str(part);
        }
        html.push_str(if std::ptr::eq(page, other) { " aria-current=\"page\">" } else { ">" });
        push_escaped(&mut html, &other.title);
        html.push_str("</a></li>\n");
    }
    html.push_str("</ul></nav><main id=\"main\"><h1>");
    push_escaped(&mut html, &page.title);
    html.push_str("</h1>\n");
    let extensions = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES;
    push_events(&mut html, Parser::new_ext(&page.body, extensions));
    html.push_str("</main><footer>Published by a council</footer></body></html>\n");
    html
}
