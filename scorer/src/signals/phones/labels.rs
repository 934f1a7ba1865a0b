//! What the words beside digits call them: "order no", "my number is", `12345678 (KvK)`.

use std::ops::Range;

use super::super::lexicon::{Hit, Kind, is_border};
use super::super::reading::{Passage, is_ornament};
use super::groups::{Group, LINKS, Run};

/// Groups of one or two digits from which on they may be those of a lottery ticket.
const LOTTERY_GROUPS: usize = 5;

/// Bytes between a label and the digits it names.
const LABEL_GAP_BYTES: usize = 8;

/// Bytes behind digits in which they may be named, and the words before that name, folded.
const NAMED_BEHIND_BYTES: usize = 24;
const BEFORE_NAME: &[&str] = &[
    "is", "mijn", "het", "ons", "onze", "my", "our", "the", "ist", "meine", "unsere", "die", "est",
    "mon", "ma", "notre", "le", "es", "mi", "el", "nuestro", "este", "e", "to", "moj", "nasz",
    "az", "a", "е", "моят",
];

/// Words between a label and its digits, folded: "order number is 12".
const BEHIND_LABEL: &[&str] = &[
    "is",
    "luidt",
    "ist",
    "lautet",
    "est",
    "es",
    "e",
    "este",
    "to",
    "jest",
    "е",
    "no",
    "nr",
    "n",
    "number",
    "nummer",
    "numero",
    "num",
    "numar",
    "numer",
    "szama",
    "номер",
    "nomer",
    "reg",
    "id",
    "met",
    "with",
    "mit",
    "avec",
    "con",
    "cu",
    "onder",
    "unter",
    "under",
    "sous",
    "bajo",
    "sub",
    "pod",
    "под",
];

/// Words of `BEHIND_LABEL` between a label and its digits: "VAT reg no 12".
const WORDS_BEHIND_LABEL: usize = 3;

/// Letters of an abbreviation there.
const LETTERS_OF_ABBREVIATION: usize = 3;

/// Words between a subject and its digits, folded, and how far before them the subject may stand.
const COPULAS: &[&str] = &[
    "is", "luidt", "ist", "lautet", "est", "es", "e", "este", "jest", "е",
];
const SUBJECT_BYTES: usize = 48;

/// Codes that stand before the tax numbers of firms, and between "VAT" and such a number.
const COUNTRY_CODES: &[&str] = &[
    "be", "de", "fr", "es", "ro", "hu", "pl", "bg", "at", "it", "lu", "ie", "pt", "gb", "cz", "gr",
];

/// Digits of a Dutch tax number before its letter.
const DUTCH_FIRM_DIGITS: usize = 9;

/// Endings of words for the number of something, folded, and what a word for a phone number has.
const NUMBER_ENDINGS: &[&str] = &[
    "nummer",
    "nummern",
    "nummers",
    "-nr",
    "nr",
    "szam",
    "szama",
    "kod",
    "kodja",
    "kodom",
    "azonosito",
    "azonositoja",
    "-id",
    "code",
    "-no",
];
const PHONE_PARTS: &[&str] = &[
    "tel",
    "handy",
    "mob",
    "gsm",
    "ruf",
    "bel",
    "app",
    "whats",
    "wa-",
    "sms",
    "werk",
    "prive",
    "privat",
    "06",
    "07",
    "kontakt",
    "contact",
    "vast",
    "festnetz",
    "hivo",
    "nieuw",
    "neu",
    "eigen",
    "mijn",
    "dienst",
    "arbeit",
    "anschluss",
    "nood",
    "notfall",
    "geheim",
    "buro",
    "thuis",
    "haus",
    "zweit",
    "tweede",
    "sajat",
    "signal",
    "viber",
    "land",
    "vorwahl",
    "durchwahl",
    "uj",
    "fax",
    "country",
    "area",
    "hulp",
    "hilfe",
    "info",
    "service",
    "segely",
    "hot",
    "reservenum",
    "prepaid",
    "gesch",
    "vodafone",
    "kpn",
    "lebara",
    "lyca",
    "odido",
    "simyo",
    "sim",
    "zakelijk",
    "business",
    "extra",
    "ander",
    "alt",
    "oud",
    "nacht",
    "avond",
    "abend",
    "erreich",
    "bereik",
    "tagesn",
    "dagnum",
    "direkt",
    "direct",
    "haupt",
    "hoofd",
    "aktuell",
    "actue",
];

const NUMBER_OF_SOMETHING: &str = "advertisement or order number";
const TAX: &str = "tax number";
const VISITS: &str = "number of visits";

/// Bytes of the longest word that is looked at for such an ending.
const LONGEST_COMPOUND: usize = 40;

/// The note of cues for lotteries.
pub(super) const LOTTERY: &str = "lottery numbers";

pub(super) fn run(passage: &Passage<'_>, groups: Vec<Group>, n_passed_over: usize) -> Option<Run> {
    let first = groups.first()?;
    let start = first.range.start;
    let head = &passage.flat[..start];
    let is_link = LINKS.iter().any(|link| head.ends_with(link));
    let mut has_cue = head.ends_with("tel:") || head.ends_with("tel");
    let mut refused = None;
    match label(passage, start) {
        Some(hit) if hit.kind == Kind::Id && !first.has_plus => refused = Some(hit.note),
        _ if !first.has_plus && ends_in_number(passage, start) => {
            refused = Some(NUMBER_OF_SOMETHING);
        }
        Some(hit) if hit.kind == Kind::Phone => has_cue = true,
        None if !first.has_plus => refused = sign_before(passage, start),
        _ => {}
    }
    let end = groups.last()?.range.end;
    if !first.has_plus {
        refused = refused
            .or_else(|| named_behind(passage, end))
            .or_else(|| counted(passage, &groups))
            .or_else(|| lottery(passage, &groups));
    }
    Some(Run {
        groups,
        has_cue,
        is_link,
        n_passed_over,
        refused: refused.filter(|_| !has_cue && !is_link),
    })
}

/// What the words before digits call them: "order no", "my number is".
fn label<'p>(passage: &'p Passage<'_>, start: usize) -> Option<&'p Hit> {
    let may_stand_between = |sign: char| {
        matches!(
            sign,
            ' ' | ':' | '.' | '#' | '=' | '-' | '\n' | '(' | '*' | '/'
        ) || is_ornament(sign)
    };
    // "order no 12": the longer of two labels that end in the same word counts.
    let before = |at: usize| {
        passage
            .hits_before(at, LABEL_GAP_BYTES, may_stand_between)
            .filter(|hit| matches!(hit.kind, Kind::Phone | Kind::Id))
            .max_by_key(|hit| (hit.end, hit.end - hit.start, hit.kind))
    };
    let direct = before(start);
    if direct.is_some_and(|hit| hit.kind == Kind::Id) {
        return direct;
    }
    let mut at = start;
    for n_words in 0..WORDS_BEHIND_LABEL {
        let head = passage.flat[..at].trim_end_matches([' ', ':', '.', '=', '-']);
        let from = head
            .rfind(|sign: char| !sign.is_alphanumeric())
            .map_or(0, |at| at + 1);
        // The rest of a long head without a space is no word.
        if !head.is_char_boundary(from) || !is_behind_label(passage, from..head.len()) {
            break;
        }
        if let Some(id) = before(from).filter(|hit| hit.kind == Kind::Id) {
            return Some(id);
        }
        if n_words == 0
            && COPULAS.contains(&&head[from..])
            && let Some(id) = subject(passage, from)
        {
            return Some(id);
        }
        at = from;
    }
    direct
}

/// "The **password** of the safe is 12": the subject of a sentence that ends in digits.
fn subject<'p>(passage: &'p Passage<'_>, at: usize) -> Option<&'p Hit> {
    let clause = passage.clause(at..at).start;
    let from = passage
        .whole(clause.max(at.saturating_sub(SUBJECT_BYTES))..at)
        .start;
    passage
        .hits_in(from..at)
        .iter()
        .rev()
        .find(|hit| matches!(hit.kind, Kind::Id | Kind::Phone))
        .filter(|hit| hit.kind == Kind::Id)
}

/// "Order **number** 12", "VAT **GB** 12", "CIF **B**-12", "polis **AVP** 12".
fn is_behind_label(passage: &Passage<'_>, range: Range<usize>) -> bool {
    let word = &passage.flat[range.clone()];
    let is_abbreviation = word.len() <= LETTERS_OF_ABBREVIATION
        && passage.written(range).chars().all(char::is_uppercase);
    is_abbreviation && !word.is_empty() || BEHIND_LABEL.contains(&word)
}

/// `#0612…`, and `BE0612…`: the code of a country right before the digits of a firm.
fn sign_before(passage: &Passage<'_>, start: usize) -> Option<&'static str> {
    let head = &passage.flat[..start];
    if head.ends_with('#') {
        return Some(NUMBER_OF_SOMETHING);
    }
    let from = head.len().checked_sub(2)?;
    // Ten digits behind "NL" are a phone number, nine are a firm's.
    let n_digits = passage.flat[start..]
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    let is_dutch_firm = head.ends_with("nl") && n_digits == DUTCH_FIRM_DIGITS;
    let is_code = head.is_char_boundary(from)
        && is_border(head, from)
        && (is_dutch_firm || COUNTRY_CODES.contains(&&head[from..]))
        && passage.written(from..start).chars().all(char::is_uppercase);
    is_code.then_some(TAX)
}

/// Whether a compound for the number of something stands before digits: "Kundennummer", "VG-nr".
fn ends_in_number(passage: &Passage<'_>, start: usize) -> bool {
    let head = passage.flat[..start].trim_end_matches([' ', ':', '.', '=', '(']);
    let from = head
        .bytes()
        .rev()
        .take(LONGEST_COMPOUND)
        .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b',' | b'(' | b'|'))
        .map_or(head.len().saturating_sub(LONGEST_COMPOUND), |len| {
            head.len() - len
        });
    let Some(word) = head.get(from..) else {
        return false;
    };
    let is_number = NUMBER_ENDINGS
        .iter()
        .any(|ending| word.len() > ending.len() && word.ends_with(ending));
    is_number && !PHONE_PARTS.iter().any(|part| word.contains(part))
}

/// `31612348812 bezoekers`: a figure, and behind it what is counted.
fn counted(passage: &Passage<'_>, groups: &[Group]) -> Option<&'static str> {
    let end = groups.last()?.range.end;
    let is_figure = groups[1..].iter().all(|group| group.digits.len() == 3);
    passage
        .hits_after(end, 1, |sign| sign == ' ')
        .find(|hit| is_figure && hit.kind == Kind::Id && hit.note == VISITS)
        .map(|hit| hit.note)
}

/// `12345678 (KvK)`, "12345678 is my order number".
fn named_behind(passage: &Passage<'_>, end: usize) -> Option<&'static str> {
    passage
        .hits_in(end..end + NAMED_BEHIND_BYTES)
        .iter()
        .filter(|hit| hit.kind == Kind::Id)
        .find(|hit| {
            let gap = passage
                .text()
                .get(end..hit.start)
                .unwrap_or("?")
                .trim_start();
            let is_in_brackets =
                gap == "(" && passage.text()[hit.end..].trim_start().starts_with(')');
            let is_said = !gap.is_empty()
                && gap
                    .split_whitespace()
                    .all(|word| BEFORE_NAME.contains(&word))
                && passage.ends_clause(hit.end);
            is_in_brackets || is_said
        })
        .map(|hit| hit.note)
}

/// Numbers of one or two digits in a sentence about a lottery.
fn lottery(passage: &Passage<'_>, groups: &[Group]) -> Option<&'static str> {
    if groups.len() < LOTTERY_GROUPS || groups.iter().any(|group| group.digits.len() > 2) {
        return None;
    }
    let sentence = passage.sentence(super::range_of(groups));
    passage
        .hits_in(sentence)
        .iter()
        .find(|hit| hit.kind == Kind::Id && hit.note == LOTTERY)
        .map(|hit| hit.note)
}
