//! What a row of digits is under the numbering plans of the world.
//!
//! Reads the metadata of the `phonenumber` crate, which is libphonenumber's, from a table of our
//! own (`numbering/plans.tsv`), and answers as that crate does (`answers_as_the_crate_does`), for
//! digits only. The crate's own way to an answer keeps its expressions in one locked cache of a
//! hundred and compiles the others again at each question, a millisecond for a row of digits that
//! fits no plan; here each plan's are compiled once, when the plan is first asked.

mod expressions;
mod table;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use model::Phone;
use phonenumber::country::Id as Region;

use self::expressions::{Expressions, FIRST_OTHER, FIXED, GENERAL, MOBILE};
use self::table::Row;

/// Digits that a national number may have for the crate.
const NATIONAL_DIGITS: std::ops::RangeInclusive<usize> = 2..=17;

/// Values from here on are refused by the crate.
const TOO_GREAT: u64 = 1 << 56;

/// Country codes end below this.
const CODES: u16 = 1000;

/// A number of some country, which its plan may have or not.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Numbered {
    pub(super) phone: Phone,
    /// Whether the plan has it.
    pub(super) is_valid: bool,
    /// Whether it is one for a mobile phone, or may be.
    pub(super) is_mobile: bool,
}

/// The number that these digits are when they are dialled in a region.
pub(super) fn national(region: Region, digits: &str) -> Option<Numbered> {
    let plan = PLANS.of(region.as_ref())?;
    let (code, rest) = plan.split_code(digits)?;
    number(code, &plan.without_prefix(rest))
}

/// The number that these digits are behind a plus.
pub(super) fn international(digits: &str) -> Option<Numbered> {
    let (code, rest) = split_code(digits)?;
    match source(code, rest.trim_start_matches('0')) {
        Some(plan) => number(code, &plan.without_prefix(rest)),
        None => number(code, rest),
    }
}

/// Cuts the shortest country code off.
fn split_code(digits: &str) -> Option<(u16, &str)> {
    if digits.len() <= *NATIONAL_DIGITS.start() || digits.starts_with('0') {
        return None;
    }
    (1..=3).find_map(|len| {
        let code: u16 = digits.get(..len)?.parse().ok()?;
        (!PLANS.sharing(code).is_empty()).then(|| (code, &digits[len..]))
    })
}

fn number(code: u16, national: &str) -> Option<Numbered> {
    if !NATIONAL_DIGITS.contains(&national.len()) {
        return None;
    }
    let value = national.trim_start_matches('0');
    if value.parse::<u64>().ok()? >= TOO_GREAT {
        return None;
    }
    let phone = Phone::from_e164(&format!("+{code}{national}")).ok()?;
    let kind = |digits: &str| source(code, digits).and_then(|plan| plan.kind(digits));
    let kind_of_value = kind(value);
    let kind_as_written = if value.len() == national.len() {
        kind_of_value
    } else {
        kind(national)
    };
    Some(Numbered {
        phone,
        is_valid: kind_as_written.is_some(),
        is_mobile: kind_of_value == Some(Kind::Mobile),
    })
}

/// The plan that a national number belongs to, of those that share a country code.
fn source(code: u16, national: &str) -> Option<&'static Plan> {
    let plans: &'static Plans = &PLANS;
    let sharing = plans.sharing(code);
    if let [only] = sharing {
        return Some(&plans.all[*only]);
    }
    sharing
        .iter()
        .map(|&at| &plans.all[at])
        .find(|plan| match &plan.expressions().leading_digits {
            Some(leading) => leading.is_match(national),
            None => plan.kind(national).is_some(),
        })
}

/// What a number is for, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Mobile,
    Other,
}

struct Plans {
    all: Vec<Plan>,
    by_id: BTreeMap<&'static str, usize>,
    /// By country code, in the order in which they are asked.
    by_code: Vec<Vec<usize>>,
}

static PLANS: LazyLock<Plans> = LazyLock::new(|| {
    let mut plans = Plans {
        all: Vec::new(),
        by_id: BTreeMap::new(),
        by_code: vec![Vec::new(); usize::from(CODES)],
    };
    for row in table::rows() {
        plans.by_id.insert(row.id, plans.all.len());
        if let Some(sharing) = plans.by_code.get_mut(usize::from(row.country_code)) {
            sharing.push(plans.all.len());
        }
        plans.all.push(Plan {
            row,
            expressions: OnceLock::new(),
        });
    }
    plans
});

impl Plans {
    fn of(&'static self, id: &str) -> Option<&'static Plan> {
        self.by_id.get(id).map(|&at| &self.all[at])
    }

    fn sharing(&self, code: u16) -> &[usize] {
        self.by_code
            .get(usize::from(code))
            .map_or(&[], Vec::as_slice)
    }
}

/// One region's numbering plan.
struct Plan {
    row: Row,
    expressions: OnceLock<Expressions>,
}

impl Plan {
    fn expressions(&self) -> &Expressions {
        self.expressions.get_or_init(|| Expressions::of(&self.row))
    }

    /// The kind of a number that the plan has.
    fn kind(&self, national: &str) -> Option<Kind> {
        let expressions = self.expressions();
        let fits = |at: usize| expressions.lengths[at] & (1 << national.len().min(31)) != 0;
        if !fits(GENERAL) {
            return None;
        }
        let matched = expressions.kinds.matches(national);
        let is = |at: usize| matched.matched(at) && fits(at);
        if !is(GENERAL) {
            return None;
        }
        if (FIRST_OTHER..expressions.lengths.len()).any(is) {
            return Some(Kind::Other);
        }
        if is(FIXED) {
            let expression = |at: usize| self.row.kinds[at].as_ref().map(|kind| kind.expression);
            let looks_alike = expression(FIXED) == expression(MOBILE);
            return Some(if looks_alike || is(MOBILE) {
                Kind::Mobile
            } else {
                Kind::Other
            });
        }
        is(MOBILE).then_some(Kind::Mobile)
    }

    fn is_general(&self, national: &str) -> bool {
        let expressions = self.expressions();
        expressions.lengths[GENERAL] & (1 << national.len().min(31)) != 0
            && expressions.kinds.matches(national).matched(GENERAL)
    }

    /// Takes off a prefix for calls abroad with the country code behind it, or the plan's own code.
    fn split_code<'d>(&self, digits: &'d str) -> Option<(u16, &'d str)> {
        let abroad = self.expressions().international_prefix.as_ref();
        if let Some(prefix) = abroad.and_then(|expression| expression.find(digits))
            && !digits[prefix.end()..].starts_with('0')
        {
            return split_code(&digits[prefix.end()..]);
        }
        let code = self.row.country_code;
        let rest = digits.strip_prefix(&code.to_string());
        let rest = rest.filter(|_| !self.is_general(digits) || !self.is_possible(digits.len()));
        Some((code, rest.unwrap_or(digits)))
    }

    /// Whether numbers of that length are dialled, from anywhere or from next door.
    fn is_possible(&self, len: usize) -> bool {
        let holds = |lengths: &[u16]| lengths.iter().any(|&known| usize::from(known) == len);
        self.row.general().is_some_and(|general| {
            !general.lengths.is_empty()
                && (holds(&self.row.local_lengths) || holds(&general.lengths))
        })
    }

    fn is_too_short(&self, len: usize) -> bool {
        let general = self.row.general();
        let shortest = general.and_then(|general| general.lengths.first());
        shortest.is_some_and(|&shortest| len < usize::from(shortest)) && !self.is_possible(len)
    }

    /// The national number without the prefix that stands before it inside the country.
    fn without_prefix<'d>(&self, digits: &'d str) -> Cow<'d, str> {
        let mut rest = self.without_parsed_prefix(digits);
        if let Some(prefix) = self.row.national_prefix
            && rest.starts_with(prefix)
        {
            rest = match rest {
                Cow::Borrowed(rest) => Cow::Borrowed(&rest[prefix.len()..]),
                Cow::Owned(rest) => Cow::Owned(rest[prefix.len()..].to_owned()),
            };
        }
        if self.is_too_short(rest.len()) {
            return Cow::Borrowed(digits);
        }
        rest
    }

    fn without_parsed_prefix<'d>(&self, digits: &'d str) -> Cow<'d, str> {
        let Some(expression) = &self.expressions().national_prefix else {
            let prefix = self.row.national_prefix.unwrap_or("");
            return Cow::Borrowed(digits.strip_prefix(prefix).unwrap_or(digits));
        };
        let Some(found) = expression.captures(digits) else {
            return Cow::Borrowed(digits);
        };
        let has_last = found.get(found.len() - 1).is_some();
        match self.row.national_prefix_transform_rule {
            Some(rule) if has_last => {
                let transformed = expression.replace(digits, rule);
                if self.is_general(digits) && !self.is_general(&transformed) {
                    return Cow::Borrowed(digits);
                }
                transformed
            }
            _ => Cow::Borrowed(&digits[found.get(0).map_or(0, |whole| whole.end())..]),
        }
    }
}

#[cfg(test)]
mod tests {
    use phonenumber::metadata::{DATABASE, Descriptor};
    use phonenumber::{Metadata, Mode, Type};
    use proptest::prelude::*;

    use super::*;

    /// The slow plain version.
    fn crates_answer(region: Option<Region>, written: &str) -> Option<Numbered> {
        let number = phonenumber::parse(region, written).ok()?;
        Some(Numbered {
            phone: Phone::from_e164(&number.format().mode(Mode::E164).to_string()).ok()?,
            is_valid: number.is_valid(),
            is_mobile: matches!(
                number.number_type(&DATABASE),
                Type::Mobile | Type::FixedLineOrMobile
            ),
        })
    }

    #[test]
    fn every_plan_compiles() {
        for plan in &PLANS.all {
            assert_eq!(
                plan.expressions().lengths.len(),
                table::N_KINDS,
                "{}",
                plan.row.id
            );
        }
        assert!(PLANS.all.len() > 200);
    }

    /// The regions of the crate, by code.
    fn regions_of_the_crate() -> impl Iterator<Item = &'static Metadata> {
        (0..CODES)
            .flat_map(|code| DATABASE.by_code(&code).unwrap_or_default())
            .filter(|region| region.id() == "001" || region.id().parse::<Region>().is_ok())
    }

    /// A row of the table.
    fn row(region: &Metadata) -> String {
        let list = |lengths: &[u16]| -> String {
            let lengths: Vec<String> = lengths.iter().map(u16::to_string).collect();
            lengths.join(",")
        };
        let bare = |expression: &str| expression.split_whitespace().collect::<String>();
        let or_none = |column: Option<String>| column.unwrap_or_else(|| "-".to_owned());
        let kinds = region.descriptors();
        let mut columns = vec![
            region.id().to_owned(),
            region.country_code().to_string(),
            or_none(region.national_prefix().map(str::to_owned)),
            or_none(
                region
                    .national_prefix_for_parsing()
                    .map(|known| bare(known.as_str())),
            ),
            or_none(region.national_prefix_transform_rule().map(str::to_owned)),
            or_none(
                region
                    .international_prefix()
                    .map(|known| bare(known.as_str())),
            ),
            or_none(region.leading_digits().map(|known| bare(known.as_str()))),
            list(kinds.general().possible_local_length()),
        ];
        let kinds: [Option<&Descriptor>; table::N_KINDS] = [
            Some(kinds.general()),
            kinds.fixed_line(),
            kinds.mobile(),
            kinds.premium_rate(),
            kinds.toll_free(),
            kinds.shared_cost(),
            kinds.voip(),
            kinds.personal_number(),
            kinds.pager(),
            kinds.uan(),
            kinds.voicemail(),
        ];
        columns.extend(kinds.iter().map(|kind| {
            or_none(kind.map(|kind| {
                let expression = bare(kind.national_number().as_str());
                format!("{} {expression}", list(kind.possible_length()))
            }))
        }));
        columns.join("\t")
    }

    #[test]
    fn the_table_is_what_the_crate_has() {
        let table = include_str!("numbering/plans.tsv").lines();
        let table: Vec<&str> = table.filter(|line| !line.starts_with('#')).collect();
        let expected: Vec<String> = regions_of_the_crate().map(row).collect();
        assert_eq!(table, expected);
    }

    #[test]
    fn every_example_of_the_metadata_is_answered_alike() {
        for region in regions_of_the_crate() {
            let kinds = region.descriptors();
            let examples = [kinds.fixed_line(), kinds.mobile()];
            for digits in examples.iter().flatten().filter_map(|kind| kind.example()) {
                let written = format!("{}{digits}", region.country_code());
                let expected = crates_answer(None, &format!("+{written}"));
                assert_eq!(international(&written), expected, "+{written}");
            }
        }
    }

    fn regions() -> impl Strategy<Value = Region> {
        prop::sample::select(vec![
            Region::NL,
            Region::BE,
            Region::DE,
            Region::GB,
            Region::FR,
            Region::ES,
            Region::RO,
            Region::HU,
            Region::PL,
            Region::BG,
            Region::AT,
            Region::US,
            Region::IT,
            Region::BR,
            Region::AR,
            Region::MX,
            Region::AU,
            Region::CZ,
            Region::TR,
            Region::LU,
        ])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]
        #[test]
        fn answers_as_the_crate_does(
            region in regions(),
            begin in prop::sample::select(vec!["", "0", "06", "07", "00", "0031", "31", "44", "011", "0151", "1"]),
            digits in "[0-9]{6,13}",
        ) {
            let digits = format!("{begin}{digits}");
            prop_assert_eq!(national(region, &digits), crates_answer(Some(region), &digits), "{:?} {}", region, digits);
            let abroad = format!("+{digits}");
            prop_assert_eq!(international(&digits), crates_answer(None, &abroad), "{}", abroad);
        }
    }
}
