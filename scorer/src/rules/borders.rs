//! Sentences, clauses and tokens of folded text: the borders within which negation works.

use std::ops::Range;

/// How far a window or an exclusion may reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Border {
    Clause,
    Sentence,
    Listing,
}

/// The sentences and clauses of one field, in order, without gaps.
#[derive(Clone, Debug, Default)]
pub(crate) struct Borders {
    sentence_ends: Vec<usize>,
    clause_ends: Vec<usize>,
}

/// Words that begin a clause of their own in the languages of the product: what stands before
/// "but" does not negate what stands after it. Folded.
const CLAUSE_WORDS: [&str; 11] = [
    "maar",
    "but",
    "aber",
    "sondern",
    "mais",
    "pero",
    "dar",
    "ale",
    "но",
    "terwijl",
    "otherwise",
];

impl Borders {
    pub(crate) fn of(text: &str) -> Self {
        let mut borders = Self::default();
        let bytes = text.as_bytes();
        let digit = |at: Option<usize>| {
            at.and_then(|at| bytes.get(at))
                .is_some_and(u8::is_ascii_digit)
        };
        for (at, sign) in text.char_indices() {
            let end = at + sign.len_utf8();
            match sign {
                '!' | '?' | '\n' | '…' | '•' | '|' | '¡' | '¿' => borders.end_sentence(end),
                // "18.00" and "1.5" hold no sentence's end.
                '.' if !(digit(at.checked_sub(1)) && digit(Some(end))) => {
                    borders.end_sentence(end);
                }
                ';' | '(' | ')' | ',' | '/' => borders.clause_ends.push(end),
                ':' if !digit(Some(end)) => borders.clause_ends.push(end),
                '-' if at > 0 && bytes[at - 1] == b' ' && bytes.get(end) == Some(&b' ') => {
                    borders.clause_ends.push(end);
                }
                ' ' => {
                    let next = word_at(text, end);
                    if CLAUSE_WORDS.contains(&next) {
                        borders.clause_ends.push(end);
                    }
                }
                _ => {}
            }
        }
        borders.end_sentence(text.len());
        borders
    }

    fn end_sentence(&mut self, end: usize) {
        self.sentence_ends.push(end);
        self.clause_ends.push(end);
    }

    /// Which sentence holds this byte, counted from 0.
    pub(crate) fn sentence(&self, at: usize) -> usize {
        self.sentence_ends.partition_point(|end| *end <= at)
    }

    /// The stretch around this byte.
    pub(crate) fn around(&self, border: Border, at: usize, len: usize) -> Range<usize> {
        let ends = match border {
            Border::Clause => &self.clause_ends,
            Border::Sentence => &self.sentence_ends,
            Border::Listing => return 0..len,
        };
        let after = ends.partition_point(|end| *end <= at);
        let start = after.checked_sub(1).map_or(0, |before| ends[before]);
        start..ends.get(after).copied().unwrap_or(len)
    }
}

fn word_at(text: &str, start: usize) -> &str {
    let rest = &text[start..];
    let end = rest
        .find(|sign: char| !sign.is_alphanumeric())
        .unwrap_or(rest.len());
    &rest[..end]
}

const fn in_token(sign: char) -> bool {
    sign == '\'' || sign == '-' || !sign.is_ascii() || sign.is_ascii_alphanumeric()
}

/// Where the window of `tokens` tokens before `end` begins, not before `floor`.
pub(crate) fn tokens_before(text: &str, floor: usize, end: usize, tokens: usize) -> usize {
    let mut left = tokens;
    let mut inside = false;
    let mut start = end;
    for (at, sign) in text[floor..end].char_indices().rev() {
        if in_token(sign) && !sign.is_whitespace() {
            if !inside {
                if left == 0 {
                    return start;
                }
                left -= 1;
                inside = true;
            }
            start = floor + at;
        } else {
            inside = false;
        }
    }
    if left > 0 || inside { floor } else { start }
}

/// Where the window of `tokens` tokens after `start` ends, not beyond `ceiling`.
pub(crate) fn tokens_after(text: &str, start: usize, ceiling: usize, tokens: usize) -> usize {
    let mut left = tokens;
    let mut inside = false;
    for (at, sign) in text[start..ceiling].char_indices() {
        if in_token(sign) && !sign.is_whitespace() {
            if !inside {
                if left == 0 {
                    return start + at;
                }
                left -= 1;
                inside = true;
            }
        } else {
            inside = false;
        }
    }
    ceiling
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_and_clauses() {
        let text = "geen receptie, vraag naar anna. om 18.00 open! ja maar nee";
        let borders = Borders::of(text);
        let check = |border, word: &str, expected: &str| {
            let at = text.find(word).unwrap();
            let range = borders.around(border, at, text.len());
            assert_eq!(text[range].trim(), expected, "{word}");
        };
        check(Border::Clause, "receptie", "geen receptie,");
        check(Border::Clause, "vraag", "vraag naar anna.");
        check(Border::Sentence, "vraag", "geen receptie, vraag naar anna.");
        check(Border::Sentence, "open", "om 18.00 open!");
        check(Border::Clause, "nee", "maar nee");
        assert_eq!(borders.sentence(text.find("18.00").unwrap()), 1);
    }

    #[test]
    fn token_windows() {
        let text = "een twee, drie vier";
        assert_eq!(&text[tokens_before(text, 0, text.len(), 2)..], "drie vier");
        assert_eq!(tokens_before(text, 0, text.len(), 9), 0);
        assert_eq!(&text[..tokens_after(text, 0, text.len(), 2)], "een twee, ");
        assert_eq!(tokens_before(text, 4, 4, 3), 4);
    }
}
