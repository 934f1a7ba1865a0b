//! The parts of a rule that the manifest of a pack may share: words, exclusions, texts for people.

use std::collections::BTreeMap;

use model::{Language, Localised};

use super::borders::Border;
use super::condition::Condition;
use super::lazy::LazyRegex;
use super::phrase::phrase_regex;
use super::reader::{Node, unknown};
use super::rule::{Exclude, ExcludeTest, LANGUAGES, Negation, Scope, Shared, Side};

const BORDERS: &[(&str, Border)] = &[
    ("clause", Border::Clause),
    ("sentence", Border::Sentence),
    ("listing", Border::Listing),
];

pub(crate) fn read_localised(node: &Node<'_>, key: &'static str, required: bool) -> Localised {
    let Some(table) = node.table(key) else {
        if required && !node.has(key) {
            node.refuse(key, format!("missing key `{key}` with `nl` and `en`"));
        }
        return Localised::default();
    };
    let localised = Localised {
        nl: table.need_text("nl"),
        en: table.need_text("en"),
    };
    table.done();
    localised
}

pub(crate) fn read_negation(
    node: &Node<'_>,
    shared: &Shared,
    lintable: &mut Vec<(usize, String)>,
) -> Option<Negation> {
    let window = node.table("window")?;
    let side = window.need_choice(
        "side",
        &[
            ("before", Side::Before),
            ("after", Side::After),
            ("around", Side::Around),
        ],
    );
    let tokens = usize::try_from(window.need_whole("tokens")).unwrap_or(0);
    let border = window.choice("border", BORDERS).unwrap_or(Border::Clause);
    window.done();
    let mut compiled = Vec::new();
    for name in node.texts("words").unwrap_or_default() {
        match shared.words.get(&name) {
            Some(words) => compiled.extend(words.iter().cloned()),
            None => {
                let known = shared.words.keys().map(String::as_str);
                node.refuse("words", unknown("word list of the pack", &name, known));
            }
        }
    }
    let language = node.choice("lang", LANGUAGES);
    if let Some(words) = node.texts("any") {
        let line = node.line_of("any");
        lintable.extend(words.iter().map(|word| (line, word.clone())));
        match any_phrase(&words, language) {
            Ok(regexes) => compiled.extend(regexes.into_iter().map(|regex| (language, regex))),
            Err(why) => node.refuse("any", why),
        }
    }
    if let Some(source) = node.text("regex") {
        lintable.push((node.line_of("regex"), source.clone()));
        match LazyRegex::checked(source.clone(), !source.is_ascii(), &source) {
            Ok((regex, _)) => compiled.push((language, regex)),
            Err(why) => node.refuse("regex", why),
        }
    }
    if compiled.is_empty() {
        node.refuse("any", "a negation needs `any`, `words` or `regex`");
    }
    Some(Negation {
        side: side?,
        tokens,
        border,
        patterns: node.texts("patterns").unwrap_or_default(),
        words: compiled,
    })
}

/// One expression for all phrases of one script, as many phrases as fit.
pub(crate) fn any_phrase(
    phrases: &[String],
    language: Option<Language>,
) -> Result<Vec<LazyRegex>, String> {
    let languages: Vec<Language> = language.into_iter().collect();
    let mut sources: BTreeMap<bool, Vec<String>> = BTreeMap::new();
    for phrase in phrases {
        let written = phrase_regex(phrase, &languages)?;
        if !written.slots.is_empty() {
            return Err(format!("phrase `{phrase}` may not hold slots here"));
        }
        sources
            .entry(written.unicode)
            .or_default()
            .push(written.regex);
    }
    sources
        .into_iter()
        .map(|(unicode, sources)| {
            let joined = sources.join("|");
            LazyRegex::checked(joined.clone(), unicode, &joined).map(|(regex, _)| regex)
        })
        .collect()
}

pub(crate) fn read_exclude(
    node: &Node<'_>,
    lintable: &mut Vec<(usize, String)>,
) -> Option<Exclude> {
    let id = node.need_text("id");
    let reason = read_localised(node, "reason", true);
    let scope = node
        .choice(
            "scope",
            &[
                ("listing", Scope::Listing),
                ("sentence", Scope::Sentence),
                ("match", Scope::Match),
            ],
        )
        .unwrap_or(Scope::Listing);
    let mut regexes = Vec::new();
    if let Some(phrases) = node.texts("phrases") {
        for phrase in &phrases {
            lintable.push((node.line_of("phrases"), phrase.clone()));
        }
        match any_phrase(&phrases, None) {
            Ok(compiled) => regexes.extend(compiled),
            Err(why) => node.refuse("phrases", why),
        }
    }
    if let Some(source) = node.text("text") {
        lintable.push((node.line_of("text"), source.clone()));
        match LazyRegex::checked(source.clone(), !source.is_ascii(), &source) {
            Ok((regex, _)) => regexes.push(regex),
            Err(why) => node.refuse("text", why),
        }
    }
    let test = match (regexes.is_empty(), node.table("when")) {
        (false, None) => ExcludeTest::Text(regexes),
        (true, Some(when)) => {
            let condition = Condition::read(when)?;
            if scope != Scope::Listing && !condition.reads_signal() {
                node.refuse(
                    "scope",
                    "an exclusion by field or fact works on the listing; only signals have a place",
                );
            }
            ExcludeTest::When(condition)
        }
        _ => {
            if !node.has("text") && !node.has("phrases") {
                node.refuse("id", "an exclusion needs `text` or `phrases`, or `when`");
            }
            return None;
        }
    };
    Some(Exclude {
        id,
        reason,
        scope,
        test,
    })
}
