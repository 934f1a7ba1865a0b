//! The arguments by which listings of a file are read and scored: the same for every command that
//! does so.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use model::{Language, ListingVersion};
use scorer::Scorer;

use crate::{CliError, Config, packs};

/// How listings of a file are read, and by what they are scored.
#[derive(Debug, Args)]
pub(crate) struct ScoringArgs {
    /// How the inputs are written, whatever their names.
    #[arg(long, value_enum)]
    format: Option<Format>,

    /// The policy that scores: `police`, `platform`, `research`, or a file.
    #[arg(long, value_name = "NAME|FILE")]
    policy: Option<String>,

    /// A folder with a rule pack, instead of the rules in the program.
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,

    /// The language of listings that state none, instead of detecting it: `nl`, `en`, …
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub(crate) language: Option<String>,

    /// The country of listings that state none: `NL`, `BE`, …
    #[arg(long, value_name = "CODE", value_parser = country)]
    pub(crate) country: Option<String>,
}

/// How inputs are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One JSON object a line.
    Jsonl,
    /// A header and records.
    Csv,
}

impl ScoringArgs {
    /// How the inputs are written, if it was said.
    pub(crate) fn format(&self) -> Option<wire::Format> {
        self.format.map(|format| match format {
            Format::Jsonl => wire::Format::JsonLines,
            Format::Csv => wire::Format::Csv,
        })
    }

    /// The scorer that was asked for, else the configured one.
    ///
    /// # Errors
    /// Everything that is wrong with rules or policy.
    pub(crate) fn scorer(&self, config: &Config) -> Result<Scorer, CliError> {
        let configured = Path::new(&config.scoring.rules);
        let configured = (configured != Path::new("")).then_some(configured);
        packs::scorer(
            self.policy.as_deref().unwrap_or(&config.scoring.policy),
            self.rules.as_deref().or(configured),
        )
    }

    /// Gives a listing the language and country that it does not state.
    pub(crate) fn complete(&self, version: &mut ListingVersion) {
        if version.language.is_none() {
            version.language.clone_from(&self.language);
        }
        if version.country.is_none() {
            version.country.clone_from(&self.country);
        }
    }
}

fn language(tag: &str) -> Result<String, String> {
    let known: Vec<&str> = Language::ALL.into_iter().map(Language::code).collect();
    match Language::from_tag(tag) {
        Some(_) => Ok(tag.to_owned()),
        None => Err(format!("no cue words for it; known: {}", known.join(", "))),
    }
}

fn country(code: &str) -> Result<String, String> {
    let upper = code.to_ascii_uppercase();
    if upper.len() == 2 && upper.bytes().all(|byte| byte.is_ascii_uppercase()) {
        Ok(upper)
    } else {
        Err("write two letters (ISO 3166-1 alpha-2), such as `NL`".to_owned())
    }
}
