//! Tests of packs as a whole: the core pack, refusals, order, the prefilter.

use model::{ListingId, Signal, Timestamp};

use super::*;

fn version(text: &str) -> ListingVersion {
    ListingVersion {
        text: text.to_owned(),
        ..ListingVersion::empty(ListingId::new("a").unwrap())
    }
}

fn alone() -> LinkContext {
    LinkContext::alone(Timestamp::from_ms(0))
}

#[test]
fn the_core_pack_loads_and_its_examples_hold() {
    let pack = RulePack::core();
    assert!(pack.rules().len() >= 40, "{} rules", pack.rules().len());
    let failures = pack.verify();
    let lines: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert!(
        lines.is_empty(),
        "{} failures:\n{}",
        lines.len(),
        lines.join("\n")
    );
}

#[test]
fn the_core_pack_uses_no_forbidden_feature() {
    assert_eq!(lint_forbidden(&RulePack::core()), []);
}

/// A rule that can be varied by replacing parts of its text.
const RULE: &str = r#"
schema = 1
id = "WL-TST-0001"
uuid = "00000000-0000-4000-8000-000000000001"
version = 1
title = { nl = "Proef", en = "Trial" }
status = "draft"
level = "low"
indicator = "C4"
family = "organisation"
kind = "text"
languages = ["nl"]
created = 2026-01-10
modified = 2026-01-10
references = ["indicators:C4"]
rationale = { nl = "Proef.", en = "Trial." }
false_positives = ["none known"]
blind_spots = ["none known"]
triage = { nl = "Lees.", en = "Read." }

[score]
points = 10

[[match.any]]
lang = "nl"
phrases = ["onze bel", "rode {first_name}"]

[[match.not]]
window = { tokens = 2, side = "before" }
any = ["geen"]

[[exclude]]
id = "shop"
phrases = ["winkel"]
reason = { nl = "Winkel", en = "Shop" }
"#;

fn load(toml: &str) -> Result<RulePack, PackError> {
    RulePack::load(
        "trial",
        [("rules/WL-TST-0001.toml".to_owned(), toml.to_owned())],
    )
}

#[track_caller]
fn refused(toml: &str, expected: &str) {
    let error = load(toml).unwrap_err().to_string();
    assert!(
        error.lines().any(|line| line.contains(expected)),
        "expected `{expected}` in:\n{error}"
    );
}

/// The outcome of the trial rule: `fires WORDS`, `silent WHY` or `unknown WHAT`.
fn outcome(toml: &str, version: &ListingVersion, signals: &[Signal]) -> String {
    let pack = load(toml).unwrap();
    let id = RuleId("WL-TST-0001".to_owned());
    let outcome = pack.outcome(&id, version, signals, &alone()).unwrap();
    match outcome.verdict {
        Verdict::Fires => {
            let words: Vec<String> = outcome
                .evidence
                .iter()
                .map(|evidence| match evidence {
                    model::Evidence::Span(span) => {
                        let text = version.field_text(span.field).unwrap();
                        text[span.range()].to_owned()
                    }
                    other => format!("{other:?}"),
                })
                .collect();
            format!("fires {} for {}", words.join("; "), outcome.points)
        }
        Verdict::Silent => format!("silent {}", outcome.refusals.join("; ")),
        Verdict::Unknown(missing) => format!("unknown {missing}"),
    }
}

#[track_caller]
fn check(toml: &str, text: &str, expected: &str) {
    assert_eq!(
        outcome(toml, &version(text), &[]).trim(),
        expected,
        "{text}"
    );
}

#[test]
fn hits_map_back_to_the_original() {
    check(
        RULE,
        "Bij ÓNZE\u{a0}BÉL thuis",
        "fires ÓNZE\u{a0}BÉL for 10",
    );
    check(
        RULE,
        "onze bel en onze bel",
        "fires onze bel; onze bel for 10",
    );
    check(RULE, "Kijk: rode Anna", "fires rode Anna for 10");
    check(RULE, "Kijk: rode prijs", "silent");
}

#[test]
fn negation_stays_within_its_clause_and_window() {
    check(RULE, "geen onze bel", "silent negated");
    check(RULE, "geen fiets, onze bel", "fires onze bel for 10");
    check(RULE, "geen een twee onze bel", "fires onze bel for 10");
    check(
        RULE,
        "geen onze bel. Wel onze bel.",
        "fires onze bel for 10",
    );
    let after = RULE.replace("\"before\"", "\"after\"");
    check(&after, "onze bel geen", "silent negated");
    check(&after, "geen onze bel", "fires onze bel for 10");
    let around = RULE.replace("\"before\"", "\"around\", border = \"sentence\"");
    check(&around, "geen fiets, onze bel", "silent negated");
}

#[test]
fn exclusions_work_in_their_scope() {
    check(RULE, "onze bel. De winkel.", "silent exclude:shop");
    let sentence = RULE.replace(
        "phrases = [\"winkel\"]",
        "phrases = [\"winkel\"]\nscope = \"sentence\"",
    );
    check(&sentence, "onze bel. De winkel.", "fires onze bel for 10");
    check(&sentence, "onze bel in de winkel.", "silent exclude:shop");
    let hit = RULE.replace(
        "phrases = [\"winkel\"]",
        "text = 'onze bel(?:en)? tree'\nscope = \"match\"",
    );
    check(&hit, "onze bel tree. onze bel", "fires onze bel for 10");
}

#[test]
fn a_signal_takes_the_hit_away_that_it_overlaps() {
    let refused = RULE.replace(
        "phrases = [\"winkel\"]",
        "when = { signal = \"refused\", one_of = [\"age\"] }\nscope = \"match\"",
    );
    let signal = Signal {
        observed: model::Observed::Refused(model::Refused {
            candidate: "age".to_owned(),
            read_as: "18".to_owned(),
            reason: "trial".to_owned(),
        }),
        span: Some(model::Span::new(model::Field::Text, 5, 8)),
    };
    let text = version("onze bel. onze bel");
    assert_eq!(outcome(&refused, &text, &[signal]), "fires onze bel for 10");
    let by_field = RULE.replace(
        "phrases = [\"winkel\"]",
        "when = { field = \"author.kind\", one_of = [\"x\"] }\nscope = \"match\"",
    );
    super::tests::refused(&by_field, "only signals have a place");
}

#[test]
fn points_by_sentence_and_match() {
    let sentence = RULE.replace("points = 10", "points = 10\nonce_per = \"sentence\"");
    let text = "onze bel, onze bel. onze bel";
    check(&sentence, text, "fires onze bel; onze bel; onze bel for 20");
    let each = RULE.replace("points = 10", "points = 10\nonce_per = \"match\"");
    check(&each, text, "fires onze bel; onze bel; onze bel for 30");
}

#[test]
fn a_second_group_must_hit_too() {
    let also = RULE.replace(
        "[[match.not]]",
        "[[match.also]]\nsame_sentence = true\n[[match.also.any]]\nlang = \"nl\"\nid = \"b\"\nphrases = [\"stuur\"]\n\n[[match.not]]",
    );
    check(&also, "onze bel", "silent");
    check(&also, "onze bel met stuur", "fires onze bel; stuur for 10");
    check(&also, "onze bel. stuur", "silent");
    let twice = RULE.replace("[[match.any]]", "[match]\nat_least = 2\n[[match.any]]");
    check(&twice, "onze bel", "silent");
    check(
        &twice,
        "onze bel, onze bel",
        "fires onze bel; onze bel for 10",
    );
}

#[test]
fn a_missing_field_is_unknown_and_a_missing_hit_is_silent() {
    let with = format!("{RULE}\n[[when]]\nfield = \"author.verified\"\nis = true\n");
    check(&with, "onze bel", "unknown field `author.verified`");
    check(&with, "niets", "silent");
    let mut verified = version("onze bel");
    verified.author = Some(model::Author {
        verified: Some(true),
        ..model::Author::default()
    });
    assert_eq!(
        outcome(&with, &verified, &[]),
        "fires onze bel; Field(Author) for 10"
    );
    let absent = format!("{RULE}\n[[when]]\nfield = \"author.verified\"\nexists = false\n");
    check(&absent, "onze bel", "fires onze bel for 10");
    let fact = format!("{RULE}\n[[when]]\nfact = \"contact.identities\"\ngte = 3\n");
    check(&fact, "onze bel", "unknown fact `contact.identities`");
}

#[test]
fn the_original_letters_can_be_asked_for() {
    let exact = RULE.replace("phrases = [\"onze", "exact = '^O'\nphrases = [\"onze");
    check(&exact, "Onze bel", "fires Onze bel for 10");
    check(&exact, "onze bel", "silent");
}

#[test]
fn the_listing_s_language_chooses_the_patterns() {
    let mut english = version("onze bel");
    english.language = Some("en".to_owned());
    assert_eq!(outcome(RULE, &english, &[]).trim(), "silent");
    english.language = Some("it".to_owned());
    assert_eq!(
        outcome(RULE, &english, &[]),
        "fires onze bel for 10",
        "an unknown language is given all"
    );
}

#[test]
fn mistakes_are_named_with_line_and_way_out() {
    refused(
        &RULE.replace("level = \"low\"", "level = \"low\"\ncolour = 1"),
        "rules/WL-TST-0001.toml:9: unknown key `colour`; known: `blind_spots`",
    );
    refused(
        &RULE.replace("level = \"low\"", "level = \"tiny\""),
        "WL-TST-0001.toml:8: unknown level `tiny`; known: `informational`, `low`",
    );
    refused(
        &RULE.replace("points = 10", "points = \"10\""),
        "`points` must be a whole number, not string",
    );
    refused(
        &RULE.replace("points = 10", "points = 1000"),
        "`points` must be from 0 to 100",
    );
    refused(&RULE.replace("schema = 1", "schema = 2"), "unknown schema");
    refused(&RULE.replace("0001\"\nuuid", "1\"\nuuid"), "no rule id");
    refused(&RULE.replace("\"C4\"", "\"M10\""), "must not be built");
    refused(
        &RULE.replace("\"C4\"", "\"C99\""),
        "unknown indicator `C99`",
    );
    refused(
        &RULE.replace("kind = \"text\"", "kind = \"text\"\nhard = true"),
        "only rules of the family `minor` are hard",
    );
    refused(
        &RULE.replace("status = \"draft\"", "status = \"test\""),
        "0 examples that fire and 0 near misses",
    );
    refused(
        &RULE.replace("onze bel", "onze [bel"),
        "does not close its `[`",
    );
    refused(
        &RULE.replace("\"rode {first_name}\"", "\"Poolse dame\""),
        "speaks of origin or nationality",
    );
    refused(
        &format!("{RULE}\n[[when]]\nsignal = \"age_text\"\n"),
        "unknown signal `age_text`; known: `age`, `age_conflict`, `alias`",
    );
    refused(
        &format!("{RULE}\n[[when]]\nfact = \"contact.identity\"\ngte = 1\n"),
        "unknown fact `contact.identity`; known: `contact.identities`",
    );
    refused(
        &format!("{RULE}\n[[when]]\nfield = \"author.colour\"\nis = true\n"),
        "unknown field `author.colour`",
    );
    refused(
        &format!("{RULE}\n[[when]]\nsignal = \"phone\"\nvalue = 3\n"),
        "unknown key `value`",
    );
    refused(
        &RULE.replace("nl = \"Proef.\"", "nl = \"Proef.\", de = \"Probe.\""),
        "unknown key `de`; known: `en`, `nl`",
    );
    refused(
        &RULE.replace("languages = [\"nl\"]", "languages = [\"xx\"]"),
        "unknown languages `xx`",
    );
    refused("schema = [", "not valid TOML");
    refused(
        &RULE.replace(
            "[[match.any]]\nlang = \"nl\"\nphrases",
            "[[match.none]]\nphrases",
        ),
        "`any` must hold at least one phrase or regex",
    );
}

#[test]
fn all_problems_are_reported_together() {
    let broken = RULE
        .replace("level = \"low\"", "level = \"tiny\"\ncolour = 1")
        .replace("points = 10", "points = 1000");
    let error = RulePack::load(
        "trial",
        [
            ("rules/WL-TST-0001.toml".to_owned(), broken),
            ("rules/WL-TST-0002.toml".to_owned(), "schema = 1".to_owned()),
        ],
    )
    .unwrap_err();
    let files: std::collections::BTreeSet<&str> = error
        .problems
        .iter()
        .map(|problem| problem.path.as_str())
        .collect();
    assert_eq!(files.len(), 2);
    let first = error
        .problems
        .iter()
        .filter(|one| one.path.ends_with("0001.toml"));
    assert_eq!(first.count(), 3, "{error}");
}

#[test]
fn an_id_is_given_once() {
    let error = RulePack::load(
        "trial",
        [
            ("a/WL-TST-0001.toml".to_owned(), RULE.to_owned()),
            ("b/WL-TST-0001.toml".to_owned(), RULE.to_owned()),
        ],
    )
    .unwrap_err();
    assert!(error.to_string().contains("an id is given once"), "{error}");
}

#[test]
fn an_example_that_does_not_hold_is_named() {
    let example = "\n[[example]]\ntext = \"onze bel\"\nexpect = { fires = true, spans = [[0, 4]] }\n[[example]]\ntext = \"niets\"\nexpect = { fires = true, todo = true }\n[[example]]\ntext = \"onze bel\"\nexpect = { fires = true, todo = true }\n";
    let pack = load(&format!("{RULE}{example}")).unwrap();
    let failures: Vec<String> = pack.verify().iter().map(ToString::to_string).collect();
    assert_eq!(failures.len(), 2, "{failures:?}");
    assert!(
        failures[0]
            .contains("example 1 of `WL-TST-0001`: expected a hit, spans [(0, 4)], found a hit"),
        "{}",
        failures[0]
    );
    assert!(
        failures[1].contains("example 3") && failures[1].contains("remove `todo`"),
        "{}",
        failures[1]
    );
}

#[test]
fn neither_layout_nor_order_of_files_changes_the_digest() {
    let other = RULE
        .replace("0001", "0002")
        .replace("000000000001", "000000000002");
    let files = [
        ("rules/WL-TST-0001.toml".to_owned(), RULE.to_owned()),
        ("rules/WL-TST-0002.toml".to_owned(), other),
    ];
    let forward = RulePack::load("trial", files.clone()).unwrap();
    let backward = RulePack::load("trial", files.clone().into_iter().rev()).unwrap();
    assert_eq!(forward.reference(), backward.reference());
    let [(path, first), second] = files;
    let spaced = RulePack::load(
        "trial",
        [
            (path.clone(), format!("# note\n{first}\n\n")),
            second.clone(),
        ],
    )
    .unwrap();
    assert_eq!(forward.reference(), spaced.reference());
    let changed = RulePack::load(
        "trial",
        [(path, first.replace("points = 10", "points = 11")), second],
    )
    .unwrap();
    assert_ne!(forward.reference(), changed.reference());
}

/// Every text of every example of the core pack.
fn texts(pack: &RulePack) -> Vec<String> {
    pack.rules()
        .iter()
        .flat_map(|rule| rule.examples.iter().map(example::Example::text))
        .collect()
}

#[test]
fn the_prefilter_loses_no_hit() {
    let pack = RulePack::core();
    let mut n_hits = 0;
    for text in texts(&pack) {
        let folded = crate::fold(&text);
        let candidates = pack.prefilter.candidates(folded.text());
        let mut number = 0;
        for rule in pack.rules() {
            for pattern in &rule.patterns {
                if pattern.regex.get().is_match(folded.text().as_bytes()) {
                    n_hits += 1;
                    assert!(
                        candidates.contains(number),
                        "{} {}: {text}",
                        rule.id,
                        pattern.id
                    );
                }
                number += 1;
            }
        }
    }
    assert!(n_hits > 100, "{n_hits}");
}

#[test]
fn nearly_every_pattern_has_needles() {
    let pack = RulePack::core();
    let patterns: Vec<_> = pack
        .rules()
        .iter()
        .flat_map(|rule| &rule.patterns)
        .collect();
    let n_always = patterns
        .iter()
        .filter(|pattern| pattern.needles.is_none())
        .count();
    assert!(
        n_always * 20 < patterns.len(),
        "{n_always} of {} patterns always run",
        patterns.len()
    );
}

#[test]
fn a_hostile_text_stays_cheap() {
    let pack = RulePack::core();
    for unit in [
        "onze dames ",
        "a",
        "vraag naar ",
        "geen geen ",
        ".",
        "(",
        "18 ",
        "é",
    ] {
        let listing = version(&unit.repeat(200_000 / unit.len()));
        let links = alone();
        let subject = Subject::new(&listing, &[], &links);
        assert!(pack.run(&subject).count() >= 40);
    }
}

/// `cases.tsv`: what fires on a text that stands alone.
#[test]
fn the_cases_fire_what_they_say() {
    let pack = RulePack::core();
    let links = alone();
    let mut wrong = Vec::new();
    let (mut n_cases, mut n_silent) = (0, 0);
    for line in include_str!("cases.tsv").lines() {
        let [language, expected, text] = line.split('\t').collect::<Vec<_>>()[..] else {
            continue;
        };
        if line.starts_with('#') {
            continue;
        }
        n_cases += 1;
        n_silent += usize::from(expected == "-");
        let mut listing = version(text);
        listing.language = Some(language.to_owned());
        let signals = crate::signals(&listing);
        let subject = Subject::new(&listing, &signals, &links);
        let fired: Vec<&str> = pack
            .run(&subject)
            .filter(|(_, outcome)| outcome.verdict == Verdict::Fires)
            .map(|(rule, _)| rule.id.0.trim_start_matches("WL-"))
            .collect();
        let mut wanted: Vec<&str> = expected.split(',').filter(|id| *id != "-").collect();
        wanted.sort_unstable();
        if fired != wanted {
            wrong.push(format!("{text}\n    expected {wanted:?}, found {fired:?}"));
        }
    }
    assert!(
        n_cases >= 150 && n_silent * 5 >= n_cases * 2,
        "{n_silent} of {n_cases}"
    );
    assert!(
        wrong.is_empty(),
        "{} of {n_cases} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// `cues.md`: no language may carry risk cues without protective ones.
#[test]
fn every_language_with_risk_cues_has_protective_ones() {
    let pack = RulePack::core();
    let languages = |protective: bool| -> std::collections::BTreeSet<model::Language> {
        let rules = pack.rules().iter();
        rules
            .filter(|rule| rule.is_protective() == protective && rule.status.runs())
            .flat_map(|rule| {
                rule.patterns
                    .iter()
                    .flat_map(|pattern| pattern.languages.clone())
            })
            .collect()
    };
    // Protective rules rest on signals, whose cues stand in all languages side by side
    // (`every_class_is_there_in_every_language`).
    assert!(languages(true).is_empty() || languages(false).is_subset(&languages(true)));
}
