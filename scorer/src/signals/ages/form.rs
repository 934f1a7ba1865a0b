//! What the signs glued to a number say, before any word is asked.

use model::How;

use super::super::lexicon::Kind;
use super::super::reading::Passage;
use super::beside::half_sign;
use super::candidates::Candidate;
use super::verdict::{VISITOR_RULE, Verdict};

/// German nouns that are counted with an ordinal, folded.
const RANKED: &[&str] = &[
    "woche", "stock", "etage", "monat", "mal", "stunde", "bezirk", "klasse",
];

/// "Name>Tia | age>17": the sign stands behind each label.
fn is_in_a_row(passage: &Passage<'_>, head: &str) -> bool {
    head.ends_with('>')
        && passage.text().bytes().filter(|&sign| sign == b'>').count() > 1
        && passage
            .hits_before(head.len() - 1, 0, |_| false)
            .any(|hit| hit.kind == Kind::AgeLabel)
}

/// What the signs glued to a number say.
pub(super) fn by_form(passage: &Passage<'_>, candidate: &Candidate) -> Option<Verdict> {
    let text = passage.text();
    let (head, rest) = (&text[..candidate.range.start], &text[candidate.range.end..]);
    let span = candidate.range.clone();
    if let Some(shape) = passage.shape_at(&span) {
        // A disguised `1.7` is no measure of metres.
        if !(candidate.how == How::Disguised && shape.range == span) {
            return Some(if shape.range.start == span.start {
                Verdict::Refused(shape.reason)
            } else {
                Verdict::Nothing
            });
        }
    }
    if rest.starts_with('+')
        || rest.starts_with(" +")
            && !rest[2..]
                .trim_start()
                .starts_with(|sign: char| sign.is_ascii_digit())
    {
        return Some(Verdict::Refused(VISITOR_RULE));
    }
    let is_sign = |sign: char| {
        head.ends_with(sign)
            && head[..head.len() - sign.len_utf8()]
                .chars()
                .next_back()
                .is_none_or(|before| matches!(before, ' ' | '\n' | '(' | '"'))
    };
    if is_sign('-') || is_sign('+') || head.ends_with(['<', '>']) && !is_in_a_row(passage, head) {
        return Some(Verdict::Refused(VISITOR_RULE));
    }
    if head.ends_with(['#', '№', '@']) {
        return Some(Verdict::Refused("number of a thing"));
    }
    // "12. Juli"
    let behind_dot = candidate.range.end + 1;
    let is_day = rest.starts_with('.')
        && passage
            .hits_after(behind_dot, 1, |sign| sign == ' ')
            .any(|hit| hit.kind == Kind::Month);
    if is_day {
        return Some(Verdict::Refused("date"));
    }
    // "17. Woche": the dot makes a rank of it.
    let ranks = rest.starts_with(". ").then(|| {
        passage
            .hits_after(behind_dot, 1, |sign| sign == ' ')
            .find(|hit| hit.kind == Kind::NotAfter && hit.end - hit.start > 2)
            .filter(|hit| {
                // "17. Fotos auf Anfrage" begins the next sentence.
                passage
                    .written(hit.start..hit.end)
                    .starts_with(char::is_lowercase)
                    || RANKED.contains(&&passage.flat[hit.start..hit.end])
            })
    });
    if let Some(hit) = ranks.flatten() {
        return Some(Verdict::Refused(hit.note));
    }
    let digit_behind = |signs: [char; 2]| {
        let mut rest = rest.chars();
        rest.next().is_some_and(|sign| signs.contains(&sign))
            && rest.next().is_some_and(|sign| sign.is_ascii_digit())
    };
    let digit_before = || {
        let mut head = head.chars().rev();
        head.next()
            .is_some_and(|sign| matches!(sign, '.' | ',' | ':'))
            && head.next().is_some_and(|sign| sign.is_ascii_digit())
    };
    if digit_before()
        || digit_behind(['.', ',']) && half_sign(rest) == 0
        || digit_behind([':', ':'])
    {
        return Some(Verdict::Nothing);
    }
    None
}
