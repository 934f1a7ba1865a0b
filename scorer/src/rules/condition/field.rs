//! Conditions over what the site or platform states beside the words.

use model::{Evidence, Field};

use super::{Bounds, Condition, Truth};
use crate::rules::reader::{Node, unknown};
use crate::rules::subject::Subject;

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

pub(super) fn read_field(node: &Node<'_>, name: &str) -> Option<Condition> {
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

enum FieldValue {
    Text(String),
    Flag(bool),
    Number(i64),
}

pub(super) fn holds_for_field(name: &FieldName, test: &Test, subject: &Subject<'_>) -> Truth {
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
