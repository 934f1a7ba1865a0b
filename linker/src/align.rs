//! How equal two texts are: the exact check behind cheap candidates.

/// A text ready to be compared.
pub(crate) struct Text {
    pub(crate) words: Vec<u32>,
    /// Word in the upper, place in the lower half, ascending.
    sorted: Vec<u64>,
}

impl Text {
    pub(crate) fn new(words: Vec<u32>) -> Self {
        let mut sorted: Vec<u64> = words
            .iter()
            .enumerate()
            .map(|(at, word)| u64::from(*word) << 32 | at as u64)
            .collect();
        sorted.sort_unstable();
        Self { words, sorted }
    }

    /// Words that both have, in any order, each as often as both have it.
    fn n_common(&self, other: &Self) -> usize {
        let (mut i, mut j, mut n) = (0, 0, 0);
        while i < self.sorted.len() && j < other.sorted.len() {
            let (one, two) = (self.sorted[i] >> 32, other.sorted[j] >> 32);
            n += usize::from(one == two);
            i += usize::from(one <= two);
            j += usize::from(two <= one);
        }
        n
    }

    /// Places of a word, ascending.
    fn places(&self, word: u32) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let begin = |word: u64| self.sorted.partition_point(|entry| *entry >> 32 < word);
        self.sorted[begin(u64::from(word))..begin(u64::from(word) + 1)]
            .iter()
            .map(|entry| (*entry & 0xffff_ffff) as usize)
    }
}

/// Per mille of the words of both that are equal, if at least `needed`; in order, or, for texts of
/// at most `reorder_max_words`, in stretches of three and more that were moved about.
pub(crate) fn similarity(
    one: &Text,
    other: &Text,
    needed: u16,
    reorder_max_words: usize,
) -> Option<u16> {
    let total = one.words.len() + other.words.len();
    if total == 0 {
        return None;
    }
    let per_mille = |n_equal: usize| (2000 * n_equal / total) as u16;
    let reached = |n_equal: usize| Some(per_mille(n_equal)).filter(|found| *found >= needed);
    reached(one.n_common(other))?;
    if let Some(found) = reached(in_order(one, other)) {
        return Some(found);
    }
    if one.words.len().max(other.words.len()) > reorder_max_words {
        return None;
    }
    reached(in_stretches(one, other))
}

/// Length of the longest common subsequence, 64 words at a time (Hyyrö 2004).
fn in_order(one: &Text, other: &Text) -> usize {
    let n_blocks = one.words.len().div_ceil(64);
    let mut open = vec![u64::MAX; n_blocks];
    let mut equal = vec![0u64; n_blocks];
    for &word in &other.words {
        equal.fill(0);
        let mut any = false;
        for at in one.places(word) {
            equal[at / 64] |= 1 << (at % 64);
            any = true;
        }
        if !any {
            continue;
        }
        let mut carry = false;
        for (open, equal) in open.iter_mut().zip(&equal) {
            let taken = *open & equal;
            let (sum, over) = open.overflowing_add(taken);
            let (sum, over_again) = sum.overflowing_add(u64::from(carry));
            carry = over | over_again;
            *open = sum | (*open - taken);
        }
    }
    // Bits above the text's end stay open.
    open.iter().map(|block| block.count_zeros() as usize).sum()
}

/// Shortest stretch that counts when order is free.
const LEAST_STRETCH: usize = 3;

/// Words in common stretches, the longest taken first, each word used once. Only places with equal
/// words are visited, and all stretches of one length are taken at once: a text of very many short
/// stretches costs little more than another.
fn in_stretches(one: &Text, other: &Text) -> usize {
    let places = |(i, word): (usize, &u32)| other.places(*word).rev().map(move |j| (i, j));
    let mut equal: Vec<(usize, usize)> = one.words.iter().enumerate().flat_map(places).collect();
    let mut used_one = vec![false; one.words.len()];
    let mut used_other = vec![false; other.words.len()];
    let mut n_equal = 0;
    loop {
        let (length, ends) = longest_stretches(&equal, other.words.len());
        if length < LEAST_STRETCH {
            return n_equal;
        }
        for (end_one, end_other) in ends {
            let words_one = &mut used_one[end_one - length..end_one];
            let words_other = &mut used_other[end_other - length..end_other];
            if !words_one.contains(&true) && !words_other.contains(&true) {
                n_equal += length;
                words_one.fill(true);
                words_other.fill(true);
            }
        }
        equal.retain(|(i, j)| !used_one[*i] && !used_other[*j]);
    }
}

/// The length of the longest stretches, and behind which words they end. `equal` are the places of
/// equal words, ascending in the one text and descending in the other, of `n_other` words.
fn longest_stretches(equal: &[(usize, usize)], n_other: usize) -> (usize, Vec<(usize, usize)>) {
    let (mut longest, mut ends) = (0, Vec::new());
    // What ends before each word of the other text: behind which word of the one, and its length.
    let mut ending = vec![(0, 0); n_other + 1];
    for &(i, j) in equal {
        let (end, before) = ending[j];
        let length = if end == i { before + 1 } else { 1 };
        ending[j + 1] = (i + 1, length);
        if length > longest {
            longest = length;
            ends.clear();
        }
        if length == longest {
            ends.push((i + 1, j + 1));
        }
    }
    (longest, ends)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn slow_in_order(one: &[u32], other: &[u32]) -> usize {
        let mut table = vec![vec![0; other.len() + 1]; one.len() + 1];
        for i in 0..one.len() {
            for j in 0..other.len() {
                table[i + 1][j + 1] = if one[i] == other[j] {
                    table[i][j] + 1
                } else {
                    table[i][j + 1].max(table[i + 1][j])
                };
            }
        }
        table[one.len()][other.len()]
    }

    /// The same over the whole table of places.
    fn slow_in_stretches(one: &[u32], other: &[u32]) -> usize {
        let mut used_one = vec![false; one.len()];
        let mut used_other = vec![false; other.len()];
        let mut n_equal = 0;
        loop {
            let (mut longest, mut end_one, mut end_other) = (0, 0, 0);
            let mut ending_at = vec![0usize; other.len() + 1];
            for i in 0..one.len() {
                for j in (0..other.len()).rev() {
                    let equal = one[i] == other[j] && !used_one[i] && !used_other[j];
                    ending_at[j + 1] = if equal { ending_at[j] + 1 } else { 0 };
                    if ending_at[j + 1] > longest {
                        (longest, end_one, end_other) = (ending_at[j + 1], i + 1, j + 1);
                    }
                }
            }
            if longest < LEAST_STRETCH {
                return n_equal;
            }
            n_equal += longest;
            used_one[end_one - longest..end_one].fill(true);
            used_other[end_other - longest..end_other].fill(true);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn in_order_is_the_longest_common_subsequence(
            one in proptest::collection::vec(0u32..12, 0..200),
            other in proptest::collection::vec(0u32..12, 0..200),
        ) {
            prop_assert_eq!(
                in_order(&Text::new(one.clone()), &Text::new(other.clone())),
                slow_in_order(&one, &other)
            );
        }

        #[test]
        fn in_stretches_is_what_the_whole_table_says(
            one in proptest::collection::vec(0u32..6, 0..60),
            other in proptest::collection::vec(0u32..6, 0..60),
        ) {
            prop_assert_eq!(
                in_stretches(&Text::new(one.clone()), &Text::new(other.clone())),
                slow_in_stretches(&one, &other)
            );
        }

        #[test]
        fn both_ways_alike(
            one in proptest::collection::vec(0u32..9, 1..60),
            other in proptest::collection::vec(0u32..9, 1..60),
        ) {
            let (one, other) = (Text::new(one), Text::new(other));
            let needed = 500;
            prop_assert_eq!(
                similarity(&one, &other, needed, 0),
                similarity(&other, &one, needed, 0)
            );
        }
    }

    #[track_caller]
    fn check(one: &str, other: &str, expected: Option<u16>) {
        let text = |written: &str| Text::new(written.bytes().map(u32::from).collect());
        assert_eq!(similarity(&text(one), &text(other), 600, 100), expected);
    }

    #[test]
    fn equal_changed_moved_and_strange() {
        check("abcdefghij", "abcdefghij", Some(1000));
        check("abcdefghij", "abcXefgYij", Some(800));
        check("abcdefghij", "fghijabcde", Some(1000));
        check("abcdefghij", "jihgfedcba", None);
        check("abcdefghij", "klmnopqrst", None);
        check("", "", None);
    }
}
