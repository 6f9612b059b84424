//! The files of the repository.
//!
//! In: the folder of Cargo.toml. Out: every text file with its path, sorted; what git ignores is left out.

use std::path::Path;
use std::sync::LazyLock;

use walkdir::{DirEntry, WalkDir};

/// One text file.
pub(crate) struct File {
    /// From the root, with `/`.
    pub(crate) path: String,
    /// All of it.
    pub(crate) text: String,
}

impl File {
    /// A file that need not exist.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Whether the name ends so (`rs`).
    pub(crate) fn is(&self, ending: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, found)| found == ending)
    }

    /// Whether it lies below one of these.
    pub(crate) fn below(&self, starts: &[&str]) -> bool {
        starts.iter().any(|start| self.path.starts_with(start))
    }

    /// The text without its tests, so that places in it stay right: a test module stands at the end of its file,
    /// and files of tests below src are called so.
    pub(crate) fn product(&self) -> &str {
        &self.text[..self.tests_start()]
    }

    /// What is left out of [`File::product`].
    pub(crate) fn tests(&self) -> &str {
        &self.text[self.tests_start()..]
    }

    fn tests_start(&self) -> usize {
        if self.below(&["tests/"]) || self.path.ends_with("/tests.rs") || self.path.contains("/tests/") {
            return 0;
        }
        let opens_module = |at: &usize| {
            let item = self.text[*at..].split_inclusive(['{', ';']).next().unwrap_or_default();
            item.contains("mod ") && item.ends_with('{')
        };
        let marks = self.text.match_indices("#[cfg(test)]").map(|(at, _)| at);
        marks.filter(|_| self.is("rs")).find(opens_module).unwrap_or(self.text.len())
    }

    /// A finding at a byte of the text.
    pub(crate) fn at(&self, byte: usize, message: impl std::fmt::Display) -> String {
        let line = self.text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1;
        format!("{}:{line}: {message}", self.path)
    }
}

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every text file, read once.
pub(crate) fn repository() -> &'static [File] {
    static FILES: LazyLock<Vec<File>> = LazyLock::new(|| {
        let entries = WalkDir::new(root()).sort_by_file_name().into_iter().filter_entry(belongs);
        let files = entries.map(|entry| entry.expect("the repository can be read")).filter(|e| e.file_type().is_file());
        files.filter_map(|entry| read(entry.path())).collect()
    });
    assert!(FILES.len() > 20, "the repository was not found");
    &FILES
}

fn read(path: &Path) -> Option<File> {
    let name = path.strip_prefix(root()).ok()?.to_str()?.replace('\\', "/");
    // Images and fonts are not UTF-8.
    let text = String::from_utf8(std::fs::read(path).ok()?).ok()?;
    Some(File { path: name, text })
}

/// The names of `.gitignore`, and dot-folders other than that of the checks.
fn belongs(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let ignored = entry.file_type().is_dir() && ["target", "dist", "dist-internal", "node_modules"].contains(&&*name);
    let hidden = entry.depth() > 0 && name.starts_with('.') && ![".ci", ".gitignore"].contains(&&*name);
    !ignored && !hidden
}

#[test]
fn tests_are_told_from_the_product() {
    let product = |path: &str, text: &str| File::new(path, text).product().to_owned();
    assert_eq!(product("src/a.rs", "a\n#[cfg(test)]\nmod tests { b }"), "a\n");
    assert_eq!(product("src/a.rs", "#[cfg(test)]\nmod tests;\nfn a() {}"), "#[cfg(test)]\nmod tests;\nfn a() {}");
    assert_eq!(product("src/a.rs", "#[cfg(test)]\nuse b;\nfn a() {}"), "#[cfg(test)]\nuse b;\nfn a() {}");
    assert_eq!(product("src/a/tests.rs", "a"), "");
    assert_eq!(File::new("src/a.rs", "a\n#[cfg(test)]\nmod tests { b }").tests(), "#[cfg(test)]\nmod tests { b }");
}
