//! Reads a rule from its file, naming every mistake.

use model::{Digest, EvidenceKind, Family, Field, IndicatorId, Language, RuleId};

use super::condition::{Bounds, Condition};
use super::example::Example;
use super::lazy::LazyRegex;
use super::parts::{read_exclude, read_localised, read_negation};
use super::pattern::{Notation, Pattern};
use super::reader::{Node, unknown};
use super::rule::{
    Group, INDICATORS, LANGUAGES, Level, OncePer, Rule, Shared, Status, Tier, named,
};

const STATUSES: &[(&str, Status)] = &[
    ("draft", Status::Draft),
    ("shadow", Status::Shadow),
    ("test", Status::Test),
    ("stable", Status::Stable),
    ("deprecated", Status::Deprecated),
];

const LEVELS: &[(&str, Level)] = &[
    ("informational", Level::Informational),
    ("low", Level::Low),
    ("medium", Level::Medium),
    ("high", Level::High),
    ("critical", Level::Critical),
];

/// The indicators that the catalogue forbids (`indicators.md` 2.5): apparent age, language
/// quality, area codes.
const FORBIDDEN_INDICATORS: &[&str] = &["M10", "C18", "H7"];

/// Cues in these languages have not been read by native speakers: rules that rest on them are not
/// `stable` (`indicators.md` 2.7).
const UNREAD_LANGUAGES: &[Language] = &[Language::Ro, Language::Hu, Language::Pl, Language::Bg];

/// Examples that hit and near misses that a rule in status `test` or `stable` must have
/// (`design/rules.md`, "Promotion by evidence").
const EXAMPLES_NEEDED: usize = 3;

const FIELDS: &[(&str, Field)] = &[("title", Field::Title), ("text", Field::Text)];

impl Rule {
    /// Reads a rule; mistakes are named in the document.
    pub(crate) fn read(node: Node<'_>, path: &str, digest: Digest, shared: &Shared) -> Self {
        if node.need_whole("schema") != 1 {
            node.refuse("schema", "unknown schema; known: `1`");
        }
        let id = node.need_text("id");
        check_id(&node, &id, path);
        let uuid = read_uuid(&node);
        let title = read_localised(&node, "title", true);
        let indicator = node.need_text("indicator");
        check_indicator(&node, &indicator);
        let protective = indicator.len() == 2 && indicator.starts_with('P');
        let families = named(Family::ALL, Family::name);
        let family = if protective {
            if node.has("family") {
                node.refuse("family", "protective evidence (`P1` to `P7`) has no family");
            }
            None
        } else {
            node.need_choice("family", &families)
                .or(Some(Family::Organisation))
        };
        let kinds = named(EvidenceKind::ALL, EvidenceKind::name);
        let kind = node.need_choice("kind", &kinds);
        let hard = node.flag("hard").unwrap_or(false);
        if hard && family != Some(Family::Minor) {
            node.refuse("hard", "only rules of the family `minor` are hard");
        }
        let languages = node.choices("languages", LANGUAGES).unwrap_or_default();
        let version = u32::try_from(node.need_whole("version")).unwrap_or(0);
        if version == 0 {
            node.refuse("version", "`version` counts from 1");
        }
        let mut rule = Self {
            id: RuleId(id),
            uuid,
            version,
            status: node
                .need_choice("status", STATUSES)
                .unwrap_or(Status::Draft),
            level: node
                .need_choice("level", LEVELS)
                .unwrap_or(Level::Informational),
            indicator: IndicatorId(indicator),
            family,
            kind: kind.unwrap_or(EvidenceKind::Text),
            hard,
            languages,
            references: need_texts(&node, "references"),
            rationale: read_localised(&node, "rationale", true),
            false_positives: need_texts(&node, "false_positives"),
            blind_spots: need_texts(&node, "blind_spots"),
            triage: read_localised(&node, "triage", true),
            points: 0,
            path: path.to_owned(),
            digest,
            once_per: OncePer::Listing,
            fields: Vec::new(),
            patterns: Vec::new(),
            groups: Vec::new(),
            negations: Vec::new(),
            conditions: Vec::new(),
            excludes: Vec::new(),
            tiers: Vec::new(),
            examples: Vec::new(),
            lintable: vec![
                (node.line_of("title"), title.nl.clone()),
                (node.line_of("title"), title.en.clone()),
            ],
            title,
        };
        node.need_day("created");
        node.need_day("modified");
        for related in node.tables("related") {
            related.need_text("id");
            related.need_text("type");
            related.done();
        }
        rule.read_score(&node);
        rule.read_match(&node, shared);
        rule.conditions = node
            .tables("when")
            .into_iter()
            .filter_map(Condition::read)
            .collect();
        rule.read_excludes(&node, shared);
        rule.read_tiers(&node);
        rule.read_examples(&node);
        if let Some(history) = node.table("history") {
            history.entries();
        }
        rule.check(&node);
        node.done();
        rule
    }

    fn read_score(&mut self, node: &Node<'_>) {
        let Some(score) = node.table("score") else {
            node.refuse("score", "missing table `[score]` with `points`");
            return;
        };
        self.points = read_points(&score, self.is_protective());
        self.once_per = score
            .choice(
                "once_per",
                &[
                    ("listing", OncePer::Listing),
                    ("sentence", OncePer::Sentence),
                    ("match", OncePer::Match),
                ],
            )
            .unwrap_or(OncePer::Listing);
        score.done();
    }

    fn read_match(&mut self, node: &Node<'_>, shared: &Shared) {
        let Some(found) = node.table("match") else {
            return;
        };
        self.fields = found
            .choices("in", FIELDS)
            .unwrap_or_else(|| vec![Field::Title, Field::Text]);
        self.read_group(&found, false);
        for also in found.tables("also") {
            self.read_group(&also, true);
            also.done();
        }
        for negation in found.tables("not") {
            let read = read_negation(&negation, shared, &mut self.lintable);
            negation.done();
            self.negations.extend(read);
        }
        found.done();
    }

    fn read_group(&mut self, node: &Node<'_>, also: bool) {
        let first = self.patterns.len();
        for entry in node.tables("any") {
            self.read_patterns(&entry);
            entry.done();
        }
        if self.patterns.len() == first {
            node.refuse("any", "`any` must hold at least one phrase or regex");
        }
        let at_least = node.whole("at_least").unwrap_or(1);
        self.groups.push(Group {
            patterns: first..self.patterns.len(),
            at_least: usize::try_from(at_least).unwrap_or(1).max(1),
            same_sentence: also && node.flag("same_sentence").unwrap_or(false),
        });
    }

    fn read_patterns(&mut self, node: &Node<'_>) {
        let language = node.choice("lang", LANGUAGES);
        let languages = language.map_or_else(|| self.languages.clone(), |one| vec![one]);
        if let Some(language) = language
            && !self.languages.contains(&language)
        {
            node.refuse(
                "lang",
                format!("`{language}` is not among the rule's `languages`"),
            );
        }
        let exact = node.text("exact").and_then(|source| {
            LazyRegex::checked(source.clone(), true, &source)
                .map_err(|why| node.refuse("exact", why))
                .ok()
                .map(|(regex, _)| regex)
        });
        let phrases = node.texts("phrases");
        let single = node.text("phrase").map(|phrase| (Notation::Phrase, phrase));
        let regex = node.text("regex").map(|regex| (Notation::Regex, regex));
        let id = node.text("id");
        let written: Vec<(String, Notation, String)> = match (phrases, single.or(regex)) {
            (Some(phrases), None) => {
                let stem = id.unwrap_or_else(|| {
                    language.map_or_else(|| "any".to_owned(), |one| one.code().to_owned())
                });
                let numbered = phrases.into_iter().enumerate();
                numbered
                    .map(|(at, phrase)| (format!("{stem}-{}", at + 1), Notation::Phrase, phrase))
                    .collect()
            }
            (None, Some((notation, written))) => {
                let id = id.unwrap_or_else(|| {
                    node.refuse("id", "a single phrase or regex needs an `id`");
                    String::new()
                });
                vec![(id, notation, written)]
            }
            _ => {
                node.refuse("phrases", "give one of `phrases`, `phrase` or `regex`");
                return;
            }
        };
        for (id, notation, written) in written {
            let line = node.line();
            self.lintable.push((line, written.clone()));
            if self.patterns.iter().any(|known| known.id == id) {
                node.refuse(
                    "id",
                    format!("two patterns have the id `{id}`; give one another"),
                );
            }
            match Pattern::compile(id, notation, &written, languages.clone()) {
                Ok(mut pattern) => {
                    pattern.exact.clone_from(&exact);
                    self.patterns.push(pattern);
                }
                Err(why) => node.refuse("phrases", why),
            }
        }
    }

    fn read_excludes(&mut self, node: &Node<'_>, shared: &Shared) {
        for name in node.texts("excludes").unwrap_or_default() {
            match shared.excludes.iter().find(|exclude| exclude.id == name) {
                Some(exclude) => self.excludes.push(exclude.clone()),
                None => {
                    let known = shared.excludes.iter().map(|exclude| exclude.id.as_str());
                    node.refuse("excludes", unknown("exclusion of the pack", &name, known));
                }
            }
        }
        for exclude in node.tables("exclude") {
            let read = read_exclude(&exclude, &mut self.lintable);
            exclude.done();
            self.excludes.extend(read);
        }
    }

    fn read_tiers(&mut self, node: &Node<'_>) {
        let fact = self.conditions.iter().find_map(Condition::fact);
        for tier in node.tables("tier") {
            let points = read_points(&tier, self.is_protective());
            let when = match (tier.whole("gte"), tier.table("when")) {
                (Some(least), None) => match fact {
                    Some(fact) => Some(Condition::Fact(fact, Bounds::at_least(least))),
                    None => {
                        tier.refuse(
                            "gte",
                            "`gte` needs a `[[when]]` with a fact; use `when` here",
                        );
                        None
                    }
                },
                (None, Some(when)) => Condition::read(when),
                _ => {
                    tier.refuse("when", "a tier needs one of `gte` or `when`");
                    None
                }
            };
            tier.done();
            self.tiers.extend(when.map(|when| Tier { when, points }));
        }
    }

    fn read_examples(&mut self, node: &Node<'_>) {
        for (at, example) in node.tables("example").into_iter().enumerate() {
            self.examples.push(Example::read(example, at + 1));
        }
    }

    fn check(&self, node: &Node<'_>) {
        let evidence =
            !self.groups.is_empty() || self.conditions.iter().any(Condition::gives_evidence);
        if !evidence {
            node.refuse(
                "match",
                "the rule names nothing that a finding could rest on; give it a `[match]` or a \
                 `[[when]]` that is not `absent`",
            );
        }
        if !self.groups.is_empty() && self.languages.is_empty() {
            node.refuse("languages", "a rule with a `[match]` needs `languages`");
        }
        if self.status == Status::Stable
            && let Some(language) = UNREAD_LANGUAGES
                .iter()
                .find(|language| self.languages.contains(language))
        {
            node.refuse(
                "status",
                format!(
                    "`{language}` cues have not been read by native speakers; the status stays \
                     `test`"
                ),
            );
        }
        if matches!(self.status, Status::Test | Status::Stable) {
            let n_hits = self.examples.iter().filter(|one| one.fires()).count();
            let n_misses = self.examples.len() - n_hits;
            if n_hits < EXAMPLES_NEEDED || n_misses < EXAMPLES_NEEDED {
                node.refuse(
                    "example",
                    format!(
                        "{n_hits} examples that fire and {n_misses} near misses; status `test` \
                         needs {EXAMPLES_NEEDED} of each"
                    ),
                );
            }
        }
        for negation in &self.negations {
            for wanted in &negation.patterns {
                if !self
                    .patterns
                    .iter()
                    .any(|known| known.id.starts_with(wanted))
                {
                    node.refuse(
                        "match",
                        unknown(
                            "pattern",
                            wanted,
                            self.patterns.iter().map(|known| known.id.as_str()),
                        ),
                    );
                }
            }
        }
    }
}

/// Largest points of one rule: the scale of the catalogue.
const POINTS_LIMIT: i64 = 100;

fn read_points(node: &Node<'_>, protective: bool) -> i32 {
    let points = node.need_whole("points");
    let range = if protective {
        -POINTS_LIMIT..=0
    } else {
        0..=POINTS_LIMIT
    };
    if !range.contains(&points) {
        node.refuse(
            "points",
            format!("`points` must be from {} to {}", range.start(), range.end()),
        );
        return 0;
    }
    i32::try_from(points).unwrap_or(0)
}

fn need_texts(node: &Node<'_>, key: &'static str) -> Vec<String> {
    let texts = node.texts(key).unwrap_or_default();
    if texts.is_empty() {
        node.refuse(key, format!("`{key}` must name at least one"));
    }
    texts
}

fn check_id(node: &Node<'_>, id: &str, path: &str) {
    let shaped = id.len() == 11
        && id.starts_with("WL-")
        && id.as_bytes()[3..6].iter().all(u8::is_ascii_uppercase)
        && id.as_bytes()[6] == b'-'
        && id.as_bytes()[7..].iter().all(u8::is_ascii_digit);
    if !shaped {
        node.refuse("id", format!("`{id}` is no rule id; write `WL-ABC-0001`"));
        return;
    }
    let file = path.rsplit('/').next().unwrap_or(path);
    if file != format!("{id}.toml") {
        node.refuse("id", format!("rule `{id}` belongs in a file `{id}.toml`"));
    }
}

fn read_uuid(node: &Node<'_>) -> String {
    let uuid = node.need_text("uuid");
    let shaped = uuid.len() == 36
        && uuid.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase(),
        });
    if !shaped && node.has("uuid") {
        node.refuse("uuid", format!("`{uuid}` is no UUID in lower case"));
    }
    uuid
}

fn check_indicator(node: &Node<'_>, indicator: &str) {
    if FORBIDDEN_INDICATORS.contains(&indicator) {
        node.refuse(
            "indicator",
            format!("`{indicator}` must not be built: it uses a forbidden feature"),
        );
    } else if !INDICATORS.contains(&indicator) && node.has("indicator") {
        node.refuse(
            "indicator",
            unknown("indicator", indicator, INDICATORS.iter().copied()),
        );
    }
}
