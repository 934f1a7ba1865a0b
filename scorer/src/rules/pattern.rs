//! One way in which a rule can hit: a phrase or a regular expression over folded text.

use std::ops::Range;

use model::Language;
use regex::bytes::{Regex, RegexBuilder};

use super::needles::needles;
use super::phrase::phrase_regex;
use super::slot::Slot;

/// Largest compiled size of one pattern, in bytes (`design/rules.md`: "size_limit 1 MiB per
/// pattern").
const PATTERN_SIZE_LIMIT_BYTES: usize = 1 << 20;
/// Largest bounded repetition in a pattern (`design/rules.md`: "bounded repetition <= 64").
const REPETITION_LIMIT: u32 = 64;
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
    pub(crate) regex: Regex,
    /// What the original letters of the hit must look like.
    pub(crate) exact: Option<Regex>,
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
        let hir = regex_syntax::ParserBuilder::new()
            .unicode(unicode)
            .utf8(false)
            .build()
            .parse(&source)
            .map_err(|error| format!("pattern `{written}` cannot be read: {}", one_line(&error)))?;
        check_limits(&hir, written)?;
        if hir.properties().minimum_len().unwrap_or(0) == 0 {
            return Err(format!(
                "pattern `{written}` matches the empty text; make one part obligatory"
            ));
        }
        let regex = build(&source, unicode, written)?;
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

    /// Whether it is tried on a listing of this language; an unknown one is given every pattern.
    pub(crate) fn applies_to(&self, language: Option<Language>) -> bool {
        match language {
            None => true,
            Some(language) => {
                self.crosses || self.languages.is_empty() || self.languages.contains(&language)
            }
        }
    }
}

/// Compiles a regular expression over folded or original text under the limits of a pattern.
pub(crate) fn build(source: &str, unicode: bool, written: &str) -> Result<Regex, String> {
    RegexBuilder::new(source)
        .unicode(unicode)
        .size_limit(PATTERN_SIZE_LIMIT_BYTES)
        .build()
        .map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => format!(
                "pattern `{written}` needs more than {PATTERN_SIZE_LIMIT_BYTES} bytes compiled; \
                 split it or use smaller repetitions"
            ),
            other => format!("pattern `{written}` cannot be read: {}", one_line(&other)),
        })
}

fn one_line(error: &impl ToString) -> String {
    let text = error.to_string();
    text.lines().last().unwrap_or_default().trim().to_owned()
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

fn check_limits(hir: &regex_syntax::hir::Hir, written: &str) -> Result<(), String> {
    use regex_syntax::hir::HirKind;
    match hir.kind() {
        HirKind::Repetition(repetition) => {
            let widest = repetition.max.unwrap_or(repetition.min).max(repetition.min);
            if widest > REPETITION_LIMIT {
                return Err(format!(
                    "pattern `{written}` repeats {widest} times; at most {REPETITION_LIMIT}"
                ));
            }
            let many = repetition.max.is_none()
                && match repetition.sub.kind() {
                    // A class with more than half of all bytes, such as `.` or `[^,]`, runs over
                    // the ends of sentences.
                    HirKind::Class(class) => class_is_broad(class),
                    _ => false,
                };
            if many {
                return Err(format!(
                    "pattern `{written}` repeats a broad class without bound, across sentences; \
                     bound it, as in `{{0,40}}`"
                ));
            }
            check_limits(&repetition.sub, written)
        }
        HirKind::Capture(capture) => check_limits(&capture.sub, written),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts
            .iter()
            .try_for_each(|part| check_limits(part, written)),
        _ => Ok(()),
    }
}

fn class_is_broad(class: &regex_syntax::hir::Class) -> bool {
    use regex_syntax::hir::Class;
    match class {
        Class::Bytes(bytes) => {
            let n_bytes: usize = bytes
                .iter()
                .map(|range| usize::from(range.end()) - usize::from(range.start()) + 1)
                .sum();
            n_bytes > 200
        }
        Class::Unicode(ranges) => {
            ranges
                .iter()
                .any(|range| range.start() <= '.' && range.end() >= '.')
                && ranges.iter().any(|range| u32::from(range.end()) > 0x1_0000)
        }
    }
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
    fn limits_are_kept_and_named() {
        refused(Notation::Regex, "Anna", "write `a`");
        refused(Notation::Regex, "é", "write `e`");
        refused(Notation::Regex, "a{65}b", "at most 64");
        refused(Notation::Regex, "a.*b", "without bound");
        refused(Notation::Regex, "a?", "empty text");
        refused(Notation::Regex, "(a", "unclosed group");
        refused(Notation::Regex, "(?:(?:[a-z]{60}){60}){60}", "split it");
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
        assert!(!pattern("onze dames").applies_to(Some(Language::En)));
        assert!(pattern("onze dames").applies_to(Some(Language::Nl)));
        assert!(pattern("onze dames").applies_to(None));
        assert!(pattern("elke week nieuwe").applies_to(Some(Language::En)));
    }
}
