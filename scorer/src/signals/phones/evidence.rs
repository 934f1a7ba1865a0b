//! How much must speak for digits before they are taken for a number that is advertised.
//!
//! A numbering plan has room for most rows of nine or ten digits, so that a plan alone says little
//! about a booking reference or a row of prices. The less a number is one to expect here, or is
//! written as numbers are, the more must speak for it:
//!
//! | whose plan | together or in usual groups | in unusual groups | in words, look-alikes |
//! |---|---|---|---|
//! | said by `+`, `00`, a link, a country named beside it | nothing | nothing | nothing |
//! | mobile, of the listing's country or language | no other pairs beside pairs | a zero before it, or nothing else in the row | the same |
//! | landline of those | no figure of more digits behind it | nothing else in the row, only signs | nothing else in the row |
//! | mobile, of the default country | no other pairs beside pairs | nothing else in the row, only signs | nothing else in the row |
//! | landline of that | a call word | a call word | a call word |
//! | mobile, of a plan further away | a prefix of its own, or nothing else in the row | a call word | nothing else in the row |
//! | a country code without a plus | a call word, or a line of its own | | |
//!
//! A call word stands directly before the digits or in their sentence. Digits inside a longer row,
//! in a list of figures of one length, or in pairs that rise as on a lottery ticket are no number
//! unless the call word stands directly before them.

use std::ops::Range;

use super::super::lexicon::Kind;
use super::super::reading::Passage;
use super::groups::{GLUED_FILLER_LETTERS, Group, GroupKind, Run};
use super::plan::{Answer, Standing};

/// Bytes before and behind a number in which a call word counts.
const CALL_BEFORE_BYTES: usize = 90;
const CALL_BEHIND_BYTES: usize = 40;

/// Letters of a call word from which on it counts from afar: "no" and "nr" stand before anything.
const FAR_CALL_LETTERS: usize = 3;

/// Words that are call words directly before a number only, folded.
const NEAR_CALL_WORDS: &[&str] = &[
    "unter",
    "marca",
    "fix",
    "fijo",
    "fixe",
    "kom",
    "num",
    "nummer",
    "number",
    "numero",
    "numer",
    "szam",
    "номер",
    "nomer",
    "numar",
    "numarul",
    "contact",
    "ring",
    "mob",
    "cel",
    "cell",
];

/// Groups of a number in pairs, and the highest number of a lottery.
const LOTTERY_PAIRS: usize = 5;
const LOTTERY_MOST: u32 = 50;

/// Groups of a usual way to write a number: `06 39 98 00 00`.
const USUAL_GROUPS: usize = 5;

/// Groups from which on the same words between them are no accident.
const FEWEST_ALIKE: usize = 4;

/// Capitals right behind digits that make a code of them.
const CODE_LETTERS: usize = 3;

/// Digits of a figure from which on a list of such figures is one of postal codes or rooms.
const FIGURE_DIGITS: usize = 3;

/// Short groups beside a number in pairs from which on it is one of several figures.
const ROW_BESIDE: usize = 3;
pub(super) const SHORT_DIGITS: usize = 2;

/// A stretch of a run that a plan takes for a number.
pub(super) struct Stretch<'r> {
    pub(super) run: &'r Run,
    /// The groups of the run.
    pub(super) groups: &'r [Group],
    /// Which of them are the number.
    pub(super) place: Range<usize>,
    pub(super) answer: &'r Answer,
    /// How many groups of the run are part of no number, and how many of those are short.
    pub(super) n_beside: usize,
    pub(super) n_short_beside: usize,
    /// Whether another number ends right before it, or begins right behind it.
    pub(super) follows_number: bool,
    pub(super) is_followed_by_number: bool,
}

/// How digits are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Together.
    Piece,
    /// In groups as numbers usually are.
    Usual,
    /// In other groups, over lines, with commas or words between.
    Loose,
    /// With words or look-alikes for some of them.
    Disguised,
}

/// Why a number is none after all; nothing when enough speaks for it.
pub(super) fn missing(passage: &Passage<'_>, stretch: &Stretch<'_>) -> Option<&'static str> {
    if stretch.run.has_cue || stretch.answer.standing == Standing::Said {
        return None;
    }
    let here = &stretch.groups[stretch.place.clone()];
    let form = form(passage, here);
    let is_called = is_called(passage, super::range_of(here));
    if form != Form::Piece && is_inside_row(passage, stretch) {
        return Some(ROW);
    }
    if is_list(passage, stretch) || !is_called && (is_ticket(here) || is_scores(passage, here)) {
        return Some(ROW);
    }
    if !is_called && ends_in_capitals(passage, super::range_of(here).end) {
        return Some(UNCALLED);
    }
    if is_called {
        return None;
    }
    let is_whole = stretch.n_beside == 0;
    let is_parted_by_signs = is_parted_by_signs(passage, here);
    let has_zero = stretch.answer.has_zero;
    let is_enough = match (stretch.answer.standing, stretch.answer.is_mobile, form) {
        (Standing::Said, ..)
        | (Standing::Own | Standing::Default | Standing::Far, true, Form::Piece)
        | (Standing::Own, false, Form::Piece) => true,
        (Standing::Own, false, Form::Usual) => !goes_on(stretch),
        (Standing::Own, true, Form::Usual) => !is_among_pairs(stretch),
        (Standing::Own, true, Form::Loose) => {
            has_zero || is_whole && is_parted_by_signs && has_usual_lens(here)
        }
        (Standing::Own, true, Form::Disguised) => is_whole || has_zero,
        (Standing::Own, false, Form::Loose) => is_whole && has_zero && is_parted_by_signs,
        (Standing::Own, false, Form::Disguised) => is_whole && has_zero,
        (Standing::Default, true, Form::Usual) => {
            !is_among_pairs(stretch) && !is_company_form(passage, here)
        }
        (Standing::Far, true, Form::Usual) => {
            is_whole || here[0].digits.len() >= FIGURE_DIGITS && !is_among_pairs(stretch)
        }
        (Standing::Default | Standing::Far, true, Form::Disguised) => is_whole,
        (Standing::Default, true, Form::Loose) => is_whole && is_parted_by_signs,
        (Standing::Default | Standing::Far, ..) => false,
        (Standing::BareCode, ..) => is_alone_on_line(passage, super::range_of(here)),
    };
    (!is_enough).then_some(UNCALLED)
}

/// Why digits are no number.
pub(super) const ROW: &str = "a row of figures";
const UNCALLED: &str = "digits that nothing calls a phone number";

fn form(passage: &Passage<'_>, groups: &[Group]) -> Form {
    if groups.iter().any(|group| group.kind != GroupKind::Digits) {
        return Form::Disguised;
    }
    if groups.len() == 1 {
        return Form::Piece;
    }
    let is_usual_gap = |gap: &str| {
        gap.chars()
            .all(|sign| matches!(sign, ' ' | '-' | '.' | '/' | '(' | ')'))
    };
    let is_usual = has_usual_lens(groups) && gaps(passage, groups).all(is_usual_gap);
    let is_single = groups.iter().all(|group| group.digits.len() == 1);
    if is_usual || is_single {
        Form::Usual
    } else {
        Form::Loose
    }
}

/// Groups of two digits or more, not many; the prefix of a country may stand alone: `1 650 …`.
fn has_usual_lens(groups: &[Group]) -> bool {
    let is_prefix = |group: &Group| matches!(group.digits.as_str(), "0" | "1");
    let (first, rest) = (&groups[0], &groups[1..]);
    groups.len() <= USUAL_GROUPS + usize::from(is_prefix(first))
        && (first.digits.len() >= 2 || is_prefix(first))
        && rest.iter().all(|group| group.digits.len() >= 2)
}

/// Whether signs stand between the groups, none of them of a list, glued letters more than once, or
/// the same words each time: `020x7946x0x525`, "020 and then 79 and then 46".
fn is_parted_by_signs(passage: &Passage<'_>, groups: &[Group]) -> bool {
    let is_sign = |sign: char| !sign.is_alphanumeric() && !matches!(sign, ',' | ';');
    let is_glued = |gap: &str| gap.len() <= GLUED_FILLER_LETTERS && !gap.contains([' ', ',']);
    let is_signs = |gap: &str| gap.chars().all(is_sign);
    let n_glued = gaps(passage, groups)
        .filter(|gap| !is_signs(gap) && is_glued(gap))
        .count();
    let is_signs_or_glued = gaps(passage, groups).all(|gap| is_signs(gap) || is_glued(gap));
    if is_signs_or_glued && n_glued != 1 {
        return true;
    }
    let mut all = gaps(passage, groups);
    let first = all.next();
    groups.len() >= FEWEST_ALIKE && all.all(|gap| Some(gap) == first)
}

/// Whether a group behind the number is too long for an age or a price.
fn goes_on(stretch: &Stretch<'_>) -> bool {
    stretch
        .groups
        .get(stretch.place.end)
        .is_some_and(|next| next.is_joined && next.digits.len() > FIGURE_DIGITS)
        && !stretch.is_followed_by_number
}

/// What stands between the groups.
fn gaps<'p>(passage: &'p Passage<'_>, groups: &'p [Group]) -> impl Iterator<Item = &'p str> {
    groups
        .windows(2)
        .map(|pair| gap(passage, &pair[0], &pair[1]))
}

fn gap<'p>(passage: &'p Passage<'_>, one: &Group, next: &Group) -> &'p str {
    passage
        .text()
        .get(one.range.end..next.range.start)
        .unwrap_or("")
}

/// Whether a call word stands in the sentence.
fn is_called(passage: &Passage<'_>, range: Range<usize>) -> bool {
    let sentence = passage.sentence(range.clone());
    let from = sentence
        .start
        .max(range.start.saturating_sub(CALL_BEFORE_BYTES));
    let to = sentence.end.min(range.end + CALL_BEHIND_BYTES);
    passage
        .hits_in(from..to.max(from))
        .iter()
        .filter(|hit| hit.kind == Kind::Phone && (hit.end <= range.start || hit.start >= range.end))
        .any(|hit| {
            let word = &passage.text()[hit.start..hit.end];
            word.len() >= FAR_CALL_LETTERS && !NEAR_CALL_WORDS.contains(&word)
        })
}

/// `85.06.12-340.19`: digits before or behind the stretch that only a sign parts from it.
fn is_inside_row(passage: &Passage<'_>, stretch: &Stretch<'_>) -> bool {
    let range = super::range_of(&stretch.groups[stretch.place.clone()]);
    let text = passage.text();
    let is_joint = |sign: char| matches!(sign, '-' | '.' | '/' | ',' | ':');
    let is_digit = |sign: char| sign.is_ascii_digit();
    let head = &text[..range.start];
    let follows = !stretch.follows_number
        && head
            .strip_suffix(is_joint)
            .is_some_and(|head| head.ends_with(is_digit));
    let goes_on = !stretch.is_followed_by_number
        && stretch.groups.len() > stretch.place.end
        && !stretch.groups[stretch.place.end].follows_slash
        && text[range.end..]
            .strip_prefix(is_joint)
            .is_some_and(|rest| rest.starts_with(is_digit));
    follows || goes_on
}

/// `06390, 06400, 06110`: figures of one length, or with others behind them, between commas.
fn is_list(passage: &Passage<'_>, stretch: &Stretch<'_>) -> bool {
    let here = &stretch.groups[stretch.place.clone()];
    let is_comma = |gap: &str| {
        let is_listed = |sign: char| matches!(sign, ',' | ';');
        gap.contains(is_listed) || gap.len() > 2 && gap.starts_with(' ') && gap.ends_with(' ')
    };
    if here.len() < 2
        || here.iter().any(|group| group.kind != GroupKind::Digits)
        || !gaps(passage, here).all(is_comma)
    {
        return false;
    }
    let len = here[0].digits.len();
    let has_one_len = here.iter().all(|group| group.digits.len() == len);
    let goes_on = [
        stretch.place.start.checked_sub(1),
        Some(stretch.place.end - 1),
    ]
    .into_iter()
    .flatten()
    .filter_map(|at| Some((&stretch.groups[at], stretch.groups.get(at + 1)?)))
    .any(|(one, next)| is_comma(gap(passage, one, next)));
    // "01, 71, 39, 20 and 45", not "first 06, then 12 and last 34".
    let has_word = |gap: &str| gap.contains(char::is_alphabetic);
    let n_words = gaps(passage, here).filter(|gap| has_word(gap)).count();
    let has_last_word =
        here.len() > 2 && n_words == 1 && gaps(passage, here).last().is_some_and(has_word);
    len >= FIGURE_DIGITS && has_one_len || has_last_word || goes_on
}

/// `0-6, 3-9, 9-8`: pairs of figures between commas.
fn is_scores(passage: &Passage<'_>, groups: &[Group]) -> bool {
    groups.len() >= FEWEST_ALIKE
        && groups
            .iter()
            .all(|group| group.kind == GroupKind::Digits && group.digits.len() <= SHORT_DIGITS)
        && gaps(passage, groups)
            .enumerate()
            .all(|(at, gap)| (at % 2 == 1) == gap.contains([',', ';']))
}

/// `0639980071AB`: capitals right behind the digits.
fn ends_in_capitals(passage: &Passage<'_>, end: usize) -> bool {
    let n_letters = passage.text()[end..]
        .chars()
        .take(CODE_LETTERS + 1)
        .take_while(|sign| sign.is_ascii_alphabetic())
        .count();
    (1..=CODE_LETTERS).contains(&n_letters)
        && passage
            .written(end..end + n_letters)
            .chars()
            .all(char::is_uppercase)
}

/// Whether a number in pairs stands among other pairs.
fn is_among_pairs(stretch: &Stretch<'_>) -> bool {
    let here = &stretch.groups[stretch.place.clone()];
    here.iter().all(|group| group.digits.len() <= SHORT_DIGITS)
        && stretch.n_short_beside >= ROW_BESIDE
}

/// `02 07 09 16 46`: pairs that rise.
fn is_ticket(groups: &[Group]) -> bool {
    let values: Vec<u32> = groups
        .iter()
        .filter(|group| group.digits.len() <= 2)
        .filter_map(|group| group.digits.parse().ok())
        .collect();
    values.len() == groups.len()
        && values.len() >= LOTTERY_PAIRS
        && values.windows(2).all(|pair| pair[0] < pair[1])
        && values.last().is_some_and(|&last| last <= LOTTERY_MOST)
}

/// `0612.340.017`: the form of a Belgian company number.
fn is_company_form(passage: &Passage<'_>, groups: &[Group]) -> bool {
    let lens: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
    lens == [4, 3, 3] && gaps(passage, groups).all(|gap| gap == ".")
}

fn is_alone_on_line(passage: &Passage<'_>, range: Range<usize>) -> bool {
    let text = passage.text();
    let is_rest = |sign: &char| *sign != '\n';
    let mut before = text[..range.start].chars().rev().take_while(is_rest);
    let mut behind = text[range.end..].chars().take_while(is_rest);
    !before.any(char::is_alphanumeric) && !behind.any(char::is_alphanumeric)
}
