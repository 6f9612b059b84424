//! What stops a run: the surroundings, never the content.
//!
//! In: what the file system, the network or the command line answered. Out: one plain sentence with the cure.
//! What stays true: a problem in somebody's content is a [`Diagnostic`](crate::diagnostics::Diagnostic) and never
//! an [`Error`]; a run that ends with an `Error` has published nothing.

mod refusal;

use std::fmt;
use std::io;
use std::path::PathBuf;

pub use refusal::{Refusal, Strangeness, Stranger};

/// Why the program could not run; its exit status is 2.
#[derive(Debug)]
pub enum Error {
    /// A file or folder could not be read.
    Read {
        /// As the person knows it.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file or folder could not be written, renamed or removed.
    Write {
        /// As the person knows it.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Neither a `guidepost.yaml` nor any Markdown.
    NotAProject {
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// The output folder is not one that may be replaced.
    WrongOutput {
        /// As given by the person.
        folder: PathBuf,
        /// The reason.
        why: Refusal,
    },
    /// Another run is publishing to the same folder.
    Locked {
        /// As given by the person.
        folder: PathBuf,
        /// The other run's process, if it could be told.
        pid: Option<u32>,
    },
    /// A site asked for a file name that may not be written.
    BadPath {
        /// The name inside the site.
        path: String,
        /// The reason, to follow "because".
        why: &'static str,
    },
    /// The preview cannot listen; the sentence is its own.
    Preview(String),
    /// An option has a value that means nothing.
    BadOption {
        /// With its dashes: `--date`.
        option: String,
        /// What the person wrote.
        given: String,
        /// One sentence: what to write instead.
        cure: String,
    },
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read { source, .. } | Self::Write { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, source } => {
                write!(f, "cannot read `{}`: {}", path.display(), plain(source))
            }
            Self::Write { path, source } => {
                write!(f, "cannot write `{}`: {}", path.display(), plain(source))
            }
            Self::NotAProject { folder } => write!(
                f,
                "`{}` is not a project: it has no `guidepost.yaml` and no Markdown file; name the right folder with \
                 `--root`, or start one with `guidepost new`",
                folder.display()
            ),
            Self::WrongOutput { folder, why } => {
                write!(f, "will not publish to `{}`: {why}", folder.display())
            }
            Self::Locked { folder, pid } => {
                write!(f, "another run is publishing to `{}`", folder.display())?;
                if let Some(pid) = pid {
                    write!(f, " (process {pid})")?;
                }
                f.write_str("; wait until it has ended, or choose another folder with `--out`")
            }
            Self::BadPath { path, why } => {
                write!(f, "cannot publish a file named `{}`, because {why}; rename it", path.escape_debug())
            }
            Self::Preview(sentence) => f.write_str(sentence),
            Self::BadOption { option, given, cure } => {
                let words = format!("{option} {given}");
                write!(f, "`{}` means nothing here; {cure}", words.trim_end())
            }
        }
    }
}

/// The system's answer without its numbers, with a cure where the kind of error has one.
fn plain(error: &io::Error) -> String {
    let text = match error.kind() {
        io::ErrorKind::NotFound => "it does not exist",
        io::ErrorKind::PermissionDenied => "the system does not allow it; check who owns the file and the folder",
        io::ErrorKind::StorageFull => "the disk is full; make room and run again",
        io::ErrorKind::QuotaExceeded => "your share of the disk is used up; make room and run again",
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only; choose another folder with `--out`",
        io::ErrorKind::CrossesDevices => {
            "it is on another disk than the folder around it; choose a folder inside it with `--out`"
        }
        io::ErrorKind::ResourceBusy => {
            "the system is using it (a mounted disk?); choose a folder inside it with `--out`"
        }
        io::ErrorKind::IsADirectory => "it is a folder, not a file",
        io::ErrorKind::NotADirectory => "a part of its path is a file, not a folder",
        io::ErrorKind::InvalidFilename => "the name is too long or not allowed here; choose a shorter one",
        _ => return error.to_string(),
    };
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_disk_and_the_cure() {
        let full = Error::Write { path: "dist/a.html".into(), source: io::ErrorKind::StorageFull.into() };
        assert_eq!(full.to_string(), "cannot write `dist/a.html`: the disk is full; make room and run again");
    }

    #[test]
    fn names_the_first_strangers_and_counts_the_rest() {
        let found = vec![
            Stranger { path: "notes.txt".into(), why: Strangeness::Added },
            Stranger { path: "index.html".into(), why: Strangeness::Changed },
        ];
        let error = Error::WrongOutput { folder: "dist".into(), why: Refusal::Strangers { found, more: 3 } };
        assert_eq!(
            error.to_string(),
            "will not publish to `dist`: it holds what Guidepost did not write: `notes.txt` (added), `index.html` \
             (changed since) and 3 more; move that elsewhere, or choose a new or empty folder with `--out`"
        );
    }

    #[test]
    fn names_the_other_run_only_when_known() {
        let locked = |pid| Error::Locked { folder: "dist".into(), pid }.to_string();
        assert!(locked(Some(7)).contains("(process 7)"));
        assert!(!locked(None).contains("process"));
    }
}
