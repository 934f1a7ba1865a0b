//! What handles, e-mail and web addresses have in common: patterns, top-level domains, and the
//! words for "at" and "dot", and the signs without which there is nothing to find.

pub(super) mod domains;

use std::ops::Range;

use aho_corasick::AhoCorasick;
use model::Span;
use regex::Regex;

use super::lexicon::has_three;

/// Words for "dot" written out, folded, of nine languages, as a pattern.
pub(super) const DOT: &str = concat!(
    r"(?: ?[(\[{<] ?(?:\.|dot|punt|punkt|point|punto|punct|pont|kropka|точка) ?[)\]}>] ?",
    r"| (?:dot|punt|punkt|point|punto|punct|pont|kropka|точка|tochka|to4ka) | ?\. ?)",
);

/// Words for "at" written out, folded, as a pattern. A bare "at" is a preposition as well.
pub(super) const AT: &str = concat!(
    r"(?: ?@ ?| ?[(\[{<*_-] ?(?:at|a|@|apenstaart(?:je)?|arroba|kukac|malpa|arobase) ?[)\]}>*_-] ?",
    r"| (?:at|apenstaart(?:je)?|apestaart(?:je)?|arroba|arobas|arobase|kukac|malpa|klammeraffe|affenschwanz|coada de maimuta|maimuta|a rond",
    r"|маймунско а|маймунско|кльомба|majmunsko a|majmunsko) )",
);

/// The words of `DOT`.
pub(super) const DOTS: &[&str] = &[
    "dot",
    "punt",
    "punkt",
    "point",
    "punto",
    "punct",
    "pont",
    "kropka",
    "точка",
    "tochka",
];

/// The first words of `AT`.
pub(super) const ATS: &[&str] = &[
    "at",
    "a",
    "apenstaart",
    "apenstaartje",
    "apestaart",
    "apestaartje",
    "arroba",
    "arobas",
    "arobase",
    "kukac",
    "malpa",
    "klammeraffe",
    "affenschwanz",
    "coada",
    "maimuta",
    "маймунско",
    "кльомба",
    "majmunsko",
];

/// Compiles a pattern that is part of the program.
pub(super) fn pattern(written: &str) -> Regex {
    #[expect(
        clippy::expect_used,
        reason = "the patterns are part of the program; their examples run"
    )]
    Regex::new(written).expect("the pattern is well formed")
}

/// Short stretches of text of which one stands in everything that a pattern finds.
pub(super) struct Signs(AhoCorasick);

/// These signs.
pub(super) fn signs(written: &[&str]) -> Signs {
    #[expect(
        clippy::expect_used,
        reason = "the signs are part of the program; examples use them"
    )]
    Signs(AhoCorasick::new(written).expect("a few short signs make an automaton"))
}

impl Signs {
    /// Whether one of them stands in a text.
    pub(super) fn stand_in(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

/// The spans of the entries of a list field, which are joined by a line feed.
pub(super) fn entry_spans(field: model::Field, entries: &[String]) -> Vec<Span> {
    let mut start = 0;
    entries
        .iter()
        .map(|entry| {
            let span = Span::new(field, start, start + entry.len());
            start += entry.len() + 1;
            span
        })
        .collect()
}

/// Stretches of single letters with a space or a sign between, "t e l e g r a m", with the letters
/// joined. Each is at least five letters long.
pub(super) fn spaced_out(text: &str) -> Vec<(Range<usize>, String)> {
    const LEAST_SIGNS: usize = 5;
    let mut found = Vec::new();
    // Most texts have no sign with a space on both sides.
    if !has_three(text, |one, two, three| {
        (one == b' ') & (two != b' ') & (three == b' ')
    }) {
        return found;
    }
    let mut start = 0;
    let mut joined = String::new();
    let mut n_signs = 0;
    let mut end = 0;
    for word in text.split_inclusive(' ') {
        let sign = word.trim_end_matches(' ');
        let at = start;
        start += word.len();
        if sign.chars().count() == 1 && sign.is_ascii() {
            if n_signs == 0 {
                joined.clear();
            }
            joined.push_str(sign);
            n_signs += 1;
            end = at + sign.len();
            continue;
        }
        if n_signs >= LEAST_SIGNS {
            found.push((end + 1 - 2 * n_signs..end, joined.clone()));
        }
        n_signs = 0;
    }
    if n_signs >= LEAST_SIGNS {
        found.push((end + 1 - 2 * n_signs..end, joined));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = spaced_out(text);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(range, joined)| (&text[range.clone()], joined.as_str()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn letters_with_spaces_between() {
        check(
            "op t e l e g r a m : anna",
            &[("t e l e g r a m :", "telegram:")],
        );
        check(
            "a n n a @ x . o r g",
            &[("a n n a @ x . o r g", "anna@x.org")],
        );
        check("k o m", &[]);
    }
}
