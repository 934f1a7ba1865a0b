//! Names that a listing uses for who is advertised.
//!
//! A name is a capitalised word behind "my name is" and its like, before "here", in front of an age,
//! beside another name, or, when it is a known first name, by itself where a listing or its last
//! line begins. What follows "I am" may also be an adjective of origin, which must not be kept
//! (indicator catalogue, 2.5): there, words that end like one are no names, and German nouns need to be known.
//! Names only link and mask; no rule scores them.

use std::ops::Range;

use model::{About, Field, Language, Observed, Signal};

use super::Detector;
use super::ages::name_before;
use super::lexicon::{Hit, Kind, is_border};
use super::names::is_first_name;
use super::places;
use super::reading::{Passage, Reading};
use super::vocabulary::List;

/// Endings of adjectives and nouns that follow "I am" with a capital, folded.
const ADJECTIVE_ENDINGS: &[&str] = &[
    "se", "sche", "ian", "ish", "ese", "isch", "ische", "nees", "aans", "erin", "in", "nka", "ka",
    "ana", "eanca", "enne", "aine", "ano", "ean", "aise", "can", "ca", "ola", "lands", "nds",
];

/// Cues that leave no doubt that a name follows, folded; "I am" is none.
const SAYS_NAME: &[&str] = &[
    "heet",
    "naam",
    "name",
    "names",
    "noem",
    "heisse",
    "nenn",
    "appelle",
    "prenom",
    "llamo",
    "llama",
    "nombre",
    "numesc",
    "numele",
    "nume",
    "cheama",
    "nevem",
    "nev",
    "imie",
    "nazywam",
    "nazywaja",
    "kazvam",
    "казвам",
    "име",
    "vraag naar",
    "ask for",
    "frag nach",
    "call me",
    "pregunt",
    "demandez",
    "intreaba",
    "pytaj",
    "питай",
    "keresd",
];

/// Words that may follow a name and say that its bearer speaks, folded.
const HERE: &[&str] = &[
    "hier", "here", "aici", "itt", "vagyok", "tutaj", "aqui", "ici", "тук",
];

/// Words before a name and its bearer speaks, or a greeting before a signature, folded.
const BEFORE: &[&str] = &[
    "groetjes",
    "groeten",
    "kusjes",
    "kus",
    "liefs",
    "xx",
    "xxx",
    "x",
    "regards",
    "kisses",
    "hugs",
    "love",
    "it's",
    "hier ist",
    "hier is",
    "liebe grusse",
    "lg",
    "kuss",
    "kusse",
    "bisous",
    "bises",
    "ici",
    "besos",
    "besitos",
    "un beso",
    "pupici",
    "cu drag",
    "puszi",
    "udv",
    "buziaki",
    "pozdrawiam",
    "tu",
    "целувки",
    "поздрави",
    "тук е",
    "ich bin",
    "soy",
    "jestem",
    "sunt",
    "je suis",
    "аз съм",
    "az sam",
    "noem me",
    "noem mij",
    "nenn mich",
    "llamame",
    "spune-mi",
    "mow mi",
    "наричай ме",
    "szolits",
];

/// "-nak/-nek hívnak": "Péternek hívnak" is "I am called Péter", folded.
const HUNGARIAN_CALLED: [&str; 2] = ["nak hivnak", "nek hivnak"];

/// The word that both of them end with.
pub(super) const CALLED: &str = "hivnak";

/// Words and signs that join two names, folded.
const AND: &[&str] = &[
    "&", "+", "en", "and", "und", "et", "y", "e", "si", "es", "i", "и", "/",
];

/// The longest name, in letters; longer capitalised words are something else.
const LONGEST_NAME: usize = 14;

pub(super) const DETECTOR: Detector = Detector {
    name: "alias",
    about: "A name that the listing uses for who is advertised. Words that may be of origin are \
            never taken for names.",
    detect,
    examples,
};

fn detect(reading: &Reading<'_>, found: &mut Vec<Signal>) {
    let ages: Vec<(model::Span, About)> = found
        .iter()
        .filter_map(|signal| match signal.observed {
            Observed::Age(seen) => Some((signal.span?, seen.about)),
            _ => None,
        })
        .collect();
    for passage in &reading.passages {
        let mut names: Vec<Range<usize>> = Vec::new();
        for hit in passage
            .hits
            .iter()
            .filter(|hit| matches!(hit.kind, Kind::Alias | Kind::AliasThird))
        {
            names.extend(name_behind(passage, hit, reading.language));
        }
        for (span, about) in &ages {
            if span.field == passage.field && *about == About::Advertised {
                let at = passage.folded.folded(span.range()).start;
                names.extend(
                    name_before(passage, at)
                        .filter(|name| passage.begins_clause(name.start) && at - name.end <= 3),
                );
            }
        }
        let known = known(passage);
        names.extend(
            known
                .iter()
                .filter(|name| stands_for_itself(passage, name))
                .cloned(),
        );
        names.extend(called(passage));
        names.sort_by_key(|name| (name.start, name.end));
        names.dedup();
        let pairs = joined(passage, &names, &known);
        names.extend(pairs);
        names.sort_by_key(|name| (name.start, name.end));
        names.dedup();
        for name in names {
            let written = usual(passage.written(name.clone()));
            found.push(passage.signal(Observed::Alias(written), name));
        }
    }
}

/// "ANNA" is Anna.
fn usual(written: &str) -> String {
    if written.chars().any(char::is_lowercase) {
        return written.to_owned();
    }
    let mut letters = written.chars();
    letters
        .next()
        .into_iter()
        .chain(letters.flat_map(char::to_lowercase))
        .collect()
}

/// Every known first name with a capital, in order.
fn known(passage: &Passage<'_>) -> Vec<Range<usize>> {
    let may_stand = |name: &Range<usize>| {
        let rest = &passage.flat[name.end..];
        let n_letters = passage.flat[name.clone()].chars().count();
        n_letters <= LONGEST_NAME
            && (!rest.starts_with(['@', '.', '_']) || rest.starts_with(". "))
            && passage
                .written(name.clone())
                .starts_with(char::is_uppercase)
    };
    passage
        .listed(List::FirstName)
        .filter(|name| is_first_name(&passage.flat[name.clone()]) && may_stand(name))
        .collect()
}

/// "Péternek hívnak"
fn called(passage: &Passage<'_>) -> Vec<Range<usize>> {
    if !passage.begins(List::Called) {
        return Vec::new();
    }
    let flat = passage.flat.as_str();
    HUNGARIAN_CALLED
        .iter()
        .flat_map(|ending| flat.match_indices(ending))
        .filter_map(|(end, _)| {
            let len: usize = flat[..end]
                .chars()
                .rev()
                .take_while(|sign| sign.is_alphabetic())
                .take(LONGEST_NAME + 1)
                .map(char::len_utf8)
                .sum();
            let name = end - len..end;
            is_first_name(&flat[name.clone()]).then_some(name)
        })
        .collect()
}

/// Whether a known name names who is advertised by where it stands.
fn stands_for_itself(passage: &Passage<'_>, name: &Range<usize>) -> bool {
    let flat = passage.flat.as_str();
    let head = flat[..name.start].trim_end_matches([' ', ',', ':', '\'', '"', '*']);
    let rest = flat[name.end..].trim_start_matches([' ', ',']);
    let is_greeted = BEFORE
        .iter()
        .any(|word| head.ends_with(word) && is_border(head, head.len() - word.len()))
        && passage.ends_clause(name.end);
    let is_here = flat[name.end..].starts_with(' ')
        && HERE
            .iter()
            .any(|word| rest.starts_with(word) && is_border(rest, word.len()));
    // A listing that begins with the name: "Anna, Utrecht", "Anna 23", "ANNA |".
    let begins = head.is_empty()
        && (passage.field == Field::Title
            || passage.ends_clause(name.end)
            || rest.starts_with(|sign: char| sign.is_ascii_digit()))
        && (passage.ends_clause(name.end)
            || !flat[name.end..].starts_with(' ')
            || rest.starts_with(|sign: char| !sign.is_alphabetic()));
    // A last line of its own: a signature.
    let text = passage.text();
    let signs = rest.is_empty() && text[..name.start].ends_with('\n');
    is_greeted || is_here || begins || signs
}

/// "Anna & Eva": a known name beside one, which is a name or known too.
fn joined(
    passage: &Passage<'_>,
    names: &[Range<usize>],
    known: &[Range<usize>],
) -> Vec<Range<usize>> {
    let is_and = |from: usize, to: usize| {
        passage
            .flat
            .get(from..to)
            .is_some_and(|gap| gap.len() <= 6 && AND.contains(&gap.trim()))
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    for pair in known.windows(2) {
        if is_and(pair[0].end, pair[1].start) {
            found.extend(pair.iter().cloned());
        }
    }
    for name in names {
        let next = known.partition_point(|other| other.start < name.end);
        if let Some(next) = known.get(next).filter(|next| is_and(name.end, next.start)) {
            found.push(next.clone());
        }
    }
    found.retain(|name| !names.contains(name));
    found
}

/// The capitalised word behind "my name is".
fn name_behind(
    passage: &Passage<'_>,
    hit: &Hit,
    language: Option<Language>,
) -> Option<Range<usize>> {
    let rest = &passage.flat[hit.end..];
    let gap = rest.len() - rest.trim_start_matches([' ', ':', '"', '\'', '-']).len();
    if gap == 0 || gap > 3 || passage.text()[hit.end..hit.end + gap].contains('\n') {
        return None;
    }
    let start = hit.end + gap;
    let len = rest[gap..]
        .find(|sign: char| !sign.is_alphabetic())
        .unwrap_or(rest.len() - gap);
    let end = start + len;
    let name = &passage.flat[start..end];
    if !(2..=LONGEST_NAME).contains(&name.chars().count()) {
        return None;
    }
    let written = passage.written(start..end);
    let cue = &passage.flat[hit.start..hit.end];
    // "I am Anna" and "I am Dutch" look alike; "my name is" leaves no doubt.
    let says_name = SAYS_NAME.iter().any(|word| cue.contains(word));
    let is_known = is_first_name(name);
    let mut letters = written.chars();
    let has_capital = letters.next().is_some_and(char::is_uppercase);
    let is_title = has_capital && letters.all(char::is_lowercase);
    let is_written_as_name = is_title || is_known && (has_capital || says_name);
    if !is_written_as_name {
        return None;
    }
    if is_known {
        return (says_name
            || ends_like_a_name(passage, end)
            || is_title && !is_heading(passage, hit))
        .then_some(start..end);
    }
    if !says_name
        && (language == Some(Language::De)
            || is_heading(passage, hit)
            || ADJECTIVE_ENDINGS
                .iter()
                .any(|ending| name.ends_with(ending))
            || !ends_like_a_name(passage, end))
    {
        return None;
    }
    let is_cue = passage
        .hits_in(start..start + 1)
        .iter()
        .any(|cue| cue.end >= end && !matches!(cue.kind, Kind::Alias | Kind::AliasThird));
    (!is_cue && !places::is_town(name)).then_some(start..end)
}

/// "I Am Real": a heading, in which capitals say nothing.
fn is_heading(passage: &Passage<'_>, hit: &Hit) -> bool {
    passage
        .written(hit.start..hit.end)
        .split([' ', '\''])
        .skip(1)
        .any(|word| word.starts_with(char::is_uppercase))
}

/// Behind a name the clause ends, or an age, "and" or "from" follows.
fn ends_like_a_name(passage: &Passage<'_>, end: usize) -> bool {
    passage.ends_clause(end)
        || passage.flat[end..]
            .trim_start()
            .starts_with(|sign: char| sign.is_ascii_digit())
        || passage
            .hits_after(end, 1, |sign| sign == ' ')
            .any(|hit| matches!(hit.kind, Kind::Tail))
}

fn examples() -> &'static [(&'static str, &'static str)] {
    &[
        ("Ik heet Anna, 23 jaar", "alias=Anna @8..12"),
        ("Lisa (19), Utrecht", "alias=Lisa @0..4"),
        ("Vraag naar Eva.", "alias=Eva @11..14"),
        ("Vraag naar de prijs", ""),
        ("I am Polish", ""),
        ("I Am Real", ""),
        ("My name is Mia", "alias=Mia @11..14"),
        ("Anna hier!", "alias=Anna @0..4"),
        ("Anna & Eva", "alias=Anna @0..4; alias=Eva @7..10"),
        ("Tot snel. Kusjes, Mila", "alias=Mila @18..22"),
        ("Paris in the spring", ""),
    ]
}
