//! The search index as files: `assets/search.<hash>.bin` and, in a folder of the same sort of name, what it loads later.
//!
//! In: a resolved site. Out: gzip bytes, compressed here because many hosts compress nothing. Names carry a hash of the
//! contents, so that hosts may cache them for ever. A page in a folder without a host may not read files, only run
//! scripts: there the same bytes come as scripts, `assets/search-index.<hash>.js` and beside it (see `handed`).

use std::io::Write as _;
use std::sync::Arc;

use flate2::{Compression, GzBuilder};
use rayon::prelude::*;

use super::assets::hashed;
use super::handed;
use super::plan::{Make, Plan};
use crate::diagnostics::Diagnostic;
use crate::search::{Index, check_promises, encode};
use crate::site::Site;
use crate::text::digest::Digest;

/// Adds the files of the index.
pub(super) fn plan(site: &Site, index: &Index, plan: &mut Plan, problems: &mut Vec<Diagnostic>) {
    check_promises(site, index, problems);
    let mut folder = String::new();
    let encoded = encode(site, index, |shards, texts| {
        folder = format!("assets/search-{}/", &digest(shards.iter().chain(texts))[..12]);
        folder.clone()
    });
    let portable = site.edition.portable;
    let ending = if portable { "js" } else { "bin" };
    let file = |path: &str, bytes: Arc<[u8]>| if portable { handed::script(path, &bytes) } else { bytes };
    let parts: Vec<(String, &Vec<u8>)> = (0..)
        .zip(&encoded.shards)
        .map(|(at, bytes): (usize, _)| (format!("{folder}terms-{at}.{ending}"), bytes))
        .chain((0..).zip(&encoded.texts).map(|(at, bytes): (usize, _)| (format!("{folder}text-{at}.{ending}"), bytes)))
        .collect();
    let parts: Vec<(String, Arc<[u8]>)> = parts
        .into_par_iter()
        .map(|(path, bytes)| {
            let bytes = file(&path, gzip(bytes));
            (path, bytes)
        })
        .collect();
    for (path, bytes) in parts {
        plan.add(path, Make::Bytes(bytes), problems);
    }
    let core = gzip(&encoded.core);
    let path = hashed(if portable { "search-index.js" } else { "search.bin" }, &core);
    plan.assets.theme.insert("search".to_owned(), path.clone());
    let core = file(&path, core);
    plan.add(path, Make::Bytes(core), problems);
}

/// Of what the parts hold and of where each ends.
fn digest<'a>(parts: impl Iterator<Item = &'a Vec<u8>>) -> String {
    let mut digest = Digest::default();
    for part in parts {
        digest.add(&part.len().to_le_bytes());
        digest.add(part);
    }
    digest.finish()
}

/// No name and no time in the header: the same bytes give the same file.
fn gzip(bytes: &[u8]) -> Arc<[u8]> {
    let mut encoder = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::new(6));
    // Writing into memory cannot fail.
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.unwrap_or_default().into()
}
