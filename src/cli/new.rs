//! `guidepost new DIR` and `guidepost new authority ID`: a project that builds and looks finished at once.
//!
//! In: a folder name, the day. Out: files of the starter, its dates and names filled. What stays true: nothing that
//! exists is overwritten; the starter holds no word of the sample.

use std::fs;
use std::path::{Path, PathBuf};

use super::args::{Common, New};
use super::{Outcome, project, say};
use crate::error::Error;
use crate::source::builtin;
use crate::text::date::{Date, Interval};
use crate::text::slug::slug;

/// Runs the command.
pub(crate) fn run(arguments: &New, common: &Common) -> Result<Outcome, Error> {
    let today = project::date(common.date.as_deref())?;
    match &arguments.id {
        Some(id) if arguments.folder == "authority" => new_authority(id, arguments, common),
        Some(id) => Err(Error::BadOption {
            option: "new".to_owned(),
            given: format!("{} {id}", arguments.folder),
            cure: "write `guidepost new DIR` for a project, or `guidepost new authority ID`".to_owned(),
        }),
        None => new_project(Path::new(&arguments.folder), arguments, common, today),
    }
}

fn new_project(folder: &Path, arguments: &New, common: &Common, today: Date) -> Result<Outcome, Error> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) || folder.is_file() {
        return Err(taken(folder));
    }
    let year = Interval::parse("1 year").and_then(|year| today.plus(year)).unwrap_or(today);
    let name = arguments.name.as_deref().unwrap_or("Your council");
    for (path, bytes) in builtin::below("templates/starter") {
        let text = String::from_utf8_lossy(bytes)
            .replace("@@DATE+1Y@@", &year.to_string())
            .replace("@@DATE@@", &today.to_string())
            .replace("@@NAME@@", &name.replace('\\', "\\\\").replace('"', "\\\""));
        write(&folder.join(path), &text)?;
    }
    if !common.quiet {
        let shown = folder.display();
        say(&format!("Started a project in {shown}\nNext: guidepost serve --root {shown}\n"));
    }
    Ok(Outcome::Fine)
}

fn new_authority(id: &str, arguments: &New, common: &Common) -> Result<Outcome, Error> {
    if slug(id) != id {
        return Err(Error::BadOption {
            option: "new authority".to_owned(),
            given: id.to_owned(),
            cure: format!("write `{}`: an id has small letters, digits and hyphens", slug(id)),
        });
    }
    let folder = common.root.join("authorities").join(id);
    if folder.exists() {
        return Err(taken(&folder));
    }
    let name = arguments.name.clone().unwrap_or_else(|| id.to_owned());
    let text = format!(
        "# One council's name, facts and brand. What is not said here is the project's.\n\
         name: \"{}\"\n\
         brand:\n  primary: \"#1d4f91\"\n  accent: \"#c2410c\"\n\
         facts: {{}}\n",
        name.replace('\\', "\\\\").replace('"', "\\\"")
    );
    let file: PathBuf = folder.join("authority.yaml");
    write(&file, &text)?;
    if !common.quiet {
        say(&format!(
            "Started the authority `{id}` in {}\nIts pages, contacts and pictures go into content/, templates/ and static/ beside that file.\n",
            file.display()
        ));
    }
    Ok(Outcome::Fine)
}

fn taken(folder: &Path) -> Error {
    Error::BadOption {
        option: "new".to_owned(),
        given: folder.display().to_string(),
        cure: "that folder is not empty; choose another name".to_owned(),
    }
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    fs::write(path, text).map_err(failed)
}
