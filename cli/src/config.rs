//! The configuration file: TOML, every setting with its default and its unit in its name.
//!
//! A setting is one line in `sections.rs`: its comment there is the comment in the file that
//! `waaklicht config init` writes, its default there is the default. Limits of other crates are
//! mirrored field by field, so that a new limit without a setting does not compile.
//!
//! Invariant: the generated file says the defaults and nothing else (test
//! `the_generated_file_says_the_defaults`). An unknown key is refused with its line.

mod sections;
mod settings;

use serde::{Deserialize, Serialize};

pub(crate) use sections::*;
use settings::Section;

/// Why a configuration file is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{origin}:{line}: {why}; `waaklicht config init --stdout` prints all settings with their defaults"
)]
pub struct ConfigError {
    origin: String,
    line: usize,
    why: String,
}

macro_rules! config {
    ($($name:ident: $section:ty,)+) => {
        /// All settings.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default, deny_unknown_fields)]
        #[expect(missing_docs, reason = "each section's type says what it is")]
        pub struct Config {
            $(pub $name: $section,)+
        }

        impl Config {
            /// The file that says these settings, each with its comment.
            pub fn to_toml(&self) -> String {
                let mut text = String::from(HEAD);
                $(settings::write_section(stringify!($name), &self.$name, &mut text);)+
                text
            }

            /// What is wrong with the values, section by section; each names its setting.
            pub fn problems(&self) -> Vec<String> {
                let mut problems = Vec::new();
                $(problems.extend(
                    self.$name.problems().into_iter().map(|(setting, why)| {
                        format!("`{}.{setting}` {why}", stringify!($name))
                    }),
                );)+
                problems
            }
        }
    };
}

config! {
    scoring: Scoring,
    scan: Scan,
    lines: Lines,
    photos: Photos,
    linking: Linking,
    relink_limits: RelinkLimits,
    store: Store,
    store_limits: StoreLimits,
    export: Export,
    crawl: Crawl,
    crawl_limits: CrawlLimits,
    request_limits: RequestLimits,
    review: Review,
    review_limits: ReviewLimits,
}

const HEAD: &str = "\
# Configuration of waaklicht. Every setting stands here with its default: a line that you remove, or
# this whole file, changes nothing. An unknown setting is an error. `waaklicht config check` reads
# this file and says what is wrong with it.
";

impl Config {
    /// Reads a configuration; `origin` is how messages call the file.
    ///
    /// # Errors
    /// [`ConfigError`] names the line, what is wrong there and the way out.
    pub fn parse(origin: &str, text: &str) -> Result<Self, ConfigError> {
        let wrong = |line: usize, why: String| ConfigError {
            origin: origin.to_owned(),
            line,
            why,
        };
        let config: Self = toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start.min(text.len()));
            let line = text.as_bytes()[..start]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count()
                + 1;
            wrong(line, error.message().lines().collect::<Vec<_>>().join(" "))
        })?;
        if let Some(problem) = config.problems().into_iter().next() {
            let line = settings::line_of(&problem, text);
            return Err(wrong(line, problem));
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generated_file_says_the_defaults() {
        let written = Config::default().to_toml();
        assert_eq!(Config::parse("default", &written), Ok(Config::default()));
        assert_eq!(Config::parse("empty", ""), Ok(Config::default()));
        // And it says all of them: without its values nothing is left but comments and headings.
        let read: toml::Table = written.parse().unwrap();
        let whole = toml::Table::try_from(Config::default()).unwrap();
        assert_eq!(read, whole);
    }

    #[test]
    fn every_setting_has_a_comment() {
        let written = Config::default().to_toml();
        let lines: Vec<&str> = written.lines().collect();
        for pair in lines.windows(2) {
            if pair[1].contains(" = ") && !pair[1].starts_with('#') {
                assert!(pair[0].starts_with("# "), "`{}` has no comment", pair[1]);
            }
        }
        for line in lines {
            assert!(line.len() <= 100, "longer than 100: {line}");
        }
    }

    #[test]
    fn values_are_read() {
        let config = Config::parse("c", "[lines]\nmax_line_bytes = 1_000\n").unwrap();
        assert_eq!(config.lines.limits().max_line_bytes, 1000);
        assert_eq!(config.scan, Scan::default());
    }

    #[track_caller]
    fn check_refused(text: &str, expected: &str) {
        let error = Config::parse("c.toml", text).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
        assert!(
            error.ends_with("prints all settings with their defaults"),
            "{error}"
        );
    }

    #[test]
    fn what_is_wrong_is_named_by_line() {
        check_refused(
            "\n[scan]\nthread = 3\n",
            "c.toml:3: unknown field `thread`, expected",
        );
        check_refused("[nothing]\n", "c.toml:1: unknown field `nothing`, expected");
        check_refused(
            "[scan]\n\nthreads = \"two\"\n",
            "c.toml:3: invalid type: string",
        );
        check_refused("[scan\n", "c.toml:1: ");
        check_refused(
            "[scoring]\npolicy = \"\"\n",
            "c.toml:2: `scoring.policy` is empty",
        );
    }
}
