//! One way in which a rule can hit: a phrase or a regular expression over folded text.

use std::ops::Range;

use model::Language;

use super::lazy::LazyRegex;
use super::needles::needles;
use super::phrase::phrase_regex;
use super::slot::Slot;

/// A cue of so many words may hit in a listing of another language (`cues.md`, note 2: "mixed ads:
/// cues of >= 3 words may cross").
const CROSSING_WORDS: usize = 3;

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    /// Unique within its rule, such as `nl-3`.
    pub(crate) id: String,
    /// Whose cue it is; empty = any language.
    pub(crate) languages: Vec<Language>,
    /// Whether it may hit in a listing of another language.
    pub(crate) crosses: bool,
    pub(crate) regex: LazyRegex,
    /// What the original letters of the hit must look like.
    pub(crate) exact: Option<LazyRegex>,
    pub(crate) slots: Vec<Slot>,
    /// One of these is in every hit; `None` = always try.
    pub(crate) needles: Option<Vec<Vec<u8>>>,
}

/// How a pattern is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notation {
    Phrase,
    Regex,
}

impl Pattern {
    pub(crate) fn compile(
        id: String,
        notation: Notation,
        written: &str,
        languages: Vec<Language>,
    ) -> Result<Self, String> {
        let (source, unicode, slots, n_words) = match notation {
            Notation::Phrase => {
                let phrase = phrase_regex(written, &languages)?;
                (phrase.regex, phrase.unicode, phrase.slots, phrase.n_words)
            }
            Notation::Regex => {
                check_folded(written)?;
                (written.to_owned(), !written.is_ascii(), Vec::new(), 0)
            }
        };
        let (regex, hir) = LazyRegex::checked(source, unicode, written)?;
        Ok(Self {
            id,
            crosses: n_words >= CROSSING_WORDS,
            languages,
            regex,
            exact: None,
            slots,
            needles: needles(&hir),
        })
    }

    /// Whether it is tried on a listing in which these languages may stand; where none is known,
    /// every pattern is.
    pub(crate) fn applies_to(&self, languages: &[Language]) -> bool {
        self.crosses
            || languages.is_empty()
            || self.languages.is_empty()
            || self.languages.iter().any(|own| languages.contains(own))
    }
}

/// A pattern runs over folded text, where capitals and diacritics do not occur.
fn check_folded(written: &str) -> Result<(), String> {
    let mut escaped = false;
    for sign in written.chars() {
        if escaped {
            escaped = false;
            continue;
        }
        if sign == '\\' {
            escaped = true;
        } else if crate::fold(&sign.to_string()).text() != sign.to_string() && sign != '\n' {
            return Err(format!(
                "pattern `{written}` holds `{sign}`, which folded text never does; write `{}`",
                crate::fold(&sign.to_string()).text()
            ));
        }
    }
    Ok(())
}

/// A hit's stretch of folded text, snapped to whole characters: byte expressions may cut one.
pub(crate) fn whole_characters(text: &str, range: Range<usize>) -> Range<usize> {
    let mut start = range.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = range.end.min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(notation: Notation, written: &str, part: &str) {
        let error = Pattern::compile("a".to_owned(), notation, written, Vec::new()).unwrap_err();
        assert!(error.contains(part), "{error}");
    }

    #[test]
    fn patterns_are_written_in_folded_letters() {
        refused(Notation::Regex, "Anna", "write `a`");
        refused(Notation::Regex, "é", "write `e`");
    }

    #[test]
    fn a_cue_of_three_words_crosses_languages() {
        let pattern = |written| {
            Pattern::compile(
                "a".to_owned(),
                Notation::Phrase,
                written,
                vec![Language::Nl],
            )
            .unwrap()
        };
        assert!(!pattern("onze dames").applies_to(&[Language::En]));
        assert!(pattern("onze dames").applies_to(&[Language::En, Language::Nl]));
        assert!(pattern("onze dames").applies_to(&[]));
        assert!(pattern("elke week nieuwe").applies_to(&[Language::En]));
    }
}
