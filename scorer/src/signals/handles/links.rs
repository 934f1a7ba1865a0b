//! Links of chat services: `t.me/anna`, `snapchat.com/add/anna`, `instagram.com/anna/?hl=nl`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::contacts::pattern;

/// Hosts, what may stand before the name in the path, and the service.
const HOSTS: &[(&str, &[&str], &str)] = &[
    ("t.me", &["s/"], "telegram"),
    ("telegram.me", &["s/"], "telegram"),
    ("telegram.dog", &[], "telegram"),
    ("instagram.com", &[], "instagram"),
    ("instagr.am", &[], "instagram"),
    ("ig.me", &["m/"], "instagram"),
    ("snapchat.com", &["add/", "u/"], "snapchat"),
    ("facebook.com", &[], "facebook"),
    ("fb.com", &[], "facebook"),
    ("fb.me", &[], "facebook"),
    ("m.me", &[], "facebook"),
    ("x.com", &[], "x"),
    ("twitter.com", &[], "x"),
    ("tiktok.com", &[], "tiktok"),
    ("discord.com", &["users/"], "discord"),
    ("kik.me", &[], "kik"),
    ("line.me", &["ti/p/~", "r/ti/p/"], "line"),
    ("threema.id", &[], "threema"),
];

/// Paths that are no name.
const NO_NAMES: &[&str] = &[
    "p",
    "reel",
    "reels",
    "explore",
    "stories",
    "groups",
    "profile.php",
    "sharer",
    "sharer.php",
    "share",
    "intent",
    "home",
    "hashtag",
    "i",
    "joinchat",
    "addstickers",
    "search",
    "login",
    "events",
    "pages",
    "watch",
    "video",
    "tag",
    "add",
    "people",
    "discover",
    "invite",
];

static LINK: LazyLock<Regex> = LazyLock::new(|| {
    let hosts: Vec<String> = HOSTS
        .iter()
        .map(|(host, _, _)| host.replace('.', r"\."))
        .collect();
    pattern(&format!(
        r"(?:https?://)?(?:www\.|m\.|web\.|[a-z]{{2}}-[a-z]{{2}}\.)?\b({})/((?:add/|u/|s/|m/|users/|ti/p/~|r/ti/p/)?)@?([a-z0-9][a-z0-9._-]{{2,31}})(/?(?:\?[^\s<>()]*)?)",
        hosts.join("|")
    ))
});

/// Links that name somebody: where, the service, and the name.
pub(super) fn links(text: &str) -> Vec<(Range<usize>, &'static str, String)> {
    if !text.contains('/') {
        return Vec::new();
    }
    LINK.captures_iter(text)
        .filter_map(|parts| {
            let (whole, host, path, name) =
                (parts.get(0)?, parts.get(1)?, parts.get(2)?, parts.get(3)?);
            let before = text[..whole.start()].chars().next_back().unwrap_or(' ');
            if before.is_alphanumeric() || matches!(before, '.' | '-' | '/') {
                return None;
            }
            let (_, paths, service) = HOSTS.iter().find(|(known, _, _)| *known == host.as_str())?;
            let is_path = path.as_str().is_empty() && *service != "snapchat"
                || paths.contains(&path.as_str());
            let trimmed = name.as_str().trim_end_matches(['.', '-', '_']);
            let end = if trimmed.len() < name.len() {
                name.start() + trimmed.len()
            } else {
                whole.end()
            };
            // The rest of a longer path: a post, not a person.
            let goes_on = text[end..].starts_with('/')
                && !text[end..].starts_with("/?")
                && text[end + 1..].starts_with(char::is_alphanumeric);
            let is_name = is_path
                && !NO_NAMES.contains(&trimmed)
                && !goes_on
                && trimmed.contains(char::is_alphabetic);
            is_name.then(|| (whole.start()..end, *service, trimmed.to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = links(text);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(_, service, name)| (*service, name.as_str()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn links_name_somebody() {
        check("https://t.me/anna99?start=1", &[("telegram", "anna99")]);
        check("www.instagram.com/anna.k/", &[("instagram", "anna.k")]);
        check("snapchat.com/add/anna-k", &[("snapchat", "anna-k")]);
        check("tiktok.com/@anna.k!", &[("tiktok", "anna.k")]);
        check("instagram.com/p/abcdef", &[]);
        check("facebook.com/groups/utrecht", &[]);
        check("x.com/anna_k", &[("x", "anna_k")]);
        check("example.t.me.org/anna", &[]);
    }
}
