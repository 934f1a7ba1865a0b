//! Goes to a school for minors (M6): a verb of attending and a school, final exams, the hours that
//! school leaves.

use std::ops::Range;

use model::Statement;

use super::super::lexicon::{Hit, Kind};
use super::super::reading::{Passage, Reading};
use super::super::whom::{self, Said as How};
use super::{Said, add};

/// Words between "goes to" and the school.
const ATTEND_WORDS: usize = 4;

/// Bytes around a school in which the verb may stand.
const ATTEND_BYTES: usize = 48;

/// Why a school says nothing of who works there.
pub(super) const WORKPLACE: &str = "school is a workplace";

/// Why "a school of English" is none for minors.
const OTHER_SCHOOL: &str = "a school of another kind";

/// Why lectures, homework and timetables of a university say nothing.
const UNIVERSITY: &str = "at a university";

/// Adds the statements of a passage.
pub(super) fn find(reading: &Reading<'_>, passage: &Passage<'_>, statements: &mut Vec<Said>) {
    let says = [Kind::School, Kind::Exam, Kind::SchoolDay];
    if !says.iter().any(|&kind| passage.holds(kind)) {
        return;
    }
    let has = |kind: Kind| {
        let mut passages = reading.passages.iter();
        passages.any(|passage| passage.hits_of(kind).next().is_some())
    };
    let is_workplace = has(Kind::SchoolJob);
    let is_higher = has(Kind::HigherSchool);
    let mut free_from = 0;
    let mut hits: Vec<&Hit> = passage.hits.iter().collect();
    hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
    for hit in hits {
        if hit.kind == Kind::School && hit.start < free_from {
            continue;
        }
        let (range, how, other) = match hit.kind {
            Kind::School => match attended(passage, hit) {
                Some(range) => {
                    free_from = hit.end;
                    (range, How::ByVerb, other_school(passage, hit))
                }
                None => continue,
            },
            Kind::Exam | Kind::SchoolDay if hit.note == "self" => {
                (hit.start..hit.end, How::BySelf, None)
            }
            Kind::Exam => (hit.start..hit.end, How::ByNoun, None),
            Kind::SchoolDay => (hit.start..hit.end, How::ByVerb, None),
            _ => continue,
        };
        let refused = other
            .or_else(|| is_workplace.then_some(WORKPLACE))
            .or_else(|| (is_higher && is_of_any_school(hit)).then_some(UNIVERSITY))
            .or_else(|| relative_near(passage, &range).filter(|_| hit.kind == Kind::SchoolDay))
            .or_else(|| whom::refused(reading, passage, &range, how));
        add(
            statements,
            Said {
                statement: Statement::AtSchool,
                range,
                refused,
            },
        );
    }
}

/// Whether the words would also be said of a university: "my timetable", "homework".
fn is_of_any_school(hit: &Hit) -> bool {
    hit.kind == Kind::SchoolDay || hit.kind == Kind::School && hit.note == "any"
}

/// The stretch from the verb to the school, in either order.
fn attended(passage: &Passage<'_>, school: &Hit) -> Option<Range<usize>> {
    let clause = passage.clause(school.start..school.end);
    let from = clause.start.max(school.start.saturating_sub(ATTEND_BYTES));
    let to = clause.end.min(school.end + ATTEND_BYTES);
    passage
        .hits_in(from..to)
        .iter()
        .filter(|hit| hit.kind == Kind::Attend)
        .filter_map(|hit| {
            let (gap, whole) = if hit.end <= school.start {
                (hit.end..school.start, hit.start..school.end)
            } else if hit.start >= school.end && hit.note != "before" {
                (school.end..hit.start, school.start..hit.end)
            } else if hit.start <= school.start && school.end <= hit.end {
                (hit.end..hit.end, hit.start..hit.end)
            } else {
                return None;
            };
            let n_words = whom::n_words(passage, gap);
            let is_near = n_words
                <= if hit.note == "beside" {
                    1
                } else {
                    ATTEND_WORDS
                };
            is_near.then_some((n_words, whole))
        })
        .min_by_key(|(n_words, whole)| (*n_words, whole.start))
        .map(|(_, whole)| whole)
}

/// "Escuela de baile", "école de coiffure": what is taught there stands behind it.
fn other_school(passage: &Passage<'_>, school: &Hit) -> Option<&'static str> {
    const OF: [&str; 6] = ["de", "d'", "for", "für", "pour", "para"];
    let rest = passage.flat[school.end..].trim_start();
    let of = OF
        .iter()
        .any(|of| rest.starts_with(&format!("{of} ")) || *of == "d'" && rest.starts_with(of));
    (school.note == "any" && of).then_some(OTHER_SCHOOL)
}

/// Whether the sentence speaks of work at a school, lessons or a reunion.
pub(super) fn is_work_or_reunion(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    passage
        .hits_in(passage.sentence(range.clone()))
        .iter()
        .any(|hit| hit.kind == Kind::SchoolJob)
}

/// "After school" beside somebody's children is theirs.
fn relative_near(passage: &Passage<'_>, range: &Range<usize>) -> Option<&'static str> {
    let sentence = passage.sentence(range.clone());
    passage
        .hits_in(sentence)
        .iter()
        .any(|hit| hit.kind == Kind::Relative && hit.note.is_empty())
        .then_some(whom::SOMEBODY_ELSE)
}
