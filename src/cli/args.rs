//! Arguments as typed.
//!
//! In: the command line. Out: [`Arguments`]. Values that mean something to the site (dates, authorities) are read where
//! they are used, so that mistakes are explained in our own words.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::vocabulary::Visibility;
use crate::diagnostics::print::Format;

/// Turns Markdown practice content into finished sites.
#[derive(Debug, Parser)]
#[command(name = "guidepost", version, about, max_term_width = 100, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start a project: `guidepost new my-guidance`, or one more authority: `guidepost new authority ID`
    New(New),
    /// Build every site into its folder
    Build(Build),
    /// Preview in a browser, with reload on every change
    Serve(Serve),
    /// Say everything that is wrong, and write nothing
    Check,
    /// Say what the site's search box would answer: `guidepost search group supervision`
    Search(Search),
    /// Say why a code exists: `guidepost explain broken-link`
    Explain(Explain),
}

/// Options that all commands share.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".", global = true)]
    pub(crate) root: PathBuf,
    /// The project's settings, below its folder
    #[arg(long, value_name = "FILE", default_value = "guidepost.yaml", global = true)]
    pub(crate) config: String,
    /// Only this authority; may be given more than once
    #[arg(long, value_name = "ID", global = true)]
    pub(crate) authority: Vec<String>,
    /// Whom the site is for
    #[arg(long, value_enum, default_value_t = Audience::Public, global = true)]
    pub(crate) visibility: Audience,
    /// The day the site is built for; else SOURCE_DATE_EPOCH, else today (UTC)
    #[arg(long, value_name = "YYYY-MM-DD", global = true)]
    pub(crate) date: Option<String>,
    /// Where the site will stand, instead of the configured address
    #[arg(long, value_name = "URL", global = true)]
    pub(crate) base_url: Option<String>,
    /// How diagnostics are printed
    #[arg(long, value_enum, default_value_t = FormatName::Human, global = true)]
    pub(crate) format: FormatName,
    /// Warnings are errors
    #[arg(long, global = true)]
    pub(crate) strict: bool,
    /// Print how long each stage took; `--timings=json` prints one line on stdout
    #[arg(long, value_name = "FORM", num_args = 0..=1, require_equals = true, default_missing_value = "text", value_enum, global = true)]
    pub(crate) timings: Option<TimingsForm>,
    /// How many threads to use; else one for each processor
    #[arg(long, value_name = "N", global = true)]
    pub(crate) jobs: Option<usize>,
    /// Print only what is wrong
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

/// `new DIR` or `new authority ID`
#[derive(Debug, Args)]
pub(crate) struct New {
    /// The folder to make, or the word `authority`
    #[arg(value_name = "DIR")]
    pub(crate) folder: String,
    /// With `authority`: the id of the new one
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,
    /// The organisation's name
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
}

/// `build`
#[derive(Debug, Args)]
pub(crate) struct Build {
    /// The folder to publish into; else `dist` (internal sites: `dist-internal`, portable ones: with `-portable` after
    /// that) in the project
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Make folders that are read without a host, from a stick or a shared drive, with search
    #[arg(long)]
    pub(crate) portable: bool,
}

/// `serve`
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The port to listen on; else 4000, or the next free one
    #[arg(long, value_name = "N")]
    pub(crate) port: Option<u16>,
    /// Look for changes every second instead of being told by the system
    #[arg(long)]
    pub(crate) poll: bool,
}

/// `search WORDS`
#[derive(Debug, Args)]
pub(crate) struct Search {
    /// The words to look for
    #[arg(value_name = "WORDS")]
    pub(crate) words: Vec<String>,
    /// A file with a query on each line, instead of words
    #[arg(long, value_name = "FILE", conflicts_with = "words")]
    pub(crate) batch: Option<PathBuf>,
    /// Answer as while somebody types: the last word may be unfinished
    #[arg(long)]
    pub(crate) typing: bool,
    /// The most pages to print for a query
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
}

/// `explain CODE`
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// A code as diagnostics print it
    #[arg(value_name = "CODE")]
    pub(crate) code: String,
}

/// Whom a site is for.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Audience {
    /// Everybody
    Public,
    /// Staff: with internal pages, blocks and notes
    Internal,
}

impl From<Audience> for Visibility {
    fn from(audience: Audience) -> Self {
        match audience {
            Audience::Public => Self::Public,
            Audience::Internal => Self::Internal,
        }
    }
}

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FormatName {
    /// With the lines of the file
    Human,
    /// A line each
    Short,
    /// A JSON object each
    Json,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Human => Self::Human,
            FormatName::Short => Self::Short,
            FormatName::Json => Self::Json,
        }
    }
}

/// How timings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TimingsForm {
    /// For people, on stderr
    Text,
    /// For programs, one line on stdout
    Json,
}
