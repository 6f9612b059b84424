//! Compiles the built-in theme in.
//!
//! In: `templates/` and `static/`. Out: `$OUT_DIR/builtin.rs`, a sorted list of path and bytes. Cargo is told about
//! both folders, so a changed template rebuilds the program. The sample in `content/` is never compiled in.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let mut files = Vec::new();
    for folder in ["templates", "static"] {
        println!("cargo::rerun-if-changed={folder}");
        collect(&root.join(folder), folder, &mut files)?;
    }
    files.sort();
    let mut code = String::from("&[\n");
    for name in files {
        writeln!(code, "    ({name:?}, include_bytes!({:?})),", root.join(&name)).map_err(io::Error::other)?;
    }
    code.push_str("]\n");
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    fs::write(out.join("builtin.rs"), code)
}

fn collect(folder: &Path, name: &str, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &name, files)?;
        } else if !name.rsplit('/').next().is_some_and(|file| file.starts_with('.')) {
            files.push(name);
        }
    }
    Ok(())
}
