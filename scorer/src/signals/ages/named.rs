//! Bare numbers glued to a letter for man or woman, or beside a name: `F19`, `Anna (19)`, `Anna, 19, Utrecht`.

use std::ops::Range;

use model::{About, How, Language};

use super::super::lexicon::{Hit, Kind};
use super::super::reading::Passage;
use super::around::Around;
use super::names::{is_given_name, name_before};
use super::subject::Clause;
use super::verdict::{ADULT, NAMED_YEARS, Verdict};
use super::words::Class;

/// Words of a clause that may stand before the name that it presents.
const WORDS_BEFORE_NAME: usize = 3;

impl Around<'_> {
    /// `F19`, `19v`: a clause of its own.
    pub(super) fn by_sex_letter(&self) -> Verdict {
        // Woman and man in nine languages; Hungarian "n" is a length in none of them.
        const BEFORE: [char; 8] = ['f', 'v', 'w', 'k', 'm', 'n', 'ж', 'м'];
        const BEHIND: [char; 8] = BEFORE;
        let text = self.passage.text();
        let Range { start, end } = self.candidate.range;
        if self.candidate.how != How::Digits || !NAMED_YEARS.contains(&self.candidate.value) {
            return Verdict::Nothing;
        }
        // "M25" is a road, "17m" a length: a man's letter counts where it opens the text.
        let is_plain = |letter: bool, at: usize| !letter || text[..at].trim().is_empty();
        let letter_len = |sign: Option<char>| sign.map_or(0, char::len_utf8);
        let first = start - letter_len(text[..start].chars().next_back());
        let last = end + letter_len(text[end..].chars().next());
        let opens = |at: usize| text[..at].trim().is_empty();
        // "F21 Bristol": a town may follow where the text begins with it.
        let before = text[..start].ends_with(BEFORE)
            && is_plain(text[..start].ends_with(['m', 'м']), first)
            && self.passage.begins_clause(first)
            && (self.passage.ends_clause(end) || opens(first) && self.is_place_at(end));
        let behind = text[end..].starts_with(BEHIND)
            && is_plain(text[end..].starts_with(['m', 'м']), start)
            && self.passage.begins_clause(start)
            && (self.passage.ends_clause(last)
                || opens(start) && (self.is_place_at(last) || self.is_before_one_capital(last)));
        // "17a Vigo": years, in Romance languages, where the text begins with it.
        let is_years = text[end..].starts_with('a')
            && opens(start)
            && matches!(
                self.language,
                None | Some(Language::Fr | Language::Es | Language::Ro)
            )
            && self.is_place_at(end + 1);
        if before || behind || is_years {
            return self.age(About::Advertised);
        }
        Verdict::Nothing
    }

    /// `Anna (19)`, `Anna, 19, Utrecht`.
    pub(super) fn by_name(&self) -> Verdict {
        let text = self.passage.text();
        let Range { start, end } = self.candidate.range;
        if !NAMED_YEARS.contains(&self.candidate.value)
            || self.is_other_trade
            || self.left.is_some_and(|hit| hit.kind == Kind::NotBefore)
        {
            return Verdict::Nothing;
        }
        if self.has_half {
            return Verdict::Nothing;
        }
        let in_brackets = text[..start].ends_with('(') && text[end..].starts_with(')');
        let after_comma = self.passage.ends_clause(end)
            && (text[..start].ends_with(", ")
                || text[..start].ends_with(" - ")
                || self.is_apart_by_signs());
        // "(22) blonde, Zwolle", "1️⃣7️⃣ and new": the first thing that is said.
        let opens = text[..start].trim_end_matches('(').is_empty()
            && (in_brackets || self.candidate.how == How::Disguised);
        let closing = end + usize::from(in_brackets);
        if opens
            && (self.passage.ends_clause(closing) && in_brackets
                || self.goes_on_as_person_at(closing))
        {
            return self.age(About::Advertised);
        }
        // "New girl, 20, Camden"
        let behind_person = text[..start].ends_with(", ")
            && self.passage.ends_clause(end)
            && self
                .passage
                .hits_before(start, 2, |sign| matches!(sign, ' ' | ','))
                .any(|hit| hit.kind == Kind::PersonAfter);
        if behind_person {
            return self.age(About::Advertised);
        }
        let is_somebody_else = in_brackets
            && self
                .passage
                .hits_before(start, 2, |sign| matches!(sign, ' ' | '('))
                .any(|hit| hit.kind == Kind::Relative && hit.note.is_empty());
        if is_somebody_else {
            return self.age(About::Other);
        }
        let names_person =
            |hit: &Hit| matches!(hit.kind, Kind::Person | Kind::PersonAfter | Kind::I);
        if in_brackets
            && self
                .passage
                .hits_before(start, 2, |sign| matches!(sign, ' ' | '('))
                .any(names_person)
        {
            return self.age(About::Advertised);
        }
        if in_brackets && self.candidate.value >= ADULT && self.person_opens_before(start - 1) {
            return self.age(About::Advertised);
        }
        let head = text[..start].trim_end_matches(is_sign_between).len();
        let Some(name) = name_before(self.passage, head)
            .or_else(|| short_name_before(self.passage, head).filter(|_| in_brackets))
        else {
            return Verdict::Nothing;
        };
        let opens_clause = || self.passage.begins_clause(name.start) || self.is_presented(&name);
        if in_brackets || after_comma && opens_clause() {
            return self.age(About::Advertised);
        }
        Verdict::Nothing
    }

    /// "Lady in her 40s (43)": the clause before the bracket begins with a noun for a person.
    fn person_opens_before(&self, bracket: usize) -> bool {
        let head = self.passage.flat[..bracket].trim_end().len();
        let from = self.passage.clause(head.saturating_sub(1)..head).start;
        let tokens = Clause::of(self.passage, self.language).tokens(from, head);
        tokens
            .iter()
            .take(2)
            .any(|token| token.class == Class::Person)
            && tokens
                .iter()
                .all(|token| !matches!(token.class, Class::Relative | Class::Thing | Class::Firm))
    }

    /// "The real Ivy, 26": a known name of an adult, and no noun for somebody else or a thing.
    fn is_presented(&self, name: &Range<usize>) -> bool {
        let before =
            Clause::of(self.passage, self.language).tokens(self.clause_before(name), name.start);
        self.candidate.value >= ADULT
            && is_given_name(&self.passage.flat[name.clone()])
            && before.len() <= WORDS_BEFORE_NAME
            && before.iter().all(|token| {
                !matches!(
                    token.class,
                    Class::Relative | Class::Thing | Class::Firm | Class::Prep
                )
            })
    }

    fn clause_before(&self, name: &Range<usize>) -> usize {
        self.passage.clause(name.clone()).start
    }

    /// `Mila / 19 /`, `** Mila ** 19 **`: signs between a known name and the number.
    fn is_apart_by_signs(&self) -> bool {
        let text = self.passage.text();
        let start = self.candidate.range.start;
        let head = text[..start].trim_end_matches(is_sign_between);
        text[head.len()..start].contains(|sign: char| sign != ' ')
            && name_before(self.passage, head.len())
                .is_some_and(|name| is_given_name(&self.passage.flat[name]))
    }
}

/// Signs that listings put between a name and an age.
const fn is_sign_between(sign: char) -> bool {
    matches!(
        sign,
        ' ' | '(' | ',' | '-' | '/' | '|' | '*' | '~' | '_' | '=' | '>' | '<' | ':' | '+'
    )
}

/// `Bo`, `Jo`: a name of two letters, which counts where a bracket follows it.
fn short_name_before(passage: &Passage<'_>, at: usize) -> Option<Range<usize>> {
    let head = &passage.flat[..at];
    let start = head
        .rfind(|sign: char| !sign.is_alphabetic())
        .map_or(0, |before| {
            before + head[before..].chars().next().map_or(0, char::len_utf8)
        });
    let mut letters = passage.written(start..at).chars();
    let is_capital = letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase)
        && letters.next().is_none();
    (is_capital && is_given_name(&head[start..])).then_some(start..at)
}
