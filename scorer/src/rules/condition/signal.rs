//! Conditions over signals: how many of a kind there are, with which values.

use std::collections::BTreeSet;

use model::{
    About, AgeSeen, Answers, Evidence, Field, How, Language, Observed, PhoneOwner, Signal, Speaker,
    Statement,
};

use super::{Bounds, Truth};
use crate::rules::reader::{Node, unknown};
use crate::rules::subject::Subject;

#[derive(Clone, Debug)]
pub(crate) struct SignalTest {
    kind: SignalKind,
    value: Bounds,
    about: Vec<About>,
    how: Vec<How>,
    owner: Vec<PhoneOwner>,
    one_of: Vec<String>,
    is: Option<bool>,
    /// Signals that must pass, and different values among them.
    count: i64,
    distinct: i64,
    pub(super) absent: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SignalKind {
    Age,
    AgeConflict,
    Alias,
    Answers,
    Email,
    Handle,
    Hours,
    Language,
    OtherTrade,
    Persons,
    Phone,
    Place,
    Price,
    Refused,
    SeeksPersons,
    Speaker,
    Statement,
    Url,
}

pub(super) const SIGNALS: &[(&str, SignalKind)] = &[
    ("age", SignalKind::Age),
    ("age_conflict", SignalKind::AgeConflict),
    ("alias", SignalKind::Alias),
    ("answers", SignalKind::Answers),
    ("email", SignalKind::Email),
    ("handle", SignalKind::Handle),
    ("hours", SignalKind::Hours),
    ("language", SignalKind::Language),
    ("other_trade", SignalKind::OtherTrade),
    ("persons", SignalKind::Persons),
    ("phone", SignalKind::Phone),
    ("place", SignalKind::Place),
    ("price", SignalKind::Price),
    ("refused", SignalKind::Refused),
    ("seeks_persons", SignalKind::SeeksPersons),
    ("speaker", SignalKind::Speaker),
    ("statement", SignalKind::Statement),
    ("url", SignalKind::Url),
];

const ABOUT: &[(&str, About)] = &[
    ("advertised", About::Advertised),
    ("other", About::Other),
    ("unknown", About::Unknown),
];

const HOW: &[(&str, How)] = &[
    ("field", How::Field),
    ("digits", How::Digits),
    ("words", How::Words),
    ("disguised", How::Disguised),
    ("puzzle", How::Puzzle),
    ("birth", How::Birth),
    ("school", How::School),
    ("limit", How::Limit),
];

const OWNERS: &[(&str, PhoneOwner)] = &[
    ("advertiser", PhoneOwner::Advertiser),
    ("site", PhoneOwner::Site),
    ("help_line", PhoneOwner::HelpLine),
    ("third_party", PhoneOwner::ThirdParty),
];

pub(super) fn read_signal(node: &Node<'_>, kind: SignalKind) -> SignalTest {
    let mut test = SignalTest {
        kind,
        value: Bounds::read(node).unwrap_or(Bounds::at_least(i64::MIN)),
        about: Vec::new(),
        how: Vec::new(),
        owner: Vec::new(),
        one_of: Vec::new(),
        is: None,
        count: node.whole("count").unwrap_or(1),
        distinct: node.whole("distinct").unwrap_or(1),
        absent: node.flag("absent").unwrap_or(false),
    };
    match kind {
        SignalKind::Age => {
            test.about = node.choices("about", ABOUT).unwrap_or_default();
            test.how = node.choices("how", HOW).unwrap_or_default();
        }
        SignalKind::Phone => {
            test.is = node.flag("obscured");
            test.owner = node.choices("owner", OWNERS).unwrap_or_default();
        }
        SignalKind::Hours => test.is = node.flag("round_the_clock"),
        SignalKind::Speaker => {
            test.one_of = closed(node, "one_of", &["first", "third", "plural"]);
        }
        SignalKind::Answers => test.one_of = closed(node, "one_of", &["self", "other"]),
        SignalKind::Statement => {
            let names: Vec<&str> = Statement::ALL.iter().map(|(_, name)| *name).collect();
            test.one_of = closed(node, "one_of", &names);
        }
        SignalKind::Language => {
            let codes: Vec<&str> = Language::ALL.iter().map(|known| known.code()).collect();
            test.one_of = closed(node, "one_of", &codes);
        }
        SignalKind::Handle | SignalKind::OtherTrade | SignalKind::Place | SignalKind::Refused => {
            test.one_of = node.texts("one_of").unwrap_or_default();
        }
        _ => {}
    }
    test
}

fn closed(node: &Node<'_>, key: &'static str, known: &[&str]) -> Vec<String> {
    let names = node.texts(key).unwrap_or_default();
    for name in &names {
        if !known.contains(&name.as_str()) {
            node.refuse(key, unknown(key, name, known.iter().copied()));
        }
    }
    names
}

impl SignalTest {
    pub(super) fn holds(&self, subject: &Subject<'_>) -> Truth {
        let mut evidence = Vec::new();
        let mut distinct = BTreeSet::new();
        let mut count = 0;
        for signal in subject.signals {
            let Some(value) = self.passes(signal) else {
                continue;
            };
            count += 1;
            distinct.insert(value);
            evidence.push(
                signal
                    .span
                    .map_or(Evidence::Field(Field::Text), Evidence::Span),
            );
        }
        evidence.sort();
        evidence.dedup();
        let enough = count >= self.count
            && i64::try_from(distinct.len()).is_ok_and(|found| found >= self.distinct);
        match (enough, self.absent) {
            (true, false) => Truth::Yes(evidence),
            (false, true) => Truth::Yes(Vec::new()),
            _ => Truth::No,
        }
    }

    /// The value that the signal carries, when it passes; values tell signals apart.
    fn passes(&self, signal: &Signal) -> Option<String> {
        let named = |name: &str| self.one_of.is_empty() || self.one_of.iter().any(|n| n == name);
        let switched = |flag: bool| self.is.is_none_or(|wanted| wanted == flag);
        let value = match (self.kind, &signal.observed) {
            (SignalKind::Age, Observed::Age(age)) if self.age_passes(*age) => age.value.to_string(),
            (SignalKind::Phone, Observed::Phone(seen))
                if switched(seen.obscured)
                    && (self.owner.is_empty() || self.owner.contains(&seen.owner)) =>
            {
                seen.phone.as_str().to_owned()
            }
            (SignalKind::Hours, Observed::Hours { round_the_clock })
                if switched(*round_the_clock) =>
            {
                round_the_clock.to_string()
            }
            (SignalKind::Persons, Observed::Persons(n)) if self.value.hold(i64::from(*n)) => {
                n.to_string()
            }
            (SignalKind::Price, Observed::Price { amount, .. })
                if self.value.hold(i64::from(*amount)) =>
            {
                amount.to_string()
            }
            (SignalKind::Speaker, Observed::Speaker(speaker)) => {
                let name = match speaker {
                    Speaker::First => "first",
                    Speaker::Third => "third",
                    Speaker::Plural => "plural",
                };
                named(name).then(|| name.to_owned())?
            }
            (SignalKind::Answers, Observed::Answers(answers)) => {
                let name = match answers {
                    Answers::Self_ => "self",
                    Answers::Other => "other",
                };
                named(name).then(|| name.to_owned())?
            }
            (SignalKind::Language, Observed::Language(language)) => {
                named(language.code()).then(|| language.code().to_owned())?
            }
            (SignalKind::Handle, Observed::Handle { service, name }) => {
                named(service).then(|| format!("{service}:{name}"))?
            }
            (SignalKind::OtherTrade, Observed::OtherTrade(trade)) => {
                named(trade).then(|| trade.clone())?
            }
            (SignalKind::Refused, Observed::Refused(refused)) => {
                named(&refused.candidate).then(|| refused.candidate.clone())?
            }
            (SignalKind::Place, Observed::Place { town, .. }) => {
                named(town).then(|| town.clone())?
            }
            (SignalKind::Alias, Observed::Alias(name))
            | (SignalKind::Email, Observed::Email(name))
            | (SignalKind::Url, Observed::Url(name)) => name.clone(),
            (SignalKind::SeeksPersons, Observed::SeeksPersons) => String::new(),
            (SignalKind::Statement, Observed::Statement(statement)) => {
                named(statement.name()).then(|| statement.name().to_owned())?
            }
            // The bounds of an age conflict are those of its lowest age.
            (SignalKind::AgeConflict, Observed::AgeConflict { lowest, highest })
                if self.value.hold(i64::from(*lowest)) =>
            {
                format!("{lowest}|{highest}")
            }
            _ => return None,
        };
        Some(value)
    }

    fn age_passes(&self, age: AgeSeen) -> bool {
        self.value.hold(i64::from(age.value))
            && (self.about.is_empty() || self.about.contains(&age.about))
            && (self.how.is_empty() || self.how.contains(&age.how))
    }
}
