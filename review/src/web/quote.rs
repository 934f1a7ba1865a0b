//! Words of a listing as a finding quotes them.
//!
//! Invariant: a phone number, an address or a handle is never part of a quote: contacts are shown
//! as part of the text only (test `contacts_are_shown_as_part_of_the_text_only`).

use model::{Assessment, Field, ListingVersion, Observed, Signal, Span};

use super::words::Words;
use report::lighting::covered;

/// A stretch is quoted up to so many characters; the whole of it stands in the text.
const QUOTE_CHARS: usize = 160;

/// The words of a stretch, with contacts in it hidden: they are shown as part of the text only.
/// `None` where the text has expired or the field is a contact field.
pub(super) fn quote(
    words: &Words,
    version: Option<&ListingVersion>,
    assessment: &Assessment,
    span: &Span,
) -> Option<String> {
    if matches!(span.field, Field::Phones | Field::Emails | Field::Handles) {
        return None;
    }
    let text = version?.field_text(span.field)?;
    let range = covered(&text, &span.range());
    let mut hidden: Vec<_> = assessment
        .signals
        .iter()
        .filter(|signal| is_contact(signal))
        .filter_map(|signal| signal.span.filter(|other| other.overlaps(span)))
        .map(|other| covered(&text, &other.range()))
        .collect();
    hidden.sort_by_key(|range| range.start);
    let mut quoted = String::new();
    let mut at = range.start;
    for stretch in hidden {
        quoted.push_str(
            text.get(at..stretch.start.clamp(at, range.end))
                .unwrap_or_default(),
        );
        quoted.push_str(words.contact_hidden);
        at = stretch.end.clamp(at, range.end);
    }
    quoted.push_str(text.get(at..range.end).unwrap_or_default());
    if quoted.is_empty() {
        return None;
    }
    if let Some((cut, _)) = quoted.char_indices().nth(QUOTE_CHARS) {
        quoted.truncate(cut);
        quoted.push('…');
    }
    Some(quoted)
}

/// Whether the signal is a contact, or might be one.
pub(super) fn is_contact(signal: &Signal) -> bool {
    match &signal.observed {
        Observed::Phone(_) | Observed::Email(_) | Observed::Handle { .. } | Observed::Url(_) => {
            true
        }
        Observed::Refused(refused) => refused.candidate == "phone",
        _ => false,
    }
}
