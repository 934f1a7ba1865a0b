//! Our own texts, and how well they are read.
//!
//! Every fifth row is unseen: its figures are printed and held, its rows are not looked at when
//! cues or code change. A row that fails there stays as it is and is counted.

use std::collections::BTreeMap;

use model::{About, Answers, How, ListingId, ListingVersion, Observed, PhoneOwner, Statement};

use super::signals;

mod things;

/// Reads one kind of value from every text of a table: the first column holds what must be read,
/// between `;`, or `-`.
#[track_caller]
fn check(
    name: &str,
    table: &'static str,
    read: impl Fn(&Observed) -> Option<String>,
    least: (f64, f64),
) {
    let (mut seen, mut unseen) = (Figures::default(), Figures::default());
    for (is_unseen, row) in rows(table) {
        let (marks, text) = (row[0], row[1]);
        let expected = sorted(
            marks
                .split(';')
                .filter(|mark| *mark != "-")
                .map(str::to_owned)
                .collect(),
        );
        let mut found = sorted(
            signals(&version(text))
                .iter()
                .filter_map(|signal| read(&signal.observed))
                .collect(),
        );
        found.dedup();
        let figures = if is_unseen { &mut unseen } else { &mut seen };
        figures.add(&expected, &found);
        if !is_unseen && found != expected {
            println!("  {text:?}: expected {marks}, found {found:?}");
        }
    }
    seen.print(&format!("{name}, seen"));
    unseen.print(&format!("{name}, unseen"));
    assert!(seen.f1() >= least.0, "{name}, seen: {:.3}", seen.f1());
    assert!(unseen.f1() >= least.1, "{name}, unseen: {:.3}", unseen.f1());
}

/// What a set of texts gave: numbers of what is right, wrong and missing.
#[derive(Default)]
struct Figures {
    n_texts: u32,
    n_right: u32,
    n_wrong: u32,
    n_missing: u32,
    n_negatives: u32,
    n_flagged: u32,
}

impl Figures {
    fn add(&mut self, expected: &[String], found: &[String]) {
        self.n_texts += 1;
        let count = |n: usize| u32::try_from(n).unwrap();
        let right = expected.iter().filter(|one| found.contains(one)).count();
        self.n_right += count(right);
        self.n_missing += count(expected.len() - right);
        self.n_wrong += count(found.iter().filter(|one| !expected.contains(one)).count());
        self.n_negatives += u32::from(expected.is_empty());
        self.n_flagged += u32::from(expected.is_empty() && !found.is_empty());
    }

    fn precision(&self) -> f64 {
        f64::from(self.n_right) / f64::from((self.n_right + self.n_wrong).max(1))
    }

    fn recall(&self) -> f64 {
        f64::from(self.n_right) / f64::from((self.n_right + self.n_missing).max(1))
    }

    fn f1(&self) -> f64 {
        2.0 * self.precision() * self.recall() / (self.precision() + self.recall()).max(1e-9)
    }

    fn print(&self, name: &str) {
        println!(
            "{name}: {} texts, precision {:.3}, recall {:.3}, F1 {:.3}, false alarm on {} of {} without",
            self.n_texts,
            self.precision(),
            self.recall(),
            self.f1(),
            self.n_flagged,
            self.n_negatives
        );
    }
}

/// The statements of youth.
const YOUTH: [Statement; 5] = [
    Statement::JustEighteen,
    Statement::AtSchool,
    Statement::YouthWord,
    Statement::AgeWithheld,
    Statement::Beginner,
];

fn rows(table: &'static str) -> impl Iterator<Item = (bool, Vec<&'static str>)> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .enumerate()
        .map(|(at, line)| (at % 5 == 4, line.split('\t').collect()))
}

fn version(text: &str) -> ListingVersion {
    let mut version = ListingVersion::empty(ListingId::new("t").unwrap());
    version.text = text.replace('|', "\n");
    version.posted_at = Some("2026-03-03".parse().unwrap());
    version
}

fn sorted(mut list: Vec<String>) -> Vec<String> {
    list.sort();
    list
}

/// What the rows of ages gave, apart for rows that were looked at and those that were not.
#[derive(Default)]
struct Ages {
    seen: Figures,
    unseen: Figures,
    minor_seen: Figures,
    minor_unseen: Figures,
    others_untold: [usize; 2],
}

impl Ages {
    fn of(rows: impl Iterator<Item = (bool, Vec<&'static str>)>) -> Self {
        let mut ages = Self::default();
        for (is_unseen, row) in rows {
            ages.add(is_unseen, row[0], row[1]);
        }
        ages
    }

    fn add(&mut self, is_unseen: bool, marks: &str, text: &str) {
        let mut expected = Vec::new();
        let mut minors = Vec::new();
        for mark in marks
            .split(',')
            .filter(|mark| *mark != "-" && !mark.starts_with('o'))
        {
            expected.push(mark.trim_end_matches('!').to_owned());
            if let Some(minor) = mark.strip_suffix('!') {
                minors.push(minor.to_owned());
            }
        }
        let found: Vec<(u8, About)> = signals(&version(text))
            .iter()
            .filter_map(|signal| match signal.observed {
                Observed::Age(age) => Some((age.value, age.about)),
                _ => None,
            })
            .collect();
        let values = |keep: &dyn Fn(u8) -> bool| {
            sorted(
                found
                    .iter()
                    .filter(|(value, about)| *about == About::Advertised && keep(*value))
                    .map(|(value, _)| value.to_string())
                    .collect(),
            )
        };
        let advertised = values(&|_| true);
        let expected = sorted(expected);
        let (all, minor) = if is_unseen {
            (&mut self.unseen, &mut self.minor_unseen)
        } else {
            (&mut self.seen, &mut self.minor_seen)
        };
        all.add(&expected, &advertised);
        minor.add(&minors, &values(&|value| value < 18));
        let n_untold = marks
            .split(',')
            .filter_map(|mark| mark.strip_prefix('o'))
            .filter(|other| {
                !found
                    .iter()
                    .any(|(value, about)| value.to_string() == **other && *about == About::Other)
            })
            .count();
        self.others_untold[usize::from(is_unseen)] += n_untold;
        if !is_unseen && (advertised != expected || n_untold > 0) {
            println!("  {text:?}: expected {marks}, found {found:?}");
        }
    }

    fn print(&self, name: &str) {
        self.seen.print(&format!("{name} ages, seen"));
        self.unseen.print(&format!("{name} ages, unseen"));
        self.minor_seen.print(&format!("{name} under 18, seen"));
        self.minor_unseen.print(&format!("{name} under 18, unseen"));
        println!(
            "{name} ages of others not told: {} seen, {} unseen",
            self.others_untold[0], self.others_untold[1]
        );
    }
}

#[test]
fn stated_ages() {
    let more = rows(include_str!("cases/ages_more.tsv")).map(|(_, row)| (false, row));
    let ages = Ages::of(rows(include_str!("cases/ages.tsv")).chain(more));
    ages.print("all");
    let (seen, minor_seen) = (&ages.seen, &ages.minor_seen);
    assert!(seen.f1() >= 0.97 && minor_seen.f1() >= 0.97 && minor_seen.n_flagged == 0);
    assert!(ages.unseen.f1() >= 0.9 && ages.minor_unseen.n_flagged == 0);
}

/// Sums, birth data, idioms, slips of the pen, chat forms, two with one age: all rows were looked at.
#[test]
fn oddly_stated_ages() {
    let table = include_str!("cases/ages_odd.tsv");
    let ages = Ages::of(rows(table).map(|(_, row)| (false, row)));
    ages.print("odd");
    assert!(ages.minor_seen.f1() >= 0.9 && ages.minor_seen.precision() >= 0.98);
    assert_eq!(ages.seen.n_flagged, 0);
}

/// Sets of one language each, with more near misses than hits.
#[test]
fn stated_ages_by_language() {
    let tables = [
        ("nl", include_str!("cases/ages_nl.tsv")),
        ("en", include_str!("cases/ages_en.tsv")),
        ("de", include_str!("cases/ages_de.tsv")),
        ("fr", include_str!("cases/ages_fr.tsv")),
        ("es", include_str!("cases/ages_es.tsv")),
        ("ro", include_str!("cases/ages_ro.tsv")),
        ("hu", include_str!("cases/ages_hu.tsv")),
        ("pl", include_str!("cases/ages_pl.tsv")),
        ("bg", include_str!("cases/ages_bg.tsv")),
    ];
    for (language, table) in tables {
        let ages = Ages::of(rows(table));
        ages.print(language);
        assert!(ages.seen.f1() >= 0.9, "{language}");
    }
}

/// Boats, cats, children, hearts, pupils and rumours of that age make nobody a minor.
#[test]
fn no_false_minors() {
    let (mut n_adults, mut n_flagged, mut n_minors, mut n_missed) = (0, 0, 0, 0);
    for (_, row) in rows(include_str!("cases/minors.tsv")) {
        let (class, expected, text) = (row[1], row[2], row[3]);
        let is_minor = signals(&version(text)).iter().any(|signal| {
            matches!(signal.observed, Observed::Age(seen) if seen.about == About::Advertised && seen.value < 18)
        });
        if expected == "minor" {
            n_minors += 1;
            n_missed += u32::from(!is_minor);
        } else {
            n_adults += 1;
            n_flagged += u32::from(is_minor);
        }
        if is_minor != (expected == "minor") {
            println!("  {class}: expected {expected}: {text:?}");
        }
    }
    println!("false minors: {n_flagged} of {n_adults}; missed {n_missed} of {n_minors}");
    assert!(n_flagged * 25 <= n_adults, "{n_flagged} of {n_adults}");
    assert_eq!(n_missed, 0);
}

/// Reads the numbers of a row, prints it when it differs and is to be shown, and counts it.
fn add_phones(row: &[&str], is_shown: bool, figures: &mut Figures) {
    let (country, marks, text) = (row[0], row[1], row[2]);
    let mut version = version(text);
    version.country = (country != "-").then(|| country.to_owned());
    let expected = sorted(
        marks
            .split(',')
            .filter(|mark| *mark != "-")
            .map(str::to_owned)
            .collect(),
    );
    // The owner counts where the row says whose it is.
    let tells_owner = marks.contains('=');
    let mut found: Vec<String> = signals(&version)
        .into_iter()
        .filter_map(|signal| match signal.observed {
            Observed::Phone(seen) if tells_owner => {
                let owner = match seen.owner {
                    PhoneOwner::Advertiser => "own",
                    PhoneOwner::Site => "site",
                    PhoneOwner::HelpLine => "help",
                    PhoneOwner::ThirdParty => "third",
                };
                Some(format!("{}={owner}", seen.phone))
            }
            Observed::Phone(seen) => Some(seen.phone.to_string()),
            _ => None,
        })
        .collect();
    found.sort();
    found.dedup();
    figures.add(&expected, &found);
    if is_shown && found != expected {
        println!("  {country} {text:?}: expected {marks}, found {found:?}");
    }
}

#[test]
fn phone_numbers() {
    let (mut seen, mut unseen) = (Figures::default(), Figures::default());
    for (is_unseen, row) in rows(include_str!("cases/phones.tsv")) {
        let figures = if is_unseen { &mut unseen } else { &mut seen };
        add_phones(&row, !is_unseen, figures);
    }
    seen.print("phones, seen");
    unseen.print("phones, unseen");
    assert!(seen.f1() >= 0.98 && unseen.f1() >= 0.95);
}

/// All rows of these were looked at: more ways to write a number, and digits that are none.
#[test]
fn phone_numbers_and_near_misses() {
    let mut figures = Figures::default();
    let tables = [
        include_str!("cases/phones_more.tsv"),
        include_str!("cases/phones_near.tsv"),
    ];
    for (_, row) in tables.into_iter().flat_map(rows) {
        add_phones(&row, true, &mut figures);
    }
    figures.print("phones, more and near misses");
    assert!(figures.precision() >= 0.97 && figures.recall() >= 0.97);
    assert!(figures.n_flagged * 100 <= figures.n_negatives * 2);
}

#[test]
fn youth_statements() {
    let (mut seen, mut unseen) = (Figures::default(), Figures::default());
    for (is_unseen, row) in rows(include_str!("cases/youth.tsv")) {
        let (language, marks, text) = (row[0], row[1], row[2]);
        let expected = sorted(
            marks
                .split(',')
                .filter(|mark| *mark != "-")
                .map(str::to_owned)
                .collect(),
        );
        let mut found: Vec<String> = signals(&version(text))
            .into_iter()
            .filter_map(|signal| match signal.observed {
                Observed::Statement(statement) if YOUTH.contains(&statement) => {
                    Some(statement.name().to_owned())
                }
                _ => None,
            })
            .collect();
        found.sort();
        found.dedup();
        let figures = if is_unseen { &mut unseen } else { &mut seen };
        figures.add(&expected, &found);
        if !is_unseen && found != expected {
            let refused: Vec<String> = signals(&version(text))
                .into_iter()
                .filter_map(|signal| match signal.observed {
                    Observed::Refused(refused) => {
                        Some(format!("{}: {}", refused.read_as, refused.reason))
                    }
                    _ => None,
                })
                .collect();
            println!("  {language} {text:?}: expected {marks}, found {found:?}, {refused:?}");
        }
    }
    seen.print("youth, seen");
    unseen.print("youth, unseen");
    assert!(seen.f1() >= 0.9 && unseen.f1() >= 0.7);
}

/// The indicator that a signal of youth counts for; an age below 18 is explicit.
fn indicator(observed: &Observed) -> Option<&'static str> {
    match observed {
        Observed::Statement(Statement::JustEighteen) => Some("M5"),
        Observed::Statement(Statement::AtSchool | Statement::YouthWord) => Some("M6"),
        Observed::Statement(Statement::AgeWithheld) => Some("M7"),
        Observed::Age(age) if age.about != About::Advertised => None,
        Observed::Age(age) if age.value < 18 => Some("M1"),
        Observed::Age(age) if matches!(age.how, How::Disguised | How::Puzzle) => Some("M7"),
        _ => None,
    }
}

/// Sentences by class, as many near misses as hits in each language.
#[test]
fn youth_by_indicator() {
    let mut by_language: BTreeMap<&str, Figures> = BTreeMap::new();
    for (_, row) in rows(include_str!("cases/youth_more.tsv")) {
        let (language, mark, text) = (row[0], row[1], row[2]);
        let signals = signals(&version(text));
        let mut found: Vec<String> = signals
            .iter()
            .filter_map(|signal| indicator(&signal.observed))
            // A year of school below 18 is said of a pupil too.
            .map(|id| if id == "M1" && mark == "M6" { "M6" } else { id })
            .map(str::to_owned)
            .collect();
        found.sort();
        found.dedup();
        let expected: Vec<String> = (mark != "-").then(|| mark.to_owned()).into_iter().collect();
        by_language
            .entry(language)
            .or_default()
            .add(&expected, &found);
        if found != expected {
            let said: Vec<String> = signals
                .into_iter()
                .filter_map(|signal| match (signal.observed, signal.span) {
                    (Observed::Refused(refused), _) => {
                        Some(format!("{}: {}", refused.read_as, refused.reason))
                    }
                    (observed, Some(span)) => indicator(&observed).map(|id| {
                        format!("{id} {}", &text[span.start as usize..span.end as usize])
                    }),
                    _ => None,
                })
                .collect();
            println!("  {language} {text:?}: expected {mark}, found {found:?}, {said:?}");
        }
    }
    for (language, figures) in by_language {
        figures.print(&format!("youth by indicator, {language}"));
        assert!(figures.f1() >= 0.92, "{language}");
    }
}

/// Who answers, decides, keeps the money, stays, is shown or shares a page.
#[test]
fn who_statements() {
    const WHO: [Statement; 5] = [
        Statement::Restricted,
        Statement::MoneyToOthers,
        Statement::Presented,
        Statement::Movement,
        Statement::SeveralPersons,
    ];
    let read = |observed: &Observed| match observed {
        Observed::Statement(statement) if WHO.contains(statement) => {
            Some(statement.name().to_owned())
        }
        Observed::Answers(Answers::Self_) => Some("self".to_owned()),
        Observed::Answers(Answers::Other) => Some("other".to_owned()),
        _ => None,
    };
    let table = include_str!("cases/cues.tsv");
    check("who", table, read, (0.9, 0.8));
}
