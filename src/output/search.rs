//! The search index as files: `assets/search.<hash>.bin` and, in a folder of the same sort of name, what it loads later.
//!
//! In: an index. Out: paths with a hash of the contents, so that hosts may cache them for ever. The core is
//! compressed when it is asked for, since many hosts compress nothing; numbers in the other files are short already.

use super::assets::hashed;
use super::plan::{Make, Plan};
use crate::diagnostics::Diagnostic;
use crate::search::{Index, encode};
use crate::site::Site;
use crate::text::digest::Digest;

/// Adds the files of the index.
pub(super) fn plan(site: &Site, index: &Index, plan: &mut Plan, problems: &mut Vec<Diagnostic>) {
    let mut folder = String::new();
    let encoded = encode(site, index, |shards, texts| {
        folder = format!("assets/search-{}/", &digest(shards.iter().chain(texts))[..12]);
        folder.clone()
    });
    for (at, bytes) in encoded.shards.into_iter().enumerate() {
        plan.add(format!("{folder}terms-{at}.bin"), Make::Bytes(bytes.into()), problems);
    }
    for (at, bytes) in encoded.texts.into_iter().enumerate() {
        plan.add(format!("{folder}text-{at}.bin"), Make::Bytes(bytes.into()), problems);
    }
    let path = hashed("search.bin", &encoded.core);
    plan.assets.theme.insert("search".to_owned(), path.clone());
    plan.add(path, Make::Packed(encoded.core.into()), problems);
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
