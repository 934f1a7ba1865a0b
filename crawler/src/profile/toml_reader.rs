//! Walks a TOML table and keeps, for every value, the line it stands on.
//!
//! `serde` would stop at the first problem and does not know the line of a value that is wrong in
//! meaning (a selector, a time zone). This reader collects all problems of a file.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// All problems of one file.
pub(super) struct Problems<'a> {
    origin: &'a str,
    text: &'a str,
    found: Vec<(usize, String)>,
}

impl<'a> Problems<'a> {
    pub(super) fn new(origin: &'a str, text: &'a str) -> Self {
        Self {
            origin,
            text,
            found: Vec::new(),
        }
    }

    pub(super) fn line_of(&self, offset: usize) -> usize {
        let before = self.text.get(..offset).unwrap_or(self.text);
        before.bytes().filter(|byte| *byte == b'\n').count() + 1
    }

    pub(super) fn at(&mut self, span: &Range<usize>, why: impl Into<String>) {
        let line = self.line_of(span.start);
        self.found.push((line, why.into()));
    }

    pub(super) fn into_lines(mut self) -> Vec<String> {
        self.found.sort();
        self.found.dedup();
        self.found
            .into_iter()
            .map(|(line, why)| format!("{}:{line}: {why}", self.origin))
            .collect()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}

/// A value with where it stands.
#[derive(Clone, Debug)]
pub(super) struct Sited<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

/// One table of the file; remembers which keys were asked for.
pub(super) struct Section<'t, 'i> {
    name: String,
    span: Range<usize>,
    table: &'t DeTable<'i>,
    asked: BTreeSet<&'static str>,
}

impl<'t, 'i> Section<'t, 'i> {
    pub(super) fn root(table: &'t Spanned<DeTable<'i>>) -> Self {
        Self {
            name: String::new(),
            span: 0..0,
            table: table.get_ref(),
            asked: BTreeSet::new(),
        }
    }

    pub(super) fn of(name: &str, table: &'t DeTable<'i>, span: Range<usize>) -> Self {
        Self {
            name: name.to_owned(),
            span,
            table,
            asked: BTreeSet::new(),
        }
    }

    /// How messages call a key of this table.
    pub(super) fn path(&self, key: &str) -> String {
        if self.name.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.name)
        }
    }

    pub(super) fn span(&self) -> &Range<usize> {
        &self.span
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = (&'t str, &'t Spanned<DeValue<'i>>)> {
        self.table
            .iter()
            .map(|(key, value)| (key.get_ref().as_ref(), value))
    }

    pub(super) fn value(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.asked.insert(key);
        self.table.get(key)
    }

    pub(super) fn missing(&self, problems: &mut Problems<'_>, key: &str, way_out: &str) {
        let path = self.path(key);
        problems.at(&self.span, format!("`{path}` is missing: {way_out}"));
    }

    pub(super) fn text(
        &mut self,
        problems: &mut Problems<'_>,
        key: &'static str,
    ) -> Option<Sited<String>> {
        let path = self.path(key);
        let value = self.value(key)?;
        text_of(problems, &path, value)
    }

    /// A text that must be there and say something.
    pub(super) fn required_text(
        &mut self,
        problems: &mut Problems<'_>,
        key: &'static str,
        way_out: &str,
    ) -> Option<Sited<String>> {
        if self.value(key).is_none() {
            self.missing(problems, key, way_out);
            return None;
        }
        let text = self.text(problems, key)?;
        if text.value.trim().is_empty() {
            let path = self.path(key);
            problems.at(&text.span, format!("`{path}` is empty: {way_out}"));
            return None;
        }
        Some(text)
    }

    pub(super) fn flag(
        &mut self,
        problems: &mut Problems<'_>,
        key: &'static str,
        absent: bool,
    ) -> bool {
        let Some(value) = self.value(key) else {
            return absent;
        };
        value.get_ref().as_bool().unwrap_or_else(|| {
            let path = self.path(key);
            problems.at(
                &value.span(),
                format!("`{path}` is neither `true` nor `false`"),
            );
            absent
        })
    }

    pub(super) fn number(
        &mut self,
        problems: &mut Problems<'_>,
        key: &'static str,
        range: std::ops::RangeInclusive<u64>,
    ) -> Option<Sited<u64>> {
        let value = self.value(key)?;
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|integer| u64::from_str_radix(integer.as_str(), integer.radix()).ok())
            .filter(|number| range.contains(number));
        match number {
            Some(number) => Some(Sited {
                value: number,
                span: value.span(),
            }),
            None => {
                let path = self.path(key);
                problems.at(
                    &value.span(),
                    format!(
                        "`{path}` is no whole number from {} to {}",
                        range.start(),
                        range.end()
                    ),
                );
                None
            }
        }
    }

    pub(super) fn texts(
        &mut self,
        problems: &mut Problems<'_>,
        key: &'static str,
    ) -> Vec<Sited<String>> {
        let path = self.path(key);
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        match value.get_ref() {
            DeValue::Array(items) => items
                .iter()
                .filter_map(|item| text_of(problems, &path, item))
                .collect(),
            _ => text_of(problems, &path, value).into_iter().collect(),
        }
    }

    pub(super) fn section(
        &mut self,
        problems: &mut Problems<'_>,
        key: &'static str,
    ) -> Option<Section<'t, 'i>> {
        let path = self.path(key);
        let value = self.value(key)?;
        match value.get_ref().as_table() {
            Some(table) => Some(Section::of(&path, table, value.span())),
            None => {
                problems.at(
                    &value.span(),
                    format!("`{path}` is no table: write `[{path}]`"),
                );
                None
            }
        }
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn finish(self, problems: &mut Problems<'_>) {
        for (key, _) in self.table {
            if self.asked.contains(key.get_ref().as_ref()) {
                continue;
            }
            let known: Vec<&str> = self.asked.iter().copied().collect();
            problems.at(
                &key.span(),
                format!(
                    "unknown key `{}`; known: {}",
                    self.path(key.get_ref()),
                    known.join(", ")
                ),
            );
        }
    }
}

pub(super) fn text_of(
    problems: &mut Problems<'_>,
    path: &str,
    value: &Spanned<DeValue<'_>>,
) -> Option<Sited<String>> {
    let text = match value.get_ref() {
        DeValue::String(text) => text.to_string(),
        DeValue::Datetime(moment) => moment.to_string(),
        _ => {
            problems.at(
                &value.span(),
                format!("`{path}` is no text: put it in quotes"),
            );
            return None;
        }
    };
    Some(Sited {
        value: text,
        span: value.span(),
    })
}
