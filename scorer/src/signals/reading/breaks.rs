//! Where clauses and sentences end, and which one a place stands in.

use std::ops::Range;

use super::Passage;

/// Bytes on both sides in which a clause is looked for; longer ones are cut, so that a text
/// without punctuation costs no more than another.
const CLAUSE_LIMIT_BYTES: usize = 160;

#[derive(Clone, Copy, Debug)]
pub(super) struct Break {
    /// Byte of the sign that ends the clause.
    pub(super) at: usize,
    /// First byte after it.
    pub(super) after: usize,
    pub(super) ends_sentence: bool,
    /// First byte of the sentence that goes on behind it.
    pub(super) sentence: usize,
}

impl Passage<'_> {
    /// The clause that holds a stretch, at most some 160 bytes beyond it on both sides.
    pub(crate) fn clause(&self, range: Range<usize>) -> Range<usize> {
        self.bounded(range, |_| true)
    }

    /// The sentence that holds a stretch, cut in the same way.
    pub(crate) fn sentence(&self, range: Range<usize>) -> Range<usize> {
        self.bounded(range, |stop| stop.ends_sentence)
    }

    fn bounded(&self, range: Range<usize>, counts: fn(&Break) -> bool) -> Range<usize> {
        let lowest = range.start.saturating_sub(CLAUSE_LIMIT_BYTES);
        let highest = (range.end + CLAUSE_LIMIT_BYTES).min(self.flat.len());
        let split = self
            .breaks
            .partition_point(|stop| stop.after <= range.start);
        let start = self.breaks[..split]
            .iter()
            .rev()
            .take_while(|stop| stop.after > lowest)
            .find(|stop| counts(stop))
            .map_or(lowest, |stop| stop.after);
        let later = self.breaks.partition_point(|stop| stop.at < range.end);
        let end = self.breaks[later..]
            .iter()
            .take_while(|stop| stop.at < highest)
            .find(|stop| counts(stop))
            .map_or(highest, |stop| stop.at);
        self.on_borders(start, end)
    }

    /// In which clause and which sentence of the passage a byte stands.
    pub(crate) fn place_of(&self, at: usize) -> (usize, usize) {
        let clause = self.breaks.partition_point(|stop| stop.after <= at);
        (clause, self.sentence_start(at))
    }

    /// A stretch, made to begin and end at whole characters.
    pub(crate) fn whole(&self, range: Range<usize>) -> Range<usize> {
        self.on_borders(range.start, range.end.min(self.flat.len()))
    }

    fn on_borders(&self, mut start: usize, mut end: usize) -> Range<usize> {
        while !self.flat.is_char_boundary(start) {
            start += 1;
        }
        while !self.flat.is_char_boundary(end) {
            end -= 1;
        }
        start..end.max(start)
    }

    /// The sentences, in order; empty ones are left out.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = Range<usize>> {
        let ends = self
            .breaks
            .iter()
            .filter(|stop| stop.ends_sentence)
            .map(|stop| (stop.at, stop.after))
            .chain([(self.flat.len(), self.flat.len())]);
        ends.scan(0, |start, (at, after)| {
            let sentence = *start..at.max(*start);
            *start = after;
            Some(sentence)
        })
        .filter(|sentence| !sentence.is_empty())
    }

    pub(super) fn sentence_end(&self, at: usize) -> usize {
        let first = self.breaks.partition_point(|stop| stop.at < at);
        self.breaks[first..]
            .iter()
            .find(|stop| stop.ends_sentence)
            .map_or(usize::MAX, |stop| stop.after)
    }

    pub(super) fn sentence_start(&self, at: usize) -> usize {
        let before = self.breaks.partition_point(|stop| stop.after <= at);
        before
            .checked_sub(1)
            .map_or(0, |last| self.breaks[last].sentence)
    }

    /// Whether a clause ends at this byte, if one stands there but for a space.
    pub(crate) fn ends_clause(&self, at: usize) -> bool {
        let rest = self.flat[at..].trim_start_matches(' ');
        let stop = self.flat.len() - rest.len();
        rest.is_empty()
            || self.text()[at..stop].contains('\n')
            || self
                .breaks
                .binary_search_by_key(&stop, |stop| stop.at)
                .is_ok()
    }

    /// Whether a clause begins at this byte, but for a space.
    pub(crate) fn begins_clause(&self, at: usize) -> bool {
        let head = self.flat[..at].trim_end_matches([' ', '(', '"', '\'', '*']);
        head.is_empty()
            || self.text()[head.len()..at].contains('\n')
            || self
                .breaks
                .binary_search_by(|stop| stop.after.cmp(&head.len()))
                .is_ok()
    }
}

/// Where clauses end. A stop or comma between digits ends none.
pub(super) fn breaks(text: &str) -> Vec<Break> {
    let bytes = text.as_bytes();
    let mut breaks = Vec::with_capacity(text.len() / 16);
    let mut sentence = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if !MAY_BREAK[usize::from(byte)] {
            at += 1;
            continue;
        }
        let sign = text[at..].chars().next().unwrap_or(' ');
        let after = at + sign.len_utf8();
        let next = || text[after..].chars().next().unwrap_or(' ');
        let is = |place: Option<&u8>, fits: fn(u8) -> bool| place.is_some_and(|&byte| fits(byte));
        let before = || at.checked_sub(1).and_then(|before| bytes.get(before));
        let ends_sentence = match sign {
            '!' | '?' | '\n' | ';' => true,
            '.' => !next().is_alphanumeric(),
            _ => false,
        };
        let ends_clause = ends_sentence
            || match sign {
                ',' => {
                    let is_digit = |byte: u8| byte.is_ascii_digit();
                    !(is(before(), is_digit) && is(bytes.get(after), is_digit))
                }
                '|' | '•' | '·' | '(' | ')' | '~' | '"' => true,
                // `** Mila **`: as many of them as stand in a row.
                '-' | '/' | '*' | '+' => is_apart(text, at, after),
                _ => is_ornament(sign),
            };
        if ends_clause {
            if ends_sentence {
                sentence = after;
            }
            breaks.push(Break {
                at,
                after,
                ends_sentence,
                sentence,
            });
        }
        at = after;
    }
    breaks
}

/// Signs of one kind in a row that part two clauses: `**`, `---`.
const SIGNS_IN_A_ROW: usize = 6;

/// Whether spaces stand on both sides of a sign, or of the row of its kind that it is a part of.
fn is_apart(text: &str, at: usize, after: usize) -> bool {
    let (head, rest) = (&text.as_bytes()[..at], &text.as_bytes()[after..]);
    let sign = text.as_bytes()[at];
    let before = head
        .iter()
        .rev()
        .take(SIGNS_IN_A_ROW)
        .find(|&&byte| byte != sign);
    let behind = rest.iter().take(SIGNS_IN_A_ROW).find(|&&byte| byte != sign);
    before.is_none_or(|&byte| matches!(byte, b' ' | b'\n')) && behind == Some(&b' ')
}

/// Bytes with which a sign begins that may end a clause.
const MAY_BREAK: [bool; 256] = {
    let mut may = [false; 256];
    let signs = b"!?\n;.,|()~\"-/*+";
    let mut at = 0;
    while at < signs.len() {
        may[signs[at] as usize] = true;
        at += 1;
    }
    let mut byte = 128;
    while byte < 256 {
        may[byte] = true;
        byte += 1;
    }
    may
};

/// Emoji, hearts, stars: what separates as commas do.
pub(crate) fn is_ornament(sign: char) -> bool {
    !sign.is_ascii()
        && !sign.is_alphanumeric()
        && !sign.is_whitespace()
        && !matches!(sign, '€' | '£' | '°' | '№' | 'º' | 'ª')
}
