//! Whether one number is an age, and whose.

use std::ops::Range;

use model::{About, How, Language};

use super::super::lexicon::{Hit, Kind};
use super::super::places;
use super::super::reading::{Passage, Reading};
use super::candidates::Candidate;

/// The reason for ages that the reader must have.
pub(crate) const VISITOR_RULE: &str = "visitor rule";

const QUESTION: &str = "question to the reader";
const DURATION: &str = "number of years, not an age";

/// Ages that may stand behind a verb without a unit.
const BARE_YEARS: Range<u32> = 12..70;

/// The same behind "I have": things are counted with that verb too (cue catalogue, rule 3).
const BARE_HAVE_YEARS: Range<u32> = 12..41;

/// Ages that may stand behind a name without a unit.
const NAMED_YEARS: Range<u32> = 14..70;

/// A round number that somebody nearly reached, beyond which "almost" counts years of other things.
const LIMIT_YEARS: Range<u32> = 10..41;

/// Bytes before a number in which somebody may be named whose age it is.
const SUBJECT_WITHIN_BYTES: usize = 70;

/// What a number turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Age {
        value: u32,
        about: About,
        how: How,
        /// With its unit, in the folded text.
        range: Range<usize>,
    },
    /// Looked at and refused.
    Refused(&'static str),
    /// Nothing speaks of an age.
    Nothing,
}

/// What stands around a number.
struct Around<'p> {
    passage: &'p Passage<'p>,
    candidate: &'p Candidate,
    language: Option<Language>,
    /// The listing is about something else.
    is_other_trade: bool,
    /// Before it.
    left: Option<&'p Hit>,
    /// A unit of age behind it.
    unit: Option<&'p Hit>,
    /// "And a half" behind it.
    has_half: bool,
    /// Number and unit.
    range: Range<usize>,
    clause: Range<usize>,
}

/// Whether a number is an age.
pub(crate) fn judge(
    reading: &Reading<'_>,
    passage: &Passage<'_>,
    candidate: &Candidate,
) -> Verdict {
    if candidate.how == How::Words && candidate.value < 10 {
        return Verdict::Nothing;
    }
    if let Some(verdict) = by_form(passage, candidate) {
        return verdict;
    }
    let around = Around::of(reading, passage, candidate);
    around.judge()
}

/// What the signs glued to a number say.
fn by_form(passage: &Passage<'_>, candidate: &Candidate) -> Option<Verdict> {
    let text = passage.text();
    let (head, rest) = (&text[..candidate.range.start], &text[candidate.range.end..]);
    let span = candidate.range.clone();
    if let Some(shape) = passage
        .shapes()
        .iter()
        .find(|shape| shape.range.start < span.end && span.start < shape.range.end)
    {
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
    if is_sign('-') || is_sign('+') || head.ends_with(['<', '>']) {
        return Some(Verdict::Refused(VISITOR_RULE));
    }
    if head.ends_with(['#', '№', '@']) {
        return Some(Verdict::Refused("number of a thing"));
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

/// Bytes of a half written in digits: `,5`.
fn half_sign(rest: &str) -> usize {
    let is_half = rest.starts_with(",5") || rest.starts_with(".5");
    let goes_on = rest[2.min(rest.len())..].starts_with(|sign: char| sign.is_ascii_digit());
    if is_half && !goes_on { 2 } else { 0 }
}

fn may_stand_before(sign: char) -> bool {
    matches!(
        sign,
        ' ' | ':' | '=' | '"' | '\'' | '*' | '(' | '~' | '-' | '.' | '\n'
    )
}

fn may_stand_after(sign: char) -> bool {
    matches!(sign, ' ' | '-' | '\'' | '*' | '"')
}

impl<'p> Around<'p> {
    fn of(reading: &'p Reading<'_>, passage: &'p Passage<'_>, candidate: &'p Candidate) -> Self {
        let text = passage.text();
        let Range { start, mut end } = candidate.range;
        let language = reading.language;
        let left = strongest(
            passage
                .hits_before(start, 3, may_stand_before)
                .filter(|hit| is_left(hit.kind) && gap_fits(hit, &text[hit.end..start])),
            language,
        );
        let mut has_half = false;
        let n_half = half_sign(&text[end..]);
        if n_half > 0 {
            has_half = true;
            end += n_half;
        }
        let mut right = strongest(right_hits(passage, end), language);
        if let Some(half) = right.filter(|hit| hit.kind == Kind::Half) {
            has_half = true;
            end = half.end;
            right = strongest(right_hits(passage, end), language);
        }
        let unit = right.filter(|hit| is_unit(hit.kind));
        if let Some(unit) = unit {
            end = unit.end;
            // "17 jaar en een half"
            if let Some(half) = passage
                .hits_after(end, 1, may_stand_after)
                .find(|hit| hit.kind == Kind::Half)
            {
                has_half = true;
                end = half.end;
            }
        }
        Self {
            passage,
            candidate,
            language,
            is_other_trade: reading.is_other_trade(),
            left,
            unit,
            has_half,
            range: start..end,
            clause: passage.clause(start..end),
        }
    }

    fn judge(&self) -> Verdict {
        if let Some(refused) = self.blocked_behind() {
            return refused;
        }
        if !self.stands_alone() {
            return self.by_sex_letter();
        }
        match self.left.map(|hit| hit.kind) {
            Some(Kind::Limit) => return self.limit(),
            Some(Kind::NotBefore) => {
                if let Some(verdict) = self.blocked_before() {
                    return verdict;
                }
            }
            _ => {}
        }
        if let Some(verdict) = self.limit_behind() {
            return verdict;
        }
        match self.left.map(|hit| hit.kind) {
            Some(Kind::AgeI) => self.after_verb(About::Advertised),
            Some(Kind::AgeThird) => self.after_verb(self.about_third()),
            Some(Kind::AgeLabel) => self.after_label(),
            Some(Kind::AgeOf) => self.of_somebody(),
            Some(Kind::Is) => self.after_is(),
            Some(Kind::Since) => self.since(),
            _ => self.by_unit_or_name(),
        }
    }

    /// A unit of something else, or a word behind the unit that makes it a duration.
    fn blocked_behind(&self) -> Option<Verdict> {
        let passage = self.passage;
        let right = strongest(right_hits(passage, self.candidate.range.end), self.language);
        if let Some(hit) = right.filter(|hit| hit.kind == Kind::NotAfter) {
            return Some(Verdict::Refused(hit.note));
        }
        let rest = passage.flat[self.range.end..].trim_start();
        if self.unit.is_some() && rest.starts_with('+') {
            return Some(Verdict::Refused(VISITOR_RULE));
        }
        self.unit?;
        let blocker = passage
            .hits_after(self.range.end, 2, |sign| matches!(sign, ' ' | '-' | '('))
            .filter(|hit| matches!(hit.kind, Kind::NotAfterUnit))
            .max_by_key(|hit| hit.end)?;
        if blocker.note == "somebody else" {
            return Some(self.age(About::Other));
        }
        Some(Verdict::Refused(blocker.note))
    }

    /// Whether the number is a word of its own, or glued to nothing but a cue.
    fn stands_alone(&self) -> bool {
        let text = self.passage.text();
        let Range { start, end } = self.candidate.range;
        let glued_before = text[..start].ends_with(char::is_alphabetic);
        let glued_behind = text[end..].starts_with(char::is_alphabetic);
        let left_fits = !glued_before
            || self.left.is_some_and(|hit| {
                hit.end == start && hit.end - hit.start > 1
                    || hit.end == start && hit.kind == Kind::NotBefore
            });
        let right_fits = !glued_behind
            || right_hits(self.passage, end)
                .next()
                .is_some_and(|hit| hit.start == end);
        left_fits && right_fits
    }

    /// `F19`, `19v`: a clause of its own.
    fn by_sex_letter(&self) -> Verdict {
        const BEFORE: [char; 4] = ['f', 'v', 'w', 'k'];
        const BEHIND: [char; 4] = ['f', 'v', 'w', 'k'];
        let text = self.passage.text();
        let Range { start, end } = self.candidate.range;
        if self.candidate.how != How::Digits || !NAMED_YEARS.contains(&self.candidate.value) {
            return Verdict::Nothing;
        }
        let before = text[..start].ends_with(BEFORE)
            && self.passage.begins_clause(start - 1)
            && self.passage.ends_clause(end);
        let behind = text[end..].starts_with(BEHIND)
            && self.passage.begins_clause(start)
            && self.passage.ends_clause(end + 1);
        if before || behind {
            return self.age(About::Advertised);
        }
        Verdict::Nothing
    }

    fn blocked_before(&self) -> Option<Verdict> {
        let left = self.left?;
        // "om 18 uur" is a time, but "met 19 jaar" or "op 19 jaar" may still be an age.
        let gives_way = matches!(
            left.note,
            "clock time" | "date" | "number of days or pieces"
        ) && self.unit.is_some();
        let label_follows = self.unit.is_some_and(|unit| {
            unit.kind == Kind::UnitOld && left.note != VISITOR_RULE && !is_vague(unit)
        });
        if gives_way || label_follows {
            return None;
        }
        Some(Verdict::Refused(left.note))
    }

    /// "Almost 18", "not yet 18": the greatest age that it allows.
    fn limit(&self) -> Verdict {
        let Some(left) = self.left else {
            return Verdict::Nothing;
        };
        // German "Ü18" folds like "U18".
        if self
            .passage
            .written(left.start..left.end)
            .contains(['ü', 'Ü'])
            && left.note.is_empty()
            && self.passage.text()[..left.end].ends_with(" u")
        {
            return Verdict::Refused(VISITOR_RULE);
        }
        if let Some(since) = self
            .passage
            .hits_before(left.start, 2, |sign| sign == ' ')
            .find(|hit| hit.kind == Kind::Since)
            && self.unit.is_some_and(is_vague)
            && since.end - since.start > 1
        {
            return Verdict::Refused(DURATION);
        }
        self.limit_at(left.start..self.range.end)
    }

    /// "18 word ik in mei".
    fn limit_behind(&self) -> Option<Verdict> {
        let behind = self
            .passage
            .hits_after(self.range.end, 2, |sign| sign == ' ')
            .find(|hit| hit.kind == Kind::LimitAfter)?;
        let speaks = self
            .subject(self.range.start)
            .is_some_and(|hit| matches!(hit.kind, Kind::I | Kind::Copula | Kind::Third))
            || self.passage.begins_clause(self.candidate.range.start)
            || self
                .left
                .is_some_and(|hit| matches!(hit.kind, Kind::AgeI | Kind::AgeThird));
        if !speaks {
            return None;
        }
        Some(self.limit_at(self.candidate.range.start..behind.end))
    }

    fn limit_at(&self, range: Range<usize>) -> Verdict {
        let start = range.start;
        if !LIMIT_YEARS.contains(&self.candidate.value) {
            return Verdict::Refused(DURATION);
        }
        if self.is_question() {
            return Verdict::Refused(QUESTION);
        }
        let about = match self.subject(start).map(|hit| hit.kind) {
            Some(Kind::You) => return Verdict::Refused(VISITOR_RULE),
            Some(Kind::Thing) => return Verdict::Refused("age of a thing"),
            Some(Kind::Relative) => About::Other,
            _ if self.is_other_trade && !self.says_i(start) => {
                return Verdict::Refused("listing about something else");
            }
            _ => About::Advertised,
        };
        if self.reader_is_addressed() {
            return Verdict::Refused(VISITOR_RULE);
        }
        Verdict::Age {
            value: self.candidate.value - 1,
            about,
            how: How::Limit,
            range,
        }
    }

    /// "I am 17", "tengo 17".
    fn after_verb(&self, about: About) -> Verdict {
        if about == About::Unknown {
            return Verdict::Refused("age of a thing");
        }
        let Some(left) = self.left else {
            return Verdict::Nothing;
        };
        if self.unit.is_some() || self.has_half {
            return self.age(about);
        }
        let counts_things = matches!(
            left.language,
            Language::Es | Language::Ro | Language::Pl | Language::Fr | Language::Bg
        ) && left.end - left.start <= 6;
        let bounds = if counts_things {
            BARE_HAVE_YEARS
        } else {
            BARE_YEARS
        };
        if !bounds.contains(&self.candidate.value) {
            return Verdict::Nothing;
        }
        let goes_on_well =
            self.passage.ends_clause(self.range.end) || self.goes_on_as_person() && !counts_things;
        if goes_on_well {
            self.age(about)
        } else {
            Verdict::Nothing
        }
    }

    /// Words that may follow an age: "from", "and", a person, a place.
    fn goes_on_as_person(&self) -> bool {
        self.passage
            .hits_after(self.range.end, 2, |sign| matches!(sign, ' ' | '-'))
            .any(|hit| matches!(hit.kind, Kind::Tail | Kind::PersonAfter | Kind::Person))
            || self.is_place_behind()
    }

    fn is_place_behind(&self) -> bool {
        let rest = self.passage.flat[self.range.end..].trim_start();
        let word: String = rest
            .chars()
            .take_while(|sign| sign.is_alphabetic())
            .collect();
        !word.is_empty() && places::is_town(&word)
    }

    fn after_label(&self) -> Verdict {
        let start = self.left.map_or(self.range.start, |hit| hit.start);
        let before = self
            .clause
            .start
            .max(start.saturating_sub(SUBJECT_WITHIN_BYTES))..start;
        let about_visitors = self.passage.hits_in(before).iter().any(|hit| {
            matches!(hit.kind, Kind::You) || hit.kind == Kind::NotBefore && hit.note == VISITOR_RULE
        });
        if about_visitors {
            return Verdict::Refused(VISITOR_RULE);
        }
        match self.subject(start).map(|hit| hit.kind) {
            Some(Kind::Thing) => Verdict::Refused("age of a thing"),
            Some(Kind::Relative) => self.age(About::Other),
            _ if self.candidate.is_faint()
                && self.unit.is_none()
                && self.candidate.how == How::Puzzle =>
            {
                self.age(About::Advertised)
            }
            _ => self.age(About::Advertised),
        }
    }

    /// "Girl of 19".
    fn of_somebody(&self) -> Verdict {
        let start = self.left.map_or(self.range.start, |hit| hit.start);
        match self.subject(start).map(|hit| hit.kind) {
            Some(Kind::Relative) => self.age(About::Other),
            Some(Kind::You) => Verdict::Refused(VISITOR_RULE),
            _ if self.is_other_trade => self.age(About::Other),
            _ => self.age(About::Advertised),
        }
    }

    /// "Anna is 19", "my son is 17", "the house is 20 years old".
    fn after_is(&self) -> Verdict {
        let Some(left) = self.left else {
            return Verdict::Nothing;
        };
        let fits = self.unit.is_some()
            || self.passage.ends_clause(self.range.end)
            || self.goes_on_as_person();
        let Some(hit) = self
            .passage
            .hits_before(left.start, 2, |sign| sign == ' ')
            .find(|hit| {
                matches!(
                    hit.kind,
                    Kind::Relative | Kind::Thing | Kind::Person | Kind::Third
                )
            })
        else {
            if fits
                && name_before(self.passage, left.start).is_some()
                && NAMED_YEARS.contains(&self.candidate.value)
                && !self.is_other_trade
            {
                return self.age(About::Advertised);
            }
            return self.by_unit_or_name();
        };
        match hit.kind {
            _ if !fits => Verdict::Nothing,
            Kind::Thing => Verdict::Refused("age of a thing"),
            Kind::Relative => self.age(About::Other),
            _ if self.is_other_trade => self.age(About::Other),
            _ => self.age(About::Advertised),
        }
    }

    /// "Since 17 years"; in some languages the same word as in "girl of 17 years".
    fn since(&self) -> Verdict {
        const OF: [&str; 9] = ["de", "van", "von", "of", "mit", "met", "with", "cu", "con"];
        let Some(left) = self.left else {
            return Verdict::Nothing;
        };
        let Some(unit) = self.unit else {
            return Verdict::Nothing;
        };
        if unit.kind == Kind::UnitOld && !is_vague(unit) {
            return self.by_unit_or_name();
        }
        if OF.contains(&&self.passage.flat[left.start..left.end]) {
            match self.subject(left.start).map(|hit| hit.kind) {
                Some(Kind::Person) => return self.age(About::Advertised),
                Some(Kind::Relative) => return self.age(About::Other),
                _ => {}
            }
        }
        Verdict::Refused(DURATION)
    }

    fn by_unit_or_name(&self) -> Verdict {
        let Some(unit) = self.unit else {
            return self.by_name();
        };
        if self.is_question() {
            return Verdict::Refused(QUESTION);
        }
        let start = self.range.start;
        let left_part = self.clause.start..start;
        if let Some(hit) = self.passage.hits_in(left_part.clone()).iter().find(|hit| {
            hit.kind == Kind::NotAfterUnit && hit.note != "somebody else" && hit.end <= start
        }) {
            return Verdict::Refused(hit.note);
        }
        let behind = self
            .passage
            .hits_after(self.range.end, 2, |sign| sign == ' ')
            .find(|hit| {
                matches!(
                    hit.kind,
                    Kind::Relative | Kind::Thing | Kind::PersonAfter | Kind::Person
                )
            });
        let subject = behind
            .filter(|_| unit.kind == Kind::UnitAdjective || unit.kind == Kind::UnitOld)
            .or_else(|| self.subject(start));
        match subject.map(|hit| hit.kind) {
            Some(Kind::Thing) => return Verdict::Refused("age of a thing"),
            Some(Kind::You) => return Verdict::Refused(VISITOR_RULE),
            Some(Kind::Relative) => return self.age(About::Other),
            _ => {}
        }
        let is_person = matches!(
            subject.map(|hit| hit.kind),
            Some(Kind::Person | Kind::PersonAfter | Kind::I | Kind::Copula | Kind::Third)
        );
        if self.is_other_trade && !self.says_i(start) {
            return if is_person {
                self.age(About::Other)
            } else {
                Verdict::Refused("listing about something else")
            };
        }
        if unit.kind == Kind::UnitOld && !is_vague(unit) {
            return self.age(About::Advertised);
        }
        if unit.kind == Kind::UnitAdjective {
            return self.age(if is_person {
                About::Advertised
            } else {
                About::Unknown
            });
        }
        // A bare "n years": a clause of its own, or about a person.
        let ends_well = self.passage.ends_clause(self.range.end) || self.goes_on_as_person();
        let is_copula = self
            .passage
            .hits_in(left_part)
            .iter()
            .any(|hit| hit.kind == Kind::Copula);
        let begins = self.passage.begins_clause(start)
            || is_person_before(self.passage, self.clause.start, start)
            || is_copula
            || self.is_name_alone();
        if ends_well && begins && !(unit.kind == Kind::Unit && unit.language == Language::En) {
            return self.age(About::Advertised);
        }
        Verdict::Refused(DURATION)
    }

    /// The clause before the number is one name.
    fn is_name_alone(&self) -> bool {
        name_before(self.passage, self.range.start)
            .is_some_and(|name| self.passage.begins_clause(name.start))
    }

    /// `Anna (19)`, `Anna, 19, Utrecht`.
    fn by_name(&self) -> Verdict {
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
        let after_comma = text[..start].ends_with(", ") && self.passage.ends_clause(end)
            || text[..start].ends_with(" - ") && self.passage.ends_clause(end);
        let Some(name) = name_before(self.passage, start) else {
            return Verdict::Nothing;
        };
        if in_brackets || after_comma && self.passage.begins_clause(name.start) {
            return self.age(About::Advertised);
        }
        Verdict::Nothing
    }

    /// Whose age a third person's is, by what the sentence speaks of.
    fn about_third(&self) -> About {
        let sentence = self.passage.sentence(self.range.clone());
        let spoken_of = self
            .passage
            .hits_in(sentence.start..self.range.start)
            .iter()
            .rev()
            .find(|hit| matches!(hit.kind, Kind::Thing | Kind::Relative | Kind::Person));
        match spoken_of.map(|hit| hit.kind) {
            Some(Kind::Thing) => About::Unknown,
            Some(Kind::Relative) => About::Other,
            _ if self.is_other_trade => About::Other,
            _ => About::Advertised,
        }
    }

    /// The last of those who are named in the clause before a place.
    fn subject(&self, before: usize) -> Option<&'p Hit> {
        let from = self
            .clause
            .start
            .max(before.saturating_sub(SUBJECT_WITHIN_BYTES));
        self.passage.hits_in(from..before).iter().rev().find(|hit| {
            hit.end <= before
                && matches!(
                    hit.kind,
                    Kind::I
                        | Kind::Copula
                        | Kind::Third
                        | Kind::You
                        | Kind::Thing
                        | Kind::Relative
                        | Kind::Person
                )
        })
    }

    /// Whether the writer speaks of themselves in the clause.
    fn says_i(&self, before: usize) -> bool {
        self.left.is_some_and(|hit| hit.kind == Kind::AgeI)
            || self
                .passage
                .hits_in(self.clause.start..before)
                .iter()
                .any(|hit| hit.kind == Kind::I)
    }

    fn reader_is_addressed(&self) -> bool {
        let says_i = self
            .passage
            .hits_in(self.clause.clone())
            .iter()
            .any(|hit| matches!(hit.kind, Kind::I | Kind::AgeI));
        !says_i
            && self
                .passage
                .hits_in(self.clause.clone())
                .iter()
                .any(|hit| hit.kind == Kind::You)
    }

    fn is_question(&self) -> bool {
        self.passage.flat[self.range.end..]
            .trim_start()
            .starts_with('?')
    }

    fn age(&self, about: About) -> Verdict {
        Verdict::Age {
            value: self.candidate.value,
            about,
            how: self.candidate.how,
            range: self.range.clone(),
        }
    }
}

/// Units that count years of anything, unlike "years old".
fn is_vague(unit: &Hit) -> bool {
    unit.kind == Kind::Unit
        || unit.kind == Kind::UnitOld
            && matches!(
                unit.language,
                Language::Fr | Language::Es | Language::Ro | Language::Pl | Language::Bg
            )
}

const fn is_left(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Limit
            | Kind::AgeI
            | Kind::AgeThird
            | Kind::AgeLabel
            | Kind::AgeOf
            | Kind::NotBefore
            | Kind::Since
            | Kind::Is
    )
}

const fn is_unit(kind: Kind) -> bool {
    matches!(kind, Kind::Unit | Kind::UnitOld | Kind::UnitAdjective)
}

/// A line break or a full stop may stand behind a label or an abbreviation only.
fn gap_fits(hit: &Hit, gap: &str) -> bool {
    match hit.kind {
        Kind::AgeLabel => !gap.contains(". "),
        Kind::NotBefore => !gap.contains('\n') && !gap.contains(". "),
        _ => !gap.contains(['\n', '.', '-']) || gap == "-",
    }
}

fn right_hits<'p>(passage: &'p Passage<'_>, at: usize) -> impl Iterator<Item = &'p Hit> {
    passage
        .hits_after(at, 2, may_stand_after)
        .filter(|hit| is_unit(hit.kind) || matches!(hit.kind, Kind::NotAfter | Kind::Half))
        .filter(move |hit| hit.kind != Kind::NotAfter || hit.start <= at + 1)
}

/// The longest; with equal length the one of the listing's language, then the more telling kind.
fn strongest<'p>(
    hits: impl Iterator<Item = &'p Hit>,
    language: Option<Language>,
) -> Option<&'p Hit> {
    hits.max_by_key(|hit| {
        (
            hit.end - hit.start,
            Some(hit.language) == language,
            std::cmp::Reverse(hit.kind),
        )
    })
}

fn is_person_before(passage: &Passage<'_>, from: usize, to: usize) -> bool {
    passage
        .hits_in(from..to)
        .iter()
        .any(|hit| hit.kind == Kind::Person && hit.end <= to)
}

/// The capitalised word before a place, when it can be a name: no town, no cue, no street.
pub(crate) fn name_before(passage: &Passage<'_>, at: usize) -> Option<Range<usize>> {
    const STREETS: &[&str] = &[
        "straat", "laan", "weg", "plein", "gracht", "kade", "singel", "dijk", "steeg", "hof",
        "park", "strasse", "str", "platz", "allee", "gasse", "street", "road", "avenue", "utca",
        "ulica", "strada",
    ];
    let head = passage.flat[..at].trim_end_matches([' ', '(', ',', '-', ':']);
    let end = head.len();
    let start = end
        - head
            .chars()
            .rev()
            .take_while(|sign| sign.is_alphabetic())
            .map(char::len_utf8)
            .sum::<usize>();
    let name = &head[start..];
    if !(3..=14).contains(&name.chars().count())
        || STREETS.iter().any(|street| name.ends_with(street))
    {
        return None;
    }
    let written = passage.written(start..end);
    let mut letters = written.chars();
    if !letters.next().is_some_and(char::is_uppercase) || !letters.all(char::is_lowercase) {
        return None;
    }
    let is_cue = passage
        .hits_in(start..start + 1)
        .iter()
        .any(|hit| hit.end == end && !matches!(hit.kind, Kind::Alias));
    (!is_cue && !places::is_town(name)).then_some(start..end)
}
