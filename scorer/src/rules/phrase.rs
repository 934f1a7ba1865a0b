//! The phrase language: cue words as a linguist writes them, turned into regular expressions.
//!
//! | sign | means |
//! |---|---|
//! | `[a,b c]` | one of these |
//! | `(x)`, `(x,y)` | optionally one of these; as part of a word or as words |
//! | `*` | any ending of the word |
//! | `~` | up to three words in between |
//! | `{n}` | a number up to 999, or a number word from two to twenty |
//! | `{first_name}` | a word with the shape of a working name (see `slot`) |
//! | `{city}` | a town, where the listing's signals see one |
//! | `'` and `-` | may be absent or written otherwise |
//! | `\` | takes the next sign as it is |
//!
//! Everything else is folded as listings are and matched at word borders. Words may be parted by
//! spaces, commas, line ends and ornaments, never by the end of a sentence.

use model::Language;

use super::slot::{Slot, SlotKind};
use crate::fold;

/// A phrase as a regular expression over folded text.
pub(crate) struct PhraseRegex {
    pub(crate) regex: String,
    /// Whether the expression needs Unicode classes; folded Latin text does not.
    pub(crate) unicode: bool,
    /// The groups whose content must be checked after a hit.
    pub(crate) slots: Vec<Slot>,
    /// The number of words that every hit has.
    pub(crate) n_words: usize,
}

/// Words in between that `~` allows (`cues.md`: "0–3 tokens").
const GAP_TOKENS: usize = 3;
/// Longest accepted phrase, in characters: a line of a rule file, not a text.
const PHRASE_LIMIT: usize = 400;

pub(crate) fn phrase_regex(phrase: &str, languages: &[Language]) -> Result<PhraseRegex, String> {
    if phrase.chars().count() > PHRASE_LIMIT {
        return Err(format!("phrase is longer than {PHRASE_LIMIT} characters"));
    }
    let signs: Vec<char> = phrase.chars().collect();
    let mut parser = Parser {
        phrase,
        signs,
        at: 0,
    };
    let words = parser.sequence(0)?;
    if parser.at < parser.signs.len() {
        return Err(format!(
            "phrase `{phrase}` closes a bracket that it did not open"
        ));
    }
    if matches!(words.first(), None | Some(Word::Gap)) || matches!(words.last(), Some(Word::Gap)) {
        return Err(format!("phrase `{phrase}` must begin and end with a word"));
    }
    let unicode = !literals_are_ascii(&words);
    let mut writer = Writer {
        unicode,
        languages,
        slots: Vec::new(),
    };
    let body = writer.sequence(&words);
    let n_words = words.iter().filter(|word| word.is_required()).count();
    if n_words == 0 {
        return Err(format!("phrase `{phrase}` has no word that must be there"));
    }
    Ok(PhraseRegex {
        regex: format!(r"\b{body}\b"),
        unicode,
        slots: writer.slots,
        n_words,
    })
}

enum Word {
    Parts(Vec<Part>),
    Gap,
}

enum Part {
    Literal(String),
    OneOf(Vec<Vec<Word>>),
    Optional(Vec<Vec<Word>>),
    Ending,
    Hyphen,
    Apostrophe,
    Slot(SlotKind),
}

impl Word {
    /// A word that is one optional bracket may be absent together with its space.
    fn optional(&self) -> Option<&[Vec<Self>]> {
        match self {
            Self::Parts(parts) => match parts.as_slice() {
                [Part::Optional(alternatives)] => Some(alternatives),
                _ => None,
            },
            Self::Gap => None,
        }
    }

    fn is_required(&self) -> bool {
        matches!(self, Self::Parts(_)) && self.optional().is_none()
    }
}

struct Parser<'p> {
    phrase: &'p str,
    signs: Vec<char>,
    at: usize,
}

impl Parser<'_> {
    fn sequence(&mut self, depth: usize) -> Result<Vec<Word>, String> {
        if depth > 3 {
            return Err(format!(
                "phrase `{}` nests brackets deeper than 3",
                self.phrase
            ));
        }
        let mut words = Vec::new();
        let mut parts = Vec::new();
        let mut literal = String::new();
        while let Some(&sign) = self.signs.get(self.at) {
            match sign {
                ')' | ']' => break,
                ',' if depth > 0 => break,
                _ => {}
            }
            self.at += 1;
            match sign {
                ' ' | ',' => {
                    end_literal(&mut literal, &mut parts);
                    end_word(&mut parts, &mut words);
                }
                '~' => {
                    end_literal(&mut literal, &mut parts);
                    end_word(&mut parts, &mut words);
                    words.push(Word::Gap);
                }
                '(' | '[' => {
                    end_literal(&mut literal, &mut parts);
                    let alternatives = self.alternatives(sign, depth)?;
                    parts.push(if sign == '(' {
                        Part::Optional(alternatives)
                    } else {
                        Part::OneOf(alternatives)
                    });
                }
                '*' => {
                    end_literal(&mut literal, &mut parts);
                    parts.push(Part::Ending);
                }
                '-' => {
                    end_literal(&mut literal, &mut parts);
                    parts.push(Part::Hyphen);
                }
                '\'' | '’' => {
                    end_literal(&mut literal, &mut parts);
                    parts.push(Part::Apostrophe);
                }
                '{' => {
                    end_literal(&mut literal, &mut parts);
                    parts.push(Part::Slot(self.slot()?));
                }
                '\\' => {
                    let escaped = self.signs.get(self.at).copied();
                    literal.push(escaped.ok_or_else(|| {
                        format!("phrase `{}` ends with a lone `\\`", self.phrase)
                    })?);
                    self.at += 1;
                }
                other => literal.push(other),
            }
        }
        end_literal(&mut literal, &mut parts);
        end_word(&mut parts, &mut words);
        Ok(words)
    }

    fn alternatives(&mut self, open: char, depth: usize) -> Result<Vec<Vec<Word>>, String> {
        let close = if open == '(' { ')' } else { ']' };
        let mut alternatives = Vec::new();
        loop {
            let words = self.sequence(depth + 1)?;
            if words.is_empty() {
                return Err(format!("phrase `{}` has an empty alternative", self.phrase));
            }
            alternatives.push(words);
            let sign = self.signs.get(self.at).copied();
            self.at += 1;
            match sign {
                Some(',') => {}
                Some(sign) if sign == close => return Ok(alternatives),
                _ => {
                    return Err(format!(
                        "phrase `{}` does not close its `{open}`",
                        self.phrase
                    ));
                }
            }
        }
    }

    fn slot(&mut self) -> Result<SlotKind, String> {
        let rest: String = self.signs[self.at..].iter().collect();
        let (name, _) = rest
            .split_once('}')
            .ok_or_else(|| format!("phrase `{}` does not close its `{{`", self.phrase))?;
        self.at += name.chars().count() + 1;
        SlotKind::from_name(name).ok_or_else(|| {
            super::reader::unknown("slot", name, SlotKind::ALL.iter().map(|(name, _)| *name))
        })
    }
}

fn end_literal(literal: &mut String, parts: &mut Vec<Part>) {
    if !literal.is_empty() {
        let folded = fold(literal).text().trim().to_owned();
        parts.push(Part::Literal(folded));
        literal.clear();
    }
}

fn end_word(parts: &mut Vec<Part>, words: &mut Vec<Word>) {
    if !parts.is_empty() {
        words.push(Word::Parts(std::mem::take(parts)));
    }
}

fn literals_are_ascii(words: &[Word]) -> bool {
    let all = |alternatives: &[Vec<Word>]| alternatives.iter().all(|seq| literals_are_ascii(seq));
    words.iter().all(|word| match word {
        Word::Gap => true,
        Word::Parts(parts) => parts.iter().all(|part| match part {
            Part::Literal(text) => text.is_ascii(),
            Part::OneOf(alternatives) | Part::Optional(alternatives) => all(alternatives),
            _ => true,
        }),
    })
}

struct Writer<'l> {
    unicode: bool,
    languages: &'l [Language],
    slots: Vec<Slot>,
}

impl Writer<'_> {
    /// What may stand between two words. Folded Latin text is ASCII but for signs, so classes of
    /// bytes do; for Bulgarian the Cyrillic block is added. Full Unicode classes would make every
    /// expression many times as large.
    const fn separator(&self) -> &'static str {
        if self.unicode {
            r"[^a-z0-9\u{400}-\u{4ff}.!?]{1,4}"
        } else {
            r"[^a-z0-9.!?]{1,6}"
        }
    }

    const fn token(&self) -> &'static str {
        if self.unicode {
            r"[a-z0-9\u{400}-\u{4ff}'-]+"
        } else {
            r"[a-z0-9'\x80-\xff-]+"
        }
    }

    const fn ending(&self) -> &'static str {
        if self.unicode {
            r"[a-z0-9\u{400}-\u{4ff}]*"
        } else {
            "[a-z0-9]*"
        }
    }

    fn sequence(&mut self, words: &[Word]) -> String {
        let separator = self.separator();
        let mut written = String::new();
        let mut started = false;
        for word in words {
            match word {
                Word::Gap => {
                    let token = self.token();
                    written += &format!("(?:{separator}{token}){{0,{GAP_TOKENS}}}?");
                }
                Word::Parts(parts) => {
                    if let Some(alternatives) = word.optional() {
                        let inner = self.alternatives(alternatives);
                        written += &if started {
                            format!("(?:{separator}{inner})?")
                        } else {
                            format!("(?:{inner}{separator})?")
                        };
                        continue;
                    }
                    if started {
                        written += separator;
                    }
                    for part in parts {
                        written += &self.part(part);
                    }
                    started = true;
                }
            }
        }
        written
    }

    fn alternatives(&mut self, alternatives: &[Vec<Word>]) -> String {
        let written: Vec<String> = alternatives.iter().map(|seq| self.sequence(seq)).collect();
        format!("(?:{})", written.join("|"))
    }

    fn part(&mut self, part: &Part) -> String {
        match part {
            Part::Literal(text) => regex_syntax::escape(text),
            Part::OneOf(alternatives) => self.alternatives(alternatives),
            Part::Optional(alternatives) => format!("{}?", self.alternatives(alternatives)),
            Part::Ending => self.ending().to_owned(),
            Part::Hyphen => "[^a-z0-9.!?]{0,3}".to_owned(),
            Part::Apostrophe => "(?:['`]|\u{2019}|\u{b4})?".to_owned(),
            Part::Slot(kind) => {
                let group = format!("slot{}", self.slots.len());
                let regex = kind.regex(self.languages, self.unicode);
                let written = format!("(?P<{group}>{regex})");
                self.slots.push(Slot { group, kind: *kind });
                written
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(phrase: &str, text: &str, expected: Option<&str>) {
        let written = phrase_regex(phrase, &[Language::Nl, Language::En]).unwrap();
        let regex = regex::bytes::RegexBuilder::new(&written.regex)
            .unicode(written.unicode)
            .build()
            .unwrap();
        let found = regex
            .find(text.as_bytes())
            .map(|hit| std::str::from_utf8(hit.as_bytes()).unwrap());
        assert_eq!(found, expected, "{}", written.regex);
    }

    #[test]
    fn words_and_what_stands_between_them() {
        check("onze dames", "bij onze dames thuis", Some("onze dames"));
        check("onze dames", "onze, dames", Some("onze, dames"));
        check("onze dames", "onze. dames", None);
        check("onze dames", "boonze dames", None);
        check("onze dames", "onze damesmode", None);
        check("onze dames*", "onze damesmode", Some("onze damesmode"));
    }

    #[test]
    fn brackets() {
        let phrase = "[our,the] (new) girl(s)";
        check(phrase, "our girls", Some("our girls"));
        check(phrase, "the new girl", Some("the new girl"));
        check(phrase, "a new girl", None);
        check(
            "(ich) gehe [selbst,selber ran]",
            "gehe selber ran",
            Some("gehe selber ran"),
        );
        check(
            "(ich) gehe selbst",
            "ich gehe selbst",
            Some("ich gehe selbst"),
        );
        check("text me (first,now)", "text me now", Some("text me now"));
    }

    #[test]
    fn gaps_numbers_and_signs() {
        check(
            "neemt ~ op",
            "neemt altijd de telefoon op",
            Some("neemt altijd de telefoon op"),
        );
        check("neemt ~ op", "neemt een twee drie vier op", None);
        check("{n} dames", "keuze uit vier dames", Some("vier dames"));
        check("{n} dames", "met 12 dames", Some("12 dames"));
        check("i'm in", "im in", Some("im in"));
        check("i'm in", "i\u{2019}m in", Some("i\u{2019}m in"));
        check("termin-wohnung", "terminwohnung", Some("terminwohnung"));
        check("termin-wohnung", "termin wohnung", Some("termin wohnung"));
    }

    #[test]
    fn other_scripts() {
        check("без опит", "работа без опит тук", Some("без опит"));
        check("без опит", "без опитен", None);
        check("ученич*", "ученичка съм", Some("ученичка"));
    }

    #[test]
    fn mistakes_are_named() {
        for (phrase, part) in [
            ("onze [dames", "does not close its `["),
            ("onze dames)", "closes a bracket"),
            (
                "{naam}",
                "unknown slot `naam`; known: `n`, `first_name`, `city`",
            ),
            ("~ op", "begin and end with a word"),
            ("(ja)", "no word that must be there"),
            ("[a,]", "empty alternative"),
        ] {
            let Err(why) = phrase_regex(phrase, &[]) else {
                panic!("`{phrase}` was accepted");
            };
            assert!(why.contains(part), "{why}");
        }
    }
}
