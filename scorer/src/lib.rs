//! A listing and its links in, an explained score out; pure.

mod assess;
mod fold;
mod policy;
mod rules;
mod signals;

pub use assess::{ENGINE, Scorer};
pub use fold::{Folded, fold};
pub use policy::Policy;
pub use rules::{
    ExampleFailure, Level, PackError, Problem, Rule, RulePack, Status, forbidden_words,
    lint_forbidden,
};
pub use signals::{
    AgeEvidence, SignalExample, SignalReference, age_evidence, phones, signal_examples,
    signal_references, signals,
};
