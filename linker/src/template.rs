//! Templates: texts that are near-equal, such as copies with other words in their slots.
//!
//! Candidates are cheap: two texts that share enough rare word pairs, or that stand under the same
//! frequent word pair as one of its few leaders. Each candidate is checked by the exact alignment
//! of `align`; what passes is joined.

use std::collections::HashMap;

use crate::align::{Text, similarity};
use crate::corpus::{Keys, Pair};
use crate::params::Params;
use crate::union::{Sets, members_of};
use crate::words::mixed;

/// The templates that more than one item has, and the pairs of items that made them, measured in
/// per mille of equal words.
pub(crate) struct Templates {
    pub(crate) keys: Keys,
    pub(crate) pairs: Vec<Pair>,
}

/// Groups the items by near-equal words. Empty lists belong to nothing.
pub(crate) fn find(words: &[Vec<u32>], params: &Params) -> Templates {
    let distinct = Distinct::new(words);
    let mut search = Search {
        texts: &distinct.texts,
        sets: Sets::new(distinct.texts.len()),
        pairs: Vec::new(),
        params,
    };
    let buckets = Buckets::new(&distinct.texts, params);
    search.by_rare_pairs(&buckets);
    search.by_frequent_pairs(&buckets);
    let Search { sets, pairs, .. } = search;

    let mut keys: Vec<Vec<u32>> = Vec::new();
    let mut key_of = vec![u32::MAX; distinct.texts.len()];
    for texts in members_of(&sets.roots()) {
        let mut items: Vec<u32> = Vec::new();
        for &text in &texts {
            key_of[text as usize] = keys.len() as u32;
            items.extend(&distinct.items[text as usize]);
        }
        if items.len() > 1 {
            items.sort_unstable();
            keys.push(items);
        }
    }
    let first = |text: u32| distinct.items[text as usize][0];
    let mut item_pairs: Vec<Pair> = pairs
        .into_iter()
        .map(|(one, other, measure)| Pair {
            a: first(one).min(first(other)),
            b: first(one).max(first(other)),
            measure,
            key: key_of[one as usize],
        })
        .collect();
    for (text, same) in distinct.items.iter().enumerate() {
        item_pairs.extend(same.windows(2).map(|pair| Pair {
            a: pair[0],
            b: pair[1],
            measure: 1000,
            key: key_of[text],
        }));
    }
    Templates {
        keys: Keys::new(words.len(), keys),
        pairs: item_pairs,
    }
}

/// Different texts, by the first item that has each; items that say the same share one.
struct Distinct {
    texts: Vec<Text>,
    items: Vec<Vec<u32>>,
}

impl Distinct {
    fn new(words: &[Vec<u32>]) -> Self {
        let mut place: HashMap<&[u32], usize> = HashMap::new();
        let mut distinct = Self {
            texts: Vec::new(),
            items: Vec::new(),
        };
        for (at, words) in words.iter().enumerate() {
            if words.is_empty() {
                continue;
            }
            let next = distinct.texts.len();
            let known = *place.entry(words).or_insert(next);
            if known == next {
                distinct.texts.push(Text::new(words.clone()));
                distinct.items.push(Vec::new());
            }
            distinct.items[known].push(at as u32);
        }
        distinct
    }
}

/// Texts by the word pairs they have. A pair is 32 bits of its hash: a clash leads to one
/// candidate more, which the check refuses.
struct Buckets {
    /// Texts of each bucket, one bucket after the other, ascending within each.
    texts: Vec<u32>,
    /// The pair's hash and its stretch of `texts`; buckets of one text are left out.
    buckets: Vec<Bucket>,
    /// Rare buckets of each text, one text after the other, and where each text's begin.
    rare_of: Vec<u32>,
    rare_starts: Vec<u32>,
    /// Frequent buckets of each text, the same way.
    frequent_of: Vec<u32>,
    frequent_starts: Vec<u32>,
}

struct Bucket {
    hash: u32,
    start: u32,
    end: u32,
}

impl Buckets {
    fn new(texts: &[Text], params: &Params) -> Self {
        let mut entries: Vec<u64> = Vec::new();
        let mut own: Vec<u64> = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            own.clear();
            own.extend(text.words.windows(2).map(|pair| {
                let hash = mixed(u64::from(pair[0]) << 32 | u64::from(pair[1])) >> 32;
                hash << 32 | at as u64
            }));
            own.sort_unstable();
            own.dedup();
            entries.extend_from_slice(&own);
        }
        entries.sort_unstable();
        let mut buckets = Vec::new();
        let mut start = 0;
        for same in entries.chunk_by(|one, other| one >> 32 == other >> 32) {
            let end = start + same.len();
            if same.len() > 1 {
                buckets.push(Bucket {
                    hash: (same[0] >> 32) as u32,
                    start: start as u32,
                    end: end as u32,
                });
            }
            start = end;
        }
        let members: Vec<u32> = entries.iter().map(|entry| *entry as u32).collect();
        drop(entries);
        let cap = params.pair_frequency_cap;
        let (rare_of, rare_starts) =
            by_text(texts.len(), &members, &buckets, |n_texts| n_texts <= cap);
        let (frequent_of, frequent_starts) =
            by_text(texts.len(), &members, &buckets, |n_texts| n_texts > cap);
        Self {
            texts: members,
            buckets,
            rare_of,
            rare_starts,
            frequent_of,
            frequent_starts,
        }
    }

    fn members(&self, bucket: u32) -> &[u32] {
        let bucket = &self.buckets[bucket as usize];
        &self.texts[bucket.start as usize..bucket.end as usize]
    }

    fn rare(&self, text: usize) -> &[u32] {
        &self.rare_of[self.rare_starts[text] as usize..self.rare_starts[text + 1] as usize]
    }

    fn frequent(&self, text: usize) -> &[u32] {
        let (start, end) = (self.frequent_starts[text], self.frequent_starts[text + 1]);
        &self.frequent_of[start as usize..end as usize]
    }
}

/// Turns buckets of texts into texts with their buckets, for the buckets of a size that is wanted.
fn by_text(
    n_texts: usize,
    members: &[u32],
    buckets: &[Bucket],
    wanted: impl Fn(usize) -> bool,
) -> (Vec<u32>, Vec<u32>) {
    let chosen = || {
        buckets.iter().enumerate().filter_map(|(at, bucket)| {
            let texts = &members[bucket.start as usize..bucket.end as usize];
            wanted(texts.len()).then_some((at as u32, texts))
        })
    };
    let mut starts = vec![0u32; n_texts + 1];
    for (_, texts) in chosen() {
        for &text in texts {
            starts[text as usize + 1] += 1;
        }
    }
    for at in 0..n_texts {
        starts[at + 1] += starts[at];
    }
    let mut next = starts.clone();
    let mut of_text = vec![0u32; starts[n_texts] as usize];
    for (bucket, texts) in chosen() {
        for &text in texts {
            let next = &mut next[text as usize];
            of_text[*next as usize] = bucket;
            *next += 1;
        }
    }
    (of_text, starts)
}

struct Search<'a> {
    texts: &'a [Text],
    sets: Sets,
    pairs: Vec<(u32, u32, u16)>,
    params: &'a Params,
}

impl Search<'_> {
    /// Texts that share enough rare pairs, those that share most first.
    fn by_rare_pairs(&mut self, buckets: &Buckets) {
        let mut n_shared = vec![0u16; self.texts.len()];
        let mut touched: Vec<u32> = Vec::new();
        let mut candidates = Vec::new();
        for at in 0..self.texts.len() {
            for &bucket in buckets.rare(at) {
                for &other in buckets.members(bucket) {
                    if other as usize >= at {
                        break;
                    }
                    let n = &mut n_shared[other as usize];
                    if *n == 0 {
                        touched.push(other);
                    }
                    *n = n.saturating_add(1);
                }
            }
            candidates.clear();
            for other in touched.drain(..) {
                let n = usize::from(std::mem::take(&mut n_shared[other as usize]));
                let shorter = self.shorter(at as u32, other);
                if n >= 2 && n * 100 >= shorter.saturating_mul(self.params.shared_pairs_percent) {
                    candidates.push((std::cmp::Reverse(n), other));
                }
            }
            candidates.sort_unstable();
            candidates.truncate(self.params.text_candidates_cap);
            for (_, other) in &candidates {
                self.check(at as u32, *other);
            }
        }
    }

    /// Copies of a template with more copies than the cap: each is held against the few first
    /// texts under a sample of its frequent pairs. The sample goes by hash, so that copies choose
    /// the same pairs.
    fn by_frequent_pairs(&mut self, buckets: &Buckets) {
        let mut chosen: Vec<u64> = Vec::new();
        let mut own: Vec<(u64, u32)> = Vec::new();
        for at in 0..self.texts.len() {
            own.clear();
            own.extend(buckets.frequent(at).iter().map(|&bucket| {
                let hash = buckets.buckets[bucket as usize].hash;
                (mixed(u64::from(hash)), bucket)
            }));
            own.sort_unstable();
            own.truncate(self.params.frequent_pairs_sampled);
            chosen.extend(
                own.iter()
                    .map(|(_, bucket)| u64::from(*bucket) << 32 | at as u64),
            );
        }
        chosen.sort_unstable();
        for same in chosen.chunk_by(|one, other| one >> 32 == other >> 32) {
            let mut leaders: Vec<u32> = Vec::new();
            for text in same.iter().map(|entry| *entry as u32) {
                let follows = leaders.iter().any(|leader| self.check(text, *leader));
                if !follows && leaders.len() < self.params.frequent_pair_leaders {
                    leaders.push(text);
                }
            }
        }
    }

    fn shorter(&self, one: u32, other: u32) -> usize {
        self.texts[one as usize]
            .words
            .len()
            .min(self.texts[other as usize].words.len())
    }

    /// Whether the two are in one template, after checking them where that is not known yet.
    fn check(&mut self, one: u32, other: u32) -> bool {
        if self.sets.root(one) == self.sets.root(other) {
            return true;
        }
        let found = near_equal(
            &self.texts[one as usize],
            &self.texts[other as usize],
            self.params,
        );
        if let Some(per_mille) = found {
            self.sets.join(one, other);
            self.pairs.push((one, other, per_mille));
        }
        found.is_some()
    }
}

/// Per mille of equal words where that is enough for texts of their length.
pub(crate) fn near_equal(one: &Text, other: &Text, params: &Params) -> Option<u16> {
    let shorter = one.words.len().min(other.words.len());
    similarity(
        one,
        other,
        params.similar_per_mille(shorter),
        params.reorder_max_words,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All pairs, the exact check on each: what the candidates must not lose.
    fn slow(words: &[Vec<u32>], params: &Params) -> Vec<Vec<u32>> {
        let texts: Vec<Text> = words.iter().map(|words| Text::new(words.clone())).collect();
        let mut sets = Sets::new(texts.len());
        for one in 0..texts.len() {
            for other in 0..one {
                if near_equal(&texts[one], &texts[other], params).is_some() {
                    sets.join(one as u32, other as u32);
                }
            }
        }
        members_of(&sets.roots())
            .into_iter()
            .filter(|items| items.len() > 1)
            .collect()
    }

    /// Texts of random words, some of them copies with a share of their words changed.
    fn planted(
        seed: u64,
        n_templates: usize,
        copies: usize,
        changed_percent: u64,
    ) -> Vec<Vec<u32>> {
        let mut state = seed;
        let mut below = |bound: u64| {
            state = mixed(state);
            state % bound
        };
        let mut texts = Vec::new();
        for _ in 0..n_templates {
            let length = 15 + below(60);
            let base: Vec<u32> = (0..length).map(|_| below(400) as u32).collect();
            for copy in 0..copies {
                let mut text = base.clone();
                for word in &mut text {
                    if copy > 0 && below(100) < changed_percent {
                        *word = below(400) as u32;
                    }
                }
                texts.push(text);
            }
            for _ in 0..copies {
                let length = 15 + below(60);
                texts.push((0..length).map(|_| below(400) as u32).collect());
            }
        }
        texts
    }

    #[test]
    fn candidates_lose_nothing_of_the_slow_version() {
        let params = Params::default();
        for seed in 0..6 {
            let words = planted(seed, 30, 4, 5 * seed);
            assert_eq!(
                find(&words, &params).keys.items,
                slow(&words, &params),
                "seed {seed}"
            );
        }
    }

    #[test]
    fn more_copies_than_the_cap_are_still_one() {
        let params = Params {
            pair_frequency_cap: 8,
            ..Params::default()
        };
        let words = planted(7, 2, 120, 12);
        let found = find(&words, &params).keys.items;
        let slow = slow(&words, &params);
        assert_eq!(found, slow);
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn sentences_in_another_order_are_the_same_template() {
        let base: Vec<u32> = (0..40).collect();
        let mut moved = base[20..].to_vec();
        moved.extend(&base[..20]);
        let found = find(&[base, moved], &Params::default());
        let expected = Pair {
            a: 0,
            b: 1,
            measure: 1000,
            key: 0,
        };
        assert_eq!(found.pairs, [expected]);
    }
}
