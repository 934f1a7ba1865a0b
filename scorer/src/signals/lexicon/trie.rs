//! Words by their bytes: which of them begin at a place of a text.
//!
//! A double array (J. Aoe, 1989): the next place is one addition and one look away. Endings that
//! words share are kept once, so that the cues of all tables fit into a few hundred kilobytes and
//! stay near the processor; for that, a slot says by which byte it is reached, not from where
//! (S. Yata, 2007), and no two nodes have the same base.
//!
//! Place in the flow: the trie of the cues is made when the program is built (`build.rs`) and read
//! as it is; smaller ones are made when they are first asked.
//!
//! Invariant: a look costs at most the length of the longest word.

mod making;

/// Words, each with a value.
#[derive(PartialEq, Eq)]
pub(crate) struct Trie {
    /// A small number for each byte that occurs in a word, 0 for the others.
    pub(super) classes: [u8; 256],
    /// What the words lead to, by the base of a node and the class of the next byte.
    pub(super) slots: Vec<Slot>,
    /// The base of the first node.
    pub(super) root: u32,
}

/// A step from one node to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Slot {
    /// The base of the next node.
    pub(super) base: u32,
    /// In the lowest byte the class by which it is reached, 0 in a free slot; above it, one more
    /// than the value of the word that ends there, 0 where none ends.
    pub(super) reached: u32,
}

/// Bits of a slot that hold its class.
const CLASS_BITS: u32 = 8;

impl Slot {
    const fn class(self) -> u8 {
        self.reached.to_le_bytes()[0]
    }

    /// The value of the word that ends here.
    const fn value(self) -> Option<usize> {
        match self.reached >> CLASS_BITS {
            0 => None,
            after => Some(after as usize - 1),
        }
    }
}

impl Trie {
    /// Whether all of a text is one of the words.
    pub(crate) fn holds(&self, text: &str) -> bool {
        self.value_of(text).is_some()
    }

    /// The value of the word that a text is.
    pub(crate) fn value_of(&self, text: &str) -> Option<usize> {
        let (len, value) = self.beginnings(text.as_bytes()).last()?;
        (len == text.len()).then_some(value)
    }

    /// The words that this text begins with, the shortest first: their bytes and their values.
    pub(crate) fn beginnings<'t>(&'t self, text: &'t [u8]) -> impl Iterator<Item = (usize, usize)> {
        let mut base = self.root;
        let mut len = 0;
        std::iter::from_fn(move || {
            while let Some(slot) = self.step(base, text.get(len)) {
                base = slot.base;
                len += 1;
                if let Some(value) = slot.value() {
                    return Some((len, value));
                }
            }
            None
        })
    }

    /// The same for one who takes all of them, which costs less.
    pub(crate) fn each_beginning(&self, text: &[u8], mut found: impl FnMut(usize, usize)) {
        let mut base = self.root;
        for (at, byte) in text.iter().enumerate() {
            let Some(slot) = self.step(base, Some(byte)) else {
                return;
            };
            base = slot.base;
            if let Some(value) = slot.value() {
                found(at + 1, value);
            }
        }
    }

    /// The step from the node with this base by a byte.
    fn step(&self, base: u32, byte: Option<&u8>) -> Option<Slot> {
        let class = self.classes[usize::from(*byte?)];
        let slot = *self.slots.get(base as usize + usize::from(class))?;
        (class != 0 && slot.class() == class).then_some(slot)
    }

    /// The trie that `tables.rs` wrote; `None` where it was cut.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let (classes, rest) = bytes.split_first_chunk()?;
        let (root, rest) = rest.split_first_chunk()?;
        let (slots, _) = rest.as_chunks::<8>();
        let slot = |bytes: &[u8; 8]| {
            let [a, b, c, d, e, f, g, h] = *bytes;
            Slot {
                base: u32::from_le_bytes([a, b, c, d]),
                reached: u32::from_le_bytes([e, f, g, h]),
            }
        };
        Some(Self {
            classes: *classes,
            root: u32::from_le_bytes(*root),
            slots: slots.iter().map(slot).collect(),
        })
    }
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

    #[test]
    fn endings_that_words_share_are_kept_once() {
        let n_steps = |words: &[(&str, u32)]| {
            let slots = Trie::smallest(words).slots;
            slots.iter().filter(|slot| slot.class() != 0).count()
        };
        assert_eq!(n_steps(&[("bellen", 0)]), 6);
        assert_eq!(n_steps(&[("bellen", 0), ("tellen", 0)]), 7);
        assert_eq!(n_steps(&[("bellen", 0), ("tellen", 1)]), 12);
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
