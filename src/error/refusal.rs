//! Why an output folder is left alone, and what to do.
//!
//! In: what was found where a site shall be. Out: the second half of a sentence, with the cure.

use std::fmt;
use std::path::PathBuf;

/// Why an output folder is left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The root of the file system.
    Root,
    /// The home folder.
    Home,
    /// It is a file, or something else that is not a folder.
    NotAFolder,
    /// A symbolic link: what it points at is somebody else's.
    Link,
    /// It is, holds or lies in a folder that the site is made from.
    Source {
        /// How the two lie to each other: `is`, `holds`, `lies inside`.
        relation: &'static str,
        /// That folder.
        source: PathBuf,
    },
    /// There is no stamp: another program or a person made it.
    NotOurs {
        /// The first few things in it, by name.
        found: Vec<String>,
    },
    /// It has our stamp, and files that we did not write.
    Strangers {
        /// The first few.
        found: Vec<Stranger>,
        /// How many there are besides.
        more: usize,
    },
    /// One site is to be written where several authorities' sites are.
    SeveralSites {
        /// Their folders.
        names: Vec<String>,
    },
    /// The stamp cannot be read, or is of a later version.
    UnreadableStamp,
    /// It holds a site for other readers: an internal site must not take the place of a public one.
    OtherReaders {
        /// The edition that is there.
        there: String,
        /// The edition that was to replace it.
        new: String,
    },
}

/// A file in an output folder that publishing must not delete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger {
    /// Inside the folder, with `/`.
    pub path: String,
    /// What makes it strange.
    pub why: Strangeness,
}

/// What makes a file in an output folder strange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strangeness {
    /// Not in the stamp's list.
    Added,
    /// Not the bytes that were published.
    Changed,
    /// A symbolic link or a device.
    NotAPlainFile,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const ELSEWHERE: &str = "choose a new or empty folder with `--out`";
        match self {
            Self::Root => write!(f, "it is the root of the whole disk; {ELSEWHERE}"),
            Self::Home => write!(f, "it is your home folder; {ELSEWHERE}"),
            Self::NotAFolder => write!(f, "it is not a folder; {ELSEWHERE}"),
            Self::Link => write!(f, "it is a symbolic link; name the folder itself, or {ELSEWHERE}"),
            Self::Source { relation, source } => {
                write!(f, "it {relation} `{}`, which the site is made from; {ELSEWHERE}", source.display())
            }
            Self::NotOurs { found } => write!(
                f,
                "it was not made by Guidepost and holds {}; {ELSEWHERE}",
                list(found.iter().map(|name| format!("`{name}`")))
            ),
            Self::Strangers { found, more } => {
                let mut names: Vec<String> = found.iter().map(ToString::to_string).collect();
                if *more > 0 {
                    names.push(format!("{more} more"));
                }
                write!(f, "it holds what Guidepost did not write: {}; move that elsewhere, or {ELSEWHERE}", list(names))
            }
            Self::SeveralSites { names } => write!(
                f,
                "it holds the sites of several authorities ({}), and one site would take their place; delete it if \
                 they are no longer wanted, or {ELSEWHERE}",
                list(names.iter().map(|name| format!("`{name}`")))
            ),
            Self::OtherReaders { there, new } => {
                write!(f, "it holds the {there} site, and this one is {new}; {ELSEWHERE}")
            }
            Self::UnreadableStamp => write!(
                f,
                "its `.guidepost-site.json` cannot be read by this version, so nobody can say who wrote the rest; \
                 delete the folder if it is only a built site, or {ELSEWHERE}"
            ),
        }
    }
}

impl fmt::Display for Stranger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self.why {
            Strangeness::Added => "added",
            Strangeness::Changed => "changed since",
            Strangeness::NotAPlainFile => "not a plain file",
        };
        write!(f, "`{}` ({why})", self.path)
    }
}

/// `a`, `a and b`, `a, b and c`.
fn list(items: impl IntoIterator<Item = String>) -> String {
    let mut items: Vec<String> = items.into_iter().collect();
    match items.pop() {
        None => String::new(),
        Some(last) if items.is_empty() => last,
        Some(last) => format!("{} and {last}", items.join(", ")),
    }
}
