//! Numbers that may be an age, however they are written.

use std::ops::Range;

use model::{About, How, Language};

use super::super::lexicon::{Hit, Kind, is_border};
use super::super::reading::Passage;
use super::beside::unit_behind;
use super::verdict::Verdict;
use super::{misspelt, sums};

/// Letters that stand for a digit beside a digit: `l7`, `1B`.
const LOOKALIKES: &[(char, u32)] = &[
    ('l', 1),
    ('i', 1),
    ('!', 1),
    ('|', 1),
    ('z', 2),
    ('s', 5),
    ('b', 8),
    ('o', 0),
    ('о', 0),
    ('в', 8),
    ('б', 6),
];

/// What stands between the words for tens and for a unit.
const BEFORE_UNIT: &[&str] = &[" ", "-", " et ", " y ", " si ", " и ", " i "];

/// A number that may be an age.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// Where in the folded text.
    pub(crate) range: Range<usize>,
    /// Its value.
    pub(crate) value: u32,
    /// How it was written.
    pub(crate) how: How,
}

impl Candidate {
    /// The verdict that it is somebody's age.
    pub(crate) fn age(&self, about: About) -> Verdict {
        Verdict::Age {
            value: self.value,
            about,
            how: self.how,
            range: self.range.clone(),
        }
    }
}

/// All candidates, by place; none overlap.
pub(crate) fn candidates(passage: &Passage<'_>) -> Vec<Candidate> {
    let mut found = digits(passage);
    found.extend(words(passage));
    found.extend(misspelt::misspelt(passage, &found));
    found.sort_by_key(|candidate| {
        (
            candidate.range.start,
            std::cmp::Reverse(candidate.range.end),
        )
    });
    found.dedup_by(|next, kept| next.range.start < kept.range.end);
    sums::joined(passage, &found)
}

fn digits(passage: &Passage<'_>) -> Vec<Candidate> {
    let text = passage.text();
    let runs = passage.digits();
    let mut found = Vec::new();
    let mut at = 0;
    while at < runs.len() {
        let run = runs[at].clone();
        at += 1;
        if let Some(next) = runs.get(at)
            && let Some(candidate) = apart(text, runs, at - 1, next)
        {
            found.push(candidate);
            at += 1;
            continue;
        }
        if let Some(candidate) = lookalike(passage, &run) {
            found.push(candidate);
            continue;
        }
        if run.len() > 2 {
            continue;
        }
        let written = passage.written(run.clone());
        let is_plain = written.chars().all(|sign| sign.is_ascii_digit());
        found.push(Candidate {
            value: text[run.clone()].parse().unwrap_or(0),
            range: run,
            how: if is_plain {
                How::Digits
            } else {
                How::Disguised
            },
        });
    }
    found
}

/// `1 7`, `1.7`, `1_7`: two single digits apart, with no digit near.
fn apart(text: &str, runs: &[Range<usize>], at: usize, next: &Range<usize>) -> Option<Candidate> {
    let run = &runs[at];
    let gap = &text[run.end..next.start];
    if run.len() != 1
        || next.len() != 1
        || !matches!(
            gap,
            " " | "  " | "." | "_" | "*" | "-" | " - " | "/" | " . "
        )
    {
        return None;
    }
    let near = |one: &Range<usize>, other: &Range<usize>| other.start.saturating_sub(one.end) <= 3;
    let crowded = at
        .checked_sub(1)
        .is_some_and(|before| near(&runs[before], run))
        || runs.get(at + 2).is_some_and(|later| near(next, later));
    let value =
        text[run.clone()].parse::<u32>().ok()? * 10 + text[next.clone()].parse::<u32>().ok()?;
    (!crowded && value >= 10).then_some(Candidate {
        range: run.start..next.end,
        value,
        how: How::Disguised,
    })
}

/// `l7`, `1B`: one digit and one sign that looks like one.
fn lookalike(passage: &Passage<'_>, run: &Range<usize>) -> Option<Candidate> {
    let text = passage.text();
    // "4º" is a rank, not forty.
    let is_rank = || {
        text[run.end..].starts_with(['o', 'a'])
            && passage
                .written(run.start..run.end + 1)
                .ends_with(['º', 'ª'])
    };
    if run.len() != 1 || is_rank() {
        return None;
    }
    let digit: u32 = text[run.clone()].parse().ok()?;
    let look = |sign: char| {
        LOOKALIKES
            .iter()
            .find(|(look, _)| *look == sign)
            .map(|(_, value)| *value)
    };
    let (head, rest) = (&text[..run.start], &text[run.end..]);
    if let Some(sign) = head.chars().next_back()
        && let Some(tens) = look(sign).filter(|&tens| tens > 0)
    {
        let start = run.start - sign.len_utf8();
        let alone = !text[..start].ends_with(|sign: char| sign.is_alphanumeric());
        // "S8", "sector s6": roads and districts, unless a unit follows.
        let is_road = sign == 's' && unit_behind(passage, run.end).is_none();
        return (alone && !is_road).then_some(Candidate {
            range: start..run.end,
            value: tens * 10 + digit,
            how: How::Disguised,
        });
    }
    let sign = rest.chars().next()?;
    let ones = look(sign).filter(|_| sign.is_alphabetic())?;
    let end = run.end + sign.len_utf8();
    let alone = is_border(text, end)
        && !head.ends_with(|sign: char| sign.is_alphanumeric())
        && !text[end..].starts_with(|sign: char| sign.is_alphanumeric());
    (alone && digit > 0).then_some(Candidate {
        range: run.start..end,
        value: digit * 10 + ones,
        how: How::Disguised,
    })
}

fn words(passage: &Passage<'_>) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for hit in &passage.hits {
        let (Kind::Number | Kind::AgeWord, Ok(value)) = (hit.kind, hit.note.parse()) else {
            continue;
        };
        if is_town(passage, hit) {
            continue;
        }
        let how = if is_disguised(passage, hit) {
            How::Disguised
        } else {
            How::Words
        };
        let one = Candidate {
            range: hit.start..hit.end,
            value,
            how,
        };
        match found.last_mut() {
            Some(tens) if is_unit_of(passage, tens, &one) => {
                tens.range.end = one.range.end;
                tens.value += one.value;
                tens.how = How::Disguised;
            }
            _ => found.push(one),
        }
    }
    found
}

/// Whether the town of Hatvan is meant: Hungarian writes its numbers small inside a sentence.
fn is_town(passage: &Passage<'_>, hit: &Hit) -> bool {
    const TOWN: &str = "Hatvan";
    let range = hit.start..hit.end;
    let start = passage.sentence(range.clone()).start;
    passage.written(range) == TOWN && !passage.flat[start..hit.start].trim().is_empty()
}

/// Whether a number word is written with signs for letters or one letter at a time. Bulgarian in
/// Latin letters writes two of its letters as 4 and 6.
fn is_disguised(passage: &Passage<'_>, hit: &Hit) -> bool {
    let written = &passage.flat[hit.start..hit.end];
    let is_letter_of_latin = |sign: char| hit.language == Language::Bg && matches!(sign, '4' | '6');
    let has_signs = written
        .chars()
        .any(|sign| matches!(sign, '0'..='9' | '@' | '$') && !is_letter_of_latin(sign));
    has_signs
        || written
            .split([' ', '.', '-', '_', '*'])
            .all(|part| part.chars().nth(1).is_none())
}

/// "V1ngt et un", "dwadzi3ścia jeden": tens and a unit that a disguise keeps from being one cue.
fn is_unit_of(passage: &Passage<'_>, tens: &Candidate, unit: &Candidate) -> bool {
    let is_either = tens.how == How::Disguised || unit.how == How::Disguised;
    is_either
        && matches!(tens.value, 20 | 30)
        && (1..=9).contains(&unit.value)
        && passage
            .flat
            .get(tens.range.end..unit.range.start)
            .is_some_and(|gap| BEFORE_UNIT.contains(&gap))
}
