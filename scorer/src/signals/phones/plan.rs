//! Which candidates are numbers of a numbering plan that is to be expected.

use model::{Language, Phone};
use phonenumber::country::Id as Region;

use super::super::reading::Reading;
use super::groups::Group;
use super::numbering;

/// Where a number without any other sign is taken to be from: the policy's default
/// (`contract.md`: country absent).
const DEFAULT_REGION: Region = Region::NL;

/// Regions whose mobile numbers are tried at last, in this order: those of the languages of the
/// product and the neighbours. Not France and Austria: mobile numbers there have the form of Dutch
/// ones, and would turn every 06-6 that nobody can have here into one.
const LAST_REGIONS: [Region; 8] = [
    Region::BE,
    Region::DE,
    Region::GB,
    Region::ES,
    Region::RO,
    Region::HU,
    Region::PL,
    Region::BG,
];

/// Country codes that a number may begin with though neither `+` nor `00` stands before it.
const BARE_CODES: [&str; 10] = ["31", "32", "33", "34", "36", "40", "44", "48", "49", "359"];

/// Dutch numbers behind their country code.
const DUTCH_CODE: &str = "+31";
const DUTCH_LEN: usize = 12;

/// French mobile numbers that are kept for fiction (ARCEP, decision 2018-0881: 06 39 98 00 00 to
/// 99). The metadata calls them invalid, those of the other countries valid; `conventions.md` uses
/// all of them in texts.
const DRAMA: &str = "+3363998";
const DRAMA_LEN: usize = 12;

/// Digits that may be a number.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) digits: String,
    pub(super) has_plus: bool,
    /// Whether a word for calling stands before it.
    pub(super) has_cue: bool,
    /// Whether it stands in a link that holds international numbers.
    pub(super) is_link: bool,
    /// Whether the digits stand together.
    pub(super) is_one_group: bool,
    /// The country whose number words beside it call it.
    pub(super) named: Option<Region>,
}

/// Whose plan has a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Said by a plus, `00`, a link, or a country that is named beside it.
    Said,
    /// The listing's own country; where it names none, that of its language and the default.
    Own,
    /// The default country, or that of the language, while the listing names another.
    Default,
    /// A plan that nothing here speaks for.
    Far,
    /// Digits that begin with a country code though no plus stands before them.
    BareCode,
}

/// A number of a plan.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// The lower, the likelier.
    pub(super) rank: u8,
    pub(super) phone: Phone,
    pub(super) standing: Standing,
    pub(super) is_mobile: bool,
    /// Whether it begins with the zero that is dialled inside a country.
    pub(super) has_zero: bool,
}

impl Answer {
    /// The likeliest there is.
    fn first((is_mobile, phone): (bool, Phone), standing: Standing) -> Self {
        Self {
            rank: 0,
            phone,
            standing,
            is_mobile,
            has_zero: false,
        }
    }
}

/// The plans to try for one listing.
pub(super) struct Plans {
    /// The listing's own country, when it names one.
    declared: Option<Region>,
    /// Regions whose landlines count too: of the language, and the default.
    near: Vec<Region>,
    questions_left: usize,
}

impl Plans {
    pub(super) fn of(reading: &Reading<'_>, limit: usize) -> Self {
        let declared = reading
            .version
            .country
            .as_deref()
            .and_then(|country| country.to_ascii_uppercase().parse().ok());
        let mut near: Vec<Region> = Vec::new();
        near.extend(declared);
        near.extend(reading.language.and_then(home));
        near.push(DEFAULT_REGION);
        near.dedup();
        Self {
            declared,
            near,
            questions_left: limit,
        }
    }

    pub(super) fn refill(&mut self, limit: usize) {
        self.questions_left = limit;
    }

    /// Whether no question is left.
    pub(super) const fn is_exhausted(&self) -> bool {
        self.questions_left == 0
    }

    /// Whether a number can begin with this group: with a plus or a zero, with a country code
    /// written in one piece, or after a word for calling.
    pub(super) fn may_begin(&self, first: &Group, candidate: &Candidate) -> bool {
        candidate.has_plus
            || candidate.has_cue
            || candidate.is_link
            || candidate.named.is_some()
            || self.declared == Some(Region::HU) && is_hungarian_mobile(&first.digits)
            || first.digits.starts_with('0')
            || (first.digits.len() >= 10 && has_bare_code(&first.digits))
            || self.near.iter().any(|&region| has_no_trunk_prefix(region))
    }

    /// The likeliest number that these digits are.
    pub(super) fn validate(&mut self, candidate: &Candidate) -> Option<Answer> {
        let digits = candidate.digits.as_str();
        let said = |answer| Answer::first(answer, Standing::Said);
        if candidate.has_plus {
            return self.international(digits).map(said);
        }
        if let Some(rest) = digits.strip_prefix("00") {
            return self.international(rest).map(said);
        }
        if candidate.is_link
            && let Some(answer) = self.international(digits)
        {
            return Some(said(answer));
        }
        if !digits.starts_with('0')
            && candidate.is_one_group
            && digits.len() >= 10
            && has_bare_code(digits)
            && let Some((true, phone)) = self.international(digits)
        {
            return Some(Answer::first((true, phone), Standing::BareCode));
        }
        let mut best: Option<Answer> = None;
        let n_near = self.near.len() + usize::from(candidate.named.is_some());
        for at in 0..n_near + LAST_REGIONS.len() {
            // A plan further away is never likelier than one that was found.
            if at >= n_near && best.is_some() {
                break;
            }
            let Some(region) = self.region(candidate, at) else {
                continue;
            };
            let Some(answer) = self.of_region(candidate, region, at < n_near) else {
                continue;
            };
            if best.as_ref().is_none_or(|known| answer.rank < known.rank) {
                best = Some(answer);
            }
        }
        best
    }

    fn of_region(
        &mut self,
        candidate: &Candidate,
        region: Region,
        is_near: bool,
    ) -> Option<Answer> {
        let digits = candidate.digits.as_str();
        let has_zero = digits.starts_with('0');
        let is_named = candidate.named == Some(region);
        let is_declared = self.declared == Some(region);
        let may_be_bare = is_near && (candidate.has_cue || has_no_trunk_prefix(region))
            || is_named
            || is_declared
                && region == Region::HU
                && !candidate.is_one_group
                && is_hungarian_mobile(digits);
        if !(has_zero || may_be_bare) {
            return None;
        }
        // The zero of an Italian landline belongs to it.
        if has_zero && has_no_trunk_prefix(region) && region != Region::IT {
            return None;
        }
        let (is_mobile, phone) = self.national(region, digits)?;
        let rank = match (is_declared || is_named, is_mobile, is_near) {
            (true, true, _) => 0,
            (true, false, _) | (false, true, true) => 1,
            (false, true, false) => 3,
            (false, false, true) if has_zero || candidate.has_cue => 2,
            _ => return None,
        };
        let standing = if is_named {
            Standing::Said
        } else if is_declared || is_near && self.declared.is_none() {
            Standing::Own
        } else if is_near {
            Standing::Default
        } else {
            Standing::Far
        };
        Some(Answer {
            rank,
            phone,
            standing,
            is_mobile,
            has_zero,
        })
    }

    /// The regions to try, the likeliest first: the one that is named, near ones, the last ones.
    fn region(&self, candidate: &Candidate, at: usize) -> Option<Region> {
        let near = candidate.named.iter().chain(&self.near);
        near.chain(&LAST_REGIONS).nth(at).copied()
    }

    fn international(&mut self, digits: &str) -> Option<(bool, Phone)> {
        if !(8..=16).contains(&digits.len()) || digits.starts_with('0') {
            return None;
        }
        self.ask(None, digits)
    }

    fn national(&mut self, region: Region, digits: &str) -> Option<(bool, Phone)> {
        if region == Region::NL {
            // Ten digits with the zero; 06-0, 06-6, 06-7 and 06-9 are no mobile numbers (number
            // plan of the Dutch authority: pagers, machines, not given out).
            let has_zero = digits.starts_with('0');
            if digits.len() != 9 + usize::from(has_zero) {
                return None;
            }
            let rest = digits.trim_start_matches('0');
            if rest.len() != 9
                || ["60", "66", "67", "69"]
                    .iter()
                    .any(|not| rest.starts_with(not))
            {
                return None;
            }
        }
        self.ask(Some(region), digits)
    }

    /// Asks the plans, while questions are left. The first answer is whether it is mobile.
    fn ask(&mut self, region: Option<Region>, digits: &str) -> Option<(bool, Phone)> {
        self.questions_left = self.questions_left.checked_sub(1)?;
        let number = match region {
            Some(region) => numbering::national(region, digits)?,
            None => numbering::international(digits)?,
        };
        let written = number.phone.as_str();
        // The metadata also has the longer numbers of machines, which nobody is called on.
        if written.starts_with(DUTCH_CODE) && written.len() > DUTCH_LEN {
            return None;
        }
        let is_drama = written.len() == DRAMA_LEN && written.starts_with(DRAMA);
        (number.is_valid || is_drama).then_some((number.is_mobile || is_drama, number.phone))
    }
}

pub(super) fn has_bare_code(digits: &str) -> bool {
    BARE_CODES.iter().any(|code| digits.starts_with(code))
}

/// Hungarian mobile numbers are written without their `06`, too: `30/123-4567`.
fn is_hungarian_mobile(digits: &str) -> bool {
    ["20", "30", "31", "50", "70"]
        .iter()
        .any(|code| digits.starts_with(code))
}

/// Plans in which a national number has no zero or other prefix before it.
const fn has_no_trunk_prefix(region: Region) -> bool {
    matches!(
        region,
        Region::ES
            | Region::PL
            | Region::US
            | Region::CA
            | Region::PT
            | Region::IT
            | Region::CZ
            | Region::GR
            | Region::DK
            | Region::NO
            | Region::MX
            | Region::LU
    )
}

/// The country in which most readers of a language live; none for Dutch and English, which stand
/// under the default.
const fn home(language: Language) -> Option<Region> {
    match language {
        Language::Nl => None,
        Language::En => Some(Region::GB),
        Language::De => Some(Region::DE),
        Language::Fr => Some(Region::FR),
        Language::Es => Some(Region::ES),
        Language::Ro => Some(Region::RO),
        Language::Hu => Some(Region::HU),
        Language::Pl => Some(Region::PL),
        Language::Bg => Some(Region::BG),
    }
}
