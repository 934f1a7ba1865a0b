//! Regular expressions that are checked when a pack is read and compiled when one is first needed.
//!
//! A pack has about a thousand, a run needs a few dozen: compiling all of them at the start took
//! 160 ms in a release build, checking them takes a tenth of that.
//!
//! Invariant: what passed the check compiles. The check bounds the steps of an expression far
//! below what the compiler is then allowed.

use std::sync::{Arc, OnceLock};

use regex::bytes::{Regex, RegexBuilder};
use regex_syntax::hir::{Class, Hir, HirKind};

/// Largest size of one expression, in bytes (`design/rules.md`: "size_limit 1 MiB per pattern").
const SIZE_LIMIT_BYTES: usize = 1 << 20;
/// What one step of an expression takes in the compiled form, at least, in bytes.
const STEP_BYTES: usize = 32;
/// What the compiler may use: room above the bound that was checked, so that it cannot fail.
const COMPILED_LIMIT_BYTES: usize = 64 << 20;
/// Largest bounded repetition (`design/rules.md`: "bounded repetition <= 64").
const REPETITION_LIMIT: u32 = 64;
/// A class of so many of the 256 bytes runs over the ends of sentences.
const BROAD_CLASS_BYTES: usize = 200;

/// A checked expression over folded or original text. Clones share what is compiled.
#[derive(Clone, Debug)]
pub(crate) struct LazyRegex(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    source: String,
    unicode: bool,
    compiled: OnceLock<Regex>,
}

impl LazyRegex {
    /// Checks syntax, size, repetitions and that it cannot match the empty text. `written` is what
    /// stands in the file, for messages. The parsed form comes back with it.
    pub(crate) fn checked(
        source: String,
        unicode: bool,
        written: &str,
    ) -> Result<(Self, Hir), String> {
        let hir = regex_syntax::ParserBuilder::new()
            .unicode(unicode)
            .utf8(false)
            .build()
            .parse(&source)
            .map_err(|error| {
                let text = error.to_string();
                let why = text.lines().last().unwrap_or_default().trim();
                format!("pattern `{written}` cannot be read: {why}")
            })?;
        check_repetitions(&hir, written)?;
        if steps(&hir).saturating_mul(STEP_BYTES) > SIZE_LIMIT_BYTES {
            return Err(format!(
                "pattern `{written}` needs more than {SIZE_LIMIT_BYTES} bytes compiled; split it \
                 or use smaller repetitions"
            ));
        }
        if hir.properties().minimum_len().unwrap_or(0) == 0 {
            return Err(format!(
                "pattern `{written}` matches the empty text; make one part obligatory"
            ));
        }
        let regex = Self(Arc::new(Inner {
            source,
            unicode,
            compiled: OnceLock::new(),
        }));
        Ok((regex, hir))
    }

    /// The expression, compiled at the first call.
    #[expect(
        clippy::expect_used,
        reason = "syntax and size were checked when the pack was read"
    )]
    pub(crate) fn get(&self) -> &Regex {
        self.0.compiled.get_or_init(|| {
            RegexBuilder::new(&self.0.source)
                .unicode(self.0.unicode)
                .size_limit(COMPILED_LIMIT_BYTES)
                .build()
                .expect("a checked expression compiles")
        })
    }
}

/// An upper bound of the steps of a compiled expression.
fn steps(hir: &Hir) -> usize {
    match hir.kind() {
        HirKind::Empty => 1,
        HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(Class::Bytes(bytes)) => bytes.ranges().len() + 1,
        // A range of characters becomes up to four byte ranges, each in several parts.
        HirKind::Class(Class::Unicode(ranges)) => ranges.ranges().len().saturating_mul(4) + 1,
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min).max(repetition.min);
            let times = usize::try_from(times).unwrap_or(usize::MAX).max(1);
            steps(&repetition.sub)
                .saturating_mul(times)
                .saturating_add(times)
        }
        HirKind::Capture(capture) => steps(&capture.sub).saturating_add(2),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts
            .iter()
            .fold(1, |sum: usize, part| sum.saturating_add(steps(part))),
    }
}

fn check_repetitions(hir: &Hir, written: &str) -> Result<(), String> {
    match hir.kind() {
        HirKind::Repetition(repetition) => {
            let widest = repetition.max.unwrap_or(repetition.min).max(repetition.min);
            if widest > REPETITION_LIMIT {
                return Err(format!(
                    "pattern `{written}` repeats {widest} times; at most {REPETITION_LIMIT}"
                ));
            }
            let broad = match repetition.sub.kind() {
                HirKind::Class(class) => is_broad(class),
                _ => false,
            };
            if repetition.max.is_none() && broad {
                return Err(format!(
                    "pattern `{written}` repeats a broad class without bound, across sentences; \
                     bound it, as in `{{0,40}}`"
                ));
            }
            check_repetitions(&repetition.sub, written)
        }
        HirKind::Capture(capture) => check_repetitions(&capture.sub, written),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts
            .iter()
            .try_for_each(|part| check_repetitions(part, written)),
        _ => Ok(()),
    }
}

/// Whether a class holds more or less everything, the end of a sentence included.
fn is_broad(class: &Class) -> bool {
    match class {
        Class::Bytes(bytes) => {
            let n_bytes: usize = bytes
                .iter()
                .map(|range| usize::from(range.end()) - usize::from(range.start()) + 1)
                .sum();
            n_bytes > BROAD_CLASS_BYTES
        }
        Class::Unicode(ranges) => {
            let holds = |sign| {
                ranges
                    .iter()
                    .any(|range| range.start() <= sign && sign <= range.end())
            };
            holds('.') && holds('\u{1_0000}')
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(source: &str, part: &str) {
        let error = LazyRegex::checked(source.to_owned(), false, source).unwrap_err();
        assert!(error.contains(part), "{error}");
    }

    #[test]
    fn limits_are_kept_and_named() {
        refused("a{65}b", "at most 64");
        refused("a.*b", "without bound");
        refused("a?", "empty text");
        refused("(a", "unclosed group");
        refused("(?:(?:[a-z]{60}){60}){60}", "split it");
    }

    #[test]
    fn what_passes_the_check_compiles() {
        for (source, unicode) in [
            ("(?:(?:[a-z0-9.]{40}){40}){4}", false),
            (r"\w{8}", true),
            ("(?:[a-z]{30}x){64}", true),
        ] {
            let (regex, hir) = LazyRegex::checked(source.to_owned(), unicode, source).unwrap();
            assert!(regex.get().as_str().len() >= source.len());
            assert!(steps(&hir) > 1000, "{source} is a hard case");
        }
    }
}
