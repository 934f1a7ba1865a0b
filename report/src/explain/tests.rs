//! Whole explanations of one planted listing, and what hostile texts come to.

use model::{
    About, AgeField, AgeSeen, Answers, Band, ConditionUnknown, Digest, EvidenceKind, Family, Gate,
    Groups, How, IndicatorId, Lane, Language, ListingId, PackRef, Phone, PhoneOwner, PhoneSeen,
    PolicyRef, Refused, RuleId, Score, Speaker, Statement,
};

use super::*;
use crate::tests::check_golden;

fn listing(title: &str, text: &str) -> ListingVersion {
    let mut version = ListingVersion::empty(ListingId::new("a1").unwrap());
    title.clone_into(&mut version.title);
    text.clone_into(&mut version.text);
    version
}

/// An observation at the first place of some words in a field.
fn at(version: &ListingVersion, field: Field, words: &str, observed: Observed) -> Signal {
    let text = version.field_text(field).unwrap();
    let start = text.find(words).unwrap();
    Signal {
        observed,
        span: Some(Span::new(field, start, start + words.len())),
    }
}

fn age(value: u8, about: About, how: How) -> Observed {
    Observed::Age(AgeSeen { value, about, how })
}

fn phone(e164: &str, obscured: bool, owner: PhoneOwner) -> Observed {
    Observed::Phone(PhoneSeen {
        phone: Phone::from_e164(e164).unwrap(),
        written_as: String::new(),
        obscured,
        owner,
    })
}

fn refused(candidate: &str, read_as: &str, reason: &str) -> Observed {
    Observed::Refused(Refused {
        candidate: candidate.to_owned(),
        read_as: read_as.to_owned(),
        reason: reason.to_owned(),
    })
}

fn assessed(version: &ListingVersion, mut signals: Vec<Signal>) -> Assessment {
    signals.sort_by_key(|signal| signal.span);
    let digest = Digest::of(b"");
    Assessment {
        listing: version.id.clone(),
        engine: "0.1.0".to_owned(),
        pack: PackRef {
            name: "core".to_owned(),
            version: "1.0.0".to_owned(),
            digest,
        },
        policy: PolicyRef {
            name: "police".to_owned(),
            digest,
        },
        context: digest,
        language: Some(Language::Nl),
        signals,
        findings: Vec::new(),
        protective: Vec::new(),
        score: Score {
            total: 0,
            by_family: std::collections::BTreeMap::new(),
            kinds: std::collections::BTreeSet::new(),
            protective: 0,
            band: Band::None,
            lane: Lane::None,
        },
        gate: Gate::Closed {
            missing: "0 points of 60".to_owned(),
        },
        groups: Groups::default(),
        unknown: Vec::new(),
        problems: Vec::new(),
    }
}

/// A listing with a signal of every theme, nested and neighbouring stretches, and all that can be
/// said below them.
fn planted() -> (ListingVersion, Assessment) {
    let mut version = listing(
        "Anna l7, Utrecht",
        "Ik ben l7 jaar, 16 jaar ervaring.\nOnze telefoniste: nul zes 1234 0001, 24/7.\nNee is nee. \
         Huis te huur. Hulplijn 06 1234 0002",
    );
    version.site = Some(model::SiteId::new("marktplein").unwrap());
    version.posted_at = Some("2026-03-03".parse().unwrap());
    version.age = Some(AgeField::Number(18));
    version.phones = vec!["06 1234 0001".to_owned()];
    let (title, text) = (Field::Title, Field::Text);
    let signal = |field, words: &str, observed| at(&version, field, words, observed);
    let advertised = About::Advertised;
    let place = Observed::Place {
        town: "Utrecht".to_owned(),
        country: "NL".to_owned(),
    };
    let always = Observed::Hours {
        round_the_clock: true,
    };
    let mut signals = vec![
        signal(title, "Anna", Observed::Alias("Anna".to_owned())),
        signal(title, "l7", age(17, advertised, How::Disguised)),
        signal(title, "Utrecht", place),
        signal(text, "Ik", Observed::Speaker(Speaker::First)),
        signal(text, "l7 jaar", age(17, advertised, How::Disguised)),
        signal(text, "16", refused("age", "16", "years of experience")),
        signal(text, "Onze telefoniste", Observed::Answers(Answers::Other)),
        signal(text, "Onze", Observed::Speaker(Speaker::Plural)),
        signal(
            text,
            "nul zes 1234 0001",
            phone("+31612340001", true, PhoneOwner::Advertiser),
        ),
        signal(text, "24", refused("age", "24", "availability")),
        signal(text, "24/7", always),
        signal(
            text,
            "Nee is nee",
            Observed::Statement(Statement::Boundaries),
        ),
        signal(
            text,
            "Huis te huur",
            Observed::OtherTrade("flat".to_owned()),
        ),
        signal(
            text,
            "06 1234 0002",
            phone("+31612340002", false, PhoneOwner::HelpLine),
        ),
        signal(Field::Age, "18", age(18, advertised, How::Field)),
        signal(
            Field::Phones,
            "06 1234 0001",
            phone("+31612340001", false, PhoneOwner::Advertiser),
        ),
    ];
    signals.push(Signal {
        observed: Observed::Language(Language::Nl),
        span: None,
    });
    signals.push(Signal {
        observed: Observed::Price {
            amount: 150,
            currency: "EUR".to_owned(),
            per: Some(model::Per::Minutes(60)),
        },
        span: Some(Span::new(Field::Price, 0, 0)),
    });
    signals.push(signal(
        text,
        "Huis te huur. ",
        Observed::Language(Language::En),
    ));
    let evidence = |field, words: &str| {
        let span = at(&version, field, words, Observed::SeeksPersons).span;
        Evidence::Span(span.unwrap())
    };
    let why = |nl: &str, en: &str| Localised {
        nl: nl.to_owned(),
        en: en.to_owned(),
    };
    let finding = |rule: &str, family, indicator: &str, points, evidence, why| Finding {
        rule: RuleId(rule.to_owned()),
        version: 1,
        indicator: IndicatorId(indicator.to_owned()),
        kind: EvidenceKind::Text,
        family,
        points,
        hard: points >= 100,
        evidence,
        why,
    };
    let findings = vec![
        finding(
            "WL-ORG-0001",
            Family::Organisation,
            "C4",
            20,
            vec![evidence(text, "Onze telefoniste")],
            why("Een ander neemt op.", "Somebody else answers."),
        ),
        finding(
            "WL-MIN-0010",
            Family::Minor,
            "M7",
            100,
            vec![evidence(title, "l7"), Evidence::Field(Field::Author)],
            why(
                "De leeftijd komt onder 18 uit.",
                "The age comes out below 18.",
            ),
        ),
    ];
    let protective = vec![ProtectiveFinding {
        rule: RuleId("WL-PRO-0001".to_owned()),
        version: 2,
        indicator: IndicatorId("P1".to_owned()),
        points: -10,
        evidence: vec![evidence(text, "Nee is nee")],
        why: why("Noemt grenzen.", "States limits."),
    }];
    let mut assessment = assessed(&version, signals);
    assessment.findings = findings;
    assessment.protective = protective;
    assessment.score = Score {
        total: 110,
        by_family: [(Family::Minor, 100), (Family::Organisation, 20)].into(),
        kinds: [EvidenceKind::Text].into(),
        protective: -10,
        band: Band::High,
        lane: Lane::Minor,
    };
    assessment.gate = Gate::Open {
        clause: "hard-minor".to_owned(),
        rules: vec![RuleId("WL-MIN-0010".to_owned())],
    };
    let lacks = |rule: &str, missing: &str| ConditionUnknown {
        rule: RuleId(rule.to_owned()),
        missing: missing.to_owned(),
    };
    assessment.unknown = vec![
        lacks("WL-CON-0001", "fact `contact.identities`"),
        lacks("WL-PHO-0001", "fact `photo.names`"),
        lacks("WL-PRO-0007", "field `author.kind`"),
    ];
    assessment.problems = vec!["price: `much` is no amount".to_owned()];
    (version, assessment)
}

#[test]
fn the_whole_of_it_in_each_form() {
    let (version, assessment) = planted();
    let explained = |tongue| Explanation::of(&version, &assessment, "listings.jsonl:1", tongue);
    let (dutch, english) = (explained(Tongue::Dutch), explained(Tongue::English));
    check_golden("explain-en.txt", &english.terminal(Ink::Marks));
    check_golden("explain-nl.txt", &dutch.terminal(Ink::Marks));
    check_golden("explain-colour.txt", &english.terminal(Ink::Colour));
    check_golden("explain-en.html", &english.page());
    check_golden("explain-nl.html", &dutch.page());
}

/// The lit text of a listing without a title, in marks.
#[track_caller]
fn check_lit(text: &str, stretches: &[(usize, usize)], expected: &str) {
    let version = listing("", text);
    let signals = stretches.iter().map(|(start, end)| Signal {
        observed: Observed::SeeksPersons,
        span: Some(Span::new(Field::Text, *start, *end)),
    });
    let assessment = assessed(&version, signals.collect());
    let explanation = Explanation::of(&version, &assessment, "-", Tongue::English);
    let written = explanation.terminal(Ink::Marks);
    let (_, rest) = written.split_once("\nText\n  ").unwrap();
    let (lit, _) = rest.split_once("\n\n").unwrap();
    assert_eq!(lit, expected);
}

#[test]
fn stretches_that_nest_or_overlap_are_told_apart() {
    check_lit("abcdef", &[], "abcdef");
    check_lit("abcdef", &[(0, 2), (2, 4)], "⟦ab⟧¹⟦cd⟧²ef");
    check_lit("abcdef", &[(0, 6), (2, 4)], "⟦ab⟧¹⟦cd⟧¹⁺²⟦ef⟧¹");
    check_lit("abcdef", &[(0, 4), (2, 6)], "⟦ab⟧¹⟦cd⟧¹⁺²⟦ef⟧²");
    check_lit("abcdef", &[(1, 3), (1, 3)], "a⟦bc⟧¹⁺²def");
    check_lit("één twee", &[(0, 5), (6, 99)], "⟦één⟧¹ ⟦twee⟧²");
    check_lit("a\nb", &[(0, 3)], "⟦a\n  b⟧¹");
    // An empty stretch lights nothing; it is listed all the same.
    check_lit("abc", &[(1, 1)], "abc");
}

/// Every way in which a text could be more than a text, in every field that is shown.
#[test]
fn a_hostile_text_stays_text() {
    let hostile =
        "\u{1b}[31m\u{1b}]0;t\u{7}\u{9b}2J\u{202e}</blockquote><script>x</script>\u{0}\u{8}\"'&";
    let mut version = listing(hostile, hostile);
    version.url = Some(hostile.to_owned());
    version.city = Some(hostile.to_owned());
    version.phones = vec![hostile.to_owned()];
    version.age = Some(AgeField::Words(hostile.to_owned()));
    let fields = [Field::Title, Field::Text, Field::City, Field::Phones];
    let all = |field, observed| Signal {
        observed,
        span: Some(Span::new(field, 0, hostile.len())),
    };
    let mut signals: Vec<Signal> = fields
        .into_iter()
        .flat_map(|field| {
            [
                all(field, Observed::Alias(hostile.to_owned())),
                all(field, refused(hostile, hostile, hostile)),
            ]
        })
        .collect();
    signals.push(Signal {
        observed: Observed::OtherTrade(hostile.to_owned()),
        span: None,
    });
    let mut assessment = assessed(&version, signals);
    assessment.problems = vec![hostile.to_owned()];
    assessment.findings = planted().1.findings;
    assessment.findings[0].why = Localised {
        nl: hostile.to_owned(),
        en: hostile.to_owned(),
    };
    for tongue in Tongue::ALL {
        let explanation = Explanation::of(&version, &assessment, hostile, tongue);
        for (form, ink) in [("marks", Ink::Marks), ("colour", Ink::Colour)] {
            let written = explanation.terminal(ink);
            let mut rest = written.as_str();
            // What is left after our own colours may hold no sign that a terminal obeys.
            let mut plain = String::new();
            while let Some((before, after)) = rest.split_once("\x1b[") {
                let (code, after) = after.split_once('m').unwrap();
                let ours = code
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b';');
                assert!(ours && code != "31", "{form}: {code:?}");
                plain.push_str(before);
                rest = after;
            }
            plain.push_str(rest);
            assert!(ink == Ink::Colour || plain == written, "{form}");
            let obeyed = |sign: &char| (sign.is_control() && *sign != '\n') || *sign == '\u{202e}';
            assert_eq!(plain.chars().find(obeyed), None, "{form}");
            assert!(plain.contains("␛[31m␛]0;t␇<U+009B>2J<U+202E></blockquote>"));
        }
        let page = explanation.page();
        assert!(
            !page.contains("<script") && !page.contains('\u{1b}') && !page.contains('\u{202e}')
        );
        assert_eq!(page.matches("</blockquote>").count(), 5);
        assert!(page.contains("&lt;script&gt;x&lt;/script&gt;"));
    }
}

#[test]
fn a_page_asks_nobody_for_anything() {
    let (version, assessment) = planted();
    let page = Explanation::of(&version, &assessment, "-", Tongue::Dutch).page();
    assert!(page.contains("default-src 'none'"));
    for asking in [
        "src=", "url(", "@import", "<link", "<script", "http://", "https://",
    ] {
        assert!(!page.contains(asking), "{asking}");
    }
    // Every reference leads to a line of a list.
    let references = page.matches("href=\"#s").count();
    assert_eq!(references, page.matches("<li id=\"s").count());
    assert_eq!(references, 16);
}

#[test]
fn an_empty_listing_says_so() {
    let version = listing("", "");
    let assessment = assessed(&version, Vec::new());
    let explanation = Explanation::of(&version, &assessment, "-", Tongue::English);
    let told = "The listing has no heading and no text.";
    assert!(explanation.terminal(Ink::Marks).contains(told));
    assert!(explanation.page().contains(told));
}
