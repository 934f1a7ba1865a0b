//! Chat services and how listings write them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::lexicon::{Trie, letters_end};

/// How far a name beside the word can be trusted to be a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Trust {
    /// The word means the service and nothing else.
    Sure,
    /// An abbreviation.
    Short,
    /// An ordinary word too: "line", "session".
    Word,
}

/// A chat service.
pub(in super::super) struct Service {
    /// The word that stands for it.
    pub(in super::super) name: &'static str,
    pub(in super::super) trust: Trust,
}

/// Service, trust, and how it is written, folded.
const SERVICES: &[(&str, Trust, &[&str])] = &[
    (
        "telegram",
        Trust::Sure,
        &[
            "telegram",
            "telegramm",
            "telegr@m",
            "tele gram",
            "tlgrm",
            "telegrm",
            "tlgram",
            "telega",
            "телеграм",
            "телеграма",
            "telegramie",
            "telegramon",
        ],
    ),
    ("telegram", Trust::Short, &["tg", "tele", "tgm", "tgram"]),
    (
        "snapchat",
        Trust::Sure,
        &[
            "snapchat",
            "snap chat",
            "sn@pchat",
            "snapje",
            "snapchatje",
            "snapp",
            "снапчат",
            "снап",
            "snapchacie",
        ],
    ),
    ("snapchat", Trust::Short, &["snap", "sn@p", "sc", "👻"]),
    (
        "instagram",
        Trust::Sure,
        &[
            "instagram",
            "insta gram",
            "inst@gram",
            "instagramm",
            "insta",
            "inst@",
            "инстаграм",
            "инста",
            "instagramie",
        ],
    ),
    ("instagram", Trust::Short, &["ig"]),
    ("kik", Trust::Sure, &["kik", "kikmessenger"]),
    ("wechat", Trust::Sure, &["wechat", "we chat", "weixin"]),
    ("signal", Trust::Word, &["signal", "сигнал"]),
    ("discord", Trust::Sure, &["discord", "дискорд"]),
    ("x", Trust::Sure, &["twitter", "туитър"]),
    ("tiktok", Trust::Sure, &["tiktok", "tik tok", "тикток"]),
    ("skype", Trust::Sure, &["skype", "skajp", "скайп"]),
    ("viber", Trust::Sure, &["viber", "вайбър"]),
    ("threema", Trust::Sure, &["threema"]),
    ("wickr", Trust::Sure, &["wickr", "wickrme", "wickr me"]),
    ("session", Trust::Word, &["session"]),
    ("line", Trust::Word, &["line"]),
    ("facebook", Trust::Sure, &["facebook", "фейсбук"]),
    ("facebook", Trust::Short, &["fb"]),
    ("facebook", Trust::Word, &["messenger"]),
];

struct ByFirstWord {
    words: Trie,
    /// By word of the trie, the longest form first.
    services: Vec<Vec<(&'static str, Service)>>,
}

static BY_FIRST_WORD: LazyLock<ByFirstWord> = LazyLock::new(|| {
    let mut services: BTreeMap<&str, Vec<(&str, Service)>> = BTreeMap::new();
    for &(name, trust, written) in SERVICES {
        for &form in written {
            services
                .entry(first_word(form))
                .or_default()
                .push((form, Service { name, trust }));
        }
    }
    for forms in services.values_mut() {
        forms.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
    }
    let words: Vec<&str> = services.keys().copied().collect();
    ByFirstWord {
        words: Trie::of(&words),
        services: services.into_values().collect(),
    }
});

/// The service whose name a folded text begins with, and the bytes of the name.
pub(in super::super) fn service(text: &str) -> Option<(usize, &'static Service)> {
    let services: &'static ByFirstWord = &BY_FIRST_WORD;
    let word = services.words.value_of(first_word(text))?;
    let (form, service) = services.services[word].iter().find(|(form, _)| {
        text.starts_with(form) && !text[form.len()..].starts_with(char::is_alphabetic)
    })?;
    Some((form.len(), service))
}

/// The letters that a text begins with, or the sign.
fn first_word(text: &str) -> &str {
    let sign = text.chars().next().map_or(0, char::len_utf8);
    &text[..letters_end(text, 0).max(sign)]
}

/// How services are written, folded.
pub(in super::super) fn forms() -> impl Iterator<Item = &'static str> {
    SERVICES
        .iter()
        .flat_map(|(_, _, written)| written.iter().copied())
}

/// The service with exactly this name, folded.
pub(in super::super) fn service_in(word: &str) -> Option<&'static Service> {
    service(word)
        .filter(|(len, _)| *len == word.len())
        .map(|(_, service)| service)
}
