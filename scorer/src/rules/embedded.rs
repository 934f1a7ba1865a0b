//! The rules and policies that are built into the program. The list is made by `build.rs`, sorted
//! by path; no dependency does more for it than include the files.

use super::RulePack;

include!(concat!(env!("OUT_DIR"), "/embedded_rules.rs"));

impl RulePack {
    /// The core pack: the files of `rules/core`.
    ///
    /// # Panics
    /// Never in a program that passed its tests: the files cannot change after the build.
    #[expect(clippy::expect_used, reason = "a test loads the embedded pack")]
    pub fn core() -> Self {
        let files = FILES
            .iter()
            .filter(|(path, _)| path.starts_with("core/"))
            .map(|(path, text)| (format!("rules/{path}"), (*text).to_owned()));
        Self::load("core", files).expect("the embedded core pack loads")
    }
}

/// The policies that are built in: name and TOML, by name.
pub(crate) fn policy_files() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().filter_map(|(path, text)| {
        let name = path.strip_prefix("policies/")?.strip_suffix(".toml")?;
        Some((name, *text))
    })
}
