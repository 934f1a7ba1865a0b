//! Words by their bytes: which of them begin at a place of a text.
//!
//! A double array (J. Aoe, 1989): the next node is one addition and one look away, so that a text
//! is read at each beginning of a word without going back over it letter by letter in tables.
//!
//! Invariant: a look costs at most the length of the longest word.

/// Words, each with its place in the sorted list that the trie was made of.
pub(crate) struct Trie {
    /// A small number for each byte that occurs in a word, 0 for the others.
    classes: [u8; 256],
    nodes: Vec<Node>,
}

#[derive(Clone, Copy)]
struct Node {
    /// Where the nodes behind this one stand, by class.
    base: u32,
    /// The node before this one; `FREE` where there is no node.
    before: u32,
    /// The word that ends here, or `NONE`.
    word: u32,
}

const FREE: u32 = u32::MAX;
const NONE: u32 = u32::MAX;

/// Places that are tried for a node with several behind it, before it goes to the end: those with
/// one behind them fill the gaps.
const TRIES: usize = 256;

/// Words that begin with the same bytes and have yet to be put below a node.
struct Pending {
    node: usize,
    depth: usize,
    first: usize,
    end: usize,
}

impl Trie {
    /// A trie of these words, which are sorted by their bytes and differ.
    pub(crate) fn of<W: AsRef<str>>(words: &[W]) -> Self {
        let mut classes = [0; 256];
        let mut n_classes = 0;
        for byte in words.iter().flat_map(|word| word.as_ref().bytes()) {
            let class = &mut classes[usize::from(byte)];
            if *class == 0 {
                // UTF-8 has fewer than 256 kinds of bytes.
                n_classes += 1;
                *class = n_classes;
            }
        }
        let mut making = Making {
            nodes: vec![EMPTY; 1],
            first_free: 1,
        };
        making.nodes[0].before = 0;
        let mut pending = vec![Pending {
            node: 0,
            depth: 0,
            first: 0,
            end: words.len(),
        }];
        while let Some(mut here) = pending.pop() {
            let bytes = |at: usize| words[at].as_ref().as_bytes();
            if here.first < here.end && bytes(here.first).len() == here.depth {
                making.nodes[here.node].word = narrow(here.first);
                here.first += 1;
            }
            let mut branches: Vec<(u8, usize, usize)> = Vec::new();
            for at in here.first..here.end {
                let class = classes[usize::from(bytes(at)[here.depth])];
                match branches.last_mut() {
                    Some((known, _, end)) if *known == class => *end = at + 1,
                    _ => branches.push((class, at, at + 1)),
                }
            }
            let base = making.place(here.node, &branches);
            for (class, first, end) in branches.into_iter().rev() {
                pending.push(Pending {
                    node: base + usize::from(class),
                    depth: here.depth + 1,
                    first,
                    end,
                });
            }
        }
        // So that every step from every node stays inside.
        making.nodes.resize(making.nodes.len() + 256, EMPTY);
        Self {
            classes,
            nodes: making.nodes,
        }
    }

    /// Whether all of a text is one of the words.
    pub(crate) fn holds(&self, text: &str) -> bool {
        self.place_of(text).is_some()
    }

    /// The place of the word that a text is.
    pub(crate) fn place_of(&self, text: &str) -> Option<usize> {
        let mut node = 0;
        for &byte in text.as_bytes() {
            let class = self.classes[usize::from(byte)];
            let next = self.nodes[node].base as usize + usize::from(class);
            if class == 0 || self.nodes[next].before as usize != node {
                return None;
            }
            node = next;
        }
        let word = self.nodes[node].word;
        (word != NONE).then_some(word as usize)
    }

    /// The words that this text begins with, the shortest first: their bytes and their places.
    pub(crate) fn beginnings<'t>(&'t self, text: &'t [u8]) -> impl Iterator<Item = (usize, usize)> {
        let mut node = 0;
        let mut len = 0;
        std::iter::from_fn(move || {
            while let Some(&byte) = text.get(len) {
                let class = self.classes[usize::from(byte)];
                let next = self.nodes[node].base as usize + usize::from(class);
                let found = self.nodes[next];
                if class == 0 || found.before as usize != node {
                    return None;
                }
                node = next;
                len += 1;
                if found.word != NONE {
                    return Some((len, found.word as usize));
                }
            }
            None
        })
    }
}

const EMPTY: Node = Node {
    base: 0,
    before: FREE,
    word: NONE,
};

struct Making {
    nodes: Vec<Node>,
    /// No place before this one is free.
    first_free: usize,
}

impl Making {
    /// Finds places for the nodes behind one, and takes them.
    fn place(&mut self, node: usize, branches: &[(u8, usize, usize)]) -> usize {
        let Some(&(first, _, _)) = branches.first() else {
            return 0;
        };
        let base = self.base_for(usize::from(first), branches);
        self.nodes[node].base = narrow(base);
        for (class, _, _) in branches {
            let at = base + usize::from(*class);
            if at >= self.nodes.len() {
                self.nodes.resize(at + 1, EMPTY);
            }
            self.nodes[at].before = narrow(node);
        }
        while !self.is_free(self.first_free) {
            self.first_free += 1;
        }
        base
    }

    fn base_for(&self, first: usize, branches: &[(u8, usize, usize)]) -> usize {
        let begin = self.first_free.max(first + 1);
        (begin..self.nodes.len())
            .take(TRIES)
            .filter(|&at| self.is_free(at))
            .map(|at| at - first)
            .find(|base| {
                branches
                    .iter()
                    .all(|(class, _, _)| self.is_free(base + usize::from(*class)))
            })
            .unwrap_or(self.nodes.len())
    }

    fn is_free(&self, at: usize) -> bool {
        self.nodes.get(at).is_none_or(|node| node.before == FREE)
    }
}

/// Some hundred thousand nodes.
fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn found(words: &BTreeSet<String>, text: &str) -> Vec<String> {
        let words: Vec<&String> = words.iter().collect();
        Trie::of(&words)
            .beginnings(text.as_bytes())
            .map(|(len, at)| {
                assert_eq!(words[at].len(), len);
                words[at].clone()
            })
            .collect()
    }

    #[test]
    fn no_words_and_no_text() {
        assert!(found(&BTreeSet::new(), "a").is_empty());
        assert!(found(&BTreeSet::from(["a".to_owned()]), "").is_empty());
    }

    proptest! {
        #[test]
        fn finds_what_a_list_finds(
            words in prop::collection::btree_set("[ab é]{1,4}|[a-z]{1,3}|\\PC{1,2}", 0..60),
            text in "[ab é]{0,6}|\\PC{0,6}",
        ) {
            let mut expected: Vec<String> =
                words.iter().filter(|word| text.starts_with(*word)).cloned().collect();
            expected.sort_by_key(String::len);
            prop_assert_eq!(found(&words, &text), expected);
        }
    }
}
