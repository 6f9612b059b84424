//! From arguments to a project that can be built.
//!
//! In: common options. Out: an origin and build options, or an [`Error`] that says what cannot be done.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::args::Common;
use crate::error::Error;
use crate::pipeline::{OUTPUTS, Options, Timings, is_project};
use crate::source::load::Disk;
use crate::text::date::Date;

/// A project on disk and what is to be built of it.
pub(crate) struct Project {
    /// The files.
    pub(crate) origin: Disk,
    /// What is asked for.
    pub(crate) options: Options,
}

/// The folders that sites are published into where nothing else is asked for.
pub(crate) fn outputs(common: &Common) -> Vec<PathBuf> {
    OUTPUTS.iter().map(|name| common.root.join(name)).collect()
}

/// Opens the project of `common`; `out` and the folders of earlier builds are left out of the input.
pub(crate) fn open(common: &Common, out: Option<&Path>, preview: bool) -> Result<Project, Error> {
    set_jobs(common.jobs)?;
    let root = &common.root;
    let skipped: Vec<PathBuf> = outputs(common).into_iter().chain(out.map(Path::to_owned)).collect();
    let origin = Disk::open(root, &skipped).map_err(|source| Error::Read { path: root.clone(), source })?;
    let config = config_name(common, origin.root())?;
    let found = is_project(&origin, &config).map_err(|source| Error::Read { path: root.clone(), source })?;
    if !found {
        return Err(Error::NotAProject { folder: root.clone() });
    }
    let folder_name = origin.root().file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let options = Options {
        folder_name,
        config: Some(config),
        authorities: common.authority.clone(),
        visibility: common.visibility.into(),
        date: date(common.date.as_deref())?,
        base_url: common.base_url.as_deref().map(base_url).transpose()?,
        preview,
        portable: false,
        strict: common.strict,
    };
    Ok(Project { origin, options })
}

/// Timings on this machine's clock.
pub(crate) fn timings() -> Timings {
    Timings::new(|| {
        use std::sync::OnceLock;
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed().saturating_add(Duration::ZERO)
    })
}

/// The settings file as a name below the root.
fn config_name(common: &Common, root: &Path) -> Result<String, Error> {
    let given = Path::new(&common.config);
    // Passed over without a word, it would leave the site without its settings.
    if fs::symlink_metadata(root.join(given)).is_ok_and(|found| !found.is_file()) {
        let source =
            io::Error::new(io::ErrorKind::InvalidInput, "it is a link or a special file; put a copy of the file there");
        return Err(Error::Read { path: given.to_owned(), source });
    }
    if given.is_relative() && root.join(given).is_file() || common.config == "guidepost.yaml" {
        return Ok(common.config.clone());
    }
    let absolute = given.canonicalize().map_err(|source| Error::Read { path: given.to_owned(), source })?;
    let inside = absolute.strip_prefix(root).ok().and_then(Path::to_str).map(str::to_owned);
    inside.ok_or_else(|| Error::BadOption {
        option: "--config".to_owned(),
        given: common.config.clone(),
        cure: "name a file inside the project's folder".to_owned(),
    })
}

fn set_jobs(jobs: Option<usize>) -> Result<(), Error> {
    let Some(jobs) = jobs else { return Ok(()) };
    let wrong = || Error::BadOption {
        option: "--jobs".to_owned(),
        given: jobs.to_string(),
        cure: "write a number from 1 to 1024".to_owned(),
    };
    if !(1..=1024).contains(&jobs) {
        return Err(wrong());
    }
    rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global().map_err(|_| wrong())
}

/// The day to build for.
pub(crate) fn date(given: Option<&str>) -> Result<Date, Error> {
    if let Some(given) = given {
        return Date::parse(given).ok_or_else(|| Error::BadOption {
            option: "--date".to_owned(),
            given: given.to_owned(),
            cure: "write year, month and day like 2026-05-01".to_owned(),
        });
    }
    // https://reproducible-builds.org/specs/source-date-epoch/
    if let Ok(epoch) = std::env::var("SOURCE_DATE_EPOCH") {
        let day = epoch.trim().parse().ok().and_then(Date::from_unix_seconds);
        return day.ok_or_else(|| Error::BadOption {
            option: "SOURCE_DATE_EPOCH".to_owned(),
            given: epoch,
            cure: "set it to a number of seconds since 1970, or unset it".to_owned(),
        });
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    Date::from_unix_seconds(i64::try_from(now).unwrap_or(0)).ok_or_else(|| Error::BadOption {
        option: "--date".to_owned(),
        given: String::new(),
        cure: "this machine's clock shows no usable day; give one".to_owned(),
    })
}

fn base_url(given: &str) -> Result<String, Error> {
    if !crate::config::address::is_web(given) || given.contains(['?', '#']) {
        return Err(Error::BadOption {
            option: "--base-url".to_owned(),
            given: given.to_owned(),
            cure: "write the whole address, like https://guidance.example.gov.uk/".to_owned(),
        });
    }
    Ok(format!("{}/", given.trim_end_matches('/')))
}
