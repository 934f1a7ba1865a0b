//! Every number of the linker, with its source.
//!
//! "matching.md" is the design note on matching, "indicators.md" the indicator catalogue. A
//! number called a judgement has no published source; reviewers' decisions should refit it.

/// The bounds and thresholds of linking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Params {
    /// Contacts of one listing that are read, in ascending order. 16: more than anybody can be
    /// reached by; a text can hold thousands of numbers, and each is held against each picture.
    pub contacts_per_listing: usize,
    /// Names of one listing that are read. 64: more than a house presents; a judgement about cost.
    pub names_per_listing: usize,
    /// Pictures of one listing that are read. 64: what a scan hashes of one.
    pub photos_per_listing: usize,
    /// Days in which listings with one contact are counted together. 90: indicators.md, C2 ("in
    /// 90 days"), used for C1 as well.
    pub window_days: i64,
    /// Windows laid over one contact. 400: one for each day of a year in which somebody new came,
    /// and more; a judgement about cost.
    pub windows_cap: usize,
    /// A contact that nobody used for this many days is a new contact. 180: indicators.md, C1
    /// ("gap > 180 days = new number").
    pub silent_days: i64,
    /// Years between stated ages from which they do not go together. More than 3: a judgement,
    /// wider than the drift of 2 years that M4 looks for inside one identity.
    pub age_gap_years: u8,
    /// A contact with more advertisers than this joins no groups. 24: matching.md plants hubs from
    /// 30 listings upward.
    pub rare_advertisers: usize,
    /// A picture or template with more unrelated sources than this joins no groups. 12: "a fixed
    /// degree cap is no answer" (matching.md), so sources are counted and not listings; the number
    /// is a judgement.
    pub rare_sources: usize,
    /// A contact or account in more listings than this does not tell sources apart: it is a site's
    /// or a large agency's. 300: a judgement.
    pub source_listings: usize,
    /// A picture that this many listings have, each under another name and beside other pictures
    /// of its own, shows a room or a logo: it does not make their advertisers one. 5: a judgement,
    /// above the four working names of one person in the planted worlds.
    pub common_picture_holders: usize,
    /// A line on this share of a site's listings is the site's own, in percent. 25: a judgement.
    pub boilerplate_percent: usize,
    /// … when at least this many listings have it (12: a judgement, so that a small site has a chance),
    pub boilerplate_listings: usize,
    /// … from at least this many unrelated sources (8: a judgement, so that a ring's template on a
    /// small site is none).
    pub boilerplate_sources: usize,
    /// Words a text needs, after masking, to be compared. 12: below, the short usual phrases of
    /// advertisements are equal by chance; a judgement.
    pub text_min_words: usize,
    /// Words from which a text counts as long. 30: a judgement; the mean of the planted corpus is 50.
    pub text_long_words: usize,
    /// Per mille of equal words, in order, for long texts. 600: two copies that each had 20 % of
    /// their words changed keep .64 of them (matching.md, Texts, asks for edits up to 20 %).
    pub text_similar_per_mille: u16,
    /// The same for texts of the least length; between the two it falls in a straight line. 900: of
    /// twelve words one may differ; a judgement.
    pub text_short_similar_per_mille: u16,
    /// Words of a text that are read; the rest is cut off, so that no text is costly. 1000: ten times
    /// an advertisement of 500 characters.
    pub text_max_words: usize,
    /// Longest texts, in words, that are compared with their sentences in any order: the cost is
    /// their product. 400: a judgement.
    pub reorder_max_words: usize,
    /// Word pairs in more texts than this lead to no candidates by themselves. 100: bounds the
    /// candidates of a text of 85 words to 8,400; measured in `benches/benches/texts.rs`.
    pub pair_frequency_cap: usize,
    /// Share of the shorter text's word pairs that two texts must have in common to be compared,
    /// in percent. 8: copies with 20 % changed each keep .41 of them.
    pub shared_pairs_percent: usize,
    /// Texts that a text is held against for their rare word pairs, those that share most first.
    /// 64: a judgement about cost.
    pub text_candidates_cap: usize,
    /// Frequent word pairs of a text that are looked at, chosen by their hash (8),
    pub frequent_pairs_sampled: usize,
    /// … and texts that stand for each of them (4). Together 32 comparisons a text at most; of
    /// 20,000 copies, each with 20 % changed, 19,556 are found (`tests/suite/size.rs`).
    pub frequent_pair_leaders: usize,
    /// Pictures alike in a stretch of their hashes that a further one is held against; where there
    /// are more, the first of them stand for the others. 256: a judgement about cost; a million
    /// pictures that have nothing to do with each other are 15 in a stretch.
    pub hash_bucket_cap: usize,
    /// Advertisers of one account, picture or name that a further listing is held against. 64: a
    /// judgement about cost.
    pub collapse_tries: usize,
    /// Identities are counted up to this number. 60: ten times the highest line of C1 (6).
    pub identity_count_cap: usize,
    /// Listings named with a fact or a hub, the smallest ids first; the number itself is full. 50:
    /// more than a reader looks at, and 20,000 listings under one number stay within memory.
    pub members_cap: usize,
    /// Identities of a circuit. 3: indicators.md, H1.
    pub circuit_identities: usize,
    /// Towns of a circuit. 3: indicators.md, H1.
    pub circuit_towns: usize,
    /// Rounds of a circuit. 2: indicators.md, H1.
    pub circuit_rounds: usize,
    /// Days between arrivals in one town that count as arriving together. 3: a judgement.
    pub circuit_arrival_days: i64,
    /// Arrivals of one advertiser that are looked at, the last ones. 100: two years of weekly
    /// travel; a judgement about cost.
    pub circuit_stops: usize,
    /// Advertisers of one group that are searched for a circuit, those with most stays first. 24: a
    /// judgement about cost.
    pub circuit_candidates: usize,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            contacts_per_listing: 16,
            names_per_listing: 64,
            photos_per_listing: 64,
            window_days: 90,
            windows_cap: 400,
            silent_days: 180,
            age_gap_years: 3,
            rare_advertisers: 24,
            rare_sources: 12,
            source_listings: 300,
            common_picture_holders: 5,
            boilerplate_percent: 25,
            boilerplate_listings: 12,
            boilerplate_sources: 8,
            text_min_words: 12,
            text_long_words: 30,
            text_similar_per_mille: 600,
            text_short_similar_per_mille: 900,
            text_max_words: 1000,
            reorder_max_words: 400,
            pair_frequency_cap: 100,
            shared_pairs_percent: 8,
            text_candidates_cap: 64,
            frequent_pairs_sampled: 8,
            frequent_pair_leaders: 4,
            hash_bucket_cap: 256,
            collapse_tries: 64,
            identity_count_cap: 60,
            members_cap: 50,
            circuit_identities: 3,
            circuit_towns: 3,
            circuit_rounds: 2,
            circuit_arrival_days: 3,
            circuit_stops: 100,
            circuit_candidates: 24,
        }
    }
}

impl Params {
    /// Per mille of equal words that two texts need, the shorter of which has `words` words.
    pub(crate) fn similar_per_mille(&self, words: usize) -> u16 {
        let (low, high) = (
            self.text_similar_per_mille,
            self.text_short_similar_per_mille
                .max(self.text_similar_per_mille),
        );
        if words >= self.text_long_words {
            return low;
        }
        let steps = self
            .text_long_words
            .saturating_sub(self.text_min_words)
            .max(1);
        let missing = (self.text_long_words - words).min(steps);
        low + (usize::from(high - low) * missing / steps) as u16
    }
}
