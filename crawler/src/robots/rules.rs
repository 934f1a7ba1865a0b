//! The groups of a robots.txt and which rule decides.

use super::ROBOTS_LIMIT_BYTES;
use super::lines::{Directive, directives};
use super::pattern::{Pattern, google_spelling, rfc_spelling};

/// How percent-encodings are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// By what they mean (RFC 9309 section 2.2.2).
    Rfc,
    /// Letter by letter, as Google's published matcher does.
    Google,
}

/// A robots.txt, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RobotsTxt {
    groups: Vec<Group>,
    sitemaps: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Group {
    names: Vec<String>,
    for_all: bool,
    rules: Vec<Rule>,
    crawl_delay_ms: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    line: usize,
    allows: bool,
    rfc: Pattern,
    google: Pattern,
}

/// What the file says about one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decision {
    pub(super) allowed: bool,
    /// The line that decides, where one does.
    pub(super) line: Option<usize>,
}

impl RobotsTxt {
    /// Reads a file; never fails. More than [`ROBOTS_LIMIT_BYTES`] is not looked at.
    pub fn parse(body: &[u8]) -> Self {
        let body = &body[..body.len().min(ROBOTS_LIMIT_BYTES)];
        let mut robots = Self::default();
        let mut names_are_open = false;
        for line in directives(body) {
            match line.directive {
                Directive::UserAgent(name) => {
                    if !names_are_open {
                        robots.groups.push(Group::default());
                        names_are_open = true;
                    }
                    if let Some(group) = robots.groups.last_mut() {
                        group.add_name(&name);
                    }
                }
                Directive::Allow(value) => {
                    names_are_open = false;
                    robots.add_rule(line.number, true, &value);
                }
                Directive::Disallow(value) => {
                    names_are_open = false;
                    robots.add_rule(line.number, false, &value);
                }
                Directive::CrawlDelay(value) => {
                    if let Some(group) = robots.groups.last_mut() {
                        group.crawl_delay_ms = group.crawl_delay_ms.max(delay_ms(&value));
                    }
                }
                Directive::Sitemap(value) => {
                    if let Ok(address) = String::from_utf8(value) {
                        robots.sitemaps.push(address);
                    }
                }
                Directive::Unknown => {}
            }
        }
        robots
    }

    /// The sitemaps it names, as written.
    pub fn sitemaps(&self) -> &[String] {
        &self.sitemaps
    }

    /// The longest crawl delay that its groups ask of this agent.
    pub fn crawl_delay_ms(&self, agent: &str) -> Option<u64> {
        self.groups_for(agent)
            .iter()
            .filter_map(|group| group.crawl_delay_ms)
            .max()
    }

    /// Whether this agent may fetch this path (with its query), by one reading.
    pub fn allows(&self, reading: Reading, agent: &str, path: &str) -> bool {
        self.decide(reading, agent, path).allowed
    }

    pub(super) fn decide(&self, reading: Reading, agent: &str, path: &str) -> Decision {
        let spelled = match reading {
            Reading::Rfc => rfc_spelling(path.as_bytes(), false),
            Reading::Google => path.as_bytes().to_vec(),
        };
        let mut best: Option<(usize, &Rule)> = None;
        for group in self.groups_for(agent) {
            for rule in &group.rules {
                let pattern = match reading {
                    Reading::Rfc => &rule.rfc,
                    Reading::Google => &rule.google,
                };
                if pattern.length() == 0 || !pattern.matches(&spelled) {
                    continue;
                }
                let wins = best.is_none_or(|(length, by)| {
                    pattern.length() > length
                        || (pattern.length() == length && rule.allows && !by.allows)
                });
                if wins {
                    best = Some((pattern.length(), rule));
                }
            }
        }
        Decision {
            allowed: best.is_none_or(|(_, rule)| rule.allows),
            line: best.map(|(_, rule)| rule.line),
        }
    }

    /// The groups that name the agent; where none does, the groups for all.
    fn groups_for(&self, agent: &str) -> Vec<&Group> {
        let named: Vec<&Group> = self
            .groups
            .iter()
            .filter(|group| group.names.iter().any(|n| n.eq_ignore_ascii_case(agent)))
            .collect();
        if !named.is_empty() {
            return named;
        }
        self.groups.iter().filter(|group| group.for_all).collect()
    }

    fn add_rule(&mut self, line: usize, allows: bool, value: &[u8]) {
        let Some(group) = self.groups.last_mut() else {
            return;
        };
        let mut add = |value: &[u8]| {
            group.rules.push(Rule {
                line,
                allows,
                rfc: Pattern::new(&rfc_spelling(value, true)),
                google: Pattern::new(&google_spelling(value)),
            });
        };
        add(value);
        // `Allow: /a/index.html` also means `/a/`, as Google's matcher has it.
        if allows
            && let Some(slash) = value.iter().rposition(|byte| *byte == b'/')
            && value[slash..].starts_with(b"/index.htm")
        {
            add(&[&value[..=slash], b"$".as_slice()].concat());
        }
    }
}

impl Group {
    fn add_name(&mut self, written: &[u8]) {
        let for_all =
            written.first() == Some(&b'*') && written.get(1).is_none_or(u8::is_ascii_whitespace);
        if for_all {
            self.for_all = true;
            return;
        }
        let name = product_token(written);
        if !name.is_empty() {
            self.names.push(name.to_owned());
        }
    }
}

/// The leading letters, `-` and `_`: `FooBot/2.1 (x)` is called `FooBot`.
pub(super) fn product_token(written: &[u8]) -> &str {
    let length = written
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_'))
        .count();
    std::str::from_utf8(&written[..length]).unwrap_or_default()
}

fn delay_ms(value: &[u8]) -> Option<u64> {
    let seconds: f64 = std::str::from_utf8(value).ok()?.trim().parse().ok()?;
    if !seconds.is_finite() || seconds < 0.0 {
        return None;
    }
    // Anything beyond a year is far above every profile's limit: the exact value does not matter.
    let ms = (seconds.min(31_536_000.0) * 1_000.0).ceil();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and a year of milliseconds"
    )]
    let ms = ms as u64;
    Some(ms)
}
