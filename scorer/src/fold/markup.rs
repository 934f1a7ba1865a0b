//! Left-over HTML in a text that should be plain: tags and character references.

use super::letters::spell_one;
use super::{Piece, is_space};

/// Characters between `<` and `>` that are still taken for a tag: real ones are shorter, and a
/// sentence between two comparison signs is not swallowed.
const TAG_LIMIT: usize = 200;

/// Letters of the longest name of a tag, and digits of the longest numbered reference.
const LONGEST_NAME: usize = 10;
const MOST_DIGITS: usize = 7;

/// Tags that end a line.
const BLOCKS: &[&str] = &[
    "article",
    "aside",
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Tags that only decorate.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "big", "button", "center", "code", "del", "em", "font", "i", "img", "input",
    "ins", "label", "mark", "nobr", "s", "small", "span", "strike", "strong", "sub", "sup", "svg",
    "tt", "u", "wbr",
];

/// Named references that occur in the languages of the product; folding takes the marks off
/// anyway, so that only the letter matters.
const NAMED: &[(&str, &str)] = &[
    ("aelig", "ae"),
    ("amp", "&"),
    ("apos", "'"),
    ("bdquo", "\""),
    ("bull", "•"),
    ("colon", ":"),
    ("comma", ","),
    ("commat", "@"),
    ("copy", "©"),
    ("dash", "-"),
    ("deg", "°"),
    ("emsp", " "),
    ("ensp", " "),
    ("euro", "€"),
    ("excl", "!"),
    ("frac12", ",5"),
    ("gt", ">"),
    ("hearts", "♥"),
    ("hellip", "..."),
    ("hyphen", "-"),
    ("iexcl", "¡"),
    ("iquest", "¿"),
    ("laquo", "\""),
    ("ldquo", "\""),
    ("lowbar", "_"),
    ("lpar", "("),
    ("lsquo", "'"),
    ("lt", "<"),
    ("mdash", "-"),
    ("middot", "·"),
    ("nbsp", " "),
    ("ndash", "-"),
    ("newline", "\n"),
    ("num", "#"),
    ("oelig", "oe"),
    ("ordf", "a"),
    ("ordm", "o"),
    ("period", "."),
    ("plus", "+"),
    ("pound", "£"),
    ("quot", "\""),
    ("raquo", "\""),
    ("rdquo", "\""),
    ("rpar", ")"),
    ("rsquo", "'"),
    ("sbquo", "'"),
    ("shy", ""),
    ("sol", "/"),
    ("szlig", "ss"),
    ("tab", " "),
    ("thinsp", " "),
    ("times", "×"),
    ("zwj", ""),
    ("zwnj", ""),
];

/// Ends of names such as `eacute` and `Uuml`: one letter and its mark.
const MARKS: &[&str] = &[
    "acute", "breve", "caron", "cedil", "circ", "dblac", "dot", "grave", "macr", "ogon", "ring",
    "slash", "strok", "tilde", "uml",
];

/// What stands at a sign.
enum Found {
    Tag { len: usize, breaks_line: bool },
    Reference { len: usize, letters: String },
}

/// Whether there is anything to look for.
pub(super) fn may_hold_any(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| is_opening(piece.sign))
}

/// Takes tags off and puts in what references stand for. True when anything changed.
pub(super) fn decode(pieces: &mut Vec<Piece>) -> bool {
    let mut decoded = Vec::with_capacity(pieces.len());
    let mut at = 0;
    let mut changed = false;
    while let Some(&piece) = pieces.get(at) {
        let found = find(&pieces[at..]);
        changed |= found.is_some();
        match found {
            None => {
                decoded.push(piece);
                at += 1;
            }
            Some(Found::Tag { len, breaks_line }) => {
                if breaks_line {
                    let end = pieces[at + len - 1].end;
                    decoded.push(Piece {
                        sign: '\n',
                        start: piece.start,
                        end,
                    });
                }
                at += len;
            }
            Some(Found::Reference { len, letters }) => {
                let end = pieces[at + len - 1].end;
                let start = piece.start;
                decoded.extend(letters.chars().map(|sign| Piece { sign, start, end }));
                at += len;
            }
        }
    }
    *pieces = decoded;
    changed
}

/// Breaks what still looks like markup, so that folding again finds none. From the end on: a tag
/// that is broken may have kept the one before it from being one.
pub(super) fn defuse(pieces: &mut [Piece]) {
    for at in (0..pieces.len()).rev() {
        if find(&pieces[at..]).is_some() {
            pieces[at].sign = '·';
        }
    }
}

pub(super) const fn is_opening(sign: char) -> bool {
    matches!(sign, '&' | '<')
}

fn find(pieces: &[Piece]) -> Option<Found> {
    match pieces.first()?.sign {
        '&' => reference(pieces),
        '<' => tag(pieces),
        _ => None,
    }
}

fn tag(pieces: &[Piece]) -> Option<Found> {
    let close = 1 + pieces[1..]
        .iter()
        .take(TAG_LIMIT)
        .take_while(|piece| piece.sign != '<')
        .position(|piece| piece.sign == '>')?;
    let inside = &pieces[1..close];
    if begins(inside, "!--") {
        return Some(Found::Tag {
            len: close + 1,
            breaks_line: false,
        });
    }
    let inside = match inside.first() {
        Some(first) if first.sign == '/' => &inside[1..],
        _ => inside,
    };
    let name: String = inside
        .iter()
        .map(|piece| piece.sign)
        .take_while(char::is_ascii_alphanumeric)
        .take(LONGEST_NAME)
        .collect();
    let after = inside.get(name.len()).map_or('>', |piece| piece.sign);
    if !(is_space(after) || matches!(after, '/' | '>')) {
        return None;
    }
    let breaks_line = BLOCKS.contains(&name.as_str());
    (breaks_line || INLINE.contains(&name.as_str())).then_some(Found::Tag {
        len: close + 1,
        breaks_line,
    })
}

fn begins(pieces: &[Piece], with: &str) -> bool {
    let signs = pieces.iter().map(|piece| piece.sign);
    signs.take(with.len()).eq(with.chars())
}

/// `&eacute;`, `&#48;`, and the two that are seen without their semicolon: `&nbsp`, `&#48`.
fn reference(pieces: &[Piece]) -> Option<Found> {
    closed_reference(pieces).or_else(|| {
        if begins(&pieces[1..], "nbsp") {
            let letters = " ".to_owned();
            return Some(Found::Reference { len: 5, letters });
        }
        if !begins(&pieces[1..], "#") {
            return None;
        }
        let digits: String = pieces[2..]
            .iter()
            .map(|piece| piece.sign)
            .take_while(char::is_ascii_digit)
            .take(MOST_DIGITS)
            .collect();
        Some(Found::Reference {
            len: 2 + digits.len(),
            letters: numbered(digits.parse().ok()?)?,
        })
    })
}

/// The letters of a numbered character.
fn numbered(code: u32) -> Option<String> {
    let mut letters = String::new();
    spell_one(char::from_u32(code)?, &mut |sign| letters.push(sign));
    Some(letters)
}

fn closed_reference(pieces: &[Piece]) -> Option<Found> {
    let close = pieces.iter().take(10).position(|piece| piece.sign == ';')?;
    let name: String = pieces[1..close].iter().map(|piece| piece.sign).collect();
    let len = close + 1;
    let mut letters = String::new();
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        letters = numbered(code)?;
    } else if let Some((_, plain)) = NAMED.iter().find(|(known, _)| *known == name) {
        letters.push_str(plain);
    } else {
        let mut rest = name.chars();
        let letter = rest.next().filter(char::is_ascii_lowercase)?;
        if !MARKS.contains(&rest.as_str()) {
            return None;
        }
        letters.push(letter);
    }
    Some(Found::Reference { len, letters })
}
