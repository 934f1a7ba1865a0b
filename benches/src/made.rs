//! Made-up input: numbers, words, texts, pictures and listings from fixed seeds.

use image::{Rgb, RgbImage};
use linker::{Item, Offer};
use model::{DHash, Fingerprint, ListingId, PhotoHash, PhotoHashes, Timestamp};

/// Numbers that look random and are the same everywhere (SplitMix64, S. Vigna 2015).
pub struct Numbers(pub u64);

impl Numbers {
    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below the bound.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.draw() % bound
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// 20,000 words of one to four syllables, the n-th used about 1 / (n + 5) as often as the first:
/// the corpus of `shared/peers/matching/text_make.py`, made anew.
pub struct Vocabulary {
    words: Vec<String>,
    /// Summed weights, ascending.
    weights: Vec<f64>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        const SYLLABLES: [&str; 30] = [
            "ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "wi", "da", "fe", "go", "hi",
            "ju", "ka", "le", "mo", "ni", "pa", "ro", "su", "ta", "ve", "zo", "an", "el", "is",
            "or", "ut",
        ];
        let mut numbers = Numbers(3);
        let mut known = std::collections::HashSet::new();
        let mut words = Vec::new();
        while words.len() < 20_000 {
            let n_syllables = [1, 2, 2, 3, 3, 4][numbers.below(6) as usize];
            let word: String = (0..n_syllables)
                .map(|_| SYLLABLES[numbers.below(30) as usize])
                .collect();
            if known.insert(word.clone()) {
                words.push(word);
            }
        }
        let mut sum = 0.0;
        let weights = (0..words.len())
            .map(|at| {
                sum += 1.0 / (at + 5) as f64;
                sum
            })
            .collect();
        Self { words, weights }
    }
}

impl Vocabulary {
    /// A word, by its weight.
    pub fn word(&self, numbers: &mut Numbers) -> &str {
        let total = self.weights[self.weights.len() - 1];
        let at = numbers.below(1 << 40) as f64 / (1u64 << 40) as f64 * total;
        let place = self.weights.partition_point(|weight| *weight < at);
        &self.words[place.min(self.words.len() - 1)]
    }

    /// Words of a text.
    pub fn text(&self, numbers: &mut Numbers, n_words: usize) -> Vec<&str> {
        (0..n_words).map(|_| self.word(numbers)).collect()
    }
}

/// Texts with planted near-copies: each with its words and the number of its template, `None` for
/// a text that stands alone. Of each template the first is the original; the others have 0 to 20 %
/// of their words changed, and some have lost their end. On 30 % stands a line of the site.
pub fn texts(n_texts: usize, words: std::ops::Range<u64>) -> Vec<(String, Option<u32>)> {
    let vocabulary = Vocabulary::default();
    let mut numbers = Numbers(17);
    let line = vocabulary.text(&mut numbers, 10).join(" ");
    let mut texts = Vec::new();
    let mut template = 0;
    while texts.len() < n_texts {
        let length = words.start + numbers.below(words.end - words.start);
        let base = vocabulary.text(&mut numbers, length as usize);
        let n_copies = if numbers.percent(3) {
            [2, 3, 5, 10, 20][numbers.below(5) as usize]
        } else {
            1
        };
        for copy in 0..n_copies {
            let mut text = base.clone();
            if copy > 0 {
                let changed = [0, 3, 6, 10, 15, 20][numbers.below(6) as usize];
                for word in &mut text {
                    if numbers.percent(changed) {
                        *word = vocabulary.word(&mut numbers);
                    }
                }
                if numbers.percent(30) {
                    text.truncate(text.len() * 9 / 10);
                }
            }
            let mut written = text.join(" ");
            if numbers.percent(30) {
                written = format!("{written}\n{line}");
            }
            texts.push((written, (n_copies > 1).then_some(template)));
        }
        template += 1;
    }
    // Copies apart from each other.
    for at in (1..texts.len()).rev() {
        texts.swap(at, numbers.below(at as u64 + 1) as usize);
    }
    texts.truncate(n_texts);
    texts
}

/// A picture of discs and bars on a gradient, with a little grain so that it compresses as a
/// photograph does.
pub fn picture(seed: u64, width: u32, height: u32) -> RgbImage {
    let mut numbers = Numbers(seed);
    let mut colour = || {
        Rgb(std::array::from_fn::<u8, 3, _>(|_| {
            numbers.below(256) as u8
        }))
    };
    let (from, to) = (colour(), colour());
    let mut picture = RgbImage::from_fn(width, height, |x, y| {
        let share = (50 * x / width + 50 * y / height) as i32;
        Rgb(std::array::from_fn(|c| {
            ((i32::from(from[c]) * (100 - share) + i32::from(to[c]) * share) / 100) as u8
        }))
    });
    for _ in 0..14 {
        let colour = Rgb(std::array::from_fn::<u8, 3, _>(|_| {
            numbers.below(256) as u8
        }));
        let left = numbers.below(u64::from(width)) as u32;
        let top = numbers.below(u64::from(height)) as u32;
        let right = (left + width / 16 + numbers.below(u64::from(width / 4)) as u32).min(width);
        let bottom = (top + height / 16 + numbers.below(u64::from(height / 4)) as u32).min(height);
        for y in top..bottom {
            for x in left..right {
                picture.put_pixel(x, y, colour);
            }
        }
    }
    for pixel in picture.pixels_mut() {
        let grain = numbers.below(13) as i16 - 6;
        for value in &mut pixel.0 {
            *value = (i16::from(*value) + grain).clamp(0, 255) as u8;
        }
    }
    picture
}

/// A random PDQ hash: different ones lie some 128 bits apart, as those of different pictures do.
pub fn pdq(numbers: &mut Numbers) -> PhotoHash {
    let mut bytes = [0; 32];
    for eight in bytes.chunks_exact_mut(8) {
        eight.copy_from_slice(&numbers.draw().to_le_bytes());
    }
    PhotoHash::from_bytes(bytes)
}

/// The hash with so many of its bits turned.
pub fn turned(hash: &PhotoHash, n_bits: u64, numbers: &mut Numbers) -> PhotoHash {
    let mut bytes = *hash.as_bytes();
    for _ in 0..n_bits {
        let bit = numbers.below(256) as usize;
        bytes[bit / 8] ^= 1 << (bit % 8);
    }
    PhotoHash::from_bytes(bytes)
}

/// The hashes of a made-up picture.
pub fn photo(seed: u64) -> PhotoHashes {
    let mut numbers = Numbers(seed);
    PhotoHashes {
        pdq: Some(pdq(&mut numbers)),
        quality: 100,
        dhash: DHash(numbers.draw()),
        width: 800,
        height: 600,
        version: photo::HASH_VERSION,
    }
}

/// A made-up contact.
pub fn contact(number: u64) -> Fingerprint {
    let mut numbers = Numbers(number);
    let mut bytes = [0; 32];
    for eight in bytes.chunks_exact_mut(8) {
        eight.copy_from_slice(&numbers.draw().to_le_bytes());
    }
    Fingerprint::from_bytes(bytes)
}

/// A listing with nothing in it but its number and its days.
pub fn listing(number: usize) -> Item {
    // The id holds digits only, which is always accepted.
    let id = ListingId::new(format!("{number:08}"));
    #[expect(clippy::expect_used, reason = "eight digits are a listing id")]
    let id = id.expect("eight digits");
    let first_seen = Timestamp::from_ms(0).plus_days(20_000 + (number % 300) as i64);
    Item {
        id,
        site: None,
        account: None,
        contacts: Vec::new(),
        photos: Vec::new(),
        text: String::new(),
        masks: Vec::new(),
        names: Vec::new(),
        ages: Vec::new(),
        town: None,
        posted_at: Some(first_seen),
        first_seen,
        last_seen: first_seen.plus_days(10),
        offer: Offer::Sells,
        licensed: false,
    }
}
