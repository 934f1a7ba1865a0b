//! Rule packs and policies, built in or from files.

use std::fs;
use std::path::Path;

use scorer::{PackError, Policy, RulePack, Scorer};

use crate::CliError;
use crate::error::ErrorContext;

/// The largest rule file that is read, in bytes; rules have some kilobytes.
const MAX_RULE_FILE_BYTES: u64 = 1 << 20;
/// The most files of one pack.
const MAX_RULE_FILES: usize = 10_000;
/// How deep the folders of a pack may lie in each other.
const MAX_FOLDER_DEPTH: usize = 8;

/// The scorer of a policy and a rule pack; without a folder the built-in rules.
///
/// # Errors
/// Everything that is wrong with either, each with file and line.
pub(crate) fn scorer(policy_name: &str, rules: Option<&Path>) -> Result<Scorer, CliError> {
    let policy = policy(policy_name)?;
    let pack = match rules {
        Some(folder) => checked_pack(folder)?,
        None => RulePack::core(),
    };
    Ok(Scorer::new(pack, policy))
}

/// A policy by its name, or from a file: what holds a `/` or ends in `.toml`.
pub(crate) fn policy(name: &str) -> Result<Policy, CliError> {
    let path = Path::new(name);
    let is_file = name.contains('/') || path.extension().is_some_and(|end| end == "toml");
    if !is_file {
        return Policy::named(name).map_err(|_| {
            CliError::usage(format!(
                "no policy `{name}`; known: {}; or name a file that ends in `.toml`",
                Policy::names().join(", ")
            ))
        });
    }
    let text = read(path)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    Policy::parse(&stem, &text).map_err(|error| {
        let problems = error
            .problems
            .iter()
            .map(|problem| format!("{name}:{}: {}", problem.line, problem.why));
        refused(&format!("cannot use the policy `{name}`"), problems)
    })
}

/// A rule pack from a folder, its examples not tried.
pub(crate) fn pack(folder: &Path) -> Result<RulePack, CliError> {
    let mut files = Vec::new();
    collect(folder, 0, &mut files)
        .context(|| format!("cannot read the rules in `{}`", folder.display()))?;
    if files.is_empty() {
        return Err(CliError::failed(format!(
            "no rule in `{}`: a pack is a folder with a file `ID.toml` for each rule",
            folder.display()
        )));
    }
    let name = pack_name(folder, &files);
    RulePack::load(&name, files).map_err(|error: PackError| {
        let problems = error.problems.iter().map(ToString::to_string);
        refused(
            &format!("cannot use the rules in `{}`", folder.display()),
            problems,
        )
    })
}

/// A rule pack from a folder, whose examples hold: a rule that does not do what its own file says
/// must not score.
pub(crate) fn checked_pack(folder: &Path) -> Result<RulePack, CliError> {
    let pack = pack(folder)?;
    let failures = pack.verify();
    if failures.is_empty() {
        return Ok(pack);
    }
    let problems = failures.iter().map(ToString::to_string);
    Err(refused(
        &format!("cannot use the rules in `{}`", folder.display()),
        problems,
    ))
}

fn refused(what: &str, problems: impl Iterator<Item = String>) -> CliError {
    let lines: Vec<String> = problems.map(|problem| format!("\n  {problem}")).collect();
    CliError::failed(format!("{what}:{}", lines.concat()))
}

fn collect(folder: &Path, depth: usize, files: &mut Vec<(String, String)>) -> Result<(), CliError> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            // Policies may stand beside the rules they score.
            let is_other = entry.file_name() == "policies";
            if !is_other && depth < MAX_FOLDER_DEPTH {
                collect(&path, depth + 1, files)?;
            }
        } else if path.extension().is_some_and(|end| end == "toml") {
            if files.len() >= MAX_RULE_FILES {
                return Err(CliError::failed(format!(
                    "more than {MAX_RULE_FILES} rule files"
                )));
            }
            files.push((path.display().to_string(), read(&path)?));
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, CliError> {
    let tried = || format!("cannot read `{}`", path.display());
    let n_bytes = fs::metadata(path).context(tried)?.len();
    if n_bytes > MAX_RULE_FILE_BYTES {
        return Err(CliError::failed(format!(
            "`{}` has {n_bytes} bytes; a rule or policy has at most {MAX_RULE_FILE_BYTES}",
            path.display()
        )));
    }
    fs::read_to_string(path).context(tried)
}

/// The name that a pack gives itself, else that of its folder.
fn pack_name(folder: &Path, files: &[(String, String)]) -> String {
    let manifest = files
        .iter()
        .find(|(path, _)| Path::new(path).ends_with("pack.toml"));
    let stated = manifest
        .and_then(|(_, text)| text.parse::<toml::Table>().ok())
        .and_then(|table| Some(table.get("name")?.as_str()?.to_owned()));
    stated.unwrap_or_else(|| {
        let name = folder.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    })
}
