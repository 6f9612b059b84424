//! Who may import whom, and who may touch the world.
//!
//! In: files below src, and the map in src/lib.rs. Out: imports that go against the one direction, and uses of
//! disk, network, clock, environment or terminal outside the rim.

use super::repository::{File, repository};
use super::rust_source::{after, code, words};
use super::{holds, notices};

/// Modules that are beside each other.
const APART: [(&str, &str); 2] = [("config", "markdown"), ("render", "search")];

/// The rim: only these know that there is a world.
const RIM: [&str; 5] = ["src/main.rs", "src/source/load", "src/publish", "src/serve", "src/cli"];

/// The modules of the map in the crate's documentation, from the bottom to the top.
fn map(lib: &str) -> Vec<&str> {
    lib.lines().filter_map(|line| line.strip_prefix("//! | [`")?.split_once("`] |")).map(|(name, _)| name).collect()
}

/// The module of `src/<module>/…` or `src/<module>.rs`; the crate's root has none.
fn module(path: &str) -> Option<&str> {
    let name = path.strip_prefix("src/")?.split('/').next()?;
    let name = name.strip_suffix(".rs").unwrap_or(name);
    (!["lib", "main"].contains(&name)).then_some(name)
}

/// Imports that do not go upwards in the map.
fn directions(file: &File, map: &[&str]) -> Vec<String> {
    let Some(own) = module(&file.path) else {
        return Vec::new();
    };
    let place = |name: &str| map.iter().position(|known| *known == name);
    let Some(own_place) = place(own) else {
        return vec![file.at(0, format!("`{own}` is not in the map of src/lib.rs"))];
    };
    let code = code(&file.text);
    let absolute = after(&code, "crate");
    // From two levels down, `super::super::` reaches the other modules too.
    let relative = after(&code, "super::super").into_iter().filter(|(_, name)| place(name).is_some());
    let mut findings = Vec::new();
    for (at, name) in absolute.into_iter().chain(relative).filter(|(_, name)| *name != own) {
        let apart = APART.iter().any(|pair| *pair == (own, name) || *pair == (name, own));
        match place(name) {
            None => findings.push(file.at(at, format!("`{name}` is not in the map of src/lib.rs"))),
            Some(_) if apart => findings.push(file.at(at, format!("`{own}` and `{name}` may not know each other"))),
            Some(place) if place > own_place => {
                findings.push(file.at(at, format!("`{own}` imports `{name}`, which stands below it in the map")));
            }
            Some(_) => {}
        }
    }
    findings
}

/// Uses of the world outside the rim; tests may print and read what they like.
fn world(file: &File) -> Vec<String> {
    if !file.below(&["src/"]) || !file.is("rs") || file.below(&RIM) {
        return Vec::new();
    }
    let code = code(file.product());
    let modules = after(&code, "std").into_iter().filter(|(_, name)| ["fs", "env", "net", "process"].contains(name));
    let mut found: Vec<(usize, &str)> = modules.collect();
    for word in ["SystemTime", "Instant"] {
        found.extend(words(&code, word).into_iter().map(|at| (at, word)));
    }
    for call in ["print!", "println!", "eprint!", "eprintln!", "dbg!", "stdin(", "stdout(", "stderr("] {
        let starts = words(&code, &call[..call.len() - 1]);
        found.extend(starts.into_iter().filter(|at| code[*at..].starts_with(call)).map(|at| (at, call)));
    }
    for method in [".canonicalize(", ".read_dir(", ".symlink_metadata(", ".try_exists(", ".read_link("] {
        found.extend(code.match_indices(method));
    }
    found.sort_unstable();
    found
        .into_iter()
        .map(|(at, name)| file.at(at, format!("`{name}` belongs to load, publish, serve or cli")))
        .collect()
}

#[test]
fn modules_import_upwards_only() {
    let lib = repository().iter().find(|file| file.path == "src/lib.rs").expect("src/lib.rs");
    let map = map(&lib.text);
    assert!(map.len() >= 14, "the map of src/lib.rs cannot be read: {map:?}");
    let unknown = lib.text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    holds(
        unknown.filter(|name| !map.contains(name)).map(|name| format!("`{name}` is missing in the map of src/lib.rs")),
    );
    holds(repository().iter().filter(|file| file.is("rs")).flat_map(|file| directions(file, &map)));
}

#[test]
fn a_wrong_import_is_noticed() {
    let map = ["text", "source", "config", "markdown", "site", "render", "search", "cli"];
    let rule = |file: &File| directions(file, &map);
    notices(1, rule, "src/text/slug.rs", "use crate::site::Page;");
    notices(1, rule, "src/text.rs", "fn f() { crate::site::place() }");
    notices(1, rule, "src/config/kind.rs", "use crate::{text::slug, markdown::tree};");
    notices(1, rule, "src/markdown/mod.rs", "use crate::config;");
    notices(1, rule, "src/search/mod.rs", "use crate::render::View;");
    notices(1, rule, "src/text/slug.rs", "#[cfg(test)]\nmod tests {\n    use crate::cli::run;\n}");
    notices(1, rule, "src/text/slug.rs", "use super::super::site;");
    notices(1, rule, "src/site/mod.rs", "use crate::stray::X;");
    notices(1, rule, "src/stray.rs", "");
    notices(0, rule, "src/site/page.rs", "use crate::{text, config::kind};\nuse super::link; // crate::cli::run");
    notices(0, rule, "src/main.rs", "use guidepost::cli;");
}

#[test]
fn only_the_rim_touches_the_world() {
    holds(repository().iter().flat_map(world));
}

#[test]
fn a_touch_of_the_world_is_noticed() {
    notices(1, world, "src/site/mod.rs", "use std::fs;");
    notices(2, world, "src/site/mod.rs", "use std::{collections::HashMap, env, net::TcpStream};");
    notices(1, world, "src/site/mod.rs", "let x = std::process::id();");
    notices(2, world, "src/pipeline/mod.rs", "use std::time::{Duration, Instant};\nlet t = Instant::now();");
    notices(1, world, "src/pipeline/mod.rs", "let day = SystemTime::now();");
    notices(2, world, "src/check/mod.rs", "println!(\"x\"); eprint!(\"y\");");
    notices(1, world, "src/check/mod.rs", "let out = std::io::stdout();");
    notices(1, world, "src/check/mod.rs", "let full = path.canonicalize();");
    notices(0, world, "src/check/mod.rs", "use std::time::Duration; writeln!(f, \"println! std::fs\"); // std::env");
    notices(0, world, "src/source/load.rs", "use std::fs;");
    notices(1, world, "src/source/mod.rs", "use std::fs;");
    notices(0, world, "src/site/mod.rs", "#[cfg(test)]\nmod tests { use std::fs; }");
    notices(1, world, "src/site/mod.rs", "#[cfg(test)]\nmod tests;\nuse std::fs;");
    notices(0, world, "build.rs", "use std::fs;");
}
