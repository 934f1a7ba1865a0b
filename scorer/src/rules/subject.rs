//! What rules look at: one listing, its signals and its links, folded once.

use std::cell::OnceCell;
use std::ops::Range;

use model::{Field, Language, LinkContext, ListingVersion, Observed, Signal, Span};

use super::borders::Borders;
use crate::{Folded, fold};

pub(crate) struct Subject<'a> {
    pub(crate) version: &'a ListingVersion,
    pub(crate) signals: &'a [Signal],
    pub(crate) links: &'a LinkContext,
    /// Of the listing and of its parts, each once; none when it cannot be told: then the patterns of
    /// all languages are tried.
    pub(crate) languages: Vec<Language>,
    /// Title and text.
    pub(crate) texts: [FieldText<'a>; 2],
}

/// One field of words.
pub(crate) struct FieldText<'a> {
    pub(crate) field: Field,
    pub(crate) original: &'a str,
    pub(crate) folded: Folded,
    /// Whether it holds letters but no capital beyond a stray one: then the absence of a capital
    /// says nothing.
    pub(crate) lower_case: bool,
    borders: OnceCell<Borders>,
}

impl<'a> Subject<'a> {
    pub(crate) fn new(
        version: &'a ListingVersion,
        signals: &'a [Signal],
        links: &'a LinkContext,
    ) -> Self {
        Self {
            version,
            signals,
            links,
            languages: languages(version, signals),
            texts: [
                FieldText::new(Field::Title, &version.title),
                FieldText::new(Field::Text, &version.text),
            ],
        }
    }
}

/// The language of the whole listing that was seen, else the declared one.
pub(crate) fn language(version: &ListingVersion, signals: &[Signal]) -> Option<Language> {
    signals
        .iter()
        .find_map(|signal| match (&signal.observed, signal.span) {
            (Observed::Language(language), None) => Some(*language),
            _ => None,
        })
        .or_else(|| Language::from_tag(version.language.as_deref()?))
}

/// The language of the listing, and those of its sentences.
fn languages(version: &ListingVersion, signals: &[Signal]) -> Vec<Language> {
    let parts = signals.iter().filter_map(|signal| match signal.observed {
        Observed::Language(language) => Some(language),
        _ => None,
    });
    let mut languages: Vec<Language> = language(version, signals)
        .into_iter()
        .chain(parts)
        .collect();
    languages.sort_unstable();
    languages.dedup();
    languages
}

impl<'a> FieldText<'a> {
    fn new(field: Field, original: &'a str) -> Self {
        let n_capitals = original.chars().filter(|sign| sign.is_uppercase()).count();
        Self {
            field,
            original,
            folded: fold(original),
            // One capital may open the text by habit or by keyboard.
            lower_case: n_capitals <= 1,
            borders: OnceCell::new(),
        }
    }

    pub(crate) fn text(&self) -> &str {
        self.folded.text()
    }

    pub(crate) fn borders(&self) -> &Borders {
        self.borders.get_or_init(|| Borders::of(self.folded.text()))
    }

    /// The span in the original of a stretch of folded text.
    pub(crate) fn span(&self, folded: Range<usize>) -> Span {
        let original = self.folded.original(folded);
        Span::new(self.field, original.start, original.end)
    }
}
