//! Lists the files of `rules/` so that the scorer can include them.
//!
//! The list is sorted by path, so that two builds of the same files are equal, and Cargo is told
//! to run this again when a file comes or goes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

fn main() -> io::Result<()> {
    // Asked when this runs, not when it is compiled: a target folder may serve several checkouts.
    let rules = folder_of("CARGO_MANIFEST_DIR").join("../rules");
    let mut files = Vec::new();
    collect(&rules, &mut files)?;
    files.sort();
    let mut code = String::from("const FILES: &[(&str, &str)] = &[\n");
    for file in &files {
        let inside = file.strip_prefix(&rules).unwrap_or(file);
        let name = inside.to_string_lossy().replace('\\', "/");
        let path = file.to_string_lossy();
        let _ = writeln!(code, "    ({name:?}, include_str!({path:?})),");
    }
    code.push_str("];\n");
    fs::write(folder_of("OUT_DIR").join("embedded_rules.rs"), code)
}

#[expect(
    clippy::disallowed_methods,
    reason = "Cargo hands folders over this way"
)]
fn folder_of(variable: &str) -> PathBuf {
    std::env::var_os(variable).map_or_else(PathBuf::new, PathBuf::from)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println_for_cargo(folder);
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            files.push(path);
        }
    }
    Ok(())
}

/// Cargo reads instructions from stdout.
fn println_for_cargo(folder: &Path) {
    println!("cargo::rerun-if-changed={}", folder.display());
}
