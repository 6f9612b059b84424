//! Files that are not pages: the theme's, those of `static/`, and those of the content folder that pages use.
//!
//! In: sources. Out: paths with a hash of the bytes, sizes of images. A content file that nothing visible refers to is
//! not published, so that nothing internal leaves with it. Sizes are read from headers; no image is decoded.

use std::io;
use std::sync::Arc;

use super::plan::{Make, Plan};
use super::script::{lean, short};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::render::assets::Asset;
use crate::site::Site;
use crate::source::{Origin, builtin};
use crate::text::digest::Digest;

/// The names templates know the theme's files by, and the files: the first and what is published in it, in this order.
const THEME: [(&str, &[&str]); 6] = [
    ("style", &["site.css"]),
    ("script", &["site.js", "search-ui.js"]),
    ("theme_script", &["theme.js"]),
    // One file to wait for: who searches in a box is led to the search page.
    ("search_script", &["search.js", "search-suggest.js", WITHOUT_HOST, "search-results.js", "search-page.js"]),
    ("favicon", &["favicon.svg"]),
    ("favicon_neutral", &["favicon-neutral.svg"]),
];
/// What reads the index where there is no host.
const WITHOUT_HOST: &str = "search-portable.js";

/// Adds the files of a site.
pub(super) fn plan(
    site: &Site,
    origin: &dyn Origin,
    plan: &mut Plan,
    problems: &mut Vec<Diagnostic>,
) -> io::Result<()> {
    for (role, files) in THEME {
        let Some(bytes) = theme_file(site, origin, files)? else { continue };
        let path = hashed(files[0], &bytes);
        plan.assets.theme.insert(role.to_owned(), path.clone());
        plan.add(path, Make::Bytes(bytes.into()), problems);
    }
    for (path, source) in &site.input.files.statics {
        plan.assets.statics.insert(path.clone(), asset(path.clone(), path, &origin.read(source)?));
        // Placement has named both the file and the page.
        if plan.is_page(path) {
            continue;
        }
        plan.add(path.clone(), Make::Source(Arc::clone(source)), problems);
    }
    for (path, source) in &site.assets {
        let bytes = origin.read(source)?;
        refuse_location(source, &bytes, problems);
        let published = hashed(path.rsplit('/').next().unwrap_or(path), &bytes);
        plan.assets.content.insert(path.clone(), asset(published.clone(), path, &bytes));
        // Two copies of one picture are one file.
        if !plan.items.contains_key(&published) {
            plan.add(published, Make::Source(Arc::clone(source)), problems);
        }
    }
    Ok(())
}

/// A file of the theme as it is published, with what is published in it.
fn theme_file(site: &Site, origin: &dyn Origin, files: &[&str]) -> io::Result<Option<Vec<u8>>> {
    let mut parts = Vec::new();
    for file in files.iter().filter(|file| **file != WITHOUT_HOST || site.edition.portable) {
        parts.extend(theme_part(site, origin, file)?);
    }
    if !files[0].ends_with(".js") || parts.is_empty() {
        return Ok(parts.pop().map(|(bytes, _)| bytes));
    }
    // A script need not end its last statement, nor its last comment.
    let join = |parts: Vec<Vec<u8>>| parts.join(&b"\n;"[..]);
    if parts.iter().all(|(_, is_ours)| *is_ours) {
        // Together they compress best.
        return Ok(Some(script(join(parts.into_iter().map(|(bytes, _)| bytes).collect()), true)));
    }
    Ok(Some(join(parts.into_iter().map(|(bytes, is_ours)| script(bytes, is_ours)).collect())))
}

/// A script as it is published; one that a project brings keeps its names.
fn script(bytes: Vec<u8>, is_ours: bool) -> Vec<u8> {
    match std::str::from_utf8(&bytes) {
        Ok(script) if is_ours => short(script).into_bytes(),
        Ok(script) => lean(script).into_bytes(),
        Err(_) => bytes,
    }
}

/// A file of the theme, the project's own before the one inside the program, and whether it is the same as that.
fn theme_part(site: &Site, origin: &dyn Origin, file: &str) -> io::Result<Option<(Vec<u8>, bool)>> {
    let ours = builtin::below("static/theme").find(|(name, _)| *name == file).map(|(_, bytes)| bytes);
    let own = site.input.files.theme.iter().find(|(path, _)| path.as_str() == file);
    let bytes = match own {
        Some((_, source)) => Some(origin.read(source)?),
        None => ours.map(<[u8]>::to_vec),
    };
    Ok(bytes.map(|bytes| {
        let is_ours = ours == Some(bytes.as_slice());
        (bytes, is_ours)
    }))
}

/// `plan.png` → `assets/plan.3f2a9c1b4d5e.png`
pub(super) fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash = &Digest::of(bytes)[..12];
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "bin"));
    let stem = crate::text::slug::slug(stem);
    let stem = if stem.is_empty() { "file" } else { &stem };
    format!("assets/{stem}.{hash}.{}", ending.to_ascii_lowercase())
}

fn asset(published: String, path: &str, bytes: &[u8]) -> Asset {
    let size = imagesize::blob_size(bytes).ok();
    let pixels = |n: usize| u32::try_from(n).ok();
    Asset {
        path: published,
        name: path.rsplit('/').next().unwrap_or(path).to_owned(),
        size: bytes.len() as u64,
        width: size.and_then(|size| pixels(size.width)),
        height: size.and_then(|size| pixels(size.height)),
    }
}

/// A photograph may carry the place where it was taken: somebody's home.
fn refuse_location(source: &Arc<str>, bytes: &[u8], problems: &mut Vec<Diagnostic>) {
    let head = &bytes[..bytes.len().min(64 * 1024)];
    let is_jpeg = head.starts_with(&[0xFF, 0xD8]);
    // The GPS directory of EXIF is tag 0x8825, a long, one value, in either byte order (EXIF 2.32, 4.6.3).
    let tags: [&[u8]; 2] = [&[0x88, 0x25, 0, 4, 0, 0, 0, 1], &[0x25, 0x88, 4, 0, 1, 0, 0, 0]];
    if is_jpeg && tags.iter().any(|tag| head.windows(8).any(|window| window == *tag)) {
        problems.push(
            Diagnostic::new(Code::PhotoLocation, format!("`{source}` says where it was taken"))
                .at(Span::whole(source))
                .help("save the photograph again without location data (most photo programs offer it when exporting)"),
        );
    }
}
