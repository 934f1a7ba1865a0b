//! First names that are known, which tell a name from another capitalised word.
//!
//! Place in the flow: asked by aliases. The data is `cues/names.tsv`. Names are never scored.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::lexicon::Trie;
use crate::fold;

static FIRST_NAMES: LazyLock<Trie> = LazyLock::new(|| {
    let names: BTreeSet<String> = first_names().collect();
    Trie::of(&names.into_iter().collect::<Vec<_>>())
});

/// All of them, folded.
pub(super) fn first_names() -> impl Iterator<Item = String> {
    include_str!("cues/names.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(_, names)| names.split(" / "))
        .map(|name| fold(name).text().to_owned())
}

/// Whether a folded word is a known first name.
pub(super) fn is_first_name(folded: &str) -> bool {
    FIRST_NAMES.holds(folded)
}
