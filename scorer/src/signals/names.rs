//! First names that are known, which tell a name from another capitalised word.
//!
//! Place in the flow: asked by aliases. The data is `cues/names.tsv`. Names are never scored.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::fold;

static FIRST_NAMES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    include_str!("cues/names.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(_, names)| names.split(" / "))
        .map(|name| fold(name).text().to_owned())
        .collect()
});

/// Whether a folded word is a known first name.
pub(super) fn is_first_name(folded: &str) -> bool {
    FIRST_NAMES.contains(folded)
}
