//! The search index as files: `assets/search.<hash>.bin` and, in a folder of the same sort of name, what it loads later.
//!
//! In: an index. Out: paths with a hash of the contents, so that hosts may cache them for ever. The core is
//! compressed when it is asked for, since many hosts compress nothing; numbers in the other files are short already. A
//! page in a folder without a host may not read files, only run scripts: there the same bytes come as scripts,
//! `assets/search-index.<hash>.js` and beside it (see `handed`).

use std::sync::Arc;

use rayon::prelude::*;

use super::assets::hashed;
use super::gzip::gzip;
use super::handed;
use super::plan::{Make, Plan};
use crate::diagnostics::Diagnostic;
use crate::search::{Encoded, Index, encode};
use crate::site::Site;
use crate::text::digest::Digest;

/// The bytes of an index, and the folder of all but the core.
pub(super) struct Files {
    encoded: Encoded,
    folder: String,
}

/// Makes the bytes of an index.
pub(super) fn files(site: &Site, index: &Index) -> Files {
    let mut folder = String::new();
    let encoded = encode(site, index, |shards, texts| {
        folder = format!("assets/search-{}/", &digest(shards.iter().chain(texts).collect())[..12]);
        folder.clone()
    });
    Files { encoded, folder }
}

/// Adds the files of the index.
pub(super) fn plan(site: &Site, Files { encoded, folder }: Files, plan: &mut Plan, problems: &mut Vec<Diagnostic>) {
    let portable = site.edition.portable;
    let ending = if portable { "js" } else { "bin" };
    let files =
        (encoded.shards.into_iter().enumerate().map(|(at, bytes)| (format!("{folder}terms-{at}.{ending}"), bytes)))
            .chain(
                encoded.texts.into_iter().enumerate().map(|(at, bytes)| (format!("{folder}text-{at}.{ending}"), bytes)),
            );
    for (path, bytes) in files {
        let bytes = if portable { handed::script(&path, &bytes) } else { bytes };
        plan.add(path, Make::Bytes(bytes), problems);
    }
    let path = hashed(if portable { "search-index.js" } else { "search.bin" }, &encoded.core);
    plan.assets.theme.insert("search".to_owned(), path.clone());
    let core = if portable {
        Make::Bytes(handed::script(&path, &gzip(&encoded.core)))
    } else {
        Make::Packed(encoded.core.into())
    };
    plan.add(path, core, problems);
}

/// Of what the parts hold: the digest of their digests, which are made side by side.
fn digest(parts: Vec<&Arc<[u8]>>) -> String {
    let digests: Vec<String> = parts.par_iter().map(|part| Digest::of(part)).collect();
    Digest::of(digests.concat().as_bytes())
}
