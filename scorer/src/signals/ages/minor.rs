//! Statements of being a minor without a number.

use model::{About, AgeSeen, How, Observed, Signal};

use super::super::lexicon::Kind;
use super::super::reading::Passage;

/// "I am still a minor": 17 at most.
pub(super) fn from_statement(passage: &Passage<'_>, found: &mut Vec<Signal>) {
    let mut last_end = 0;
    for hit in passage.hits_of(Kind::Minor) {
        if hit.start < last_end || passage.flat[hit.end..].trim_start().starts_with('?') {
            continue;
        }
        // "A minor repair": the word goes on as something else.
        if passage.flat[hit.end..].starts_with(|sign: char| sign.is_alphanumeric() || sign == '-') {
            continue;
        }
        let sentence = passage.sentence(hit.start..hit.end);
        let is_other = passage
            .hits_in(sentence.start..hit.start)
            .iter()
            .any(|hit| hit.kind == Kind::Relative && hit.note.is_empty());
        let about = if is_other {
            About::Other
        } else {
            About::Advertised
        };
        last_end = hit.end;
        found.push(passage.signal(
            Observed::Age(AgeSeen {
                value: 17,
                about,
                how: How::Limit,
            }),
            hit.start..hit.end,
        ));
    }
}
