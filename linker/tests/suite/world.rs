//! Small worlds, one listing a line.
//!
//! A line has fields `key=value`: `id`, `site`, `account`, `phone` (several joined by `+`),
//! `photo` (numbers of pictures that share nothing; `3~` is a copy of 3 with a few bits turned),
//! `text` (`own`: words of its own; `t1`, `t2` …: copies of a template; absent: too short to
//! compare), `name`, `age`, `town`, `days` (`from..to`, posted on the first), `undated` (behind
//! `days`: the site states no date), `seeks`, `licensed`.

use linker::{Item, Linked, Offer, Params};
use model::{DHash, FactName, Fingerprint, ListingId, PhotoHash, PhotoHashes, SiteId, Timestamp};

/// Numbers that look random and are the same everywhere.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn next(&mut self) -> u64 {
        // SplitMix64 (S. Vigna, 2015).
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}

pub(crate) fn picture(number: u64, bits_turned: usize) -> PhotoHashes {
    let mut numbers = Numbers(number);
    let mut bytes = [0u8; 32];
    for eight in bytes.chunks_exact_mut(8) {
        eight.copy_from_slice(&numbers.next().to_le_bytes());
    }
    let dhash = numbers.next();
    for bit in 0..bits_turned {
        bytes[3 * bit % 32] ^= 1;
    }
    PhotoHashes {
        pdq: Some(PhotoHash::from_bytes(bytes)),
        quality: 100,
        dhash: DHash(dhash),
        width: 400,
        height: 300,
        version: photo::HASH_VERSION,
    }
}

pub(crate) fn contact(number: &str) -> Fingerprint {
    let mut bytes = [0; 32];
    for (byte, sign) in bytes.iter_mut().zip(number.bytes()) {
        *byte = sign;
    }
    Fingerprint::from_bytes(bytes)
}

/// `n_words` words, different for every seed; `changed` of each hundred are replaced.
pub(crate) fn text(seed: u64, n_words: usize, changed: u64, copy: u64) -> String {
    let mut base = Numbers(seed);
    let mut changes = Numbers(seed ^ (copy << 32) ^ copy);
    let words: Vec<String> = (0..n_words)
        .map(|_| {
            let word = base.below(20_000);
            let replaced = changes.below(100) < changed;
            let other = changes.below(20_000);
            format!("w{}", letters(if replaced { other } else { word }))
        })
        .collect();
    words.join(" ")
}

fn letters(mut number: u64) -> String {
    let mut written = String::new();
    loop {
        written.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
        if number == 0 {
            return written;
        }
    }
}

pub(crate) fn day(day: i64) -> Timestamp {
    Timestamp::from_ms(0).plus_days(20_000 + day)
}

pub(crate) fn item(id: &str) -> Item {
    Item {
        id: ListingId::new(id).unwrap(),
        site: None,
        account: None,
        contacts: Vec::new(),
        photos: Vec::new(),
        text: String::new(),
        masks: Vec::new(),
        names: Vec::new(),
        ages: Vec::new(),
        town: None,
        posted_at: None,
        first_seen: day(0),
        last_seen: day(0),
        offer: Offer::Sells,
        licensed: false,
    }
}

/// Reads a world; without `id` the lines are called `a00`, `a01` …
pub(crate) fn world(lines: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    for (at, line) in lines.enumerate() {
        let mut item = item(&format!("a{at:02}"));
        for field in line.split_whitespace() {
            let (key, value) = field.split_once('=').unwrap_or((field, ""));
            match key {
                "id" => item.id = ListingId::new(value).unwrap(),
                "site" => item.site = Some(SiteId::new(value).unwrap()),
                "account" => item.account = Some(value.to_owned()),
                "phone" => item.contacts = value.split('+').map(contact).collect(),
                "photo" => {
                    item.photos = value
                        .split('+')
                        .map(|one| match one.strip_suffix('~') {
                            Some(number) => picture(number.parse().unwrap(), 14),
                            None => picture(one.parse().unwrap(), 0),
                        })
                        .collect();
                }
                "text" => {
                    item.text = match value.strip_prefix('t') {
                        Some(template) => text(template.parse().unwrap(), 60, 10, 1 + at as u64),
                        None => text(1_000_000 + at as u64, 60, 0, 0),
                    };
                }
                "name" => item.names = value.split('+').map(str::to_owned).collect(),
                "age" => item.ages = value.split('+').map(|age| age.parse().unwrap()).collect(),
                "town" => item.town = Some(value.to_owned()),
                "days" => {
                    let (from, to) = value.split_once("..").unwrap();
                    item.first_seen = day(from.parse().unwrap());
                    item.posted_at = Some(item.first_seen);
                    item.last_seen = day(to.parse().unwrap());
                }
                "undated" => item.posted_at = None,
                "seeks" => item.offer = Offer::Seeks,
                "licensed" => item.licensed = true,
                unknown => panic!("unknown field `{unknown}`"),
            }
        }
        items.push(item);
    }
    items
}

pub(crate) fn link(items: &[Item]) -> Linked {
    linker::link(items, day(400), &Params::default())
}

/// The fact of one listing; `None` when it is not known.
pub(crate) fn fact(linked: &Linked, at: usize, name: &str) -> Option<i64> {
    let name = FactName::from_name(name).unwrap();
    linked.contexts[at].facts.get(&name).map(|fact| fact.value)
}

/// The cases as a line: members of each joined by `+`, cases by a space; single listings are left
/// out.
pub(crate) fn cases(items: &[Item], linked: &Linked) -> String {
    let mut cases: std::collections::BTreeMap<String, Vec<&str>> = Default::default();
    for (item, context) in items.iter().zip(&linked.contexts) {
        if let Some(case) = &context.groups.case {
            cases
                .entry(case.as_str().to_owned())
                .or_default()
                .push(item.id.as_str());
        }
    }
    let mut written: Vec<String> = cases
        .into_values()
        .map(|mut members| {
            members.sort_unstable();
            members.join("+")
        })
        .collect();
    written.sort_unstable();
    written.join(" ")
}

/// Facts written `listing fact=value`, one a line, `-` for unknown; and the cases.
#[track_caller]
pub(crate) fn check(lines: &str, expected_facts: &str, expected_cases: &str) {
    let items = world(lines);
    let linked = link(&items);
    let mut expected = String::new();
    let mut found = String::new();
    for line in expected_facts.lines().map(str::trim) {
        let Some((at, facts)) = line.split_once(' ') else {
            continue;
        };
        for written in facts.split_whitespace() {
            let (name, _) = written.split_once('=').unwrap();
            let value = fact(&linked, at.parse().unwrap(), name)
                .map_or_else(|| "-".to_owned(), |value| value.to_string());
            expected.push_str(&format!("{at} {written}\n"));
            found.push_str(&format!("{at} {name}={value}\n"));
        }
    }
    assert_eq!(found, expected);
    assert_eq!(cases(&items, &linked), expected_cases);
}
