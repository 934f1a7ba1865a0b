//! What the forms of cues mean, as `tables.rs` wrote it down.
//!
//! Place in the flow: read once in a process. A line holds the meanings of one form, a tab between:
//! language, words of the whole cue, `a` for accents and `*` for any ending, the place in a cue of
//! several parts (`12.0.2`: of cue 12 the first of two), kind and note.

use model::Language;

use super::{Form, Kind, Meaning, Part, SELF_EVIDENT_WORDS};

/// What each line means; `None` where one is not well formed.
pub(super) fn read(lines: &'static str) -> Option<Vec<Form>> {
    lines.lines().map(form).collect()
}

fn form(line: &'static str) -> Option<Form> {
    let mut form = Form::default();
    for written in line.split('\t') {
        let meaning = meaning(written)?;
        if let Some(weight) = weight(meaning.kind) {
            form.weights.push((meaning.language, weight));
            continue;
        }
        form.languages |= if meaning.n_words >= SELF_EVIDENT_WORDS {
            u16::MAX
        } else {
            1 << meaning.language as u16
        };
        form.meanings.push(meaning);
    }
    // In the order of hits, so that those of one word come sorted.
    form.meanings.sort_by_key(Meaning::key);
    Some(form)
}

fn meaning(written: &'static str) -> Option<Meaning> {
    let mut fields = written.splitn(5, ' ');
    let language = Language::from_tag(fields.next()?)?;
    let n_words: usize = fields.next()?.parse().ok()?;
    let marks = fields.next()?;
    let part = match fields.next()? {
        "" => None,
        place => Some(part(place)?),
    };
    let (kind, note) = fields.next()?.split_once(':')?;
    Some(Meaning {
        kind: Kind::from_name(kind)?,
        note,
        language,
        n_words: u8::try_from(n_words).unwrap_or(u8::MAX),
        accented: marks.contains('a'),
        is_open: marks.contains('*'),
        part,
    })
}

fn part(place: &str) -> Option<Part> {
    let mut numbers = place.split('.');
    Some(Part {
        cue: numbers.next()?.parse().ok()?,
        index: numbers.next()?.parse().ok()?,
        n_parts: numbers.next()?.parse().ok()?,
    })
}

/// How much a function word says about the language: one that hardly any other language has, twice
/// as much.
const fn weight(kind: Kind) -> Option<u8> {
    match kind {
        Kind::Own => Some(2),
        Kind::Word => Some(1),
        _ => None,
    }
}
