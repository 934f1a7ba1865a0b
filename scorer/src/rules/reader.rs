//! Reads TOML tables so that every mistake is named with its line, all of them at once.
//!
//! A rule is asked for its keys one by one; whatever was not asked for when [`Node::done`] is
//! called is an unknown key. So the list of known keys is the code that reads them and cannot
//! go out of date. (`serde` with `deny_unknown_fields` stops at the first mistake of a file.)

use std::cell::RefCell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::Problem;

/// One file: where its lines begin, and what was found wrong so far.
pub(crate) struct Document {
    path: String,
    line_starts: Vec<usize>,
    problems: RefCell<Vec<Problem>>,
}

impl Document {
    /// Parses a file. Syntax mistakes are kept as problems; what could be read is returned.
    pub(crate) fn parse<'i>(path: &str, text: &'i str) -> (Self, Spanned<DeTable<'i>>) {
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        let document = Self {
            path: path.to_owned(),
            line_starts,
            problems: RefCell::default(),
        };
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            document.refuse_at(at, format!("not valid TOML: {}", error.message()));
        }
        (document, table)
    }

    pub(crate) fn root<'r>(&'r self, table: &'r Spanned<DeTable<'r>>) -> Node<'r> {
        Node {
            document: self,
            table: table.get_ref(),
            at: 0,
            asked: RefCell::default(),
        }
    }

    /// What was found wrong.
    pub(crate) fn problems(self) -> Vec<Problem> {
        self.problems.into_inner()
    }

    fn line(&self, at: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= at)
    }

    fn refuse_at(&self, at: usize, why: String) {
        self.refuse_line(self.line(at), why);
    }

    pub(crate) fn refuse_line(&self, line: usize, why: String) {
        self.problems.borrow_mut().push(Problem {
            path: self.path.clone(),
            line,
            why,
        });
    }
}

/// One table of a file.
pub(crate) struct Node<'r> {
    document: &'r Document,
    table: &'r DeTable<'r>,
    at: usize,
    asked: RefCell<Vec<&'static str>>,
}

/// A value of a table whose keys are free, such as the facts of an example.
pub(crate) enum Free {
    Text(String),
    Whole(i64),
    Flag(bool),
    Texts(Vec<String>),
}

impl<'r> Node<'r> {
    pub(crate) fn document(&self) -> &'r Document {
        self.document
    }

    /// The line on which the table begins.
    pub(crate) fn line(&self) -> usize {
        self.document.line(self.at)
    }

    /// The line of a key, or of the table where the key is absent.
    pub(crate) fn line_of(&self, key: &str) -> usize {
        let at = self
            .table
            .get(key)
            .map_or(self.at, |value| value.span().start);
        self.document.line(at)
    }

    /// Names a mistake at a key.
    pub(crate) fn refuse(&self, key: &str, why: impl Into<String>) {
        self.document.refuse_line(self.line_of(key), why.into());
    }

    fn value(&self, key: &'static str) -> Option<&'r Spanned<DeValue<'r>>> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    fn typed<T>(
        &self,
        key: &'static str,
        wanted: &str,
        read: impl Fn(&'r DeValue<'r>) -> Option<T>,
    ) -> Option<T> {
        let value = self.value(key)?;
        let found = read(value.get_ref());
        if found.is_none() {
            self.refuse(
                key,
                format!(
                    "`{key}` must be {wanted}, not {}",
                    value.get_ref().type_str()
                ),
            );
        }
        found
    }

    pub(crate) fn has(&self, key: &'static str) -> bool {
        self.value(key).is_some()
    }

    pub(crate) fn text(&self, key: &'static str) -> Option<String> {
        self.typed(key, "a string", |value| value.as_str().map(str::to_owned))
    }

    pub(crate) fn whole(&self, key: &'static str) -> Option<i64> {
        self.typed(key, "a whole number", whole)
    }

    pub(crate) fn flag(&self, key: &'static str) -> Option<bool> {
        self.typed(key, "`true` or `false`", DeValue::as_bool)
    }

    /// A TOML date such as `2026-01-10`.
    pub(crate) fn day(&self, key: &'static str) -> Option<String> {
        self.typed(key, "a date such as 2026-01-10", |value| match value {
            DeValue::Datetime(moment) if moment.date.is_some() && moment.time.is_none() => {
                Some(moment.to_string())
            }
            _ => None,
        })
    }

    pub(crate) fn need_day(&self, key: &'static str) -> String {
        let day = self.day(key);
        self.needed(key, day).unwrap_or_default()
    }

    /// A string or a list of strings.
    pub(crate) fn texts(&self, key: &'static str) -> Option<Vec<String>> {
        self.typed(key, "a string or a list of strings", texts)
    }

    /// A list of pairs of offsets, `[[0, 15]]`.
    pub(crate) fn pairs(&self, key: &'static str) -> Option<Vec<(usize, usize)>> {
        let offset = |value: &DeValue<'_>| usize::try_from(whole(value)?).ok();
        self.typed(key, "a list of pairs such as `[[0, 15]]`", |value| {
            let pairs = value.as_array()?.iter();
            pairs
                .map(|pair| {
                    let pair = pair.get_ref().as_array()?;
                    match (pair.len(), pair.first(), pair.get(1)) {
                        (2, Some(start), Some(end)) => {
                            Some((offset(start.get_ref())?, offset(end.get_ref())?))
                        }
                        _ => None,
                    }
                })
                .collect()
        })
    }

    pub(crate) fn need_text(&self, key: &'static str) -> String {
        let text = self.text(key);
        self.needed(key, text).unwrap_or_default()
    }

    pub(crate) fn need_whole(&self, key: &'static str) -> i64 {
        let whole = self.whole(key);
        self.needed(key, whole).unwrap_or_default()
    }

    fn needed<T>(&self, key: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.table.contains_key(key) {
            self.document
                .refuse_line(self.line(), format!("missing key `{key}`"));
        }
        value
    }

    /// One of a closed list of names.
    pub(crate) fn choice<T: Copy>(&self, key: &'static str, known: &[(&str, T)]) -> Option<T> {
        let name = self.text(key)?;
        let found = known.iter().find(|(known, _)| *known == name);
        if found.is_none() {
            self.refuse(
                key,
                unknown(key, &name, known.iter().map(|(name, _)| *name)),
            );
        }
        found.map(|(_, value)| *value)
    }

    pub(crate) fn need_choice<T: Copy>(&self, key: &'static str, known: &[(&str, T)]) -> Option<T> {
        let choice = self.choice(key, known);
        self.needed(key, choice)
    }

    /// Some of a closed list of names.
    pub(crate) fn choices<T: Copy>(
        &self,
        key: &'static str,
        known: &[(&str, T)],
    ) -> Option<Vec<T>> {
        let names = self.texts(key)?;
        let mut chosen = Vec::new();
        for name in names {
            match known.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => chosen.push(*value),
                None => self.refuse(
                    key,
                    unknown(key, &name, known.iter().map(|(name, _)| *name)),
                ),
            }
        }
        Some(chosen)
    }

    pub(crate) fn table(&self, key: &'static str) -> Option<Self> {
        let value = self.value(key)?;
        let table = self.typed(key, "a table", DeValue::as_table)?;
        Some(self.child(table, value.span().start))
    }

    /// A list of tables, or a single one.
    pub(crate) fn tables(&self, key: &'static str) -> Vec<Self> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        match value.get_ref() {
            DeValue::Table(table) => vec![self.child(table, value.span().start)],
            DeValue::Array(array) => {
                let mut nodes = Vec::new();
                for item in array.iter() {
                    match item.get_ref() {
                        DeValue::Table(table) => {
                            nodes.push(self.child(table, item.span().start));
                        }
                        other => self.document.refuse_at(
                            item.span().start,
                            format!("`{key}` must hold tables, not {}", other.type_str()),
                        ),
                    }
                }
                nodes
            }
            other => {
                self.refuse(
                    key,
                    format!("`{key}` must be a table, not {}", other.type_str()),
                );
                Vec::new()
            }
        }
    }

    fn child(&self, table: &'r DeTable<'r>, at: usize) -> Self {
        Self {
            document: self.document,
            table,
            at,
            asked: RefCell::default(),
        }
    }

    /// All entries of a table with free keys: key, line, value.
    pub(crate) fn entries(&self) -> Vec<(String, usize, Free)> {
        let mut entries = Vec::new();
        for (key, value) in self.table {
            let line = self.document.line(value.span().start);
            let free = match value.get_ref() {
                DeValue::String(text) => Some(Free::Text(text.to_string())),
                DeValue::Boolean(flag) => Some(Free::Flag(*flag)),
                DeValue::Array(_) => texts(value.get_ref()).map(Free::Texts),
                other => whole(other).map(Free::Whole),
            };
            match free {
                Some(free) => entries.push((key.get_ref().to_string(), line, free)),
                None => self.document.refuse_line(
                    line,
                    format!(
                        "`{}` must be a string, a whole number, a flag or a list of strings",
                        key.get_ref()
                    ),
                ),
            }
        }
        entries
    }

    /// Names every key that nobody asked for.
    pub(crate) fn done(self) {
        let mut known = self.asked.into_inner();
        known.sort_unstable();
        known.dedup();
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                self.document.refuse_at(
                    key.span().start,
                    unknown("key", name, known.iter().copied()),
                );
            }
        }
    }
}

fn whole(value: &DeValue<'_>) -> Option<i64> {
    let integer = value.as_integer()?;
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

fn texts(value: &DeValue<'_>) -> Option<Vec<String>> {
    match value {
        DeValue::String(text) => Some(vec![text.to_string()]),
        DeValue::Array(array) => array
            .iter()
            .map(|item| item.get_ref().as_str().map(str::to_owned))
            .collect(),
        _ => None,
    }
}

/// ``unknown signal `age_text`; known: `age`, `phone` ``.
pub(crate) fn unknown<'n>(what: &str, name: &str, known: impl Iterator<Item = &'n str>) -> String {
    let known: Vec<String> = known.map(|name| format!("`{name}`")).collect();
    format!("unknown {what} `{name}`; known: {}", known.join(", "))
}

/// Bytes that say what a table says: keys in order, every value with its type and length. Layout,
/// comments and the order of keys do not change them.
pub(crate) fn canonical(table: &DeTable<'_>, leave_out: &[&str]) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_table(table, leave_out, &mut bytes);
    bytes
}

fn write_table(table: &DeTable<'_>, leave_out: &[&str], bytes: &mut Vec<u8>) {
    let mut entries: Vec<_> = table
        .iter()
        .filter(|(key, _)| !leave_out.contains(&key.get_ref().as_ref()))
        .collect();
    entries.sort_by(|one, other| one.0.get_ref().cmp(other.0.get_ref()));
    write_head(b't', entries.len(), bytes);
    for (key, value) in entries {
        write_bytes(b'k', key.get_ref().as_bytes(), bytes);
        write_value(value.get_ref(), bytes);
    }
}

fn write_value(value: &DeValue<'_>, bytes: &mut Vec<u8>) {
    match value {
        DeValue::String(text) => write_bytes(b's', text.as_bytes(), bytes),
        DeValue::Integer(integer) => match whole(value) {
            Some(number) => write_bytes(b'i', &number.to_le_bytes(), bytes),
            None => write_bytes(b'i', integer.as_str().as_bytes(), bytes),
        },
        DeValue::Float(float) => write_bytes(b'f', float.as_str().as_bytes(), bytes),
        DeValue::Boolean(flag) => write_bytes(b'b', &[u8::from(*flag)], bytes),
        DeValue::Datetime(moment) => write_bytes(b'd', moment.to_string().as_bytes(), bytes),
        DeValue::Array(array) => {
            write_head(b'a', array.len(), bytes);
            for item in array.iter() {
                write_value(item.get_ref(), bytes);
            }
        }
        DeValue::Table(table) => write_table(table, &[], bytes),
    }
}

fn write_head(kind: u8, length: usize, bytes: &mut Vec<u8>) {
    bytes.push(kind);
    bytes.extend((length as u64).to_le_bytes());
}

fn write_bytes(kind: u8, content: &[u8], bytes: &mut Vec<u8>) {
    write_head(kind, content.len(), bytes);
    bytes.extend(content);
}
