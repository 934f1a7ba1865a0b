//! Lists the files of `rules/` so that the scorer can include them, and expands the tables of cues
//! so that no process has to.
//!
//! Everything is sorted, so that two builds of the same files are equal, and Cargo is told to run
//! this again when a file comes or goes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// What the cues are expanded with: the same files that the scorer is made of.
#[path = "src"]
#[expect(
    dead_code,
    unused_imports,
    unreachable_pub,
    reason = "the scorer uses the rest of these files"
)]
mod source {
    pub(crate) mod fold;
    #[path = "signals/lexicon"]
    pub(crate) mod lexicon {
        pub(crate) mod kind;
        pub(crate) mod latin;
        pub(crate) mod number_words;
        pub(crate) mod tables;
        pub(crate) mod trie;
    }
}

use source::fold::{self, fold};
use source::lexicon::tables::{Forms, is_of_phones};

fn main() -> io::Result<()> {
    // Asked when this runs, not when it is compiled: a target folder may serve several checkouts.
    let (package, out) = (folder_of("CARGO_MANIFEST_DIR"), folder_of("OUT_DIR"));
    println_for_cargo(&package.join("build.rs"));
    embed_rules(&package.join("../rules"), &out)?;
    expand_cues(&out)
}

fn embed_rules(rules: &Path, out: &Path) -> io::Result<()> {
    let mut files = Vec::new();
    collect(rules, &mut files)?;
    files.sort();
    let mut code = String::from("const FILES: &[(&str, &str)] = &[\n");
    for file in &files {
        let inside = file.strip_prefix(rules).unwrap_or(file);
        let name = inside.to_string_lossy().replace('\\', "/");
        let path = file.to_string_lossy();
        let _ = writeln!(code, "    ({name:?}, include_str!({path:?})),");
    }
    code.push_str("];\n");
    fs::write(out.join("embedded_rules.rs"), code)
}

fn expand_cues(out: &Path) -> io::Result<()> {
    let forms = Forms::of_tables().map_err(io::Error::other)?;
    let (trie, meanings) = forms.written(|_| true);
    fs::write(out.join("cues.trie"), trie)?;
    fs::write(out.join("cues.txt"), meanings)?;
    let (trie, meanings) = forms.written(is_of_phones);
    fs::write(out.join("phone_cues.trie"), trie)?;
    fs::write(out.join("phone_cues.txt"), meanings)
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
