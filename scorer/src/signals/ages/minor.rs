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
        // "Ben je nog minderjarig, ga dan weg": said to the reader.
        let clause = passage.clause(hit.start..hit.end);
        let addressed = passage
            .hits_in(clause.start..hit.start)
            .iter()
            .rev()
            .find(|other| matches!(other.kind, Kind::You | Kind::I | Kind::Copula))
            .is_some_and(|other| other.kind == Kind::You);
        if addressed {
            continue;
        }
        let is_other = passage
            .hits_in(sentence.start..hit.start)
            .iter()
            .any(|other| {
                other.kind == Kind::Relative
                    && (other.note.is_empty() || other.start >= clause.start)
            })
            || passage
                .hits_in(sentence.clone())
                .iter()
                .any(|hit| hit.kind == Kind::Aside);
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
