//! Letters of another script that were put into a word because they look alike.
//!
//! Only a word that mixes scripts is touched, and only when every foreign letter in it has a twin:
//! a Bulgarian word stays Bulgarian, and a word with one letter that can only be Cyrillic is never
//! made Latin.

use super::Piece;

/// Cyrillic and Greek small letters and the Latin ones that they look like, small or capital:
/// a selection from Unicode's confusables (UTS 39, `confusables.txt`), single letters only.
const TWINS: &[(char, char)] = &[
    ('а', 'a'),
    ('в', 'b'),
    ('е', 'e'),
    ('к', 'k'),
    ('м', 'm'),
    ('н', 'h'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('т', 't'),
    ('у', 'y'),
    ('х', 'x'),
    ('і', 'i'),
    ('ј', 'j'),
    ('ѕ', 's'),
    ('ԁ', 'd'),
    ('ԛ', 'q'),
    ('ԝ', 'w'),
    ('ӏ', 'l'),
    ('һ', 'h'),
    ('α', 'a'),
    ('β', 'b'),
    ('ε', 'e'),
    ('ζ', 'z'),
    ('η', 'n'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('μ', 'u'),
    ('ν', 'v'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('τ', 't'),
    ('υ', 'u'),
    ('χ', 'x'),
    ('γ', 'y'),
];

/// Greek capitals look like another Latin letter than their small forms do.
const CAPITALS: &[(char, char)] = &[('η', 'h'), ('μ', 'm'), ('ν', 'n'), ('υ', 'y')];

/// Latin letters that stand in a Cyrillic word by mistake or on purpose.
const BACK: &[(char, char)] = &[
    ('a', 'а'),
    ('b', 'в'),
    ('e', 'е'),
    ('k', 'к'),
    ('m', 'м'),
    ('h', 'н'),
    ('o', 'о'),
    ('p', 'р'),
    ('c', 'с'),
    ('t', 'т'),
    ('y', 'у'),
    ('x', 'х'),
];

/// Makes each word of one script, where that can be done without guessing.
pub(super) fn unify(pieces: &mut [Piece], original: &str) {
    if !pieces.iter().any(|piece| is_foreign(piece.sign)) {
        return;
    }
    for word in pieces.chunk_by_mut(|one, next| is_letter(one.sign) && is_letter(next.sign)) {
        unify_word(word, original);
    }
}

fn unify_word(word: &mut [Piece], original: &str) {
    let mut n_latin = 0;
    let mut n_latin_only = 0;
    let mut n_foreign = 0;
    let mut n_foreign_only = 0;
    let mut n_greek = 0;
    for piece in word.iter() {
        if piece.sign.is_ascii_lowercase() {
            n_latin += 1;
            n_latin_only += usize::from(cyrillic(piece.sign).is_none());
        } else if is_foreign(piece.sign) {
            n_foreign += 1;
            n_foreign_only += usize::from(latin(piece.sign).is_none());
            n_greek += usize::from(is_greek(piece.sign));
        }
    }
    if n_latin == 0 || n_foreign == 0 {
        return;
    }
    if n_foreign_only == 0 && (n_latin_only > 0 || n_latin >= n_foreign) {
        for piece in word {
            if let Some(twin) = latin_twin(piece, original) {
                piece.sign = twin;
            }
        }
    } else if n_latin_only == 0 && n_greek == 0 {
        for piece in word {
            if let Some(twin) = cyrillic(piece.sign) {
                piece.sign = twin;
            }
        }
    }
}

fn latin_twin(piece: &Piece, original: &str) -> Option<char> {
    let capital = CAPITALS.iter().find(|(from, _)| *from == piece.sign);
    let is_capital = || {
        original
            .get(piece.start as usize..)
            .and_then(|rest| rest.chars().next())
            .is_some_and(char::is_uppercase)
    };
    match capital {
        Some((_, twin)) if is_capital() => Some(*twin),
        _ => latin(piece.sign),
    }
}

/// The twin of a letter in a table, which is looked up by the letter's place.
fn find(table: &[char], first: char, sign: char) -> Option<char> {
    let place = u32::from(sign).checked_sub(u32::from(first))?;
    let twin = *table.get(place as usize)?;
    (twin != NONE).then_some(twin)
}

/// No letter: it has no twin.
const NONE: char = '\0';

/// A list of twins as a table: the letter at each place from `first` on.
const fn table<const N: usize>(first: char, twins: &[(char, char)]) -> [char; N] {
    let mut table = [NONE; N];
    let mut at = 0;
    while at < twins.len() {
        let (from, to) = twins[at];
        table[(from as u32 - first as u32) as usize] = to;
        at += 1;
    }
    table
}

const GREEK: char = '\u{370}';
const N_FOREIGN: usize = 0x530 - 0x370;
static LATIN_TWINS: [char; N_FOREIGN] = table(GREEK, TWINS);
static CYRILLIC_TWINS: [char; 26] = table('a', BACK);

fn latin(sign: char) -> Option<char> {
    find(&LATIN_TWINS, GREEK, sign)
}

fn cyrillic(sign: char) -> Option<char> {
    find(&CYRILLIC_TWINS, 'a', sign)
}

fn is_letter(sign: char) -> bool {
    sign.is_ascii_lowercase()
        || matches!(sign, 'а'..='я')
        || (!sign.is_ascii() && sign.is_alphabetic())
}

const fn is_greek(sign: char) -> bool {
    matches!(sign, '\u{370}'..='\u{3ff}')
}

pub(super) const fn is_foreign(sign: char) -> bool {
    is_greek(sign) || matches!(sign, '\u{400}'..='\u{52f}')
}
