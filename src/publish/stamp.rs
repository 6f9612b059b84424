//! The stamp: what a published site consists of, and so what may be replaced.
//!
//! In: the files of a site as they are written. Out: `.guidepost-site.json`, and back.
//! What stays true: the stamp is published with the site, so it holds only what is public anyway: paths, lengths
//! and hashes of the files beside it. No time, no host, no path of this machine: the same site, the same stamp.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::text::digest::Digest;

/// The stamp's name, at the top of each site.
pub const STAMP: &str = ".guidepost-site.json";

/// Raised when an older program could no longer tell whose a file is.
const FORMAT: u32 = 1;

/// The files of one published site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// `ash/public`
    pub edition: String,
    /// By path inside the site, with `/`; the stamp itself is not among them.
    pub files: BTreeMap<String, FileRecord>,
}

/// What is kept of a written file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRecord {
    /// In bytes.
    pub length: u64,
    /// In hexadecimal.
    pub sha256: String,
}

impl FileRecord {
    /// The record of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { length: bytes.len() as u64, sha256: Digest::of(bytes) }
    }

    /// The record of a file, read in pieces: videos are published too.
    pub fn of_file(path: &Path) -> io::Result<Self> {
        let mut file = std::fs::File::open(path)?;
        let mut hasher = Digest::default();
        let mut buffer = vec![0; 64 * 1024];
        let mut length = 0;
        loop {
            let read = io::Read::read(&mut file, &mut buffer)?;
            if read == 0 {
                return Ok(Self { length, sha256: hasher.finish() });
            }
            hasher.add(&buffer[..read]);
            length += read as u64;
        }
    }
}

/// The head of the stamp's JSON.
#[derive(Deserialize)]
struct Head {
    format: u32,
    edition: String,
    files: Vec<Line>,
}

/// One file, a line of its own.
#[derive(Serialize, Deserialize)]
struct Line {
    path: String,
    length: u64,
    sha256: String,
}

impl Stamp {
    /// As JSON, sorted by path, a line a file, so that two stamps can be compared by eye.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let edition = serde_json::to_string(&self.edition)?;
        let mut json = format!("{{\"format\":{FORMAT},\"edition\":{edition},\"files\":[");
        for (number, (path, record)) in self.files.iter().enumerate() {
            let FileRecord { length, sha256 } = record.clone();
            json.push_str(if number == 0 { "\n" } else { ",\n" });
            json.push_str(&serde_json::to_string(&Line { path: path.clone(), length, sha256 })?);
        }
        json.push_str("\n]}\n");
        Ok(json)
    }

    /// The stamp in this text; `None` if it is damaged or of another format.
    pub fn from_json(json: &[u8]) -> Option<Self> {
        let head: Head = serde_json::from_slice(json).ok().filter(|head: &Head| head.format == FORMAT)?;
        let files =
            head.files.into_iter().map(|Line { path, length, sha256 }| (path, FileRecord { length, sha256 })).collect();
        Some(Self { edition: head.edition, files })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp() -> Stamp {
        let files = [("b/\"quoted\".html", "two"), ("a.html", "one")];
        Stamp {
            edition: "ash/public".into(),
            files: files.map(|(path, text)| (path.into(), FileRecord::of(text.as_bytes()))).into(),
        }
    }

    #[test]
    fn survives_the_way_to_disk_and_back() {
        let json = stamp().to_json().unwrap();
        assert_eq!(Stamp::from_json(json.as_bytes()), Some(stamp()));
        assert_eq!(json.lines().count(), 4, "{json}");
        let empty = Stamp { edition: String::new(), files: BTreeMap::new() };
        assert_eq!(Stamp::from_json(empty.to_json().unwrap().as_bytes()), Some(empty));
    }

    #[test]
    fn is_nothing_when_cut_off_or_of_a_later_format() {
        let json = stamp().to_json().unwrap();
        for end in 0..json.trim_end().len() {
            assert_eq!(Stamp::from_json(&json.as_bytes()[..end]), None, "cut at {end}");
        }
        let later = json.replace("\"format\":1", "\"format\":2");
        assert_eq!(Stamp::from_json(later.as_bytes()), None);
    }

    #[test]
    fn hashes_as_everybody_does() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(FileRecord::of(b"").sha256, empty);
    }
}
