//! What a signal is about, for its colour.

use model::{Observed, Statement};

/// What a signal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Theme {
    /// Ages, and words for being young.
    Age,
    /// Ways to reach somebody.
    Contact,
    /// Who is offered, who speaks, answers and decides.
    People,
    /// Limits that are stated or denied.
    Limits,
    /// Place, time and price.
    Setting,
    /// What the listing is for, where that is something else.
    Purpose,
    /// Looked at and refused.
    Refused,
}

impl Theme {
    /// The class on the page.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Age => "age",
            Self::Contact => "contact",
            Self::People => "people",
            Self::Limits => "limits",
            Self::Setting => "setting",
            Self::Purpose => "purpose",
            Self::Refused => "refused",
        }
    }

    pub(super) const fn of(observed: &Observed) -> Self {
        match observed {
            Observed::Age(_) | Observed::AgeConflict { .. } => Self::Age,
            Observed::Phone(_)
            | Observed::Handle { .. }
            | Observed::Email(_)
            | Observed::Url(_) => Self::Contact,
            Observed::Alias(_)
            | Observed::Persons(_)
            | Observed::Speaker(_)
            | Observed::Answers(_) => Self::People,
            Observed::Language(_)
            | Observed::Place { .. }
            | Observed::Price { .. }
            | Observed::Hours { .. } => Self::Setting,
            Observed::SeeksPersons | Observed::OtherTrade(_) => Self::Purpose,
            Observed::Statement(statement) => Self::of_statement(*statement),
            Observed::Refused(_) => Self::Refused,
        }
    }

    const fn of_statement(statement: Statement) -> Self {
        match statement {
            Statement::JustEighteen
            | Statement::AtSchool
            | Statement::YouthWord
            | Statement::AgeWithheld => Self::Age,
            Statement::NumberInPicture | Statement::TextInPicture => Self::Contact,
            Statement::Beginner
            | Statement::SeveralPersons
            | Statement::TwoTogether
            | Statement::SharedPremises
            | Statement::Accompanied
            | Statement::Restricted
            | Statement::Presented
            | Statement::MoneyToOthers => Self::People,
            Statement::Recruiting | Statement::Threat | Statement::AccountTrade => Self::Purpose,
            Statement::Movement => Self::Setting,
            Statement::Boundaries | Statement::NoBoundaries => Self::Limits,
        }
    }
}
