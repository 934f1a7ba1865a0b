//! Rules as data: packs of TOML files, read, checked and run.
//!
//! Place in the flow: signals and link facts go in, findings come out; `assess` sums them. Start
//! at [`RulePack`]; what a rule file may say stands in `rule` and `condition`, the phrase language
//! in `phrase`, what happens to one rule on one listing in `evaluate`.
//!
//! Invariant: a pack with one broken rule is refused whole, with all mistakes named at once.
//! Invariant: outcomes come in the order of rule ids, whatever the order of the files.
//! Invariant: no rule uses a forbidden feature (`forbidden`); such a pack does not load.

mod borders;
mod condition;
mod embedded;
mod evaluate;
mod example;
mod forbidden;
mod lazy;
mod needles;
mod parts;
mod pattern;
mod phrase;
mod prefilter;
mod problem;
mod read;
pub(crate) mod reader;
mod rule;
mod slot;
mod subject;

use model::{Digest, LinkContext, ListingVersion, PackRef, RuleId, Signal};

pub(crate) use embedded::policy_files;
pub(crate) use evaluate::{Outcome, Verdict, points_of_one};
pub use example::ExampleFailure;
pub use forbidden::{forbidden_words, lint_forbidden};
pub use problem::{PackError, Problem};
pub(crate) use rule::{INDICATORS, named};
pub use rule::{Level, Rule, Status};
pub(crate) use slot::has_name_shape;
pub(crate) use subject::{Subject, language};

use evaluate::evaluate;
use parts::{any_phrase, read_exclude};
use prefilter::Prefilter;
use reader::{Document, canonical};
use rule::{LANGUAGES, Shared};

/// The file of a pack that names it and holds what its rules share.
const MANIFEST: &str = "pack.toml";

/// Rules that were read, checked and compiled together.
#[derive(Clone, Debug)]
pub struct RulePack {
    name: String,
    version: String,
    digest: Digest,
    rules: Vec<Rule>,
    /// For each rule the number of its first pattern among all patterns of the pack.
    first_pattern: Vec<usize>,
    prefilter: Prefilter,
}

impl RulePack {
    /// Reads a pack from its files, each a path for messages and its TOML: any number of rules
    /// `WL-ABC-0001.toml` and at most one `pack.toml`. The order of the files does not matter.
    ///
    /// # Errors
    /// All problems of all files, each with its line and the way out.
    pub fn load(
        name: &str,
        files: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, PackError> {
        let mut files: Vec<(String, String)> = files.into_iter().collect();
        files.sort();
        let mut problems = Vec::new();
        let mut version = "0.0.0".to_owned();
        let mut shared = Shared::default();
        let mut manifest = Vec::new();
        for (path, text) in files.iter().filter(|(path, _)| is_manifest(path)) {
            if !manifest.is_empty() {
                problems.push(Problem {
                    path: path.clone(),
                    line: 1,
                    why: format!("a second `{MANIFEST}`; a pack has one"),
                });
                continue;
            }
            let (document, table) = Document::parse(path, text);
            manifest = canonical(table.get_ref(), &[]);
            (version, shared) = read_manifest(&document, &table, name);
            problems.extend(document.problems());
        }
        let mut rules: Vec<Rule> = Vec::new();
        for (path, text) in files.iter().filter(|(path, _)| !is_manifest(path)) {
            let (document, table) = Document::parse(path, text);
            let digest = Digest::of(&canonical(table.get_ref(), &["example"]));
            let rule = Rule::read(document.root(&table), path, digest, &shared);
            problems.extend(document.problems());
            if let Some(other) = rules.iter().find(|other| {
                other.id == rule.id || (other.uuid == rule.uuid && !rule.uuid.is_empty())
            }) {
                problems.push(Problem {
                    path: path.clone(),
                    line: 1,
                    why: format!(
                        "`{}` has the id or uuid of `{}`; an id is given once",
                        rule.id, other.path
                    ),
                });
            }
            rules.push(rule);
        }
        rules.sort_by(|one, other| one.id.cmp(&other.id));
        let first_pattern = rules
            .iter()
            .scan(0, |next, rule| {
                let first = *next;
                *next += rule.patterns.len();
                Some(first)
            })
            .collect();
        let manifest_path = files
            .iter()
            .find(|(path, _)| is_manifest(path))
            .map_or(MANIFEST, |(path, _)| path.as_str());
        problems.extend(forbidden::lint_texts(manifest_path, &shared.lintable));
        for rule in &rules {
            problems.extend(forbidden::lint_texts(&rule.path, &rule.lintable));
        }
        let prefilter = Prefilter::new(rules.iter().flat_map(|rule| &rule.patterns));
        let prefilter = match prefilter {
            Ok(prefilter) if problems.is_empty() => prefilter,
            Ok(_) => return Err(PackError::new(problems)),
            Err(error) => {
                problems.push(Problem {
                    path: name.to_owned(),
                    line: 1,
                    why: format!("the patterns are too many for one automaton: {error}"),
                });
                return Err(PackError::new(problems));
            }
        };
        let mut parts: Vec<&[u8]> = vec![&manifest];
        parts.extend(rules.iter().map(|rule| rule.digest.as_bytes().as_slice()));
        Ok(Self {
            name: name.to_owned(),
            version,
            digest: Digest::of_parts(parts),
            rules,
            first_pattern,
            prefilter,
        })
    }

    /// Name, version and digest. The digest covers what rules say, not how their files are laid
    /// out, nor their examples.
    pub fn reference(&self) -> PackRef {
        PackRef {
            name: self.name.clone(),
            version: self.version.clone(),
            digest: self.digest,
        }
    }

    /// All rules by id, those that do not run included.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// What every running rule says of a listing, by rule id.
    pub(crate) fn run<'p>(
        &'p self,
        subject: &Subject<'_>,
    ) -> impl Iterator<Item = (&'p Rule, Outcome)> {
        let candidates = subject
            .texts
            .each_ref()
            .map(|text| self.prefilter.candidates(text.text()));
        self.rules
            .iter()
            .zip(&self.first_pattern)
            .filter(|(rule, _)| rule.status.runs())
            .map(move |(rule, first)| (rule, evaluate(rule, subject, &candidates, *first)))
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// What one rule says of a listing, whether or not its status lets it run.
    pub(crate) fn outcome(
        &self,
        rule: &RuleId,
        version: &ListingVersion,
        signals: &[Signal],
        links: &LinkContext,
    ) -> Option<Outcome> {
        let at = self.rules.iter().position(|known| known.id == *rule)?;
        let subject = Subject::new(version, signals, links);
        let candidates = subject
            .texts
            .each_ref()
            .map(|text| self.prefilter.candidates(text.text()));
        Some(evaluate(
            &self.rules[at],
            &subject,
            &candidates,
            self.first_pattern[at],
        ))
    }
}

fn is_manifest(path: &str) -> bool {
    path.rsplit('/').next() == Some(MANIFEST)
}

fn read_manifest<'r>(
    document: &'r Document,
    table: &'r toml::Spanned<toml::de::DeTable<'r>>,
    name: &str,
) -> (String, Shared) {
    let node = document.root(table);
    if node.need_whole("schema") != 1 {
        node.refuse("schema", "unknown schema; known: `1`");
    }
    let stated = node.need_text("name");
    if stated != name {
        node.refuse(
            "name",
            format!("the pack is loaded as `{name}`, not `{stated}`"),
        );
    }
    let version = node.need_text("version");
    let mut shared = Shared::default();
    for list in node.tables("words") {
        let name = list.need_text("name");
        let mut words = Vec::new();
        for (code, language) in LANGUAGES {
            if let Some(found) = list.texts(code) {
                let line = list.line_of(code);
                shared
                    .lintable
                    .extend(found.iter().map(|word| (line, word.clone())));
                match any_phrase(&found, Some(*language)) {
                    Ok(regexes) => {
                        words.extend(regexes.into_iter().map(|regex| (Some(*language), regex)));
                    }
                    Err(why) => list.refuse(code, why),
                }
            }
        }
        list.done();
        shared.words.insert(name, words);
    }
    for exclude in node.tables("exclude") {
        let read = read_exclude(&exclude, &mut shared.lintable);
        exclude.done();
        shared.excludes.extend(read);
    }
    node.done();
    (version, shared)
}

#[cfg(test)]
mod tests;
