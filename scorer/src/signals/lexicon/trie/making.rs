//! Makes a trie: first the fewest nodes that read the words, then a place for each of them.

use std::collections::HashMap;

use super::{CLASS_BITS, Slot, Trie};

/// Free slots that are tried for a node before it goes to the end.
const TRIES: usize = 64;

/// After a node that none of them fits, so many are tried no more.
const USELESS: usize = 8;

/// Words are read by nodes; two that the same words go on from are one.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Node {
    /// One more than the value of the word that ends here, 0 where none ends.
    ends: u32,
    /// The classes of the bytes that go on, ascending, each with the next node.
    steps: Vec<(u8, u32)>,
}

impl Trie {
    /// A trie of these words, which are sorted by their bytes and differ; the value of each is its
    /// place among them.
    pub(crate) fn of<W: AsRef<str>>(words: &[W]) -> Self {
        let words: Vec<(&str, u32)> = words.iter().map(AsRef::as_ref).zip(0..).collect();
        Self::with_values(&words)
    }

    /// A trie of these words and values, sorted by their bytes; no word stands twice.
    pub(crate) fn with_values(words: &[(&str, u32)]) -> Self {
        Self::made(words, None)
    }

    /// The smallest such trie: endings that words of one value share are kept once, which takes
    /// longer to find out.
    pub(crate) fn smallest(words: &[(&str, u32)]) -> Self {
        Self::made(words, Some(HashMap::new()))
    }

    fn made(words: &[(&str, u32)], known: Option<HashMap<Node, u32>>) -> Self {
        let mut classes = [0; 256];
        let mut n_classes = 0;
        for byte in words.iter().flat_map(|(word, _)| word.bytes()) {
            let class: &mut u8 = &mut classes[usize::from(byte)];
            if *class == 0 {
                // UTF-8 has fewer than 256 kinds of bytes.
                n_classes += 1;
                *class = n_classes;
            }
        }
        let mut nodes = Nodes {
            classes: &classes,
            known,
            nodes: Vec::new(),
        };
        let root = nodes.of(words, 0);
        let nodes = nodes.nodes;
        let mut places = Places::default();
        // Nodes near the first one are asked most: they come to stand near each other.
        let mut bases = vec![None; nodes.len()];
        let mut row = vec![root];
        while !row.is_empty() {
            let mut next = Vec::new();
            for node in row {
                let base = &mut bases[node as usize];
                if base.is_none() {
                    let steps = &nodes[node as usize].steps;
                    *base = Some(places.take(steps));
                    next.extend(steps.iter().map(|(_, next)| *next));
                }
            }
            row = next;
        }
        let base_of = |node: u32| bases[node as usize].unwrap_or(0);
        let mut slots = vec![Slot::default(); places.taken.len() + 256];
        for (node, base) in nodes.iter().zip(&bases) {
            for &(class, next) in &node.steps {
                slots[base.unwrap_or(0) as usize + usize::from(class)] = Slot {
                    base: base_of(next),
                    reached: u32::from(class) | nodes[next as usize].ends << CLASS_BITS,
                };
            }
        }
        Self {
            classes,
            slots,
            root: base_of(root),
        }
    }
}

struct Nodes<'c> {
    classes: &'c [u8; 256],
    /// To find a node that is there already; none where that is not asked.
    known: Option<HashMap<Node, u32>>,
    nodes: Vec<Node>,
}

impl Nodes<'_> {
    /// The node that reads what is behind the first `depth` bytes of these words.
    fn of(&mut self, words: &[(&str, u32)], depth: usize) -> u32 {
        let (ends, longer) = match words.split_first() {
            Some(((word, value), longer)) if word.len() == depth => (value + 1, longer),
            _ => (0, words),
        };
        let byte = |word: &(&str, u32)| word.0.as_bytes()[depth];
        let mut steps: Vec<(u8, u32)> = longer
            .chunk_by(|one, next| byte(one) == byte(next))
            .map(|alike| {
                let class = self.classes[usize::from(byte(&alike[0]))];
                (class, self.of(alike, depth + 1))
            })
            .collect();
        steps.sort_unstable();
        let node = Node { ends, steps };
        let next = narrow(self.nodes.len());
        if let Some(known) = &mut self.known {
            let place = *known.entry(node.clone()).or_insert(next);
            if place < next {
                return place;
            }
        }
        self.nodes.push(node);
        next
    }
}

/// Which slots are taken, and which bases.
#[derive(Default)]
struct Places {
    taken: Vec<bool>,
    bases: Vec<bool>,
    /// Where free slots are looked for: those before it are taken or were of no use too often.
    from: usize,
}

impl Places {
    /// A base of its own for a node, with room for its steps.
    fn take(&mut self, steps: &[(u8, u32)]) -> u32 {
        let lowest = steps.first().map_or(0, |(class, _)| usize::from(*class));
        let begin = self.from.max(lowest);
        let end = self.taken.len().max(lowest);
        let mut tried = (begin..end).filter(|&at| !self.taken[at]).take(TRIES);
        let useless = tried.clone().nth(USELESS);
        let fitting = |at: &usize| self.fits(*at - lowest, steps);
        let found = tried.find(fitting);
        let base = found.or_else(|| (end..).find(fitting)).unwrap_or(end) - lowest;
        if let (None, Some(useless)) = (found, useless) {
            self.from = useless;
        }
        for (class, _) in steps {
            let at = base + usize::from(*class);
            if at >= self.taken.len() {
                self.taken.resize(at + 1, false);
            }
            self.taken[at] = true;
        }
        self.bases.resize(self.bases.len().max(base + 1), false);
        self.bases[base] = true;
        narrow(base)
    }

    fn fits(&self, base: usize, steps: &[(u8, u32)]) -> bool {
        let is_free = |class: u8| self.taken.get(base + usize::from(class)) != Some(&true);
        self.bases.get(base) != Some(&true) && steps.iter().all(|(class, _)| is_free(*class))
    }
}

/// Some hundred thousand nodes.
fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
