//! Near-equal texts: rate, and what of the planted copies is found.
//!
//! Peer (`WAAKLICHT_PEERS=1`): gaoya's MinHash index with its exact check, word 3-grams, as in
//! `shared/peers/matching/text_bench.py`. Install: `pip install gaoya`.

use std::fs;

use benches::made::{listing, texts};
use benches::{pair_quality, peer, rate, report, report_peak_memory};
use linker::{Item, Params};
use model::Timestamp;

const GAOYA: &str = r"
import sys, time, re, gaoya
T = [re.sub(r'\d+', '#', line.rstrip('\n').replace('\\n', ' ')) for line in open(sys.argv[1] + '/texts.txt')]
def sh(t):
    w = t.split(); return {' '.join(w[i:i+3]) for i in range(max(1, len(w) - 2))}
S = [sh(t) for t in T]
t0 = time.process_time()
ix = gaoya.minhash.MinHashStringIndex(hash_size=32, jaccard_threshold=.5, num_bands=42, band_size=3, num_hashes=126, analyzer='word', lowercase=False, ngram_range=(3, 3))
n = 0
for i, x in enumerate(T):
    for j in ix.query(x):
        n += len(S[i] & S[j]) / len(S[i] | S[j]) >= .5
    ix.insert_document(i, x)
print(len(T) / (time.process_time() - t0))
";

fn main() -> std::io::Result<()> {
    run("texts_341_characters", 100_000, 20..81)?;
    run("texts_500_characters", 50_000, 60..105)?;
    report_peak_memory("texts_peak_memory");
    Ok(())
}

fn run(name: &str, n_texts: usize, words: std::ops::Range<u64>) -> std::io::Result<()> {
    let made = texts(n_texts, words);
    let n_bytes: usize = made.iter().map(|(text, _)| text.len()).sum();
    report(
        &format!("{name}_mean"),
        n_bytes as f64 / n_texts as f64,
        "characters",
    );
    let items: Vec<Item> = made
        .iter()
        .enumerate()
        .map(|(at, (text, _))| Item {
            text: text.clone(),
            ..listing(at)
        })
        .collect();
    // Every listing is a source of its own here: hubs are measured in `graph`.
    let params = Params {
        rare_sources: usize::MAX,
        ..Params::default()
    };
    let as_of = Timestamp::from_ms(0).plus_days(20_400);
    let (ours, linked) = rate(name, n_texts, "texts/s", || {
        linker::link(&items, as_of, &params)
    });
    let truth: Vec<Option<u32>> = made.iter().map(|(_, template)| *template).collect();
    let (precision, recall) = pair_quality(&truth, &text_groups(&linked));
    report(&format!("{name}_precision"), precision, "of_pairs");
    report(&format!("{name}_recall"), recall, "of_pairs");

    let folder = tempfile::tempdir()?;
    let lines: String = made
        .iter()
        .map(|(text, _)| format!("{}\n", text.replace('\n', " ")))
        .collect();
    fs::write(folder.path().join("texts.txt"), lines)?;
    peer("peer-gaoya", ours, "texts/s", GAOYA, folder.path());
    Ok(())
}

/// The group of each listing, by a number.
fn text_groups(linked: &linker::Linked) -> Vec<Option<u32>> {
    let mut numbers = std::collections::HashMap::new();
    linked
        .contexts
        .iter()
        .map(|context| {
            let group = context.groups.text.as_ref()?;
            let next = numbers.len() as u32;
            Some(*numbers.entry(group.as_str().to_owned()).or_insert(next))
        })
        .collect()
}
