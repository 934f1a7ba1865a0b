//! How well texts are read that were written apart from the code: ages, phone numbers, and what a
//! listing says in words, in nine languages.
//!
//! The texts are in `sets/seen` and `sets/unseen`; their authors knew neither the code nor the cue
//! tables. Rows of `seen` were looked at when cues and code changed, rows of `unseen` never: their
//! figures are what a new text may expect. `sets/README.md` describes the columns.
//!
//! `cargo test -p scorer --test sets -- --nocapture` prints the figures and the seen rows that fail;
//! `WAAKLICHT_SETS=FOLDER` reads another folder and prints every row that fails.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test stops where it fails; figures are printed; the folder is named by hand"
)]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use model::{
    About, AgeField, Answers, LinkContext, ListingId, ListingVersion, Observed, PhoneOwner, Signal,
    Statement,
};
use scorer::{Policy, RulePack, Scorer, signals};

/// What a set gave: labels that are right, wrong and missing, and texts without any that got one.
#[derive(Clone, Copy, Default)]
struct Figures {
    n_right: u32,
    n_wrong: u32,
    n_missing: u32,
    n_negatives: u32,
    n_flagged: u32,
}

impl Figures {
    /// Counts one text; whether all is right.
    fn add(&mut self, expected: &BTreeSet<String>, found: &BTreeSet<String>) -> bool {
        let n = |count: usize| u32::try_from(count).unwrap();
        self.n_right += n(expected.intersection(found).count());
        self.n_wrong += n(found.difference(expected).count());
        self.n_missing += n(expected.difference(found).count());
        self.n_negatives += u32::from(expected.is_empty());
        self.n_flagged += u32::from(expected.is_empty() && !found.is_empty());
        expected == found
    }

    fn merge(&mut self, other: Self) {
        self.n_right += other.n_right;
        self.n_wrong += other.n_wrong;
        self.n_missing += other.n_missing;
        self.n_negatives += other.n_negatives;
        self.n_flagged += other.n_flagged;
    }

    fn precision(self) -> f64 {
        f64::from(self.n_right) / f64::from((self.n_right + self.n_wrong).max(1))
    }

    fn recall(self) -> f64 {
        f64::from(self.n_right) / f64::from((self.n_right + self.n_missing).max(1))
    }

    fn f1(self) -> f64 {
        2.0 * self.precision() * self.recall() / (self.precision() + self.recall()).max(1e-9)
    }

    fn flagged_share(self) -> f64 {
        f64::from(self.n_flagged) / f64::from(self.n_negatives.max(1))
    }

    fn line(self, name: &str) -> String {
        format!(
            "{name:<28} precision {:.3} recall {:.3} F1 {:.3}  flagged {} of {} without",
            self.precision(),
            self.recall(),
            self.f1(),
            self.n_flagged,
            self.n_negatives
        )
    }
}

/// The figures of one measure, whole and by language.
struct Measure {
    name: &'static str,
    whole: Figures,
    by_language: Vec<(String, Figures)>,
}

impl Measure {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            whole: Figures::default(),
            by_language: Vec::new(),
        }
    }

    fn add(
        &mut self,
        language: &str,
        expected: &BTreeSet<String>,
        found: &BTreeSet<String>,
    ) -> bool {
        let mut one = Figures::default();
        let is_right = one.add(expected, found);
        self.whole.merge(one);
        match self
            .by_language
            .iter_mut()
            .find(|(known, _)| known == language)
        {
            Some((_, figures)) => figures.merge(one),
            None => self.by_language.push((language.to_owned(), one)),
        }
        is_right
    }

    fn print(&self, folder: &str) {
        println!("{}", self.whole.line(&format!("{folder} {}", self.name)));
        for (language, figures) in &self.by_language {
            println!("{}", figures.line(&format!("    {language}")));
        }
    }
}

/// The rows of the sets of one kind, and whether rows that fail are to be shown.
struct Folder {
    name: String,
    rows: Vec<Vec<String>>,
    shows: bool,
}

/// `seen` and `unseen`, or the folder that the environment names.
fn folders(kind: &str, n_columns: usize) -> Vec<Folder> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sets");
    let named = std::env::var_os("WAAKLICHT_SETS").map(PathBuf::from);
    let folders = match named {
        Some(folder) => vec![(folder, true)],
        None => vec![(own.join("seen"), true), (own.join("unseen"), false)],
    };
    folders
        .into_iter()
        .map(|(folder, shows)| {
            let mut files: Vec<PathBuf> = fs::read_dir(&folder)
                .unwrap_or_else(|error| panic!("cannot read {}: {error}", folder.display()))
                .map(|entry| entry.unwrap().path())
                .filter(|path| {
                    let name = path.file_name().unwrap().to_string_lossy().into_owned();
                    name.starts_with(&format!("{kind}.")) && name.ends_with(".tsv")
                })
                .collect();
            files.sort();
            let mut rows = Vec::new();
            for file in files {
                for (at, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
                    if line.is_empty() || line.starts_with('#') {
                        continue;
                    }
                    let row: Vec<String> = line.split('\t').map(str::to_owned).collect();
                    assert_eq!(
                        row.len(),
                        n_columns,
                        "{}:{}: columns",
                        file.display(),
                        at + 1
                    );
                    rows.push(row);
                }
            }
            Folder {
                name: folder.file_name().unwrap().to_string_lossy().into_owned(),
                rows,
                shows,
            }
        })
        .collect()
}

fn version(text: &str) -> ListingVersion {
    let mut version = ListingVersion::empty(ListingId::new("t").unwrap());
    version.text = text.replace('|', "\n");
    version.posted_at = Some("2026-03-03".parse().unwrap());
    version
}

fn labels(column: &str) -> BTreeSet<String> {
    column
        .split(',')
        .filter(|label| *label != "-")
        .map(str::to_owned)
        .collect()
}

fn scorer() -> Scorer {
    Scorer::new(RulePack::core(), Policy::named("police").unwrap())
}

/// Indicators that count: findings with points, and labels of research.
fn indicators(
    scorer: &Scorer,
    version: &ListingVersion,
    signals: Vec<Signal>,
) -> (BTreeSet<String>, bool) {
    let links = LinkContext::alone("2026-03-03".parse().unwrap());
    let assessment = scorer.assess(version, signals, &links);
    let is_hard = assessment.findings.iter().any(|finding| finding.hard);
    let mut found: BTreeSet<String> = assessment
        .findings
        .iter()
        .filter(|finding| {
            finding.points > 0 || ["H2", "C14"].contains(&finding.indicator.0.as_str())
        })
        .map(|finding| finding.indicator.0.clone())
        .collect();
    found.extend(
        assessment
            .protective
            .iter()
            .map(|finding| finding.indicator.0.clone()),
    );
    (found, is_hard)
}

/// Ages of the advertised person, and what follows for minors (indicators M1, M5, M6, M7).
#[test]
fn ages_and_minors() {
    let scorer = scorer();
    for folder in folders("ages", 6) {
        let mut ages = Measure::new("ages");
        let mut explicit = Measure::new("explicit minor");
        let mut implied = Measure::new("implied minor");
        let mut any = Measure::new("hard negatives");
        let mut failing = String::new();
        for row in &folder.rows {
            let [language, field, stated, verdict, class, text] = row.as_slice() else {
                unreachable!("columns were counted");
            };
            let mut version = version(text);
            if field != "-" {
                version.age = Some(AgeField::Words(field.clone()));
            }
            let signals = signals(&version);
            let found: BTreeSet<String> = signals
                .iter()
                .filter_map(|signal| match signal.observed {
                    Observed::Age(seen)
                        if seen.about == About::Advertised && seen.how != model::How::Field =>
                    {
                        Some(seen.value.to_string())
                    }
                    _ => None,
                })
                .collect();
            let (indicators, is_hard) = indicators(&scorer, &version, signals);
            let is_implied = ["M5", "M6", "M7"].iter().any(|id| indicators.contains(*id));
            let judged = match (is_hard, is_implied) {
                (true, _) => "explicit",
                (false, true) => "implied",
                _ => "-",
            };
            let one = |wanted: &str| -> [BTreeSet<String>; 2] {
                [verdict.as_str(), judged].map(|given| {
                    (given == wanted)
                        .then(|| wanted.to_owned())
                        .into_iter()
                        .collect()
                })
            };
            let right_ages = ages.add(language, &labels(stated), &found);
            let [expected, given] = one("explicit");
            let right_explicit = explicit.add(language, &expected, &given);
            let [expected, given] = one("implied");
            let right_implied = implied.add(language, &expected, &given);
            if matches!(verdict.as_str(), "adult" | "none") {
                any.add(language, &BTreeSet::new(), &labels(judged));
            }
            if !(right_ages && right_explicit && right_implied) {
                writeln!(
                    failing,
                    "  {language} {class}: {verdict}, ages {stated}; found {judged}, ages {found:?} {indicators:?}: {text}"
                )
                .unwrap();
            }
        }
        if folder.shows {
            print!("{failing}");
        }
        for measure in [&ages, &explicit, &implied, &any] {
            measure.print(&folder.name);
        }
        hold(
            &folder,
            &[
                (&ages, [(0.88, 0.04), (0.84, 0.06)]),
                (&explicit, [(0.87, 0.02), (0.81, 0.05)]),
                (&implied, [(0.9, 0.01), (0.82, 0.03)]),
                (&any, [(0.0, 0.03), (0.0, 0.08)]),
            ],
        );
    }
}

/// Every number that a test expects is of the ranges that reach nobody.
#[test]
fn expected_phones_are_of_the_fixture_ranges() {
    const RANGES: [(&str, usize); 4] = [
        ("+3161234", 12),
        ("+4917139200", 13),
        ("+442079460", 13),
        ("+3363998", 12),
    ];
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/signals/cases");
    let mut numbers: Vec<String> = Vec::new();
    for file in fs::read_dir(cases).unwrap().map(|entry| entry.unwrap()) {
        let name = file.file_name().to_string_lossy().into_owned();
        if name.starts_with("phones") && name.ends_with(".tsv") {
            let table = fs::read_to_string(file.path()).unwrap();
            let rows = table.lines().filter(|line| !line.starts_with('#'));
            numbers.extend(rows.filter_map(|row| Some(row.split('\t').nth(1)?.to_owned())));
        }
    }
    let sets = folders("phones", 7).into_iter();
    numbers.extend(sets.flat_map(|folder| folder.rows.into_iter().map(|mut row| row.remove(2))));
    assert!(numbers.len() > 1_000, "{}", numbers.len());
    for number in numbers.iter().flat_map(|column| column.split(',')) {
        let (number, _) = number.split_once('=').unwrap_or((number, ""));
        let is_fixture = RANGES
            .iter()
            .any(|(range, len)| number.starts_with(range) && number.len() == *len);
        assert!(is_fixture || number == "-", "{number}");
    }
}

/// Phone numbers: the number, how it is written, whose it is.
#[test]
fn phone_numbers() {
    for folder in folders("phones", 7) {
        let mut numbers = Measure::new("phones");
        let mut ways = Measure::new("phones, obscured or plain");
        let mut owners = Measure::new("phones, whose");
        let mut failing = String::new();
        for row in &folder.rows {
            let [language, country, stated, written, whose, class, text] = row.as_slice() else {
                unreachable!("columns were counted");
            };
            let mut version = version(text);
            version.country = (country != "-").then(|| country.clone());
            let mut found = [BTreeSet::new(), BTreeSet::new(), BTreeSet::new()];
            for signal in signals(&version) {
                if let Observed::Phone(seen) = signal.observed {
                    let phone = seen.phone.to_string();
                    let way = if seen.obscured { "obscured" } else { "plain" };
                    let owner = match seen.owner {
                        PhoneOwner::Advertiser => "own",
                        PhoneOwner::Site => "site",
                        PhoneOwner::HelpLine => "help",
                        PhoneOwner::ThirdParty => "third",
                    };
                    found[1].insert(format!("{phone} {way}"));
                    found[2].insert(format!("{phone} {owner}"));
                    found[0].insert(phone);
                }
            }
            let with = |column: &str| -> BTreeSet<String> {
                stated
                    .split(',')
                    .zip(column.split(','))
                    .filter(|(phone, _)| *phone != "-")
                    .map(|(phone, label)| format!("{phone} {label}"))
                    .collect()
            };
            let right = numbers.add(language, &labels(stated), &found[0]);
            let right_way = ways.add(language, &with(written), &found[1]);
            let right_owner = owners.add(language, &with(whose), &found[2]);
            if !(right && right_way && right_owner) {
                writeln!(
                    failing,
                    "  {language} {country} {class}: {stated} {written} {whose}; found {:?} {:?}: {text}",
                    found[1], found[2]
                )
                .unwrap();
            }
        }
        if folder.shows {
            print!("{failing}");
        }
        for measure in [&numbers, &ways, &owners] {
            measure.print(&folder.name);
        }
        hold(
            &folder,
            &[
                (&numbers, [(0.99, 0.01), (0.96, 0.02)]),
                (&ways, [(0.99, 0.01), (0.96, 0.02)]),
                (&owners, [(0.99, 0.01), (0.93, 0.02)]),
            ],
        );
    }
}

/// The language of each text of all sets: right, wrong and unknown.
#[test]
fn languages() {
    for (kind, n_columns) in [("ages", 6), ("phones", 7), ("cues", 4)] {
        for folder in folders(kind, n_columns) {
            let (mut n_right, mut n_wrong) = (0, 0);
            for row in &folder.rows {
                let told = signals(&version(&row[n_columns - 1]))
                    .into_iter()
                    .find_map(|signal| match (signal.observed, signal.span) {
                        (Observed::Language(language), None) => Some(language),
                        _ => None,
                    });
                match told {
                    Some(language) if language.code() == row[0] => n_right += 1,
                    Some(_) => n_wrong += 1,
                    None => {}
                }
            }
            let n = folder.rows.len();
            println!(
                "{} {kind}: language right {n_right}, wrong {n_wrong} of {n}",
                folder.name
            );
            assert!(
                n_right * 100 >= n * 75 && n_wrong * 100 <= n * 4,
                "{kind}: languages"
            );
        }
    }
}

/// What a listing says in words: who answers, how many, where, who decides.
#[test]
fn cues() {
    let scorer = scorer();
    for folder in folders("cues", 4) {
        let mut all = Measure::new("cues");
        let mut by_label: Vec<(String, Figures)> = Vec::new();
        let mut failing = String::new();
        for row in &folder.rows {
            let [language, stated, class, text] = row.as_slice() else {
                unreachable!("columns were counted");
            };
            let version = version(text);
            let signals = signals(&version);
            let mut found: BTreeSet<String> = signals
                .iter()
                .filter_map(|signal| match &signal.observed {
                    Observed::Statement(Statement::TwoTogether) => Some("DUO"),
                    Observed::Statement(Statement::Accompanied) => Some("SAFE"),
                    Observed::Statement(Statement::Beginner) => Some("NEW"),
                    Observed::Statement(Statement::NumberInPicture | Statement::TextInPicture) => {
                        Some("TEXTPIC")
                    }
                    Observed::Answers(Answers::Self_) => Some("P2"),
                    _ => None,
                })
                .map(str::to_owned)
                .collect();
            found.extend(
                indicators(&scorer, &version, signals)
                    .0
                    .into_iter()
                    .map(|id| if id == "R7" { "BOSS".to_owned() } else { id })
                    .filter(|id| !id.starts_with('M')),
            );
            let expected = labels(stated);
            let is_right = all.add(language, &expected, &found);
            for label in expected.union(&found) {
                let one: BTreeSet<String> = BTreeSet::from([label.clone()]);
                let has = |set: &BTreeSet<String>| one.intersection(set).cloned().collect();
                let place = by_label.iter().position(|(known, _)| known == label);
                let at = place.unwrap_or_else(|| {
                    by_label.push((label.clone(), Figures::default()));
                    by_label.len() - 1
                });
                by_label[at].1.add(&has(&expected), &has(&found));
            }
            if !is_right {
                writeln!(
                    failing,
                    "  {language} {class}: {stated}; found {found:?}: {text}"
                )
                .unwrap();
            }
        }
        if folder.shows {
            print!("{failing}");
        }
        all.print(&folder.name);
        hold(&folder, &[(&all, [(0.88, 0.08), (0.64, 0.18)])]);
        by_label.sort_by(|one, two| one.0.cmp(&two.0));
        for (label, figures) in by_label {
            println!("{}", figures.line(&format!("    {label}")));
        }
    }
}

/// What each measure must reach, in `seen` and in `unseen`: at least this F1, at most this share of
/// texts without a label flagged. A folder that the environment names is only printed.
fn hold(folder: &Folder, floors: &[(&Measure, [(f64, f64); 2])]) {
    let Some(which) = ["seen", "unseen"]
        .iter()
        .position(|name| folder.name == *name)
    else {
        return;
    };
    for (measure, floors) in floors {
        let (least_f1, most_flagged) = floors[which];
        let figures = measure.whole;
        assert!(
            figures.f1() >= least_f1 && figures.flagged_share() <= most_flagged,
            "{} {}: below its floor",
            folder.name,
            measure.name
        );
    }
}
