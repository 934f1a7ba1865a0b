//! Guards on the cue tables: plain words only (content rule; `indicators.md` 2.5).
//!
//! Two lists: the forbidden features of rules (`rules/forbidden.rs`), and stems of suggestive words
//! and of words on bodies. The second list is kept as digests, so that its words stand nowhere here.

use std::collections::BTreeSet;

use super::tables::{SUBJECTS, TABLES, expand};
use crate::{fold, forbidden_words};

/// Kinds of the tables of all subjects that name persons, what is offered and where.
const OF_PERSONS: [&str; 8] = [
    "person",
    "person-after",
    "age-of",
    "unit-old",
    "tail",
    "offer",
    "persons-after",
    "persons-two",
];

/// Kinds of the tables by subject that name persons and premises.
const OF_PEOPLE: [&str; 7] = [
    "people",
    "our-people",
    "crew",
    "colleague",
    "recruit-people",
    "venue",
    "counter-offer",
];

/// Words that are a forbidden feature elsewhere and say something plain in these tables: papers that
/// others hold, faces for persons ("new faces", "face to face"), a home for animals, and words of
/// another language with the same letters.
const PLAIN_HERE: [&str; 12] = [
    "passport",
    "paspoort",
    "paspoorten",
    "face",
    "faces",
    "gesichter",
    "visages",
    "twarze",
    "twarz",
    "twarza",
    "asiel",
    "haut",
];

/// Digests of stems of suggestive words, of insults and of gender identity.
const SUGGESTIVE: &str = "
    04a27f5c4efe 05e1c8b3f697 08bd615e08d7 090612df844b 0c70a08c7e62 0ddea104e2a2 111ab4e149df
    149f707fcc05 14a76d9581b3 1699934bf966 1e4112d89c85 2157af15c91c 216ba9b88eb4 23499bf4fb57
    28998b6daf04 29842062dd2b 2a56bc6a7d5b 2ed6eb08d6d8 3062007b6fd9 3096aa44ec4a 3175527ce30b
    3e8690dc63f7 42fd00821a02 4d65cb71e126 4fb9f6a903cb 50199e53a2e9 53f24a4ce831 544851cd2760
    5477bcdddc1b 56b6422354ca 58181e30ab3b 5c2383d0fed4 5f3c3ecd2d39 653da855d053 68b352c90783
    6d5e262781b0 6ede09d2c98d 70ed60e92f01 754fdf68de61 75f071f4991f 7c4542bf4081 7e3321b470cf
    826729843ccb 83984a3a558c 83aac8c1b61a 83afa247f862 83d1c847f87f 87b720764df2 87bc5f57ec94
    8c281c5a0de2 8d5bd6a0786e 8e6f9e60aa40 8e6fad60aa41 9009dc6e7211 908018e2d354 9212e03ffdc4
    927c2ba413f7 92a42ea41418 9bcfd0600bd2 9f26378c8ddc a33b7bfd0330 a33b8bfd0330 a35913400789
    a55eb6b6ac54 a67820e2b1bc a74ee6c0cea1 ab080f572036 acae626f8815 ad96e331b276 afb20e996c59
    b6597ae706c8 b757f23f331f b7643dd598aa b807a5fe95e8 b9e3cf7c9fcd bcbc2ac3cfa8 bf7666070f21
    bf8cd58eaafe bffa090cec24 c13c2d1f8e78 c231c2e20349 c4da82527ae2 c9e0dc3869c1 caad1e00aa77
    cdf0ec96fde2 d169a6d9a59a d2517dabce5b d28c768c23e5 d2f2f09a64e9 d300d09a64f5 d56069b2a52c
    d6dd9cfbd168 d9bcb07b3ec4 dc4bfac90cc7 de1728da3a49 e202c97ea082 e248e4885e69 e4ad1c700f07
    e4e374b31c41 e5bfe3036123 e80452e762b5 e86a28be4348 ee2869828871 f03f520f8d79 f57853c13beb
    f74af496d811 fcfe03b4865a
";

/// Digests of stems of words on bodies and looks.
const BODIES: &str = "
    0053ce19134f 04efb2ba7136 0b324fc5ddf7 0b99b917f55c 0c71c0b4c1fa 0ffe317aa916 13bc9aae0261
    14b9cfab9cbb 191ce76bce2c 1946246bce4f 1a51b2cccf6c 1adbaa02679b 1bad2ae358d1 1ffb66dc4075
    26a2a07efc5b 27a30e803e3d 28654308ebf5 36cb63df910d 36cb69df910d 36cbacdf910d 393b0434accc
    3f7dd40fdbe6 40c2b4a94cb8 40cca0804c42 47c496a8858d 4d1a7e402e5a 4df3e8b296d0 502c69a54e5a
    5079a463a6b5 58b72980604a 596c1c9542bf 5b19ddf40071 5cc25de77680 5f55e55ad952 60615f951c27
    6994e8a98e82 6e9e4d8d8312 71269da21d86 717d1d759666 7970fbbb0d7f 7c48fb5468a0 7d6013469693
    7efdb175a5a9 805023e638a3 896c524e0e4f 8c3cbbe6c433 8e4f40082bae 8e6f6860aa40 8fdb0c594cb9
    95d9186eed01 97a076e9c299 9a8ed20ce6b0 9a8f220ce6b1 9c00090f5d9d 9c22050f5dba a75516c6581e
    b1b7c0fc0ddb b5e67ec3ae34 b87bb04ed17e b8d2d175c59f b9119683b660 ba5d977fd11f c656eca7e557
    c981ce609d19 c9c160d75992 ca9307c31c77 ca934ac31c77 d0a92ad5a6c6 d0e5dabe63e3 d11db3a81e7d
    d492bd6ba790 d610f0c906ef d945792f5611 d989192f564a ddbc94d067db e212085fd133 e2faaa55b896
    e480af522acc e7e6cf65fd4a e87bf4b6d5ce ea1860cf7a03 f3987c723fbe f5905901645b f5dd27b911da
    f76a2cbe4b1e fe985881f386
";

/// The first bytes of a 64-bit FNV-1a digest.
fn digest(word: &str) -> u64 {
    word.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |digest: u64, byte| {
            (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
        >> 16
}

/// The digests of a list.
fn digests(list: &str) -> BTreeSet<u64> {
    list.split_whitespace()
        .map(|known| u64::from_str_radix(known, 16).unwrap())
        .collect()
}

/// Whether a stem of the list begins the word, or is all of it.
fn is_listed(list: &BTreeSet<u64>, word: &str) -> bool {
    let ends = word.char_indices().map(|(at, sign)| at + sign.len_utf8());
    ends.map(|end| digest(&word[..end]))
        .chain([digest(&format!("{word}$"))])
        .any(|stem| list.contains(&stem))
}

/// The words of a row that are not plain.
fn unplain(cues: &str, lists: &[&BTreeSet<u64>]) -> Vec<String> {
    let mut found = Vec::new();
    let forms = cues
        .split(" / ")
        .flat_map(|cue| expand(fold(cue).text().trim()));
    for form in forms {
        let forbidden = forbidden_words(&form)
            .into_iter()
            .map(|stretch| &form[stretch])
            .filter(|word| !PLAIN_HERE.contains(word));
        found.extend(forbidden.map(str::to_owned));
        let listed = form
            .split(|sign: char| !sign.is_alphanumeric())
            .filter(|word| lists.iter().any(|list| is_listed(list, word)));
        found.extend(listed.map(str::to_owned));
    }
    found
}

#[test]
fn cues_are_plain_words() {
    let (suggestive, bodies) = (digests(SUGGESTIVE), digests(BODIES));
    let mut wrong = BTreeSet::new();
    for (at, (language, table)) in TABLES.into_iter().enumerate() {
        let is_of_youth = at >= TABLES.len() / 2;
        for (name, cues) in table.lines().filter_map(|line| line.split_once('\t')) {
            let kind = name.split(':').next().unwrap_or(name);
            let lists: &[_] = match (is_of_youth, OF_PERSONS.contains(&kind)) {
                (true, _) => &[&suggestive],
                (_, true) => &[&suggestive, &bodies],
                _ => continue,
            };
            for word in unplain(cues, lists) {
                wrong.insert(format!("{language} {name}: {word}"));
            }
        }
    }
    for (subject, table) in SUBJECTS {
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let Some((name, cues)) = line.rsplit_once('\t') else {
                continue;
            };
            let kind = name.split('\t').nth(1).unwrap_or(name);
            let lists: &[_] = if OF_PEOPLE.contains(&kind) {
                &[&suggestive, &bodies]
            } else {
                &[&suggestive]
            };
            for word in unplain(cues, lists) {
                wrong.insert(format!("{subject} {name}: {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_stem_is_found_by_its_digest() {
    let list = BTreeSet::from([digest("mirror"), digest("red$")]);
    assert!(is_listed(&list, "mirrors") && is_listed(&list, "red"));
    assert!(!is_listed(&list, "reduce") && !is_listed(&list, "mirro"));
}
