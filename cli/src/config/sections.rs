//! The sections of the configuration. A setting is one field: comment, name with its unit,
//! default.

use serde::{Deserialize, Serialize};

use super::settings::{Section, section, written};

section! {
    /// How listings are scored.
    Scoring {
        /// The policy that scores: `police`, `platform`, `research`, or a file.
        policy: String = "police".to_owned(),
        /// A folder with a rule pack, instead of the one in the program; empty for the program's own.
        rules: String = String::new(),
    }
    check |scoring| {
        let mut problems = Vec::new();
        if scoring.policy.is_empty() {
            problems.push(("policy", "is empty; write `police`, `platform`, `research` or a file".to_owned()));
        }
        problems
    };
}

section! {
    /// `waaklicht scan`.
    Scan {
        /// How many threads; 0 for one on each core. The answers are the same for any number.
        threads: usize = 0,
        /// How many listings of all inputs together are held in memory; with more the scan is refused.
        max_listings: usize = pipeline::scan::Limits::default().max_listings,
        /// How many pictures of one listing are looked at.
        max_images: usize = pipeline::scan::Limits::default().max_images,
    }
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
    Lines for wire::Limits; {
        /// Longest line, or CSV record of several lines, in bytes. A longer one is refused and
        /// the rest is read.
        max_line_bytes: usize,
    }
}

section! {
    /// What one picture may cost. Pictures beyond a limit are refused, not shrunk.
    Photos for photo::Limits; {
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
    Linking for linker::Params; {
        /// Contacts of one listing that are read.
        contacts_per_listing: usize,
        /// Names of one listing that are read.
        names_per_listing: usize,
        /// Pictures of one listing that are read.
        photos_per_listing: usize,
        /// Days in which listings with one contact are counted together.
        window_days: i64,
        /// Windows that are laid over one contact, as evenly as possible.
        windows_cap: usize,
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
        /// Texts that a text is held against for their rare word pairs, those that share most first.
        text_candidates_cap: usize,
        /// Frequent word pairs of a text that are looked at,
        frequent_pairs_sampled: usize,
        /// and texts that stand for each of them.
        frequent_pair_leaders: usize,
        /// Pictures alike in a stretch of their hashes that a further one is held against.
        hash_bucket_cap: usize,
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
        /// Arrivals of one advertiser that are looked at, the last ones.
        circuit_stops: usize,
        /// Advertisers of one group that are searched for a circuit.
        circuit_candidates: usize,
    }
}

section! {
    /// Linking and assessing everything after a crawl round.
    RelinkLimits for pipeline::RelinkLimits; {
        /// Listings read in one transaction.
        read_batch: u32,
        /// Assessments written in one transaction; small, so that a reader who decides a case never
        /// waits long for the writer.
        write_batch: usize,
    }
}

section! {
    /// Where everything is kept.
    Store {
        /// `sqlite:PATH` or `sqlite:PATH?keys=FOLDER`; empty for `waaklicht.db` in the data folder
        /// (`--data`, `WAAKLICHT_DATA`).
        url: String = String::new(),
        /// Bytes that the database may grow to; 0 for as far as the disk goes.
        size_limit_bytes: u64 = 0,
    }
}

impl Store {
    /// The bytes that the database may grow to.
    pub fn size_limit_bytes(&self) -> Option<u64> {
        Some(self.size_limit_bytes).filter(|bytes| *bytes > 0)
    }
}

section! {
    /// Queues, batches and caches of the store.
    StoreLimits for store::Options, given size_limit_bytes: Option<u64>; {
        /// Writes of people that wait at most; whoever asks for one more waits for room.
        interactive_queue_max: usize,
        /// Bulk writes that wait at most.
        bulk_queue_max: usize,
        /// Reads that wait at most.
        read_queue_max: usize,
        /// Threads that read.
        reader_threads: usize,
        /// Milliseconds after which a batch of bulk writes is committed, so that people wait no
        /// longer for the writer.
        batch_ms: u64,
        /// Writes after which a batch is committed.
        batch_writes_max: usize,
        /// How often work is done again after a passing failure, such as a busy database.
        reruns_max: u32,
        /// How long SQLite waits for another program that holds the database, in milliseconds.
        busy_timeout_ms: u32,
        /// The longest page of rows that one question gets.
        page_rows_max: u32,
        /// Versions of one listing that are shown, the newest.
        versions_max: u32,
        /// Members of a case that are shown in full.
        case_members_max: usize,
        /// Data keys held in memory.
        key_cache_max: usize,
        /// Memory for pages of the database, in KiB for each connection.
        page_cache_kib: u32,
        /// Bytes that the journal is cut back to.
        journal_limit_bytes: u64,
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
    /// Crawling. What depends on a site stands in its profile.
    Crawl {
        /// The folder with the profiles of the sites that may be visited, one TOML file each; empty
        /// for `sites` beside this file.
        sites: String = String::new(),
        /// Seconds between the end of a round and the next one, for `crawl --follow` and `run`. When an
        /// address is visited again is said by the profile of its site.
        pause_seconds: u64 = 300,
    }
}

section! {
    /// Bounds of a crawl, over all sites.
    CrawlLimits for crawler::Limits, given fetch: crawler::FetchLimits; {
        /// Requests a second over all hosts together.
        requests_per_second: u32,
        /// Hosts that are visited at the same time.
        hosts_at_once: usize,
        /// The name of this worker; two processes on one store need two names.
        worker: String,
        /// How long a host is leased at a time, in milliseconds; renewed at half of it.
        lease_ms: i64,
        /// A host that may only be asked later than this from now is left for another round, in
        /// milliseconds.
        patience_ms: i64,
        /// Milliseconds between two attempts at an address that failed in passing; doubles with each.
        retry_wait_ms: i64,
        /// Attempts at a failed address within one round.
        attempts_per_round: u16,
        /// Failures in a row after which an address is given up.
        failures_until_given_up: u16,
        /// Server errors in a row after which a host is left alone for this round.
        server_errors_in_a_row: u32,
        /// Longest wait that a host can ask for with `Retry-After`, in milliseconds.
        retry_after_max_ms: i64,
        /// Steps from a start page that are followed.
        steps: u16,
        /// Redirects in a row.
        redirects: usize,
        /// Pictures of one listing.
        photos_per_listing: usize,
        /// Addresses visited in one round at one site, whatever its daily cap.
        visits_per_round: u64,
    }
}

section! {
    /// Bounds of one request.
    RequestLimits for crawler::FetchLimits; {
        /// Milliseconds for resolving a name.
        resolve_ms: u64,
        /// Milliseconds from connecting to the end of the head.
        head_ms: u64,
        /// Milliseconds for the whole body.
        body_ms: u64,
        /// Bytes a second below which a body is given up.
        body_bytes_per_second: u64,
        /// Milliseconds over which that rate is taken.
        rate_window_ms: u64,
        /// Largest body as it comes over the wire, in bytes.
        body_bytes: usize,
        /// Largest body unpacked, in bytes.
        unpacked_bytes: usize,
        /// Headers of an answer.
        headers: usize,
        /// All headers of an answer together, in bytes.
        header_bytes: usize,
    }
}

section! {
    /// The review pages.
    Review {
        /// Address and port that the pages are served on.
        listen: String = "127.0.0.1:8517".to_owned(),
        /// `https://` and the name under which people reach the pages, behind a proxy that speaks
        /// TLS; empty for people on this machine only.
        origin: String = String::new(),
        /// Memory that checking a password takes, in KiB.
        password_memory_kib: u32 = review::users::PasswordCost::default().memory_kib,
        /// Passes over that memory.
        password_passes: u32 = review::users::PasswordCost::default().passes,
    }
    check |review| {
        let mut problems = Vec::new();
        if review.listen.parse::<std::net::SocketAddr>().is_err() {
            problems.push((
                "listen",
                format!("is `{}`; write an address and a port, `127.0.0.1:8517`", review.listen),
            ));
        }
        if !review.origin.is_empty() && !review.origin.starts_with("https://") {
            problems.push((
                "origin",
                format!("is `{}`; write `https://` and a name", review.origin),
            ));
        }
        problems
    };
}

impl Review {
    /// How people reach the pages.
    pub fn address(&self) -> review::Address {
        if self.origin.is_empty() {
            return review::Address::Loopback;
        }
        review::Address::Public {
            origin: self.origin.to_lowercase(),
        }
    }

    /// What a password's hash costs.
    pub fn password_cost(&self) -> review::users::PasswordCost {
        review::users::PasswordCost {
            memory_kib: self.password_memory_kib,
            passes: self.password_passes,
        }
    }
}

section! {
    /// Bounds of the review pages.
    ReviewLimits for review::Options,
    given address: review::Address, password_cost: review::users::PasswordCost; {
        /// A session ends after so many minutes without a request.
        session_idle_minutes: u32,
        /// A session ends after so many minutes in any case.
        session_absolute_minutes: u32,
        /// Sign-in attempts for one name in a minute.
        attempts_per_user_per_minute: usize,
        /// Sign-in attempts for all names in a minute.
        attempts_per_minute: usize,
        /// Password checks at a time; others wait.
        parallel_password_checks: usize,
        /// Rows on a page of the queue and the audit.
        page_rows: u32,
        /// Listings on a page of a case.
        members_per_page: usize,
        /// Links shown for a case, the closest first.
        links_shown: usize,
        /// Observations shown for a listing.
        signals_shown: usize,
        /// Longest note of a decision, in characters.
        note_limit_chars: usize,
        /// Largest request body, in bytes.
        body_limit_bytes: usize,
        /// Largest head of a request, in bytes.
        header_limit_bytes: usize,
        /// Milliseconds that a client may take to send the head.
        header_timeout_ms: u64,
        /// Milliseconds that a whole request may take.
        request_timeout_ms: u64,
        /// Connections at a time; others wait.
        connections: usize,
    }
}
