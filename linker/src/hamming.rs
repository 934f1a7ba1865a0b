//! An exact index of hashes by Hamming distance.
//!
//! Multi-index hashing (Norouzi, Punjani, Fleet, 2012): each hash is cut into slots of 16 bits,
//! two slots make a pair. Two hashes within distance r agree in at least one pair but for at most
//! r / pairs bits, and in one slot of that pair but for half of those. So all neighbours are found
//! by looking up every slot with that few bits turned; the other slot of the pair, which is stored
//! beside each place, refuses nearly all strangers before their hashes are looked at. The slow
//! plain scan stands beside it as the tests' oracle.

use std::ops::Range;

use model::PhotoHash;

const SLOT_BITS: usize = 16;
const SLOTS_PER_WORD: usize = 64 / SLOT_BITS;

/// Finds all PDQ hashes within a distance of one. Built once from all hashes.
///
/// ```
/// use linker::HammingIndex;
/// use model::PhotoHash;
/// let index = HammingIndex::new(&[PhotoHash::from_bytes([0; 32])]);
/// let mut near = [0; 32];
/// near[7] = 0b101;
/// assert_eq!(index.within(&PhotoHash::from_bytes(near), 31), [(0, 2)]);
/// ```
pub struct HammingIndex(SlotIndex<4>);

impl HammingIndex {
    /// Indexes the hashes under their places in the list.
    pub fn new(hashes: &[PhotoHash]) -> Self {
        Self(SlotIndex::new(hashes.iter().map(words).collect()))
    }

    /// All places within `radius` bits (0 to 256) of the hash, ascending, with their distances.
    /// None is missed.
    pub fn within(&self, hash: &PhotoHash, radius: u32) -> Vec<(u32, u32)> {
        let mut found = Vec::new();
        self.0.visit(
            &words(hash),
            radius,
            u32::MAX,
            usize::MAX,
            |at, distance| {
                found.push((at, distance));
                false
            },
        );
        found.sort_unstable();
        // Slots that agree report the same neighbour.
        found.dedup();
        found
    }

    /// How many hashes it holds.
    pub fn len(&self) -> usize {
        self.0.hashes.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.0.hashes.is_empty()
    }
}

/// A PDQ hash as four words.
pub(crate) fn words(hash: &PhotoHash) -> [u64; 4] {
    let mut words = [0; 4];
    for (word, bytes) in words.iter_mut().zip(hash.as_bytes().chunks_exact(8)) {
        for byte in bytes {
            *word = *word << 8 | u64::from(*byte);
        }
    }
    words
}

/// The index itself, for hashes of 64 bits a word.
pub(crate) struct SlotIndex<const WORDS: usize> {
    hashes: Vec<[u64; WORDS]>,
    /// For each slot and value where its places begin in `places`, one further entry a slot.
    starts: Vec<u32>,
    /// For each slot the places of all hashes, by value and then ascending.
    places: Vec<u32>,
    /// Beside each place what its hash has in the other slot of the pair.
    partners: Vec<u16>,
}

const VALUES: usize = 1 << SLOT_BITS;

impl<const WORDS: usize> SlotIndex<WORDS> {
    pub(crate) const SLOTS: usize = WORDS * SLOTS_PER_WORD;

    pub(crate) fn new(hashes: Vec<[u64; WORDS]>) -> Self {
        let n = hashes.len();
        let mut starts = vec![0u32; Self::SLOTS * (VALUES + 1)];
        let mut places = vec![0u32; Self::SLOTS * n];
        let mut partners = vec![0u16; Self::SLOTS * n];
        for slot in 0..Self::SLOTS {
            let starts = &mut starts[slot * (VALUES + 1)..(slot + 1) * (VALUES + 1)];
            for hash in &hashes {
                starts[value_of(hash, slot) + 1] += 1;
            }
            for value in 0..VALUES {
                starts[value + 1] += starts[value];
            }
            let places = &mut places[slot * n..(slot + 1) * n];
            let partners = &mut partners[slot * n..(slot + 1) * n];
            let mut next = starts.to_vec();
            for (at, hash) in hashes.iter().enumerate() {
                let next = &mut next[value_of(hash, slot)];
                places[*next as usize] = at as u32;
                partners[*next as usize] = value_of(hash, partner_of(slot)) as u16;
                *next += 1;
            }
        }
        Self {
            hashes,
            starts,
            places,
            partners,
        }
    }

    /// Calls `found` at least once for every place below `before` within `radius`, with the
    /// distance. Where very many hashes lie close together, the first of them stand for the others:
    /// of a bucket `bucket_cap` places are looked at, and of such a full one no more once `found`
    /// took a place.
    pub(crate) fn visit(
        &self,
        hash: &[u64; WORDS],
        radius: u32,
        before: u32,
        bucket_cap: usize,
        mut found: impl FnMut(u32, u32) -> bool,
    ) {
        for slot in 0..Self::SLOTS {
            self.visit_slot(slot, hash, radius, before, bucket_cap, &mut found);
        }
    }

    /// The part of [`Self::visit`] that one slot finds. Many hashes are looked up faster slot by
    /// slot, while its table is at hand.
    pub(crate) fn visit_slot(
        &self,
        slot: usize,
        hash: &[u64; WORDS],
        radius: u32,
        before: u32,
        bucket_cap: usize,
        found: &mut impl FnMut(u32, u32) -> bool,
    ) {
        let pair_radius = 2 * radius / Self::SLOTS as u32;
        let value = value_of(hash, slot) as u16;
        let partner = value_of(hash, partner_of(slot)) as u16;
        each_turned(value, pair_radius as usize / 2, &mut |turned| {
            let bucket = self.bucket(slot, turned, bucket_cap);
            let is_full = bucket.len() >= bucket_cap;
            let left = pair_radius - (value ^ turned).count_ones();
            for (place, other) in bucket.clone().zip(&self.partners[bucket]) {
                if (partner ^ other).count_ones() > left {
                    continue;
                }
                let at = self.places[place];
                if at >= before {
                    break;
                }
                let distance = distance(hash, &self.hashes[at as usize]);
                if distance <= radius && found(at, distance) && is_full {
                    break;
                }
            }
        });
    }

    /// Where in `places` those with this value in this slot stand, the first so many.
    fn bucket(&self, slot: usize, value: u16, cap: usize) -> Range<usize> {
        let starts = &self.starts[slot * (VALUES + 1) + usize::from(value)..][..2];
        let (start, end) = (starts[0] as usize, starts[1] as usize);
        let first = slot * self.hashes.len();
        first + start..first + end.min(start.saturating_add(cap))
    }
}

/// The other slot of the pair.
const fn partner_of(slot: usize) -> usize {
    slot ^ 1
}

fn distance<const WORDS: usize>(one: &[u64; WORDS], other: &[u64; WORDS]) -> u32 {
    let mut sum = 0;
    for word in 0..WORDS {
        sum += (one[word] ^ other[word]).count_ones();
    }
    sum
}

fn value_of<const WORDS: usize>(hash: &[u64; WORDS], slot: usize) -> usize {
    let shift = SLOT_BITS * (slot % SLOTS_PER_WORD);
    (hash[slot / SLOTS_PER_WORD] >> shift) as usize & (VALUES - 1)
}

/// The value itself and every value at most `radius` bits away.
fn each_turned(value: u16, radius: usize, visit: &mut impl FnMut(u16)) {
    fn turn(value: u16, from_bit: usize, radius: usize, visit: &mut impl FnMut(u16)) {
        for bit in from_bit..SLOT_BITS {
            visit(value ^ 1 << bit);
            if radius > 1 {
                turn(value ^ 1 << bit, bit + 1, radius - 1, visit);
            }
        }
    }
    visit(value);
    if radius > 0 {
        turn(value, 0, radius.min(SLOT_BITS), visit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turned_values_come_once() {
        for (radius, n) in [(0, 1), (1, 17), (2, 137), (16, 65536)] {
            let mut seen = Vec::new();
            each_turned(0xa5a5, radius, &mut |value| seen.push(value));
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), n);
        }
    }
}
