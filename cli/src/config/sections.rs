//! The sections of the configuration. A setting is one field: comment, name with its unit,
//! default.

use serde::{Deserialize, Serialize};

use super::settings::{Section, section, written};

section! {
    /// `waaklicht scan`.
    Scan {
        /// The policy that scores: `police`, `platform`, `research`, or a file.
        policy: String = "police".to_owned(),
        /// A folder with a rule pack, instead of the one in the program; empty for the program's own.
        rules: String = String::new(),
        /// How many threads; 0 for one on each core. The answers are the same for any number.
        threads: usize = 0,
        /// How many listings of all inputs together are held in memory; with more the scan is refused.
        max_listings: usize = pipeline::scan::Limits::default().max_listings,
        /// How many pictures of one listing are looked at.
        max_images: usize = pipeline::scan::Limits::default().max_images,
    }
    check |scan| {
        let mut problems = Vec::new();
        if scan.policy.is_empty() {
            problems.push(("policy", "is empty; write `police`, `platform`, `research` or a file".to_owned()));
        }
        problems
    };
}

impl Scan {
    /// These settings as the pipeline takes them.
    pub fn limits(&self) -> pipeline::scan::Limits {
        pipeline::scan::Limits {
            max_listings: self.max_listings,
            max_images: self.max_images,
        }
    }
}

section! {
    /// Input files in listing/v1.
    Lines for wire::Limits {
        /// Longest line, or CSV record of several lines, in bytes. A longer one is refused and
        /// the rest is read.
        max_line_bytes: usize,
    }
}

section! {
    /// What one picture may cost. Pictures beyond a limit are refused, not shrunk.
    Photos for photo::Limits {
        /// Longest file, in bytes.
        max_bytes: usize,
        /// Greatest width times height, in pixels.
        max_pixels: u64,
        /// Most memory for decoding, in bytes.
        max_alloc_bytes: u64,
        /// Most scans of a progressive JPEG.
        max_jpeg_scans: usize,
    }
}

section! {
    /// How listings are linked. Where each number comes from stands in `linker/src/params.rs`.
    Linking for linker::Params {
        /// Days in which listings with one contact are counted together.
        window_days: i64,
        /// A contact that nobody used for so many days is a new contact.
        silent_days: i64,
        /// Years between stated ages beyond which they do not go together.
        age_gap_years: u8,
        /// A contact with more advertisers than this joins no groups.
        rare_advertisers: usize,
        /// A picture or template with more unrelated sources than this joins no groups.
        rare_sources: usize,
        /// A contact in more listings than this does not tell sources apart.
        source_listings: usize,
        /// A picture that so many listings have under different names, each beside pictures of its own,
        /// shows a room or a logo.
        common_picture_holders: usize,
        /// A line on this share of a site's listings is the site's own, in percent,
        boilerplate_percent: usize,
        /// when at least so many listings have it,
        boilerplate_listings: usize,
        /// from at least so many unrelated sources.
        boilerplate_sources: usize,
        /// Words that a text needs to be compared.
        text_min_words: usize,
        /// Words from which a text counts as long.
        text_long_words: usize,
        /// Equal words that make two long texts alike, per mille.
        text_similar_per_mille: u16,
        /// Equal words that make two of the shortest texts alike, per mille.
        text_short_similar_per_mille: u16,
        /// Words of a text that are read.
        text_max_words: usize,
        /// Longest texts, in words, that are compared with their sentences in any order.
        reorder_max_words: usize,
        /// Word pairs in more texts than this lead to no candidates by themselves.
        pair_frequency_cap: usize,
        /// Share of the shorter text's word pairs that two texts must share to be compared, in percent.
        shared_pairs_percent: usize,
        /// Frequent word pairs of a text that are looked at,
        frequent_pairs_sampled: usize,
        /// and texts that stand for each of them.
        frequent_pair_leaders: usize,
        /// Difference hashes alike in a quarter of their bits that are looked at together.
        dhash_bucket_cap: usize,
        /// Advertisers of one account, picture or name that a further listing is held against.
        collapse_tries: usize,
        /// Identities are counted up to this number.
        identity_count_cap: usize,
        /// Listings that are named with a fact; its number is full.
        members_cap: usize,
        /// Identities of a circuit.
        circuit_identities: usize,
        /// Towns of a circuit.
        circuit_towns: usize,
        /// Rounds of a circuit.
        circuit_rounds: usize,
        /// Days between arrivals in one town that count as arriving together.
        circuit_arrival_days: i64,
        /// Advertisers of one group that are searched for a circuit.
        circuit_candidates: usize,
    }
}

section! {
    /// Where everything is kept.
    Store {
        /// `sqlite:PATH` or `sqlite:PATH?keys=FOLDER`; empty for `waaklicht.db` in the data folder
        /// (`--data`, `WAAKLICHT_DATA`).
        url: String = String::new(),
    }
}

section! {
    /// Queues, batches and caches of the store.
    StoreLimits {
        /// Writes of people that wait at most; whoever asks for one more waits for room.
        interactive_queue_max: usize = store::Options::default().interactive_queue_max,
        /// Bulk writes that wait at most.
        bulk_queue_max: usize = store::Options::default().bulk_queue_max,
        /// Reads that wait at most.
        read_queue_max: usize = store::Options::default().read_queue_max,
        /// Threads that read.
        reader_threads: usize = store::Options::default().reader_threads,
        /// Milliseconds after which a batch of bulk writes is committed, so that people wait no
        /// longer for the writer.
        batch_ms: u64 = store::Options::default().batch_ms,
        /// Writes after which a batch is committed.
        batch_writes_max: usize = store::Options::default().batch_writes_max,
        /// How often work is done again after a passing failure, such as a busy database.
        reruns_max: u32 = store::Options::default().reruns_max,
        /// How long SQLite waits for another program that holds the database, in milliseconds.
        busy_timeout_ms: u32 = store::Options::default().busy_timeout_ms,
        /// The longest page of rows that one question gets.
        page_rows_max: u32 = store::Options::default().page_rows_max,
        /// Versions of one listing that are shown, the newest.
        versions_max: u32 = store::Options::default().versions_max,
        /// Members of a case that are shown in full.
        case_members_max: usize = store::Options::default().case_members_max,
        /// Data keys held in memory.
        key_cache_max: usize = store::Options::default().key_cache_max,
        /// Memory for pages of the database, in KiB for each connection.
        page_cache_kib: u32 = store::Options::default().page_cache_kib,
        /// Bytes that the journal is cut back to.
        journal_limit_bytes: u64 = store::Options::default().journal_limit_bytes,
        /// Bytes that the database may grow to; 0 for as far as the disk goes.
        size_limit_bytes: u64 = store::Options::default().size_limit_bytes.unwrap_or(0),
    }
}

impl StoreLimits {
    /// These settings as the store takes them.
    pub fn options(&self) -> store::Options {
        store::Options {
            interactive_queue_max: self.interactive_queue_max,
            bulk_queue_max: self.bulk_queue_max,
            read_queue_max: self.read_queue_max,
            reader_threads: self.reader_threads,
            batch_ms: self.batch_ms,
            batch_writes_max: self.batch_writes_max,
            reruns_max: self.reruns_max,
            busy_timeout_ms: self.busy_timeout_ms,
            page_rows_max: self.page_rows_max,
            versions_max: self.versions_max,
            case_members_max: self.case_members_max,
            key_cache_max: self.key_cache_max,
            page_cache_kib: self.page_cache_kib,
            journal_limit_bytes: self.journal_limit_bytes,
            size_limit_bytes: Some(self.size_limit_bytes).filter(|bytes| *bytes > 0),
        }
    }
}

section! {
    /// `waaklicht export`.
    Export {
        /// Rows read in one transaction; more make the export faster and other work wait longer.
        page_rows: u32 = 500,
    }
}

section! {
    /// Passwords.
    ReviewLimits {
        /// Memory that checking a password takes, in KiB.
        password_memory_kib: u32 = review::users::PasswordCost::default().memory_kib,
        /// Passes over that memory.
        password_passes: u32 = review::users::PasswordCost::default().passes,
    }
}

impl ReviewLimits {
    /// What a password's hash costs.
    pub fn cost(&self) -> review::users::PasswordCost {
        review::users::PasswordCost {
            memory_kib: self.password_memory_kib,
            passes: self.password_passes,
        }
    }
}
