//! Conditions over signals, fields and facts.
//!
//! Invariant: a missing field or fact makes a condition *unknown*, never false. What the listing
//! itself would show (a signal) is never unknown: it was looked for and is there or not.

use std::collections::BTreeSet;

use model::{
    About, AgeSeen, Answers, Evidence, FactName, Field, How, Language, Observed, PhoneOwner,
    Signal, Speaker,
};

use super::reader::{Node, unknown};
use super::subject::Subject;

/// What a condition says of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    /// It holds, and rests on this.
    Yes(Vec<Evidence>),
    No,
    /// This was missing.
    Unknown(String),
}

#[derive(Clone, Debug)]
pub(crate) enum Condition {
    Fact(FactName, Bounds),
    Field(FieldName, Test),
    Signal(SignalTest),
    /// One of these holds.
    Any(Vec<Self>),
}

/// A number between two bounds, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    least: i64,
    most: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FieldName {
    AuthorKind,
    AuthorVerified,
    AuthorDays,
    PayerDiffers,
    Site,
    Country,
    Phones,
    Handles,
    Images,
    Attribute(String),
}

#[derive(Clone, Debug)]
pub(crate) enum Test {
    Exists(bool),
    OneOf(Vec<String>),
    Is(bool),
    Number(Bounds),
}

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
    absent: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SignalKind {
    Age,
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
    SeeksPersons,
    Speaker,
    Url,
}

const SIGNALS: &[(&str, SignalKind)] = &[
    ("age", SignalKind::Age),
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
    ("seeks_persons", SignalKind::SeeksPersons),
    ("speaker", SignalKind::Speaker),
    ("url", SignalKind::Url),
];

const FIELDS: &[&str] = &[
    "author.kind",
    "author.verified",
    "author.days",
    "author.payer_differs",
    "site",
    "country",
    "phones",
    "handles",
    "images",
    "attributes.NAME",
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

impl Condition {
    /// Reads one condition; mistakes are named in the document and give `None`.
    pub(crate) fn read(node: Node<'_>) -> Option<Self> {
        let condition = if let Some(name) = node.text("fact") {
            read_fact(&node, &name)
        } else if let Some(name) = node.text("field") {
            read_field(&node, &name)
        } else if let Some(kind) = node.choice("signal", SIGNALS) {
            Some(Self::Signal(read_signal(&node, kind)))
        } else if node.has("any") {
            let inner = node.tables("any").into_iter().filter_map(Self::read);
            Some(Self::Any(inner.collect()))
        } else {
            if !node.has("signal") {
                node.refuse(
                    "",
                    "a condition reads one of `fact`, `field`, `signal` or `any`",
                );
            }
            // What else the table holds cannot be judged without its kind.
            return None;
        };
        node.done();
        condition
    }

    /// The fact that it reads, if it reads one.
    pub(crate) const fn fact(&self) -> Option<FactName> {
        match self {
            Self::Fact(fact, _) => Some(*fact),
            _ => None,
        }
    }

    /// Whether it can name what it rests on when it holds.
    pub(crate) fn gives_evidence(&self) -> bool {
        match self {
            Self::Fact(..) => true,
            Self::Field(_, test) => !matches!(test, Test::Exists(false)),
            Self::Signal(test) => !test.absent,
            Self::Any(inner) => inner.iter().all(Self::gives_evidence),
        }
    }

    pub(crate) fn holds(&self, subject: &Subject<'_>) -> Truth {
        match self {
            Self::Fact(name, bounds) => match subject.links.facts.get(name) {
                None => Truth::Unknown(format!("fact `{name}`")),
                Some(fact) if bounds.hold(fact.value) => Truth::Yes(vec![Evidence::Linked {
                    fact: *name,
                    value: fact.value,
                    members: fact.members.clone(),
                }]),
                Some(_) => Truth::No,
            },
            Self::Field(name, test) => holds_for_field(name, test, subject),
            Self::Signal(test) => test.holds(subject),
            Self::Any(inner) => {
                let mut missing = None;
                for condition in inner {
                    match condition.holds(subject) {
                        Truth::Yes(evidence) => return Truth::Yes(evidence),
                        Truth::Unknown(what) => missing = missing.or(Some(what)),
                        Truth::No => {}
                    }
                }
                missing.map_or(Truth::No, Truth::Unknown)
            }
        }
    }
}

impl Bounds {
    pub(crate) const fn at_least(least: i64) -> Self {
        Self {
            least,
            most: i64::MAX,
        }
    }

    const fn hold(self, value: i64) -> bool {
        self.least <= value && value <= self.most
    }

    /// `gte`, `gt`, `lte`, `lt`, `equals`; `None` when there is none of them.
    fn read(node: &Node<'_>) -> Option<Self> {
        let mut bounds = Self::at_least(i64::MIN);
        let mut any = false;
        for (key, low, high) in [
            ("gte", Some(0), None),
            ("gt", Some(1), None),
            ("lte", None, Some(0)),
            ("lt", None, Some(-1)),
        ] {
            if let Some(number) = node.whole(key) {
                any = true;
                if let Some(step) = low {
                    bounds.least = bounds.least.max(number.saturating_add(step));
                }
                if let Some(step) = high {
                    bounds.most = bounds.most.min(number.saturating_add(step));
                }
            }
        }
        if bounds.least > bounds.most {
            node.refuse("gte", "no number is within these bounds");
        }
        any.then_some(bounds)
    }
}

fn read_fact(node: &Node<'_>, name: &str) -> Option<Condition> {
    let bounds = Bounds::read(node);
    if bounds.is_none() {
        node.refuse("fact", "a fact needs `gte`, `gt`, `lte` or `lt`");
    }
    let Some(fact) = FactName::from_name(name) else {
        node.refuse(
            "fact",
            unknown("fact", name, FactName::ALL.iter().map(|(_, name)| *name)),
        );
        return None;
    };
    Some(Condition::Fact(fact, bounds?))
}

fn read_field(node: &Node<'_>, name: &str) -> Option<Condition> {
    let field = match name {
        "author.kind" => FieldName::AuthorKind,
        "author.verified" => FieldName::AuthorVerified,
        "author.days" => FieldName::AuthorDays,
        "author.payer_differs" => FieldName::PayerDiffers,
        "site" => FieldName::Site,
        "country" => FieldName::Country,
        "phones" => FieldName::Phones,
        "handles" => FieldName::Handles,
        "images" => FieldName::Images,
        other => match other.strip_prefix("attributes.") {
            Some(attribute) if !attribute.is_empty() => FieldName::Attribute(attribute.to_owned()),
            _ => {
                node.refuse("field", unknown("field", name, FIELDS.iter().copied()));
                return None;
            }
        },
    };
    let exists = node.flag("exists").map(Test::Exists);
    let one_of = node.texts("one_of").map(Test::OneOf);
    let is = node.flag("is").map(Test::Is);
    let number = Bounds::read(node).map(Test::Number);
    let tests: Vec<Test> = [exists, one_of, is, number].into_iter().flatten().collect();
    let [test] = tests.as_slice() else {
        node.refuse(
            "field",
            "a field needs one of `exists`, `one_of`, `is`, or bounds (`gte`, `gt`, `lte`, `lt`)",
        );
        return None;
    };
    Some(Condition::Field(field, test.clone()))
}

fn read_signal(node: &Node<'_>, kind: SignalKind) -> SignalTest {
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
        SignalKind::Language => {
            let codes: Vec<&str> = Language::ALL.iter().map(|known| known.code()).collect();
            test.one_of = closed(node, "one_of", &codes);
        }
        SignalKind::Handle | SignalKind::OtherTrade | SignalKind::Place => {
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
    fn holds(&self, subject: &Subject<'_>) -> Truth {
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
            (SignalKind::Place, Observed::Place { town, .. }) => {
                named(town).then(|| town.clone())?
            }
            (SignalKind::Alias, Observed::Alias(name))
            | (SignalKind::Email, Observed::Email(name))
            | (SignalKind::Url, Observed::Url(name)) => name.clone(),
            (SignalKind::SeeksPersons, Observed::SeeksPersons) => String::new(),
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

enum FieldValue {
    Text(String),
    Flag(bool),
    Number(i64),
}

fn holds_for_field(name: &FieldName, test: &Test, subject: &Subject<'_>) -> Truth {
    let value = field_value(name, subject);
    let evidence = || Truth::Yes(vec![Evidence::Field(name.place())]);
    if let Test::Exists(wanted) = test {
        return match (value.is_some(), wanted) {
            (true, true) => evidence(),
            (false, false) => Truth::Yes(Vec::new()),
            _ => Truth::No,
        };
    }
    let Some(value) = value else {
        return Truth::Unknown(format!("field `{}`", name.written()));
    };
    let holds = match (test, &value) {
        (Test::OneOf(names), FieldValue::Text(text)) => names.contains(text),
        (Test::Is(wanted), FieldValue::Flag(flag)) => wanted == flag,
        (Test::Number(bounds), FieldValue::Number(number)) => bounds.hold(*number),
        // The site gave another type than the rule reads: nothing can be said.
        _ => return Truth::Unknown(format!("field `{}` of the right type", name.written())),
    };
    if holds { evidence() } else { Truth::No }
}

fn field_value(name: &FieldName, subject: &Subject<'_>) -> Option<FieldValue> {
    let version = subject.version;
    let author = version.author.as_ref();
    let counted = |n: usize| Some(FieldValue::Number(i64::try_from(n).unwrap_or(i64::MAX)));
    match name {
        FieldName::AuthorKind => author?.kind.clone().map(FieldValue::Text),
        FieldName::AuthorVerified => author?.verified.map(FieldValue::Flag),
        FieldName::AuthorDays => {
            let days = version.moment()?.days_since(author?.since?);
            Some(FieldValue::Number(days))
        }
        FieldName::PayerDiffers => {
            let author = author?;
            let (payer, id) = (author.payer_id.as_ref()?, author.id.as_ref()?);
            Some(FieldValue::Flag(payer != id))
        }
        FieldName::Site => Some(FieldValue::Text(version.site.as_ref()?.to_string())),
        FieldName::Country => version.country.clone().map(FieldValue::Text),
        FieldName::Phones => counted(version.phones.len()),
        FieldName::Handles => counted(version.handles.len()),
        FieldName::Images => counted(version.images.len()),
        FieldName::Attribute(attribute) => match version.attributes.get(attribute)? {
            serde_json::Value::String(text) => Some(FieldValue::Text(text.clone())),
            serde_json::Value::Bool(flag) => Some(FieldValue::Flag(*flag)),
            serde_json::Value::Number(number) => number.as_i64().map(FieldValue::Number),
            _ => None,
        },
    }
}

impl FieldName {
    /// The field of the listing that evidence points at.
    const fn place(&self) -> Field {
        match self {
            Self::AuthorKind | Self::AuthorVerified | Self::AuthorDays | Self::PayerDiffers => {
                Field::Author
            }
            Self::Country => Field::City,
            Self::Phones => Field::Phones,
            Self::Handles => Field::Handles,
            Self::Site | Self::Images | Self::Attribute(_) => Field::Attributes,
        }
    }

    fn written(&self) -> String {
        match self {
            Self::AuthorKind => "author.kind".to_owned(),
            Self::AuthorVerified => "author.verified".to_owned(),
            Self::AuthorDays => "author.days".to_owned(),
            Self::PayerDiffers => "author.payer_differs".to_owned(),
            Self::Site => "site".to_owned(),
            Self::Country => "country".to_owned(),
            Self::Phones => "phones".to_owned(),
            Self::Handles => "handles".to_owned(),
            Self::Images => "images".to_owned(),
            Self::Attribute(attribute) => format!("attributes.{attribute}"),
        }
    }
}
